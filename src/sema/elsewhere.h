/* What other languages have as functions and words, told as it is written here. */
#ifndef VIGIE_ELSEWHERE_H
#define VIGIE_ELSEWHERE_H

#include "sema/sema.h"

/* The call of a function that is none, as it is written here, with the arguments of its author;
 * behind a "!" a sentence, to be said as it stands. NULL: nobody knows it, or it is too long. */
const char *as_written_here(const struct scope *sc, const struct expr *call);
/* TODAY() + 30, the day of a spreadsheet and a number of days: both are told at once. e: an
 * E_ARITH. Reports it; false: it is none. */
bool tell_moved_today(const struct scope *sc, const struct expr *e);
/* csm is None, paying = yes: what follows is no name. Reports it; false: it may be one. */
bool tell_word_as_value(const struct scope *sc, const struct expr *e);
/* csm is set, health is declining: a sentence of prose.def, read as a comparison with a name. a:
 * what stands on its left. Reports it; false: it is none. */
bool tell_sentence_as_value(const struct scope *sc, const struct expr *e, const struct term *a);
/* plan is "Pro" or "Basic": the second is a text alone. e: an E_AND or E_OR. Reports it; false:
 * it is none of these. */
/* 1 AND (2 OR 3), as forms join their criteria; false: the parts are others. */
bool tell_numbers_of_criteria(const struct scope *sc, const struct expr *e);
bool tell_text_as_condition(const struct scope *sc, const struct expr *e);

#endif
