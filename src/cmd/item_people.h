/* The people whom a command line names, and the one who types it. */
#ifndef VIGIE_ITEM_PEOPLE_H
#define VIGIE_ITEM_PEOPLE_H

#include "action/state.h"
#include "cmd/args.h"

/* Whom a name stands for. Known is who owns or owned an item or a step, is in the list of a team or
 * leads it, has moved an item, and the name of a team. */
enum whom_kind { WHOM_KNOWN, WHOM_SEVERAL, WHOM_NEW };
struct whom {
  enum whom_kind kind;
  const char *name; /* known: the whole address, as the state writes it; else as it was typed */
  const char *near; /* new: the known one that is near to it; NULL: none */
  const char *all;  /* several: who they are */
};

/* A name may be an address, the part of it before the @, or how it begins. The result lives in the
 * arena. */
bool person_find(const char *typed, struct state *s, struct arena *a, struct whom *out,
                 struct diags *problems);

/* "the name bob is new here: …", with the one that is near. */
const char *person_new_text(const struct whom *p, struct arena *a);

/* The one person who is meant; of several, and of a new one, a message with the nearest one or with
 * what to do otherwise. "none" stays. */
bool person_of(const char *name, const char *otherwise, struct state *s, struct arena *a,
               const char **out, struct diags *problems);

/* Who does it: --by, VIGIE_USER, git's e-mail; a message where nobody is named. */
bool mover_of(const struct args *args, struct arena *a, struct mover *out, struct diags *problems);

/* The mover with the whole address; *found says whether the state knows it. A name that stands for
 * several people is a message. */
bool mover_find(struct mover *m, struct state *s, struct arena *a, struct whom *found,
                struct diags *problems);

#endif
