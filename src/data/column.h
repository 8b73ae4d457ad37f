/* Columns of values with validity bits: what scans deliver and kernels work on.
 *
 * A column holds `cap` rows at most (a multiple of 64). Bit r of a word array is row r. A value
 * is known where its `valid` bit is set; what stands in num or txt elsewhere means nothing. Of
 * flags and conditions, `yes` is the known truth: yes is always a subset of valid, so "known
 * false" is valid & ~yes. */
#ifndef VIGIE_COLUMN_H
#define VIGIE_COLUMN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "data/column_kind.h"

/* The keymap that was last asked for a text, and its answer (keymap.c); 0: none was. It belongs to
 * the dict of the text, and so to whoever reads cells into that dict. */
struct str_memo {
  uint32_t map;
  int32_t row;
};

/* A text cell: NFC, trimmed. Two equal texts of one dict have one address; across dicts compare
 * with str_eq. A text never changes; what is remembered about it stands beside it. */
struct str {
  uint32_t hash, n;
  union {
    struct str_memo *memo; /* NULL: the text is no dict's */
    /* of bytes that had to be cleaned, which only dict.c sees; NULL: blank */
    const struct str *clean;
  };
  char s[]; /* NUL-terminated */
};

/* A row key or foreign key, canonical: an integer, or a text that is not the canonical form of
 * one. */
struct key {
  const struct str *text; /* NULL: the integer */
  int64_t number;
};

struct column {
  double *num;            /* numbers, money in minor units, dates as days since 1970-01-01 */
  const struct str **txt; /* texts and persons */
  struct key *key;        /* keys */
  uint64_t *yes;          /* flags and conditions */
  uint64_t *valid;
};

enum { BATCH = 1024 }; /* rows of a batch or chunk; a multiple of 64 */

static inline size_t bit_words(size_t rows) { return (rows + 63) / 64; }
static inline bool bit_get(const uint64_t *w, size_t i) { return w[i >> 6] >> (i & 63) & 1; }
static inline void bit_set(uint64_t *w, size_t i) { w[i >> 6] |= UINT64_C(1) << (i & 63); }
static inline void bit_clear(uint64_t *w, size_t i) { w[i >> 6] &= ~(UINT64_C(1) << (i & 63)); }
static inline void bit_put(uint64_t *w, size_t i, bool on) { on ? bit_set(w, i) : bit_clear(w, i); }

/* Bits [from, from + n). */
static inline void bits_set(uint64_t *w, size_t from, size_t n) {
  for (size_t i = from, end = from + n, next; i < end; i = next) {
    next = (i | 63) + 1; /* where the next word begins */
    if (next > end) next = end;
    w[i >> 6] |= UINT64_MAX >> (64 - (next - i)) << (i & 63);
  }
}

/* Value i of `from` becomes value k of `to`, a column of the same kind. */
static inline void column_copy(struct column *to, size_t k, const struct column *from, size_t i) {
  bit_put(to->valid, k, bit_get(from->valid, i));
  if (to->num)
    to->num[k] = from->num[i];
  else if (to->txt)
    to->txt[k] = from->txt[i];
  else
    bit_put(to->yes, k, bit_get(from->yes, i));
}

/* All arrays that the kind needs, zeroed, for rows rows (rounded up to 64). */
struct column column_new(struct arena *a, enum column_kind k, size_t rows);

/* ---- texts (dict.c) ------------------------------------------------------------------- */
/* A set of texts. Cells are added as they come from the database; cleaned (NFC, trimmed) on the
 * way. */
struct dict;
struct dict *dict_new(void);
void dict_free(struct dict *d);
void dict_clear(struct dict *d); /* forgets all texts: their addresses become invalid */
size_t dict_bytes(const struct dict *d);
/* The one address of the text; NULL for an empty or blank one. */
const struct str *dict_add(struct dict *d, const char *s, size_t n);
/* As dict_add, for text that is clean already. */
const struct str *dict_add_str(struct dict *d, const struct str *s);
static inline bool str_eq(const struct str *a, const struct str *b) {
  return a == b || (a->hash == b->hash && a->n == b->n && __builtin_memcmp(a->s, b->s, a->n) == 0);
}

/* ---- keys (keymap.c) ------------------------------------------------------------------ */
/* From keys to dense row numbers 0, 1, 2 … in the order in which they were added. */
struct keymap;
struct keymap *keymap_new(void);
void keymap_free(struct keymap *m);
/* The row of the key; *added tells whether it is new. Texts are copied: the key may go. */
int32_t keymap_add(struct keymap *m, struct key k, bool *added);
int32_t keymap_find(const struct keymap *m, struct key k); /* -1: none */
/* The row of the key that has this form in key_text; -1: none. Any other form of a key finds
 * nothing. */
int32_t keymap_find_text(const struct keymap *m, const char *s, size_t n);
/* The rows of a COL_KEY column's first n keys; -1: none, or the key is unknown. Much faster than
 * one by one when the map does not fit the processor's cache. The texts of the keys come from a
 * dict, in which the answer is remembered; the map itself is only read. */
void keymap_find_many(const struct keymap *m, const struct column *keys, size_t n, int32_t *rows);
/* Makes finding integers that lie close together a look into a table, and lets texts remember their
 * rows. Call it when all keys are added; adding one more undoes it. */
void keymap_index(struct keymap *m);
size_t keymap_size(const struct keymap *m);
struct key keymap_key(const struct keymap *m, int32_t row);
/* Canonical: 17, "17" and 17.0 (stored as integer, text, real) are one key; "017" is another. The
 * text is cleaned into the dict. False for an empty text. */
bool key_from_text(struct dict *d, const char *s, size_t n, struct key *out);
/* In the order in which rows are shown, wherever they are stored: whole numbers by size, then texts
 * byte by byte. */
int key_compare(struct key a, struct key b);
/* "17", not "017" or " 17": needs no dict */
bool key_is_integer(const char *s, size_t n, struct key *out);
struct key key_from_int(int64_t v);
bool key_from_real(struct dict *d, double v, struct key *out); /* 17.0 -> 17, 17.5 -> "17.5" */
const char *key_text(struct arena *a, struct key k);

#endif
