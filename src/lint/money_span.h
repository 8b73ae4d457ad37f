/* Is an amount of money that of a month or of a year? Says the name, the declared type, or a
 * formula that multiplies or divides by 12. */
#ifndef VIGIE_LINT_MONEY_SPAN_H
#define VIGIE_LINT_MONEY_SPAN_H

#include "sema/ruleset.h"

enum money_span { SPAN_UNSAID, SPAN_MONTH, SPAN_YEAR };

enum money_span money_span_of(const struct term *t);
/* By the words of the name alone. */
enum money_span span_said_by(const char *name);
/* Is the term the number n, written down? */
bool is_written_number(const struct term *t, double n);

#endif
