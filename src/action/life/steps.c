/* Steps of other teams. In: the open steps of living items. Out: those of whoever is away or has
 * left are with somebody who is there, and back with them when they are. */
#include <string.h>

#include "action/compare.h"
#include "action/life/away.h"

static void move_step(struct life *l, size_t at, size_t k, enum change_kind kind, const char *to,
                      const char *why) {
  struct item_step *s = &l->items.v[at].steps[k];
  if (at < l->n_before) {
    life_record(l, kind, at, arena_printf(l->a, "owner of step %zu", k + 1), s->owner, to);
    l->changes.v[l->changes.n - 1].why = why;
  }
  s->owner = to;
  s->told = DAY_NONE; /* its new owner has not heard of it */
}

/* Its owner is there again. */
static void give_back(struct life *l, size_t at, size_t k, const char *home) {
  struct item_step *s = &l->items.v[at].steps[k];
  s->away_owner = NULL;
  if (text_same(s->owner, home)) return;
  move_step(l, at, k, CHANGE_RETURN, home, arena_printf(l->a, "%s is back", home));
  absence_moved_step(l, home, ABSENT_BACK, home);
}

static void cover_step(struct life *l, size_t at, size_t k, const char *home, enum attendance a,
                       const char *to) {
  struct item_step *s = &l->items.v[at].steps[k];
  bool away = a == IS_AWAY;
  if (!to && away) return; /* nobody else is there */
  move_step(l, at, k, CHANGE_COVER, to,
            arena_printf(l->a, "%s %s", home, away ? "is away" : "has left"));
  absence_moved_step(l, home, away ? ABSENT_AWAY : ABSENT_LEFT, to);
  s->away_owner = away ? home : NULL;
}

void life_place_step(struct life *l, size_t at, size_t k, const char *turn) {
  struct item_step *s = &l->items.v[at].steps[k];
  const struct team_facts *t = life_team(l, s->team);
  const char *home = s->away_owner ? s->away_owner : s->owner;
  enum attendance a = life_attendance_at_home(l, t, home, s->away_owner);
  if (!l->places.v[at].rule || !home || a == NOT_KNOWN) return;
  if (a == IS_THERE) {
    if (s->away_owner) give_back(l, at, k, home);
    return;
  }
  if (s->away_owner && life_attendance(l, t, s->owner) <= NOT_KNOWN) {
    if (a == HAS_LEFT) s->away_owner = NULL;
    l->places.v[at].noted |= a == HAS_LEFT;
    return;
  }
  const char *to = life_stand_in(l, t, home);
  if (!to) to = turn ? turn : life_next_there(l, t, &t->lead, 1);
  cover_step(l, at, k, home, a, to);
}

/* Of teams that take turns: share.c. */
void life_steps(struct life *l) {
  for (size_t at = 0; at < l->items.n; at++) {
    const struct item *i = &l->items.v[at];
    for (size_t k = 0; item_living(i) && k < i->n_steps; k++) {
      const struct team_facts *t = life_team(l, i->steps[k].team);
      if (t && !t->in_turn && step_open(&i->steps[k])) life_place_step(l, at, k, NULL);
    }
  }
}
