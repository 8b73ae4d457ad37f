/* From the fields of COPY … (FORMAT BINARY) to raw cells, as SQLite would store the same data. */
#ifndef VIGIE_POSTGRES_DECODE_H
#define VIGIE_POSTGRES_DECODE_H

#include "base/arena.h"
#include "data/raw.h"

/* Bytes that a field may need beside itself while its cell is used: a moment or a number. */
enum { WIRE_ROOM = 64 };

/* How a type comes and is sorted. */
struct wire_type {
  const char *name;   /* in pg_type; NULL: any other */
  const char *select; /* %s: the column */
  const char *order;  /* %s: likewise; in the order that its cells have in Vigie */
  /* n bytes to a cell; room: WIRE_ROOM bytes that live as long as the cell. Longer texts come from
   * the arena. */
  struct raw_cell (*read)(const char *s, uint32_t n, char *room, struct arena *a);
};

/* Never NULL: a type that is not known comes as its text. */
const struct wire_type *wire_type_of(const char *name);

static inline uint16_t wire_16(const char *s) {
  uint16_t v;
  memcpy(&v, s, sizeof v);
  return __builtin_bswap16(v);
}
static inline uint32_t wire_32(const char *s) {
  uint32_t v;
  memcpy(&v, s, sizeof v);
  return __builtin_bswap32(v);
}
static inline uint64_t wire_64(const char *s) {
  uint64_t v;
  memcpy(&v, s, sizeof v);
  return __builtin_bswap64(v);
}

#endif
