/* Lines of thresholds. In: a threshold, whom it is for, and a day. Out: the line that counts
 * then, or NULL. */
#include "explain/threshold_line.h"

#include <string.h>

static bool same_entry(const char *a, const char *b) {
  return a == b || (a && b && strcmp(a, b) == 0);
}

const struct threshold_line *threshold_line_on(const struct threshold *t, const struct segment *s,
                                               const char *entry, day_t day) {
  const struct threshold_line *best = NULL;
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *l = &t->lines.v[i];
    if (l->segment == s && same_entry(l->entry, entry) && l->from <= day &&
        (!best || l->from > best->from))
      best = l;
  }
  return best;
}

int segment_rank(const struct segment *s) {
  int rank = 0;
  for (; s; s = s->inside) rank++;
  return rank;
}
