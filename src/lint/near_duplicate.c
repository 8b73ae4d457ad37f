/* Rules that differ in one text only. In: the rules. Out: two that could be one with `one of`. */
#include <string.h>

#include "lint/check.h"

static bool is_one_text(const struct atom *b) {
  return b->term->kind == T_CMP && !b->negated && b->term->op == OP_EQ && b->views[0].tight.text;
}

/* The key of the rule with the texts of its `is "…"` left out; NULL when there is not just one. */
static const char *skeleton(struct lint *l, const struct rule_facts *f) {
  if (f->when->any.n != 1 || f->rule->dims.n) return NULL;
  const struct conjunction *c = &f->when->any.v[0];
  int texts = 0;
  for (size_t i = 0; i < c->atoms.n; i++) texts += is_one_text(c->atoms.v[i]);
  if (texts != 1 || c->atoms.n < 2) return NULL;
  const char *key = arena_printf(l->a, "%p %s %s", (void *)f->rule->entity,
                                 f->rule->team ? f->rule->team->name : "", f->rule->priority);
  for (size_t i = 0; i < c->atoms.n; i++) {
    const struct atom *b = c->atoms.v[i];
    key = arena_printf(l->a, "%s\n%s", key, is_one_text(b) ? b->views[0].subject->key : b->key);
  }
  return key;
}

void lint_near_duplicate(struct lint *l) {
  struct map seen = {0};
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule_facts *f = &l->facts.rules.v[i];
    const char *key = skeleton(l, f);
    if (!key) continue;
    const struct rule_facts *first = map_get(&seen, key);
    if (!first) {
      map_put(&seen, l->a, key, (void *)f);
      continue;
    }
    if (strcmp(first->when_key, f->when_key) == 0 || !same_due(first->rule, f->rule)) continue;
    struct diag *d = lint_tell(l, rule_span(f->rule), "%s differs from %s in one text only",
                               rule_title(l, f->rule), rule_title(l, first->rule));
    lint_note(l, d, rule_span(first->rule), "the other rule is here");
    lint_help(l, d, "one rule does for both: … one of \"…\", \"…\"");
  }
}
