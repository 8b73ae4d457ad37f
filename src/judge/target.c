/* Targets. In: a target and a day. Out: where it stands against a straight line from its start to
 * its due day. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"
#include "eval/results.h"
#include "sema/dims.h"
#include "sema/threshold_line.h"
#include "judge/rule_plan.h"

/* The days of the period by whose end it is; where there is none, which ends the run, the day. */
static struct dayrange range_of(const struct ruleset *rs, const struct term *by, day_t day) {
  struct dayrange r;
  return period_find(&by->period, day, &rs->calendar, &r) ? r : (struct dayrange){day, day};
}

static day_t due_of(const struct ruleset *rs, const struct term *by, day_t day) {
  if (by->kind == T_EDGE) {
    struct dayrange r = range_of(rs, by, day);
    return by->op ? r.last : r.first;
  }
  return by->kind == T_CONST ? (day_t)by->value.num : day;
}

day_t target_start(const struct ruleset *rs, const struct target *t, day_t day) {
  const struct calendar *c = &rs->calendar;
  if (t->by->kind == T_EDGE) return range_of(rs, t->by, day).first;
  return day_shift(c, due_of(rs, t->by, day), (struct duration){1, DUR_YEAR}, -1) + 1;
}

/* A relative movement as the share of the past that it is: (now - past) / past, or its negative
 * for a drop. */
static int measure(struct plan *p, const struct term *t, int domain, day_t day) {
  if (t->kind != T_MOVE_CMP) return plan_term(p, t, domain, day);
  struct term move = {
      .kind = T_MOVE, .op = t->move, .a = t->a, .dur = t->dur, .type = t->a->type, .src = t->src};
  struct node n = node_make(N_ARITH, COL_NUM, domain);
  n.sub = OP_DIV;
  n.a = plan_term(p, &move, domain, day);
  n.b = plan_term(p, t->a, domain, day_back(&p->rs->calendar, day, t->dur));
  n.scale = 1;
  n.type = (struct type){.unit = U_SHARE, .percent = true};
  return node_add(p, n);
}

struct target_plan target_plan(struct plan *p, struct target *t, day_t day) {
  struct target_plan tp = {.target = t, .day = day, .calendar = &p->rs->calendar};
  struct dayrange by;
  if (t->by->kind == T_EDGE) plan_period(p, &t->by->period, day, &by); /* keeps that it is none */
  tp.due = due_of(p->rs, t->by, day);
  tp.start = target_start(p->rs, t, day);
  tp.domain = t->dims.n ? plan_group_domain(p, &t->dims, day) : 0;
  tp.now = measure(p, t->measure, tp.domain, day);
  tp.base = measure(p, t->measure, tp.domain, tp.start);
  tp.goal = plan_term(p, t->goal, tp.domain, day);
  return tp;
}

void target_roots(struct plan *p, const struct target_plan *tp, node_list *roots) {
  VEC_PUSH(p->arena, roots, tp->now);
  VEC_PUSH(p->arena, roots, tp->goal);
  VEC_PUSH(p->arena, roots, tp->base);
}

static struct value derived(const struct target_status *s, double num, bool known) {
  struct value v = {.type = s->now.type, .known = known && isfinite(num), .num = num};
  return v;
}

/* Does a value that is so far from the goal meet it? */
static bool meets(const struct target_status *s, double gap) {
  enum op op = s->target->op;
  return op == OP_GT || op == OP_LT ? gap < 0 : gap <= 0;
}

/* A count that only grows while the time of the target runs: rows of the period itself, none of
 * which goes away. */
static bool adds_up(const struct target_plan *tp) {
  const struct term *t = tp->target->measure;
  while (t->kind == T_KPI) t = t->kpi->term;
  if (t->kind != T_AGG || t->agg->fn != AGG_COUNT || !t->agg->has_period || t->agg->where ||
      t->agg->segment || !t->agg->entity->event)
    return false;
  struct dayrange r = period_range(&t->agg->period, tp->day, tp->calendar);
  return r.first <= tp->start && r.last >= tp->due;
}

/* Only a share of rows has an end at 0% and at 100%. */
static bool is_share_of(const struct target *target) {
  const struct term *t = target->measure;
  while (t->kind == T_KPI) t = t->kpi->term;
  return t->kind == T_AGG && t->agg->fn == AGG_SHARE;
}

/* v: the value now, the goal, the value when the time began. */
static void stand(const struct target_plan *tp, const struct value *v, struct target_status *s) {
  *s = (struct target_status){.target = tp->target,
                              .start = tp->start,
                              .due = tp->due,
                              .day = tp->day,
                              .now = v[0],
                              .goal = v[1],
                              .base = v[2]};
  s->name = tp->target->name;
  /* which way is forward */
  double sign = tp->target->op == OP_LT || tp->target->op == OP_LE ? -1 : 1;
  double total = tp->due - tp->start, gone = tp->day - tp->start,
         part = total > 0 ? fmin(fmax(gone / total, 0), 1) : 1;
  bool line = s->base.known && s->goal.known;
  double base = s->base.num, goal = s->goal.num, now = s->now.num;
  s->gap = derived(s, sign * (goal - now), s->now.known && s->goal.known);
  s->pace = derived(s, base + (goal - base) * part, line);
  s->behind = derived(s, sign * (s->pace.num - now), line && s->now.known);
  double ends = part > 0 ? base + (now - base) / part : now;
  if (is_share_of(tp->target)) ends = fmin(fmax(ends, 0), 1);
  s->projected = derived(s, ends, line && s->now.known);
  s->ends_met = s->projected.known && s->gap.known && meets(s, sign * (goal - ends));
  s->met = s->gap.known && meets(s, s->gap.num);
  s->reached = s->met && (tp->day >= tp->due || adds_up(tp));
  s->judged = s->behind.known || s->met;
  struct value none = {.type = s->now.type, .known = true};
  values_compared(&s->now, &s->goal);
  values_compared(&s->now, &s->pace);
  values_compared(&s->projected, &s->goal);
  values_compared(&s->gap, &none);
  values_compared(&s->behind, &none);
  if (s->now.type.unit == U_DATE) /* between two days lie days */
    s->gap.type = s->behind.type = (struct type){.unit = U_DURATION};
  s->on_track = s->met || (s->behind.known && s->behind.num <= 0);
}

/* Is the goal made of rows of the group? Where there are none, nobody has said what to reach: the
 * sum of no quota lines is no quota of 0. */
static bool goal_has_rows(const struct term *t) {
  if (!t) return false;
  if (t->kind == T_AGG) return !t->agg->for_all;
  if (t->kind == T_KPI) return t->kpi->dims.n && !t->for_all;
  if (t->kind == T_ELSE) return goal_has_rows(t->b);
  bool any = goal_has_rows(t->a) || goal_has_rows(t->b) || goal_has_rows(t->c);
  for (size_t i = 0; i < t->list.n; i++) any |= goal_has_rows(t->list.v[i]);
  return any;
}

struct stand_ctx {
  struct evaluation *ev;
  const struct target_plan *plan;
  const int32_t *rows;
  const char *const *dims;
  struct arena *arena;
  target_statuses *out;
  const uint64_t *with_goal; /* groups that rows of the goal fall into; NULL: it has none */
};

static void take_values(void *ctx, size_t i, const struct value *values) {
  struct stand_ctx *x = ctx;
  struct target_status s;
  struct value v[3] = {values[0], values[1], values[2]};
  if (x->with_goal) v[1].known &= bit_get(x->with_goal, (size_t)x->rows[i]);
  stand(x->plan, v, &s);
  s.row = x->rows[i];
  s.dims = x->dims;
  size_t n = x->plan->target->dims.n;
  struct value *by = n ? NEW_N(x->arena, struct value, n) : NULL;
  for (size_t k = 0; k < n; k++) {
    by[k] = evaluation_dim(x->ev, x->plan->domain, x->rows[i], (int)k);
    if (by[k].text) by[k].text = arena_strdup(x->arena, by[k].text);
  }
  s.by = by;
  VEC_PUSH(x->arena, x->out, s);
}

/* The groups that rows of the measure or of the goal fall into, today or when the time began: who
 * has a quota and no deal is behind it. */
static size_t choose_groups(struct evaluation *ev, const struct target_plan *tp, int32_t *rows) {
  size_t all = evaluation_rows(ev, tp->domain), n = 0;
  uint64_t *there = xcalloc(bit_words(all) + 1, sizeof *there);
  const int nodes[] = {tp->now, tp->goal, tp->base};
  for (int k = 0; k < 3; k++) evaluation_groups(ev, nodes[k], there);
  for (size_t i = 0; i < all; i++)
    if (bit_get(there, i)) rows[n++] = (int32_t)i;
  free(there);
  return n;
}

static const uint64_t *groups_of_goal(struct evaluation *ev, const struct target_plan *tp,
                                      struct arena *a) {
  uint64_t *there = NEW_N(a, uint64_t, bit_words(evaluation_rows(ev, tp->domain)) + 1);
  evaluation_groups(ev, tp->goal, there);
  return there;
}

static int by_group(const void *pa, const void *pb, void *ctx) {
  const struct target_status *a = pa, *b = pb;
  for (size_t i = 0; i < *(const size_t *)ctx; i++) {
    int c = kpi_compare_values(&a->by[i], &b->by[i]);
    if (c) return c;
  }
  return 0;
}

static const char *const *names_of(const struct target *t, struct arena *a) {
  const char **names = NEW_N(a, const char *, t->dims.n + 1);
  for (size_t i = 0; i < t->dims.n; i++) names[i] = dim_name(&t->dims, i, a);
  return names;
}

static bool has_group(const target_statuses *list, size_t from, const char *text) {
  for (size_t i = from; i < list->n; i++)
    if (list->v[i].by[0].known && list->v[i].by[0].text && strcmp(list->v[i].by[0].text, text) == 0)
      return true;
  return false;
}

static struct value value_of_line(const struct term *goal, const struct threshold_line *l) {
  struct value v = {.type = goal->type, .known = true, .num = l->value.num};
  if (goal->threshold->bare && v.type.unit == U_MONEY)
    v.num = decimal_minor(v.num, currency_minor(v.type.currency));
  return v;
}

/* Who stands in a table of goals and in no row is said too: the KPI has nothing of his to
 * measure. */
static void add_entries(const struct target_plan *tp, struct arena *a, const char *const *dims,
                        size_t from, target_statuses *out) {
  const struct term *goal = tp->target->goal;
  if (goal->kind != T_THRESHOLD || tp->target->dims.n != 1 || goal->list.n != 1 ||
      goal->list.v[0]->kind != T_DIM)
    return;
  const struct threshold *th = goal->threshold;
  for (size_t i = 0; i < th->lines.n; i++) {
    const struct threshold_line *l = &th->lines.v[i];
    if (!l->entries.n || threshold_line_on(th, l, tp->day) != l ||
        has_group(out, from, l->entries.v[0]))
      continue;
    const struct value unknown = {.type = tp->target->kpi->term->type};
    const struct value v[3] = {unknown, value_of_line(goal, l), unknown};
    struct target_status s;
    stand(tp, v, &s);
    struct value *by = NEW(a, struct value);
    *by = (struct value){.type = {.unit = U_TEXT}, .known = true, .text = l->entries.v[0]};
    s.by = by;
    s.dims = dims;
    s.row = -1;
    VEC_PUSH(a, out, s);
  }
}

bool target_status(struct evaluation *ev, const struct target_plan *tp, struct arena *a,
                   target_statuses *out, struct diags *problems) {
  size_t n_dims = tp->target->dims.n, before = out->n, n = 1;
  const int nodes[] = {tp->now, tp->goal, tp->base};
  int32_t *rows = xcalloc(evaluation_rows(ev, tp->domain) + 1, sizeof *rows);
  if (n_dims) n = choose_groups(ev, tp, rows);
  struct stand_ctx x = {.ev = ev, .plan = tp, .rows = rows, .arena = a, .out = out};
  if (n_dims) x.dims = names_of(tp->target, a);
  if (n_dims && goal_has_rows(tp->target->goal)) x.with_goal = groups_of_goal(ev, tp, a);
  bool good = evaluation_values(ev, tp->domain, rows, n, nodes, 3, take_values, &x, problems);
  free(rows);
  if (good && n_dims) add_entries(tp, a, x.dims, before, out);
  if (good && n_dims && out->n > before)
    qsort_r(out->v + before, out->n - before, sizeof *out->v, by_group, &n_dims);
  return good;
}

enum { CENTS_MATTER_BELOW = 10000 };

const char *target_level(const struct value *v, struct arena *a) {
  char buf[96];
  struct value plain = *v;
  plain.of_rows = 0;
  double minor = v->type.unit == U_MONEY ? currency_minor(v->type.currency) : 1;
  if (!v->decimals && (v->type.unit == U_COUNT ||
                       (v->type.unit == U_MONEY && fabs(v->num) >= CENTS_MATTER_BELOW * minor)))
    plain.num = round(v->num / minor) * minor;
  return arena_strdup(a, value_text(&plain, buf, sizeof buf));
}

const char *target_distance(const struct value *v, struct arena *a) {
  return v->known && v->type.percent
             ? arena_printf(a, "%.*fpp", v->decimals > 1 ? v->decimals : 1, v->num * 100)
             : target_level(v, a);
}
