/* Numbers that the data has answered already. In: targets and KPIs, and what they are on the days
 * looked at. Out: a target for less than there is, `needs` of more rows than the table has. */
#include "base/text.h"
#include "lint/data.h"

/* How far beyond its goal a value is before the goal is told of: to hold a level is a goal, too. */
static const double FAR_BEYOND = 1.2, FAR_BELOW = 3;

/* ---- targets -------------------------------------------------------------------------- */

static bool goal_of(const struct target *t, double *goal) {
  const struct term *g = t->goal;
  double lo;
  if (g->kind == T_CONST && g->value.known) {
    *goal = g->value.num;
    return true;
  }
  if (g->kind != T_THRESHOLD || g->threshold->is_duration || g->threshold->by.n) return false;
  threshold_limits(g->threshold, &lo, goal);
  bool major = g->threshold->bare && g->type.unit == U_MONEY;
  *goal *= major ? currency_minor(g->type.currency) : 1;
  return lo <= *goal;
}

static void check_target(struct lint *l, const struct target *t) {
  double goal;
  if (!t->kpi || !t->measure || t->measure->kind != T_KPI || !t->goal || t->dims.n) return;
  const struct kpi_facts *k = values_of(l, t->kpi);
  if (!k || !k->said_today || !goal_of(t, &goal) || goal <= 0 || k->today <= 0) return;
  bool more = t->op == OP_GE || t->op == OP_GT, less = t->op == OP_LE || t->op == OP_LT;
  bool beyond = (more && k->today > goal * FAR_BEYOND) || (less && k->today * FAR_BELOW < goal);
  if (!beyond || lint_told(l, "V1323", t->goal->src->span)) return;
  struct value now = {.type = t->kpi->term->type, .known = true, .num = k->today};
  char buf[80];
  struct diag *d =
      lint_tell(l, t->goal->src->span, "`%s` is %s today: this target asks for %s than there is",
                t->kpi->name, value_text(&now, buf, sizeof buf), more ? "less" : "more");
  lint_help(l, d, "is a digit, a k or an M missing? Of what is reached, set the next target");
}

void lint_target_below_today(struct lint *l) {
  for (size_t i = 0; i < l->rs->targets.n; i++) check_target(l, l->rs->targets.v[i]);
}

/* ---- needs ---------------------------------------------------------------------------- */

static void first_table(void *ctx, const struct term *t) {
  const struct entity **found = ctx;
  if (t->kind == T_AGG && !*found) *found = t->agg->entity;
}

static long rows_of(const struct lint *l, const struct entity *e) {
  for (size_t i = 0; i < l->data->keys.n; i++)
    if (l->data->keys.v[i]->entity == e) return l->data->keys.v[i]->rows;
  for (size_t i = 0; i < l->data->columns.n; i++)
    if (l->data->columns.v[i]->table == e->table) return l->data->columns.v[i]->rows;
  return -1;
}

static void check_needs(struct lint *l, const struct kpi *k) {
  const struct kpi_facts *f = values_of(l, k);
  const struct entity *e = NULL;
  term_walk(k->term, first_table, &e);
  long rows = e ? rows_of(l, e) : -1;
  bool never = f && l->data->days_looked_at && !f->known;
  if (!e || rows <= 0 || (rows >= k->needs && !never)) return;
  struct diag *d =
      rows < k->needs
          ? lint_tell(l, k->span, "`%s` needs %s rows, and \"%s\" has %s: it never has a value",
                      k->name, grouped_count(k->needs, l->a), e->table, grouped_count(rows, l->a))
          : lint_tell(l, k->span,
                      "`%s` needs %s rows, and had no value on any of the %d days looked at",
                      k->name, grouped_count(k->needs, l->a), l->data->days_looked_at);
  lint_help(l, d, "ask for fewer rows, or see whether the table is filled");
}

void lint_needs_too_many(struct lint *l) {
  for (size_t i = 0; i < l->rs->kpis.n; i++)
    if (l->rs->kpis.v[i]->needs && l->rs->kpis.v[i]->term) check_needs(l, l->rs->kpis.v[i]);
}
