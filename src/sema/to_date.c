/* Parts of periods. In: terms. Out: those that set what is not over yet against what is. */
#include "sema/to_date.h"

/* Bits by enum period_unit: of which units is this one read, of which the previous one, and and
 * is it said how much of this one is over. */
struct windows {
  unsigned parts, wholes;
  bool scaled;
};

static void take_period(struct windows *w, const struct period *p) {
  if (p->kind != PERIOD_RELATIVE) return;
  if (p->step == 0) w->parts |= 1u << p->unit;
  if (p->step == -1) w->wholes |= 1u << p->unit;
}

/* `on end of previous month`: what is of this month on that day is of a whole one. */
static bool is_end_of_previous(const struct term *day) {
  return day->kind == T_EDGE && day->op == 1 && day->period.kind == PERIOD_RELATIVE &&
         day->period.step == -1;
}

/* `days since start of this month`: the formula brings in how much of it is over. */
static bool is_start_of_this(const struct term *t) {
  return t->kind == T_EDGE && t->op == 0 && t->period.kind == PERIOD_RELATIVE &&
         t->period.step == 0;
}

static void take_windows(struct windows *w, const struct term *t) {
  if (!t || t->kind == T_AGO || t->kind == T_MOVE) return; /* the same part of an earlier one */
  if (t->kind == T_ON) {
    struct windows then = {0};
    take_windows(&then, t->a);
    w->wholes |= then.wholes | (is_end_of_previous(t->b) ? then.parts : 0);
    return;
  }
  if (is_start_of_this(t)) w->scaled = true;
  if (t->kind == T_RANGE) take_period(w, &t->period);
  if (t->kind == T_KPI) take_windows(w, t->kpi->term);
  take_windows(w, t->a);
  take_windows(w, t->b);
  take_windows(w, t->c);
  for (size_t i = 0; i < t->list.n; i++) take_windows(w, t->list.v[i]);
  if (t->kind != T_AGG) return;
  if (t->agg->has_period) take_period(w, &t->agg->period);
  for (size_t i = 0; i < t->agg->values.n; i++) take_windows(w, t->agg->values.v[i]);
  take_windows(w, t->agg->where);
}

static bool may_set_against(const struct term *t) {
  return t->kind == T_CMP || (t->kind == T_ARITH && (t->op == OP_DIV || t->op == OP_SUB));
}

static bool lowest_unit(unsigned mask, enum period_unit *out) {
  for (int u = PU_WEEK; mask >> u; u++)
    if (mask & (1u << u)) {
      *out = (enum period_unit)u;
      return true;
    }
  return false;
}

bool sets_part_against_whole(const struct term *t, struct part_of_period *out) {
  if (!may_set_against(t)) return false;
  struct windows a = {0}, b = {0};
  take_windows(&a, t->a);
  take_windows(&b, t->b);
  if (a.scaled || b.scaled) return false;
  out->at = t;
  out->part = t->a;
  if (lowest_unit(a.parts & ~a.wholes & b.wholes & ~b.parts, &out->unit)) return true;
  out->part = t->b;
  return lowest_unit(b.parts & ~b.wholes & a.wholes & ~a.parts, &out->unit);
}

bool holds_part_against_whole(const struct term *t, struct part_of_period *out) {
  if (!t) return false;
  if (sets_part_against_whole(t, out)) return true;
  const struct term *under[] = {t->kind == T_KPI ? t->kpi->term : NULL, t->a, t->b, t->c};
  for (size_t i = 0; i < sizeof under / sizeof *under; i++)
    if (holds_part_against_whole(under[i], out)) return true;
  for (size_t i = 0; i < t->list.n; i++)
    if (holds_part_against_whole(t->list.v[i], out)) return true;
  return false;
}
