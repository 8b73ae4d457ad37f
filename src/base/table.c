/* Tables of text. In: cells of any bytes. Out: lines whose columns line up on a terminal.
 *
 * Cells are made safe when they come in. Printing takes two steps: how wide each column is
 * (table_widths), then line by line, where a row has as many lines as its longest wrapped cell. */
#include "base/table.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/vec.h"

enum { GAP = 2, NARROWEST = 8 };

#define ELLIPSIS "…"

struct table_cell {
  const char *text;
  size_t n;
  int width;
};

/* Cells, or (line) one text from a column on. */
struct table_entry {
  struct table_cell *cells;
  bool line;
  size_t from;
};

struct table {
  struct arena *arena;
  size_t n_columns;
  struct table_col *columns;
  struct table_cell *headers;
  VEC(struct table_entry) rows;
  bool has_header;
};

/* ---- text ----------------------------------------------------------------------------- */

/* Characters that would steer the terminal, or reorder the rest of the line. */
static bool is_unsafe(utf8proc_int32_t c) {
  switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return true;
    default: break;
  }
  bool embedding = c >= 0x202A && c <= 0x202E, isolate = c >= 0x2066 && c <= 0x2069;
  return embedding || isolate || c == 0x200E || c == 0x200F || c == 0x061C;
}

/* One character of UTF-8 at s: its length in bytes and code point; a byte that is no UTF-8 is an
 * unsafe character of length 1. n > 0. */
static size_t next_char(const char *s, size_t n, utf8proc_int32_t *c) {
  utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, c);
  if (length > 0) return (size_t)length;
  *c = 0;
  return 1;
}

static struct table_cell safe_cell(struct arena *a, const char *text) {
  if (!text) text = "";
  size_t n = strlen(text), used = 0;
  char *copy = arena_alloc(a, n + 1);
  struct table_cell cell = {.text = copy};
  for (size_t i = 0; i < n;) {
    utf8proc_int32_t c;
    size_t length = next_char(text + i, n - i, &c);
    bool unsafe = is_unsafe(c);
    if (unsafe) {
      copy[used++] = c == '\t' ? ' ' : '?';
    } else {
      memcpy(copy + used, text + i, length);
      used += length;
    }
    cell.width += unsafe ? 1 : utf8proc_charwidth(c);
    i += length;
  }
  while (used > 0 && copy[used - 1] == ' ') {
    used--;
    cell.width--;
  }
  copy[used] = 0;
  cell.n = used;
  return cell;
}

/* How much of the text fits into width, in bytes; never between a letter and its accents. The
 * width it takes goes to *taken. */
static size_t fitting(const char *s, size_t n, int width, int *taken) {
  size_t end = 0;
  utf8proc_int32_t previous = 0, state = 0;
  int used = 0;
  *taken = 0;
  for (size_t i = 0; i < n;) {
    utf8proc_int32_t c;
    size_t length = next_char(s + i, n - i, &c);
    if (i > 0 && utf8proc_grapheme_break_stateful(previous, c, &state)) {
      end = i;
      *taken = used;
    }
    used += utf8proc_charwidth(c);
    if (used > width) return end;
    previous = c;
    i += length;
  }
  *taken = used;
  return n;
}

/* Behind which a name may be broken between its words. */
static bool is_joint(char c) { return c && strchr("_-@/.", c); }

/* The first line of a wrapped text: up to the last space that fits, or the last joint of a name, or
 * as much of a long word as fits, and always something. *rest is where the next line starts. */
static struct table_cell first_line(const char *s, size_t n, int width, size_t *rest) {
  struct table_cell line = {.text = s};
  line.n = fitting(s, n, width, &line.width);
  *rest = line.n;
  if (line.n == n) return line;
  if (line.n == 0) { /* one character wider than the column */
    utf8proc_int32_t c;
    line.n = *rest = next_char(s, n, &c);
    line.width = utf8proc_charwidth(c);
    return line;
  }
  size_t cut = line.n;
  if (s[cut] != ' ')
    while (cut > 0 && s[cut - 1] != ' ') cut--;
  for (size_t i = line.n; cut == 0 && i > 0; i--)
    if (is_joint(s[i - 1]) && s[i - 1] != '.') cut = i;
  for (size_t i = line.n; cut == 0 && i > 0; i--)
    if (is_joint(s[i - 1])) cut = i;
  if (cut == 0) return line;
  *rest = cut;
  while (*rest < n && s[*rest] == ' ') ++*rest;
  while (cut > 0 && s[cut - 1] == ' ') cut--;
  line.n = fitting(s, cut, width, &line.width);
  return line;
}

/* ---- the table ------------------------------------------------------------------------ */

struct table *table_new(struct arena *a, const struct table_col *columns, size_t n) {
  struct table *t = NEW(a, struct table);
  t->arena = a;
  t->n_columns = n;
  t->columns = NEW_N(a, struct table_col, n);
  t->headers = NEW_N(a, struct table_cell, n);
  for (size_t i = 0; i < n; i++) {
    t->columns[i] = columns[i];
    t->headers[i] = safe_cell(a, columns[i].header);
    t->columns[i].header = t->headers[i].text;
    t->has_header |= t->headers[i].n > 0;
  }
  return t;
}

void table_row(struct table *t, const char *const *cells) {
  struct table_cell *row = NEW_N(t->arena, struct table_cell, t->n_columns);
  for (size_t i = 0; i < t->n_columns; i++) row[i] = safe_cell(t->arena, cells[i]);
  VEC_PUSH(t->arena, &t->rows, ((struct table_entry){.cells = row}));
}

void table_line(struct table *t, size_t from, const char *text) {
  struct table_cell *cell = NEW_N(t->arena, struct table_cell, 1);
  *cell = safe_cell(t->arena, text);
  VEC_PUSH(t->arena, &t->rows, ((struct table_entry){cell, true, from}));
}

/* Nothing is in it, so it takes no gap either; the first one indents the others. */
static bool is_left_out(size_t i, const int *widths) { return i > 0 && widths[i] == 0; }

static int least_width(const struct table *t, size_t i) {
  if (t->columns[i].min_width > 0) return t->columns[i].min_width;
  return t->headers[i].width > NARROWEST ? t->headers[i].width : NARROWEST;
}

/* The widest part of a cell that nothing breaks but the end of its line. */
static int widest_word(const struct table_cell *cell) {
  int word = 0, most = 0;
  for (size_t i = 0; i < cell->n;) {
    utf8proc_int32_t c;
    size_t length = next_char(cell->text + i, cell->n - i, &c);
    word = cell->text[i] == ' ' ? 0 : word + utf8proc_charwidth(c);
    if (word > most) most = word;
    if (is_joint(cell->text[i])) word = 0;
    i += length;
  }
  return most;
}

/* How narrow the column may become without a word of it being cut. A word that takes half of the
 * line is cut all the same. */
static int whole_words(const struct table *t, size_t i, int limit) {
  int most = least_width(t, i);
  for (size_t r = 0; t->columns[i].fit == FIT_WRAP && r < t->rows.n; r++) {
    const struct table_entry *row = &t->rows.v[r];
    int word = row->line ? 0 : widest_word(&row->cells[i]);
    if (word > most && word <= limit / 2) most = word;
  }
  return most;
}

/* While the table is too wide, the widest of the columns that are wider than this gives one.
 * Returns how wide it is then. */
static long give_way(const struct table *t, long total, int limit, const int *least, int *widths) {
  while (total > limit) {
    size_t widest = t->n_columns;
    for (size_t i = 0; i < t->n_columns; i++) {
      if (t->columns[i].fit == FIT_WHOLE || widths[i] <= least[i]) continue;
      if (widest == t->n_columns || widths[i] > widths[widest]) widest = i;
    }
    if (widest == t->n_columns) break;
    widths[widest]--;
    total--;
  }
  return total;
}

/* Fills in the width of each column: what its widest cell takes; where that is too wide, less, at
 * first as far as no word is cut. */
static void table_widths(const struct table *t, int limit, int *widths) {
  long total = -GAP;
  for (size_t i = 0; i < t->n_columns; i++) {
    widths[i] = t->headers[i].width;
    for (size_t r = 0; r < t->rows.n; r++)
      if (!t->rows.v[r].line && t->rows.v[r].cells[i].width > widths[i])
        widths[i] = t->rows.v[r].cells[i].width;
    /* No column that gives way needs more than the whole line; this also bounds the loop below. */
    bool flexible = t->columns[i].fit != FIT_WHOLE;
    if (limit > 0 && flexible && widths[i] > limit && limit > least_width(t, i)) widths[i] = limit;
    if (!is_left_out(i, widths)) total += GAP + widths[i];
  }
  if (limit <= 0 || total <= limit) return;
  int *least = xcalloc(t->n_columns, sizeof *least);
  for (size_t i = 0; i < t->n_columns; i++) least[i] = whole_words(t, i, limit);
  total = give_way(t, total, limit, least, widths);
  for (size_t i = 0; i < t->n_columns; i++) least[i] = least_width(t, i);
  give_way(t, total, limit, least, widths);
  free(least);
}

static void put_spaces(FILE *out, int n) {
  if (n > 0) fprintf(out, "%*s", n, "");
}

/* Takes the next line of a cell out of *left, which keeps what is still to be printed. */
static struct table_cell take_line(struct table_cell *left, enum fit fit, int width, bool *cut) {
  struct table_cell line = *left;
  size_t rest = left->n;
  *cut = false;
  if (left->width > width && fit == FIT_WRAP) line = first_line(left->text, left->n, width, &rest);
  if (left->width > width && fit == FIT_SHORTEN) {
    line.n = fitting(left->text, left->n, width - 1, &line.width);
    for (; line.n > 0 && line.text[line.n - 1] == ' '; line.n--) line.width--;
    line.width++; /* the ellipsis */
    *cut = true;
  }
  if (rest < left->n) {
    /* what falls out between two lines is spaces */
    left->width -= line.width + (int)(rest - line.n);
    left->text += rest;
    left->n -= rest;
  } else {
    *left = (struct table_cell){0};
  }
  return line;
}

/* The spaces that a cell begins with stand before all of its lines: takes them off, counts them. */
static int take_indent(struct table_cell *c) {
  int n = 0;
  while (c->n > 0 && *c->text == ' ') {
    c->text++;
    c->n--;
    c->width--;
    n++;
  }
  return n;
}

/* Prints a row in as many lines as it needs. Spaces are printed before what follows them, so that
 * no line ends in one. */
static void print_row(const struct table *t, FILE *out, const struct table_cell *row,
                      const int *widths, bool bold) {
  struct table_cell *left = xcalloc(t->n_columns, sizeof *left);
  int *indent = xcalloc(t->n_columns, sizeof *indent);
  for (size_t i = 0; i < t->n_columns; i++) {
    left[i] = row[i];
    indent[i] = take_indent(&left[i]);
  }
  for (bool more = true; more;) {
    int pending = 0;
    more = false;
    if (bold) fputs("\x1b[1m", out);
    for (size_t i = 0; i < t->n_columns; i++) {
      bool cut;
      if (is_left_out(i, widths)) continue;
      struct table_cell line = take_line(&left[i], t->columns[i].fit, widths[i] - indent[i], &cut);
      int used = indent[i] + line.width, padding = widths[i] > used ? widths[i] - used : 0;
      if (t->columns[i].align == ALIGN_RIGHT) pending += padding;
      if (line.n > 0 || cut) {
        put_spaces(out, pending + indent[i]);
        fwrite(line.text, 1, line.n, out);
        if (cut) fputs(ELLIPSIS, out);
        pending = 0;
      } else
        pending += indent[i];
      if (t->columns[i].align == ALIGN_LEFT) pending += padding;
      pending += GAP;
      more = more || left[i].n > 0;
    }
    fputs(bold ? "\x1b[0m\n" : "\n", out);
  }
  free(left);
  free(indent);
}

static void print_line(FILE *out, const struct table_entry *e, const int *widths, int limit) {
  int indent = 0;
  for (size_t i = 0; i < e->from; i++) indent += is_left_out(i, widths) ? 0 : widths[i] + GAP;
  struct table_cell left = e->cells[0];
  indent += take_indent(&left);
  int width = limit - indent;
  if (limit > 0 && width < NARROWEST) width = NARROWEST;
  do {
    bool cut;
    struct table_cell line = take_line(&left, FIT_WRAP, limit > 0 ? width : left.width + 1, &cut);
    if (line.n > 0) put_spaces(out, indent);
    fwrite(line.text ? line.text : "", 1, line.n, out);
    fputc('\n', out);
  } while (left.n > 0);
}

void table_print(const struct table *t, FILE *out, int width, bool color) {
  if (t->n_columns == 0) return;
  int *widths = xcalloc(t->n_columns, sizeof *widths);
  table_widths(t, width, widths);
  if (t->has_header) print_row(t, out, t->headers, widths, color);
  for (size_t r = 0; r < t->rows.n; r++) {
    const struct table_entry *e = &t->rows.v[r];
    if (e->line)
      print_line(out, e, widths, width);
    else
      print_row(t, out, e->cells, widths, false);
  }
  free(widths);
}

void print_paragraph(FILE *out, int width, int first, int rest, const char *text, struct arena *a) {
  struct table_cell left = safe_cell(a, text);
  int indent = first;
  do {
    bool cut;
    int room = width > 0 ? width - indent : left.width + 1;
    if (room < NARROWEST) room = NARROWEST;
    struct table_cell line = take_line(&left, FIT_WRAP, room, &cut);
    if (line.n > 0) put_spaces(out, indent);
    fwrite(line.text ? line.text : "", 1, line.n, out);
    fputc('\n', out);
    indent = rest;
  } while (left.n > 0);
}
