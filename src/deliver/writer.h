/* Writing the bytes of a message. In: a digest. Out: message.bytes, n, content_type, name and
 * mail, in the arena. They hold no secret and do not depend on anything but what is given, so that
 * what is frozen can be sent again and again. False: problems say why the person cannot be told. */
#ifndef VIGIE_WRITER_H
#define VIGIE_WRITER_H

#include "deliver/digest.h"

enum join { JOIN_PERSON, JOIN_ITEM, JOIN_TEAM };

struct writing {
  const struct digest *d;
  const struct tell *tell;
  const struct settings *settings;
  const char *at; /* "2026-03-02T08:00:00Z": when the message is made */
  struct arena *a;
};

typedef bool (*write_fn)(const struct writing *w, struct message *out, struct diags *problems);

struct writer {
  enum join join;
  int pace_ms; /* its place takes no more than one message in this time */
  write_fn write;
};
extern const struct writer writers[CHANNELS];

#define WRITER(channel, join, pace, function) \
  bool function(const struct writing *w, struct message *out, struct diags *problems);
#include "deliver/writer.def"
#undef WRITER

#endif
