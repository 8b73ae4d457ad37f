/* Days, shifts and movements. In: an expression about time. Out: its term. */
#include <string.h>

#include "base/check.h"
#include "sema/plausible.h"
#include "sema/sema.h"
#include "sema/threshold_line.h"

int64_t most_days(struct duration d) {
  if (d.unit == DUR_BDAY) return (int64_t)d.n * 7 / 5 + 2;
  return duration_is_months(d) ? (int64_t)duration_months(d) * 31 : duration_days(d);
}

/* ---- lengths -------------------------------------------------------------------------- */

static bool is_within(const struct scope *sc, const struct expr *e, const struct length_bounds *b,
                      struct duration d) {
  char dur[16];
  if (d.n >= b->least && (!b->most || most_days(d) <= b->most)) return true;
  const char *name = e->kind == E_DURATION ? ""
                                           : arena_printf(sc->rs->arena, ", and `%s` is %s",
                                                          quoted(sc, e), duration_text(d, dur));
  const char *bound = b->most
                          ? arena_printf(sc->rs->arena, "looks at %dd to %dd", b->least, b->most)
                      : b->least ? "takes at least one day"
                                 : "takes no length below zero";
  HELP_WITH(sc, TELL(sc, b->most ? V0301 : V0103, e->span, "%s %s%s", b->what, bound, name),
            "write: %s",
            !b->most         ? b->example
            : d.n < b->least ? arena_printf(sc->rs->arena, "%dd; less is not looked at", b->least)
                             : arena_printf(sc->rs->arena, "%dd; more is not looked at", b->most));
  return false;
}

static bool no_length(const struct scope *sc, const struct expr *e) {
  const struct attr *at = e->kind == E_PATH && sc->ent ? entity_attr(sc->ent, e->path.v[0]) : NULL;
  if (at && at->type.unit == U_DURATION)
    HELP_WITH(sc, TELL(sc, V0301, e->span, "`%s` is another length for each row", at->name),
              "a look back is as long for all rows: write it, 30d; a row's own length stands in "
              "D + %s, within %s and older than %s",
              at->name, at->name, at->name);
  else
    HELP_WITH(sc, TELL(sc, V0301, e->span, "`%s` is not a duration", quoted(sc, e)),
              "write a duration, 30d 2w 3mo 2q 1y 5bd, or the name of a threshold that is one");
  return false;
}

/* The threshold that the name means; NULL: none, which may have been reported. */
static struct threshold *threshold_meant(const struct scope *sc, const struct expr *e) {
  if (e->kind != E_PATH || e->path.n != 1) return NULL;
  if (sc->ent && entity_attr(sc->ent, e->path.v[0])) return NULL;
  return map_get(&sc->rs->threshold_names, e->path.v[0]);
}

/* One value for everybody, from the first day on, within the bounds on every day. */
static bool is_one_length(const struct scope *sc, const struct expr *e,
                          const struct length_bounds *b, const struct threshold *th) {
  if (!th->is_duration) {
    HELP_WITH(sc, TELL(sc, V0301, e->span, "`%s` is not a duration", th->name),
              "write its values as durations: threshold %s = 30d", th->name);
    return false;
  }
  for (size_t i = 0; i < th->lines.n; i++) {
    if (!is_base_line(&th->lines.v[i])) {
      struct diag *d = TELL(sc, V0301, e->span, "`%s` is not as long for all rows", th->name);
      diag_note(&sc->rs->diags, d, th->lines.v[i].span, "it has a line of its own for some");
      HELP_WITH(sc, d,
                "use a threshold without such lines; or a rule for each of them, with its "
                "own length");
      return false;
    }
    if (!is_within(sc, e, b, th->lines.v[i].dur)) return false;
  }
  return true;
}

bool is_length(const struct scope *sc, const struct expr *e) {
  const struct threshold *th = threshold_meant(sc, e);
  return e->kind == E_DURATION || (th && (th->is_duration || !th->lines.n));
}

bool take_length(const struct scope *sc, const struct expr *e, const struct length_bounds *b,
                 struct length *out) {
  *out = (struct length){0};
  if (e->kind == E_DURATION) {
    out->dur = e->dur;
    return is_within(sc, e, b, e->dur);
  }
  struct threshold *th = threshold_meant(sc, e);
  if (!th) return no_length(sc, e);
  if (!th->lines.n) return false; /* reported where it stands */
  if (!is_one_length(sc, e, b, th)) return false;
  out->of = type_value(sc, e);
  return out->of != NULL;
}

void help_date(const struct scope *sc, struct diag *d, const struct term *t) {
  day_t day;
  const char *text = t->kind == T_CONST && t->type.unit == U_TEXT ? t->value.text : NULL;
  if (text && (day_parse(text, strlen(text), &day) || names_something(sc->rs, text)))
    HELP_WITH(sc, d, "write: %s; without quotes", text);
  else if (t->kind == T_ATTR && t->type.unit == U_TEXT)
    HELP_WITH(sc, d, "declare it as a date: %s date \"…\"", t->attr->name);
  else if (t->kind == T_CONST && t->type.unit == U_DURATION)
    HELP_WITH(sc, d, "write: today + %s; or today - %s, for so long ago", quoted(sc, t->src),
              quoted(sc, t->src));
  else
    HELP_WITH(sc, d, "use a date attribute, or a date such as 2026-03-01");
}

/* t, which was written as e; NULL: it is no date, which is reported. */
static struct term *must_be_date(const struct scope *sc, const struct expr *e, struct term *t,
                                 const char *where) {
  if (!t || t->type.unit == U_DATE) return t;
  struct diag *d = TELL(sc, V0301, e->span, "`%s` is %s; a date is needed %s", quoted(sc, e),
                        unit_phrase(sc, t), where);
  help_date(sc, d, t);
  return NULL;
}

/* ---- periods that there are ----------------------------------------------------------- */

static bool has_quarters(struct ruleset *rs, struct span at) {
  if (!rs->fiscal.table || rs->fiscal.quarter) return true;
  struct diag *d =
      diag_add(&rs->diags, V0321, at, "the fiscal periods of \"%s\" say nothing of quarters",
               rs->fiscal.table);
  diag_help(&rs->diags, d,
            "add the column that names the quarter to the line in the calendar: quarter \"…\"");
  return false;
}

bool unit_exists(struct ruleset *rs, struct span at, enum period_unit u, const char *name) {
  if (u == PU_FQUARTER) return has_quarters(rs, at);
  if (u != PERIOD_UNITS) return true;
  struct diag *d = diag_add(&rs->diags, V0321, at, "there is no `%s`", name);
  diag_help(&rs->diags, d, "fiscal are a month, a quarter and a year: write fiscal month");
  return false;
}

bool period_exists(const struct scope *sc, struct span at, const struct period *p) {
  char text[32];
  bool counted = p->kind == PERIOD_LAST || p->kind == PERIOD_NEXT;
  if (p->dur_name) { /* of a define it has been filled in */
    const char *word = p->kind == PERIOD_LAST ? "last" : "next";
    const char *said = arena_printf(sc->rs->arena, "in %s %s", word, p->dur_name);
    const char *found = strstr(at.src->text + at.at, said);
    if (found && found < at.src->text + at.end) {
      at.at = (uint32_t)(found - at.src->text);
      at.end = at.at + (uint32_t)strlen(said);
    }
    HELP_WITH(sc,
              TELL(sc, V0301, at, "`in %s %s`: how many days are counted has to be written", word,
                   p->dur_name),
              "write: in %s 30d", word);
    return false;
  }
  if (!counted && !unit_exists(sc->rs, at, p->unit, "fiscal week` or `fiscal day")) return false;
  if (p->kind != PERIOD_FIXED) return true;
  if (p->unit == PU_WEEK && sc->rs->calendar.week_start != 1) {
    HELP_WITH(
        sc,
        TELL(sc, V0321, at,
             "`%s` is a week that starts on a Monday, and this calendar's weeks do not",
             period_text(p, text)),
        "write its days: day >= 2026-12-27 and day <= 2027-01-02; or take `weeks start` out of "
        "the calendar");
    return false;
  }
  if (p->unit != PU_FMONTH || p->part <= 12 || sc->rs->fiscal.table) return true;
  HELP_WITH(
      sc,
      TELL(sc, V0321, at, "there is no `%s`: a fiscal year has 12 months", period_text(p, text)),
      "write FY%04d-M12", p->year);
  return false;
}

static struct term *today_term(const struct scope *sc, const struct expr *e) {
  return term_new(sc, T_TODAY, e, type_of(U_DATE));
}

static struct term *compared(const struct scope *sc, const struct expr *e, struct term *a,
                             enum op op, struct term *b) {
  struct term *t = term_new(sc, T_CMP, e, type_of(U_FLAG));
  t->op = op;
  t->a = a;
  t->b = b;
  return t;
}

/* What is known only from its day on lies ahead of no day: what asks for days ahead is a slip. */
static bool lies_ahead(const struct scope *sc, const struct expr *e, const struct term *date,
                       const char *word) {
  const struct attr *at = recorded_day(date);
  if (!at) {
    check_ahead(sc, e, date, word);
    return true;
  }
  HELP_WITH(
      sc,
      TELL(sc, V0313, e->span,
           "`%s` records what happened, so none of its days lies ahead: `%s` finds none", at->name,
           word),
      "ask what has happened (%s in last 30d, %s is unknown), or name the day that is planned",
      at->name, at->name);
  return false;
}

/* `renewal within window`, where window is a threshold: the bounds are computed row by row. */
static struct term *bounded_by_term(const struct scope *sc, const struct expr *e, struct term *date,
                                    struct term *days) {
  if (days->bare || days->type.unit != U_DURATION) {
    HELP_WITH(sc,
              TELL(sc, V0301, e->b->span, "`%s` is %s; a duration is needed here", quoted(sc, e->b),
                   unit_phrase(sc, days)),
              "write a duration: 60d");
    return NULL;
  }
  struct term *bound = term_new(sc, T_DATE_DAYS, e, type_of(U_DATE));
  bound->a = today_term(sc, e);
  bound->b = days;
  bound->op = e->kind != E_WITHIN ? -1 : no_day_count(days) ? DATE_AHEAD : 1;
  if (e->kind == E_OLDER && no_day_count(days)) { /* D + P <= today: months have no way back */
    bound->a = date;
    bound->op = 1;
    return compared(sc, e, bound, OP_LE, today_term(sc, e));
  }
  if (e->kind == E_OLDER) return compared(sc, e, date, OP_LE, bound);
  struct term *both = term_new(sc, T_AND, e, type_of(U_FLAG));
  both->a = compared(sc, e, date, OP_GE, today_term(sc, e));
  both->b = compared(sc, e, date, OP_LE, bound);
  return both;
}

static struct term *type_window(const struct scope *sc, const struct expr *e, struct term *date,
                                struct term *days) {
  struct term *a = must_be_date(sc, e->a, date,
                                e->kind == E_WITHIN  ? "before `within`"
                                : e->kind == E_OLDER ? "before `older than`"
                                                     : "before `overdue`");
  if (!a || (e->kind == E_WITHIN && !lies_ahead(sc, e, a, "within"))) return NULL;
  if (e->b && e->b->kind != E_DURATION) return days ? bounded_by_term(sc, e, a, days) : NULL;
  struct term *t = term_new(sc,
                            e->kind == E_WITHIN  ? T_WITHIN
                            : e->kind == E_OLDER ? T_OLDER
                                                 : T_OVERDUE,
                            e, type_of(U_FLAG));
  t->a = a;
  if (e->b) t->dur = e->b->dur;
  return t;
}

static struct term *type_inperiod(const struct scope *sc, const struct expr *e, struct term *date) {
  struct term *a = must_be_date(sc, e->a, date, "before `in`");
  bool ahead =
      e->period.kind == PERIOD_NEXT || (e->period.kind == PERIOD_RELATIVE && e->period.step > 0);
  if (!a || (ahead && !lies_ahead(sc, e, a, "in next"))) return NULL;
  struct term *t = term_new(sc, T_RANGE, e, type_of(U_FLAG));
  t->a = a;
  t->period = e->period;
  return t;
}

/* ---- months across fiscal periods ------------------------------------------------------- */

static bool is_fiscal_now(const struct period *p) {
  return p->kind == PERIOD_RELATIVE && period_unit_is_fiscal(p->unit);
}

static const struct term *fiscal_under(const struct term *t);

static const struct term *fiscal_in_aggregate(const struct agg *g) {
  const struct term *found = g->where ? fiscal_under(g->where) : NULL;
  for (size_t i = 0; !found && i < g->values.n; i++) found = fiscal_under(g->values.v[i]);
  if (!found && g->segment) found = fiscal_under(g->segment->term);
  return found;
}

/* The fiscal period under t that goes by the day on which it is asked; NULL: none. */
static const struct term *fiscal_under(const struct term *t) {
  const struct term *found = NULL;
  if (!t) return NULL;
  switch (t->kind) {
    case T_RANGE:
    case T_EDGE:
    case T_DAYS_IN:
      if (is_fiscal_now(&t->period)) return t;
      break;
    case T_PERIODOF:
    case T_EDGEOF:
      if (t->a->kind == T_TODAY && period_unit_is_fiscal(t->period.unit)) return t;
      break;
    case T_KPI: return fiscal_under(t->kpi->term);
    case T_SEGMENT: return fiscal_under(t->segment->term);
    case T_ATTR: return t->attr->kind == ATTR_COMPUTED ? fiscal_under(t->attr->term) : NULL;
    case T_AGG:
      if (t->agg->has_period && is_fiscal_now(&t->agg->period)) return t;
      found = fiscal_in_aggregate(t->agg);
      break;
    default: break;
  }
  for (size_t i = 0; !found && i < t->list.n; i++) found = fiscal_under(t->list.v[i]);
  if (!found) found = fiscal_under(t->a);
  if (!found) found = fiscal_under(t->b);
  return found ? found : fiscal_under(t->c);
}

/* A month back from a day of a period of 4 weeks is a day of no period in particular. */
static bool shifts_by_periods(const struct scope *sc, const struct expr *e, const struct term *a,
                              struct duration by) {
  const struct term *of = sc->rs->fiscal.table && duration_is_months(by) ? fiscal_under(a) : NULL;
  char dur[16];
  if (!of) return true;
  enum period_unit u = of->kind == T_AGG ? of->agg->period.unit : of->period.unit;
  HELP_WITH(
      sc,
      TELL(sc, V0321, e->span,
           "`%s` looks %s back, and its %s is one of the table \"%s\", where periods are no "
           "calendar months",
           quoted(sc, e->a), duration_text(by, dur), period_unit_name(u), sc->rs->fiscal.table),
      "ask for the period before: in previous %s; or for the value on a day of it: (%s on end "
      "of previous %s)",
      period_unit_name(u), quoted(sc, e->a), period_unit_name(u));
  return false;
}

bool needs_past(const struct scope *sc, const struct expr *e, const struct term *a,
                const char *word) {
  if (has_past(a)) return true;
  struct diag *d =
      TELL(sc, V0307, e->span, "`%s` has only today's value, so `%s` has %s", quoted(sc, e->a),
           word, e->kind == E_EACH ? "no past to put together" : "nothing to compare with");
  HELP_WITH(
      sc, d,
      "declare it with its history: %s … history \"table\" by \"key\" at \"day\" value \"column\"",
      quoted(sc, e->a));
  return false;
}

static struct term *type_shift(const struct scope *sc, const struct expr *e, struct term *a) {
  struct length length = {.dur = {30, DUR_DAY}};
  struct length_bounds bounds = {0, 0, "a look back", "arr 30d ago"};
  if (e->b && !take_length(sc, e->b, &bounds, &length)) return NULL;
  if (!a || !needs_past(sc, e, a, e->kind == E_AGO ? "ago" : move_text((enum move)e->op)))
    return NULL;
  if (!shifts_by_periods(sc, e, a, length_on(&length, DAY_MIN))) return NULL;
  if (e->kind == E_AGO) {
    struct term *t = term_new(sc, T_AGO, e, a->type);
    t->a = a;
    t->dur = length.dur;
    t->c = length.of;
    t->ratio = a->ratio;
    return t;
  }
  bool date = a->type.unit == U_DATE;
  if (!is_number(a) && !date) {
    HELP_WITH(sc,
              TELL(sc, V0301, e->span, "`%s` is %s: only numbers and dates %s", quoted(sc, e->a),
                   unit_phrase(sc, a), move_text((enum move)e->op)),
              "compare the two days: %s != (%s 30d ago)", quoted(sc, e->a), quoted(sc, e->a));
    return NULL;
  }
  struct term *t = term_new(sc, T_MOVE, e, date ? type_of(U_DURATION) : a->type);
  t->a = a;
  t->op = e->op;
  t->dur = length.dur;
  t->c = length.of;
  t->ratio = a->ratio;
  return t;
}

static struct term *type_for(const struct scope *sc, const struct expr *e, struct term *a) {
  struct length length;
  struct length_bounds bounds = {1, FOR_MAX_DAYS, "`for`",
                                 arena_printf(sc->rs->arena, "%s for 14d", quoted(sc, e->a))};
  if (!take_length(sc, e->b, &bounds, &length) || !a) return NULL;
  struct term *t = term_new(sc, T_FOR, e, type_of(U_FLAG));
  t->a = a;
  t->dur = length.dur;
  t->c = length.of;
  return t;
}

/* days since D = today - D; days until D = D - today. */
static struct term *type_since(const struct scope *sc, const struct expr *e, struct term *date) {
  bool until = e->op & SINCE_UNTIL, business = e->op & SINCE_BUSINESS;
  struct term *a =
      must_be_date(sc, e->a, date, until ? "after `days until`" : "after `days since`");
  if (!a || (until && !lies_ahead(sc, e, a, "days until"))) return NULL;
  struct term *t =
      term_new(sc, business ? T_BDAYS : T_DATE_DIFF, e, type_of(business ? U_COUNT : U_DURATION));
  t->a = until ? a : today_term(sc, e);
  t->b = until ? today_term(sc, e) : a;
  return t;
}

/* month of D: a text, 2026-01. */
static struct term *type_period_of(const struct scope *sc, const struct expr *e,
                                   struct term *date) {
  struct term *a = must_be_date(sc, e->a, date, "after `of`");
  if (!a) return NULL;
  struct term *t = term_new(sc, T_PERIODOF, e, type_of(U_TEXT));
  t->a = a;
  t->period = e->period;
  return t;
}

/* start of month of D: a date. */
static struct term *type_edge_of(const struct scope *sc, const struct expr *e, struct term *date) {
  struct term *a = must_be_date(sc, e->a, date, "after `of`");
  if (!a) return NULL;
  struct term *t = term_new(sc, T_EDGEOF, e, type_of(U_DATE));
  t->a = a;
  t->op = e->op;
  t->period = e->period;
  return t;
}

struct term *type_days(const struct scope *sc, const struct expr *e, struct term *a,
                       struct term *b) {
  switch (e->kind) {
    case E_INPERIOD: return type_inperiod(sc, e, a);
    case E_WITHIN:
    case E_OLDER:
    case E_OVERDUE: return type_window(sc, e, a, b);
    case E_AGO:
    case E_MOVE: return type_shift(sc, e, a);
    case E_FOR: return type_for(sc, e, a);
    case E_SINCE: return type_since(sc, e, a);
    case E_PERIODOF: return type_period_of(sc, e, a);
    case E_EDGEOF: return type_edge_of(sc, e, a);
    case E_ON: return type_on(sc, e, a, must_be_date(sc, e->b, b, "after `on`"));
    default: break;
  }
  CHECK(e->kind == E_EDGE);
  struct term *t = term_new(sc, T_EDGE, e, type_of(U_DATE));
  t->op = e->op;
  t->period = e->period;
  return t;
}
