/* Trees: rows that belong to rows of their own table. In: the links of a domain to itself. Out:
 * an error that names the rows of a circle, or one that stands too far down. */
#include <stdlib.h>

#include "base/limits.h"
#include "data/cell.h"
#include "eval/evaluation.h"

enum { NAMED_ROWS_MAX = 10 };

static const char *row_name(const struct evaluation *ev, int domain, size_t row) {
  return key_name(ev->arena, keymap_key(ev->rows[domain].keys, (int32_t)row));
}

/* The rows of a circle, from the one that comes round: "A, B, A". */
static const char *circle_text(struct evaluation *ev, int domain, const int32_t *up, size_t from) {
  const char *out = row_name(ev, domain, from);
  size_t row = from;
  int n = 0;
  do {
    row = (size_t)up[row];
    if (n++ == NAMED_ROWS_MAX) return arena_printf(ev->arena, "%s, …", out);
    out = arena_printf(ev->arena, "%s, %s", out, row_name(ev, domain, row));
  } while (row != from);
  return out;
}

static void fail_circle(struct evaluation *ev, const struct plan_edge *e, size_t row) {
  const int32_t *up = ev->rows[e->child].links[e->index];
  evaluation_fail(ev, V0515,
                  "%s: each of these rows belongs to the next, and the last to the first: %s. "
                  "Correct the column %s of one of them",
                  e->edge->child->table, circle_text(ev, e->child, up, row), e->edge->column);
}

static void fail_depth(struct evaluation *ev, const struct plan_edge *e, size_t row) {
  evaluation_fail(ev, V0515,
                  "%s: %d rows and more stand above %s, each the parent of the one before. A tree "
                  "has at most %d levels: look at the column %s",
                  e->edge->child->table, TREE_MAX_DEPTH, row_name(ev, e->child, row),
                  TREE_MAX_DEPTH, e->edge->column);
}

/* A row belongs to no row below it: else the rows above it have no end. How far up a row can go
 * is counted once for all rows that it passes. */
static bool check_tree(struct evaluation *ev, const struct plan_edge *e) {
  const int32_t *up = ev->rows[e->child].links[e->index];
  size_t n = ev->rows[e->child].n;
  int *depth = xcalloc(n + 1, sizeof *depth); /* rows from here up, itself too; 0: not known */
  uint64_t *on_way = xcalloc(bit_words(n) + 1, 8);
  for (size_t i = 0; i < n && !ev->error; i++) {
    int steps = 0;
    int32_t r = (int32_t)i;
    for (; r >= 0 && !depth[r] && !bit_get(on_way, (size_t)r); r = up[r], steps++)
      bit_set(on_way, (size_t)r);
    if (r >= 0 && !depth[r]) {
      fail_circle(ev, e, (size_t)r);
      break;
    }
    int above = r >= 0 ? depth[r] : 0;
    if (above + steps > TREE_MAX_DEPTH) fail_depth(ev, e, i);
    for (r = (int32_t)i; steps > 0; r = up[r], steps--) depth[r] = above + steps;
  }
  free(depth);
  free(on_way);
  return !ev->error;
}

bool check_trees(struct evaluation *ev) {
  for (int i = 0; i < ev->n_edges; i++) {
    const struct plan_edge *e = ev->plan->edges.v[i];
    if (e->child == e->parent && e->child >= 0 && ev->edge_needed[i] && !check_tree(ev, e))
      return false;
  }
  return true;
}
