/* Numbers and days that the data never comes near. In: comparisons, and what the columns and KPIs
 * hold. Out: a score of 0 to 100 against 0.4, a drop larger than the values, `within` of days that
 * have all passed. */
#include <math.h>

#include "lint/data.h"

enum { SCALE_FACTOR = 10, VALUES_LEAST = 3 };

static const struct column_facts *facts_of(const struct lint *l, const struct term *t) {
  while (t->kind == T_PARENT || t->kind == T_AGO) t = t->a;
  return t->kind == T_ATTR ? column_of(l, t->attr) : NULL;
}

/* The lowest and the highest value of a number that is written down or named; false: neither. */
static bool fixed(const struct term *t, double *lo, double *hi) {
  if (t->kind == T_CONST && t->value.known && unit_class(t->type.unit) == CLASS_NUM) {
    *lo = *hi = t->value.num;
    return true;
  }
  if (t->kind != T_THRESHOLD || (t->threshold->bare && t->type.unit == U_MONEY)) return false;
  threshold_limits(t->threshold, lo, hi);
  return true;
}

static const char *shown(struct lint *l, const struct term *t, double v) {
  struct value x = {.type = t->type, .known = true, .num = v};
  char buf[80];
  return arena_strdup(l->a, value_text(&x, buf, sizeof buf));
}

/* ---- comparisons ---------------------------------------------------------------------- */

/* health < 0.4, of a score that runs from 12 to 98 */
static void check_compared(struct lint *l, const struct term *path, const struct term *number) {
  const struct column_facts *f = facts_of(l, path);
  double lo, hi;
  if (!f || f->known < VALUES_LEAST || !fixed(number, &lo, &hi) || lo <= 0) return;
  bool money = path->type.unit == U_MONEY, share = path->type.unit == U_SHARE;
  bool far_below = !money && !share && hi < 1 && f->least >= 1 && f->hi >= SCALE_FACTOR;
  bool far_above = !money && !share && f->hi > 0 && f->hi <= 1 && lo >= SCALE_FACTOR;
  if (!far_below && !far_above) return;
  struct diag *d = lint_tell(
      l, number->src->span, "`%s` runs from %s to %s in the data: `%s` is of another scale",
      f->what, shown(l, path, f->lo), shown(l, path, f->hi), lint_quote(l, number->src->span));
  lint_help(l, d,
            "on the scale of the column it is %.15g; with `drop` or `rise`, a share is %.15g%%",
            far_below ? lo * 100 : lo / 100, far_below ? lo * 100 : lo);
}

/* ---- movements ------------------------------------------------------------------------ */

static bool range_of(const struct lint *l, const struct term *t, double *lo, double *hi) {
  const struct kpi_facts *k = t->kind == T_KPI ? values_of(l, t->kpi) : NULL;
  const struct column_facts *f = facts_of(l, t);
  if (k ? k->known < VALUES_LEAST : !f || f->known < VALUES_LEAST) return false;
  *lo = k ? k->lo : f->lo, *hi = k ? k->hi : f->hi;
  return true;
}

/* usage drop > 30, of what was never above 12; or drop > 0.3, of a score that reaches 90. */
static void check_moved(struct lint *l, const struct term *move, const struct term *number) {
  double lo, hi, least, most;
  if (!range_of(l, move->a, &least, &most) || !fixed(number, &lo, &hi) || lo <= 0) return;
  enum unit u = move->type.unit;
  bool level = u == U_SCORE || u == U_NUMBER;
  bool never = least >= 0 && most > 0 && move->move != MOVE_RISE && lo > most;
  bool always = level && hi < 1 && most >= SCALE_FACTOR;
  if (u == U_SHARE) never &= lo < 1, always = false; /* of 100 points V1048 tells */
  if (!never && !always) return;
  const char *what = lint_quote(l, move->a->src->span), *written = lint_quote(l, number->src->span);
  struct diag *d =
      never ? lint_tell(l, number->src->span,
                        "`%s` was never above %s on the days looked at: it cannot fall by %s", what,
                        shown(l, move, most), written)
            : lint_tell(l, number->src->span,
                        "`%s` reaches %s in the data: %s of it is next to nothing", what,
                        shown(l, move, most), written);
  double percent = u == U_SHARE ? 0 : never ? (u == U_MONEY ? 0 : lo) : lo * 100;
  if (percent > 0 && percent <= 100)
    lint_help(l, d, "write %.15g%% if a share of it is meant", percent);
  else
    lint_help(l, d, "write a smaller number, or a percent if a share of it is meant");
}

/* The lines of a threshold that hold today, one by one: 100 for all, 15 for a segment. */
static void check_moved_lines(struct lint *l, const struct term *move, const struct term *number) {
  const struct threshold *t = number->threshold;
  double least, most;
  bool score =
      move->type.unit == U_SCORE || move->type.unit == U_NUMBER || move->type.unit == U_COUNT;
  if (t->is_duration || !score || !range_of(l, move->a, &least, &most) || most <= 0) return;
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *line = &t->lines.v[i];
    bool later = false;
    for (size_t k = 0; k < t->lines.n && !line->entries.n; k++)
      later |= t->lines.v[k].segment == line->segment && t->lines.v[k].from > line->from &&
               t->lines.v[k].from <= l->options->today;
    if (later || line->from > l->options->today || line->value.num <= most) continue;
    struct diag *d = lint_tell(
        l, line->span, "`%s` was never above %s on the days looked at: it cannot move by %.15g",
        lint_quote(l, move->a->src->span), shown(l, move, most), line->value.num);
    lint_help(l, d, "write a smaller number, or a percent if a share of it is meant");
  }
}

static void check_number(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_CMP || unit_class(t->a->type.unit) != CLASS_NUM) return;
  bool left = t->a->kind == T_CONST || t->a->kind == T_THRESHOLD;
  const struct term *number = left ? t->a : t->b, *what = left ? t->b : t->a;
  if (what->kind != T_MOVE && l->now->run == lint_number_of_another_scale)
    check_compared(l, what, number);
  if (what->kind != T_MOVE || l->now->run != lint_movement_beyond_the_values) return;
  size_t told = l->findings.list.n;
  check_moved(l, what, number);
  if (l->findings.list.n == told && number->kind == T_THRESHOLD && what->a->src)
    check_moved_lines(l, what, number);
}

void lint_number_of_another_scale(struct lint *l) { terms_each(l, KIND(T_CMP), check_number, l); }
void lint_movement_beyond_the_values(struct lint *l) {
  terms_each(l, KIND(T_CMP), check_number, l);
}

/* ---- days ----------------------------------------------------------------------------- */

static void check_ahead(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  bool ahead = t->kind == T_WITHIN || (t->kind == T_RANGE && t->period.kind == PERIOD_NEXT);
  const struct column_facts *f = ahead ? facts_of(l, t->a) : NULL;
  if (!f || !f->known || f->hi >= l->options->today) return;
  char day[16], today[16];
  struct diag *d =
      lint_tell(l, t->src->span, "`%s` looks ahead from %s, and the latest day of `%s` is %s",
                lint_quote(l, t->src->span), day_text(l->options->today, today), f->what,
                day_text((day_t)f->hi, day));
  const char *span = t->kind == T_WITHIN && t->src->b ? lint_quote(l, t->src->b->span) : "30d";
  lint_help(l, d, "write: %s in last %s, for what has happened; or see whether the table is filled",
            lint_quote(l, t->a->src->span), span);
}

void lint_within_of_the_past(struct lint *l) {
  terms_each(l, KIND(T_WITHIN) | KIND(T_RANGE), check_ahead, l);
}
