/* Targets. In: a target and a day. Out: where it stands against a straight line from its start to
 * its due day. */
#include <math.h>

#include "eval/results.h"
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
static int measure(struct plan *p, const struct term *t, day_t day) {
  if (t->kind != T_MOVE_CMP) return plan_term(p, t, 0, day);
  struct term move = {
      .kind = T_MOVE, .op = t->move, .a = t->a, .dur = t->dur, .type = t->a->type, .src = t->src};
  struct node n = node_make(N_ARITH, COL_NUM, 0);
  n.sub = OP_DIV;
  n.a = plan_term(p, &move, 0, day);
  n.b = plan_term(p, t->a, 0, day_back(&p->rs->calendar, day, t->dur));
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
  tp.now = measure(p, t->measure, day);
  tp.base = measure(p, t->measure, tp.start);
  tp.goal = plan_term(p, t->goal, 0, day);
  return tp;
}

void target_roots(struct plan *p, const struct target_plan *tp, node_list *roots) {
  VEC_PUSH(p->arena, roots, tp->now);
  VEC_PUSH(p->arena, roots, tp->goal);
  VEC_PUSH(p->arena, roots, tp->base);
}

static void take_values(void *ctx, size_t i, const struct value *values) {
  (void)i;
  struct value *out = ctx;
  for (int k = 0; k < 3; k++) out[k] = values[k];
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

bool target_status(struct evaluation *ev, const struct target_plan *tp, struct target_status *s,
                   struct diags *problems) {
  struct value v[3] = {{.known = false}};
  const int nodes[] = {tp->now, tp->goal, tp->base};
  const int32_t row = 0;
  if (!evaluation_values(ev, 0, &row, 1, nodes, 3, take_values, v, problems)) return false;
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
  s->on_track = s->met || (s->behind.known && s->behind.num <= 0);
  return true;
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
