/* Owners who are not there. In: who is there, as the verdicts say, and the lists of the run before.
 * Out: who has their items meanwhile. */
#include "action/life/away.h"

#include <string.h>
#include <strings.h>

#include "action/compare.h"
#include "base/limits.h"

/* ---- who is there --------------------------------------------------------------------- */

static const struct colleague *find_colleague(const struct team_facts *t, const char *address) {
  const struct roster *r = t ? t->roster : NULL;
  size_t lo = 0, hi = r && address ? r->n : 0;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    int c = strcasecmp(r->people[mid].address, address);
    if (c == 0) return &r->people[mid];
    if (c < 0)
      lo = mid + 1;
    else
      hi = mid;
  }
  return NULL;
}

bool life_is_on_roster(const struct team_facts *t, const char *address) {
  return find_colleague(t, address) != NULL;
}

static bool is_listed(const struct team_facts *t, const char *address) {
  for (size_t i = 0; i < t->n_people; i++)
    if (strcasecmp(t->people[i].address, address) == 0) return true;
  return false;
}

/* Was on the list of the run before, and is on that of today no more. */
static bool is_dropped(const struct life *l, const struct team_facts *t, const char *address) {
  const struct team_facts *before =
      t ? team_named(l->in->teams_before, l->in->n_teams_before, t->name) : NULL;
  return before && t->in_turn && is_listed(before, address) && !is_listed(t, address);
}

enum attendance life_attendance(const struct life *l, const struct team_facts *t,
                                const char *owner) {
  if (!t || !owner) return IS_THERE;
  if (is_dropped(l, t, owner)) return HAS_LEFT;
  const struct colleague *c = find_colleague(t, owner);
  if (!c) return IS_THERE;
  if (c->left == TRUTH_TRUE) return HAS_LEFT;
  if (c->away == TRUTH_TRUE) return IS_AWAY;
  return c->left == TRUTH_UNKNOWN || c->away == TRUTH_UNKNOWN ? NOT_KNOWN : IS_THERE;
}

enum attendance life_attendance_at_home(const struct life *l, const struct team_facts *t,
                                        const char *home, const char *away) {
  enum attendance a = life_attendance(l, t, home);
  bool vanished =
      away && home && text_same(away, home) && t && t->roster && !life_is_on_roster(t, home);
  return a == IS_THERE && vanished ? NOT_KNOWN : a;
}

/* ---- who has it meanwhile ------------------------------------------------------------- */

static bool can_take(const struct life *l, const struct team_facts *t, const char *who) {
  return life_attendance(l, t, who) <= NOT_KNOWN;
}

const char *life_stand_in(const struct life *l, const struct team_facts *t, const char *owner) {
  const struct colleague *c = find_colleague(t, owner);
  for (int steps = 0; c && c->stand_in && steps < STAND_INS_MAX; steps++) {
    c = find_colleague(t, c->stand_in); /* one who is in no list reaches nobody */
    if (c && can_take(l, t, c->address)) return c->address;
  }
  return NULL;
}

static const char *there_or_stand_in(const struct life *l, const struct team_facts *t,
                                     const char *who) {
  return can_take(l, t, who) ? who : life_stand_in(l, t, who);
}

const char *life_next_there(const struct life *l, const struct team_facts *t,
                            const char *const *next, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const char *who = next[i] ? there_or_stand_in(l, t, next[i]) : NULL;
    if (who) return who;
  }
  size_t steps = l->v->n_teams; /* teams may escalate in a circle */
  for (const struct team_facts *up = t; up && steps > 0; steps--) {
    up = life_team(l, up->above);
    const char *who = up && up->lead ? there_or_stand_in(l, up->roster ? up : t, up->lead) : NULL;
    if (who) return who;
  }
  return NULL;
}

/* ---- what becomes of an item ---------------------------------------------------------- */

const char *life_home(const struct item *i) {
  return !i->owner_by_person && i->away_owner ? i->away_owner : i->owner;
}

bool life_is_kept(const struct life *l, size_t at, const struct team_facts *t) {
  const struct item *i = &l->items.v[at];
  if (!i->away_owner || !i->owner || !can_take(l, t, i->owner)) return false;
  if (i->away_since == DAY_NONE) return true;
  return i->touched != DAY_NONE && i->touched >= i->away_since;
}

static void change_owner(struct life *l, size_t at, enum change_kind kind, const char *to,
                         const char *why) {
  struct item *i = &l->items.v[at];
  if (at >= l->n_before) { /* it opens today: that is told, and nobody had said anything of it */
    i->owner = to;
    return;
  }
  life_record(l, kind, at, "owner", i->owner, to);
  l->changes.v[l->changes.n - 1].why = why;
  i->owner = to;
  life_meet_owner(l, i);
}

void life_cover(struct life *l, size_t at, const char *home, enum attendance why, const char *to) {
  struct item *i = &l->items.v[at];
  bool away = why == IS_AWAY;
  const char *what = away ? "is away"
                     : is_dropped(l, life_team(l, l->places.v[at].rule->team), home)
                         ? "is no longer on the list"
                         : "has left";
  bool moves = !text_same(i->owner, to) || at >= l->n_before;
  if (moves) {
    change_owner(l, at, CHANGE_COVER, to, arena_printf(l->a, "%s %s", home, what));
    absence_moved(l, home, away ? ABSENT_AWAY : ABSENT_LEFT, to, at >= l->n_before);
    i->away_since = away ? l->v->as_of : DAY_NONE;
  }
  i->away_owner = away && !text_same(home, to) ? home : NULL;
  if (!to) i->owner_by_person = false;
}

void life_go_home(struct life *l, size_t at, const char *home) {
  struct item *i = &l->items.v[at];
  bool back = text_same(i->away_owner, home) && home;
  i->away_owner = NULL;
  i->away_since = DAY_NONE;
  if (text_same(i->owner, home)) return;
  if (!back) {
    if (life_text(l, at, "owner", &i->owner, home)) life_meet_owner(l, i);
    return;
  }
  change_owner(l, at, CHANGE_RETURN, home, arena_printf(l->a, "%s is back", home));
  absence_moved(l, home, ABSENT_BACK, home, false);
}

void life_keep(struct life *l, size_t at) {
  struct item *i = &l->items.v[at];
  if (i->away_since == DAY_NONE) return;
  i->away_since = DAY_NONE;
  life_record(l, CHANGE_KEEP, at, "away_owner", NULL, NULL);
  l->changes.v[l->changes.n - 1].why =
      arena_printf(l->a, "%s is back, and it was worked on meanwhile", i->away_owner);
}

void life_place(struct life *l, size_t at, const char *home, const char *const *next, size_t n) {
  const struct item *i = &l->items.v[at];
  const struct team_facts *t = life_team(l, l->places.v[at].rule->team);
  if (i->owner_by_person) home = i->owner;
  enum attendance a = life_attendance_at_home(l, t, home, i->away_owner);
  bool covered = i->away_owner && text_same(i->away_owner, home);
  const char *to = NULL;
  if (i->owner_by_person && a != HAS_LEFT) return;
  if (a == NOT_KNOWN && covered) return;
  if (a <= IS_AWAY && covered && life_is_kept(l, at, t)) {
    if (a == IS_THERE) life_keep(l, at);
    return;
  }
  if (a <= NOT_KNOWN) {
    life_go_home(l, at, home);
    return;
  }
  to = life_stand_in(l, t, home);
  if (!to) to = life_next_there(l, t, next, n);
  life_cover(l, at, home, a, to || a == HAS_LEFT ? to : home);
}
