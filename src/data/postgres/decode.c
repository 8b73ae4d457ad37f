/* In: the bytes of a field of COPY … (FORMAT BINARY). Out: a raw cell, as SQLite would store the
 * same value: whole numbers, reals, texts, days as ISO texts. */
#include "data/postgres/decode.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"

enum { DAYS_TO_2000 = 10957 }; /* from 1970: PostgreSQL counts from there */
#define MICROSECONDS_A_DAY_LONG INT64_C(86400000000)

static struct raw_cell whole(int64_t i) { return (struct raw_cell){.stored = STORED_INT, .i = i}; }

static struct raw_cell text_of(const char *s, uint32_t n) {
  return (struct raw_cell){.stored = STORED_TEXT, .s = s, .n = n};
}

/* ---- plain values --------------------------------------------------------------------- */

static struct raw_cell read_text(const char *s, uint32_t n, char *room, struct arena *a) {
  (void)room, (void)a;
  return text_of(s, n);
}

static struct raw_cell read_blob(const char *s, uint32_t n, char *room, struct arena *a) {
  (void)s, (void)n, (void)room, (void)a;
  return (struct raw_cell){.stored = STORED_BLOB};
}

static struct raw_cell read_bool(const char *s, uint32_t n, char *room, struct arena *a) {
  (void)n, (void)room, (void)a;
  return whole(*s != 0);
}

static struct raw_cell read_int2(const char *s, uint32_t n, char *room, struct arena *a) {
  (void)n, (void)room, (void)a;
  return whole((int16_t)wire_16(s));
}

static struct raw_cell read_int4(const char *s, uint32_t n, char *room, struct arena *a) {
  (void)n, (void)room, (void)a;
  return whole((int32_t)wire_32(s));
}

static struct raw_cell read_int8(const char *s, uint32_t n, char *room, struct arena *a) {
  (void)n, (void)room, (void)a;
  return whole((int64_t)wire_64(s));
}

static struct raw_cell read_float8(const char *s, uint32_t n, char *room, struct arena *a) {
  (void)n, (void)room, (void)a;
  uint64_t bits = wire_64(s);
  double r;
  memcpy(&r, &bits, sizeof r);
  return raw_real(r);
}

/* ---- numeric: digits of 10,000 --------------------------------------------------------- */

struct digits {
  int n, weight; /* the first digit counts 10,000 ^ weight */
  bool negative;
  const char *first;
};

enum { NUMERIC_NEGATIVE = 0x4000, NUMERIC_INF = 0xD000, NUMERIC_NINF = 0xF000 };
enum { EXACT_POWERS = 22 }; /* powers of ten that a double holds exactly */

static int digit_at(const struct digits *d, int i) {
  return i >= 0 && i < d->n ? wire_16(d->first + (size_t)i * 2) : 0;
}

/* All digits as one whole number below 2^53; false: it is larger. */
static bool mantissa_of(const struct digits *d, int64_t *out) {
  const int64_t limit = INT64_C(1) << 53;
  int64_t m = 0;
  for (int i = 0; i < d->n; i++) {
    if (m > limit / 10000) return false; /* its product could be past 2^63, and look small */
    m = m * 10000 + digit_at(d, i);
    if (m >= limit) return false;
  }
  *out = d->negative ? -m : m;
  return true;
}

/* A number of at most 15 digits or so, which a double stands for; false: it has more. */
static bool short_number(const struct digits *d, struct raw_cell *out) {
  int64_t m;
  int decimals = 4 * (d->n - 1 - d->weight); /* negative: zeros behind the digits */
  if (!mantissa_of(d, &m) || decimals > EXACT_POWERS) return false;
  if (decimals > 0) {
    *out = raw_real((double)m / pow(10, decimals));
    return true;
  }
  for (; decimals < 0; decimals += 4)
    if (__builtin_mul_overflow(m, 10000, &m)) return false;
  *out = whole(m);
  return true;
}

/* Its decimals, without zeros at the end. */
static struct raw_cell long_number(const struct digits *d, struct arena *a) {
  int last = d->n - 1 > d->weight ? d->n - 1 : d->weight;
  char *text = arena_alloc(a, (size_t)(last + (d->weight < 0 ? -d->weight : 0)) * 4 + 16),
       *at = text;
  if (d->negative) *at++ = '-';
  if (d->weight < 0) *at++ = '0';
  for (int i = 0; i <= d->weight; i++) at += sprintf(at, i ? "%04d" : "%d", digit_at(d, i));
  if (last > d->weight) *at++ = '.';
  for (int i = d->weight + 1; i <= last; i++) at += sprintf(at, "%04d", digit_at(d, i));
  while (last > d->weight && at[-1] == '0') at--;
  return text_of(text, (uint32_t)(at - text));
}

static struct raw_cell read_numeric(const char *s, uint32_t n, char *room, struct arena *a) {
  (void)n, (void)room;
  struct digits d = {(int16_t)wire_16(s), (int16_t)wire_16(s + 2), false, s + 8};
  uint16_t sign = wire_16(s + 4);
  struct raw_cell cell;
  if (sign == NUMERIC_INF || sign == NUMERIC_NINF)
    return raw_real(sign == NUMERIC_INF ? INFINITY : -INFINITY);
  if (sign && sign != NUMERIC_NEGATIVE) return raw_text(NULL); /* not a number */
  d.negative = sign == NUMERIC_NEGATIVE;
  if (d.n == 0) return whole(0);
  return short_number(&d, &cell) ? cell : long_number(&d, a);
}

/* ---- days and moments ----------------------------------------------------------------- */

/* A text that no rule takes for a day, so that the message shows it. */
static struct raw_cell no_day(bool before, bool infinite) {
  return raw_text(infinite ? (before ? "-infinity" : "infinity")
                  : before ? "a day before the year 1"
                           : "a day after the year 9999");
}

static int write_day(char *room, int64_t day) {
  int y, m, d;
  day_to_civil((day_t)day, &y, &m, &d);
  return snprintf(room, WIRE_ROOM, "%04d-%02d-%02d", y, m, d);
}

static struct raw_cell read_date(const char *s, uint32_t n, char *room, struct arena *a) {
  (void)n, (void)a;
  int32_t v = (int32_t)wire_32(s);
  int64_t day = (int64_t)v + DAYS_TO_2000;
  if (day < DAY_MIN || day > DAY_MAX) return no_day(v < 0, v == INT32_MIN || v == INT32_MAX);
  return text_of(room, (uint32_t)write_day(room, day));
}

static struct raw_cell moment(const char *s, char *room, const char *zone) {
  int64_t v = (int64_t)wire_64(s), day = v / MICROSECONDS_A_DAY_LONG;
  if (v == INT64_MIN || v == INT64_MAX) return no_day(v < 0, true);
  day -= v % MICROSECONDS_A_DAY_LONG < 0;
  int64_t rest = v - day * MICROSECONDS_A_DAY_LONG, seconds = rest / 1000000;
  day += DAYS_TO_2000;
  if (day < DAY_MIN || day > DAY_MAX) return no_day(v < 0, false);
  int at = write_day(room, day);
  at += snprintf(room + at, (size_t)(WIRE_ROOM - at), "T%02d:%02d:%02d", (int)(seconds / 3600),
                 (int)(seconds / 60 % 60), (int)(seconds % 60));
  if (rest % 1000000)
    at += snprintf(room + at, (size_t)(WIRE_ROOM - at), ".%06d", (int)(rest % 1000000));
  at += snprintf(room + at, (size_t)(WIRE_ROOM - at), "%s", zone);
  return text_of(room, (uint32_t)at);
}

static struct raw_cell read_timestamp(const char *s, uint32_t n, char *room, struct arena *a) {
  (void)n, (void)a;
  return moment(s, room, "");
}

static struct raw_cell read_timestamptz(const char *s, uint32_t n, char *room, struct arena *a) {
  (void)n, (void)a;
  return moment(s, room, "Z");
}

/* ---- the table ------------------------------------------------------------------------ */

#define C_ORDER "%s COLLATE \"C\""
#define AS_TEXT "%s::text", "%s::text COLLATE \"C\"", read_text

/* To add a type: a row. Its cells must be those of the same data in SQLite (tests/cluster). */
static const struct wire_type types[] = {
    {"bool", "%s", "%s", read_bool},
    {"int2", "%s", "%s", read_int2},
    {"int4", "%s", "%s", read_int4},
    {"int8", "%s", "%s", read_int8},
    {"oid", "%s::int8", "%s", read_int8},
    /* 0.1 is meant, not the binary number next to it that four bytes hold */
    {"float4", "%s::text::float8", "%s", read_float8},
    {"float8", "%s", "%s", read_float8},
    {"numeric", "%s", "%s", read_numeric},
    {"money", "%s::numeric", "%s", read_numeric},
    {"text", "%s", C_ORDER, read_text},
    {"varchar", "%s", C_ORDER, read_text},
    {"date", "%s", "%s", read_date},
    {"timestamp", "%s", "%s", read_timestamp},
    {"timestamptz", "%s", "%s", read_timestamptz},
    {"bytea", "%s", "%s", read_blob},
    {NULL, AS_TEXT},
};

const struct wire_type *wire_type_of(const char *name) {
  const struct wire_type *t = types;
  while (t->name && strcmp(t->name, name) != 0) t++;
  return t;
}
