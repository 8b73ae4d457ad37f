/* What a person does with an item: acknowledge, check off its steps, close, put off, give away,
 * reopen.
 *
 * A pure function, as decide() is: no clock, no database. The moves are the rows of move.def. */
#ifndef VIGIE_MOVE_H
#define VIGIE_MOVE_H

#include "action/decide.h"
#include "base/vec.h"

enum move_kind {
#define MOVE(name, past, change, closed) MOVE_##name,
#include "action/move.def"
#undef MOVE
  MOVES
};

/* Who moves items, and how that is known: "--by", "VIGIE_USER", "git". */
struct mover {
  const char *person, *known_by;
};

/* What is asked for. */
struct item_move {
  enum move_kind kind;
  struct mover by;
  day_t day;           /* of the move */
  day_t until;         /* snooze: until then; due: the new day; DAY_NONE otherwise */
  bool until_worse;    /* snooze: ends sooner when it gets worse */
  const char *to;      /* assign: the new owner */
  const char *note;    /* NULL: none */
  const char *outcome; /* done, dismiss: of outcome.def; NULL: none told */
  int64_t if_rev;      /* refuse an item that has been changed since this; -1: whatever it is */
  /* in which a due day counts from the start of an item that waited */
  const struct calendar *calendar;
  /* reopen: the living item of the same row and rule; 0: there is none */
  int64_t living;
  const int64_t *steps; /* check, uncheck: the numbers of the steps */
  size_t n_steps;
};

enum move_answer { MOVED, MOVE_SAME, MOVE_REFUSED };
struct moved {
  enum move_answer answer;
  const char *why;    /* a sentence: why it is the same or refused, or what is to be known; NULL */
  const char *undo;   /* moved: the command that takes it back, behind "vigie items "; NULL: none */
  const char *detail; /* of this item alone: "due 2026-03-08"; NULL: none */
  const char *first;  /* refused: the move that has to be made before, "reopen"; NULL: none */
};

typedef VEC(struct change) change_list;

/* Moves the item, which is number `at` of a list, and adds its changes. Where the answer is not
 * MOVED, nothing has changed. Texts live in the arena or are borrowed from m. */
struct moved move_item(const struct item_move *m, struct item *i, size_t at, change_list *changes,
                       struct arena *a);

/* The item starts on the day: to do, and a due day of "7d" counts from then. */
void item_start(struct item *i, day_t day, const struct calendar *c);

/* The days of its steps count from this day, its start. */
void steps_start(struct item *i, day_t day, const struct calendar *c);

const char *move_name(enum move_kind k); /* "ack" */
const char *move_past(enum move_kind k); /* "acknowledged" */

#endif
