/* Range aggregate groups. In: aggregates that differ only in their days, and chunks. Out: their
 * results, for one look at each row. */
#include "eval/range_aggregate_group.h"

#include <math.h>
#include <stdlib.h>

#include "base/check.h"
#include "eval/accumulate.h"
#include "eval/group.h"

enum {
  SMALLEST = 3,         /* fewer are as fast alone */
  CELLS_MOST = 1 << 23, /* target rows times members: a larger group that is not kept is divided */
  PARTS_MOST = 8,       /* conditions joined by `and` in one place */
};

/* ---- the days in a condition ---------------------------------------------------------- */

/* A comparison of a value of the row with a day of the member, or with that day and a length of the
 * row's own: `day >= today - account.contract_days`. */
struct bound {
  int value;    /* node: what is compared */
  enum op op;   /* <, <=, > or >= */
  bool left;    /* the day stands on the left of it */
  int length;   /* node; -1: none */
  enum op with; /* + or - */
  bool first;   /* day - length; not length - day */
};

/* One of the conditions joined by `and`: days of a column, a bound, or anything else. */
struct part {
  int column;    /* node of the days; -1: another condition */
  bool open;     /* an unknown day meets it: an interval without end */
  double lo, hi; /* of the days */
  int node;      /* another condition */
  bool is_bound;
  struct bound bound;
  double day; /* of the bound */
};

struct parts {
  struct part v[PARTS_MOST];
  int n;
};

static bool add_part(struct parts *out, struct part part) {
  if (out->n == PARTS_MOST) return false;
  out->v[out->n++] = part;
  return true;
}

/* `x in days`, or `x is unknown or x in days`. */
static bool is_days(const struct plan *p, int node, struct part *out) {
  const struct node *n = &p->nodes.v[node];
  bool open = false;
  if (n->op == N_OR) {
    const struct node *no = &p->nodes.v[n->a], *days = &p->nodes.v[n->b];
    if (no->op != N_NOT || p->nodes.v[no->a].op != N_KNOWN || days->op != N_RANGE ||
        p->nodes.v[no->a].a != days->a)
      return false;
    open = true;
    n = days;
  }
  if (n->op != N_RANGE) return false;
  const struct node *day = &p->nodes.v[n->a];
  if (day->op != N_DATED && (day->op != N_COLUMN || day->cell.type.unit != U_DATE)) return false;
  *out = (struct part){.column = n->a, .open = open, .lo = n->lo, .hi = n->hi, .node = -1};
  return true;
}

static bool is_day(const struct plan *p, int node) {
  return p->nodes.v[node].op == N_NUM && p->nodes.v[node].type.unit == U_DATE;
}

/* A day, alone or with a length. */
static bool read_side(const struct plan *p, int node, struct part *out) {
  const struct node *n = &p->nodes.v[node];
  struct bound *b = &out->bound;
  b->length = -1;
  out->day = n->k;
  if (is_day(p, node)) return true;
  if (n->op != N_ARITH || (n->sub != OP_ADD && n->sub != OP_SUB)) return false;
  b->with = n->sub;
  b->first = is_day(p, n->a);
  if (!b->first && !is_day(p, n->b)) return false;
  b->length = b->first ? n->b : n->a;
  out->day = p->nodes.v[b->first ? n->a : n->b].k;
  return true;
}

static bool is_bound(const struct plan *p, int node, struct part *out) {
  const struct node *n = &p->nodes.v[node];
  *out = (struct part){.column = -1, .node = node, .is_bound = true};
  if (n->op != N_CMPNUM || n->sub == OP_EQ || n->sub == OP_NE) return false;
  out->bound.op = n->sub;
  out->bound.left = read_side(p, n->a, out);
  out->bound.value = out->bound.left ? n->b : n->a;
  return out->bound.left || read_side(p, n->b, out);
}

/* Days of what is no column, such as those of a row that it belongs to: two bounds. */
static bool add_days(const struct plan *p, int node, struct parts *out) {
  const struct node *n = &p->nodes.v[node];
  struct part bound = {.column = -1, .node = node, .is_bound = true, .day = n->lo};
  bound.bound = (struct bound){.value = n->a, .op = OP_GE, .length = -1};
  if (!add_part(out, bound)) return false;
  bound.day = n->hi;
  bound.bound.op = OP_LE;
  return add_part(out, bound);
}

static bool split(const struct plan *p, int node, struct parts *out) {
  struct part part;
  if (node < 0) return true;
  if (is_days(p, node, &part) || is_bound(p, node, &part)) return add_part(out, part);
  const struct node *n = &p->nodes.v[node];
  if (n->op == N_AND) return split(p, n->a, out) && split(p, n->b, out);
  if (n->op == N_RANGE && p->nodes.v[n->a].type.unit == U_DATE) return add_days(p, node, out);
  return add_part(out, (struct part){.column = -1, .node = node});
}

/* ---- who belongs together ------------------------------------------------------------- */

enum place { VISIBLE, PERIOD, WHERE, VALUE, PLACES };

struct member {
  int node;
  const struct plan_agg *g;
  struct parts parts[PLACES];
  bool taken;
};

static bool counts_rows(enum agg_fn f) { return f == AGG_COUNT || f == AGG_SHARE; }

static bool read_member(const struct evaluation *ev, int node, struct member *m) {
  const struct plan *p = ev->plan;
  const struct plan_agg *g = p->nodes.v[node].agg;
  *m = (struct member){.node = node, .g = g};
  if (g->up) return false; /* a row goes to several */
  if (g->fn != AGG_SUM && g->fn != AGG_AVG && !counts_rows(g->fn)) return false;
  if (g->where >= 0 && ev->may_be_partial[g->where]) return false;
  if (g->n_values && ev->may_be_partial[g->values[0]]) return false;
  if (!split(p, g->visible, &m->parts[VISIBLE]) || !split(p, g->period, &m->parts[PERIOD]) ||
      !split(p, g->where, &m->parts[WHERE]))
    return false;
  return !counts_rows(g->fn) || !g->n_values || split(p, g->values[0], &m->parts[VALUE]);
}

bool range_aggregate_suits(const struct evaluation *ev, int node) {
  struct member m;
  return read_member(ev, node, &m);
}

static bool same_bound(const struct bound *a, const struct bound *b) {
  return a->value == b->value && a->op == b->op && a->left == b->left && a->length == b->length &&
         (a->length < 0 || (a->with == b->with && a->first == b->first));
}

/* But for their days. */
static bool same_part(const struct part *a, const struct part *b) {
  if (a->is_bound || b->is_bound)
    return a->is_bound && b->is_bound && same_bound(&a->bound, &b->bound);
  return a->column == b->column && a->open == b->open && a->node == b->node;
}

static bool same_parts(const struct parts *a, const struct parts *b) {
  if (a->n != b->n) return false;
  for (int i = 0; i < a->n; i++)
    if (!same_part(&a->v[i], &b->v[i])) return false;
  return true;
}

static bool related(const struct evaluation *ev, const struct member *a, const struct member *b) {
  const struct plan *p = ev->plan;
  if (ev->alone[a->node] != ev->alone[b->node]) return false;
  if (a->g->fn != b->g->fn || a->g->n_values != b->g->n_values ||
      p->nodes.v[a->node].domain != p->nodes.v[b->node].domain)
    return false;
  if (!counts_rows(a->g->fn) && a->g->values[0] != b->g->values[0]) return false;
  if (a->g->n_path != b->g->n_path) return false;
  for (int i = 0; i < a->g->n_path; i++)
    if (a->g->path[i] != b->g->path[i]) return false;
  for (int k = 0; k < PLACES; k++)
    if (!same_parts(&a->parts[k], &b->parts[k])) return false;
  return true;
}

static bool moves_forward(const struct part *a, const struct part *b) {
  if (a->is_bound) return a->day <= b->day;
  if ((a->lo <= DAY_MIN) != (b->lo <= DAY_MIN) || (a->hi >= DAY_MAX) != (b->hi >= DAY_MAX))
    return false;
  return a->lo <= b->lo && a->hi <= b->hi;
}

/* Do all days move forward from a to b? Only then are the members that a day meets neighbours. */
static bool follows(const struct member *a, const struct member *b) {
  for (int k = 0; k < PLACES; k++)
    for (int i = 0; i < a->parts[k].n; i++)
      if (!moves_forward(&a->parts[k].v[i], &b->parts[k].v[i])) return false;
  return true;
}

static int by_day(const void *pa, const void *pb) {
  const struct member *a = *(struct member *const *)pa, *b = *(struct member *const *)pb;
  if (a->g->day != b->g->day) return a->g->day < b->g->day ? -1 : 1;
  return (a->node > b->node) - (a->node < b->node);
}

/* ---- a group -------------------------------------------------------------------------- */

/* For each day, which members' range holds it: those from first[day] to before end[day]. */
struct lookup {
  int column;
  bool open;
  day_t base;
  int n; /* days from base; earlier ones are as the first, later ones as the last */
  uint16_t *first, *end;
};

/* Of a bound the days of the members, which move forward: those that a row meets are the first or
 * the last ones, and are searched for by the very comparison that each member makes. */
struct bound_test {
  struct bound bound;
  double *days; /* by member */
  bool meets_last;
};

struct place_test {
  struct lookup days[PARTS_MOST];
  int n_days;
  struct bound_test bounds[PARTS_MOST];
  int n_bounds;
  int others[PARTS_MOST];
  int n_others;
};

struct range_aggregate_group {
  struct evaluation *ev;
  struct member *members; /* in the order of their days */
  int n;
  struct place_test test[PLACES];
  bool groups, keeps;
  struct range_sums
      *sums; /* of a group that keeps, when it is finished; by rows of the evaluation */
};

/* ---- making one ----------------------------------------------------------------------- */

static day_t clamp_day(double d) { return (day_t)fmin(fmax(d, DAY_MIN), DAY_MAX); }

/* The days at which the range of some member begins or ends lie between base and base + n. */
static void make_lookup(struct range_aggregate_group *x, enum place place, int part,
                        struct lookup *out) {
  const struct part *first = &x->members[0].parts[place].v[part],
                    *last = &x->members[x->n - 1].parts[place].v[part];
  day_t from = clamp_day(first->lo <= DAY_MIN ? first->hi : first->lo),
        to = clamp_day(last->hi >= DAY_MAX ? last->lo : last->hi);
  if (to < from) to = from;
  *out = (struct lookup){
      .column = first->column, .open = first->open, .base = from - 1, .n = to - from + 3};
  out->first = xmalloc((size_t)out->n * sizeof *out->first);
  out->end = xmalloc((size_t)out->n * sizeof *out->end);
  int a = 0, b = 0;
  for (int i = 0; i < out->n; i++) {
    double day = out->base + i;
    while (a < x->n && x->members[a].parts[place].v[part].hi < day) a++;
    while (b < x->n && x->members[b].parts[place].v[part].lo <= day) b++;
    out->first[i] = (uint16_t)a;
    out->end[i] = (uint16_t)b;
  }
}

/* A later day makes `x <= day` and `x <= day - length` true, and `x <= length - day` false. */
static void make_bound(const struct range_aggregate_group *x, enum place place, int part,
                       struct bound_test *out) {
  const struct bound *b = &x->members[0].parts[place].v[part].bound;
  bool upper = b->op == OP_LT || b->op == OP_LE, falls = b->length >= 0 && b->with == OP_SUB;
  *out = (struct bound_test){.bound = *b};
  out->meets_last = (upper != b->left) != (falls && !b->first);
  out->days = xmalloc((size_t)x->n * sizeof *out->days);
  for (int m = 0; m < x->n; m++) out->days[m] = x->members[m].parts[place].v[part].day;
}

/* A bound whose day is the same for all members is a condition as any other. */
static bool bound_moves(const struct range_aggregate_group *x, enum place place, int part) {
  const struct part *first = &x->members[0].parts[place].v[part];
  return first->is_bound && first->day < x->members[x->n - 1].parts[place].v[part].day;
}

static void make_test(struct range_aggregate_group *x, enum place place) {
  const struct parts *parts = &x->members[0].parts[place];
  struct place_test *t = &x->test[place];
  for (int i = 0; i < parts->n; i++) {
    if (parts->v[i].column >= 0)
      make_lookup(x, place, i, &t->days[t->n_days++]);
    else if (bound_moves(x, place, i))
      make_bound(x, place, i, &t->bounds[t->n_bounds++]);
    else
      t->others[t->n_others++] = parts->v[i].node;
  }
}

static struct range_aggregate_group *group_new(struct evaluation *ev, struct member *const *members,
                                               size_t n, bool keep) {
  struct range_aggregate_group *x = NEW(ev->arena, struct range_aggregate_group);
  x->ev = ev;
  x->members = NEW_N(ev->arena, struct member, n);
  for (size_t i = 0; i < n; i++) x->members[i] = *members[i];
  x->n = (int)n;
  x->keeps = keep && !ev->alone[members[0]->node];
  int domain = ev->plan->nodes.v[members[0]->node].domain;
  x->groups = ev->plan->domains.v[domain].kind == DOM_GROUPS;
  for (int k = 0; k < PLACES; k++) make_test(x, (enum place)k);
  return x;
}

/* The largest group that members[at] begins: those related to it, each following the one before.
 */
static size_t gather(const struct evaluation *ev, struct member **members, size_t n, size_t at,
                     size_t most, struct member **out) {
  size_t k = 0;
  out[k++] = members[at];
  for (size_t i = at + 1; i < n && k < most; i++)
    if (!members[i]->taken && related(ev, members[at], members[i]) &&
        follows(out[k - 1], members[i]))
      out[k++] = members[i];
  return k;
}

static size_t most_members(const struct evaluation *ev, int node, bool keep) {
  if (keep && !ev->alone[node]) return UINT16_MAX;
  size_t rows = evaluation_domain_rows(ev, ev->plan->nodes.v[node].domain),
         most = CELLS_MOST / (rows ? rows : 1);
  return most > UINT16_MAX ? UINT16_MAX : most;
}

struct range_aggregate_group **range_aggregate_groups_of(struct evaluation *ev, int *nodes,
                                                         size_t n, bool keep, size_t *rest) {
  struct member *all = xcalloc(n + 1, sizeof *all), **order = xcalloc(n + 1, sizeof *order),
                **some = xcalloc(n + 1, sizeof *some);
  struct range_aggregate_group **out =
      NEW_N(ev->arena, struct range_aggregate_group *, n / SMALLEST + 2);
  size_t n_order = 0, n_out = 0;
  for (size_t i = 0; i < n; i++)
    if (read_member(ev, nodes[i], &all[i])) order[n_order++] = &all[i];
  qsort(order, n_order, sizeof *order, by_day);
  for (size_t i = 0; i < n_order; i++) {
    if (order[i]->taken) continue;
    size_t k = gather(ev, order, n_order, i, most_members(ev, order[i]->node, keep), some);
    if (k < SMALLEST) continue;
    out[n_out++] = group_new(ev, some, k, keep);
    for (size_t m = 0; m < k; m++) some[m]->taken = true;
  }
  *rest = 0;
  for (size_t i = 0; i < n; i++)
    if (!all[i].taken) nodes[(*rest)++] = all[i].node;
  free(all);
  free(order);
  free(some);
  return out;
}

struct range_sums *range_aggregate_group_state(const struct range_aggregate_group *x) {
  int domain = x->ev->plan->nodes.v[x->members[0].node].domain;
  size_t rows = x->groups ? 0 : evaluation_domain_rows(x->ev, domain);
  return x->keeps ? range_sums_new(x->n, rows, x->groups)
                  : range_sums_new_each(x->n, rows, x->groups);
}

/* ---- rows ----------------------------------------------------------------------------- */

struct range { /* members [a, b) */
  int a, b;
};

enum answer { NO, YES, UNSURE };

/* Rows of a chunk that are being fed; of each place the columns that were asked for. */
struct feeding {
  const struct range_aggregate_group *x;
  struct range_sums *sums;
  struct chunk *f;
  const struct column *days[PLACES][PARTS_MOST], *others[PLACES][PARTS_MOST]; /* NULL: not yet */
};

static const struct column *column_once(struct chunk *f, const struct column **at, int node) {
  return *at ? *at : (*at = chunk_column(f, node));
}

static bool bound_holds(const struct bound_test *t, int member, double value, double length) {
  const struct bound *b = &t->bound;
  double day = t->days[member];
  if (b->length >= 0) {
    double x = b->first ? day : length, y = b->first ? length : day;
    day = b->with == OP_ADD ? x + y : x - y;
  }
  return b->left ? op_holds(b->op, day, value) : op_holds(b->op, value, day);
}

/* What the row meets of *r. */
static enum answer ask_bound(struct chunk *f, const struct bound_test *t, size_t i,
                             struct range *r) {
  const struct column *v = chunk_column(f, t->bound.value),
                      *length = t->bound.length >= 0 ? chunk_column(f, t->bound.length) : NULL;
  if (!bit_get(v->valid, i) || (length && !bit_get(length->valid, i))) return UNSURE;
  int lo = r->a, hi = r->b; /* the first member that differs from those before it */
  while (lo < hi) {
    int middle = lo + (hi - lo) / 2;
    if (bound_holds(t, middle, v->num[i], length ? length->num[i] : 0) == t->meets_last)
      hi = middle;
    else
      lo = middle + 1;
  }
  *(t->meets_last ? &r->a : &r->b) = lo;
  return YES;
}

/* Which members a row meets in one place: within *r for the days, and for everybody in the rest.
 * An unknown that no other condition rules out leaves it unsure. */
static enum answer ask(struct feeding *q, enum place place, size_t i, struct range *r) {
  const struct place_test *t = &q->x->test[place];
  struct chunk *f = q->f;
  enum answer answer = YES;
  for (int k = 0; k < t->n_others; k++) {
    const struct column *c = column_once(f, &q->others[place][k], t->others[k]);
    if (!bit_get(c->valid, i))
      answer = UNSURE;
    else if (!bit_get(c->yes, i))
      return NO;
  }
  for (int k = 0; k < t->n_days; k++) {
    const struct lookup *d = &t->days[k];
    const struct column *c = column_once(f, &q->days[place][k], d->column);
    if (!bit_get(c->valid, i)) {
      if (!d->open) answer = UNSURE;
      continue;
    }
    double at = c->num[i] - d->base;
    int day = at < 0 ? 0 : at >= d->n ? d->n - 1 : (int)at;
    if (d->first[day] > r->a) r->a = d->first[day];
    if (d->end[day] < r->b) r->b = d->end[day];
  }
  for (int k = 0; k < t->n_bounds; k++)
    if (ask_bound(f, &t->bounds[k], i, r) == UNSURE) answer = UNSURE;
  return r->a < r->b ? answer : NO;
}

static void add(struct feeding *q, int32_t row, struct range r, struct range_sum sum) {
  range_sums_add(q->sums, (size_t)row, r.a, r.b, sum);
}

/* A share's condition is its value: where it is unknown, a row could not be judged. */
static void add_share(struct feeding *q, size_t i, int32_t row, struct range r) {
  struct range v = r;
  enum answer answer = ask(q, VALUE, i, &v);
  add(q, row, r, (struct range_sum){.taken = 1});
  if (answer == YES)
    add(q, row, v, (struct range_sum){.total = 1});
  else if (answer == UNSURE)
    add(q, row, v, (struct range_sum){.taken = UINT32_MAX, .missed = 1}); /* taken - 1 */
}

/* The row belongs to the members of r. */
static void add_row(struct feeding *q, size_t i, int32_t row, struct range r) {
  const struct plan_agg *g = q->x->members[0].g;
  if (g->fn == AGG_SHARE)
    add_share(q, i, row, r);
  else if (g->fn == AGG_COUNT)
    add(q, row, r, (struct range_sum){.total = 1, .taken = 1});
  else {
    const struct column *v = chunk_column(q->f, g->values[0]);
    bool known = bit_get(v->valid, i);
    add(q, row, r, (struct range_sum){known ? v->num[i] : 0, known, 0, !known, 0});
  }
}

/* A row that the members of `met` meet; sure: certainly. As accumulators judge it, one by one. */
static void take_row(struct feeding *q, size_t i, int32_t row, struct range met, bool sure) {
  struct range r = met;
  enum answer answer = ask(q, WHERE, i, &r);
  if (answer == NO) r = (struct range){met.b, met.b};
  add(q, row, (struct range){met.a, r.a}, (struct range_sum){.out = 1});
  add(q, row, (struct range){r.b, met.b}, (struct range_sum){.out = 1});
  if (r.a >= r.b) return;
  if (answer == YES && sure)
    add_row(q, i, row, r);
  else
    add(q, row, r, (struct range_sum){.missed = 1});
}

void range_aggregate_group_feed(const struct range_aggregate_group *x, struct range_sums *s,
                                struct chunk *f) {
  uint64_t mask[BATCH / 64] = {0}, sure[BATCH / 64] = {0}, any = 0;
  struct range ranges[BATCH];
  int32_t target[BATCH];
  struct feeding q = {.x = x, .sums = s, .f = f};
  for (size_t i = 0; i < f->n; i++) {
    ranges[i] = (struct range){0, x->n};
    enum answer visible = ask(&q, VISIBLE, i, &ranges[i]);
    if (visible != NO) bit_set(mask, i);
    bit_put(sure, i, visible == YES);
  }
  for (size_t w = 0; w < bit_words(f->n); w++) any |= mask[w];
  if (!any) return;
  accumulator_targets(x->ev, x->members[0].node, f, mask, 0, target);
  if (x->groups)
    range_sums_grow(s, chunk_groups(f, x->ev->plan->nodes.v[x->members[0].node].domain));
  for (size_t i = 0; i < f->n && !f->failed; i++) {
    if (!bit_get(mask, i) || target[i] < 0) continue;
    if (x->groups) range_sums_touch(s, (size_t)target[i], ranges[i].a, ranges[i].b);
    enum answer in_period = ask(&q, PERIOD, i, &ranges[i]);
    if (in_period != NO)
      take_row(&q, i, target[i], ranges[i], bit_get(sure, i) && in_period == YES);
  }
}

/* ---- results -------------------------------------------------------------------------- */

static void free_tests(struct range_aggregate_group *x) {
  for (int p = 0; p < PLACES; p++) {
    for (int d = 0; d < x->test[p].n_days; d++) {
      free(x->test[p].days[d].first);
      free(x->test[p].days[d].end);
    }
    for (int b = 0; b < x->test[p].n_bounds; b++) free(x->test[p].bounds[b].days);
  }
}

static int domain_of(const struct range_aggregate_group *x) {
  return x->ev->plan->nodes.v[x->members[0].node].domain;
}

/* The state by the rows of the evaluation: the groups of a chunk have numbers of their own. */
static struct range_sums *renumbered(const struct range_aggregate_group *x, struct range_sums *s,
                                     struct chunk *f) {
  size_t n = chunk_groups(f, domain_of(x));
  const int32_t *rows = chunk_groups_merge(f, domain_of(x));
  struct range_sums *all = range_aggregate_group_state(x);
  range_sums_grow(s, n);
  range_sums_grow(all, evaluation_domain_rows(x->ev, domain_of(x)));
  range_sums_combine(all, s, rows, n);
  range_sums_free(s);
  return all;
}

/* NULL: the rows are no groups. */
static uint64_t *touched_by(const struct range_aggregate_group *x, int k, size_t rows) {
  if (!x->groups) return NULL;
  uint64_t *out = xcalloc(bit_words(rows) + 1, sizeof *out);
  for (size_t r = 0; r < rows && r < range_sums_rows(x->sums); r++)
    if (range_sums_touched(x->sums, r, k)) bit_set(out, r);
  return out;
}

static void make_member(struct range_aggregate_group *x, int k) {
  size_t rows = evaluation_domain_rows(x->ev, domain_of(x));
  accumulator_make(x->ev, x->members[k].node, range_sums_member(x->sums, k),
                   range_sums_rows(x->sums), touched_by(x, k, rows));
}

static void make_needed(struct range_aggregate_group *x) {
  for (int k = 0; k < x->n; k++) {
    int node = x->members[k].node;
    if (x->ev->needed[node] && !x->ev->materialised[node].ready) make_member(x, k);
  }
}

void range_aggregate_group_free(struct range_aggregate_group *x) {
  if (!x) return;
  for (int k = 0; k < x->n; k++) x->ev->kept[x->members[k].node] = NULL;
  range_sums_free(x->sums);
  x->sums = NULL;
}

void range_aggregate_groups_make(struct evaluation *ev) {
  for (size_t i = 0; i < ev->plan->nodes.n; i++)
    if (ev->kept[i] && ev->needed[i] && !ev->materialised[i].ready) make_needed(ev->kept[i]);
  accumulators_extend(ev);
}

void range_aggregate_group_finish(struct range_aggregate_group *x, struct range_sums *s,
                                  struct chunk *f) {
  x->sums = x->groups ? renumbered(x, s, f) : s;
  range_sums_finish(x->sums);
  bool refused = range_sums_refused(x->sums);
  CHECK(x->keeps || !refused);
  for (int k = 0; k < x->n; k++) {
    x->ev->ahead[x->members[k].node] = false;
    x->ev->alone[x->members[k].node] |= refused;
    if (x->keeps) x->ev->kept[x->members[k].node] = x;
  }
  if (!refused) make_needed(x);
  if (refused || !x->keeps) range_aggregate_group_free(x);
  free_tests(x);
}
