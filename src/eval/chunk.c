/* Chunks. In: rows of a domain. Out: columns of nodes over them, each computed once. */
#include "eval/chunk.h"

#include <stdarg.h>
#include <string.h>

#include "base/check.h"
#include "eval/evaluation.h"
#include "eval/tuple.h"

struct chunk *chunk_new(struct evaluation *ev, int domain) {
  struct arena *a = arena_new();
  struct chunk *f = NEW(a, struct chunk);
  f->ev = ev;
  f->domain = domain;
  f->arena = a;
  f->scratch = arena_new();
  f->cols = NEW_N(a, struct column, ev->plan->nodes.n + 1);
  f->done = NEW_N(a, uint64_t, ev->plan->nodes.n + 1);
  f->lasts = NEW_N(a, bool, ev->plan->nodes.n + 1);
  f->links = NEW_N(a, int32_t *, ev->n_edges + 1);
  f->links_done = NEW_N(a, uint64_t, ev->n_edges + 1);
  f->partial = NEW_N(a, struct partial_rows, ev->plan->nodes.n + 1);
  f->visits = NEW_N(a, struct visit, ev->plan->nodes.n + 1);
  f->texts = dict_new();
  f->patterns = NEW_N(a, struct pattern *, ev->plan->nodes.n + 1);
  f->groups = NEW_N(a, struct tuple_set *, ev->plan->domains.n + 1);
  f->orphans = NEW_N(a, long, ev->n_edges + 1);
  f->outside = DAY_NONE;
  return f;
}

void chunk_report(struct chunk *f) {
  struct evaluation *ev = f->ev;
  if (f->error) evaluation_fail_as(ev, f->error);
  for (int e = 0; e < ev->n_edges; e++) {
    ev->orphans[e] += f->orphans[e];
    f->orphans[e] = 0;
  }
  ev->undated[f->domain] += f->undated;
  f->undated = 0;
  if (f->outside == DAY_NONE || (ev->outside != DAY_NONE && f->outside >= ev->outside)) return;
  ev->outside = f->outside;
  ev->outside_of = f->outside_of;
}

void chunk_free(struct chunk *f) {
  if (!f) return;
  struct evaluation *ev = f->ev;
  chunk_report(f);
  for (size_t i = 0; i < ev->plan->nodes.n; i++) pattern_free(f->patterns[i]);
  for (size_t d = 0; d < ev->plan->domains.n; d++) tuple_set_free(f->groups[d]);
  dict_free(f->texts);
  arena_free(f->scratch);
  arena_free(f->arena);
}

void chunk_fail(struct chunk *f, enum diag_code code, const char *fmt, ...) {
  struct diags own = {.arena = f->arena};
  f->failed = true;
  if (f->error) return;
  va_list ap;
  va_start(ap, fmt);
  f->error = diag_add_kind(&own, diag_kind(code), NO_SPAN, fmt, ap);
  va_end(ap);
}

/* One row out of many wants no columns of a whole batch: a plan of many days has thousands. */
static void make_room(struct chunk *f, size_t n) {
  if (n <= f->room) return;
  f->room = bit_words(n) * 64;
  memset(f->cols, 0, f->ev->plan->nodes.n * sizeof *f->cols);
  memset(f->lasts, 0, f->ev->plan->nodes.n * sizeof *f->lasts);
  memset(f->links, 0, (size_t)f->ev->n_edges * sizeof *f->links);
}

static void begin_rows(struct chunk *f, size_t n) {
  CHECK(n <= BATCH);
  make_room(f, n);
  f->stamp++;
  f->n = n;
  f->batch = NULL;
  f->rows = NULL;
  f->base = 0;
  if (f->stamp % 64 == 0) { /* texts that functions made are gone with their rows */
    arena_free(f->scratch);
    f->scratch = arena_new();
  }
}

void chunk_batch_rows(struct chunk *f, const struct batch *b, const int *batch_columns,
                      const int *link_columns) {
  begin_rows(f, b->n);
  f->batch = b;
  f->batch_columns = batch_columns;
  f->link_columns = link_columns;
}

void chunk_slice_rows(struct chunk *f, size_t base, size_t n) {
  begin_rows(f, n);
  CHECK(base % 64 == 0); /* a slice is read by words */
  f->base = base;
}

void chunk_chosen_rows(struct chunk *f, const int32_t *rows, size_t n) {
  begin_rows(f, n);
  f->rows = rows;
}

static bool is_held(const struct chunk *f, int node) {
  return !f->batch && f->ev->materialised[node].ready;
}

/* Chosen rows of a held column. */
static void choose(const struct chunk *f, const struct materialised *h, enum column_kind kind,
                   struct column *out) {
  for (size_t i = 0; i < f->n; i++) {
    int32_t r = f->rows[i];
    bit_put(out->valid, i, bit_get(h->col.valid, (size_t)r));
    if (kind == COL_NUM)
      out->num[i] = h->col.num[r];
    else if (kind == COL_TXT)
      out->txt[i] = h->col.txt[r];
    else
      bit_put(out->yes, i, bit_get(h->col.yes, (size_t)r));
  }
}

static void slice(const struct chunk *f, const struct materialised *h, struct column *out) {
  size_t word = f->base / 64;
  if (h->col.num) out->num = h->col.num + f->base;
  if (h->col.txt) out->txt = h->col.txt + f->base;
  if (h->col.yes) out->yes = h->col.yes + word;
  out->valid = h->col.valid + word;
}

/* column.h: yes is a subset of valid. */
__attribute__((unused)) static bool truth_is_known(const struct column *c, size_t n) {
  for (size_t w = 0; c->yes && w < bit_words(n); w++)
    if (c->yes[w] & ~c->valid[w]) return false;
  return true;
}

const struct column *chunk_column(struct chunk *f, int node) {
  struct column *c = &f->cols[node];
  if (f->done[node] == f->stamp || f->lasts[node]) return c;
  const struct node *n = &f->ev->plan->nodes.v[node];
  CHECK(n->domain == f->domain);
  DEBUG_CHECK(f->n <= f->room);
  bool slices = is_held(f, node) && !f->rows, streams = f->batch && n->op == N_COLUMN;
  if (!c->valid && !slices && !streams) *c = column_new(f->arena, n->col, f->room);
  f->done[node] = f->stamp;
  CHECK(!streams || f->batch_columns[node] >= 0);
  if (streams)
    *c = f->batch->columns[f->batch_columns[node]];
  else if (slices)
    slice(f, &f->ev->materialised[node], c);
  else if (is_held(f, node))
    choose(f, &f->ev->materialised[node], n->col, c);
  else
    kernel_compute(f, node, c);
  DEBUG_CHECK(truth_is_known(c, f->n));
  return c;
}

const int32_t *chunk_links(struct chunk *f, const struct plan_edge *e) {
  int x = e->index;
  CHECK(e->child == f->domain && e->parent >= 0);
  if (f->links_done[x] == f->stamp) return f->links[x];
  if (!f->links[x]) f->links[x] = NEW_N(f->arena, int32_t, f->room);
  f->links_done[x] = f->stamp;
  int32_t *out = f->links[x];
  if (!f->batch) {
    const int32_t *all = f->ev->rows[f->domain].links[x];
    for (size_t i = 0; i < f->n; i++) out[i] = all[chunk_row(f, i)];
    return out;
  }
  const struct column *keys = &f->batch->columns[f->link_columns[x]];
  keymap_find_many(f->ev->rows[e->parent].keys, keys, f->n, out);
  return out;
}
