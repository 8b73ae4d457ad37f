/* What somebody should look at first: the rows of notice.def. */
#ifndef VIGIE_NOTICES_H
#define VIGIE_NOTICES_H

#include "action/changes.h"

typedef VEC(const char *) notice_list;

/* A sentence or two each, in the arena. money: of all open items. quiet: only what is printed with
 * --quiet. domain: left out of addresses; NULL: none is. */
notice_list notices_of(const struct outcome *o, const struct changes *c, const struct ledger *money,
                       const char *domain, bool quiet, struct arena *a);

/* "vigie items --state other.db --late": the command that lists items of the state of a run, with
 * these options; in the arena. */
const char *outcome_items(const struct outcome *o, const char *options, struct arena *a);

#endif
