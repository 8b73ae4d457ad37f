/* The words of the conditions of own checks: between own_check.c and own_words.c. */
#ifndef VIGIE_OWN_WORDS_H
#define VIGIE_OWN_WORDS_H

#include "sema/own_check.h"
#include "sema/sema.h"

/* The condition as the language types it: `priority is high`, `team is CS` and `owner is Finance`
 * are written without quotes as in a rule, and become texts. rs: that of the company, where a
 * property that there is not, a word that it never is, and a name that nothing has are reported;
 * NULL then. */
const struct expr *own_words(struct ruleset *rs, enum own_subject s, const struct expr *where);

#endif
