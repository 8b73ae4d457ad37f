/* Writing the bytes of a message. In: a digest. Out: message.bytes, n, content_type, name and
 * mail, in the arena. They hold no secret and do not depend on anything but what is given, so that
 * what is frozen can be sent again and again. False: problems say why the person cannot be told. */
#ifndef VIGIE_WRITER_H
#define VIGIE_WRITER_H

#include "deliver/digest.h"

enum join { JOIN_PERSON, JOIN_ITEM, JOIN_TEAM };

struct person_ids;

struct writing {
  const struct digest *d;
  const struct tell *tell;
  const struct settings *settings;
  const struct person_ids *ids; /* of the line's file; NULL: it names none */
  const char *mark; /* of the state, the same for ever: its items are no other state's */
  const char *at;   /* "2026-03-02T08:00:00Z": when the message is made */
  struct arena *a;
};

/* Of a person the address, of a team that of whoever leads it; NULL: the team names nobody. */
static inline const char *address_for(const struct settings *of, const char *to, bool of_team) {
  const struct team_facts *t = of_team ? team_named(of->teams, of->n_teams, to) : NULL;
  return !of_team ? to : t && t->lead ? t->lead : t && t->n_people ? t->people[0].address : NULL;
}

typedef bool (*write_fn)(const struct writing *w, struct message *out, struct diags *problems);

struct writer {
  enum join join, files; /* of what goes to an address, and into files */
  enum after after;
  int pace_ms; /* its place takes no more than one message in this time */
  write_fn write;
};
extern const struct writer writers[CHANNELS];

static inline enum join join_of(enum channel channel, const char *place) {
  return place ? writers[channel].join : writers[channel].files;
}

#define WRITER(channel, join, files, after, pace, function) \
  bool function(const struct writing *w, struct message *out, struct diags *problems);
#include "deliver/writer.def"
#undef WRITER

#endif
