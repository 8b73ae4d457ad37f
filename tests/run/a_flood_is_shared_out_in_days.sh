#!/bin/sh
# 1,479 stalled deals, six managers who hold 15 each: MUST 33, 36, 41. Each has 15 to do, the others
# wait, and the run says how many, whose, and how much money.
set -eu
cat > rules.vigie <<'R'
language 1
calendar
  currency EUR
entity deal from "deals"
  key "id"
  owner person "owner"
  amount money "amount"
  idle number "idle"
team Sales
  assigns deal.owner else "vp@acme.example"
  capacity 15
rule deal_stalled for deal
  when idle > 30
    -> assign Sales, due 7d, worth amount
R
sqlite3 data.db "create table deals (id, owner, amount, idle);
with recursive n (i) as (select 1 union all select i + 1 from n where i < 1479)
insert into deals select printf('D%04d', i), 'm' || (i % 6) || '@acme.example', 1000 + i, 60 from n"
vigie run rules.vigie --db data.db --as-of 2026-02-23 > out.txt 2> /dev/null

# 1,479 - 6 * 15 wait: 1,389; the money of those with the largest amounts is not among it
waiting=$(sqlite3 data.db "select sum(amount) from (select amount from deals order by amount limit 1389)")
test "$waiting" = 2354355
grep -F '1 rule looked at 1,479 rows. 90 items to do' out.txt
grep -F '1,389  wait for room  2,354,355 EUR amount  m1 232, m2 232, m3 232, m0 231' out.txt
grep -E '^m4 +15 of 15 .* 231 wait$' out.txt
count() { sqlite3 actions.db "select count(*) from item where state = 'open' and $1"; }
for m in 0 1 2 3 4 5; do
  test "$(count "owner = 'm$m@acme.example' and waits_for is null and due = '2026-03-02'")" = 15
done
test "$(count "waits_for = 'capacity' and due is null and started is null")" = 1389

# a second run changes nothing (MUST 9); a manager who works three gets three more, no more
vigie run rules.vigie --db data.db --as-of 2026-02-23 --format json 2> /dev/null |
  jq -e '.changes.unchanged == 1479 and .changes.updated == 0' > /dev/null
done=$(sqlite3 actions.db "select id from item where owner = 'm3@acme.example' and waits_for is null limit 3")
vigie items done $done --by m3@acme.example --as-of 2026-02-23 --quiet
vigie run rules.vigie --db data.db --as-of 2026-02-24 --quiet > /dev/null 2>&1
test "$(count "owner = 'm3@acme.example' and waits_for is null")" = 15
test "$(count "started = '2026-02-24' and due = '2026-03-03'")" = 3
test "$(count "waits_for = 'capacity'")" = 1386
# the next three of rank
test "$(sqlite3 actions.db "select group_concat(key) from (select key from item where started = '2026-02-24' order by key)")" = D1377,D1383,D1389
