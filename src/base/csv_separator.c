/* In: how a CSV file begins. Out: what stands between its cells. */
#include "base/csv_separator.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/limits.h"

size_t csv_separator_said(const char *text, size_t n, char *separator) {
  enum { SAID = 5 };
  if (n <= SAID || strncasecmp(text, "sep=", 4) != 0 || strchr("\r\n", text[4])) return 0;
  if (!strchr("\r\n", text[SAID])) return 0;
  *separator = text[4];
  return SAID + (n > SAID + 1 && text[SAID] == '\r' && text[SAID + 1] == '\n' ? 2 : 1);
}

/* ---- one row with one separator --------------------------------------------------------- */

enum place { BEFORE_CELL, IN_CELL, IN_QUOTES, AFTER_QUOTE };

static enum place place_after(enum place at, char c, char separator) {
  bool blank = c == ' ' || c == '\t';
  if (at == IN_QUOTES) return c == '"' ? AFTER_QUOTE : IN_QUOTES;
  if (c == separator) return BEFORE_CELL;
  if (at == AFTER_QUOTE) return blank ? AFTER_QUOTE : IN_QUOTES;
  if (at == BEFORE_CELL) return c == '"' ? IN_QUOTES : blank ? BEFORE_CELL : IN_CELL;
  return IN_CELL;
}

/* Counts the cells of the row at *at, which moves behind it; 0: it is blank. False: the text ends
 * before the row does. */
static bool count_cells(const char *text, size_t n, size_t *at, char separator, size_t *cells) {
  enum place place = BEFORE_CELL;
  bool blank = true;
  for (*cells = 1; *at < n; ++*at) {
    char c = text[*at];
    if (place != IN_QUOTES && (c == '\n' || c == '\r')) break;
    *cells += place != IN_QUOTES && c == separator;
    place = place_after(place, c, separator);
    blank &= place == BEFORE_CELL && c != separator;
  }
  bool ended = *at < n;
  *at += ended;
  if (blank) *cells = 0;
  return ended;
}

/* ---- which fits best -------------------------------------------------------------------- */

enum { LOOK_ROWS = 100 };

struct division {
  size_t counts[LOOK_ROWS], rows; /* cells of the rows that are not blank */
  size_t lead;  /* rows before the first that is divided: the title of a report, a sentence */
  size_t usual; /* what most rows from there on have of cells */
  size_t same;  /* as many rows have it */
};

static void count_usual(struct division *d) {
  while (d->lead < d->rows && d->counts[d->lead] < 2) d->lead++;
  for (size_t i = d->lead; i < d->rows; i++) {
    size_t same = 0;
    for (size_t j = d->lead; j < d->rows; j++) same += d->counts[j] == d->counts[i];
    bool more = same > d->same || (same == d->same && d->counts[i] > d->usual);
    if (!more) continue;
    d->same = same;
    d->usual = d->counts[i];
  }
}

static struct division divide(const char *text, size_t n, char separator) {
  struct division d = {0};
  size_t cells;
  for (size_t at = 0; at < n && d.rows < LOOK_ROWS;) {
    bool ended = count_cells(text, n, &at, separator, &cells);
    bool cut = !ended && d.rows > 0 && n == CSV_LOOK_BYTES;
    if (cells && !cut) d.counts[d.rows++] = cells;
  }
  count_usual(&d);
  return d;
}

/* A text has commas here and there, a list in a cell as many as it likes, an amount one in each row
 * but the header: what divides earlier wins, then what divides more rows into more cells alike. */
static bool divides_better(const struct division *x, const struct division *than) {
  if (!than->usual) return true;
  if (x->lead != than->lead) return x->lead < than->lead;
  return x->same * (x->usual - 1) > than->same * (than->usual - 1);
}

char csv_separator_found(const char *text, size_t n) {
  /* of those that divide alike the first counts: the others stand in texts and lists more often */
  static const char kinds[] = "\t|;,";
  struct division best = {0};
  char found = ',';
  if (n > CSV_LOOK_BYTES) n = CSV_LOOK_BYTES;
  for (const char *kind = kinds; *kind; kind++) {
    struct division d = divide(text, n, *kind);
    if (d.usual < 2 || !divides_better(&d, &best)) continue;
    best = d;
    found = *kind;
  }
  return found;
}
