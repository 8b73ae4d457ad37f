/* In: the part of a workbook that holds its styles. Out: which of them show days or times. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/limits.h"
#include "import/workbook.h"

struct own_format {
  long id;
  enum number_style style;
};

struct styles_pass {
  struct arena *a;
  struct style_list *list;
  VEC(struct own_format) own; /* formats of this workbook, by their numbers */
  bool in_cells;              /* the list that cells count in; another is of named styles */
  bool too_many;
};

static long id_of(const char *const *attributes) {
  const char *id = part_attribute(attributes, "numFmtId");
  return id ? strtol(id, NULL, 10) : 0;
}

static enum number_style style_of_id(const struct styles_pass *x, long id) {
  for (size_t i = x->own.n; i > 0; i--)
    if (x->own.v[i - 1].id == id) return x->own.v[i - 1].style;
  return number_style_of_id(id);
}

static bool start_style(void *ctx, const char *name, const char *const *attributes) {
  struct styles_pass *x = ctx;
  const char *format = part_attribute(attributes, "formatCode");
  x->in_cells |= strcmp(name, "cellXfs") == 0;
  if (strcmp(name, "numFmt") == 0 && format) {
    struct own_format own = {id_of(attributes), number_style_of_format(format)};
    VEC_PUSH(x->a, &x->own, own);
  }
  if (x->in_cells && strcmp(name, "xf") == 0)
    VEC_PUSH(x->a, &x->list->styles, style_of_id(x, id_of(attributes)));
  x->too_many = x->list->styles.n > WORKBOOK_MAX_STYLES || x->own.n > WORKBOOK_MAX_FORMATS;
  return !x->too_many;
}

static bool end_style(void *ctx, const char *name) {
  struct styles_pass *x = ctx;
  x->in_cells &= strcmp(name, "cellXfs") != 0;
  return true;
}

bool styles_read(struct package *p, const char *part, struct style_list *styles) {
  struct styles_pass x = {.a = p->r->a, .list = styles};
  struct part_handler h = {&x, start_style, end_style, NULL};
  if (!package_read(p, part, WORKBOOK_SMALL_PART_MAX_MB, &h)) return false;
  return !x.too_many ||
         diag_fail(p->r->problems, V0707,
                   "%s has more than %d styles, which no workbook has: export it as CSV",
                   p->r->path, WORKBOOK_MAX_STYLES);
}
