/* Dates as systems write them. In: a format and a cell. Out: a day; or the cell for a day. */
#include "base/date_format.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/date_civil.h"
#include "base/date_moment.h"

enum { MICROSECONDS = 1000000, NOON = 43200, FRACTION_MAX = 9 };

#define EXCEL_EPOCH (-25569)       /* the day before 1900-01-00, as days since 1970 */
#define EXCEL_NO_LEAP 60           /* 1900-02-29, which Excel counts and which never was */
#define JULIAN_EPOCH 2440587.5     /* 1970-01-01 */
#define MILLISECOND (1e-3 / 86400) /* as a part of a day: julian days are not exact */
#define MILLISECONDS_MIN 1e10      /* below, milliseconds are a day of 1970: these are seconds */

/* ---- the fields of a format ----------------------------------------------------------- */

struct field {
  char letter; /* 0: a separator */
  int run;     /* how often the letter stands there */
};

/* The letters that mean something, and how often each may stand in a row. */
static const struct {
  char letter;
  signed char min, max;
} letters[] = {{'D', 1, 2}, {'M', 1, 4}, {'Y', 2, 4}, {'H', 1, 2}, {'h', 1, 2},
               {'m', 2, 2}, {'s', 2, 2}, {'S', 1, 9}, {'a', 1, 1}, {'Z', 1, 1}};
enum { LETTERS = sizeof letters / sizeof *letters };

static int letter_index(char c) {
  for (int i = 0; i < LETTERS; i++)
    if (letters[i].letter == c) return i;
  return -1;
}

/* The field at f, of n bytes that are left; false for a letter or digit that means nothing. */
static bool field_at(const char *f, size_t n, struct field *out) {
  int index = letter_index(*f), run = 1;
  *out = (struct field){0, 1};
  if (index < 0) {
    bool letter = (*f >= 'a' && *f <= 'z') || (*f >= 'A' && *f <= 'Z');
    return *f == 'T' || (!letter && digits(f, 1) < 0);
  }
  while ((size_t)run < n && f[run] == *f) run++;
  *out = (struct field){*f, run};
  return run >= letters[index].min && run <= letters[index].max && (*f != 'Y' || run != 3);
}

/* Takes one digit or two: what follows must not begin with a digit. */
static bool is_open(struct field f) { return f.run == 1 && strchr("DMHh", f.letter); }
static bool begins_with_digit(struct field f) {
  return f.letter && !strchr("aZ", f.letter) && !(f.letter == 'M' && f.run > 2);
}

static bool fields_valid(const char *text, size_t n) {
  int seen[LETTERS] = {0};
  struct field before = {0, 1}, now;
  for (size_t i = 0; i < n; i += (size_t)now.run, before = now) {
    if (!field_at(text + i, n - i, &now)) return false;
    if (before.letter && is_open(before) && begins_with_digit(now)) return false;
    if (now.letter) seen[letter_index(now.letter)]++;
  }
  for (int i = 0; i < LETTERS; i++)
    if (seen[i] > 1) return false;
#define SEEN(c) seen[letter_index(c)]
  bool hour = SEEN('H') + SEEN('h') == 1;
  return SEEN('M') && SEEN('Y') && SEEN('h') == SEEN('a') && SEEN('H') + SEEN('h') <= 1 &&
         (hour || !(SEEN('m') || SEEN('Z'))) && (SEEN('m') || !SEEN('s')) &&
         (SEEN('s') || !SEEN('S'));
#undef SEEN
}

bool day_format_read(const char *text, struct day_format *out) {
  static const struct {
    const char *name;
    enum day_format_kind kind;
  } numbers[] = {{"epoch seconds", DAY_EPOCH_SECONDS},
                 {"epoch milliseconds", DAY_EPOCH_MILLISECONDS},
                 {"excel", DAY_EXCEL},
                 {"julian", DAY_JULIAN}};
  static const char as_written[] = "day as written", comma[] = ", day as written";
  struct day_format f = {.kind = DAY_ISO};
  if (!text || strcmp(text, as_written) == 0) {
    f.as_written = text != NULL;
    *out = f;
    return true;
  }
  size_t n = strlen(text), tail = sizeof comma - 1;
  f.as_written = n > tail && strcmp(text + n - tail, comma) == 0;
  if (f.as_written) n -= tail;
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    if (strlen(numbers[i].name) == n && memcmp(text, numbers[i].name, n) == 0)
      f.kind = numbers[i].kind;
  if (f.kind == DAY_ISO) {
    if (!fields_valid(text, n)) return false;
    f.kind = DAY_FIELDS;
    f.fields = text;
    f.n = n;
  }
  *out = f;
  return true;
}

bool day_format_is_number(const struct day_format *f) { return f->kind > DAY_FIELDS; }

static bool has_letter(const struct day_format *f, const char *any) {
  struct field now;
  for (size_t i = 0; i < f->n; i += (size_t)now.run) {
    field_at(f->fields + i, f->n - i, &now);
    if (now.letter && strchr(any, now.letter)) return true;
  }
  return false;
}

bool day_format_has_day(const struct day_format *f) {
  return f->kind != DAY_FIELDS || has_letter(f, "D");
}

bool day_format_has_time(const struct day_format *f) {
  return f->kind != DAY_FIELDS || has_letter(f, "Hh");
}

/* ---- names of months ------------------------------------------------------------------ */

/* Without accents, in small letters. The first one of a month is what is written for MMM, the
 * second for MMMM. */
static const char *const months[12][7] = {
    {"jan", "january", "janvier", "janv"},
    {"feb", "february", "fevrier", "fevr", "fev"},
    {"mar", "march", "mars"},
    {"apr", "april", "avril", "avr"},
    {"may", "may", "mai"},
    {"jun", "june", "juin"},
    {"jul", "july", "juillet", "juil"},
    {"aug", "august", "aout"},
    {"sep", "september", "septembre", "sept"},
    {"oct", "october", "octobre"},
    {"nov", "november", "novembre"},
    {"dec", "december", "decembre"},
};

/* How many bytes of the text are the name: capitals and the accents of French do not count. 0: it
 * is another. */
static size_t name_length(const char *s, size_t n, const char *name) {
  size_t i = 0;
  for (; *name; name++) {
    if (i == n) return 0;
    unsigned char c = (unsigned char)s[i++], next = i < n ? (unsigned char)s[i] : 0;
    if (c == 0xC3) { /* é É û Û, in one character */
      c = next == 0xA9 || next == 0x89 ? 'e' : next == 0xBB || next == 0x9B ? 'u' : 0;
      i++;
    } else if (i + 1 < n && next == 0xCC && (s[i + 1] == '\x81' || s[i + 1] == '\x82')) {
      i += 2; /* or an e or u, and the accent after it */
    }
    if ((c | 0x20) != *name) return 0;
  }
  return i;
}

static bool take_month(const char **p, const char *end, int *out) {
  size_t best = 0;
  for (int m = 0; m < 12; m++)
    for (int i = 0; i < 7 && months[m][i]; i++) {
      size_t n = name_length(*p, (size_t)(end - *p), months[m][i]);
      if (n > best) best = n, *out = m + 1;
    }
  *p += best;
  if (best && *p < end && **p == '.') ++*p; /* janv. */
  return best > 0;
}

/* ---- texts ---------------------------------------------------------------------------- */

struct written { /* what the fields of a text say */
  int year, month, day, hour, minute, second, micro, east;
  bool timed, offset, half_day, pm;
};

/* One or two digits for a field of one letter. */
static bool take_number(const char **p, const char *end, struct field f, int *out) {
  int n = f.run;
  if (is_open(f) && end - *p >= 2 && digits(*p, 2) >= 0) n = 2;
  int value = end - *p < n ? -1 : digits(*p, n);
  if (value < 0) return false;
  *out = value;
  *p += n;
  return true;
}

static bool take_half(const char **p, const char *end, struct written *w) {
  static const char *const names[] = {"a.m.", "p.m.", "am", "pm"};
  for (size_t i = 0; i < 4; i++) {
    size_t n = strlen(names[i]);
    if ((size_t)(end - *p) < n || strncasecmp(*p, names[i], n) != 0) continue;
    w->half_day = true;
    w->pm = i % 2;
    *p += n;
    return true;
  }
  return false;
}

static bool take_offset(const char **p, const char *end, struct written *w) {
  const char *s = *p;
  while (*p < end && strchr("Z+-:0123456789", **p)) ++*p;
  w->offset = true;
  return moment_offset(s, *p, &w->east);
}

static bool take_fraction(const char **p, const char *end, struct written *w) {
  const char *s = *p;
  for (int scale = MICROSECONDS; *p < end && *p - s < FRACTION_MAX && digits(*p, 1) >= 0; ++*p)
    if (scale > 1) w->micro += digits(*p, 1) * (scale /= 10);
  return *p > s;
}

/* A blank is also one that does not break the line, as some systems write before PM. */
static bool take_separator(const char **p, const char *end, char c) {
  size_t left = (size_t)(end - *p), n = 1;
  if (c == ' ' && left >= 2 && memcmp(*p, "\u00a0", 2) == 0) n = 2;
  if (c == ' ' && left >= 3 && memcmp(*p, "\u202f", 3) == 0) n = 3;
  if (left < n || (n == 1 && **p != c)) return false;
  *p += n;
  return true;
}

static bool take_field(const char **p, const char *end, struct field f, char c, struct written *w) {
  switch (f.letter) {
    case 0: return take_separator(p, end, c);
    case 'D':
      if (!take_number(p, end, f, &w->day)) return false;
      if (is_open(f) && w->day == 1 && end - *p >= 2 && memcmp(*p, "er", 2) == 0) *p += 2;
      return true;
    case 'M': return f.run > 2 ? take_month(p, end, &w->month) : take_number(p, end, f, &w->month);
    case 'Y':
      if (!take_number(p, end, f, &w->year)) return false;
      if (f.run == 2) w->year += 2000;
      return true;
    case 'H':
    case 'h': w->timed = true; return take_number(p, end, f, &w->hour);
    case 'm': return take_number(p, end, f, &w->minute);
    case 's': return take_number(p, end, f, &w->second);
    case 'S': return take_fraction(p, end, w);
    case 'a': return take_half(p, end, w);
    case 'Z': return take_offset(p, end, w);
    default: return false;
  }
}

static bool read_fields(const struct day_format *f, const char *s, size_t n, struct moment *out) {
  struct written w = {.day = 1}; /* a month written without a day is its first day */
  const char *p = s, *end = s + n;
  struct field now;
  for (size_t i = 0; i < f->n; i += (size_t)now.run) {
    if (!field_at(f->fields + i, f->n - i, &now)) return false;
    if (!take_field(&p, end, now, f->fields[i], &w)) return false;
  }
  if (w.half_day && (w.hour < 1 || w.hour > 12)) return false;
  if (w.half_day) w.hour = w.hour % 12 + (w.pm ? 12 : 0);
  day_t day = p == end ? day_from_civil(w.year, w.month, w.day) : DAY_NONE;
  if (day == DAY_NONE || w.hour > 23 || w.minute > 59 || w.second > 60) return false;
  *out = (struct moment){.day = day,
                         .seconds = w.hour * 3600 + w.minute * 60 + w.second,
                         .micro = w.micro,
                         .timed = w.timed,
                         .offset = w.offset,
                         .east = w.east};
  return true;
}

bool day_from_text(const struct day_format *f, const char *s, size_t n,
                   const struct day_clocks *clocks, day_t *day, int64_t *microseconds) {
  struct moment m;
  bool read = f->kind == DAY_ISO ? moment_read_iso(s, n, &m)
                                 : f->kind == DAY_FIELDS && read_fields(f, s, n, &m);
  return read && moment_day(&m, f->as_written, clocks, day, microseconds);
}

/* ---- numbers -------------------------------------------------------------------------- */

static bool read_count(const struct day_format *f, double v, struct moment *out) {
  double days = v / SECONDS_A_DAY;
  *out = (struct moment){.timed = true};
  switch (f->kind) {
    case DAY_EPOCH_MILLISECONDS:
      if (fabs(v) < MILLISECONDS_MIN) return false;
      days /= 1000;
      out->offset = true;
      break;
    case DAY_EPOCH_SECONDS:
      if (v == 0) return false;
      out->offset = true;
      break;
    case DAY_EXCEL:
      if (v < 1 || floor(v) == EXCEL_NO_LEAP) return false;
      days = v + EXCEL_EPOCH + (v < EXCEL_NO_LEAP);
      break;
    case DAY_JULIAN: days = v - JULIAN_EPOCH + MILLISECOND; break;
    default: return false;
  }
  if (!(days >= DAY_MIN && days <= DAY_MAX)) return false;
  out->day = (day_t)floor(days);
  double seconds = (days - out->day) * SECONDS_A_DAY;
  out->seconds = (int)(seconds + 1e-3); /* what is next to a second is that second */
  return true;
}

bool day_from_number(const struct day_format *f, double v, const struct day_clocks *clocks,
                     day_t *day, int64_t *microseconds) {
  struct moment m;
  return read_count(f, v, &m) && moment_day(&m, f->as_written, clocks, day, microseconds);
}

/* ---- writing -------------------------------------------------------------------------- */

static const char *field_text(struct field f, const int civil[3], char *buf, size_t size) {
  char name[16];
  switch (f.letter) {
    case 'D': snprintf(buf, size, "%0*d", f.run, civil[2]); break;
    case 'M':
      snprintf(name, sizeof name, "%s", months[civil[1] - 1][f.run == 4]);
      name[0] = (char)(name[0] - 'a' + 'A');
      if (f.run > 2)
        snprintf(buf, size, "%s", name);
      else
        snprintf(buf, size, "%0*d", f.run, civil[1]);
      break;
    case 'Y': snprintf(buf, size, "%0*d", f.run, f.run == 2 ? civil[0] % 100 : civil[0]); break;
    case 'H':
    case 'h': snprintf(buf, size, "12"); break;
    case 'm':
    case 's': snprintf(buf, size, "00"); break;
    case 'S': snprintf(buf, size, "%0*d", f.run, 0); break;
    case 'a': snprintf(buf, size, "PM"); break;
    default: *buf = 0;
  }
  return buf;
}

/* An hour's distance from UTC as a cell says it. */
static const char *offset_text(int east, char *buf, size_t size) {
  int minutes = (east < 0 ? -east : east) / 60;
  snprintf(buf, size, "%c%02d:%02d", east < 0 ? '-' : '+', minutes / 60, minutes % 60);
  return buf;
}

static void write_fields(const struct day_format *f, day_t d, int east, char *buf) {
  char part[32];
  int civil[3];
  size_t n = 0;
  struct field now;
  day_to_civil(d, &civil[0], &civil[1], &civil[2]);
  for (size_t i = 0; i < f->n && n + sizeof part < DAY_WRITTEN_MAX; i += (size_t)now.run) {
    if (!field_at(f->fields + i, f->n - i, &now)) break;
    if (now.letter == 'Z')
      offset_text(east, part, sizeof part);
    else if (now.letter)
      field_text(now, civil, part, sizeof part);
    else
      snprintf(part, sizeof part, "%c", f->fields[i]);
    n += (size_t)snprintf(buf + n, DAY_WRITTEN_MAX - n, "%s", part);
  }
}

char *day_write(const struct day_format *f, day_t d, const struct day_clocks *clocks, char *buf) {
  int64_t noon = (int64_t)d * SECONDS_A_DAY + NOON;
  int east = clocks->company ? zone_clock_offset(clocks->company, noon) : 0;
  double instant = (double)(f->as_written ? noon : noon - east);
  *buf = 0;
  switch (f->kind) {
    case DAY_ISO: day_text(d, buf); break;
    case DAY_FIELDS: write_fields(f, d, east, buf); break;
    case DAY_EPOCH_SECONDS: snprintf(buf, DAY_WRITTEN_MAX, "%.0f", instant); break;
    case DAY_EPOCH_MILLISECONDS: snprintf(buf, DAY_WRITTEN_MAX, "%.0f", instant * 1000); break;
    case DAY_EXCEL:
      snprintf(buf, DAY_WRITTEN_MAX, "%d", d - EXCEL_EPOCH - (d - EXCEL_EPOCH <= EXCEL_NO_LEAP));
      break;
    case DAY_JULIAN: snprintf(buf, DAY_WRITTEN_MAX, "%.1f", (double)d + JULIAN_EPOCH); break;
  }
  return buf;
}
