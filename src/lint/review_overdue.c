/* Thresholds and their reviews. In: thresholds, the day. Out: those that nobody has looked at in
 * time. */
#include "base/check.h"
#include "lint/check.h"
#include "sema/threshold_line.h"

static struct duration interval(enum period_unit u) {
  switch (u) {
    case PU_DAY: return (struct duration){1, DUR_DAY};
    case PU_WEEK: return (struct duration){1, DUR_WEEK};
    case PU_MONTH:
    case PU_FMONTH: return (struct duration){1, DUR_MONTH};
    case PU_YEAR:
    case PU_FYEAR: return (struct duration){1, DUR_YEAR};
    case PU_QUARTER:
    case PU_FQUARTER: return (struct duration){1, DUR_QUARTER};
    default: UNREACHABLE("a unit of a period");
  }
}

void lint_review_overdue(struct lint *l) {
  char was[16], next[16];
  for (size_t i = 0; i < l->rs->thresholds.n; i++) {
    const struct threshold *t = l->rs->thresholds.v[i];
    if (!t->has_review) continue;
    if (t->reviewed == DAY_NONE) {
      struct diag *d = lint_tell(l, t->span, "`%s` is to be reviewed every %s, and never was",
                                 t->name, period_unit_name(t->review));
      lint_help(l, d, "look at how often it fired, and add: reviewed %s",
                day_text(l->options->today, was));
      continue;
    }
    day_t due = day_shift(&l->rs->calendar, t->reviewed, interval(t->review), 1);
    if (l->options->today <= due) continue;
    struct diag *d = lint_tell(
        l, t->span,
        "`%s` is to be reviewed every %s: it was on %s, and the next review was due on %s", t->name,
        period_unit_name(t->review), day_text(t->reviewed, was), day_text(due, next));
    lint_help(l, d, "look at how often it fired since, and write the day: reviewed %s",
              day_text(l->options->today, was));
  }
}

void lint_reviewed_ahead(struct lint *l) {
  char was[16], today[16];
  for (size_t i = 0; i < l->rs->thresholds.n; i++) {
    const struct threshold *t = l->rs->thresholds.v[i];
    if (t->reviewed == DAY_NONE || t->reviewed <= l->options->today) continue;
    struct diag *d =
        lint_tell(l, t->span, "`%s` cannot have been reviewed on %s: that day has not come",
                  t->name, day_text(t->reviewed, was));
    lint_help(l, d, "write the day on which somebody looked at it: reviewed %s",
              day_text(l->options->today, today));
  }
}

/* The day of the last line of each segment, however particular its entries: a segment -> a line. */
static struct pointer_map last_lines(struct lint *l, const struct threshold *t) {
  struct pointer_map last = {0};
  for (size_t k = 0; k < t->lines.n; k++) {
    const struct threshold_line *x = &t->lines.v[k],
                                *known = x->segment ? pointer_map_get(&last, x->segment) : NULL;
    if (x->segment && (!known || x->from > known->from))
      pointer_map_put(&last, l->a, x->segment, x);
  }
  return last;
}

/* A segment's own line outranks the base, also after the base has moved. */
void lint_override_left_behind(struct lint *l) {
  char buf[16];
  for (size_t i = 0; i < l->rs->thresholds.n; i++) {
    const struct threshold *t = l->rs->thresholds.v[i];
    const struct threshold_line *moved = NULL;
    for (size_t k = 0; k < t->lines.n; k++) {
      const struct threshold_line *x = &t->lines.v[k];
      if (is_base_line(x) && x->from > DAY_MIN && x->from <= l->options->today &&
          (!moved || x->from > moved->from))
        moved = x;
    }
    if (!moved) continue;
    struct pointer_map lasts = last_lines(l, t);
    for (size_t k = 0; k < t->lines.n; k++) {
      const struct threshold_line *x = &t->lines.v[k],
                                  *last = x->segment ? pointer_map_get(&lasts, x->segment) : NULL;
      if (!last || last->from >= moved->from) continue;
      struct diag *d = lint_tell(
          l, x->span, "`%s` changed on %s for everybody but `%s`, which keeps its older value",
          t->name, day_text(moved->from, buf), x->segment->name);
      lint_note(l, d, moved->span, "the change is here");
      lint_help(l, d, "if it should follow: for %s from %s = …", x->segment->name, buf);
    }
  }
}

void lint_target_passed(struct lint *l) {
  char buf[16];
  for (size_t i = 0; i < l->rs->targets.n; i++) {
    const struct target *t = l->rs->targets.v[i];
    if (!t->by) continue;
    day_t by = DAY_NONE;
    if (t->by->kind == T_CONST) by = (day_t)t->by->value.num;
    if (t->by->kind == T_EDGE && t->by->period.kind == PERIOD_FIXED) {
      struct dayrange r;
      if (period_find(&t->by->period, l->options->today, &l->rs->calendar, &r))
        by = t->by->op ? r.last : r.first;
    }
    if (by == DAY_NONE || by >= l->options->today) continue;
    struct diag *d =
        lint_tell(l, t->span, "the day of this target, %s, has passed", day_text(by, buf));
    lint_help(l, d, "set the next target, or remove this one");
  }
}
