/* Units, currencies and the text of values. In: nothing. Out: cmocka's verdict. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/date.h"
#include "base/unit.h"

static char shown[80];

static const char *show(enum unit unit, double num) {
  struct value v = {.type = {.unit = unit}, .known = true, .num = num};
  return value_text(&v, shown, sizeof shown);
}

static const char *money(const char *currency, double minor_units) {
  struct value v = {
      .type = {.unit = U_MONEY, .currency = currency}, .known = true, .num = minor_units};
  return value_text(&v, shown, sizeof shown);
}

static const char *percent(double share) {
  struct value v = {.type = {.unit = U_SHARE, .percent = true}, .known = true, .num = share};
  return value_text(&v, shown, sizeof shown);
}

static void units_are_found_by_name(void **state) {
  (void)state;
  for (int u = 0; u < UNIT_COUNT; u++) {
    enum unit found;
    assert_true(unit_from_name(unit_name((enum unit)u), &found));
    assert_int_equal(found, u);
    assert_true(strlen(unit_doc((enum unit)u)) > 0);
  }
  enum unit untouched = U_FLAG;
  assert_false(unit_from_name("moneys", &untouched));
  assert_int_equal(untouched, U_FLAG);
  assert_int_equal(unit_class(U_MONEY), CLASS_NUM);
  assert_int_equal(unit_class(U_DATE), CLASS_DAY);
  assert_int_equal(unit_class(U_PERSON), CLASS_TXT);
  assert_int_equal(unit_class(U_FLAG), CLASS_BOOL);
}

static void currencies_are_in_order_and_all_found(void **state) {
  (void)state;
  static const char *const codes[] = {
#define CURRENCY(code, digits, symbol) code,
#include "base/currency.def"
#undef CURRENCY
  };
  for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
    if (i > 0 && strcmp(codes[i - 1], codes[i]) >= 0)
      fail_msg("%s stands after %s", codes[i], codes[i - 1]);
    assert_true(currency_known(codes[i]));
  }
  assert_true(currency_minor("EUR") == 100);
  assert_true(currency_minor("JPY") == 1);
  assert_true(currency_minor("KWD") == 1000);
  assert_true(currency_minor("CLF") == 10000);
  assert_true(currency_minor("???") == 100);
  assert_true(currency_minor(NULL) == 100);
  assert_false(currency_known("eur"));
  assert_false(currency_known("EURO"));
  assert_false(currency_known(""));
  assert_false(currency_known("XXX"));
  assert_false(currency_known(NULL));
}

static void symbols_stand_for_codes(void **state) {
  (void)state;
  assert_string_equal(currency_from_symbol("€", 3), "EUR");
  assert_string_equal(currency_from_symbol("$", 1), "USD");
  assert_string_equal(currency_from_symbol("£", 2), "GBP");
  assert_string_equal(currency_from_symbol("¥", 2), "JPY");
  assert_string_equal(currency_from_symbol("$12", 1), "USD");
  assert_null(currency_from_symbol("€", 2));
  assert_null(currency_from_symbol("$$", 2));
  assert_null(currency_from_symbol("k", 1));
  assert_null(currency_from_symbol("", 0));
}

static void money_is_rounded_only_when_printed(void **state) {
  (void)state;
  assert_string_equal(money("EUR", 12000000), "120,000 EUR");
  assert_string_equal(money("EUR", 123450), "1,234.50 EUR");
  assert_string_equal(money("EUR", -123405), "-1,234.05 EUR");
  assert_string_equal(money("EUR", 5), "0.05 EUR");
  assert_string_equal(money("EUR", 12345.5), "123.46 EUR");
  assert_string_equal(money("EUR", -12345.5), "-123.46 EUR");
  assert_string_equal(money("EUR", 12344.5), "123.45 EUR"); /* away from zero, not to even */
  assert_string_equal(money("EUR", 99.5), "1 EUR");
  assert_string_equal(money("EUR", -0.4), "-0.004 EUR"); /* what is there is not shown as nothing */
  assert_string_equal(money("EUR", -0.0), "0 EUR");
  assert_string_equal(money("JPY", 1234567), "1,234,567 JPY");
  assert_string_equal(money("KWD", 1234567), "1,234.567 KWD");
  assert_string_equal(money("EUR", 9007199254740991.0), "90,071,992,547,409.91 EUR");
  assert_string_equal(money("EUR", 1e30), "1e+28 EUR");
  assert_string_equal(money(NULL, 100), "1");
}

static void shares(void **state) {
  (void)state;
  assert_string_equal(percent(1.053), "105.3%");
  assert_string_equal(percent(0.6), "60%");
  assert_string_equal(percent(1.05349), "105.3%");
  assert_string_equal(percent(0.9999), "100%");
  assert_string_equal(percent(0.0004), "0.04%");
  assert_string_equal(percent(-0.125), "-12.5%");
  assert_string_equal(percent(-0.0), "0%");
  assert_string_equal(percent(12.5), "1,250%");
  assert_string_equal(show(U_SHARE, 0.63), "0.63");
  assert_string_equal(show(U_SHARE, 1.0 / 3), "0.3333");
  assert_string_equal(show(U_SHARE, 1.053), "1.053");
  assert_string_equal(show(U_SHARE, 0.0012345), "0.001235");
  assert_string_equal(show(U_SHARE, 1), "1");
}

static void numbers(void **state) {
  (void)state;
  assert_string_equal(show(U_COUNT, 1234567), "1,234,567");
  assert_string_equal(show(U_COUNT, 999), "999");
  assert_string_equal(show(U_COUNT, -1000), "-1,000");
  assert_string_equal(show(U_SCORE, 72), "72");
  assert_string_equal(show(U_SCORE, 72.456), "72.46");
  assert_string_equal(show(U_SCORE, 72.5), "72.5");
  assert_string_equal(show(U_NUMBER, 0.0034), "0.0034");
  assert_string_equal(show(U_NUMBER, -0.00349), "-0.0035");
  assert_string_equal(show(U_NUMBER, 0.125), "0.13");
  assert_string_equal(show(U_NUMBER, 0.999), "1");
  assert_string_equal(show(U_NUMBER, -0.0), "0");
  assert_string_equal(show(U_NUMBER, 1e-17), "1e-17");
  assert_string_equal(show(U_NUMBER, 1e300), "1e+300");
  assert_string_equal(show(U_NUMBER, INFINITY), "unknown");
  assert_string_equal(show(U_NUMBER, NAN), "unknown");
}

static void days_flags_and_durations(void **state) {
  (void)state;
  assert_string_equal(show(U_DURATION, 12), "12 days");
  assert_string_equal(show(U_DURATION, 1), "1 day");
  assert_string_equal(show(U_DURATION, -1), "-1 day");
  assert_string_equal(show(U_DURATION, 0), "0 days");
  assert_string_equal(show(U_DURATION, 1.5), "1.5 days");
  assert_string_equal(show(U_DURATION, 1200), "1,200 days");
  assert_string_equal(show(U_DATE, day_from_civil(2026, 3, 1)), "2026-03-01");
  assert_string_equal(show(U_DATE, 0.5), "1970-01-01");
  assert_string_equal(show(U_DATE, -0.5), "1969-12-31");
  assert_string_equal(show(U_DATE, DAY_NONE), "unknown");
  assert_string_equal(show(U_FLAG, 1), "yes");
  assert_string_equal(show(U_FLAG, 0), "no");
}

static void texts_are_cut_between_characters(void **state) {
  (void)state;
  struct value v = {.type = {.unit = U_TEXT}, .known = true, .text = "Société"};
  char buf[8];
  assert_string_equal(value_text(&v, shown, sizeof shown), "Société");
  assert_string_equal(value_text(&v, buf, 5), "Soci");
  assert_string_equal(value_text(&v, buf, 6), "Soci");
  assert_string_equal(value_text(&v, buf, 7), "Socié");
  assert_string_equal(value_text(&v, buf, 1), "");
  buf[0] = 'x';
  value_text(&v, buf, 0);
  assert_int_equal(buf[0], 'x');
  v.text = NULL;
  assert_string_equal(value_text(&v, shown, sizeof shown), "unknown");
}

static void unknown_and_partial_values_say_so(void **state) {
  (void)state;
  struct value v = {.type = {.unit = U_MONEY, .currency = "EUR"}};
  assert_string_equal(value_text(&v, shown, sizeof shown), "unknown");
  v.known = true;
  v.num = 123450;
  v.rows = 4;
  v.of_rows = 5;
  assert_string_equal(value_text(&v, shown, sizeof shown), "1,234.50 EUR (4 of 5 rows)");
  v.num = -9007199254740991.0;
  v.rows = 1999999999;
  v.of_rows = 2000000000;
  assert_string_equal(value_text(&v, shown, sizeof shown),
                      "-90,071,992,547,409.91 EUR (1,999,999,999 of 2,000,000,000 rows)");
}

static const char *exact(enum unit u, const char *currency, bool percent, double num) {
  static char text[96];
  struct value v = {
      .type = {.unit = u, .currency = currency, .percent = percent}, .known = true, .num = num};
  return value_exact_text(&v, text, sizeof text);
}

static void exact_texts_are_of_one_value(void **state) {
  (void)state;
  assert_string_equal(exact(U_SHARE, NULL, true, 0.1004), "10.04%");
  assert_string_equal(exact(U_SHARE, NULL, true, 0.1), "10%");
  assert_string_equal(exact(U_SHARE, NULL, true, -0.0725), "-7.25%");
  assert_string_equal(exact(U_NUMBER, NULL, false, 0.1234567), "0.1234567");
  assert_string_equal(exact(U_NUMBER, NULL, false, 1234567.125), "1,234,567.125");
  assert_string_equal(exact(U_NUMBER, NULL, false, 1e300), "1e300");
  assert_string_equal(exact(U_NUMBER, NULL, false, 1e-300), "1e-300");
  assert_string_equal(exact(U_MONEY, "EUR", false, 123450), "1,234.50 EUR");
  assert_string_equal(exact(U_MONEY, "EUR", false, 12345.5), "123.455 EUR");
  assert_string_equal(exact(U_DURATION, NULL, false, 1.333333), "1.333333 days");
  assert_string_equal(exact(U_DATE, NULL, false, 20000), "2024-10-04");
  /* neighbours never share a text */
  srand(1);
  for (int i = 0; i < 20000; i++) {
    char text[96];
    double x = (rand() - RAND_MAX / 2) * pow(10, rand() % 24 - 18);
    strcpy(text, exact(U_SHARE, NULL, true, x));
    assert_string_not_equal(text, exact(U_SHARE, NULL, true, nextafter(x, INFINITY)));
    strcpy(text, exact(U_MONEY, "KWD", false, x));
    assert_string_not_equal(text, exact(U_MONEY, "KWD", false, nextafter(x, INFINITY)));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(units_are_found_by_name),
      cmocka_unit_test(currencies_are_in_order_and_all_found),
      cmocka_unit_test(symbols_stand_for_codes),
      cmocka_unit_test(money_is_rounded_only_when_printed),
      cmocka_unit_test(shares),
      cmocka_unit_test(numbers),
      cmocka_unit_test(exact_texts_are_of_one_value),
      cmocka_unit_test(days_flags_and_durations),
      cmocka_unit_test(texts_are_cut_between_characters),
      cmocka_unit_test(unknown_and_partial_values_say_so),
  };
  return cmocka_run_group_tests_name("units", tests, NULL, NULL);
}
