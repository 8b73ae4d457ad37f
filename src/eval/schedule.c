/* The order of a run. In: the nodes that are needed. Out: held tables, histories, and aggregates,
 * in as few scans as their dependencies allow: one a table, except where an aggregate over a
 * table needs another one over it. */
#include "eval/schedule.h"

#include <stdlib.h>
#include <string.h>

#include "eval/accumulate.h"
#include "eval/partial.h"
#include "eval/pushed.h"
#include "eval/range_aggregate_group.h"

/* ---- what is needed ------------------------------------------------------------------- */

struct mark_ctx {
  struct evaluation *ev;
  bool *set;    /* by node */
  size_t bytes; /* of the columns of what came into the set */
};

/* What is made of the columns of the table, not read from it: it can be made again. */
static bool is_made(const struct node *n) {
  return n->op == N_AGG || n->op == N_HISTORY || (n->keep && n->op != N_COLUMN);
}

/* A row of an aggregate has a value and two counts, and a sum in the making with counts of its
 * own; of those that are kept one is in the making at a time. */
static size_t bytes_of(const struct evaluation *ev, int node) {
  enum { AGG_ROW = 48, MADE_ROW = 17, HISTORY_ROW = 16, KEPT_ROW = 9, FLAGS_A_BYTE = 4 };
  const struct node *n = &ev->plan->nodes.v[node];
  size_t rows = evaluation_domain_rows(ev, n->domain);
  if (!is_made(n)) return 0;
  if (n->op == N_AGG) return rows * (ev->kept[node] ? MADE_ROW : AGG_ROW);
  if (n->op == N_HISTORY) return rows * (history_is_kept(ev, node) ? KEPT_ROW : HISTORY_ROW);
  return n->col == COL_BOOL ? rows / FLAGS_A_BYTE : rows * KEPT_ROW;
}

static void mark(struct mark_ctx *m, int node);

static void mark_dims(struct mark_ctx *m, int grouping) {
  const struct plan *p = m->ev->plan;
  const struct grouping *g = &p->groupings.v[grouping];
  for (size_t i = 0; i < p->domains.v[g->groups].dims->n; i++) mark(m, g->dims[i]);
}

static void mark_agg(struct mark_ctx *m, const struct node *n) {
  const struct plan_agg *g = n->agg;
  mark(m, g->visible);
  mark(m, g->period);
  mark(m, g->where);
  mark(m, g->day_of_row);
  mark(m, g->first_day);
  for (int i = 0; i < g->n_values; i++) mark(m, g->values[i]);
  for (int i = 0; i < g->n_path; i++) m->ev->edge_needed[g->path[i]->index] = true;
  if (g->grouping >= 0) mark_dims(m, g->grouping);
  if (g->up) m->ev->edge_needed[g->up->index] = true;
}

static void mark(struct mark_ctx *m, int node) {
  if (node < 0 || m->set[node]) return;
  m->set[node] = true;
  const struct node *n = &m->ev->plan->nodes.v[node];
  m->bytes += bytes_of(m->ev, node);
  /* what went into it is no longer asked for */
  if (n->op == N_AGG && m->ev->materialised[node].ready) return;
  if (n->op == N_AGG && m->ev->kept[node]) {
    mark(m, n->agg->first_day);
    return;
  }
  mark(m, n->a);
  mark(m, n->b);
  mark(m, n->c);
  for (int i = 0; i < n->n_list; i++)
    if (node_lists_node(n, i)) mark(m, n->list[i]);
  if (n->op == N_GATHER) m->ev->edge_needed[n->edge->index] = true;
  if (n->op == N_AGG) mark_agg(m, n);
  if (n->op == N_GROUP) mark_dims(m, n->grouping);
}

size_t schedule_mark(struct evaluation *ev, bool *set, const int *roots, size_t n) {
  struct mark_ctx m = {.ev = ev, .set = set};
  for (size_t i = 0; i < n; i++) mark(&m, roots[i]);
  return m.bytes;
}

/* A column of the company is one value, and sums that are kept ask for the first day of their
 * table. */
void schedule_forget(struct evaluation *ev) {
  for (size_t i = 0; i < ev->plan->nodes.n; i++) {
    const struct node *n = &ev->plan->nodes.v[i];
    if (ev->materialised[i].ready && !ev->needed[i] && is_made(n) &&
        ev->plan->domains.v[n->domain].kind != DOM_COMPANY)
      materialised_free(&ev->materialised[i]);
  }
}

/* ---- what is wanted later -------------------------------------------------------------- */

static bool is_plain(const struct node *n, const bool *plain) {
  if (is_made(n) || n->op == N_ASOF || n->op == N_GROUP || n->op == N_OF_GROUP || n->op == N_SCALAR)
    return false;
  for (int i = 0; i < n->n_list; i++)
    if (node_lists_node(n, i) && !plain[n->list[i]]) return false;
  return (n->a < 0 || plain[n->a]) && (n->b < 0 || plain[n->b]) && (n->c < 0 || plain[n->c]);
}

bool *plain_nodes(const struct plan *p, struct arena *a) {
  bool *plain = NEW_N(a, bool, p->nodes.n + 1);
  for (size_t i = 0; i < p->nodes.n; i++) plain[i] = is_plain(&p->nodes.v[i], plain);
  return plain;
}

static bool is_ahead(const struct evaluation *ev, int node) {
  const struct node *n = &ev->plan->nodes.v[node];
  if (n->op != N_AGG || !ev->wanted[node] || ev->needed[node] || ev->materialised[node].ready ||
      ev->kept[node] || ev->alone[node] || ev->plan->domains.v[n->agg->source].materialised)
    return false;
  const struct plan_agg *g = n->agg;
  const int conditions[] = {g->visible, g->period, g->where};
  for (int i = 0; i < 3; i++)
    if (conditions[i] >= 0 && !ev->plain[conditions[i]]) return false;
  for (int i = 0; i < g->n_values; i++)
    if (!ev->plain[g->values[i]]) return false;
  for (size_t i = 0; g->grouping >= 0 && i < ev->plan->domains.v[n->domain].dims->n; i++)
    if (!ev->plain[ev->plan->groupings.v[g->grouping].dims[i]]) return false;
  return range_aggregate_suits(ev, node);
}

/* A table that streams by is long: sums of it that the days after these want are put together in
 * the same scan, and kept. */
static void look_ahead(struct evaluation *ev) {
  struct mark_ctx m = {.ev = ev, .set = ev->needed};
  for (size_t i = 0; i < ev->plan->nodes.n; i++) ev->ahead[i] = is_ahead(ev, (int)i);
  for (size_t i = 0; i < ev->plan->nodes.n; i++)
    if (ev->ahead[i]) mark_agg(&m, &ev->plan->nodes.v[i]);
}

/* ---- what is ready -------------------------------------------------------------------- */

struct schedule {
  struct evaluation *ev;
  signed char *ready; /* by node, of this round: 0 not asked, 1 yes, -1 no */
};

static bool ready(struct schedule *s, int node);

static bool dims_ready(struct schedule *s, int grouping) {
  const struct plan *p = s->ev->plan;
  const struct grouping *g = &p->groupings.v[grouping];
  bool good = true;
  for (size_t i = 0; i < p->domains.v[g->groups].dims->n && good; i++) good = ready(s, g->dims[i]);
  return good;
}

static bool compute_ready(struct schedule *s, const struct node *n) {
  struct evaluation *ev = s->ev;
  /* in its scan, or held since the load */
  if (n->op == N_COLUMN || n->op == N_KEY || n->op == N_DIM) return true;
  if (n->op == N_AGG || n->op == N_HISTORY) return false;
  if (n->op == N_GATHER || n->op == N_SCALAR) return ev->materialised[n->a].ready;
  if (n->op == N_OF_GROUP) return ev->materialised[n->a].ready && ready(s, n->b);
  if (n->op == N_GROUP) return ev->materialised[n->a].ready && dims_ready(s, n->grouping);
  if (!ready(s, n->a) || !ready(s, n->b) || !ready(s, n->c)) return false;
  for (int i = 0; i < n->n_list; i++)
    if (node_lists_node(n, i) && !ready(s, n->list[i])) return false;
  return true;
}

/* Can the node be computed over rows of its domain now? */
static bool ready(struct schedule *s, int node) {
  if (node < 0 || s->ev->materialised[node].ready) return true;
  if (!s->ready[node]) s->ready[node] = compute_ready(s, &s->ev->plan->nodes.v[node]) ? 1 : -1;
  return s->ready[node] > 0;
}

static bool agg_ready(struct schedule *s, const struct node *n) {
  const struct plan_agg *g = n->agg;
  bool good =
      ready(s, g->visible) && ready(s, g->period) && ready(s, g->where) && ready(s, g->day_of_row);
  for (int i = 0; i < g->n_values && good; i++) good = ready(s, g->values[i]);
  return good && (g->grouping < 0 || dims_ready(s, g->grouping));
}

/* ---- one pass over a domain ----------------------------------------------------------- */

struct pass {
  struct evaluation *ev;
  VEC(struct accumulator *) accs;
  struct range_aggregate_group **range_groups; /* NULL at the end */
  VEC(struct range_sums *) range_states;       /* of each of them */
  VEC(int) keeps;
};

static bool feed(void *ctx, struct chunk *f) {
  struct pass *p = ctx;
  for (size_t i = 0; i < p->accs.n; i++) accumulator_feed(p->accs.v[i], f);
  for (size_t i = 0; i < p->range_states.n; i++)
    range_aggregate_group_feed(p->range_groups[i], p->range_states.v[i], f);
  return !f->failed;
}

static void keep_slice(struct evaluation *ev, struct chunk *f, int node) {
  const struct column *c = chunk_column(f, node);
  struct materialised *h = &ev->materialised[node];
  size_t words = bit_words(f->n), at = f->base / 64; /* a slice begins with a word */
  memcpy(h->col.valid + at, c->valid, words * sizeof *c->valid);
  if (h->col.num)
    memcpy(h->col.num + f->base, c->num, f->n * sizeof *c->num);
  else if (h->col.txt)
    memcpy(h->col.txt + f->base, c->txt, f->n * sizeof *c->txt);
  else
    memcpy(h->col.yes + at, c->yes, words * sizeof *c->yes);
}

static void keep_partial(struct evaluation *ev, struct chunk *f, int node, size_t rows) {
  const uint64_t *mask = chunk_partial(f, node);
  struct materialised *h = &ev->materialised[node];
  if (!mask) return;
  if (!h->partial) h->partial = xcalloc(bit_words(rows) + 1, 8);
  memcpy(h->partial + f->base / 64, mask, bit_words(f->n) * 8);
}

/* Texts that were made for the chunk's rows go with it. */
static void keep_texts(struct evaluation *ev, int node, size_t rows) {
  struct column *c = &ev->materialised[node].col;
  for (size_t r = 0; c->txt && r < rows; r++)
    if (bit_get(c->valid, r)) c->txt[r] = dict_add_str(ev->texts, c->txt[r]);
}

static bool pass_held(struct pass *p, struct chunk *f) {
  struct evaluation *ev = p->ev;
  int domain = f->domain;
  size_t rows = evaluation_domain_rows(ev, domain);
  for (size_t i = 0; i < p->keeps.n; i++) materialised_new(ev, p->keeps.v[i], rows, false);
  bool good = true;
  for (size_t at = 0; at < rows && good; at += BATCH) {
    chunk_slice_rows(f, at, rows - at < BATCH ? rows - at : BATCH);
    good = feed(p, f);
    for (size_t i = 0; i < p->keeps.n && good; i++) {
      keep_slice(ev, f, p->keeps.v[i]);
      keep_partial(ev, f, p->keeps.v[i], rows);
    }
    good = good && !f->failed;
  }
  for (size_t i = 0; i < p->keeps.n; i++) {
    if (good) keep_texts(ev, p->keeps.v[i], rows);
    ev->materialised[p->keeps.v[i]].ready = true;
  }
  return good;
}

static bool run_pass(struct pass *p, int domain) {
  struct chunk *f = chunk_new(p->ev, domain);
  bool good =
      p->ev->plan->domains.v[domain].materialised ? pass_held(p, f) : scan_streamed(f, feed, p);
  /* In the order of the nodes: the first day of a table before what asks for it. */
  for (size_t i = 0; i < p->accs.n; i++) accumulator_finish(p->accs.v[i], f);
  for (size_t i = 0; i < p->range_states.n; i++)
    range_aggregate_group_finish(p->range_groups[i], p->range_states.v[i], f);
  accumulators_extend(p->ev);
  chunk_free(f);
  return good && !p->ev->error;
}

/* ---- rounds --------------------------------------------------------------------------- */

struct pending {
  int waiting, ready;
};

static void count_ready_nodes(struct schedule *s, struct pending *by_domain) {
  const struct plan *p = s->ev->plan;
  for (size_t i = 0; i < p->nodes.n; i++) {
    const struct node *n = &p->nodes.v[i];
    if (!s->ev->needed[i] || s->ev->materialised[i].ready) continue;
    int domain = n->op == N_AGG ? n->agg->source : n->keep ? n->domain : -1;
    if (domain < 0) continue;
    bool is_ready = n->op == N_AGG ? agg_ready(s, n) : ready(s, (int)i);
    is_ready ? by_domain[domain].ready++ : by_domain[domain].waiting++;
  }
}

/* A held domain with anything to do costs no scan; of the streamed ones, one that can do all at
 * once, else any. */
static int choose(const struct plan *p, const struct pending *by_domain) {
  int all = -1, some = -1;
  for (int d = 0; d < (int)p->domains.n; d++) {
    if (!by_domain[d].ready) continue;
    if (p->domains.v[d].materialised) return d;
    if (!by_domain[d].waiting)
      all = d;
    else
      some = d;
  }
  return all >= 0 ? all : some;
}

/* Who puts the rows together: the dataset where it can do all of it, else we. */
static enum grouped_answer gather_work(struct schedule *s, struct pass *pass, int domain) {
  struct plan *p = s->ev->plan;
  VEC(int) aggs = {0};
  bool keep = false;
  for (size_t i = 0; i < p->nodes.n; i++) {
    const struct node *n = &p->nodes.v[i];
    if ((!s->ev->needed[i] && !s->ev->ahead[i]) || s->ev->materialised[i].ready) continue;
    if (n->op == N_AGG && n->agg->source == domain && agg_ready(s, n)) {
      VEC_PUSH(s->ev->arena, &aggs, (int)i);
      keep |= s->ev->ahead[i];
    }
    if (n->op != N_AGG && n->keep && n->domain == domain && ready(s, (int)i))
      VEC_PUSH(s->ev->arena, &pass->keeps, (int)i);
  }
  size_t alone;
  if (!keep && !pass->keeps.n) {
    enum grouped_answer answer = push_aggregates(s->ev, domain, aggs.v, aggs.n);
    if (answer != GROUPED_NOT) return answer;
  }
  pass->range_groups = range_aggregate_groups_of(s->ev, aggs.v, aggs.n, keep, &alone);
  for (struct range_aggregate_group **x = pass->range_groups; *x; x++)
    VEC_PUSH(s->ev->arena, &pass->range_states, range_aggregate_group_state(*x));
  for (size_t i = 0; i < alone; i++)
    if (s->ev->needed[aggs.v[i]])
      VEC_PUSH(s->ev->arena, &pass->accs, accumulator_new(s->ev, aggs.v[i]));
  return GROUPED_NOT;
}

bool schedule_run(struct evaluation *ev) {
  size_t n = ev->plan->nodes.n;
  struct schedule s = {.ev = ev, .ready = xcalloc(n + 1, 1)};
  range_aggregate_groups_make(ev);
  look_ahead(ev);
  bool good = load_histories(ev) && load_records(ev);
  while (good) {
    struct pending *by_domain = xcalloc(ev->plan->domains.n, sizeof *by_domain);
    for (size_t i = 0; i < n; i++) s.ready[i] = 0;
    count_ready_nodes(&s, by_domain);
    int domain = choose(ev->plan, by_domain);
    free(by_domain);
    if (domain < 0) break;
    struct pass pass = {.ev = ev};
    enum grouped_answer answer = gather_work(&s, &pass, domain);
    good = answer == GROUPED_NOT ? run_pass(&pass, domain) : answer == GROUPED_DONE && !ev->error;
  }
  free(s.ready);
  return good && !ev->error;
}
