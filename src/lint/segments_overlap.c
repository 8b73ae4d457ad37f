/* Two segments of a threshold with one row between them. In: segment lines. Out: a run that stops
 * with two values. */
#include "lint/check.h"

static bool inside(const struct segment *x, const struct segment *y) {
  for (; x; x = x->inside) /* ends: sema refuses circles */
    if (x == y) return true;
  return false;
}

static void check_pair(struct lint *l, const struct threshold *t, const struct threshold_line *x,
                       const struct threshold_line *y) {
  if (x->segment == y->segment || x->segment->entity != y->segment->entity ||
      x->value.num == y->value.num)
    return;
  if (inside(x->segment, y->segment) || inside(y->segment, x->segment)) return;
  const struct condition *cx = condition_of(&l->subjects, x->segment->term),
                         *cy = condition_of(&l->subjects, y->segment->term);
  if (!cx || !cy) return;
  bool narrow_y = condition_implies(&l->subjects, cy, cx);
  if (!narrow_y && !condition_implies(&l->subjects, cx, cy)) return;
  const struct segment *narrow = narrow_y ? y->segment : x->segment,
                       *wide = narrow_y ? x->segment : y->segment;
  struct diag *d = lint_tell(
      l, y->span,
      "every row of `%s` is in `%s` too, and `%s` has another value for each: a run stops there",
      narrow->name, wide->name, t->name);
  lint_note(l, d, x->span, "the other value is here");
  lint_help(l, d, "say which one is more particular: segment %s of %s where …", narrow->name,
            wide->name);
}

void lint_segments_overlap(struct lint *l) {
  for (size_t i = 0; i < l->rs->thresholds.n; i++) {
    const struct threshold *t = l->rs->thresholds.v[i];
    for (size_t k = 0; k < t->lines.n; k++)
      for (size_t j = 0; j < k; j++)
        if (t->lines.v[k].segment && t->lines.v[j].segment)
          check_pair(l, t, &t->lines.v[j], &t->lines.v[k]);
  }
}
