/* How people of a team are told of their items: a line `tell …`. Secrets stand in environment
 * variables; here are only their names. */
#ifndef VIGIE_TELL_H
#define VIGIE_TELL_H

#include <stdbool.h>
#include <stddef.h>

enum channel {
#define CHANNEL(id, name, place, variable, takes, example) CHANNEL_##id,
#include "sema/channel.def"
#undef CHANNEL
  CHANNELS
};

struct tell {
  enum channel channel;
  const char *place;      /* the environment variable with the address; NULL: into files */
  const char *sender;     /* of mail; NULL: not said */
  const char *signer;     /* the environment variable with the secret that signs; NULL: unsigned */
  const char *ids;        /* the file that says which number a person has there; NULL: none */
  bool working_days;      /* on no other days */
  bool at_once;           /* what is urgent does not wait for the next day's message */
  int from_hour, to_hour; /* not before and not from that hour on; 0 and 24: at any */
};

enum channel_place { PLACE_NONE, PLACE_MAY, PLACE_NEEDED };
enum { TAKES_FROM = 1, TAKES_SIGNED = 2, TAKES_IDS = 4 };

/* The rows of channel.def. */
struct channel_word {
  const char *name; /* "tasks salesforce" */
  enum channel_place place;
  const char *variable; /* that is read when none is named; NULL */
  unsigned takes;
  const char *example;
};
extern const struct channel_word channel_words[CHANNELS];

static inline const char *channel_name(enum channel c) { return channel_words[c].name; }
/* CHANNELS when it is none. */
enum channel channel_named(const char *name);

#endif
