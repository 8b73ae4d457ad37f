/* Diagnostics: one record for every stage, from a stray character to a value in the database.
 *
 * A stage adds a record and goes on; the command prints them all at the end, in the order of the
 * files. Codes, levels and doc texts are rows of diag.def. Records live in the arena of the
 * collector.
 *
 * How a function fails: one that can takes `struct diags *problems` as its last parameter, and
 * returns false or NULL after it added exactly one error with a code (diag_fail where there is no
 * place in a rule file). Whoever calls it adds nothing more and returns. cmd/problems.c prints
 * what came, and gives the exit status. */
#ifndef VIGIE_DIAG_H
#define VIGIE_DIAG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/source.h"
#include "base/vec.h"

enum diag_level { LEVEL_ERROR, LEVEL_WARNING, LEVEL_INFO };

enum diag_code {
#define DIAG(code, level, title, doc) code,
#include "base/diag.def"
#undef DIAG
  DIAG_COUNT
};

struct diag_kind {
  const char *code; /* "V0101" */
  enum diag_level level;
  const char *title, *doc;
};
const struct diag_kind *diag_kind(enum diag_code c);
/* "V0101", "v0101"; NULL: none in diag.def */
const struct diag_kind *diag_kind_find(const char *code);

/* Of a message that is about no place in a rule file: a database, a file, an option. */
#define NO_SPAN ((struct span){0})

struct diag_note {
  struct span span;
  const char *text;
};

struct diag {
  const struct diag_kind *kind;
  struct span span;
  const char *message;
  const char *help; /* what to change; NULL: none */
  VEC(struct diag_note) notes;
};

struct diags {
  struct arena *arena;
  VEC(struct diag *) list;
  int errors, warnings;
};

/* The first message at a place wins: a second one of an overlapping span adds nothing, and NULL
 * comes back (diag_help and diag_note take NULL). */
struct diag *diag_add(struct diags *d, enum diag_code code, struct span at, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* What is found in the data: one line may stand for two columns, and have several findings. Never
 * NULL; in and out like diag_add. */
struct diag *diag_add_finding(struct diags *d, enum diag_code code, struct span at, const char *fmt,
                              ...) __attribute__((format(printf, 4, 5)));
/* An error without a place; false, so that the caller can return it. */
bool diag_fail(struct diags *d, enum diag_code code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* The sentence of the newest error, which lives as long as the arena; there must be one. For a
 * caller that shows a failure inside something else. */
const char *diags_failure(const struct diags *d);
/* The newest error itself. */
const struct diag *diags_error(const struct diags *d);
/* Hands an error without notes over to another list, texts copied; false likewise. */
bool diag_pass(struct diags *to, const struct diag *x);
/* The same for a kind of another table (lint.def), and never left out. */
struct diag *diag_add_kind(struct diags *d, const struct diag_kind *kind, struct span at,
                           const char *fmt, va_list ap) __attribute__((format(printf, 4, 0)));
/* Takes back the errors of this code, DIAG_COUNT for all, whose places lie inside this one: a
 * message about the whole says it all. */
void diags_drop_inside(struct diags *d, enum diag_code code, struct span at);
void diag_help(struct diags *d, struct diag *x, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void diag_note(struct diags *d, struct diag *x, struct span at, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* Everything, sorted by file and place: FILE:LINE:COL: error[V0123]: message, the line, carets,
 * help. */
void diags_print(struct diags *d, FILE *out, bool color);
/* One of them. */
void diag_print(struct diags *d, const struct diag *x, FILE *out, bool color);
/* The sorted list, for other formats. */
void diags_sort(struct diags *d);
const char *diag_level_name(enum diag_level l);

#endif
