/* Joining what waits into messages. In: the open state. Out: its messages, frozen, not sent. */
#ifndef VIGIE_COMPOSE_H
#define VIGIE_COMPOSE_H

#include "deliver/writer.h"

enum { EVENT_DAYS = 3 }; /* what a run said longer ago is held back */

struct composing {
  struct state *s;
  const struct settings *settings;
  struct wall now;
  bool old_too; /* events of runs that are longer ago, too */
  struct arena *a;
};

/* What is not sent now, and why: one sentence each, for people. */
struct composed {
  struct message *messages;      /* those that are made, with their ids */
  const struct digest **digests; /* what each says */
  size_t n;
  long cancelled; /* came and went before anybody was told */
  long old;       /* held back, for their run is days ago */
  /* wait, for no line says any more how their team is told; the first of them, or NULL */
  long no_line;
  const struct telling *no_line_of;
  long later; /* wait for a day or an hour, or for the next day's message */
  const char **problems;
  size_t n_problems;
};

/* One message for each channel of each team, that says that it is a sample; kept nowhere. to: who
 * asks for it, and gets the mail. */
void compose_samples(const struct composing *c, const char *to, struct composed *out);

/* False: problems say why the state cannot be read or written. A person who cannot be told is in
 * composed.problems, and what waits for that person stays. */
bool compose(const struct composing *c, struct composed *out, struct diags *problems);

#endif
