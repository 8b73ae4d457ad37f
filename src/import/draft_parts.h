/* What the files of the draft share. */
#ifndef VIGIE_IMPORT_DRAFT_PARTS_H
#define VIGIE_IMPORT_DRAFT_PARTS_H

#include <stdio.h>

#include "base/vec.h"
#include "import/draft.h"

/* What a value of a stage or status means. */
enum value_meaning { MEANS_OVER, MEANS_URGENT, MEANS_TRIAL, MEANS_LATE, MEANS_FAILED, MEANS_FRESH };

/* Values that offers ask for by a name: {urgent} is those of a ticket's priority that mean it. */
enum { VALUES_ASKED = 4 };
extern const struct value_asked {
  const char *name;
  enum thing_id thing;
  enum field_role role;
  enum value_meaning means;
} values_asked[VALUES_ASKED];

struct part { /* an entity */
  const struct export *e;
  const struct stored *stored;
  const char *name;
  VEC(const char *) attributes;          /* names that rules can use */
  VEC(const char *) money;               /* those that are amounts */
  const char *values[VALUES_ASKED];      /* "High", "Urgent" as `one of` lists them; NULL: none */
  const char *first_value[VALUES_ASKED]; /* the first of them */
  const struct column *open_by;          /* whose values say it; NULL */
  const char *is_open;                   /* the formula of open, or unpaid; NULL: nothing says so */
  int health_scale;                      /* what health goes to: 100, 10 or 1; 0: there is none */
  bool health_percent;
  const char *health_waits;  /* from when on a fall of it can be seen; NULL: from now on */
  bool open_guessed;         /* nothing says which are over */
  const char *open, *closed; /* how a test gives a row that is: stage "Demo" */
};

struct drafting {
  const struct imported *x;
  struct arena *a;
  FILE *out;
  struct part *parts;
  size_t n;
  const char *currency;
  bool currency_guessed, currencies_many;
  const char *lead;
  const char *back; /* from the project to the folder in which the files are named */
  day_t day;        /* of the exports */
  VEC(const char *) notes;
};

/* Can rules use the name? */
bool part_has(const struct part *p, const char *name);
/* The column of this role; NULL: it is not there, or nothing stands in it. */
const struct column *part_column(const struct export *e, enum field_role r);
/* The part of this thing; NULL. */
struct part *draft_part(const struct drafting *d, enum thing_id thing);

/* A sentence that `init` prints: what the numbers rest on, and what is missing. */
void draft_note(struct drafting *d, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A text that is written to d->out; what it came to, in the arena. */
struct draft_text {
  char *text;
  size_t n;
};
void draft_begin(struct drafting *d, struct draft_text *t);
const char *draft_end(struct drafting *d, struct draft_text *t);

/* Finds the parts and the currency, and writes data.vigie: then rules know what there is. */
const char *draft_data(struct drafting *d, const char *day);

#endif
