/* Terms of a bridge with the wrong sign. In: sums and differences. Out: those in which a gain (new,
 * expansion) and a loss (churn, contraction) go the same way, or two gains go opposite ways. */
#include <string.h>

#include "lint/data.h"
#include "lint/money_span.h"

static const char *const gains[] = {
    "new",         "expansion",     "expansions", "expanded",    "upsell",       "upsells",
    "upsold",      "upgrade",       "upgrades",   "upgraded",    "gained",       "gains",
    "won_back",    "winback",       "winbacks",   "reactivated", "reactivation", "reactivations",
    "resurrected", "added",         "additions",  "joined",      "joiners",      "grown",
    "landed",      "acquired",      "inflow",     "inflows",     "gross",        "invoiced",
    "billed",      "collected",     "received",   "income",      "sales",        "encaissé",
    "encaisse",    "encaissements", "facturé",    "facture",     "factures",     "revenue",
    "turnover",    "proceeds",      "budget",     "umsatz",      "nouveau",      "nouveaux",
    "nouvelle",    "nouvelles",     "gagné",      "gagne",       "hausse",       "hausses",
    "entrées",     "entrees",       "brut",       NULL};
static const char *const losses[] = {
    "churn",         "churned",        "churns",     "contraction", "contractions", "contracted",
    "downgrade",     "downgrades",     "downgraded", "downsell",    "downsells",    "cancellation",
    "cancellations", "cancelled",      "canceled",   "cancels",     "lost",         "shrunk",
    "shrinkage",     "gone",           "leavers",    "departed",    "departures",   "terminated",
    "terminations",  "outflow",        "outflows",   "refunds",     "refunded",     "chargebacks",
    "credit_notes",  "credited",       "cost",       "costs",       "spent",        "expenses",
    "cout",          "couts",          "coût",       "coûts",       "frais",        "dépenses",
    "depenses",      "charges",        "cogs",       "perdu",       "perdus",       "perdue",
    "pertes",        "résilié",        "resilie",    "résiliation", "résiliations", "resiliation",
    "resiliations",  "baisse",         "baisses",    "départs",     "departs",      "sorties",
    "avoirs",        "remboursements", NULL};

struct addend {
  const struct term *term;
  int sign, way; /* way: 1 a gain, -1 a loss */
};

struct bridge {
  struct lint *l;
  VEC(struct addend) list;
  VEC(const struct term *) inside; /* sums that belong to one that was looked at */
};

/* What the author calls it: a KPI, a column, a formula of the library. */
static const char *name_of(struct lint *l, const struct term *t) {
  while (t->kind == T_PARENT || t->kind == T_AGO || t->kind == T_ELSE) t = t->a;
  if (t->kind == T_KPI) return t->kpi->name;
  if (t->kind == T_ATTR) return t->attr->name;
  if (!t->src) return "";
  const char *text = span_text(l->a, t->src->span); /* a formula, where it is used: churned(…) */
  size_t n = strcspn(text, "( ");
  if (n && text[n] == '(') return arena_strndup(l->a, text, n);
  if (t->kind != T_AGG) return "";
  const char *what = t->agg->values.n ? name_of(l, t->agg->values.v[0]) : "";
  return arena_printf(l->a, "%s %s", what, t->agg->entity->name);
}

static void asks_below_zero(void *ctx, const struct term *t) {
  bool *found = ctx;
  *found |= t->kind == T_CMP && (t->op == OP_LT || t->op == OP_LE) && t->b->kind == T_CONST &&
            t->b->value.num == 0;
}

/* Is the loss kept as a negative number: in the data, by a sign, as now less then? */
static bool is_kept_negative(const struct lint *l, const struct term *t) {
  const struct term *core = term_core(t);
  bool asked = false;
  if (core->kind == T_NEG) return true;
  if (core->kind != T_AGG || !core->agg->values.n) return false;
  const struct term *value = term_core(core->agg->values.v[0]);
  term_walk(core->agg->where, asks_below_zero, &asked);
  const struct column_facts *f =
      l->data && value->kind == T_ATTR ? column_of(l, value->attr) : NULL;
  bool now_less_then = value->kind == T_ARITH && value->op == OP_SUB && value->b->kind == T_AGO &&
                       value->a->kind != T_AGO;
  return (asked && value->kind == T_ATTR) || value->kind == T_NEG || now_less_then ||
         (f && f->known && f->hi <= 0);
}

/* ---- what a formula says, whatever it is called --------------------------------------- */

static bool is_zero(const struct term *t) {
  return t->kind == T_CONST && t->value.known && t->value.num == 0;
}

static bool is_past_of(struct lint *l, const struct term *past, const struct term *now) {
  return past->kind == T_AGO && strcmp(term_key(l->a, past->a), term_key(l->a, now)) == 0;
}

/* 1: the condition asks for more than before (mrr > (mrr 1mo ago), (mrr 1mo ago) = 0), -1: for
 * less, 0: for neither. */
static int way_asked(struct lint *l, const struct term *t) {
  if (!t) return 0;
  if (t->kind == T_AND) {
    int way = way_asked(l, t->a);
    return way ? way : way_asked(l, t->b);
  }
  if (t->kind != T_CMP) return 0;
  bool more = t->op == OP_GT || t->op == OP_GE, less = t->op == OP_LT || t->op == OP_LE;
  if ((more || less) && is_past_of(l, t->b, t->a)) return more ? 1 : -1;
  if ((more || less) && is_past_of(l, t->a, t->b)) return more ? -1 : 1;
  return t->op == OP_EQ && is_zero(t->b) ? (t->a->kind == T_AGO ? 1 : -1) : 0;
}

/* The sum of now - before over those who have more is a gain, of before over those who have nothing
 * now a loss; both as numbers above zero. */
static int way_of_formula(struct lint *l, const struct term *t) {
  const struct term *core = term_core(t);
  if (core->kind != T_AGG || core->agg->fn != AGG_SUM || !core->agg->values.n) return 0;
  const struct term *value = core->agg->values.v[0];
  int way = way_asked(l, core->agg->where);
  if (value->kind == T_AGO) return way < 0 ? -1 : 0;
  if (value->kind != T_ARITH || value->op != OP_SUB) return 0;
  if (is_past_of(l, value->b, value->a)) return way > 0 ? 1 : 0;
  return is_past_of(l, value->a, value->b) && way < 0 ? -1 : 0;
}

static int way_of_name(struct lint *l, const struct term *t) {
  const char *name = name_of(l, t);
  bool gain = lint_has_word(name, gains), loss = lint_has_word(name, losses);
  return gain == loss || (loss && is_kept_negative(l, t)) ? 0 : gain ? 1 : -1;
}

/* 100%: the whole, of which a loss is taken. */
static bool is_whole(const struct term *t) {
  return t->kind == T_CONST && t->value.known && t->type.unit == U_SHARE && t->value.num == 1;
}

/* Of (contraction + churn) / before: what its numerator is. */
static int way_of(struct lint *l, const struct term *t) {
  if (is_whole(t)) return 1;
  int way = way_of_formula(l, t);
  if (!way) way = way_of_name(l, t);
  if (way || t->kind != T_ARITH) return way;
  if (t->op == OP_DIV) return t->type.unit == U_SHARE ? way_of(l, t->a) : 0;
  if (t->op != OP_ADD) return 0;
  way = way_of(l, t->a);
  return way == way_of(l, t->b) ? way : 0;
}

static void take(struct bridge *x, const struct term *t, int sign) {
  if (t->kind == T_ARITH && (t->op == OP_ADD || t->op == OP_SUB)) {
    VEC_PUSH(x->l->a, &x->inside, t);
    take(x, t->a, sign);
    take(x, t->b, t->op == OP_SUB ? -sign : sign);
    return;
  }
  int way = way_of(x->l, t);
  if (way) VEC_PUSH(x->l->a, &x->list, ((struct addend){t, sign, way}));
}

/* contraction_mrr - churned_mrr: two losses, of which one is taken off the other. */
static void check_losses(struct bridge *x, const struct addend *first, const struct addend *odd) {
  static const char *const left[] = {
      "churn",   "churned", "contraction", "downgrade", "cancelled", "downgrades", "cancellations",
      "départs", "departs", "baisses",     "résilié",   "resilie",   "shrinkage",  NULL};
  struct lint *l = x->l;
  bool both =
      lint_has_word(name_of(l, first->term), left) && lint_has_word(name_of(l, odd->term), left);
  if (!both || !odd->term->src || !first->term->src) return;
  const char *name = lint_quote(l, odd->term->src->span);
  struct diag *d = lint_tell(l, odd->term->src->span,
                             "`%s` and `%s` are losses, and one is taken off the "
                             "other",
                             lint_quote(l, first->term->src->span), name);
  lint_help(l, d, "write: %s %s", odd->sign > 0 ? "-" : "+", name);
}

static void check_chain(struct bridge *x) {
  bool gain = false, loss = false;
  const struct addend *first = &x->list.v[0], *odd = NULL;
  for (size_t i = 0; i < x->list.n; i++) {
    const struct addend *one = &x->list.v[i];
    gain |= one->way > 0, loss |= one->way < 0;
    if (!odd && one->sign * one->way != first->sign * first->way) odd = one;
  }
  if (!odd) return;
  if (!gain && loss) check_losses(x, first, odd);
  if (!gain || !loss) return;
  struct lint *l = x->l;
  const char *name = lint_quote(l, odd->term->src->span);
  struct diag *d =
      lint_tell(l, odd->term->src->span,
                "`%s` is a %s and is %s, which does not go with `%s`, a %s that is %s", name,
                odd->way > 0 ? "gain" : "loss", odd->sign > 0 ? "added" : "subtracted",
                lint_quote(l, first->term->src->span), first->way > 0 ? "gain" : "loss",
                first->sign > 0 ? "added" : "subtracted");
  lint_help(l, d, "write: %s %s; if the data keeps it as a negative number, say so: where … < 0",
            odd->sign > 0 ? "-" : "+", name);
}

/* sum of ((mrr 1mo ago) - mrr) where mrr > (mrr 1mo ago): every row adds less than nothing. */
static void check_sum(struct lint *l, const struct term *t) {
  if (t->agg->fn != AGG_SUM || !t->agg->values.n) return;
  const struct term *value = t->agg->values.v[0];
  if (value->kind != T_ARITH || value->op != OP_SUB || !t->src) return;
  if (!is_past_of(l, value->a, value->b) || way_asked(l, t->agg->where) <= 0) return;
  struct diag *d = lint_tell(l, t->src->span,
                             "every row has more now than before, so what is added up is below "
                             "zero");
  lint_help(l, d, "turn the comparison in `where` around, or the difference");
}

static const char *const newcomers[] = {"new",     "gained",   "acquired", "landed", "joined",
                                        "nouveau", "nouveaux", "nouvelle", "newly",  NULL};

/* arr of mrr * 12: nothing where mrr is nothing. */
static bool is_multiple_of(struct lint *l, const struct term *value, const struct term *of) {
  enum { FACTORS = 4 };
  for (int i = 0; i < FACTORS; i++) {
    if (strcmp(term_key(l->a, value), term_key(l->a, of)) == 0) return true;
    value = term_core(value);
    bool scaled = value->kind == T_ARITH && (value->op == OP_MUL || value->op == OP_DIV);
    if (!scaled || value->b->kind != T_CONST) return false;
    value = value->a;
  }
  return false;
}

/* The part of the condition that asks for 0 of the value, or for those who paid before; NULL: none.
 */
static const struct term *zero_asked(struct lint *l, const struct kpi *k, const struct term *where,
                                     const struct term *value) {
  if (where->kind == T_AND) {
    const struct term *found = zero_asked(l, k, where->a, value);
    return found ? found : zero_asked(l, k, where->b, value);
  }
  if (where->kind != T_CMP || !is_zero(where->b)) return NULL;
  bool nothing = where->op == OP_EQ && is_multiple_of(l, value, where->a);
  bool before =
      where->op == OP_GT && is_past_of(l, where->a, value) && lint_has_word(k->name, newcomers);
  return nothing || before ? where : NULL;
}

/* sum of arr over customer where arr = 0; arr_gained where (arr 3mo ago) > 0 */
static void check_zero(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term, *where = t && t->kind == T_AGG ? t->agg->where : NULL;
  if (!where || t->agg->fn != AGG_SUM || !t->agg->values.n || !t->src) return;
  if (from_library(t->src->span)) return;
  const struct term *value = t->agg->values.v[0], *asked = zero_asked(l, k, where, value);
  if (!asked) return;
  struct diag *d =
      asked->op == OP_EQ
          ? lint_tell(l, t->src->span, "every row that is added up has 0 of `%s`",
                      lint_quote(l, value->src->span))
          : lint_tell(l, t->src->span,
                      "`%s` is named after those who are new, and takes those who paid before",
                      k->name);
  if (asked->op == OP_EQ)
    lint_help(l, d, "add up what it was before: (%s 1mo ago); or turn the condition around",
              lint_quote(l, value->src->span));
  else
    lint_help(l, d, "write: %s = 0", lint_quote(l, asked->a->src->span));
}

/* ---- those who stay --------------------------------------------------------------------- */

static const char *const more_words[] = {"expansion", "upsell", "upgrade", "upgrades",
                                         "expanded",  "hausse", "hausses", NULL};
static const char *const less_names[] = {"contraction", "downgrade", "downgrades", "downsell",
                                         "contracted",  "baisse",    "baisses",    NULL};

/* Does the condition ask that there is some of the value: mrr > 0, mrr >= 10 EUR? */
static bool asks_for_some(struct lint *l, const struct term *t, const struct term *value) {
  if (!t) return false;
  if (t->kind == T_AND) return asks_for_some(l, t->a, value) || asks_for_some(l, t->b, value);
  if (t->kind == T_SEGMENT) return true;
  bool some = t->kind == T_CMP && (t->op == OP_GT || t->op == OP_GE || t->op == OP_NE);
  return some && t->b->kind == T_CONST && strcmp(term_key(l->a, t->a), term_key(l->a, value)) == 0;
}

static const char *const others_named[] = {"churn", "churned", "lost",     "new",    "all",
                                           "gross", "left",    "nouveaux", "perdus", NULL};

/* expansion where mrr > (mrr 1mo ago): whoever paid nothing before is new, and no expansion. */
static void check_movement(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term, *where = t && t->kind == T_AGG ? t->agg->where : NULL;
  if (!where || t->agg->fn != AGG_SUM || t->agg->values.n != 1 || !where->src) return;
  const struct term *value = t->agg->values.v[0];
  if (value->kind != T_ARITH || value->op != OP_SUB || from_library(where->src->span)) return;
  bool up = is_past_of(l, value->b, value->a) && lint_has_word(k->name, more_words);
  bool down = is_past_of(l, value->a, value->b) && lint_has_word(k->name, less_names);
  if ((!up && !down) || way_asked(l, where) != (up ? 1 : -1) || t->agg->segment) return;
  if (lint_has_word(k->name, others_named) || asks_for_some(l, where, value->b)) return;
  struct diag *d =
      lint_tell(l, where->src->span, "`%s` also counts those who %s", k->name,
                up ? "paid nothing before: they are new" : "pay nothing now: they left");
  lint_help(l, d, "add to its `where`: %s > 0", lint_quote(l, value->b->src->span));
}

/* ---- with tax and without ---------------------------------------------------------------- */

static const char *const tax_words[] = {"tax", "taxes", "vat", "tva", "mwst", NULL};
static const char *const before_tax[] = {"net", "ht", "montant_ht", "net_amount", "excl", NULL};
static const char *const with_tax[] = {"gross", "ttc", "incl", "with_tax", "brutto", NULL};

/* net - vat, gross + vat: it is taken off, or put on, twice. */
static void check_tax(struct lint *l, const struct term *t) {
  if (t->a->kind != T_ATTR || t->b->kind != T_ATTR || !t->src) return;
  if (!lint_has_word(t->b->attr->name, tax_words)) return;
  const char *name = t->a->attr->name;
  bool off = t->op == OP_SUB && lint_has_word(name, before_tax);
  bool on = t->op == OP_ADD && lint_has_word(name, with_tax);
  if (!off && !on) return;
  struct diag *d = lint_tell(l, t->src->span, "by its name `%s` is %s tax already", name,
                             off ? "without" : "with");
  lint_help(l, d, "write: %s; or %s %s %s", name, name, off ? "+" : "-", t->b->attr->name);
}

static void check_term(void *ctx, const struct term *t) {
  struct bridge *x = ctx;
  if (t->kind == T_AGG) check_sum(x->l, t);
  if (t->kind != T_ARITH || (t->op != OP_ADD && t->op != OP_SUB)) return;
  check_tax(x->l, t);
  for (size_t i = 0; i < x->inside.n; i++)
    if (x->inside.v[i] == t) return;
  if (unit_class(t->type.unit) != CLASS_NUM || !t->src || from_library(t->src->span)) return;
  x->list.n = 0;
  take(x, t, 1);
  if (x->list.n > 1) check_chain(x);
}

/* ---- words of a difference ------------------------------------------------------------- */

static const char *const less_words[] = {"less", "minus", "moins", "net of", "abzüglich", NULL};
/* In other senses: less than 30 days, the less likely. */
static const char *const less_others[] = {"less than", "or less",  "the less",
                                          "no less",   "moins de", "au moins",
                                          "moins que", "not less", NULL};

static void finds_kpi(void *ctx, const struct term *t) {
  bool *found = ctx;
  *found |= t->kind == T_KPI || (t->src && from_library(t->src->span));
}

static void finds_sum(void *ctx, const struct term *t) {
  const struct term **found = ctx;
  if (!*found && t->kind == T_ARITH && t->op == OP_ADD && t->src) *found = t;
}

/* "Promoters less detractors", and the formula adds them. */
static void check_less(struct lint *l, const struct kpi *k) {
  bool kpi = false;
  const struct term *sum = NULL;
  if (!k->term || !k->means || !lint_has_word(k->means, less_words)) return;
  if (lint_has_word(k->means, less_others) || may_be_difference(l, k->term)) return;
  term_walk(k->term, finds_kpi, &kpi);
  term_walk(k->term, finds_sum, &sum);
  if (kpi || !sum || lint_told(l, l->now->kind.code, sum->src->span)) return;
  struct diag *d =
      lint_tell(l, sum->src->span,
                "the `means` of `%s` says what is taken off, and its formula adds", k->name);
  lint_help(l, d, "write - in place of +, or correct what is said of it");
}

static bool named_loss(const struct kpi *k) { return lint_has_word(k->name, losses); }

/* What is lost = 100% + what is kept */
static void check_rest(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term;
  if (!t || t->kind != T_ARITH || t->op != OP_ADD || !t->src) return;
  const struct term *other = is_whole(t->a) ? t->b : is_whole(t->b) ? t->a : NULL;
  if (!other || other->kind != T_KPI || lint_told(l, l->now->kind.code, other->src->span)) return;
  bool turns = k->better && other->kpi->better && k->better != other->kpi->better;
  if (!turns && !(named_loss(k) && !named_loss(other->kpi))) return;
  struct diag *d = lint_tell(l, t->src->span, "`%s` is what `%s` leaves of the whole, and is added",
                             k->name, other->kpi->name);
  lint_help(l, d, "write: 100%% - %s", other->kpi->name);
}

/* ---- what is asked beside what the name says --------------------------------------------- */

static const char *const leaving[] = {
    "churn",  "churned", "lost",    "left",  "gone",   "leaver", "leavers", "departed", "perdu",
    "perdus", "perdue",  "perdues", "parti", "partis", "partie", "parties", "verloren", NULL};

struct asked { /* of one value in an `and`: that it is above zero, and that it was */
  struct lint *l;
  const struct term *now, *then;
};

static void take_asked(struct asked *x, const struct term *t) {
  if (t->kind == T_AND) {
    take_asked(x, t->a);
    take_asked(x, t->b);
    return;
  }
  if (t->kind != T_CMP || t->op != OP_GT || !is_zero(t->b)) return;
  if (t->a->kind == T_AGO)
    x->then = t->a;
  else
    x->now = t->a;
}

/* lost = count of shipper where loads > 0 and (loads 30d ago) > 0: they are still there. */
static void check_left(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term, *where = t && t->kind == T_AGG ? t->agg->where : NULL;
  bool named = lint_has_word(k->name, leaving) || lint_has_word(k->name, newcomers);
  if (!where || !named || !where->src || from_library(where->src->span)) return;
  bool whole = t->agg->fn == AGG_COUNT ||
               (t->agg->fn == AGG_SUM && t->agg->values.n && t->agg->values.v[0]->kind == T_AGO);
  struct asked x = {.l = l};
  take_asked(&x, where);
  if (!whole || !x.now || !x.then || !is_past_of(l, x.then, x.now)) return;
  bool left = lint_has_word(k->name, leaving);
  struct diag *d =
      lint_tell(l, where->src->span, "by its name, `%s` is those who %s, and these %s", k->name,
                left ? "left" : "are new", left ? "are still there" : "were there before");
  const struct term *other = left ? x.now : x.then;
  lint_help(l, d, "write: %s = 0", lint_quote(l, other->src->span));
}

/* sum of (arr 3mo ago) over customer where arr > 0, called lost: they pay. */
static void check_still_there(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term, *where = t && t->kind == T_AGG ? t->agg->where : NULL;
  bool sum = where && t->agg->fn == AGG_SUM && t->agg->values.n == 1 && where->kind == T_CMP;
  if (!sum || where->op != OP_GT || !is_zero(where->b) || !where->src) return;
  const struct term *value = t->agg->values.v[0];
  if (!lint_has_word(k->name, leaving) || value->kind != T_AGO || where->a->kind == T_AGO) return;
  if (!is_past_of(l, value, where->a)) return;
  if (from_library(where->src->span) || lint_told(l, l->now->kind.code, where->src->span)) return;
  struct diag *d =
      lint_tell(l, where->src->span,
                "by its name, `%s` is those who left, and these are still there", k->name);
  lint_help(l, d, "write: %s = 0", lint_quote(l, where->a->src->span));
}

static const char *const without[] = {
    "lost",    "churn",   "churned", "left",     "gone",   "no",        "none",    "free",
    "without", "zero",    "new",     "prospect", "lead",   "inactive",  "unpaid",  "nothing",
    "former",  "dormant", "not",     "unsold",   "trial",  "idle",      "perdu",   "perdus",
    "parti",   "partis",  "sans",    "gratuit",  "aucun",  "inactif",   "nouveau", "nouveaux",
    "ancien",  "anciens", "ohne",    "ended",    "closed", "cancelled", NULL};

/* sum of overdue over customer where arr = 0: those who pay nothing, and no word says so. */
static void check_unpaid(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term, *where = t && t->kind == T_AGG ? t->agg->where : NULL;
  if (!where || t->agg->fn != AGG_SUM || t->type.unit != U_MONEY || !t->agg->values.n) return;
  if (where->kind != T_CMP || where->op != OP_EQ || !is_zero(where->b)) return;
  if (where->a->type.unit != U_MONEY || where->a->kind == T_AGO || !where->src) return;
  if (t->agg->values.v[0]->kind == T_AGO || from_library(where->src->span)) return;
  if (lint_has_word(k->name, without) || (k->means && lint_has_word(k->means, without))) return;
  if (!k->means || (t->src && lint_told(l, l->now->kind.code, t->src->span))) return;
  const char *name = lint_quote(l, where->a->src->span);
  struct diag *d =
      lint_tell(l, where->src->span,
                "`%s` takes only rows with 0 of `%s`, and its words do not say so", k->name, name);
  lint_help(l, d, "write: %s > 0; or say in `means` whom it is about", name);
}

static const char *const net_words[] = {"net", "netto", "nette", "nets", "solde", "saldo", NULL};

/* won_shippers + lost_shippers, called net: no word but lost says a sign. */
static void take_added(struct lint *l, const struct term *t, const struct term **loss) {
  if (t->kind == T_ARITH && t->op == OP_ADD) {
    take_added(l, t->a, loss);
    take_added(l, t->b, loss);
  } else if (!*loss && way_of_name(l, t) < 0 && t->src) {
    *loss = t;
  }
}

static void check_net(struct lint *l, const struct kpi *k) {
  const struct term *loss = NULL;
  if (!k->term || k->term->kind != T_ARITH || k->term->op != OP_ADD) return;
  if (!lint_has_word(k->name, net_words) || !k->term->src) return;
  take_added(l, k->term, &loss);
  if (!loss || from_library(loss->src->span) || lint_told(l, l->now->kind.code, loss->src->span))
    return;
  const char *name = lint_quote(l, loss->src->span);
  struct diag *d = lint_tell(
      l, loss->src->span, "`%s` is called net, and adds `%s`, by its name a loss", k->name, name);
  lint_help(l, d, "write: - %s; if it is kept as a negative number, say so: where … < 0", name);
}

/* ---- a movement that the net leaves out -------------------------------------------------- */

struct net { /* the addends of what is called net */
  const struct kpi *parts[16];
  size_t n;
  bool gain, loss;
};

static void take_parts(struct lint *l, const struct term *t, struct net *x) {
  if (t->kind == T_ARITH && (t->op == OP_ADD || t->op == OP_SUB)) {
    take_parts(l, t->a, x);
    take_parts(l, t->b, x);
    return;
  }
  int way = way_of(l, t);
  if (x->n < sizeof x->parts / sizeof *x->parts)
    x->parts[x->n++] = t->kind == T_KPI ? t->kpi : NULL;
  x->gain |= way > 0, x->loss |= way < 0;
}

/* _mrr of churned_mrr; "": no second word. */
static const char *last_word(const char *name) {
  const char *p = strrchr(name, '_');
  return p ? p : "";
}

static bool is_part(const struct net *x, const struct kpi *k) {
  for (size_t i = 0; i < x->n; i++)
    if (x->parts[i] == k) return true;
  return false;
}

static void finds_span(void *ctx, const struct term *t) {
  struct duration *found = ctx;
  if (t->kind == T_AGO && !t->c && !found->n) *found = t->dur;
}

/* new of a month beside churned of a year: the two are no month and no year. */
static void check_spans(struct lint *l, const struct kpi *k, const struct net *x) {
  struct duration first = {0};
  const struct kpi *from = NULL;
  for (size_t i = 0; i < x->n; i++) {
    struct duration span = {0};
    term_walk(x->parts[i]->term, finds_span, &span);
    if (!span.n) continue;
    if (!from) {
      first = span, from = x->parts[i];
      continue;
    }
    if (span.n == first.n && span.unit == first.unit) continue;
    char a[16], b[16];
    struct diag *d =
        lint_tell(l, k->term->src->span, "`%s` looks back %s, and `%s` %s: they are no sum",
                  from->name, duration_text(first, a), x->parts[i]->name, duration_text(span, b));
    lint_note(l, d, x->parts[i]->span, "declared here");
    lint_help(l, d, "take the same span in all of them");
    return;
  }
}

/* net_new_mrr = new_mrr + expansion_mrr - contraction_mrr, and churned_mrr is in nothing. */
static void check_left_out(struct lint *l, const struct kpi *k) {
  struct net x = {.n = 0};
  if (!k->term || k->term->kind != T_ARITH || !lint_has_word(k->name, net_words)) return;
  take_parts(l, k->term, &x);
  if (x.n < 2 || is_part(&x, NULL) || !k->term->src || k->dims.n) return;
  check_spans(l, k, &x);
  const char *word = last_word(x.parts[0]->name);
  for (size_t i = 0; i < x.n; i++)
    if (!*word || strcmp(word, last_word(x.parts[i]->name)) != 0) return;
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    const struct kpi *o = l->rs->kpis.v[i];
    const struct term named = {.kind = T_KPI, .kpi = l->rs->kpis.v[i]};
    if (o == k || is_part(&x, o) || o->entity != k->entity || o->dims.n) continue;
    if (strcmp(word, last_word(o->name)) != 0 || uses_of(&l->facts.kpis, o->name)->kpis) continue;
    if (o->term && way_of_formula(l, &named) && way_of_name(l, &named)) {
      struct diag *d = lint_tell(l, k->term->src->span,
                                 "`%s` is called net, and leaves out `%s`, as every other KPI does",
                                 k->name, o->name);
      lint_note(l, d, o->span, "declared here");
      lint_help(l, d, "add: %s %s", way_of_name(l, &named) > 0 ? "+" : "-", o->name);
      return;
    }
  }
}

static const char *const both_ways[] = {"moved",     "change", "changes",   "movement",
                                        "movements", "delta",  "evolution", NULL};
static const char *const of_change[] = {"change", "net", "growth", "variation", "moved", NULL};

/* gained - moved - lost: what may be either has its own sign. */
static void check_moved(struct lint *l, const struct kpi *k) {
  if (!lint_has_word(k->name, of_change)) return;
  for (const struct term *t = k->term; t && t->kind == T_ARITH && t->op <= OP_SUB; t = t->a) {
    if (t->op != OP_SUB || t->b->kind != T_KPI || !t->b->src) continue;
    const struct kpi *part = t->b->kpi;
    if (!lint_has_word(part->name, both_ways) || !may_be_difference(l, part->term)) continue;
    struct diag *d = lint_tell(
        l, t->b->src->span, "`%s` goes up and down by itself, and is taken off here", part->name);
    lint_help(l, d, "write: + %s", part->name);
  }
}

/* rest = total + paid_so_far */
static void check_remaining(struct lint *l, const struct kpi *k) {
  static const char *const rest[] = {"rest", "remaining", "remainder", "balance", "owed",
                                     "left", "reste",     "solde",     "unpaid",  NULL};
  static const char *const gone[] = {"paid", "received", "collected", "spent", "used",
                                     "payé", "regle",    "réglé",     NULL};
  const struct term *t = k->term;
  bool adds = t && t->kind == T_ARITH && t->op == OP_ADD && t->src && !from_library(t->src->span);
  if (!adds || !lint_has_word(k->name, rest)) return;
  const char *name = t->b->kind == T_KPI    ? t->b->kpi->name
                     : t->b->kind == T_ATTR ? t->b->attr->name
                                            : "";
  if (!lint_has_word(name, gone) || !t->b->src) return;
  if (lint_told(l, l->now->kind.code, t->b->src->span)) return;
  struct diag *d = lint_tell(l, t->src->span, "`%s` is what is left, and adds `%s`", k->name, name);
  lint_help(l, d, "write: - %s", name);
}

static const char *const discount_words[] = {"discount", "discounts", "rebate", "remise",
                                             "remises",  "rabais",    "rabatt", NULL};

/* (list - net) / net, (net - list) / list: a discount is a part of the price before it. */
static void check_discount(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_ARITH || t->op != OP_DIV || !t->src || from_library(t->src->span)) return;
  const struct term *above = t->a;
  if (above->kind != T_ARITH || above->op != OP_SUB) return;
  if (strcmp(term_key(l->a, above->b), term_key(l->a, t->b)) != 0) return;
  struct diag *d = lint_tell(l, t->src->span,
                             "a discount is a part of the price before it, and this divides by "
                             "what is taken off");
  lint_help(l, d, "write: (before - after) / before");
}

static const char *const margin_words[] = {"margin", "marge", "margins", NULL};

static const char *const spent[] = {"cost", "costs", "spent", "cogs",  "expenses",
                                    "cout", "coût",  "couts", "coûts", NULL};

/* margin = cost / budget: the part that is gone. */
static void check_rest_of_margin(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term;
  if (t->kind != T_ARITH || t->op != OP_DIV || !t->src || from_library(t->src->span)) return;
  const char *name = name_of(l, t->a);
  if (!lint_has_word(name, spent) || may_be_difference(l, t)) return;
  if (lint_has_word(k->name, spent)) return;
  struct diag *d =
      lint_tell(l, t->src->span, "`%s` is called a margin, and is the part that is spent", k->name);
  const char *whole = lint_quote(l, t->b->src->span);
  lint_help(l, d, "write: (%s - %s) / %s", whole, lint_quote(l, t->a->src->span), whole);
}

static void check_margin(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_ARITH || t->op != OP_DIV || !t->src || from_library(t->src->span)) return;
  const struct term *above = t->a;
  if (above->kind != T_ARITH || above->op != OP_SUB) return;
  if (strcmp(term_key(l->a, above->b), term_key(l->a, t->b)) != 0) return;
  struct diag *d = lint_tell(
      l, t->src->span, "a margin is a part of what was earned, and this divides by what was spent");
  lint_help(l, d, "divide by `%s`; or call it a markup", lint_quote(l, above->a->src->span));
}

/* ---- what was and what is --------------------------------------------------------------- */

/* (mrr 1mo ago) + mrr, if nothing takes the half of it: neither then nor now. */
static void check_both(struct lint *l, const struct term *t, bool halved) {
  if (!t || (t->src && from_library(t->src->span))) return;
  if (t->kind == T_AGG) {
    for (size_t i = 0; i < t->agg->values.n; i++) check_both(l, t->agg->values.v[i], halved);
    return;
  }
  if (t->kind != T_ARITH) return;
  bool half = halved || t->op == OP_DIV || t->op == OP_MUL;
  check_both(l, t->a, half);
  check_both(l, t->b, half);
  bool both = t->op == OP_ADD && (is_past_of(l, t->a, t->b) || is_past_of(l, t->b, t->a));
  if (!both || halved || !t->src) return;
  struct diag *d =
      lint_tell(l, t->src->span, "what was and what is are added up: it is neither of the two");
  lint_help(l, d, "write - in place of +; or take one of them");
}

/* ---- what is at stake with a fall --------------------------------------------------------- */

/* The way in which the condition asks the value to move; 0: none. */
static int move_asked(struct lint *l, const struct term *t, const struct term *of) {
  if (!t) return 0;
  if (t->kind == T_FOR) return move_asked(l, t->a, of);
  if (t->kind == T_AND) {
    int way = move_asked(l, t->a, of);
    return way ? way : move_asked(l, t->b, of);
  }
  bool apart = t->kind == T_CMP && t->a->kind == T_MOVE;
  if ((!apart && t->kind != T_MOVE_CMP) || (t->op != OP_GT && t->op != OP_GE)) return 0;
  int move = apart ? t->a->op : (int)t->move;
  if (strcmp(term_key(l->a, apart ? t->a->a : t->a), term_key(l->a, of)) != 0) return 0;
  return move == MOVE_DROP ? -1 : move == MOVE_RISE ? 1 : 0;
}

/* when mrr drop > 20%, worth mrr - (mrr 30d ago): less than nothing. */
static void check_stake(struct lint *l, const struct rule *r) {
  const struct term *w = r->worth;
  if (!w || w->kind != T_ARITH || w->op != OP_SUB || !w->src) return;
  bool gain = is_past_of(l, w->b, w->a), loss = is_past_of(l, w->a, w->b);
  int way = gain || loss ? move_asked(l, r->when, gain ? w->a : w->b) : 0;
  if (!way || (way > 0) == gain) return;
  struct diag *d = lint_tell(l, w->src->span, "%s acts on a %s, so what is at stake is below zero",
                             rule_title(l, r), gain ? "fall" : "rise");
  lint_help(l, d, "write: worth %s - %s", lint_quote(l, w->b->src->span),
            lint_quote(l, w->a->src->span));
}

void lint_bridge_sign(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    check_stake(l, l->facts.rules.v[i].rule);
    check_both(l, l->facts.rules.v[i].rule->worth, false);
  }
  struct bridge x = {.l = l};
  terms_each(l, KIND(T_AGG) | KIND(T_ARITH), check_term, &x);
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    const struct kpi *k = l->rs->kpis.v[i];
    check_less(l, k);
    check_rest(l, k);
    check_zero(l, k);
    check_left(l, k);
    check_still_there(l, k);
    check_unpaid(l, k);
    check_moved(l, k);
    check_remaining(l, k);
    check_net(l, k);
    check_movement(l, k);
    check_both(l, k->term, false);
    check_left_out(l, k);
    if (k->term && lint_has_word(k->name, margin_words)) {
      term_walk(k->term, check_margin, l);
      check_rest_of_margin(l, k);
    }
    if (k->term && lint_has_word(k->name, discount_words)) term_walk(k->term, check_discount, l);
  }
}
