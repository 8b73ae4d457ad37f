#!/bin/sh
# On a terminal of 80 columns a message goes on below and loses no word; in a pipe it is one line. What tells of progress is
# wiped before.
set -eu
export LC_ALL=C.UTF-8 VIGIE_TODAY=2026-03-20 VIGIE_USER=elise.dandrea@acme.example
vigie init demo --quiet
cd demo
cat > ask.sh <<'A'
vigie run rules --db data.db --as-of 2026-03-20 --quiet
vigie run rules --db data.db --as-of 2026-03-20 | grep -v .
vigie items snooze 1 2 3 --until 2026-03-25 --yes
vigie items frobnicate
vigie explain 30 rules --db data.db --as-of 2026-03-20
vigie tune --help
vigie items --help
vigie plan rules --db data.db --quiet --fail-if 'openedd > 5'
A
sh ask.sh > piped 2>&1 < /dev/null || true
rm -f actions.db
timeout 20 script -qec "stty cols 80; sh ask.sh" /dev/null < /dev/null | tr -d '\r\004\b' | sed 's/.*\x1b\[K//' > seen || true
test -s seen
# an example is copied: it stays one line
if grep -v '^  vigie ' seen | grep -E '^.{81,}'; then echo "longer than 80"; exit 1; fi
grep -Eq '^.{81,}' piped
grep -q '^  ' seen
words() { tr -s ' \n' '\n\n' < "$1" | grep -v '^.\?.\?D\?$' | sort -u; }
words piped > piped.words
words seen > seen.words
test -z "$(comm -23 piped.words seen.words)"
