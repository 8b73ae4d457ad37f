#!/bin/bash
# A window of days inside another, and every day that explain looks back on, ask for the same days again and again:
# each is planned once, and takes the memory of the rows that are looked at.
fail=0
sqlite3 data.db "create table accounts (id); insert into accounts values ('A'), ('B');
  create table health (id, day, value); insert into health values ('A', '2024-01-01', 5), ('A', '2026-02-20', 2),
    ('B', '2024-01-01', 7)"
head='language 1
team CS
  assigns "cs@acme.example"
entity account from "accounts"
  key "id"
  label "id"
  n number history "health" by "id" at "day" value "value"'
rule='rule r for account
  when %s
  -> assign CS, due 7d\n'

{ echo "$head"; printf "$rule" '(n > 1 for 400d) for 400d'; } >nested.vigie
{ echo "$head"; printf "$rule" '(n > 6 for 60d) for 60d'; } >short.vigie
nodes=$(vigie run nested.vigie --db data.db --as-of 2026-03-01 --dump plan | wc -l)
# 800 days have two or three nodes each; 400 windows that shared nothing would have 160,000 besides.
[ "$nodes" -lt 12000 ] || { echo "nested: $nodes nodes"; fail=1; }
vigie run short.vigie --db data.db --as-of 2026-03-01 --format json >out.json || fail=1
[ "$(jq -r '[.items[].key] | join(" ")' out.json)" = B ] || { echo "short: not B alone"; jq .items out.json; fail=1; }

{ echo "$head"; echo 'kpi k0 of account = n + 1'
  for ((i = 1; i <= 60; i++)); do echo "kpi k$i of account = k$((i - 1)) + k$((i - 1)) / 2"; done
  printf "$rule" 'k60 drop over 30d > 10%'; } >chain.vigie
# 60 columns of 120 days and their pasts. A build with sanitizers needs more room to begin with: there, only the answer.
limit='ulimit -v 300000'
(eval "$limit"; vigie version >/dev/null 2>&1) || limit=true
(eval "$limit"; vigie explain r chain.vigie --key A --db data.db --as-of 2026-03-01 >out 2>&1)
status=$?
[ $status = 0 ] && grep -q '^The condition has been true since 2026-02-20 (10 days)' out ||
  { echo "explain: status $status"; head -c 600 out; fail=1; }
exit $fail
