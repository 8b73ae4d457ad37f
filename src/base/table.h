/* Tables of text for a terminal: columns that line up, whatever the alphabet, and fit the width
 * they are given.
 *
 *   struct table_col cols[] = {{.header = "due"}, {.header = "at stake", .align = ALIGN_RIGHT},
 *                           {.header = "what to do", .fit = FIT_WRAP}};
 *   struct table *t = table_new(arena, cols, 3);
 *   table_row(t, (const char *const[]){"2026-03-08", "120,000 EUR", "QBR with Acme"});
 *   table_print(t, stdout, term_width(), color);
 *
 * A table lives in the arena it was made in, with copies of everything it was given. Nothing here
 * fails. Cells may hold anything: control characters, line ends, marks that turn the direction of
 * writing, and bytes that are no UTF-8 are shown as "?" and never reach the terminal; tabs as a
 * space. */
#ifndef VIGIE_TABLE_H
#define VIGIE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct arena;
struct table;

enum align { ALIGN_LEFT, ALIGN_RIGHT };

/* What a column may do when the table is wider than the terminal. */
enum fit {
  FIT_WHOLE,   /* nothing: keys, dates and amounts are never cut */
  FIT_SHORTEN, /* end in "…" */
  FIT_WRAP,    /* go on in the next line, broken at spaces where there are any; the spaces that the
                  text begins with stand before all its lines */
};

struct table_col {
  const char *header;
  enum align align;
  enum fit fit;
  int min_width; /* SHORTEN, WRAP: never narrower than this; 0: than its header, or 8 */
};

struct table *table_new(struct arena *a, const struct table_col *columns, size_t n);

/* One row: as many cells as there are columns; NULL is an empty cell. */
void table_row(struct table *t, const char *const *cells);

/* A line of its own, from column `from` on to the end of the line, and wrapped there; an empty text
 * makes an empty line. It makes no column wider. */
void table_line(struct table *t, size_t from, const char *text);

/* A column with nothing in it takes no room; an empty first one indents the others.
 *
 * Prints the header, unless none of the columns has one, and the rows; only the header when there
 * are no rows. width: of the terminal, in character cells; 0 for no limit. When the columns that
 * may give way have given all they can and the table is still too wide, the lines are longer than
 * width. color: the header is bold. No line ends in a space. */
void table_print(const struct table *t, FILE *out, int width, bool color);

/* A sentence: its first line is indented by `first` cells, those below by `rest`; no word is cut
 * where there is room for it. width: as above. a is for scratch work. */
void print_paragraph(FILE *out, int width, int first, int rest, const char *text, struct arena *a);

#endif
