/* The lines of a source, each with its indentation and the blank line above it. */
#ifndef VIGIE_LAYOUT_H
#define VIGIE_LAYOUT_H

#include "format/marks.h"

struct line {
  size_t first, n;             /* its marks; n 0: a comment on a line of its own */
  const struct token *comment; /* at its end; NULL */
  bool was_indented;           /* a blank stood at its beginning */
  bool blank_above;            /* there, and in the source */
  int indent;                  /* spaces */
};

typedef VEC(struct line) line_list;

/* Every line that is not blank, in order. */
line_list layout_make(struct arena *a, const struct tokens *raw, const mark_list *marks);

#endif
