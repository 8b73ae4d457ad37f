/* In: the rows of a file. Out: its header, its rows, and the lines that are none. */
#include "import/export_rows.h"

#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "import/cell_reading.h"

struct walking {
  struct export_walk *w;
  struct arena *a;
  VEC(struct sheet_row) held; /* copies: before the header is found, then what may be a footer */
  struct arena *copies;       /* where they live: freed when none is held */
  size_t narrowest;           /* row so far; 0: there was none */
  VEC(struct export_line) left;
  size_t width; /* cells of the header that are filled; 0: not found */
  bool after_blank, stopped;
  size_t cells; /* of the header, empty ones too */
  struct lacking {
    size_t rows;
    bool last;             /* row */
  } short_of, without_end; /* rows with fewer cells; and those whose last cell is empty, too */
  long last_row;
  bool last_after_blank; /* it, or what is held before it, came behind a blank one */
};

static size_t filled(const struct sheet_row *row) {
  size_t n = 0;
  for (size_t i = 0; i < row->n; i++) n += row->cells[i].n != 0;
  return n;
}

static struct sheet_row copied(struct arena *a, const struct sheet_row *row) {
  struct sheet_cell *cells = NEW_N(a, struct sheet_cell, row->n + 1);
  for (size_t i = 0; i < row->n; i++) {
    cells[i] = row->cells[i];
    cells[i].text = arena_strndup(a, row->cells[i].text, row->cells[i].n);
  }
  return (struct sheet_row){cells, row->n, row->number, row->blank};
}

static const char *line_text(struct arena *a, const struct sheet_row *row) {
  const char *text = "";
  for (size_t i = 0; i < row->n; i++)
    if (row->cells[i].n)
      text = arena_printf(a, "%s%s%s", text, *text ? ", " : "", row->cells[i].text);
  return text;
}

static void leave(struct walking *x, const struct sheet_row *row) {
  struct export_line line = {row->number, line_text(x->a, row)};
  if (!row->blank) VEC_PUSH(x->a, &x->left, line);
}

/* ---- the header ----------------------------------------------------------------------- */

/* A header is made of words: a number or a day is a value. */
static bool may_be_header(const struct sheet_row *row) {
  struct moment_cell moment;
  struct amount_cell amount;
  size_t hint = 0;
  for (size_t i = 0; i < row->n; i++)
    if (cell_number(&row->cells[i], POINT_DECIMALS, &amount) ||
        cell_day(&row->cells[i], DAY_FIRST, &hint, &moment))
      return false;
  return true;
}

/* Nearly as wide as the widest: no title, and no line above a table. */
static bool is_wide(size_t n, size_t widest) { return n * 4 >= widest * 3; }

/* The first wide row, where it is made of words. Where it is one of values, the widest of words
 * above it, which has headers that are empty; or itself, where there is none. */
static size_t find_header(const struct walking *x) {
  size_t widest = 0, best = x->held.n;
  for (size_t i = 0; i < x->held.n; i++)
    if (filled(&x->held.v[i]) > widest) widest = filled(&x->held.v[i]);
  for (size_t i = 0; i < x->held.n; i++) {
    size_t n = filled(&x->held.v[i]);
    bool words = n && may_be_header(&x->held.v[i]);
    if (is_wide(n, widest)) return words || best == x->held.n ? i : best;
    if (words && (best == x->held.n || n > filled(&x->held.v[best]))) best = i;
  }
  return 0;
}

/* ---- rows, and what is none ----------------------------------------------------------- */

static const struct sheet_cell *first_filled(const struct sheet_row *row) {
  for (size_t i = 0; i < row->n; i++)
    if (row->cells[i].n) return &row->cells[i];
  return NULL;
}

static bool says_total(const struct sheet_row *row) {
  static const char *const words[] = {"total",
                                      "totals",
                                      "grand total",
                                      "grand totals",
                                      "subtotal",
                                      "subtotals",
                                      "sub-total",
                                      "somme",
                                      "sous-total",
                                      "sous-totaux",
                                      "copyright",
                                      "total général",
                                      "confidential information"};
  const struct sheet_cell *first = first_filled(row);
  for (size_t i = 0; first && i < sizeof words / sizeof *words; i++) {
    size_t n = strlen(words[i]);
    if (first->n >= n && strncasecmp(first->text, words[i], n) == 0 &&
        (first->n == n || strchr(" :(", first->text[n])))
      return true;
  }
  return false;
}

/* Below the rows may stand others: they hold less than any row did, and come behind a blank one, or
 * hold one cell. */
static bool may_be_footer(const struct walking *x, const struct sheet_row *row) {
  enum { NARROW = 3 };
  size_t n = filled(row), less_than = x->narrowest ? x->narrowest : x->width;
  if (n >= less_than || n * 2 > x->width) return false;
  return x->held.n || x->after_blank || (n == 1 && x->width >= NARROW);
}

static bool hand_over(struct walking *x, const struct sheet_row *row) {
  size_t n = filled(row);
  if (!x->narrowest || n < x->narrowest) x->narrowest = n;
  x->w->n_rows++;
  x->stopped = !x->w->row(x->w->ctx, row);
  return !x->stopped;
}

static void hold(struct walking *x, const struct sheet_row *row) {
  if (!x->copies) x->copies = arena_new();
  VEC_PUSH(x->copies, &x->held, copied(x->copies, row));
}

static void let_go(struct walking *x) {
  arena_free(x->copies);
  x->copies = NULL;
  memset(&x->held, 0, sizeof x->held);
}

static bool hand_over_held(struct walking *x) {
  for (size_t i = 0; i < x->held.n; i++)
    if (!hand_over(x, &x->held.v[i])) return false;
  if (x->held.n) let_go(x);
  return true;
}

/* A total is no row, wherever it stands. */
static bool is_total(const struct walking *x, const struct sheet_row *row) {
  return says_total(row) && filled(row) < x->width;
}

static void count_lacking(struct lacking *l, bool lacks) {
  l->rows += lacks;
  l->last = lacks;
}

/* row: not blank, so that it has a cell */
static void note_short(struct walking *x, const struct sheet_row *row) {
  bool few = row->n < x->cells;
  count_lacking(&x->short_of, few);
  count_lacking(&x->without_end, few || !row->cells[row->n - 1].n);
  x->last_row = row->number;
  if (!x->held.n) x->last_after_blank = x->after_blank;
}

static bool take_row(struct walking *x, const struct sheet_row *row) {
  bool blank = row->blank;
  bool total = !blank && is_total(x, row);
  if (!blank && !total) note_short(x, row);
  if (total) {
    leave(x, row);
  } else if (!blank && may_be_footer(x, row)) {
    if (x->held.n == FOOTER_ROWS_MAX && !hand_over_held(x)) return false;
    hold(x, row);
  } else if (!blank && (!hand_over_held(x) || !hand_over(x, row))) {
    return false;
  }
  x->after_blank = blank;
  return true;
}

static bool begin(struct walking *x) {
  size_t at = find_header(x), n = x->held.n;
  struct sheet_row *early = x->held.v;
  struct arena *copies = x->copies;
  if (!n) return true;
  x->width = filled(&early[at]);
  x->cells = early[at].n;
  memset(&x->held, 0, sizeof x->held);
  x->copies = NULL;
  for (size_t i = 0; i < at; i++) leave(x, &early[i]);
  x->stopped = !x->w->header(x->w->ctx, &early[at]);
  for (size_t i = at + 1; i < n && !x->stopped; i++) take_row(x, &early[i]);
  arena_free(copies);
  return !x->stopped;
}

static bool take_any(void *ctx, const struct sheet_row *row) {
  struct walking *x = ctx;
  if (x->width) return take_row(x, row);
  if (!row->blank || x->held.n) hold(x, row);
  return x->held.n < HEADER_ROWS_LOOKED || begin(x);
}

/* The last row alone has not all of its cells; or its last one is empty, and there is no line end.
 * What stands below a blank row may be a footer. */
static bool cut_off(const struct walking *x) {
  const struct lacking *l = x->w->facts.unfinished ? &x->without_end : &x->short_of;
  if (!x->w->facts.separator || !l->last || l->rows > 1 || x->last_after_blank) return false;
  return x->w->facts.unfinished || (x->w->n_rows > 1 && !x->held.n);
}

/* ---- the whole ------------------------------------------------------------------------ */

bool export_walk(struct export_walk *w, struct arena *a, struct diags *problems) {
  struct walking x = {.w = w, .a = a};
  int before = problems->errors;
  w->n_rows = 0;
  bool ok = sheet_read(w->path, &w->choice, a, &w->facts, take_any, &x, problems);
  if (ok && !x.width && !x.stopped) begin(&x);
  if (ok && !x.stopped && cut_off(&x))
    ok = diag_fail(problems, V0707,
                   "%s, line %ld: the last row has fewer cells than the others: the file was cut "
                   "off; export it again",
                   w->path, x.last_row);
  for (size_t i = 0; i < x.held.n && ok && !x.stopped; i++) leave(&x, &x.held.v[i]);
  arena_free(x.copies);
  w->left = x.left.v;
  w->n_left = x.left.n;
  if (!ok || problems->errors > before) return false;
  return x.width || diag_fail(problems, V0707, "%s: there is nothing in it", w->path);
}
