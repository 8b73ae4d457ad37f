/* Numbers as systems write them: what `format` says, by example, about the cells of a column.
 *
 * "1,234.50", "1 234,50", "1.234,50", "1'234.50" say which sign separates thousands and which the
 * decimals; "1234,50" that nothing separates thousands. A currency, a percent sign or parentheses
 * in the example say nothing more: a cell may have them in any case. */
#ifndef VIGIE_NUMBER_FORMAT_H
#define VIGIE_NUMBER_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

struct number_format {
  char group; /* ',' '.' '\'' or ' ', which is a blank of any kind; 0: none */
  char point; /* '.' or ',' */
};

/* False: no number, or one that may mean two (1,234 is more than a thousand or little more than
 * one); *out untouched. */
bool number_format_read(const char *example, struct number_format *out);

struct number_cell {
  double value;
  bool nothing;         /* a dash */
  bool percent;         /* it has a percent sign */
  const char *currency; /* as it stands there, n_currency bytes: USD, $; NULL: none */
  size_t n_currency;
};
/* A text cell, without blanks around it: digits as the format says, a minus before or after or
 * parentheses around, a currency and a percent sign. False for anything else. */
bool number_from_format(const struct number_format *f, const char *s, size_t n,
                        struct number_cell *out);
/* Does the code or sign stand for the currency? `$` does for every dollar, `¥` for yen and
 * yuan. */
bool currency_sign_is(const char *s, size_t n, const char *code);

#endif
