/* The row that a reader is at: filled cell by cell, then handed over. Its memory is used again for
 * the next one. */
#ifndef VIGIE_ROW_BUFFER_H
#define VIGIE_ROW_BUFFER_H

#include "import/sheet.h"

struct row_buffer {
  char *bytes; /* of the cells, a NUL behind each */
  size_t n_bytes, cap_bytes;
  size_t *starts; /* where each cell begins in bytes */
  struct sheet_cell *cells;
  size_t n, cap;
  bool too_wide, too_large; /* past a limit: what came then is not in it */
};

/* The cell's text without the blanks around it, those of Unicode too. */
void row_add(struct row_buffer *row, const char *text, size_t n, bool exact);
/* The same for a cell of a column, from 0; those between are empty. */
void row_set(struct row_buffer *row, size_t column, const char *text, size_t n, bool exact);
/* Its texts may be used until the next row_add, row_set or row_clear. */
struct sheet_row row_done(struct row_buffer *row, long number);
void row_clear(struct row_buffer *row);
void row_free(struct row_buffer *row);

#endif
