/* Parts of an `and` that the others say already. In: conditions taken apart. Out: the part that
 * can go. */
#include "lint/check.h"

static void check_place(struct lint *l, const struct place *p) {
  if (p->cond->any.n != 1) return; /* under `or` a part may be there for the reader */
  const struct conjunction *c = &p->cond->any.v[0];
  const struct atom *x, *y;
  if (conjunction_contradicts(&l->subjects, c, &x, &y)) return;
  for (size_t i = 0; i < c->atoms.n; i++) {
    const struct atom *b = c->atoms.v[i];
    /* where a value is missing, `is known` makes false what would be unknown, and be reported */
    if (b->term->kind == T_KNOWN) continue;
    if (atom_always(b) || !conjunction_implies(&l->subjects, c, b, b)) continue;
    struct span at = b->term->src->span;
    if (at.src != p->term->src->span.src || at.at < p->term->src->span.at ||
        at.end > p->term->src->span.end)
      continue;
    struct diag *d = lint_tell(l, at, "`%s` adds nothing to %s: the other parts say it already",
                               lint_quote(l, at), p->what);
    lint_help(l, d, "remove it, or write the value that was meant");
    return;
  }
}

void lint_needless_part(struct lint *l) {
  for (size_t i = 0; i < l->facts.places.n; i++) check_place(l, &l->facts.places.v[i]);
}
