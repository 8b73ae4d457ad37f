/* What the figures of a policy (figures.c) say of a rule. */
#ifndef VIGIE_EDITOR_COUNTED_H
#define VIGIE_EDITOR_COUNTED_H

#include <jansson.h>

#include "base/arena.h"

/* "7 items today"; "7 items today …" of the policy before an edit; NULL: it was not counted. In the
 * arena. */
const char *items_open_text(const json_t *figures, const char *rule, struct arena *a);
/* "7 items today, 41 last quarter"; NULL likewise. */
const char *items_counted_text(const json_t *figures, const char *rule, struct arena *a);

#endif
