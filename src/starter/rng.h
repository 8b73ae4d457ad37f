/* Random numbers that are the same on every machine: integers only, one independent stream per
 * purpose, so that a new table of the starter dataset leaves the rows of the others as they were.
 * Nothing here allocates or fails. */
#ifndef VIGIE_STARTER_RNG_H
#define VIGIE_STARTER_RNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct rng {
  uint64_t state;
};

/* The stream of one purpose ("tickets") and one thing (the 17th account). */
struct rng rng_stream(const char *purpose, size_t index);

int rng_int(struct rng *r, int low, int high); /* low..high, both included */
bool rng_chance(struct rng *r, int per_mille); /* true in so many of 1000 cases */
int rng_bell(struct rng *r, int centre,
             int spread); /* centre - spread .. centre + spread, mostly near the centre */
/* An index 0..n-1, drawn in proportion to the weights. */
size_t rng_weighted(struct rng *r, const int *weights, size_t n);
/* 0..n-1 in an order of the stream's own, written to order. */
void rng_shuffle(struct rng *r, size_t *order, size_t n);

#define RNG_PICK(r, list) ((list)[rng_int((r), 0, (int)(sizeof(list) / sizeof *(list)) - 1)])

#endif
