/* Gates. In: items that arrive or wait, and those that are to do. Out: by rank, what there is room
 * for starts, with a due day that counts from today; the others wait, and say for which gate. What
 * is to do is never sent back. */
#include <stdint.h>
#include <string.h>

#include "action/compare.h"
#include "action/gate.h"
#include "action/life/life.h"
#include "action/move.h"
#include "action/stand.h"
#include "base/map.h"
#include "base/text.h"

/* How many items are to do: of a person in a team, and of a rule. */
struct rooms {
  struct map seats, open;
};

static long count(const struct map *m, const char *key) { return (intptr_t)map_get(m, key); }

static void add(struct map *m, struct arena *a, const char *key, long n) {
  map_put(m, a, key, (void *)(intptr_t)(count(m, key) + n));
}

/* Addresses are compared without regard to case. */
static const char *seat_of(const struct life *l, const struct item *i) {
  return arena_printf(l->a, "%s %s", i->team, text_lower(l->a, i->owner));
}

static bool is_seated(const struct life *l, const struct item *i) {
  const struct team_facts *t = i->owner ? life_team(l, i->team) : NULL;
  return t && t->capacity;
}

static void take_rooms(const struct life *l, struct rooms *r, const struct item *i, long n) {
  if (is_seated(l, i)) add(&r->seats, l->a, seat_of(l, i), n);
  add(&r->open, l->a, i->rule, n);
}

static void take_room(const struct life *l, struct rooms *r, const struct item *i) {
  take_rooms(l, r, i, 1);
}

/* What stands is to do, and stays so. */
static void take_rooms_of_standing(const struct life *l, struct rooms *r) {
  const struct items_standing *s = l->in->standing;
  for (size_t k = 0; s && k < s->n_groups; k++) {
    const struct standing_group *g = &s->groups[k];
    struct item like = {.rule = g->rule->rule, .team = g->rule->team, .owner = g->owner};
    take_rooms(l, r, &like, g->n);
  }
}

static enum gate full_gate(const struct life *l, const struct rooms *r, size_t at) {
  const struct item *i = &l->items.v[at];
  const struct rule_verdict *rule = l->places.v[at].rule;
  if (!i->owner) return GATE_NONE; /* nobody would take it up */
  if (is_seated(l, i) && count(&r->seats, seat_of(l, i)) >= life_team(l, i->team)->capacity)
    return GATE_CAPACITY;
  if (rule->at_most && count(&r->open, i->rule) >= rule->at_most) return GATE_AT_MOST;
  return GATE_NONE;
}

static void start(struct life *l, size_t at) {
  struct item *i = &l->items.v[at];
  l->places.v[at].arrives = false;
  char day[16], due[16];
  bool waited = i->waits_for != NULL, dated = i->due == DAY_NONE;
  item_start(i, l->v->as_of, l->v->calendar);
  if (!waited) return;
  life_record(l, CHANGE_START, at, "started", NULL, arena_strdup(l->a, day_text(i->started, day)));
  if (dated && i->due != DAY_NONE)
    life_record(l, CHANGE_UPDATE, at, "due", NULL, arena_strdup(l->a, day_text(i->due, due)));
  l->counts.started++;
}

static void hold_back(struct life *l, size_t at, enum gate gate) {
  struct item *i = &l->items.v[at];
  const char *before = i->waits_for, *now = gate_word(gate);
  if (text_same(before, now)) return;
  i->waits_for = now;
  life_record(l, before ? CHANGE_UPDATE : CHANGE_WAIT, at, "waits_for", before, now);
}

/* Does it ask to be let through: it arrives, or waits and its row is there and could be judged. */
static bool asks(const struct life *l, size_t at) {
  const struct item *i = &l->items.v[at];
  const struct place *p = &l->places.v[at];
  if (!item_living(i) || !p->rule || i->snoozed_until != DAY_NONE || i->muted_by) return false;
  if (i->waits_for) return item_counts(i) && p->now.present && p->now.when != TRUTH_UNKNOWN;
  return p->arrives;
}

/* What mutes others and has begun to wait does so no longer; what has started, does. */
static bool turns_muting(const struct life *l, size_t at, const char *waited_for) {
  return l->places.v[at].rule->mutes && !waited_for != !l->items.v[at].waits_for;
}

/* True: what it let in, or not, changes which items are muted. */
static bool admit(struct life *l) {
  struct rooms rooms = {0};
  size_t *asking = NEW_N(l->a, size_t, l->items.n + 1), n = 0;
  for (size_t at = 0; at < l->items.n; at++) {
    struct item *i = &l->items.v[at];
    if (asks(l, at)) {
      asking[n++] = at;
    } else if (item_to_do(i)) {
      if (i->started == DAY_NONE) start(l, at); /* woken, though it has never been to do */
      if (item_counts(i)) take_room(l, &rooms, i);
    }
  }
  if (n) take_rooms_of_standing(l, &rooms);
  life_rank(l, asking, n);
  bool turned = false;
  for (size_t k = 0; k < n; k++) {
    const struct item *i = &l->items.v[asking[k]];
    const char *waited_for = i->waits_for;
    enum gate gate = full_gate(l, &rooms, asking[k]);
    if (gate == GATE_NONE) {
      start(l, asking[k]);
      take_room(l, &rooms, i);
    } else {
      hold_back(l, asking[k], gate);
    }
    turned |= turns_muting(l, asking[k], waited_for);
  }
  return turned;
}

/* Until nothing changes, so that a second run of the day has nothing to change either. It ends: an
 * item begins to wait once, and starts once. */
void life_admit(struct life *l) {
  while (admit(l)) life_mute(l);
}
