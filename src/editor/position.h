/* Places as an editor counts them, and bytes.
 *
 * The protocol counts lines from 0 and, in a line, units of UTF-16: a letter outside of the basic
 * plane is two. A line ends with LF, CR or both. Whatever lies outside of a line is its end. */
#ifndef VIGIE_EDITOR_POSITION_H
#define VIGIE_EDITOR_POSITION_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/source.h"

struct lines {
  const char *text; /* borrowed */
  size_t size;
  uint32_t *starts; /* n of them, in the arena */
  size_t n;
};

struct lines lines_of(struct arena *a, const char *text, size_t size);
struct lines lines_of_source(struct arena *a, const struct source *src);

/* The byte of a {line, character}; false: it is no such thing. */
bool lines_offset(const struct lines *l, const json_t *position, size_t *at);
/* Which line a byte lies in, from 0. */
size_t lines_line(const struct lines *l, size_t at);
/* Units of UTF-16 between the beginning of its line and a byte. */
size_t lines_character(const struct lines *l, size_t at);
/* Where the line ends, its line end left out. */
size_t lines_end(const struct lines *l, size_t line);

/* A text before and after edits: what it begins and what it ends with is the same. */
struct text_shift {
  size_t before, behind; /* bytes that are the same */
  size_t old, now;       /* the sizes */
};
struct text_shift text_shift_of(const char *old, size_t n_old, const char *now, size_t n_now);
/* Where a byte of the new text lay in the old one. False: it is new, or stands beside what is. */
bool text_shift_back(const struct text_shift *s, size_t at, size_t *out);
/* Where a byte of the old text lies in the new one; of one that is gone, the end of what is new. */
size_t text_shift_on(const struct text_shift *s, size_t at);

/* New references: {line, character}; {start, end}. */
json_t *position_json(const struct lines *l, size_t at);
json_t *range_json(const struct lines *l, size_t at, size_t end);

#endif
