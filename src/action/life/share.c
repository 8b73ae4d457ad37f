/* Turns. In: living items of teams that take turns. Out: each has an owner: whoever of the team
 * has an item of the customer already, else the one with the fewest items, and of several the
 * first of the list. They are given out by rank, so that a replay gives the same. Who has an item
 * keeps it. */
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "action/life/life.h"
#include "base/map.h"

/* A team while its items are given out. */
struct turns {
  const struct team_facts *team;
  long *load;           /* items by person of the list, waiting ones too */
  struct map customers; /* who has items of it: a place in the list + 1, the first of several */
};

static size_t place_of(const struct team_facts *t, const char *owner) {
  size_t at = 0;
  while (at < t->n_people && (!owner || strcasecmp(t->people[at].address, owner) != 0)) at++;
  return at;
}

/* NULL: it is about no customer, such as an item of the company. */
static const char *customer_of(const struct life *l, const struct item *i) {
  if (!i->account_key) return NULL;
  return arena_printf(l->a, "%s\n%s", i->account_entity ? i->account_entity : "", i->account_key);
}

static void hold(const struct life *l, struct turns *t, const struct item *i, size_t person) {
  const char *customer = customer_of(l, i);
  t->load[person]++;
  if (!customer) return;
  size_t have = (size_t)(uintptr_t)map_get(&t->customers, customer);
  if (!have || person + 1 < have)
    map_put(&t->customers, l->a, customer, (void *)(uintptr_t)(person + 1));
}

static size_t whose_turn(const struct life *l, const struct turns *t, const struct item *i) {
  const char *customer = customer_of(l, i);
  size_t have = customer ? (size_t)(uintptr_t)map_get(&t->customers, customer) : 0;
  if (have) return have - 1;
  size_t least = 0;
  for (size_t p = 1; p < t->team->n_people; p++)
    if (t->load[p] < t->load[least]) least = p;
  return least;
}

static void give(struct life *l, struct turns *t, size_t at) {
  struct item *i = &l->items.v[at];
  size_t person = whose_turn(l, t, i);
  const char *owner = t->team->people[person].address;
  if (at >= l->n_before)
    i->owner = owner;
  else if (life_text(l, at, "owner", &i->owner, owner))
    life_meet_owner(l, i);
  hold(l, t, i, person);
}

static bool is_of(const struct item *i, const struct team_facts *t) {
  return item_living(i) && i->team && strcmp(i->team, t->name) == 0;
}

static bool is_step_of(const struct item_step *s, const struct team_facts *t) {
  return step_open(s) && s->team && strcmp(s->team, t->name) == 0;
}

/* Steps come behind the items and take no place of theirs; those that are there are counted, so
 * that the steps of a run do not all go to one person. */
static void share_steps(struct life *l, struct turns *t) {
  for (size_t at = 0; at < l->items.n; at++) {
    const struct item *i = &l->items.v[at];
    for (size_t k = 0; item_living(i) && k < i->n_steps; k++) {
      if (!is_step_of(&i->steps[k], t->team)) continue;
      size_t person = place_of(t->team, i->steps[k].owner);
      if (at >= l->n_before) {
        person = whose_turn(l, t, i);
        i->steps[k].owner = t->team->people[person].address;
      }
      if (person < t->team->n_people) hold(l, t, i, person);
    }
  }
}

static void share_out(struct life *l, const struct team_facts *team) {
  struct turns t = {.team = team, .load = NEW_N(l->a, long, team->n_people)};
  size_t *asking = NEW_N(l->a, size_t, l->items.n + 1), n = 0;
  for (size_t at = 0; at < l->items.n; at++) {
    const struct item *i = &l->items.v[at];
    if (!is_of(i, team)) continue;
    size_t person = place_of(team, i->owner);
    if (person < team->n_people && item_counts(i))
      hold(l, &t, i, person);
    else if (person == team->n_people && !i->owner_by_person && l->places.v[at].rule)
      asking[n++] = at;
  }
  life_rank(l, asking, n);
  for (size_t k = 0; k < n; k++) give(l, &t, asking[k]);
  share_steps(l, &t);
}

void life_share(struct life *l) {
  for (size_t t = 0; t < l->v->n_teams; t++)
    if (l->v->teams[t].in_turn) share_out(l, &l->v->teams[t]);
}
