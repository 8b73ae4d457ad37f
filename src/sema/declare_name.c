/* What every declaration asks. In: the clauses of an item. Out: its name taken, or the first that
 * has it reported. */
#include "base/intern.h"
#include "sema/sema.h"

const struct clause *find_clause(const struct ast_item *it, enum clause_kind k) {
  for (size_t i = 0; i < it->body.n; i++)
    if (it->body.v[i]->kind == k) return it->body.v[i];
  return NULL;
}

bool item_has_broken(const struct ast_item *it) { return find_clause(it, C_BROKEN) != NULL; }

bool declare_name(struct ruleset *rs, struct map *names, const struct clause *c, const char *what,
                  void *thing) {
  const char *both = intern(rs->arena, arena_printf(rs->arena, "%s %s", what, c->name));
  if (!map_get(names, c->name)) {
    map_put(names, rs->arena, c->name, thing);
    map_put(&rs->first_places, rs->arena, both, (void *)c);
    return true;
  }
  const struct clause *first = map_get(&rs->first_places, both);
  struct diag *d =
      diag_add(&rs->diags, V0202, c->name_span, "a second %s called `%s`", what, c->name);
  if (first) diag_note(&rs->diags, d, first->name_span, "the first one is here");
  diag_help(&rs->diags, d, "give one of them another name, or remove one");
  return false;
}
