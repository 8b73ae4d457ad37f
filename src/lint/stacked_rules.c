/* Ladders of rules. In: pairs of rules. Out: a row that meets the upper step gets an item of the
 * lower one too. */
#include <string.h>

#include "lint/check.h"

static void check_pair(struct lint *l, const struct rule_facts *narrow,
                       const struct rule_facts *wide, bool same) {
  const struct rule *x = narrow->rule, *y = wide->rule;
  if (same || !x->team || x->team != y->team) return;
  if (strcmp(x->priority, y->priority) == 0 && same_due(x, y)) return;
  struct diag *d =
      lint_tell(l, rule_span(x), "a row of %s is also one of %s: team %s gets both items",
                rule_title(l, x), rule_title(l, y), x->team->name);
  lint_note(l, d, rule_span(y), "the wider rule is here");
  lint_help(l, d, "to open one item a row, end the wider rule with: and not (%s)",
            x->when_expr ? lint_quote(l, x->when_expr->span) : "…");
}

void lint_stacked_rules(struct lint *l) {
  for (size_t i = 0; i < l->facts.pairs.n; i++) {
    const struct rule_pair *p = &l->facts.pairs.v[i];
    check_pair(l, p->narrow, p->wide, p->same);
  }
}
