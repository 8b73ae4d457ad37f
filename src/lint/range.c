/* Sets of values. In: sets. Out: their union, intersection, complement, and whether one lies in
 * the other. */
#include "lint/range.h"

#include <math.h>
#include <stdlib.h>

#include "base/check.h"
#include "base/map.h"

struct set set_all(bool text) {
  static struct interval whole = {-INFINITY, INFINITY, true, true};
  struct set s = {.text = text, .but = text};
  if (!text) s.parts.v = &whole, s.parts.n = s.parts.cap = 1;
  return s;
}

static bool none(struct interval i) {
  return i.lo > i.hi || (i.lo == i.hi && (i.lo_open || i.hi_open));
}

struct set set_interval(struct arena *a, double lo, bool lo_open, double hi, bool hi_open) {
  struct set s = {0};
  struct interval i = {lo, hi, lo_open, hi_open};
  if (!none(i)) VEC_PUSH(a, &s.parts, i);
  return s;
}

struct set set_point(struct arena *a, double v) {
  return set_interval(a, v, false, v, false);
}

struct set set_text(struct arena *a, const char *text) {
  struct set s = {.text = true};
  VEC_PUSH(a, &s.names, text);
  return s;
}

static int by_number(const void *x, const void *y) {
  double a = *(const double *)x, b = *(const double *)y;
  return a < b ? -1 : a > b;
}

struct set set_points(struct arena *a, double *v, size_t n) {
  struct set s = {0};
  qsort(v, n, sizeof *v, by_number);
  for (size_t i = 0; i < n; i++) {
    struct interval point = {v[i], v[i], false, false};
    if (!i || v[i] != v[i - 1]) VEC_PUSH(a, &s.parts, point);
  }
  return s;
}

struct set set_texts(struct arena *a, const char *const *texts, size_t n) {
  struct set s = {.text = true};
  struct map known = {0};
  for (size_t i = 0; i < n; i++)
    if (!map_put(&known, a, texts[i], &known)) VEC_PUSH(a, &s.names, texts[i]);
  return s;
}

bool set_empty(const struct set *s) { return s->text ? !s->but && !s->names.n : !s->parts.n; }

struct set set_not(struct arena *a, const struct set *s) {
  struct set out = *s;
  if (s->text) {
    out.but = !s->but;
    return out;
  }
  out = (struct set){0};
  struct interval gap = {-INFINITY, 0, true, true};
  for (size_t i = 0; i < s->parts.n; i++) {
    const struct interval *p = &s->parts.v[i];
    gap.hi = p->lo;
    gap.hi_open = !p->lo_open || isinf(p->lo);
    if (!none(gap)) VEC_PUSH(a, &out.parts, gap);
    gap.lo = p->hi;
    gap.lo_open = !p->hi_open || isinf(p->hi);
  }
  gap.hi = INFINITY;
  gap.hi_open = true;
  if (!none(gap)) VEC_PUSH(a, &out.parts, gap);
  return out;
}

static bool names_hold(const struct set *s, const char *name) {
  for (size_t i = 0; i < s->names.n; i++)
    if (strcmp(s->names.v[i], name) == 0) return true;
  return false;
}

static struct set texts_and(struct arena *a, const struct set *x, const struct set *y) {
  struct set out = {.text = true, .but = x->but && y->but};
  if (out.but) { /* all but either's */
    for (size_t i = 0; i < x->names.n; i++) VEC_PUSH(a, &out.names, x->names.v[i]);
    for (size_t i = 0; i < y->names.n; i++)
      if (!names_hold(x, y->names.v[i])) VEC_PUSH(a, &out.names, y->names.v[i]);
    return out;
  }
  if (x->but) return texts_and(a, y, x);
  for (size_t i = 0; i < x->names.n; i++)
    if (names_hold(y, x->names.v[i]) != y->but) VEC_PUSH(a, &out.names, x->names.v[i]);
  return out;
}

struct set set_and(struct arena *a, const struct set *x, const struct set *y) {
  if (x->text) return texts_and(a, x, y);
  struct set out = {0};
  for (size_t i = 0; i < x->parts.n; i++)
    for (size_t k = 0; k < y->parts.n; k++) {
      const struct interval *p = &x->parts.v[i], *q = &y->parts.v[k];
      bool lo_p = p->lo > q->lo || (p->lo == q->lo && p->lo_open);
      bool hi_p = p->hi < q->hi || (p->hi == q->hi && p->hi_open);
      struct interval both = {lo_p ? p->lo : q->lo, hi_p ? p->hi : q->hi,
                              lo_p ? p->lo_open : q->lo_open, hi_p ? p->hi_open : q->hi_open};
      if (!none(both)) VEC_PUSH(a, &out.parts, both);
    }
  return out;
}

struct set set_or(struct arena *a, const struct set *x, const struct set *y) {
  struct set nx = set_not(a, x), ny = set_not(a, y), neither = set_and(a, &nx, &ny);
  return set_not(a, &neither);
}

static bool part_within(struct interval x, const struct set *y) {
  for (size_t i = 0; i < y->parts.n; i++) {
    const struct interval *p = &y->parts.v[i];
    bool lo = p->lo < x.lo || (p->lo == x.lo && (!p->lo_open || x.lo_open));
    bool hi = p->hi > x.hi || (p->hi == x.hi && (!p->hi_open || x.hi_open));
    if (lo && hi) return true;
  }
  return false;
}

/* Parts of one set stand in their order and never touch. */
static bool in_order(const struct set *s) {
  for (size_t i = 1; i < s->parts.n; i++) {
    const struct interval *p = &s->parts.v[i - 1], *q = &s->parts.v[i];
    if (!(p->hi < q->lo || (p->hi == q->lo && p->hi_open && q->lo_open))) return false;
  }
  return true;
}

/* So each part of x lies in one part of y. */
bool set_within(const struct set *x, const struct set *y) {
  CHECK(in_order(x) && in_order(y));
  if (!x->text) {
    for (size_t i = 0; i < x->parts.n; i++)
      if (!part_within(x->parts.v[i], y)) return false;
    return true;
  }
  if (x->but && !y->but) return false;
  const struct set *names = x->but ? y : x, *in = x->but ? x : y;
  for (size_t i = 0; i < names->names.n; i++)
    if (names_hold(in, names->names.v[i]) == (y->but && !x->but)) return false;
  return true;
}

struct set set_whole(struct arena *a, const struct set *s) {
  if (s->text) return *s;
  struct set out = {0};
  for (size_t i = 0; i < s->parts.n; i++) {
    struct interval p = s->parts.v[i];
    if (!isinf(p.lo)) p.lo = p.lo_open ? floor(p.lo) + 1 : ceil(p.lo), p.lo_open = false;
    if (!isinf(p.hi)) p.hi = p.hi_open ? ceil(p.hi) - 1 : floor(p.hi), p.hi_open = false;
    if (!none(p)) VEC_PUSH(a, &out.parts, p);
  }
  return out;
}
