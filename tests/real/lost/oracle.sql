-- What a backtest of policy.vigie has to say, computed without Vigie. In: the tables of an export, and the table
-- span (first, last, step, until, within, notice, of): the days, how many lie between two runs, the newest day of the data,
-- the window of the outcome, the notice, and whose outcome it is: a deal is lost, or an account has lost three in 30 days.
-- Out: a line a rule, one of all, one of the outcome, one a case that was missed, one a person.
create temp table calendar as with recursive
  c(d) as (select date(first, '-150 days') from span union all select date(d, '+1 day') from c, span where d < until)
  select d from c;
create temp table step as with recursive
  c(d) as (select date(first, '-' || (90 / step * step) || ' days') from span
           union all select date(d, '+' || step || ' days') from c, span where date(d, '+' || step || ' days') <= last)
  select d from c;
create unique index temp.step_at on step (d);
create temp table deal as
  select opportunity_id as k, nullif(account, '') as account, manager, sales_price + 0.0 as price, engage_date as e,
         nullif(close_date, '') as c, deal_stage = 'Lost' as lost
  from deals join agents using (sales_agent) left join products using (product) where engage_date <> '';

-- ---- items --------------------------------------------------------------------------------------------------------
create temp table item as
  select rule, k, k as deal, account, manager, (select min(d) from step where d >= ripe) as opened,
         (select min(d) from step where d >= c) as closed
  from (select 'stalled' as rule, *, date(e, '75 days') as ripe from deal
        union all select 'stalled_large', *, date(e, '45 days') from deal where price >= 3000)
  where opened < ifnull(c, '9999');
create temp table turn as
  select *, lag(s) over (partition by account order by d) as s_last from
    (select account, d, case when n > 3 then 1 when n < 2 then 0 end as s from
      (select a.account, step.d, count(deal.k) as n from accounts a join step
         left join deal on deal.account = a.account and date(e, '75 days') <= step.d and (c is null or c > step.d) group by 1, 2))
    where s is not null;
insert into item
  select 'crowded', account, null, account, 'sales@maven.example', d,
         (select min(d) from turn o where o.account = t.account and o.s = 0 and o.d > t.d)
  from turn t where s = 1 and s_last is not 1;
alter table item add column row;
update item set row = iif((select of from span) = 'deal', deal, account);
create index temp.item_of on item (row);
create index temp.item_at on item (rule, k);

-- ---- the outcome --------------------------------------------------------------------------------------------------
create temp table losses as
  select a.account as k, calendar.d, count(deal.k) > 2 as v from accounts a join calendar
    left join deal on deal.account = a.account and lost and c <= calendar.d and c > date(calendar.d, '-30 days')
  where (select of from span) = 'account' and calendar.d >= (select min(d) from step) group by 1, 2;
create unique index temp.losses_at on losses (k, d);
create temp table onset as
  select k, c as d, price as worth from deal where (select of from span) = 'deal' and lost and c > e
  union all select k, d, null from (select *, lag(v) over (partition by k order by d) as v_last from losses) where v = 1 and v_last = 0;
create index temp.onset_of on onset (k);
create temp table base as
  select sum(days) as days, sum(followed) as followed from
    (select max(0, julianday(end) - julianday(start) + 1) as days,
            iif(lost, max(0, julianday(end) - julianday(max(start, date(c, '-' || within || ' days'))) + 1), 0) as followed
     from (select *, max(first, e) as start, min(last, date(until, '-' || within || ' days'), iif(lost, date(c, '-1 day'), '9999')) as end
           from deal, span where of = 'deal')
     union all -- a deal that nobody is engaged in yet is judged on every day, and so it is there
     select julianday(min(last, date(until, '-' || within || ' days'))) - julianday(first) + 1, 0
       from deals, span where of = 'deal' and engage_date = ''
     union all
     select 1, exists (select 1 from onset n where n.k = o.k and n.d > o.d and n.d <= date(o.d, '+' || within || ' days'))
       from losses o, span where v = 0 and o.d between first and last and date(o.d, '+' || within || ' days') <= until);

-- ---- right, wrong, too early ------------------------------------------------------------------------------------------
create temp table verdict as
  select i.*, opened >= first as counts,
    case when (select v from losses o where o.k = row and o.d = opened) then 'after'
         when exists (select 1 from onset n where n.k = row and n.d > opened
                      and (n.d <= date(opened, '+' || within || ' days') or n.d <= ifnull(closed, last))) then 'right'
         when date(opened, '+' || within || ' days') > until then 'early' else 'wrong' end as verdict,
    closed is not null and julianday(closed) - julianday(opened) <= max(7, step) as short,
    closed is not null and exists (select 1 from item n where n.rule = i.rule and n.k = i.k and n.opened > i.closed
                                   and julianday(n.opened) - julianday(i.closed) <= max(7, step)) as back
  from item i, span;

-- ---- caught -------------------------------------------------------------------------------------------------------------
create temp table name as select 'stalled' as rule union select 'stalled_large' union select 'crowded' union select 'together';
create temp table catch as
  select name.rule, n.k, n.d, n.worth,
         (select min(opened) from item i where (i.rule = name.rule or name.rule = 'together') and i.row = n.k
            and date(opened, '+' || notice || ' days') <= n.d
            and (date(opened, '+' || within || ' days') >= n.d or ifnull(closed, last) >= n.d)) as opened
  from name, onset n, span where n.d between first and last and not (of = 'deal' and name.rule = 'crowded');
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
  (select count(*) from verdict v where (v.rule = name.rule or name.rule = 'together') and counts),
  (select count(*) from verdict v, span where (v.rule = name.rule or name.rule = 'together') and opened < first and ifnull(closed, '9999') >= first),
  (select n from sorted s where s.rule = name.rule and i = (days + 1) / 2), (select max(n) from sorted s where s.rule = name.rule),
  (select count(*) from verdict v where (v.rule = name.rule or name.rule = 'together') and counts and short),
  (select count(*) from verdict v where (v.rule = name.rule or name.rule = 'together') and counts and back)
  from name;
select 'right', rule, sum(verdict = 'right'), sum(verdict in ('wrong', 'after')), sum(verdict = 'after'), sum(verdict = 'early'),
  printf('%.9f', 1.0 * sum(verdict = 'right') / sum(verdict <> 'early')) from verdict where counts and row is not null group by 2;
select 'caught', rule, count(opened), count(*), printf('%.9f', 1.0 * count(opened) / count(*)),
  (select days from lead l where l.rule = c.rule and i = (n + 3) / 4) || ' ' || (select days from lead l where l.rule = c.rule and i = (n + 1) / 2)
    || ' ' || (select days from lead l where l.rule = c.rule and i = (3 * n + 3) / 4),
  iif((select of from span) = 'account', '-', total(worth) filter (where opened is not null) || ' ' || total(worth) filter (where opened is null))
  from catch c group by 2;
select 'missed', k, d, worth from catch where rule = 'together' and opened is null;
select 'outcome', (select count(*) from onset, span where d between first and last), cast(days as int), printf('%.9f', 1.0 * followed / days) from base;
select 'weeks over', manager, count(distinct julianday(d, 'weekday 0')) from
  (select manager, rule = 'crowded' as sales, step.d, count(*) as n from item join step on opened <= step.d and (closed is null or closed > step.d), span
   where step.d >= first group by 1, 2, 3) where n > iif(sales, 10, 40) group by 2;
