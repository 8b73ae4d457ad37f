/* Conditions that every row meets. In: conditions taken apart. Out: the part that says nothing. */
#include "lint/check.h"

/* `x < 10 or x >= 5`: the sides, each one atom about one subject, leave no value out. */
static bool sides_cover_all(struct lint *l, const struct condition *c) {
  if (c->any.n < 2 || c->any.v[0].atoms.n != 1) return false;
  const struct atom *first = c->any.v[0].atoms.v[0];
  for (int k = 0; k < first->n; k++) {
    const struct subject *x = first->views[k].subject;
    struct set all = first->views[k].tight;
    if (first->views[k].aside) continue;
    for (size_t i = 1; i < c->any.n; i++) {
      if (c->any.v[i].atoms.n != 1) return false;
      const struct atom *b = c->any.v[i].atoms.v[0];
      for (int j = 0; j < b->n; j++)
        if (b->views[j].subject == x && !b->views[j].aside)
          all = set_or(l->a, &all, &b->views[j].tight);
    }
    struct set out = set_not(l->a, &all), rest = set_and(l->a, &x->domain, &out);
    if (x->whole) rest = set_whole(l->a, &rest);
    if (set_empty(&rest)) return true;
  }
  return false;
}

/* An `or` inside of a chain of `and`: its sides leave nothing out, whatever stands beside it. */
static void check_inside(struct lint *l, const struct place *p, const struct term *t, bool inside) {
  if (t->kind == T_AND) {
    check_inside(l, p, t->a, true);
    check_inside(l, p, t->b, true);
  }
  if (t->kind != T_OR || !inside || !sides_cover_all(l, condition_of(&l->subjects, t))) return;
  struct diag *d =
      lint_tell(l, t->src->span, "`%s` is true for every value: it leaves no row out of %s",
                lint_quote(l, t->src->span), p->what);
  lint_help(l, d, "was `and` meant?");
}

static void check_place(struct lint *l, const struct place *p) {
  const struct term *told = NULL;
  for (size_t i = 0; i < p->cond->any.n; i++)
    for (size_t k = 0; k < p->cond->any.v[i].atoms.n; k++) {
      const struct atom *b = p->cond->any.v[i].atoms.v[k];
      if (!atom_always(b) || b->term == told) continue;
      told = b->term;
      struct span at = b->term->src->span;
      const char *why = b->views[0].subject->limit;
      struct diag *d = lint_tell(l, at, "`%s` is true for every value: it leaves no row out of %s",
                                 lint_quote(l, at), p->what);
      lint_help(l, d, "%s%sremove it, or write the value that was meant", why ? why : "",
                why ? ": " : "");
    }
  if (told || !sides_cover_all(l, p->cond)) return;
  struct span at = p->term->src->span;
  struct diag *d =
      lint_tell(l, at, "%s is true for every value: its sides of `or` leave nothing out", p->what);
  lint_help(l, d, "was `and` meant?");
}

void lint_always_true(struct lint *l) {
  for (size_t i = 0; i < l->facts.places.n; i++) {
    check_place(l, &l->facts.places.v[i]);
    check_inside(l, &l->facts.places.v[i], l->facts.places.v[i].term, false);
  }
}
