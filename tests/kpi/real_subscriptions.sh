#!/bin/bash
# A public subscription dataset whose two published analyses differ by a factor of 8 (10,259,509 and 1,239,828 of
# monthly revenue): both definitions are sentences, and meet plain SQL at every month's end, in total and by plan.
set -euo pipefail
data=$ROOT/../shared/datasets/ravenstack
if [ ! -d "$data" ]; then
  echo "no ../shared/datasets/ravenstack beside this repository"
  exit 77
fi
sqlite3 data.db ".mode csv" ".import $data/ravenstack_accounts.csv accounts" ".import $data/ravenstack_subscriptions.csv subscriptions"
cat > rules.vigie << 'END'
language 1

calendar
  currency USD

entity account from "accounts"
  key "account_id"

entity subscription from "subscriptions"
  key "subscription_id"
  belongs to account by "account_id"
  active from "start_date" through "end_date"
  started date "start_date"
  plan text "plan_tier"
  amount money "mrr_amount"

kpi all_mrr = sum of amount over subscription where active
  means "Revenue of every subscription that runs that day"
kpi all_mrr_by_plan by plan = sum of amount over subscription where active

kpi newest of account = max of started over subscription where active
kpi winner of account = max of amount over subscription where active and started = account.newest
  means "Revenue of the subscription that started last; of two, the dearer"
kpi winners_mrr = sum of winner over account
kpi payers = count of account where winner > 0
END
vigie kpi rules.vigie --db data.db --from 2023-01 --to 2024-12 --every month --format json --quiet > out.json
jq -r '.kpis[] | select(.by.account | not) | [.kpi, .day, (.by.plan // "-"), .value] | join("|")' out.json | LC_ALL=C sort > got

sqlite3 data.db > rows << 'SQL'
.mode list
CREATE TEMP TABLE e AS WITH RECURSIVE m(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM m WHERE k < 24)
  SELECT date('2023-01-01', k || ' months', '-1 day') AS day FROM m;
CREATE TEMP TABLE r AS
  SELECT day, account_id, plan_tier AS plan, CAST(mrr_amount AS INTEGER) AS mrr,
         row_number() OVER (PARTITION BY day, account_id ORDER BY start_date DESC, CAST(mrr_amount AS INTEGER) DESC) AS place
  FROM e JOIN subscriptions ON start_date <= day AND (end_date = '' OR end_date >= day);
SELECT 'all_mrr', day, '-', sum(mrr) FROM r GROUP BY day;
SELECT 'all_mrr_by_plan', day, s.plan, ifnull((SELECT sum(mrr) FROM r WHERE r.day = e.day AND r.plan = s.plan), 0)
  FROM e, (SELECT DISTINCT plan_tier AS plan FROM subscriptions) s
  WHERE EXISTS (SELECT 1 FROM subscriptions WHERE plan_tier = s.plan AND start_date <= e.day);
SELECT 'winners_mrr', day, '-', sum(mrr) FROM r WHERE place = 1 GROUP BY day;
SELECT 'payers', day, '-', sum(mrr > 0) FROM r WHERE place = 1 GROUP BY day;
SQL
LC_ALL=C sort rows > want
diff want got
grep -qx 'all_mrr|2024-12-31|-|10259509' got
grep -qx 'winners_mrr|2024-12-31|-|1239828' got
