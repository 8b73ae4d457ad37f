/* Hashes for the tables in memory, and the digest of a rule set. Not cryptographic: whoever wants
 * two texts with one hash can make them. */
#ifndef VIGIE_HASH_H
#define VIGIE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t hash_mix(uint64_t h) {
  h ^= h >> 33;
  h *= 0xff51afd7ed558ccdULL;
  h ^= h >> 33;
  h *= 0xc4ceb9fe1a85ec53ULL;
  return h ^ (h >> 33);
}

/* Eight bytes at a time: keys of event tables pass here once a row. */
static inline uint64_t hash_bytes(const char *s, size_t n) {
  uint64_t h = 0x9e3779b97f4a7c15ULL ^ n;
  for (; n >= 8; s += 8, n -= 8) {
    uint64_t w;
    memcpy(&w, s, 8);
    h = (h ^ w) * 0xff51afd7ed558ccdULL;
    h ^= h >> 32;
  }
  uint64_t w = 0;
  memcpy(&w, s, n);
  return hash_mix(h ^ w);
}

/* 0 of NULL. */
static inline uint64_t hash_text(const char *s) { return s ? hash_bytes(s, strlen(s)) : 0; }

#endif
