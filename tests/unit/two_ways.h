/* A table of an SQLite file read from its pages, and through SQLite: what came of each. */
#ifndef VIGIE_TWO_WAYS_H
#define VIGIE_TWO_WAYS_H

#include "base/hash.h"
#include "data/sqlite/pages.h"

enum { ROWS_SEEN_MAX = 20000 };

struct seen {
  uint64_t hash; /* of all cells */
  long rows;
  bool good;
  const char *message; /* what was said; "": nothing */
  size_t n_columns;
};

static inline uint64_t mixed(uint64_t hash, const void *bytes, size_t n) {
  return hash_mix(hash ^ hash_bytes(bytes, n));
}

static inline uint64_t mixed_cell(uint64_t hash, const struct raw_cell *c) {
  hash = hash_mix(hash + (uint64_t)c->stored + 1);
  if (c->stored == STORED_INT) return mixed(hash, &c->i, sizeof c->i);
  if (c->stored == STORED_REAL) return mixed(hash, &c->r, sizeof c->r);
  return c->stored == STORED_TEXT ? mixed(mixed(hash, &c->n, sizeof c->n), c->s, c->n) : hash;
}

static inline bool see(void *ctx, const struct raw_cell *cells, size_t n_rows) {
  struct seen *s = ctx;
  for (size_t i = 0; i < n_rows; i++) {
    if (s->rows == ROWS_SEEN_MAX) return false;
    for (size_t k = 0; k < s->n_columns; k++) s->hash = mixed_cell(s->hash, cells++);
    s->rows++;
  }
  return true;
}

/* As every run reads it. The message lives in the arena. */
static inline struct seen seen_of(struct dataset *ds, const struct raw_scan *scan,
                                  struct arena *a) {
  struct seen s = {.n_columns = scan->n_columns};
  struct raw_scan copy = *scan;
  struct diags problems = {.arena = a};
  copy.take = see;
  copy.ctx = &s;
  s.good = ds->ops->scan(ds, &copy, &problems);
  s.message = problems.list.n ? problems.list.v[0]->message : "";
  return s;
}

static inline struct seen seen_by_sqlite(struct dataset *ds, const struct raw_scan *scan,
                                         struct arena *a) {
  struct sqlite_dataset *file = (struct sqlite_dataset *)ds;
  struct page_file pages = file->pages;
  file->pages.file = NULL;
  struct seen s = seen_of(ds, scan, a);
  file->pages = pages;
  return s;
}

/* Of a scan that failed, nobody uses the rows that came before: they may be more or fewer. */
static inline bool seen_alike(const struct seen *a, const struct seen *b) {
  return a->good == b->good && strcmp(a->message, b->message) == 0 &&
         (!a->good || (a->rows == b->rows && a->hash == b->hash));
}

#endif
