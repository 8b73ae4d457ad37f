/* What the standard library says of its formulas: the comments of stdlib/, as the pages of
 * docs/kpis show them. In: the files that the program carries. Out: a record a formula, in the
 * arena. */
#ifndef VIGIE_FORMULA_DOC_H
#define VIGIE_FORMULA_DOC_H

#include "base/arena.h"
#include "base/vec.h"

/* What a comment may say, in the order in which help shows it. The last one is "Example", whose
 * lines are kept. */
enum { FORMULA_PARTS = 8 };
extern const char *const formula_parts[FORMULA_PARTS];

/* A line of the comment with its name: "Unit", "share". */
struct formula_part {
  const char *name, *text;
};

struct formula_argument {
  const char *name;
  const char
      *text; /* what it must be, with its unit: "money, what a deal is worth"; NULL: unsaid */
};

struct formula_doc {
  const char *name, *theme; /* "weighted_pipeline", "pipeline" */
  const char *says;         /* one sentence */
  const char *takes;        /* "(deals, value, probability, is_open)" */
  const char *definition;   /* as it is written in the library */
  VEC(struct formula_part) parts;
  VEC(struct formula_argument) arguments; /* in the order in which it takes them */
};

/* A file of the library: "pipeline", "open deals, won deals, and how fast …". */
struct formula_theme {
  const char *name, *about;
};

struct formula_docs {
  VEC(struct formula_doc) formulas;
  VEC(struct formula_theme) themes;
};

/* All of them, in the order of the files and of what stands in them. */
struct formula_docs *formula_docs(struct arena *a);
/* The part of this name; NULL: the comment has none. */
const char *formula_part(const struct formula_doc *f, const char *name);

#endif
