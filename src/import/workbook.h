/* What cells of a workbook point to: texts that they share, and styles. For src/import/xlsx.c and
 * its neighbours. */
#ifndef VIGIE_WORKBOOK_H
#define VIGIE_WORKBOOK_H

#include "base/vec.h"
#include "import/number_style.h"
#include "import/package.h"
#include "import/text_pieces.h"

/* All texts that cells share, one behind the other. */
struct shared_texts {
  struct text_pieces bytes;
  size_t *ends; /* where each ends */
  size_t n, cap;
};
/* False with one error. */
bool shared_texts_read(struct package *p, const char *part, struct shared_texts *texts);
void shared_texts_free(struct shared_texts *texts);

/* What the numbers of the workbook's styles are, by the number that a cell has. */
struct style_list {
  VEC(enum number_style) styles;
};
/* False with one error. */
bool styles_read(struct package *p, const char *part, struct style_list *styles);

/* A cell that goes over several rows: only the first row holds its text. */
struct merged {
  long first, last; /* rows */
  size_t column;    /* its leftmost one, from 0 */
};
struct merged_list {
  VEC(struct merged) cells; /* by their first rows */
};
/* False with one error. */
bool merged_read(struct package *p, const char *part, struct merged_list *list);

struct workbook {
  struct package package;
  const char *sheet; /* the part that is read */
  bool from_1904;    /* days count from 1904 */
  struct style_list styles;
  struct shared_texts texts;
  struct merged_list merged;
};

/* "B5", or the first of "B5:C7": the column, from 0; -1: no column of a sheet. *row gets 5; 0: none
 * stands there. A NULL has neither. */
long cell_reference(const char *text, long *row);
/* A row number of a workbook; 0: none. */
long row_number(const char *text);

/* Hands over the rows of w->sheet. False with one error. */
bool workbook_rows(struct workbook *w);
/* Does a cell of the sheet hold anything? False with one error. */
bool sheet_has_rows(struct package *p, const char *part, bool *has);

#endif
