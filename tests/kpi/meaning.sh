#!/bin/bash
# KPI sentences on a small company (tests/kpi/meaning): each value by hand; then the same for rows in another order, and
# for the data twice: amounts and counts double, shares stay.
set -euo pipefail
here=$ROOT/tests/kpi/meaning
sqlite3 -bail data.db < "$here/data.sql"

values() { # DATA DAY: the values of the KPI `value`, on one line
  vigie kpi r.vigie --db "$1" --as-of "$2" --only value --format json --quiet | jq -r '[.kpis[] | select(.kpi == "value")
    | (.by // {} | to_entries | map((.value // "?") | tostring) | join("+")) as $by | (if $by == "" then "" else $by + " " end)
      + (if .value == null then "unknown" else (.value * 1e6 | round / 1e6 | tostring) end)
      + (if .of_rows then " (\(.rows) of \(.of_rows))" else "" end)] | join(", ")'
}

# Rows in another order; and every account twice, with all that belongs to it.
cp data.db turned.db
sqlite3 -bail turned.db << 'SQL'
CREATE TABLE a AS SELECT * FROM accounts ORDER BY id DESC; DROP TABLE accounts; ALTER TABLE a RENAME TO accounts;
CREATE TABLE s AS SELECT * FROM subs ORDER BY amount; DROP TABLE subs; ALTER TABLE s RENAME TO subs;
CREATE TABLE k AS SELECT * FROM stock ORDER BY day DESC; DROP TABLE stock; ALTER TABLE k RENAME TO stock;
SQL
cp data.db twice.db
sqlite3 -bail twice.db << 'SQL'
INSERT INTO accounts SELECT 'T' || id, plan, region, signed FROM accounts;
INSERT INTO subs SELECT 'T' || id, 'T' || account, "from", till, last, amount, seats, product FROM subs;
INSERT INTO stock SELECT 'T' || account, day, seats FROM stock;
SQL
# what of a value doubles with the data
doubled() {
  local factor=1
  case $2 in *'/ '* | *median* | *percentile* | *share* | *'avg of'* | *'count distinct of product over'* | *'('*mrr,*')'*) ;; *) factor=2 ;; esac
  jq -rn --arg text "$1" --argjson factor $factor '$text | split(", ") | map(
    capture("^(?<by>([^ ]+ )?)(?<v>unknown|[-0-9.]+)(?<rows>( \\((?<n>[0-9]+) of (?<m>[0-9]+)\\))?)$")
    | .by + (if .v == "unknown" then .v else (.v | tonumber * $factor * 1e6 | round / 1e6 | tostring) end)
      + (if .rows == "" then "" else " (\(.n | tonumber * 2) of \(.m | tonumber * 2))" end)) | join(", ")'
}

bad=0 n=0
is() { # WHAT GOT WANT
  n=$((n + 1))
  [ "$2" = "$3" ] || { printf '%s\n  is   %s\n  want %s\n' "$1" "$2" "$3"; bad=1; }
}
while IFS= read -r line; do
  case $line in '#'* | '') continue ;; esac
  day=${line%% | *} rest=${line#* | }
  cp "$here/rules" r.vigie
  case $rest in 'start year | '*) rest=${rest#* | }; sed -i 's/by end year/by start year/' r.vigie ;; esac
  kpi=${rest% | *} want=${rest##* | }
  tr ';' '\n' <<< "$kpi" >> r.vigie
  is "$day: $kpi" "$(values data.db "$day")" "$want"
  is "$day, rows in another order: $kpi" "$(values turned.db "$day" | tr ',' '\n' | sed 's/^ //' | sort)" \
    "$(tr ',' '\n' <<< "$want" | sed 's/^ //' | sort)"
  case $kpi in *'of account ='* | *percentile*) ;; *) is "$day, data twice: $kpi" "$(values twice.db "$day")" "$(doubled "$want" "$kpi")" ;; esac
done < "$here/sentences.txt"
echo "$n values"
test $bad = 0 && test $n -gt 60
