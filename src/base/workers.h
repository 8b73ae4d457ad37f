/* Work on several threads: the same for a share of something, each share once. */
#ifndef VIGIE_WORKERS_H
#define VIGIE_WORKERS_H

#include <stddef.h>

enum { WORKERS_MAX = 16 };

/* Calls work(ctx, k) for each k from 0 to n - 1 (n at most WORKERS_MAX), at once, and returns when
 * all are done. What the calls write must be apart. Where a thread cannot be had, the caller's does
 * its work. */
void workers_run(size_t n, void (*work)(void *ctx, size_t k), void *ctx);

#endif
