/* In: a sheet of a workbook. Out: its rows, each cell as a person sees it: a text by its number, a
 * day by its style, what is merged over several rows in each of them.
 *
 * A file may leave out rows and cells that are empty, and the numbers of those that follow each
 * other; whatever it says, a row goes on at the cell that it names. */
#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/limits.h"
#include "import/workbook.h"

/* ---- where a cell stands -------------------------------------------------------------------- */

long row_number(const char *text) {
  char *end;
  if (!text || !isdigit((unsigned char)*text)) return 0;
  long row = strtol(text, &end, 10);
  bool ends = !*end || *end == ':';
  return ends && row <= WORKBOOK_MAX_ROWS ? row : 0;
}

long cell_reference(const char *text, long *row) {
  long column = 0;
  const char *at = text ? text : "";
  for (; isalpha((unsigned char)*at) && column <= SHEET_MAX_COLUMNS; at++)
    column = column * 26 + (toupper((unsigned char)*at) - 'A' + 1);
  *row = row_number(at);
  return column > SHEET_MAX_COLUMNS ? -1 : column - 1;
}

/* ---- a row ---------------------------------------------------------------------------------- */

enum cell_type { CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_FLAG, CELL_DAY, CELL_ERROR };

/* What is merged down a column, until its last row. */
struct falling {
  long last; /* 0: nothing is */
  struct text_pieces text;
  bool exact;
};

struct rows_pass {
  struct workbook *w;
  struct reading *r;
  long row, last; /* that is read, that was handed over last */
  long column;    /* of the cell, from 0 */
  enum cell_type type;
  enum number_style style;
  struct text_pieces text; /* of the cell */
  int in_text;
  bool in_cell, read_aloud;
  size_t next_merged;
  struct falling *falling;
  size_t n_falling; /* columns */
  bool failed;
};

static bool fail_row(struct rows_pass *x, const char *what) {
  x->failed = true;
  return diag_fail(x->r->problems, V0707,
                   "%s, sheet %s, row %ld: %s: open it in Excel and save it anew, or as CSV",
                   x->r->path, x->r->facts->sheet, x->row, what);
}

static struct falling *falling_at(struct rows_pass *x, size_t column) {
  if (column >= x->n_falling) {
    x->falling = xrealloc(x->falling, (column + 1) * sizeof *x->falling);
    memset(x->falling + x->n_falling, 0, (column + 1 - x->n_falling) * sizeof *x->falling);
    x->n_falling = column + 1;
  }
  return &x->falling[column];
}

/* What begins to fall in this row, or in one before that is not in the file. */
static void begin_falling(struct rows_pass *x) {
  const struct merged_list *list = &x->w->merged;
  struct row_buffer *row = &x->r->row;
  for (; x->next_merged < list->cells.n && list->cells.v[x->next_merged].first <= x->row;
       x->next_merged++) {
    const struct merged *m = &list->cells.v[x->next_merged];
    if (m->first < x->row || m->column >= row->n) continue;
    struct falling *f = falling_at(x, m->column);
    f->text.n = 0;
    f->last = m->last;
    f->exact = row->cells[m->column].exact;
    pieces_add(&f->text, row->bytes + row->starts[m->column], row->cells[m->column].n,
               SHEET_CELL_MAX_BYTES);
  }
}

static void let_fall(struct rows_pass *x) {
  struct row_buffer *row = &x->r->row;
  for (size_t i = 0; i < x->n_falling; i++) {
    struct falling *f = &x->falling[i];
    bool empty = i >= row->n || !row->cells[i].n;
    if (f->last >= x->row && empty && f->text.n)
      row_set(row, i, f->text.bytes, f->text.n, f->exact);
    if (f->last <= x->row) f->last = 0;
  }
}

static bool end_row(struct rows_pass *x) {
  let_fall(x);
  begin_falling(x);
  x->last = x->row;
  if (!reading_hand_over(x->r, "row", x->row)) x->failed = true;
  return !x->failed && !x->r->enough;
}

/* Rows that are left out are empty; one stands for all of them. */
static bool begin_row(struct rows_pass *x, const char *said) {
  long number = said ? row_number(said) : x->last + 1;
  x->row = x->last + 1;
  if (!number || number > WORKBOOK_MAX_ROWS)
    return fail_row(x, "the next row has a number that no sheet has");
  if (number > x->row && x->last && !end_row(x)) return false;
  x->row = number;
  x->column = -1;
  return true;
}

/* ---- a cell --------------------------------------------------------------------------------- */

static enum cell_type type_of(const char *t) {
  static const struct {
    const char *name;
    enum cell_type type;
  } TYPES[] = {{"n", CELL_NUMBER}, {"s", CELL_SHARED}, {"str", CELL_TEXT}, {"inlineStr", CELL_TEXT},
               {"b", CELL_FLAG},   {"d", CELL_DAY},    {"e", CELL_ERROR}};
  for (size_t i = 0; t && i < sizeof TYPES / sizeof *TYPES; i++)
    if (strcmp(t, TYPES[i].name) == 0) return TYPES[i].type;
  return CELL_NUMBER;
}

static bool begin_cell(struct rows_pass *x, const char *const *attributes) {
  const char *style = part_attribute(attributes, "s"), *at = part_attribute(attributes, "r");
  const struct style_list *list = &x->w->styles;
  size_t number = style ? strtoul(style, NULL, 10) : 0;
  long row, column = cell_reference(at, &row);
  bool said = at && isalpha((unsigned char)*at);
  x->column = said ? column : x->column + 1;
  if (x->column < 0 || x->column >= SHEET_MAX_COLUMNS)
    return fail_row(x, "a cell stands in a column that no sheet has");
  x->type = type_of(part_attribute(attributes, "t"));
  x->style = number < list->styles.n ? list->styles.v[number] : STYLE_NUMBER;
  x->text.n = 0;
  x->in_text = 0;
  x->read_aloud = false;
  x->in_cell = true;
  return true;
}

/* Excel writes what XML cannot hold as _x000D_, and _x005F_ for a _ that is none of these. Only
 * letters of ASCII are. */
static size_t unescape(char *text, size_t n) {
  size_t to = 0;
  for (size_t at = 0; at < n; at++, to++) {
    char *end, hex[5] = "";
    text[to] = text[at];
    if (n - at < 7 || text[at] != '_' || text[at + 1] != 'x' || text[at + 6] != '_') continue;
    memcpy(hex, text + at + 2, 4);
    long letter = isxdigit((unsigned char)*hex) ? strtol(hex, &end, 16) : 0;
    if (letter <= 0 || letter > CHAR_MAX || *end) continue;
    text[to] = (char)letter;
    at += 6;
  }
  return to;
}

/* With \n alone, as in a text file. */
static size_t plain_lines(char *text, size_t n) {
  size_t to = 0;
  for (size_t at = 0; at < n; at++)
    if (text[at] != '\r' || at + 1 == n || text[at + 1] != '\n')
      text[to++] = (char)(text[at] == '\r' ? '\n' : text[at]);
  return to;
}

static bool set_cell(struct rows_pass *x, const char *text, size_t n, bool exact) {
  row_set(&x->r->row, (size_t)x->column, text, n, exact);
  return true;
}

static bool set_text(struct rows_pass *x) {
  size_t n = plain_lines(x->text.bytes, unescape(x->text.bytes, x->text.n));
  return set_cell(x, x->text.bytes, n, false);
}

static bool set_shared(struct rows_pass *x) {
  const struct shared_texts *texts = &x->w->texts;
  char *end;
  unsigned long i = strtoul(x->text.bytes, &end, 10);
  if (*end || i >= texts->n) return fail_row(x, "a text is missing");
  size_t from = i ? texts->ends[i - 1] : 0, n = texts->ends[i] - from;
  x->text.n = 0;
  if (n && !pieces_add(&x->text, texts->bytes.bytes + from, n, SHEET_CELL_MAX_BYTES))
    return fail_row(x, "a text is larger than 1 MB");
  return !n || set_text(x);
}

static bool set_number(struct rows_pass *x) {
  char *end, buf[NUMBER_TEXT_BYTES];
  bool exact;
  double value = strtod(x->text.bytes, &end);
  if (*end || !isfinite(value)) return set_text(x);
  size_t n = number_style_text(x->style, value, x->w->from_1904, buf, &exact);
  return set_cell(x, buf, n, exact);
}

/* "2026-03-01T00:00:00.000Z": what the style shows of it. */
static bool set_day(struct rows_pass *x) {
  enum { DAY = 10, MOMENT = 19 };
  day_t day;
  const char *text = x->text.bytes;
  size_t n = x->text.n;
  if (n < DAY || !day_parse(text, DAY, &day)) return set_text(x);
  if (n > DAY && x->style == STYLE_DAY) n = DAY;
  if (n > DAY && (n < MOMENT || text[DAY] != 'T')) return set_text(x);
  if (n > MOMENT) n = strspn(text + DAY + 1, "0123456789:") == MOMENT - DAY - 1 ? MOMENT : n;
  return set_cell(x, text, n, n == DAY || n == MOMENT);
}

static bool set_flag(struct rows_pass *x) {
  bool yes = strcmp(x->text.bytes, "1") == 0 || strcmp(x->text.bytes, "true") == 0;
  return set_cell(x, yes ? "true" : "false", yes ? 4 : 5, true);
}

/* #N/A, #DIV/0!: nobody knows the value. */
static bool set_nothing(struct rows_pass *x) {
  (void)x;
  return true;
}

static bool end_cell(struct rows_pass *x) {
  static bool (*const set[])(struct rows_pass *) = {
      [CELL_NUMBER] = set_number, [CELL_SHARED] = set_shared, [CELL_TEXT] = set_text,
      [CELL_FLAG] = set_flag,     [CELL_DAY] = set_day,       [CELL_ERROR] = set_nothing};
  x->in_cell = false;
  return !x->text.n || set[x->type](x);
}

/* ---- the sheet ------------------------------------------------------------------------------ */

static bool start_element(void *ctx, const char *name, const char *const *attributes) {
  struct rows_pass *x = ctx;
  if (strcmp(name, "row") == 0) return begin_row(x, part_attribute(attributes, "r"));
  if (strcmp(name, "c") == 0) return begin_cell(x, attributes);
  x->in_text += strcmp(name, "v") == 0 || strcmp(name, "t") == 0;
  x->read_aloud |= strcmp(name, "rPh") == 0;
  return true;
}

static bool end_element(void *ctx, const char *name) {
  struct rows_pass *x = ctx;
  if (strcmp(name, "row") == 0) return end_row(x);
  if (strcmp(name, "c") == 0) return end_cell(x);
  x->in_text -= strcmp(name, "v") == 0 || strcmp(name, "t") == 0;
  if (strcmp(name, "rPh") == 0) x->read_aloud = false;
  return true;
}

static bool add_text(void *ctx, const char *text, size_t n) {
  struct rows_pass *x = ctx;
  if (!x->in_cell || x->in_text <= 0 || x->read_aloud) return true;
  return pieces_add(&x->text, text, n, SHEET_CELL_MAX_BYTES) ||
         fail_row(x, "a text is larger than 1 MB");
}

bool workbook_rows(struct workbook *w) {
  struct rows_pass x = {.w = w, .r = w->package.r, .column = -1};
  struct part_handler h = {&x, start_element, end_element, add_text};
  bool ok = package_read(&w->package, w->sheet, WORKBOOK_PART_MAX_MB, &h);
  for (size_t i = 0; i < x.n_falling; i++) free(x.falling[i].text.bytes);
  free(x.falling);
  free(x.text.bytes);
  return ok && !x.failed;
}

/* ---- has it any? ---------------------------------------------------------------------------- */

static bool start_of_any(void *ctx, const char *name, const char *const *attributes) {
  bool *has = ctx;
  (void)attributes;
  *has = strcmp(name, "v") == 0 || strcmp(name, "t") == 0;
  return !*has;
}

bool sheet_has_rows(struct package *p, const char *part, bool *has) {
  struct part_handler h = {has, start_of_any, NULL, NULL};
  *has = false;
  return package_read(p, part, WORKBOOK_PART_MAX_MB, &h);
}
