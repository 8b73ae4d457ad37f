/* Units and typed values: what every stage after the parser speaks of.
 *
 * The table is unit.def. A struct type is a unit with its currency and the way it is printed; a
 * struct value is one value of such a type, or unknown. Values borrow their text: whoever makes
 * one says how long it lives. */
#ifndef VIGIE_UNIT_H
#define VIGIE_UNIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"

enum unit_class { CLASS_NUM, CLASS_DAY, CLASS_TXT, CLASS_BOOL };

enum unit {
#define UNIT(id, name, cls, doc) U_##id,
#include "base/unit.def"
#undef UNIT
  UNIT_COUNT
};

/* The currency of money that is in the currency of its group, whichever that is: in ten-thousandths
 * of one, so that minor units of all of them are whole. Where a value leaves its group it has the
 * group's code. Compared as a pointer among the terms of a rule set. */
extern const char CURRENCY_OWN[];

/* What an amount of money is the amount of: of nothing that was said, of a month (MRR) or of a year
 * (ARR). The two never meet without a conversion; unsaid goes with both. */
enum money_per { PER_UNSAID, PER_MONTH, PER_YEAR };

struct type {
  enum unit unit;
  const char *currency; /* MONEY: interned code, "EUR", or CURRENCY_OWN; NULL elsewhere */
  enum money_per per;   /* MONEY */
  bool percent;         /* SHARE: printed as a percent */
  /* DURATION: what it is a number of: DUR_DAY, DUR_MONTH or DUR_BDAY (dur_unit_base) */
  enum dur_unit counted_in;
};

const char *unit_name(enum unit u);
const char *unit_doc(enum unit u);
enum unit_class unit_class(enum unit u);
/* "month", "year"; "" where it is not said. */
const char *per_word(enum money_per per);
bool unit_from_name(const char *name, enum unit *out);

/* The unit, or for what a DURATION is counted in that: "money", "duration" (days), "months". What
 * type_from_name reads back, into *out, whose other members stay. */
const char *type_name(const struct type *t);
bool type_from_name(const char *name, struct type *out);

struct value {
  struct type type;
  bool known;
  /* NUM and BOOL (0 or 1), DAY (days since 1970-01-01); money in minor units */
  double num;
  const char *text; /* TXT */
  /* a partial aggregate: computed from `rows` of `of_rows` rows; 0 and 0 otherwise */
  long rows, of_rows;
  const char *of_what; /* what there are so many of, "months"; NULL: rows */
  /* unknown because fewer rows were put together than a KPI needs: how many of how many; 0 and 0
   * otherwise */
  long has, needs;
  /* digits after the point that tell it from what it was compared with (values_compared); 0: those
   * of value_text will do */
  int decimals;
};

/* ISO 4217, codes in capitals. Minor units in one major unit of a currency: 100 for EUR, 1 for
 * JPY, 1000 for KWD; 100 for NULL and codes that are not known. */
double currency_minor(const char *code);
bool currency_known(const char *code);
/* The code of three letters, in whatever case, that a text of n bytes is; a constant of the
 * program. NULL: it is none. */
const char *currency_from_code(const char *text, size_t n);

/* The code that a symbol of n bytes stands for: "€" EUR, "$" USD, "£" GBP, "¥" JPY. NULL for any
 * other text. The code is a constant of the program, equal to the interned one as text, not as a
 * pointer. */
const char *currency_from_symbol(const char *utf8, size_t n);

/* Money in CURRENCY_OWN becomes money of the currency `code`; other values stay. NULL: the currency
 * is unknown, and so is every amount but 0. */
void money_take_currency(struct value *v, const char *code);

/* What a person reads, digits grouped with a comma; a half rounds away from zero.
 *
 * - Money: "120,000 EUR", "1,234.50 EUR". Minor units only when there are any; rounded here and
 *   nowhere else.
 * - A share: "105.3%", or "0.63" when it is not printed as a percent.
 * - The others: "1,200", "2.67", "0.0034", "12 days", "2026-03-01", "yes".
 * - Unknown values, numbers that are not finite and days outside 0001..9999: "unknown".
 *
 * A partial aggregate says so: "12 (4 of 5 rows)". n is the size of buf; 80 is enough for all but
 * texts, which are cut between characters. Returns buf. */
char *value_text(const struct value *v, char *buf, size_t n);

/* The smallest difference that values of the type show as people read them: a cent, a tenth of a
 * percent, a whole score; in the unit of value.num. */
double type_least_step(const struct type *t);

/* How many rows, items, records, as a person reads it: "1,204". In the arena. */
struct arena;
const char *grouped_count(long n, struct arena *a);

/* Two values were compared: from now on their texts show which is the larger, however close they
 * are: 104.96% beside 105%, not 105%. Unknown and equal ones, and what is no number, stay as they
 * are. */
void values_compared(struct value *a, struct value *b);

/* The text of that value and of no other of its type: as value_text, with all digits that it takes
 * where value_text would round ("10.04%", "0.1234567"), and without the rows of a partial
 * aggregate. 96 is enough for all but texts. Returns buf. */
char *value_exact_text(const struct value *v, char *buf, size_t n);

#endif
