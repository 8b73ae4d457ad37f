#!/bin/bash
# 200 random rules over random data with holes: the rows where a rule is true, and how many it cannot judge, are those
# of the same condition written in SQL (random_rules.awk). The order of the rows, the split of the rules over files
# and other tables beside do not matter; with every event twice, sums and counts are twice as large.
set -euo pipefail
here=$ROOT/tests/run

cat >head.vigie <<'END'
language 1
entity account from "accounts"
  key "id"
  n number "n"
  d date "d"
  f flag "f"
  plan text "plan"
  health number history "health" by "account" at "day" value "score" fresh 20d
entity event from "events"
  belongs to account by "account"
  at "day"
  v number "v"
  tag text "tag"
  ok flag "ok"
entity stay from "stays"
  belongs to account by "account"
  active from "day" until "stop"
  v number "v"
  tag text "tag"
  ok flag "ok"
team CS
  assigns "cs@acme.example"
END

# The lines of the oracle from what vigie plan says.
answers() { # RULES… DATABASE
  vigie plan "${@:1:$#-1}" --db "${!#}" --state none.db --as-of 2026-03-01 --format json --quiet >out.json
  jq -r --argjson n "$rules" '
    (reduce .items[] as $i ({}; .[$i.rule] += [$i.key])) as $true
    | (reduce .not_judged[] as $u ({}; .[$u.rule] = $u.count)) as $unknown
    | range(1; $n + 1) | "r\(.)" | "\(.)|\($true[.] // [] | sort | join(" "))", "\(.) unknown|\($unknown[.] // 0)"' out.json
}

rules=20
for seed in 1 2 3 4 5 6 7 8 9 10; do
  rm -f rules.vigie data.sql oracle.sql data.db shuffled.db
  awk -v seed=$seed -v rules=$rules -v head=head.vigie -f "$here/random_rules.awk"
  (echo 'BEGIN;' && cat data.sql && echo 'COMMIT;') | sqlite3 data.db
  sqlite3 data.db <oracle.sql >want
  answers rules.vigie data.db >got
  if ! diff want got >difference; then
    echo "seed $seed:"
    cat difference
    r=$(grep -om1 '^[<>] r[0-9]*' difference | cut -c3-)
    grep -A1 "^rule $r for" rules.vigie
    grep "^SELECT '$r'" oracle.sql
    exit 1
  fi

  # the rows of every table the other way round, rules backwards in two files
  (echo 'BEGIN;' && grep CREATE data.sql && grep INSERT data.sql | tac && echo 'COMMIT;') | sqlite3 shuffled.db
  mkdir -p split
  cp head.vigie split/head.vigie
  half=$(grep -n "^rule r$((rules / 2)) " rules.vigie | cut -d: -f1)
  first=$(grep -n '^rule r1 ' rules.vigie | cut -d: -f1)
  tail -n "+$half" rules.vigie >split/a.vigie
  sed -n "$first,$((half - 1))p" rules.vigie >split/b.vigie
  answers split shuffled.db >got
  diff want got
done

# every event twice
cat head.vigie - >twice.vigie <<'END'
rule sums for account
  when true
  -> assign CS
  do "{sum of v over event} {count of event where ok} {avg of v over event in last 30d} {max of v over event}"
END
values() {
  vigie plan twice.vigie --db data.db --state none.db --as-of 2026-03-01 --format json --quiet |
    jq -r '.items[].action' | sed 's/ ([0-9]* of [0-9]* rows)//g'
}
values >once
sqlite3 data.db 'INSERT INTO events SELECT * FROM events'
values >twice
awk '{ print $1 ~ /^[0-9]/ ? $1 * 2 : $1, $2 ~ /^[0-9]/ ? $2 * 2 : $2, $3, $4 }' once | diff - twice
