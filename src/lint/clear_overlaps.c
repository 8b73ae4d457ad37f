/* A `clear when` that cannot work. In: `when` and `clear when`. Out: the item would clear where
 * it opens. */
#include "lint/check.h"

void lint_clear_overlaps(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule_facts *f = &l->facts.rules.v[i];
    if (f->dead || !f->clear || !condition_implies(&l->subjects, f->when, f->clear)) continue;
    struct span at = f->clear->term->src->span;
    struct diag *d = lint_tell(
        l, at, "`%s` is true wherever %s acts: it can only close an item once `when` is false",
        lint_quote(l, at), rule_title(l, f->rule));
    lint_note(l, d, f->when->term->src->span, "the condition is here");
    lint_help(l, d,
              "turn the sign around, or leave `clear when` out: an item closes when its condition "
              "is false");
  }
}
