#!/bin/bash
# Worked examples of KPIs: each value that a source published (tests/kpi/vectors/README.md) comes out of rules that call
# the standard library, on a small dataset.
set -euo pipefail

if ! vigie help kpi > help 2>&1; then
  echo "this build has no vigie kpi"
  exit 77
fi

# Splits a file into NUMBER.head, NUMBER.rules and NUMBER.sql, the part above the first example being common to all.
split() {
  awk '
    /^--- / { n++; print substr($0, 5) > (n ".head"); next }
    /^(#.*)?$/ { next }
    /^> / { print substr($0, 3) > ((n + 0) ".rules"); next }
    { print > ((n + 0) ".sql") }
    END { print n + 0 }' "$1"
}

# The value of the KPI `value` against what must come out, and against what the source printed.
compare() {
  jq -r --argjson want "$(jq -n "$1")" --arg printed "$2" '
    [.kpis[] | select(.kpi == "value") | .value] as $values
    | ($printed | split(" ")) as [$number, $unit]
    | (if $unit == "%" then 100 else 1 end) as $scale
    | (if $number | test("\\.") then $number | split(".")[1] | length else 0 end) as $digits
    | if ($values | length) != 1 then "\($values | length) values in place of one"
      elif $values[0] == null or $want == null then
        if $values[0] == $want then empty else "is \($values[0]), must be \($want)" end
      elif ($values[0] - $want | fabs) > 1e-9 * ([($want | fabs), 1e-3] | max) then "is \($values[0]), must be \($want)"
      elif $number != "-" and ($values[0] * $scale - ($number | tonumber) | fabs) > 0.5 / pow(10; $digits) + 1e-9 then
        "is \($values[0]), the source prints \($printed)"
      else empty end' out.json
}

bad=0 good=0
for file in "$ROOT"/tests/kpi/vectors/*.txt; do
  theme=$(basename "$file" .txt)
  rm -rf "$theme" && mkdir "$theme" && cd "$theme"
  count=$(split "$file")
  for ((n = 1; n <= count; n++)); do
    IFS='|' read -r id want printed source < "$n.head"
    id=${id// /} printed=$(echo $printed) name="$theme $id (${source# })"
    touch 0.sql 0.rules $n.sql
    cat 0.rules $n.rules > rules.vigie
    rm -f data.db
    cat 0.sql $n.sql | sqlite3 -bail data.db
    if ! vigie kpi rules.vigie --db data.db --as-of 2026-03-01 --format json > out.json 2> message; then
      echo "$name: vigie kpi failed:"
      cat message
      bad=$((bad + 1))
      continue
    fi
    difference=$(compare "$want" "$printed")
    if [ -n "$difference" ]; then
      echo "$name: $difference"
      bad=$((bad + 1))
    else
      good=$((good + 1))
    fi
  done
  cd ..
done
echo "$good examples right, $bad wrong"
test $bad -eq 0 && test $good -gt 0
