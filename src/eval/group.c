/* Groups of a `by`. In: the dimension values of source rows. Out: a dense row for each
 * combination. */
#include <stdio.h>
#include <string.h>

#include "eval/evaluation.h"

/* A dimension's value as the text it is printed with. */
static const struct str *dim_text(struct chunk *f, int node, size_t i) {
  const struct column *c = chunk_column(f, node);
  if (!bit_get(c->valid, i)) return NULL;
  if (c->txt) return dict_add_str(f->ev->texts, c->txt[i]);
  struct value v = {.type = f->ev->plan->nodes.v[node].type,
                    .known = true,
                    .num = c->num ? c->num[i] : (double)bit_get(c->yes, i)};
  char buf[80];
  value_text(&v, buf, sizeof buf);
  return dict_add(f->ev->texts, buf, strlen(buf));
}

static int32_t group_of(struct evaluation *ev, int domain, const struct str **values, size_t n) {
  char key[1024];
  size_t len = 0;
  for (size_t k = 0; k < n && len < sizeof key - 24; k++)
    len += (size_t)snprintf(key + len, sizeof key - len, "%p ", (const void *)values[k]);
  struct rows *rows = &ev->rows[domain];
  intptr_t at = (intptr_t)map_get(&rows->groups, key);
  if (at) return (int32_t)at - 1;
  const struct str **copy = NEW_N(ev->arena, const struct str *, n);
  memcpy(copy, values, n * sizeof *copy);
  VEC_PUSH(ev->arena, &rows->dims, copy);
  rows->n = rows->dims.n;
  map_put(&rows->groups, ev->arena, arena_strdup(ev->arena, key), (void *)(intptr_t)rows->n);
  return (int32_t)rows->n - 1;
}

void group_rows(struct chunk *f, const struct grouping *g, const uint64_t *mask, int32_t *out) {
  size_t n_dims = f->ev->plan->domains.v[g->groups].dims->n;
  const struct str *values[16] = {0}, *last[16] = {0};
  int32_t last_row = -1;
  for (size_t i = 0; i < f->n; i++) {
    out[i] = -1;
    if (!bit_get(mask, i)) continue;
    for (size_t k = 0; k < n_dims && k < 16; k++) values[k] = dim_text(f, g->dims[k], i);
    if (last_row < 0 || memcmp(values, last, sizeof values) != 0)
      last_row = group_of(f->ev, g->groups, values, n_dims);
    memcpy(last, values, sizeof values);
    out[i] = last_row;
  }
}
