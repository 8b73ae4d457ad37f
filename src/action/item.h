/* An action item: what someone has to do, because a rule was true for a row.
 *
 * An item is identified by rule + entity + key (+ the value of `once per`). Each opening is an
 * item of its own, numbered by seq from 1. Texts and reasons are borrowed from the arena of
 * whoever made the item. */
#ifndef VIGIE_ITEM_H
#define VIGIE_ITEM_H

#include <stdint.h>

#include "judge/verdict.h"

enum item_state { ITEM_OPEN, ITEM_RESOLVED, ITEM_DONE, ITEM_DISMISSED, ITEM_STATES };

struct item {
  int64_t id; /* in the state database; 0 while it is not there */
  const char *rule, *entity;
  const char *key; /* NULL: the group whose value is unknown */
  /* the values of a group as a JSON array; NULL: the row is no group, or an older Vigie wrote it */
  const char *group;
  const char *once; /* NULL without `once per`, or when its value is unknown */
  int seq;
  const char *label, *team, *owner; /* NULL: none */
  bool owner_by_person;             /* a person chose the owner: the data no longer decides */
  const char *action, *priority;
  struct value worth; /* money in minor units */
  day_t opened, due;  /* due: DAY_NONE without one */
  bool due_by_person, due_late;
  enum item_state state;
  day_t closed; /* DAY_NONE while open */
  /* closed, and the condition has been false since: a true condition opens it again */
  bool armed;
  bool row_gone; /* the row is no longer in the data */
  /* the team above, told that the item is late; NULL while it has not been */
  const char *escalated_to;
  day_t escalated_on;            /* DAY_NONE likewise */
  const char *note;              /* a person's; NULL */
  const struct because *because; /* as at opening */
  size_t n_because;
};

/* "open", "resolved", "done", "dismissed"; the same words back (false when it is none of them). */
const char *item_state_name(enum item_state s);
bool item_state_from_name(const char *name, enum item_state *out);

/* Sorts pointers as people work: due day (none last), worth (most first), then rule and key, so
 * that the order does not depend on the order of the rows. */
void items_sort(const struct item **items, size_t n);

#endif
