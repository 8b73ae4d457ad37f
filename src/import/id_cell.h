/* Ids in cells. One reading for keys and for what leads to them, so that the two meet: 9001.0 is
 * 9001, and 18 characters of Salesforce are its 15. Nothing is allocated, nothing fails. */
#ifndef VIGIE_IMPORT_ID_CELL_H
#define VIGIE_IMPORT_ID_CELL_H

#include <stdbool.h>
#include <stddef.h>

#include "import/sheet.h"

struct id_text { /* a part of the text that was read */
  const char *text;
  size_t n;
};

/* The id that the text is, without what a program added to it. */
struct id_text id_read(const char *text, size_t n);
/* The next of several, separated by ; , | or lines; n 0: there is none. *at begins at 0. */
struct id_text id_next(const char *text, size_t n, size_t *at);

/* One id: letters and digits in a row. Several in one cell: 9002;9999, or 9002, 9999. */
bool cell_is_id(const struct sheet_cell *c);
bool cell_is_list(const struct sheet_cell *c);
/* An id that a table of numbers made a fraction of: 9001.0. */
bool cell_is_fraction_of_id(const struct sheet_cell *c);
/* An id that a table of numbers has rounded: 1.23457E+11. Nobody knows any more which it was. */
bool cell_is_rounded_id(const struct sheet_cell *c);

#endif
