/* A cell of a CSV file that Vigie writes, as RFC 4180 has it. */
#ifndef VIGIE_CSV_TEXT_H
#define VIGIE_CSV_TEXT_H

#include <stdio.h>

/* NULL is empty. What a spreadsheet would take for a formula (=, +, -, @ in front) gets an
 * apostrophe before it. */
void csv_text(FILE *f, const char *text);

#endif
