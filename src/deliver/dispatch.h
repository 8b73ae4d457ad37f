/* Sending what is frozen, and noting what became of each message.
 *
 * A message is noted in a transaction of its own before and after: whoever is killed in between
 * sends it once more under the same key, and nothing that was acknowledged goes again. */
#ifndef VIGIE_DISPATCH_H
#define VIGIE_DISPATCH_H

#include "action/outbox.h"
#include "base/vec.h"

/* A message is tried so often, at growing distances, before a person has to look at it. */
enum { TRIES_MAX = 10, PAUSE_FIRST_S = 60, PAUSE_MAX_S = 3600, WAIT_HERE_S = 30 };

struct dispatching {
  const char *state_path;
  const char *folder; /* of files; NULL: none is given */
  bool allow_private; /* addresses of one's own network */
  int64_t now;        /* seconds since 1970 */
  struct arena *a;
};

typedef VEC(const char *) text_list;

struct dispatched {
  struct message *messages; /* those that waited, as they are now */
  size_t n;
  long sent;
  text_list problems; /* what keeps messages from going, one sentence each */
};

/* False: problems say why the state cannot be read or written, or the library is missing. What was
 * sent until then is noted. */
bool dispatch(const struct dispatching *d, struct dispatched *out, struct diags *problems);

/* Sends one message that is kept nowhere, once; its outcome in m->state and m->why. said: what
 * keeps it from going is added. */
bool dispatch_once(const struct dispatching *d, struct message *m, text_list *said,
                   struct diags *problems);

/* Holds back a second delivery for the same state, until it is let go or the process ends: false
 * with one error when another runs. */
struct delivery_lock {
  int file; /* -1: the state is no file */
  struct state *session;
};
bool dispatch_lock(const char *state_path, struct arena *a, struct delivery_lock *out,
                   struct diags *problems);
void dispatch_unlock(struct delivery_lock *lock);

#endif
