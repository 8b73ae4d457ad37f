#!/bin/bash
# Adds one thing by each recipe, in a copy of the tree: a builtin, a unit, a clause, a contextual keyword, a check of
# lint, a command. Every edit below is a step that the recipe names, and there is no other. Then builds the copy and
# uses each.
set -eu
unset MAKEFLAGS MFLAGS MAKELEVEL
cp -a "$ROOT/Makefile" "$ROOT/src" "$ROOT/grammar" "$ROOT/stdlib" "$ROOT/rules" .
mkdir docs
cp -a "$ROOT/docs/glossary.md" docs

# A line after the last one that begins like this.
after() { # FILE BEGINNING LINE
  local at
  at=$(grep -nF -- "$2" "$1" | tail -1 | cut -d: -f1)
  [ -n "$at" ] || { echo "$1 has no line with $2" && exit 1; }
  { head -n "$at" "$1" && printf '%s\n' "$3" && tail -n "+$((at + 1))" "$1"; } >edited && cat edited >"$1"
}

# ---- a builtin: src/fn/fn.def ----
after src/fn/fn.def 'FN(length,' 'FN(twice, 1, 1, FIRST, fn_twice, "twice(x)", "two times x")'
after src/fn/fn.c '#define EACH_ROW' '
static void fn_twice(const struct fn_args *x, size_t rows) {
  EACH_ROW x->out[i] = 2 * x->num[0][i];
}'

# ---- a unit: src/base/unit.def ----
after src/base/unit.def 'UNIT(SCORE,' 'UNIT(WEIGHT, "weight", NUM, "a weight")'

# ---- a clause: src/syntax/clause.def ----
after src/syntax/clause.def 'CLAUSE(ONCE,' 'CLAUSE(SHADOWS, "shadows", IN(C_RULE), "a rule that this one takes the place of", "shadows other_rule")'
after grammar/vigie.y '%token <tok> K_DO ' '%token <tok> K_SHADOWS "shadows"'
after grammar/vigie.y '    | K_ONCE NAME add' '    | K_SHADOWS NAME                  { $$ = build_named(px, C_SHADOWS, $2, NULL); }'
after src/sema/declare_rule.c '    case C_WORTH: resolve_worth' '    case C_SHADOWS:
      if (strcmp(c->name, r->name) == 0) TELL(sc, V0401, c->name_span, "a rule cannot shadow itself");
      break;'

# ---- a contextual keyword: src/syntax/keyword.def ----
after src/syntax/keyword.def 'KEYWORD("exactly",' 'KEYWORD("roughly", AFTER_EXPECT, NUMBER, ROUGHLY, 1)'
after grammar/vigie.y '%token <tok> EXACTLY ' '%token <tok> ROUGHLY "roughly"'
after grammar/vigie.y '    | K_EXPECT EXACTLY NUMBER  ' '    | K_EXPECT ROUGHLY NUMBER         { $$ = build_expect_count(px, NULL, $3); }'

# ---- a check of lint: src/lint/lint.def ----
after src/lint/lint.def 'LINT(V1020, useless_override,' 'LINT(V1999, rule_name_is_short, WARNING, WRITING, "a short name", "The name has two letters or fewer.", "Nobody knows what it is about.")'
cat >src/lint/rule_name_is_short.c <<'C'
/* Rules whose name says nothing. In: rules. Out: those with two letters or fewer. */
#include <string.h>

#include "lint/check.h"

void lint_rule_name_is_short(struct lint *l) {
  for (size_t i = 0; i < l->rs->rules.n; i++)
    if (strlen(l->rs->rules.v[i]->name) <= 2)
      lint_tell(l, l->rs->rules.v[i]->name_span, "the name of this rule is short");
}
C

# ---- a command: src/cmd/cmd.def ----
after src/cmd/cmd.def 'CMD(version,' 'CMD(greet, "", 0, 0, 0, 0, "says good morning", "vigie greet")'
cat >src/cmd/greet.c <<'C'
/* `vigie greet`. Out: a greeting. */
#include <stdio.h>

#include "cmd/command.h"

int cmd_greet(const struct args *args) {
  (void)args;
  puts("good morning");
  return EXIT_CLEAN;
}
C

make -j"$(nproc)" -s CFLAGS="-O0 -Werror" build/vigie >made 2>&1 || { cat made && exit 1; }
vigie() { build/vigie "$@"; }
must() { # TEXT COMMAND…
  local text=$1
  shift
  "$@" >out 2>&1 || true
  grep -qF -- "$text" out || { echo "$*: no \"$text\" in:" && cat out && exit 1; }
}

cat >r.vigie <<'R'
entity account from "accounts"
  key "id"
  load weight "load"
  shadows number "shadows"
  roughly number "roughly"

team CS
  assigns "cs@acme.example"

rule hv for account
  when twice(load) > 10 and shadows > 0
  -> assign CS, due 7d
  shadows other

rule other for account
  when roughly > 1
  -> assign CS, due 7d

test "twice six is more than ten"
  on 2026-03-01
  given account "Acme" load 6, shadows 1, roughly 0
  expect roughly 1
R
must 'nothing wrong' vigie check r.vigie
must '1 test passed' vigie test r.vigie
must 'the name of this rule is short' vigie lint r.vigie
must 'a short name' vigie help V1999
must 'good morning' vigie greet
must 'says good morning' vigie help
sed 's/shadows other/shadows hv/' r.vigie >self.vigie
must 'a rule cannot shadow itself' vigie check self.vigie
sed 's/shadows other/shadosw other/' r.vigie >slip.vigie
must 'did you mean `shadows`' vigie check slip.vigie
sed 's/> 10 and/> "a" and/' r.vigie >unit.vigie
must 'a weight' vigie check unit.vigie
