/* What two versions of a policy say differently, in words: the first part of `vigie diff`.
 *
 * Declarations are compared by name, part by part, after `define` and `use`: their order, comments,
 * blanks and the order around `and` are nothing. Thresholds are compared line by line. */
#ifndef VIGIE_MEANING_H
#define VIGIE_MEANING_H

#include "sema/ruleset.h"

enum meaning_kind { MEANING_ADDED, MEANING_REMOVED, MEANING_CHANGED, MEANING_RENAMED };

struct meaning {
  enum meaning_kind kind;
  const char *what, *name; /* "threshold", "usage_alarm" */
  const char *part;        /* "when", "for self_serve"; NULL: the whole declaration */
  const char *old, *now;   /* as written; NULL: nothing there */
  day_t from;              /* the day of a threshold's line; DAY_MIN: the base; DAY_NONE: no line */
  const char *because;     /* the reason of the new line; NULL */
  /* days that have passed are judged by another value than they were */
  bool rewrites_past;
  const char *rules; /* that stand on it, by the new version: "a, b"; NULL: none, or it is one */
  const char *note;  /* what to look at besides; NULL */
};

typedef VEC(struct meaning) meanings;

/* Renames first, then what rewrites the past of `as_of`, then the rest in the order of the files.
 * In the arena. */
meanings meaning_of(const struct ruleset *old, const struct ruleset *now, day_t as_of,
                    struct arena *a);

#endif
