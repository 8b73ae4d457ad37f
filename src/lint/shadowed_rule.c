/* Rules that another rule makes needless. In: pairs of rules. Out: the one that opens a second
 * item for a row. */
#include <string.h>

#include "lint/check.h"

static void check_pair(struct lint *l, const struct rule_facts *narrow,
                       const struct rule_facts *wide, bool same) {
  const struct rule *x = narrow->rule, *y = wide->rule;
  if (!x->team || x->team != y->team) return;
  /* A narrower rule that is more urgent is a step of a ladder, which is said elsewhere. */
  if (!same && (strcmp(x->priority, y->priority) != 0 || !same_due(x, y))) return;
  struct diag *d =
      same ? lint_tell(l, rule_span(x), "%s acts on the same rows as %s, for the same team",
                       rule_title(l, x), rule_title(l, y))
           : lint_tell(l, rule_span(x),
                       "every row of %s is also a row of %s: team %s gets two items for it",
                       rule_title(l, x), rule_title(l, y), x->team->name);
  lint_note(l, d, rule_span(y), "the other rule is here");
  lint_help(l, d,
            same ? "keep one of them" : "keep the wider rule, or narrow it with `and not (…)`");
}

void lint_shadowed_rule(struct lint *l) {
  for (size_t i = 0; i < l->facts.pairs.n; i++) {
    const struct rule_pair *p = &l->facts.pairs.v[i];
    check_pair(l, p->narrow, p->wide, p->same);
  }
}
