/* What became of the revenue of a while ago. In: what each customer pays, then and today. Out: the
 * steps of the bridge, for all together and group by group.
 *
 * The steps are those of net_revenue_retention of the standard library: who is unknown on one of
 * the two days is in neither sum, so that what is kept is its GRR and what is paid its NRR. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "eval/results.h"
#include "report/making.h"
#include "sema/hindsight.h"

enum { NOW, THEN, GROUP, FIRST };

void plan_bridges(struct making *m) {
  const struct ruleset *rs = m->q->rs;
  for (size_t i = 0; i < rs->page.bridges.n; i++) {
    const struct page_bridge *b = &rs->page.bridges.v[i];
    day_t then = day_back(&rs->calendar, m->r->as_of, b->over);
    struct row_nodes x = {.domain = plan_entity_domain(m->plan, b->measure->entity, true)};
    x.exists = making_root(m, plan_exists(m->plan, x.domain, m->r->as_of));
    x.nodes[NOW] = making_root(m, plan_kpi(m->plan, b->measure, x.domain, m->r->as_of));
    x.nodes[THEN] = making_root(m, plan_kpi(m->plan, b->measure, x.domain, then));
    x.nodes[GROUP] = b->by ? making_root(m, plan_term(m->plan, b->by, x.domain, m->r->as_of)) : -1;
    x.nodes[FIRST] = b->first_paid
                         ? making_root(m, plan_term(m->plan, b->first_paid, x.domain, m->r->as_of))
                         : -1;
    VEC_PUSH(m->a, &m->bridges, x);
  }
}

/* ---- a row ---------------------------------------------------------------------------- */

static void add(struct bridge *b, enum bridge_step step, double amount) {
  b->amount[step] += amount;
  b->rows[step]++;
}

/* Of a customer who paid then and of whom today is known; in_full: from all of its rows. What is
 * missing there counts as nothing, as it does in the KPI, but nobody should take it for churn. */
static void add_kept(struct bridge *b, double then, double now, bool in_full) {
  add(b, BRIDGE_BASE, then);
  if (now < then && !in_full)
    add(b, BRIDGE_PARTLY_KNOWN, now - then);
  else if (now <= 0)
    add(b, BRIDGE_CHURN, now - then);
  else if (now < then)
    add(b, BRIDGE_CONTRACTION, now - then);
  else if (now > then)
    add(b, BRIDGE_EXPANSION, now - then);
  if (now <= 0) return;
  add(b, BRIDGE_KEPT, now < then ? now : then);
  add(b, BRIDGE_PAID, now);
}

static void add_row(struct bridge *b, const struct value *values, bool knows_new, day_t then_day) {
  const struct value *now = &values[NOW], *then = &values[THEN], *first = &values[FIRST];
  if (now->known && now->num > 0) add(b, BRIDGE_END, now->num);
  if (then->known && then->num > 0) {
    add(b, BRIDGE_START, then->num);
    if (now->known)
      add_kept(b, then->num, now->num, now->rows == now->of_rows);
    else
      add(b, BRIDGE_UNKNOWN_NOW, -then->num);
    return;
  }
  if (!now->known || now->num <= 0) return;
  if (!then->known || (knows_new && !first->known))
    add(b, BRIDGE_UNKNOWN_THEN, now->num);
  else
    add(b, knows_new && first->num <= then_day ? BRIDGE_RETURNED : BRIDGE_NEW, now->num);
}

/* ---- all rows ------------------------------------------------------------------------- */

struct reading {
  struct arena *a;
  struct bridges *out;
};

static struct bridge *group_named(struct reading *x, const struct value *v) {
  char buf[96];
  const char *name = v->known ? v->text ? v->text : value_text(v, buf, sizeof buf) : NULL;
  for (size_t i = 1; i < x->out->of.n; i++)
    if (same_text(x->out->of.v[i].group, name)) return &x->out->of.v[i];
  const struct bridge b = {.group = name ? arena_strdup(x->a, name) : NULL, .known_group = name};
  VEC_PUSH(x->a, &x->out->of, b);
  return &x->out->of.v[x->out->of.n - 1];
}

static void take(void *ctx, size_t i, const struct value *values) {
  struct reading *x = ctx;
  (void)i;
  add_row(&x->out->of.v[0], values, x->out->knows_new, x->out->then);
  if (x->out->by) add_row(group_named(x, &values[GROUP]), values, x->out->knows_new, x->out->then);
}

static int by_start(const void *pa, const void *pb) {
  const struct bridge *a = pa, *b = pb;
  double x = a->amount[BRIDGE_START], y = b->amount[BRIDGE_START];
  if (a->known_group != b->known_group) return a->known_group ? -1 : 1;
  return x != y ? (x > y ? -1 : 1) : strcmp(a->group ? a->group : "", b->group ? b->group : "");
}

/* A group in which nobody paid on either day is none of the bridge. */
static void drop_empty(struct bridges *b) {
  size_t n = 1;
  for (size_t i = 1; i < b->of.n; i++)
    if (b->of.v[i].rows[BRIDGE_START] || b->of.v[i].rows[BRIDGE_END]) b->of.v[n++] = b->of.v[i];
  b->of.n = n;
  qsort(b->of.v + 1, n - 1, sizeof *b->of.v, by_start);
}

/* A past that is read with today's data would say that nobody left. */
static bool has_past(struct making *m, const struct page_bridge *b, day_t then) {
  struct hindsight h = {.rs = m->q->rs, .arena = m->a, .today = m->r->as_of};
  char day[16];
  hindsight_term(&h, b->measure->term, then);
  if (!h.columns.n) return true;
  VEC_PUSH(m->a, &m->notes,
           arena_printf(m->a,
                        "the bridge of %s is left out: the data keep no history of %s, so that "
                        "what it was on %s is not known",
                        b->measure->name, h.columns.v[0], day_text(then, day)));
  return false;
}

bool read_bridges(struct making *m) {
  const struct ruleset *rs = m->q->rs;
  bool good = true;
  for (size_t i = 0; i < m->bridges.n && good; i++) {
    const struct page_bridge *b = &rs->page.bridges.v[i];
    struct bridges out = {.measure = b->measure,
                          .by = b->by_name,
                          .type = b->measure->term->type,
                          .then = day_back(&rs->calendar, m->r->as_of, b->over),
                          .knows_new = b->first_paid != NULL};
    if (!has_past(m, b, out.then)) continue;
    const struct bridge all = {.known_group = true};
    VEC_PUSH(m->a, &out.of, all);
    struct reading x = {m->a, &out};
    size_t n;
    int32_t *rows = rows_of_page(verdicts_evaluation(m->v), &m->bridges.v[i], &n);
    good = evaluation_values(verdicts_evaluation(m->v), m->bridges.v[i].domain, rows, n,
                             m->bridges.v[i].nodes, 4, take, &x, m->problems);
    free(rows);
    drop_empty(&out);
    VEC_PUSH(m->a, &m->r->bridges, out);
  }
  return good;
}
