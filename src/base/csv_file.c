/* In: a CSV file. Out: its rows; or why it is none. The cells are taken apart by libcsv. */
#include "base/csv_file.h"

#include <csv.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/csv_separator.h"
#include "base/limits.h"
#include "base/text.h"

struct reading {
  struct arena *a;
  VEC(struct csv_row) rows;
  VEC(const char *) cells; /* of the row that is read */
};

/* ---- the bytes ------------------------------------------------------------------------ */

static bool read_bytes(const char *path, struct arena *a, char **out, size_t *n,
                       struct diags *problems) {
  VEC(char) text = {0};
  char part[64 << 10];
  size_t got;
  FILE *f = fopen(path, "rbe");
  if (!f) return diag_fail(problems, V0701, "%s: %s", path, strerror(errno));
  errno = 0;
  while ((got = fread(part, 1, sizeof part, f)) > 0 && text.n <= CSV_MAX_BYTES)
    for (size_t i = 0; i < got; i++) VEC_PUSH(a, &text, part[i]);
  int failure = ferror(f) ? errno : 0;
  fclose(f);
  if (failure) return diag_fail(problems, V0701, "%s: %s", path, strerror(failure));
  if (text.n > CSV_MAX_BYTES)
    return diag_fail(problems, V0707, "%s is larger than %d MB: export fewer rows", path,
                     CSV_MAX_BYTES >> 20);
  *out = text.v;
  *n = text.n;
  return true;
}

static int line_of(const char *text, size_t at) {
  int line = 1;
  for (size_t i = 0; i < at; i++) line += text[i] == '\n';
  return line;
}

#define UTF8_MARK "\xEF\xBB\xBF"
enum { UTF8_MARK_BYTES = 3 };
#define SAVE_AS "save it as \"CSV UTF-8\""

/* Is it a text that Vigie reads? */
static bool is_text(const char *path, const char *text, size_t n, struct diags *problems) {
  size_t bad;
  if (n >= 2 && (memcmp(text, "\xFF\xFE", 2) == 0 || memcmp(text, "\xFE\xFF", 2) == 0))
    return diag_fail(problems, V0707, "%s is written in UTF-16: " SAVE_AS, path);
  if (n >= 2 && memcmp(text, "PK", 2) == 0)
    return diag_fail(problems, V0707, "%s is a workbook or an archive, no CSV file: " SAVE_AS,
                     path);
  if (!text_utf8_valid(text, n, &bad))
    return diag_fail(
        problems, V0707,
        "%s, line %d: a letter is not written in UTF-8 (an older Excel writes it so): " SAVE_AS,
        path, line_of(text, bad));
  const char *nul = n ? memchr(text, 0, n) : NULL;
  if (nul)
    return diag_fail(problems, V0707, "%s, line %d: there are bytes that are no text: " SAVE_AS,
                     path, line_of(text, (size_t)(nul - text)));
  return true;
}

/* ---- the cells ------------------------------------------------------------------------ */

static void take_cell(void *text, size_t n, void *ctx) {
  struct reading *r = ctx;
  VEC_PUSH(r->a, &r->cells, n ? arena_strndup(r->a, text, n) : "");
}

static void take_row(int end, void *ctx) {
  struct reading *r = ctx;
  (void)end;
  const char **cells = NEW_N(r->a, const char *, r->cells.n);
  memcpy(cells, r->cells.v, r->cells.n * sizeof *cells);
  struct csv_row row = {cells, r->cells.n, r->rows.n + 1};
  VEC_PUSH(r->a, &r->rows, row);
  r->cells.n = 0;
}

static bool read_cells(struct reading *r, const char *path, const char *text, size_t n,
                       struct diags *problems) {
  struct csv_parser p;
  char separator = csv_separator_found(text, n);
  size_t skip = csv_separator_said(text, n, &separator);
  if (csv_init(&p, CSV_STRICT | CSV_STRICT_FINI) != 0)
    return diag_fail(problems, V0701, "%s: %s", path, strerror(ENOMEM));
  csv_set_delim(&p, (unsigned char)separator);
  bool parsed = csv_parse(&p, text + skip, n - skip, take_cell, take_row, r) == n - skip;
  bool whole = parsed && csv_fini(&p, take_cell, take_row, r) == 0;
  csv_free(&p);
  if (!parsed)
    return diag_fail(problems, V0707,
                     "%s, row %zu: a quote stands inside of a text: it is written twice, and the "
                     "text in quotes",
                     path, r->rows.n + 1);
  return whole || diag_fail(problems, V0707,
                            "%s ends inside of a quoted text, which begins in row %zu: it was cut "
                            "off, or a quote is missing",
                            path, r->rows.n + 1);
}

bool csv_file_read(const char *path, struct arena *a, struct csv_file *file,
                   struct diags *problems) {
  char *text;
  size_t n;
  struct reading r = {.a = a};
  if (!read_bytes(path, a, &text, &n, problems)) return false;
  if (n >= UTF8_MARK_BYTES && memcmp(text, UTF8_MARK, UTF8_MARK_BYTES) == 0) {
    text += UTF8_MARK_BYTES;
    n -= UTF8_MARK_BYTES;
  }
  if (!is_text(path, text, n, problems) || !read_cells(&r, path, text, n, problems)) return false;
  if (!r.rows.n) return diag_fail(problems, V0707, "%s is empty", path);
  *file = (struct csv_file){r.rows.v, r.rows.n};
  return true;
}
