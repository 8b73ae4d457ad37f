/* Numbers as systems write them. In: an example, and a cell. Out: a number, and the currency that
 * stands beside it. */
#include "base/number_format.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/unit.h"

enum { DIGITS_MAX = 64, GROUP_DIGITS = 3, CODE_LETTERS = 3 };

struct rest { /* what is left of a text */
  const char *s;
  size_t n;
};

/* How many bytes at s are a blank: also those that do not break a line. */
static size_t blank_length(const char *s, size_t n) {
  if (n >= 1 && (*s == ' ' || *s == '\t')) return 1;
  if (n >= 2 && memcmp(s, "\u00a0", 2) == 0) return 2;
  if (n >= 3 && (memcmp(s, "\u202f", 3) == 0 || memcmp(s, "\u2009", 3) == 0)) return 3;
  return 0;
}

/* How many bytes at s separate thousands. */
static size_t group_length(char group, const char *s, size_t n) {
  if (group == ' ') return blank_length(s, n);
  if (group == '\'' && n >= 3 && memcmp(s, "\u2019", 3) == 0) return 3;
  return group && n >= 1 && *s == group;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

/* ---- what stands around the digits ---------------------------------------------------- */

static void skip_blanks(struct rest *r) {
  for (size_t n; (n = blank_length(r->s, r->n)); r->s += n) r->n -= n;
  for (bool more = true; more && r->n;) {
    more = false;
    for (size_t k = 1; k <= 3 && k <= r->n && !more; k++)
      if (blank_length(r->s + r->n - k, k) == k) r->n -= k, more = true;
  }
}

static bool drop_before(struct rest *r, const char *what) {
  size_t n = strlen(what);
  if (r->n < n || memcmp(r->s, what, n) != 0) return false;
  r->s += n;
  r->n -= n;
  skip_blanks(r);
  return true;
}

static bool drop_behind(struct rest *r, const char *what) {
  size_t n = strlen(what);
  if (r->n < n || memcmp(r->s + r->n - n, what, n) != 0) return false;
  r->n -= n;
  skip_blanks(r);
  return true;
}

static const char *const minus[] = {"-", "\u2212", "\u2013"};
enum { MINUSES = sizeof minus / sizeof *minus };

static bool drop_minus(struct rest *r) {
  for (int i = 0; i < MINUSES; i++)
    if (drop_before(r, minus[i]) || drop_behind(r, minus[i])) return true;
  return false;
}

/* Letters, or a sign that is neither a digit nor one of numbers. */
static bool is_of_currency(char c) {
  return (unsigned char)c > ' ' && !strchr("+-.,'()%", c) && !is_digit(c);
}

static size_t currency_before(const struct rest *r) {
  size_t n = 0;
  while (n < r->n && is_of_currency(r->s[n]) && !blank_length(r->s + n, r->n - n) &&
         memcmp(r->s + n, minus[1], r->n - n < 3 ? r->n - n : 3) != 0)
    n++;
  return n;
}

static size_t currency_behind(const struct rest *r) {
  size_t n = 0;
  while (n < r->n && is_of_currency(r->s[r->n - n - 1]) &&
         !(n + 2 <= r->n && blank_length(r->s + r->n - n - 2, 2) == 2) &&
         !(n + 3 <= r->n && blank_length(r->s + r->n - n - 3, 3) == 3))
    n++;
  return n;
}

/* One currency, before or after. */
static bool drop_currency(struct rest *r, struct number_cell *out) {
  size_t before = currency_before(r), behind = before ? 0 : currency_behind(r);
  if (!before && !behind) return true;
  if (out->currency) return false;
  out->currency = before ? r->s : r->s + r->n - behind;
  out->n_currency = before + behind;
  if (before) r->s += before;
  r->n -= before + behind;
  skip_blanks(r);
  return true;
}

/* ---- digits --------------------------------------------------------------------------- */

/* Groups of three digits behind the first sign that separates them, in all of the number. */
static bool read_digits(const struct number_format *f, struct rest r, double *out) {
  char plain[DIGITS_MAX + 2];
  size_t n = 0, since = 0, groups = 0, decimals = 0;
  bool point = false;
  while (r.n) {
    size_t sign = point ? 0 : group_length(f->group, r.s, r.n);
    if (n == DIGITS_MAX) return false;
    if (sign) {
      if (groups ? since != GROUP_DIGITS : since < 1 || since > GROUP_DIGITS) return false;
      groups++, since = 0;
    } else if (is_digit(*r.s)) {
      plain[n++] = *r.s, since++, decimals += point, sign = 1;
    } else if (*r.s == f->point && !point) {
      if (groups && since != GROUP_DIGITS) return false;
      plain[n++] = '.', point = true, sign = 1;
    } else {
      return false;
    }
    r.s += sign;
    r.n -= sign;
  }
  if ((!point && groups && since != GROUP_DIGITS) || n == 0 || (point && !decimals)) return false;
  plain[n] = 0;
  *out = strtod(plain, NULL);
  return isfinite(*out);
}

bool number_from_format(const struct number_format *f, const char *s, size_t n,
                        struct number_cell *out) {
  struct rest r = {s, n};
  struct number_cell c = {0};
  skip_blanks(&r);
  struct rest dash = r;
  c.nothing = drop_minus(&dash) && !dash.n;
  if (c.nothing) {
    *out = c;
    return true;
  }
  bool negative = drop_minus(&r);
  if (!drop_currency(&r, &c)) return false;
  bool round = drop_before(&r, "(");
  if (round && (!drop_behind(&r, ")") || negative)) return false;
  if (!negative && !round) negative = drop_minus(&r); /* $-5 */
  if (!drop_currency(&r, &c)) return false;           /* ($5) */
  c.percent = drop_behind(&r, "%") || drop_before(&r, "%");
  if (c.percent && !negative && !round) negative = drop_minus(&r);
  if (!negative && !round) drop_before(&r, "+");
  if (!read_digits(f, r, &c.value)) return false;
  if (negative || round) c.value = -c.value;
  *out = c;
  return true;
}

/* ---- the example ---------------------------------------------------------------------- */

/* The signs between the digits, each kind once, in their order; how many kinds, 3: too many. */
static int signs_of(struct rest r, char kinds[2], size_t times[2], size_t *after_last) {
  static const char known[] = ",.' ";
  int n = 0;
  while (r.n) {
    size_t length = 0;
    char kind = 0;
    for (const char *k = known; *k && !length; k++)
      if ((length = group_length(*k, r.s, r.n))) kind = *k;
    if (!length && !is_digit(*r.s)) return 3;
    if (length) {
      if (!n || kinds[n - 1] != kind) {
        if (n == 2) return 3;
        kinds[n] = kind, times[n++] = 0;
      }
      times[n - 1]++;
      *after_last = 0;
    } else {
      ++*after_last, length = 1;
    }
    r.s += length;
    r.n -= length;
  }
  return n;
}

static bool format_of_signs(int n, const char kinds[2], const size_t times[2], size_t after,
                            struct number_format *out) {
  struct number_format f = {.point = '.'};
  if (n == 2) { /* 1,234.50 */
    f = (struct number_format){kinds[0], kinds[1]};
    if (times[1] > 1 || !strchr(".,", f.point)) return false;
  } else if (n == 1 && (times[0] > 1 || !strchr(".,", kinds[0]))) { /* 1 234, 1.234.567 */
    f = (struct number_format){kinds[0], kinds[0] == '.' || kinds[0] == ' ' ? ',' : '.'};
  } else if (n == 1) { /* 1234,50 */
    f.point = kinds[0];
    if (after == GROUP_DIGITS) return false;
  }
  *out = f;
  return n < 3;
}

bool number_format_read(const char *example, struct number_format *out) {
  struct rest r = {example, strlen(example)};
  struct number_cell c = {0};
  struct number_format f;
  double value;
  skip_blanks(&r);
  drop_minus(&r);
  if (!drop_currency(&r, &c)) return false;
  if (drop_before(&r, "(") && !drop_behind(&r, ")")) return false;
  if (!drop_currency(&r, &c)) return false;
  (void)(drop_behind(&r, "%") || drop_before(&r, "%"));
  char kinds[2];
  size_t times[2], after = 0;
  int n = signs_of(r, kinds, times, &after);
  if (n == 3 || !format_of_signs(n, kinds, times, after, &f) || !read_digits(&f, r, &value))
    return false;
  *out = f;
  return true;
}

/* ---- currencies ----------------------------------------------------------------------- */

bool currency_sign_is(const char *s, size_t n, const char *code) {
  static const char *const signs[][2] = {{"$", "USD CAD AUD NZD SGD HKD MXN CLP COP ARS TWD"},
                                         {"US$", "USD"},
                                         {"C$", "CAD"},
                                         {"CA$", "CAD"},
                                         {"A$", "AUD"},
                                         {"AU$", "AUD"},
                                         {"NZ$", "NZD"},
                                         {"S$", "SGD"},
                                         {"HK$", "HKD"},
                                         {"R$", "BRL"},
                                         {"\u20ac", "EUR"},
                                         {"\u00a3", "GBP"},
                                         {"\u00a5", "JPY CNY"},
                                         {"\u20b9", "INR"},
                                         {"kr", "SEK NOK DKK"},
                                         {"kr.", "DKK"},
                                         {"z\u0142", "PLN"},
                                         {"Fr.", "CHF"},
                                         {"K\u010d", "CZK"}};
  if (n == CODE_LETTERS && code && memcmp(s, code, CODE_LETTERS) == 0) return true;
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    if (strlen(signs[i][0]) == n && memcmp(signs[i][0], s, n) == 0 && code)
      return strstr(signs[i][1], code) != NULL;
  return false;
}
