/* Rules that disagree about the same rows. In: pairs of rules with one condition. Out: what they
 * disagree on. */
#include <string.h>

#include "lint/check.h"

static void check_pair(struct lint *l, const struct rule_facts *narrow,
                       const struct rule_facts *wide, bool same) {
  const struct rule *x = narrow->rule, *y = wide->rule;
  if (!same || !x->team || !y->team || x->team == y->team) return;
  struct diag *d = lint_tell(
      l, rule_span(x), "%s and %s act on the same rows: one gives them to %s, the other to %s",
      rule_title(l, x), rule_title(l, y), x->team->name, y->team->name);
  lint_note(l, d, rule_span(y), "the other rule is here");
  lint_help(l, d, "say which team has the row, or let the second team get it with `escalates to`");
}

void lint_contradicting_actions(struct lint *l) {
  for (size_t i = 0; i < l->facts.pairs.n; i++) {
    const struct rule_pair *p = &l->facts.pairs.v[i];
    check_pair(l, p->narrow, p->wide, p->same);
  }
}
