#!/bin/bash
# `vigie help WORD`: each word of keyword.def has a row in word.def, or begins a line; its example is one that Vigie takes,
# whose tests pass; its heading is there.
set -euo pipefail
cd "$ROOT"
rows=$(sed -nE 's/^WORD\("([^"]*)", "(([^"\\]|\\.)*)", "(([^"\\]|\\.)*)", "([^"]*)"\)$/\1\t\4\t\6/p' src/cmd/word.def)
test "$(wc -l <<<"$rows")" = "$(grep -c '^WORD' src/cmd/word.def)"
{
  comm -13 <(sed -nE 's/^(WORD\(|CLAUSE\([A-Z]+, *|LINE\([A-Z]+, *)"([a-z]+)".*/\2/p' src/cmd/word.def src/syntax/clause.def | sort -u) \
    <(sed -nE 's/^(RESERVED|KEYWORD)\("([^"]*)".*/\2/p' src/syntax/keyword.def | sort -u) |
    sed 's/$/: keyword.def has it, and vigie help says nothing of it/'
  comm -13 <(sed -nE 's/^#+ (.*)/\L\1/p' docs/language.md | tr -d ',.`' | tr ' ' - | sort -u) <(cut -f 3 <<<"$rows" | sort -u) |
    sed 's/$/: docs\/language.md has no such heading/'
} >"$TEST_TMP/said"
cut -f 2 <<<"$rows" | sed 's/\\n/\n/g; s/\\"/"/g' >"$TEST_TMP/words.vigie"
vigie check "$TEST_TMP/words.vigie" tests/docs/parts/preamble.vigie 2>&1 | grep -v ': nothing wrong' >>"$TEST_TMP/said" || true
vigie test "$TEST_TMP/words.vigie" tests/docs/parts/preamble.vigie 2>&1 | grep -Ev '^ok  |^[0-9]+ tests passed$' >>"$TEST_TMP/said" || true
cat "$TEST_TMP/said"
test ! -s "$TEST_TMP/said"
