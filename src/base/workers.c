/* Shares of work on threads. In: how many, and what to do with one. Out: all are done. */
#include "base/workers.h"

#include <pthread.h>
#include <stdbool.h>

#include "base/check.h"

struct share {
  void (*work)(void *ctx, size_t k);
  void *ctx;
  size_t k;
  pthread_t thread;
  bool has_thread;
};

static void *do_share(void *ctx) {
  const struct share *s = ctx;
  s->work(s->ctx, s->k);
  return NULL;
}

void workers_run(size_t n, void (*work)(void *ctx, size_t k), void *ctx) {
  struct share shares[WORKERS_MAX];
  CHECK(n <= WORKERS_MAX);
  for (size_t k = 1; k < n; k++) {
    shares[k] = (struct share){.work = work, .ctx = ctx, .k = k};
    shares[k].has_thread = pthread_create(&shares[k].thread, NULL, do_share, &shares[k]) == 0;
  }
  if (n) work(ctx, 0);
  for (size_t k = 1; k < n; k++)
    if (shares[k].has_thread)
      pthread_join(shares[k].thread, NULL);
    else
      do_share(&shares[k]);
}
