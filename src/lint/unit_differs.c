/* One name, two units. In: attributes of all entities. Out: a name that is money here and a plain
 * number there. */
#include "lint/check.h"

static bool plain(enum unit u) { return u == U_NUMBER || u == U_COUNT; }
static bool particular(enum unit u) {
  return u == U_MONEY || u == U_SHARE || u == U_SCORE || u == U_DURATION;
}

void lint_unit_differs(struct lint *l) {
  struct map seen = {0};
  for (size_t i = 0; i < l->rs->entities.n; i++)
    for (size_t k = 0; k < l->rs->entities.v[i]->attrs.n; k++) {
      const struct attr *at = l->rs->entities.v[i]->attrs.v[k], *first = map_get(&seen, at->name);
      if (!first) {
        map_put(&seen, l->a, at->name, (void *)at);
        continue;
      }
      enum unit u = at->type.unit, v = first->type.unit;
      bool differ = (plain(u) && particular(v)) || (particular(u) && plain(v)) ||
                    (particular(u) && particular(v) && u != v);
      if (!differ) continue;
      struct diag *d = lint_tell(l, at->span, "`%s` is %s in %s, and %s in %s", at->name,
                                 unit_doc(u), at->entity->name, unit_doc(v), first->entity->name);
      lint_note(l, d, first->span, "the other one is here");
      lint_help(l, d, "give both the same unit, or one of them another name");
    }
}
