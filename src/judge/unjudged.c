/* The rows that a rule could not judge. In: a verdict, whose evaluation is still there. Out: which
 * rows they are, and what stands behind each. */
#include <stdlib.h>

#include "base/check.h"
#include "base/text.h"
#include "eval/results.h"
#include "eval/row_key.h"
#include "judge/judge.h"
#include "judge/rule_plan.h"

/* Of each its worth, and then of the first of them its names. */
struct unjudged_reading {
  struct arena *a;
  const struct rule_plan *rp;
  struct unjudged_row *rows;
};

static void take_worth(void *ctx, size_t i, const struct value *values) {
  struct unjudged_reading *x = ctx;
  x->rows[i].worth = values[0];
}

static void take_label(void *ctx, size_t i, const struct value *values) {
  struct unjudged_reading *x = ctx;
  if (values[0].known && values[0].text) x->rows[i].label = arena_strdup(x->a, values[0].text);
}

/* Those with the most at stake first; as in the table where that is equal or not known. */
static int by_worth(const void *pa, const void *pb) {
  const struct unjudged_row *a = pa, *b = pb;
  if (a->worth.known != b->worth.known) return a->worth.known ? -1 : 1;
  if (a->worth.known && a->worth.num != b->worth.num) return a->worth.num > b->worth.num ? -1 : 1;
  return (a->row > b->row) - (a->row < b->row);
}

static int32_t *rows_of(const struct unjudged_row *list, size_t n) {
  int32_t *rows = xmalloc((n + 1) * sizeof *rows);
  for (size_t i = 0; i < n; i++) rows[i] = list[i].row;
  return rows;
}

/* Reads one node of the rows; without it, nothing. */
static void read_node(struct evaluation *ev, struct unjudged_reading *x, size_t n, int node,
                      void (*take)(void *ctx, size_t i, const struct value *values)) {
  struct diags problems = {.arena = x->a}; /* the same nodes were computed for the verdict */
  if (node < 0) return;
  int32_t *rows = rows_of(x->rows, n);
  evaluation_values(ev, x->rp->domain, rows, n, &node, 1, take, x, &problems);
  free(rows);
}

static void find(const struct row_truth *t, struct unjudged_row *out, size_t n) {
  size_t k = 0;
  for (size_t w = 0; w < bit_words(t->n_rows); w++)
    for (uint64_t b = t->present[w] & ~t->yes[w] & ~t->no[w]; b; b &= b - 1) {
      CHECK(k < n); /* as many as were counted */
      out[k++] = (struct unjudged_row){.row = (int32_t)(w * 64 + (size_t)__builtin_ctzll(b))};
    }
}

const struct unjudged_row *verdicts_unjudged(const struct verdicts *v, size_t rule, size_t most,
                                             struct arena *a, size_t *n) {
  *n = 0;
  CHECK(rule < v->n_rules);
  if (!v->rules[rule].judged) return NULL; /* verdicts that were made up, without an evaluation */
  const struct rule_plan *rp = &v->rules[rule].judged->plan;
  if (!rp->rule || !v->rules[rule].unknown) return NULL;
  struct evaluation *ev = verdicts_evaluation(v);
  struct row_truth t = verdicts_truth(v, rule);
  size_t all = (size_t)v->rules[rule].unknown;
  struct unjudged_reading x = {a, rp, xcalloc(all, sizeof *x.rows)};
  find(&t, x.rows, all);
  read_node(ev, &x, all, rp->worth, take_worth);
  qsort(x.rows, all, sizeof *x.rows, by_worth);
  *n = all < most ? all : most;
  read_node(ev, &x, *n, rp->label, take_label);
  struct unjudged_row *kept = NEW_N(a, struct unjudged_row, *n + 1);
  for (size_t i = 0; i < *n; i++) {
    kept[i] = x.rows[i];
    kept[i].key = evaluation_row_key(ev, rp->domain, kept[i].row, a);
  }
  free(x.rows);
  return kept;
}
