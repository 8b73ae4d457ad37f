/* Numbers of thresholds that cannot be meant. In: thresholds. Out: a line of another scale than the
 * one before it, a movement that is asked to be below zero. */
#include <math.h>

#include <stdlib.h>

#include "lint/check.h"
#include "sema/threshold_line.h"

static const double LARGE_SHARE = 0.6;

enum {
  LINE_FACTOR = 10,
  SEGMENT_FACTOR = 9,
  PERCENT = 100,
  LEAST_SCORE = 5,
  HALF_SCORE = 50,
  SHARE_FACTOR = 50,
  WHOLE_FACTOR = 5
};

static double amount_of(const struct threshold *t, const struct threshold_line *line) {
  return t->is_duration ? duration_days(line->dur) : line->value.num;
}

/* 0.66% after 60%, 130 after 3: a line for everybody is held against the one before it. */
static void check_lines(struct lint *l, const struct threshold *t) {
  const struct threshold_line *before = NULL;
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *line = &t->lines.v[i];
    if (line->segment || line->entries.n || amount_of(t, line) <= 0) continue;
    double now = amount_of(t, line), then = before ? amount_of(t, before) : now;
    before = line;
    double more = fmax(now, then) / fmin(now, then);
    if (more < LINE_FACTOR) continue;
    struct diag *d = lint_tell(l, line->span, "`%s` becomes %.0f times %s from this line on",
                               t->name, more, now > then ? "larger" : "smaller");
    lint_help(l, d, "is a point, a k, an M or a percent sign missing, or one too many?");
  }
}

/* 0.8 beside 10, 8% beside 80%; but 1% beside 10%, and 0.1 beside 1, may both be meant. */
static bool of_two_scales(const struct threshold *t, double here, double all) {
  double less = fmin(here, all), more = fmax(here, all);
  bool ten = more >= less * LINE_FACTOR, tens = ten && less < 1 && more >= LEAST_SCORE;
  bool digit = here < all && more >= HALF_SCORE; /* 6 beside 55 */
  if (t->bare) return more <= PERCENT && (tens || digit);
  return (more >= LARGE_SHARE && ten) || more / less >= SHARE_FACTOR;
}

/* 0.8 for one segment, and 10 for all: of scores and shares, not of money, a line of a segment is
 * near the others. */
static void check_segment_lines(struct lint *l, const struct threshold *t) {
  const struct threshold_line *base = NULL;
  for (size_t i = 0; i < t->lines.n && !base; i++)
    if (!t->lines.v[i].segment && !t->lines.v[i].entries.n) base = &t->lines.v[i];
  if (!base || t->is_duration || (t->type.unit != U_SHARE && !t->bare)) return;
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *line = &t->lines.v[i];
    double here = line->value.num, all = base->value.num;
    if (!line->segment || here <= 0 || all <= 0) continue;
    double more = fmax(here, all) / fmin(here, all);
    bool whole = !t->bare && fmax(here, all) >= 1 && more >= WHOLE_FACTOR; /* 110%, and 12% */
    if (!whole && (more < SEGMENT_FACTOR || !of_two_scales(t, here, all))) continue;
    struct diag *d =
        lint_tell(l, line->span, "for `%s`, `%s` is %.0f times %s than for all others",
                  line->segment->name, t->name, more, here > all ? "larger" : "smaller");
    lint_help(l, d, "is a point or a percent sign missing, or one too many?");
  }
}

/* ---- lines of a table ----------------------------------------------------------------- */

static double of_entry(const struct threshold *t, const struct threshold_line *line) {
  return line->entries.n ? amount_of(t, line) : 0;
}

/* It and the lines beside it count today. */
static bool all_three_count(const struct lint *l, const struct threshold *t,
                            const struct threshold_line *line) {
  for (int i = -1; i <= 1; i++)
    if (threshold_line_on(t, line + i, l->options->today) != line + i) return false;
  return true;
}

/* 300, 2, 15000: far below both lines beside it, or far above both. */
static bool check_entries(struct lint *l, const struct threshold *t) {
  bool told = false;
  for (size_t i = 1; t->by.n && i + 1 < t->lines.n; i++) {
    const struct threshold_line *line = &t->lines.v[i];
    double here = of_entry(t, line), before = of_entry(t, line - 1), after = of_entry(t, line + 1);
    if (here <= 0 || before <= 0 || after <= 0) continue;
    bool less = here * LINE_FACTOR <= fmin(before, after),
         more = here >= LINE_FACTOR * fmax(before, after);
    if ((!less && !more) || !all_three_count(l, t, line)) continue;
    struct diag *d =
        lint_tell(l, line->span, "`%s` is far %s here than in the lines before and behind it",
                  t->name, less ? "smaller" : "larger");
    lint_help(l, d, "is a point, a k, an M or a percent sign missing, or one too many?");
    told = true;
  }
  return told;
}

/* 300, 2k, 150: every line is above the one before it, and the last far below. */
static void check_last_entry(struct lint *l, const struct threshold *t) {
  size_t n = t->lines.n;
  if (!t->by.n || n < 3) return;
  for (size_t i = 0; i < n; i++)
    if (of_entry(t, &t->lines.v[i]) <= 0 ||
        threshold_line_on(t, &t->lines.v[i], l->options->today) != &t->lines.v[i])
      return;
  bool up = amount_of(t, &t->lines.v[1]) > amount_of(t, &t->lines.v[0]);
  for (size_t i = 1; i + 1 < n; i++) {
    double before = amount_of(t, &t->lines.v[i - 1]), here = amount_of(t, &t->lines.v[i]);
    if (before == here || (here > before) != up) return;
  }
  const struct threshold_line *last = &t->lines.v[n - 1];
  double here = amount_of(t, last), before = amount_of(t, last - 1);
  bool far = up ? here * LINE_FACTOR <= before : before * LINE_FACTOR <= here;
  if (!far) return;
  struct diag *d = lint_tell(l, last->span, "`%s` goes %s from line to line, and is far %s here",
                             t->name, up ? "up" : "down", up ? "smaller" : "larger");
  lint_help(l, d, "is a point, a k, an M or a percent sign missing, or one too many?");
}

/* ---- bounds of one thing ---------------------------------------------------------------- */

enum { BOUND_FACTOR = 1000 }; /* a k or an M */

struct bound { /* a number that a value is held against */
  const void *value;
  double number;
  struct span at;
};

struct bounds {
  struct lint *l;
  VEC(struct bound) all;
  struct pointer_map least; /* of a value: its struct bound, the smallest */
};

static const void *value_of(const struct term *t) {
  while (t->kind == T_PARENT) t = t->a;
  bool amount = t->type.unit == U_MONEY || t->type.unit == U_COUNT;
  return !amount             ? NULL
         : t->kind == T_KPI  ? (const void *)t->kpi
         : t->kind == T_ATTR ? t->attr
                             : NULL;
}

static void take_bound(struct bounds *x, const struct term *what, const struct term *number,
                       struct span at) {
  struct lint *l = x->l;
  const void *value = value_of(what);
  bool known = number->kind == T_CONST && number->value.known && number->value.num > 0;
  if (!value || !known || from_library(at)) return;
  VEC_PUSH(l->a, &x->all, ((struct bound){value, number->value.num, at}));
}

static int by_value_and_number(const void *p, const void *q) {
  const struct bound *x = p, *y = q;
  if (x->value != y->value) return x->value < y->value ? -1 : 1;
  if (x->number != y->number) return x->number < y->number ? -1 : 1;
  return x->at.at < y->at.at ? -1 : x->at.at > y->at.at;
}

/* The n numbers of one value, sorted: where one is a thousand times the one before it, the lonelier
 * of the two is told. Ladders have steps between. */
static void check_steps(struct bounds *x, size_t from, size_t n) {
  struct lint *l = x->l;
  for (size_t i = 1; i < n; i++) {
    const struct bound *low = &x->all.v[from + i - 1], *high = low + 1;
    if (high->number / low->number < BOUND_FACTOR) continue;
    const struct bound *odd = i <= n - i ? low : high, *other = odd == low ? high : low;
    if (lint_told(l, "V1014", low->at) || lint_told(l, "V1014", high->at)) return;
    struct diag *d =
        lint_tell(l, odd->at, "`%s` is %.0f times as %s as the bound elsewhere",
                  lint_quote(l, odd->at), high->number / low->number, odd == high ? "high" : "low");
    lint_note(l, d, other->at, "which is here");
    lint_help(l, d, "is a k, an M or a point missing in one of them, or one too many?");
    return;
  }
}

static void check_compared(void *ctx, const struct term *t) {
  if (t->src && t->op != OP_EQ && t->op != OP_NE) take_bound(ctx, t->a, t->b, t->src->span);
}

/* target company_arr >= 13.4k EUR, and a segment of customers with arr >= 60k EUR: all are to be
 * less than one of them. */
static void check_goal(struct bounds *x, const struct target *t) {
  struct lint *l = x->l;
  const struct term *sum = t->kpi ? t->kpi->term : NULL;
  bool one = sum && sum->kind == T_AGG && sum->agg->fn == AGG_SUM && sum->agg->values.n == 1;
  const struct bound *b = one ? pointer_map_get(&x->least, value_of(sum->agg->values.v[0])) : NULL;
  bool high = (t->op == OP_GT || t->op == OP_GE) && t->goal && t->goal->kind == T_CONST &&
              t->goal->value.known && t->measure && t->measure->kind == T_KPI && !t->dims.n;
  if (!b || !high || t->goal->value.num <= 0 || t->goal->value.num > b->number) return;
  struct diag *d =
      lint_tell(l, t->goal->src->span,
                "`%s` of all is to reach %s, and one %s is held "
                "against more",
                t->kpi->name, lint_quote(l, t->goal->src->span), sum->agg->entity->name);
  lint_note(l, d, b->at, "here");
  lint_help(l, d, "is a k or an M missing?");
}

/* segment large where arr >= 50k EUR, and a rule where arr >= 50M EUR */
static void check_bounds(struct lint *l) {
  struct bounds x = {.l = l};
  terms_each(l, KIND(T_CMP), check_compared, &x);
  if (x.all.n) qsort(x.all.v, x.all.n, sizeof *x.all.v, by_value_and_number);
  for (size_t i = 0, n; i < x.all.n; i += n) {
    for (n = 1; i + n < x.all.n && x.all.v[i + n].value == x.all.v[i].value;) n++;
    pointer_map_put(&x.least, l->a, x.all.v[i].value, &x.all.v[i]);
    check_steps(&x, i, n);
  }
  for (size_t i = 0; i < l->rs->targets.n; i++) check_goal(&x, l->rs->targets.v[i]);
}

void lint_line_of_another_scale(struct lint *l) {
  for (size_t i = 0; i < l->rs->thresholds.n; i++) {
    check_lines(l, l->rs->thresholds.v[i]);
    check_segment_lines(l, l->rs->thresholds.v[i]);
    if (!check_entries(l, l->rs->thresholds.v[i])) check_last_entry(l, l->rs->thresholds.v[i]);
  }
  check_bounds(l);
  text_numbers(l);
}

static void check_move(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  bool moves = t->kind == T_MOVE_CMP || (t->kind == T_CMP && t->a->kind == T_MOVE);
  if (!moves || t->b->kind != T_THRESHOLD || t->b->threshold->is_duration) return;
  double lo, hi;
  threshold_limits(t->b->threshold, &lo, &hi);
  if (lo > hi || lo >= 0) return;
  struct diag *d = lint_tell(
      l, t->src->span, "`drop` and `rise` say the way already, and `%s` has a minus besides%s",
      t->b->threshold->name, hi >= 0 ? " in one of its lines" : "");
  lint_note(l, d, t->b->threshold->span, "the threshold is here");
  lint_help(l, d, "write its numbers without the minus");
}

void lint_negative_movement(struct lint *l) {
  terms_each(l, KIND(T_MOVE_CMP) | KIND(T_CMP), check_move, l);
}
