#!/bin/sh
# MUST 38 of the review: a deadline and a window that are thresholds may be tuned. Who would have been late is taken from
# the items that people have done, for a backtest has no people.
set -eu
unset VIGIE_TODAY
cat > a.vigie <<'END'
language 1
calendar
  currency EUR
entity account from "accounts"
  key "id"
  mrr money history "mrr" by "id" at "day" value "mrr"
threshold window = 30d
threshold deadline = 5d
team CS
  assigns "ana@x.example"
rule fell for account
  when mrr drop over window > 10%
  -> assign CS, due deadline
END
sqlite3 data.db "create table accounts (id); insert into accounts values ('A'), ('B'), ('C'), ('D');
create table mrr (id, day, mrr); insert into mrr select id, '2025-01-01', 100 from accounts;
insert into mrr select id, '2026-02-01', 50 from accounts; insert into mrr values ('A', '2026-02-28', 50);"
vigie run a.vigie --db data.db --as-of 2026-02-01 --quiet > run.log 2>&1
# done after 2, 4 and 8 days; D is dismissed, which says nothing of the work
vigie items done 1 --by ana@x.example --as-of 2026-02-03 --yes > log 2>&1
vigie items done 2 --by ana@x.example --as-of 2026-02-05 --yes > log 2>&1
vigie items done 3 --by ana@x.example --as-of 2026-02-09 --yes > log 2>&1
vigie items dismiss 4 --by ana@x.example --as-of 2026-02-20 --yes > log 2>&1
set -- a.vigie --db data.db --from 2026-02-01 --to 2026-02-28 --every day --as-of 2026-02-28 --quiet
vigie tune deadline "$@" --values 1d,3d,8d | tr '\n' ' ' > text
grep -qF "3 items of fell that people have done, so many would have been late: 1d 3 (100%), 3d 2 (67%), 5d 1 (33%), 8d 0 (0%)." text
vigie tune deadline "$@" --values 1d,3d,8d --format json > tune.json
test "$(jq -c '[.done_items, [.values[] | [.value, .late]]]' tune.json)" = '[3,[["1d",3],["3d",2],["5d",1],["8d",0]]]'
# without a state nobody can say it
vigie tune deadline "$@" --values 1d --state none.db | tr '\n' ' ' | grep -qF "a backtest has no people"
test "$(vigie tune deadline "$@" --values 1d --state none.db --format json | jq -c '[.done_items, .values[0].late]')" = '[0,null]'
# a window changes who is asked: 20 days after the fall, a window of 10 days sees none any more
vigie tune window "$@" --values 10d > text
test "$(vigie tune window "$@" --values 10d --format json | jq -c '[.values[] | [.value, .opened, .late]]')" = '[["10d",4,null],["30d",4,null]]'
set -- a.vigie --db data.db --from 2026-02-14 --to 2026-02-28 --every day --as-of 2026-02-28 --quiet
test "$(vigie tune window "$@" --values 10d --format json | jq -c '[.values[] | [.value, .carried_in]]')" = '[["10d",0],["30d",4]]'
