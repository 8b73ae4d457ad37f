#!/bin/bash
# The example of every formula of the standard library runs, as `vigie help` shows it: on the company of tests/kpi/parts it has a
# value. And what help says of a formula is whole: each argument, its unit, what is unknown, what it decides, its page.
set -euo pipefail
sqlite3 -bail data.db <"$ROOT/tests/kpi/parts/company.sql"
mkdir rules
cp "$ROOT/tests/kpi/parts/company.vigie" rules
names=$(grep -ho '^define [a-z_0-9]*' "$ROOT"/stdlib/*.vigie | cut -d' ' -f2)
for name in $names; do vigie help "$name"; done >said

# rules/examples.vigie: each KPI of an example gets a name of its own.
awk '
  function complain(what) { print name ": " what > "wrong" }
  function finish(  i, n, parts, a) {
    n = split("Formula Unit Unknown Decides Misleads_when Variants Source Example In_the_library Page", parts, " ")
    for (i = 1; i <= n; i++) { gsub("_", " ", parts[i]); if (name != "" && !(parts[i] in seen)) complain("help has no line " parts[i]) }
    for (a in must) if (must[a] != is[a]) complain(a " must be " must[a] ", help says: " is[a])
    for (a in kpis) while (match(example, "(^|[^a-z_0-9])" a "([^a-z_0-9]|$)")) {
      i = RSTART + (substr(example, RSTART, 1) !~ /[a-z]/)
      example = substr(example, 1, i - 1) toupper(a) "_of_" name substr(example, i + length(a))
    }
    while (match(example, /[A-Z][A-Z_0-9]*_of_/)) example = substr(example, 1, RSTART - 1) tolower(substr(example, RSTART, RLENGTH)) substr(example, RSTART + RLENGTH)
    printf "%s", example > "rules/examples.vigie"
    split("", seen); split("", must); split("", is); split("", kpis); example = ""
  }
  /^[a-z_0-9]+\(.*\), a formula of std\.[a-z]+$/ { finish(); name = $0; sub(/\(.*/, "", name); n_names++; next }
  /^[A-Z][a-z ]*:/ { now = $0; sub(/:.*/, "", now); if ($0 ~ /: [^ ]/ || now ~ /^(It takes|Example|In the library)$/) seen[now]; next }
  now == "It takes" && /^  / {
    if (!match($0, /(an entity|a condition|a share|a count|a number|a score|a text|a date|a length of time|money)(: |, such as `[^`]+`: )[^ ]/)) complain("what must it be, and what is it: " $0)
    is[$1] = substr($0, RSTART, RLENGTH); sub(/[:,].*/, "", is[$1])
  }
  now == "Example" && /^  / && !/^  use / { example = example substr($0, 3) "\n"; if ($1 == "kpi") kpis[$2] }
  now == "In the library" && /^  / {
    line = $0
    while (match(line, /[a-z_]+ (entity|duration)/)) {
      split(substr(line, RSTART, RLENGTH), two, " ")
      must[two[1]] = two[2] == "entity" ? "an entity" : "a length of time"
      line = substr(line, RSTART + RLENGTH)
    }
  }
  END { finish(); print n_names " formulas" }' said
touch wrong
vigie check rules >checked 2>&1 || cat checked >>wrong
vigie kpi rules --db data.db --as-of 2026-03-01 --format json --quiet >kpis.json || echo "vigie kpi ends with $?" >>wrong
jq -r '[.kpis[] | select(.kpi | contains("_of_")) | {kpi, known: (.value != null)}] | group_by(.kpi)[]
  | select(any(.known) | not) | "the example has no value: \(.[0].kpi)"' kpis.json >>wrong
cat wrong
test ! -s wrong
