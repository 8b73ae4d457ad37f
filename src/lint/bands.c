/* Bands of a KPI: green, amber, red. In: their bounds. Out: values with two colors, and values with none. */
#include <math.h>

#include "lint/check.h"

/* The values that a band can have (wide) and those that it has on every day (tight). False: not by fixed
 * values. */
static bool bound_set(struct lint *l, enum op op, const struct term *t, struct set *wide, struct set *tight) {
  double lo, hi;
  if (t->kind == T_CONST && t->value.known)
    lo = hi = t->value.num;
  else if (t->kind == T_THRESHOLD)
    threshold_limits(t->threshold, &lo, &hi);
  else
    return false;
  struct set s[2];
  for (int i = 0; i < 2; i++) {
    double v = i ? hi : lo;
    bool up = op == OP_GT || op == OP_GE, open = op == OP_GT || op == OP_LT;
    if (op == OP_EQ || op == OP_NE) return false;
    s[i] = up ? set_interval(l->a, v, open, INFINITY, true) : set_interval(l->a, -INFINITY, true, v, open);
  }
  *wide = set_or(l->a, &s[0], &s[1]);
  *tight = set_and(l->a, &s[0], &s[1]);
  return true;
}

static bool band_sets(struct lint *l, const struct band *b, struct set *wide, struct set *tight) {
  struct set w, t;
  if (!b->set || !bound_set(l, b->op, b->a, wide, tight)) return false;
  if (!b->b) return true;
  if (!bound_set(l, b->op2, b->b, &w, &t)) return false;
  *wide = set_and(l->a, wide, &w);
  *tight = set_and(l->a, tight, &t);
  return true;
}

static const char *const colors[] = {"green", "amber", "red"};

void lint_bands_overlap(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    const struct kpi *k = l->rs->kpis.v[i];
    const struct band *b[] = {&k->green, &k->amber, &k->red};
    for (int x = 0; x < 3; x++)
      for (int y = 0; y < x; y++) {
        struct set wx, tx, wy, ty;
        if (!band_sets(l, b[x], &wx, &tx) || !band_sets(l, b[y], &wy, &ty)) continue;
        struct set both = set_and(l->a, &tx, &ty);
        if (set_empty(&both)) continue;
        struct diag *d = lint_tell(l, b[x]->span, "some values of `%s` are %s and %s at once", k->name,
                                   colors[y], colors[x]);
        lint_note(l, d, b[y]->span, "the other band is here");
        lint_help(l, d,
                  "let one band end where the other begins, as in: green >= 100%%, amber >= 90%% and < "
                  "100%%, red < 90%%");
      }
  }
}

void lint_bands_gap(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    const struct kpi *k = l->rs->kpis.v[i];
    const struct band *b[] = {&k->green, &k->amber, &k->red};
    struct set all = {0};
    int n = 0;
    for (int x = 0; x < 3; x++) {
      struct set w, t;
      if (!band_sets(l, b[x], &w, &t)) break;
      all = set_or(l->a, &all, &w);
      n++;
    }
    struct set gap = set_not(l->a, &all);
    if (n < 3 || set_empty(&gap)) continue; /* with two bands, the rest is amber */
    struct diag *d =
        lint_tell(l, k->amber.span, "some values of `%s` are neither green nor amber nor red", k->name);
    lint_help(l, d,
              "let one band end where the other begins, as in: green >= 100%%, amber >= 90%% and < 100%%, "
              "red < 90%%");
  }
}
