/* An action item: what someone has to do, because a rule was true for a row.
 *
 * An item is identified by rule + entity + key (+ the value of `once per`). Each opening is an
 * item of its own, numbered by seq from 1. Texts and reasons are borrowed from the arena of
 * whoever made the item. */
#ifndef VIGIE_ITEM_H
#define VIGIE_ITEM_H

#include <stdint.h>

#include "base/arena.h"
#include "judge/verdict.h"

enum item_state {
#define STATE(id, name, word, who) ITEM_##id,
#include "action/state.def"
#undef STATE
  ITEM_STATES
};

/* What a living item is held back by; HOLD_NONE: nothing. */
enum item_hold {
#define HOLD(id, word, to_do, holds) HOLD_##id,
#include "action/hold.def"
#undef HOLD
  HOLD_NONE
};

/* What a KIND of item.def is in C. */
typedef const char *item_TEXT, *item_KEY, *item_REPEATED, *item_JSON;
typedef int64_t item_NUMBER, item_ITEM;
typedef bool item_FLAG;
typedef day_t item_DAY;
typedef struct value item_VALUE;
typedef enum item_state item_STATE;

/* A step of its playbook. */
struct item_step {
#define FIELD(name, kind, when, where, sql) item_##kind name;
#include "action/item_step.def"
#undef FIELD
};

struct item {
  int64_t id; /* its number, as people type it */
  bool kept;  /* it is in the state database: what is only planned has no number to be typed */
#define FIELD(name, kind, when, where, sql) item_##kind name;
#include "action/item.def"
#undef FIELD
  const struct because *because; /* as at opening */
  size_t n_because;
  struct item_step *steps; /* read of living items, and of those that are shown or moved */
  size_t n_steps;
};

/* The rows of item.def as data, in their order, and those of item_step.def. */
enum item_kind {
  KIND_TEXT,
  KIND_KEY,
  KIND_REPEATED,
  KIND_JSON,
  KIND_NUMBER,
  KIND_ITEM,
  KIND_FLAG,
  KIND_DAY,
  KIND_VALUE,
  KIND_STATE
};
enum item_when { WHEN_OPENED = 1, WHEN_LATER = 2, WHEN_ALWAYS = 3 };
enum item_where { WHERE_INSIDE, WHERE_CSV_ONLY, WHERE_EVERYWHERE };
struct item_field {
  const char *name;
  enum item_kind kind;
  enum item_when when;
  enum item_where where;
  size_t offset; /* of its member */
};
extern const struct item_field item_fields[];
extern const size_t n_item_fields;
extern const struct item_field step_fields[];
extern const size_t n_step_fields;
/* How many columns of the state it takes. */
int item_columns(const struct item_field *f);

static inline bool step_open(const struct item_step *s) { return s->checked == DAY_NONE; }
static inline bool step_late(const struct item_step *s, day_t today) {
  return step_open(s) && s->due != DAY_NONE && today > s->due;
}
/* The step of that number; NULL: 0, which is the item, or a number that it has no step of. */
static inline const struct item_step *step_numbered(const struct item *i, size_t number) {
  return number && number <= i->n_steps ? &i->steps[number - 1] : NULL;
}
/* How many steps of the item are checked off. */
size_t steps_checked(const struct item *i);
/* "1, 3": the numbers of those that are not; "" when all are. */
const char *steps_open_text(const struct item *i, struct arena *a);
/* Who does the step: the owner of its team, else of the item; NULL: nobody. */
const char *step_owner(const struct item *i, const struct item_step *s);

/* An item with nothing in it: open, no days. */
struct item item_none(void);

/* The member of the field: ITEM_AT(i, f, DAY). Its kind must be that of the row. */
#define ITEM_AT(item, field, kind) \
  ((const item_##kind *)(const void *)((const char *)(item) + (field)->offset))

/* "open", "not_asked"; the same words back (false when it is none of them). */
const char *item_state_name(enum item_state s);
bool item_state_from_name(const char *name, enum item_state *out);
/* "no longer asked": as people read it. */
const char *item_state_word(enum item_state s);
bool item_state_by_person(enum item_state s);

static inline bool item_living(const struct item *i) { return i->state == ITEM_OPEN; }
/* The first fact that holds of a living item; HOLD_NONE: none, or the item is closed. */
enum item_hold item_hold(const struct item *i);
/* Living, and neither snoozed, muted nor waiting. */
bool item_to_do(const struct item *i);
/* The word for how it stands: "snoozed", "open", "done". */
const char *item_word(const struct item *i);
/* To do or snoozed, and the day is after its due day. */
bool item_late(const struct item *i, day_t today);
/* 0 high, 1 normal, 2 low: the lower, the more urgent. */
int priority_rank(const char *word);
/* Is it counted in money, queues and capacity: neither its row nor its rule is gone. */
bool item_counts(const struct item *i);

/* The row that it is about, for people: its label, or else its key. */
const char *item_subject(const struct item *i);
/* The same, and its customer where that does not say so; in the arena or the item. */
const char *item_about(const struct item *i, struct arena *a);
/* The most money first, then what is due first. */
int item_money_cmp(const struct item *a, const struct item *b);

/* It is no longer asleep; nobody has said that somebody works on it. */
void item_end_snooze(struct item *i);
void item_end_ack(struct item *i);

/* How many stand how: late ones are of those to do; held by the word of each of hold.def; gone: to
 * do, but for a row or a rule that is gone, and counted in nothing else. */
struct item_counts {
  long to_do, late, gone, held[HOLD_NONE];
};
struct item_counts items_count(const struct item *const *items, size_t n, day_t as_of);

/* The most first, an unknown amount last: below, at or above 0. */
int worth_cmp(const struct value *a, const struct value *b);

/* Sorts pointers as people work: due day (none last), worth (most first), then rule and key, so
 * that the order does not depend on the order of the rows. */
void items_sort(const struct item **items, size_t n);

#endif
