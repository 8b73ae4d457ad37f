/* Tables to held domains, and scans of the others. In: what the plan needs. Out: columns, keys,
 * links to parents. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/cell.h"
#include "data/cell_kind.h"
#include "eval/chunk.h"
#include "eval/evaluation.h"
#include "base/text.h"

/* ---- columns of a domain in one scan -------------------------------------------------- */

enum { NAMED_KEYS_MAX = 10 };

struct table_load {
  struct evaluation *ev;
  int domain;
  VEC(struct scan_column) columns;
  int *of_node;           /* by node: its column, -1 */
  int *of_edge;           /* by edge index: its key column, -1 */
  VEC(struct span) spans; /* by column */
  int key;                /* the entity's own key; -1 */
  struct keymap *twice;   /* keys that more than one row has; NULL: none */
  struct key **fk;        /* by edge index: keys of the rows read; held domains only */
  uint64_t **fk_valid;
  size_t cap;
  struct chunk *chunk;
  bool (*take)(void *ctx, struct chunk *f);
  void *ctx;
  bool again;      /* a second scan counts no orphans again, and no undated rows */
  int from, until; /* columns of the days of the rows' lives; -1 */
  bool through;    /* until is the last day, not the one after it */
  bool absence;    /* the days are those of an absence, which a row need not have */
};

static int add_column(struct table_load *r, struct scan_column c, struct span span) {
  VEC_PUSH(r->ev->arena, &r->columns, c);
  VEC_PUSH(r->ev->arena, &r->spans, span);
  return (int)r->columns.n - 1;
}

static bool is_own(const char *currency) { return same_text(currency, CURRENCY_OWN); }

static void plan_columns(struct table_load *r) {
  struct evaluation *ev = r->ev;
  const struct entity *ent = ev->plan->domains.v[r->domain].entity;
  r->of_node = NEW_N(ev->arena, int, ev->plan->nodes.n + 1);
  r->of_edge = NEW_N(ev->arena, int, ev->n_edges + 1);
  r->key = r->from = r->until = -1;
  r->through = ent->life.through;
  r->absence = ent->life.absence;
  bool held = ev->plan->domains.v[r->domain].materialised;
  if (ent->key && (held || ent->key_form.lenient))
    r->key =
        add_column(r,
                   (struct scan_column){
                       .column = ent->key, .kind = CELL_KEY, .what = "key", .form = ent->key_form},
                   ent->key_span);
  for (size_t i = 0; i < ev->plan->nodes.n; i++) {
    const struct node *n = &ev->plan->nodes.v[i];
    r->of_node[i] = -1;
    if (n->op != N_COLUMN || n->domain != r->domain || !ev->needed[i]) continue;
    const struct cell *c = &n->cell;
    r->of_node[i] = add_column(r,
                               (struct scan_column){.column = c->column,
                                                    .kind = cell_kind_of(&c->type, c->percent),
                                                    .what = c->what,
                                                    .form = c->form,
                                                    .currency = c->type.currency},
                               n->span);
    if (c->type.unit == U_DATE && ent->life.from && strcmp(c->column, ent->life.from) == 0)
      r->from = r->of_node[i];
    if (c->type.unit == U_DATE && ent->life.until && strcmp(c->column, ent->life.until) == 0)
      r->until = r->of_node[i];
    if (c->currency_column)
      add_column(r,
                 (struct scan_column){.column = c->currency_column,
                                      .kind = is_own(c->type.currency) ? CELL_CODE : CELL_CURRENCY,
                                      .what = c->what,
                                      .form = lenient_form(&c->form),
                                      .currency = c->type.currency},
                 n->span);
  }
  for (int e = 0; e < ev->n_edges; e++) {
    r->of_edge[e] = -1;
    const struct plan_edge *x = ev->plan->edges.v[e];
    if (x->child == r->domain && ev->edge_needed[e])
      r->of_edge[e] = add_column(r,
                                 (struct scan_column){.column = x->edge->column,
                                                      .kind = CELL_KEY,
                                                      .what = x->edge->parent->name,
                                                      .form = x->edge->form},
                                 x->edge->span);
  }
}

/* A blank currency leaves the amount beside it unknown. */
static void mask_currency(struct table_load *r, const struct batch *b) {
  for (size_t i = 1; i < r->columns.n; i++) {
    enum cell_kind kind = r->columns.v[i].kind;
    if ((kind != CELL_CURRENCY && kind != CELL_CODE) || r->columns.v[i - 1].kind != CELL_MONEY)
      continue;
    for (size_t w = 0; w < bit_words(b->n); w++)
      b->columns[i - 1].valid[w] &= b->columns[i].valid[w];
  }
}

static bool scan(struct table_load *r, const char *table, bool keep_texts,
                 bool (*take)(void *, const struct batch *)) {
  struct evaluation *ev = r->ev;
  struct scan s = {
      .table = table,
      .columns = r->columns.v,
      .n_columns = r->columns.n,
      .key_column = r->key,
      .leave_out_keyless = r->key >= 0 && ev->plan->domains.v[r->domain].entity->key_form.lenient,
      .tz = ev->plan->domains.v[r->domain].tz,
      .texts = keep_texts ? ev->texts : NULL,
      .keep_texts = keep_texts,
      .any_order = !ev->plan->domains.v[r->domain].materialised,
      .take = take,
      .ctx = r};
  struct diags problems = {.arena = ev->arena};
  if (ev->progress) ev->progress(ev->progress_ctx, table);
  bool good = dataset_scan(ev->dataset, &s, &problems);
  evaluation_scanned(ev, &s, ev->plan->domains.v[r->domain].entity, NULL);
  if (problems.errors) evaluation_fail_as(ev, diags_error(&problems));
  return good;
}

/* ---- held domains --------------------------------------------------------------------- */

static void add_days(const struct table_load *r, const struct batch *b, struct day_set **days,
                     struct arena *a) {
  if (r->from < 0) return;
  if (!*days) *days = NEW(a, struct day_set);
  day_set_add(*days, &b->columns[r->from], b->n);
}

static void make_room(struct table_load *r, size_t rows) {
  struct evaluation *ev = r->ev;
  if (rows <= r->cap) return;
  size_t cap = r->cap ? r->cap * 2 : 4096;
  while (cap < rows) cap *= 2;
  for (size_t i = 0; i < ev->plan->nodes.n; i++)
    if (r->of_node[i] >= 0) materialised_grow(ev, (int)i, cap);
  for (int e = 0; e < ev->n_edges; e++) {
    if (r->of_edge[e] < 0) continue;
    r->fk[e] = xrealloc(r->fk[e], cap * sizeof **r->fk);
    r->fk_valid[e] = xrealloc(r->fk_valid[e], bit_words(cap) * 8);
    memset(r->fk_valid[e] + bit_words(r->cap), 0, (bit_words(cap) - bit_words(r->cap)) * 8);
  }
  r->cap = cap;
}

static bool add_key(struct table_load *r, const struct batch *b, size_t i) {
  struct evaluation *ev = r->ev;
  const struct entity *ent = ev->plan->domains.v[r->domain].entity;
  const struct column *c = &b->columns[r->key];
  struct rows *rows = &ev->rows[r->domain];
  if (!bit_get(c->valid, i)) {
    evaluation_fail(ev, V0505,
                    "%s: row %zu has no key (the column %s is empty): every %s needs one; leave "
                    "such rows out with a view",
                    ent->table, rows->n + 1, ent->key, ent->name);
    return false;
  }
  bool added;
  keymap_add(rows->keys, c->key[i], &added);
  if (added) return true;
  if (!r->twice) r->twice = keymap_new();
  keymap_add(r->twice, c->key[i], &added);
  return true; /* the rest is read to name the other ones too */
}

static void fail_duplicates(struct table_load *r, const struct entity *ent) {
  struct evaluation *ev = r->ev;
  size_t n = keymap_size(r->twice);
  const char *keys = key_name(ev->arena, keymap_key(r->twice, 0));
  for (size_t i = 1; i < n && i < NAMED_KEYS_MAX; i++)
    keys = arena_printf(ev->arena, "%s, %s", keys,
                        key_name(ev->arena, keymap_key(r->twice, (int32_t)i)));
  if (n > NAMED_KEYS_MAX)
    keys = arena_printf(ev->arena, "%s and %zu more", keys, n - NAMED_KEYS_MAX);
  evaluation_fail(ev, V0505,
                  "%s: several rows have the %s %s (column %s): each %s must be there once; "
                  "look at the export, or choose another key column",
                  ent->table, plural(n, "key", "keys"), keys, ent->key, ent->name);
  keymap_free(r->twice);
}

static bool take_held(void *ctx, const struct batch *b) {
  struct table_load *r = ctx;
  struct evaluation *ev = r->ev;
  struct rows *rows = &ev->rows[r->domain];
  mask_currency(r, b);
  ev->undated[r->domain] += batch_undated(b, r->from, r->until, r->through, r->absence);
  add_days(r, b, &ev->days[r->domain], ev->arena);
  make_room(r, rows->n + b->n);
  for (size_t i = 0; i < b->n; i++, rows->n++)
    if (r->key >= 0 && !add_key(r, b, i)) return false;
  size_t base = rows->n - b->n;
  for (size_t k = 0; k < ev->plan->nodes.n; k++)
    if (r->of_node[k] >= 0)
      for (size_t i = 0; i < b->n; i++)
        column_copy(&ev->materialised[k].col, base + i, &b->columns[r->of_node[k]], i);
  for (int e = 0; e < ev->n_edges; e++) {
    if (r->of_edge[e] < 0) continue;
    const struct column *c = &b->columns[r->of_edge[e]];
    for (size_t i = 0; i < b->n; i++) {
      bool known = bit_get(c->valid, i);
      bit_put(r->fk_valid[e], base + i, known);
      if (known) r->fk[e][base + i] = c->key[i];
    }
  }
  return true;
}

static void link_rows(struct table_load *r) {
  struct evaluation *ev = r->ev;
  struct rows *rows = &ev->rows[r->domain];
  for (int e = 0; e < ev->n_edges; e++) {
    if (r->of_edge[e] < 0) continue;
    int parent = ev->plan->edges.v[e]->parent;
    rows->links[e] = NEW_N(ev->arena, int32_t, rows->n + 64);
    for (size_t at = 0; at < rows->n; at += BATCH) {
      size_t n = rows->n - at < BATCH ? rows->n - at : BATCH;
      struct column keys = {.key = r->fk[e] + at, .valid = r->fk_valid[e] + at / 64};
      keymap_find_many(ev->rows[parent].keys, &keys, n, rows->links[e] + at);
      for (size_t i = 0; i < n; i++)
        ev->orphans[e] += rows->links[e][at + i] < 0 && bit_get(keys.valid, i);
    }
    free(r->fk[e]);
    free(r->fk_valid[e]);
  }
}

static bool load_one(struct table_load *r) {
  struct evaluation *ev = r->ev;
  const struct entity *ent = ev->plan->domains.v[r->domain].entity;
  ev->rows[r->domain].keys = keymap_new();
  ev->rows[r->domain].links = NEW_N(ev->arena, int32_t *, ev->n_edges + 1);
  plan_columns(r);
  r->fk = NEW_N(ev->arena, struct key *, ev->n_edges + 1);
  r->fk_valid = NEW_N(ev->arena, uint64_t *, ev->n_edges + 1);
  make_room(r, 1);
  bool good = scan(r, ent->table, true, take_held);
  keymap_index(ev->rows[r->domain].keys);
  /* the scan's own mistake, when there is one, came first */
  if (r->twice) fail_duplicates(r, ent);
  if (!good || r->twice) return false;
  for (size_t i = 0; i < ev->plan->nodes.n; i++)
    if (r->of_node[i] >= 0) ev->materialised[i].ready = true;
  return true;
}

bool load_held(struct evaluation *ev) {
  size_t n = ev->plan->domains.n;
  struct table_load *all = NEW_N(ev->arena, struct table_load, n);
  bool good = true;
  for (size_t d = 1; d < n && good; d++) {
    all[d].ev = ev;
    all[d].domain = (int)d;
    if (ev->plan->domains.v[d].kind == DOM_ENTITY && ev->plan->domains.v[d].materialised)
      good = load_one(&all[d]);
  }
  for (size_t d = 1; d < n; d++) {
    if (!all[d].fk) continue;
    if (good)
      link_rows(&all[d]);
    else
      for (int e = 0; e < ev->n_edges; e++) free(all[d].fk[e]), free(all[d].fk_valid[e]);
  }
  return good && check_trees(ev);
}

/* ---- domains that stream by ----------------------------------------------------------- */

static void count_orphans(struct table_load *r, const struct batch *b) {
  for (int e = 0; e < r->ev->n_edges; e++) {
    if (r->of_edge[e] < 0) continue;
    const int32_t *links = chunk_links(r->chunk, r->ev->plan->edges.v[e]);
    const uint64_t *valid = b->columns[r->of_edge[e]].valid;
    long n = 0;
    for (size_t i = 0; i < b->n; i++) n += links[i] < 0 && bit_get(valid, i);
    r->chunk->orphans[e] += n;
  }
}

static bool take_streamed(void *ctx, const struct batch *b) {
  struct table_load *r = ctx;
  mask_currency(r, b);
  chunk_batch_rows(r->chunk, b, r->of_node, r->of_edge);
  if (!r->again) {
    count_orphans(r, b);
    r->chunk->undated += batch_undated(b, r->from, r->until, r->through, r->absence);
    add_days(r, b, &r->chunk->days, r->chunk->arena);
  }
  return r->take(r->ctx, r->chunk) && !r->chunk->failed;
}

bool scan_streamed(struct chunk *f, bool (*take)(void *ctx, struct chunk *f), void *ctx) {
  struct evaluation *ev = f->ev;
  struct table_load r = {.ev = ev,
                         .domain = f->domain,
                         .take = take,
                         .ctx = ctx,
                         .chunk = f,
                         .again = ev->rows[f->domain].n > 0};
  plan_columns(&r);
  bool good = scan(&r, ev->plan->domains.v[f->domain].entity->table, false, take_streamed);
  ev->rows[f->domain].n = 1;
  if (f->days) { /* now: the aggregates of the scan ask for them */
    if (!ev->days[f->domain]) ev->days[f->domain] = NEW(ev->arena, struct day_set);
    day_set_join(ev->days[f->domain], f->days);
  }
  return good;
}
