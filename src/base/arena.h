/* Arenas: many small allocations, one release.
 *
 * Vigie uses three lifetimes: the process, a rule set, and scratch work. Whoever creates an arena
 * frees it; everything allocated from it dies with it, so nothing inside is freed by hand.
 * A function that takes
 * an arena gives back things of that arena; one that takes none borrows. Running out of memory
 * ends the process with one message and exit status 2. */
#ifndef VIGIE_ARENA_H
#define VIGIE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct name_table; /* of intern.c */

struct arena *arena_new(void);
void arena_free(struct arena *a); /* NULL is fine */

/* Where the arena keeps its interned names; NULL inside until there is one. For intern.c only. */
struct name_table **arena_names(struct arena *a);

/* Zeroed memory, aligned for any type. Never returns NULL. */
void *arena_alloc(struct arena *a, size_t bytes);

/* Copies of text, NUL-terminated, owned by the arena. */
char *arena_strdup(struct arena *a, const char *s);
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *a, const char *fmt, va_list ap);
/* Three texts as one: what is asked for often need not be formatted. */
char *arena_join(struct arena *a, const char *x, const char *y, const char *z);

/* malloc, realloc, calloc that never return NULL. The caller frees with free(). */
void *xmalloc(size_t bytes);
void *xrealloc(void *p, size_t bytes);
void *xcalloc(size_t n, size_t size);
char *xstrdup(const char *s);

#define NEW(arena, T) ((T *)arena_alloc((arena), sizeof(T)))
#define NEW_N(arena, T, n) ((T *)arena_alloc((arena), sizeof(T) * (size_t)(n)))

#endif
