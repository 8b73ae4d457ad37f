-- What a backtest of policy.vigie has to say, computed without Vigie. In: the tables of an export, and the table
-- span (first, last, step, until, within, notice): the days, how many lie between two runs, the newest day of the data, the
-- window of the outcome, the notice. Out: a line a rule, one of all, one of the outcome, one a missed customer, one a person.
--
-- A day's signal of a rule and a row is 1 (asked), 0 (over) or null (neither). An item is a 1 that follows no 1; it closes on
-- the next 0. An onset is a 1 of the outcome that follows a 0.
create temp table calendar as with recursive
  c(d) as (select date(first, '-150 days') from span union all select date(d, '+1 day') from c, span where d < until)
  select d from c;
create temp table step as with recursive
  c(d) as (select date(first, '-' || (90 / step * step) || ' days') from span
           union all select date(d, '+' || step || ' days') from c, span where date(d, '+' || step || ' days') <= last)
  select d, lag(d) over (order by d) as before from c;

-- ---- what is known of each customer on each day --------------------------------------------------------------------
create temp table events as
  select account_id as k, usage_date as d, sum(usage_count) as n from usage join subscriptions using (subscription_id) group by 1, 2;
create unique index temp.events_at on events (k, d);
create temp table pays as
  select account_id as k, d, sum(mrr_amount) as mrr from calendar join subscriptions
      on start_date <= d and (end_date = '' or end_date >= d) group by 1, 2;
create unique index temp.pays_at on pays (k, d);
create temp table left_on as select account_id as k, churn_date as d, count(*) as n from churn group by 1, 2;
create unique index temp.left_at on left_on (k, d);
create temp table fact as
  select account_id as k, c.d, signup_date <= c.d as there, plan_tier as plan, ifnull(mrr, 0) as mrr,
         total(e.n) over month as used, total(l.n) over month as churns
  from accounts join calendar c left join pays p on p.k = account_id and p.d = c.d
       left join events e on e.k = account_id and e.d = c.d left join left_on l on l.k = account_id and l.d = c.d
  window month as (partition by account_id order by c.d rows between 29 preceding and current row);
create unique index temp.fact_at on fact (k, d);

-- ---- signals ---------------------------------------------------------------------------------------------------------
-- alarm: in force on the day; alarm_before: on the day of the run before
create temp table judged as
  select f.k, f.d, f.mrr, f.used, g.used as used_ago, g.mrr as mrr_ago,
         iif(f.plan = 'Enterprise', 0.3, iif(f.d >= '2024-07-01', 0.6, 0.4)) as alarm,
         iif(f.plan = 'Enterprise', 0.3, iif(s.before >= '2024-07-01', 0.6, 0.4)) as alarm_before
  from step s join fact f on f.d = s.d join fact g on g.k = f.k and g.d = date(f.d, '-30 days') where f.there;
create temp table signal as
  select 'usage_falls' as rule, k, k as row, d, used_ago - used > alarm * used_ago and mrr > 0 as s,
         used_ago - used > alarm_before * used_ago and mrr > 0 as s_before from judged
  union all select 'shrinks', k, k, d,
         case when mrr_ago - mrr > 0.2 * mrr_ago then 1 when mrr_ago - mrr <= 0 then 0 end, 0 from judged
  union all select 'urgent', ticket_id, account_id, d,
         priority = 'urgent' and date(submitted_at) <= d and (closed_at = '' or date(closed_at) > d), 0 from tickets, step;
create temp table turn as
  select *, lag(s) over (partition by rule, k order by d) as s_last from signal where s is not null;
create index temp.turn_at on turn (rule, k, s, d);
create temp table item as
  select rule, k, row, d as opened, (select min(d) from turn o where o.rule = t.rule and o.k = t.k and o.s = 0 and o.d > t.d) as closed
  from turn t where s = 1 and s_last is not 1;
alter table item add column not_asked;
update item set not_asked = ifnull((select s_before from turn t where t.rule = item.rule and t.k = item.k and t.d = item.closed), 0);

-- ---- the outcome -----------------------------------------------------------------------------------------------------
-- Before the first record of leaving, nothing is known of who left.
create temp table outcome as
  select k, d, churns > 0 as v, lag(churns > 0) over (partition by k order by d) as v_last
  from fact where there and d >= (select max((select min(d) from step), (select min(churn_date) from churn)));
create unique index temp.outcome_at on outcome (k, d);
create temp table onset as select k, d, (select mrr from fact f where f.k = o.k and f.d = date(o.d, '-1 day')) as mrr
  from outcome o where v = 1 and v_last = 0;
create temp table base as
  select count(*) as days, sum(exists (select 1 from onset n where n.k = o.k and n.d > o.d and n.d <= date(o.d, '+' || within || ' days'))) as followed
  from outcome o, span where v = 0 and o.d between first and last and date(o.d, '+' || within || ' days') <= until;

-- ---- right, wrong, too early -----------------------------------------------------------------------------------------
create temp table verdict as
  select i.*, opened >= first as counts,
    case when (select v from outcome o where o.k = row and o.d = opened) then 'after'
         when exists (select 1 from onset n where n.k = row and n.d > opened
                      and (n.d <= date(opened, '+' || within || ' days') or n.d <= ifnull(closed, last))) then 'right'
         when date(opened, '+' || within || ' days') > until then 'early' else 'wrong' end as verdict,
    closed is not null and not not_asked and julianday(closed) - julianday(opened) <= max(7, step) as short,
    closed is not null and not not_asked and exists (select 1 from item n where n.rule = i.rule and n.k = i.k and n.opened > i.closed
                                   and julianday(n.opened) - julianday(i.closed) <= max(7, step)) as back
  from item i, span;

-- ---- caught ----------------------------------------------------------------------------------------------------------
create temp table name as select 'usage_falls' as rule union select 'shrinks' union select 'urgent' union select 'together';
create temp table catch as
  select name.rule, n.k, n.d, n.mrr,
         (select min(opened) from item i where (i.rule = name.rule or name.rule = 'together') and i.row = n.k
            and date(opened, '+' || notice || ' days') <= n.d
            and (date(opened, '+' || within || ' days') >= n.d or ifnull(closed, last) >= n.d)) as opened
  from name, onset n, span where n.d between first and last;
create temp table lead as
  select rule, julianday(d) - julianday(opened) as days, row_number() over (partition by rule order by julianday(d) - julianday(opened)) as i,
         count(*) over (partition by rule) as n from catch where opened is not null;
create temp table at_a_time as
  select name.rule, step.d, (select count(*) from item i where (i.rule = name.rule or name.rule = 'together')
                              and opened <= step.d and (closed is null or closed > step.d)) as n
  from name, step, span where step.d >= first;
create temp table sorted as select rule, n, row_number() over (partition by rule order by n) as i, count(*) over (partition by rule) as days from at_a_time;

.mode list
select 'rule', name.rule,
  (select count(*) from verdict v where (v.rule = name.rule or name.rule = 'together') and counts) as opened,
  (select count(*) from verdict v, span where (v.rule = name.rule or name.rule = 'together') and opened < first and ifnull(closed, '9999') >= first),
  (select n from sorted s where s.rule = name.rule and i = (days + 1) / 2), (select max(n) from sorted s where s.rule = name.rule),
  (select count(*) from verdict v where (v.rule = name.rule or name.rule = 'together') and counts and short),
  (select count(*) from verdict v where (v.rule = name.rule or name.rule = 'together') and counts and back),
  (select count(*) from verdict v where (v.rule = name.rule or name.rule = 'together') and counts and not_asked)
  from name order by 2;
select 'right', rule, sum(verdict = 'right'), sum(verdict in ('wrong', 'after')), sum(verdict = 'after'), sum(verdict = 'early'),
  printf('%.9f', 1.0 * sum(verdict = 'right') / sum(verdict <> 'early')) from verdict where counts group by 2;
select 'caught', rule, count(opened), count(*), printf('%.9f', 1.0 * count(opened) / count(*)),
  (select days from lead l where l.rule = c.rule and i = (n + 3) / 4) || ' ' || (select days from lead l where l.rule = c.rule and i = (n + 1) / 2)
    || ' ' || (select days from lead l where l.rule = c.rule and i = (3 * n + 3) / 4),
  iif(rule = 'urgent', '-', total(mrr) filter (where opened is not null) || ' ' || total(mrr) filter (where opened is null))
  from catch c group by 2;
select 'missed', k, d, mrr from catch where rule = 'together' and opened is null order by 2, 3;
select 'outcome', (select count(*) from onset, span where d between first and last), days, printf('%.9f', 1.0 * followed / days) from base;
select 'weeks over', team, count(distinct julianday(d, 'weekday 0')) from
  (select iif(rule = 'shrinks', 'cfo', 'cs') as team, step.d, count(*) as n from item join step on opened <= step.d and (closed is null or closed > step.d), span
   where step.d >= first group by 1, 2) where n > iif(team = 'cfo', 2, 8) group by 2;
