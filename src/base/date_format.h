/* Dates as systems write them: what `format` says about the cells of a date column.
 *
 * Fields: D DD (day), M MM (month), MMM MMMM (its name, English or French, short or long), YY
 * (2000..2099), YYYY, H HH (0..23), h hh with a (1..12, AM or PM), mm, ss, S (a fraction), Z (an
 * offset: Z, +02:00, +0200, +02). T is itself, as is whatever is no letter or digit. Fields of one
 * letter take one or two digits, those of two exactly two. Without a day, a month is its first day.
 *
 * Or a number: "epoch seconds", "epoch milliseconds" (since 1970-01-01T00:00Z), "excel" (46082 is
 * 2026-03-01), "julian" (2461100.5 is 2026-03-01).
 *
 * "day as written", alone or after a format and a comma: only the day counts, an offset does not
 * move it. */
#ifndef VIGIE_DATE_FORMAT_H
#define VIGIE_DATE_FORMAT_H

#include "base/date.h"
#include "base/zone.h"

enum day_format_kind {
  DAY_ISO, /* no format: ISO, see day_parse_cell */
  DAY_FIELDS,
  DAY_EPOCH_SECONDS,
  DAY_EPOCH_MILLISECONDS,
  DAY_EXCEL,
  DAY_JULIAN,
};

struct day_format {
  enum day_format_kind kind;
  const char *fields; /* DAY_FIELDS: n of its bytes; borrowed from the text that was read */
  size_t n;
  bool as_written;
};

/* The clocks of a reader; either may be NULL. */
struct day_clocks {
  struct zone_clock *company; /* where days are counted; NULL: UTC */
  struct zone_clock *source;  /* of times that are written without an offset; NULL: their day is
                                 taken as it is written */
};

/* NULL is ISO. False: not a format, *out untouched. */
bool day_format_read(const char *text, struct day_format *out);
bool day_format_is_number(const struct day_format *f);
/* Does it say the day of the month, the time of day? (ISO and numbers do.) */
bool day_format_has_day(const struct day_format *f);
bool day_format_has_time(const struct day_format *f);

/* A text cell, without blanks around it: its day, and the time since midnight (0: none). False: it
 * is not written so, or is no day; nothing is written. */
bool day_from_text(const struct day_format *f, const char *s, size_t n,
                   const struct day_clocks *clocks, day_t *day, int64_t *microseconds);
/* A number of a format that is one. Refused too: 0 and what is next to it in milliseconds (nobody
 * means 1970), and numbers that are no day. */
bool day_from_number(const struct day_format *f, double v, const struct day_clocks *clocks,
                     day_t *day, int64_t *microseconds);

enum { DAY_WRITTEN_MAX = 128 };
/* The day as the format writes it, so that reading gives it back: at noon, where it has a time.
 * buf: DAY_WRITTEN_MAX bytes, cut there. */
char *day_write(const struct day_format *f, day_t d, const struct day_clocks *clocks, char *buf);

#endif
