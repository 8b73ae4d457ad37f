/* What renews. In: the day and the worth of each row, the items that are open, what no rule could
 * judge. Out: the renewals that come, by day, and those whose day has passed. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "eval/results.h"
#include "eval/row_key.h"
#include "report/making.h"

enum { DAY, WORTH, LABEL };

void plan_renewals(struct making *m) {
  const struct ruleset *rs = m->q->rs;
  for (size_t i = 0; i < rs->page.renewals.n; i++) {
    const struct page_renewals *p = &rs->page.renewals.v[i];
    struct row_nodes x = {.domain = plan_entity_domain(m->plan, p->entity, true)};
    day_t day = m->r->as_of;
    x.exists = making_root(m, plan_exists(m->plan, x.domain, day));
    x.nodes[DAY] = making_root(m, plan_term(m->plan, p->day, x.domain, day));
    x.nodes[WORTH] = p->worth ? making_root(m, plan_term(m->plan, p->worth, x.domain, day)) : -1;
    x.nodes[LABEL] = making_root(m, plan_label(m->plan, x.domain));
    VEC_PUSH(m->a, &m->renewals, x);
  }
}

/* ---- rows ----------------------------------------------------------------------------- */

struct reading {
  struct making *m;
  struct evaluation *ev;
  const struct row_nodes *nodes;
  const int32_t *rows;
  struct renewals *out;
};

static void take(void *ctx, size_t i, const struct value *values) {
  struct reading *x = ctx;
  struct renewals *out = x->out;
  const struct value *day = &values[DAY], *worth = &values[WORTH];
  if (!day->known) {
    out->undated++;
    return;
  }
  bool past = day->num < x->m->r->as_of;
  if (past ? !worth->known || worth->num <= 0 : day->num > out->last) return;
  struct renewal_line line = {.day = (day_t)day->num, .worth = *worth};
  line.key = evaluation_row_key(x->ev, x->nodes->domain, x->rows[i], x->m->a);
  if (values[LABEL].known && values[LABEL].text)
    line.label = arena_strdup(x->m->a, values[LABEL].text);
  if (past)
    VEC_PUSH(x->m->a, &out->past, line);
  else
    VEC_PUSH(x->m->a, &out->coming, line);
}

static int by_day(const void *pa, const void *pb) {
  const struct renewal_line *a = pa, *b = pb;
  if (a->day != b->day) return a->day < b->day ? -1 : 1;
  int c = worth_cmp(&a->worth, &b->worth);
  return c ? c : strcmp(a->key, b->key);
}

static int by_worth(const void *pa, const void *pb) {
  const struct renewal_line *a = pa, *b = pb;
  int c = worth_cmp(&a->worth, &b->worth);
  return c ? c : by_day(pa, pb);
}

/* ---- what is open on them, and what could not be judged --------------------------------- */

static struct renewal_line *line_of(struct map *lines, const char *key) {
  return key ? map_get(lines, key) : NULL;
}

static void index_lines(struct map *lines, struct arena *a, struct renewal_line *v, size_t n) {
  for (size_t i = 0; i < n; i++) map_put(lines, a, v[i].key, &v[i]);
}

/* Does the condition read the day of the renewal? Then the item is about it. */
static bool reads(const struct term *t, const struct attr *day) {
  if (!t || !day) return false;
  if (t->kind == T_ATTR && t->attr == day) return true;
  if (reads(t->a, day) || reads(t->b, day) || reads(t->c, day)) return true;
  for (size_t i = 0; i < t->list.n; i++)
    if (reads(t->list.v[i], day)) return true;
  return false;
}

enum nearness { OF_THE_RENEWAL, OF_THE_ROW, OF_ITS_CUSTOMER, NEARNESSES };

static enum nearness nearness_of(struct making *m, const struct page_renewals *p,
                                 const struct item *i) {
  const struct rule *r = rule_named(m->q->rs, i->rule);
  if (strcmp(i->entity, p->entity->name) != 0) return OF_ITS_CUSTOMER;
  return r && p->day->kind == T_ATTR && reads(r->when, p->day->attr) ? OF_THE_RENEWAL : OF_THE_ROW;
}

/* Whoever answers for the renewal itself comes first. */
static void add_items(struct making *m, const struct page_renewals *p, struct map *lines) {
  for (int near = 0; near < NEARNESSES; near++)
    for (size_t i = 0; i < m->r->items.n; i++) {
      const struct item *it = m->r->items.v[i];
      if ((int)nearness_of(m, p, it) != near) continue;
      struct renewal_line *line = near != OF_ITS_CUSTOMER ? line_of(lines, it->key)
                                  : same_text(it->account_entity, p->entity->name)
                                      ? line_of(lines, it->account_key)
                                      : NULL;
      if (!line) continue;
      line->state = RENEWAL_ACTION;
      VEC_PUSH(m->a, &line->items, it);
    }
}

static void add_unjudged(struct making *m, const struct renewals *out, struct map *lines) {
  for (size_t i = 0; i < m->r->unjudged.n; i++) {
    const struct unjudged_rule *u = &m->r->unjudged.v[i];
    if (strcmp(u->rule->entity, out->entity->name) != 0) continue;
    for (size_t k = 0; k < u->n; k++) {
      struct renewal_line *line = line_of(lines, u->rows[k].key);
      if (!line) continue;
      if (line->state == RENEWAL_QUIET) line->state = RENEWAL_UNJUDGED;
      VEC_PUSH(m->a, &line->unjudged_by, u->rule->rule);
    }
  }
}

/* The page of a person or a team has those on which they have an item. */
static size_t keep_theirs(struct renewal_line *lines, size_t n) {
  size_t kept = 0;
  for (size_t i = 0; i < n; i++)
    if (lines[i].items.n) lines[kept++] = lines[i];
  return kept;
}

static void complete(struct making *m, const struct page_renewals *p, struct renewals *out) {
  struct map lines = {0};
  if (out->coming.n) qsort(out->coming.v, out->coming.n, sizeof *out->coming.v, by_day);
  if (out->past.n) qsort(out->past.v, out->past.n, sizeof *out->past.v, by_worth);
  index_lines(&lines, m->a, out->coming.v, out->coming.n);
  index_lines(&lines, m->a, out->past.v, out->past.n);
  add_items(m, p, &lines);
  add_unjudged(m, out, &lines);
  if (!m->r->person && !m->r->team) return;
  out->coming.n = keep_theirs(out->coming.v, out->coming.n);
  out->past.n = keep_theirs(out->past.v, out->past.n);
}

bool read_renewals(struct making *m) {
  bool good = true;
  for (size_t i = 0; i < m->renewals.n && good; i++) {
    const struct page_renewals *p = &m->q->rs->page.renewals.v[i];
    struct renewals out = {.entity = p->entity,
                           .day_name = p->day_name,
                           .worth_name = p->worth_name,
                           .last = m->r->as_of + REPORT_RENEWAL_DAYS};
    size_t n;
    int32_t *rows = rows_of_page(verdicts_evaluation(m->v), &m->renewals.v[i], &n);
    struct reading x = {m, verdicts_evaluation(m->v), &m->renewals.v[i], rows, &out};
    good =
        evaluation_values(x.ev, x.nodes->domain, rows, n, x.nodes->nodes, 3, take, &x, m->problems);
    free(rows);
    complete(m, p, &out);
    VEC_PUSH(m->a, &m->r->renewals, out);
  }
  return good;
}

struct renewal_sum renewals_sum(const struct renewal_line *lines, size_t n, int state) {
  struct renewal_sum out = {0};
  for (size_t i = 0; i < n; i++) {
    const struct renewal_line *l = &lines[i];
    if (state != RENEWAL_STATES && (int)l->state != state) continue;
    out.n++;
    if (!l->worth.known) continue;
    double before = out.worth.known ? out.worth.num : 0;
    out.worth = l->worth;
    out.worth.num += before;
  }
  return out;
}
