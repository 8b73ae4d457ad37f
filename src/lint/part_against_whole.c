/* This month against the whole previous one. In: formulas of KPIs, conditions of rules. Out: those
 * that set what is not over yet against what is. */
#include <string.h>

#include "base/check.h"
#include "lint/check.h"
#include "sema/to_date.h"

static const char *one_back(enum period_unit unit) {
  switch (unit) {
    case PU_WEEK: return "1w";
    case PU_MONTH:
    case PU_FMONTH: return "1mo";
    case PU_QUARTER:
    case PU_FQUARTER: return "1q";
    case PU_YEAR:
    case PU_FYEAR: return "1y";
    default: UNREACHABLE("a unit that is not over today"); /* a day is */
  }
}

static void check_term(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  struct part_of_period found;
  if (!sets_part_against_whole(t, &found)) return;
  const char *unit = period_unit_name(found.unit), *part = lint_quote(l, found.part->src->span),
             *shifted = strchr(part, ' ') && !found.part->src->parens
                            ? arena_printf(l->a, "(%s)", part)
                            : part;
  struct diag *d =
      lint_tell(l, t->src->span, "`%s` is of a %s that is not over, and is set against a whole one",
                part, unit);
  if (l->rs->fiscal.table && period_unit_is_fiscal(found.unit)) {
    lint_help(l, d, "of two that are over: %s on end of previous %s", shifted, unit);
    return;
  }
  lint_help(l, d,
            "against the same days of the %s before: %s %s ago; of two that are over: %s on end of "
            "previous %s",
            unit, shifted, one_back(found.unit), shifted, unit);
}

struct running { /* the unit of `in this quarter`; PERIOD_UNITS: none, or several */
  enum period_unit unit;
  bool found;
};

static void take_running(void *ctx, const struct term *t) {
  struct running *x = ctx;
  const struct period *p = t->kind == T_RANGE                       ? &t->period
                           : t->kind == T_AGG && t->agg->has_period ? &t->agg->period
                                                                    : NULL;
  if (!p || p->kind != PERIOD_RELATIVE || p->step != 0) return;
  x->unit = x->found && x->unit != p->unit ? PERIOD_UNITS : p->unit;
  x->found = true;
}

/* 3 for a quarter, 0 for what is no number of months. */
static int months_of(enum period_unit u) {
  return u == PU_MONTH || u == PU_FMONTH       ? 1
         : u == PU_QUARTER || u == PU_FQUARTER ? 3
         : u == PU_YEAR || u == PU_FYEAR       ? 12
                                               : 0;
}

/* target won_this_quarter >= quota by end of fiscal year: what begins anew each quarter. */
static void check_target(struct lint *l, const struct target *t) {
  const struct term *by = t->by;
  struct running x = {PERIOD_UNITS, false};
  bool edge = by && by->kind == T_EDGE && by->period.unit < PERIOD_UNITS;
  if (!edge || !t->measure || t->measure->kind != T_KPI || !t->kpi || !t->kpi->term) return;
  bool whole_year = by->period.kind == PERIOD_FIXED || by->period.kind == PERIOD_RELATIVE;
  term_walk(t->kpi->term, take_running, &x);
  int asked = whole_year ? months_of(by->period.unit) : 0;
  int own = x.unit < PERIOD_UNITS ? months_of(x.unit) : 0;
  if (!own || !asked || asked <= own) return;
  struct diag *d = lint_tell(
      l, t->expr->span, "`%s` begins anew with each %s, and this target looks at the end of a %s",
      t->kpi->name, period_unit_name(x.unit), period_unit_name(by->period.unit));
  lint_help(l, d, "write: by end of %s; or name a KPI of the whole %s", period_unit_name(x.unit),
            period_unit_name(by->period.unit));
}

void lint_part_against_whole(struct lint *l) {
  terms_each(l, KIND(T_CMP) | KIND(T_ARITH), check_term, l);
  for (size_t i = 0; i < l->rs->targets.n; i++) check_target(l, l->rs->targets.v[i]);
}
