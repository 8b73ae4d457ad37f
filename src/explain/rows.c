/* The rows behind aggregates. In: an evaluation that has run, and the aggregates of a tree. Out:
 * for each the rows that went into it for the explained row: how many, and the few with the
 * greatest values (or the newest). One scan a table. */
#include <math.h>
#include <string.h>

#include "eval/results.h"
#include "explain/tree.h"

struct row_trace {
  struct tree *x;
  int source;
};

static struct value cell(struct row_trace *t, struct chunk *f, int node, size_t i) {
  if (node < 0) return (struct value){0};
  const struct column *c = chunk_column(f, node);
  struct value v = {.type = t->x->p->nodes.v[node].type, .known = bit_get(c->valid, i)};
  if (!v.known) return v;
  if (c->txt)
    v.text = arena_strdup(t->x->p->arena, c->txt[i]->s);
  else
    v.num = c->num ? c->num[i] : (double)bit_get(c->yes, i);
  return v;
}

/* Of a minimum the smallest rows count, of other numbers the greatest; else the newest. */
static double weight(const struct agg_rows *r, enum agg_fn fn, const struct value *value,
                     const struct value *day) {
  bool number = r->value >= 0 && value->known && !value->text;
  if (number && fn == AGG_MIN) return -value->num;
  if (number && fn != AGG_LATEST && fn != AGG_DISTINCT) return fabs(value->num);
  return day->known ? day->num : 0;
}

static void take_row(struct row_trace *t, struct chunk *f, struct agg_rows *r, size_t i) {
  enum agg_fn fn = t->x->p->nodes.v[r->node].agg->fn;
  double heavy = 0;
  r->n++;
  if (r->n_shown == AGG_ROWS_SHOWN) { /* most rows end here: nothing is copied for them */
    struct value value = {0}, day = {0};
    const struct column *v = r->value >= 0 ? chunk_column(f, r->value) : NULL,
                        *d = r->day >= 0 ? chunk_column(f, r->day) : NULL;
    if (v && v->num && bit_get(v->valid, i))
      value = (struct value){.known = true, .num = v->num[i]};
    if (d && bit_get(d->valid, i)) day = (struct value){.known = true, .num = d->num[i]};
    heavy = weight(r, fn, &value, &day);
    if (heavy <= r->shown[AGG_ROWS_SHOWN - 1].weight) return;
    r->n_shown--;
  }
  struct agg_row row = {.day = cell(t, f, r->day, i), .value = cell(t, f, r->value, i)};
  row.day.type.unit = U_DATE;
  row.weight = weight(r, fn, &row.value, &row.day);
  row.key = cell(t, f, r->key, i).text;
  row.label = cell(t, f, r->label, i).text;
  size_t at = r->n_shown++;
  for (; at > 0 && r->shown[at - 1].weight < row.weight; at--) r->shown[at] = r->shown[at - 1];
  r->shown[at] = row;
}

/* Does the row certainly meet it (1), certainly not (-1), or can that not be told (0)? */
static int meets(struct chunk *f, int node, size_t i) {
  const struct column *c = node >= 0 ? chunk_column(f, node) : NULL;
  if (!c) return 1;
  return !bit_get(c->valid, i) ? 0 : bit_get(c->yes, i) ? 1 : -1;
}

static int least(int a, int b) { return a < b ? a : b; }

static void take_aggregate(struct row_trace *t, struct chunk *f, struct agg_rows *r) {
  const struct plan_agg *g = t->x->p->nodes.v[r->node].agg;
  uint64_t mask[BATCH / 64];
  chunk_falls_into(f, r->node, r->place->row, mask);
  const struct column *value = g->n_values ? chunk_column(f, g->values[0]) : NULL;
  for (size_t i = 0; i < f->n; i++) {
    if (!bit_get(mask, i)) continue;
    int in = least(meets(f, g->visible, i), least(meets(f, g->period, i), meets(f, g->where, i)));
    if (in > 0 && value && !bit_get(value->valid, i)) in = 0;
    if (in > 0 && value && g->fn == AGG_SHARE && !bit_get(value->yes, i)) in = -1;
    r->n_unknown += in == 0;
    if (in > 0) take_row(t, f, r, i);
  }
}

static bool take_chunk(void *ctx, struct chunk *f) {
  struct row_trace *t = ctx;
  for (size_t i = 0; i < t->x->aggregates.n; i++)
    if (t->x->aggregates.v[i]->source == t->source && t->x->aggregates.v[i]->place->row >= 0)
      take_aggregate(t, f, t->x->aggregates.v[i]);
  return true;
}

/* The rows of a group are in its currency. */
static void name_currency(struct evaluation *ev, struct agg_rows *r) {
  for (size_t i = 0; i < (size_t)r->n_shown; i++)
    evaluation_own_money(ev, r->place->domain, r->place->row, &r->shown[i].value);
}

bool tree_fill_rows(struct tree *x, struct evaluation *ev, struct diags *problems) {
  bool *done = NEW_N(x->p->arena, bool, x->p->domains.n);
  for (size_t i = 0; i < x->aggregates.n; i++) {
    struct row_trace t = {.x = x, .source = x->aggregates.v[i]->source};
    if (done[t.source]) continue;
    done[t.source] = true;
    if (!evaluation_scan(ev, t.source, take_chunk, &t, problems)) return false;
  }
  for (size_t i = 0; i < x->aggregates.n; i++) name_currency(ev, x->aggregates.v[i]);
  return true;
}
