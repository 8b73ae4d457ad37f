/* Two attributes that are one column. In: the columns of entities. Out: a second attribute of the
 * same type that is read from the column, or the history, of another one. */
#include <string.h>
#include <strings.h>

#include "lint/check.h"

static bool same_text(const char *x, const char *y) { return x && y && strcasecmp(x, y) == 0; }

static bool same_history(const struct history *x, const struct history *y) {
  return same_text(x->table, y->table) && same_text(x->by, y->by) && same_text(x->at, y->at) &&
         same_text(x->value, y->value);
}

static bool same_source(const struct attr *x, const struct attr *y) {
  bool numbers = unit_class(x->type.unit) == CLASS_NUM && unit_class(y->type.unit) == CLASS_NUM &&
                 x->type.unit != U_FLAG && y->type.unit != U_FLAG;
  bool alike = x->type.unit == y->type.unit || numbers; /* money of a column of percents */
  if (x->kind != y->kind || !alike || x->own || y->own) return false;
  if (x->kind == ATTR_COLUMN) return same_text(x->column, y->column);
  return x->kind == ATTR_HISTORY && same_history(&x->history, &y->history);
}

static void check_entity(struct lint *l, const struct entity *e) {
  for (size_t i = 1; i < e->attrs.n; i++)
    for (size_t k = 0; k < i; k++) {
      const struct attr *at = e->attrs.v[i], *first = e->attrs.v[k];
      if (!same_source(first, at)) continue;
      const char *column = at->kind == ATTR_COLUMN ? at->column : at->history.value;
      struct diag *d = lint_tell(l, at->span, "`%s` and `%s` are both read from the column \"%s\"",
                                 first->name, at->name, column);
      lint_note(l, d, first->span, "the other one is here");
      lint_help(l, d, "name the column of each; where they are one thing, one name is enough");
      break;
    }
}

void lint_two_of_one_column(struct lint *l) {
  for (size_t i = 0; i < l->rs->entities.n; i++) check_entity(l, l->rs->entities.v[i]);
}
