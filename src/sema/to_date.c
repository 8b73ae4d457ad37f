/* Parts of periods. In: terms. Out: those that set what is not over yet against what is. */
#include "base/map.h"
#include "sema/to_date.h"

/* Bits by enum period_unit: of which units is this one read, of which the previous one, and is
 * it said how much of this one is over. */
struct windows {
  unsigned parts, wholes;
  bool scaled;
};

/* One way down: what each KPI reads is found once, however many name it. */
struct way_down {
  struct arena *arena;
  struct map windows; /* by KPI: its struct windows */
  struct map held;    /* by KPI: it was looked into */
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

static void take_windows(struct way_down *d, struct windows *w, const struct term *t);

static void take_all(struct way_down *d, struct windows *w, const term_list *list) {
  for (size_t i = 0; i < list->n; i++) take_windows(d, w, list->v[i]);
}

static void take_kpi(struct way_down *d, struct windows *w, const struct kpi *k) {
  struct windows *of = map_get(&d->windows, k->name);
  if (!of) {
    of = NEW(d->arena, struct windows);
    take_windows(d, of, k->term);
    map_put(&d->windows, d->arena, k->name, of);
  }
  w->parts |= of->parts;
  w->wholes |= of->wholes;
  w->scaled |= of->scaled;
}

static void take_windows(struct way_down *d, struct windows *w, const struct term *t) {
  if (!t || t->kind == T_AGO || t->kind == T_MOVE || t->kind == T_EACH)
    return; /* the same part of an earlier one */
  if (t->kind == T_ON) {
    struct windows then = {0};
    take_windows(d, &then, t->a);
    w->wholes |= then.wholes | (is_end_of_previous(t->b) ? then.parts : 0);
    return;
  }
  if (is_start_of_this(t)) w->scaled = true;
  if (t->kind == T_RANGE) take_period(w, &t->period);
  if (t->kind == T_KPI) take_kpi(d, w, t->kpi);
  take_windows(d, w, t->a);
  take_windows(d, w, t->b);
  take_windows(d, w, t->c);
  take_all(d, w, &t->list);
  if (t->kind != T_AGG) return;
  if (t->agg->has_period) take_period(w, &t->agg->period);
  take_all(d, w, &t->agg->values);
  take_windows(d, w, t->agg->where);
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

static bool sets_here(struct way_down *d, const struct term *t, struct part_of_period *out) {
  if (!may_set_against(t)) return false;
  struct windows a = {0}, b = {0};
  take_windows(d, &a, t->a);
  take_windows(d, &b, t->b);
  if (a.scaled || b.scaled) return false;
  out->at = t;
  out->part = t->a;
  if (lowest_unit(a.parts & ~a.wholes & b.wholes & ~b.parts, &out->unit)) return true;
  out->part = t->b;
  return lowest_unit(b.parts & ~b.wholes & a.wholes & ~a.parts, &out->unit);
}

static bool holds_under(struct way_down *d, const struct term *t, struct part_of_period *out) {
  if (!t) return false;
  if (sets_here(d, t, out)) return true;
  if (t->kind == T_KPI && !map_put(&d->held, d->arena, t->kpi->name, (void *)t->kpi) &&
      holds_under(d, t->kpi->term, out))
    return true;
  const struct term *under[] = {t->a, t->b, t->c};
  for (size_t i = 0; i < sizeof under / sizeof *under; i++)
    if (holds_under(d, under[i], out)) return true;
  for (size_t i = 0; i < t->list.n; i++)
    if (holds_under(d, t->list.v[i], out)) return true;
  return false;
}

static bool asked(bool (*ask)(struct way_down *, const struct term *, struct part_of_period *),
                  const struct term *t, struct part_of_period *out) {
  struct way_down d = {.arena = arena_new()};
  bool yes = ask(&d, t, out);
  arena_free(d.arena);
  return yes;
}

bool sets_part_against_whole(const struct term *t, struct part_of_period *out) {
  return may_set_against(t) && asked(sets_here, t, out);
}

bool holds_part_against_whole(const struct term *t, struct part_of_period *out) {
  return asked(holds_under, t, out);
}
