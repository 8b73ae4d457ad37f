/* An action item: what someone has to do, because a rule was true for a row.
 *
 * An item is identified by rule + entity + key (+ the value of `once per`). Each opening is an
 * item of its own, numbered by seq from 1. Texts and reasons are borrowed from the arena of
 * whoever made the item. */
#ifndef VIGIE_ITEM_H
#define VIGIE_ITEM_H

#include <stdint.h>

#include "judge/verdict.h"

enum item_state {
#define STATE(id, name) ITEM_##id,
#include "action/state.def"
#undef STATE
  ITEM_STATES
};

/* What a KIND of item.def is in C. */
typedef const char *item_TEXT, *item_KEY, *item_REPEATED;
typedef int item_NUMBER;
typedef bool item_FLAG;
typedef day_t item_DAY;
typedef struct value item_VALUE;
typedef enum item_state item_STATE;

struct item {
  int64_t id; /* in the state database; 0 while it is not there */
#define FIELD(name, kind, when, where, sql) item_##kind name;
#include "action/item.def"
#undef FIELD
  const struct because *because; /* as at opening */
  size_t n_because;
};

/* The rows of item.def as data, in their order. */
enum item_kind {
  KIND_TEXT,
  KIND_KEY,
  KIND_REPEATED,
  KIND_NUMBER,
  KIND_FLAG,
  KIND_DAY,
  KIND_VALUE,
  KIND_STATE
};
enum item_when { WHEN_NEVER = 0, WHEN_OPENED = 1, WHEN_LATER = 2, WHEN_ALWAYS = 3 };
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
/* How many columns of the state it takes. */
int item_columns(const struct item_field *f);

/* The member of the field: ITEM_AT(i, f, DAY). Its kind must be that of the row. */
#define ITEM_AT(item, field, kind) \
  ((const item_##kind *)(const void *)((const char *)(item) + (field)->offset))

/* "open", "resolved", "done", "dismissed"; the same words back (false when it is none of them). */
const char *item_state_name(enum item_state s);
bool item_state_from_name(const char *name, enum item_state *out);

/* Sorts pointers as people work: due day (none last), worth (most first), then rule and key, so
 * that the order does not depend on the order of the rows. */
void items_sort(const struct item **items, size_t n);

#endif
