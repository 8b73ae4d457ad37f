/* Aggregates that the dataset works out. In: N_AGG nodes over one table. Out: their held columns,
 * made of what the dataset says of each key: it is asked once for each column that leads to
 * another table, and once for the days of the rows. */
#include "eval/pushed.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/limits.h"
#include "data/cell_kind.h"
#include "eval/accumulate.h"
#include "eval/day_set.h"

struct pushed_agg {
  int node;
  const struct plan_agg *g;
  struct grouped_sum sum;
  struct range_column to; /* by target row */
  size_t rows;
};

/* One question: the aggregates that one column leads to, and those of the company. */
struct question {
  const struct plan_edge *edge; /* NULL: all rows together */
  VEC(struct pushed_agg *) aggs;
  long rows, orphans, odd;
};

struct push {
  struct evaluation *ev;
  int domain;
  const struct entity *entity;
  struct arena *a;
  struct dict *texts;
  VEC(struct pushed_agg *) aggs;
  VEC(struct question *) questions;
  const struct formula *odd;      /* rows without their day; NULL: none */
  const struct scan_column *from; /* the day from which rows exist; NULL: nobody reads it */
  struct day_set *days;
};

/* ---- what can be asked ---------------------------------------------------------------- */

static bool read_condition(struct push *x, int node, const struct formula **out) {
  return node < 0 || (*out = pushed_formula(x->ev, node, x->a));
}

static bool read_function(const struct plan_agg *g, enum grouped_how *how) {
  switch (g->fn) {
    case AGG_SUM:
    case AGG_AVG: *how = GROUPED_SUM; break;
    case AGG_COUNT:
    case AGG_SHARE: *how = GROUPED_COUNT; break;
    case AGG_MIN: *how = GROUPED_MIN; break;
    case AGG_MAX: *how = GROUPED_MAX; break;
    default: return false;
  }
  return g->n_values == (*how == GROUPED_COUNT ? g->n_values > 0 : 1);
}

/* Its rows go to the rows of an entity, or to the company: not to groups, nor up a tree. */
static struct pushed_agg *read_agg(struct push *x, int node) {
  const struct node *n = &x->ev->plan->nodes.v[node];
  const struct plan_agg *g = n->agg;
  struct pushed_agg *p = NEW(x->a, struct pushed_agg);
  *p = (struct pushed_agg){.node = node, .g = g, .rows = evaluation_domain_rows(x->ev, n->domain)};
  bool fits = n->col == COL_NUM && !g->up && g->grouping < 0 && read_function(g, &p->sum.how) &&
              read_condition(x, g->visible, &p->sum.visible) &&
              read_condition(x, g->period, &p->sum.period) &&
              read_condition(x, g->where, &p->sum.where) &&
              (!g->n_values || read_condition(x, g->values[0], &p->sum.value));
  if (fits && p->sum.how == GROUPED_COUNT && g->n_values)
    fits = x->ev->plan->nodes.v[g->values[0]].col == COL_BOOL;
  return fits ? p : NULL;
}

static struct question *question_of(struct push *x, const struct plan_edge *edge) {
  for (size_t i = 0; i < x->questions.n; i++)
    if (x->questions.v[i]->edge == edge) return x->questions.v[i];
  struct question *q = NEW(x->a, struct question);
  q->edge = edge;
  VEC_PUSH(x->a, &x->questions, q);
  return q;
}

/* What the company has goes along with a question that is asked anyway: a coordinator sends one
 * without a key to no node. */
static void add_questions(struct push *x) {
  for (size_t i = 0; i < x->aggs.n; i++)
    if (x->aggs.v[i]->g->n_path) question_of(x, x->aggs.v[i]->g->path[0]);
  if (!x->questions.n) question_of(x, NULL);
  for (size_t i = 0; i < x->aggs.n; i++) {
    struct pushed_agg *p = x->aggs.v[i];
    struct question *q = p->g->n_path ? question_of(x, p->g->path[0]) : x->questions.v[0];
    VEC_PUSH(x->a, &q->aggs, p);
  }
}

/* A column that leads nowhere is counted by its scan. */
static bool all_edges_are_asked(const struct push *x) {
  const struct evaluation *ev = x->ev;
  for (int e = 0; e < ev->n_edges; e++) {
    bool found = ev->plan->edges.v[e]->child != x->domain || !ev->edge_needed[e];
    for (size_t i = 0; i < x->questions.n; i++)
      found |= x->questions.v[i]->edge == ev->plan->edges.v[e];
    if (!found) return false;
  }
  return true;
}

/* ---- the lives of rows ---------------------------------------------------------------- */

/* The column of a day of the rows' lives, if anything of the plan reads it. False: it is read, and
 * cannot be asked for. */
static bool day_column(struct push *x, const char *column, const struct formula **out) {
  *out = NULL;
  const struct plan *p = x->ev->plan;
  for (size_t i = 0; column && i < p->nodes.n; i++) {
    const struct node *n = &p->nodes.v[i];
    if (n->op == N_COLUMN && n->domain == x->domain && x->ev->needed[i] &&
        n->cell.type.unit == U_DATE && strcmp(n->cell.column, column) == 0)
      return (*out = pushed_formula(x->ev, (int)i, x->a));
  }
  return true;
}

static const struct formula *both(struct push *x, enum formula_op op, const struct formula *a,
                                  const struct formula *b) {
  struct formula *f = NEW(x->a, struct formula);
  *f = (struct formula){.op = op, .a = a, .b = b};
  return f;
}

/* As batch_undated (data/scan.c). */
static const struct formula *undated(struct push *x, const struct formula *from,
                                     const struct formula *until) {
  const struct life *life = &x->entity->life;
  const struct formula *none = both(x, F_NOT, both(x, F_KNOWN, from, NULL), NULL);
  if (!until) return life->absence ? NULL : none;
  if (life->absence) none = both(x, F_AND, none, both(x, F_KNOWN, until, NULL));
  struct formula *one = NEW(x->a, struct formula);
  *one = (struct formula){.op = F_NUMBER, .k = life->through};
  return both(x, F_OR, none, both(x, F_LT, both(x, F_ADD, until, one), from));
}

static bool read_life(struct push *x) {
  const struct formula *from, *until;
  if (x->ev->rows[x->domain].n > 0) return true; /* a second look: it was noted then */
  if (!day_column(x, x->entity->life.from, &from) || !day_column(x, x->entity->life.until, &until))
    return false;
  if (!from) return true;
  x->odd = undated(x, from, until);
  x->from = &from->column;
  return true;
}

/* ---- what comes ----------------------------------------------------------------------- */

static void add_to(struct pushed_agg *p, int32_t row, const struct grouped_result *r) {
  struct range_column *to = &p->to;
  if (row < 0) return;
  CHECK((size_t)row < p->rows);
  bool first = to->taken[row] == 0;
  double was = to->total[row];
  if (r->taken && p->sum.how == GROUPED_MIN)
    to->total[row] = first || r->total < was ? r->total : was;
  else if (r->taken && p->sum.how == GROUPED_MAX)
    to->total[row] = first || r->total > was ? r->total : was;
  else if (r->taken)
    to->total[row] += r->total;
  to->taken[row] += (uint32_t)r->taken;
  to->out[row] += (uint32_t)r->out;
  to->missed[row] += (uint32_t)(r->met - r->taken - r->out);
}

struct taking {
  struct push *x;
  struct question *q;
};

/* From the row that the key names up the path of the aggregate. */
static int32_t target_row(const struct evaluation *ev, const struct plan_agg *g, int32_t row) {
  if (!g->n_path) return 0;
  for (int k = 1; k < g->n_path && row >= 0; k++)
    row = ev->rows[g->path[k]->child].links[g->path[k]->index][row];
  return row;
}

static void take_group(void *ctx, const struct grouped_row *row) {
  const struct taking *t = ctx;
  const struct evaluation *ev = t->x->ev;
  struct question *q = t->q;
  int32_t parent = -1;
  if (q->edge) {
    keymap_find_many(ev->rows[q->edge->parent].keys, row->key, 1, &parent);
    if (parent < 0 && bit_get(row->key->valid, 0)) q->orphans += row->rows;
  }
  q->rows += row->rows;
  q->odd += row->odd;
  for (size_t i = 0; i < q->aggs.n; i++)
    add_to(q->aggs.v[i], target_row(ev, q->aggs.v[i]->g, parent), &row->results[i]);
}

static void take_day(void *ctx, const struct grouped_row *row) {
  struct push *x = ctx;
  day_set_add(x->days, row->key, 1);
}

/* ---- asking --------------------------------------------------------------------------- */

static enum grouped_answer ask(struct push *x, struct question *q, struct diags *problems) {
  struct taking t = {x, q};
  struct grouped_sum *sums = NEW_N(x->a, struct grouped_sum, q->aggs.n + 1);
  for (size_t i = 0; i < q->aggs.n; i++) sums[i] = q->aggs.v[i]->sum;
  struct scan_column key = {.kind = CELL_KEY};
  if (q->edge) {
    key.column = q->edge->edge->column;
    key.what = q->edge->edge->parent->name;
    key.form = q->edge->edge->form;
    if (key.form.lenient) return GROUPED_NOT;
  }
  return dataset_grouped(x->ev->dataset,
                         &(struct grouped_scan){.table = x->entity->table,
                                                .key = q->edge ? &key : NULL,
                                                .odd = x->odd,
                                                .sums = sums,
                                                .n_sums = q->aggs.n,
                                                .texts = x->texts,
                                                .take = take_group,
                                                .ctx = &t},
                         problems);
}

static enum grouped_answer ask_days(struct push *x, struct diags *problems) {
  if (!x->from) return GROUPED_DONE;
  x->days = NEW(x->a, struct day_set);
  return dataset_grouped(
      x->ev->dataset,
      &(struct grouped_scan){
          .table = x->entity->table, .key = x->from, .texts = x->texts, .take = take_day, .ctx = x},
      problems);
}

/* ---- the results ---------------------------------------------------------------------- */

static void note_table(struct push *x) {
  struct evaluation *ev = x->ev;
  struct scan s = {.table = x->entity->table, .rows = x->questions.v[0]->rows};
  evaluation_scanned(ev, &s, x->entity, NULL);
  if (ev->rows[x->domain].n > 0) return;
  ev->rows[x->domain].n = 1;
  ev->undated[x->domain] += x->questions.v[0]->odd;
  for (size_t i = 0; i < x->questions.n; i++)
    if (x->questions.v[i]->edge)
      ev->orphans[x->questions.v[i]->edge->index] += x->questions.v[i]->orphans;
  if (!x->days) return;
  if (!ev->days[x->domain]) ev->days[x->domain] = NEW(ev->arena, struct day_set);
  day_set_join(ev->days[x->domain], x->days);
}

/* In the order of the nodes: the first day of a table before what asks for it. */
static void make_results(struct push *x) {
  note_table(x);
  for (size_t i = 0; i < x->aggs.n; i++) {
    struct pushed_agg *p = x->aggs.v[i];
    accumulator_make(x->ev, p->node, &p->to, p->rows, NULL);
  }
}

static bool read_all(struct push *x, const int *nodes, size_t n) {
  for (size_t i = 0; i < n; i++) {
    struct pushed_agg *p = read_agg(x, nodes[i]);
    if (!p) return false;
    VEC_PUSH(x->a, &x->aggs, p);
  }
  add_questions(x);
  return read_life(x) && all_edges_are_asked(x);
}

static enum grouped_answer ask_all(struct push *x) {
  struct diags problems = {.arena = x->ev->arena};
  enum grouped_answer answer = GROUPED_DONE;
  if (x->ev->progress) x->ev->progress(x->ev->progress_ctx, x->entity->table);
  for (size_t i = 0; i < x->questions.n && answer == GROUPED_DONE; i++)
    answer = ask(x, x->questions.v[i], &problems);
  if (answer == GROUPED_DONE) answer = ask_days(x, &problems);
  if (answer == GROUPED_FAILED) evaluation_fail_as(x->ev, diags_error(&problems));
  return answer;
}

enum grouped_answer push_aggregates(struct evaluation *ev, int domain, const int *nodes, size_t n) {
  const struct domain *d = &ev->plan->domains.v[domain];
  if (!n || n > GROUPED_SUMS_MAX || !dataset_groups(ev->dataset) || d->materialised ||
      d->kind != DOM_ENTITY || d->entity->key_form.lenient)
    return GROUPED_NOT;
  struct push x = {.ev = ev, .domain = domain, .entity = d->entity, .a = arena_new()};
  enum grouped_answer answer = GROUPED_NOT;
  if (read_all(&x, nodes, n)) {
    x.texts = dict_new();
    for (size_t i = 0; i < x.aggs.n; i++) range_column_new(&x.aggs.v[i]->to, x.aggs.v[i]->rows + 1);
    answer = ask_all(&x);
    if (answer == GROUPED_DONE) make_results(&x);
    for (size_t i = 0; i < x.aggs.n; i++) range_column_free(&x.aggs.v[i]->to);
    dict_free(x.texts);
  }
  arena_free(x.a);
  return answer;
}
