/* Who does what. In: the items that are open. Out: a line a person, in it a line a customer; what
 * the company has to decide stands apart. */
#include <stdlib.h>
#include <string.h>

#include "action/short_name.h"
#include "base/text.h"
#include "report/making.h"

bool is_decision(const struct item *i) {
  return i->group_values || strcmp(i->entity, "company") == 0;
}

bool making_theirs(const struct report *r, const struct item *i) {
  if (r->person) return i->owner && strcmp(i->owner, r->person) == 0;
  return !r->team || same_text(i->team, r->team);
}

/* ---- people --------------------------------------------------------------------------- */

static int capacity_of(const struct making *m, const char *team) {
  const struct team_facts *t = team_named(m->v->teams, m->v->n_teams, team);
  return t ? t->capacity : 0;
}

static struct owner_line *line_of(struct making *m, struct map *lines, const struct item *i) {
  const char *name = i->owner ? i->owner : "";
  size_t at = (size_t)map_get(lines, name);
  if (at) return &m->r->owners.v[at - 1];
  const struct owner_line line = {.owner = i->owner,
                                  .team = i->team,
                                  .capacity = capacity_of(m, i->team),
                                  .first_due = DAY_NONE};
  VEC_PUSH(m->a, &m->r->owners, line);
  map_put(lines, m->a, name, (void *)m->r->owners.n);
  return &m->r->owners.v[m->r->owners.n - 1];
}

/* One text for each person and customer: an item without a customer is about its row. */
static const char *customer_key(const struct item *i, struct arena *a) {
  const char *key = i->account ? i->account_key : i->key;
  return arena_printf(a, "%s\x1f%s\x1f%s", i->owner ? i->owner : "",
                      i->account ? i->account_entity : i->entity, key ? key : "");
}

static struct customer_line *customer_of(struct making *m, struct map *customers,
                                         struct owner_line *o, const struct item *i) {
  const char *key = customer_key(i, m->a);
  size_t at = (size_t)map_get(customers, key);
  if (at) return &o->customers.v[at - 1];
  const struct customer_line line = {.name = i->account ? i->account : item_subject(i)};
  VEC_PUSH(m->a, &o->customers, line);
  map_put(customers, m->a, key, (void *)o->customers.n);
  return &o->customers.v[o->customers.n - 1];
}

struct gathering {
  struct map people, customers; /* indexes from 1 */
};

static void add(struct making *m, struct gathering *g, const struct item *i) {
  struct owner_line *o = line_of(m, &g->people, i);
  struct customer_line *c = customer_of(m, &g->customers, o, i);
  VEC_PUSH(m->a, &c->items, i);
  o->to_do++;
  o->late += item_late(i, m->r->as_of);
  if (i->due != DAY_NONE && (o->first_due == DAY_NONE || i->due < o->first_due))
    o->first_due = i->due;
  stake_add(&o->stake, i, m->a);
}

/* ---- in their order ------------------------------------------------------------------- */

struct ordering {
  const struct measure_sum *lead; /* the measure with the most money; NULL: none */
};

static double money_of(const struct owner_line *o, const struct ordering *x) {
  for (size_t i = 0; x->lead && i < o->stake.sums.n; i++)
    if (same_measure(&o->stake.sums.v[i], x->lead)) return o->stake.sums.v[i].money.num;
  return 0;
}

/* Those who are late first, then the most money. */
static int by_pressure(const void *pa, const void *pb, void *ctx) {
  const struct owner_line *a = pa, *b = pb;
  double x = money_of(a, ctx), y = money_of(b, ctx);
  if (!a->late != !b->late) return a->late ? -1 : 1;
  if (x != y) return x > y ? -1 : 1;
  if (a->to_do != b->to_do) return a->to_do > b->to_do ? -1 : 1;
  return strcmp(a->owner ? a->owner : "", b->owner ? b->owner : "");
}

static void name_teams(struct making *m) {
  struct map seen = {0};
  for (size_t i = 0; i < m->r->owners.n; i++) {
    const char *team = m->r->owners.v[i].team;
    if (team && !map_put(&seen, m->a, team, m)) VEC_PUSH(m->a, &m->r->teams, team);
  }
}

void find_work(struct making *m) {
  struct report *r = m->r;
  struct gathering g = {0};
  const struct item **all = NEW_N(m->a, const struct item *, m->o->n_open + 1);
  size_t n = 0;
  for (size_t i = 0; i < m->o->n_open; i++) {
    const struct item *it = m->o->open[i];
    if (!making_theirs(r, it)) continue;
    all[n++] = it;
    if (!item_to_do(it) || !item_counts(it)) continue;
    VEC_PUSH(m->a, &r->items, it);
    r->no_worth += !has_stake(it);
    stake_add(&r->stake, it, m->a);
    add(m, &g, it);
  }
  r->counts = items_count(all, n, r->as_of);
  r->domain = common_domain(m->o->open, m->o->n_open, m->a);
  stake_sort(&r->stake);
  struct ordering x = {r->stake.sums.n ? &r->stake.sums.v[0] : NULL};
  if (r->owners.n) qsort_r(r->owners.v, r->owners.n, sizeof *r->owners.v, by_pressure, &x);
  for (size_t i = 0; i < r->owners.n; i++) stake_sort(&r->owners.v[i].stake);
  name_teams(m);
}
