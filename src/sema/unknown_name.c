/* Messages about entities, segments and teams that nobody declared. In: the name as it is
 * written. Out: a message with the nearest name that there is, or with what to write. */
#include "base/suggest.h"
#include "sema/sema.h"

#define ADD_NAMES(list) \
  for (size_t i = 0; i < (list).n; i++) VEC_PUSH(rs->arena, &names, (list).v[i]->name)

static void help_near(struct ruleset *rs, struct diag *d, const char *near, const char *otherwise) {
  if (near)
    diag_help(&rs->diags, d, "did you mean `%s`?", near);
  else
    diag_help(&rs->diags, d, "%s", otherwise);
}

void tell_no_entity(struct ruleset *rs, const char *name, struct span at, const char *otherwise) {
  name_list names = {0};
  ADD_NAMES(rs->entities);
  struct diag *d = diag_add(&rs->diags, V0201, at, "there is no entity called `%s`", name);
  if (!otherwise) otherwise = arena_printf(rs->arena, "declare it: entity %s from \"table\"", name);
  const char *near = suggest(name, names.v, names.n);
  const struct entity *meant = near ? NULL : entity_called(rs, name);
  help_near(rs, d, meant ? meant->name : near, otherwise);
}

void tell_no_segment(struct ruleset *rs, const char *name, struct span at, const char *more) {
  name_list names = {0};
  ADD_NAMES(rs->segments);
  struct diag *d = diag_add(&rs->diags, V0201, at, "there is no segment called `%s`", name);
  help_near(rs, d, suggest(name, names.v, names.n),
            arena_printf(rs->arena, "declare it: segment %s of account where …%s", name, more));
}

void tell_no_set(struct ruleset *rs, const char *name, struct span at) {
  name_list names = {0};
  ADD_NAMES(rs->entities);
  ADD_NAMES(rs->segments);
  struct diag *d =
      diag_add(&rs->diags, V0201, at, "there is no entity or segment called `%s`", name);
  const char *near = suggest(name, names.v, names.n);
  const struct entity *meant = near ? NULL : entity_called(rs, name);
  help_near(rs, d, meant ? meant->name : near,
            arena_printf(rs->arena, "declare it: entity %s from \"table\"", name));
}

struct team *find_team(struct ruleset *rs, const char *name, struct span at) {
  struct team *t = map_get(&rs->team_names, name);
  if (t || map_get(&rs->poisoned, name)) return t;
  name_list names = {0};
  ADD_NAMES(rs->teams);
  const char *near = suggest(name, names.v, names.n);
  struct diag *d = diag_add(&rs->diags, V0204, at, "there is no team called `%s`", name);
  help_near(
      rs, d, near,
      arena_printf(rs->arena, "declare it: team %s, and under it: assigns \"name@company.example\"",
                   name));
  /* one missing team, one message */
  if (!near) map_put(&rs->poisoned, rs->arena, name, (void *)name);
  return NULL;
}
