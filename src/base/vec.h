/* Growable arrays in an arena.
 *
 *   VEC(int) xs = {0};   VEC_PUSH(arena, &xs, 3);   for (size_t i = 0; i < xs.n; i++) use(xs.v[i]);
 *
 * The items live in the arena; growing leaves the old copy behind until the arena goes. */
#ifndef VIGIE_VEC_H
#define VIGIE_VEC_H

#include <string.h>

#include "base/arena.h"

#define VEC(T)     \
  struct {         \
    T *v;          \
    size_t n, cap; \
  }

#define VEC_PUSH(arena, vec, item)                                           \
  do {                                                                       \
    if ((vec)->n == (vec)->cap) {                                            \
      size_t vec_cap_ = (vec)->cap ? (vec)->cap * 2 : 4;                     \
      void *vec_new_ = arena_alloc((arena), vec_cap_ * sizeof *(vec)->v);    \
      if ((vec)->n) memcpy(vec_new_, (vec)->v, (vec)->n * sizeof *(vec)->v); \
      (vec)->v = vec_new_;                                                   \
      (vec)->cap = vec_cap_;                                                 \
    }                                                                        \
    (vec)->v[(vec)->n++] = (item);                                           \
  } while (0)

/* Room for count items of an empty array, so that it need not grow up to there. */
#define VEC_RESERVE(arena, vec, count)                              \
  do {                                                              \
    (vec)->cap = (count);                                           \
    (vec)->v = arena_alloc((arena), (vec)->cap * sizeof *(vec)->v); \
  } while (0)

#endif
