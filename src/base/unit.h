/* Units and typed values: what every stage after the parser speaks of.
 *
 * The table is unit.def. A struct type is a unit with its currency and the way it is printed; a struct value is
 * one value of such a type, or unknown. Values borrow their text: whoever makes one says how long it lives. */
#ifndef VIGIE_UNIT_H
#define VIGIE_UNIT_H

#include <stdbool.h>
#include <stddef.h>

enum unit_class { CLASS_NUM, CLASS_DAY, CLASS_TXT, CLASS_BOOL };

enum unit {
#define UNIT(id, name, cls, doc) U_##id,
#include "base/unit.def"
#undef UNIT
  UNIT_COUNT
};

struct type {
  enum unit unit;
  const char *currency; /* MONEY: interned code, "EUR"; NULL elsewhere */
  bool percent;         /* SHARE: printed as a percent */
};

const char *unit_name(enum unit u);
const char *unit_doc(enum unit u);
enum unit_class unit_class(enum unit u);
bool unit_from_name(const char *name, enum unit *out);

struct value {
  struct type type;
  bool known;
  double num;       /* NUM and BOOL (0 or 1), DAY (days since 1970-01-01); money in minor units */
  const char *text; /* TXT */
  long rows, of_rows; /* a partial aggregate: computed from `rows` of `of_rows` rows; 0 and 0 otherwise */
};

/* Minor units in one major unit of a currency: 100 for EUR, 1 for JPY, 1000 for KWD. */
double currency_minor(const char *code);
bool currency_known(const char *code);

/* What a person reads: digits grouped with a comma, minor
 * units printed only when there are any: "120,000 EUR", "1,234.50 EUR", "105.3%", "12", "2026-03-01", "yes",
 * "unknown". n is the size of buf; 64 is enough for all but texts. Returns buf. */
char *value_text(const struct value *v, char *buf, size_t n);

#endif
