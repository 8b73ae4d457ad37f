#!/bin/sh
# The starter on its own data, a year of daily runs: every rule speaks, nobody has more to do than
# the team says in any week, no rule opens in a week what one person could not do, and the
# quarterly pack finds no flood and nothing silent.
set -eu
if [ "${SANITIZED-}" ]; then
  echo "a year of days takes minutes with the sanitizers"
  exit 77
fi
unset VIGIE_TODAY
vigie init company --quiet > company.log
cd company
vigie backtest rules --db data.db --from 2025-03-03 --to 2026-02-28 --every day --outcome "mrr = 0" \
  --format json --quiet > year.json 2> year.log
test "$(jq -r '.rules[] | select(.opened == 0) | .rule' year.json)" = ''
jq -e '.owners | length > 5 and all(.weeks_over == 0)' year.json > true.txt
jq -r '.series[] | [.rule, .day, .open] | @tsv' year.json > series.tsv
sqlite3 series.db "create table open (rule, day, n integer, primary key (rule, day))" \
  ".mode tabs" ".import series.tsv open" "
  select a.rule, a.day, a.n from open a left join open b on b.rule = a.rule and b.day = date(a.day, '-7 days')
  where a.n - ifnull(b.n, 0) > 15" > risen.txt
test ! -s risen.txt
# what it catches: 42 items of usage_collapse, 35 of 40 customers who left, by whatever rule
jq -e '.together | .caught == 35 and .onsets == 40' year.json > true.txt
jq -e '.rules[] | select(.rule == "usage_collapse") | .opened == 42 and .right == 31 and .wrong == 4' year.json > true.txt
vigie review rules --db data.db --quarter 2026-Q1 --as-of 2026-02-27 --outcome "mrr = 0" --format json --quiet > pack.json 2> pack.log
test "$(jq -r '.rules[] | select(.verdict == "tune" or .verdict == "retire") | .rule' pack.json)" = ''
