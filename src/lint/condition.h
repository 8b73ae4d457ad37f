/* Conditions taken apart: which values of which things make one true.
 *
 * A condition becomes an `or` of `and`s of atoms. An atom (health drop > 10) says something of
 * subjects: that the value lies in a set. `wide` holds every value for which the atom can be
 * true, `tight` only those for which it surely is: they differ where a threshold changes over
 * time, or a month has 28 to 31 days. So a contradiction is proved with wide sets, an implication
 * from wide to tight. */
#ifndef VIGIE_LINT_CONDITION_H
#define VIGIE_LINT_CONDITION_H

#include "base/map.h"
#include "base/pointer_map.h"
#include "lint/range.h"
#include "sema/ruleset.h"

struct subject {
  const char *key;
  struct set domain; /* the values it can have at all */
  bool whole;        /* only whole numbers */
  const char *limit; /* why the domain is not everything, in words; NULL */
};

struct view {
  struct subject *subject;
  struct set wide, tight;
  bool aside; /* that an operand is known: follows from the atom, does not say all of it */
};

struct atom {
  const struct term *term;
  bool negated;
  const char *key; /* of the arena's names: two atoms that say the same have one pointer */
  struct view views[4];
  int n;
};

struct left { /* what all atoms of a conjunction together leave to a subject */
  const struct subject *subject;
  struct set set;
};

struct conjunction {
  VEC(const struct atom *) atoms;
  VEC(struct left) left;
};

struct condition {
  const struct term *term;
  VEC(struct conjunction) any;
  bool opaque; /* too many ways to take apart: only its key counts */
};

/* One for a run: subjects of all conditions by key. */
struct subjects {
  struct arena *a;
  struct map by_key;
  struct pointer_map apart; /* struct term -> its struct condition */
  struct pointer_map keys;  /* struct term -> its key */
  struct map signs;         /* names of KPIs and attributes: can they be below zero (atom.c) */
  const struct ruleset *rs;
};

/* NULL for NULL. */
const struct condition *condition_of(struct subjects *s, const struct term *t);

/* Two terms have one key when they are one formula, whatever the order around and, or, + and *. */
const char *term_key(struct arena *a, const struct term *t);

/* The conjunction can never be true: *x and *y (may be one) are atoms that exclude each other. */
bool conjunction_contradicts(struct subjects *s, const struct conjunction *c, const struct atom **x,
                             const struct atom **y);
/* Whenever c is true, so is the atom; skip is left out of c (NULL: nothing). */
bool conjunction_implies(struct subjects *s, const struct conjunction *c, const struct atom *b,
                         const struct atom *skip);
/* Whenever x is true, so is y. False when that cannot be proved. */
bool condition_implies(struct subjects *s, const struct condition *x, const struct condition *y);
/* No row meets both: proved, not guessed. NULL meets all. */
bool conditions_exclude(struct subjects *s, const struct condition *x, const struct condition *y);
/* The atom is true for every value that is known. */
bool atom_always(const struct atom *b);
/* The lowest and the highest value that a threshold ever has. */
void threshold_limits(const struct threshold *t, double *lo, double *hi);

#endif
