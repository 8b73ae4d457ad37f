/* Cells to values. In: a cell as the database stores it. Out: a value in a column, or a refusal.
 * NULL and blank texts are unknown for every kind. */
#include "data/cell.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/check.h"
#include "base/decimal.h"
#include "base/text.h"

enum { NUMBER_TEXT_MAX = 128 };

#define MONEY_MAX 0x1p53 /* minor units: above, a double no longer holds every one */

static enum column_kind kind_of_column(enum cell_kind k) {
  switch (k) {
    case CELL_TEXT: return COL_TXT;
    case CELL_FLAG:
    case CELL_CURRENCY: return COL_BOOL;
    case CELL_KEY: return COL_KEY;
    default: return COL_NUM;
  }
}

static bool is_number_kind(enum cell_kind k) {
  return k == CELL_NUMBER || k == CELL_MONEY || k == CELL_PERCENT;
}

/* The format was read when it was declared: here it cannot fail. */
void cell_reader_init(struct cell_reader *r, struct arena *a, const struct scan_column *spec,
                      struct dict *texts, const struct zone *zone, const struct zone *source) {
  *r = (struct cell_reader){.spec = spec, .texts = texts, .clock = {.zone = zone}};
  r->source_clock = (struct zone_clock){.zone = source};
  r->clocks = (struct day_clocks){&r->clock, spec->form.zone ? &r->source_clock : NULL};
  if (is_number_kind(spec->kind) && spec->form.format)
    CHECK(number_format_read(spec->form.format, &r->numbers));
  if (spec->kind == CELL_DATE || spec->kind == CELL_MOMENT) {
    CHECK(day_format_read(spec->form.format, &r->days)); /* sema refused any other */
    r->seen = NEW_N(a, struct day_seen, DAYS_SEEN);
  }
  r->out = column_new(a, kind_of_column(spec->kind), BATCH);
  if (spec->kind == CELL_TEXT || spec->kind == CELL_KEY) r->queue = NEW(a, struct text_queue);
  if (spec->kind == CELL_MONEY) r->minor = currency_minor(spec->currency);
}

void cell_reader_batch(struct cell_reader *r) {
  memset(r->out.valid, 0, bit_words(BATCH) * sizeof *r->out.valid);
  if (r->out.yes) memset(r->out.yes, 0, bit_words(BATCH) * sizeof *r->out.yes);
}

void cell_reader_finish(struct cell_reader *r) {
  struct text_queue *q = r->queue;
  if (!q) return;
  dict_add_many(r->texts, q->asks, q->n_asks, q->found);
  for (size_t i = 0; i < q->n_rows; i++) {
    const struct str *t = q->found[q->ask_of_row[i]];
    if (r->out.txt)
      r->out.txt[q->rows[i]] = t;
    else
      r->out.key[q->rows[i]] = (struct key){.text = t};
  }
  q->n_asks = q->n_rows = q->n_bytes = 0;
}

/* What else was read comes out the same again; a text must not be queued twice. */
void cell_reader_forget(struct cell_reader *r, size_t row) {
  struct text_queue *q = r->queue;
  if (!q) return;
  while (q->n_rows && q->rows[q->n_rows - 1] >= row) q->n_rows--;
  q->n_asks = q->n_rows ? q->ask_of_row[q->n_rows - 1] + 1u : 0;
  const struct dict_ask *last = q->n_asks ? &q->asks[q->n_asks - 1] : NULL;
  q->n_bytes = last ? (size_t)(last->s - q->bytes) + last->n : 0;
}

bool cell_is_text(const struct raw_cell *c) {
  return !memchr(c->s, 0, c->n) && text_utf8_valid(c->s, c->n, NULL);
}

/* ---- numbers -------------------------------------------------------------------------- */

void cell_trim(const char **s, size_t *n) {
  while (*n && (unsigned char)**s <= ' ') ++*s, --*n;
  while (*n && (unsigned char)(*s)[*n - 1] <= ' ') --*n;
}

static size_t skip_digits(const char *s, size_t n, size_t at) {
  while (at < n && (unsigned)(s[at] - '0') <= 9) at++;
  return at;
}

/* strtod also takes 0x10, inf and nan, so the form is checked first. */
static bool is_decimal(const char *s, size_t n) {
  size_t i = n && (*s == '-' || *s == '+'), whole = i;
  i = skip_digits(s, n, i);
  size_t digits = i - whole;
  if (i < n && s[i] == '.') {
    size_t point = i++;
    i = skip_digits(s, n, i);
    digits += i - point - 1;
  }
  if (digits == 0) return false;
  if (i < n && (s[i] == 'e' || s[i] == 'E')) {
    i++;
    if (i < n && (s[i] == '-' || s[i] == '+')) i++;
    size_t power = i;
    i = skip_digits(s, n, i);
    if (i == power) return false;
  }
  return i == n;
}

bool number_from_text(const char *s, size_t n, double *out) {
  char buf[NUMBER_TEXT_MAX];
  cell_trim(&s, &n);
  if (n >= sizeof buf || !is_decimal(s, n)) return false;
  memcpy(buf, s, n);
  buf[n] = 0;
  *out = strtod(buf, NULL);
  return isfinite(*out);
}

/* A text of nothing but white space, of whatever alphabet. */
static bool is_blank(struct cell_reader *r, const struct raw_cell *c) {
  const char *s = c->s;
  size_t n = c->n;
  cell_trim(&s, &n);
  if (n == 0) return true;
  return (unsigned char)*s >= 0x80 && !dict_add(r->texts, s, n);
}

/* 1,234.50 USD; a dash is unknown. */
static bool number_by_example(struct cell_reader *r, const struct raw_cell *c, double *out,
                              bool *known) {
  const struct scan_column *spec = r->spec;
  const char *s = c->s;
  size_t n = c->n;
  struct number_cell cell;
  cell_trim(&s, &n);
  if (!number_from_format(&r->numbers, s, n, &cell)) {
    *known = false;
    return is_blank(r, c);
  }
  bool money = spec->kind == CELL_MONEY, share = spec->kind == CELL_PERCENT || spec->form.ratio;
  if (cell.currency && !(money && currency_sign_is(cell.currency, cell.n_currency, spec->currency)))
    return false;
  if (cell.percent && !share) return false;
  *known = !cell.nothing;
  *out = cell.percent && spec->form.ratio ? decimal_shift(cell.value, -2) : cell.value;
  return true;
}

/* Sets *known; false when the cell is no number. */
static bool number_of(struct cell_reader *r, const struct raw_cell *c, double *out, bool *known) {
  *known = true;
  switch (c->stored) {
    case STORED_INT: *out = (double)c->i; return true;
    case STORED_REAL: *out = c->r; return isfinite(c->r);
    case STORED_TEXT:
      if (r->spec->form.format) return number_by_example(r, c, out, known);
      if (number_from_text(c->s, c->n, out)) return true;
      *known = false;
      return is_blank(r, c);
    default: return false;
  }
}

/* Minor units. 19.99 * 100 is not 1999 in doubles, so what is next to a minor unit is that unit;
 * a price of 0.0015 keeps its digits. */
static bool money_of(struct cell_reader *r, double major, double *out) {
  double v = major * r->minor, nearest = round(v);
  if (!(fabs(v) <= MONEY_MAX)) return false;
  if (v == 0 || (nearest != 0 && fabs(v - nearest) <= 1e-6 + fabs(v) * 1e-15)) {
    *out = nearest;
    return true;
  }
  *out = decimal_minor(major, r->minor);
  return true;
}

static bool read_number(struct cell_reader *r, const struct raw_cell *c, size_t row) {
  double v;
  bool known;
  if (!number_of(r, c, &v, &known)) return false;
  if (!known) return true;
  if (r->spec->kind == CELL_PERCENT) v = decimal_shift(v, -2);
  if (r->spec->kind == CELL_MONEY && !money_of(r, v, &v)) return false;
  if (r->spec->form.duration) {
    if (!duration_fits(&r->spec->form, v)) return false;
    v *= dur_unit_size(r->spec->form.in);
  }
  r->out.num[row] = v;
  bit_set(r->out.valid, row);
  return true;
}

/* ---- dates ---------------------------------------------------------------------------- */

/* Where the day of a text of DAY_TEXT bytes is, or would be. What differs from day to day stands
 * behind. */
static inline struct day_seen *seen_at(const struct cell_reader *r, const char *s) {
  uint64_t tail;
  memcpy(&tail, s + DAY_TEXT - sizeof tail, sizeof tail);
  return &r->seen[tail * UINT64_C(0x9E3779B97F4A7C15) >> 54 & (DAYS_SEEN - 1)];
}

static inline bool is_seen(const struct day_seen *seen, const char *s) {
  return *seen->text && memcmp(s, seen->text, DAY_TEXT) == 0;
}

static bool day_of(struct cell_reader *r, const char *s, size_t n, day_t *out) {
  double v;
  int64_t *time = &r->microseconds;
  if (day_format_is_number(&r->days))
    return number_from_text(s, n, &v) && day_from_number(&r->days, v, &r->clocks, out, time);
  if (!day_from_text(&r->days, s, n, &r->clocks, out, time)) return false;
  if (n == DAY_TEXT && !*time) {
    struct day_seen *seen = seen_at(r, s);
    memcpy(seen->text, s, n);
    seen->day = *out;
  }
  return true;
}

/* 46082 with "excel", 20260301 with "YYYYMMDD". */
static bool day_of_number(struct cell_reader *r, const struct raw_cell *c, day_t *out) {
  char digits[24];
  double v = c->stored == STORED_INT ? (double)c->i : c->r;
  if (day_format_is_number(&r->days))
    return day_from_number(&r->days, v, &r->clocks, out, &r->microseconds);
  if (r->days.kind != DAY_FIELDS || v != trunc(v) || fabs(v) > 1e15) return false;
  int n = snprintf(digits, sizeof digits, "%.0f", v);
  return day_from_text(&r->days, digits, (size_t)n, &r->clocks, out, &r->microseconds);
}

static void keep_day(struct cell_reader *r, day_t day, size_t row) {
  r->out.num[row] = r->spec->kind == CELL_DATE
                        ? (double)day
                        : (double)(day * MICROSECONDS_A_DAY + r->microseconds);
  bit_set(r->out.valid, row);
}

static bool read_day(struct cell_reader *r, const struct raw_cell *c, size_t row) {
  const char *s = c->s;
  size_t n = c->n;
  day_t day;
  r->microseconds = 0;
  if (c->stored == STORED_INT || c->stored == STORED_REAL) {
    if (!day_of_number(r, c, &day)) return false;
    keep_day(r, day, row);
    return true;
  }
  if (c->stored != STORED_TEXT) return false;
  const struct day_seen *seen = n == DAY_TEXT ? seen_at(r, s) : NULL;
  if (seen && is_seen(seen, s)) {
    day = seen->day;
  } else {
    cell_trim(&s, &n);
    if (!day_of(r, s, n, &day)) return is_blank(r, c);
  }
  keep_day(r, day, row);
  return true;
}

/* ---- texts and keys ------------------------------------------------------------------- */

/* As text_is_clean_ascii, and without NUL bytes: eight bytes at a time, because this is asked of
 * every cell. */
static bool is_plain(const char *s, size_t n) {
  const uint64_t high = 0x8080808080808080, low = 0x0101010101010101;
  uint64_t w, odd = 0;
  if ((unsigned char)s[0] <= ' ' || (unsigned char)s[n - 1] <= ' ') return false;
  for (; n >= sizeof w; s += sizeof w, n -= sizeof w) {
    memcpy(&w, s, sizeof w);
    odd |= w | (w - low); /* the high bit of a byte that is not ASCII, or of a NUL */
  }
  for (; n; s++, n--) odd |= (uint64_t)(unsigned char)*s | ((uint64_t)(unsigned char)*s - 1);
  return !(odd & high);
}

/* Leaves the cell for cell_reader_finish; false when it must be looked at now. */
static bool queue_text(struct cell_reader *r, const struct raw_cell *c, size_t row) {
  struct text_queue *q = r->queue;
  struct dict_ask *last = q->n_asks ? &q->asks[q->n_asks - 1] : NULL;
  if (c->n == 0 || c->n > QUEUED_TEXT_MAX) return false;
  if (!last || last->n != c->n || !same_bytes(last->s, c->s, c->n)) {
    if (!is_plain(c->s, c->n)) return false;
    char *copy = q->bytes + q->n_bytes;
    memcpy(copy, c->s, c->n);
    q->n_bytes += c->n;
    q->asks[q->n_asks++] = (struct dict_ask){.s = copy, .n = (uint32_t)c->n};
  }
  q->rows[q->n_rows] = (uint16_t)row;
  q->ask_of_row[q->n_rows++] = (uint16_t)(q->n_asks - 1);
  bit_set(r->out.valid, row);
  return true;
}

static bool read_key(struct cell_reader *r, const struct raw_cell *c, size_t row) {
  struct key *out = &r->out.key[row];
  bool known = true;
  switch (c->stored) {
    case STORED_INT: *out = key_from_int(c->i); break;
    case STORED_REAL:
      if (!key_from_real(r->texts, c->r, out)) return false;
      break;
    case STORED_TEXT:
      if (!key_is_integer(c->s, c->n, out)) {
        if (queue_text(r, c, row)) return true;
        if (!cell_is_text(c)) return false;
        known = key_from_text(r->texts, c->s, c->n, out);
      }
      break;
    default: return false;
  }
  if (known) bit_set(r->out.valid, row);
  return true;
}

/* Numbers have one canonical text, the one that a key has. */
static bool text_of_number(struct cell_reader *r, const struct raw_cell *c,
                           const struct str **out) {
  struct key k = key_from_int(c->i);
  if (c->stored == STORED_BLOB) return false;
  if (c->stored == STORED_REAL && !key_from_real(r->texts, c->r, &k)) return false;
  char digits[24];
  int n = snprintf(digits, sizeof digits, "%lld", (long long)k.number);
  *out = k.text ? k.text : dict_add(r->texts, digits, (size_t)n);
  return true;
}

static bool is_listed(const struct cell_form *form, const char *s, size_t n) {
  for (size_t i = 0; i < form->n_one_of; i++)
    if (strncmp(form->one_of[i], s, n) == 0 && !form->one_of[i][n]) return true;
  return !form->one_of;
}

static bool read_text(struct cell_reader *r, const struct raw_cell *c, size_t row) {
  const struct cell_form *form = &r->spec->form;
  const struct str *t;
  if (c->stored != STORED_TEXT) {
    if (!text_of_number(r, c, &t)) return false;
  } else {
    /* what is listed is clean: a text that is not may still be, without the blanks around it */
    if (is_listed(form, c->s, c->n) && queue_text(r, c, row)) return true;
    if (!cell_is_text(c)) return false;
    t = dict_add(r->texts, c->s, c->n);
  }
  if (t && !is_listed(form, t->s, t->n)) return false;
  r->out.txt[row] = t;
  if (t) bit_set(r->out.valid, row);
  return true;
}

/* ---- flags and currencies ------------------------------------------------------------- */

static bool is_word(const char *s, size_t n, const char *word) {
  return strlen(word) == n && strncasecmp(s, word, n) == 0;
}

static bool read_flag(struct cell_reader *r, const struct raw_cell *c, size_t row) {
  static const char *const words[][2] = {{"0", "1"}, {"false", "true"}, {"no", "yes"}, {"f", "t"}};
  const char *s = c->s;
  size_t n = c->n;
  int yes = -1;
  if (c->stored == STORED_INT && (c->i == 0 || c->i == 1)) yes = (int)c->i;
  if (c->stored == STORED_REAL && (c->r == 0 || c->r == 1)) yes = (int)c->r;
  if (c->stored == STORED_TEXT) {
    cell_trim(&s, &n);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
      for (int truth = 0; truth < 2; truth++)
        if (is_word(s, n, words[i][truth])) yes = truth;
    if (yes < 0) return is_blank(r, c);
  }
  if (yes < 0) return false;
  bit_set(r->out.valid, row);
  if (yes) bit_set(r->out.yes, row);
  return true;
}

static bool read_currency(struct cell_reader *r, const struct raw_cell *c, size_t row) {
  if (c->stored != STORED_TEXT) return false;
  const char *s = c->s;
  size_t n = c->n;
  cell_trim(&s, &n);
  if (!is_word(s, n, r->spec->currency)) return is_blank(r, c);
  bit_set(r->out.valid, row);
  bit_set(r->out.yes, row);
  return true;
}

static bool read_code(struct cell_reader *r, const struct raw_cell *c, size_t row) {
  if (c->stored != STORED_TEXT) return false;
  const char *s = c->s;
  size_t n = c->n;
  cell_trim(&s, &n);
  const char *code = currency_from_code(s, n);
  if (!code) return is_blank(r, c);
  r->out.num[row] = currency_minor(code);
  bit_set(r->out.valid, row);
  return true;
}

bool cell_read(struct cell_reader *r, const struct raw_cell *c, size_t row) {
  if (c->stored == STORED_NULL) return true;
  switch (r->spec->kind) {
    case CELL_NUMBER:
    case CELL_MONEY:
    case CELL_PERCENT: return read_number(r, c, row);
    case CELL_DATE:
    case CELL_MOMENT: return read_day(r, c, row);
    case CELL_TEXT: return read_text(r, c, row);
    case CELL_FLAG: return read_flag(r, c, row);
    case CELL_KEY: return read_key(r, c, row);
    case CELL_CURRENCY: return read_currency(r, c, row);
    case CELL_CODE: return read_code(r, c, row);
  }
  return false;
}

/* ---- a column of cells ---------------------------------------------------------------- */

/* What most cells are is decided here for the whole column; the rest one by one. */
struct cells {
  const struct raw_cell *first;
  size_t stride, n;
};
#define EACH_CELL                                                                          \
  for (const struct raw_cell *c = cells.first, *end = c + cells.n * cells.stride; c < end; \
       c += cells.stride, row++)

static bool are_whole_numbers(struct cells cells) {
  size_t row = 0, whole = 0;
  EACH_CELL whole += c->stored == STORED_INT;
  return whole == row;
}

static bool read_each(struct cell_reader *r, struct cells cells, size_t row) {
  EACH_CELL if (!cell_read(r, c, row)) return false;
  return true;
}

static void read_whole_numbers(struct cell_reader *r, struct cells cells, size_t row) {
  double *num = r->out.num;
  bits_set(r->out.valid, row, cells.n);
  EACH_CELL num[row] = (double)c->i;
}

static void read_whole_keys(struct cell_reader *r, struct cells cells, size_t row) {
  struct key *key = r->out.key;
  bits_set(r->out.valid, row, cells.n);
  EACH_CELL key[row] = (struct key){.number = c->i};
}

static double day_value(const struct cell_reader *r, day_t day) {
  return r->spec->kind == CELL_DATE ? (double)day : (double)(day * MICROSECONDS_A_DAY);
}

/* Rows that follow each other often have the same day. */
static bool read_days(struct cell_reader *r, struct cells cells, size_t row) {
  const struct day_seen *last = r->seen;
  double value = day_value(r, last->day);
  EACH_CELL {
    bool plain = c->stored == STORED_TEXT && c->n == DAY_TEXT;
    if (plain && is_seen(last, c->s)) {
      r->out.num[row] = value;
      bit_set(r->out.valid, row);
      continue;
    }
    if (c->stored != STORED_NULL && !read_day(r, c, row)) return false;
    if (!plain) continue;
    last = seen_at(r, c->s);
    value = day_value(r, last->day);
  }
  return true;
}

bool cell_read_many(struct cell_reader *r, const struct raw_cell *c, size_t stride, size_t n,
                    size_t row) {
  struct cells cells = {c, stride, n};
  enum cell_kind kind = r->spec->kind;
  if (kind == CELL_DATE || kind == CELL_MOMENT) return read_days(r, cells, row);
  bool number = kind == CELL_NUMBER && !r->spec->form.duration;
  if ((!number && kind != CELL_KEY) || !are_whole_numbers(cells)) return read_each(r, cells, row);
  number ? read_whole_numbers(r, cells, row) : read_whole_keys(r, cells, row);
  return true;
}
