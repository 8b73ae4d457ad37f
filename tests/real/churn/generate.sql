-- A small company, the same on every machine: 36 customers over 15 months. Some go quiet before they leave, some leave
-- without a sign, some go quiet and stay; one leaves three times, one signs up late. All columns are texts, as in an export.
create table accounts (account_id, account_name, signup_date, plan_tier);
create table subscriptions (subscription_id, account_id, start_date, end_date, mrr_amount);
create table usage (subscription_id, usage_date, usage_count);
create table tickets (ticket_id, account_id, submitted_at, closed_at, priority);
create table churn (churn_event_id, account_id, churn_date);
create temp table n as with recursive n(i) as (select 0 union all select i + 1 from n where i < 500) select i from n;

insert into accounts select 'A-' || i, 'Company ' || i,
    case when i % 9 = 4 then date('2024-04-10', i || ' days') else date('2023-03-01', i || ' days') end,
    case i % 4 when 0 then 'Enterprise' when 1 then 'Pro' else 'Basic' end
  from n where i < 36;
-- who leaves, and when; account 7 three times, twice within a month
insert into churn select 'C-' || i, 'A-' || i, date('2024-02-01', (i * 9) || ' days') from n where i < 36 and i % 3 = 1;
insert into churn values ('C-7b', 'A-7', '2024-04-15'), ('C-7c', 'A-7', '2024-10-01'), ('C-7d', 'A-7', '2024-10-12');
insert into subscriptions select 'S-' || i, 'A-' || i, signup_date, '', 100 + i * 37 % 900
  from n join accounts on account_id = 'A-' || i where i < 36;
-- a second one, which ends for some: before they leave, or by itself
insert into subscriptions select 'T-' || i, 'A-' || i, signup_date,
    case when i % 3 = 1 then date('2024-02-01', (i * 9 - 20) || ' days') when i % 5 = 0 then date('2024-03-05', (i * 7) || ' days') else '' end,
    50 + i * 53 % 400
  from n join accounts on account_id = 'A-' || i where i < 36 and i % 2 = 0;
-- every second day, by a rhythm of each customer; quiet for 50 days before leaving, or for 40 days in spring and autumn, or by half in early summer
insert into usage select 'S-' || a.i, d.day,
    10 + (a.i * 7 + d.i * 13) % 17
      - iif(a.i % 3 = 1 and a.i % 2 = 1 and d.day between date('2024-02-01', (a.i * 9 - 50) || ' days') and date('2024-02-01', (a.i * 9) || ' days'), 14, 0)
      - iif(a.i % 4 = 2 and (d.day between '2024-05-01' and '2024-06-09' or d.day between '2024-09-10' and '2024-10-20'), 7 + a.i % 6, 0)
      - iif(a.i % 4 = 3 and d.day between '2024-06-05' and '2024-07-25', 9, 0)
  from n a, (select i, date('2023-08-01', (i * 2) || ' days') as day from n where i < 260) d
  where a.i < 36 and d.day >= (select signup_date from accounts where account_id = 'A-' || a.i);
update usage set usage_count = 0 where usage_count < 0;
insert into tickets select 'K-' || i, 'A-' || (i * 5 % 36), date('2023-11-20', (i * 4) || ' days'),
    case when i % 11 = 3 then '' else date('2023-11-20', (i * 4 + 1 + i % 13) || ' days') end,
    case i % 3 when 0 then 'urgent' else 'low' end
  from n where i < 100;
