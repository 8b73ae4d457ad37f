#!/bin/sh
# MUST 15: a backtest replays the life of items: a run a week into a state of its own opens and closes
# the same items on the same days.
set -eu
unset VIGIE_TODAY
vigie init company --quiet > company.log
# rows that are too old to matter to these days: reading them is most of what a command costs
sqlite3 -bail company/data.db "PRAGMA synchronous = OFF; DELETE FROM feature_usage WHERE usage_date < '2025-04-01'"
cd company
day=2025-08-11 # twelve weeks before the span: its warm-up
while [ "$(date -d "$day" +%s)" -le "$(date -d 2025-12-29 +%s)" ]; do
  vigie run rules --db data.db --as-of "$day" --replay --state past.db --quiet > /dev/null 2>&1
  day=$(date -d "$day + 7 days" +%F)
done
vigie backtest rules --db data.db --from 2025-11-03 --to 2025-12-29 --format json 2> /dev/null |
  jq -r '.rules[] | [.rule, .opened, .carried_in] | @tsv' | sort > backtest.tsv
sqlite3 -separator "$(printf '\t')" past.db "
  select rule, sum(opened >= '2025-11-03'),
         sum(opened < '2025-11-03' and (closed is null or closed >= '2025-11-03'))
  from item group by rule having max(opened) >= '2025-11-03' or max(closed is null) or max(closed) >= '2025-11-03'
  order by rule" > runs.tsv
awk '$2 + $3 > 0' backtest.tsv | diff - runs.tsv
test "$(wc -l < runs.tsv)" -gt 5
# Its outcome is what SQL finds day by day: how often it began, and the money of the day before.
sqlite3 -separator ' ' data.db "
  with recursive day(d) as (select '2025-11-02' union all select date(d, '+1 day') from day where d < '2025-12-29'),
  paid as (select a.account_id k, d, coalesce(sum(s.mrr_amount), 0) m from accounts a join day on d >= a.signup_date
           left join subscriptions s on s.account_id = a.account_id and not s.is_trial
                and s.start_date <= d and (s.end_date is null or s.end_date > d) group by 1, 2)
  select count(*), round(sum(b.m * 12), 2) from paid p join paid b on b.k = p.k and b.d = date(p.d, '-1 day')
  where p.m = 0 and b.m > 0" > sql.txt
vigie backtest rules --db data.db --from 2025-11-03 --to 2025-12-29 --outcome "mrr = 0" --format json 2> /dev/null |
  jq -r '[.outcome.onsets, (.together.money[] | .caught + .missed)] | "\(.[0]) \(.[1])"' | diff - sql.txt
