-- A dataset for data.vigie in which nothing is to be found: 20 accounts, their subscriptions, usage and deals.
create table accounts (account_id, account_name, signup_date, plan_tier, industry, seats, renewal_date, csm_email);
create table subscriptions (subscription_id, account_id, start_date, end_date, mrr_amount, discount);
create table feature_usage (account_id, usage_date, usage_count);
create table health_daily (account_id, day, score);
create table deals (deal_id, deal_name, account_id, created_on, expected_close, amount, setup_fee, owner_email);
create table activities (deal_id, day);
create table people (email);
insert into people values ('ana@acme.example'), ('bob@acme.example');
with recursive n(i) as (select 1 union all select i + 1 from n where i < 20)
insert into accounts select printf('A-%02d', i), 'Account ' || i, '2025-01-01',
  case i % 3 when 0 then 'Basic' when 1 then 'Pro' else 'Enterprise' end, case i % 2 when 0 then 'Retail' else 'Healthcare' end,
  i * 10, date('2026-02-20', (i * 12) || ' days'), case i % 2 when 0 then 'ana@acme.example' else 'bob@acme.example' end from n;
insert into subscriptions select 'S' || account_id, account_id, '2025-01-01', null, seats * 20, 0.1 from accounts;
with recursive d(i) as (select 0 union all select i + 1 from d where i < 119)
insert into feature_usage select account_id, date('2026-03-01', -i || ' days'), 5 from d, accounts;
with recursive d(i) as (select 0 union all select i + 1 from d where i < 119)
insert into health_daily select account_id, date('2026-03-01', -i || ' days'), 40 + cast(substr(account_id, 3) as int) * 2 from d, accounts;
insert into deals select 'D' || account_id, 'Deal ' || account_id, account_id, '2026-01-15', '2026-04-15', 1000, 100, csm_email from accounts;
insert into activities select deal_id, '2026-02-20' from deals;
