/* Random numbers of the starter dataset. In: a purpose and an index. Out: a stream of integers
 * (SplitMix64). */
#include "starter/rng.h"

enum { SEED = 20260301 };

static uint64_t next(struct rng *r) {
  uint64_t z = (r->state += 0x9E3779B97F4A7C15u);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

struct rng rng_stream(const char *purpose, size_t index) {
  uint64_t h = 0xCBF29CE484222325u; /* FNV-1a of the purpose */
  for (const char *p = purpose; *p; p++) h = (h ^ (unsigned char)*p) * 0x100000001B3u;
  struct rng r = {h ^ ((uint64_t)SEED << 20) ^ ((uint64_t)index * 0xD6E8FEB86659FD93u)};
  next(&r);
  return r;
}

int rng_int(struct rng *r, int low, int high) {
  uint64_t range = (uint64_t)((int64_t)high - low + 1);
  return (int)(low + (int64_t)(next(r) % range));
}

bool rng_chance(struct rng *r, int per_mille) { return rng_int(r, 0, 999) < per_mille; }

int rng_bell(struct rng *r, int centre, int spread) {
  int sum = 0;
  for (int i = 0; i < 3; i++) sum += rng_int(r, -spread, spread);
  return centre + sum / 3;
}

size_t rng_weighted(struct rng *r, const int *weights, size_t n) {
  int total = 0;
  for (size_t i = 0; i < n; i++) total += weights[i];
  int at = rng_int(r, 0, total - 1);
  size_t i = 0;
  while (i + 1 < n && at >= weights[i]) at -= weights[i++];
  return i;
}

void rng_shuffle(struct rng *r, size_t *order, size_t n) {
  for (size_t i = 0; i < n; i++) order[i] = i;
  for (size_t i = n; i > 1; i--) {
    size_t j = (size_t)rng_int(r, 0, (int)i - 1), keep = order[i - 1];
    order[i - 1] = order[j];
    order[j] = keep;
  }
}
