/* What the data holds. In: the declarations and a dataset. Out: facts about columns, keys and
 * relations, and what the rules say of the day. */
#include "lint/data.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/cell_kind.h"
#include "judge/judge.h"
#include "judge/times_check.h"

static const double BEYOND_THE_WHOLE = 1.05;
enum { DAYS_KEPT = 80000 }; /* days since 1900 that are told apart */

/* One column of a scan: where its values go. */
struct reader {
  struct column_facts *column;
  struct key_facts *key;
  struct edge_facts *edge;
  const struct keymap *parents;
  enum unit_class class;
  uint64_t *days;
  const struct str *last; /* the text of the row before */
};

struct column_scan {
  struct lint *l;
  VEC(struct scan_column) columns;
  VEC(struct reader) readers;
};

static void take_number(struct reader *r, double v) {
  struct column_facts *f = r->column;
  if (v < f->lo) f->lo = v;
  if (v > f->hi) f->hi = v;
  if (v > 0 && v < f->least) f->least = v;
  double day = v + 25567; /* 1900-01-01 */
  if (!r->days || day < 0 || day >= DAYS_KEPT || bit_get(r->days, (size_t)day)) return;
  bit_set(r->days, (size_t)day);
  f->days++;
}

static void take_text(struct column_scan *x, struct reader *r, const struct str *s) {
  struct column_facts *f = r->column;
  if (s == r->last || f->too_many) return;
  r->last = s;
  if (map_get(&f->seen, s->s)) return;
  if (f->texts.n == DISTINCT_MAX) {
    f->too_many = true;
    return;
  }
  const char *copy = arena_strndup(x->l->a, s->s, s->n);
  map_put(&f->seen, x->l->a, copy, f);
  VEC_PUSH(x->l->a, &f->texts, copy);
}

static void take_values(struct column_scan *x, struct reader *r, const struct column *c, size_t n) {
  struct column_facts *f = r->column;
  f->rows += (long)n;
  for (size_t i = 0; i < n; i++) {
    if (!bit_get(c->valid, i)) continue;
    f->known++;
    if (r->class == CLASS_TXT)
      take_text(x, r, c->txt[i]);
    else if (r->class != CLASS_BOOL)
      take_number(r, c->num[i]);
  }
}

/* Which row comes first depends on where the table lies: examples are the least keys. */
static bool comes_before(struct key k, const char *so_far) {
  struct key have;
  if (!so_far) return true;
  bool whole = key_is_integer(so_far, strlen(so_far), &have);
  if (!k.text || whole) return !k.text && (!whole || k.number < have.number);
  return strcmp(k.text->s, so_far) < 0;
}

static void take_example(const struct column_scan *x, struct key k, const char **example) {
  if (comes_before(k, *example)) *example = key_text(x->l->a, k);
}

static void take_keys(struct column_scan *x, struct key_facts *f, const struct column *c,
                      size_t n) {
  f->rows += (long)n;
  for (size_t i = 0; i < n; i++) {
    bool added = false;
    if (bit_get(c->valid, i))
      keymap_add(f->keys, c->key[i], &added);
    else
      f->empty++;
    if (added || !bit_get(c->valid, i)) continue;
    f->doubled++;
    take_example(x, c->key[i], &f->example);
  }
}

/* Is it several keys of the parent in one cell: 501;502? */
static bool is_list(const struct keymap *parents, const char *text) {
  static const char separators[] = ";,|";
  size_t n = 0;
  for (const char *sep = separators; *sep && !n; sep++) {
    if (!strchr(text, *sep)) continue;
    struct dict *d = dict_new();
    bool all = true;
    for (const char *part = text; part && all; n++) {
      const char *end = strchr(part, *sep);
      struct key k;
      size_t len = end ? (size_t)(end - part) : strlen(part);
      all = key_from_text(d, part, len, &k) && keymap_find(parents, k) >= 0;
      part = end ? end + 1 : NULL;
    }
    dict_free(d);
    if (!all) n = 0;
  }
  return n > 1;
}

static void take_edges(struct column_scan *x, struct reader *r, const struct column *c, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (!bit_get(c->valid, i)) continue;
    r->edge->rows++;
    if (keymap_find(r->parents, c->key[i]) >= 0) continue;
    r->edge->orphans++;
    take_example(x, c->key[i], &r->edge->example);
    if (!c->key[i].text || !is_list(r->parents, c->key[i].text->s)) continue;
    r->edge->lists++;
    take_example(x, c->key[i], &r->edge->list_example);
  }
}

static bool take_batch(void *ctx, const struct batch *b) {
  struct column_scan *x = ctx;
  for (size_t i = 0; i < x->readers.n; i++) {
    struct reader *r = &x->readers.v[i];
    r->last = NULL; /* texts may have moved between two batches */
    if (r->column) take_values(x, r, &b->columns[i], b->n);
    if (r->key) take_keys(x, r->key, &b->columns[i], b->n);
    if (r->edge) take_edges(x, r, &b->columns[i], b->n);
  }
  return true;
}

static int by_bytes(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void order_texts(const struct column_scan *x) {
  for (size_t i = 0; i < x->readers.n; i++) {
    struct column_facts *f = x->readers.v[i].column;
    if (f && f->texts.n) qsort(f->texts.v, f->texts.n, sizeof *f->texts.v, by_bytes);
  }
}

/* False when a cell cannot be read: reported, as `check` reports it. What a `one of` does not list
 * is read here: V1301 reports all of it at once. */
static bool scan(struct column_scan *x, const char *table, struct span at) {
  struct lint *l = x->l;
  for (size_t i = 0; i < x->columns.n; i++)
    x->columns.v[i].form.one_of = NULL, x->columns.v[i].form.n_one_of = 0;
  struct scan s = {.table = table,
                   .at = at,
                   .columns = x->columns.v,
                   .n_columns = x->columns.n,
                   .key_column = -1,
                   .tz = l->rs->tz,
                   .take = take_batch,
                   .ctx = x,
                   .look = times_check_look,
                   .look_ctx = times_check_new(l->rs, x->columns.v, x->columns.n)};
  if (!x->columns.n) return true;
  bool good = dataset_scan(l->options->db, &s, &l->findings);
  times_check_report(s.look_ctx, table, &l->findings);
  order_texts(x);
  return good;
}

static void add_column(struct column_scan *x, struct scan_column c, struct column_facts *f,
                       enum unit_class class) {
  struct reader r = {.column = f, .class = class};
  f->lo = f->least = INFINITY, f->hi = -INFINITY;
  f->column = c.column;
  c.at = f->span;
  if (class == CLASS_DAY) r.days = NEW_N(x->l->a, uint64_t, bit_words(DAYS_KEPT));
  VEC_PUSH(x->l->a, &x->columns, c);
  VEC_PUSH(x->l->a, &x->readers, r);
}

static struct column_facts *new_column(struct lint *l, const char *what, struct span at,
                                       const struct attr *attr, const char *table) {
  struct column_facts *f = NEW(l->a, struct column_facts);
  f->what = what;
  f->span = at;
  f->attr = attr;
  f->table = table;
  return f;
}

static void keep(struct lint *l, const struct column_scan *x) {
  for (size_t i = 0; i < x->readers.n; i++) {
    if (x->readers.v[i].column) VEC_PUSH(l->a, &l->data->columns, x->readers.v[i].column);
    if (x->readers.v[i].edge) VEC_PUSH(l->a, &l->data->edges, x->readers.v[i].edge);
  }
}

static void read_keys(struct lint *l, const struct entity *e) {
  struct column_scan x = {.l = l};
  struct key_facts *f = NEW(l->a, struct key_facts);
  f->entity = e;
  f->keys = keymap_new();
  struct scan_column c = {.column = e->key, .kind = CELL_KEY, .what = "key", .form = e->key_form};
  struct reader r = {.key = f};
  VEC_PUSH(l->a, &x.columns, c);
  VEC_PUSH(l->a, &x.readers, r);
  scan(&x, e->table, e->key_span);
  VEC_PUSH(l->a, &l->data->keys, f);
}

static const struct keymap *keys_of(const struct lint *l, const struct entity *e) {
  for (size_t i = 0; i < l->data->keys.n; i++)
    if (l->data->keys.v[i]->entity == e) return l->data->keys.v[i]->keys;
  return NULL;
}

static void read_entity(struct lint *l, const struct entity *e) {
  struct column_scan x = {.l = l};
  for (size_t i = 0; i < e->attrs.n; i++) {
    const struct attr *at = e->attrs.v[i];
    if (at->kind != ATTR_COLUMN) continue;
    struct scan_column c = {.column = at->column,
                            .kind = cell_kind_of(&at->type, at->percent_column),
                            .what = at->name,
                            .form = at->form,
                            .currency = at->currency_column ? NULL : at->type.currency};
    add_column(&x, c, new_column(l, at->name, at->span, at, e->table), unit_class(at->type.unit));
  }
  if (e->event) {
    struct scan_column c = {
        .column = e->life.from, .kind = CELL_DATE, .what = "at", .form = e->life.from_form};
    add_column(&x, c, new_column(l, e->name, e->life_span, NULL, e->table), CLASS_DAY);
  }
  for (size_t i = 0; i < e->edges.n; i++) {
    struct edge_facts *f = NEW(l->a, struct edge_facts);
    struct reader r = {.edge = f, .parents = keys_of(l, e->edges.v[i]->parent)};
    struct scan_column c = {.column = e->edges.v[i]->column,
                            .kind = CELL_KEY,
                            .what = e->edges.v[i]->parent->name,
                            .form = e->edges.v[i]->form};
    f->edge = e->edges.v[i];
    if (!r.parents) continue;
    VEC_PUSH(l->a, &x.columns, c);
    VEC_PUSH(l->a, &x.readers, r);
  }
  if (scan(&x, e->table, e->table_span)) keep(l, &x);
}

static void read_history(struct lint *l, const struct attr *at) {
  struct column_scan x = {.l = l};
  const struct history *h = &at->history;
  struct scan_column value = {.column = h->value,
                              .kind = cell_kind_of(&at->type, at->percent_column),
                              .what = at->name,
                              .form = at->form,
                              .currency = at->type.currency};
  struct scan_column day = {
      .column = h->at, .kind = CELL_DATE, .what = at->name, .form = h->day_form};
  add_column(&x, value, new_column(l, at->name, at->span, at, h->table), unit_class(at->type.unit));
  add_column(&x, day, new_column(l, at->name, h->span, NULL, h->table), CLASS_DAY);
  if (scan(&x, h->table, h->span)) keep(l, &x);
}

/* A run ends at such a value. */
static bool holds_unlisted(const struct column_facts *f) {
  for (size_t i = 0; f->attr && f->attr->one_of.n && i < f->texts.n; i++)
    if (!attr_lists(f->attr, f->texts.v[i])) return true;
  return false;
}

static bool can_run(const struct lint *l) {
  bool can = (l->rs->rules.n || l->rs->kpis.n) && !l->findings.errors;
  for (size_t i = 0; i < l->data->keys.n; i++) can &= !l->data->keys.v[i]->doubled;
  for (size_t i = 0; i < l->data->columns.n; i++) can &= !holds_unlisted(l->data->columns.v[i]);
  return can;
}

static void note_kpi(struct lint *l, const struct term *t) {
  while (t->kind == T_PARENT || t->kind == T_AGO) t = t->a;
  if (t->kind != T_KPI || values_of(l, t->kpi)) return;
  struct kpi_facts f = {.kpi = t->kpi, .lo = INFINITY, .hi = -INFINITY, .least = INFINITY};
  VEC_PUSH(l->a, &l->data->kpis, f);
}

/* The KPIs that are compared, or move in a comparison: their values are looked at. */
static void note_compared(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind == T_MOVE) note_kpi(l, t->a);
  if (t->kind != T_CMP) return;
  note_kpi(l, t->a);
  note_kpi(l, t->b);
}

static void note_kpis(struct lint *l) {
  const struct ruleset *rs = l->rs;
  terms_each(l, KIND(T_MOVE) | KIND(T_CMP), note_compared, l);
  for (size_t i = 0; i < rs->targets.n; i++)
    if (rs->targets.v[i]->measure) note_kpi(l, rs->targets.v[i]->measure);
  for (size_t i = 0; i < rs->kpis.n; i++) {
    const struct kpi *k = rs->kpis.v[i];
    struct term named = {.kind = T_KPI, .kpi = rs->kpis.v[i]};
    if (k->green.set || k->amber.set || k->red.set || k->needs) note_kpi(l, &named);
  }
}

static void take_kpi(struct kpi_facts *f, const struct kpi_day *day, bool today) {
  for (size_t i = 0; i < day->n; i++) {
    const struct value *v = &day->values[i].value;
    if (!v->known || unit_class(v->type.unit) != CLASS_NUM) continue;
    f->known++;
    f->lo = fmin(f->lo, v->num), f->hi = fmax(f->hi, v->num);
    if (v->num > 0) f->least = fmin(f->least, v->num);
    f->beyond += v->num > BEYOND_THE_WHOLE;
    if (today && day->n == 1) f->said_today = true, f->today = v->num;
  }
}

/* The rules on the day, and on some days of the year before: does each act on one of them? */
static void judge(struct lint *l) {
  static const int ago[] = {0, 30, 91, 182, 273, 365};
  enum { DAYS = sizeof ago / sizeof *ago };
  struct data_facts *d = l->data;
  struct judge_entry days[DAYS];
  note_kpis(l);
  struct kpi **moving = NEW_N(l->a, struct kpi *, d->kpis.n + 1);
  for (size_t i = 0; i < d->kpis.n; i++) moving[i] = d->kpis.v[i].kpi;
  for (size_t i = 0; i < DAYS; i++)
    days[i] = (struct judge_entry){.rs = l->rs,
                                   .day = l->options->today - ago[i],
                                   .want = WANT_RULES | WANT_TARGETS,
                                   .kpis = moving,
                                   .n_kpis = d->kpis.n,
                                   .arena = i ? NULL : l->a};
  struct judge_request request = {.dataset = l->options->db,
                                  .entries = days,
                                  .n_entries = DAYS,
                                  .plan = plan_new(l->rs, l->a),
                                  .arena = l->a};
  struct judgement *j = judge_begin(&request);
  if (request.plan->outside) { /* the fiscal periods do not reach back so far: today alone */
    judge_end(j);
    request.plan = plan_new(l->rs, l->a);
    request.n_entries = 1;
    j = judge_begin(&request);
  }
  struct verdicts *v;
  bool good = true;
  while (good && judge_left(j)) {
    good = judge_next(j, &v, l->problems);
    if (!good) break;
    bool first = !d->verdicts;
    if (first) {
      d->verdicts = v;
      d->fired = NEW_N(l->a, bool, v->n_rules + 1);
      d->always = NEW_N(l->a, bool, v->n_rules + 1);
    }
    d->days_looked_at++;
    for (size_t k = 0; k < d->kpis.n; k++) take_kpi(&d->kpis.v[k], &v->kpis[k], first);
    for (size_t k = 0; k < v->n_rules; k++) {
      bool all = v->rules[k].rows > 0 && (long)v->rules[k].n_hits == v->rules[k].rows;
      d->fired[k] |= v->rules[k].n_hits > 0;
      d->always[k] = all && (first || d->always[k]);
    }
  }
  judge_end(j);
}

void data_gather(struct lint *l) {
  l->data = NEW(l->a, struct data_facts);
  for (size_t i = 0; i < l->rs->entities.n; i++)
    if (l->rs->entities.v[i]->key) read_keys(l, l->rs->entities.v[i]);
  for (size_t i = 0; i < l->rs->entities.n; i++) {
    const struct entity *e = l->rs->entities.v[i];
    read_entity(l, e);
    for (size_t k = 0; k < e->attrs.n; k++)
      if (e->attrs.v[k]->kind == ATTR_HISTORY) read_history(l, e->attrs.v[k]);
  }
  if (can_run(l)) judge(l);
}

void data_release(struct lint *l) {
  if (!l->data) return;
  for (size_t i = 0; i < l->data->keys.n; i++) keymap_free(l->data->keys.v[i]->keys);
}

const struct column_facts *column_of(const struct lint *l, const struct attr *at) {
  for (size_t i = 0; i < l->data->columns.n; i++)
    if (l->data->columns.v[i]->attr == at) return l->data->columns.v[i];
  return NULL;
}

const struct kpi_facts *values_of(const struct lint *l, const struct kpi *k) {
  for (size_t i = 0; i < l->data->kpis.n; i++)
    if (l->data->kpis.v[i].kpi == k) return &l->data->kpis.v[i];
  return NULL;
}

bool attr_lists(const struct attr *at, const char *text) {
  for (size_t i = 0; i < at->form.n_one_of; i++)
    if (strcmp(at->form.one_of[i], text) == 0) return true;
  return false;
}

bool column_texts(struct lint *l, const char *table, const char *column, struct column_facts *out) {
  struct column_scan x = {.l = l};
  struct diags problems = {.arena = l->a};
  *out = (struct column_facts){.table = table};
  add_column(&x, (struct scan_column){.column = column, .kind = CELL_TEXT, .what = column}, out,
             CLASS_TXT);
  struct scan s = {.table = table,
                   .columns = x.columns.v,
                   .n_columns = 1,
                   .key_column = -1,
                   .take = take_batch,
                   .ctx = &x};
  return dataset_scan(l->options->db, &s, &problems);
}
