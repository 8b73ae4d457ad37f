/* Lines of a threshold that no row ever reads. In: thresholds. Out: segments without rows; a day
 * that stands below a later one. */
#include <string.h>

#include "lint/check.h"

static void check_segment(struct lint *l, const struct threshold_line *line) {
  const struct condition *c = condition_of(&l->subjects, line->segment->term);
  const struct atom *x, *y;
  size_t bad = 0;
  for (size_t i = 0; c && i < c->any.n; i++)
    bad += conjunction_contradicts(&l->subjects, &c->any.v[i], &x, &y);
  if (!c || c->opaque || bad < c->any.n) return;
  lint_help(l,
            lint_tell(l, line->span, "the segment `%s` has no rows, so this line is never read",
                      line->segment->name),
            "correct the segment, or remove the line");
}

void lint_dead_threshold_line(struct lint *l) {
  for (size_t i = 0; i < l->rs->thresholds.n; i++) {
    const struct threshold *t = l->rs->thresholds.v[i];
    for (size_t k = 0; k < t->lines.n; k++)
      if (t->lines.v[k].segment) check_segment(l, &t->lines.v[k]);
  }
}

static bool same_rows(const struct threshold_line *x, const struct threshold_line *y) {
  if (x->segment != y->segment || x->entries.n != y->entries.n) return false;
  for (size_t i = 0; i < x->entries.n; i++)
    if (strcmp(x->entries.v[i], y->entries.v[i]) != 0) return false;
  return true;
}

/* from 2025-04-01 below from 2026-01-01: the later day counts, wherever it stands. */
void lint_lines_out_of_order(struct lint *l) {
  char day[16], later[16];
  for (size_t i = 0; i < l->rs->thresholds.n; i++) {
    const struct threshold *t = l->rs->thresholds.v[i];
    for (size_t k = 1; k < t->lines.n; k++) {
      const struct threshold_line *x = &t->lines.v[k], *above = NULL;
      for (size_t j = 0; j < k && x->from > DAY_MIN; j++)
        if (same_rows(&t->lines.v[j], x) && t->lines.v[j].from > x->from) above = &t->lines.v[j];
      if (!above) continue;
      struct diag *d =
          lint_tell(l, x->span, "this line of %s no longer counts: since %s another one does",
                    day_text(x->from, day), day_text(above->from, later));
      lint_note(l, d, above->span, "this one");
      lint_help(l, d, "correct the year, or move the line above that of the later day");
    }
  }
}
