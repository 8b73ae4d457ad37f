/* The present values of the reasons for which an item opened: its field `reasons_now`.
 *
 * A JSON array with one element for each of item.because: null, unknown; false, its rule no longer
 * looks at it; a number (in the unit of value.num) or a text; or an object
 * {"value", "moved", "bound", "currency", "rows", "of_rows"} of what is to be said besides, bound
 * and currency where they are not those of the opening. Of living items alone: the field of a
 * closed one is NULL. */
#ifndef VIGIE_EVIDENCE_H
#define VIGIE_EVIDENCE_H

#include "action/item.h"
#include "base/arena.h"

/* The field for an item whose rule finds these values on its row today, in the arena; the text that
 * it has where that is the same. NULL: it opened without reasons. */
const char *evidence_text(const struct item *i, const struct because *now, size_t n,
                          struct arena *a);

/* One of them as it is now. */
struct evidence {
  bool asked; /* its rule looks at it; else the rest is empty */
  struct because now;
};

/* As many as the item has reasons, in their order, in the arena; NULL: they are not known. */
const struct evidence *evidence_read(const struct item *i, struct arena *a);

#endif
