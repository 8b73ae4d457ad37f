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

# The value of the KPI `value` of every example of a file against what must come out, and against what the source printed:
# a line for each that is otherwise. The example number n has the document n.json.
compare_all() { # COUNT CASES
  local documents=() n
  for ((n = 1; n <= $1; n++)); do documents+=("$n.json"); done
  jq -rs "$2"'
    as $cases | . as $documents | range($cases | length) | $cases[.] as $case | $documents[.].kpis as $kpis
    | [$kpis[]? | select(.kpi == "value") | .value] as $values | $case.want as $want
    | ($case.printed | split(" ")) as [$number, $unit]
    | (if $unit == "%" then 100 else 1 end) as $scale
    | (if $number | test("\\.") then $number | split(".")[1] | length else 0 end) as $digits
    | if $kpis == null then empty
      elif ($values | length) != 1 then "\($values | length) values in place of one"
      elif $values[0] == null or $want == null then
        if $values[0] == $want then empty else "is \($values[0]), must be \($want)" end
      elif ($values[0] - $want | fabs) > 1e-9 * ([($want | fabs), 1e-3] | max) then "is \($values[0]), must be \($want)"
      elif $number != "-" and ($values[0] * $scale - ($number | tonumber) | fabs) > 0.5 / pow(10; $digits) + 1e-9 then
        "is \($values[0]), the source prints \($case.printed)"
      else empty end
    | "\($case.name): \(.)"' "${documents[@]}"
}

bad=0 good=0
for file in "$ROOT"/tests/kpi/vectors/*.txt; do
  theme=${file##*/} theme=${theme%.txt}
  rm -rf "$theme" && mkdir "$theme" && cd "$theme"
  count=$(split "$file")
  touch 0.sql 0.rules
  # one sqlite3 makes all databases
  for ((n = 1; n <= count; n++)); do
    [ -e $n.sql ] || : >$n.sql
    printf '.open %s.db\n.read 0.sql\n.read %s.sql\n' $n $n
  done | sqlite3 -bail
  failed=0 cases=
  for ((n = 1; n <= count; n++)); do
    IFS='|' read -r id want printed source <$n.head
    read -r printed <<<"$printed"
    id=${id// /} name="$theme $id (${source# })"
    cases+="${cases:+, }{name: \"${name//\"/\\\"}\", want: ($want), printed: \"$printed\"}"
    { echo "$(<0.rules)"; [ ! -e $n.rules ] || echo "$(<$n.rules)"; } >rules.vigie
    if ! vigie kpi rules.vigie --db $n.db --as-of 2026-03-01 --format json >$n.json 2>message; then
      echo "$name: vigie kpi failed:"
      cat message
      echo '{}' >$n.json
      failed=$((failed + 1))
    fi
  done
  compare_all "$count" "[$cases]" >differences
  cat differences
  wrong=$(wc -l <differences)
  bad=$((bad + failed + wrong)) good=$((good + count - failed - wrong))
  cd ..
done
echo "$good examples right, $bad wrong"
test $bad -eq 0 && test $good -gt 0
