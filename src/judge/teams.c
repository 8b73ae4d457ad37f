/* Teams. In: those of the rule set, and the rows of their people. Out: what the life of items has
 * to know of each. */
#include <stdlib.h>
#include <strings.h>

#include "eval/results.h"
#include "judge/rule_plan.h"

/* The address at the end of `account.csm else "lead@company.example"`; NULL: none is written. */
static const char *lead_of(const struct expr *assigns) {
  while (assigns && assigns->kind == E_ELSE) assigns = assigns->b;
  return assigns && assigns->kind == E_STRING ? assigns->name : NULL;
}

static const struct person *people_of(struct judge_ctx *x, const struct team *t) {
  struct person *people = NEW_N(x->arena, struct person, t->turn.n + 1);
  for (size_t i = 0; i < t->turn.n; i++) people[i] = (struct person){.address = t->turn.v[i]};
  return people;
}

static const struct tell *tells_of(struct judge_ctx *x, const struct team *t) {
  struct tell *tells = NEW_N(x->arena, struct tell, t->tells.n + 1);
  for (size_t i = 0; i < t->tells.n; i++) tells[i] = t->tells.v[i].is;
  return tells;
}

/* ---- who is there --------------------------------------------------------------------- */

static struct team_plan plan_team(struct judge_ctx *x, const struct team_people *w) {
  day_t day = x->entry->day;
  struct team_plan tp = {.address = -1, .exists = -1, .away = -1, .left = -1, .stand_in = -1};
  if (!w->entity) return tp;
  tp.domain = plan_entity_domain(x->plan, w->entity, true);
  tp.exists = plan_exists(x->plan, tp.domain, day);
  tp.address = plan_term(x->plan, w->address, tp.domain, day);
  if (w->away) tp.away = plan_term(x->plan, w->away, tp.domain, day);
  if (w->left) tp.left = plan_term(x->plan, w->left, tp.domain, day);
  if (w->stand_in) tp.stand_in = plan_term(x->plan, w->stand_in, tp.domain, day);
  return tp;
}

void judge_plan_teams(struct judge_ctx *x) {
  const struct ruleset *rs = x->entry->rs;
  x->teams = NEW_N(x->plan->arena, struct team_plan, rs->teams.n + 1);
  for (size_t t = 0; t < rs->teams.n; t++) {
    x->teams[t] = plan_team(x, &rs->teams.v[t]->people);
    const int nodes[] = {x->teams[t].exists, x->teams[t].address, x->teams[t].away,
                         x->teams[t].left, x->teams[t].stand_in};
    for (size_t i = 0; i < sizeof nodes / sizeof *nodes; i++)
      if (nodes[i] >= 0) VEC_PUSH(x->plan->arena, &x->roots, nodes[i]);
  }
}

struct roll_call {
  struct judge_ctx *x;
  const struct team_plan *plan;
  struct colleague *people;
  size_t n;
  bool ends; /* who does not exist any more has left */
};

enum { AT_ADDRESS, AT_EXISTS, AT_AWAY, AT_LEFT, AT_STAND_IN, ROLL_NODES };

static enum truth truth_of(int node, const struct value *v) {
  if (node < 0) return TRUTH_FALSE;
  return !v->known ? TRUTH_UNKNOWN : v->num != 0 ? TRUTH_TRUE : TRUTH_FALSE;
}

static const char *kept_text(struct judge_ctx *x, const struct value *v) {
  return v->known && v->text && *v->text ? arena_strdup(x->arena, v->text) : NULL;
}

static void take_colleague(void *ctx, size_t i, const struct value *values) {
  struct roll_call *c = ctx;
  (void)i;
  const char *address = kept_text(c->x, &values[AT_ADDRESS]);
  if (!address) return;
  enum truth left = truth_of(c->plan->left, &values[AT_LEFT]);
  if (c->ends && truth_of(c->plan->exists, &values[AT_EXISTS]) == TRUTH_FALSE &&
      c->plan->exists >= 0)
    left = TRUTH_TRUE;
  c->people[c->n++] = (struct colleague){.address = address,
                                         .away = truth_of(c->plan->away, &values[AT_AWAY]),
                                         .left = left,
                                         .stand_in = kept_text(c->x, &values[AT_STAND_IN])};
}

/* Of two rows of one address, the one of a person who has not left comes first. */
static int by_address(const void *pa, const void *pb) {
  const struct colleague *a = pa, *b = pb;
  int c = strcasecmp(a->address, b->address);
  return c ? c : (a->left == TRUTH_TRUE) - (b->left == TRUTH_TRUE);
}

static size_t each_once(struct colleague *people, size_t n) {
  size_t kept = 0;
  for (size_t i = 0; i < n; i++)
    if (!kept || strcasecmp(people[kept - 1].address, people[i].address) != 0)
      people[kept++] = people[i];
  return kept;
}

static bool call_roll(struct judge_ctx *x, const struct team *t, const struct team_plan *tp,
                      struct roster *out) {
  size_t n = evaluation_rows(x->ev, tp->domain);
  struct roll_call c = {.x = x,
                        .plan = tp,
                        .people = NEW_N(x->arena, struct colleague, n + 1),
                        .ends = t->people.entity->life.ends};
  const int nodes[ROLL_NODES] = {[AT_ADDRESS] = tp->address,
                                 [AT_EXISTS] = tp->exists,
                                 [AT_AWAY] = tp->away,
                                 [AT_LEFT] = tp->left,
                                 [AT_STAND_IN] = tp->stand_in};
  int32_t *rows = NEW_N(x->arena, int32_t, n + 1);
  for (size_t i = 0; i < n; i++) rows[i] = (int32_t)i;
  if (!evaluation_values(x->ev, tp->domain, rows, n, nodes, ROLL_NODES, take_colleague, &c,
                         x->problems))
    return false;
  if (c.n) qsort(c.people, c.n, sizeof *c.people, by_address);
  *out = (struct roster){
      .entity = t->people.entity->name, .people = c.people, .n = each_once(c.people, c.n)};
  return true;
}

/* ---- the teams ------------------------------------------------------------------------ */

bool judge_teams(struct judge_ctx *x, struct verdicts *v) {
  const struct ruleset *rs = x->entry->rs;
  struct team_facts *teams = NEW_N(x->arena, struct team_facts, rs->teams.n + 1);
  v->teams = teams;
  v->n_teams = rs->teams.n;
  for (size_t i = 0; i < rs->teams.n; i++) {
    const struct team *t = rs->teams.v[i];
    const char *written = lead_of(t->turn.n ? t->otherwise : t->assigns);
    teams[i] = (struct team_facts){.name = t->name,
                                   .capacity = t->capacity,
                                   .above = t->escalates_to,
                                   .lead = !written && t->turn.n ? t->turn.v[0] : written,
                                   .in_turn = t->turn.n > 0,
                                   .people = people_of(x, t),
                                   .n_people = t->turn.n,
                                   .tells = tells_of(x, t),
                                   .n_tells = t->tells.n};
    if (!x->teams || x->teams[i].address < 0) continue;
    struct roster *roster = NEW(x->arena, struct roster);
    if (!call_roll(x, t, &x->teams[i], roster)) return false;
    teams[i].roster = roster;
  }
  return true;
}
