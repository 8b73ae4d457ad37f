/* Levels added over the days on which they were recorded. In: sums over events. Out: sums of what
 * holds from day to day: scores, shares, columns that are a history elsewhere or have its name. */
#include <string.h>

#include "lint/check.h"

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
static const char *const monthly[] = {"mrr", "arr", "amount", "revenue", "seats", "users", NULL};
static const char *const snapshots[] = {"daily", "snapshot", "snapshots", NULL};

static bool is_named_a_level(const struct attr *at) {
  const char *table = at->entity->table, *rows = at->entity->name;
  if (at->type.unit == U_DURATION) return false;
  if (lint_has_word(at->name, levels) || lint_has_word(at->column, levels)) return true;
  return at->type.unit == U_MONEY &&
         (lint_has_word(at->name, monthly) || lint_has_word(at->column, monthly)) &&
         (lint_has_word(table, snapshots) || lint_has_word(rows, snapshots));
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

void lint_level_summed(struct lint *l) { ruleset_walk(l->rs, check_term, l); }
