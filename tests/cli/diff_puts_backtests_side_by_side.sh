#!/bin/sh
# MUST 7 of the review: with a span, diff adds the backtests of both versions. Each is what
# `backtest --policy-of` says of that version alone, figure for figure, also where a threshold has
# dated lines, a rule is renamed or new, and where the old version comes from git.
set -eu
unset VIGIE_TODAY
mkdir old
cat > old/a.vigie <<'END'
language 1
calendar
  currency EUR
entity account from "accounts"
  key "id"
  label "name"
  mrr money history "mrr" by "id" at "day" value "mrr"
  health number history "health" by "id" at "day" value "health"
threshold floor = 10
  from 2025-08-01 = 6 because "too many"
team CS
  assigns "ana@acme.example"
  capacity 2
rule low for account
  when health < floor
  -> assign CS, due 7d
  worth mrr
rule empty for account
  when mrr = 0
  -> assign CS, due 7d
END
sqlite3 data.db "
create table accounts (id text primary key, name text);
insert into accounts values ('A', 'Acme'), ('B', 'Brume'), ('C', 'Ciel'), ('D', 'Dune'), ('E', 'Eau'), ('F', 'Feu');
create table mrr (id, day, mrr);
insert into mrr select id, '2025-01-01', 100 from accounts;
insert into mrr values ('A', '2025-07-20', 0), ('C', '2025-08-10', 0), ('D', '2025-09-01', 0);
create table health (id, day, health);
insert into health select id, '2025-01-01', 50 from accounts;
insert into health values ('A', '2025-07-01', 5), ('B', '2025-07-01', 9), ('C', '2025-08-01', 7), ('D', '2025-06-01', 7), ('E', '2025-08-01', 7);
insert into health values ('A', '2025-12-31', 5);"
mkdir new
sed 's/rule low/rule weak/; s/  worth mrr/  worth mrr\n  was low/; s/= 10$/= 3/; s/from 2025-08-01 = 6 because "too many"/from 2025-08-01 = 8/; s/capacity 2/capacity 1/' old/a.vigie > new/a.vigie
printf 'rule mid for account\n  when health < 20\n  -> assign CS, due 7d\n  worth mrr * 2\n' >> new/a.vigie

span="--db data.db --as-of 2025-12-31 --from 2025-06-01 --to 2025-12-31 --every day --quiet"
set -- $span --outcome "mrr = 0" --within 30d
vigie diff old new "$@" --format json > diff.json
for side in old new; do
  vigie backtest $side "$@" --policy-of 2025-12-31 --format json > alone.json
  jq -S ".backtest.$side" diff.json > of_diff.json
  # worth of the other version is a measure of the outcome too: its sums are not of this one
  jq -S . alone.json | diff of_diff.json - || { echo "of $side"; exit 1; }
done
test "$(jq '[.backtest.old.rules[].opened, .backtest.new.rules[].opened] | add' diff.json)" -gt 8
test "$(jq -c '[.backtest.caught_by_old_alone[].key, "-", .backtest.caught_by_new_alone[].key]' diff.json)" = '["-","C","D"]'

vigie diff old new "$@" | sed -n '/^Backtest/,$p' > text
diff text - <<'END'
Backtest of both
2025-06-01 to 2025-12-31, 214 days, all with the policy of 2025-12-31; nobody closes items by hand.
The outcome, mrr = 0 of accounts, began 3 times. It follows within 30d of 11.8% of all days on which
it is false: what chance would get right.

rule      opened  at a time    most  short-lived  back again
weak       1 → 4      1 → 4   1 → 4            0           0
mid        – → 5      – → 5   – → 5        – → 0       – → 0
together  4 → 12     4 → 12  4 → 12            0           0

rule      right  wrong  too early        precision      caught  days of warning
weak      1 → 3  0 → 1          0  1 of 1 → 3 of 4  1 → 3 of 3               19
mid       – → 3  – → 2      – → 0       – → 3 of 5  – → 3 of 3           – → 19
together                                            1 → 3 of 3               19

1 other rule: the same in both.

measure       money caught           missed
mrr      100 EUR → 300 EUR  200 EUR → 0 EUR
mrr * 2        – → 600 EUR        – → 0 EUR

Caught by the new version alone: C Ciel (2025-08-10, 100 EUR), D Dune (2025-09-01, 100 EUR).

over capacity     capacity    weeks
ana@acme.example         1  22 → 32

Rows deleted since then cannot be seen.
END

# the same from git; what a version is called, and `--handled`, change nothing of it
git init -q repo
cp data.db repo
cp -r old repo/rules
cd repo
git add rules
git -c user.name=a -c user.email=a@acme.example commit -qm one
cp ../new/a.vigie rules/a.vigie
vigie diff --git HEAD rules "$@" --handled 3bd --format json > diff.json
vigie diff ../old ../new "$@" --handled 3bd --format json | jq -S .backtest > files.json
jq -S .backtest diff.json | diff files.json -
test "$(jq -r .handled diff.json files.json | sort -u)" != ""

# what is missing is said
fails() { # message, options
  message=$1
  shift
  if vigie diff ../old ../new "$@" > out 2> err; then echo "no failure: $*"; exit 1; fi
  grep -qF -e "$message" err || { cat err; echo "not said: $message"; exit 1; }
}
fails "--outcome is about a backtest on data: add --db data.db" --outcome "mrr = 0"
fails "--from is about a backtest, which needs a span: add --from 2025-03-01 --to" --db data.db --from 2025-06-01
fails "--within says something of an outcome: add --outcome" $span --within 30d
