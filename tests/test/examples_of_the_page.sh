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
if ! grep -q '^8 tests passed$' passed.txt; then echo "the page has other examples than before"; exit 1; fi

# The world stands in a file of its own, so that lines count from the test on.
mkdir -p failing
awk '/^test / { exit } { print }' rules.vigie >failing/world.vigie
cd failing
{ echo 'use "world.vigie"'; block failing; } >rules.vigie
if vigie test rules.vigie >came.txt; then echo "the failing example passes"; exit 1; fi
diff <(block output) came.txt
