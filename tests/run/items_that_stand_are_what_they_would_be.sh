#!/bin/bash
# Items that stand (src/action/stand.h) are what a run that looks at all of them makes of them: a state over some days, twice,
# once with the numbers forgotten before each run. What is printed and all that is kept are the same.
set -eu
mkdir with without
export LC_ALL=C.UTF-8 VIGIE_TODAY=2026-03-31
both() { for d in with without; do (cd $d && "$@"); done; }
data() { both sqlite3 -bail data.db "$1"; }
person() { both vigie items "$@" --by ana@x.example --as-of "$day" --quiet; }
# But for moments, and for the numbers: of a table that is cut off they stay.
kept() {
  sqlite3 actions.db .dump | sed -E "s/20[0-9-]{8}T[0-9:]{8}Z//g
    s/^(INSERT INTO item VALUES\([0-9]+),-?[0-9]+,(NULL|'[0-9-]*'),/\1,/" >kept
}
run() { # ARGUMENT…
  [ ! -e without/actions.db ] || sqlite3 without/actions.db "update item set stands = 0, stands_to = null"
  both bash -c 'vigie run ../policy.vigie --db data.db "$@" >said 2>&1' - --as-of "$day" "$@"
  both kept
  diff with/said without/said && diff with/kept without/kept || { echo "on $day"; exit 1; }
}
standing() { sqlite3 with/actions.db "select count(*) from item where stands <> 0 and state = 'open'"; }

cat >policy.vigie <<'END'
language 1
calendar
  currency EUR
  holidays from "holidays" day "day"
entity account from "accounts"
  key "id"
  label "name"
  exists from "since" until "gone"
  csm person "csm"
  arr money "arr"
  health score "health"
  logins count "logins"
  renewal date "renewal"
  answered date "answered"
  link "https://crm.example/{key}"
entity employee from "people"
  key "email"
  away flag "away"
team VP
  assigns "vp@x.example"
team CS
  assigns account.csm unless employee.away else "lead@x.example"
  escalates to VP
team Desk
  assigns "desk@x.example"
  capacity 2
rule weak for account
  when health < 50 and arr > 0 EUR
  -> assign CS, due 3d, do "Call {label}", worth arr
  escalate 2bd after due
  clear when health > 60
rule renews for account
  when renewal within 60d
  -> assign CS, due 30d before renewal, worth arr
  once per renewal
rule large for account
  when arr > 20 EUR
  -> assign CS, priority high, worth arr
  remind every 4d
rule dying for account
  when logins < 3
  -> assign CS, due 9d, worth arr
  mutes feeble
rule feeble for account
  when health < 40
  -> assign CS, due 9d, worth arr
rule small for account
  when arr < 20 EUR
  -> assign Desk, due 5d, worth arr
team Turns
  assigns in turn "t1@x.example", "t2@x.example"
playbook call_them
  step "Call {label}", due 4d
  step "Write", due 6d, assign Desk
rule by_turns for account
  when arr > 25 EUR
  -> assign Turns, due 5d, worth arr
rule by_book for account
  when arr > 30 EUR
  -> assign CS, due 5d, do call_them
rule answered for account
  when arr > 28 EUR
  -> assign CS, due 5d, worth arr
  settled when answered after opened
rule by_group for each account.csm
  when (count of account) > 3
  -> assign Desk, due 9d
END
data "pragma synchronous = off; create table holidays (day); insert into holidays values ('2026-12-25');
  create table people (email, away);
  insert into people values ('csm0@x.example', 0), ('csm1@x.example', 0), ('csm2@x.example', 0), ('csm9@x.example', 0);
  create table accounts (id text primary key, name, since, gone, csm, arr, health, logins, renewal, answered);
  with recursive n(i) as (select 1 union all select i + 1 from n where i < 30) insert into accounts
  select 'A' || i, 'Customer ' || i, '2025-01-01', null, 'csm' || (i % 3) || '@x.example', i * 1.5, 20 + i * 2, i,
    date('2026-03-20', i || ' days'), null from n"
day=2026-03-02
run
[ "$(standing)" -gt 40 ]
n=$(sqlite3 with/actions.db "select min(id) from item where rule = 'large'")
person snooze $n --until 2026-03-05
person ack $((n + 1))
person due $((n + 2)) --to 2026-03-04
person done $((n + 3)) --outcome useful
day=2026-03-03
data "update accounts set name = 'Coppergate' where id = 'A20'; update accounts set csm = 'csm9@x.example' where id = 'A21';
  update accounts set arr = 29 where id = 'A19'; update accounts set logins = 1 where id = 'A5';
  update accounts set answered = '2026-03-03' where id in ('A22', 'A23'); update accounts set health = null where id in ('A6', 'A9')"
run
day=2026-03-05
# who takes turns has fewer than the other, so that the next ones are theirs
data "update people set away = 1 where email = 'csm1@x.example'; update accounts set arr = 24 where id in ('A17', 'A19', 'A21'); update accounts set health = 70 where id in ('A3', 'A4'); update accounts set renewal = '2026-04-20' where id = 'A8'"
run
day=2026-03-06 # some are late
data "update people set away = 0; update accounts set health = 44 where id = 'A6'; update accounts set arr = 26 where id in ('A14', 'A15', 'A16'); delete from accounts where id = 'A30'; update accounts set gone = '2026-03-04' where id = 'A29'"
run --quiet
day=2026-03-09 # they go up; nothing else changes
data "insert into holidays values ('2026-03-10')"
run
run
person note "$(sqlite3 with/actions.db "select min(id) from item where rule = 'weak' and state = 'open'")" "asked"
day=2026-03-11 # the table is cut off
data "create table whole as select * from accounts; delete from accounts where id not in ('A21', 'A24', 'A25')"
run
data "insert or ignore into accounts select * from whole"
run --only weak
sed -i 's/crm.example/crm.example\/accounts/' policy.vigie # no rule differs, and all items have another link
day=2026-03-12
run
# what others have written lies beside the file, for one of them has it open: so SQLite reads it
held() {
  coproc HOLDER { sqlite3 with/actions.db; }
  holder=$HOLDER_PID # bash forgets the name when it has ended
  echo "pragma wal_autocheckpoint = 0; create table held (x); drop table held; select 'held';" >&"${HOLDER[1]}"
  read -r _ <&"${HOLDER[0]}"
  read -r said <&"${HOLDER[0]}" && [ "$said" = held ] && [ -s with/actions.db-wal ]
}
day=2026-03-13
held || { echo "nobody holds the state"; exit 1; }
run
[ -s with/actions.db-wal ]
eval "exec ${HOLDER[1]}>&-"
wait "$holder"
run
# of an item that stands nothing is read but what the first screen shows
day=2026-03-16
sqlite3 with/actions.db "update item set label = 'unread' where rule = 'renews' and key = 'A7' and stands <> 0"
(cd with && vigie run ../policy.vigie --db data.db --as-of $day --quiet >/dev/null 2>&1)
[ "$(sqlite3 with/actions.db "select count(*) from item where label = 'unread'")" = 1 ]
