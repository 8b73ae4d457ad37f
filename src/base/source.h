/* Source texts and places in them.
 *
 * A span is a range of bytes of one source; line and column are made only when something is
 * printed. Sources live in the arena of the rule set that loaded them. */
#ifndef VIGIE_SOURCE_H
#define VIGIE_SOURCE_H

#include <stdint.h>

#include "base/arena.h"

struct source {
  const char *path; /* as the user named it */
  char *text;       /* size bytes, then two NULs (the lexer wants them) */
  uint32_t size;
  int order; /* position among the files of the rule set: messages are printed in this order */
  uint32_t *lines; /* offsets of line starts, made on first use */
  uint32_t n_lines;
};

struct span {
  struct source *src; /* NULL: no place (a message about a database, say) */
  uint32_t at, end;
};

/* A copy of the text becomes a source. */
struct source *source_new(struct arena *a, const char *path, const char *text, size_t size);

/* Which of n lines, of which the first byte is given, holds a byte; from 0. */
size_t line_of_byte(const uint32_t *starts, size_t n, size_t at);

/* Line and column of a byte, both from 1; columns count characters (code points). */
void source_place(struct source *s, struct arena *a, uint32_t at, int *line, int *col);
/* The bytes of a line (from 1) without its line end. */
const char *source_line(struct source *s, struct arena *a, int line, uint32_t *len);

struct span span_join(struct span a, struct span b);
/* The text under a span, white space folded to single spaces, comments left out. Owned by the
 * arena. */
const char *span_text(struct arena *a, struct span s);

#endif
