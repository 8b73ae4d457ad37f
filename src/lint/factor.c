/* Factors that nothing explains. In: products in KPIs, computed attributes, `worth`. Out: money of
 * a month times 4, a 12 that stands twice, a number without a reason, a share that is multiplied
 * twice. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lint/check.h"

enum { FACTORS_MAX = 12, FACTOR_MOST = 400 }; /* larger ones are another scale, not periods */

struct stretch { /* a length of time, and how its money is called */
  int per_year;
  const char *words[12];
};
static const struct stretch stretches[] = {
    {365, {"day", "daily", "jour", "quotidien", NULL}},
    {52, {"week", "weekly", "semaine", "hebdo", NULL}},
    {12, {"month", "monthly", "mrr", "mois", "mensuel", "mensuelle", "mensuels", NULL}},
    {4, {"quarter", "quarterly", "qrr", "trimestre", "trimestriel", NULL}},
    {2, {"half", "semester", "semestre", NULL}},
    {1,
     {"year", "yearly", "annual", "annually", "annualized", "arr", "acv", "an", "annuel",
      "annuelle", NULL}},
};
enum { STRETCHES = sizeof stretches / sizeof *stretches, MONTH = 2 };

static const char *const contracts[] = {"tcv", "ltv", "clv", "lifetime", "contract", "term", NULL};
static const char *const spelled[][4] = {
    [2] = {"two", "twice", "double", NULL},
    [3] = {"three", "triple", "trois", NULL},
    [4] = {"four", "quadruple", NULL},
    [5] = {"five", "cinq", NULL},
    [6] = {"six", NULL},
    [7] = {"seven", "sept", NULL},
    [8] = {"eight", "huit", NULL},
    [9] = {"nine", "neuf", NULL},
    [10] = {"ten", "tenfold", "dix", NULL},
};

struct product {
  struct lint *l;
  const char *name, *means; /* of what it is the value of; NULL */
  bool at_stake;            /* of a rule's worth, which no name says */
  const struct term *all;
  const struct term *parts[FACTORS_MAX], *numbers[FACTORS_MAX];
  int n_parts, n_numbers;
};

/* ---- what it is money of -------------------------------------------------------------- */

/* A bit for each stretch that a text names; of several texts all. */
static unsigned said_by(const char *text) {
  unsigned said = 0;
  for (int i = 0; text && i < STRETCHES; i++)
    if (lint_has_word(text, stretches[i].words)) said |= 1U << i;
  return said;
}

/* What its name says, else its `means`, else what it is made of. */
static unsigned said_of(const struct term *t) {
  for (int deep = 0; t && deep < FACTORS_MAX; deep++) {
    if (t->type.per) return 1U << (t->type.per == PER_MONTH ? MONTH : STRETCHES - 1);
    const char *name = t->kind == T_KPI ? t->kpi->name : t->kind == T_ATTR ? t->attr->name : NULL;
    unsigned said = said_by(name);
    bool column = t->kind == T_ATTR && t->attr->kind == ATTR_COLUMN;
    if (!said && column) said = said_by(t->attr->column);
    if (!said && t->kind == T_KPI) said = said_by(t->kpi->means);
    if (said) return said;
    if (t->kind == T_KPI)
      t = t->kpi->term;
    else if (t->kind == T_ATTR && t->attr->kind == ATTR_COMPUTED)
      t = t->attr->term;
    else if (t->kind == T_AGG)
      t = t->agg->values.n ? t->agg->values.v[0] : NULL;
    else if (t->kind == T_ARITH && t->op != OP_ADD && t->op != OP_SUB)
      return 0;
    else
      t = t->a;
  }
  return 0;
}

/* Does so many times one stretch make another: 12 months a year, 30 days a month? */
static bool joins(unsigned from, unsigned to, double n) {
  for (int i = 0; i < STRETCHES; i++)
    for (int k = i + 1; k < STRETCHES; k++) {
      double times = (double)stretches[i].per_year / stretches[k].per_year;
      bool said = (!from || from & 1U << i) && (!to || to & 1U << k);
      if (said && fabs(n - times) <= times * 0.05) return true;
    }
  return false;
}

/* ---- a reason ------------------------------------------------------------------------- */

static bool names_number(const char *text, double n) {
  char digits[16];
  const char *const written[] = {digits, NULL};
  snprintf(digits, sizeof digits, "%.0f", n);
  if (!text) return false;
  if (lint_has_word(text, written)) return true;
  return n <= 10 && lint_has_word(text, spelled[(int)n]);
}

/* A comment on the line says it. */
static bool has_comment(struct span at) {
  const char *t = at.src->text;
  for (size_t i = at.end; i < at.src->size && t[i] != '\n'; i++)
    if (t[i] == '#') return true;
  return false;
}

static bool has_reason(const struct product *p, double n) {
  return names_number(p->name, n) || names_number(p->means, n) || has_comment(p->all->src->span);
}

/* ---- products ------------------------------------------------------------------------- */

static bool is_number(const struct term *t) {
  return t->kind == T_CONST && t->value.known && t->type.unit != U_MONEY &&
         t->type.unit != U_SHARE && t->type.unit != U_DURATION;
}

/* named: behind a name, whose own numbers were looked at where it is declared. */
static void take(struct product *p, const struct term *t, bool named) {
  const struct term *core = term_core(t);
  if (p->n_parts == FACTORS_MAX) return; /* of a long product the first ones */
  if (core->kind == T_ARITH && core->op == OP_MUL) {
    take(p, core->a, named || core != t);
    take(p, core->b, named || core != t);
    if (core == t) return;
  }
  if (is_number(t) && !named && p->n_numbers < FACTORS_MAX) p->numbers[p->n_numbers++] = t;
  if (!is_number(t) && p->n_parts < FACTORS_MAX) p->parts[p->n_parts++] = t;
}

/* value * chance * chance */
static bool tell_twice(struct product *p) {
  struct lint *l = p->l;
  for (int i = 0; i < p->n_parts; i++)
    for (int k = i + 1; k < p->n_parts; k++) {
      const struct term *x = p->parts[i], *y = p->parts[k];
      if (x->type.unit != U_SHARE || x->kind == T_CONST) continue;
      if (strcmp(term_key(l->a, x), term_key(l->a, y)) != 0) continue;
      const char *what = lint_quote(l, x->src->span);
      struct diag *d = lint_tell(l, p->all->src->span, "`%s` is multiplied twice", what);
      bool elsewhere =
          x->src->span.at < p->all->src->span.at || x->src->span.src != p->all->src->span.src;
      lint_note(l, d, (elsewhere ? x : y)->src->span, "it is multiplied here already");
      lint_help(l, d, "take one of the two out");
      return true;
    }
  return false;
}

static const char *const taken_off[] = {"discount", "remise", "rabatt", "rebate", "rabais", NULL};

/* value * discount: what is left is value * (100% - discount) */
static void tell_discount(struct product *p) {
  struct lint *l = p->l;
  const struct term *share = NULL;
  for (int i = 0; i < p->n_parts; i++) {
    const struct term *t = p->parts[i];
    const char *name = t->kind == T_ATTR ? t->attr->name : t->kind == T_KPI ? t->kpi->name : "";
    if (t->type.unit == U_SHARE && lint_has_word(name, taken_off)) share = t;
  }
  static const char *const given[] = {"discount", "discounts", "discounted", "remise", "remises",
                                      "rabatt",   "given",     "cost",       "off",    NULL};
  bool said =
      (p->name && lint_has_word(p->name, given)) || (p->means && lint_has_word(p->means, given));
  if (!share || said || !p->name) return;
  const char *what = lint_quote(l, share->src->span);
  struct diag *d =
      lint_tell(l, p->all->src->span, "this is what `%s` takes off, and no word says so", what);
  lint_help(l, d, "what is left is: … * (100%% - %s); or say in `means` what it is", what);
}

static const struct term *amount_of(const struct product *p) {
  for (int i = 0; i < p->n_parts; i++)
    if (p->parts[i]->type.unit == U_MONEY) return p->parts[i];
  return NULL;
}

/* 12 (of what is annual already, V1035 tells), 24 or 36 months of a contract; 100 and 1000 are
 * another unit of the data. */
static bool is_usual(const struct product *p, const struct term *money, double n) {
  unsigned from = said_of(money), to = said_by(p->name);
  if (!to) to = said_by(p->means);
  bool months = fmod(n, 12) == 0 && !p->at_stake && (!from || from & 1U << MONTH);
  bool contract = (p->name && lint_has_word(p->name, contracts)) ||
                  (p->means && lint_has_word(p->means, contracts));
  bool a_year = n == 12 && (!p->at_stake || from || to);
  if (a_year || n == 100 || n == 1000 || n > FACTOR_MOST || (months && contract)) return true;
  return (from || to) && joins(from, to == from ? 0 : to, n);
}

/* ---- so many times a window ------------------------------------------------------------ */

enum { WINDOW_NEAR = 12, FIRST_YEARS = 3 }; /* percent: 12 times 28 days is a year, too */

static bool is_near(double days, double stretch) {
  return fabs(days - stretch) * 100 <= WINDOW_NEAR * stretch;
}

/* Whole weeks, months, quarters or years, or what the name says. */
static bool is_a_stretch(const struct product *p, double days) {
  unsigned said = said_by(p->name);
  for (int i = 0; i < STRETCHES; i++) {
    bool meant = said ? (said & 1U << i) != 0 : i > 0;
    if (meant && is_near(days, 365.0 / stretches[i].per_year)) return true;
  }
  for (int years = 2; !said && years <= FIRST_YEARS; years++)
    if (is_near(days, 365.0 * years)) return true;
  return false;
}

static const struct term *window_of(const struct product *p, double *days) {
  for (int i = 0; i < p->n_parts; i++)
    if ((*days = days_added_up(p->parts[i])) > 0) return p->parts[i];
  return NULL;
}

/* The calls of 30 days times 120: true when it was told. */
static bool tell_window(struct product *p, double n) {
  struct lint *l = p->l;
  double days = 0;
  const struct term *sum = window_of(p, &days);
  bool scaled = n == 100 || n == 1000 || n > FACTOR_MOST;
  if (!sum || n < 2 || n != floor(n) || scaled || has_reason(p, n) || is_a_stretch(p, days * n))
    return false;
  struct diag *d =
      lint_tell(l, p->all->src->span, "`%s` is of %.0f days: %.0f times it is of %.0f days, %s",
                lint_quote(l, sum->src->span), days, n, days * n,
                said_by(p->name) ? "and the name says something else"
                                 : "which is neither a month, a quarter nor a year");
  lint_help(l, d,
            "a year is 12 times 30 days, or 4 times 90; if %.0f is meant, say why in a comment "
            "on the line",
            n);
  return true;
}

static void check_product(struct product *p) {
  struct lint *l = p->l;
  const struct term *money = amount_of(p);
  double n = 1;
  if (!p->all->src || from_library(p->all->src->span) || tell_twice(p)) return;
  for (int i = 0; i < p->n_numbers; i++) n *= p->numbers[i]->value.num;
  if (lint_told(l, "V1035", p->all->src->span) || tell_window(p, n) || !money) return;
  if (money->kind != T_CONST) tell_discount(p);
  if (n < 2 || n != floor(n) || lint_told(l, "V1035", p->all->src->span) || is_usual(p, money, n) ||
      has_reason(p, n))
    return;
  const char *what = lint_quote(l, money->src->span);
  unsigned from = said_of(money);
  struct diag *d =
      from & 1U << MONTH
          ? lint_tell(l, p->all->src->span,
                      "`%s` is money of a month: %.0f times it is neither a quarter nor a year",
                      what, n)
          : lint_tell(l, p->all->src->span, "`%s` is multiplied by %.0f, and nothing says why",
                      what, n);
  if (p->n_numbers > 1) lint_note(l, d, p->numbers[1]->src->span, "multiplied once more here");
  lint_help(l, d,
            "a year is 12 months or 4 quarters; if %.0f is meant, say why in a comment on the line",
            n);
}

/* Values, not what is compared: `amount > 3 * usual` asks, it does not count. */
static void walk(struct product *p, const struct term *t) {
  if (!t) return;
  switch (t->kind) {
    case T_ARITH:
      if (t->op == OP_MUL) {
        p->all = t;
        p->n_parts = p->n_numbers = 0;
        take(p, t, false);
        check_product(p);
        for (const struct term *x = t; x->kind == T_ARITH && x->op == OP_MUL; x = x->a) {
          if (x->a->kind != T_ARITH || x->a->op != OP_MUL) walk(p, x->a);
          if (x->b->kind != T_ARITH || x->b->op != OP_MUL) walk(p, x->b);
        }
        return;
      }
      walk(p, t->a);
      walk(p, t->b);
      return;
    case T_IF:
      walk(p, t->b);
      walk(p, t->c);
      return;
    case T_ELSE:
      walk(p, t->a);
      walk(p, t->b);
      return;
    case T_NEG:
    case T_AGO:
    case T_ON:
    case T_EACH:
    case T_PARENT: walk(p, t->a); return;
    case T_AGG:
      for (size_t i = 0; i < t->agg->values.n; i++) walk(p, t->agg->values.v[i]);
      return;
    default: return;
  }
}

static const char *const of_a_year[] = {
    "annual",       "annualized", "annualised", "yearly", "per year", "a year", "per hundred",
    "per thousand", "index",      "multiple",   "annuel", "par an",   NULL};

/* in percent, fees / gmv * 12: the share of a month is that of a year, too. */
static void check_share(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term;
  bool times = k->percent && t && t->kind == T_ARITH && t->op == OP_MUL && t->src;
  if (!times || from_library(t->src->span)) return;
  const struct term *n = is_number(t->b) ? t->b : is_number(t->a) ? t->a : NULL;
  const struct term *of = n == t->b ? t->a : t->b;
  bool ratio =
      n && n->kind == T_CONST && n->value.num >= 2 && of->kind == T_ARITH && of->op == OP_DIV;
  if (!ratio || has_comment(t->src->span)) return;
  if (lint_has_word(k->name, of_a_year) || (k->means && lint_has_word(k->means, of_a_year))) return;
  struct diag *d = lint_tell(l, t->src->span, "`%s` is a share, and is multiplied by %.15g",
                             k->name, n->value.num);
  lint_help(l, d, "leave the number out; or say in `means` what it is for");
}

void lint_factor_without_reason(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++) check_share(l, l->rs->kpis.v[i]);
  const struct ruleset *rs = l->rs;
  for (size_t i = 0; i < rs->kpis.n; i++) {
    const struct kpi *k = rs->kpis.v[i];
    walk(&(struct product){.l = l, .name = k->name, .means = k->means}, k->term);
  }
  for (size_t i = 0; i < rs->rules.n; i++)
    walk(&(struct product){.l = l, .means = rs->rules.v[i]->means, .at_stake = true},
         rs->rules.v[i]->worth);
  for (size_t i = 0; i < rs->entities.n; i++)
    for (size_t k = 0; k < rs->entities.v[i]->attrs.n; k++) {
      const struct attr *at = rs->entities.v[i]->attrs.v[k];
      if (at->kind == ATTR_COMPUTED) walk(&(struct product){.l = l, .name = at->name}, at->term);
    }
}
