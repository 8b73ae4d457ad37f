/* What is gathered once for all checks. In: a rule set. Out: who uses which name, and every
 * condition taken apart. */
#include "lint/check.h"

static struct uses *uses_at(struct lint *l, struct map *m, const char *name) {
  struct uses *u = map_get(m, name);
  if (u) return u;
  u = NEW(l->a, struct uses);
  map_put(m, l->a, name, u);
  return u;
}

const struct uses *uses_of(const struct map *m, const char *name) {
  static const struct uses never;
  const struct uses *u = map_get(m, name);
  return u ? u : &never;
}

/* ---- names ---------------------------------------------------------------------------- */

enum user { BY_RULE, BY_KPI, BY_TARGET, BY_OTHER };

struct counting {
  struct lint *l;
  enum user user;
};

static void count_one(struct counting *c, struct map *m, const char *name) {
  struct uses *u = uses_at(c->l, m, name);
  int *of[] = {&u->rules, &u->kpis, &u->targets, &u->others};
  (*of[c->user])++;
}

static void count_term(void *ctx, const struct term *t) {
  struct counting *c = ctx;
  struct facts *f = &c->l->facts;
  if (t->kind == T_KPI) count_one(c, &f->kpis, t->kpi->name);
  if (t->kind == T_THRESHOLD) count_one(c, &f->thresholds, t->threshold->name);
  if (t->kind == T_SEGMENT) count_one(c, &f->segments, t->segment->name);
  if (t->kind == T_AGG && t->agg->segment) count_one(c, &f->segments, t->agg->segment->name);
}

static void count_terms(struct lint *l) {
  struct ruleset *rs = l->rs;
  struct counting rule = {l, BY_RULE}, kpi = {l, BY_KPI}, target = {l, BY_TARGET},
                  other = {l, BY_OTHER};
  for (size_t i = 0; i < rs->rules.n; i++) rule_walk(rs->rules.v[i], count_term, &rule);
  for (size_t i = 0; i < rs->kpis.n; i++) {
    const struct kpi *k = rs->kpis.v[i];
    const struct band *bands[] = {&k->green, &k->amber, &k->red};
    term_walk(k->term, count_term, &kpi);
    for (int b = 0; b < 3; b++)
      term_walk(bands[b]->a, count_term, &kpi), term_walk(bands[b]->b, count_term, &kpi);
  }
  for (size_t i = 0; i < rs->targets.n; i++) {
    term_walk(rs->targets.v[i]->measure, count_term, &target);
    term_walk(rs->targets.v[i]->goal, count_term, &target);
    term_walk(rs->targets.v[i]->by, count_term, &target);
  }
  for (size_t i = 0; i < rs->teams.n; i++) team_walk(rs->teams.v[i], count_term, &other);
  for (size_t i = 0; i < rs->segments.n; i++)
    term_walk(rs->segments.v[i]->term, count_term, &other);
  for (size_t i = 0; i < rs->entities.n; i++)
    for (size_t k = 0; k < rs->entities.v[i]->attrs.n; k++)
      term_walk(rs->entities.v[i]->attrs.v[k]->term, count_term, &other);
  for (size_t i = 0; i < rs->thresholds.n; i++)
    for (size_t k = 0; k < rs->thresholds.v[i]->lines.n; k++)
      if (rs->thresholds.v[i]->lines.v[k].segment)
        count_one(&other, &l->facts.segments, rs->thresholds.v[i]->lines.v[k].segment->name);
}

static void count_teams(struct lint *l) {
  struct ruleset *rs = l->rs;
  struct counting rule = {l, BY_RULE}, other = {l, BY_OTHER};
  struct map *teams = &l->facts.teams;
  for (size_t i = 0; i < rs->rules.n; i++) {
    if (rs->rules.v[i]->team) count_one(&rule, teams, rs->rules.v[i]->team->name);
    const struct ast_item *it = rs->rule_items.v[i];
    for (size_t k = 0; k < it->body.n; k++)
      if (it->body.v[k]->kind == C_ESCALATE && it->body.v[k]->of)
        count_one(&rule, teams, it->body.v[k]->of);
  }
  for (size_t i = 0; i < rs->playbooks.n; i++)
    for (size_t k = 0; k < rs->playbooks.v[i]->steps.n; k++)
      if (rs->playbooks.v[i]->steps.v[k].team)
        count_one(&other, teams, rs->playbooks.v[i]->steps.v[k].team);
  for (size_t i = 0; i < rs->kpis.n; i++)
    if (rs->kpis.v[i]->owner) count_one(&other, teams, rs->kpis.v[i]->owner);
  for (size_t i = 0; i < rs->targets.n; i++)
    if (rs->targets.v[i]->owner) count_one(&other, teams, rs->targets.v[i]->owner);
  for (size_t i = 0; i < rs->thresholds.n; i++)
    if (rs->thresholds.v[i]->owner) count_one(&other, teams, rs->thresholds.v[i]->owner);
  for (size_t i = 0; i < rs->teams.n; i++)
    if (rs->teams.v[i]->escalates_to) count_one(&other, teams, rs->teams.v[i]->escalates_to);
}

/* Formulas with parameters are expanded before they are typed, so only the trees still name them.
 */
static void count_calls(struct lint *l, const struct expr *e) {
  if (!e) return;
  if (e->kind == E_CALL && map_get(&l->rs->define_names, e->name))
    uses_at(l, &l->facts.defines, e->name)->others++;
  for (size_t i = 0; i < expr_kid_count(e); i++) count_calls(l, expr_kid(e, i));
}

static void count_defines(struct lint *l) {
  for (size_t i = 0; i < l->rs->asts.n; i++)
    for (size_t k = 0; k < l->rs->asts.v[i]->clauses.n; k++) {
      const struct clause *c = l->rs->asts.v[i]->clauses.v[k];
      count_calls(l, c->expr);
      count_calls(l, c->expr2);
      if (c->actions) count_calls(l, c->actions->due), count_calls(l, c->actions->worth);
    }
}

/* ---- conditions ----------------------------------------------------------------------- */

struct finding_places {
  struct lint *l;
  const char *what;
};

static void add_place(struct lint *l, const struct rule *r, const struct term *t,
                      const char *what) {
  struct place p = {r, t, what, condition_of(&l->subjects, t)};
  VEC_PUSH(l->a, &l->facts.places, p);
}

static void where_of(void *ctx, const struct term *t) {
  struct finding_places *f = ctx;
  if (t->kind == T_AGG && t->agg->where) add_place(f->l, NULL, t->agg->where, f->what);
}

static bool never(struct lint *l, const struct condition *c) {
  const struct atom *x, *y;
  for (size_t i = 0; i < c->any.n; i++)
    if (!conjunction_contradicts(&l->subjects, &c->any.v[i], &x, &y)) return false;
  return !c->opaque;
}

static void gather_rule(struct lint *l, size_t i) {
  struct rule *r = l->rs->rules.v[i];
  if (r->broken || !r->when) return;
  const char *what = rule_title(l, r);
  struct rule_facts f = {.rule = r, .item = l->rs->rule_items.v[i]};
  add_place(l, r, r->when, what);
  f.when = l->facts.places.v[l->facts.places.n - 1].cond;
  f.when_key = term_key(l->a, r->when);
  f.dead = never(l, f.when);
  if (r->clear) {
    add_place(l, NULL, r->clear, arena_printf(l->a, "the `clear when` of %s", what));
    f.clear = l->facts.places.v[l->facts.places.n - 1].cond;
  }
  VEC_PUSH(l->a, &l->facts.rules, f);
  struct finding_places ctx = {l, arena_printf(l->a, "the `where` in %s", what)};
  rule_walk(r, where_of, &ctx);
}

void facts_gather(struct lint *l) {
  struct ruleset *rs = l->rs;
  l->subjects = (struct subjects){.a = l->a, .rs = rs};
  terms_gather(l);
  count_terms(l);
  count_teams(l);
  count_defines(l);
  for (size_t i = 0; i < rs->rules.n; i++) gather_rule(l, i);
  for (size_t i = 0; i < rs->segments.n; i++)
    if (rs->segments.v[i]->term)
      add_place(l, NULL, rs->segments.v[i]->term,
                arena_printf(l->a, "the segment `%s`", rs->segments.v[i]->name));
  for (size_t i = 0; i < rs->kpis.n; i++) {
    struct finding_places ctx = {
        l, arena_printf(l->a, "the `where` of the KPI `%s`", rs->kpis.v[i]->name)};
    term_walk(rs->kpis.v[i]->term, where_of, &ctx);
  }
  pairs_gather(l);
}
