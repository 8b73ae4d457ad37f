/* In: a sheet of a workbook. Out: its cells that go over several rows.
 *
 * They stand behind the rows, which need them: a sheet that has some is read twice. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/limits.h"
#include "import/workbook.h"

struct merged_pass {
  struct package *p;
  struct merged_list *list;
  bool too_many;
};

static bool start_merged(void *ctx, const char *name, const char *const *attributes) {
  struct merged_pass *x = ctx;
  const char *span = strcmp(name, "mergeCell") == 0 ? part_attribute(attributes, "ref") : NULL;
  const char *to = span ? strchr(span, ':') : NULL;
  if (!to) return true;
  struct merged m = {0};
  long column = cell_reference(span, &m.first);
  cell_reference(to + 1, &m.last);
  if (column < 0 || !m.first || m.last <= m.first) return true;
  m.column = (size_t)column;
  VEC_PUSH(x->p->r->a, &x->list->cells, m);
  x->too_many = x->list->cells.n > WORKBOOK_MAX_MERGED;
  return !x->too_many;
}

static int by_first_row(const void *a, const void *b) {
  const struct merged *x = a, *y = b;
  return (x->first > y->first) - (x->first < y->first);
}

bool merged_read(struct package *p, const char *part, struct merged_list *list) {
  bool has = false;
  struct merged_pass x = {.p = p, .list = list};
  struct part_handler h = {&x, start_merged, NULL, NULL};
  if (!package_find(p, part, "mergeCell ", &has)) return false;
  if (!has) return true;
  if (!package_read(p, part, WORKBOOK_PART_MAX_MB, &h)) return false;
  if (list->cells.n) qsort(list->cells.v, list->cells.n, sizeof *list->cells.v, by_first_row);
  return !x.too_many || diag_fail(p->r->problems, V0707,
                                  "%s: more than %d cells go over several rows: export it as CSV",
                                  p->r->path, WORKBOOK_MAX_MERGED);
}
