/* In: a number of a workbook and how it is shown. Out: the day, time or number that it is. */
#include "import/number_style.h"

#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/check.h"
#include "base/date.h"

/* ---- formats -------------------------------------------------------------------------------- */

struct parts {
  bool day, time, elapsed, percent;
  bool months; /* or minutes: which, the other parts say */
};

/* "[h]", "[mm]", "[ss]" are parts; "[Red]", "[$-40C]" and "[<100]" say how they look. */
static const char *bracket(const char *at, struct parts *p) {
  const char *end = strchr(at, ']');
  if (!end) return at + strlen(at);
  char letter = (char)tolower((unsigned char)at[1]);
  bool one_letter = letter && strchr("hms", letter);
  for (const char *c = at + 1; c < end; c++) one_letter &= tolower((unsigned char)*c) == letter;
  p->elapsed |= one_letter && end > at + 1;
  return end + 1;
}

/* Behind what stands for itself: "text", \x, _x (as wide as x), *x (filled with x). */
static const char *literal(const char *at) {
  if (*at != '"') return at[1] ? at + 2 : at + 1;
  const char *end = strchr(at + 1, '"');
  return end ? end + 1 : at + strlen(at);
}

static const char *part(const char *at, struct parts *p) {
  static const char *const HALVES[] = {"AM/PM", "A/P"};
  for (size_t i = 0; i < sizeof HALVES / sizeof *HALVES; i++)
    if (strncasecmp(at, HALVES[i], strlen(HALVES[i])) == 0) {
      p->time = true;
      return at + strlen(HALVES[i]);
    }
  char letter = (char)tolower((unsigned char)*at);
  p->day |= letter == 'd' || letter == 'y';
  p->time |= letter == 'h' || letter == 's';
  p->months |= letter == 'm';
  p->percent |= letter == '%';
  return at + 1;
}

enum number_style number_style_of_format(const char *format) {
  struct parts p = {0};
  if (strncasecmp(format, "General", strlen("General")) == 0) return STYLE_NUMBER;
  for (const char *at = format; *at && *at != ';';) {
    if (*at == '[')
      at = bracket(at, &p);
    else
      at = strchr("\"\\_*", *at) ? literal(at) : part(at, &p);
  }
  if (p.elapsed) return STYLE_ELAPSED;
  if (p.months && !p.time) p.day = true;
  if (p.day) return p.time ? STYLE_MOMENT : STYLE_DAY;
  if (p.time) return STYLE_TIME;
  return p.percent ? STYLE_PERCENT : STYLE_NUMBER;
}

/* Those from 27 on are days in Excels of East Asia, and in no other. */
enum number_style number_style_of_id(long id) {
  static const struct {
    long first, last;
    enum number_style style;
  } KNOWN[] = {{9, 10, STYLE_PERCENT}, {14, 17, STYLE_DAY},  {18, 21, STYLE_TIME},
               {22, 22, STYLE_MOMENT}, {27, 31, STYLE_DAY},  {32, 35, STYLE_TIME},
               {36, 36, STYLE_DAY},    {45, 45, STYLE_TIME}, {46, 46, STYLE_ELAPSED},
               {47, 47, STYLE_TIME},   {50, 54, STYLE_DAY},  {57, 58, STYLE_DAY}};
  for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++)
    if (id >= KNOWN[i].first && id <= KNOWN[i].last) return KNOWN[i].style;
  return STYLE_NUMBER;
}

/* ---- numbers -------------------------------------------------------------------------------- */

size_t number_plain_text(double value, int significant, char *buf) {
  char digits[32];
  CHECK(isfinite(value) && significant <= 17);
  snprintf(digits, sizeof digits, "%.*g", significant, value);
  const char *exponent = strchr(digits, 'e');
  if (!exponent) return (size_t)sprintf(buf, "%s", digits);
  int power = 0, written = 0;
  sscanf(exponent + 1, "%d", &power);
  for (const char *c = digits; c < exponent; c++) written += isdigit((unsigned char)*c) != 0;
  int decimals = written - 1 - power;
  int n = snprintf(buf, NUMBER_TEXT_BYTES, "%.*f", decimals > 0 ? decimals : 0, value);
  CHECK(n > 0 && n < NUMBER_TEXT_BYTES);
  return (size_t)n;
}

/* Day 60 of the calendar from 1900 is a 29 February that was not; those before it lie a day
 * later than they count. */
static int64_t day_of_serial(int64_t serial, bool from_1904) {
  enum { FROM_1900 = 25569, FROM_1904 = 24107, NOT_A_DAY = 60 };
  if (from_1904) return serial - FROM_1904;
  return serial - FROM_1900 + (serial < NOT_A_DAY);
}

static size_t clock_text(int64_t seconds, char *buf) {
  return (size_t)sprintf(buf, "%02d:%02d:%02d", (int)(seconds / 3600), (int)(seconds / 60 % 60),
                         (int)(seconds % 60));
}

/* A moment without a day is a time, a time with one a moment: what is there is not left out. */
static enum number_style style_of_value(enum number_style style, int64_t seconds, bool from_1904) {
  bool of_no_day = seconds < SECONDS_A_DAY && !from_1904;
  if (style == STYLE_TIME && seconds >= SECONDS_A_DAY) return STYLE_MOMENT;
  return of_no_day && (style == STYLE_DAY || style == STYLE_MOMENT) ? STYLE_TIME : style;
}

size_t number_style_text(enum number_style style, double value, bool from_1904, char *buf,
                         bool *exact) {
  enum { DAYS = 2958466 }; /* the last is 9999-12-31 */
  /* Excel keeps 15 digits, and writes 17: 1.1000000000000001 is 1.1. */
  enum { EXCEL_DIGITS = 15 };
  *exact = true;
  if (style == STYLE_PERCENT && isfinite(value * 100)) {
    size_t n = number_plain_text(value * 100, EXCEL_DIGITS - 1, buf);
    buf[n++] = '%';
    buf[n] = 0;
    return n;
  }
  if (style <= STYLE_PERCENT || value < 0 || value >= DAYS)
    return number_plain_text(value, EXCEL_DIGITS, buf);
  int64_t seconds = llround(value * SECONDS_A_DAY);
  enum number_style is = style_of_value(style, seconds, from_1904);
  if (is != style && !seconds) return (size_t)(*buf = 0);
  *exact = is == STYLE_DAY || is == STYLE_MOMENT;
  if (!*exact) return clock_text(seconds, buf);
  day_text((day_t)day_of_serial(seconds / SECONDS_A_DAY, from_1904), buf);
  size_t n = strlen(buf);
  if (is == STYLE_DAY) return n;
  buf[n++] = 'T';
  return n + clock_text(seconds % SECONDS_A_DAY, buf + n);
}
