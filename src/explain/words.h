/* What phrase.c needs of words.c. Texts live in the arena of the speaker. */
#ifndef VIGIE_EXPLAIN_WORDS_H
#define VIGIE_EXPLAIN_WORDS_H

#include "explain/phrase.h"

const char *french_ending(const char *noun); /* "e" after a feminine noun, or "" */
/* "next 60 days" */
const char *say_stretch(const struct speaker *s, struct duration d, bool next);
/* "this quarter" */
/* "the month", "le mois"; "month" in the language */
const char *say_unit(const struct speaker *s, enum period_unit u); /* "the month" */
const char *say_unit_alone(const struct speaker *s, enum period_unit u);
const char *say_period(const struct speaker *s, const struct period *p);
/* "in this quarter" */
const char *say_in_period(const struct speaker *s, const struct period *p);

#endif
