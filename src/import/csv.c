/* In: the text of a CSV file. Out: its rows, each with the line on which it begins.
 *
 * libcsv takes the cells apart. It gets the file line by line, so that it is known on which line a
 * row begins, and where a quote opened that nothing closes. */
#include <csv.h>
#include <errno.h>
#include <string.h>

#include "base/check.h"
#include "base/csv_separator.h"
#include "base/diag.h"
#include "base/limits.h"
#include "import/reading.h"

#define SAVE_AS "export it again as \"CSV UTF-8\" or as XLSX"

struct csv_ctx {
  struct reading *r;
  struct csv_parser parser;
  struct recoder recoder;
  char separator;
  long line, row_line, cell_line; /* that is read; on which the row and its newest cell began */
  bool begun;                     /* something of a row stands before */
  bool ended;                     /* a row ended on this line */
  bool after_return;              /* the block before ended with \r, to which a \n belongs */
  bool doubled; /* lines end with \r\r\n: Windows put a \r before the \n of a \r\n */
  char last;    /* before what is fed now */
  bool row_recoded;
  size_t utf8_rows, recoded_rows; /* rows with letters beyond ASCII */
  bool failed;                    /* an error was said */
};

/* ---- what libcsv finds ------------------------------------------------------------------- */

/* Lines inside of a cell end with \n, whatever the file ends its own with: a file that was saved
 * anew holds the same texts. */
static size_t with_plain_line_ends(char *text, size_t n) {
  char *to = memchr(text, '\r', n);
  if (!to) return n;
  for (const char *from = to; from < text + n; from++) {
    size_t left = (size_t)(text + n - from);
    if (left > 1 && memcmp(from, "\r\n", 2) == 0) continue;
    if (left > 2 && memcmp(from, "\r\r\n", 3) == 0) continue;
    *to++ = *from == '\r' ? '\n' : *from;
  }
  return (size_t)(to - text);
}

static void take_cell(void *cell, size_t n, void *ctx) {
  struct csv_ctx *x = ctx;
  if (x->failed) return;
  n = with_plain_line_ends(cell, n);
  const char *text = cell;
  if (!as_utf8(&x->recoder, &text, &n)) {
    x->failed = true;
    diag_fail(x->r->problems, V0707,
              "%s, line %ld: a letter is written neither in UTF-8 nor in Windows-1252: " SAVE_AS,
              x->r->path, x->cell_line);
    return;
  }
  x->row_recoded |= x->recoder.recoded;
  row_add(&x->r->row, text, n, false);
  x->cell_line = x->line;
}

static void count_encoding(struct csv_ctx *x) {
  struct sheet_facts *facts = x->r->facts;
  if (x->row_recoded && !x->recoded_rows++) facts->recoded_first = x->row_line;
  x->utf8_rows += x->recoder.foreign;
  x->row_recoded = x->recoder.foreign = false;
}

static void take_row(int end, void *ctx) {
  enum { AT_END_OF_FILE = -1 };
  struct csv_ctx *x = ctx;
  x->r->facts->unfinished = end == AT_END_OF_FILE;
  x->begun = false;
  x->ended = true;
  count_encoding(x);
  if (!x->failed && !reading_hand_over(x->r, "line", x->row_line)) x->failed = true;
}

/* ---- lines ------------------------------------------------------------------------------- */

static bool never_closed(struct csv_ctx *x) {
  x->failed = true;
  return diag_fail(x->r->problems, V0707,
                   "%s, line %ld: a quote opens a text there that is not closed: the file was cut "
                   "off, or a quote is missing; export it again",
                   x->r->path, x->cell_line);
}

/* A quote inside of a text that opened on an earlier line, right behind a separator: it opens the
 * next text, and the one before was not closed. */
static bool opens_another(const struct csv_ctx *x, const char *text, size_t at) {
  if (x->cell_line == x->line) return false;
  while (at > 0 && text[at] != '"') at--;
  char before = at > 0 ? text[at - 1] : x->last;
  return text[at] == '"' && (before == x->separator || before == '\n' || before == '\r');
}

/* What libcsv keeps of a cell that has not ended. */
static bool cell_has_room(struct csv_ctx *x) {
  if (csv_get_buffer_size(&x->parser) <= SHEET_CELL_MAX_BYTES + 2 * SHEET_BLOCK_BYTES) return true;
  if (x->cell_line < x->line) return never_closed(x);
  x->r->row.too_large = true;
  return reading_hand_over(x->r, "line", x->line);
}

/* libcsv is strict until it meets a quote that should have been doubled; it reads over that one. */
static bool feed(struct csv_ctx *x, const char *text, size_t n) {
  for (size_t at = 0; at < n;) {
    csv_set_opts(&x->parser, CSV_STRICT | CSV_STRICT_FINI);
    at += csv_parse(&x->parser, text + at, n - at, take_cell, take_row, x);
    if (at == n) break;
    if (csv_error(&x->parser) != CSV_EPARSE)
      return diag_fail(x->r->problems, V0701, "%s: %s", x->r->path, strerror(ENOMEM));
    if (opens_another(x, text, at)) return never_closed(x);
    csv_set_opts(&x->parser, CSV_STRICT_FINI);
    at += csv_parse(&x->parser, text + at, 1, take_cell, take_row, x);
  }
  x->last = text[n - 1];
  return !x->failed && cell_has_room(x);
}

static bool is_empty(const struct csv_ctx *x, const char *text, size_t n) {
  size_t i = 0;
  while (i < n && text[i] != x->separator && strchr(" \t\r\n", text[i])) i++;
  return i == n;
}

/* A part of a line, or all of it. */
static bool take_part(struct csv_ctx *x, const char *text, size_t n) {
  if (!x->begun && !is_empty(x, text, n)) {
    x->begun = true;
    x->row_line = x->cell_line = x->line;
  }
  return feed(x, text, n);
}

static bool end_line(struct csv_ctx *x) {
  bool blank = !x->begun && !x->ended;
  if (blank && !reading_hand_over(x->r, "line", x->line)) return false;
  x->ended = false;
  x->line++;
  return true;
}

/* Where the line ends, behind its \n, \r or \r\n; 0: not in this block. *feeds, *returns: where the
 * next of these stands, so that each byte is looked at once. */
struct line_ends {
  const char *feed, *back; /* the next \n and \r from here on; the end of the block: none */
};

static const char *find(const char *from, const char *end, char c) {
  const char *found = memchr(from, c, (size_t)(end - from));
  return found ? found : end;
}

/* Behind the rest of a line end whose \r was read. */
static const char *behind_return(const struct csv_ctx *x, const char *at, const char *end) {
  if (x->doubled && at < end && *at == '\r') at++;
  return at < end && *at == '\n' ? at + 1 : at;
}

static const char *line_end(const struct csv_ctx *x, struct line_ends *e, const char *at,
                            const char *end) {
  if (e->feed < at) e->feed = find(at, end, '\n');
  if (e->back < at) e->back = find(at, end, '\r');
  if (e->back < e->feed) return behind_return(x, e->back + 1, end);
  return e->feed < end ? e->feed + 1 : NULL;
}

static bool take_block(struct csv_ctx *x, const char *at, size_t n) {
  const char *end = at + n, *from = x->after_return ? behind_return(x, at, end) : at;
  struct line_ends ends = {find(from, end, '\n'), find(from, end, '\r')};
  if (from > at && !feed(x, at, (size_t)(from - at))) return false;
  x->after_return = end[-1] == '\r';
  while (from < end && !x->r->enough) {
    const char *stop = line_end(x, &ends, from, end);
    if (!take_part(x, from, (size_t)((stop ? stop : end) - from))) return false;
    if (stop && !end_line(x)) return false;
    from = stop ? stop : end;
  }
  return true;
}

/* ---- the file ---------------------------------------------------------------------------- */

static bool finish(struct csv_ctx *x) {
  if (x->r->enough) return true;
  if (csv_fini(&x->parser, take_cell, take_row, x) != 0) return never_closed(x);
  return !x->failed;
}

static bool read_text(struct csv_ctx *x) {
  struct text_part block = text_file_begins(x->r->text);
  size_t skip = csv_separator_said(block.text, block.n, &x->separator);
  x->line = skip ? 2 : 1;
  if (!skip) x->separator = csv_separator_found(block.text, block.n);
  x->r->facts->separator = x->separator;
  x->doubled = block.n && memmem(block.text, block.n, "\r\r\n", 3);
  csv_set_delim(&x->parser, (unsigned char)x->separator);
  csv_set_blk_size(&x->parser, 4096);
  while (!x->r->enough) {
    if (!text_file_next(x->r->text, x->line, &block, x->r->problems)) return false;
    if (!block.n) return finish(x);
    if (skip < block.n && !take_block(x, block.text + skip, block.n - skip)) return false;
    skip = 0;
  }
  return true;
}

/* Most rows decide; those of the other kind are counted where the file is UTF-8. */
static void tell_encoding(const struct csv_ctx *x) {
  struct sheet_facts *facts = x->r->facts;
  const char *marked = text_file_encoding(x->r->text);
  bool windows = !marked && x->recoded_rows > x->utf8_rows;
  facts->encoding = marked ? marked : windows ? "Windows-1252" : "UTF-8";
  facts->recoded = windows ? 0 : x->recoded_rows;
  if (!facts->recoded) facts->recoded_first = 0;
}

bool csv_looks(const struct reading *r) {
  (void)r;
  return true;
}

bool csv_reads(struct reading *r) {
  struct csv_ctx x = {.r = r};
  if (csv_init(&x.parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
    return diag_fail(r->problems, V0701, "%s: %s", r->path, strerror(ENOMEM));
  bool ok = read_text(&x);
  tell_encoding(&x);
  csv_free(&x.parser);
  recoder_free(&x.recoder);
  return ok;
}
