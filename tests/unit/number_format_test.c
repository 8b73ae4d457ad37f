/* Numbers by example: what each format reads, and what it refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/number_format.h"

static const char *read_as(const char *format, const char *cell) {
  static char buf[80];
  struct number_format f;
  struct number_cell c;
  if (!number_format_read(format, &f)) return "no format";
  if (!number_from_format(&f, cell, strlen(cell), &c)) return "refused";
  if (c.nothing) return "nothing";
  snprintf(buf, sizeof buf, "%.10g%s%s%.*s", c.value, c.percent ? "%" : "", c.currency ? " " : "",
           (int)c.n_currency, c.currency ? c.currency : "");
  return buf;
}

static void cells_are_read_as_the_example(void **state) {
  (void)state;
  static const char *const rows[][3] = {
      {"1,234.50", "1,234.50", "1234.5"},
      {"1,234.50", "1234.50", "1234.5"},
      {"1,234.50", "1,234,567", "1234567"},
      {"1,234.50", "1,23", "refused"},
      {"1,234.50", "12,34.5", "refused"},
      {"1,234.50", "1234,567.00", "refused"},
      {"1,234.50", "1.234,50", "refused"},
      {"1,234.50", "1.", "refused"},
      {"1,234.50", ",123", "refused"},
      {"1,234.50", "", "refused"},
      {"1,234.50", "USD", "refused"},
      {"1,234.50", "1e3", "refused"},
      {"1,234.50", "USD 2,000.00", "2000 USD"},
      {"1,234.50", "2,000.00USD", "2000 USD"},
      {"1,234.50", "$300", "300 $"},
      {"1,234.50", "-$300", "-300 $"},
      {"1,234.50", "$-300", "-300 $"},
      {"1,234.50", "($300)", "-300 $"},
      {"1,234.50", "$(300)", "-300 $"},
      {"1,234.50", "$300 EUR", "refused"},
      {"1,234.50", "-(300)", "refused"},
      {"1,234.50", "(300", "refused"},
      {"1,234.50", "-", "nothing"},
      {"1,234.50", "\xe2\x80\x94", "refused"},
      {"1,234.50", "\xe2\x80\x93", "nothing"},
      {"(50.00)", "(50.00)", "-50"},
      {"(50.00)", "1,234.50", "refused"},
      {"$1,234.50", "5", "5"},
      {"70%", "70%", "70%"},
      {"70%", "-70 %", "-70%"},
      {"70%", "12.5", "12.5"},
      {"1 234,50", "1 234,50", "1234.5"},
      {"1 234,50",
       "1\xc2\xa0"
       "234,50 \xe2\x82\xac",
       "1234.5 \xe2\x82\xac"},
      {"1 234,50",
       "1\xe2\x80\xaf"
       "234,50\xc2\xa0\xe2\x82\xac",
       "1234.5 \xe2\x82\xac"},
      {"1 234,50", "1234,5", "1234.5"},
      {"1 234,50", "1 234.50", "refused"},
      {"1.234,50", "1.234.567,8", "1234567.8"},
      {"1.234,50", "1.5", "refused"},
      {"1.234,50", "50,00-", "-50"},
      {"1'234.50",
       "1\xe2\x80\x99"
       "234.50",
       "1234.5"},
      {"1234,50", "0,5", "0.5"},
      {"1234,50", "1 234,50", "refused"},
      {"1,234,567", "1,234", "1234"},
      {"1,234", "1", "no format"},
      {"1.234", "1", "no format"},
      {"DD/MM/YYYY", "1", "no format"},
      {"", "1", "no format"},
      {"1,2,3", "1", "no format"},
      {"1.234.5,6,7", "1", "no format"},
      {"1234", "12", "12"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (strcmp(read_as(rows[i][0], rows[i][1]), rows[i][2]) != 0)
      fail_msg("\"%s\" as \"%s\" is %s", rows[i][1], rows[i][0], read_as(rows[i][0], rows[i][1]));
}

static void signs_stand_for_currencies(void **state) {
  (void)state;
  assert_true(currency_sign_is("$", 1, "USD") && currency_sign_is("$", 1, "CAD"));
  assert_true(currency_sign_is("USD", 3, "USD") && currency_sign_is("US$", 3, "USD"));
  assert_false(currency_sign_is("$", 1, "EUR"));
  assert_false(currency_sign_is("EUR", 3, "USD"));
  assert_false(currency_sign_is("x", 1, "EUR"));
  assert_false(currency_sign_is("$", 1, NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(cells_are_read_as_the_example),
      cmocka_unit_test(signs_stand_for_currencies),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
