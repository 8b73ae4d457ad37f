/* In: a file. Out: its rows, from the reader of its kind; or what it is, and how to export it. */
#include "import/sheet.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/diag.h"
#include "base/limits.h"
#include "import/reading.h"

static const struct reader {
  const char *kind;
  reader_looks_fn *looks;
  reader_reads_fn *reads;
} READERS[] = {
#define READER(name, kind) {kind, name##_looks, name##_reads},
#include "import/reader.def"
#undef READER
};

static const struct refused {
  const char *begins;
  size_t n;
  const char *is, *help;
} REFUSED_KINDS[] = {
#define REFUSED(begins, is, help) {begins, sizeof begins - 1, is, help},
#include "import/refused.def"
#undef REFUSED
};

static bool begins(struct text_part x, const char *with, size_t n) {
  return x.n >= n && strncasecmp(x.text, with, n) == 0;
}

/* A page of the web, or another text with marks in angle brackets. */
static bool is_marked_up(struct text_part x) {
  size_t i = 0;
  while (i < x.n && strchr(" \t\r\n", x.text[i])) i++;
  if (i + 1 >= x.n || x.text[i] != '<') return false;
  char next = x.text[i + 1];
  return next == '!' || next == '?' || isalpha((unsigned char)next);
}

static bool is_refused(const struct reading *r) {
  struct text_part head = text_file_bytes(r->text);
  for (size_t i = 0; i < sizeof REFUSED_KINDS / sizeof *REFUSED_KINDS; i++) {
    const struct refused *kind = &REFUSED_KINDS[i];
    if (!begins(head, kind->begins, kind->n)) continue;
    return !diag_fail(r->problems, V0707, "%s %s: %s", r->path, kind->is, kind->help);
  }
  if (!is_marked_up(text_file_begins(r->text))) return false;
  return !diag_fail(
      r->problems, V0707,
      "%s is a web page or XML, no table (a page to sign in looks so, and some programs "
      "call one .xls): open it to see what it is, and export it as CSV or XLSX",
      r->path);
}

bool reading_hand_over(struct reading *r, const char *place, long number) {
  struct row_buffer *b = &r->row;
  if (r->enough) return true;
  if (b->too_wide)
    return diag_fail(r->problems, V0707, "%s, %s %ld: it has more than %d cells: is this a table?",
                     r->path, place, number, SHEET_MAX_COLUMNS);
  if (b->too_large)
    return diag_fail(
        r->problems, V0707,
        "%s, %s %ld: a cell is larger than %d MB, or all of them than %d MB: leave its "
        "column out of the export",
        r->path, place, number, SHEET_CELL_MAX_BYTES >> 20, SHEET_ROW_MAX_BYTES >> 20);
  struct sheet_row row = row_done(b, number);
  r->anything |= !row.blank;
  r->enough = !r->take(r->ctx, &row);
  row_clear(b);
  return true;
}

static const struct reader *reader_of(const struct reading *r) {
  for (size_t i = 0; i < sizeof READERS / sizeof *READERS; i++)
    if (READERS[i].looks(r)) return &READERS[i];
  UNREACHABLE("the last reader takes every text");
}

static bool read_file(struct reading *r) {
  if (!text_file_bytes(r->text).n) return diag_fail(r->problems, V0707, "%s is empty", r->path);
  if (is_refused(r)) return false;
  const struct reader *reader = reader_of(r);
  r->facts->kind = reader->kind;
  if (!reader->reads(r)) return false;
  return r->anything || r->enough ||
         diag_fail(r->problems, V0707, "%s is empty: there are only blanks in it", r->path);
}

bool sheet_read(const char *path, const struct sheet_choice *choice, struct arena *a,
                struct sheet_facts *facts, sheet_row_fn *take, void *ctx, struct diags *problems) {
  static const struct sheet_choice NONE;
  struct sheet_facts own = {0};
  struct reading r = {.path = path,
                      .choice = choice ? choice : &NONE,
                      .a = a,
                      .facts = facts ? facts : &own,
                      .problems = problems,
                      .take = take,
                      .ctx = ctx};
  *r.facts = (struct sheet_facts){0};
  r.text = text_file_open(path, a, problems);
  bool ok = r.text && read_file(&r);
  text_file_close(r.text);
  row_free(&r.row);
  return ok;
}
