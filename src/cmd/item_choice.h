/* Which items a command line means, and who types it. */
#ifndef VIGIE_ITEM_CHOICE_H
#define VIGIE_ITEM_CHOICE_H

#include "action/state.h"
#include "cmd/args.h"

/* Opens the state that the line names; a message where there is none. */
bool open_items(const struct args *args, enum state_mode mode, struct arena *a, struct state **out,
                struct diags *problems);

/* "12" and "#12"; false: the word is no item's number. */
bool item_number(const char *word, int64_t *out);

/* The one person who is meant: an address, the part of it before the @, or how it begins. A name
 * that the state does not know is a message with the nearest one, or with what to do otherwise.
 * "none" stays. */
bool person_of(const char *name, const char *otherwise, struct state *s, struct arena *a,
               const char **out, struct diags *problems);

/* *is_new: nobody in the state has the address; *near: then the one that it is near to; NULL. */
bool person_is_new(const char *address, struct state *s, struct arena *a, bool *is_new,
                   const char **near, struct diags *problems);

/* The filters of the line. A person may be named without what stands behind the @ where only one
 * is meant; a name that the state does not know is a message with the nearest one. as_of: the day
 * on which an item is late. */
bool choice_of(const struct args *args, struct state *s, day_t as_of, struct arena *a,
               struct item_filter *out, struct diags *problems);

/* Does the line have a filter at all? */
bool has_choice(const struct args *args);

/* The line of `vigie items` as it was given, without --all and --as-of; in the arena. */
const char *items_command(const struct args *args, struct arena *a);

/* Who does it: --by, VIGIE_USER, git's e-mail; a message where nobody is named. */
bool mover_of(const struct args *args, struct arena *a, struct mover *out, struct diags *problems);

#endif
