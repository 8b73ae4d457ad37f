/* Turns. In: living items of teams that take turns. Out: each has an owner: whoever of the team
 * has an item of the customer already, else the one with the fewest items, and of several the
 * first of the list. They are given out by rank, so that a replay gives the same. Who has an item
 * keeps it. */
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "action/life/away.h"
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

static bool takes_turns(const struct life *l, const struct team_facts *t, size_t person) {
  return life_attendance(l, t, t->people[person].address) <= NOT_KNOWN;
}

/* NULL: it is about no customer, such as an item of the company. */
static const char *customer_of(const struct life *l, const struct item *i) {
  if (!i->account_key) return NULL;
  return arena_printf(l->a, "%s\n%s", i->account_entity ? i->account_entity : "", i->account_key);
}

/* What is with somebody who is not there brings them no more of the customer. */
static void hold(const struct life *l, struct turns *t, const struct item *i, const char *owner) {
  size_t person = place_of(t->team, owner);
  const char *customer = customer_of(l, i);
  if (person == t->team->n_people) return;
  t->load[person]++;
  if (!customer || !takes_turns(l, t->team, person)) return;
  size_t have = (size_t)(uintptr_t)map_get(&t->customers, customer);
  if (!have || person + 1 < have)
    map_put(&t->customers, l->a, customer, (void *)(uintptr_t)(person + 1));
}

/* NULL: nobody of the list is there. */
static const char *whose_turn(const struct life *l, const struct turns *t, const struct item *i) {
  const char *customer = customer_of(l, i);
  size_t have = customer ? (size_t)(uintptr_t)map_get(&t->customers, customer) : 0;
  if (have) return t->team->people[have - 1].address;
  size_t least = t->team->n_people;
  for (size_t p = 0; p < t->team->n_people; p++)
    if (takes_turns(l, t->team, p) && (least == t->team->n_people || t->load[p] < t->load[least]))
      least = p;
  return least == t->team->n_people ? NULL : t->team->people[least].address;
}

static const char *to_whom(const struct life *l, const struct turns *t, const struct item *i,
                           bool absent) {
  const char *to = absent ? life_stand_in(l, t->team, life_home(i)) : NULL;
  if (!to) to = whose_turn(l, t, i);
  return to ? to : life_next_there(l, t->team, &t->team->lead, 1);
}

static void give(struct life *l, struct turns *t, size_t at) {
  struct item *i = &l->items.v[at];
  const char *home = life_home(i);
  enum attendance a = life_attendance(l, t->team, home);
  const char *to = to_whom(l, t, i, a >= IS_AWAY);
  if (a >= IS_AWAY)
    life_cover(l, at, home, a, to || a == HAS_LEFT ? to : home);
  else if (at >= l->n_before)
    i->owner = to;
  else
    life_go_home(l, at, to);
  hold(l, t, i, i->owner);
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
      if (at >= l->n_before)
        i->steps[k].owner = whose_turn(l, t, i);
      else
        life_place_step(l, at, k, whose_turn(l, t, i));
      hold(l, t, i, i->steps[k].owner);
    }
  }
}

/* Whoever covers for one who is away or has left goes on. */
static bool goes_on(struct life *l, const struct turns *t, size_t at, enum attendance a) {
  struct item *i = &l->items.v[at];
  if (!i->away_owner || life_attendance(l, t->team, i->owner) > NOT_KNOWN) return false;
  if (a == HAS_LEFT) i->away_owner = NULL;
  return true;
}

/* Is it to be given out? What stays with its owner, or goes back, does so here. */
static bool asks(struct life *l, const struct turns *t, size_t at) {
  const struct item *i = &l->items.v[at];
  const char *home = life_home(i);
  enum attendance a = life_attendance_at_home(l, t->team, home, i->away_owner);
  bool listed = place_of(t->team, home) < t->team->n_people;
  if (!l->places.v[at].rule) return false;
  if (i->owner_by_person) return a == HAS_LEFT;
  if (a >= IS_AWAY && (listed || a == HAS_LEFT)) return !goes_on(l, t, at, a);
  if (!listed) return true;
  if (!i->away_owner || a == NOT_KNOWN) return false;
  if (life_is_kept(l, at, t->team))
    life_keep(l, at);
  else
    life_go_home(l, at, home);
  return false;
}

static void share_out(struct life *l, const struct team_facts *team) {
  struct turns t = {.team = team, .load = NEW_N(l->a, long, team->n_people)};
  size_t *asking = NEW_N(l->a, size_t, l->items.n + 1), n = 0;
  for (size_t at = 0; at < l->items.n; at++) {
    const struct item *i = &l->items.v[at];
    if (!is_of(i, team)) continue;
    if (asks(l, &t, at))
      asking[n++] = at;
    else if (item_counts(i))
      hold(l, &t, i, i->owner);
  }
  life_rank(l, asking, n);
  for (size_t k = 0; k < n; k++) give(l, &t, asking[k]);
  share_steps(l, &t);
}

void life_share(struct life *l) {
  for (size_t t = 0; t < l->v->n_teams; t++)
    if (l->v->teams[t].in_turn) share_out(l, &l->v->teams[t]);
}
