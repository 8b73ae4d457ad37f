/* The past of a value put together: `avg of mrr each month in last 6mo`. In: the expression. Out: a
 * term that asks for it on the last day of each month of the window. */
#include "base/check.h"
#include "base/limits.h"
#include "sema/sema.h"

/* The fewest days of a unit. */
static int least_days(enum period_unit u) {
  switch (u) {
    case PU_DAY: return 1;
    case PU_WEEK: return 7;
    case PU_MONTH:
    case PU_FMONTH: return 28;
    case PU_QUARTER:
    case PU_FQUARTER: return 84;
    case PU_YEAR:
    case PU_FYEAR: return 364;
    case PERIOD_UNITS: break;
  }
  UNREACHABLE("a unit that sema has refused");
}

static int64_t days_of(const struct scope *sc, const struct period *p) {
  if (p->kind == PERIOD_LAST) return most_days(p->dur);
  struct dayrange r = period_range(p, 0, &sc->rs->calendar);
  return (int64_t)r.last - r.first + 1;
}

static bool window_fits(const struct scope *sc, const struct expr *e) {
  const struct period *p = &e->period;
  const char *unit = period_unit_name(e->each);
  if (p->kind == PERIOD_NEXT || (p->kind == PERIOD_RELATIVE && p->step > 0)) {
    HELP_WITH(sc,
              TELL(sc, V0301, e->span, "`each %s` looks back, and this window lies ahead", unit),
              "name one that has passed: each %s in last 6mo, each %s in this year", unit, unit);
    return false;
  }
  int64_t most = days_of(sc, p) / least_days(e->each);
  if (most <= EACH_MAX_DAYS) return true;
  HELP_WITH(sc,
            TELL(sc, V0301, e->span, "`each %s` would look at up to %lld days, and may at %d", unit,
                 (long long)most, EACH_MAX_DAYS),
            "take a shorter window, or a longer step: each month");
  return false;
}

/* Of `latest` there is the value itself; what is counted or split stands over rows. */
static bool can_be_folded(const struct scope *sc, const struct expr *e, const struct term *a) {
  if ((enum agg_fn)e->op == AGG_LATEST) {
    HELP_WITH(sc,
              TELL(sc, V0303, e->span, "the latest of each %s is the value on one day",
                   period_unit_name(e->each)),
              "write the day: %s on end of previous month", quoted(sc, e->a));
    return false;
  }
  if (is_number(a)) return true;
  HELP_WITH(sc,
            TELL(sc, V0301, e->a->span, "`%s` is %s: it has no %s", quoted(sc, e->a),
                 unit_phrase(sc, a), agg_text((enum agg_fn)e->op)),
            "only numbers are put together over time");
  return false;
}

struct term *type_each(const struct scope *sc, const struct expr *e) {
  struct term *a = type_value(sc, e->a);
  if (!unit_exists(sc->rs, e->span, e->each, "fiscal week` or `fiscal day")) return NULL;
  if (!a || !can_be_folded(sc, e, a) || !window_fits(sc, e) || !needs_past(sc, e, a, "each"))
    return NULL;
  struct each *x = NEW(sc->rs->arena, struct each);
  *x = (struct each){(enum agg_fn)e->op, e->num, e->each, e->period};
  struct type type =
      a->type.unit == U_COUNT && x->fn != AGG_SUM && x->fn != AGG_MIN && x->fn != AGG_MAX
          ? type_of(U_NUMBER)
          : a->type;
  struct term *t = term_new(sc, T_EACH, e, type);
  if (x->fn == AGG_SUM) t->type.per = PER_UNSAID; /* twelve months of MRR are money, not MRR */
  t->a = a;
  t->each = x;
  t->ratio = a->ratio;
  return t;
}

/* ---- which days ----------------------------------------------------------------------- */

size_t each_days(const struct each *x, day_t day, const struct calendar *c, day_t *out,
                 day_t *outside) {
  struct dayrange window, period;
  struct period one = {.kind = PERIOD_RELATIVE, .unit = x->unit};
  size_t n = 0;
  *outside = day;
  if (!period_find(&x->period, day, c, &window)) return 0;
  day_t end = window.last < day ? window.last : day;
  for (day_t d = window.first; d <= end; d = period.last + 1) {
    *outside = d;
    if (!period_find(&one, d, c, &period)) return 0;
    if (period.last > end) break;
    CHECK(period.last >= d && n < EACH_MAX_DAYS + EACH_SPARE_DAYS);
    out[n++] = period.last;
  }
  *outside = DAY_NONE;
  return n;
}
