/* Rows that have ended, counted as if they were there. In: aggregates over entities that end. Out:
 * those in which nothing leaves the ended out. */
#include "lint/check.h"
#include "sema/ended.h"

static void check_term(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (!counts_ended_rows(t)) return;
  const struct entity *e = t->agg->entity;
  struct diag *d = lint_tell(l, t->src->span, "`%s` also counts rows of %s that have ended",
                             lint_quote(l, t->src->span), e->name);
  lint_note(l, d, e->life_span, "they end here, for rules");
  lint_help(
      l, d, "add under entity %s: gone date \"%s\" known from gone; and %s: where gone is unknown",
      e->name, e->life.until, t->agg->fn == AGG_SHARE ? "divide two counts" : "to the aggregate");
}

void lint_counts_the_ended(struct lint *l) { terms_each(l, KIND(T_AGG), check_term, l); }
