#!/bin/bash
# The examples of docs/testing.md: its blocks are one rule file, whose tests pass; the failing one prints what the page
# shows.
set -e
block() { # every block of a kind, with a blank line between two
  awk -v want="$1" '/^```/ { on = $0 == "```" want; if (on && n++) print ""; next } on' "$ROOT/docs/testing.md"
}

block vigie >rules.vigie
vigie fmt --check rules.vigie
vigie test rules.vigie | tee passed.txt
if ! grep -q '^11 tests passed$' passed.txt; then echo "the page has other examples than before"; exit 1; fi

# Block number $2 of the kind.
nth() {
  awk -v want="$1" -v n="$2" '/^```/ { on = $0 == "```" want && ++seen == n; next } on' "$ROOT/docs/testing.md"
}

# The world stands in a file of its own, so that lines count from the test on.
mkdir -p failing
awk '/^test / { exit } { print }' rules.vigie >failing/world.vigie
cd failing
for n in $(seq "$(grep -c '^```failing$' "$ROOT/docs/testing.md")"); do
  { echo 'use "world.vigie"'; nth failing "$n"; } >rules.vigie
  if vigie test rules.vigie >came.txt; then echo "the failing example passes"; exit 1; fi
  diff <(nth output "$n") came.txt
done
[ "$n" = 2 ]
