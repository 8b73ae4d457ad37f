/* Items for a spreadsheet. */
#ifndef VIGIE_PRINT_CSV_H
#define VIGIE_PRINT_CSV_H

#include <stdio.h>

#include "action/item.h"

/* RFC 4180: a header, one line an item, CRLF, cells quoted where they must be. Money in major
 * units, its currency in a column of its own; an unknown value is an empty cell. A text that
 * begins with = + - @ (or a tab or line end) gets a ' in front, so that a spreadsheet shows it
 * and does not run it. */
void print_items_csv(FILE *f, const struct item *const *items, size_t n);

#endif
