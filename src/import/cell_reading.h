/* What one cell of an export says, under each way of reading it. Knows nothing of columns; nothing
 * is allocated, nothing fails. */
#ifndef VIGIE_CELL_READING_H
#define VIGIE_CELL_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "import/sheet.h"

/* Two ways that only a whole column can tell apart: is 03/04 the third of April, is 1,234 more than
 * a thousand? */
enum day_order { DAY_FIRST, MONTH_FIRST, DAY_ORDERS };
enum number_point { POINT_DECIMALS, COMMA_DECIMALS, NUMBER_POINTS };

struct moment_cell {
  day_t day;
  int64_t microseconds; /* since midnight */
  bool timed;           /* a time stands there */
  bool as_is;           /* ISO: it is kept as it is written, with its offset */
};

/* `hint` remembers the way that fitted last, so that a column is read fast; 0 at first. */
bool cell_day(const struct sheet_cell *c, enum day_order order, size_t *hint,
              struct moment_cell *out);

/* A number without a name in it: a day of Excel, seconds or milliseconds since 1970. */
bool cell_serial_day(const struct sheet_cell *c, struct moment_cell *out);

struct amount_cell {
  double value;
  bool percent;
  const char *currency; /* as it stands there: "€", "USD"; n_currency bytes; NULL: none */
  size_t n_currency;
};
bool cell_number(const struct sheet_cell *c, enum number_point point, struct amount_cell *out);

/* yes, no, oui, vrai, TRUE … and not 1 or 0, which are numbers. */
bool cell_flag(const struct sheet_cell *c, bool *out);

/* Nothing, and what people write for nothing: "-", "N/A", "null". */
bool cell_is_nothing(const struct sheet_cell *c);

/* Digits that are a name: 0042, or more of them than a number keeps. */
bool cell_is_code(const struct sheet_cell *c);
bool cell_is_address(const struct sheet_cell *c);
/* One id of letters and digits, such as S-0041. */
bool cell_is_mark(const struct sheet_cell *c);

#endif
