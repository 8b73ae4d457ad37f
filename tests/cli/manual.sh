#!/bin/bash
# Each command has a page of the manual, in which each of its options stands; so has the language, with each of its lines.
# The pages are clean for groff and mandoc, where these are there.
set -euo pipefail
mkdir man

pages() { # "TOPIC" of every page
  echo
  echo rules
  sed -nE 's/^CMD\((\w+),.*/\1/p; s/^SUB\((\w+), (\w+),.*/\1 \2/p' "$ROOT/src/cmd/cmd.def"
}
pages | while read -r topic; do
  # shellcheck disable=SC2086  # "items done" is two words
  vigie help $topic --format man > "man/vigie${topic:+-}${topic// /-}"
done
[ "$(ls man | wc -l)" = "$(pages | wc -l)" ]
if command -v groff > groff; then groff -man -ww -z man/* 2>&1 | tee said; [ ! -s said ]; fi
if command -v mandoc > mandoc; then mandoc -T lint man/* | tee said; [ ! -s said ]; fi

plain() { sed -E 's/\\f[BIR]//g; s/\\-/-/g; s/\\\(aq/'"'"'/g; s/\\e/\\/g' "$1"; }
pages | tail -n +3 | while read -r topic; do
  plain "man/vigie-${topic// /-}" > page
  # shellcheck disable=SC2086
  vigie help $topic | grep -oE '^  --[a-z-]+( [^ ]+)?' | sed 's/^  //; s/ $//' > options
  while IFS= read -r option; do
    grep -qxF -- "${option//…/\\[u2026]}" page || { echo "vigie-${topic// /-}: there is no $option"; exit 1; }
  done < options
done
plain man/vigie > page
pages | tail -n +3 | while read -r topic; do grep -qE "^$topic( |$)" page || { echo "vigie: there is no $topic"; exit 1; }; done
plain man/vigie-rules > page
sed -nE 's/^(CLAUSE|LINE)\(\w+, *"([^"]+)".*/\2/p' "$ROOT/src/syntax/clause.def" | grep -vx 'broken line' |
  while IFS= read -r word; do grep -qxE -- "$word|\.SS $word" page || { echo "vigie-rules: there is no $word"; exit 1; }; done
vigie help rules > words; grep -q '^  when  *the condition of a rule$' words

# Every variable that the program reads is named, with each command that reads the option it stands for.
grep -ohE 'getenv\("[A-Z_]+"|"VIGIE_[A-Z_]+"' -r "$ROOT/src" --include='*.[ch]' --include='*.def' |
  grep -oE '[A-Z_]{4,}' | sort -u > read
sed -nE 's/^ENVIRONMENT\("([A-Z_]+)".*/\1/p' "$ROOT/src/cmd/environment.def" | sort > named
diff read named
grep -q VIGIE_DB man/vigie-run
! grep -q VIGIE_SMTP man/vigie-run

[ "$(vigie help V1001 --format man 2>&1 > out)" = 'vigie help: "V1001" has no page of the manual: leave out --format man' ]
