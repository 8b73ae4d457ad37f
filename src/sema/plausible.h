/* What can be read and is hardly meant: a warning where an author has written something else than
 * what stands there. Each function looks at one finished node, and adds at most one message. */
#ifndef VIGIE_PLAUSIBLE_H
#define VIGIE_PLAUSIBLE_H

#include "sema/sema.h"

/* a or b and c: `and` takes b before `or` does. e: an E_OR. */
void check_or_before_and(const struct scope *sc, const struct expr *e);
/* not a or b: of a alone, or of both? e: an E_OR. */
void check_not_before_or(const struct scope *sc, const struct expr *e);
/* sum of x over y where z > 0 / 12: the division is of the 0. e: an E_AGG. */
void check_condition_tail(const struct scope *sc, const struct expr *e);
/* a op b agree; a may be a movement: numbers that no such value reaches, or too small to be meant.
 * The percent of a movement relative to the past is one of them. */
void check_magnitude(const struct scope *sc, const struct expr *e, enum op op, const struct term *a,
                     const struct term *b);
/* health drop < -10: the other way is meant, and has a word of its own. */
void check_negative_move(const struct scope *sc, const struct expr *e, enum op op,
                         const struct term *a, const struct term *b);
/* Is t written as a number alone? A threshold's is its first one. */
bool bare_number(const struct term *t, double *out);
/* csm = "", industry is "%retail%". */
void check_odd_text(const struct scope *sc, const struct expr *e, enum op op, const struct term *a,
                    const struct term *b);
/* `%` and `*` of other languages at the ends of a pattern. e: an E_MATCHES. False: it cannot be
 * compiled for them, which is reported. */
bool check_wildcards(const struct scope *sc, const struct expr *e);
/* signed within 30d, where signed is the day from which the row is there. */
void check_ahead(const struct scope *sc, const struct expr *e, const struct term *date,
                 const char *word);
/* scale.c: once all is resolved, without mistakes: numbers of two scales for one value. */
void check_scales(struct ruleset *rs);
/* [label], %plan%, $mrr in the text at `at`: names of the row that are in no braces. */
void check_braces(const struct scope *sc, struct span at);

#endif
