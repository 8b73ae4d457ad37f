/* How the cells of a column are written, beyond their kind: what stands after a column in the
 * rules. The texts are borrowed from the rule set. */
#ifndef VIGIE_CELL_FORM_H
#define VIGIE_CELL_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/date.h"
#include "base/limits.h"

struct cell_form {
  const char *format; /* "DD/MM/YYYY" (date_format.h), "1,234.50" (number_format.h); or NULL */
  bool ratio;         /* a share from 0 to 1: 70% is 0.7 */
  bool duration;      /* a length of time, in the unit below */
  enum dur_unit in;
  const char *zone; /* of times without an offset; NULL: their day is taken as it is written */
  /* n_one_of texts in NFC, without blanks around them: what it may hold; NULL: any text */
  const char *const *one_of;
  size_t n_one_of;
  /* A cell that cannot be read is unknown, and counted, as long as they are no larger a share of
   * the column's values than at_most (0 to 1). Otherwise it is an error. */
  bool lenient;
  double at_most;
};

/* Of a column beside another one, such as its currency: only how strict it is. */
static inline struct cell_form lenient_form(const struct cell_form *form) {
  return (struct cell_form){.lenient = form->lenient, .at_most = form->at_most};
}

static inline bool cell_form_text_same(const char *a, const char *b) {
  return a == b || (a && b && strcmp(a, b) == 0);
}
static inline bool cell_form_list_same(const struct cell_form *a, const struct cell_form *b) {
  if (a->n_one_of != b->n_one_of) return false;
  for (size_t i = 0; i < a->n_one_of; i++)
    if (strcmp(a->one_of[i], b->one_of[i]) != 0) return false;
  return true;
}
static inline bool cell_form_same(const struct cell_form *a, const struct cell_form *b) {
  return cell_form_text_same(a->format, b->format) && cell_form_text_same(a->zone, b->zone) &&
         a->ratio == b->ratio && a->duration == b->duration && a->in == b->in &&
         a->lenient == b->lenient && a->at_most == b->at_most && cell_form_list_same(a, b);
}

/* Can the column hold so many of its unit? Days and weeks may have a fraction and a sign, as what
 * is measured has; of months, quarters, years and business days there is a whole number. */
static inline bool duration_fits(const struct cell_form *form, double v) {
  if (!(v >= -DURATION_MAX && v <= DURATION_MAX)) return false;
  return dur_unit_base(form->in) == DUR_DAY || (v >= 0 && v == (double)(int)v);
}

#endif
