#!/bin/sh
# With any number of processors a run says the same. The dataset is long enough for several to read it.
set -eu
vigie init company --quiet > init.log
cd company
for n in 1 2 7; do
  vigie run rules --db data.db --as-of 2026-03-01 --state "$n.db" --threads $n --format json > "$n.json" 2> "$n.err"
  vigie kpi rules --db data.db --as-of 2026-03-01 --threads $n --format json > "$n.kpi" 2>> "$n.err"
done
for n in 2 7; do
  cmp 1.json $n.json
  cmp 1.kpi $n.kpi
  cmp 1.err $n.err
done
! vigie run rules --db data.db --threads many 2> wrong.err
grep -q -- '--threads takes a whole number, 0 or more, not "many"' wrong.err

# Rows enough to be judged by shares; the plan of one in three is not known.
mkdir many
cd many
sqlite3 data.db "
  create table accounts (id integer primary key, name text, plan text, arr real, renewal text);
  insert into accounts with recursive n(i) as (select 1 union all select i + 1 from n where i < 17000)
    select i, 'Account ' || i, case i % 3 when 0 then 'Basic' when 1 then 'Pro' end, i * 7919 % 1009,
           date('2026-03-01', i % 400 || ' days') from n;"
cat > rules.vigie <<'END_OF_RULES'
language 1
entity account from "accounts"
  key "id"
  label "name"
  name text "name"
  plan text "plan"
  arr number "arr"
  renewal date "renewal"
segment basic of account where plan is "Basic"
segment big of account where arr >= 900
threshold low = 100
  for basic = 200
  for big = 200
team CS
  assigns "cs@acme.example"
rule low for account
  when arr > low and renewal within 3d
  -> assign CS, due 7d
rule nines for account
  when name matches "9{3}$"
  -> assign CS, due 7d
rule pro for account
  when plan is "Pro" and arr < 5
  -> assign CS, due 7d
  if unknown report
END_OF_RULES
run() { # NAME
  for n in 1 5; do
    vigie run rules.vigie --db data.db --as-of 2026-03-01 --state "$1.$n.db" --threads $n --format json \
      > "$1.$n.json" 2> "$1.$n.err" || true
  done
  cmp "$1.1.json" "$1.5.json"
  cmp "$1.1.err" "$1.5.err"
}
run good
grep -q '"opened": [1-9]' good.1.json
# two errors, the first of them in the rows of a later thread: that of the earlier row is said
sed -i 's/for big = 200/for big = 300/' rules.vigie
sqlite3 data.db "update accounts set arr = 1 where id < 9000 or id between 9100 and 16390;"
run bad
grep -q 'two segments of the threshold low match account 90' bad.1.err
