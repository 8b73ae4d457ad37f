#!/bin/bash
# Names that each use the one before twice have more ways down than there are seconds. Every command
# goes down each of them once, within a small stack.
fail=0
sqlite3 data.db "create table accounts (id, n); insert into accounts values ('A', 20), ('B', 3)"
head='language 1
team CS
  assigns "cs@acme.example"
entity account from "accounts"
  key "id"
  n number "n"'

chain() { # N LINE-OF-0 TEXT: the text N times, {i} this one and {p} the one before
  echo "$2"
  for ((i = 1; i <= $1; i++)); do
    local line=${3//\{i\}/$i}
    echo "${line//\{p\}/$((i - 1))}"
  done
}

rule='rule r for account
  when %s
  -> assign CS, due 7d
test "t"
  on 2026-03-01
  given account "A" n 20
  expect %s\n'

reads() { # FILE KPI: every command ends soon, with the status it should have
  for command in "check $1" "lint $1 --db data.db --as-of 2026-03-01" "test $1" "describe $1" "fmt $1" \
    "run $1 --db data.db --as-of 2026-03-01 --dump plan" "run $1 --db data.db --as-of 2026-03-01" \
    "kpi $1 --db data.db --as-of 2026-03-01 --only $2" "explain r $1 --db data.db --as-of 2026-03-01 --key A"; do
    (ulimit -s 4096 && timeout 60 vigie $command >out 2>&1)
    local status=$?
    if [ $status != 0 ]; then echo "vigie $command: status $status"; head -c 500 out; fail=1; fi
    rm -f actions.db
  done
}

{ echo "$head"; chain 60 'kpi k0 of account = n' 'kpi k{i} of account = k{p} + k{p} / 2'; printf "$rule" 'k60 > 3' r; } >rows.vigie
reads rows.vigie k60
{ echo "$head"; chain 60 'kpi k0 = count of account' 'kpi k{i} = k{p} + k{p} / 2'; echo 'kpi split by n = k60 + 1'
  printf "$rule" 'n > 3 and k60 > k60 30d ago' 'no r'; } >company.vigie
reads company.vigie split
{ echo "$head"; chain 60 '  a0 number = n' '  a{i} number = a{p} + a{p} / 2'; echo 'kpi top = max of a60 over account'
  printf "$rule" 'a60 > 3' r; } >attributes.vigie
reads attributes.vigie top
{ echo "$head"; chain 60 'segment s0 of account where n > 1' 'segment s{i} of account where in segment s{p} or (in segment s{p} and n > {i})'
  echo 'kpi inside = count of s60'; printf "$rule" 'in segment s60' r; } >segments.vigie
reads segments.vigie inside
{ echo "$head"; chain 200 'define f0(y) = y + n' 'define f{i}(y) = f{p}(y) + n'; echo 'kpi k of account = f200(n)'
  printf "$rule" 'k > 3' r; } >nested.vigie
reads nested.vigie k
{ echo "$head"; chain 600 'kpi k0 of account = n' 'kpi k{i} of account = k{p} + 1'; printf "$rule" 'k600 > 3' r; } >chain.vigie
reads chain.vigie k600

# A chain that is too long is refused, whichever way it is written.
chain 1300 'kpi k0 = 1' 'kpi k{i} = k{p} + 1' >up.vigie
for way in cat tac; do
  $way up.vigie >long.vigie
  vigie check long.vigie >out 2>&1
  [ $? = 3 ] && grep -q 'more than 2500 steps deep' out || { echo "$way: not refused"; head -c 500 out; fail=1; }
done
exit $fail
