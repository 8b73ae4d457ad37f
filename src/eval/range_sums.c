/* Sums over ranges of members. In: a target row, neighbouring members, what to add to each of them.
 * Out: the sum of each row and member. A range that goes on to the last member is noted once, at
 * its first, and carried onward at the end. */
#include "eval/range_sums.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/exact_sum.h"
#include "eval/range_events.h"

enum {
  FEW_MEMBERS = 32,    /* so many are cheaper one by one than from here on */
  SUMS_MOST = 1 << 16, /* rows times members: of more, what comes is kept */
  GROWN_MOST = 1 << 23 /* of groups, which come up as rows are seen */
};

struct range_sums {
  int members;
  size_t rows;                 /* target rows there is room for */
  struct range_events *events; /* what comes is kept there; NULL: in the sums below */
  struct range_sum *one;       /* [row * members + member] */
  /* likewise, for this member and all that follow; NULL until a row needs it */
  struct range_sum *onward;
  bool touches, each, refused, finished;
  uint8_t *touched;           /* [row * members + member] */
  struct range_column member; /* the one that was read last */
};

static struct range_sums *sums_new(int members, size_t rows, bool touches) {
  struct range_sums *x = xcalloc(1, sizeof *x);
  CHECK(members > 0);
  x->members = members;
  x->touches = touches;
  x->rows = rows;
  return x;
}

struct range_sums *range_sums_new_each(int members, size_t rows, bool touches) {
  struct range_sums *x = sums_new(members, rows, touches);
  /* Large ones come from the system as zeros: nothing is written until it is used. */
  size_t cells = rows * (size_t)members;
  x->each = true;
  if (cells) x->one = xcalloc(cells, sizeof *x->one);
  if (cells && touches) x->touched = xcalloc(cells, sizeof *x->touched);
  return x;
}

struct range_sums *range_sums_new(int members, size_t rows, bool touches) {
  if (touches || rows * (size_t)members <= SUMS_MOST) {
    struct range_sums *x = range_sums_new_each(members, rows, touches);
    x->each = false;
    return x;
  }
  struct range_sums *x = sums_new(members, rows, touches);
  x->events = range_events_new(members, rows);
  return x;
}

void range_sums_free(struct range_sums *x) {
  if (!x) return;
  range_events_free(x->events);
  free(x->one);
  free(x->onward);
  free(x->touched);
  range_column_free(&x->member);
  free(x);
}

void range_sums_grow(struct range_sums *x, size_t rows) {
  if (rows <= x->rows) return;
  CHECK(!x->events); /* the rows of an entity are known before */
  size_t cap = x->rows ? x->rows * 2 : 1;
  while (cap < rows) cap *= 2;
  size_t had = x->rows * (size_t)x->members, has = cap * (size_t)x->members;
  x->refused |= !x->each && has > GROWN_MOST;
  if (x->refused) return;
#define GROW(p) \
  (x->p = xrealloc(x->p, has * sizeof *x->p), memset(x->p + had, 0, (has - had) * sizeof *x->p))
  GROW(one);
  if (x->onward) GROW(onward);
  if (x->touches) GROW(touched);
#undef GROW
  x->rows = cap;
}

static size_t cell_of(const struct range_sums *x, size_t row, int member) {
  DEBUG_CHECK(row < x->rows && member >= 0 && member <= x->members);
  return row * (size_t)x->members + (size_t)member;
}

static void add_sum(struct range_sum *to, const struct range_sum *s) {
  exact_add(&to->total, &to->rest, s->total);
  to->rest += s->rest;
  to->taken += s->taken;
  to->out += s->out;
  to->missed += s->missed;
}

static void need_onward(struct range_sums *x) {
  if (!x->onward) x->onward = xcalloc(x->rows * (size_t)x->members, sizeof *x->onward);
}

void range_sums_add(struct range_sums *x, size_t row, int from, int to, struct range_sum s) {
  if (from >= to || x->refused) return;
  if (x->events) {
    range_events_add(x->events, row, from, to, s);
    return;
  }
  bool onward = to == x->members && to - from > FEW_MEMBERS;
  if (onward) need_onward(x);
  struct range_sum *at = (onward ? x->onward : x->one) + cell_of(x, row, from),
                   *end = onward ? at + 1 : at + (to - from);
  for (; at < end; at++) add_sum(at, &s);
}

void range_sums_touch(struct range_sums *x, size_t row, int from, int to) {
  CHECK(x->touches);
  if (from < to && !x->refused) memset(x->touched + cell_of(x, row, from), 1, (size_t)(to - from));
}

void range_sums_combine(struct range_sums *x, const struct range_sums *from, const int32_t *rows,
                        size_t n) {
  CHECK(x->members == from->members && x->touches == from->touches && !x->events == !from->events);
  CHECK(!x->finished && !from->finished);
  x->refused |= from->refused;
  if (x->refused) return;
  CHECK(n <= from->rows);
  if (x->events) {
    range_events_combine(x->events, from->events, rows);
    return;
  }
  if (from->onward) need_onward(x);
  for (size_t r = 0; r < n; r++) {
    size_t to = cell_of(x, rows ? (size_t)rows[r] : r, 0), at = cell_of(from, r, 0);
    CHECK(to + (size_t)x->members <= x->rows * (size_t)x->members);
    for (size_t k = 0; k < (size_t)x->members; k++) {
      add_sum(&x->one[to + k], &from->one[at + k]);
      if (from->onward) add_sum(&x->onward[to + k], &from->onward[at + k]);
      if (x->touches) x->touched[to + k] |= from->touched[at + k];
    }
  }
}

bool range_sums_refused(const struct range_sums *x) {
  return x->refused || (x->events && range_events_refused(x->events));
}

static void carry_onward(struct range_sums *x) {
  for (size_t r = 0; x->onward && r < x->rows; r++) {
    struct range_sum so_far = {0}, *onward = x->onward + cell_of(x, r, 0),
                     *one = x->one + cell_of(x, r, 0);
    for (int k = 0; k < x->members; k++) {
      add_sum(&so_far, &onward[k]);
      add_sum(&one[k], &so_far);
    }
  }
}

void range_sums_finish(struct range_sums *x) {
  CHECK(!x->finished);
  x->finished = true;
  if (x->events)
    range_events_finish(x->events);
  else if (!x->refused)
    carry_onward(x);
}

static void read_member(struct range_sums *x, int member) {
  struct range_column *c = &x->member;
  if (!c->total) range_column_new(c, x->rows);
  for (size_t r = 0; r < x->rows; r++) {
    const struct range_sum *s = &x->one[cell_of(x, r, member)];
    c->total[r] = exact_sum(s->total, s->rest);
    c->taken[r] = s->taken;
    c->out[r] = s->out;
    c->missed[r] = s->missed;
  }
}

const struct range_column *range_sums_member(struct range_sums *x, int member) {
  CHECK(x->finished && !range_sums_refused(x) && member < x->members);
  if (x->events) return range_events_member(x->events, member);
  read_member(x, member);
  return &x->member;
}

void range_column_new(struct range_column *c, size_t rows) {
  c->total = xcalloc(rows + 1, sizeof *c->total);
  c->taken = xcalloc(rows + 1, sizeof *c->taken);
  c->out = xcalloc(rows + 1, sizeof *c->out);
  c->missed = xcalloc(rows + 1, sizeof *c->missed);
}

void range_column_clear(struct range_column *c, size_t rows) {
  memset(c->total, 0, rows * sizeof *c->total);
  memset(c->taken, 0, rows * sizeof *c->taken);
  memset(c->out, 0, rows * sizeof *c->out);
  memset(c->missed, 0, rows * sizeof *c->missed);
}

void range_column_free(struct range_column *c) {
  free(c->total);
  free(c->taken);
  free(c->out);
  free(c->missed);
  *c = (struct range_column){0};
}

size_t range_sums_rows(const struct range_sums *x) { return x->rows; }

bool range_sums_touched(const struct range_sums *x, size_t row, int member) {
  CHECK(x->touches && row < x->rows && member < x->members);
  return x->touched[cell_of(x, row, member)];
}
