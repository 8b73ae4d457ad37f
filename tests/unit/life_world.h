/* Days of one rule over a few rows, and the items that live through them: for tests of the steps. */
#ifndef VIGIE_LIFE_WORLD_H
#define VIGIE_LIFE_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>

#include "action/decide.h"
#include "verdict_stub.h"

struct world {
  struct arena *a;
  struct stub s;
  struct calendar calendar;
  struct item items[32];
  size_t n;
  struct decision d;
};

/* 2026-03-01, a Sunday. */
enum { SUNDAY = 20513 };

static int setup(void **state) {
  struct world *w = xcalloc(1, sizeof *w);
  w->a = arena_new();
  stub_init(&w->s, SUNDAY);
  calendar_init(&w->calendar);
  w->s.v.calendar = &w->calendar;
  *state = w;
  return 0;
}

static int teardown(void **state) {
  struct world *w = *state;
  arena_free(w->a);
  free(w);
  return 0;
}

/* A run: decides, and keeps the items as a state database would. */
static struct decision *run(struct world *w) {
  struct deciding in = {
      .before = w->items, .n_before = w->n, .last = (int64_t)w->n, .today = stub_verdicts(&w->s)};
  decide(&in, w->a, &w->d);
  assert_true(w->d.n_items <= 32);
  w->n = w->d.n_items;
  if (w->n) memcpy(w->items, w->d.items, w->n * sizeof *w->items);
  return &w->d;
}

/* A run of that day; run again, it must change nothing (MUST 9). How many changes there were. */
static inline size_t run_on(struct world *w, day_t day) {
  w->s.v.as_of = day;
  size_t n = run(w)->n_changes;
  struct decision first = w->d;
  run(w);
  assert_int_equal(w->d.n_changes, 0);
  w->d = first;
  return n;
}

/* How many changes of this kind the run had. */
static inline int changed(const struct world *w, enum change_kind kind) {
  int n = 0;
  for (size_t c = 0; c < w->d.n_changes; c++) n += w->d.changes[c].kind == kind;
  return n;
}

#endif
