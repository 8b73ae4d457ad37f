/* Times that may move their days. In: columns of dates, and their cells as they are stored. Out:
 * warnings, with what to write. */
#include "judge/times_check.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/date_format.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/zone.h"
#include "data/cell.h"

/* What a cell says, by its text: of millions of events, few have a day of their own. */
struct time_seen {
  char text[29]; /* ended by 0: empty, none */
  bool timed, moved, differs;
};
enum { TIMES_SEEN = 1024 };

struct column_times {
  struct time_seen *seen;
  const struct scan_column *spec; /* NULL: no column of times that could be moved */
  struct day_format format;
  bool says_utc; /* its name does */
  long n;        /* cells that can be read */
  long timed;    /* of them not at midnight in UTC */
  long moved;    /* of them on another day than in UTC */
  long differ;   /* would be, if times without an offset were those of UTC */
};

struct times_check {
  struct ruleset *rs;
  struct zone_clock company, utc;
  struct column_times *columns;
  size_t n;
};

/* created_utc, "Created (UTC)", created_gmt: the letters alone, as a word. */
static bool says_utc(const char *name) {
  for (const char *p = name; *p; p++) {
    bool here = strncasecmp(p, "utc", 3) == 0 || strncasecmp(p, "gmt", 3) == 0;
    if (here && (p == name || !isalpha((unsigned char)p[-1])) && !isalpha((unsigned char)p[3]))
      return true;
  }
  return false;
}

struct times_check *times_check_new(struct ruleset *rs, const struct scan_column *columns,
                                    size_t n) {
  struct times_check *t = NEW(rs->arena, struct times_check);
  *t = (struct times_check){.rs = rs, .n = n};
  t->columns = NEW_N(rs->arena, struct column_times, n + 1);
  t->company.zone = rs->tz ? zone_read(rs->arena, rs->tz) : NULL;
  t->utc.zone = zone_read(rs->arena, "UTC");
  for (size_t i = 0; i < n && t->company.zone; i++) {
    struct column_times *c = &t->columns[i];
    if (columns[i].kind != CELL_DATE || columns[i].form.zone ||
        !day_format_read(columns[i].form.format, &c->format) || c->format.as_written)
      continue;
    c->spec = &columns[i];
    c->seen = NEW_N(rs->arena, struct time_seen, TIMES_SEEN);
    c->says_utc = says_utc(columns[i].column);
  }
  return t;
}

static bool read_day(const struct column_times *c, const struct raw_cell *cell,
                     struct zone_clock *company, struct zone_clock *source, day_t *day,
                     int64_t *time) {
  const struct day_clocks clocks = {company, source};
  const char *s = cell->s;
  size_t n = cell->n;
  if (cell->stored == STORED_TEXT && !day_format_is_number(&c->format)) {
    cell_trim(&s, &n);
    return day_from_text(&c->format, s, n, &clocks, day, time);
  }
  double v = cell->stored == STORED_INT ? (double)cell->i : cell->r;
  if (cell->stored == STORED_TEXT && !number_from_text(s, n, &v)) return false;
  if (cell->stored == STORED_NULL || cell->stored == STORED_BLOB) return false;
  return day_format_is_number(&c->format) && day_from_number(&c->format, v, &clocks, day, time);
}

static bool look_at(struct times_check *t, const struct column_times *c,
                    const struct raw_cell *cell, struct time_seen *out) {
  day_t there, here, meant;
  int64_t in_utc, time;
  if (!read_day(c, cell, &t->utc, NULL, &there, &in_utc) ||
      !read_day(c, cell, &t->company, NULL, &here, &time) ||
      !read_day(c, cell, &t->company, &t->utc, &meant, &time))
    return false;
  out->timed = in_utc != 0, out->moved = here != there, out->differs = here != meant;
  return true;
}

/* Where a cell of this text is, or would be; NULL: it is no short text. */
static struct time_seen *seen_at(const struct column_times *c, const struct raw_cell *cell) {
  bool fits = cell->stored == STORED_TEXT && cell->n && cell->n < sizeof c->seen->text &&
              !memchr(cell->s, 0, cell->n);
  return fits ? &c->seen[hash_bytes(cell->s, cell->n) & (TIMES_SEEN - 1)] : NULL;
}

void times_check_look(void *ctx, const struct raw_cell *row) {
  struct times_check *t = ctx;
  for (size_t i = 0; i < t->n; i++) {
    struct column_times *c = &t->columns[i];
    if (!c->spec) continue;
    struct time_seen *seen = seen_at(c, &row[i]), fresh = {0}, *now = seen;
    bool known = seen && strncmp(seen->text, row[i].s, row[i].n) == 0 && !seen->text[row[i].n];
    if (!known) {
      now = &fresh;
      if (!look_at(t, c, &row[i], now)) continue;
      if (seen) memcpy(fresh.text, row[i].s, row[i].n), *seen = fresh;
    }
    c->n++;
    c->timed += now->timed;
    c->moved += now->moved;
    c->differ += now->differs;
  }
}

/* Something that only counts days is written so, with the format that it has. */
static const char *as_written(const struct times_check *t, const struct column_times *c) {
  const char *format = c->spec->form.format;
  return format ? arena_printf(t->rs->arena, "%s, day as written", format) : "day as written";
}

void times_check_report(const struct times_check *t, const char *table, struct diags *ds) {
  for (size_t i = 0; i < t->n; i++) {
    const struct column_times *c = &t->columns[i];
    if (!c->spec) continue;
    const char *column = c->spec->column;
    if (c->moved && !c->timed) {
      struct diag *d = diag_add_finding(
          ds, V0513, c->spec->at,
          "%s: all %s %s of the column %s %s at midnight in UTC, and %s of them %s on another "
          "day in %s: it seems to hold days, not times",
          table, grouped_count(c->n, ds->arena), plural(c->n, "time", "times"), column,
          plural(c->n, "is", "are"), grouped_count(c->moved, ds->arena),
          plural(c->moved, "is", "are"), t->rs->tz);
      diag_help(ds, d, "where only the day counts, write after the column: format \"%s\"",
                as_written(t, c));
    } else if (c->says_utc && c->differ) {
      struct diag *d = diag_add_finding(
          ds, V0513, c->spec->at,
          "%s: the name of the column %s says UTC, and its times do not: they are read as times of "
          "%s, and %s of %s %s are on another day",
          table, column, t->rs->tz, grouped_count(c->differ, ds->arena),
          grouped_count(c->n, ds->arena), plural(c->n, "day", "days"));
      diag_help(ds, d, "write after the column: in time zone \"UTC\"");
    }
  }
}
