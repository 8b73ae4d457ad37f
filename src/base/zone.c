/* Zone files. In: the name of an IANA time zone. Out: its changes since the 19th century, and the
 * rule that holds after the last one.
 *
 * A file has the data twice: with times of 4 bytes, then with times of 8, then the rule as a text.
 * Files of version 1 have only the first. */
#include "base/zone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

#include "base/limits.h"
#include "base/path.h"
#include "base/zone_rule.h"

enum { HEADER_BYTES = 44, N_COUNTS = 6, TYPE_BYTES = 6 };
enum { COUNT_UT, COUNT_STANDARD, COUNT_LEAPS, COUNT_TIMES, COUNT_TYPES, COUNT_LETTERS };

struct zone {
  size_t n;
  const int64_t *from;   /* ascending: when each stretch begins */
  const int32_t *offset; /* parallel to from */
  int32_t before;        /* the offset before the first change */
  bool has_rule;
  struct zone_rule rule; /* from the last change on */
};

/* ---- bytes ---------------------------------------------------------------------------- */

struct bytes { /* what is left of a file */
  const unsigned char *p;
  size_t n;
};

/* The next n bytes; NULL: there are not that many. */
static const unsigned char *take_bytes(struct bytes *b, size_t n) {
  const unsigned char *p = b->p;
  if (b->n < n) return NULL;
  b->p += n;
  b->n -= n;
  return p;
}

/* A number of 4 or 8 bytes, the highest first. */
static int64_t big_endian(const unsigned char *p, size_t size) {
  uint64_t v = 0;
  for (size_t i = 0; i < size; i++) v = v << 8 | p[i];
  return size == 4 ? (int32_t)(uint32_t)v : (int64_t)v;
}

/* False: no header. Counts are below 2^31, so that sums of their products fit a size_t. */
static bool read_header(struct bytes *b, int *version, size_t counts[N_COUNTS]) {
  const unsigned char *p = take_bytes(b, HEADER_BYTES);
  if (!p || memcmp(p, "TZif", 4) != 0) return false;
  *version = p[4] ? p[4] - '0' : 1;
  for (int i = 0; i < N_COUNTS; i++) {
    int64_t n = big_endian(p + 20 + 4 * i, 4);
    if (n < 0) return false;
    counts[i] = (size_t)n;
  }
  return counts[COUNT_TYPES] > 0;
}

/* How many bytes follow a header; size: those of a time. */
static size_t block_bytes(const size_t counts[N_COUNTS], size_t size) {
  return counts[COUNT_TIMES] * (size + 1) + counts[COUNT_TYPES] * TYPE_BYTES +
         counts[COUNT_LETTERS] + counts[COUNT_LEAPS] * (size + 4) + counts[COUNT_STANDARD] +
         counts[COUNT_UT];
}

/* ---- a file --------------------------------------------------------------------------- */

/* Leap seconds are those of right/, which databases do not count: refused. */
static bool read_block(struct zone *z, struct arena *a, struct bytes *b,
                       const size_t counts[N_COUNTS], size_t size) {
  const unsigned char *times = take_bytes(b, block_bytes(counts, size));
  if (!times || counts[COUNT_LEAPS]) return false;
  const unsigned char *type_of = times + counts[COUNT_TIMES] * size;
  const unsigned char *types = type_of + counts[COUNT_TIMES];
  int64_t *from = NEW_N(a, int64_t, counts[COUNT_TIMES] + 1);
  int32_t *offset = NEW_N(a, int32_t, counts[COUNT_TIMES] + 1);
  z->before = (int32_t)big_endian(types, 4);
  z->n = counts[COUNT_TIMES];
  for (size_t i = 0; i < z->n; i++) {
    if (type_of[i] >= counts[COUNT_TYPES]) return false;
    from[i] = big_endian(times + i * size, size);
    offset[i] = (int32_t)big_endian(types + (size_t)type_of[i] * TYPE_BYTES, 4);
    if (i > 0 && from[i] <= from[i - 1]) return false;
  }
  z->from = from;
  z->offset = offset;
  return true;
}

/* A line between two line feeds; empty: no rule. */
static bool read_rule(struct zone *z, struct arena *a, const struct bytes *b) {
  const unsigned char *end = b->n > 1 ? memchr(b->p + 1, '\n', b->n - 1) : NULL;
  if (!end || *b->p != '\n') return false;
  const char *text = arena_strndup(a, (const char *)b->p + 1, (size_t)(end - b->p - 1));
  z->has_rule = *text != 0;
  return !z->has_rule || zone_rule_parse(text, &z->rule);
}

static bool read_file(struct zone *z, struct arena *a, struct bytes b) {
  int version;
  size_t counts[N_COUNTS];
  if (!read_header(&b, &version, counts)) return false;
  if (version < 2) return read_block(z, a, &b, counts, 4);
  return take_bytes(&b, block_bytes(counts, 4)) && read_header(&b, &version, counts) &&
         read_block(z, a, &b, counts, 8) && read_rule(z, a, &b);
}

/* A name that stays inside the folder of zones: no dots, no leading slash. */
static bool is_name(const char *s) {
  size_t n = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/");
  return n > 0 && n <= ZONE_NAME_MAX_BYTES && !s[n] && s[0] != '/';
}

/* As an unpacked tarball has them: share/zoneinfo beside the folder of the program. NULL: the
 * system does not say where that is. */
static const char *zones_beside_program(struct arena *a) {
  const char *program = (const char *)getauxval(AT_EXECFN); /* needs no /proc */
  char *path = program ? realpath(program, NULL) : NULL;
  const char *folder = path ? arena_printf(a, "%s/../share/zoneinfo", path_folder(path, a)) : NULL;
  free(path);
  return folder;
}

static FILE *open_in(struct arena *a, const char *folder, const char *name) {
  return folder ? fopen(arena_printf(a, "%s/%s", folder, name), "rbe") : NULL;
}

static FILE *open_zone(struct arena *a, const char *name) {
  const char *folder = getenv("TZDIR");
  if (folder && *folder) return open_in(a, folder, name);
  FILE *f = open_in(a, "/usr/share/zoneinfo", name);
  return f ? f : open_in(a, zones_beside_program(a), name);
}

const struct zone *zone_read(struct arena *a, const char *name) {
  if (!name || !is_name(name)) return NULL;
  struct zone *z = NEW(a, struct zone);
  if (strcmp(name, "UTC") == 0) return z; /* also on a machine without zone files */
  FILE *f = open_zone(a, name);
  if (!f) return NULL;
  unsigned char *bytes = xmalloc(ZONE_FILE_MAX_BYTES);
  struct bytes b = {bytes, fread(bytes, 1, ZONE_FILE_MAX_BYTES, f)};
  fclose(f);
  bool good = b.n < ZONE_FILE_MAX_BYTES && read_file(z, a, b);
  free(bytes);
  return good ? z : NULL;
}

/* ---- the offset at an instant --------------------------------------------------------- */

struct zone_span zone_span_at(const struct zone *z, int64_t instant) {
  size_t lo = 0, hi = z->n; /* the first change after the instant is in lo .. hi */
  while (lo < hi) {
    size_t middle = lo + (hi - lo) / 2;
    if (z->from[middle] <= instant)
      lo = middle + 1;
    else
      hi = middle;
  }
  int64_t from = lo > 0 ? z->from[lo - 1] : INT64_MIN;
  if (lo < z->n || !z->has_rule)
    return (struct zone_span){from, lo < z->n ? z->from[lo] : INT64_MAX,
                              lo > 0 ? z->offset[lo - 1] : z->before};
  struct zone_span span = zone_rule_span(&z->rule, instant);
  if (span.from < from) span.from = from;
  return span;
}
