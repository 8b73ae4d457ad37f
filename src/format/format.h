/* The one style of rule files.
 *
 * Headers and bare sentences stand at column 0, their clauses at 2, lines that go on at 4, and 2
 * more for each parenthesis they stand in; one space between words, none inside parentheses; a
 * blank line around every item of several lines and never two in a row. Line breaks and comments
 * are the author's and stay. docs/format.md tells it to users. */
#ifndef VIGIE_FORMAT_H
#define VIGIE_FORMAT_H

#include "base/diag.h"
#include "base/source.h"

enum format_outcome {
  FORMAT_OK,
  FORMAT_MISTAKES, /* the file cannot be read; diags says where */
  FORMAT_UNSAFE,   /* the new text would not mean the same: nothing may be done with it */
};

struct formatted {
  enum format_outcome outcome;
  const char *text; /* NUL-terminated, in the arena; NULL unless OK */
  size_t size;      /* bytes, without that NUL */
};

/* In: a source, as parse_source takes it. Out: the same rules in the one style: the tree is the
 * same (that is checked), every comment is there, and formatting the result again changes
 * nothing. Non-blank lines of the two texts answer to each other one to one. Warnings about
 * blanks in the source go to diags too. */
struct formatted format_source(struct arena *a, struct source *src, struct diags *diags);

#endif
