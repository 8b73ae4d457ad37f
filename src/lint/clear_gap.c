/* Items that stay open although their reason is gone. In: `when` and `clear when`. Out: the part
 * of `when` whose end clears nothing. */
#include "lint/check.h"

static bool speaks_of(const struct condition *c, const struct subject *x) {
  for (size_t i = 0; i < c->any.n; i++)
    for (size_t k = 0; k < c->any.v[i].atoms.n; k++)
      for (int v = 0; v < c->any.v[i].atoms.v[k]->n; v++)
        if (c->any.v[i].atoms.v[k]->views[v].subject == x) return true;
  return false;
}

static bool spoken_of(const struct condition *c, const struct atom *b) {
  for (int v = 0; v < b->n; v++)
    if (!b->views[v].aside && speaks_of(c, b->views[v].subject)) return true;
  return b->n == 0;
}

void lint_clear_gap(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule_facts *f = &l->facts.rules.v[i];
    if (f->dead || !f->clear || f->clear->opaque || f->when->any.n != 1) continue;
    const struct conjunction *c = &f->when->any.v[0];
    for (size_t k = 0; k < c->atoms.n; k++) {
      const struct atom *b = c->atoms.v[k];
      if (spoken_of(f->clear, b)) continue;
      struct span at = b->term->src->span;
      struct diag *d = lint_tell(l, f->clear->term->src->span,
                                 "an item of %s stays open when `%s` no longer holds",
                                 rule_title(l, f->rule), lint_quote(l, at));
      lint_note(l, d, at, "this part of `when` is not in `clear when`");
      lint_help(l, d, "if the item should then close: clear when %s or not (%s)",
                lint_quote(l, f->clear->term->src->span), lint_quote(l, at));
      break;
    }
  }
}
