/* Which items a command line means. */
#ifndef VIGIE_ITEM_CHOICE_H
#define VIGIE_ITEM_CHOICE_H

#include "action/state.h"
#include "cmd/args.h"
#include "cmd/item_people.h"

/* Opens the state that the line names; a message where there is none. */
bool open_items(const struct args *args, enum state_mode mode, struct arena *a, struct state **out,
                struct diags *problems);

/* "12" and "#12"; false: the word is no item's number. */
bool item_number(const char *word, int64_t *out);
/* The message for one that is none: a name or a key, most likely. Always false. */
bool no_item_number(const char *word, struct arena *a, struct diags *problems);

/* The filters of the line. A person may be named without what stands behind the @ where only one
 * is meant; a name that the state does not know is a message with the nearest one. as_of: the day
 * on which an item is late. */
bool choice_of(const struct args *args, struct state *s, day_t as_of, struct arena *a,
               struct item_filter *out, struct diags *problems);

/* For a choice that shows nothing. *out: a sentence where the person of --mine or the customer of
 * --account is one that nothing in the state knows; NULL: it knows them. */
bool choice_unknown(const struct args *args, struct state *s, const struct item_filter *f,
                    struct arena *a, const char **out, struct diags *problems);

/* *out: a sentence where no run has been for RUN_OLD_DAYS before the day, so that what the data say
 * since is not in the items; NULL: there was one. */
bool old_run(struct state *s, day_t day, struct arena *a, const char **out, struct diags *problems);

/* Does the line have a filter at all? */
bool has_choice(const struct args *args);

/* The line of `vigie items` as it was given, without --all and --as-of; in the arena. */
const char *items_command(const struct args *args, struct arena *a);

#endif
