-- The dataset of the bench: as many rows as a large company has, the same ones every time.
-- The day of the bench is 2026-03-01; health is monthly over a year, usage daily over a month.
pragma journal_mode = off;
pragma synchronous = off;

create table accounts (account_id integer primary key, account_name text, plan_tier text, renewal_date text,
                       csm_email text);
insert into accounts
  with recursive n(i) as (select 1 union all select i + 1 from n where i < 200000)
  select i, 'Account ' || i, case i % 10 when 0 then 'Enterprise' when 1 then 'Pro' else 'Basic' end,
         date('2026-01-01', (i * 7919 % 730) || ' days'), 'csm' || (i % 40) || '@acme.example' from n;

create table health_daily (account_id integer, day text, score integer);
insert into health_daily
  with recursive m(i) as (select 0 union all select i + 1 from m where i < 11)
  select account_id, date('2025-03-15', i || ' months'), 40 + (account_id * 31 + i * 17) % 61
  from m, accounts;

create table feature_usage (account_id integer, usage_date text, usage_count integer);
insert into feature_usage
  with recursive d(i) as (select 0 union all select i + 1 from d where i < 29)
  select account_id, date('2026-01-31', i || ' days'), (account_id * 13 + i * 7) % 50
  from d, accounts;
analyze;
