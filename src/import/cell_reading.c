/* In: a cell. Out: the day, the number, the flag that it is, or that it is none. */
#include "import/cell_reading.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/check.h"
#include "base/date_format.h"
#include "base/number_format.h"
#include "base/unit.h"
#include "import/id_cell.h"

/* ---- days ----------------------------------------------------------------------------- */

enum written_order { WRITTEN_DAY_FIRST, WRITTEN_MONTH_FIRST, WRITTEN_EITHER };
static const struct {
  enum written_order order;
  const char *format;
} ways[] = {
#define WRITTEN(order, format) {WRITTEN_##order, format},
#include "base/day_written.def"
#undef WRITTEN
};
enum { WAYS = sizeof ways / sizeof *ways, SHORTEST_DAY = 6, LONGEST_DAY = 40 };

/* " UTC" behind a time says no more than its column does. */
static size_t without_zone(const char *s, size_t n) {
  static const char *const zones[] = {" UTC", " GMT"};
  for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
    if (n > 4 && strncasecmp(s + n - 4, zones[i], 4) == 0) return n - 4;
  return n;
}

/* Cheap, and true of every day that is written: two digits, and something between. */
static bool may_be_day(const char *s, size_t n) {
  size_t digits = 0;
  if (n < SHORTEST_DAY || n > LONGEST_DAY) return false;
  for (size_t i = 0; i < n; i++) digits += isdigit((unsigned char)s[i]) != 0;
  return digits >= 3 && digits < n;
}

/* The formats, taken apart once. */
static const struct day_format *way_format(size_t way) {
  static struct day_format formats[WAYS];
  static bool ready;
  for (size_t i = 0; i < WAYS && !ready; i++) CHECK(day_format_read(ways[i].format, &formats[i]));
  ready = true;
  return &formats[way];
}

static bool read_way(size_t way, const char *s, size_t n, struct moment_cell *out) {
  const struct day_clocks no_clocks = {0};
  const struct day_format f = *way_format(way);
  day_t day;
  int64_t us;
  if (!day_from_text(&f, s, n, &no_clocks, &day, &us)) return false;
  *out = (struct moment_cell){.day = day, .microseconds = us, .timed = day_format_has_time(&f)};
  return true;
}

static bool read_iso(const char *s, size_t n, struct moment_cell *out) {
  day_t day;
  int64_t us;
  if (!moment_parse_cell(s, n, NULL, &day, &us)) return false;
  *out = (struct moment_cell){.day = day, .microseconds = us, .timed = n > 10, .as_is = true};
  return true;
}

bool cell_day(const struct sheet_cell *c, enum day_order order, size_t *hint,
              struct moment_cell *out) {
  size_t n = without_zone(c->text, c->n);
  enum written_order wanted = order == DAY_FIRST ? WRITTEN_DAY_FIRST : WRITTEN_MONTH_FIRST;
  if (!may_be_day(c->text, n)) return false;
  if (read_iso(c->text, n, out)) return true;
  if (c->exact) return false;
  for (size_t i = 0; i < WAYS; i++) {
    size_t way = (*hint + i) % WAYS;
    if (ways[way].order != wanted && ways[way].order != WRITTEN_EITHER) continue;
    if (!read_way(way, c->text, n, out)) continue;
    *hint = way;
    return true;
  }
  return false;
}

bool cell_serial_day(const struct sheet_cell *c, struct moment_cell *out) {
  static const struct {
    double least, most;
    enum day_format_kind kind;
  } serials[] = {
      {20000, 80000, DAY_EXCEL},     /* 1954 to 2119 */
      {5e8, 5e9, DAY_EPOCH_SECONDS}, /* 1985 to 2128 */
      {5e11, 5e12, DAY_EPOCH_MILLISECONDS},
  };
  const struct day_clocks no_clocks = {0};
  char *end;
  double v = strtod(c->text, &end);
  if (!c->n || end != c->text + c->n) return false;
  for (size_t i = 0; i < sizeof serials / sizeof *serials; i++) {
    const struct day_format f = {.kind = serials[i].kind};
    if (v < serials[i].least || v > serials[i].most) continue;
    *out = (struct moment_cell){.timed = floor(v) != v || serials[i].kind != DAY_EXCEL};
    return day_from_number(&f, v, &no_clocks, &out->day, &out->microseconds);
  }
  return false;
}

/* ---- numbers -------------------------------------------------------------------------- */

static const struct number_format formats[NUMBER_POINTS][3] = {
    [POINT_DECIMALS] = {{',', '.'}, {'\'', '.'}, {' ', '.'}},
    [COMMA_DECIMALS] = {{'.', ','}, {' ', ','}, {'\'', ','}},
};

static bool plain_number(const struct sheet_cell *c, struct amount_cell *out) {
  char *end;
  if (!strchr("+-.0123456789", c->text[0])) return false;
  double v = strtod(c->text, &end);
  bool percent = c->exact && *end == '%';
  if (end + percent != c->text + c->n || !isfinite(v)) return false;
  *out = (struct amount_cell){.value = v, .percent = percent};
  return true;
}

/* Cheap, and true of every number: a digit, and few letters, which are a currency. */
static bool may_be_number(const struct sheet_cell *c) {
  enum { LONGEST = 48, CURRENCY_LETTERS = 5 };
  size_t digits = 0, letters = 0;
  for (size_t i = 0; i < c->n && c->n <= LONGEST; i++) {
    digits += isdigit((unsigned char)c->text[i]) != 0;
    letters += isalpha((unsigned char)c->text[i]) != 0;
  }
  return digits && letters <= CURRENCY_LETTERS;
}

/* Letters beside the digits of an id are no currency: 005xx. */
static bool is_currency(const struct number_cell *n) {
  if (!n->currency || !isalpha((unsigned char)n->currency[0])) return true;
  return currency_from_code(n->currency, n->n_currency) != NULL ||
         currency_from_symbol(n->currency, n->n_currency) != NULL;
}

bool cell_number(const struct sheet_cell *c, enum number_point point, struct amount_cell *out) {
  struct number_cell read;
  if (!may_be_number(c) || cell_is_code(c)) return false;
  if (c->exact) return plain_number(c, out);
  if (point == POINT_DECIMALS && plain_number(c, out)) return true;
  for (size_t i = 0; i < sizeof formats[point] / sizeof *formats[point]; i++) {
    if (!number_from_format(&formats[point][i], c->text, c->n, &read) || read.nothing) continue;
    if (!is_currency(&read)) return false;
    *out = (struct amount_cell){read.value, read.percent, read.currency, read.n_currency};
    return true;
  }
  return false;
}

/* ---- the rest ------------------------------------------------------------------------- */

static bool is_word(const struct sheet_cell *c, const char *word) {
  return c->n == strlen(word) && strncasecmp(c->text, word, c->n) == 0;
}

bool cell_flag(const struct sheet_cell *c, bool *out) {
  enum { LONGEST = 7 }; /* checked */
  static const struct {
    const char *word;
    bool says;
  } words[] = {{"true", true}, {"false", false}, {"yes", true},   {"no", false},    {"oui", true},
               {"non", false}, {"vrai", true},   {"faux", false}, {"checked", true}};
  for (size_t i = 0; c->n <= LONGEST && i < sizeof words / sizeof *words; i++)
    if (is_word(c, words[i].word)) {
      *out = words[i].says;
      return true;
    }
  return false;
}

bool cell_is_nothing(const struct sheet_cell *c) {
  static const char *const words[] = {"-",    "--",     "\u2013", "\u2014",        "n/a",
                                      "#n/a", "null",   "none",   "(no value)",    "nan",
                                      "n.a.", "(vide)", "nc",     "[not provided]"};
  enum { LONGEST = 14 };
  if (!c->n) return true;
  for (size_t i = 0; c->n <= LONGEST && i < sizeof words / sizeof *words; i++)
    if (is_word(c, words[i])) return true;
  return false;
}

bool cell_is_code(const struct sheet_cell *c) {
  enum { KEPT_DIGITS = 15 };
  size_t digits = 0;
  while (digits < c->n && isdigit((unsigned char)c->text[digits])) digits++;
  return digits == c->n && ((digits > 1 && c->text[0] == '0') || digits > KEPT_DIGITS);
}

bool cell_is_address(const struct sheet_cell *c) {
  const char *at = c->n ? memchr(c->text, '@', c->n) : NULL;
  return at && at > c->text && memchr(at, '.', c->n - (size_t)(at - c->text)) &&
         !memchr(c->text, ' ', c->n) && !memchr(c->text, ';', c->n);
}

bool cell_is_mark(const struct sheet_cell *c) {
  bool letter = false, digit = false;
  for (size_t i = 0; i < c->n; i++) {
    letter |= isalpha((unsigned char)c->text[i]) != 0;
    digit |= isdigit((unsigned char)c->text[i]) != 0;
  }
  return letter && digit && cell_is_id(c) && !memchr(c->text, ' ', c->n);
}
