/* Teams. In: those of the rule set. Out: what the life of items has to know of each. */
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

void judge_teams(struct judge_ctx *x, struct verdicts *v) {
  const struct ruleset *rs = x->entry->rs;
  struct team_facts *teams = NEW_N(x->arena, struct team_facts, rs->teams.n + 1);
  for (size_t i = 0; i < rs->teams.n; i++) {
    const struct team *t = rs->teams.v[i];
    teams[i] = (struct team_facts){.name = t->name,
                                   .capacity = t->capacity,
                                   .above = t->escalates_to,
                                   .lead = t->turn.n ? t->turn.v[0] : lead_of(t->assigns),
                                   .in_turn = t->turn.n > 0,
                                   .people = people_of(x, t),
                                   .n_people = t->turn.n};
  }
  v->teams = teams;
  v->n_teams = rs->teams.n;
}
