/* Who is not there. In: the items with their owners. Out: for each owner who is away, has left or
 * is in nobody's list what became of the items, for the run to say aloud. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "action/compare.h"
#include "action/life/away.h"
#include "base/check.h"

const char *absence_name(enum absence_kind k) {
  static const char *const names[ABSENCES] = {[ABSENT_LEFT] = "left",
                                              [ABSENT_AWAY] = "away",
                                              [ABSENT_NOT_KNOWN] = "not_known",
                                              [ABSENT_NOWHERE] = "in_no_list",
                                              [ABSENT_BACK] = "back"};
  CHECK(k < ABSENCES);
  return names[k];
}

static struct absence *absence_of(struct life *l, const char *owner, enum absence_kind kind) {
  for (size_t i = 0; i < l->absences.n; i++) {
    struct absence *a = &l->absences.v[i];
    if (a->kind == kind && strcasecmp(a->owner, owner) == 0) return a;
  }
  VEC_PUSH(l->a, &l->absences, ((struct absence){.kind = kind, .owner = owner}));
  return &l->absences.v[l->absences.n - 1];
}

static void add_taker(struct life *l, struct absence *a, const char *to) {
  if (!to) return;
  for (size_t i = 0; i < a->to.n; i++)
    if (strcasecmp(a->to.v[i], to) == 0) return;
  VEC_PUSH(l->a, &a->to, to);
}

void absence_moved(struct life *l, const char *owner, enum absence_kind kind, const char *to,
                   bool opens) {
  struct absence *a = absence_of(l, owner, kind);
  a->moved += !opens;
  a->opened += opens;
  add_taker(l, a, to);
}

void absence_moved_step(struct life *l, const char *owner, enum absence_kind kind, const char *to) {
  struct absence *a = absence_of(l, owner, kind);
  a->steps++;
  add_taker(l, a, to);
}

/* The people of a team that takes turns are in the table of its people; one who is not, while
 * another is, is gone from there. */
static bool takes_turns_there(const struct team_facts *t, const char *owner) {
  bool listed = false, others = false;
  for (size_t p = 0; p < t->n_people; p++) {
    const char *who = t->people[p].address;
    if (strcasecmp(who, owner) == 0)
      listed = true;
    else
      others |= life_is_on_roster(t, who);
  }
  return listed && !(t->roster && others);
}

/* Does any list have the address: of people, of a team that takes turns, or the rules? */
static bool is_in_a_list(const struct life *l, const struct team_facts *of, const char *owner) {
  if (life_is_on_roster(of, owner)) return true;
  for (size_t t = 0; t < l->v->n_teams; t++) {
    const struct team_facts *team = &l->v->teams[t];
    bool first = team->n_people && text_same(team->lead, team->people[0].address);
    if (team->lead && !first && strcasecmp(team->lead, owner) == 0) return true;
    if (takes_turns_there(team, owner)) return true;
  }
  return false;
}

static void count_item(struct life *l, const struct item *i, const struct team_facts *t) {
  const char *home = life_home(i);
  if (i->away_owner && i->away_since != DAY_NONE && life_attendance(l, t, i->away_owner) == IS_AWAY)
    absence_of(l, i->away_owner, ABSENT_AWAY)->with_others++;
  bool covered = i->away_owner && i->away_since != DAY_NONE && !i->owner_by_person;
  if (covered && life_attendance_at_home(l, t, home, home) == NOT_KNOWN)
    absence_of(l, home, ABSENT_NOT_KNOWN)->stays++;
  if (i->owner && t->roster && !is_in_a_list(l, t, i->owner))
    absence_of(l, i->owner, ABSENT_NOWHERE)->stays++;
  if (!home || (i->away_owner && !i->owner_by_person)) return;
  enum attendance a = life_attendance(l, t, home);
  if (a == IS_AWAY) absence_of(l, home, ABSENT_AWAY)->stays++;
  if (a == NOT_KNOWN) absence_of(l, home, ABSENT_NOT_KNOWN)->stays++;
}

/* What nobody else could take, and what reaches nobody. */
static void count_step(struct life *l, const struct item_step *s) {
  const struct team_facts *t = life_team(l, s->team);
  if (!t || !s->owner || !step_open(s)) return;
  if (t->roster && !is_in_a_list(l, t, s->owner))
    absence_of(l, s->owner, ABSENT_NOWHERE)->steps_stay++;
  if (s->away_owner) return;
  enum attendance a = life_attendance(l, t, s->owner);
  if (a == IS_AWAY) absence_of(l, s->owner, ABSENT_AWAY)->steps_stay++;
  if (a == NOT_KNOWN) absence_of(l, s->owner, ABSENT_NOT_KNOWN)->steps_stay++;
}

static int by_kind(const void *pa, const void *pb) {
  const struct absence *a = pa, *b = pb;
  if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
  return strcasecmp(a->owner, b->owner);
}

void life_absent(struct life *l) {
  for (size_t at = 0; at < l->items.n; at++) {
    const struct item *i = &l->items.v[at];
    const struct team_facts *t = life_team(l, i->team);
    if (!item_living(i) || !l->places.v[at].rule) continue;
    if (t) count_item(l, i, t);
    for (size_t k = 0; k < i->n_steps; k++) count_step(l, &i->steps[k]);
  }
  if (l->absences.n) qsort(l->absences.v, l->absences.n, sizeof *l->absences.v, by_kind);
}
