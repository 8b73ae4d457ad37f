/* Texts, one address each. In: the bytes of cells, as they are stored. Out: the clean text (NFC,
 * trimmed).
 *
 * One table serves both "have we seen these bytes" and "which clean text are they": a slot leads
 * from bytes to their clean text, which is itself where the bytes are clean already. So a text
 * that needs cleaning is cleaned once, however many rows hold it. */
#include <stdlib.h>

#include "base/check.h"
#include "base/hash.h"
#include "base/text.h"
#include "data/dict.h"

enum { FIRST_CAP = 1024, SCRATCH_MAX = 1 << 20, AHEAD = 64 };

/* The hash stands beside the text, so that most wrong slots are passed without a look at it. */
struct slot {
  const struct str *raw; /* NULL: free */
  uint32_t hash;
  bool dirty; /* raw->clean is the text; otherwise raw is */
};

struct dict {
  struct slot *slots;
  size_t cap, n; /* cap: a power of two, at least twice n */
  struct arena *texts;
  size_t text_bytes;
  struct arena *scratch; /* for cleaning; made anew when scratch_used has grown */
  size_t scratch_used;
};

struct dict *dict_new(void) {
  struct dict *d = xcalloc(1, sizeof *d);
  d->cap = FIRST_CAP;
  d->slots = xcalloc(d->cap, sizeof *d->slots);
  d->texts = arena_new();
  d->scratch = arena_new();
  return d;
}

void dict_free(struct dict *d) {
  if (!d) return;
  free(d->slots);
  arena_free(d->texts);
  arena_free(d->scratch);
  free(d);
}

void dict_clear(struct dict *d) {
  arena_free(d->texts);
  free(d->slots);
  d->texts = arena_new();
  d->cap = FIRST_CAP;
  d->slots = xcalloc(d->cap, sizeof *d->slots);
  d->n = d->text_bytes = 0;
}

size_t dict_bytes(const struct dict *d) { return d->text_bytes + d->cap * sizeof *d->slots; }

/* The slot of these bytes, or the free one where they belong. */
static struct slot *find(const struct dict *d, const char *s, size_t n, uint32_t hash) {
  for (size_t i = hash & (d->cap - 1);; i = (i + 1) & (d->cap - 1)) {
    struct slot *at = &d->slots[i];
    if (!at->raw || (at->hash == hash && at->raw->n == n && same_bytes(at->raw->s, s, n)))
      return at;
  }
}

static const struct str *text_at(const struct slot *at) {
  return at->dirty ? at->raw->clean : at->raw;
}

static void grow(struct dict *d) {
  struct slot *old = d->slots;
  size_t old_cap = d->cap;
  d->cap *= 2;
  d->slots = xcalloc(d->cap, sizeof *d->slots);
  for (size_t i = 0; i < old_cap; i++) {
    if (!old[i].raw) continue;
    size_t at = old[i].hash & (d->cap - 1);
    while (d->slots[at].raw) at = (at + 1) & (d->cap - 1);
    d->slots[at] = old[i];
  }
  free(old);
}

static struct str *copy(struct dict *d, const char *s, size_t n, uint32_t hash) {
  size_t bytes = sizeof(struct str_memo) + sizeof(struct str) + n + 1;
  struct str_memo *memo = arena_alloc(d->texts, bytes);
  struct str *t = (struct str *)(memo + 1);
  *memo = (struct str_memo){0, 0};
  t->hash = hash;
  t->n = (uint32_t)n;
  t->memo = memo;
  memcpy(t->s, s, n);
  d->text_bytes += bytes;
  return t;
}

static void add_slot(struct dict *d, const struct str *raw, bool dirty) {
  if (2 * (d->n + 1) > d->cap) grow(d);
  DEBUG_CHECK(2 * (d->n + 1) <= d->cap && !(d->cap & (d->cap - 1)));
  *find(d, raw->s, raw->n, raw->hash) = (struct slot){raw, raw->hash, dirty};
  d->n++;
}

/* The address of a text that is clean. */
static const struct str *add_clean(struct dict *d, const char *s, size_t n, uint32_t hash) {
  struct slot *at = find(d, s, n, hash);
  if (at->raw) return text_at(at);
  const struct str *t = copy(d, s, n, hash);
  add_slot(d, t, false);
  return t;
}

static const struct str *add_unclean(struct dict *d, const char *s, size_t n, uint32_t hash) {
  if (d->scratch_used > SCRATCH_MAX) {
    arena_free(d->scratch);
    d->scratch = arena_new();
    d->scratch_used = 0;
  }
  size_t clean_n;
  const char *clean = text_clean(d->scratch, s, n, &clean_n);
  d->scratch_used += clean_n + 1;
  if (clean_n == n && memcmp(clean, s, n) == 0) return add_clean(d, s, n, hash);
  const struct str *t =
      clean_n ? add_clean(d, clean, clean_n, (uint32_t)hash_bytes(clean, clean_n)) : NULL;
  struct str *raw = copy(d, s, n, hash);
  raw->clean = t;
  add_slot(d, raw, true);
  return t;
}

const struct str *dict_add(struct dict *d, const char *s, size_t n) {
  if (n == 0) return NULL;
  uint32_t hash = (uint32_t)hash_bytes(s, n);
  struct slot *at = find(d, s, n, hash);
  if (at->raw) return text_at(at);
  return text_is_clean_ascii(s, n) ? add_clean(d, s, n, hash) : add_unclean(d, s, n, hash);
}

const struct str *dict_add_str(struct dict *d, const struct str *s) {
  return s->n ? add_clean(d, s->s, s->n, s->hash) : NULL;
}

/* Up to AHEAD texts: three passes, each over memory that the one before has asked for. */
static void add_block(struct dict *d, struct dict_ask *asks, size_t n, const struct str **out) {
  for (size_t i = 0; i < n; i++) {
    asks[i].hash = (uint32_t)hash_bytes(asks[i].s, asks[i].n);
    __builtin_prefetch(&d->slots[asks[i].hash & (d->cap - 1)]);
  }
  for (size_t i = 0; i < n; i++) {
    const struct str *t = d->slots[asks[i].hash & (d->cap - 1)].raw;
    if (t) __builtin_prefetch(t);
  }
  for (size_t i = 0; i < n; i++) out[i] = add_clean(d, asks[i].s, asks[i].n, asks[i].hash);
}

void dict_add_many(struct dict *d, struct dict_ask *asks, size_t n, const struct str **out) {
  for (size_t i = 0; i < n; i += AHEAD)
    add_block(d, asks + i, n - i < AHEAD ? n - i : AHEAD, out + i);
}
