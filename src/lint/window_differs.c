/* Windows that differ from the words. In: KPIs. Out: those whose name or `means` says 30 days, and
 * whose formula looks at 90. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lint/check.h"

enum { SPANS_MAX = 16 };

/* Lengths of time, in days. */
struct spans {
  double v[SPANS_MAX];
  int n;
};

static void add_span(struct spans *s, double days) {
  if (s->n < SPANS_MAX && days > 0) s->v[s->n++] = days;
}

/* ---- what is said --------------------------------------------------------------------- */

static const struct {
  const char *word;
  double days;
} units[] = {{"day", 1},        {"days", 1},        {"d", 1},         {"week", 7},
             {"weeks", 7},      {"w", 7},           {"month", 30.4},  {"months", 30.4},
             {"mo", 30.4},      {"quarter", 91},    {"quarters", 91}, {"year", 365},
             {"years", 365},    {"y", 365},         {"jour", 1},      {"jours", 1},
             {"j", 1},          {"semaine", 7},     {"semaines", 7},  {"mois", 30.4},
             {"trimestre", 91}, {"trimestres", 91}, {"an", 365},      {"ans", 365},
             {"année", 365},    {"années", 365},    {"tage", 1},      {"tagen", 1},
             {"woche", 7},      {"wochen", 7},      {"monat", 30.4},  {"monate", 30.4},
             {"monaten", 30.4}, {"quartal", 91},    {"jahr", 365},    {"jahre", 365}};

/* They stand between a number and its unit: the 12 last months, les 12 derniers mois. */
static const char *const between[] = {"last",     "past",      "previous",  "rolling", "full",
                                      "derniers", "dernières", "dernieres", "letzten", "whole"};

static const struct {
  const char *word;
  int n;
} numbers[] = {{"one", 1},     {"two", 2},     {"three", 3}, {"four", 4},   {"five", 5},
               {"six", 6},     {"seven", 7},   {"eight", 8}, {"nine", 9},   {"ten", 10},
               {"eleven", 11}, {"twelve", 12}, {"last", 1},  {"past", 1},   {"previous", 1},
               {"un", 1},      {"deux", 2},    {"trois", 3}, {"quatre", 4}, {"douze", 12},
               {"zwei", 2},    {"drei", 3},    {"zwölf", 12}};

static bool is_adjective(const char *word) {
  for (size_t i = 0; i < sizeof between / sizeof *between; i++)
    if (strcasecmp(between[i], word) == 0) return true;
  return false;
}

static double unit_days(const char *word) {
  for (size_t i = 0; i < sizeof units / sizeof *units; i++)
    if (strcasecmp(units[i].word, word) == 0) return units[i].days;
  return 0;
}

static double number_of(const char *word) {
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    if (strcasecmp(numbers[i].word, word) == 0) return numbers[i].n;
  return strtod(word, NULL);
}

/* One day in words is a day among others: the most on one day, on the last day of the month. */
static double span_of(const char *number, const char *unit) {
  double days = number_of(number) * unit_days(unit);
  return days == 1 && !isdigit((unsigned char)*number) ? 0 : days;
}

/* le mois dernier */
static bool stands_behind(const char *word) {
  static const char *const words[] = {"dernier",    "dernière", "derniere", "précédent",
                                      "précédente", "passé",    "passée"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strcasecmp(words[i], word) == 0) return true;
  return false;
}

static bool is_letter(char c) { return isalnum((unsigned char)c) || (unsigned char)c >= 0x80; }

/* The next word of letters, or of digits: 30 and d of "30d". */
static const char *next_word(const char *p, char *out, size_t size) {
  while (*p && !is_letter(*p)) p++;
  bool digits = isdigit((unsigned char)*p);
  size_t n = 0;
  for (; is_letter(*p) && (isdigit((unsigned char)*p) != 0) == digits; p++)
    if (n + 1 < size) out[n++] = *p;
  out[n] = 0;
  return n ? p : NULL;
}

/* 30d, 30 days, three weeks, last month */
static struct spans said_in(const char *text) {
  struct spans s = {0};
  char word[24], before[24] = "";
  for (const char *p = text ? next_word(text, word, sizeof word) : NULL; p;
       p = next_word(p, word, sizeof word)) {
    add_span(&s, span_of(before, word));
    if (stands_behind(word) && unit_days(before) > 1) add_span(&s, unit_days(before));
    if (!is_adjective(word) || !number_of(before)) memcpy(before, word, sizeof word);
  }
  return s;
}

/* ---- what the formula looks at -------------------------------------------------------- */

static double length_days(struct duration d) {
  if (d.unit == DUR_BDAY) return d.n * 1.4;
  return duration_is_months(d) ? duration_months(d) * 30.4 : duration_days(d);
}

static void gather(struct spans *s, const struct expr *e) {
  static const double of_unit[] = {
      [PU_DAY] = 1,    [PU_WEEK] = 7,      [PU_MONTH] = 30.4,  [PU_QUARTER] = 91,
      [PU_YEAR] = 365, [PU_FMONTH] = 30.4, [PU_FQUARTER] = 91, [PU_FYEAR] = 365};
  if (!e) return;
  if (e->kind == E_DURATION) add_span(s, length_days(e->dur));
  if (e->has_period || e->kind == E_PERIOD || e->kind == E_INPERIOD) {
    const struct period *p = &e->period;
    bool counted = p->kind == PERIOD_LAST || p->kind == PERIOD_NEXT;
    if (counted && !p->dur_name) add_span(s, length_days(p->dur));
    if (!counted && p->unit < PERIOD_UNITS) add_span(s, of_unit[p->unit]);
  }
  for (size_t i = 0; i < expr_kid_count(e); i++) gather(s, expr_kid(e, i));
}

static bool is_one_met(const struct spans *said, const struct spans *used) {
  for (int i = 0; i < said->n; i++)
    for (int k = 0; k < used->n; k++)
      if (fabs(said->v[i] - used->v[k]) <= 0.1 * said->v[i]) return true;
  return false;
}

/* ---- the period that runs, and the one that is over ----------------------------------- */

static const char *const over[] = {"last whole",
                                   "last full",
                                   "previous month",
                                   "previous week",
                                   "previous quarter",
                                   "previous year",
                                   "whole month",
                                   "full month",
                                   "completed month",
                                   "mois dernier",
                                   "mois précédent",
                                   "trimestre précédent",
                                   "trimestre dernier",
                                   "année précédente",
                                   "letzten Monats",
                                   "Vormonat",
                                   NULL};
static const char *const running[] = {
    "this month", "this quarter", "this year",   "this week", "month to date",
    "ce mois",    "ce trimestre", "cette année", "so far",    NULL};

static void find_steps(const struct expr *e, bool *now, bool *other) {
  if (!e) return;
  bool is = e->has_period || e->kind == E_PERIOD || e->kind == E_INPERIOD;
  if (is && e->period.kind == PERIOD_RELATIVE && e->period.step == 0)
    *now = true;
  else if (is || e->kind == E_DURATION)
    *other = true;
  for (size_t i = 0; i < expr_kid_count(e); i++) find_steps(expr_kid(e, i), now, other);
}

static bool is_previous(const struct expr *e) {
  if (!e) return false;
  bool is = e->has_period || e->kind == E_PERIOD || e->kind == E_INPERIOD;
  bool found = is && e->period.kind == PERIOD_RELATIVE && e->period.step < 0;
  for (size_t i = 0; !found && i < expr_kid_count(e); i++) found = is_previous(expr_kid(e, i));
  return found;
}

/* "Tours of the last whole month", in this month; and the reverse. */
static bool check_period(struct lint *l, const struct kpi *k) {
  bool now = false, other = false;
  find_steps(k->expr, &now, &other);
  bool says_over = lint_has_word(k->means, over), says_now = lint_has_word(k->means, running);
  bool runs = now && !other && says_over && !says_now,
       ended = !now && is_previous(k->expr) && says_now && !says_over;
  if ((!runs && !ended) || term_names_kpi(k->term)) return false;
  struct diag *d = lint_tell(
      l, k->expr->span, "the `means` of `%s` speaks of a period that %s, and its formula takes %s",
      k->name, runs ? "is over" : "is not over", runs ? "the one that runs" : "the one before");
  lint_help(l, d, "write `in %s …`, or correct what is said of it", runs ? "previous" : "this");
  return true;
}

/* ---- a period of another length, a window to the other side ---------------------------- */

static const struct {
  const char *const words[8];
  enum period_unit units[2]; /* the calendar's, and the fiscal one */
} periods_said[] = {
    {{"this week", "this_week", "wtd", "week to date", "cette semaine"}, {PU_WEEK, PU_WEEK}},
    {{"this month", "this_month", "mtd", "month to date", "ce mois", "fiscal month"},
     {PU_MONTH, PU_FMONTH}},
    {{"this quarter", "this_quarter", "qtd", "quarter to date", "ce trimestre", "fiscal quarter"},
     {PU_QUARTER, PU_FQUARTER}},
    {{"this year", "this_year", "ytd", "year to date", "cette année", "fiscal year"},
     {PU_YEAR, PU_FYEAR}}};

/* Which periods a formula takes: of each unit, whether there is one. */
static bool take_units(const struct expr *e, bool *of_unit) {
  if (!e) return false;
  bool is = e->has_period || e->kind == E_PERIOD || e->kind == E_INPERIOD;
  bool relative = is && e->period.kind == PERIOD_RELATIVE && e->period.unit < PERIOD_UNITS;
  if (relative) of_unit[e->period.unit] = true;
  bool other = (is && !relative) || e->kind == E_DURATION;
  for (size_t i = 0; i < expr_kid_count(e); i++) other |= take_units(expr_kid(e, i), of_unit);
  return other;
}

static bool says_period(const struct kpi *k, size_t i) {
  return lint_has_word(k->name, periods_said[i].words) ||
         (k->means && lint_has_word(k->means, periods_said[i].words));
}

/* "Amount won in this fiscal quarter", in this month */
static bool check_unit(struct lint *l, const struct kpi *k) {
  bool of_unit[PERIOD_UNITS] = {false}, takes = false, said = false, met = false;
  if (take_units(k->expr, of_unit) || term_names_kpi(k->term)) return false;
  for (int u = 0; u < PERIOD_UNITS; u++) takes |= of_unit[u];
  for (size_t i = 0; i < sizeof periods_said / sizeof *periods_said; i++) {
    if (!says_period(k, i)) continue;
    said = true;
    met |= of_unit[periods_said[i].units[0]] || of_unit[periods_said[i].units[1]];
  }
  if (!takes || !said || met) return false;
  struct diag *d =
      lint_tell(l, k->expr->span,
                "what is said of `%s` names one period, and its formula takes another", k->name);
  lint_help(l, d, "correct the formula, or what is said of it");
  return true;
}

/* "Cost so far", of the last 30 days */
static bool check_all_times(struct lint *l, const struct kpi *k, const struct spans *used) {
  static const char *const so_far[] = {"so far",   "lifetime",        "ever",
                                       "all time", "since the start", "depuis le début",
                                       "cumulé",   "bisher",          NULL};
  static const char *const bounded[] = {"month", "quarter",   "year",  "week",
                                        "mois",  "trimestre", "année", NULL};
  if (used->n != 1 || !k->means || term_names_kpi(k->term)) return false;
  if (!lint_has_word(k->means, so_far) || lint_has_word(k->means, bounded)) return false;
  if (!k->term || k->term->kind != T_AGG || !k->term->agg->has_period ||
      k->term->agg->period.kind != PERIOD_LAST)
    return false;
  struct diag *d = lint_tell(l, k->expr->span,
                             "the `means` of `%s` speaks of all that was, and its formula takes "
                             "%.0f days",
                             k->name, used->v[0]);
  lint_help(l, d, "leave the window out, or correct what is said of it");
  return true;
}

static void find_sides(const struct expr *e, bool *back, bool *ahead) {
  if (!e) return;
  bool is = e->has_period || e->kind == E_PERIOD || e->kind == E_INPERIOD;
  *back |= is && e->period.kind == PERIOD_LAST;
  *ahead |= (is && e->period.kind == PERIOD_NEXT) || e->kind == E_WITHIN;
  for (size_t i = 0; i < expr_kid_count(e); i++) find_sides(expr_kid(e, i), back, ahead);
}

/* "Contracts that end in the next 90 days", in last 90d */
static bool check_side(struct lint *l, const struct kpi *k) {
  static const char *const next[] = {"next",       "coming",   "upcoming", "prochains",
                                     "prochaines", "nächsten", "à venir",  NULL};
  static const char *const last[] = {"last",     "past",      "trailing", "rolling", "previous",
                                     "derniers", "dernières", "letzten",  "ago",     NULL};
  bool back = false, ahead = false;
  if (!k->means || term_names_kpi(k->term)) return false;
  bool says_next = lint_has_word(k->means, next), says_last = lint_has_word(k->means, last);
  find_sides(k->expr, &back, &ahead);
  if (back == ahead || says_next == says_last || says_next == ahead) return false;
  struct diag *d =
      lint_tell(l, k->expr->span, "the `means` of `%s` looks %s, and its formula looks %s", k->name,
                says_next ? "ahead" : "back", ahead ? "ahead" : "back");
  lint_help(l, d, "write `in %s`, or correct what is said of it", says_next ? "next" : "last");
  return true;
}

/* ---- no window at all ------------------------------------------------------------------ */

struct windows {
  bool sums, looks_back, names_numbers;
};

static bool has_digit(const char *name) { return name && strpbrk(name, "0123456789"); }

static void find_windows(void *ctx, const struct term *t) {
  struct windows *x = ctx;
  x->sums |= t->kind == T_AGG;
  x->looks_back |= (t->kind == T_AGG && t->agg->has_period) || t->kind == T_RANGE ||
                   t->kind == T_WITHIN || t->kind == T_OLDER || t->kind == T_AGO ||
                   t->kind == T_MOVE || t->kind == T_MOVE_CMP || t->kind == T_FOR ||
                   t->kind == T_EACH || t->kind == T_ON || t->type.unit == U_DATE;
  bool column = t->kind == T_ATTR;
  x->names_numbers |= column && (has_digit(t->attr->name) || has_digit(t->attr->column));
}

/* "Deals decided in the last 90 days", of all that were ever decided. */
static void check_windowless(struct lint *l, const struct kpi *k, const struct spans *means) {
  static const char *const past[] = {"last",     "past",      "trailing", "rolling",
                                     "derniers", "dernières", "letzten",  NULL};
  struct windows x = {0};
  if (!means->n || !k->means || !lint_has_word(k->means, past) || term_names_kpi(k->term)) return;
  term_walk(k->term, find_windows, &x);
  if (!x.sums || x.looks_back || x.names_numbers) return;
  struct diag *d =
      lint_tell(l, k->expr->span,
                "the `means` of `%s` says %.0f days, and its formula takes all that ever was",
                k->name, means->v[0]);
  lint_help(l, d, "add to it: in last %.0fd; or correct what is said of it", means->v[0]);
}

static void check_kpi(struct lint *l, const struct kpi *k) {
  if (k->expr && k->means && check_period(l, k)) return;
  if (k->expr && k->term && (check_unit(l, k) || check_side(l, k))) return;
  struct spans used = {0}, name = said_in(k->name), means = said_in(k->means);
  gather(&used, k->expr);
  if (!used.n && k->expr && k->term) check_windowless(l, k, &means);
  if (!used.n || !k->expr || check_all_times(l, k, &used)) return;
  bool by_name = name.n && !is_one_met(&name, &used),
       by_means = means.n && !is_one_met(&means, &used);
  if (!by_name && !by_means) return;
  struct diag *d = lint_tell(
      l, k->expr->span, "%s of `%s` says %.0f days, and its formula looks at %.0f",
      by_name ? "the name" : "the `means`", k->name, by_name ? name.v[0] : means.v[0], used.v[0]);
  lint_help(l, d, "correct the formula, or what is said of it");
}

void lint_window_differs(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++) check_kpi(l, l->rs->kpis.v[i]);
}
