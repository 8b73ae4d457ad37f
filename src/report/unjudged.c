/* What could not be judged. In: the verdicts of the day, the KPIs. Out: the rows of each rule, and
 * how many rows a number leaves out. */
#include "base/map.h"
#include "report/making.h"

static struct value worth_of(const struct unjudged_rule *u) {
  struct value sum = {0};
  for (size_t i = 0; i < u->n; i++) {
    const struct value *v = &u->rows[i].worth;
    if (!v->known) continue;
    double before = sum.known ? sum.num : 0;
    sum = *v;
    sum.num += before;
  }
  return sum;
}

void find_unjudged(struct making *m) {
  for (size_t i = 0; i < m->v->n_rules; i++) {
    const struct rule_verdict *rv = &m->v->rules[i];
    if (!rv->unknown || !rv->report_unknown) continue;
    struct unjudged_rule u = {.rule = rv};
    u.rows = verdicts_unjudged(m->v, i, (size_t)rv->unknown, m->a, &u.n);
    u.worth = worth_of(&u);
    m->r->unjudged_rows += rv->unknown;
    VEC_PUSH(m->a, &m->r->unjudged, u);
  }
}
