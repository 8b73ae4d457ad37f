/* Seconds on a clock that only goes forward: differences alone mean something. */
#ifndef VIGIE_CLOCK_H
#define VIGIE_CLOCK_H

#include <time.h>

static inline double clock_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

#endif
