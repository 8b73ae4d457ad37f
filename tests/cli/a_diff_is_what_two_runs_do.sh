#!/bin/sh
# MUST 4, 5 of the review: what diff says is what running both versions does, item for item: from
# nothing, and from the items that a run has left.
set -eu
unset VIGIE_TODAY
vigie init company --quiet > company.log
cd company
# Both read the same data: rows that are too old to change an item are left out, for reading them costs most.
sqlite3 -bail data.db "PRAGMA synchronous = OFF; DELETE FROM feature_usage WHERE usage_date < '2025-08-01'"

living() { # state -> rule|key|owner|due
  sqlite3 "$1" "select rule, entity, key, coalesce(owner, ''), coalesce(due, '') from item where state = 'open' order by 1, 2, 3"
}

compare() { # edit of sed, folder of the state or none
  rm -rf new old.db new.db
  cp -r rules new
  sed -i "$1" new/*.vigie
  if diff -rq rules new > same.log; then echo "the edit changes nothing: $1"; exit 1; fi
  if [ -e "$2" ]; then cp "$2" old.db && cp "$2" new.db; fi
  vigie diff rules new --db data.db --as-of 2026-03-02 --state "$2" --format json --quiet > diff.json 2> diff.log
  vigie run rules --db data.db --as-of 2026-03-02 --state old.db --quiet > old.log 2>&1
  vigie run new --db data.db --as-of 2026-03-02 --state new.db --quiet > new.log 2>&1
  living old.db > old.txt
  living new.db > new.txt
  cut -d'|' -f1-3 old.txt | sort > old.keys
  cut -d'|' -f1-3 new.txt | sort > new.keys
  jq -r '.opened[] | "\(.rule)|\(.entity)|\(.key)"' diff.json | sort > opened.txt
  jq -r '.closed[] | "\(.rule)|\(.entity)|\(.key)"' diff.json | sort > closed.txt
  comm -13 old.keys new.keys | diff opened.txt - || { echo "opened, after: $1"; exit 1; }
  comm -23 old.keys new.keys | diff closed.txt - || { echo "closed, after: $1"; exit 1; }
  # the owner and the due day of what both have
  join -t'|' "$(keyed old.txt)" "$(keyed new.txt)" | awk -F'|' '$2 != $4 {print $1 "|owner|" $2 "|" $4} $3 != $5 {print $1 "|due|" $3 "|" $5}' | sort > changed.txt
  jq -r '.changed[] | select(.field == "owner" or .field == "due") | "\(.rule)/\(.entity)/\(.key)|\(.field)|\(.old // "")|\(.new // "")"' diff.json | sort | diff - changed.txt || { echo "changed, after: $1"; exit 1; }
  total=$((total + $(wc -l < opened.txt) + $(wc -l < closed.txt) + $(wc -l < changed.txt)))
}

keyed() { # "rule/entity/key|owner|due", sorted
  awk -F'|' '{print $1 "/" $2 "/" $3 "|" $4 "|" $5}' "$1" | sort -t'|' -k1,1 > "$1.keyed"
  echo "$1.keyed"
}

total=0
vigie run rules --db data.db --as-of 2026-03-01 --state before.db --quiet > run.log 2>&1
for state in none.db before.db; do
  compare 's/usage_alarm = 40%/usage_alarm = 25%/' $state
  compare 's/= 10 because/= 6 because/; s/renewal within 60d/renewal within 90d/; s/capacity 15/capacity 4/' $state
  compare 's/assigns account.csm else/assigns account.ae else/; s/due 7d/due 3bd/' $state
  compare 's/usage_alarm = 40%/usage_alarm = 60%/; s/self_serve = 15/self_serve = 5/' $state
done
test "$total" -gt 40
