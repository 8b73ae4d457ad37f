/* In: bytes of a stream. Out: the messages in it. */
#include "editor/frames.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/limits.h"

static const char LENGTH[] = "Content-Length:";

static void drop_used(struct frames *f) {
  if (f->used) memmove(f->bytes, f->bytes + f->used, f->n - f->used);
  f->n -= f->used;
  f->used = 0;
}

void frames_add(struct frames *f, const char *bytes, size_t n) {
  drop_used(f);
  size_t skipped = n < f->skip ? n : f->skip;
  f->skip -= skipped;
  bytes += skipped;
  n -= skipped;
  if (f->n + n > f->cap) {
    f->cap = 2 * (f->n + n);
    f->bytes = xrealloc(f->bytes, f->cap);
  }
  if (n) memcpy(f->bytes + f->n, bytes, n);
  f->n += n;
}

void frames_free(struct frames *f) { free(f->bytes); }

/* Bytes up to and with the empty line that ends a header; 0: it is not there yet. */
static size_t header_size(const char *s, size_t n) {
  const char *wide = memmem(s, n, "\r\n\r\n", 4), *narrow = memmem(s, n, "\n\n", 2);
  if (wide && (!narrow || wide < narrow)) return (size_t)(wide - s) + 4;
  return narrow ? (size_t)(narrow - s) + 2 : 0;
}

/* Behind the last `Content-Length:` of the header: what stands before it belongs to a message whose
 * length was wrong. NULL: there is none. */
static const char *length_in(const char *s, size_t n) {
  for (size_t i = n; i-- > 0;)
    if (n - i >= sizeof LENGTH - 1 && strncasecmp(s + i, LENGTH, sizeof LENGTH - 1) == 0)
      return s + i + sizeof LENGTH - 1;
  return NULL;
}

/* False: no number, or one that no length has. */
static bool read_length(const char *s, const char *end, size_t *out) {
  size_t v = 0, digits = 0;
  while (s < end && (*s == ' ' || *s == '\t')) s++;
  for (; s < end && *s >= '0' && *s <= '9'; s++, digits++) {
    if (v > SIZE_MAX / 20) return false;
    v = v * 10 + (size_t)(*s - '0');
  }
  *out = v;
  return digits && s < end && (*s == '\r' || *s == '\n' || *s == ' ');
}

static struct frame broken(const char *what) {
  return (struct frame){.kind = FRAME_BROKEN, .what = what};
}

static void skip_message(struct frames *f, size_t size) {
  size_t have = f->n - f->used, now = size < have ? size : have;
  f->used += now;
  f->skip = size - now;
}

struct frame frames_next(struct frames *f) {
  const char *s = f->bytes + f->used;
  size_t n = f->n - f->used, size, header = n ? header_size(s, n) : 0;
  if (!header && n > EDITOR_HEADER_MAX_BYTES) {
    f->used = f->n - (sizeof LENGTH - 1); /* the next one may have begun */
    return broken("a message begins with `Content-Length: ` and how many bytes it has");
  }
  if (!header) return (struct frame){.kind = FRAME_NONE};
  const char *length = length_in(s, header);
  if (!length || !read_length(length, s + header, &size)) {
    f->used += header;
    return broken("the header of a message says no length: `Content-Length: 120` is one");
  }
  if (size > EDITOR_MESSAGE_MAX_BYTES) {
    f->used += header;
    skip_message(f, size);
    return broken("a message is larger than any rule file makes it, and was left out");
  }
  if (n - header < size) return (struct frame){.kind = FRAME_NONE};
  f->used += header + size;
  return (struct frame){.kind = FRAME_WHOLE, .body = s + header, .size = size};
}
