/* The levels of an escalation that were told of an item: its field `escalated`, a JSON array.
 *
 * [{"level": 1, "to": "VP_CS", "on": "2026-03-11"}]: the first line of the rule's `escalate` is
 * level 1. Those of an earlier value of `once per` stay, with that value as "once": they count for
 * that value alone. */
#ifndef VIGIE_LEVELS_H
#define VIGIE_LEVELS_H

#include "action/item.h"
#include "base/arena.h"
#include "base/vec.h"

struct level_told {
  int level;
  const char *to;
  day_t on;
  const char *once; /* the value of `once per` that it was told of; NULL: the item's own */
};
typedef VEC(struct level_told) levels_told;

/* What the field holds, in the arena; NULL is none. */
levels_told levels_read(const char *field, struct arena *a);
/* The field again, in the arena; NULL when there is none. */
const char *levels_write(const levels_told *told, struct arena *a);
/* The highest that was told of the item as it is; 0: none. */
int levels_highest(const levels_told *told);
/* Was this team told, at any level? */
bool levels_have_told(const levels_told *told, const char *team);
/* The day on which the item reaches the level: so long after its due day, or after the day on which
 * it last started, woke or got an owner. */
day_t levels_day(const struct item *i, const struct level *level, const struct calendar *c);
/* The next level that is told of the item if nobody moves it, with the day from which a run tells
 * it; NULL: there is none, or it cannot go up as it stands. */
const struct level *levels_next(const struct item *i, const struct level *levels, size_t n,
                                const struct calendar *c, day_t *on, struct arena *a);

/* The levels of a rule as a JSON array of {"after": "3bd", "to": "VP_CS"}, and back; in the arena.
 * NULL is none. */
const char *level_list_write(const struct level *levels, size_t n, struct arena *a);
const struct level *level_list_read(const char *text, struct arena *a, size_t *n);

/* From now on the item is about another value of `once per`. */
void levels_begin_anew(struct item *i, const char *old, const char *now, struct arena *a);

#endif
