/* What was added to ranges of members. In: target row, range, sum. Out: the sums of each member,
 * by target row, the members in their order. */
#include "eval/range_events.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/limits.h"

enum {
  ROW_BITS = 28,
  COUNTS_MOST = 16, /* different counts of events; the functions of a group make up to four */
};
#define WHOLE_MOST 9007199254740992.0 /* 2^53: sums of whole numbers are exact below it */

struct event {
  double total;
  uint32_t row : ROW_BITS, counts : 32 - ROW_BITS; /* counts: an index */
  uint16_t from, to;
};
_Static_assert(sizeof(struct event) == 16, "6 million events take 96 MB");

struct range_events {
  int members;
  size_t rows;
  struct event *v; /* as they came; when finished, by their first member */
  size_t n, cap;
  struct range_sum counts[COUNTS_MOST]; /* their totals are 0 */
  unsigned n_counts;
  double most; /* no total can come to more */
  bool refused, finished;
  size_t *begins; /* by member: index in v of the first event that begins there */
  size_t *ends;   /* by member: index in by_end of the first event that no longer reaches it */
  uint32_t *by_end;
  int at; /* the member that `now` is of; -1: none */
  struct range_column now;
};

struct range_events *range_events_new(int members, size_t rows) {
  struct range_events *x = xcalloc(1, sizeof *x);
  CHECK(members > 0 && members <= UINT16_MAX);
  x->members = members;
  x->rows = rows;
  x->refused = rows >> ROW_BITS;
  return x;
}

static void forget(struct range_events *x) {
  free(x->v);
  free(x->begins);
  free(x->ends);
  free(x->by_end);
  range_column_free(&x->now);
  x->v = NULL;
  x->begins = x->ends = NULL;
  x->by_end = NULL;
  x->n = x->cap = 0;
}

void range_events_free(struct range_events *x) {
  if (!x) return;
  forget(x);
  free(x);
}

bool range_events_refused(const struct range_events *x) { return x->refused; }

static void refuse(struct range_events *x) {
  x->refused = true;
  forget(x);
}

/* COUNTS_MOST: there is no room for these. */
static unsigned counts_of(struct range_events *x, const struct range_sum *s) {
  unsigned i = 0;
  for (; i < x->n_counts; i++)
    if (x->counts[i].taken == s->taken && x->counts[i].out == s->out &&
        x->counts[i].missed == s->missed)
      return i;
  if (i < COUNTS_MOST)
    x->counts[x->n_counts++] =
        (struct range_sum){.taken = s->taken, .out = s->out, .missed = s->missed};
  return i;
}

static bool make_room(struct range_events *x) {
  if (x->n < x->cap) return true;
  if (x->n >= RANGE_EVENTS_MAX) return false;
  x->cap = x->cap ? x->cap * 2 : 4096;
  x->v = xrealloc(x->v, x->cap * sizeof *x->v);
  return true;
}

void range_events_add(struct range_events *x, size_t row, int from, int to, struct range_sum s) {
  DEBUG_CHECK(!x->finished && row < x->rows && from >= 0 && from < to && to <= x->members);
  if (x->refused) return;
  unsigned counts = counts_of(x, &s);
  x->most += fabs(s.total);
  if (s.total != trunc(s.total) || x->most > WHOLE_MOST || counts == COUNTS_MOST || !make_room(x)) {
    refuse(x);
    return;
  }
  x->v[x->n++] = (struct event){s.total, (uint32_t)row, counts, (uint16_t)from, (uint16_t)to};
}

void range_events_combine(struct range_events *x, const struct range_events *from,
                          const int32_t *rows) {
  if (from->refused) refuse(x);
  for (size_t i = 0; i < from->n; i++) {
    const struct event *e = &from->v[i];
    struct range_sum s = from->counts[e->counts];
    s.total = e->total;
    range_events_add(x, rows ? (size_t)rows[e->row] : e->row, e->from, e->to, s);
  }
}

/* ---- in the order of the members -------------------------------------------------------- */

/* count[m + 1] has how many: from there on, where those of m begin. */
static void add_up(size_t *count, int members) {
  for (int m = 0; m <= members; m++) count[m + 1] += count[m];
}

/* The begin of each place moved by as many as were put there: back. */
static void move_back(size_t *begin, int members) {
  memmove(begin + 1, begin, ((size_t)members + 1) * sizeof *begin);
  begin[0] = 0;
}

static void sort_by_begin(struct range_events *x) {
  struct event *sorted = xmalloc((x->n + 1) * sizeof *sorted);
  x->begins = xcalloc((size_t)x->members + 2, sizeof *x->begins);
  for (size_t i = 0; i < x->n; i++) x->begins[x->v[i].from + 1]++;
  add_up(x->begins, x->members);
  for (size_t i = 0; i < x->n; i++) sorted[x->begins[x->v[i].from]++] = x->v[i];
  move_back(x->begins, x->members);
  free(x->v);
  x->v = sorted;
}

static void index_by_end(struct range_events *x) {
  x->by_end = xmalloc((x->n + 1) * sizeof *x->by_end);
  x->ends = xcalloc((size_t)x->members + 2, sizeof *x->ends);
  for (size_t i = 0; i < x->n; i++) x->ends[x->v[i].to + 1]++;
  add_up(x->ends, x->members);
  for (size_t i = 0; i < x->n; i++) x->by_end[x->ends[x->v[i].to]++] = (uint32_t)i;
  move_back(x->ends, x->members);
}

void range_events_finish(struct range_events *x) {
  CHECK(!x->finished);
  x->finished = true;
  if (x->refused) return;
  sort_by_begin(x);
  index_by_end(x);
  range_column_new(&x->now, x->rows);
  x->at = -1;
}

static void begin_event(struct range_events *x, const struct event *e) {
  const struct range_sum *c = &x->counts[e->counts];
  x->now.total[e->row] += e->total;
  x->now.taken[e->row] += c->taken;
  x->now.out[e->row] += c->out;
  x->now.missed[e->row] += c->missed;
}

static void end_event(struct range_events *x, const struct event *e) {
  const struct range_sum *c = &x->counts[e->counts];
  x->now.total[e->row] -= e->total;
  x->now.taken[e->row] -= c->taken;
  x->now.out[e->row] -= c->out;
  x->now.missed[e->row] -= c->missed;
}

const struct range_column *range_events_member(struct range_events *x, int member) {
  CHECK(x->finished && !x->refused && member >= 0 && member < x->members);
  if (member < x->at) {
    range_column_clear(&x->now, x->rows);
    x->at = -1;
  }
  while (x->at < member) {
    int m = ++x->at;
    for (size_t i = x->begins[m]; i < x->begins[m + 1]; i++) begin_event(x, &x->v[i]);
    for (size_t i = x->ends[m]; i < x->ends[m + 1]; i++) end_event(x, &x->v[x->by_end[i]]);
  }
  return &x->now;
}
