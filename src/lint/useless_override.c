/* Threshold lines that repeat the value that held already. In: thresholds. Out: the line that
 * changes nothing. */
#include <string.h>

#include "lint/check.h"
#include "sema/threshold_line.h"

static bool equal(const struct threshold *t, const struct threshold_line *x,
                  const struct threshold_line *y) {
  return t->is_duration ? x->dur.n == y->dur.n && x->dur.unit == y->dur.unit
                        : x->value.num == y->value.num;
}

void lint_useless_override(struct lint *l) {
  for (size_t i = 0; i < l->rs->thresholds.n; i++) {
    const struct threshold *t = l->rs->thresholds.v[i];
    const struct line_neighbours *near = threshold_line_neighbours(t, l->a);
    const struct threshold_line *base = NULL;
    size_t base_lines = 0;
    for (size_t k = 0; k < t->lines.n; k++)
      if (is_base_line(&t->lines.v[k])) base = &t->lines.v[k], base_lines++;
    for (size_t k = 0; k < t->lines.n; k++) {
      const struct threshold_line *x = &t->lines.v[k], *y = near[k].before;
      if (!y && x->segment && base_lines == 1) y = base;
      if (!y || !equal(t, x, y)) continue;
      struct diag *d = lint_tell(
          l, x->span, "this line of `%s` repeats the value that holds without it", t->name);
      lint_note(l, d, y->span, "the value stands here");
      lint_help(l, d, "remove the line, or write the value that was meant");
    }
  }
}
