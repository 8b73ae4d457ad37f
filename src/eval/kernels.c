/* Kernels: one node over the rows of a chunk. In: the columns of its operands. Out: its own
 * column.
 *
 * Values are computed for all rows without a look at validity, so that loops stay straight;
 * validity is combined a word (64 rows) at a time. A value whose bit is not set is never read by
 * anyone. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "eval/aggregate.h"
#include "eval/chunk.h"
#include "base/check.h"
#include "base/limits.h"
#include "base/pattern.h"
#include "eval/evaluation.h"
#include "eval/group.h"

#define WORDS size_t words = bit_words(f->n)
#define EACH_WORD for (size_t w = 0; w < words; w++)
#define EACH_ROW for (size_t i = 0; i < f->n; i++)

static void fill(uint64_t *w, size_t words, uint64_t v) {
  for (size_t i = 0; i < words; i++) w[i] = v;
}

/* Two rows of a column of numbers, and what a test says of them: all bits of a row, or none. */
typedef double two_rows __attribute__((vector_size(16)));
typedef int64_t two_answers __attribute__((vector_size(16)));

static inline two_rows two_of(const double *column, size_t i) {
  two_rows rows;
  memcpy(&rows, column + i, sizeof rows);
  return rows;
}

static inline uint64_t two_bits(two_answers holds) {
#ifdef __SSE2__
  return (uint64_t)_mm_movemask_pd((__m128d)holds);
#else
  return (uint64_t)(holds[0] & 1) | (uint64_t)(holds[1] & 2);
#endif
}

/* A test of the two rows from i on becomes bits, those of word w: two rows at a time (arrays are
 * padded to 64 rows) and without a branch that a processor would guess wrong. */
#define PACK_WORD(bits, test) \
  uint64_t bits = 0;          \
  for (size_t i = w * 64; i < w * 64 + 64; i += 2) bits |= (test) << (i & 63)
#define PACK(test)                      \
  EACH_WORD {                           \
    PACK_WORD(bits, test);              \
    out->yes[w] = bits & out->valid[w]; \
  }

static void both_valid(struct chunk *f, const struct column *a, const struct column *b,
                       struct column *out) {
  WORDS;
  EACH_WORD out->valid[w] = a->valid[w] & b->valid[w];
}

/* For all rows that the chunk has room for, once: its texts are there as long as it is. */
static void k_constant(struct chunk *f, const struct node *n, struct column *out) {
  size_t words = bit_words(f->room);
  fill(out->valid, words, n->op == N_UNKNOWN ? 0 : UINT64_MAX);
  if (n->op == N_NUM)
    for (size_t i = 0; i < f->room; i++) out->num[i] = n->k;
  if (n->op == N_BOOL) fill(out->yes, words, n->k != 0 ? UINT64_MAX : 0);
  if (n->op == N_TXT) {
    const struct str *s = dict_add(f->texts, n->text, strlen(n->text));
    if (!s) fill(out->valid, words, 0);
    for (size_t i = 0; i < f->room; i++) out->txt[i] = s;
  }
  f->lasts[n - f->ev->plan->nodes.v] = true;
}

static void k_key(struct chunk *f, struct column *out) {
  struct arena *a = f->scratch;
  EACH_ROW {
    const char *text = key_text(a, keymap_key(f->ev->rows[f->domain].keys, chunk_row(f, i)));
    out->txt[i] = dict_add(f->texts, text, strlen(text));
    bit_put(out->valid, i, out->txt[i] != NULL);
  }
}

/* Rules read a dimension as a text. */
static void k_dim(struct chunk *f, const struct node *n, struct column *out) {
  EACH_ROW {
    char buf[96];
    struct value v = group_dim(f->ev, f->domain, chunk_row(f, i), n->dim);
    const char *text = v.text ? v.text : value_exact_text(&v, buf, sizeof buf);
    out->txt[i] = v.known ? dict_add(f->texts, text, strlen(text)) : NULL;
    bit_put(out->valid, i, out->txt[i] != NULL);
  }
}

static void copy_row(struct column *out, size_t i, const struct column *from, size_t r,
                     enum column_kind kind) {
  bit_put(out->valid, i, bit_get(from->valid, r));
  if (kind == COL_NUM)
    out->num[i] = from->num[r];
  else if (kind == COL_TXT)
    out->txt[i] = from->txt[r];
  else
    bit_put(out->yes, i, bit_get(from->yes, r));
}

static void k_gather(struct chunk *f, const struct node *n, struct column *out) {
  const int32_t *link = chunk_links(f, n->edge);
  const struct materialised *h = &f->ev->materialised[n->a];
  CHECK(h->ready);
  EACH_ROW {
    if (link[i] >= 0)
      copy_row(out, i, &h->col, (size_t)link[i], n->col);
    else {
      bit_clear(out->valid, i);
      if (n->col == COL_BOOL) bit_clear(out->yes, i);
    }
  }
}

static void k_of_group(struct chunk *f, const struct node *n, struct column *out) {
  const struct materialised *h = &f->ev->materialised[n->a];
  const struct column *group = chunk_column(f, n->b);
  CHECK(h->ready);
  EACH_ROW {
    if (bit_get(group->valid, i)) {
      CHECK((size_t)group->num[i] < h->rows);
      copy_row(out, i, &h->col, (size_t)group->num[i], n->col);
    } else {
      bit_clear(out->valid, i);
      if (n->col == COL_BOOL) bit_clear(out->yes, i);
    }
  }
}

static void k_with(struct chunk *f, const struct node *n, struct column *out) {
  const struct column *a = chunk_column(f, n->a);
  EACH_ROW copy_row(out, i, a, i, n->col);
}

static void k_scalar(struct chunk *f, const struct node *n, struct column *out) {
  const struct materialised *h = &f->ev->materialised[n->a];
  CHECK(h->ready);
  EACH_ROW copy_row(out, i, &h->col, 0, n->col);
}

static void k_arith(struct chunk *f, const struct node *n, struct column *out) {
  const struct column *a = chunk_column(f, n->a), *b = chunk_column(f, n->b);
  const double *x = a->num, *y = b->num;
  double k = n->scale;
  both_valid(f, a, b, out);
  switch (n->sub) {
    case OP_ADD: EACH_ROW out->num[i] = x[i] + y[i]; break;
    case OP_SUB: EACH_ROW out->num[i] = x[i] - y[i]; break;
    case OP_MUL: EACH_ROW out->num[i] = x[i] * y[i]; break;
    case OP_DIV: /* by zero gives unknown */
      EACH_ROW out->num[i] = x[i] / y[i] * k;
      EACH_ROW if (y[i] == 0) bit_clear(out->valid, i);
      break;
    default: UNREACHABLE("four operators calculate");
  }
}

static void pack_compare(struct chunk *f, enum op op, const double *x, const double *y,
                         struct column *out) {
  WORDS;
  switch (op) {
    case OP_EQ: PACK(two_bits(two_of(x, i) == two_of(y, i))); break;
    case OP_NE: PACK(two_bits(two_of(x, i) != two_of(y, i))); break;
    case OP_LT: PACK(two_bits(two_of(x, i) < two_of(y, i))); break;
    case OP_LE: PACK(two_bits(two_of(x, i) <= two_of(y, i))); break;
    case OP_GT: PACK(two_bits(two_of(x, i) > two_of(y, i))); break;
    case OP_GE: PACK(two_bits(two_of(x, i) >= two_of(y, i))); break;
    default: UNREACHABLE("six operators compare");
  }
}

static void k_compare(struct chunk *f, const struct node *n, struct column *out) {
  const struct column *a = chunk_column(f, n->a), *b = chunk_column(f, n->b);
  both_valid(f, a, b, out);
  pack_compare(f, n->sub, a->num, b->num, out);
}

static void k_compare_text(struct chunk *f, const struct node *n, struct column *out) {
  const struct column *a = chunk_column(f, n->a), *b = chunk_column(f, n->b);
  WORDS;
  both_valid(f, a, b, out);
  bool want = n->sub == OP_EQ;
  EACH_WORD out->yes[w] = 0;
  EACH_ROW if (bit_get(out->valid, i) && str_eq(a->txt[i], b->txt[i]) == want) bit_set(out->yes, i);
}

static void k_compare_bool(struct chunk *f, const struct node *n, struct column *out) {
  const struct column *a = chunk_column(f, n->a), *b = chunk_column(f, n->b);
  WORDS;
  both_valid(f, a, b, out);
  EACH_WORD out->yes[w] =
      (n->sub == OP_EQ ? ~(a->yes[w] ^ b->yes[w]) : a->yes[w] ^ b->yes[w]) & out->valid[w];
}

static void k_range(struct chunk *f, const struct node *n, struct column *out) {
  const struct column *a = chunk_column(f, n->a);
  const double *x = a->num, lo = n->lo, hi = n->hi;
  WORDS;
  EACH_WORD out->valid[w] = a->valid[w];
  PACK(two_bits(two_of(x, i) >= lo) & two_bits(two_of(x, i) <= hi));
}

static void k_dated(struct chunk *f, const struct node *n, struct column *out) {
  const struct column *a = chunk_column(f, n->a), *b = chunk_column(f, n->b);
  const double *from = a->num, *to = b->num, lo = n->lo, hi = n->hi;
  WORDS;
  memcpy(out->num, a->num, words * 64 * sizeof *out->num);
  EACH_WORD {
    PACK_WORD(backwards, two_bits(two_of(to, i) - two_of(from, i) < lo) |
                             two_bits(two_of(to, i) - two_of(from, i) > hi));
    out->valid[w] = a->valid[w] & ~(backwards & b->valid[w]);
  }
}

/* 7% is 7, which 100 * 0.07 is not: counted in percents, a drop of exactly 7% is one. */
static double percent_of(double share) {
  return fabs(share) < 1e6 ? round(share * 1e11) / 1e9 : share * 100;
}

/* The percent of each row, which is nearly always the same for all. */
static void percents_of(const struct column *share, size_t rows, double *out) {
  double last = share->num[0], percent = percent_of(last);
  for (size_t i = 0; i < rows; i++) {
    if (share->num[i] != last) percent = percent_of(last = share->num[i]);
    out[i] = percent;
  }
}

static void moved_by(enum move move, const double *now, const double *past, size_t rows,
                     double *out) {
  switch (move) {
    case MOVE_DROP:
      for (size_t i = 0; i < rows; i++) out[i] = past[i] - now[i];
      break;
    case MOVE_RISE:
      for (size_t i = 0; i < rows; i++) out[i] = now[i] - past[i];
      break;
    case MOVE_CHANGE:
      for (size_t i = 0; i < rows; i++) out[i] = fabs(now[i] - past[i]);
      break;
  }
}

/* From 0, staying there is a movement of 0%, and any real movement exceeds any percent. */
static double from_zero(double moved) { return moved > 0 ? INFINITY : moved < 0 ? -INFINITY : 0; }

/* Relative movement without division: 100 * moved > percent * past. A negative past is unknown. */
static void k_relmove(struct chunk *f, const struct node *n, struct column *out) {
  const struct column *now = chunk_column(f, n->a), *past = chunk_column(f, n->b),
                      *share = chunk_column(f, n->c);
  double moved[BATCH], percent[BATCH], limit[BATCH];
  WORDS;
  percents_of(share, words * 64, percent);
  moved_by(n->move, now->num, past->num, words * 64, moved);
  for (size_t i = 0; i < words * 64; i++) limit[i] = percent[i] * past->num[i];
  EACH_WORD {
    PACK_WORD(negative, two_bits(two_of(past->num, i) < 0.0));
    PACK_WORD(zero, two_bits(two_of(past->num, i) == 0.0));
    out->valid[w] = now->valid[w] & past->valid[w] & share->valid[w] & ~negative;
    for (zero &= out->valid[w]; zero; zero &= zero - 1) {
      size_t i = w * 64 + (size_t)__builtin_ctzll(zero);
      limit[i] = percent[i];
      moved[i] = from_zero(moved[i]);
    }
  }
  for (size_t i = 0; i < words * 64; i++) moved[i] *= 100;
  pack_compare(f, n->sub, moved, limit, out);
}

static void k_logic(struct chunk *f, const struct node *n, struct column *out) {
  const struct column *a = chunk_column(f, n->a), *b = n->b >= 0 ? chunk_column(f, n->b) : a;
  WORDS;
  EACH_WORD {
    uint64_t ay = a->yes[w], by = b->yes[w], an = a->valid[w] & ~ay, bn = b->valid[w] & ~by;
    uint64_t yes = n->op == N_AND ? ay & by : n->op == N_OR ? ay | by : an;
    uint64_t no = n->op == N_AND ? an | bn : n->op == N_OR ? an & bn : ay;
    out->yes[w] = yes;
    out->valid[w] = yes | no;
  }
}

static void k_known(struct chunk *f, const struct node *n, struct column *out) {
  const struct column *a = chunk_column(f, n->a);
  WORDS;
  EACH_WORD out->yes[w] = a->valid[w];
  fill(out->valid, words, UINT64_MAX);
}

static void k_choose(struct chunk *f, const struct node *n, struct column *out) {
  const struct column *a = chunk_column(f, n->a), *b = chunk_column(f, n->b),
                      *c = n->op == N_IF ? chunk_column(f, n->c) : NULL;
  EACH_ROW {
    if (!c)
      copy_row(out, i, bit_get(a->valid, i) ? a : b, i, n->col);
    else if (!bit_get(a->valid, i))
      bit_clear(out->valid, i);
    else
      copy_row(out, i, bit_get(a->yes, i) ? b : c, i, n->col);
  }
  WORDS;
  if (n->col == COL_BOOL) EACH_WORD out->yes[w] &= out->valid[w];
}

static void k_enough(struct chunk *f, const struct node *n, struct column *out) {
  const struct column *a = chunk_column(f, n->a), *rows = chunk_column(f, n->b);
  EACH_ROW {
    if (bit_get(rows->valid, i) && rows->num[i] >= n->k)
      copy_row(out, i, a, i, n->col);
    else
      bit_clear(out->valid, i);
  }
  WORDS;
  if (n->col == COL_BOOL) EACH_WORD out->yes[w] &= out->valid[w];
}

static bool same_value(const struct column *a, const struct column *b, size_t i,
                       enum column_kind kind) {
  if (!bit_get(a->valid, i) || !bit_get(b->valid, i))
    return bit_get(a->valid, i) == bit_get(b->valid, i);
  return kind == COL_TXT ? str_eq(a->txt[i], b->txt[i]) : a->num[i] == b->num[i];
}

static const char *row_name(struct chunk *f, size_t i) {
  int32_t r = chunk_row(f, i);
  const struct keymap *keys = f->ev->rows[f->domain].keys;
  return keys && r >= 0 ? key_text(f->scratch, keymap_key(keys, r)) : "of the table";
}

/* A threshold by segments: the highest rank that is true; two of one rank with different values
 * end the run. An unknown condition makes the value unknown: which segment the row is in cannot
 * be told. */
static void k_pick(struct chunk *f, const struct node *n, struct column *out) {
  int choices = (n->n_list - 1) / 3;
  const struct column *fallback = chunk_column(f, n->list[choices * 3]);
  for (int c = 0; c < choices; c++)
    chunk_column(f, n->list[c * 3]), chunk_column(f, n->list[c * 3 + 1]);
  EACH_ROW {
    const struct column *won = NULL;
    int rank = 0;
    bool unknown = false;
    for (int c = 0; c < choices; c++) {
      const struct column *cond = &f->cols[n->list[c * 3]], *value = &f->cols[n->list[c * 3 + 1]];
      if (won && n->list[c * 3 + 2] < rank) break;
      if (!bit_get(cond->valid, i)) unknown |= !won;
      if (!bit_get(cond->valid, i) || !bit_get(cond->yes, i) || unknown) continue;
      if (won && !same_value(won, value, i, n->col) && !f->failed) {
        const char *entity = f->ev->plan->domains.v[f->domain].entity
                                 ? f->ev->plan->domains.v[f->domain].entity->name
                                 : "company";
        chunk_fail(f, V0506,
                   "two segments of the threshold %s match %s %s with different values: make "
                   "one segment part of the other "
                   "(segment a of b where …), or give them the same value",
                   n->text, entity, row_name(f, i));
      }
      if (!won) won = value, rank = n->list[c * 3 + 2];
    }
    if (unknown)
      bit_clear(out->valid, i);
    else
      copy_row(out, i, won ? won : fallback, i, n->col);
  }
}

static void refuse_pattern(struct chunk *f, const char *pattern, const struct str *text, int why) {
  if (f->failed) return;
  if (why == PATTERN_TIME)
    chunk_fail(f, V0507,
               "the pattern \"%s\" takes more than %ld seconds on a text of %u bytes, \"%.60s…\": "
               "make it simpler, or match a shorter text, such as substr(…, 1, 1000) in a view",
               pattern, pattern_seconds(), text->n, text->s);
  else
    chunk_fail(f, V0507,
               "the pattern \"%s\" needs too many steps on the text \"%.60s\": make it "
               "simpler (avoid nested + and *)",
               pattern, text->s);
}

static void k_matches(struct chunk *f, const struct node *n, struct column *out) {
  const struct column *a = chunk_column(f, n->a);
  struct pattern **p = &f->patterns[n - f->ev->plan->nodes.v];
  if (!*p) *p = pattern_new(n->text);
  WORDS;
  EACH_WORD {
    out->valid[w] = a->valid[w];
    out->yes[w] = 0;
  }
  const struct str *last = NULL;
  int found = 0;
  EACH_ROW {
    if (!bit_get(a->valid, i)) continue;
    if (a->txt[i] != last) found = pattern_match(*p, a->txt[i]->s, a->txt[i]->n);
    last = a->txt[i];
    if (found < 0) {
      refuse_pattern(f, n->text, last, found);
      return; /* every other text could take as long */
    }
    if (found > 0) bit_set(out->yes, i);
  }
}

static void k_shift(struct chunk *f, const struct node *n, struct column *out) {
  const struct column *a = chunk_column(f, n->a);
  WORDS;
  EACH_WORD out->valid[w] = a->valid[w];
  EACH_ROW if (bit_get(a->valid, i)) out->num[i] =
      day_shift(n->calendar, (day_t)a->num[i], n->dur, n->sign);
}

static bool moved_day(const struct node *n, double day, double length, double *out) {
  day_t to = day_moved(n->calendar, (day_t)day, length, n->dur.unit, n->sign);
  if (to == DAY_NONE) return false;
  *out = to;
  return true;
}

static void k_moved(struct chunk *f, const struct node *n, struct column *out) {
  const struct column *a = chunk_column(f, n->a), *b = chunk_column(f, n->b);
  both_valid(f, a, b, out);
  EACH_ROW if (bit_get(out->valid, i) && !moved_day(n, a->num[i], b->num[i], &out->num[i]))
      bit_clear(out->valid, i);
}

static void k_business_days(struct chunk *f, const struct node *n, struct column *out) {
  const struct column *a = chunk_column(f, n->a), *b = chunk_column(f, n->b);
  both_valid(f, a, b, out);
  EACH_ROW if (bit_get(out->valid, i)) out->num[i] =
      calendar_business_days(n->calendar, (day_t)b->num[i], (day_t)a->num[i]);
}

/* A day that no fiscal period of the table holds: its period is unknown, and said. */
static void keep_outside(struct chunk *f, const struct node *n, day_t d, struct column *out,
                         size_t i) {
  bit_clear(out->valid, i);
  if (f->outside != DAY_NONE && f->outside <= d) return;
  f->outside = d;
  f->outside_of = n->calendar;
}

static void k_period(struct chunk *f, const struct node *n, struct column *out) {
  const struct column *a = chunk_column(f, n->a);
  char buf[32];
  WORDS;
  EACH_WORD out->valid[w] = a->valid[w];
  EACH_ROW {
    const char *name =
        bit_get(a->valid, i) ? period_name_of_day(n->of, (day_t)a->num[i], n->calendar, buf) : NULL;
    out->txt[i] = name ? dict_add(f->texts, name, strlen(name)) : NULL;
    if (!name && bit_get(a->valid, i)) keep_outside(f, n, (day_t)a->num[i], out, i);
  }
}

static void k_bound(struct chunk *f, const struct node *n, struct column *out) {
  const struct column *a = chunk_column(f, n->a);
  struct period one = {.kind = PERIOD_RELATIVE, .unit = n->of};
  struct dayrange r;
  WORDS;
  EACH_WORD out->valid[w] = a->valid[w];
  EACH_ROW {
    if (!bit_get(a->valid, i)) continue;
    if (period_find(&one, (day_t)a->num[i], n->calendar, &r))
      out->num[i] = n->sign < 0 ? r.first : r.last;
    else
      keep_outside(f, n, (day_t)a->num[i], out, i);
  }
}

static void k_row(struct chunk *f, struct column *out) {
  WORDS;
  fill(out->valid, words, UINT64_MAX);
  EACH_ROW out->num[i] = chunk_row(f, i);
}

static void k_unary(struct chunk *f, const struct node *n, struct column *out) {
  const struct column *a = chunk_column(f, n->a);
  WORDS;
  EACH_WORD out->valid[w] = a->valid[w];
  if (n->op == N_NEG)
    EACH_ROW out->num[i] = -a->num[i];
  else
    EACH_ROW out->num[i] = fabs(a->num[i]);
}

static int by_size(const void *pa, const void *pb) {
  double a = *(const double *)pa, b = *(const double *)pb;
  return (a > b) - (a < b);
}

/* The n values, at least one, in any order; they come out sorted. */
static double folded(const struct node *n, double *v, size_t count) {
  double sum = 0;
  qsort(v, count, sizeof *v, by_size);
  for (size_t i = 0; i < count; i++) sum += v[i];
  switch (n->fold) {
    case AGG_SUM: return sum;
    case AGG_AVG: return sum / (double)count;
    case AGG_MIN: return v[0];
    case AGG_MAX: return v[count - 1];
    case AGG_MEDIAN: return sorted_median(v, count);
    case AGG_PERCENTILE: return sorted_nearest_rank(v, count, n->percentile);
    default: UNREACHABLE("sema puts the past together by six functions");
  }
}

static void k_fold(struct chunk *f, const struct node *n, struct column *out) {
  double known[EACH_MAX_DAYS + EACH_SPARE_DAYS];
  CHECK(n->n_list <= EACH_MAX_DAYS + EACH_SPARE_DAYS);
  for (int k = 0; k < n->n_list; k++) chunk_column(f, n->list[k]);
  EACH_ROW {
    size_t count = 0;
    for (int k = 0; k < n->n_list; k++) {
      const struct column *c = &f->cols[n->list[k]];
      if (bit_get(c->valid, i)) known[count++] = c->num[i];
    }
    bit_put(out->valid, i, count > 0);
    out->num[i] = count ? folded(n, known, count) : 0;
  }
}

static void k_fn(struct chunk *f, const struct node *n, struct column *out) {
  struct fn_args x = {.n = n->n_list, .scratch = f->scratch};
  static const char empty[] = "";
  double *scaled = NULL;
  WORDS;
  fill(out->valid, words, UINT64_MAX);
  for (int k = 0; k < n->n_list; k++) {
    const struct column *a = chunk_column(f, n->list[k]);
    EACH_WORD out->valid[w] &= a->valid[w];
    if (a->num) x.num[k] = a->num;
    if (!a->txt) continue;
    const char **texts = NEW_N(f->scratch, const char *, BATCH);
    EACH_ROW texts[i] = bit_get(a->valid, i) ? a->txt[i]->s : empty;
    x.txt[k] = texts;
  }
  if (n->unit != 1 && x.num[0]) { /* rounding is of major units */
    scaled = NEW_N(f->scratch, double, BATCH);
    EACH_ROW scaled[i] = x.num[0][i] / n->unit;
    x.num[0] = scaled;
  }
  x.out = out->num;
  x.out_txt = n->col == COL_TXT ? NEW_N(f->scratch, const char *, BATCH) : NULL;
  n->fn->kernel(&x, f->n);
  if (scaled) EACH_ROW out->num[i] *= n->unit;
  if (n->col == COL_NUM) EACH_ROW if (!isfinite(out->num[i])) bit_clear(out->valid, i);
  if (n->col != COL_TXT) return;
  EACH_ROW {
    const char *t = x.out_txt[i];
    out->txt[i] = t && bit_get(out->valid, i) ? dict_add(f->texts, t, strlen(t)) : NULL;
    bit_put(out->valid, i, out->txt[i] != NULL);
  }
}

void kernel_compute(struct chunk *f, int node, struct column *out) {
  const struct node *n = &f->ev->plan->nodes.v[node];
  switch (n->op) {
    case N_NUM:
    case N_TXT:
    case N_BOOL:
    case N_UNKNOWN: k_constant(f, n, out); break;
    case N_KEY: k_key(f, out); break;
    case N_DIM: k_dim(f, n, out); break;
    case N_GATHER: k_gather(f, n, out); break;
    case N_SCALAR: k_scalar(f, n, out); break;
    case N_GROUP: chunk_own_groups(f, &f->ev->plan->groupings.v[n->grouping], out); break;
    case N_OF_GROUP: k_of_group(f, n, out); break;
    case N_WITH: k_with(f, n, out); break;
    case N_NEG:
    case N_ABS: k_unary(f, n, out); break;
    case N_ARITH: k_arith(f, n, out); break;
    case N_CMPNUM: k_compare(f, n, out); break;
    case N_CMPTXT: k_compare_text(f, n, out); break;
    case N_CMPBOOL: k_compare_bool(f, n, out); break;
    case N_DATED: k_dated(f, n, out); break;
    case N_RANGE: k_range(f, n, out); break;
    case N_RELMOVE: k_relmove(f, n, out); break;
    case N_NOT:
    case N_AND:
    case N_OR: k_logic(f, n, out); break;
    case N_KNOWN: k_known(f, n, out); break;
    case N_IF:
    case N_ELSE: k_choose(f, n, out); break;
    case N_ENOUGH: k_enough(f, n, out); break;
    case N_PICK: k_pick(f, n, out); break;
    case N_MATCHES: k_matches(f, n, out); break;
    case N_SHIFT: k_shift(f, n, out); break;
    case N_MOVED: k_moved(f, n, out); break;
    case N_FOLD: k_fold(f, n, out); break;
    case N_FN: k_fn(f, n, out); break;
    case N_BDAYS: k_business_days(f, n, out); break;
    case N_PERIOD: k_period(f, n, out); break;
    case N_BOUND: k_bound(f, n, out); break;
    case N_ROW: k_row(f, out); break;
    case N_ASOF: k_as_of(f, node, out); break;
    case N_COLUMN:
    case N_HISTORY:
    case N_AGG:
    case NODE_OPS: UNREACHABLE("the schedule makes these before anybody asks");
  }
}
