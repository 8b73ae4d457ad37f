/* Rules that were copied, and changed by half. In: rules of the company and of groups. Out: those
 * whose text shows another KPI than the condition asks; of rows, those whose worth is nothing where
 * they act. */
#include <string.h>

#include "lint/check.h"

enum { NAMES_DEEP = 6 };

struct shown {
  struct lint *l;
  const struct rule *rule;
  const struct kpi *first; /* that the text shows */
  bool asked;              /* the text shows something of the condition */
};

static void find_kpi(void *ctx, const struct term *t) {
  const struct kpi **k = ctx;
  if (t->kind == T_KPI && !*k) *k = t->kpi;
}

struct wanted {
  const struct kpi *kpi;
  int depth;
  bool found;
};

/* Is the KPI under the term, or under one that it names? */
static void look_for(void *ctx, const struct term *t) {
  struct wanted *x = ctx;
  if (t->kind != T_KPI || x->found || !x->depth) return;
  if (t->kpi == x->kpi) {
    x->found = true;
    return;
  }
  x->depth--;
  term_walk(t->kpi->term, look_for, ctx);
  x->depth++;
}

static bool speaks_of(const struct term *t, const struct kpi *k) {
  struct wanted x = {k, NAMES_DEEP, false};
  term_walk(t, look_for, &x);
  return x.found;
}

/* Another rule asks for the KPI: this one may be a copy of it, or be what it was copied from. */
static bool asked_elsewhere(const struct lint *l, const struct rule *but, const struct kpi *k) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    const struct kpi *asked = NULL;
    if (r == but || r->entity || !r->when) continue;
    term_walk(r->when, find_kpi, &asked);
    if (asked == k) return true;
  }
  return false;
}

/* "We win {deals_won}" under a condition about the NPS. */
static void check_text(struct lint *l, const struct rule *r) {
  const struct kpi *asked = NULL, *first = NULL;
  bool related = false;
  term_walk(r->when, find_kpi, &asked);
  for (size_t i = 0; i < r->action.n; i++) {
    const struct term *t = r->action.v[i].term;
    const struct kpi *shown = NULL;
    if (!t) continue;
    term_walk(t, find_kpi, &shown);
    if (shown && !first) first = shown;
    related |= shown && (speaks_of(r->when, shown) || (asked && speaks_of(t, asked)));
  }
  if (!asked || !first || related) return;
  if (!asked_elsewhere(l, r, asked) && !asked_elsewhere(l, r, first)) return;
  struct diag *d = lint_tell(l, r->when->src->span, "%s asks for `%s`, and its text shows `%s`",
                             rule_title(l, r), asked->name, first->name);
  lint_help(l, d, "was it copied? Ask for %s, or show {%s}", first->name, asked->name);
}

/* ---- worth ----------------------------------------------------------------------------- */

/* The KPI that the condition asks to be nothing: mrr = 0. */
static const struct kpi *asked_to_be_nothing(const struct term *t) {
  if (t->kind == T_AND) {
    const struct kpi *k = asked_to_be_nothing(t->a);
    return k ? k : asked_to_be_nothing(t->b);
  }
  bool zero = t->kind == T_CMP && t->op == OP_EQ && t->b->kind == T_CONST && t->b->value.known &&
              t->b->value.num == 0;
  return zero && t->a->kind == T_KPI && t->a->type.unit == U_MONEY ? t->a->kpi : NULL;
}

/* mrr or annualized(mrr), and no sum with something else. */
static bool is_made_of(const struct term *t, const struct kpi *k, int depth) {
  if (t->kind == T_KPI && t->kpi == k) return true;
  if (t->kind == T_KPI && depth) return is_made_of(t->kpi->term, k, depth - 1);
  bool times = t->kind == T_ARITH && (t->op == OP_MUL || t->op == OP_DIV);
  return times && (is_made_of(t->a, k, depth) || is_made_of(t->b, k, depth));
}

static void check_worth(struct lint *l, const struct rule *r) {
  const struct kpi *nothing = asked_to_be_nothing(r->when);
  if (!nothing || !r->worth || !is_made_of(r->worth, nothing, NAMES_DEEP)) return;
  struct diag *d = lint_tell(l, r->when->src->span,
                             "%s acts where `%s` is 0, so what is at stake is 0 for each of them",
                             rule_title(l, r), nothing->name);
  lint_help(l, d, "ask for those who pay: %s > 0; or say what was at stake: worth (%s 30d ago)",
            nothing->name, nothing->name);
}

/* ---- what `means` says of the formula --------------------------------------------------- */

static const char *const value_words[] = {"value",   "money",  "revenue", "amount",
                                          "montant", "valeur", "chiffre", NULL};
static const char *const count_words[] = {"number", "count",   "how many", "nombre",
                                          "values", "combien", NULL};
static const char *const extremes[] = {
    "max",    "maximum", "largest",  "biggest",  "highest", "best",  "top",    "peak",
    "most",   "min",     "minimum",  "smallest", "lowest",  "least", "first",  "last",
    "latest", "newest",  "earliest", "single",   "any",     "plus",  "median", "typical",
    "mean",   "average", "avg",      "usual",    NULL};
static const char *const totals[] = {"mrr", "arr", "total", "revenue", "sum", "all", NULL};

static bool says(const struct kpi *k, const char *const *words) {
  return lint_has_word(k->name, words) || (k->means && lint_has_word(k->means, words));
}

/* "Value of the open quotes", which are counted. */
static void check_counted(struct lint *l, const struct kpi *k) {
  const struct agg *g = k->term->kind == T_AGG ? k->term->agg : NULL;
  if (!g || g->fn != AGG_COUNT || !k->means || !k->term->src) return;
  size_t n = strcspn(k->means, " ");
  const char *first = arena_strndup(l->a, k->means, n);
  bool value = lint_has_word(first, value_words) && !says(k, count_words);
  const struct attr *column = NULL;
  for (size_t i = 0; i < g->entity->attrs.n && !value; i++) {
    const struct attr *at = g->entity->attrs.v[i];
    const char *const name[] = {at->name, NULL};
    bool counts = at->type.unit == U_COUNT && strlen(at->name) > 3 && g->entity->event;
    if (counts && lint_has_word(k->means, name)) column = at;
  }
  if (!value && !column) return;
  const char *name = column ? column->name : "amount";
  struct span at = k->term->src->span;
  struct diag *d =
      value ? lint_tell(l, at, "the `means` of `%s` says a value, and its formula counts", k->name)
            : lint_tell(l, at,
                        "the `means` of `%s` says `%s`, and its formula counts "
                        "rows of %s",
                        k->name, name, g->entity->name);
  lint_help(l, d, "add up what is meant: sum of %s over %s", name, g->entity->name);
}

/* mrr as the largest of its subscriptions */
static void check_extreme(struct lint *l, const struct kpi *k) {
  const struct agg *g = k->term->kind == T_AGG ? k->term->agg : NULL;
  bool picks = g && (g->fn == AGG_MAX || g->fn == AGG_MIN) && k->term->type.unit == U_MONEY;
  if (!picks || !k->term->src || !lint_has_word(k->name, totals) || says(k, extremes)) return;
  struct diag *d = lint_tell(l, k->term->src->span,
                             "`%s` takes the %s of the %s rows, and its words speak of all of them",
                             k->name, g->fn == AGG_MAX ? "largest" : "smallest", g->entity->name);
  lint_help(l, d, "write sum in place of %s, or say it in the name",
            g->fn == AGG_MAX ? "max" : "min");
}

static const char *const mean_words[] = {
    "average",  "mean",         "typical",           "usual", "avg", "moyenne", "moyen",
    "mittlere", "durchschnitt", "durchschnittliche", NULL};

/* "Average amount of the open deals", which are added up */
static void check_mean(struct lint *l, const struct kpi *k) {
  const struct agg *g = k->term->kind == T_AGG ? k->term->agg : NULL;
  if (!g || g->fn != AGG_SUM || !k->means || !k->term->src) return;
  const char *first = arena_strndup(l->a, k->means, strcspn(k->means, " "));
  if (!lint_has_word(first, mean_words)) return;
  struct diag *d =
      lint_tell(l, k->term->src->span,
                "the `means` of `%s` says an average, and its formula adds up", k->name);
  lint_help(l, d, "write avg in place of sum, or correct what is said of it");
}

static void finds_sum(void *ctx, const struct term *t) {
  bool *found = ctx;
  *found |= t->kind == T_AGG;
}

static const char *const in_the_mean[] = {"mean of",    "average of", "in the mean", "on average",
                                          "en moyenne", "im mittel",  NULL};

/* "Desks in use, in the mean of 28 days", which are added up over them and divided by a column */
static void check_mean_of_days(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term,
                    *top = t->kind == T_ARITH && t->op == OP_DIV ? term_core(t->a) : t;
  if (top == t || top->kind != T_AGG || top->agg->fn != AGG_SUM || !k->means || !top->src) return;
  bool counts = false;
  term_walk(term_core(t->b), finds_sum, &counts);
  bool window = top->agg->has_period && top->agg->entity->event;
  if (counts || !window || !lint_has_word(k->means, in_the_mean) || from_library(top->src->span))
    return;
  struct diag *d = lint_tell(l, top->src->span,
                             "the `means` of `%s` says a mean, and its formula adds up", k->name);
  lint_help(l, d, "write avg in place of sum, or correct what is said of it");
}

/* ---- names of formulas ---------------------------------------------------------------- */

/* What moved, by the name of the KPI and by that of its formula. */
static const struct {
  const char *const name[10], *const formula[4];
} movements[] = {
    {{"churn", "churned", "lost", "left", "gone", "perdu", NULL},
     {"churned", "churn", "lost", NULL}},
    {{"contraction", "downgrade", "downsell", NULL}, {"contraction", NULL}},
    {{"expansion", "upsell", "expanded", NULL}, {"expansion", NULL}},
    {{"new", "gained", "landed", "nouveau", NULL}, {"new", NULL}},
};

enum { MOVEMENTS = sizeof movements / sizeof *movements };

/* lost_fees = contraction_recurring_revenue(…) */
static void check_moved(struct lint *l, const struct kpi *k) {
  const struct expr *e = k->expr;
  int named = -1, taken = -1;
  if (!e || e->kind != E_CALL || !e->name) return;
  for (int i = 0; i < MOVEMENTS; i++) {
    if (lint_has_word(k->name, movements[i].name)) named = named < 0 ? i : MOVEMENTS;
    if (lint_has_word(e->name, movements[i].formula)) taken = taken < 0 ? i : MOVEMENTS;
  }
  if (named < 0 || taken < 0 || named == taken || named == MOVEMENTS || taken == MOVEMENTS) return;
  struct diag *d = lint_tell(l, e->span, "`%s` is named after what is %s, and takes %s", k->name,
                             movements[named].name[0], e->name);
  lint_help(l, d, "take the formula of its name, or give it another one");
}

/* nrr = gross_revenue_retention(…) */
static void check_formula(struct lint *l, const struct kpi *k) {
  static const char *const net[] = {"nrr", "net", "ndr", NULL}, *const gross[] = {"grr", "gross",
                                                                                  "gdr", NULL};
  const struct expr *e = k->expr;
  if (!e || e->kind != E_CALL || !e->name) return;
  bool of_net = lint_has_word(k->name, net), of_gross = lint_has_word(k->name, gross);
  bool wrong = (of_net && !of_gross && lint_has_word(e->name, gross)) ||
               (of_gross && !of_net && lint_has_word(e->name, net));
  if (!wrong) return;
  struct diag *d = lint_tell(l, e->span, "`%s` is called %s, and takes %s", k->name,
                             of_net ? "net" : "gross", e->name);
  lint_help(l, d, "take the formula of its name, or give it another one");
}

static void finds_weight(void *ctx, const struct term *t) {
  bool *found = ctx;
  *found |= (t->kind == T_ARITH && t->op == OP_MUL) || t->kind == T_THRESHOLD ||
            t->type.unit == U_SHARE || (t->src && from_library(t->src->span));
}

/* "Weighted value of the open deals", without any odds */
static void check_weighted(struct lint *l, const struct kpi *k) {
  static const char *const weighted[] = {"weighted", "pondéré",   "pondérée", "pondere",
                                         "ponderee", "gewichtet", NULL};
  bool weighs = false;
  const struct term *t = k->term;
  if (t->kind != T_AGG || t->agg->fn != AGG_SUM || !t->src || !says(k, weighted)) return;
  for (size_t i = 0; i < t->agg->values.n; i++) {
    const struct term *value = t->agg->values.v[i], *core = term_core(value);
    term_walk(value, finds_weight, &weighs);
    if (core != value) term_walk(core, finds_weight, &weighs);
  }
  if (weighs || t->type.unit != U_MONEY) return;
  struct diag *d = lint_tell(
      l, t->src->span, "`%s` is called weighted, and adds up amounts without any odds", k->name);
  lint_help(l, d, "multiply by the odds of each row, or correct what is said of it");
}

/* "Day of the last activity", which is the first */
static void check_first(struct lint *l, const struct kpi *k) {
  static const char *const last[] = {"last",     "latest",   "newest", "most recent", "dernier",
                                     "dernière", "derniere", "letzte", "letzter",     NULL};
  static const char *const first[] = {"first",    "earliest", "oldest", "premier",
                                      "première", "premiere", "erste",  NULL};
  const struct agg *g = k->term->kind == T_AGG ? k->term->agg : NULL;
  bool picks = g && (g->fn == AGG_MIN || g->fn == AGG_MAX || g->fn == AGG_LATEST) &&
               k->term->type.unit == U_DATE;
  if (!picks || g->has_period || !k->term->src) return;
  bool says_last = says(k, last), says_first = says(k, first), takes_first = g->fn == AGG_MIN;
  if (says_last == says_first || says_first == takes_first) return;
  struct diag *d = lint_tell(l, k->term->src->span, "`%s` speaks of the %s day, and takes the %s",
                             k->name, says_last ? "last" : "first", takes_first ? "first" : "last");
  lint_help(l, d, "write %s in place of %s", says_last ? "max" : "min",
            takes_first ? "min" : "max");
}

/* What stands beside an amount, and is none: no word but its own speaks of it. */
static const char *const beside[] = {"tax",      "taxes",   "vat", "tva",       "mwst",
                                     "shipping", "freight", "tip", "surcharge", NULL};

/* unpaid = sum of tax over invoice */
static void check_beside(struct lint *l, const struct kpi *k) {
  const struct agg *g = k->term->kind == T_AGG ? k->term->agg : NULL;
  bool sums = g && (g->fn == AGG_SUM || g->fn == AGG_AVG) && g->values.n == 1;
  const struct term *value = sums ? g->values.v[0] : NULL;
  if (!value || value->kind != T_ATTR || value->type.unit != U_MONEY || !k->term->src) return;
  const struct attr *other = NULL;
  for (size_t i = 0; i < g->entity->attrs.n && !other; i++) {
    const struct attr *at = g->entity->attrs.v[i];
    if (at->type.unit == U_MONEY && !lint_has_word(at->name, beside)) other = at;
  }
  if (!other || !lint_has_word(value->attr->name, beside) || says(k, beside)) return;
  struct diag *d = lint_tell(l, k->term->src->span, "`%s` adds up `%s`, and no word of it says so",
                             k->name, value->attr->name);
  lint_help(l, d, "write: %s; or say in `means` what is added up", other->name);
}

static void finds_beside(void *ctx, const struct term *t) {
  bool *found = ctx;
  *found |= t->kind == T_ATTR && lint_has_word(t->attr->name, beside);
}

/* "Invoices past due, with VAT", which adds up what is net. */
static void check_with_tax(struct lint *l, const struct kpi *k) {
  static const char *const with[] = {
      "with vat",     "with tax",    "including vat", "incl. vat",    "including tax",
      "vat included", "tva incluse", "ttc",           "tax included", NULL};
  static const char *const has_it[] = {"gross", "total", "ttc", "brutto", "incl", NULL};
  const struct agg *g = k->term->kind == T_AGG ? k->term->agg : NULL;
  bool sums = g && g->fn == AGG_SUM && g->values.n == 1 && k->means && k->term->src;
  if (!sums || !lint_has_word(k->means, with) || k->term->type.unit != U_MONEY) return;
  const struct term *value = g->values.v[0];
  bool found = value->kind != T_ATTR || lint_has_word(value->attr->name, has_it);
  term_walk(value, finds_beside, &found);
  for (size_t i = 0; !found && i < g->entity->attrs.n; i++) {
    const struct attr *at = g->entity->attrs.v[i];
    if (at->type.unit != U_MONEY || !lint_has_word(at->name, beside)) continue;
    struct diag *d =
        lint_tell(l, k->term->src->span,
                  "the `means` of `%s` says that `%s` is in it, and its formula leaves it out",
                  k->name, at->name);
    lint_help(l, d, "write: %s + %s", value->attr->name, at->name);
    return;
  }
}

/* ---- the retention of two amounts ------------------------------------------------------- */

/* nrr of list_mrr beside grr of mrr: the first call of a formula of retention is kept. */
static void check_amounts(struct lint *l, const struct kpi *k, const struct kpi **first) {
  static const char *const family[] = {"net_revenue_retention", "gross_revenue_retention",
                                       "net_revenue_churn", "gross_revenue_churn", NULL};
  const struct expr *e = k->expr;
  bool call = e && e->kind == E_CALL && e->name && e->list.n >= 2;
  if (!call || !lint_has_word(e->name, family)) return;
  const struct expr *of = e->list.v[0], *amount = e->list.v[1];
  if (of->kind != E_PATH || amount->kind != E_PATH || amount->path.n != 1) return;
  if (!*first) {
    *first = k;
    return;
  }
  const struct expr *o = (*first)->expr;
  if (strcmp(o->list.v[0]->path.v[0], of->path.v[0]) != 0) return;
  const char *here = amount->path.v[0], *there = o->list.v[1]->path.v[0];
  if (strcmp(here, there) == 0) return;
  if (says(k, (const char *const[]){here, NULL}) ||
      says(*first, (const char *const[]){there, NULL}))
    return;
  struct diag *d =
      lint_tell(l, amount->span, "`%s` is the retention of `%s`, and `%s` that of `%s`", k->name,
                here, (*first)->name, there);
  lint_note(l, d, o->list.v[1]->span, "the other one is here");
  lint_help(l, d, "take one amount for both; or say in the names which it is");
}

/* ---- another one than is named --------------------------------------------------------- */

/* mrr of company_mrr; NULL: the name says no other KPI. */
static const char *named_part(const char *name) {
  static const char *const before[] = {"company_", "total_", "all_", "overall_"};
  for (size_t i = 0; i < sizeof before / sizeof *before; i++)
    if (strncmp(name, before[i], strlen(before[i])) == 0) return name + strlen(before[i]);
  return NULL;
}

/* company_mrr = sum of seats_value over account, where there is an mrr of account. */
static void check_summed(struct lint *l, const struct kpi *k, const struct map *by_name) {
  const struct agg *g = k->term->kind == T_AGG ? k->term->agg : NULL;
  const char *part = g && !k->entity ? named_part(k->name) : NULL;
  const struct kpi *meant = part ? map_get(by_name, part) : NULL;
  if (!meant || g->fn != AGG_SUM || g->values.n != 1 || !k->term->src) return;
  const struct term *value = g->values.v[0];
  if (value->kind != T_KPI || value->kpi == meant || meant->entity != g->entity) return;
  if (meant->term->type.unit != value->type.unit) return;
  if (lint_has_word(value->kpi->name, (const char *const[]){part, NULL})) return;
  struct diag *d = lint_tell(l, k->term->src->span,
                             "by its name `%s` is the sum of `%s`, and its formula takes `%s`",
                             k->name, meant->name, value->kpi->name);
  lint_help(l, d, "write: sum of %s over %s", meant->name, g->entity->name);
}

/* arr of an entity made of list_mrr, where there is an mrr of it. */
static void check_year_of(struct lint *l, const struct kpi *k, const struct map *by_name) {
  size_t n = strlen(k->name);
  if (!k->entity || n < 3 || strcmp(k->name + n - 3, "arr") != 0) return;
  if (n > 3 && k->name[n - 4] != '_') return;
  const char *name = arena_printf(l->a, "%.*smrr", (int)(n - 3), k->name);
  const struct kpi *meant = map_get(by_name, name);
  const struct term *t = k->term;
  while (t->kind == T_ARITH && (t->op == OP_MUL || t->op == OP_DIV) && t->b->kind == T_CONST)
    t = t->a;
  if (!meant || t->kind != T_KPI || t->kpi == meant || meant->entity != k->entity) return;
  if (t->kpi->entity != k->entity || !k->expr || t->kpi->term->kind != meant->term->kind) return;
  struct diag *d = lint_tell(l, k->expr->span,
                             "by its name `%s` is the year of `%s`, and its formula "
                             "takes `%s`",
                             k->name, meant->name, t->kpi->name);
  lint_help(l, d, "write: %s per year; or give it another name", meant->name);
}

/* premiums = avg of premium over cover: several of them are no mean. */
static void check_plural(struct lint *l, const struct kpi *k) {
  const struct agg *g = k->term->kind == T_AGG ? k->term->agg : NULL;
  bool mean = g && g->fn == AGG_AVG && g->values.n == 1 && g->values.v[0]->kind == T_ATTR &&
              k->term->type.unit == U_MONEY && k->term->src;
  if (!mean || says(k, mean_words)) return;
  const char *plural = arena_printf(l->a, "%ss", g->values.v[0]->attr->name);
  if (!lint_has_word(k->name, (const char *const[]){plural, NULL})) return;
  struct diag *d =
      lint_tell(l, k->term->src->span, "`%s` speaks of several, and takes the mean of one %s",
                k->name, g->entity->name);
  lint_help(l, d, "write sum in place of avg, or say the mean in the name");
}

enum { WORD_LEAST = 4 };

struct asked_days {
  const char *word;
  bool found;
};

static void finds_word(void *ctx, const struct term *t) {
  struct asked_days *x = ctx;
  x->found |=
      t->kind == T_ATTR && lint_has_word(t->attr->name, (const char *const[]){x->word, NULL});
}

/* Does the `where` ask for what has the word in its name? Then the words speak of that. */
static bool is_asked(const struct agg *g, const char *word) {
  struct asked_days x = {.word = word};
  if (g->where) term_walk(g->where, finds_word, &x);
  return x.found;
}

/* The word of the attribute that the KPI says; NULL: none. */
static const char *word_said(struct lint *l, const struct kpi *k, const struct attr *at) {
  static const char *const common[] = {"amount", "value",   "price", "total", "money",  "net",
                                       "gross",  "montant", "cost",  "list",  "annual", "yearly",
                                       "month",  "monthly", "year",  "unit",  "base",   NULL};
  for (const char *p = at->name; *p;) {
    size_t n = strcspn(p, "_");
    const char *word = arena_strndup(l->a, p, n);
    const char *const one[] = {word, NULL};
    if (n >= WORD_LEAST && !lint_has_word(word, common) && says(k, one)) return word;
    p += n + (p[n] == '_');
  }
  return NULL;
}

/* The column that is added up; NULL: none. */
static const struct attr *sums_of(const struct term *t) {
  t = term_core(t);
  const struct term *value = t->kind == T_AGG && t->agg->values.n == 1 ? t->agg->values.v[0] : NULL;
  return value && value->kind == T_ATTR ? value->attr : NULL;
}

/* Does the entity have another attribute, no money, that is called so: paid of paid_on? */
static bool is_another_name(const struct entity *e, const char *word, enum unit unit) {
  const char *const one[] = {word, NULL};
  if (lint_has_word(e->name, one)) return true;
  for (size_t i = 0; i < e->attrs.n; i++)
    if (e->attrs.v[i]->type.unit != unit && lint_has_word(e->attrs.v[i]->name, one)) return true;
  return false;
}

/* "Claims paid in 12 months", the sum of claimed beside paid_out; so of counts, above the line. */
static void check_measure(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term->kind == T_ARITH && k->term->op == OP_DIV ? k->term->a : k->term;
  const struct agg *g = t->kind == T_AGG ? t->agg : NULL;
  bool sums = g && (g->fn == AGG_SUM || g->fn == AGG_AVG) && g->values.n == 1;
  const struct term *value = sums ? g->values.v[0] : NULL;
  if (!value || value->kind != T_ATTR || !t->src || from_library(t->src->span)) return;
  enum unit unit = value->type.unit;
  if (unit != U_MONEY && (unit != U_COUNT || t == k->term)) return;
  if (word_said(l, k, value->attr) || lint_told(l, l->now->kind.code, t->src->span)) return;
  for (size_t i = 0; i < g->entity->attrs.n; i++) {
    const struct attr *at = g->entity->attrs.v[i];
    bool other = at != value->attr && at->type.unit == unit && at->kind == ATTR_COLUMN;
    const char *word = other ? word_said(l, k, at) : NULL;
    if (!word || is_another_name(g->entity, word, unit) || is_asked(g, word)) continue;
    if (t != k->term && sums_of(k->term->b) == at) continue; /* it stands below the line */
    struct diag *d =
        lint_tell(l, t->src->span, "the words of `%s` say %s, and it adds up `%s`, not `%s`",
                  k->name, word, value->attr->name, at->name);
    lint_note(l, d, at->span, "declared here");
    lint_help(l, d, "write: %s; or say in `means` what is added up", at->name);
    return;
  }
}

static const char *const whole_words[] = {
    "company",       "of the company", "all customers", "all accounts",
    "whole company", "entreprise",     "all merchants", NULL};

static const char *const no_customers[] = {"test",    "internal", "demo",   "trial",     "free",
                                           "churned", "lost",     "closed", "pilot",     "inactive",
                                           "partner", "interne",  "essai",  "cancelled", NULL};

/* The text that the condition asks for, or the segment; NULL: neither. */
static const char *part_asked(const struct term *t) {
  if (!t) return NULL;
  if (t->kind == T_AND) {
    const char *a = part_asked(t->a);
    return a ? a : part_asked(t->b);
  }
  if (t->kind == T_SEGMENT) return t->segment->name;
  bool bound = t->kind == T_CMP && t->b->kind == T_CONST && t->b->value.known && t->src;
  if (bound && unit_class(t->b->type.unit) == CLASS_TXT)
    return t->op == OP_EQ                                                     ? t->b->value.text
           : t->op == OP_NE && !lint_has_word(t->b->value.text, no_customers) ? t->b->value.text
                                                                              : NULL;
  if (!bound || (t->op != OP_GT && t->op != OP_GE) || t->b->value.num <= 1) return NULL;
  return t->a->type.unit == U_MONEY || t->a->type.unit == U_COUNT ? "…" : NULL;
}

/* company_mrr of the customers of one plan */
static void check_whole(struct lint *l, const struct kpi *k) {
  const struct agg *g = k->term->kind == T_AGG ? k->term->agg : NULL;
  const char *part =
      g && g->fn == AGG_SUM && k->term->type.unit == U_MONEY ? part_asked(g->where) : NULL;
  if (!part || k->entity || !k->term->src || !lint_has_word(k->name, whole_words)) return;
  const char *const named[] = {part, NULL};
  if (says(k, named)) return;
  struct diag *d =
      lint_tell(l, k->term->src->span,
                "`%s` is called that of the company, and takes a part of the rows alone: `%s`",
                k->name, lint_quote(l, g->where->src->span));
  lint_help(l, d, "take the condition out, or say it in the name");
}

void lint_text_of_another(struct lint *l) {
  struct map by_name = {0};
  const struct kpi *retention = NULL;
  for (size_t i = 0; i < l->rs->kpis.n; i++)
    map_put(&by_name, l->a, l->rs->kpis.v[i]->name, l->rs->kpis.v[i]);
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    const struct kpi *k = l->rs->kpis.v[i];
    if (!k->term) continue;
    check_counted(l, k);
    check_extreme(l, k);
    check_mean(l, k);
    check_mean_of_days(l, k);
    check_formula(l, k);
    check_weighted(l, k);
    check_first(l, k);
    check_whole(l, k);
    check_beside(l, k);
    check_measure(l, k);
    check_with_tax(l, k);
    check_plural(l, k);
    check_moved(l, k);
    check_summed(l, k, &by_name);
    check_year_of(l, k, &by_name);
    check_amounts(l, k, &retention);
  }
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    if (!r->when || !r->when->src) continue;
    if (!r->entity) check_text(l, r);
    check_worth(l, r);
  }
}
