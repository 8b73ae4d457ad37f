/* Words of KPIs, and of rules about days, that say the other direction. In: KPIs that count rows by
 * a mark or by two days, rules that look ahead. Out: satisfied customers with low marks, late loads
 * that came early, overdue invoices that are not due yet. */
#include <string.h>

#include "lint/check.h"

static const char *const marks[] = {"mark",   "score",  "note", "rating", "grade", "stars",
                                    "health", "answer", "csat", "nps",    NULL};
static const char *const content[] = {
    "csat",    "satisfied", "satisfaction", "promoters", "promoter",   "happy",     "healthy",
    "content", "satisfait", "satisfaits",   "promoteur", "promoteurs", "zufrieden", NULL};
static const char *const discontent[] = {
    "unhappy",    "dissatisfied", "detractors",  "detractor",   "unhealthy",   "complaints",
    "mécontents", "insatisfaits", "détracteurs", "detracteurs", "unzufrieden", NULL};

static bool is_mark(const struct term *t) {
  while (t->kind == T_PARENT) t = t->a;
  const char *name = t->kind == T_ATTR ? t->attr->name : NULL;
  return name && (t->type.unit == U_SCORE || lint_has_word(name, marks));
}

struct for_kpi {
  struct lint *l;
  const struct kpi *kpi;
};

struct bounds { /* of one mark in an `and` */
  const struct term *below, *above;
};

static void take_bounds(struct bounds *x, const struct term *t) {
  if (t->kind == T_AND) {
    take_bounds(x, t->a);
    take_bounds(x, t->b);
    return;
  }
  if (t->kind != T_CMP || !is_mark(t->a) || t->b->kind != T_CONST) return;
  if (t->op == OP_LT || t->op == OP_LE) x->below = t;
  if (t->op == OP_GT || t->op == OP_GE) x->above = t;
}

/* csat = share of survey where mark < 4 */
static void check_marks(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term;
  bool counts = t && t->kind == T_AGG && (t->agg->fn == AGG_SHARE || t->agg->fn == AGG_COUNT);
  if (!counts || !t->agg->where || from_library(t->src->span)) return;
  bool good = lint_has_word(k->name, content) && k->better >= 0;
  bool bad = lint_has_word(k->name, discontent) && k->better <= 0;
  struct bounds x = {0};
  take_bounds(&x, t->agg->where);
  const struct term *odd = good && !bad ? x.below : bad && !good ? x.above : NULL;
  if (!odd || (x.below && x.above)) return;
  struct diag *d = lint_tell(l, odd->src->span, "by its name, `%s` is those with a %s `%s`",
                             k->name, good ? "high" : "low", lint_quote(l, odd->a->src->span));
  lint_help(l, d, "turn the sign around, or give the KPI another name");
}

/* ---- those who pay ---------------------------------------------------------------------- */

static const char *const paying[] = {"pay",     "pays",   "paying",  "payers", "payants",
                                     "payante", "paient", "zahlend", NULL};
static const char *const paid_nothing[] = {
    "not",    "no",      "nothing", "without", "stopped", "longer", "left", "lost",
    "former", "churned", "free",    "trial",   "sans",    "plus",   "none", NULL};

/* "Mean health of the customers who pay", where mrr = 0 */
static void check_paying(void *ctx, const struct term *t) {
  const struct for_kpi *x = ctx;
  const struct kpi *k = x->kpi;
  const struct term *w = t->kind == T_AGG ? t->agg->where : NULL;
  bool none = w && w->kind == T_CMP && w->op == OP_EQ && w->a->type.unit == U_MONEY &&
              w->b->kind == T_CONST && w->b->value.known && w->b->value.num == 0;
  if (!none || !w->src || from_library(w->src->span) || w->a->kind == T_AGO) return;
  bool pays = lint_has_word(k->name, paying) || (k->means && lint_has_word(k->means, paying));
  if (!pays || (k->means && lint_has_word(k->means, paid_nothing))) return;
  const char *what = lint_quote(x->l, w->a->src->span);
  struct diag *d =
      lint_tell(x->l, w->src->span, "`%s` speaks of those who pay, and takes those with 0 of `%s`",
                k->name, what);
  lint_help(x->l, d, "write: %s > 0; or correct the words", what);
}

/* ---- late and in time ------------------------------------------------------------------- */

static const char *const late[] = {"late",   "delayed", "delay",   "overrun", "overdue", "missed",
                                   "tardif", "retard",  "retards", "tard",    "spät",    NULL};
static const char *const in_time[] = {"on_time",     "in_time",   "punctual", "early",
                                      "punctuality", "otif",      "ponctuel", "à_temps",
                                      "a_temps",     "kept",      "met",      "ponctuels",
                                      "on time",     "pünktlich", NULL};

/* A day that is written when it comes, beside one that was agreed before. */
static bool is_of_fact(const struct term *t) { return t->kind == T_ATTR && t->attr->known_from; }

static bool is_of_plan(const struct term *t) {
  return t->kind == T_ATTR && t->type.unit == U_DATE && !t->attr->known_from;
}

/* 1: it asks for what came after its day, -1: before, 0: neither. */
static int lateness(const struct term *t) {
  if (t->kind == T_AND) {
    int way = lateness(t->a);
    return way ? way : lateness(t->b);
  }
  if (t->kind != T_CMP || t->a->type.unit != U_DATE) return 0;
  bool more = t->op == OP_GT || t->op == OP_GE, less = t->op == OP_LT || t->op == OP_LE;
  if (!more && !less) return 0;
  if (is_of_fact(t->a) && is_of_plan(t->b)) return more ? 1 : -1;
  return is_of_plan(t->a) && is_of_fact(t->b) ? (less ? 1 : -1) : 0;
}

/* late_share = share of load where delivered < promised */
static void check_lateness(struct lint *l, const char *name, const struct term *t) {
  if (!t || !t->src || from_library(t->src->span)) return;
  bool says_late = lint_has_word(name, late), says_in_time = lint_has_word(name, in_time);
  int way = says_late == says_in_time ? 0 : lateness(t);
  if (!way || (way > 0) == says_late) return;
  struct diag *d =
      lint_tell(l, t->src->span, "by its name, `%s` is what came %s, and this asks for %s", name,
                says_late ? "late" : "in time",
                says_late ? "what came before its day" : "what came after it");
  lint_help(l, d, "turn the sign around, or give it another name");
}

static void check_counted(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term;
  if (t && t->kind == T_ARITH && t->op == OP_DIV) t = t->a;
  bool counts = t && t->kind == T_AGG && (t->agg->fn == AGG_SHARE || t->agg->fn == AGG_COUNT);
  if (counts) check_lateness(l, k->name, t->agg->where);
}

/* ---- overdue, and not due yet ----------------------------------------------------------- */

static const char *const overdue[] = {"overdue",  "late",      "past_due", "dunning", "impayé",
                                      "impayée",  "impayés",   "impayées", "impaye",  "impayee",
                                      "impayees", "en_retard", "mahnung",  "retard",  NULL};
static const char *const ahead[] = {"soon", "coming",  "remind",   "reminder", "before",
                                    "next", "bientôt", "upcoming", "prévenir", NULL};
static const char *const due_days[] = {"due",    "payable", "echeance", "échéance", "deadline",
                                       "due_le", "due_on",  "fällig",   NULL};

/* facture_impayee: echeance within 15d */
static void check_overdue(struct lint *l, const struct rule *r, const struct term *t) {
  if (t->kind == T_AND) {
    check_overdue(l, r, t->a);
    check_overdue(l, r, t->b);
    return;
  }
  bool next = t->kind == T_RANGE && t->period.kind == PERIOD_NEXT;
  if ((t->kind != T_WITHIN && !next) || t->a->kind != T_ATTR || !t->src) return;
  bool said = r->named && lint_has_word(r->name, overdue) && !lint_has_word(r->name, ahead);
  if (!said || (r->action_text && lint_has_word(r->action_text, ahead))) return;
  if (!lint_has_word(t->a->attr->name, due_days) || lint_told(l, l->now->kind.code, t->src->span))
    return;
  struct diag *d = lint_tell(l, t->src->span, "by its name, %s is about a `%s` that has passed",
                             rule_title(l, r), t->a->attr->name);
  lint_help(l, d, "write: %s older than …; or give the rule another name", t->a->attr->name);
}

void words_of_kpis(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    check_marks(l, l->rs->kpis.v[i]);
    check_counted(l, l->rs->kpis.v[i]);
    if (l->rs->kpis.v[i]->term)
      term_walk(l->rs->kpis.v[i]->term, check_paying, &(struct for_kpi){l, l->rs->kpis.v[i]});
  }
  for (size_t i = 0; i < l->rs->entities.n; i++)
    for (size_t k = 0; k < l->rs->entities.v[i]->attrs.n; k++) {
      const struct attr *at = l->rs->entities.v[i]->attrs.v[k];
      if (at->kind == ATTR_COMPUTED) check_lateness(l, at->name, at->term);
    }
  for (size_t i = 0; i < l->facts.rules.n; i++)
    if (l->facts.rules.v[i].rule->when)
      check_overdue(l, l->facts.rules.v[i].rule, l->facts.rules.v[i].rule->when);
}
