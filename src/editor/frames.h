/* Messages as they come from an editor: a header that says how many bytes follow, then JSON.
 *
 * In: bytes, cut anywhere. Out: whole messages, one by one. A header that makes no sense costs the
 * bytes up to the next `Content-Length`, no more. */
#ifndef VIGIE_EDITOR_FRAMES_H
#define VIGIE_EDITOR_FRAMES_H

#include <stddef.h>

struct frames {
  char *bytes; /* n of them, of which `used` were handed out */
  size_t n, cap, used;
  size_t skip; /* bytes that are still to be left out: of a message that is too large */
};

enum frame_kind {
  FRAME_NONE, /* the rest has not come yet */
  FRAME_WHOLE,
  FRAME_BROKEN, /* `what` says why; the next call goes on behind it */
};

struct frame {
  enum frame_kind kind;
  const char *body; /* as long as no bytes are added */
  size_t size;
  const char *what;
};

void frames_add(struct frames *f, const char *bytes, size_t n);
struct frame frames_next(struct frames *f);
void frames_free(struct frames *f);

#endif
