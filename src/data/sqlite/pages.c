/* Scans of plain tables, on several threads. In: runs of leaf pages. Out: their rows, in the order
 * of the table.
 *
 * Runs are numbered as they come, and any thread may read the next one into a block of a ring. The
 * thread of the scan alone hands blocks over, one after the other, so that what comes of them does
 * not depend on threads; while the next one is not ready it reads another. */
#include "data/sqlite/pages.h"

#include <pthread.h>
#include <stdlib.h>

#include "data/sqlite/leaf.h"

enum { BLOCKS_A_THREAD = 4, THREADS_MAX = 16 };

struct ring {
  const struct leaf_table *table;
  pthread_mutex_t lock; /* of all below, but for a block that is claimed and not ready */
  pthread_cond_t moved;
  struct leaf_walk walk;
  struct leaf_block blocks[BLOCKS_A_THREAD * THREADS_MAX];
  bool ready[BLOCKS_A_THREAD * THREADS_MAX];
  size_t size;
  size_t claimed, taken; /* runs, from the first */
  bool ended;            /* no other run will come, or none is wanted */
};

/* The next run, for a block that is free; NULL: there is none, now or ever. Locked. */
static struct leaf_block *claim(struct ring *g) {
  struct leaf_block *b = &g->blocks[g->claimed % g->size];
  if (g->ended || g->claimed - g->taken == g->size) return NULL;
  if (!leaf_walk_next(&g->walk, &b->run)) {
    g->ended = true;
    pthread_cond_broadcast(&g->moved);
    return NULL;
  }
  g->ready[g->claimed++ % g->size] = false;
  return b;
}

/* Locked before and after. */
static void read_block(struct ring *g, struct leaf_block *b) {
  pthread_mutex_unlock(&g->lock);
  leaf_block_read(g->table, b);
  pthread_mutex_lock(&g->lock);
  g->ready[b - g->blocks] = true;
  pthread_cond_broadcast(&g->moved);
}

static void *help(void *ctx) {
  struct ring *g = ctx;
  pthread_mutex_lock(&g->lock);
  while (!g->ended) {
    struct leaf_block *b = claim(g);
    if (b)
      read_block(g, b);
    else if (!g->ended)
      pthread_cond_wait(&g->moved, &g->lock);
  }
  pthread_mutex_unlock(&g->lock);
  return NULL;
}

/* Hands the oldest block over. False: no other is wanted, or can be had. Locked. */
static bool hand_over(struct ring *g, long *rows, enum pages_end *end) {
  const struct leaf_block *b = &g->blocks[g->taken % g->size];
  const struct raw_scan *scan = g->table->scan;
  pthread_mutex_unlock(&g->lock);
  *rows += (long)b->n;
  if (b->n && !scan->take(scan->ctx, b->cells, b->n))
    *end = PAGES_STOPPED;
  else if (b->odd)
    *end = PAGES_ODD;
  pthread_mutex_lock(&g->lock);
  g->taken++;
  pthread_cond_broadcast(&g->moved);
  return *end == PAGES_DONE;
}

static enum pages_end hand_over_all(struct ring *g, long *rows) {
  enum pages_end end = PAGES_DONE;
  pthread_mutex_lock(&g->lock);
  for (struct leaf_block *b;;) {
    if (g->taken < g->claimed && g->ready[g->taken % g->size]) {
      if (!hand_over(g, rows, &end)) break;
    } else if ((b = claim(g))) {
      read_block(g, b);
    } else if (g->taken == g->claimed) {
      end = g->walk.odd ? PAGES_ODD : PAGES_DONE;
      break;
    } else {
      pthread_cond_wait(&g->moved, &g->lock);
    }
  }
  g->ended = true;
  pthread_cond_broadcast(&g->moved);
  pthread_mutex_unlock(&g->lock);
  return end;
}

static enum pages_end scan_on(struct ring *g, size_t n_threads, long *rows) {
  pthread_t helpers[THREADS_MAX];
  size_t n = 0;
  g->size = n_threads > 1 ? BLOCKS_A_THREAD * n_threads : 1;
  pthread_mutex_init(&g->lock, NULL);
  pthread_cond_init(&g->moved, NULL);
  while (n + 1 < n_threads && pthread_create(&helpers[n], NULL, help, g) == 0) n++;
  enum pages_end end = hand_over_all(g, rows);
  while (n > 0) pthread_join(helpers[--n], NULL);
  pthread_cond_destroy(&g->moved);
  pthread_mutex_destroy(&g->lock);
  for (size_t i = 0; i < g->size; i++) leaf_block_free(&g->blocks[i]);
  return end;
}

enum pages_end pages_scan(struct sqlite_dataset *ds, const struct raw_scan *scan, long *rows) {
  struct leaf_table table;
  enum pages_end end = PAGES_ODD;
  *rows = 0;
  if (!ds->pages.file || scan->table->is_view) return end;
  if (leaf_table_describe(&table, ds, scan)) {
    struct ring *g = xcalloc(1, sizeof *g);
    size_t n_threads = ds->base.threads < THREADS_MAX ? ds->base.threads : THREADS_MAX;
    g->table = &table;
    if (leaf_walk_begin(&g->walk, &table))
      end = scan_on(g, leaf_walk_is_long(&g->walk) && n_threads ? n_threads : 1, rows);
    leaf_walk_free(&g->walk);
    free(g);
  }
  leaf_table_free(&table);
  return end;
}
