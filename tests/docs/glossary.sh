#!/bin/bash
# docs/glossary.md: in alphabetical order, a line or two each, with the page that says the rest (docs/links.sh follows it), and
# every heading of a table that a screen shows is in it.
set -euo pipefail
cd "$ROOT"
# What anybody reads without a glossary.
plain="KPI Why why after before day done due for found goal items most new now old reason rule steps target to today value who measure weeks
  what_it_says when_it_opened days_to_close change owner capacity Queue
  amount customers rows such_as to_decide of_start why"
terms=$(sed -n 's/^### //p' docs/glossary.md)
{
  diff <(tr 'A-Z' 'a-z' <<<"$terms") <(tr 'A-Z' 'a-z' <<<"$terms" | sort) | sed -n 's/^[<>]/not in its place:/p'
  awk '/^### / { term = $0; n++ } n && !/^###|^$/ { if (!/ → \[[^]]+\]\([^)]+\)$/) print term ": no page"; if (length($0) > 260) print term ": longer than two lines"; said[term]++ }
    END { for (t in said) if (said[t] != 1) print t ": one paragraph" }' docs/glossary.md
  grep -rhoE '(header = |\{)"[^"]+", *(\.align|ALIGN|\.fit)' src --include=*.c | sed -E 's/^[^"]*"//; s/".*//' | sort -u | while IFS= read -r heading; do
    grep -qw -- "${heading// /_}" <<<"$plain" || grep -qE "(^|, )$heading(,|$)" <<<"$terms" || echo "a screen shows \"$heading\", and the glossary does not say what that is"
  done
} >"$TEST_TMP/said"
cat "$TEST_TMP/said"
[ "$(wc -l <<<"$terms")" -gt 100 ] && [ ! -s "$TEST_TMP/said" ]
