/* Comparisons that let everybody through. In: conditions of rules and segments. Out: money >= 0,
 * money > 0 beside an alarm in an `or`. */
#include "lint/data.h"

/* What may well be below zero. */
static const char *const signed_words[] = {
    "net",    "balance", "profit",     "margin", "nps",   "change", "growth",   "delta",
    "result", "credit",  "difference", "gap",    "trend", "ebitda", "variance", NULL};

static bool goes_below_zero(struct lint *l, const struct term *t) {
  while (t->kind == T_PARENT || t->kind == T_AGO) t = t->a;
  const char *name = t->kind == T_KPI ? t->kpi->name : t->kind == T_ATTR ? t->attr->name : NULL;
  if (!name || lint_has_word(name, signed_words) || may_be_difference(l, t)) return true;
  if (!l->data) return false;
  const struct kpi_facts *k = t->kind == T_KPI ? values_of(l, t->kpi) : NULL;
  const struct column_facts *f = t->kind == T_ATTR ? column_of(l, t->attr) : NULL;
  return (k && k->known && k->lo < 0) || (f && f->known && f->lo < 0);
}

static bool is_above(int op) { return op == OP_GT || op == OP_GE; }

/* mrr >= 0, mrr > -1 EUR */
static bool is_idle(struct lint *l, const struct term *t) {
  if (t->kind != T_CMP || !is_above(t->op) || t->b->kind != T_CONST || !t->b->value.known)
    return false;
  enum unit u = t->a->type.unit;
  double n = t->b->value.num;
  bool below = n < 0 || (n == 0 && t->op == OP_GE);
  bool kind = u == U_MONEY || u == U_COUNT || u == U_SCORE || u == U_SHARE;
  return kind && below && !goes_below_zero(l, t->a);
}

/* mrr > 0, also as a segment: in segment paying */
static bool asks_who_has_any(const struct term *t) {
  if (t->kind == T_SEGMENT && t->segment->term) t = t->segment->term;
  static const char *const open[] = {"open",   "running", "active",  "pending",
                                     "ouvert", "ouverte", "is_open", NULL};
  if (t->kind == T_ATTR && t->type.unit == U_FLAG) return lint_has_word(t->attr->name, open);
  return t->kind == T_CMP && t->op == OP_GT && t->b->kind == T_CONST && t->b->value.known &&
         t->b->value.num == 0 && t->a->type.unit == U_MONEY && t->a->kind == T_KPI;
}

/* A movement, a day, a bound that is not 0: what is watched, and not who is meant. */
static bool is_alarm(const struct term *t) {
  while (t->kind == T_FOR) t = t->a;
  if (t->kind == T_WITHIN || t->kind == T_OLDER || t->kind == T_OVERDUE) return true;
  bool bound = t->kind == T_CMP && t->op != OP_EQ && t->op != OP_NE &&
               (t->b->kind == T_CONST || t->b->kind == T_THRESHOLD);
  if (bound && t->b->kind == T_CONST && t->b->value.known && t->b->value.num == 0) bound = false;
  return t->kind == T_MOVE_CMP || (t->kind == T_CMP && t->a->kind == T_MOVE) || bound;
}

/* not void, beside something else in an `or`: it holds for nearly every row. */
static const struct term *not_void(const struct term *t) {
  static const char *const voids[] = {
      "void",  "cancelled",   "canceled",    "duplicate", "test",     "deleted",
      "fraud", "spam",        "trial",       "pilot",     "internal", "disputed",
      "held",  "credit_note", "demo",        "refunded",  "doublon",  "annulé",
      "essai", "interne",     "free_period", NULL};
  bool flag = t->kind == T_NOT && t->src && t->a->kind == T_ATTR && t->a->type.unit == U_FLAG;
  return flag && lint_has_word(t->a->attr->name, voids) ? t : NULL;
}

static void check_or_not(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_OR || !t->src || from_library(t->src->span)) return;
  const struct term *a = not_void(t->a), *b = not_void(t->b), *all = a ? a : b;
  if ((a != NULL) == (b != NULL)) return;
  const char *text = lint_quote(l, all->src->span);
  struct diag *d = lint_tell(l, all->src->span,
                             "`%s` holds for nearly every row, so what stands beside "
                             "it in the `or` chooses next to nothing",
                             text);
  lint_help(l, d, "was meant: and %s", text);
}

struct asked {
  struct lint *l;
  const char *what;
};

/* What V1002 has proved is told there. */
static bool is_proved(struct lint *l, const struct term *t) {
  const struct condition *c = condition_of(&l->subjects, t);
  return c->any.n == 1 && c->any.v[0].atoms.n == 1 && atom_always(c->any.v[0].atoms.v[0]);
}

static void tell_idle(struct lint *l, const struct term *t) {
  struct diag *d = lint_tell(l, t->src->span, "`%s` holds for everybody, also where it is 0",
                             lint_quote(l, t->src->span));
  lint_help(l, d, "write %s > 0 for those who have any; or remove it",
            lint_quote(l, t->a->src->span));
}

static void walk(const struct asked *x, const struct term *t) {
  struct lint *l = x->l;
  if (t->kind == T_FOR) walk(x, t->a);
  if (t->kind == T_AND || t->kind == T_OR) {
    walk(x, t->a);
    walk(x, t->b);
  }
  if (t->kind == T_OR) {
    bool first = asks_who_has_any(t->a) && is_alarm(t->b);
    const struct term *any = first ? t->a : asks_who_has_any(t->b) && is_alarm(t->a) ? t->b : NULL;
    if (any)
      lint_help(
          l,
          lint_tell(l, any->src->span,
                    any->kind == T_ATTR ? "`%s` holds for all that are, so %s needs no `%s`"
                                        : "`%s` holds for everybody who pays, so %s needs no `%s`",
                    lint_quote(l, any->src->span), x->what,
                    lint_quote(l, (first ? t->b : t->a)->src->span)),
          "was `and` meant?");
  }
  if (is_idle(l, t) && !is_proved(l, t)) tell_idle(l, t);
}

/* Whom a KPI counts: a column asked for >= 0 may be there to leave refunds out. */
static void check_counted(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_AGG || !t->agg->where) return;
  const struct term *where = t->agg->where;
  while (where->kind == T_AND && !is_idle(l, where->b)) where = where->a;
  if (where->kind == T_AND) where = where->b;
  if (is_idle(l, where) && where->a->kind == T_KPI && !is_proved(l, where)) tell_idle(l, where);
}

void lint_idle_comparison(struct lint *l) {
  terms_each(l, KIND(T_OR), check_or_not, l);
  for (size_t i = 0; i < l->rs->kpis.n; i++) term_walk(l->rs->kpis.v[i]->term, check_counted, l);
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule *r = l->facts.rules.v[i].rule;
    struct asked x = {l, rule_title(l, r)};
    walk(&x, r->when);
  }
  for (size_t i = 0; i < l->rs->segments.n; i++) {
    const struct segment *s = l->rs->segments.v[i];
    struct asked x = {l, arena_printf(l->a, "the segment `%s`", s->name)};
    if (s->term) walk(&x, s->term);
  }
}
