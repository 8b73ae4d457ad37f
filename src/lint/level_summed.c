/* Levels added over the days on which they were recorded. In: sums over events. Out: sums of what
 * holds from day to day: scores, shares, columns that are a history elsewhere or have its name. */
#include <string.h>

#include "lint/check.h"
#include "lint/money_span.h"

/* The attribute that reads this column as a history. NULL: none does. */
static const struct attr *history_of(const struct ruleset *rs, const struct attr *at) {
  for (size_t i = 0; i < rs->entities.n; i++)
    for (size_t k = 0; k < rs->entities.v[i]->attrs.n; k++) {
      const struct attr *h = rs->entities.v[i]->attrs.v[k];
      if (h->kind == ATTR_HISTORY && strcmp(h->history.table, at->entity->table) == 0 &&
          strcmp(h->history.value, at->column) == 0)
        return h;
    }
  return NULL;
}

/* Names of what holds from day to day; those of money may also be of a month. */
static const char *const levels[] = {"balance", "stock", "headcount", "inventory",
                                     "backlog", "level", NULL};
/* How many there were that day. */
static const char *const heads[] = {"active_users", "active_members", "dau",         "wau",
                                    "mau",          "members",        "subscribers", "seats",
                                    "licences",     "licenses",       "followers",   "effectif",
                                    "effectifs",    "open_tickets",   "active",      NULL};
static const char *const comings[] = {"new",  "added", "created", "joined", "signups",
                                      "sold", "lost",  "removed", "gained", NULL};
static const char *const monthly[] = {"mrr", "arr", "amount", "revenue", "seats", "users", NULL};
static const char *const snapshots[] = {"daily", "snapshot", "snapshots", NULL};

static bool is_named_a_level(const struct attr *at) {
  const char *table = at->entity->table, *rows = at->entity->name;
  if (at->type.unit == U_DURATION) return false;
  if (lint_has_word(at->name, levels) || lint_has_word(at->column, levels)) return true;
  bool counted = at->type.unit == U_COUNT || at->type.unit == U_NUMBER,
       head = lint_has_word(at->name, heads) || lint_has_word(at->column, heads);
  if (counted && head && !lint_has_word(at->name, comings) && !lint_has_word(at->column, comings))
    return true;
  return at->type.unit == U_MONEY &&
         (lint_has_word(at->name, monthly) || lint_has_word(at->column, monthly)) &&
         (lint_has_word(table, snapshots) || lint_has_word(rows, snapshots));
}

/* Shares that are meant to be added: the chances of deals make the number that will be won. */
static const char *const chances[] = {"probability", "chance", "likelihood", "weight", "allocation",
                                      "split",       "part",   "fte",        NULL};

struct summing {
  struct lint *l;
  VEC(const struct term *) divided; /* sums above a line: a mean that is written out */
};

/* sum of health over account */
static void check_rows(void *ctx, const struct term *t) {
  struct summing *x = ctx;
  struct lint *l = x->l;
  if (t->kind == T_ARITH && t->op == OP_DIV) VEC_PUSH(l->a, &x->divided, t->a);
  if (t->kind != T_AGG || t->agg->fn != AGG_SUM || t->agg->entity->event) return;
  for (size_t i = 0; i < x->divided.n; i++)
    if (x->divided.v[i] == t) return;
  const struct term *value = t->agg->values.v[0], *core = term_core(value);
  const char *name = core->kind == T_ATTR   ? core->attr->name
                     : value->kind == T_KPI ? value->kpi->name
                                            : "";
  bool score = value->type.unit == U_SCORE, share = value->type.unit == U_SHARE;
  if ((!score && !share) || lint_has_word(name, chances)) return;
  const char *rows = t->agg->entity->name, *what = lint_quote(l, value->src->span);
  struct diag *d =
      lint_tell(l, t->src->span, "`%s` is a %s: its sum grows with the number of rows of %s", what,
                score ? "score" : "share", rows);
  lint_help(l, d, "of all rows: avg of %s over %s; weighed by size, divide two sums", what, rows);
}

/* What 12 month ends of a level add up to is nothing. */
static void check_each(void *ctx, const struct term *t) {
  struct summing *x = ctx;
  struct lint *l = x->l;
  if (t->kind != T_EACH || t->each->fn != AGG_SUM) return;
  bool level =
      t->a->type.unit == U_SCORE || t->a->type.unit == U_SHARE || money_span_of(t->a) == SPAN_YEAR;
  if (!level) return;
  const char *what = lint_quote(l, t->a->src->span);
  struct diag *d = lint_tell(l, t->src->span,
                             "`%s` is a level: added up for each %s, it is a multiple of itself",
                             what, period_unit_name(t->each->unit));
  lint_help(l, d, "the mean of the days: avg of %s each %s in …; today's is %s alone", what,
            period_unit_name(t->each->unit), what);
}

static void check_term(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_AGG || t->agg->fn != AGG_SUM || !t->agg->entity->event) return;
  const struct term *core = term_core(t->agg->values.v[0]);
  if (core->kind != T_ATTR || core->attr->kind != ATTR_COLUMN) return;
  const struct attr *at = core->attr, *history = history_of(l->rs, at);
  bool level = at->type.unit == U_SCORE || at->type.unit == U_SHARE || is_named_a_level(at);
  if (!history && !level) return;
  struct diag *d = lint_tell(
      l, t->src->span,
      "`%s` is a level, recorded again and again: its sum grows with the number of records",
      at->name);
  if (history) lint_note(l, d, history->span, "the same column is read as a history here");
  lint_help(l, d, "of one day: latest of %s over %s; of a period: avg of %s over %s", at->name,
            at->entity->name, at->name, at->entity->name);
}

/* cycle = sum of closed - created: the days of all rows, one behind the other. */
static void check_days(struct lint *l, const struct kpi *k) {
  static const char *const all[] = {"total", "sum",   "all",    "together",    "cumulative",
                                    "lost",  "somme", "cumul",  "person_days", "man_days",
                                    "delay", "late",  "billed", "worked",      NULL};
  static const char *const one[] = {"cycle",     "time",    "duration",  "length", "age",
                                    "days from", "days to", "lead_time", "durée",  "délai",
                                    "delai",     "speed",   NULL};
  const struct agg *g = k->term && k->term->kind == T_AGG ? k->term->agg : NULL;
  bool days = g && g->fn == AGG_SUM && g->values.n == 1 && g->values.v[0]->kind == T_DATE_DIFF;
  if (!days || !k->term->src || from_library(k->term->src->span)) return;
  if (lint_has_word(k->name, all) || (k->means && lint_has_word(k->means, all))) return;
  if (!lint_has_word(k->name, one) && !(k->means && lint_has_word(k->means, one))) return;
  struct diag *d = lint_tell(l, k->term->src->span,
                             "`%s` adds up the days of every %s: the sum grows "
                             "with their number",
                             k->name, g->entity->name);
  lint_help(l, d, "write avg, or median, in place of sum");
}

void lint_level_summed(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++) check_days(l, l->rs->kpis.v[i]);
  struct summing x = {.l = l};
  terms_each(l, KIND(T_AGG), check_term, l);
  terms_each(l, KIND(T_ARITH) | KIND(T_AGG), check_rows, &x);
  terms_each(l, KIND(T_EACH), check_each, &x);
}
