/* A `clear when` that cannot work. In: `when` and `clear when`. Out: the item would clear where
 * it opens, or asks for more of what opened it. */
#include <math.h>
#include <string.h>

#include "lint/check.h"

/* 1: from some value on, -1: up to some value, 0: another set. */
static int side_of(const struct view *v) {
  if (v->aside || v->wide.text || v->wide.parts.n != 1) return 0;
  bool from = isfinite(v->wide.parts.v[0].lo), to = isfinite(v->wide.parts.v[0].hi);
  return from == to ? 0 : from ? 1 : -1;
}

static bool says_more(const struct atom *x, const struct atom *y) {
  for (int i = 0; i < x->n; i++)
    for (int k = 0; k < y->n; k++)
      if (x->views[i].subject == y->views[k].subject && side_of(&x->views[i]) &&
          side_of(&x->views[i]) == side_of(&y->views[k]))
        return true;
  return false;
}

/* when rating > 72, clear when rating > 76: the sign of one of the two is turned around. */
static const struct atom *same_side(const struct rule_facts *f, const struct atom **opens) {
  if (f->when->any.n != 1 || f->clear->any.n != 1) return NULL;
  const struct conjunction *when = &f->when->any.v[0], *clear = &f->clear->any.v[0];
  for (size_t i = 0; i < clear->atoms.n; i++)
    for (size_t k = 0; k < when->atoms.n; k++) {
      const struct atom *x = clear->atoms.v[i], *y = when->atoms.v[k];
      if (!x->term->src || !y->term->src || !says_more(x, y)) continue;
      *opens = y;
      return x;
    }
  return NULL;
}

/* when rating < 70, clear when rating >= 60: between them both hold, and there `when` wins. */
static bool meet(struct arena *a, const struct atom *x, const struct atom *y) {
  for (int i = 0; i < x->n; i++)
    for (int k = 0; k < y->n; k++) {
      const struct view *p = &x->views[i], *q = &y->views[k];
      if (p->subject != q->subject || side_of(p) + side_of(q) != 0 || !side_of(p)) continue;
      struct set both = set_and(a, &p->tight, &q->tight);
      if (both.parts.n == 1 && both.parts.v[0].lo < both.parts.v[0].hi) return true;
    }
  return false;
}

static void check_meeting(struct lint *l, const struct rule_facts *f) {
  if (f->when->any.n != 1 || f->clear->any.n != 1) return;
  const struct conjunction *when = &f->when->any.v[0], *clear = &f->clear->any.v[0];
  for (size_t i = 0; i < clear->atoms.n; i++)
    for (size_t k = 0; k < when->atoms.n; k++) {
      const struct atom *x = clear->atoms.v[i], *y = when->atoms.v[k];
      if (!x->term->src || !y->term->src || !meet(l->a, x, y)) continue;
      struct span at = x->term->src->span;
      struct diag *d =
          lint_tell(l, at, "`%s` begins to hold where `%s`, which opens the item, still does",
                    lint_quote(l, at), lint_quote(l, y->term->src->span));
      lint_note(l, d, y->term->src->span, "the item opens here");
      lint_help(l, d, "an item closes beyond the bound that opens it: correct one of the two");
      return;
    }
}

static void check_side(struct lint *l, const struct rule_facts *f) {
  const struct atom *opens, *clears = same_side(f, &opens);
  if (!clears) {
    check_meeting(l, f);
    return;
  }
  struct span at = clears->term->src->span;
  struct diag *d = lint_tell(l, at, "`%s` looks the same way as `%s`, which opens the item",
                             lint_quote(l, at), lint_quote(l, opens->term->src->span));
  lint_note(l, d, opens->term->src->span, "the item opens here");
  lint_help(l, d, "turn one of the two signs around: an item closes on the other side");
}

void lint_clear_overlaps(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule_facts *f = &l->facts.rules.v[i];
    if (f->dead || !f->clear) continue;
    if (!condition_implies(&l->subjects, f->when, f->clear)) {
      check_side(l, f);
      continue;
    }
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
