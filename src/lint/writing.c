/* How rules are written. In: the trees. Out: what is harder to read than it need be. */
#include <ctype.h>
#include <string.h>

#include "lint/check.h"

/* ---- double negation ------------------------------------------------------------------ */

static bool negates(const struct expr *e) {
  return e->kind == E_NOT ||
         ((e->kind == E_IS || e->kind == E_ONEOF || e->kind == E_INSEG || e->kind == E_INPERIOD ||
           e->kind == E_MATCHES) &&
          e->negated) ||
         (e->kind == E_CMP && e->op == OP_NE);
}

static void look_negation(struct lint *l, const struct expr *e) {
  if (!e) return;
  if (e->kind == E_NOT && negates(e->a)) {
    struct diag *d = lint_tell(l, e->span, "`%s` negates twice", lint_quote(l, e->span));
    lint_help(l, d, "say it without `not`");
    return;
  }
  for (size_t i = 0; i < expr_kid_count(e); i++) look_negation(l, expr_kid(e, i));
}

void lint_double_negation(struct lint *l) {
  for (size_t i = 0; i < l->rs->asts.n; i++)
    for (size_t k = 0; k < l->rs->asts.v[i]->clauses.n; k++)
      look_negation(l, l->rs->asts.v[i]->clauses.v[k]->expr);
}

/* ---- names ---------------------------------------------------------------------------- */

static bool camel(const char *name) {
  for (const char *p = name; p[0] && p[1]; p++)
    if (islower((unsigned char)p[0]) && isupper((unsigned char)p[1])) return true;
  return false;
}

static bool declares(const struct clause *c) {
  return c->name &&
         (c->kind == C_RULE || c->kind == C_KPI || c->kind == C_THRESHOLD || c->kind == C_SEGMENT ||
          c->kind == C_ENTITY || c->kind == C_ATTR || c->kind == C_DEFINE);
}

/* usageDrop -> usage_drop */
static const char *snake(struct lint *l, const char *name) {
  char *out = arena_alloc(l->a, strlen(name) * 2 + 1), *w = out;
  for (const char *p = name; *p; p++) {
    if (p > name && isupper((unsigned char)*p) && islower((unsigned char)p[-1])) *w++ = '_';
    *w++ = (char)(isupper((unsigned char)*p) ? tolower((unsigned char)*p) : *p);
  }
  *w = 0;
  return out;
}

void lint_mixed_case_name(struct lint *l) {
  for (size_t i = 0; i < l->rs->asts.n; i++)
    for (size_t k = 0; k < l->rs->asts.v[i]->clauses.n; k++) {
      const struct clause *c = l->rs->asts.v[i]->clauses.v[k];
      if (!declares(c) || !camel(c->name)) continue;
      struct diag *d = lint_tell(l, c->name_span, "`%s` runs its words together", c->name);
      lint_help(l, d, "words of a name stand with underscores: %s", snake(l, c->name));
    }
}

void lint_unnamed_sentence(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    if (r->named) continue;
    struct diag *d = lint_tell(l, rule_span(r),
                               "this sentence has no name: its items are called `%s`, and change "
                               "their name with its words",
                               r->name);
    lint_help(l, d, "give it one: rule NAME for %s, and under it: when …",
              r->entity ? r->entity->name : "…");
  }
}

/* ---- order ---------------------------------------------------------------------------- */

static int rank(enum clause_kind k) {
  switch (k) {
    case C_LANGUAGE: return 0;
    case C_UNREADABLE:
    case C_PROJECT:
    case C_USE: return 1;
    case C_PAGE: return 5;
    case C_CALENDAR: return 2;
    case C_ENTITY: return 3;
    case C_RULE:
    case C_SENTENCE: return 5;
    case C_TARGET:
    case C_TEST: return 6;
    default: return 4; /* vocabulary, KPIs, people: what rules are made of */
  }
}

/* One finding a file, and only for a thing that stands after all that uses it. */
void lint_order(struct lint *l) {
  for (size_t i = 0; i < l->rs->asts.n; i++) {
    const struct ast *ast = l->rs->asts.v[i];
    int last = 0;
    const struct clause *above = NULL;
    for (size_t k = 0; k < ast->items.n; k++) {
      const struct clause *c = ast->items.v[k]->head;
      if (c->kind == C_BROKEN) continue;
      int r = rank(c->kind);
      if (r < last && r < 4) {
        struct diag *d =
            lint_tell(l, c->span, "this `%s` stands below a `%s`: readers look for it at the top",
                      clause_word(c->kind), clause_word(above->kind));
        lint_help(l, d,
                  "the order is: language, use, project, calendar, entities, vocabulary and KPIs, "
                  "teams, rules, "
                  "targets, tests");
        break;
      }
      if (r > last) last = r, above = c;
    }
  }
}

void lint_formula_without_doc(struct lint *l) {
  for (size_t i = 0; i < l->rs->defines.n; i++) {
    const struct define *d = l->rs->defines.v[i];
    if (d->doc) continue;
    lint_help(l, lint_tell(l, d->span, "the formula `%s` does not say what it computes", d->name),
              "write it as a comment on the line above: # …");
  }
}
