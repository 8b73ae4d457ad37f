/* The parts of items: their reasons and their steps, which have tables of their own.
 *
 * Of a file they are read with each item; of PostgreSQL those of a thousand items at once, when the
 * items have been read, for each question is a journey there. */
#ifndef VIGIE_STATE_PARTS_H
#define VIGIE_STATE_PARTS_H

#include "action/state_db.h"
#include "base/vec.h"

enum { NUMBERS_AT_ONCE = 1000 };

struct parts_reader {
  struct state *s;
  struct diags *problems;
  /* ---- its own ---- */
  struct statement *why, *steps;
  int64_t asked;               /* the item that was asked for last; 0: none */
  int64_t item;                /* whose reason it stands on; INT64_MAX: behind the last one */
  VEC(struct because) of_item; /* of one item, until they are kept */
  VEC(size_t) later;           /* places of items whose parts are read at the end */
  bool reasons;
};

/* Without it nothing is read, and the rest does nothing. */
bool parts_begin(struct parts_reader *p);
/* at: where the item will stand in the list. */
bool parts_read(struct parts_reader *p, struct item *i, size_t at, bool reasons);
bool parts_finish(struct parts_reader *p, struct item *list);
void parts_end(struct parts_reader *p);

/* "{1,2,3}", as PostgreSQL reads an array. */
const char *parts_numbers(struct state *s, const int64_t *numbers, size_t n);
/* The same of texts. */
const char *parts_texts(struct state *s, const char *const *texts, size_t n);

#endif
