/* Odds that cannot be meant. In: thresholds that are called odds. Out: those above 100 %, and a
 * stage whose odds are below those of the stages before and behind it. */
#include "lint/check.h"
#include "sema/threshold_line.h"

static const char *const odds_words[] = {"probability",
                                         "probabilities",
                                         "proba",
                                         "probabilite",
                                         "probabilité",
                                         "odds",
                                         "chance",
                                         "chances",
                                         "likelihood",
                                         "win_rate",
                                         "wahrscheinlichkeit",
                                         "closing_rate",
                                         "conversion",
                                         NULL};

enum { STAGES_LEAST = 3 };

static bool counts_today(const struct lint *l, const struct threshold *t,
                         const struct threshold_line *line) {
  return threshold_line_on(t, line, l->options->today) == line;
}

/* 600% */
static bool tell_above_all(struct lint *l, const struct threshold *t) {
  bool told = false;
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *line = &t->lines.v[i];
    if (line->value.num <= 1) continue;
    struct diag *d = lint_tell(l, line->span, "`%s` says %s: nothing is likelier than 100%%",
                               t->name, threshold_line_value(t, line, l->a));
    lint_help(l, d, "write a part of 100%%, such as %.15g%%",
              line->value.num * 100 / (line->value.num > 10 ? 100 : 10));
    told = true;
  }
  return told;
}

/* The stages in the order of the file; what is won or lost is none of them. */
static size_t stages_of(struct lint *l, const struct threshold *t,
                        const struct threshold_line **out) {
  size_t n = 0;
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *line = &t->lines.v[i];
    bool open = line->value.num > 0 && line->value.num < 1;
    if (line->entries.n == 1 && open && counts_today(l, t, line)) out[n++] = line;
  }
  return n;
}

/* 20%, 60%, 40%, 90%: they rise but for one. */
static void tell_fall(struct lint *l, const struct threshold *t) {
  const struct threshold_line **stages = NEW_N(l->a, const struct threshold_line *, t->lines.n + 1),
                              *odd = NULL;
  size_t n = stages_of(l, t, stages), falls = 0;
  for (size_t i = 1; i < n; i++) {
    if (stages[i]->value.num >= stages[i - 1]->value.num) continue;
    falls++;
    odd = stages[i];
  }
  if (n < STAGES_LEAST || falls != 1) return;
  size_t at = 1;
  while (stages[at] != odd) at++;
  struct diag *d =
      lint_tell(l, odd->span, "`%s` falls from %s to %s, and rises otherwise", t->name,
                threshold_line_value(t, stages[at - 1], l->a), threshold_line_value(t, odd, l->a));
  lint_note(l, d, stages[at - 1]->span, "the stage before");
  lint_help(l, d, "correct one of the two, or put the stages into their order");
}

/* amount / odds */
static void check_division(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_ARITH || t->op != OP_DIV || t->a->type.unit != U_MONEY || !t->src) return;
  const struct term *by = t->b;
  while (by->kind == T_PARENT) by = by->a;
  const char *name = by->kind == T_THRESHOLD ? by->threshold->name
                     : by->kind == T_ATTR    ? by->attr->name
                                             : "";
  static const char *const rates[] = {"commission", "commission_rate", "discount", "fee_rate",
                                      "take_rate",  "provision",       "remise",   NULL};
  bool odds = lint_has_word(name, odds_words);
  if (by->type.unit != U_SHARE || (!odds && !lint_has_word(name, rates))) return;
  struct diag *d = lint_tell(l, t->src->span,
                             odds ? "money is divided by `%s`: the less likely, the more"
                                  : "money is divided by `%s`: the smaller the rate, the more",
                             name);
  lint_help(l, d, "write: %s * %s", lint_quote(l, t->a->src->span), lint_quote(l, t->b->src->span));
}

/* amount * (100% - odds): what is likely counts least. */
static void check_inverse(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_ARITH || t->op != OP_MUL || t->type.unit != U_MONEY || !t->src) return;
  const struct term *by = t->a->type.unit == U_MONEY ? t->b : t->a;
  if (by->kind != T_ARITH || by->op != OP_SUB || by->a->kind != T_CONST) return;
  const struct term *odds = by->b;
  while (odds->kind == T_PARENT) odds = odds->a;
  const char *name = odds->kind == T_THRESHOLD ? odds->threshold->name
                     : odds->kind == T_ATTR    ? odds->attr->name
                                               : "";
  if (!by->a->value.known || by->a->value.num != 1 || !lint_has_word(name, odds_words)) return;
  struct diag *d =
      lint_tell(l, t->src->span,
                "money is multiplied by what is missing from `%s`: the likelier, the less", name);
  lint_help(l, d, "write: %s * %s; or say in the name that it is what may be lost",
            lint_quote(l, (by == t->b ? t->a : t->b)->src->span), lint_quote(l, odds->src->span));
}

static const char *const may_be_lost[] = {"lost",   "risk",   "at_risk", "loss", "losses",
                                          "missed", "danger", "gap",     NULL};

/* for "Lost" = 60% */
static void tell_lost(struct lint *l, const struct threshold *t) {
  static const char *const lost[] = {"lost",  "withdrawn", "cancelled", "canceled", "rejected",
                                     "perdu", "perdue",    "abandonné", "verloren", NULL};
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *line = &t->lines.v[i];
    if (line->value.num <= 0.1 || line->entries.n != 1) continue;
    const char *entry = line->entries.v[0];
    if (!entry || !lint_has_word(entry, lost) || !counts_today(l, t, line)) continue;
    struct diag *d = lint_tell(l, line->span, "`%s` gives %s to what is \"%s\"", t->name,
                               threshold_line_value(t, line, l->a), entry);
    lint_help(l, d, "write 0%%");
  }
}

void lint_odds_of_stages(struct lint *l) {
  terms_each(l, KIND(T_ARITH), check_division, l);
  for (size_t i = 0; i < l->rs->kpis.n; i++)
    if (!lint_has_word(l->rs->kpis.v[i]->name, may_be_lost))
      term_walk(l->rs->kpis.v[i]->term, check_inverse, l);
  for (size_t i = 0; i < l->rs->thresholds.n; i++) {
    const struct threshold *t = l->rs->thresholds.v[i];
    if (t->is_duration || t->type.unit != U_SHARE || !lint_has_word(t->name, odds_words)) continue;
    if (t->by.n == 1) tell_lost(l, t);
    if (!tell_above_all(l, t) && t->by.n == 1) tell_fall(l, t);
  }
}
