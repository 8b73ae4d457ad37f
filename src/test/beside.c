/* Items that a test is not about. In: the expectations of a test, what it gives, and an item. Out:
 * whether the item says anything in it. A few rows say nothing of the company. */
#include "base/text.h"
#include "test/checking.h"

struct reading {
  const struct test *test;
  struct arena *a;
  struct map seen; /* KPIs and segments that were followed */
  bool given;
};

static bool gives(const struct test *t, const struct kpi *k) {
  for (size_t i = 0; i < t->steps.n; i++)
    for (size_t g = 0; g < t->steps.v[i]->totals.n; g++)
      if (same_text(t->steps.v[i]->totals.v[g].kpi->name, k->name)) return true;
  return false;
}

static void follow(struct reading *x, const struct term *t);

static void follow_name(struct reading *x, const char *name, const struct term *t) {
  if (!map_put(&x->seen, x->a, name, x)) follow(x, t);
}

static void follow_aggregate(struct reading *x, const struct agg *g) {
  for (size_t i = 0; i < g->values.n; i++) follow(x, g->values.v[i]);
  follow(x, g->where);
}

/* Does the term stand on a KPI that the test gives of the company or of groups? */
static void follow(struct reading *x, const struct term *t) {
  if (!t || x->given) return;
  if (t->kind == T_KPI) {
    x->given = gives(x->test, t->kpi);
    follow_name(x, t->kpi->name, t->kpi->term);
  }
  if (t->kind == T_SEGMENT) follow_name(x, t->segment->name, t->segment->term);
  if (t->kind == T_AGG) follow_aggregate(x, t->agg);
  follow(x, t->a);
  follow(x, t->b);
  follow(x, t->c);
  for (size_t i = 0; i < t->list.n; i++) follow(x, t->list.v[i]);
}

static bool names(const struct test *t, const struct rule *r) {
  for (size_t i = 0; i < t->steps.n; i++)
    for (size_t k = 0; k < t->steps.v[i]->expects.n; k++)
      if (t->steps.v[i]->expects.v[k].rule == r) return true;
  return false;
}

static bool stands_on_what_is_given(const struct test *t, const struct rule *r) {
  struct reading x = {.test = t, .a = arena_new()};
  follow(&x, r->when);
  arena_free(x.a);
  return x.given;
}

bool is_beside(const struct ruleset *rs, const struct test *t, const struct item *it) {
  const struct rule *r = rule_named(rs, it->rule);
  if (!r) return true; /* of a target */
  return !r->entity && !names(t, r) && !stands_on_what_is_given(t, r);
}
