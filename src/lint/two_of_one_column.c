/* Two attributes that are one column. In: the columns of entities. Out: a second attribute of the
 * same type that is read from the column, or the history, of another one. */
#include <ctype.h>
#include <strings.h>

#include "lint/check.h"

/* What it is read from, in small letters; the same for money of a column of percents. NULL: it is
 * computed, or its source is not known. */
static const char *source_key(struct lint *l, const struct attr *at) {
  const struct history *h = &at->history;
  bool number = unit_class(at->type.unit) == CLASS_NUM && at->type.unit != U_FLAG;
  int alike = number ? -1 : (int)at->type.unit;
  char *key = NULL;
  if (at->own) return NULL;
  if (at->kind == ATTR_COLUMN && at->column) key = arena_printf(l->a, "%d %s", alike, at->column);
  if (at->kind == ATTR_HISTORY && h->table && h->by && h->at && h->value)
    key = arena_printf(l->a, "%d %s\n%s\n%s\n%s", alike, h->table, h->by, h->at, h->value);
  for (char *p = key; p && *p; p++) *p = (char)tolower((unsigned char)*p);
  return key;
}

static void check_entity(struct lint *l, const struct entity *e) {
  struct map read = {0};
  for (size_t i = 0; i < e->attrs.n; i++) {
    struct attr *at = e->attrs.v[i];
    const char *key = source_key(l, at);
    const struct attr *first = key ? map_get(&read, key) : NULL;
    if (key && !first) map_put(&read, l->a, key, at);
    if (!first) continue;
    const char *column = at->kind == ATTR_COLUMN ? at->column : at->history.value;
    struct diag *d = lint_tell(l, at->span, "`%s` and `%s` are both read from the column \"%s\"",
                               first->name, at->name, column);
    lint_note(l, d, first->span, "the other one is here");
    lint_help(l, d, "name the column of each; where they are one thing, one name is enough");
  }
}

/* history … by "customer_id" at "day" value "customer_id" */
static void check_history(struct lint *l, const struct attr *at) {
  const struct history *h = &at->history;
  if (at->kind != ATTR_HISTORY || !h->value || !h->by || !h->at) return;
  bool key = strcasecmp(h->value, h->by) == 0, day = strcasecmp(h->value, h->at) == 0;
  if ((!key && !day) || at->type.unit == U_DATE || unit_class(at->type.unit) == CLASS_TXT) return;
  struct diag *d =
      lint_tell(l, at->span, "the value of `%s` is read from \"%s\", the column of its %s",
                at->name, h->value, key ? "key" : "day");
  lint_help(l, d, "name the column of the values");
}

void lint_two_of_one_column(struct lint *l) {
  for (size_t i = 0; i < l->rs->entities.n; i++)
    for (size_t k = 0; k < l->rs->entities.v[i]->attrs.n; k++)
      check_history(l, l->rs->entities.v[i]->attrs.v[k]);
  for (size_t i = 0; i < l->rs->entities.n; i++) check_entity(l, l->rs->entities.v[i]);
}
