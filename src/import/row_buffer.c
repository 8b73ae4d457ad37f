/* In: cells, one after the other. Out: a row of them, in memory that is used again. */
#include "import/row_buffer.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/limits.h"

/* ---- blanks around a text ---------------------------------------------------------------- */

/* Blanks of more than a byte: no-break, thin, of no width, a byte order mark inside of a file. */
static const char *const BLANKS[] = {"\xC2\xA0",     "\xE2\x80\xAF", "\xE2\x80\x89",
                                     "\xE2\x80\x8B", "\xE3\x80\x80", "\xEF\xBB\xBF"};

static bool is_ascii_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* The bytes of the blank with which the text begins, or ends; 0: none does. */
static size_t blank_bytes(const char *text, size_t n, bool at_end) {
  if (!n) return 0;
  char c = at_end ? text[n - 1] : *text;
  if (!(c & 0x80)) return is_ascii_blank(c);
  for (size_t i = 0; i < sizeof BLANKS / sizeof *BLANKS; i++) {
    size_t bytes = strlen(BLANKS[i]);
    if (bytes <= n && memcmp(at_end ? text + n - bytes : text, BLANKS[i], bytes) == 0) return bytes;
  }
  return 0;
}

static void trim(const char **text, size_t *n) {
  size_t blank;
  while ((blank = blank_bytes(*text, *n, true))) *n -= blank;
  while ((blank = blank_bytes(*text, *n, false))) {
    *text += blank;
    *n -= blank;
  }
}

/* ---- the row ----------------------------------------------------------------------------- */

static bool has_room(struct row_buffer *row, size_t cells, size_t bytes) {
  row->too_wide |= cells > SHEET_MAX_COLUMNS;
  row->too_large |= bytes > SHEET_CELL_MAX_BYTES || row->n_bytes + bytes > SHEET_ROW_MAX_BYTES;
  if (row->too_wide || row->too_large) return false;
  if (cells > row->cap) {
    while (cells > row->cap) row->cap = row->cap ? row->cap * 2 : 64;
    row->cells = xrealloc(row->cells, row->cap * sizeof *row->cells);
    row->starts = xrealloc(row->starts, row->cap * sizeof *row->starts);
  }
  if (row->n_bytes + bytes + 1 > row->cap_bytes) {
    while (row->n_bytes + bytes + 1 > row->cap_bytes)
      row->cap_bytes = row->cap_bytes ? row->cap_bytes * 2 : 4096;
    row->bytes = xrealloc(row->bytes, row->cap_bytes);
  }
  return true;
}

/* What a place holds of bytes is at most SHEET_ROW_MAX_BYTES: empty cells share the first NUL. */
void row_set(struct row_buffer *row, size_t column, const char *text, size_t n, bool exact) {
  trim(&text, &n);
  if (!has_room(row, column + 1, n + 1)) return;
  if (!row->n_bytes) row->bytes[row->n_bytes++] = 0;
  for (; row->n <= column; row->n++) {
    row->starts[row->n] = 0;
    row->cells[row->n] = (struct sheet_cell){0};
  }
  row->cells[column] = (struct sheet_cell){.n = n, .exact = exact && n > 0};
  row->starts[column] = n ? row->n_bytes : 0;
  if (!n) return;
  memcpy(row->bytes + row->n_bytes, text, n);
  row->bytes[row->n_bytes + n] = 0;
  row->n_bytes += n + 1;
}

void row_add(struct row_buffer *row, const char *text, size_t n, bool exact) {
  row_set(row, row->n, text, n, exact);
}

struct sheet_row row_done(struct row_buffer *row, long number) {
  bool blank = true;
  for (size_t i = 0; i < row->n; i++) {
    CHECK(row->starts[i] < row->n_bytes);
    row->cells[i].text = row->bytes + row->starts[i];
    blank &= row->cells[i].n == 0;
  }
  return (struct sheet_row){row->cells, row->n, number, blank};
}

void row_clear(struct row_buffer *row) {
  row->n = row->n_bytes = 0;
  row->too_wide = row->too_large = false;
}

void row_free(struct row_buffer *row) {
  free(row->bytes);
  free(row->starts);
  free(row->cells);
  *row = (struct row_buffer){0};
}
