/* The records of a history, kept. In: records in any order. Out: the column of one day after the
 * other. */
#include "eval/kept_history.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/date_civil.h"
#include "base/limits.h"
#include "eval/newest.h"

/* Records that begin between the first day and the last, in columns: as they came; when finished,
 * by their days. */
struct kept_records {
  struct column col;
  double *began;
  int32_t *row;
  size_t n, cap; /* cap: a multiple of 64 */
};

struct kept_history {
  const struct attr *attr;
  enum column_kind kind;
  size_t rows;
  day_t first, last;
  struct dict *texts;
  struct materialised held[2]; /* the arrays of the two below */
  struct newest base, now;     /* on the first day; on the day `at` */
  day_t at;
  struct kept_records v;
  size_t *begins; /* by day after the first: index of its first record; one more at the end */
  bool refused, finished;
};

struct kept_history *kept_history_new(const struct attr *attr, enum column_kind kind, size_t rows,
                                      day_t first, day_t last) {
  struct kept_history *x = xcalloc(1, sizeof *x);
  CHECK(first <= last);
  *x = (struct kept_history){
      .attr = attr, .kind = kind, .rows = rows, .first = first, .last = last, .texts = dict_new()};
  for (int k = 0; k < 2; k++) materialised_make_room(&x->held[k], kind, rows + 64);
  x->base.col = x->held[0].col;
  x->now.col = x->held[1].col;
  newest_begin(&x->base, rows);
  newest_begin(&x->now, rows);
  return x;
}

static void records_free_columns(struct kept_records *v) {
  free(v->col.num);
  free(v->col.txt);
  free(v->col.yes);
  free(v->col.valid);
  free(v->began);
  free(v->row);
  *v = (struct kept_records){0};
}

static void forget(struct kept_history *x) {
  for (int k = 0; k < 2; k++) materialised_free(&x->held[k]);
  newest_end(&x->base);
  newest_end(&x->now);
  records_free_columns(&x->v);
  free(x->begins);
  x->begins = NULL;
}

void kept_history_free(struct kept_history *x) {
  if (!x) return;
  forget(x);
  dict_free(x->texts);
  free(x);
}

bool kept_history_refused(const struct kept_history *x) { return x->refused; }

/* ---- reading -------------------------------------------------------------------------- */

static void make_room(struct kept_records *v, enum column_kind kind, size_t cap) {
  v->cap = bit_words(cap) * 64;
  v->began = xrealloc(v->began, v->cap * sizeof *v->began);
  v->row = xrealloc(v->row, v->cap * sizeof *v->row);
  v->col.valid = xrealloc(v->col.valid, v->cap / 8);
  if (kind == COL_NUM)
    v->col.num = xrealloc(v->col.num, v->cap * sizeof *v->col.num);
  else if (kind == COL_TXT)
    v->col.txt = xrealloc(v->col.txt, v->cap * sizeof *v->col.txt);
  else
    v->col.yes = xrealloc(v->col.yes, v->cap / 8);
}

void kept_history_add(struct kept_history *x, size_t row, double began, const struct column *v,
                      size_t i) {
  day_t day = moment_day(began);
  struct kept_records *k = &x->v;
  DEBUG_CHECK(!x->finished && row < x->rows);
  if (x->refused || day > x->last) return;
  if (day <= x->first) {
    newest_take(&x->base, x->texts, v, i, row, began);
    return;
  }
  if (k->n == HISTORY_KEPT_MAX) {
    x->refused = true;
    forget(x);
    return;
  }
  if (k->n == k->cap) make_room(k, x->kind, k->cap ? k->cap * 2 : 4096);
  column_copy(&k->col, k->n, v, i);
  if (k->col.txt)
    k->col.txt[k->n] = bit_get(v->valid, i) ? dict_add_str(x->texts, v->txt[i]) : NULL;
  k->row[k->n] = (int32_t)row;
  k->began[k->n++] = began;
}

/* ---- in the order of days --------------------------------------------------------------- */

static size_t day_of(const struct kept_history *x, size_t i) {
  return (size_t)(moment_day(x->v.began[i]) - x->first - 1);
}

/* Those of one day in the order in which they came. */
static void sort_by_day(struct kept_history *x) {
  size_t days = (size_t)(x->last - x->first);
  struct kept_records sorted = {.n = x->v.n};
  size_t *at = xcalloc(days + 1, sizeof *at);
  x->begins = xcalloc(days + 1, sizeof *x->begins);
  for (size_t i = 0; i < x->v.n; i++) x->begins[day_of(x, i) + 1]++;
  for (size_t d = 0; d < days; d++) x->begins[d + 1] += x->begins[d];
  memcpy(at, x->begins, (days + 1) * sizeof *at);
  make_room(&sorted, x->kind, x->v.n + 1);
  for (size_t i = 0; i < x->v.n; i++) {
    size_t k = at[day_of(x, i)]++;
    column_copy(&sorted.col, k, &x->v.col, i);
    sorted.row[k] = x->v.row[i];
    sorted.began[k] = x->v.began[i];
  }
  free(at);
  records_free_columns(&x->v);
  x->v = sorted;
}

static void copy_column(struct column *to, const struct column *from, size_t rows) {
  size_t words = bit_words(rows);
  memcpy(to->valid, from->valid, words * sizeof *to->valid);
  if (to->num)
    memcpy(to->num, from->num, rows * sizeof *to->num);
  else if (to->txt)
    memcpy(to->txt, from->txt, rows * sizeof *to->txt);
  else
    memcpy(to->yes, from->yes, words * sizeof *to->yes);
}

/* Back to the first day. */
static void rewind_days(struct kept_history *x) {
  copy_column(&x->now.col, &x->base.col, x->rows);
  memcpy(x->now.began, x->base.began, x->rows * sizeof *x->now.began);
  memcpy(x->now.tie, x->base.tie, bit_words(x->rows) * sizeof *x->now.tie);
  x->at = x->first;
}

void kept_history_finish(struct kept_history *x) {
  CHECK(!x->finished);
  x->finished = true;
  if (x->refused) return;
  sort_by_day(x);
  rewind_days(x);
}

static void move_to(struct kept_history *x, day_t day) {
  CHECK(day >= x->first && day <= x->last);
  if (day < x->at) rewind_days(x);
  size_t end = x->begins[day - x->first];
  for (size_t i = x->begins[x->at - x->first]; i < end; i++)
    newest_take(&x->now, x->texts, &x->v.col, i, (size_t)x->v.row[i], x->v.began[i]);
  x->at = day;
}

static void forget_rows(struct column *c, size_t word, uint64_t rows) {
  c->valid[word] &= ~rows;
  if (c->yes) c->yes[word] &= ~rows;
}

/* The rows of a word whose records began before the moment. */
static uint64_t began_before(const struct kept_history *x, size_t word, double moment) {
  uint64_t rows = 0;
  for (size_t r = word * 64, k = 0; k < 64 && r < x->rows; r++, k++)
    rows |= (uint64_t)(x->now.began[r] < moment) << k;
  return rows;
}

void kept_history_day(struct kept_history *x, day_t day, struct materialised *out, uint64_t *ties) {
  int fresh = x->attr->history.fresh;
  double oldest = ((double)day - fresh) * MICROSECONDS_A_DAY;
  CHECK(x->finished && !x->refused);
  move_to(x, day);
  materialised_make_room(out, x->kind, x->rows + 64);
  copy_column(&out->col, &x->now.col, x->rows);
  for (size_t w = 0; w < bit_words(x->rows); w++) {
    ties[w] |= x->now.tie[w];
    forget_rows(&out->col, w, x->now.tie[w] | (fresh >= 0 ? began_before(x, w, oldest) : 0));
  }
  for (size_t r = 0; out->col.txt && r < x->rows; r++)
    if (!bit_get(out->col.valid, r)) out->col.txt[r] = NULL;
}
