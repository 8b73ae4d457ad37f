/* Rows that the others leave out. In: sums, counts and averages of KPIs. Out: one that counts what
 * is not active, or trials, where its name or the other KPIs over these rows do not. */
#include <string.h>

#include "lint/check.h"

static const char *const of_today[] = {
    "mrr",       "arr",       "recurring",   "active",   "open",     "current",
    "pipeline",  "backlog",   "outstanding", "en_cours", "en cours", "ouvert",
    "ouverts",   "ouverte",   "ouvertes",    "actif",    "actifs",   "actives",
    "récurrent", "recurrent", "running",     "in force", NULL};
static const char *const of_all[] = {"ever",   "total",    "lifetime", "cumulative", "all_time",
                                     "booked", "historic", "won",      "lost",       NULL};
static const char *const of_money[] = {"mrr",     "arr",    "recurring", "revenue", "revenu",
                                       "revenus", "income", "récurrent", "umsatz",  NULL};
static const char *const not_customers[] = {
    "trial",    "test",    "demo",     "internal",   "sandbox", "free",   "poc",
    "fake",     "pilot",   "beta",     "evaluation", "essai",   "essais", "interne",
    "internes", "gratuit", "gratuits", "pilote",     NULL};

struct counted { /* an aggregate of a KPI */
  const struct kpi *kpi;
  const struct term *term;
};

/* Of rows of an entity: the first KPI that asks for the flag, and the first behind it. */
struct asked {
  const struct entity *entity;
  const struct attr *flag;
  const struct kpi *first, *second;
};

struct forgetting {
  struct lint *l;
  const struct kpi *kpi; /* that is walked */
  VEC(struct counted) all;
  VEC(struct asked) asked; /* what was looked for once */
};

static void gather(void *ctx, const struct term *t) {
  struct forgetting *x = ctx;
  if (t->kind != T_AGG) return;
  VEC_PUSH(x->l->a, &x->all, ((struct counted){x->kpi, t}));
}

/* The name, or the `means`: "High and urgent tickets that are open that day". */
static bool says(const struct kpi *k, const char *const *words) {
  return lint_has_word(k->name, words) || (k->means && lint_has_word(k->means, words));
}

static bool counts_or_sums(const struct agg *g) {
  return g->fn == AGG_SUM || g->fn == AGG_COUNT || g->fn == AGG_AVG || g->fn == AGG_DISTINCT;
}

/* ---- what a `where` asks -------------------------------------------------------------- */

struct asking {
  const struct attr *flag; /* NULL: any day, life or end of the row */
  bool found;
};

static bool speaks_of_days(const struct term *t) {
  return t->kind == T_RANGE || t->kind == T_WITHIN || t->kind == T_OLDER || t->kind == T_OVERDUE ||
         t->kind == T_SEGMENT || t->kind == T_ON || (t->kind == T_ATTR && t->type.unit == U_DATE) ||
         (t->kind == T_ATTR && t->attr->kind == ATTR_ACTIVE);
}

static void look(void *ctx, const struct term *t) {
  struct asking *x = ctx;
  const struct term *core = t->kind == T_ATTR ? term_core(t) : t;
  if (core != t) term_walk(core, look, ctx);
  x->found |= x->flag ? t->kind == T_ATTR && t->attr == x->flag : speaks_of_days(t);
}

static bool asks(const struct term *where, const struct attr *flag) {
  struct asking x = {.flag = flag};
  term_walk(where, look, &x);
  return x.found;
}

static const struct attr *flag_of(const struct entity *e, enum attr_kind kind) {
  for (size_t i = 0; i < e->attrs.n; i++)
    if (e->attrs.v[i]->kind == kind) return e->attrs.v[i];
  return NULL;
}

/* Where it chooses rows, or what it adds of them. */
static bool heeds(const struct agg *g, const struct attr *flag) {
  bool found = asks(g->where, flag);
  for (size_t i = 0; i < g->values.n; i++) found |= asks(g->values.v[i], flag);
  return found;
}

static struct asked who_asks(struct forgetting *x, const struct entity *e,
                             const struct attr *flag) {
  for (size_t i = 0; i < x->asked.n; i++)
    if (x->asked.v[i].entity == e && x->asked.v[i].flag == flag) return x->asked.v[i];
  struct asked found = {e, flag, NULL, NULL};
  for (size_t i = 0; !found.second && i < x->all.n; i++) {
    const struct counted *c = &x->all.v[i];
    const struct agg *g = c->term->agg;
    if (g->entity != e || c->kpi == found.first || !counts_or_sums(g) || !asks(g->where, flag))
      continue;
    if (found.first)
      found.second = c->kpi;
    else
      found.first = c->kpi;
  }
  VEC_PUSH(x->l->a, &x->asked, found);
  return found;
}

/* Another KPI that counts these rows, and asks. */
static const struct kpi *sibling(struct forgetting *x, const struct counted *c,
                                 const struct attr *flag) {
  struct asked by = who_asks(x, c->term->agg->entity, flag);
  return by.first == c->kpi ? by.second : by.first;
}

/* ---- active --------------------------------------------------------------------------- */

static void check_active(struct forgetting *x, const struct counted *c) {
  struct lint *l = x->l;
  const struct agg *g = c->term->agg;
  const struct attr *active = flag_of(g->entity, ATTR_ACTIVE);
  if (!active || !counts_or_sums(g) || g->segment || g->has_period || asks(g->where, NULL)) return;
  const char *name = c->kpi->name;
  const struct kpi *other = sibling(x, c, active);
  if (says(c->kpi, of_all) || (!other && !says(c->kpi, of_today))) return;
  struct diag *d =
      lint_tell(l, c->term->src->span, "`%s` also counts rows of %s that are not `%s` on the day",
                name, g->entity->name, active->name);
  if (other) lint_note(l, d, other->span, "`%s` leaves them out", other->name);
  lint_help(l, d, "add to its `where`: %s; or say in the name that all rows ever count: total_%s",
            active->name, name);
}

static bool is_active_flag(const struct term *t) {
  return t->kind == T_ATTR && t->attr->kind == ATTR_ACTIVE;
}

/* where active or not trial: what is over comes in by the other side. */
static void check_either(struct forgetting *x, const struct counted *c) {
  struct lint *l = x->l;
  const struct agg *g = c->term->agg;
  const struct term *w = g->where;
  if (!w || w->kind != T_OR || !w->src || from_library(w->src->span) || g->has_period) return;
  const struct term *active = is_active_flag(w->a) ? w->a : is_active_flag(w->b) ? w->b : NULL;
  const struct term *other = active == w->a ? w->b : w->a;
  if (!active || asks(other, NULL) || !counts_or_sums(g)) return;
  struct diag *d = lint_tell(
      l, w->src->span, "`%s` counts rows of %s that are not `%s`, too: `%s` alone is enough",
      c->kpi->name, g->entity->name, active->attr->name, lint_quote(l, other->src->span));
  lint_help(l, d, "write: %s and %s", lint_quote(l, active->src->span),
            lint_quote(l, other->src->span));
}

/* ---- trials --------------------------------------------------------------------------- */

static const char *const recurring[] = {"recurring",  "récurrent",     "recurrent",
                                        "récurrente", "wiederkehrend", NULL};

/* 1: the rows with the flag are asked for, -1: those without, 0: neither. */
static int way_asked(const struct term *where, const struct attr *flag) {
  if (!where) return 0;
  if (where->kind == T_NOT) return -way_asked(where->a, flag);
  if (where->kind == T_AND) {
    int way = way_asked(where->a, flag);
    return way ? way : way_asked(where->b, flag);
  }
  return where->kind == T_ATTR && where->attr == flag;
}

/* mrr where active and trial */
static bool check_only_trials(struct lint *l, const struct counted *c, const struct attr *at) {
  bool money = c->term->agg->fn == AGG_SUM && c->term->type.unit == U_MONEY;
  if (!money || says(c->kpi, not_customers) || way_asked(c->term->agg->where, at) <= 0)
    return false;
  if (!lint_has_word(at->name, not_customers) || !says(c->kpi, of_money)) return false;
  struct diag *d = lint_tell(l, c->term->src->span, "`%s` adds up the rows of %s with `%s` alone",
                             c->kpi->name, at->entity->name, at->name);
  lint_help(l, d, "write: not %s; or say in the name that it is about them", at->name);
  return true;
}

static void check_trials(struct forgetting *x, const struct counted *c) {
  struct lint *l = x->l;
  const struct agg *g = c->term->agg;
  for (size_t i = 0; counts_or_sums(g) && !g->segment && i < g->entity->attrs.n; i++) {
    const struct attr *at = g->entity->attrs.v[i];
    if (at->type.unit != U_FLAG || at->kind == ATTR_ACTIVE) continue;
    if (check_only_trials(l, c, at)) return;
    if (heeds(g, at)) continue;
    if (!lint_has_word(at->name, not_customers) || lint_has_word(c->kpi->name, not_customers))
      continue;
    const struct kpi *other = sibling(x, c, at);
    bool money = g->fn == AGG_SUM && c->term->type.unit == U_MONEY;
    bool today = lint_has_word(c->kpi->name, of_today) ||
                 (c->kpi->means && lint_has_word(c->kpi->means, recurring));
    if (!other && !(money && today)) continue;
    struct diag *d = lint_tell(l, c->term->src->span, "`%s` also counts rows of %s with `%s`",
                               c->kpi->name, g->entity->name, at->name);
    if (other) lint_note(l, d, other->span, "`%s` leaves them out", other->name);
    lint_help(l, d, "add to its `where`: not %s", at->name);
    return;
  }
}

/* ---- what is closed ------------------------------------------------------------------- */

static const char *const pipeline[] = {"pipeline", "open",    "backlog", "outstanding", "pipe",
                                       "ouvert",   "ouverts", "ouverte", "ouvertes",    NULL};
static const char *const open_flags[] = {"open", "ouvert", "ouverte", "is_open", NULL};
static const char *const over_values[] = {"won",      "lost",     "gagné", "perdu",
                                          "gewonnen", "verloren", NULL};

/* Won and lost are among its values. */
static bool says_what_is_over(const struct attr *at) {
  for (size_t i = 0; i < at->one_of.n; i++)
    if (at->one_of.v[i]->name && lint_has_word(at->one_of.v[i]->name, over_values)) return true;
  return false;
}

/* Does it ask for what the flag is made of: the stage of `open = stage one of …`? */
static bool asks_parts(const struct agg *g, const struct attr *flag) {
  for (size_t i = 0; i < g->entity->attrs.n; i++) {
    const struct attr *part = g->entity->attrs.v[i];
    if (part == flag && heeds(g, flag)) return true;
    if (flag->term && asks(flag->term, part) && asks(g->where, part)) return true;
  }
  return false;
}

static void check_open(struct forgetting *x, const struct counted *c) {
  struct lint *l = x->l;
  const struct agg *g = c->term->agg;
  if (!counts_or_sums(g) || g->segment || g->has_period) return;
  if (!lint_has_word(c->kpi->name, pipeline)) return;
  const struct attr *open = NULL, *stage = NULL;
  for (size_t i = 0; i < g->entity->attrs.n; i++) {
    const struct attr *at = g->entity->attrs.v[i];
    if (at->type.unit == U_FLAG && lint_has_word(at->name, open_flags)) open = at;
    if (says_what_is_over(at)) stage = at;
  }
  if (open && !asks_parts(g, open))
    lint_help(l,
              lint_tell(l, c->term->src->span, "`%s` also counts rows of %s that are not `%s`",
                        c->kpi->name, g->entity->name, open->name),
              "add to its `where`: %s", open->name);
  else if (!open && stage && !asks(g->where, stage))
    lint_help(l,
              lint_tell(l, c->term->src->span,
                        "`%s` also counts rows of %s whose `%s` says that they are over",
                        c->kpi->name, g->entity->name, stage->name),
              "add to its `where` which are open: %s one of …", stage->name);
}

/* ---- who left ------------------------------------------------------------------------- */

/* mrr > 0 */
static bool asks_who_pays(const struct term *where) {
  return where && where->kind == T_CMP && where->op == OP_GT && where->a->type.unit == U_MONEY &&
         where->b->kind == T_CONST && where->b->value.num == 0;
}

static const struct counted *mean_of_payers(struct forgetting *x, const struct counted *c) {
  struct lint *l = x->l;
  const struct agg *g = c->term->agg;
  for (size_t i = 0; i < x->all.n; i++) {
    const struct counted *o = &x->all.v[i];
    const struct agg *h = o->term->agg;
    if (o->kpi == c->kpi || h->fn != AGG_AVG || h->entity != g->entity ||
        !asks_who_pays(h->where) ||
        strcmp(term_key(l->a, h->values.v[0]), term_key(l->a, g->values.v[0])) != 0)
      continue;
    return o;
  }
  return NULL;
}

/* A sum of money over rows that may all have ended: 0, and not unknown, for who has left. */
static bool is_nothing_for_the_gone(const struct agg *g) {
  const struct term *value = g->values.v[0], *core = term_core(value);
  if (value->kind != T_KPI || core->kind != T_AGG || core->type.unit != U_MONEY) return false;
  const struct attr *active = flag_of(core->agg->entity, ATTR_ACTIVE);
  return core->agg->fn == AGG_SUM && active && asks(core->agg->where, active);
}

static void check_payers(struct forgetting *x, const struct counted *c) {
  struct lint *l = x->l;
  const struct agg *g = c->term->agg;
  if (g->fn != AGG_AVG || g->where || g->segment || g->has_period) return;
  if (g->entity->life.ends && g->entity->life.until) return; /* those who left are out */
  const struct counted *o = mean_of_payers(x, c);
  if (!o && !is_nothing_for_the_gone(g)) return;
  struct diag *d =
      lint_tell(l, c->term->src->span, "`%s` is a mean that those who left are in", c->kpi->name);
  if (o) lint_note(l, d, o->kpi->span, "`%s` asks who pays", o->kpi->name);
  const char *what = lint_quote(l, g->values.v[0]->src->span);
  lint_help(l, d, "add: where %s",
            o ? lint_quote(l, o->term->agg->where->src->span) : arena_printf(l->a, "%s > 0", what));
}

/* (sum of mrr over customer) / (count of customer): likewise. */
static void check_mean_of_all(struct lint *l, const struct kpi *k) {
  const struct term *t = k->term;
  if (!t || t->kind != T_ARITH || t->op != OP_DIV || !t->src || from_library(t->src->span)) return;
  const struct term *top = term_core(t->a), *below = term_core(t->b);
  if (top->kind != T_AGG || below->kind != T_AGG || top->agg->fn != AGG_SUM) return;
  const struct agg *g = below->agg;
  if (g->fn != AGG_COUNT || g->where || g->segment || g->has_period) return;
  if (g->entity != top->agg->entity || (g->entity->life.ends && g->entity->life.until)) return;
  if (top->agg->values.n != 1 || !is_nothing_for_the_gone(top->agg)) return;
  struct diag *d =
      lint_tell(l, t->b->src->span, "`%s` is a mean that those who left are in", k->name);
  lint_help(l, d, "write: count of %s where %s > 0", g->entity->name,
            lint_quote(l, top->agg->values.v[0]->src->span));
}

static void each_counted(struct lint *l,
                         void (*check)(struct forgetting *, const struct counted *)) {
  struct forgetting x = {.l = l};
  for (size_t i = 0; i < l->rs->kpis.n; i++) {
    x.kpi = l->rs->kpis.v[i];
    term_walk(x.kpi->term, gather, &x);
  }
  for (size_t i = 0; i < x.all.n; i++) check(&x, &x.all.v[i]);
}

void lint_forgets_active(struct lint *l) {
  each_counted(l, check_active);
  each_counted(l, check_either);
  each_counted(l, check_open);
  each_counted(l, check_payers);
  for (size_t i = 0; i < l->rs->kpis.n; i++) check_mean_of_all(l, l->rs->kpis.v[i]);
}
void lint_forgets_trials(struct lint *l) { each_counted(l, check_trials); }
