/* Who has how much to do, and how much waits: one queue for each person of a team. */
#ifndef VIGIE_QUEUE_H
#define VIGIE_QUEUE_H

#include "action/stake.h"

/* Of one person in one team. Gone items are in no queue. */
struct queue {
  const char *team, *owner; /* owner NULL: nobody's */
  int capacity;             /* of one person; 0: not said */
  long to_do, late;
  long waiting, snoozed, muted; /* living, and not to do */
  day_t first_due;              /* of those to do; DAY_NONE: none has a due day */
};

/* The queues of living items; closed ones are passed over. By team and owner, in the arena. */
size_t queues_of(const struct item *const *items, size_t n, const struct team_facts *teams,
                 size_t n_teams, day_t as_of, struct arena *a, struct queue **out);

/* Its due day has passed, whether or not that makes it late. */
bool is_due_past(const struct item *i, day_t as_of);
/* Does a waiting item need somebody's eye: of priority high, or its due day has passed? */
bool waits_in_need(const struct item *i, day_t as_of);

#endif
