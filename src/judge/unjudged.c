/* The rows that a rule could not judge. In: a verdict, whose evaluation is still there. Out: which
 * rows they are, and what stands behind each. */
#include <stdlib.h>

#include "base/check.h"
#include "base/text.h"
#include "eval/results.h"
#include "eval/row_key.h"
#include "judge/judge.h"
#include "judge/rule_plan.h"

/* A row that may be among the first ones. */
struct candidate {
  int32_t row;
  bool known;
  double worth;
};

/* The first `most` of the candidates so far stand in list, sorted when it was cut the last time;
 * behind them those that came since. Of a million rows it holds no more than a few. */
struct first_rows {
  size_t most, n, cap;
  struct candidate *list;
  bool cut; /* list[most - 1] is what a candidate has to stand before */
  const int32_t *rows;
  const struct evaluation *ev;
  int domain;
};

/* Those with the most at stake first; by key where that is equal or not known. */
static int by_worth(const void *pa, const void *pb, void *ctx) {
  const struct candidate *a = pa, *b = pb;
  const struct first_rows *f = ctx;
  if (a->known != b->known) return a->known ? -1 : 1;
  if (a->known && a->worth != b->worth) return a->worth > b->worth ? -1 : 1;
  return evaluation_compare_rows(f->ev, f->domain, a->row, b->row);
}

static void cut(struct first_rows *f) {
  qsort_r(f->list, f->n, sizeof *f->list, by_worth, f);
  f->cut = f->n >= f->most;
  if (f->cut) f->n = f->most;
}

static void take(struct first_rows *f, struct candidate c) {
  if (f->cut && by_worth(&c, &f->list[f->most - 1], f) > 0) return;
  f->list[f->n++] = c;
  if (f->n == f->cap) cut(f);
}

static void take_worth(void *ctx, size_t i, const struct value *values) {
  struct first_rows *f = ctx;
  take(f, (struct candidate){f->rows[i], values[0].known, values[0].num});
}

/* Where the rule has no worth, the first keys are the first. */
static void take_rows(struct first_rows *f, size_t n) {
  for (size_t i = 0; i < n; i++) take(f, (struct candidate){.row = f->rows[i]});
}

static void find(const struct row_truth *t, int32_t *out, size_t n) {
  size_t k = 0;
  for (size_t w = 0; w < bit_words(t->n_rows); w++)
    for (uint64_t b = t->present[w] & ~t->yes[w] & ~t->no[w]; b; b &= b - 1) {
      CHECK(k < n); /* as many as were counted */
      out[k++] = (int32_t)(w * 64 + (size_t)__builtin_ctzll(b));
    }
}

/* ---- what stands behind them ---------------------------------------------------------- */

struct naming {
  struct arena *a;
  struct unjudged_row *rows;
};

static void take_names(void *ctx, size_t i, const struct value *values) {
  struct naming *x = ctx;
  x->rows[i].worth = values[0];
  if (values[1].known && values[1].text) x->rows[i].label = arena_strdup(x->a, values[1].text);
}

static struct unjudged_row *name_rows(struct evaluation *ev, const struct rule_plan *rp,
                                      const struct first_rows *f, struct arena *a) {
  struct naming x = {a, NEW_N(a, struct unjudged_row, f->n + 1)};
  struct diags problems = {.arena = a}; /* the same nodes were computed for the verdict */
  int32_t *rows = NEW_N(a, int32_t, f->n + 1);
  const int nodes[] = {rp->worth, rp->label};
  for (size_t i = 0; i < f->n; i++) rows[i] = f->list[i].row;
  evaluation_values(ev, rp->domain, rows, f->n, nodes, 2, take_names, &x, &problems);
  for (size_t i = 0; i < f->n; i++) x.rows[i].key = evaluation_row_key(ev, rp->domain, rows[i], a);
  return x.rows;
}

const struct unjudged_row *verdicts_unjudged(const struct verdicts *v, size_t rule, size_t most,
                                             struct arena *a, size_t *n) {
  enum { CUT_LEAST = 64 };
  *n = 0;
  CHECK(rule < v->n_rules && most > 0);
  if (!v->rules[rule].judged) return NULL; /* verdicts that were made up, without an evaluation */
  const struct rule_plan *rp = &v->rules[rule].judged->plan;
  if (!rp->rule || !v->rules[rule].unknown) return NULL;
  struct evaluation *ev = verdicts_evaluation(v);
  struct row_truth t = verdicts_truth(v, rule);
  size_t all = (size_t)v->rules[rule].unknown;
  struct diags problems = {.arena = a};
  int32_t *rows = xcalloc(all, sizeof *rows);
  struct first_rows f = {.most = most, .cap = most * 2 + CUT_LEAST, .rows = rows};
  f.ev = ev;
  f.domain = rp->domain;
  f.list = xcalloc(f.cap, sizeof *f.list);
  find(&t, rows, all);
  if (rp->worth < 0)
    take_rows(&f, all);
  else
    evaluation_values(ev, rp->domain, rows, all, &rp->worth, 1, take_worth, &f, &problems);
  cut(&f);
  *n = f.n;
  const struct unjudged_row *named = name_rows(ev, rp, &f, a);
  free(f.list);
  free(rows);
  return named;
}
