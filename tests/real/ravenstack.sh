#!/bin/bash
# A SaaS company's export: keys, due days, worth and unknown rows are those of queries that do not use Vigie.
set -euo pipefail
. "$ROOT/tests/real/load.sh"
need ravenstack
for table in accounts subscriptions support_tickets churn_events feature_usage; do
  csv data.db "$table" "$datasets/ravenstack/ravenstack_$table.csv"
done
sqlite3 data.db 'alter table feature_usage rename to usage; alter table support_tickets rename to tickets;
  alter table churn_events rename to churn'

vigie check "$ROOT/tests/real/ravenstack" --db data.db
vigie run "$ROOT/tests/real/ravenstack" --db data.db --as-of 2024-12-31 --format json >out.json 2>notes
answers out.json >got

# What is open that day, last days included: published analyses differ from it by a factor of 8.
test "$(sqlite3 data.db "select sum(mrr_amount) from subscriptions where end_date in ('', '2024-12-31')")" = 10259509

test "$(vigie kpi "$ROOT/tests/real/ravenstack" --db data.db --as-of 2024-12-31 --format json --quiet |
  jq '.kpis[] | select(.kpi == "company_mrr").value')" = 10259509

cat >oracle.sql <<'SQL'
create temp view day as select '2024-12-31' d, '2024-12-01' ago;
create temp view mrr as select a.account_id id,
    total(s.mrr_amount) filter (where start_date <= d and (end_date = '' or end_date >= d)) now,
    total(s.mrr_amount) filter (where start_date <= ago and (end_date = '' or end_date >= ago)) past
  from day, accounts a left join subscriptions s using (account_id) group by 1;
create temp view used as select a.account_id id,
    total(usage_count) filter (where usage_date <= d and usage_date > date(d, '-30 days')) now,
    total(usage_count) filter (where usage_date <= ago and usage_date > date(ago, '-30 days')) past,
    count(distinct feature_name) filter (where usage_date <= d and usage_date > date(d, '-90 days')) features
  from day, accounts a left join subscriptions s using (account_id) left join usage u using (subscription_id) group by 1;
create temp view t as select account_id id, date(submitted_at) at, nullif(satisfaction_score, '') + 0.0 csat,
    resolution_time_hours + 0.0 hours from tickets;
create temp view happy as select id, count(*) n, avg(csat) csat from t, day where at <= d and at > date(d, '-180 days') group by 1;
create temp table solved as select id, hours, row_number() over (partition by id order by hours) - 1 i, count(*) over (partition by id) n
  from t, day where at <= d and at > date(d, '-365 days');
-- the nearest rank: nine in ten, rounded up
create temp view slow as select id, hours from solved where i = (9 * n + 9) / 10 - 1;
create temp view last_churn as select account_id id, reason_code reason from churn c
  where churn_date = (select max(churn_date) from churn where account_id = c.account_id and churn_date <= '2024-12-31');
create temp view answer as
  select 'usage_falls' rule, id key, 'cs' owner, '2025-01-07' due from used join mrr using (id) join accounts on account_id = id
    where used.past - used.now > used.past * iif(plan_tier = 'Enterprise', 0.3, 0.5) and mrr.now > 0
  union all select 'paying_but_silent', id, 'cs', '2025-01-07' from used join mrr using (id)
    where used.now = 0 and mrr.now >= 5000 and mrr.past > 0
  union all select 'shrinks', id, 'cfo', '2024-12-31' from mrr where past - now > 0.2 * past
  union all select 'unhappy', id, 'cs', '2025-01-03' from happy where n >= 2 and csat < 3.5
  union all select 'slow', id, 'cs', '-' from slow where hours > 60
  union all select 'few_features', id, 'cs', '-' from used join accounts on account_id = id where features <= 2 and is_trial = 'False'
  union all select 'urgent_churn', churn_event_id, 'cs', '-' from churn join mrr on id = account_id
    where reason_code in ('support', 'features') and now > 20000 and churn_date <= '2024-12-31'
  union all select 'ended', subscription_id, 'cs', max('2024-12-31', date(end_date, '30 days')) from subscriptions, day
    where end_date > date(d, '-60 days') and end_date <= d and auto_renew_flag = 'False' and mrr_amount > 0 and start_date <= d
  union all select 'latest_reason', id, 'cfo', '2025-01-31' from last_churn join mrr using (id)
    where now > 0 group by id having min(reason) = 'pricing' and max(reason) = 'pricing'
  union all select 'large_share', id, 'cfo', '2024-12-31' from mrr where now > 0.01 * (select sum(now) from mrr);
select rule || '|' || key || '|' || owner || '@ravenstack.example|' || due from answer;
-- no tickets, or none with a score: not known; fewer than two tickets: false whatever the score
select 'unhappy|unknown|' || count(*) from happy where n >= 2 and csat is null;
select 'slow|unknown|' || count(*) from accounts where account_id not in (select id from slow where hours is not null);
select 'latest_reason|unknown|' || count(*) from mrr left join (select id, count(distinct reason) n, max(reason = 'pricing') one
  from last_churn group by id) c using (id) where mrr.now > 0 and ifnull(c.n, 0) <> 1;
select 'ended|unknown|' || count(*) from subscriptions where end_date = '' and start_date <= '2024-12-31' and auto_renew_flag = 'False' and mrr_amount > 0;
SQL
sqlite3 data.db <oracle.sql | grep -v 'unknown|0$' | LC_ALL=C sort >want
diff want got

# What is at stake, to the cent, and no rule without something to show.
jq -r '.items[] | select(.rule == "large_share") | "\(.key)|\(.worth * 100 | round)"' out.json | sort >worth
cat oracle.sql - <<'SQL' | sqlite3 data.db | sed -n '/^worth /s///p' | sort | diff - worth
select 'worth ' || id || '|' || cast(now * 100 as int) from mrr where now > 0.01 * (select sum(now) from mrr);
SQL
cut -d'|' -f1 want | uniq -c | awk '$1 > 400 { print "a flood:", $0; bad = 1 } END { exit bad || NR != 10 }'
