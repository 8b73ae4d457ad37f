/* Units and the values people read. In: a unit, or a typed value. Out: its row of unit.def, or
 * its text. */
#include "base/unit.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/date.h"

static const struct {
  const char *name, *doc;
  enum unit_class class;
} units[] = {
#define UNIT(id, name, cls, doc) {name, doc, CLASS_##cls},
#include "base/unit.def"
#undef UNIT
};

const char *unit_name(enum unit u) { return units[u].name; }
const char *per_word(enum money_per per) {
  return per == PER_MONTH ? "month" : per == PER_YEAR ? "year" : "";
}
const char *unit_doc(enum unit u) { return units[u].doc; }
enum unit_class unit_class(enum unit u) { return units[u].class; }

bool unit_from_name(const char *name, enum unit *out) {
  for (int u = 0; u < UNIT_COUNT; u++) {
    if (strcmp(units[u].name, name) != 0) continue;
    *out = (enum unit)u;
    return true;
  }
  return false;
}

const char *type_name(const struct type *t) {
  bool days = t->unit != U_DURATION || t->counted_in == DUR_DAY;
  return days ? unit_name(t->unit) : dur_unit_name(t->counted_in);
}

bool type_from_name(const char *name, struct type *out) {
  out->counted_in = DUR_DAY;
  if (unit_from_name(name, &out->unit)) return true;
  out->unit = U_DURATION;
  return dur_unit_from_name(name, &out->counted_in) &&
         dur_unit_base(out->counted_in) == out->counted_in;
}

enum { NUMBER_TEXT = 64 }; /* the longest is 21 digits, 6 commas, a sign and a point */

/* 2^53: doubles hold every whole number up to here */
static const double exact_limit = 9007199254740992.0;

/* The whole number n as text, digits grouped: "-1,234,567". */
static char *grouped(double n, char *buf) {
  char plain[NUMBER_TEXT];
  int length = snprintf(plain, sizeof plain, "%.0f", fabs(n));
  char *p = buf;
  if (n < 0) *p++ = '-';
  for (int i = 0; i < length; i++) {
    if (i > 0 && (length - i) % 3 == 0) *p++ = ',';
    *p++ = plain[i];
  }
  *p = 0;
  return buf;
}

const char *grouped_count(long n, struct arena *a) {
  char buf[NUMBER_TEXT];
  return arena_strdup(a, grouped((double)n, buf));
}

/* The whole number `scaled` divided by 10^decimals. Zeros at the end go: all decimals when they
 * are all zero, and single ones when trim is set (money keeps "1,234.50"). */
static char *scaled_text(double scaled, int decimals, bool trim, char *buf) {
  double scale = pow(10, decimals);
  if (fabs(scaled) >= exact_limit) {
    snprintf(buf, NUMBER_TEXT, "%.6g", scaled / scale);
    return buf;
  }
  double rest = fmod(fabs(scaled), scale), whole = (fabs(scaled) - rest) / scale;
  char *p = buf;
  if (scaled < 0) *p++ = '-';
  grouped(whole, p);
  if (rest == 0) return buf;
  p += strlen(p);
  p += snprintf(p, 24, ".%0*.0f", decimals, rest);
  while (trim && p[-1] == '0') *--p = 0;
  return buf;
}

/* x with that many decimals at most; a small x gets more, so that some `digits` of it are seen:
 * 0.0034, not 0. */
static char *decimal_text(double x, int decimals, int digits, char *buf) {
  if (x != 0 && fabs(x) < 1) {
    int leading_zeros = -(int)floor(log10(fabs(x))) - 1;
    if (leading_zeros + digits > decimals) decimals = leading_zeros + digits;
  }
  if (decimals > 12) {
    snprintf(buf, NUMBER_TEXT, "%.2g", x); /* a trace left by arithmetic: "1e-17" */
    return buf;
  }
  return scaled_text(round(x * pow(10, decimals)), decimals, true, buf);
}

void money_take_currency(struct value *v, const char *code) {
  const char *have = v->type.unit == U_MONEY ? v->type.currency : NULL;
  if (!have || strcmp(have, CURRENCY_OWN) != 0) return;
  v->type.currency = code;
  v->num /= currency_minor(CURRENCY_OWN) / currency_minor(code);
  if (!code) v->known &= v->num == 0;
}

static int money_digits(const struct value *v) {
  return (int)lround(log10(currency_minor(v->type.currency)));
}

/* A price of 0.0015 is not printed as 0.00: so many digits more. What arithmetic leaves is. */
static int digits_of_a_trace(double minor) {
  double size = fabs(minor);
  return size >= 0.5 || size < 1e-6 ? 0 : 1 - (int)floor(log10(size));
}

static char *money_text(const struct value *v, char *buf) {
  int digits = money_digits(v), more = v->decimals > digits ? v->decimals - digits : 0;
  if (digits_of_a_trace(v->num) > more) more = digits_of_a_trace(v->num);
  scaled_text(round(v->num * pow(10, more)), digits + more, more > 0, buf);
  if (v->type.currency) {
    size_t length = strlen(buf);
    bool own = strcmp(v->type.currency, CURRENCY_OWN) == 0;
    snprintf(buf + length, NUMBER_TEXT - length, " %s",
             own ? "in each currency" : v->type.currency);
  }
  return buf;
}

static int at_least(int decimals, const struct value *v) {
  return v->decimals > decimals ? v->decimals : decimals;
}

static char *days_text(const struct value *v, char *buf) {
  decimal_text(v->num, at_least(2, v), 2, buf);
  bool one = strcmp(buf, "1") == 0 || strcmp(buf, "-1") == 0;
  const char *unit = dur_unit_name(v->type.counted_in);
  return strncat(strcat(buf, " "), unit, strlen(unit) - (one ? 1 : 0));
}

/* A number of any unit, in NUMBER_TEXT bytes. */
static const char *number_text(const struct value *v, char *buf) {
  if (!isfinite(v->num)) return "unknown";
  switch (v->type.unit) {
    case U_MONEY: return money_text(v, buf);
    case U_DURATION: return days_text(v, buf);
    case U_FLAG: return v->num != 0 ? "yes" : "no";
    case U_DATE:
      return v->num >= DAY_MIN && v->num <= DAY_MAX ? day_text((day_t)floor(v->num), buf)
                                                    : "unknown";
    case U_SHARE:
      if (!v->type.percent) return decimal_text(v->num, at_least(4, v), 4, buf);
      return strcat(decimal_text(v->num * 100, at_least(1, v), 2, buf), "%");
    default: return decimal_text(v->num, at_least(2, v), 2, buf);
  }
}

/* Copies as much of s as n bytes hold, NUL included, without cutting a UTF-8 character in two. */
static void copy_cut(char *buf, size_t n, const char *s) {
  size_t length = strlen(s);
  if (length >= n) {
    length = n - 1;
    while (length > 0 && ((unsigned char)s[length] & 0xC0) == 0x80) length--;
  }
  memcpy(buf, s, length);
  buf[length] = 0;
}

char *value_text(const struct value *v, char *buf, size_t n) {
  if (n == 0) return buf;
  char number[NUMBER_TEXT], some[NUMBER_TEXT], all[NUMBER_TEXT];
  const char *text = "unknown";
  if (v->known) text = unit_class(v->type.unit) == CLASS_TXT ? v->text : number_text(v, number);
  copy_cut(buf, n, text ? text : "unknown");
  if (!v->known && v->needs)
    snprintf(buf, n, "unknown, %s of the %s rows it needs", grouped((double)v->has, some),
             grouped((double)v->needs, all));
  if (v->of_rows > 0) {
    size_t length = strlen(buf);
    snprintf(buf + length, n - length, " (%s of %s %s)", grouped((double)v->rows, some),
             grouped((double)v->of_rows, all), v->of_what ? v->of_what : "rows");
  }
  return buf;
}

double type_least_step(const struct type *t) {
  switch (t->unit) {
    case U_SHARE: return t->percent ? 0.001 : 0.0001;
    case U_NUMBER: return 0.01;
    default: return 1; /* money is in minor units; counts, scores and days are whole */
  }
}

/* ---- beside what it is compared with --------------------------------------------------- */

enum { DECIMALS_MOST = 9 }; /* closer ones differ by what arithmetic leaves */

/* How many decimals of v, as it is printed, stand to b as v itself does; 0: as many as you like. */
static int decimals_against(const struct value *v, double b) {
  double scale = v->type.unit == U_MONEY                      ? pow(10, -money_digits(v))
                 : v->type.unit == U_SHARE && v->type.percent ? 100
                                                              : 1;
  double x = v->num * scale, y = b * scale;
  for (int d = 0; d <= DECIMALS_MOST && x != y; d++) {
    double rx = round(x * pow(10, d)), ry = round(y * pow(10, d));
    if (x < y ? rx < ry : rx > ry) return d;
  }
  return 0;
}

static void show_against(struct value *v, double b) {
  int decimals = decimals_against(v, b);
  if (decimals > v->decimals) v->decimals = decimals;
}

void values_compared(struct value *a, struct value *b) {
  double x = a->num, y = b->num;
  if (!a->known || !b->known || unit_class(a->type.unit) != CLASS_NUM ||
      unit_class(b->type.unit) != CLASS_NUM || !isfinite(x) || !isfinite(y))
    return;
  show_against(a, y);
  show_against(b, x);
}

/* ---- without rounding ----------------------------------------------------------------- */

enum { EXACT_DIGITS = 17, EXACT_PLACES = 24 };

/* x * 10^shift in the fewest digits from which x itself can be read back. The point is moved in
 * the text, for the product could be another number's too: "10.04" of 0.1004 and 2. */
static char *all_digits(double x, int shift, char *buf) {
  char raw[40], digits[EXACT_DIGITS + 1], *p = buf;
  for (int n = 14; n < EXACT_DIGITS; n++) {
    snprintf(raw, sizeof raw, "%.*e", n, fabs(x));
    if (strtod(raw, NULL) == fabs(x)) break;
  }
  int n = 0, e = atoi(strchr(raw, 'e') + 1) + shift;
  for (const char *d = raw; *d != 'e'; d++)
    if (*d != '.') digits[n++] = *d;
  while (n > 1 && digits[n - 1] == '0') n--;
  digits[n] = 0;
  if (x < 0) *p++ = '-';
  if (e < -EXACT_PLACES / 2 || e > EXACT_PLACES) {
    sprintf(p, "%c%s%se%d", *digits, n > 1 ? "." : "", digits + 1, e);
    return buf;
  }
  for (int i = e < 0 ? e : 0; i <= e || i < n; i++) {
    if (i == e + 1) *p++ = '.';
    *p++ = i >= 0 && i < n ? digits[i] : '0';
    if (i < e && (e - i) % 3 == 0) *p++ = ',';
  }
  *p = 0;
  return buf;
}

char *value_exact_text(const struct value *v, char *buf, size_t n) {
  struct value alone = *v;
  alone.rows = alone.of_rows = 0;
  value_text(&alone, buf, n);
  enum unit_class class = unit_class(v->type.unit);
  if (!v->known || !isfinite(v->num) || class == CLASS_TXT || class == CLASS_BOOL) return buf;
  if (class == CLASS_DAY) {
    bool whole = v->num == floor(v->num) && v->num >= DAY_MIN && v->num <= DAY_MAX;
    if (!whole) snprintf(buf, n, "day %.17g", v->num);
    return buf;
  }
  bool percent = v->type.unit == U_SHARE && v->type.percent, money = v->type.unit == U_MONEY;
  if (money && v->num == round(v->num) && fabs(v->num) < exact_limit) return buf;
  char digits[EXACT_DIGITS + 3 * EXACT_PLACES];
  int shift = money ? -(int)lround(log10(currency_minor(v->type.currency))) : percent ? 2 : 0;
  all_digits(v->num, shift, digits);
  size_t length = strlen(digits); /* the same, and what follows is its unit: nothing was rounded */
  if (strncmp(buf, digits, length) == 0 && !(buf[length] && strchr("0123456789.,e", buf[length])))
    return buf;
  const char *unit = percent                      ? "%"
                     : v->type.unit == U_DURATION ? dur_unit_name(v->type.counted_in)
                     : money && v->type.currency  ? v->type.currency
                                                  : "";
  bool apart = *unit && (money || v->type.unit == U_DURATION);
  snprintf(buf, n, "%s%s%s", digits, apart ? " " : "", unit);
  return buf;
}
