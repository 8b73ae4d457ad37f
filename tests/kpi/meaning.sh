#!/bin/bash
# KPI sentences on a small company (tests/kpi/meaning): each value by hand; then the same for rows in another order, and
# for the data twice: amounts and counts double, shares stay.
set -euo pipefail
here=$ROOT/tests/kpi/meaning
sqlite3 -bail data.db < "$here/data.sql"

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
# By how much a value grows when the data doubles.
factor_of() { # SENTENCE
  factor=2
  case $1 in *'/ '* | *median* | *percentile* | *share* | *'avg of'* | *'count distinct of product over'* | *'('*mrr,*')'*) factor=1 ;; esac
}

# One question: the values of r.vigie on a day, the document of which has its number. `how` is what is done to `want`.
documents=() cases=
ask() { # WHAT DATA DAY WANT HOW
  vigie kpi r.vigie --db "$2" --as-of "$3" --only value --format json --quiet >"${#documents[@]}.json" || echo '{"kpis": []}' >"${#documents[@]}.json"
  documents+=("${#documents[@]}.json")
  cases+="${cases:+, }{what: \"${1//\"/\\\"}\", want: \"$4\", how: \"$5\"}"
}

while IFS= read -r line; do
  case $line in '#'* | '') continue ;; esac
  day=${line%% | *} rest=${line#* | }
  rules=$(<"$here/rules")
  case $rest in 'start year | '*) rest=${rest#* | } rules=${rules//by end year/by start year} ;; esac
  kpi=${rest% | *} want=${rest##* | }
  printf '%s\n' "$rules" "${kpi//;/$'\n'}" >r.vigie
  ask "$day: $kpi" data.db "$day" "$want" same
  ask "$day, rows in another order: $kpi" turned.db "$day" "$want" sorted
  factor_of "$kpi"
  case $kpi in *'of account ='* | *percentile*) ;; *) ask "$day, data twice: $kpi" twice.db "$day" "$want" "times $factor" ;; esac
done <"$here/sentences.txt"

jq -rs "[$cases]"' as $cases | . as $documents
  | def values: [.kpis[] | select(.kpi == "value")
    | (.by // {} | to_entries | map((.value // "?") | tostring) | join("+")) as $by | (if $by == "" then "" else $by + " " end)
      + (if .value == null then "unknown" else (.value * 1e6 | round / 1e6 | tostring) end)
      + (if .of_rows then " (\(.rows) of \(.of_rows))" else "" end)] | join(", ");
  def grown($factor): split(", ") | map(
    capture("^(?<by>([^ ]+ )?)(?<v>unknown|[-0-9.]+)(?<rows>( \\((?<n>[0-9]+) of (?<m>[0-9]+)\\))?)$")
    | .by + (if .v == "unknown" then .v else (.v | tonumber * $factor * 1e6 | round / 1e6 | tostring) end)
      + (if .rows == "" then "" else " (\(.n | tonumber * 2) of \(.m | tonumber * 2))" end)) | join(", ");
  range($cases | length) | $cases[.] as $case | ($documents[.] | values) as $got
  | (if $case.how | startswith("times ") then $case.want | grown($case.how[6:] | tonumber) else $case.want end) as $want
  | (if $case.how == "sorted" then [$got, $want | split(", ") | sort] else [$got, $want] end) as [$is, $must]
  | select($is != $must) | "\($case.what)\n  is   \($got)\n  want \($want)"' "${documents[@]}" >wrong
cat wrong
echo "${#documents[@]} values"
test ! -s wrong && test ${#documents[@]} -gt 60
