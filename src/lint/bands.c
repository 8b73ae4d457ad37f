/* Bands of a KPI: green, amber, red. In: their bounds. Out: values with two colors, and values
 * with none. */
#include <math.h>

#include "lint/check.h"
#include "sema/threshold_line.h"

/* What the threshold is for everybody on the day; false when it has no such value. */
static bool value_today(const struct lint *l, const struct threshold *t, double *out) {
  const struct threshold_line *now = threshold_line_on(t, NULL, l->options->today);
  if (now) *out = now->value.num;
  return now && !t->is_duration;
}

/* The values that have the color on the day. False: not by fixed values. */
static bool bound_set(struct lint *l, enum op op, const struct term *t, struct set *out) {
  double v;
  if (t->kind == T_CONST && t->value.known)
    v = t->value.num;
  else if (t->kind != T_THRESHOLD || !value_today(l, t->threshold, &v))
    return false;
  bool up = op == OP_GT || op == OP_GE, open = op == OP_GT || op == OP_LT;
  if (op == OP_EQ || op == OP_NE) return false;
  *out = up ? set_interval(l->a, v, open, INFINITY, true)
            : set_interval(l->a, -INFINITY, true, v, open);
  return true;
}

static bool band_set(struct lint *l, const struct band *b, struct set *out) {
  struct set other;
  if (!b->set || !bound_set(l, b->op, b->a, out)) return false;
  if (!b->b) return true;
  if (!bound_set(l, b->op2, b->b, &other)) return false;
  *out = set_and(l->a, out, &other);
  return true;
}

static const char *const colors[] = {"green", "amber", "red"};

void lint_bands_overlap(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    const struct kpi *k = l->rs->kpis.v[i];
    const struct band *b[] = {&k->green, &k->amber, &k->red};
    for (int x = 0; x < 3; x++)
      for (int y = 0; y < x; y++) {
        struct set sx, sy;
        if (!band_set(l, b[x], &sx) || !band_set(l, b[y], &sy)) continue;
        struct set both = set_and(l->a, &sx, &sy);
        if (set_empty(&both)) continue;
        struct diag *d = lint_tell(l, b[x]->span, "some values of `%s` are %s and %s at once",
                                   k->name, colors[y], colors[x]);
        lint_note(l, d, b[y]->span, "the other band is here");
        lint_help(
            l, d,
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
      struct set s;
      if (!band_set(l, b[x], &s)) break;
      all = set_or(l->a, &all, &s);
      n++;
    }
    struct set gap = set_not(l->a, &all);
    if (n < 3 || set_empty(&gap)) continue; /* with two bands, the rest is amber */
    struct diag *d = lint_tell(l, k->amber.span,
                               "some values of `%s` are neither green nor amber nor red", k->name);
    lint_help(l, d,
              "let one band end where the other begins, as in: green >= 100%%, amber >= 90%% and < "
              "100%%, "
              "red < 90%%");
  }
}
