#!/bin/bash
# The starter project: the items of every rule, with owner and worth, are those of a query written without Vigie.
set -euo pipefail

if ! vigie help init > help || ! vigie help run > help; then
  echo "this build has no vigie init or no vigie run"
  exit 77
fi 2> why

vigie init demo --quiet
status=0
vigie init demo 2> refused || status=$?
test "$status" -eq 2
grep -q 'not an empty folder' refused

cd demo
vigie run rules --db data.db --as-of 2026-03-01 --format json --quiet > out.json

# rule | key | owner | due | worth in cents
jq -r '.items[] | select(.entity != "company" and .entity != "plan") | [.rule, .key, .owner, .due,
       (if .worth == null then "" else (.worth * 100 | round | tostring) end)] | join("|")' out.json |
  sed 's/^renewal_overdue[^|]*/lapsed/' | LC_ALL=C sort > got

sqlite3 -readonly data.db > rows << 'SQL'
.mode list
CREATE TEMP TABLE active AS
  SELECT account_id, mrr_amount FROM subscriptions
  WHERE NOT is_trial AND start_date <= '2026-03-01' AND ifnull(end_date, '9999') > '2026-03-01';
-- Usage on each of the last 28 days: of 30 days, of those before, and of 30 days three months ago.
CREATE TEMP TABLE used AS
  WITH RECURSIVE days(d) AS (SELECT '2026-03-01' UNION ALL SELECT date(d, '-1 day') FROM days WHERE d > '2026-02-02'),
  events AS (SELECT account_id, usage_date, sum(usage_count) AS n FROM feature_usage JOIN subscriptions USING (subscription_id)
             WHERE usage_date > '2025-10-05' GROUP BY 1, 2)
  SELECT account_id, d,
         sum(iif(usage_date > date(d, '-30 days') AND usage_date <= d, n, 0)) AS now,
         sum(iif(usage_date <= date(d, '-30 days') AND usage_date > date(d, '-60 days'), n, 0)) AS ago30,
         sum(iif(usage_date <= date(d, '-90 days') AND usage_date > date(d, '-120 days'), n, 0)) AS ago90
  FROM days, events GROUP BY account_id, d;
CREATE TEMP TABLE lasting AS
  SELECT account_id,
         sum(ago30 - now > 0.4 * ago30 AND d > '2026-02-22') = 7 AS falls,
         sum(now - ago90 > 0.4 * ago90) = 28 AS rises
  FROM used GROUP BY account_id;
CREATE TEMP TABLE customer AS
  SELECT account_id AS id, trim(plan_tier) AS plan, renewal_date AS renewal, signup_date AS signed,
         ifnull(nullif(trim(csm_email), ''), 'camille.roy@acme.example') AS csm,
         ifnull(ae_email, 'vp-sales@acme.example') AS ae,
         CASE WHEN account_id IN (SELECT account_id FROM active)
              THEN (SELECT sum(mrr_amount) FROM active WHERE active.account_id = a.account_id) ELSE 0 END AS mrr,
         (SELECT score FROM health_daily h WHERE h.account_id = a.account_id AND day <= '2026-03-01'
            AND day >= date('2026-03-01', '-45 days') ORDER BY day DESC LIMIT 1) AS health,
         (SELECT score FROM health_daily h WHERE h.account_id = a.account_id AND day <= date('2026-03-01', '-30 days')
            AND day >= date('2026-03-01', '-75 days') ORDER BY day DESC LIMIT 1) AS health_before,
         ifnull(falls, 0) AS falls, ifnull(rises, 0) AS rises,
         (SELECT count(*) FROM tickets t WHERE t.account_id = a.account_id AND opened_on <= '2026-03-01'
            AND closed_on IS NULL AND priority IN ('High', 'Urgent')) AS urgent
  FROM accounts a LEFT JOIN lasting USING (account_id);
CREATE TEMP VIEW worth AS SELECT id, iif(mrr IS NULL, '', CAST(round(mrr * 1200) AS INTEGER)) AS cents FROM customer;

SELECT 'renewal_at_risk', id, csm, '2026-03-08', cents FROM customer JOIN worth USING (id)
  WHERE renewal BETWEEN '2026-03-01' AND date('2026-03-01', '+60 days')
    AND health_before - health > iif(plan = 'Basic', 15, 10);
SELECT 'usage_collapse', id, csm, '2026-03-06', cents FROM customer JOIN worth USING (id)
  WHERE falls AND mrr > 0 AND renewal >= '2026-03-01';
SELECT 'lapsed', id, csm, '2026-03-03', '' FROM customer
  WHERE renewal < '2026-03-01' AND mrr * 12 >= 60000;
SELECT 'support_fire', id, 'support-lead@acme.example', '2026-03-02', cents FROM customer JOIN worth USING (id)
  WHERE urgent >= 3;
SELECT 'ready_to_grow', id, ae, '2026-03-31', cents FROM customer JOIN worth USING (id)
  WHERE rises AND health >= 70 AND plan <> 'Enterprise'
    AND signed <= date('2026-03-01', '-180 days');
SELECT 'deal_stalled', deal_id, ifnull(owner_email, 'vp-sales@acme.example'), '2026-03-04',
       ifnull(CAST(round(amount * 100) AS INTEGER), '') FROM deals
  WHERE closed_on IS NULL AND trim(stage) IN ('Proposal', 'Negotiation')
    AND last_activity <= date('2026-03-01', '-21 days');
SELECT 'hot_lead_waiting', lead_id, owner_email, '2026-03-03', '' FROM leads
  WHERE mql_date > date('2026-03-01', '-30 days') AND mql_date <= date('2026-03-01', '-3 days')
    AND sql_date IS NULL AND score >= 60 AND (source LIKE '%demo%' OR source LIKE '%webinar%');
SELECT 'invoice_unpaid', invoice_id, 'billing@acme.example', '2026-03-06',
       ifnull(CAST(round(amount * 100) AS INTEGER), '') FROM invoices
  WHERE paid_on IS NULL AND due_on <= date('2026-03-01', '-15 days');
SQL
LC_ALL=C sort rows > want
diff want got

# every rule has something to show, and not too much of it
cut -d'|' -f1 want | sort | uniq -c | awk '$1 < 3 || $1 > 30 { print "not 3 to 30 items:", $0; bad = 1 } END { exit bad }'
test "$(cut -d'|' -f1 want | sort -u | wc -l)" -eq 8

# the numbers of the board and the targets: one item each, for those that are missed
jq -r '.items[] | select(.entity == "company" or .entity == "plan") | [.rule, .key, .owner, .due] | join("|")' out.json |
  LC_ALL=C sort > got
sqlite3 -readonly data.db > rows << 'SQL'
.mode list
-- What an account pays on three days: NULL when all its amounts are unknown, 0 without a subscription. Unknown
-- amounts are left out, as an account of an unknown amount is left out of a sum.
CREATE TEMP TABLE pays AS
  SELECT d.day, account_id AS id, trim(plan_tier) AS plan,
         CASE WHEN EXISTS (SELECT 1 FROM subscriptions s WHERE s.account_id = a.account_id AND NOT is_trial
                             AND start_date <= d.day AND ifnull(end_date, '9999') > d.day)
              THEN (SELECT sum(mrr_amount) FROM subscriptions s WHERE s.account_id = a.account_id AND NOT is_trial
                      AND start_date <= d.day AND ifnull(end_date, '9999') > d.day) ELSE 0 END AS mrr,
         (SELECT min(start_date) FROM subscriptions s WHERE s.account_id = a.account_id AND NOT is_trial
            AND start_date <= d.day) AS first_paid
  FROM accounts a, (SELECT column1 AS day FROM (VALUES ('2026-03-01'), ('2026-02-01'), ('2025-03-01'), ('2025-02-01'))) d
  WHERE a.signup_date <= d.day;
CREATE TEMP VIEW new_mrr AS
  SELECT now.day, sum(now.mrr) AS value FROM pays now LEFT JOIN pays ago ON ago.id = now.id AND ago.day = date(now.day, '-1 month')
  WHERE now.mrr > 0 AND ifnull(ago.mrr, 0) = 0 AND now.first_paid > date(now.day, '-1 month') GROUP BY now.day;
CREATE TEMP VIEW quiet AS
  SELECT day, (SELECT sum(amount) FROM deals WHERE closed_on IS NULL AND created_on <= day
                 AND last_activity <= date(day, '-21 days')) AS value
  FROM (SELECT '2026-03-01' AS day UNION SELECT date('2026-03-01', '-30 days'));
SELECT 'nrr_below_floor', now.plan, 'vp-cs@acme.example', '2026-03-31'
  FROM pays ago JOIN pays now USING (id) WHERE ago.day = '2025-03-01' AND now.day = '2026-03-01' AND ago.mrr > 0
  GROUP BY now.plan HAVING sum(now.mrr) < sum(ago.mrr);
SELECT 'pipeline_goes_quiet', 'company', 'vp-sales@acme.example', '2026-03-06'
  WHERE (SELECT value FROM quiet WHERE day = '2026-03-01') > 1.3 * (SELECT value FROM quiet WHERE day < '2026-03-01');
SELECT 'target_mql_count', 'company', 'sdr-lead@acme.example', '2026-03-31'
  WHERE (SELECT count(*) FROM leads WHERE mql_date > date('2026-03-01', '-30 days') AND mql_date <= '2026-03-01') < 110;
SELECT 'target_new_mrr_rise_over', 'company', 'vp-sales@acme.example', '2026-03-31'
  WHERE (SELECT value FROM new_mrr WHERE day = '2026-03-01') < 1.3 * (SELECT value FROM new_mrr WHERE day = '2025-03-01');
SQL
LC_ALL=C sort rows > want
diff want got

# the second run changes nothing
vigie run rules --db data.db --as-of 2026-03-01 --format json --quiet > again.json
jq -e '.changes.opened == 0 and .changes.resolved == 0' again.json > again
