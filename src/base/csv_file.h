/* CSV files as other programs write them. */
#ifndef VIGIE_CSV_FILE_H
#define VIGIE_CSV_FILE_H

#include "base/arena.h"
#include "base/diag.h"

struct csv_row {
  const char **cells;
  size_t n;
  size_t number; /* from 1, the header among them; empty lines are none */
};

struct csv_file {
  struct csv_row *rows; /* the first is the header; there is one */
  size_t n;
};

/* Reads the file whole: UTF-8 with or without a mark in front; a comma, a semicolon, a tab or a bar
 * between cells (what divides its rows alike, or "sep=;" says); quotes, and line ends in them. All
 * lives in the arena. False: one error, which says how to save it. */
bool csv_file_read(const char *path, struct arena *a, struct csv_file *file,
                   struct diags *problems);

#endif
