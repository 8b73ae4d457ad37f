/* Past values that take a column as it stands today. In: shifted expressions. Out: the columns
 * without a past. */
#include "lint/check.h"
#include "sema/sema.h"

struct looking {
  struct lint *l;
  const struct term *shift;
  struct map inside; /* names of the KPIs that this shift was followed into */
  struct map told;
};

static void look_inside(void *ctx, const struct term *t) {
  struct looking *x = ctx;
  struct lint *l = x->l;
  if (t->kind == T_KPI && !map_put(&x->inside, l->a, t->kpi->name, t->kpi))
    term_walk(t->kpi->term, look_inside, x);
  if (t->kind != T_ATTR || !reads_today(t->attr)) return;
  const char *key = arena_printf(l->a, "%p %p", (const void *)x->shift, (void *)t->attr);
  if (map_get(&x->told, key)) return;
  map_put(&x->told, l->a, key, x);
  struct diag *d = lint_tell(
      l, x->shift->src->span,
      "`%s` looks at another day, and takes `%s` as it is today: the data does not keep its past",
      lint_quote(l, x->shift->src->span), t->attr->name);
  lint_note(l, d, t->attr->span, "declared here, without a history");
  lint_help(l, d,
            "if the data keeps its history: %s %s history \"table\" by \"key\" at \"day\" value "
            "\"column\"",
            t->attr->name, unit_name(t->attr->type.unit));
}

static void check_term(void *ctx, const struct term *t) {
  struct looking *x = ctx;
  if (t->kind != T_AGO && t->kind != T_MOVE && t->kind != T_MOVE_CMP && t->kind != T_FOR &&
      t->kind != T_ON && t->kind != T_EACH)
    return;
  x->shift = t;
  x->inside = (struct map){0};
  term_walk(t->a, look_inside, x);
}

void lint_shifted_plain_column(struct lint *l) {
  struct looking x = {.l = l};
  for (size_t i = 0; i < l->rs->rules.n; i++) term_walk(l->rs->rules.v[i]->when, check_term, &x);
  for (size_t i = 0; i < l->rs->kpis.n; i++) term_walk(l->rs->kpis.v[i]->term, check_term, &x);
}
