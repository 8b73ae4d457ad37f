/* The checks that a company makes of its own rule files: `define NAME`, and under it
 * `reject SUBJECT where … because "…"`.
 *
 * The declarations of the rule set are rows themselves: of the entities `rule`, `kpi` … with the
 * properties of own_subject.def. They stand in a rule set of their own (ruleset.own_world), so that
 * no name of the company meets theirs, and what is rejected is a rule of it. So conditions are
 * typed, planned and evaluated as all others; lint gives it the rows (lint/own_rows.c). */
#ifndef VIGIE_OWN_CHECK_H
#define VIGIE_OWN_CHECK_H

#include "sema/ruleset.h"

enum own_subject {
#define SUBJECT(word, title) OWN_##word,
#include "sema/own_subject.def"
  OWN_SUBJECTS
};

enum own_type {
  OWN_TEXT,
  OWN_DATE,
  OWN_COUNT,
  OWN_FLAG,
  OWN_LENGTH, /* in days */
  OWN_WORD,   /* one of `values` */
  OWN_NAME    /* of one of the things called `values` */
};

struct own_property {
  enum own_subject of;
  const char *name;
  enum own_type type;
  const char *values; /* "" for most: see own_subject.def */
  const char *doc;
};

/* Constants, in the order of the table: those of one subject stand together. */
extern const struct own_property own_properties[];
extern const size_t n_own_properties;
const char *own_subject_word(enum own_subject s);  /* "kpi" */
const char *own_subject_title(enum own_subject s); /* "KPI" */

/* One `reject` line. */
struct own_reject {
  enum own_subject subject;
  struct span span; /* of the line */
  const struct expr *where;
  const char *because;
  size_t rule; /* of own_world->rules, once it is typed */
};

struct own_check {
  const char *name;
  struct span span;               /* of the name */
  VEC(struct own_reject) rejects; /* in a rule set without mistakes at least one */
};

#endif
