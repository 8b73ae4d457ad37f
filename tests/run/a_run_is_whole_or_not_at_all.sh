#!/bin/bash
# A run that is killed, runs out of disk, may not write, or meets another run leaves the state as it was before or as it
# is after, never in between.
set -euo pipefail
export VIGIE_TODAY=2026-03-31

cat >r.vigie <<'END'
language 1
entity account from "accounts"
  key "id"
  n number "n"
team CS
  assigns "cs@acme.example"
rule low for account
  when n < 100
  -> assign CS, due 7d
rule odd for account
  when n - floor(n / 2) * 2 = 1
  -> assign CS, due 5bd
END
sqlite3 data.db "create table accounts (id integer primary key, n);
  insert into accounts with recursive i(x) as (select 1 union all select x + 1 from i where x < 1000) select x, x % 200 from i;"
run() { vigie run r.vigie --db data.db --state "$1" --as-of "$2" --quiet >out 2>err; }
content() { sqlite3 "$1" "select rule, key, seq, owner, opened, due, state, closed from item order by 1, 2, 3;
  select change, field, old, new, count(*) from audit group by 1, 2, 3, 4; select as_of, opened, resolved from run;
  pragma integrity_check; pragma foreign_key_check"; }
change_data() { sqlite3 data.db 'update accounts set n = n + 37'; }

# ---- killed at any moment ----
run before.db 2026-03-01
content before.db >before
change_data
cp before.db after.db
run after.db 2026-03-02
content after.db >after
! cmp -s before after
other_days() { sed '/^2026-03-0[12]|/d'; }
other_days <after >after.other
killed=0 whole=0
times=40
if [ "${SANITIZED-}" ]; then times=12; fi
for ((i = 1; i <= times; i++)); do
  rm -f state.db*
  cp before.db state.db
  vigie run r.vigie --db data.db --state state.db --as-of 2026-03-02 --quiet >out 2>err &
  pid=$!
  printf -v moment '0.%03d' $((i * 160 / times))
  sleep "$moment"
  kill -9 $pid 2>/dev/null && killed=$((killed + 1))
  wait $pid 2>/dev/null || true
  content state.db >now
  if cmp -s now after; then
    whole=$((whole + 1))
  else
    diff before now
  fi
  # and the next run is not in the way of what is left
  run state.db 2026-03-02
  content state.db | other_days | cmp -s - after.other || content state.db | other_days | diff after.other -
done

# ---- the first run, killed: no state, or all of it ----
rm -f fresh.db*
vigie run r.vigie --db data.db --state fresh.db --quiet >out 2>err &
pid=$!
sleep 0.02
kill -9 $pid 2>/dev/null || true
wait $pid 2>/dev/null || true
run fresh.db 2026-03-02
test "$(sqlite3 fresh.db 'pragma integrity_check')" = ok

# ---- the disk is full ----
for kb in 8 64 120 400; do
  rm -f state.db*
  cp before.db state.db
  status=0
  (
    ulimit -f $kb
    exec vigie run r.vigie --db data.db --state state.db --as-of 2026-03-02 --quiet >/dev/null 2>err
  ) || status=$?
  if [ $status = 0 ]; then
    content state.db | diff after -
  else
    test $status = 2
    grep -q 'state.db' err
    test "$(wc -l <err)" = 1
    content state.db | diff before -
  fi
done
rm -f fresh.db*
status=0
(
  ulimit -f 8
  exec vigie run r.vigie --db data.db --state fresh.db --quiet >/dev/null 2>err
) || status=$?
test $status = 2
run fresh.db 2026-03-02

# ---- two runs at once: one waits for the other ----
rm -f state.db*
cp before.db state.db
vigie run r.vigie --db data.db --state state.db --as-of 2026-03-02 --quiet >out1 2>err1 &
first=$!
vigie run r.vigie --db data.db --state state.db --as-of 2026-03-02 --quiet >out2 2>err2 &
second=$!
wait $first
wait $second
content state.db | other_days | diff after.other -

# ---- somebody holds it: said after a while, and nothing is changed ----
rm -f state.db* began
cp before.db state.db
sqlite3 state.db 'begin immediate' '.shell touch began; sleep 12' &
holder=$!
while [ ! -e began ]; do sleep 0.1; done
status=0
run state.db 2026-03-02 || status=$?
test $status = 2
grep -q 'state.db' err
wait $holder
content state.db | diff before -

# ---- it may not be written; root may write everything ----
if [ "$(id -u)" != 0 ]; then
  chmod 444 state.db
  status=0
  run state.db 2026-03-02 || status=$?
  test $status = 2
  grep -q 'cannot be written' err
fi
echo "killed $killed times, $whole of $times runs were done before"
