/* Row keys. In: keys as tables hold them, integers, texts or reals. Out: canonical keys, and
 * dense row numbers for them. */
#include <inttypes.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/hash.h"
#include "base/text.h"
#include "data/column.h"

/* ---- canonical keys ------------------------------------------------------------------- */

/* The integer that the text is the canonical form of: no plus, no leading zeros, no -0, within 64
 * bits. */
static bool canonical_integer(const char *s, size_t n, int64_t *out) {
  bool negative = n && *s == '-';
  if (negative) s++, n--;
  if (n == 0 || n > 19 || (unsigned)(*s - '0') > 9 || (*s == '0' && (n > 1 || negative)))
    return false;
  uint64_t v = 0;
  for (size_t i = 0; i < n; i++) {
    unsigned digit = (unsigned)(s[i] - '0');
    if (digit > 9) return false;
    v = v * 10 + digit; /* 19 digits always fit */
  }
  if (v > (uint64_t)INT64_MAX + negative) return false;
  *out = negative ? (int64_t)(0 - v) : (int64_t)v;
  return true;
}

struct key key_from_int(int64_t v) {
  return (struct key){.number = v};
}

bool key_is_integer(const char *s, size_t n, struct key *out) {
  *out = (struct key){0};
  return canonical_integer(s, n, &out->number);
}

int key_compare(struct key a, struct key b) {
  if (!a.text || !b.text)
    return a.text || b.text ? (a.text ? 1 : -1) : (a.number > b.number) - (a.number < b.number);
  return strcmp(a.text->s, b.text->s);
}

bool key_from_text(struct dict *d, const char *s, size_t n, struct key *out) {
  if (key_is_integer(s, n, out)) return true;
  const struct str *t = dict_add(d, s, n);
  if (!t) return false;
  if (!canonical_integer(t->s, t->n, &out->number)) out->text = t;
  return true;
}

bool key_from_real(struct dict *d, double v, struct key *out) {
  *out = (struct key){0};
  if (!isfinite(v)) return false;
  if (v == trunc(v) && v >= -0x1p63 && v < 0x1p63) {
    out->number = (int64_t)v;
    return true;
  }
  char text[40];
  /* the shortest that reads back as the same number */
  for (int digits = 15; digits <= 17; digits++) {
    snprintf(text, sizeof text, "%.*g", digits, v);
    if (strtod(text, NULL) == v) break;
  }
  out->text = dict_add(d, text, strlen(text));
  return true;
}

const char *key_text(struct arena *a, struct key k) {
  return k.text ? arena_strndup(a, k.text->s, k.text->n) : arena_printf(a, "%" PRId64, k.number);
}

/* ---- row numbers ---------------------------------------------------------------------- */

enum { FIRST_CAP = 1024, NO_ROW = -1, AHEAD = 64 };

/* The hash stands beside the row, so that most wrong slots are passed without a look at the key. */
struct slot {
  uint32_t hash;
  int32_t row; /* NO_ROW: free */
};

struct keymap {
  uint32_t id; /* what texts remember it by; 0: keys may still come, and nothing is remembered */
  struct slot *slots;
  size_t cap; /* a power of two, at least twice n */
  struct key *keys;
  size_t n, keys_cap;
  struct arena *texts;
  /* keymap_index: the rows of the integers lo .. lo + span - 1; NULL: not made */
  int32_t *direct;
  int64_t lo;
  uint64_t span;
};

static struct slot *slots_new(size_t cap) {
  struct slot *slots = xmalloc(cap * sizeof *slots);
  for (size_t i = 0; i < cap; i++) slots[i] = (struct slot){0, NO_ROW};
  return slots;
}

/* Unique in the process; not 0. */
static uint32_t next_id(void) {
  static atomic_uint last;
  uint32_t id = atomic_fetch_add(&last, 1) + 1;
  return id ? id : next_id();
}

struct keymap *keymap_new(void) {
  struct keymap *m = xcalloc(1, sizeof *m);
  m->cap = FIRST_CAP;
  m->slots = slots_new(m->cap);
  m->texts = arena_new();
  return m;
}

void keymap_free(struct keymap *m) {
  if (!m) return;
  free(m->slots);
  free(m->keys);
  free(m->direct);
  arena_free(m->texts);
  free(m);
}

static uint32_t hash_of(struct key k) {
  return k.text ? k.text->hash : (uint32_t)hash_mix((uint64_t)k.number);
}

static bool same(struct key a, struct key b) {
  if (!a.text || !b.text) return a.text == b.text && a.number == b.number;
  return str_eq(a.text, b.text);
}

static struct slot *find(const struct keymap *m, struct key k, uint32_t hash) {
  for (size_t i = hash & (m->cap - 1);; i = (i + 1) & (m->cap - 1)) {
    struct slot *at = &m->slots[i];
    if (at->row == NO_ROW || (at->hash == hash && same(m->keys[at->row], k))) return at;
  }
}

int32_t keymap_find_text(const struct keymap *m, const char *s, size_t n) {
  struct key k;
  if (key_is_integer(s, n, &k)) return find(m, k, hash_of(k))->row;
  uint32_t hash = (uint32_t)hash_bytes(s, n); /* as a dict hashes clean texts */
  for (size_t i = hash & (m->cap - 1);; i = (i + 1) & (m->cap - 1)) {
    const struct slot *at = &m->slots[i];
    if (at->row == NO_ROW) return NO_ROW;
    const struct str *t = at->hash == hash ? m->keys[at->row].text : NULL;
    if (t && t->n == n && memcmp(t->s, s, n) == 0) return at->row;
  }
}

static void grow(struct keymap *m) {
  struct slot *old = m->slots;
  size_t old_cap = m->cap;
  m->cap *= 2;
  CHECK(!(m->cap & (m->cap - 1)) && m->cap >= 2 * m->n);
  m->slots = slots_new(m->cap);
  for (size_t i = 0; i < old_cap; i++) {
    if (old[i].row == NO_ROW) continue;
    size_t at = old[i].hash & (m->cap - 1);
    while (m->slots[at].row != NO_ROW) at = (at + 1) & (m->cap - 1);
    m->slots[at] = old[i];
  }
  free(old);
}

static struct key key_copy(struct keymap *m, struct key k) {
  if (!k.text) return k;
  size_t bytes = sizeof *k.text + k.text->n + 1;
  struct str *text = memcpy(arena_alloc(m->texts, bytes), k.text, bytes);
  text->memo = NULL; /* that of the dict, which may go */
  return (struct key){.text = text};
}

int32_t keymap_add(struct keymap *m, struct key k, bool *added) {
  uint32_t hash = hash_of(k);
  struct slot *at = find(m, k, hash);
  *added = at->row == NO_ROW;
  if (!*added) return at->row;
  m->id = 0;       /* what texts remember would miss this key */
  free(m->direct); /* so would it */
  m->direct = NULL;
  if (2 * (m->n + 1) > m->cap) {
    grow(m);
    at = find(m, k, hash);
  }
  if (m->n == m->keys_cap) {
    m->keys_cap = m->keys_cap ? m->keys_cap * 2 : FIRST_CAP / 2;
    m->keys = xrealloc(m->keys, m->keys_cap * sizeof *m->keys);
  }
  m->keys[m->n] = key_copy(m, k);
  *at = (struct slot){hash, (int32_t)m->n++};
  return at->row;
}

int32_t keymap_find(const struct keymap *m, struct key k) { return find(m, k, hash_of(k))->row; }

void keymap_index(struct keymap *m) {
  if (!m->id) m->id = next_id();
  int64_t lo = INT64_MAX, hi = INT64_MIN;
  for (size_t i = 0; i < m->n; i++) {
    if (m->keys[i].text) continue;
    if (m->keys[i].number < lo) lo = m->keys[i].number;
    if (m->keys[i].number > hi) hi = m->keys[i].number;
  }
  uint64_t span = lo > hi ? 0 : (uint64_t)hi - (uint64_t)lo + 1;
  if (m->direct || !span || span > 4 * m->n + FIRST_CAP) return; /* too sparse for a table */
  m->lo = lo;
  m->span = span;
  m->direct = xmalloc(span * sizeof *m->direct);
  for (uint64_t i = 0; i < span; i++) m->direct[i] = NO_ROW;
  for (size_t i = 0; i < m->n; i++)
    if (!m->keys[i].text) m->direct[(uint64_t)m->keys[i].number - (uint64_t)lo] = (int32_t)i;
}

static void find_direct(const struct keymap *m, const struct column *keys, size_t n,
                        int32_t *rows) {
  for (size_t i = 0; i < n; i++) {
    const struct key *k = &keys->key[i];
    uint64_t at = (uint64_t)k->number - (uint64_t)m->lo;
    if (!bit_get(keys->valid, i))
      rows[i] = NO_ROW;
    else if (k->text)
      rows[i] = keymap_find(m, *k);
    else
      rows[i] = at < m->span ? m->direct[at] : NO_ROW;
  }
}

/* Up to AHEAD keys: each pass is over memory that the one before has asked for. */
static void find_block(const struct keymap *m, const struct key *keys, size_t n, int32_t *rows) {
  uint32_t hash[AHEAD];
  for (size_t i = 0; i < n; i++) {
    hash[i] = hash_of(keys[i]);
    __builtin_prefetch(&m->slots[hash[i] & (m->cap - 1)]);
  }
  for (size_t i = 0; i < n; i++) {
    rows[i] = m->slots[hash[i] & (m->cap - 1)].row;
    if (rows[i] != NO_ROW) __builtin_prefetch(&m->keys[rows[i]]);
  }
  for (size_t i = 0; i < n; i++)
    if (rows[i] != NO_ROW && m->keys[rows[i]].text) __builtin_prefetch(m->keys[rows[i]].text);
  for (size_t i = 0; i < n; i++) rows[i] = find(m, keys[i], hash[i])->row;
}

/* A text has just been read when its row is asked for: what it remembers is at hand, the tables
 * of the map are not. */
static bool remembered(const struct keymap *m, struct key k, int32_t *row) {
  if (!k.text || !k.text->memo || !m->id || k.text->memo->map != m->id) return false;
  *row = k.text->memo->row;
  return true;
}

static void remember(const struct keymap *m, struct key k, int32_t row) {
  if (k.text && k.text->memo && m->id) *k.text->memo = (struct str_memo){m->id, row};
}

void keymap_find_many(const struct keymap *m, const struct column *keys, size_t n, int32_t *rows) {
  if (m->direct) {
    find_direct(m, keys, n, rows);
    return;
  }
  struct key block[AHEAD];
  int32_t found[AHEAD];
  size_t at[AHEAD], waiting = 0;
  for (size_t i = 0; i < n; i++) {
    if (!bit_get(keys->valid, i))
      rows[i] = NO_ROW;
    else if (!remembered(m, keys->key[i], &rows[i])) {
      block[waiting] = keys->key[i];
      at[waiting++] = i;
    }
    if (waiting < AHEAD && i + 1 < n) continue;
    find_block(m, block, waiting, found);
    for (size_t k = 0; k < waiting; k++) remember(m, block[k], rows[at[k]] = found[k]);
    waiting = 0;
  }
}

size_t keymap_size(const struct keymap *m) { return m->n; }
struct key keymap_key(const struct keymap *m, int32_t row) {
  return m->keys[row];
}
