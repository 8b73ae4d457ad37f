/* What people are to be told, and the messages that were made of it.
 *
 * A run writes events (event.def), and for each a telling in every channel of its team. `vigie
 * deliver` joins tellings into messages, freezes their bytes here, sends them, and notes what
 * became of each: so the same bytes go out under the same key however often it is tried. Part of
 * the state (state.h): the same rules for bool and for who owns texts. */
#ifndef VIGIE_OUTBOX_H
#define VIGIE_OUTBOX_H

#include "action/state.h"
#include "sema/tell.h"

/* An event that waits to be told through a channel. */
struct telling {
  const char *event; /* its key */
  int64_t item;
  day_t day;
  enum event_kind kind;
  const char *to; /* an address, or the name of a team */
  bool to_team, high;
  size_t step;      /* the number of the step that it is about; 0: the item */
  const char *team; /* whose line `tell` it is */
  enum channel channel;
  const char *place; /* the environment variable; NULL: files */
};

/* Why nothing is sent of it. */
enum fate {
  FATE_CANCELLED, /* there is nothing to do any more, and nobody was told that there was */
  FATE_OLD,       /* held back: its run is days ago */
  FATE_NO_TASK,   /* of a program with tasks: it is one there already, or asks for nothing */
  FATES
};

/* In the order of recipient, channel, place, then item. old: with those held back as old that are
 * of this day or later, for the clock may have been wrong. */
bool outbox_waiting(struct state *s, day_t old, struct telling **out, size_t *n,
                    struct diags *problems);
/* It is told as `to` says, by another line. *moved false: it is told there already. */
bool outbox_move(struct state *s, const struct telling *t, const struct telling *to, bool *moved,
                 struct diags *problems);
/* Its event is for t->to from now on. */
bool outbox_readdress(struct state *s, const struct telling *t, struct diags *problems);
bool outbox_drop(struct state *s, const struct telling *t, enum fate why, struct diags *problems);
/* Events of the newest days whose team says no channel: how many, by team. */
struct untold {
  const char *team;
  long events;
};
bool outbox_untold(struct state *s, day_t since, struct untold **out, size_t *n,
                   struct diags *problems);

/* Is what it tells of with whom it is told to: the item is open and its owner's, the step open and
 * with whoever does it; of a team, nobody else's, or gone up to it. What a calendar shows is
 * neither muted nor gone, besides. */
bool telling_stands(const struct telling *t, const struct item *i, struct arena *a);

/* What follows in a channel when that has turned. */
enum after {
  AFTER_NOTHING, /* it made a task elsewhere, which has a life of its own */
  AFTER_SAID,    /* it is said, unless whoever was told did it himself or it is long ago */
  AFTER_SHOWN    /* it is shown, also when it is due on another day, or sleeps */
};

/* An event for whoever was told last that something is to do and it is not, or the reverse, or sees
 * what is out of date: for by a run nobody is told of what people did. after: of each channel;
 * since: what is longer ago is not said; day: today. What waits already is not doubled. */
bool outbox_turned(struct state *s, const struct settings *of, const enum after after[CHANNELS],
                   day_t since, day_t day, struct diags *problems);
/* Events since a day for lines that came after the run that wrote them: a telling for each line of
 * a team that had none; where it had some, for each new calendar or file of tasks. */
bool outbox_tell_late(struct state *s, const struct settings *of, const enum after after[CHANNELS],
                      day_t since, struct diags *problems);
/* What a person gave to another since a day, who has heard nothing of it: an event for that one,
 * with a telling for each line of the item's team. day: today. */
bool outbox_given(struct state *s, const struct settings *of, day_t since, day_t day,
                  struct diags *problems);
/* Of the state, eight digits that are the same for ever, from its first run. */
bool state_mark(struct state *s, const char **out, struct diags *problems);

enum message_state { MESSAGE_WAITING, MESSAGE_SENT, MESSAGE_FAILED, MESSAGE_STATES };

struct message {
  int64_t id;
  const char *key; /* the digest of its events and of where it goes */
  enum channel channel;
  const char *place, *signer, *sender;
  const char *to;   /* whose message it is */
  const char *mail; /* the address that mail goes to; NULL for other channels */
  day_t day;        /* whose digest it is */
  const char *name; /* of the file, or the end of the URL; NULL */
  const char *content_type;
  const char *about; /* "3 items, 2 new": for lists of messages */
  const char *bytes;
  size_t n;
  enum message_state state;
  int tries;
  int64_t next_at;     /* not before, in seconds since 1970 */
  const char *made_at; /* UTC; set by outbox_freeze */
  const char *sent_at; /* NULL: it is not */
  const char *why;     /* what went wrong last; NULL: nothing */
  bool tried;          /* in this delivery */
};

/* Keeps the message, waiting, with the tellings that it is made of; sets its id. */
bool outbox_freeze(struct state *s, struct message *m, const struct telling *const *of, size_t n,
                   struct diags *problems);
/* Those in that state, oldest first. */
bool outbox_messages(struct state *s, enum message_state of, struct message **out, size_t *n,
                     struct diags *problems);
/* How many have failed, and wait for a person. */
bool outbox_failed(struct state *s, int64_t *out, struct diags *problems);
/* All that failed wait again, as if nobody had tried. */
bool outbox_retry(struct state *s, struct diags *problems);
/* Keeps state, tries, next_at, sent_at and why. */
bool outbox_note(struct state *s, const struct message *m, struct diags *problems);
/* Has the person had, or waits for, a message of this day there? */
bool outbox_had(struct state *s, const struct telling *t, day_t day, bool *out,
                struct diags *problems);
/* Did or does a message tell the person there of this item, or this step of it, and none since that
 * it is over? */
bool outbox_told(struct state *s, const struct telling *t, bool *out, struct diags *problems);

const char *fate_name(enum fate f);
const char *message_state_name(enum message_state m);

#endif
