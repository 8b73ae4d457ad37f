/* Shares that are turned around. In: divisions of two counts or sums over the same rows. Out: those
 * whose rows below the line are a part of the rows above it: they are never below 100 %; and those
 * of which no row above the line is also below it. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "lint/data.h"
#include "lint/money_span.h"

enum { OFTEN = 3 }; /* one value in so many is above the whole */

static bool counts_alike(struct arena *a, const struct agg *x, const struct agg *y) {
  if (x->fn != y->fn || x->entity != y->entity || x->to != y->to || x->segment != y->segment)
    return false;
  if (x->up || y->up || x->values.n != y->values.n) return false;
  for (size_t i = 0; i < x->values.n; i++)
    if (strcmp(term_key(a, x->values.v[i]), term_key(a, y->values.v[i])) != 0) return false;
  return x->fn == AGG_COUNT || x->fn == AGG_SUM || x->fn == AGG_DISTINCT;
}

static bool same_window(const struct agg *x, const struct agg *y) {
  if (!x->has_period || !y->has_period) return x->has_period == y->has_period;
  const struct period *p = &x->period, *q = &y->period;
  return p->kind == q->kind && p->unit == q->unit && p->step == q->step && p->year == q->year &&
         p->part == q->part && p->dur.n == q->dur.n && p->dur.unit == q->dur.unit && !p->dur_name &&
         !q->dur_name;
}

static bool same_rows(struct arena *a, const struct agg *x, const struct agg *y) {
  return same_window(x, y) && counts_alike(a, x, y);
}

/* "Deals for each one won" is no share, and may be written so. */
static const char *const shares[] = {"rate", "share",      "ratio", "retention", "conversion",
                                     "part", "percentage", "taux",  NULL};

static bool is_a_share(const struct kpi *k) { return k->percent || lint_has_word(k->name, shares); }

/* ---- a part that is not in the whole -------------------------------------------------- */

/* won to lost is a ratio, and no part of anything. */
static const char *const parts[] = {"rate",   "share",      "conversion", "retention",
                                    "part",   "percentage", "taux",       "win_rate",
                                    "anteil", "quote",      NULL};

static bool is_a_part(const struct kpi *k) {
  return lint_has_word(k->name, parts) || (k->means && lint_has_word(k->means, parts));
}

/* (count of deal where won) / (count of deal where lost) */
static void check_part(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_ARITH || t->op != OP_DIV || !t->src || from_library(t->src->span)) return;
  const struct term *top = term_core(t->a), *below = term_core(t->b);
  if (top->kind != T_AGG || below->kind != T_AGG || !counts_alike(l->a, top->agg, below->agg))
    return;
  if (!conditions_exclude(&l->subjects, condition_of(&l->subjects, top->agg->where),
                          condition_of(&l->subjects, below->agg->where)))
    return;
  struct diag *d = lint_tell(
      l, t->src->span,
      "no %s above the line is also below it: this is no part of a whole, and may pass 100%%",
      top->agg->entity->name);
  lint_help(l, d, "count both below the line: … where %s or %s",
            lint_quote(l, top->agg->where->src->span), lint_quote(l, below->agg->where->src->span));
}

static void check_term(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_ARITH || t->op != OP_DIV || !t->src || from_library(t->src->span)) return;
  const struct term *top = term_core(t->a), *below = term_core(t->b);
  if (top->kind != T_AGG || below->kind != T_AGG || !same_rows(l->a, top->agg, below->agg)) return;
  const struct condition *above = condition_of(&l->subjects, top->agg->where),
                         *under = condition_of(&l->subjects, below->agg->where);
  bool part = under && (!above || (condition_implies(&l->subjects, under, above) &&
                                   !condition_implies(&l->subjects, above, under)));
  if (!part) return;
  const char *x = lint_quote(l, t->a->src->span), *y = lint_quote(l, t->b->src->span);
  struct diag *d =
      lint_tell(l, t->src->span,
                "the rows below the line are a part of those above it: this is never below 100%%");
  lint_help(l, d, "turn it around: %s / %s", y, x);
}

/* (sum of hours where billable) / (sum of hours where billable) */
static void check_same(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_ARITH || t->op != OP_DIV || !t->src || from_library(t->src->span)) return;
  const struct term *top = term_core(t->a), *below = term_core(t->b);
  if (top->kind != T_AGG || strcmp(term_key(l->a, top), term_key(l->a, below)) != 0) return;
  struct diag *d =
      lint_tell(l, t->src->span, "above and below the line stands the same: this is always 100%%");
  lint_help(l, d, "leave out of one side what makes it a part of the whole");
}

static const char *const per_words[] = {"per", "par", "pro", NULL};
static const char *const money_words[] = {"cost", "costs", "spend", "revenue", "price",
                                          "fee",  "value", "coût",  "cout",    "cac",
                                          "mrr",  "arr",   NULL};

static void finds_money(void *ctx, const struct term *t) {
  bool *found = ctx;
  *found |= t->type.unit == U_MONEY;
}

/* cost_per_win that counts wins for each euro */
static void check_per(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term;
  bool money = false;
  size_t n = strcspn(k->name, "_");
  const char *first = arena_strndup(l->a, k->name, n);
  bool called = lint_has_word(k->name, per_words) && lint_has_word(first, money_words);
  if (!called || !t || t->kind != T_ARITH || t->op != OP_DIV || !t->src) return;
  term_walk(t->b, finds_money, &money);
  if (t->type.unit == U_MONEY || t->a->type.unit == U_MONEY || !money) return;
  struct diag *d =
      lint_tell(l, t->src->span, "`%s` is called money for each, and divides by money", k->name);
  lint_help(l, d, "turn it around: %s / %s", lint_quote(l, t->b->src->span),
            lint_quote(l, t->a->src->span));
}

/* dso = billed / receivables * 90d: what is open stands above the line. */
static void check_outstanding(struct lint *l, const struct kpi *k) {
  static const char *const days[] = {"dso", "sales outstanding", "sales_outstanding", NULL};
  static const char *const open[] = {"receivable", "receivables", "open", "outstanding",
                                     "unpaid",     "owed",        "due",  "encours",
                                     "creances",   NULL};
  const struct term *t = k->term;
  if (!lint_has_word(k->name, days) && !(k->means && lint_has_word(k->means, days))) return;
  while (t && t->kind == T_ARITH && t->op == OP_MUL) t = t->a;
  if (!t || t->kind != T_ARITH || t->op != OP_DIV || !t->src || from_library(t->src->span)) return;
  if (t->a->kind != T_KPI || t->b->kind != T_KPI) return;
  if (!lint_has_word(t->b->kpi->name, open) || lint_has_word(t->a->kpi->name, open)) return;
  struct diag *d = lint_tell(l, t->src->span,
                             "`%s` divides by `%s`: days outstanding are what is open, as "
                             "a part of what was sold",
                             k->name, t->b->kpi->name);
  lint_help(l, d, "write: %s / %s", t->b->kpi->name, t->a->kpi->name);
}

/* ---- kept, of what is paid today --------------------------------------------------------- */

static const char *const kept[] = {"retention", "rétention", "retained", "kept", "nrr",
                                   "grr",       "churn",     "gardé",    NULL};

static void finds_ago(void *ctx, const struct term *t) {
  bool *found = ctx;
  *found |= t->kind == T_AGO;
}

static bool adds_up_the_past(const struct agg *g) {
  bool found = false;
  for (size_t i = 0; i < g->values.n; i++) term_walk(g->values.v[i], finds_ago, &found);
  return found;
}

/* retention = (sum of min(mrr, mrr 12mo ago) over …) / (sum of mrr over … where (mrr 12mo ago) > 0)
 */
static void check_base(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term;
  if (!t || t->kind != T_ARITH || t->op != OP_DIV || !t->src || from_library(t->src->span)) return;
  const struct term *top = term_core(t->a), *below = term_core(t->b);
  bool sums = top->kind == T_AGG && below->kind == T_AGG && below->agg->fn == AGG_SUM &&
              below->type.unit == U_MONEY && below->agg->where;
  if (!sums || !lint_has_word(k->name, kept) || adds_up_the_past(below->agg)) return;
  bool asks = false;
  term_walk(below->agg->where, finds_ago, &asks);
  if (!asks || lint_told(l, l->now->kind.code, t->src->span)) return;
  struct diag *d = lint_tell(l, t->b->src->span,
                             "`%s` is a part of what was paid before, and below the line stands "
                             "what is paid today",
                             k->name);
  lint_help(l, d, "add up what it was: sum of (… 12mo ago) over %s", below->agg->entity->name);
}

/* ---- a difference that is never above zero ---------------------------------------------- */

static bool takes_the_same(struct lint *l, const struct agg *x, const struct agg *y) {
  if (x->fn == AGG_SHARE && y->fn == AGG_SHARE)
    return x->entity == y->entity && x->to == y->to && x->segment == y->segment && !x->up &&
           !y->up && same_window(x, y);
  return same_rows(l->a, x, y) && x->fn == AGG_COUNT;
}

/* (share of survey where note >= 9) - (share of survey where note >= 6): the second one holds the
 * first. */
static void check_nested(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_ARITH || t->op != OP_SUB || !t->src || from_library(t->src->span)) return;
  const struct term *x = term_core(t->a), *y = term_core(t->b);
  if (x->kind != T_AGG || y->kind != T_AGG || !takes_the_same(l, x->agg, y->agg)) return;
  const struct condition *part = condition_of(&l->subjects, x->agg->where),
                         *whole = condition_of(&l->subjects, y->agg->where);
  bool inside = part && (!whole || (condition_implies(&l->subjects, part, whole) &&
                                    !condition_implies(&l->subjects, whole, part)));
  if (!inside) return;
  struct diag *d = lint_tell(l, t->src->span,
                             "the rows of the first are a part of those of the second: this is "
                             "never above zero");
  if (whole)
    lint_help(l, d, "turn the sign around in `%s`, or the two of them",
              lint_quote(l, y->agg->where->src->span));
  else
    lint_help(l, d, "turn the two around");
}

/* ---- what is used of what there is ------------------------------------------------------- */

static const char *const fills[] = {"use",         "usage",       "utilization",  "utilisation",
                                    "fill",        "occupancy",   "occupation",   "remplissage",
                                    "load_factor", "consumption", "consommation", "auslastung",
                                    "burn",        "attainment",  "atteinte",     NULL};
static const char *const rooms[] = {
    "capacity",   "capacité", "capacite", "seats",  "places",  "licences",  "licenses",
    "quota",      "limit",    "limite",   "budget", "plafond", "included",  "inclus",
    "commitment", "beds",     "slots",    "sièges", "sieges",  "kapazität", NULL};

/* By its name, or by what it adds up. */
static bool is_room(const struct term *t) {
  while (t->kind == T_PARENT || t->kind == T_AGO || t->kind == T_ELSE) t = t->a;
  if (t->kind == T_ATTR) return lint_has_word(t->attr->name, rooms);
  if (t->kind == T_KPI) return lint_has_word(t->kpi->name, rooms);
  return t->kind == T_AGG && t->agg->fn == AGG_SUM && t->agg->values.n &&
         is_room(t->agg->values.v[0]);
}

/* fill = places / (count of booking) */
static void check_fill(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term;
  if (!t || t->kind != T_ARITH || t->op != OP_DIV || !t->src || from_library(t->src->span)) return;
  if (!k->percent || !lint_has_word(k->name, fills)) return;
  if (!is_room(t->a) || is_room(t->b) || lint_told(l, l->now->kind.code, t->src->span)) return;
  struct diag *d = lint_tell(l, t->src->span,
                             "`%s` is what is used, as a part of `%s`, and divides the whole by it",
                             k->name, lint_quote(l, t->a->src->span));
  lint_help(l, d, "turn it around: %s / %s", lint_quote(l, t->b->src->span),
            lint_quote(l, t->a->src->span));
}

/* commit_used = commit / spend_30d: what is used stands above what there is. */
static void check_used(struct lint *l, const struct kpi *k) {
  static const char *const used_up[] = {"used", "spent", "consumed", "burned", "utilisé", NULL};
  const struct term *t = k->term;
  bool divides = t && t->kind == T_ARITH && t->op == OP_DIV && t->src && k->percent;
  const char *name = divides && t->a->kind == T_ATTR  ? t->a->attr->name
                     : divides && t->a->kind == T_KPI ? t->a->kpi->name
                                                      : NULL;
  size_t n = name ? strlen(name) : 0;
  if (!n || strncmp(k->name, name, n) != 0 || k->name[n] != '_') return;
  if (!lint_has_word(k->name + n, used_up) || lint_told(l, l->now->kind.code, t->src->span)) return;
  struct diag *d = lint_tell(
      l, t->src->span, "`%s` is what is used of `%s`, and divides `%s` by it", k->name, name, name);
  lint_help(l, d, "turn it around: %s / %s", lint_quote(l, t->b->src->span), name);
}

void lint_turned_ratio(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++)
    if (is_a_share(l->rs->kpis.v[i])) term_walk(l->rs->kpis.v[i]->term, check_term, l);
  for (size_t i = 0; i < l->rs->kpis.n; i++)
    if (is_a_part(l->rs->kpis.v[i])) term_walk(l->rs->kpis.v[i]->term, check_part, l);
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    check_per(l, l->rs->kpis.v[i]);
    check_fill(l, l->rs->kpis.v[i]);
    check_base(l, l->rs->kpis.v[i]);
    check_outstanding(l, l->rs->kpis.v[i]);
    check_used(l, l->rs->kpis.v[i]);
    if (l->rs->kpis.v[i]->term) term_walk(l->rs->kpis.v[i]->term, check_nested, l);
    if (l->rs->kpis.v[i]->term) term_walk(l->rs->kpis.v[i]->term, check_same, l);
  }
}

/* ---- over two windows ----------------------------------------------------------------- */

static bool is_sum(const struct term *t) {
  return t->kind == T_AGG && (t->agg->fn == AGG_SUM || t->agg->fn == AGG_COUNT);
}

static const char *key_or_none(struct lint *l, const struct term *t) {
  return t ? term_key(l->a, t) : "";
}

/* What counts the same on both sides is a trend: usage of 7 days as a part of that of 28. */
static bool is_trend(struct lint *l, const struct agg *x, const struct agg *y) {
  return x->fn == y->fn && x->segment == y->segment &&
         strcmp(key_or_none(l, x->where), key_or_none(l, y->where)) == 0 &&
         strcmp(key_or_none(l, x->values.n ? x->values.v[0] : NULL),
                key_or_none(l, y->values.n ? y->values.v[0] : NULL)) == 0;
}

/* Of a whole month, quarter or year that is over. */
static double days_of_whole(const struct period *p) {
  static const double days[PERIOD_UNITS] = {
      [PU_WEEK] = 7,      [PU_MONTH] = 30.4, [PU_FMONTH] = 30.4, [PU_QUARTER] = 91,
      [PU_FQUARTER] = 91, [PU_YEAR] = 365,   [PU_FYEAR] = 365};
  bool over = p->kind == PERIOD_RELATIVE && p->step == -1 && p->unit < PERIOD_UNITS;
  return over ? days[p->unit] : 0;
}

static double days_back(const struct period *p) {
  double whole = days_of_whole(p);
  if (whole) return whole;
  if (p->kind != PERIOD_LAST || p->dur_name) return 0;
  if (p->dur.unit == DUR_BDAY) return p->dur.n * 1.4;
  return duration_is_months(p->dur) ? duration_months(p->dur) * 30.4 : duration_days(p->dur);
}

/* The window that its `where` asks for, signed in last 30d of `signed in last 30d and won`; NULL:
 * none. */
static const struct term *window_asked(const struct term *where) {
  if (!where) return NULL;
  if (where->kind == T_RANGE) return days_back(&where->period) ? where : NULL;
  if (where->kind != T_AND) return NULL;
  const struct term *window = window_asked(where->a);
  return window ? window : window_asked(where->b);
}

static double window_days(const struct agg *g) {
  const struct term *asked = window_asked(g->where);
  return g->has_period ? days_back(&g->period) : asked ? days_back(&asked->period) : 0;
}

/* Its day; NULL: there is no window, or it is of no column. */
static const struct attr *day_asked(const struct agg *g) {
  const struct term *asked = window_asked(g->where);
  return asked && asked->a->kind == T_ATTR ? asked->a->attr : NULL;
}

/* Of one table over one day: what was opened in 30 days and closed in 90 are two things. */
static bool same_days(const struct agg *x, const struct agg *y) {
  if (x->entity != y->entity) return false;
  return x->has_period ? y->has_period : !y->has_period && day_asked(x) == day_asked(y);
}

static void tell_windows(struct lint *l, const struct term *t, double above, double below) {
  struct diag *d =
      lint_tell(l, t->src->span,
                "above the line are %.0f days, below it %.0f: the share is off by that "
                "factor",
                above, below);
  lint_note(l, d, t->a->src->span, "above the line");
  lint_note(l, d, t->b->src->span, "below the line");
  lint_help(l, d, "take the same window on both sides");
}

/* What was spent in 90 days as a part of the rent of one month. */
static double days_of_money(const struct term *t) {
  if (t->type.unit != U_MONEY) return 0;
  const struct term *n = t->kind == T_ARITH && t->op == OP_MUL ? t->b : NULL;
  if (n && n->kind == T_CONST && n->value.known && n->type.unit == U_NUMBER)
    return days_of_money(t->a) * n->value.num; /* rent * 3: of a quarter */
  switch (money_span_of(t)) {
    case SPAN_MONTH: return 30.4;
    case SPAN_YEAR: return 365;
    default: return 0;
  }
}

/* "Calls included per year", of what is no money and has no window of its own. */
static double days_of_words(const struct term *t) {
  static const char *const year[] = {"per year", "a year", "in a year", "yearly", "par an", NULL};
  static const char *const month[] = {"per month", "a month", "monthly", "par mois", NULL};
  if (t->kind != T_KPI || t->type.unit == U_MONEY || days_added_up(t) || !t->kpi->means) return 0;
  bool of_year = lint_has_word(t->kpi->means, year), of_month = lint_has_word(t->kpi->means, month);
  return of_year == of_month ? 0 : of_year ? 365 : 30.4;
}

enum { PERCENT_NEAR = 15 }; /* 91 days and a quarter are one window */

enum { SUMS_DEEP = 4 }; /* sums of sums that are followed */

/* sum of fees_30d over merchant: the sum of the row is what looks back. */
static const struct term *sum_that_looks_back(const struct term *t) {
  t = term_core(t);
  for (int i = 0; i < SUMS_DEEP && is_sum(t); i++) {
    const struct agg *g = t->agg;
    bool passes = g->fn == AGG_SUM && g->values.n == 1 && !window_days(g);
    const struct term *inner = passes ? term_core(g->values.v[0]) : NULL;
    if (!inner || !is_sum(inner)) break;
    t = inner;
  }
  return t;
}

double days_added_up(const struct term *t) {
  const struct term *sum = sum_that_looks_back(t);
  return is_sum(sum) ? window_days(sum->agg) : 0;
}

/* A sum over all events that ever were: no day, no flag and no state chooses among them. */
static bool is_of_all_times(const struct agg *g) {
  return !g->has_period && !g->where && !g->segment;
}

/* Deals closed in 90 days of all deals: of customers and other rows that stay, a share of all is
 * meant. */
static bool is_of_one_table(const struct agg *windowed, const struct agg *without) {
  return without->entity->event ||
         (windowed->entity == without->entity && windowed->fn == without->fn &&
          window_asked(windowed->where) && windowed->where->kind == T_AND);
}

/* (count of survey in last 180d where …) / (count of survey) */
static void check_windowless(struct lint *l, const struct term *t, const struct agg *top,
                             const struct agg *under) {
  double x = window_days(top), y = window_days(under), days = fmax(x, y);
  bool below = x > 0;
  const struct agg *without = below ? under : top;
  if ((x > 0) == (y > 0) || !is_of_all_times(without)) return;
  if (!is_of_one_table(below ? top : under, without)) return;
  struct diag *d =
      lint_tell(l, t->src->span, "%s the line are %.0f days, %s it every %s that ever was",
                below ? "above" : "below", days, below ? "below" : "above", without->entity->name);
  lint_help(l, d, "take the same window on both sides: count of %s in last %.0fd",
            without->entity->name, days);
}

/* Is there a day anywhere in what it asks? */
static void finds_day(void *ctx, const struct term *t) {
  bool *found = ctx;
  const struct term *core = t->kind == T_ATTR ? term_core(t) : t;
  if (core != t) term_walk(core, finds_day, ctx); /* a flag that is made of a day */
  *found |= t->type.unit == U_DATE || t->kind == T_SEGMENT || t->kind == T_KPI ||
            (t->kind == T_ATTR && t->attr->kind == ATTR_ACTIVE);
}

/* (count of claim where refused) / (count of claim where decided in last 12mo) */
static void check_part_of_all_times(struct lint *l, const struct term *t, const struct agg *top,
                                    const struct agg *under) {
  bool day = false;
  bool alike = top->entity == under->entity && top->fn == under->fn && !top->segment && top->where;
  if (!alike || window_days(top) > 0 || window_days(under) <= 0 || top->has_period) return;
  term_walk(top->where, finds_day, &day);
  if (day) return;
  struct diag *d = lint_tell(l, t->src->span,
                             "below the line are %.0f days, above it every such %s that ever was",
                             window_days(under), top->entity->name);
  lint_note(l, d, t->a->src->span, "above the line");
  lint_help(l, d, "take the same window on both sides");
}

/* The first sum of (promoters) - (detractors). */
static const struct term *first_sum(const struct term *t) {
  while (t->kind == T_ARITH && (t->op == OP_ADD || t->op == OP_SUB)) t = t->a;
  return t;
}

static void check_windows(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_ARITH || t->op != OP_DIV || !t->src || from_library(t->src->span)) return;
  const struct term *top = sum_that_looks_back(first_sum(t->a)), *below = sum_that_looks_back(t->b);
  if (!is_sum(top)) return;
  if (is_sum(below)) check_windowless(l, t, top->agg, below->agg);
  if (is_sum(below)) check_part_of_all_times(l, t, top->agg, below->agg);
  if (top != sum_that_looks_back(t->a)) return; /* a difference: what it is of is not said */
  bool sums = is_sum(below) && same_days(top->agg, below->agg);
  double x = window_days(top->agg), y = sums ? window_days(below->agg) : days_of_money(t->b);
  if (!sums && !y) y = days_of_words(t->b);
  if (!x || !y || fabs(x - y) * 100 <= PERCENT_NEAR * fmax(x, y)) return;
  if (!sums || !is_trend(l, top->agg, below->agg)) tell_windows(l, t, x, y);
}

/* (sum of billed over visit where done in last 90d) - (sum of cost over visit where planned in last
 * 90d): two sets of visits. */
static void check_days(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_ARITH || t->op != OP_SUB || !t->src || from_library(t->src->span)) return;
  const struct term *x = term_core(t->a), *y = term_core(t->b);
  if (!is_sum(x) || !is_sum(y) || x->agg->entity != y->agg->entity) return;
  const struct attr *one = day_asked(x->agg), *other = day_asked(y->agg);
  bool same = x->agg->fn == AGG_SUM && y->agg->fn == AGG_SUM && t->type.unit == U_MONEY &&
              !is_trend(l, x->agg, y->agg);
  bool alone = x->agg->where && y->agg->where && x->agg->where->kind == T_RANGE &&
               y->agg->where->kind == T_RANGE;
  if (!same || !alone || !one || !other || one == other) return;
  if (window_days(x->agg) != window_days(y->agg)) return;
  struct diag *d = lint_tell(l, t->src->span,
                             "one side takes each %s by its `%s`, the other by its `%s`: these are "
                             "two sets",
                             x->agg->entity->name, one->name, other->name);
  lint_help(l, d, "ask for the same day on both sides");
}

/* The first day of the rows that the condition asks to lie in a window. */
static const struct attr *any_day(const struct term *where) {
  if (!where) return NULL;
  if (where->kind == T_RANGE) return where->a->kind == T_ATTR ? where->a->attr : NULL;
  if (where->kind != T_AND) return NULL;
  const struct attr *day = any_day(where->a);
  return day ? day : any_day(where->b);
}

/* (count of deal where closed in last 90d and won) / (count of deal where closing in last 90d): a
 * part of one set, as a share of another one. Two flows, without more being asked, are left. */
static void check_part_days(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_ARITH || t->op != OP_DIV || !t->src || from_library(t->src->span)) return;
  const struct term *x = term_core(t->a), *y = term_core(t->b);
  if (!is_sum(x) || !is_sum(y) || !counts_alike(l->a, x->agg, y->agg)) return;
  const struct attr *one = any_day(x->agg->where), *other = any_day(y->agg->where);
  if (!one || !other || one == other || x->agg->where->kind == T_RANGE) return;
  struct diag *d = lint_tell(l, t->src->span,
                             "above the line is a part of the rows by `%s`, below it are those by "
                             "`%s`: these are two sets",
                             one->name, other->name);
  lint_help(l, d, "ask for the same day on both sides");
}

static void finds_past(void *ctx, const struct term *t) {
  bool *found = ctx;
  *found |= t->kind == T_AGO || t->kind == T_MOVE || t->kind == T_ON;
}

/* Sums of what a row was then, over those of today. */
static bool looks_into_the_past(const struct agg *g) {
  bool found = false;
  for (size_t i = 0; i < g->values.n; i++) term_walk(term_core(g->values.v[i]), finds_past, &found);
  if (g->where) term_walk(g->where, finds_past, &found);
  return found;
}

/* errors / (calls 7d ago): one side is of another day, and no trend of the other. */
static void check_shift(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_ARITH || t->op != OP_DIV || !t->src || from_library(t->src->span)) return;
  if ((t->a->kind == T_AGO) == (t->b->kind == T_AGO)) return;
  const struct term *x = term_core(t->a->kind == T_AGO ? t->a->a : t->a),
                    *y = term_core(t->b->kind == T_AGO ? t->b->a : t->b);
  if (!is_sum(x) || !is_sum(y) || !same_window(x->agg, y->agg)) return;
  if (x->agg->entity != y->agg->entity || is_trend(l, x->agg, y->agg)) return;
  if (any_day(x->agg->where) != any_day(y->agg->where)) return;
  if (looks_into_the_past(x->agg) || looks_into_the_past(y->agg)) return;
  struct diag *d = lint_tell(l, t->src->span, "`%s` is of another day than the other side",
                             lint_quote(l, (t->a->kind == T_AGO ? t->a : t->b)->src->span));
  lint_help(l, d, "take the same day on both sides: no `ago`, or one around the whole division");
}

/* share of visit where planned in last 60d and late: of all visits that ever were */
static void check_share(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_AGG || t->agg->fn != AGG_SHARE || !t->src || from_library(t->src->span)) return;
  const struct agg *g = t->agg;
  const struct term *window = window_asked(g->where);
  bool of_row = window && window->a->kind == T_ATTR && window->a->attr->entity == g->entity;
  if (g->has_period || g->segment || !of_row || g->where->kind != T_AND) return;
  const char *asked = lint_quote(l, window->src->span);
  struct diag *d =
      lint_tell(l, t->src->span, "`%s` chooses what is counted, of every %s that ever was", asked,
                g->entity->name);
  lint_help(l, d, "ask it on both sides: (count of %s where %s and …) / (count of %s where %s)",
            g->entity->name, asked, g->entity->name, asked);
}

void lint_share_of_two_windows(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    const struct kpi *k = l->rs->kpis.v[i];
    bool per = lint_has_word(k->name, per_words);
    if (k->term && (is_a_share(k) || per)) term_walk(k->term, check_windows, l);
    if (k->term && is_a_share(k)) {
      term_walk(k->term, check_part_days, l);
      term_walk(k->term, check_shift, l);
    }
    if (k->term) term_walk(k->term, check_share, l);
    if (k->term) term_walk(k->term, check_days, l);
  }
}

/* ---- against the data ----------------------------------------------------------------- */

/* Parts of a whole, by their names; what is kept, reached or grown may pass 100 %. */
static const char *const used[] = {
    "rate",        "share",       "part",      "taux",       "use",      "usage",
    "utilization", "utilisation", "occupancy", "occupation", "adoption", "penetration",
    "conversion",  "attach",      "churn",     "paid",       NULL};
static const char *const beyond[] = {"retention",  "nrr",    "net",    "growth", "coverage",
                                     "attainment", "quota",  "return", "roi",    "croissance",
                                     "atteinte",   "uplift", "index",  NULL};

void lint_share_above_whole(struct lint *l) {
  for (size_t i = 0; i < l->data->kpis.n; i++) {
    const struct kpi_facts *f = &l->data->kpis.v[i];
    const struct kpi *k = f->kpi;
    bool divided = k->term && term_core(k->term)->kind == T_ARITH && k->term->op == OP_DIV;
    if (!divided || !f->known || f->beyond * OFTEN < f->known) continue;
    bool part = lint_has_word(k->name, used) || (k->means && lint_has_word(k->means, used));
    if (!part || lint_has_word(k->name, beyond) || (k->means && lint_has_word(k->means, beyond)))
      continue;
    if (lint_told(l, "V1052", k->term->src->span)) continue;
    struct diag *d = lint_tell(
        l, k->term->src->span,
        "`%s` is called a part, and was above 100%% in %s of %s values on the days looked at",
        k->name, grouped_count(f->beyond, l->a), grouped_count(f->known, l->a));
    lint_help(l, d, "turn it around: %s / %s", lint_quote(l, k->term->b->src->span),
              lint_quote(l, k->term->a->src->span));
  }
}
