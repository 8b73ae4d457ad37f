/* A file while it is read, and what a reader does. For the readers of reader.def. */
#ifndef VIGIE_READING_H
#define VIGIE_READING_H

#include <stdio.h>

#include "import/encoding.h"
#include "import/row_buffer.h"
#include "import/sheet.h"

struct reading {
  const char *path;
  const struct sheet_choice *choice;
  struct arena *a;
  struct sheet_facts *facts; /* never NULL */
  struct diags *problems;
  struct text_file *text; /* nothing of it is taken yet */

  sheet_row_fn *take;
  void *ctx;
  bool enough;   /* no more rows are wanted */
  bool anything; /* a row that is not blank was handed over */
  struct row_buffer row;
};

/* Hands the row over and clears it; not when enough came. False with one error: it is past a
 * limit. `place` is "line" or "row". */
bool reading_hand_over(struct reading *r, const char *place, long number);

/* Is it a file of this kind? By how it begins: its bytes, and the text that they are. */
typedef bool reader_looks_fn(const struct reading *r);
/* False with errors. The row buffer is freed by the caller. */
typedef bool reader_reads_fn(struct reading *r);

#define READER(name, kind)                    \
  bool name##_looks(const struct reading *r); \
  bool name##_reads(struct reading *r);
#include "import/reader.def"
#undef READER

#endif
