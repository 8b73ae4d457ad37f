/* What an evaluation found. In: rows and nodes. Out: keys, groups and values. */
#include "eval/results.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/fiscal.h"
#include "base/text.h"
#include "base/workers.h"
#include "eval/accumulate.h"
#include "eval/evaluation.h"
#include "eval/group.h"
#include "eval/partial.h"

const struct plan *evaluation_plan(const struct evaluation *ev) { return ev->plan; }

/* ---- rows ----------------------------------------------------------------------------- */

size_t evaluation_rows(const struct evaluation *ev, int domain) {
  return evaluation_domain_rows(ev, domain);
}

const char *evaluation_key(const struct evaluation *ev, int domain, int32_t row, struct arena *a) {
  return key_text(a, keymap_key(ev->rows[domain].keys, row));
}

int32_t evaluation_link(const struct evaluation *ev, const struct plan_edge *e, int32_t row) {
  const struct rows *child = &ev->rows[e->child];
  CHECK(row >= 0 && (size_t)row < child->n && child->links[e->index]);
  return child->links[e->index][row];
}

/* Of so many bytes of keys a look-up finds most in the processor's cache. */
enum { ASKED_MAX = 1 << 18 };

int32_t evaluation_find(struct evaluation *ev, int domain, const char *key) {
  const struct keymap *keys = ev->rows[domain].keys;
  struct key k;
  int32_t row = keys ? keymap_find_text(keys, key, strlen(key)) : -1;
  if (row >= 0) return row; /* as nearly all are: written as Vigie writes keys */
  if (!ev->asked) ev->asked = dict_new();
  if (dict_bytes(ev->asked) > ASKED_MAX) dict_clear(ev->asked);
  return keys && key_from_text(ev->asked, key, strlen(key), &k) ? keymap_find(keys, k) : -1;
}

size_t evaluation_dims(const struct evaluation *ev, int domain) {
  const struct domain *d = &ev->plan->domains.v[domain];
  return d->kind == DOM_GROUPS ? d->dims->n : 0;
}

struct value evaluation_dim(const struct evaluation *ev, int domain, int32_t row, int dim) {
  return group_dim(ev, domain, row, dim);
}

/* A group is there for a node when a row of one of its aggregates falls into it. */
static void touch(const struct evaluation *ev, int domain, int node, bool *been, uint64_t *out,
                  size_t rows) {
  if (node < 0 || been[node]) return;
  been[node] = true;
  const struct node *n = &ev->plan->nodes.v[node];
  if (n->domain != domain) return;
  const struct materialised *h = &ev->materialised[node];
  if (h->touched)
    for (size_t r = 0; r < rows; r++)
      if (r < h->filled && bit_get(h->touched, r)) bit_set(out, r);
  if (n->op == N_AGG) return;
  touch(ev, domain, n->a, been, out, rows);
  touch(ev, domain, n->b, been, out, rows);
  touch(ev, domain, n->c, been, out, rows);
  for (int i = 0; i < n->n_list && (n->op == N_FN || n->op == N_FOLD); i++)
    touch(ev, domain, n->list[i], been, out, rows);
}

void evaluation_groups(const struct evaluation *ev, int node, uint64_t *out) {
  int domain = ev->plan->nodes.v[node].domain;
  size_t rows = evaluation_domain_rows(ev, domain);
  bool *been = xcalloc(ev->plan->nodes.n, sizeof *been);
  touch(ev, domain, node, been, out, rows);
  for (size_t i = 0; i < ev->plan->given_groups.n; i++) {
    const struct given_group *g = &ev->plan->given_groups.v[i];
    struct tuple_value *values =
        NEW_N(ev->arena, struct tuple_value, ev->plan->domains.v[g->domain].dims->n + 1);
    if (g->domain != domain || !been[g->node] || !group_given(ev, g, values)) continue;
    int32_t row = tuple_set_find(ev->rows[domain].groups, values);
    CHECK(row >= 0); /* added when the groups were made ready */
    bit_set(out, (size_t)row);
  }
  free(been);
}

void evaluation_own_money(const struct evaluation *ev, int domain, int32_t row, struct value *v) {
  const struct domain *d = &ev->plan->domains.v[domain];
  const char *code = NULL;
  if (v->type.unit != U_MONEY || !same_text(v->type.currency, CURRENCY_OWN)) return;
  for (size_t k = 0; d->kind == DOM_GROUPS && row >= 0 && !code && k < d->dims->n; k++) {
    if (!d->dims->v[k].currency) continue;
    struct value dim = group_dim(ev, domain, row, (int)k);
    if (dim.known && dim.text) code = currency_from_code(dim.text, strlen(dim.text));
  }
  money_take_currency(v, code);
}

/* ---- values --------------------------------------------------------------------------- */

struct value chunk_value(struct chunk *f, int node, size_t i) {
  const struct node *n = &f->ev->plan->nodes.v[node];
  const struct column *c = chunk_column(f, node);
  struct value v = {.type = n->type, .known = bit_get(c->valid, i)};
  if (c->txt && v.known) /* what is held is the evaluation's already */
    v.text =
        f->ev->materialised[node].ready ? c->txt[i]->s : dict_add_str(f->ev->texts, c->txt[i])->s;
  else if (c->txt)
    v.text = NULL;
  else
    v.num = !v.known ? 0 : c->num ? c->num[i] : (double)bit_get(c->yes, i);
  chunk_rows_behind(f, node, i, &v);
  evaluation_own_money(f->ev, f->domain, chunk_row(f, i), &v);
  return v;
}

void readers_free(struct evaluation *ev) {
  for (size_t d = 0; d < ev->plan->domains.n; d++) chunk_free(ev->readers[d]);
  for (size_t d = 0; d < ev->plan->domains.n; d++) chunk_free(ev->slicers[d]);
}

/* A chunk has room for every node of the plan, so one is kept for all questions about a row. A
 * question inside an answer gets one of its own. */
static struct chunk *borrow(struct evaluation *ev, struct chunk **of, int domain) {
  struct chunk *f = of[domain];
  of[domain] = NULL;
  return f ? f : chunk_new(ev, domain);
}

static void give_back(struct chunk **of, struct chunk *f) {
  chunk_report(f);
  if (f->failed || of[f->domain])
    chunk_free(f);
  else
    of[f->domain] = f;
}

struct chunk *reader_borrow(struct evaluation *ev, int domain) {
  return borrow(ev, ev->readers, domain);
}

void reader_return(struct evaluation *ev, struct chunk *f) { give_back(ev->readers, f); }

bool evaluation_is_plain(const struct evaluation *ev, int node) {
  const struct type *t = &ev->plan->nodes.v[node].type;
  return !ev->may_be_partial[node] && !(t->unit == U_MONEY && same_text(t->currency, CURRENCY_OWN));
}

bool evaluation_columns(struct evaluation *ev, int domain, const int32_t *rows, size_t n,
                        const int *nodes, size_t n_nodes,
                        void (*take)(void *ctx, size_t at, struct chunk *f), void *ctx,
                        struct diags *problems) {
  CHECK(domain >= 0 && (size_t)domain < ev->plan->domains.n);
  struct chunk *f = reader_borrow(ev, domain);
  for (size_t at = 0; at < n && !f->failed; at += BATCH) {
    chunk_chosen_rows(f, rows + at, n - at < BATCH ? n - at : BATCH);
    for (size_t k = 0; k < n_nodes; k++)
      if (nodes[k] >= 0) chunk_column(f, nodes[k]);
    if (!f->failed) take(ctx, at, f);
  }
  bool good = !f->failed;
  reader_return(ev, f);
  return good || evaluation_refuse(ev, problems);
}

struct value_rows {
  const int *nodes;
  size_t n;
  struct value *values;
  void (*take)(void *ctx, size_t i, const struct value *values);
  void *ctx;
};

static void take_values(void *ctx, size_t at, struct chunk *f) {
  struct value_rows *x = ctx;
  for (size_t i = 0; i < f->n && !f->failed; i++) {
    for (size_t k = 0; k < x->n; k++)
      x->values[k] = x->nodes[k] >= 0 ? chunk_value(f, x->nodes[k], i) : (struct value){0};
    x->take(x->ctx, at + i, x->values);
  }
}

bool evaluation_values(struct evaluation *ev, int domain, const int32_t *rows, size_t n,
                       const int *nodes, size_t n_nodes,
                       void (*take)(void *ctx, size_t i, const struct value *values), void *ctx,
                       struct diags *problems) {
  struct value_rows x = {nodes, n_nodes, xcalloc(n_nodes + 1, sizeof *x.values), take, ctx};
  bool good = evaluation_columns(ev, domain, rows, n, nodes, n_nodes, take_values, &x, problems);
  free(x.values);
  return good;
}

void evaluation_rows_behind(struct evaluation *ev, int domain, const int32_t *rows, size_t n,
                            int node, struct rows_behind *out) {
  struct chunk *f = reader_borrow(ev, domain);
  for (size_t at = 0; at < n; at += BATCH) {
    chunk_chosen_rows(f, rows + at, n - at < BATCH ? n - at : BATCH);
    chunk_column(f, node);
    for (size_t i = 0; i < f->n; i++) out[at + i] = chunk_all_rows_behind(f, node, i);
  }
  reader_return(ev, f);
}

/* Rows [from, to); from is a multiple of BATCH. */
static bool scan_rows(struct chunk *f, size_t from, size_t to,
                      bool (*take)(void *ctx, struct chunk *f), void *ctx) {
  bool good = true;
  for (size_t at = from; at < to && good; at += BATCH) {
    chunk_slice_rows(f, at, to - at < BATCH ? to - at : BATCH);
    good = take(ctx, f) && !f->failed;
  }
  return good;
}

static bool scan_held(struct chunk *f, bool (*take)(void *ctx, struct chunk *f), void *ctx) {
  return scan_rows(f, 0, evaluation_domain_rows(f->ev, f->domain), take, ctx);
}

bool evaluation_scan(struct evaluation *ev, int domain, bool (*take)(void *ctx, struct chunk *f),
                     void *ctx, struct diags *problems) {
  struct chunk *f = chunk_new(ev, domain);
  bool good = ev->plan->domains.v[domain].materialised ? scan_held(f, take, ctx)
                                                       : scan_streamed(f, take, ctx);
  chunk_free(f);
  return good || evaluation_refuse(ev, problems);
}

struct shared_scan {
  struct chunk *chunks[WORKERS_MAX];
  bool good[WORKERS_MAX];
  size_t share; /* rows of each: a multiple of BATCH */
  bool (*take)(void *ctx, struct chunk *f);
  void *ctx;
};

static void scan_share(void *ctx, size_t k) {
  struct shared_scan *s = ctx;
  size_t rows = evaluation_domain_rows(s->chunks[k]->ev, s->chunks[k]->domain), from = k * s->share,
         to = rows - from < s->share ? rows : from + s->share;
  s->good[k] = scan_rows(s->chunks[k], from, to, s->take, s->ctx);
}

/* Rows of each worker. Fewer batches than SHARE_FEWEST are judged before a thread has begun. */
static size_t share_of(const struct evaluation *ev, size_t rows) {
  enum { SHARE_FEWEST = 8 };
  size_t batches = (rows + BATCH - 1) / BATCH, workers = dataset_threads(ev->dataset);
  if (workers > WORKERS_MAX) workers = WORKERS_MAX;
  size_t share = (batches + workers - 1) / workers;
  return (share < SHARE_FEWEST ? SHARE_FEWEST : share) * BATCH;
}

/* Of several errors the one of the first rows is reported, as if one had read them all. */
bool evaluation_scan_shared(struct evaluation *ev, int domain,
                            bool (*take)(void *ctx, struct chunk *f), void *ctx,
                            struct diags *problems) {
  CHECK(ev->plan->domains.v[domain].materialised);
  size_t rows = evaluation_domain_rows(ev, domain);
  struct shared_scan s = {.share = share_of(ev, rows), .take = take, .ctx = ctx};
  size_t n = (rows + s.share - 1) / s.share;
  bool good = true;
  for (size_t k = 0; k < n; k++) {
    s.chunks[k] = chunk_new(ev, domain);
    s.chunks[k]->worker = k;
  }
  workers_run(n, scan_share, &s);
  for (size_t k = 0; k < n; k++) {
    good = good && s.good[k];
    chunk_free(s.chunks[k]);
  }
  return good || evaluation_refuse(ev, problems);
}

struct flag_reader {
  int node;
  uint64_t *out;
};

static bool read_flags(void *ctx, struct chunk *f) {
  const struct flag_reader *x = ctx;
  memcpy(x->out + f->base / 64, chunk_column(f, x->node)->yes, bit_words(f->n) * 8);
  return true;
}

void evaluation_flags(struct evaluation *ev, int node, uint64_t *out) {
  struct flag_reader x = {node, out};
  struct chunk *f = borrow(ev, ev->slicers, ev->plan->nodes.v[node].domain);
  scan_held(f, read_flags, &x);
  give_back(ev->slicers, f);
}

void chunk_falls_into(struct chunk *f, int node, int32_t row, uint64_t *out) {
  int domain = f->ev->plan->nodes.v[node].domain;
  uint64_t all[BATCH / 64];
  int32_t target[BATCH];
  memset(all, 0xff, sizeof all);
  memset(out, 0, BATCH / 8);
  for (int level = 0; accumulator_targets(f->ev, node, f, all, level, target); level++) {
    if (f->ev->plan->domains.v[domain].kind == DOM_GROUPS) row = chunk_group_of(f, domain, row);
    for (size_t i = 0; i < f->n; i++)
      if (row >= 0 && target[i] == row) bit_set(out, i);
  }
}

/* ---- the data ------------------------------------------------------------------------- */

static void note_orphans(struct evaluation *ev) {
  for (int e = 0; e < ev->n_edges; e++) {
    const struct edge *x = ev->plan->edges.v[e]->edge;
    if (ev->orphans[e])
      evaluation_note(ev, "%s: %s %s %s to no %s that is there (the column %s names none)",
                      x->child->table, grouped_count(ev->orphans[e], ev->arena),
                      counted_name(ev->arena, ev->orphans[e], x->child->name),
                      plural(ev->orphans[e], "belongs", "belong"), x->parent->name, x->column);
  }
}

static void note_undated(struct evaluation *ev) {
  for (size_t d = 0; d < ev->plan->domains.n; d++) {
    const struct entity *e = ev->plan->domains.v[d].entity;
    if (ev->undated[d])
      evaluation_note(ev,
                      "%s: %s %s %s undated (the column %s is empty%s%s%s): values over them are "
                      "partial",
                      e->table, grouped_count(ev->undated[d], ev->arena),
                      counted_name(ev->arena, ev->undated[d], e->name),
                      plural(ev->undated[d], "is", "are"), e->life.from,
                      e->life.until ? ", or " : "", e->life.until ? e->life.until : "",
                      e->life.until ? " comes before it" : "");
  }
}

static void note_unreadable(struct evaluation *ev) {
  for (size_t i = 0; i < ev->unreadable.n; i++)
    evaluation_note(ev, "%s", unreadable_text(&ev->unreadable.v[i], ev->arena));
}

const struct table_read *evaluation_reads(const struct evaluation *ev, size_t *n) {
  *n = ev->reads.n;
  return ev->reads.v;
}

bool table_empty(const struct table_read *r) { return !r->rows && !r->entity->may_be_empty; }

const struct unreadable_cells *evaluation_unreadable_cells(const struct evaluation *ev, size_t *n) {
  *n = ev->unreadable.n;
  return ev->unreadable.v;
}

enum { KNOWN_RHYTHM = 4 }; /* days of a year from which on a table has a usual gap */

static bool is_quiet(const struct entity *e, int back, int usual, int n) {
  return n >= KNOWN_RHYTHM && back - e->life.complete_after > usual;
}

/* A table whose newest row is further back than its longest gap of the year before. */
static void note_stale(struct evaluation *ev, int domain, day_t day) {
  const struct entity *e = ev->plan->domains.v[domain].entity;
  const struct day_set *days = ev->days[domain];
  int fresh = e->life.fresh, n;
  char text[16];
  day_t newest = days ? day_set_last(days, day) : DAY_NONE;
  if (newest == DAY_NONE) return;
  int back = day - newest, usual = day_set_longest_gap(days, newest, &n);
  bool stale = fresh >= 0 && back > fresh;
  if (!stale && !is_quiet(e, back, usual, n)) return;
  const char *what = arena_printf(ev->arena, "%s: the newest row is of %s, %d days back", e->table,
                                  day_text(newest, text), back);
  if (stale)
    evaluation_note(ev, "%s, and rows are fresh for %d: what is computed over it is unknown", what,
                    fresh);
  else if (fresh >= 0)
    evaluation_note(ev, "%s; its longest gap was of %d %s", what, usual,
                    plural(usual, "day", "days"));
  else
    evaluation_note(ev,
                    "%s; its longest gap was of %d %s. If it is not filled any more, sums over "
                    "it only seem to fall: at \"%s\" fresh %dd makes them unknown",
                    what, usual, plural(usual, "day", "days"), e->life.from,
                    usual < 7 ? 7 : 2 * usual);
}

/* A history that records changes alone has gaps of all lengths. Of changes at random, one in n
 * times the newest gap is the longest of n, and one in n * n times twice as long: of a table that
 * is not filled often, twice is asked. */
enum { KNOWN_CHANGES = 6, OFTEN = 50 }; /* days of a year with records */

static bool is_stale_history(int back, int usual, int n) {
  return n >= KNOWN_CHANGES && back > (n < OFTEN ? 2 : 1) * usual;
}

static void note_stale_history(struct evaluation *ev, const struct history_days *h, day_t day) {
  const struct attr *at = h->attr;
  char text[16];
  int n;
  day_t newest = day_set_last(h->days, day);
  if (newest == DAY_NONE) return;
  int back = day - newest, usual = day_set_longest_gap(h->days, newest, &n);
  if (!is_stale_history(back, usual, n)) return;
  const char *what = arena_printf(
      ev->arena, "%s: the newest record is of %s, %d days back; its longest gap was of %d %s",
      at->history.table, day_text(newest, text), back, usual, plural(usual, "day", "days"));
  if (at->history.fresh >= 0)
    evaluation_note(ev, "%s", what);
  else
    evaluation_note(ev,
                    "%s. If it is not filled any more, %s is as it was then: fresh %dd makes it "
                    "unknown",
                    what, at->name, usual < 7 ? 7 : 2 * usual);
}

static void note_late(struct evaluation *ev, int domain, day_t day) {
  const struct entity *e = ev->plan->domains.v[domain].entity;
  int late = e->life.complete_after;
  char last[16];
  if (late && ev->days[domain])
    evaluation_note(ev, "%s: complete after %dd, so rows after %s are left out", e->table, late,
                    day_text(day - late, last));
}

static void note_days(struct evaluation *ev, day_t day) {
  for (size_t d = 0; d < ev->plan->domains.n && !ev->plan->excerpt; d++) {
    const struct entity *e = ev->plan->domains.v[d].entity;
    if (!e || !e->event) continue;
    note_stale(ev, (int)d, day);
    note_late(ev, (int)d, day);
  }
  for (size_t i = 0; i < ev->histories.n && !ev->plan->excerpt; i++)
    note_stale_history(ev, &ev->histories.v[i], day);
}

static void add_newest(struct evaluation *ev, const char *table, const struct day_set *days,
                       day_t day, table_days *out) {
  day_t newest = days ? day_set_last(days, day) : DAY_NONE;
  for (size_t i = 0; i < out->n; i++)
    if (strcmp(out->v[i].table, table) == 0) return;
  if (newest != DAY_NONE) VEC_PUSH(ev->arena, out, ((struct table_day){table, newest}));
}

void evaluation_newest_days(struct evaluation *ev, day_t day, table_days *out) {
  *out = (table_days){0};
  for (size_t d = 0; d < ev->plan->domains.n; d++) {
    const struct entity *e = ev->plan->domains.v[d].entity;
    if (e && e->event) add_newest(ev, e->table, ev->days[d], day, out);
  }
  for (size_t i = 0; i < ev->histories.n; i++)
    add_newest(ev, ev->histories.v[i].attr->history.table, ev->histories.v[i].days, day, out);
}

static void add_stopped(struct evaluation *ev, const char *table, day_t newest, table_days *out) {
  for (size_t i = 0; i < out->n; i++)
    if (strcmp(out->v[i].table, table) == 0) return;
  VEC_PUSH(ev->arena, out, ((struct table_day){table, newest}));
}

/* What is `fresh` becomes unknown instead, and opens nothing. */
static void stopped_events(struct evaluation *ev, const bool *read, day_t day, table_days *out) {
  for (size_t d = 0; d < ev->plan->domains.n; d++) {
    const struct entity *e = ev->plan->domains.v[d].entity;
    int n, usual;
    if (!read[d] || !e || !e->event || !ev->days[d] || e->life.fresh >= 0) continue;
    day_t newest = day_set_last(ev->days[d], day);
    if (newest == DAY_NONE) continue;
    usual = day_set_longest_gap(ev->days[d], newest, &n);
    if (is_quiet(e, day - newest, usual, n)) add_stopped(ev, e->table, newest, out);
  }
}

void evaluation_stopped(struct evaluation *ev, int node, day_t day, table_days *out) {
  bool *nodes = xcalloc(ev->plan->nodes.n + 1, sizeof *nodes);
  bool *read = xcalloc(ev->plan->domains.n + 1, sizeof *read);
  *out = (table_days){0};
  plan_reach(ev->plan, node, nodes);
  for (size_t i = 0; i < ev->plan->nodes.n; i++)
    if (nodes[i]) read[ev->plan->nodes.v[i].domain] = true;
  if (!ev->plan->excerpt) stopped_events(ev, read, day, out);
  free(nodes);
  free(read);
}

static void note_outside(struct evaluation *ev) {
  const struct calendar *c = ev->outside_of;
  char day[16], from[16], to[16];
  if (ev->outside == DAY_NONE || !c->n_fiscal) return;
  evaluation_note(ev,
                  "%s: its periods run from %s to %s: the fiscal month, quarter or year of other "
                  "days, such as %s, is unknown",
                  c->fiscal_table, day_text(c->fiscal[0].first, from),
                  day_text(c->fiscal[c->n_fiscal - 1].last, to), day_text(ev->outside, day));
}

/* A run refuses them (action/filled.h); elsewhere they are said. Rows of tests are an excerpt. */
static void note_empty(struct evaluation *ev) {
  for (size_t i = 0; i < ev->reads.n && !ev->plan->excerpt; i++) {
    const struct table_read *r = &ev->reads.v[i];
    if (!r->history && table_empty(r))
      evaluation_note(ev,
                      "%s has no rows: its load has failed, or write under entity %s: "
                      "may be empty",
                      r->table, r->entity->name);
  }
}

const char *const *evaluation_notes(struct evaluation *ev, day_t day) {
  note_empty(ev);
  note_days(ev, day);
  note_unreadable(ev);
  note_orphans(ev);
  note_undated(ev);
  note_outside(ev);
  const char **list = NEW_N(ev->arena, const char *, ev->notes.n + 1);
  for (size_t i = 0; i < ev->notes.n; i++) list[i] = ev->notes.v[i].text;
  return list;
}
