/* Arenas: chunks in a list, a bump pointer in the newest. In: sizes. Out: zeroed memory. */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>

/* Chunks grow with what the arena holds, by a quarter of it; from a size on the system is asked for
 * large pages, of which few have to be brought in. */
enum { CHUNK = 64 * 1024, CHUNK_PART = 4, CHUNK_MAX = 16 << 20, LARGE_PAGES_FROM = 4 << 20 };
enum { ALIGN = 16, SHORT_TEXT = 256, PAGE = 4096 };

struct chunk {
  struct chunk *next;
  size_t used, cap;
  _Alignas(ALIGN) char data[];
};

struct arena {
  struct chunk *head;
  size_t held; /* bytes of all chunks */
  struct name_table *names;
};

static void out_of_memory(void) {
  fputs("vigie: out of memory: try fewer rule files at once, or a larger machine\n", stderr);
  exit(2);
}

void *xmalloc(size_t bytes) {
  void *p = malloc(bytes ? bytes : 1);
  if (!p) out_of_memory();
  return p;
}

void *xrealloc(void *p, size_t bytes) {
  p = realloc(p, bytes ? bytes : 1);
  if (!p) out_of_memory();
  return p;
}

void *xcalloc(size_t n, size_t size) {
  void *p = calloc(n ? n : 1, size ? size : 1);
  if (!p) out_of_memory();
  return p;
}

char *xstrdup(const char *s) {
  size_t n = strlen(s) + 1;
  return memcpy(xmalloc(n), s, n);
}

struct arena *arena_new(void) {
  return xcalloc(1, sizeof(struct arena));
}

void arena_free(struct arena *a) {
  if (!a) return;
  for (struct chunk *c = a->head; c;) {
    struct chunk *next = c->next;
    free(c);
    c = next;
  }
  free(a);
}

struct name_table **arena_names(struct arena *a) {
  return &a->names;
}

/* Zeroed memory of the heap. Large pages are advice: where it is not taken, all is as it was. */
static void *large_zeroed(size_t bytes) {
  char *p = xcalloc(1, bytes);
#ifdef MADV_HUGEPAGE
  size_t before = (PAGE - (uintptr_t)p % PAGE) % PAGE; /* up to where a page begins */
  if (bytes >= LARGE_PAGES_FROM) madvise(p + before, bytes - before, MADV_HUGEPAGE);
#endif
  return p;
}

static size_t next_size(const struct arena *a) {
  size_t part = a->held / CHUNK_PART;
  return part < CHUNK ? CHUNK : part > CHUNK_MAX ? CHUNK_MAX : part;
}

void *arena_alloc(struct arena *a, size_t bytes) {
  if (bytes > SIZE_MAX / 2) out_of_memory();
  bytes = (bytes + ALIGN - 1) & ~(size_t)(ALIGN - 1);
  struct chunk *c = a->head;
  if (!c || c->cap - c->used < bytes) {
    bool big = bytes > CHUNK / 4;
    size_t cap = big ? bytes : next_size(a);
    a->held += cap;
    struct chunk *fresh = large_zeroed(sizeof *fresh + cap);
    fresh->cap = cap;
    if (c && big) { /* a big one goes behind the head, which still has room */
      fresh->next = c->next;
      c->next = fresh;
    } else {
      fresh->next = c;
      a->head = fresh;
    }
    c = fresh;
  }
  void *p = c->data + c->used;
  c->used += bytes;
  return p;
}

char *arena_strndup(struct arena *a, const char *s, size_t n) {
  char *p = arena_alloc(a, n + 1);
  memcpy(p, s, n);
  p[n] = 0;
  return p;
}

char *arena_strdup(struct arena *a, const char *s) { return arena_strndup(a, s, strlen(s)); }

char *arena_join(struct arena *a, const char *x, const char *y, const char *z) {
  size_t n = strlen(x), m = strlen(y), k = strlen(z);
  char *p = arena_alloc(a, n + m + k + 1);
  memcpy(p, x, n);
  memcpy(p + n, y, m);
  memcpy(p + n + m, z, k + 1);
  return p;
}

/* Most texts are short, and formatted once. */
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap) {
  char small[SHORT_TEXT];
  va_list again;
  va_copy(again, ap);
  size_t n = (size_t)vsnprintf(small, sizeof small, fmt, again);
  va_end(again);
  if (n < sizeof small) return arena_strndup(a, small, n);
  char *p = arena_alloc(a, n + 1);
  vsnprintf(p, n + 1, fmt, ap);
  return p;
}

char *arena_printf(struct arena *a, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  char *p = arena_vprintf(a, fmt, ap);
  va_end(ap);
  return p;
}
