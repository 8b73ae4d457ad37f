/* What is wrong with a cell, for a person. In: a cell that cannot be read as its kind. Out: what
 * it holds, what was expected, what to change. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/limits.h"
#include "base/suggest.h"
#include "base/text.h"
#include "data/cell.h"

enum { SHOWN_MAX = 60 }; /* bytes of a text that a message shows */

/* Safe to print, and not longer than a person reads. */
static const char *shown(struct arena *a, const char *s, size_t n) {
  size_t cut = n;
  if (n > SHOWN_MAX)
    for (cut = SHOWN_MAX; cut > SHOWN_MAX - 4 && ((unsigned char)s[cut] & 0xC0) == 0x80;) cut--;
  char *text = NULL;
  size_t size = 0;
  FILE *f = open_memstream(&text, &size);
  if (!f) return "";
  text_print_safe(f, s, cut);
  if (cut < n) fputs("…", f);
  fclose(f);
  const char *copy = arena_strndup(a, text, size);
  free(text);
  return copy;
}

const char *cell_name(struct arena *a, const struct raw_cell *c) {
  const char *s = c->s;
  size_t n = c->n;
  switch (c->stored) {
    case STORED_INT: return arena_printf(a, "%lld", (long long)c->i);
    case STORED_REAL: return arena_printf(a, "%.15g", c->r);
    case STORED_TEXT: break;
    default: return NULL;
  }
  cell_trim(&s, &n);
  return n ? shown(a, s, n) : NULL;
}

const char *key_name(struct arena *a, struct key key) {
  struct raw_cell text = raw_text(key_text(a, key));
  const char *name = cell_name(a, &text);
  CHECK(name);
  return name;
}

static const char *held(struct arena *a, const struct raw_cell *c) {
  switch (c->stored) {
    case STORED_INT: return arena_printf(a, "the number %lld", (long long)c->i);
    case STORED_REAL: return arena_printf(a, "the number %.15g", c->r);
    case STORED_TEXT: return arena_printf(a, "\"%s\"", shown(a, c->s, c->n));
    default: return "binary data";
  }
}

/* ---- dates ---------------------------------------------------------------------------- */

static bool day_fits(const char *format, const char *s, size_t n) {
  struct day_format f;
  struct day_clocks none = {0};
  day_t day;
  int64_t time;
  return day_format_read(format, &f) && day_from_text(&f, s, n, &none, &day, &time);
}

static const char *add_hint(struct arena *a, const char *hint, const char *format) {
  return hint ? arena_printf(a, "%s or format \"%s\"", hint, format)
              : arena_printf(a, "format \"%s\"", format);
}

/* The formats with one separator that the text fits: it is the first character that is no
 * digit. */
static const char *separated_hint(struct arena *a, const char *const *fields, const char *s,
                                  size_t n) {
  size_t i = 0;
  const char *hint = NULL;
  while (i < n && (unsigned)(s[i] - '0') <= 9) i++;
  if (i == n || !strchr("/-. ", s[i])) return NULL;
  for (; *fields; fields++) {
    char *format = arena_strdup(a, *fields);
    for (char *f = format; *f; f++)
      if (*f == '-') *f = s[i];
    if (day_fits(format, s, n)) hint = add_hint(a, hint, format);
  }
  return hint;
}

static const char *other_hint(struct arena *a, const char *s, size_t n) {
  static const char *const formats[] = {"D MMM YYYY",         "D MMM YY",
                                        "D-MMM-YYYY",         "D-MMM-YY",
                                        "MMM D, YYYY",        "MMM YYYY",
                                        "D/M/YYYY H:mm",      "M/D/YYYY H:mm",
                                        "D/M/YYYY H:mm:ss",   "M/D/YYYY H:mm:ss",
                                        "M/D/YYYY h:mm a",    "M/D/YYYY h:mm:ss a",
                                        "M/D/YYYY, h:mm a",   "M/D/YYYY, h:mm:ss a",
                                        "D/M/YYYY h:mm a",    "D MMM YYYY H:mm",
                                        "D.M.YYYY H:mm",      "MMM D, YYYY h:mm a",
                                        "YYYY/MM/DD HH:mm:ss"};
  const char *hint = NULL;
  for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
    if (day_fits(formats[i], s, n)) hint = add_hint(a, hint, formats[i]);
  return hint;
}

/* Numbers that are days of these years, in one way of counting. */
static const char *count_hint(double v) {
  static const struct {
    double from, until;
    const char *format;
  } counts[] = {{1e8, 1e10, "epoch seconds"},
                {1e11, 1e13, "epoch milliseconds"},
                {20000, 80000, "excel"},
                {2400000, 2500000, "julian"},
                {19000101, 21001231, "YYYYMMDD"}};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
    if (v >= counts[i].from && v <= counts[i].until) return counts[i].format;
  return NULL;
}

/* The formats that are used and that the text fits. It is for the person to say which one is
 * meant. */
static const char *format_hint(struct arena *a, const struct raw_cell *c) {
  static const char *const padded[] = {"DD-MM-YYYY", "MM-DD-YYYY", "YYYY-MM-DD", "DD-MM-YY",
                                       "MM-DD-YY",   "YYYY-MM",    "MM-YYYY",    NULL};
  static const char *const short_days[] = {"D-M-YYYY", "M-D-YYYY", "YYYY-M-D",
                                           "D-M-YY",   "M-D-YY",   NULL};
  const char *s = c->s;
  size_t n = c->n;
  double v;
  cell_trim(&s, &n);
  if (number_from_text(s, n, &v) && count_hint(v)) return add_hint(a, NULL, count_hint(v));
  const char *hint = separated_hint(a, padded, s, n);
  if (!hint) hint = separated_hint(a, short_days, s, n);
  return hint ? hint : other_hint(a, s, n);
}

/* What a number that no day is written as may mean. */
static const char *count_mistake(struct arena *a, const struct day_format *f, const char *format,
                                 double v) {
  if (f->kind == DAY_EPOCH_SECONDS && v == 0)
    return "which would be 1970-01-01. Leave the cell empty where there is no day";
  if (f->kind == DAY_EPOCH_MILLISECONDS && v == 0)
    return "which would be 1970-01-01. Leave the cell empty where there is no day";
  const char *near = count_hint(v);
  if (near && strcmp(near, format) != 0)
    return arena_printf(a, "which is no day as \"%s\". Did you mean format \"%s\"?", format, near);
  return arena_printf(
      a, "which is no day as \"%s\". Correct the value, or the format of the column", format);
}

static const char *day_mistake(struct arena *a, const struct cell_reader *r,
                               const struct raw_cell *c) {
  const char *format = r->spec->form.format;
  double v = c->stored == STORED_INT ? (double)c->i : c->r;
  bool number = c->stored == STORED_INT || c->stored == STORED_REAL ||
                (c->stored == STORED_TEXT && number_from_text(c->s, c->n, &v));
  if (number && day_format_is_number(&r->days)) return count_mistake(a, &r->days, format, v);
  if (r->days.kind != DAY_ISO)
    return arena_printf(
        a,
        "which is not a date written as \"%s\". Correct the value, or the format of the attribute",
        format);
  if (c->stored != STORED_TEXT && count_hint(v))
    return arena_printf(
        a, "which is not a date. Add format \"%s\" to the column, or write dates as 2026-12-31",
        count_hint(v));
  if (c->stored != STORED_TEXT)
    return "which is not a date. Write dates as text, such as 2026-12-31";
  const char *hint = format_hint(a, c);
  return hint ? arena_printf(
                    a, "which is not a date. Write dates as 2026-12-31, or add %s to the attribute",
                    hint)
              : "which is not a date. Write dates as 2026-12-31";
}

/* ---- the other kinds ------------------------------------------------------------------ */

/* The examples that the text fits; NULL: none. */
static const char *number_hint(struct arena *a, const char *s, size_t n) {
  static const char *const examples[] = {"1,234.50", "1234,50", "1 234,50", "1.234,50", "1'234.50"};
  const char *hint = NULL;
  cell_trim(&s, &n);
  for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
    struct number_format f;
    struct number_cell c;
    if (!number_format_read(examples[i], &f) || !number_from_format(&f, s, n, &c)) continue;
    hint = add_hint(a, hint, examples[i]);
    if (c.nothing || (!memchr(s, ',', n) && !memchr(s, '.', n) && !memchr(s, ' ', n))) break;
  }
  return hint;
}

/* A cell of a column with a format. */
static const char *example_mistake(struct arena *a, const struct cell_reader *r,
                                   const struct raw_cell *c) {
  const struct scan_column *spec = r->spec;
  const char *s = c->s;
  size_t n = c->n;
  struct number_cell cell;
  cell_trim(&s, &n);
  if (!number_from_format(&r->numbers, s, n, &cell))
    return arena_printf(a,
                        "which is not a number written as \"%s\". Correct the value, or the format "
                        "of the attribute",
                        spec->form.format);
  if (cell.currency && spec->kind != CELL_MONEY)
    return "which is an amount of money, and the attribute is none. Make it an attribute of money";
  if (cell.currency)
    return arena_printf(a,
                        "but the attribute is in %s, and two currencies never mix. Convert the row "
                        "to %s, or read the table through a view that leaves it out",
                        spec->currency, spec->currency);
  return "which has a percent sign, and the attribute is no share. Make it one: percent or ratio";
}

static const char *plain_mistake(const struct cell_reader *r, const struct raw_cell *c) {
  bool money = r->spec->kind == CELL_MONEY, is_text = c->stored == STORED_TEXT;
  if (is_text && memchr(c->s, '%', c->n))
    return "which is not a number. Write 12.5, without the percent sign";
  if (is_text && memchr(c->s, ',', c->n))
    return "which is not a number. Write 1234.50: a point before the decimals, nothing between the "
           "thousands";
  return money ? "which is not an amount. Write 1234.50: digits and a point, no currency sign"
               : "which is not a number. Write 1234.5: digits and a point, or leave the cell empty";
}

static const char *number_mistake(struct arena *a, const struct cell_reader *r,
                                  const struct raw_cell *c) {
  bool is_text = c->stored == STORED_TEXT;
  double v;
  bool number = c->stored == STORED_REAL || c->stored == STORED_INT ||
                (is_text && number_from_text(c->s, c->n, &v));
  const struct cell_form *form = &r->spec->form;
  if (form->duration && number)
    return arena_printf(
        a, "which is not a %s of %s up to %d. Correct the value, or the unit of the attribute",
        dur_unit_base(form->in) == DUR_DAY ? "number" : "whole number", dur_unit_name(form->in),
        DURATION_MAX);
  if (number) return "which is too large to be counted exactly. Correct the value";
  if (is_text && r->spec->form.format) return example_mistake(a, r, c);
  const char *hint = is_text ? number_hint(a, c->s, c->n) : NULL;
  const char *plain = plain_mistake(r, c);
  return hint ? arena_printf(a, "%s; or add %s to the attribute", plain, hint) : plain;
}

static const char *currency_mistake(struct arena *a, const struct cell_reader *r) {
  const char *code = r->spec->currency;
  return arena_printf(
      a,
      "but the attribute is in %s, and two currencies never mix. Split the KPI `by currency`, "
      "convert the row to %s, or read the table through a view that leaves it out",
      code, code);
}

enum { LISTED_MAX = 12 }; /* texts of a `one of` that a message shows */

/* A text that the attribute's `one of` does not list. */
static const char *list_mistake(struct arena *a, const struct cell_form *form,
                                const struct raw_cell *c) {
  const char *list = "", *s = c->s;
  size_t n = c->n;
  for (size_t i = 0; i < form->n_one_of && i < LISTED_MAX; i++)
    list = arena_printf(a, "%s%s\"%s\"", list, i ? ", " : "", form->one_of[i]);
  if (form->n_one_of > LISTED_MAX)
    list = arena_printf(a, "%s and %zu more", list, form->n_one_of - LISTED_MAX);
  if (c->stored == STORED_TEXT) {
    cell_trim(&s, &n);
  } else {
    s = cell_name(a, c);
    CHECK(s); /* a blob is refused before its list is asked */
    n = strlen(s);
  }
  const char *near = suggest(arena_strndup(a, s, n), form->one_of, form->n_one_of);
  const char *meant = near ? arena_printf(a, ". Did you mean \"%s\"? ", near) : ". ";
  return arena_printf(a, "which is not one of %s%sCorrect the value, or add it to the `one of`",
                      list, meant);
}

static const char *expected(struct arena *a, const struct cell_reader *r,
                            const struct raw_cell *c) {
  if (c->stored == STORED_BLOB) return "which cannot be read. Store it as text or as a number";
  switch (r->spec->kind) {
    case CELL_DATE:
    case CELL_MOMENT: return day_mistake(a, r, c);
    case CELL_FLAG: return "which is neither yes nor no. Write 1 or 0, true or false, yes or no";
    case CELL_CURRENCY: return currency_mistake(a, r);
    case CELL_CODE: return "which is no currency. Write its code of three letters, such as EUR";
    case CELL_TEXT:
      if (r->spec->form.one_of && (c->stored != STORED_TEXT || cell_is_text(c)))
        return list_mistake(a, &r->spec->form, c);
      /* fall through */
    case CELL_KEY:
      return c->stored == STORED_TEXT ? "which is not UTF-8 text. Export the table again, in UTF-8"
                                      : "which is no finite number. Correct the value";
    default: return number_mistake(a, r, c);
  }
}

const char *cell_mistake(struct arena *a, const struct cell_reader *r, const struct raw_cell *c) {
  return arena_printf(a, "the column %s (%s) holds %s, %s", r->spec->column, r->spec->what,
                      held(a, c), expected(a, r, c));
}

enum diag_code cell_mistake_code(const struct cell_reader *r, const struct raw_cell *c) {
  if (c->stored == STORED_BLOB) return V0503;
  bool day = r->spec->kind == CELL_DATE || r->spec->kind == CELL_MOMENT;
  bool needs_text = r->spec->kind == CELL_CURRENCY || r->spec->kind == CELL_CODE ||
                    (day && r->days.kind == DAY_ISO);
  return needs_text && c->stored != STORED_TEXT ? V0503 : V0504;
}
