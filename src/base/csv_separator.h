/* What stands between the cells of a CSV file. */
#ifndef VIGIE_CSV_SEPARATOR_H
#define VIGIE_CSV_SEPARATOR_H

#include <stddef.h>

/* The first line "sep=;", which Excel writes and reads: how many bytes it has, its end among them;
 * 0: there is none. */
size_t csv_separator_said(const char *text, size_t n, char *separator);

/* A comma, a semicolon, a tab or a bar: what divides the first rows into equally many cells, from
 * the top on. A comma where nothing does. `text` is how the file begins; looking ends after
 * CSV_LOOK_BYTES of it. */
char csv_separator_found(const char *text, size_t n);

#endif
