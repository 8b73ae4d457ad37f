/* Rows of a file as another program exported it, one after the other: CSV, a workbook (XLSX), or a
 * JSON object a line. What the file is, how it is encoded and what stands between its cells is
 * found by looking at its bytes, never by its name. */
#ifndef VIGIE_SHEET_H
#define VIGIE_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"

struct arena;

/* A cell: UTF-8, without the blanks around it, NUL behind its last byte. Lives while its row is
 * looked at. */
struct sheet_cell {
  const char *text;
  size_t n; /* bytes; 0: empty */
  /* The file itself says what it is (a workbook, JSON): a number is written as C does (1234.5) or
   * as 45%, a day as 2026-03-01, a time as 2026-03-01T09:30:00, a flag as true or false. False: a
   * text, which may mean any of these. */
  bool exact;
};

struct sheet_row {
  const struct sheet_cell *cells;
  size_t n;
  /* as a person finds it: the line of a text file on which it begins, the row of a workbook; from
   * 1. For JSON, the row of headers is 0. */
  long number;
  /* Nothing stands in it. Blank rows are handed over, for they end tables; many in a row of a
   * workbook may come as one. */
  bool blank;
};

/* What was found by looking; texts are static or live in the arena. Set before the first row is
 * handed over, but for encoding and recoded, which are known at the end. */
struct sheet_facts {
  const char *kind;     /* "CSV", "workbook", "JSON" */
  const char *encoding; /* "UTF-8", "UTF-16", "Windows-1252"; NULL: nothing to say */
  /* Rows with a cell in Windows-1252 in a file that is UTF-8 otherwise, as where two exports were
   * joined: it was read as such. The first stands on line recoded_first. */
  size_t recoded;
  long recoded_first;
  char separator;    /* of a CSV file; 0 */
  bool unfinished;   /* its last row has no line end; known at the end */
  const char *sheet; /* the name of the workbook's sheet that is read; NULL */
  size_t others;     /* so many other sheets have rows, where nobody chose one */
};

/* What a person may say. {0}: look for yourself. */
struct sheet_choice {
  /* of a workbook: its name, in whatever letters; NULL: the first that has rows, hidden last */
  const char *sheet;
};

/* false: enough, no more rows are wanted. That is no failure. */
typedef bool sheet_row_fn(void *ctx, const struct sheet_row *row);

/* Hands over all rows in their order, the header too: of JSON lines, the first row is made of all
 * keys that occur (objects inside of objects with a dot between, lists joined by ";"). Memory does
 * not follow the size of the file, but for the texts that a workbook shares. facts may be NULL.
 *
 * False: one error for each thing that cannot be read, with the line or row and what to do; what
 * came before it was handed over, so that the caller has to be able to take it back. */
bool sheet_read(const char *path, const struct sheet_choice *choice, struct arena *a,
                struct sheet_facts *facts, sheet_row_fn *take, void *ctx, struct diags *problems);

#endif
