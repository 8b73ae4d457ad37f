/* What the company has to decide. In: items of the company and of groups, the KPIs of today. Out:
 * a line each, with the number that crossed a line. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "eval/row_key.h"
#include "report/making.h"

struct kpi *first_kpi(const struct term *t) {
  if (!t) return NULL;
  if (t->kind == T_KPI) return t->kpi;
  struct kpi *k = first_kpi(t->a);
  if (!k) k = first_kpi(t->b);
  if (!k) k = first_kpi(t->c);
  for (size_t i = 0; !k && i < t->list.n; i++) k = first_kpi(t->list.v[i]);
  return k;
}

struct target *target_of(const struct ruleset *rs, const struct item *i) {
  for (size_t t = 0; t < rs->targets.n; t++)
    if (strcmp(rs->targets.v[t]->name, i->rule) == 0) return rs->targets.v[t];
  return NULL;
}

/* The value of the item's group, or of the company; NULL: the KPI is split otherwise. */
static const struct kpi_value *value_of(struct making *m, const struct item *i,
                                        const struct kpi *k) {
  const struct kpi_series *s = series_of(m->kpis, k);
  if (!s || !s->n_days || k->entity) return NULL;
  const struct kpi_day *today = &s->days[s->n_days - 1];
  if (!s->n_dims) return today->n ? &today->values[0] : NULL;
  for (size_t v = 0; v < today->n; v++)
    if (same_text(group_key(today->values[v].by, s->n_dims, m->a), i->key))
      return &today->values[v];
  return NULL;
}

static const struct target_status *status_of(struct making *m, const struct target *t,
                                             const struct item *i) {
  for (size_t s = 0; s < m->kpis->n_targets; s++) {
    const struct target_status *st = &m->kpis->targets[s];
    if (st->target != t) continue;
    if (!st->by || same_text(group_key(st->by, t->dims.n, m->a), i->key)) return st;
  }
  return NULL;
}

struct ordering {
  day_t as_of;
};

static int by_lateness(const void *pa, const void *pb, void *ctx) {
  const struct ordering *x = ctx;
  const struct item *a = ((const struct decision_line *)pa)->item;
  const struct item *b = ((const struct decision_line *)pb)->item;
  bool late_a = item_late(a, x->as_of), late_b = item_late(b, x->as_of);
  if (late_a != late_b) return late_a ? -1 : 1;
  if (a->due != b->due)
    return b->due == DAY_NONE || (a->due != DAY_NONE && a->due < b->due) ? -1 : 1;
  return a->id < b->id ? -1 : a->id > b->id;
}

void find_decisions(struct making *m) {
  struct report *r = m->r;
  for (size_t i = 0; i < r->items.n; i++) {
    const struct item *it = r->items.v[i];
    if (!is_decision(it)) continue;
    const struct target *t = target_of(m->q->rs, it);
    const struct rule *rule = t ? NULL : rule_named(m->q->rs, it->rule);
    struct decision_line d = {.item = it, .kpi = t ? t->kpi : first_kpi(rule ? rule->when : NULL)};
    if (t) d.target = status_of(m, t, it);
    if (d.kpi) d.value = value_of(m, it, d.kpi);
    VEC_PUSH(m->a, &r->decisions, d);
  }
  struct ordering x = {r->as_of};
  if (r->decisions.n)
    qsort_r(r->decisions.v, r->decisions.n, sizeof *r->decisions.v, by_lateness, &x);
}
