/* In: the rows of a task export. Out: the items that are done, by whom and when; the rows that do
 * not say it clearly. The key that was sent, "[vigie 12-3f9a1c2e]", may stand in any
 * cell; one without a mark is of an older Vigie. */
#include "action/task_export.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/date_format.h"
#include "base/map.h"
#include "base/text.h"
#include "base/zone.h"

static const char *const field_names[TASK_FIELDS] = {
    [TASK_STATUS] = "status",
    [TASK_CLOSED] = "closed",
    [TASK_OWNER] = "owner",
    [TASK_COMPLETED] = "completed",
};
#define FIELDS_NAMED "status, closed, owner or completed"

static const struct {
  enum task_field field;
  const char *header;
} columns[] = {
#define COLUMN(field, header) {TASK_##field, header},
#include "action/task_column.def"
#undef COLUMN
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const struct {
  const char *word;
  bool done;
} statuses[] = {
#define STATUS(word, done) {word, done},
#include "action/task_status.def"
#undef STATUS
};
enum { STATUSES = sizeof statuses / sizeof *statuses };

enum day_order { DAY_FIRST, MONTH_FIRST, EITHER };
static const struct {
  enum day_order order;
  const char *format;
} day_formats[] = {
#define WRITTEN(order, format) {order, format},
#include "base/day_written.def"
#undef WRITTEN
};
enum { DAY_FORMATS = sizeof day_formats / sizeof *day_formats };

enum { NOWHERE = -1, HEADERS_SHOWN = 12 };

struct task_reader {
  const struct csv_file *file;
  const char *path;
  struct arena *a;
  struct diags *problems;
  int at[TASK_FIELDS];           /* its column; NOWHERE */
  const char *said[TASK_FIELDS]; /* behind its name in --map; NULL */
  struct zone_clock clock;       /* the company's */
  enum day_order order;          /* of the days; EITHER where it is all the same */
  struct map status_done;        /* the word -> a true or false of `answers` */
  struct map by_number;          /* "12" -> struct told */
  VEC(struct told *) told;       /* in the order of the rows */
  VEC(struct task_left) left;
  const char *mark;
  size_t n_keys, n_other;
};

/* What the rows say of one item. */
struct told {
  struct task_done task;
  bool done, disagree;
  const char *status;
};

/* ---- which column is which ---------------------------------------------------------------- */

static int find_field(const char *name) {
  for (int f = 0; f < TASK_FIELDS; f++)
    if (strcasecmp(field_names[f], name) == 0) return f;
  return NOWHERE;
}

/* The column of this header; NOWHERE. Of two it is not known which is meant: *twice. */
static int find_header(const struct task_reader *r, const char *header, bool *twice) {
  const struct csv_row *first = &r->file->rows[0];
  int found = NOWHERE;
  const char *word = text_word(r->a, header);
  *twice = false;
  for (size_t i = 0; i < first->n; i++)
    if (strcmp(text_word(r->a, first->cells[i]), word) == 0) {
      *twice |= found != NOWHERE;
      if (found == NOWHERE) found = (int)i;
    }
  return found;
}

static const char *headers_text(const struct task_reader *r) {
  const struct csv_row *first = &r->file->rows[0];
  const char *text = "";
  for (size_t i = 0; i < first->n && i < HEADERS_SHOWN; i++)
    text = arena_printf(r->a, "%s%s%s", text, i ? ", " : "", first->cells[i]);
  return first->n > HEADERS_SHOWN ? arena_printf(r->a, "%s, …", text) : text;
}

static bool take_column(struct task_reader *r, enum task_field f, const char *header) {
  bool twice;
  int at = find_header(r, header, &twice);
  if (twice)
    return diag_fail(r->problems, V0707,
                     "%s: two columns are called %s: take one of them out of the file", r->path,
                     r->file->rows[0].cells[at]);
  if (r->at[f] == NOWHERE) r->at[f] = at;
  return true;
}

/* "Header=field" or "Header=field more". */
static bool map_one(struct task_reader *r, char *text) {
  char *equals = strrchr(text, '=');
  char *name = equals ? equals + 1 : NULL;
  if (!equals)
    return diag_fail(r->problems, V0704,
                     "--map takes a header of the file and what it holds, such as --map "
                     "\"Ticket state=status\", not \"%s\"",
                     text);
  *equals = 0;
  name += strspn(name, " ");
  char *more = name + strcspn(name, " ");
  if (*more) *more++ = 0;
  int f = find_field(name);
  bool twice;
  if (f == NOWHERE)
    return diag_fail(r->problems, V0704, "--map: a column is " FIELDS_NAMED ", not \"%s\"", name);
  if (find_header(r, text, &twice) == NOWHERE)
    return diag_fail(r->problems, V0704, "--map: no column of %s is called \"%s\"; it has %s",
                     r->path, text, headers_text(r));
  struct day_format format;
  if (f == TASK_COMPLETED && *more && !day_format_read(more, &format))
    return diag_fail(r->problems, V0704,
                     "--map: \"%s\" is no way to write a day: write it such as \"%s=completed "
                     "DD/MM/YYYY\"",
                     more, text);
  if (*more) r->said[f] = more;
  return take_column(r, (enum task_field)f, text);
}

static bool find_columns(struct task_reader *r, const char *map) {
  for (int f = 0; f < TASK_FIELDS; f++) r->at[f] = NOWHERE;
  char *rest = map ? arena_strdup(r->a, map) : NULL;
  while (rest && *rest) {
    char *end = strstr(rest, ", "), *one = rest;
    rest = end ? end + 2 : NULL;
    if (end) *end = 0;
    if (!map_one(r, one)) return false;
  }
  for (size_t i = 0; i < COLUMNS; i++)
    if (r->at[columns[i].field] == NOWHERE && !take_column(r, columns[i].field, columns[i].header))
      return false;
  if (r->at[TASK_STATUS] != NOWHERE || r->at[TASK_CLOSED] != NOWHERE) return true;
  return diag_fail(r->problems, V0707,
                   "%s: no column says whether a task is done; it has %s: name one with --map "
                   "\"HEADER=status\"",
                   r->path, headers_text(r));
}

/* ---- one row ------------------------------------------------------------------------------ */

/* The text of a field, NULL: the row has none. */
static const char *cell(const struct task_reader *r, const struct csv_row *row, enum task_field f) {
  if (r->at[f] == NOWHERE || (size_t)r->at[f] >= row->n) return NULL;
  const char *text = row->cells[r->at[f]];
  return *text ? text : NULL;
}

/* The number behind "[vigie" at text; 0: none. *other: it is of another state than that with the
 * mark. */
static int64_t key_at(const char *text, const char *mark, bool *other) {
  enum { WORD = 6, DIGITS_MAX = 18 };
  *other = false;
  if (strncasecmp(text, "[vigie", WORD) != 0) return 0;
  text += WORD;
  text += strspn(text, " ");
  size_t n = strspn(text, "0123456789");
  if (!n || n > DIGITS_MAX) return 0;
  const char *after = text + n;
  if (*after == '-') {
    size_t m = strspn(++after, "0123456789abcdefABCDEF");
    *other = m != strlen(mark) || strncasecmp(after, mark, m) != 0;
    after += m;
  }
  return after[strspn(after, " ")] == ']' ? strtoll(text, NULL, 10) : 0;
}

/* The number that the row's texts hold; 0: none. *second: another one that they hold. */
static int64_t key_of(struct task_reader *r, const struct csv_row *row, int64_t *second) {
  int64_t found = 0;
  bool other, others = false;
  *second = 0;
  for (size_t i = 0; i < row->n; i++)
    for (const char *c = strchr(row->cells[i], '['); c; c = strchr(c + 1, '[')) {
      int64_t number = key_at(c, r->mark, &other);
      others |= number && other;
      if (!number || other) continue;
      if (found && number != found) *second = number;
      if (!found) found = number;
    }
  r->n_other += !found && others;
  return found;
}

static void leave(struct task_reader *r, size_t row, const char *why) {
  VEC_PUSH(r->a, &r->left, ((struct task_left){row, why}));
}

static const bool answers[] = {false, true};

static void learn_statuses(struct task_reader *r) {
  for (size_t i = 0; i < STATUSES; i++)
    map_put(&r->status_done, r->a, text_word(r->a, statuses[i].word),
            (void *)&answers[statuses[i].done]);
  if (r->said[TASK_STATUS])
    map_put(&r->status_done, r->a, text_word(r->a, r->said[TASK_STATUS]), (void *)&answers[true]);
}

/* Is it done? NULL: the row does not say. The yes or no of a column wins over words that a company
 * may have made. */
static const bool *is_done(struct task_reader *r, const struct csv_row *row, const char **status) {
  const char *closed = cell(r, row, TASK_CLOSED);
  *status = cell(r, row, TASK_STATUS);
  const bool *done = closed ? map_get(&r->status_done, text_word(r->a, closed)) : NULL;
  if (!*status) *status = closed;
  return done || !*status ? done : map_get(&r->status_done, text_word(r->a, *status));
}

/* ---- days ------------------------------------------------------------------------------- */

static bool day_in(struct task_reader *r, const char *format, const char *text, day_t *out) {
  struct day_format f;
  int64_t time;
  struct day_clocks clocks = {.company = &r->clock};
  return day_format_read(format, &f) && day_from_text(&f, text, strlen(text), &clocks, out, &time);
}

/* A day, where those with slashes are written in this order. */
static bool day_as(struct task_reader *r, enum day_order order, const char *text, day_t *out) {
  if (r->said[TASK_COMPLETED]) return day_in(r, r->said[TASK_COMPLETED], text, out);
  if (day_in(r, NULL, text, out)) return true;
  for (size_t i = 0; i < DAY_FORMATS; i++)
    if ((day_formats[i].order == order || day_formats[i].order == EITHER) &&
        day_in(r, day_formats[i].format, text, out))
      return true;
  return false;
}

/* The order of day and month in the whole column: a value such as 13/2/2026 has only one. */
static bool find_order(struct task_reader *r) {
  size_t day_first = 0, month_first = 0, different = 0;
  const char *example = NULL;
  for (size_t i = 1; i < r->file->n; i++) {
    day_t a = DAY_NONE, b = DAY_NONE;
    const char *text = cell(r, &r->file->rows[i], TASK_COMPLETED);
    if (!text) continue;
    bool first = day_as(r, DAY_FIRST, text, &a), second = day_as(r, MONTH_FIRST, text, &b);
    day_first += first && !second;
    month_first += second && !first;
    different += first && second && a != b;
    if (first && second && a != b) example = text;
  }
  r->order = month_first > day_first ? MONTH_FIRST : DAY_FIRST;
  if (!different || (day_first > 0) != (month_first > 0)) return true;
  const char *header = r->file->rows[0].cells[r->at[TASK_COMPLETED]];
  return diag_fail(
      r->problems, V0707,
      "%s: does the day or the month come first in %s? Say it with --map \"%s=completed "
      "DD/MM/YYYY\" or --map \"%s=completed MM/DD/YYYY\"",
      r->path, example, header, header);
}

/* ---- all rows ----------------------------------------------------------------------------- */

/* What a second row says of an item. */
static void hear_again(struct task_reader *r, struct told *t, const struct told *now) {
  const char *way =
      arena_printf(r->a, "if it is done: vigie items done %lld", (long long)t->task.number);
  if (t->disagree) return;
  bool same = t->done == now->done &&
              (!t->done || (t->task.day == now->task.day && same_text(t->task.who, now->task.who)));
  t->disagree = !same;
  if (!same && t->done && now->done)
    leave(r, now->task.row,
          arena_printf(r->a,
                       "says of #%lld another day or person than row %zu: nothing is changed; %s",
                       (long long)t->task.number, t->task.row, way));
  else if (!same)
    leave(r, now->task.row,
          arena_printf(r->a, "says of #%lld \"%s\", row %zu \"%s\": nothing is changed; %s",
                       (long long)t->task.number, now->status, t->task.row, t->status, way));
  else if (t->done)
    leave(r, now->task.row,
          arena_printf(r->a, "says of #%lld what row %zu says: it counts once",
                       (long long)t->task.number, t->task.row));
}

static void hear(struct task_reader *r, const struct told *now) {
  const char *key = arena_printf(r->a, "%lld", (long long)now->task.number);
  struct told *before = map_get(&r->by_number, key);
  if (before) {
    hear_again(r, before, now);
    return;
  }
  struct told *t = NEW(r->a, struct told);
  *t = *now;
  map_put(&r->by_number, r->a, key, t);
  VEC_PUSH(r->a, &r->told, t);
}

/* Why the row says nothing clear; NULL: it does, and *now is complete. */
static const char *hear_row(struct task_reader *r, const struct csv_row *row, struct told *now) {
  const struct csv_row *first = &r->file->rows[0];
  if (row->n != first->n)
    return arena_printf(r->a,
                        "has %zu %s, the header %zu: a row is cut off, or a text has no quotes",
                        row->n, plural((long)row->n, "cell", "cells"), first->n);
  const bool *done = is_done(r, row, &now->status);
  int column = r->at[r->at[TASK_STATUS] == NOWHERE ? TASK_CLOSED : TASK_STATUS];
  if (!done && !now->status) return "has no status";
  if (!done)
    return arena_printf(r->a,
                        "has the status \"%s\", which Vigie does not know; if it means done: "
                        "--map \"%s=status %s\"",
                        now->status, first->cells[column], now->status);
  now->done = *done;
  now->task.who = cell(r, row, TASK_OWNER);
  const char *day = cell(r, row, TASK_COMPLETED);
  if (!now->done || !day || day_as(r, r->order, day, &now->task.day)) return NULL;
  return arena_printf(r->a, "is done on \"%s\", which is no day", day);
}

static void read_row(struct task_reader *r, const struct csv_row *row) {
  int64_t second;
  struct told now = {
      .task = {.number = key_of(r, row, &second), .day = DAY_NONE, .row = row->number}};
  if (!now.task.number) return;
  r->n_keys++;
  const char *why = second ? arena_printf(r->a, "holds the keys of #%lld and #%lld: leave one",
                                          (long long)now.task.number, (long long)second)
                           : hear_row(r, row, &now);
  if (why)
    leave(r, row->number, why);
  else
    hear(r, &now);
}

bool task_export_read(const struct csv_file *file, const struct task_reading *how, struct arena *a,
                      struct task_export *out, struct diags *problems) {
  struct task_reader r = {
      .file = file, .path = how->path, .mark = how->mark, .a = a, .problems = problems};
  if (how->tz) r.clock.zone = zone_read(a, how->tz);
  if (!find_columns(&r, how->map) || !find_order(&r)) return false;
  learn_statuses(&r);
  for (size_t i = 1; i < file->n; i++) read_row(&r, &file->rows[i]);
  *out = (struct task_export){.left = r.left.v,
                              .n_left = r.left.n,
                              .n_keys = r.n_keys,
                              .n_other = r.n_other,
                              .done = NEW_N(a, struct task_done, r.told.n + 1)};
  for (size_t i = 0; i < r.told.n; i++)
    if (r.told.v[i]->done && !r.told.v[i]->disagree) out->done[out->n_done++] = r.told.v[i]->task;
  return true;
}
