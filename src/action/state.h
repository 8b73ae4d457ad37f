/* The state database: the action items that are open, those that were, and who changed what.
 *
 * A struct state is one open transaction. Writing begins with the lock taken, so two runs at once
 * work one after the other; nothing is kept until state_commit. A run that is killed leaves the
 * state as it was before.
 *
 * Every function that returns bool says false when it failed, after adding one error V06xx to
 * problems: a sentence or two that say what to do. All texts read live in the arena of
 * state_open. */
#ifndef VIGIE_STATE_H
#define VIGIE_STATE_H

#include "action/decide.h"
#include "base/diag.h"

struct state;

enum state_mode { STATE_WRITE, STATE_READ };

/* STATE_WRITE makes the database when there is none. STATE_READ changes and makes nothing; when
 * there is no database yet (or an empty file), it returns true with *out NULL. Waits for another
 * run for 10 seconds, or for VIGIE_LOCK_TIMEOUT_MS. */
bool state_open(const char *path, enum state_mode mode, struct arena *a, struct state **out,
                struct diags *problems);

/* Keeps what was written, and closes. The state is gone afterwards, whatever the outcome. */
bool state_commit(struct state *s, struct diags *problems);

/* Closes; what was not committed is as if it never was. NULL is fine. */
void state_close(struct state *s);

/* The day of the newest run by its as-of day; DAY_NONE when there was none. */
bool state_newest_day(struct state *s, day_t *out, struct diags *problems);

/* For each identity its newest item, with the reasons of the open ones: what decide() takes. */
bool state_newest_items(struct state *s, struct item **out, size_t *n, struct diags *problems);

/* What a person asks for; a NULL or DAY_NONE asks for nothing. */
struct item_filter {
  const char *owner; /* "none": nobody's */
  const char *team, *rule;
  const char *state;    /* "open", ...; NULL for all */
  day_t overdue_before; /* due before this day */
};
/* In the order of items_sort, with their reasons. */
bool state_list(struct state *s, const struct item_filter *f, const struct item ***out, size_t *n,
                struct diags *problems);

/* Adds the run, its items, and one audit row for each change. `unknown` counts the rows not
 * judged. */
bool state_save(struct state *s, const struct verdicts *v, const struct decision *d, long unknown,
                struct diags *problems);

#endif
