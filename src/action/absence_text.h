/* What a run says of owners who are not there. */
#ifndef VIGIE_ABSENCE_TEXT_H
#define VIGIE_ABSENCE_TEXT_H

#include "action/decide.h"

/* Who it is, and who has the items now; what stays, and why: a line, in the arena. */
const char *absence_line(const struct absence *x, struct arena *a);

/* Is it something that somebody should look into? */
bool absence_needs_a_look(const struct absence *x);

#endif
