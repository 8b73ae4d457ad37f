/* The table inside of an export: which row is its header, which rows are none (blank ones, titles
 * above, totals and footers below). Rows come as sheet.h hands them over, one after the other. */
#ifndef VIGIE_EXPORT_ROWS_H
#define VIGIE_EXPORT_ROWS_H

#include "import/sheet.h"

struct export_line {
  long number;
  const char *text; /* the cells that are filled, with ", " between */
};

struct export_walk {
  const char *path;
  struct sheet_choice choice;
  /* Called once, before any row. false: no rows are wanted. */
  bool (*header)(void *ctx, const struct sheet_row *row);
  /* Called for each row. false: no more are wanted. */
  bool (*row)(void *ctx, const struct sheet_row *row);
  void *ctx;

  /* out, in the arena */
  struct sheet_facts facts;
  size_t n_rows;
  struct export_line *left; /* below the header, and no rows */
  size_t n_left;
};

/* False: one error or more; some rows may have been handed over. */
bool export_walk(struct export_walk *w, struct arena *a, struct diags *problems);

#endif
