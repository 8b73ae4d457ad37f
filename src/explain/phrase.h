/* Terms in words: what a condition or a value says, in English, in French, or in the language
 * itself.
 *
 * The sentences stand in phrase.def, the words of the field in vocabulary.def, units of time in
 * words.def. Every text lives in the arena of the speaker. */
#ifndef VIGIE_PHRASE_H
#define VIGIE_PHRASE_H

#include "sema/ruleset.h"

enum tongue { TONGUE_VIGIE, TONGUE_EN, TONGUE_FR };

struct speaker {
  struct arena *a;
  enum tongue tongue;
  day_t day; /* thresholds are said with their values of this day */
};

/* A condition as a clause ("the renewal date is within the next 60 days"), a value as a noun
 * ("the MRR"). */
const char *say_term(const struct speaker *s, const struct term *t);
/* A condition as it stands after a conjunction: its parts joined, each with the conjunction where
 * the tongue wants it ("que … et que …"). */
const char *say_condition(const struct speaker *s, const struct term *t);
const char *say_value(const struct speaker *s, const struct value *v);
const char *say_duration(const struct speaker *s, struct duration d); /* "5 business days" */
const char *say_day(const struct speaker *s, day_t d);                /* "1 October 2026" */
const char *say_rows(const struct speaker *s, const struct entity *e, bool several);
/* of an attribute or KPI */
const char *say_name(const struct speaker *s, const char *name, enum unit unit);
const char *say_threshold_value(const struct speaker *s, const struct threshold *t,
                                const struct threshold_line *l);
/* After a French preposition: "de" and "le score" are "du score". */
const char *french_de(struct arena *a, const char *noun);
const char *french_to(struct arena *a, const char *noun);
const char *capital(struct arena *a, const char *text); /* its first letter a capital */

#endif
