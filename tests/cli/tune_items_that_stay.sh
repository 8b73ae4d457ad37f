#!/bin/sh
# MUST 35 of the review: fewer items because none closes any more are no candidate, and tune says so. MUST 38: a deadline
# before a day is moved too, and who would have been late is told where that day had not passed.
set -eu
unset VIGIE_TODAY
cat > a.vigie <<'END'
language 1
calendar
  currency EUR
entity account from "accounts"
  key "id"
  renewal date "renewal"
  health score history "health" by "id" at "day" value "health"
  mrr money history "mrr" by "id" at "day" value "mrr"
threshold well_again = 50
threshold notice = 20d
team CS
  assigns "ana@x.example"
rule low for account
  when health < 30
  -> assign CS, due notice before renewal
  clear when health > well_again
END
sqlite3 data.db "create table accounts (id, renewal); insert into accounts values ('A', '2025-10-31'), ('B', '2025-12-31'), ('C', '2025-09-10');
create table mrr (id, day, mrr); insert into mrr select id, '2025-01-01', 100 from accounts; insert into mrr values ('A', '2025-12-20', 0), ('A', '2025-12-31', 0);
create table health (id, day, health); insert into health select id, '2025-01-01', 80 from accounts;
with recursive n(i) as (select 0 union all select i + 1 from n where i < 10)
insert into health select id, date('2025-03-01', i || ' months'), 20 from accounts, n union all select id, date('2025-03-11', i || ' months'), 60 from accounts, n;"
set -- a.vigie --db data.db --from 2025-04-01 --to 2025-12-31 --every day --as-of 2025-12-31 --quiet --outcome "mrr = 0" --within 90d
vigie tune well_again "$@" --values 40,59,70 > text
tr '\n' ' ' < text > line
grep -qF "Items hardly ever close at 70 (0 of 3); today 21 of 21 do. There are fewer because they stay: no candidate." line
test "$(vigie tune well_again "$@" --values 40,59,70 --format json | jq -c '[.candidate, [.values[] | [.value, .opened, .had_time, .closed]]]')" = \
  '["50",[["40",27,21,21],["50",27,21,21],["59",27,21,21],["70",0,3,0]]]'

# A is due on 10-11 and done two weeks before, B on 12-11 and done 25 days later; for C 20 days before 09-10 had passed.
vigie run a.vigie --db data.db --as-of 2025-09-01 --quiet > run.log 2>&1
test "$(vigie items --format json | jq -c '[.items[] | .key, .due] | sort')" = '["2025-09-01","2025-10-11","2025-12-11","A","B","C"]'
vigie items done 1 --by ana@x.example --as-of 2025-09-27 --yes > log 2>&1
vigie items done 2 --by ana@x.example --as-of 2025-12-26 --yes > log 2>&1
vigie items done 3 --by ana@x.example --as-of 2025-09-05 --yes > log 2>&1
vigie tune notice "$@" --values 3d,5d,30d,40d | tr '\n' ' ' > line
grep -qF "Of 2 items of low that people have done, so many would have been late: 3d 0 (0%), 5d 0 (0%), 20d 1 (50%), 30d 1 (50%), 40d 2 (100%)." line
grep -qF "Of 1 more nobody can tell: what they were due by had passed when they opened" line
