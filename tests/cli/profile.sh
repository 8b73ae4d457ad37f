#!/bin/sh
# What --profile says: each table with the way that it was read, on standard error, beside a document that is the same.
set -eu
sqlite3 data.db "
  create table accounts (id integer primary key, arr real, renewal text);
  insert into accounts values (1, 1000, '2026-03-20'), (2, 2000, '2026-04-01');
  create table usage (account integer, day text, n integer, primary key (account, day)) without rowid;
  insert into usage values (1, '2026-02-20', 5), (2, '2026-02-21', 7);
  create table notes (account integer, day text);
  insert into notes values (1, '2026-02-20');
  alter table notes add column n integer default 3;
  insert into notes values (2, '2026-02-21', 4);"
cat > rules.vigie <<'END'
language 1
calendar
  currency EUR
entity account from "accounts"
  key "id"
  arr money "arr"
  renewal date "renewal"
entity usage from "usage"
  belongs to account by "account"
  at "day"
  n count "n"
entity note from "notes"
  belongs to account by "account"
  at "day"
  n count "n"
kpi used of account = sum of n over usage in last 30d
kpi noted of account = sum of n over note in last 30d
team CS
  assigns "cs@acme.example"
rule quiet for account
  when renewal within 60d and used < 6 and noted < 4
  -> assign CS, due 7d
END
vigie plan rules.vigie --db data.db --as-of 2026-03-01 --format json > without.json 2> without.err
vigie plan rules.vigie --db data.db --as-of 2026-03-01 --format json --profile > with.json 2> with.err
cmp without.json with.json
grep -Eq '^  accounts +2 rows +[0-9.]+ s  straight from the pages$' with.err
grep -Eq '^  usage +2 rows +[0-9.]+ s  through SQL$' with.err
grep -Eq '^  notes +2 rows +[0-9.]+ s  through SQL$' with.err
grep -Eq '^in all +[0-9]+ MB +[0-9.]+ s$' with.err
grep -Eq '^  quiet +[0-9.]+ s$' with.err
