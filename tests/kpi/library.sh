#!/bin/bash
# The standard library: every formula is documented line by line, its example is a legal rule, and a worked example uses it.
set -euo pipefail
cd "$ROOT"
bad=0
complain() {
  echo "$1"
  bad=$((bad + 1))
}

# name: what is missing of the comment above it
missing=$(awk '
  FNR == 1 { doc = "" }
  /^#/ { doc = doc $0 "\n"; next }
  /^define / {
    name = $2; sub(/\(.*/, "", name)
    if (doc !~ /^# [^\n]* [^\n]*\.\n# Formula: /) print name ": one sentence, then Formula:"
    n = split("Formula Unit Unknown Decides Misleads_when Variants Source Example", lines, " ")
    for (i = 1; i <= n; i++) { line = lines[i]; sub("_", " ", line); if (doc !~ "\n# " line ": ") print name ": " line ":" }
  }
  { doc = "" }' stdlib/*.vigie)
[ -z "$missing" ] || complain "$missing"

for name in $(grep -ho '^define [a-z_0-9]*' stdlib/*.vigie | cut -d' ' -f2); do
  grep -qE "(^|[^a-z_0-9])$name\(" tests/kpi/vectors/*.txt stdlib/*.vigie || complain "$name: no worked example uses it"
done

# An example is read as it stands: a rule that does not parse is worse than none.
awk '
  /^# Example: / { example = 1; n++; print substr($0, 12) > (dir "/" n ".vigie"); next }
  /^#   / && example { print substr($0, 5) > (dir "/" n ".vigie"); next }
  { example = 0 }' dir="$TEST_TMP" stdlib/*.vigie
for example in "$TEST_TMP"/*.vigie; do
  vigie fmt - < "$example" > /dev/null 2> "$TEST_TMP/message" || complain "$(cat "$example" "$TEST_TMP/message")"
done
test $bad -eq 0
