/* Time zones: how far local time is from UTC, and when that changes.
 *
 * The C library knows only the zone of the whole process, so the rules of a zone are read from
 * the machine's zone files (TZif, RFC 9636) into a structure of the caller's. Nothing here writes
 * to anything else: any number of threads may read one zone. */
#ifndef VIGIE_ZONE_H
#define VIGIE_ZONE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct zone; /* constant once it is read */

/* The rules of an IANA zone ("Europe/Paris"), from the folder TZDIR; where that is not set, from
 * /usr/share/zoneinfo or what came with the program. "UTC" is known on every machine. NULL: this
 * machine has no such zone, or its file is damaged. */
const struct zone *zone_read(struct arena *a, const char *name);

/* A stretch of time in which the offset does not change: from <= instant < until. */
struct zone_span {
  int64_t from, until; /* seconds since 1970-01-01T00:00Z */
  int32_t offset;      /* seconds east of UTC */
};
struct zone_span zone_span_at(const struct zone *z, int64_t instant);

/* A zone with the stretch that was asked for last: cells that follow each other mostly lie in one.
 * {0} is UTC. Belongs to one thread. */
struct zone_clock {
  const struct zone *zone; /* NULL: UTC */
  struct zone_span last;
};
static inline int32_t zone_clock_offset(struct zone_clock *c, int64_t instant) {
  if (!c->zone) return 0;
  if (instant < c->last.from || instant >= c->last.until) c->last = zone_span_at(c->zone, instant);
  return c->last.offset;
}

#endif
