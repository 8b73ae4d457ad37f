-- What the rules ask of each account, in one table: once, before the first rule.
create temp table health_now as
  select account_id, max(day), score from health_daily
  where day <= '2026-03-01' and day >= date('2026-03-01', '-45 days') group by account_id;
create temp table health_before as
  select account_id, max(day), score from health_daily
  where day <= '2026-01-30' and day >= date('2026-01-30', '-45 days') group by account_id;
create temp table usage as
  select account_id, sum(case when usage_date <= '2026-02-22' then usage_count else 0 end) as before_7d,
         sum(case when usage_date > '2026-02-22' then usage_count else 0 end) as last_7d
  from feature_usage where usage_date > '2026-02-15' and usage_date <= '2026-03-01' group by account_id;
create temp table facts as
  select account_id, renewal_date, health_before.score - health_now.score as health_drop,
         before_7d - last_7d as usage_drop, before_7d as usage_before
  from accounts join health_now using (account_id) join health_before using (account_id) join usage using (account_id);
