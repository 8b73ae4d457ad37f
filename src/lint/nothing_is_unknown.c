/* Amounts that are unknown where there is none. In: comparisons of an earlier amount with 0, in
 * formulas about who joined, stayed and left. Out: amounts of a history, which says nothing before
 * its first record and after its end. */
#include "lint/check.h"

struct looking {
  struct lint *l;
  const struct kpi *kpi;
  struct map told; /* names of histories */
};

static bool is_zero(const struct term *t) {
  return t && t->kind == T_CONST && t->value.known && t->value.num == 0;
}

/* The history that an amount is, whatever it is called. NULL: it is none. */
static const struct attr *history_behind(const struct term *t) {
  const struct term *core = term_core(t);
  if (core->kind != T_ATTR || core->attr->kind != ATTR_HISTORY) return NULL;
  return core->attr;
}

static void check_term(void *ctx, const struct term *t) {
  struct looking *x = ctx;
  struct lint *l = x->l;
  if (t->kind != T_CMP || t->a->kind != T_AGO || !is_zero(t->b)) return;
  const struct attr *h = history_behind(t->a->a);
  if (!h || (h->type.unit != U_MONEY && h->type.unit != U_COUNT && h->type.unit != U_NUMBER))
    return;
  if (map_get(&x->told, h->name)) return;
  map_put(&x->told, l->a, h->name, x);
  bool ends = h->history.until || h->history.fresh >= 0;
  struct diag *d = lint_tell(l, x->kpi->span,
                             "`%s` counts on 0 where nothing was paid, and `%s` is unknown before "
                             "its first record%s",
                             x->kpi->name, h->name, ends ? " and after its end" : "");
  lint_note(l, d, h->span, "declared here, as a history");
  lint_help(l, d,
            "if no record means that there was nothing: kpi … of %s = %s else 0, and use that",
            h->entity->name, h->name);
}

void lint_nothing_is_unknown(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    struct looking x = {.l = l, .kpi = l->rs->kpis.v[i]};
    term_walk(x.kpi->term, check_term, &x);
  }
}
