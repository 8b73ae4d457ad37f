/* Tuples of typed values. In: rows of columns. Out: a dense number for each different tuple. */
#include "eval/tuple.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/hash.h"

enum { FIRST_CAP = 64, NO_TUPLE = -1 };

/* The hash stands beside the number, so that most wrong slots are passed without a look at it. */
struct slot {
  uint64_t hash;
  int32_t id; /* NO_TUPLE: free */
};

struct tuple_set {
  size_t width, n, room; /* tuples; those there is room for */
  struct tuple_value *values;
  struct slot *slots;
  size_t cap; /* a power of two, at least twice n */
  struct dict *texts;
  bool owns_texts;
};

static struct slot *slots_new(size_t cap) {
  struct slot *slots = xmalloc(cap * sizeof *slots);
  for (size_t i = 0; i < cap; i++) slots[i] = (struct slot){0, NO_TUPLE};
  return slots;
}

struct tuple_set *tuple_set_new(size_t width, struct dict *texts) {
  CHECK(width > 0);
  struct tuple_set *s = xcalloc(1, sizeof *s);
  s->width = width;
  s->cap = FIRST_CAP;
  s->slots = slots_new(s->cap);
  s->texts = texts ? texts : dict_new();
  s->owns_texts = !texts;
  return s;
}

void tuple_set_free(struct tuple_set *s) {
  if (!s) return;
  if (s->owns_texts) dict_free(s->texts);
  free(s->values);
  free(s->slots);
  free(s);
}

size_t tuple_set_size(const struct tuple_set *s) { return s->n; }

const struct tuple_value *tuple_set_get(const struct tuple_set *s, int32_t id) {
  CHECK(id >= 0 && (size_t)id < s->n);
  return s->values + (size_t)id * s->width;
}

/* ---- values --------------------------------------------------------------------------- */

static struct tuple_value unknown(void) { return (struct tuple_value){NULL, 0, false}; }

static struct tuple_value number(double x) {
  if (!isfinite(x)) return unknown();
  return (struct tuple_value){NULL, x == 0 ? 0 : x, true}; /* -0 is 0 */
}

static struct tuple_value value_of(const struct column *c, size_t i) {
  if (!bit_get(c->valid, i)) return unknown();
  if (c->txt) return (struct tuple_value){c->txt[i], 0, true};
  return number(c->num ? c->num[i] : (double)bit_get(c->yes, i));
}

static bool same_value(const struct tuple_value *a, const struct tuple_value *b) {
  if (a->known != b->known || !a->text != !b->text) return false;
  return a->text ? str_eq(a->text, b->text) : a->num == b->num;
}

/* Texts, numbers and the unknown begin apart; so does each place in the tuple. */
static uint64_t hash_on(uint64_t h, const struct tuple_value *v) {
  uint64_t bits = 0;
  if (v->text)
    bits = v->text->hash;
  else
    memcpy(&bits, &v->num, sizeof bits);
  return hash_mix(h * 31 + (v->text ? 1 : v->known ? 2 : 3)) ^ hash_mix(bits);
}

static uint64_t hash_of(const struct tuple_value *values, size_t width) {
  uint64_t h = 0;
  for (size_t k = 0; k < width; k++) h = hash_on(h, &values[k]);
  return h;
}

/* ---- the table ------------------------------------------------------------------------ */

static bool is_tuple(const struct tuple_set *s, int32_t id, const struct tuple_value *values) {
  const struct tuple_value *have = s->values + (size_t)id * s->width;
  for (size_t k = 0; k < s->width; k++)
    if (!same_value(&have[k], &values[k])) return false;
  return true;
}

static void grow_slots(struct tuple_set *s) {
  struct slot *old = s->slots;
  size_t old_cap = s->cap;
  s->cap *= 2;
  s->slots = slots_new(s->cap);
  for (size_t i = 0; i < old_cap; i++) {
    if (old[i].id == NO_TUPLE) continue;
    size_t at = old[i].hash & (s->cap - 1);
    while (s->slots[at].id != NO_TUPLE) at = (at + 1) & (s->cap - 1);
    s->slots[at] = old[i];
  }
  free(old);
}

static int32_t append(struct tuple_set *s, const struct tuple_value *values) {
  if (s->n == s->room) {
    s->room = s->room ? s->room * 2 : FIRST_CAP / 2;
    s->values = xrealloc(s->values, s->room * s->width * sizeof *s->values);
  }
  struct tuple_value *to = s->values + s->n * s->width;
  for (size_t k = 0; k < s->width; k++) {
    to[k] = values[k];
    if (to[k].text) to[k].text = dict_add_str(s->texts, to[k].text);
  }
  return (int32_t)s->n++;
}

static int32_t add_hashed(struct tuple_set *s, const struct tuple_value *values, uint64_t hash) {
  size_t at = hash & (s->cap - 1);
  for (; s->slots[at].id != NO_TUPLE; at = (at + 1) & (s->cap - 1))
    if (s->slots[at].hash == hash && is_tuple(s, s->slots[at].id, values)) return s->slots[at].id;
  int32_t id = append(s, values);
  s->slots[at] = (struct slot){hash, id};
  if (2 * s->n > s->cap) grow_slots(s);
  return id;
}

int32_t tuple_set_add(struct tuple_set *s, const struct tuple_value *values) {
  return add_hashed(s, values, hash_of(values, s->width));
}

int32_t tuple_set_find(const struct tuple_set *s, const struct tuple_value *values) {
  uint64_t hash = hash_of(values, s->width);
  size_t at = hash & (s->cap - 1);
  for (; s->slots[at].id != NO_TUPLE; at = (at + 1) & (s->cap - 1))
    if (s->slots[at].hash == hash && is_tuple(s, s->slots[at].id, values)) return s->slots[at].id;
  return NO_TUPLE;
}

void tuple_set_add_rows(struct tuple_set *s, const struct column *const *columns, size_t n,
                        const uint64_t *mask, int32_t *out) {
  struct tuple_value *values = xmalloc(s->width * sizeof *values);
  int32_t last = NO_TUPLE;
  for (size_t i = 0; i < n; i++) {
    out[i] = NO_TUPLE;
    if (!bit_get(mask, i)) continue;
    for (size_t k = 0; k < s->width; k++) values[k] = value_of(columns[k], i);
    /* rows of one tuple often follow each other */
    if (last == NO_TUPLE || !is_tuple(s, last, values)) last = tuple_set_add(s, values);
    out[i] = last;
  }
  free(values);
}
