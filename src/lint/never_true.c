/* Conditions that no row can meet. In: conditions taken apart. Out: the two parts that exclude
 * each other. */
#include "lint/check.h"

static void tell_contradiction(struct lint *l, const struct place *p, const struct atom *x,
                               const struct atom *y, bool whole) {
  struct span at = y->term->src->span;
  struct span other = x->term->src->span;
  const char *scope = whole ? "" : "one side of `or` in ";
  if (x == y) {
    const char *why = NULL;
    for (int i = 0; i < y->n && !why; i++) why = y->views[i].subject->limit;
    struct diag *d = lint_tell(l, at, "%s%s can never be true: `%s` holds for no value", scope,
                               p->what, lint_quote(l, at));
    lint_help(l, d, "%s%schange the value or the sign", why ? why : "", why ? ": " : "");
    return;
  }
  struct diag *d = lint_tell(l, at, "%s%s can never be true: `%s` and `%s` exclude each other",
                             scope, p->what, lint_quote(l, other), lint_quote(l, at));
  if (other.at != at.at) lint_note(l, d, other, "the other part is here");
  lint_help(l, d, "change one of the two, or join them with `or` if either is enough");
}

static void check_place(struct lint *l, const struct place *p) {
  size_t bad = 0;
  const struct atom *x = NULL, *y = NULL, *bad_x = NULL, *bad_y = NULL;
  for (size_t i = 0; i < p->cond->any.n; i++)
    if (conjunction_contradicts(&l->subjects, &p->cond->any.v[i], &x, &y)) {
      if (!bad++) bad_x = x, bad_y = y;
    }
  if (!bad) {
    bool nothing = !p->cond->opaque && !p->cond->any.n;
    if (nothing)
      lint_help(l, lint_tell(l, p->term->src->span, "%s can never be true", p->what),
                "remove it, or write the condition that was meant");
    return;
  }
  /* A product of two `or`s always has combinations that cannot be: only a plain `or` is judged by
   * its sides. */
  bool plain_or = p->cond->term->kind == T_OR;
  if (bad == p->cond->any.n)
    tell_contradiction(l, p, bad_x, bad_y, true);
  else if (plain_or) {
    const struct term *sides[] = {p->cond->term->a, p->cond->term->b};
    for (int i = 0; i < 2; i++) {
      const struct condition *c = condition_of(&l->subjects, sides[i]);
      size_t n = 0;
      for (size_t k = 0; k < c->any.n; k++)
        n += conjunction_contradicts(&l->subjects, &c->any.v[k], &x, &y);
      if (n && n == c->any.n) tell_contradiction(l, p, x, y, false);
    }
  }
}

void lint_never_true(struct lint *l) {
  for (size_t i = 0; i < l->facts.places.n; i++) check_place(l, &l->facts.places.v[i]);
}
