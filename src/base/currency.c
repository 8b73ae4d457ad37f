/* Currencies. In: an ISO 4217 code or a symbol. Out: its minor units, its code. The table is
 * currency.def. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/unit.h"

struct currency {
  char code[4];
  signed char minor_digits;
  const char *symbol;
};

static const struct currency table[] = {
#define CURRENCY(code, digits, symbol) {code, digits, symbol},
#include "base/currency.def"
#undef CURRENCY
};

enum { CURRENCIES = sizeof table / sizeof *table };

static int compare_code(const void *code, const void *row) {
  return strcmp(code, ((const struct currency *)row)->code);
}

static const struct currency *find(const char *code) {
  return code ? bsearch(code, table, CURRENCIES, sizeof *table, compare_code) : NULL;
}

const char CURRENCY_OWN[] = "its own currency";

bool currency_known(const char *code) { return find(code) != NULL; }

double currency_minor(const char *code) {
  static const double minor[] = {1, 10, 100, 1000, 10000};
  const struct currency *c = find(code);
  if (!c && code && strcmp(code, CURRENCY_OWN) == 0) return minor[4];
  return minor[c ? c->minor_digits : 2];
}

const char *currency_from_code(const char *text, size_t n) {
  char code[4] = "";
  if (n != 3) return NULL;
  for (size_t i = 0; i < n; i++) code[i] = (char)toupper((unsigned char)text[i]);
  const struct currency *c = find(code);
  return c ? c->code : NULL;
}

const char *currency_from_symbol(const char *utf8, size_t n) {
  for (size_t i = 0; i < CURRENCIES && n > 0; i++)
    if (strlen(table[i].symbol) == n && memcmp(table[i].symbol, utf8, n) == 0) return table[i].code;
  return NULL;
}
