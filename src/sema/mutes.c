/* Which rule mutes which. In: the `mutes` lines of rules. Out: for each rule the weaker and the
 * stronger ones, through as many steps as there are, and how its rows lead to theirs. */
#include "base/suggest.h"
#include "sema/sema.h"

/* A rule as the walk meets it. */
enum walk { NOT_YET, OPEN_NOW, WALKED };

struct walker {
  struct ruleset *rs;
  enum walk *at; /* by rule */
};

static size_t index_of(const struct ruleset *rs, const struct rule *r) {
  size_t i = 0;
  while (rs->rules.v[i] != r) i++;
  return i;
}

static bool has(struct rule *const *list, size_t n, const struct rule *r) {
  for (size_t i = 0; i < n; i++)
    if (list[i] == r) return true;
  return false;
}

static struct rule *muted_rule(struct ruleset *rs, const struct clause *c) {
  struct rule *r = rule_named(rs, c->name);
  if (r) return r;
  if (map_get(&rs->poisoned, c->name)) return NULL;
  const char **names = NEW_N(rs->arena, const char *, rs->rules.n + 1);
  for (size_t i = 0; i < rs->rules.n; i++) names[i] = rs->rules.v[i]->name;
  const char *near = suggest(c->name, names, rs->rules.n);
  struct diag *d = diag_add(&rs->diags, V0201, c->name_span, "there is no rule `%s`", c->name);
  if (near)
    diag_help(&rs->diags, d, "did you mean `%s`?", near);
  else
    diag_help(&rs->diags, d, "write the name of the rule that is not to be asked meanwhile");
  return NULL;
}

/* ---- through as many steps as there are ----------------------------------------------- */

static void add_weaker(struct walker *w, struct rule *strong, struct rule *weak) {
  if (has(strong->mutes.v, strong->mutes.n, weak)) return;
  VEC_PUSH(w->rs->arena, &strong->mutes, weak);
  VEC_PUSH(w->rs->arena, &weak->muted_by, strong);
}

static void walk(struct walker *w, size_t at) {
  struct rule *r = w->rs->rules.v[at];
  const struct ast_item *it = w->rs->rule_items.v[at];
  w->at[at] = OPEN_NOW;
  for (size_t i = 0; i < it->body.n; i++) {
    const struct clause *c = it->body.v[i];
    struct rule *weak = c->kind == C_MUTES ? muted_rule(w->rs, c) : NULL;
    if (!weak) continue;
    size_t to = index_of(w->rs, weak);
    if (w->at[to] == OPEN_NOW) {
      struct diag *d = diag_add(&w->rs->diags, V0401, c->name_span,
                                weak == r ? "the rule `%s` mutes itself"
                                          : "the rule `%s` is muted by `%s`, which it mutes itself",
                                r->name, weak->name);
      diag_help(&w->rs->diags, d, "take out this line, or the one that leads back here");
      continue;
    }
    if (w->at[to] == NOT_YET) walk(w, to);
    add_weaker(w, r, weak);
    for (size_t k = 0; k < weak->mutes.n; k++) add_weaker(w, r, weak->mutes.v[k]);
  }
  w->at[at] = WALKED;
}

/* ---- rows that lead to each other ----------------------------------------------------- */

static void add_lead(struct ruleset *rs, struct rule *r, struct rule *other) {
  edge_path way = {0};
  if (!r->entity || !other->entity || r->entity == other->entity) return;
  for (size_t i = 0; i < r->leads.n; i++)
    if (r->leads.v[i].to == other->entity) return;
  enum way ways = find_way(rs->arena, r->entity, other->entity, &way);
  if (ways == WAY_TWO) {
    struct diag *d = diag_add(&rs->diags, V0203, r->span,
                              "`mutes` does not know which %s a row of %s is about: there are two "
                              "ways",
                              other->entity->name, r->entity->name);
    diag_help(&rs->diags, d,
              "give one of the `belongs to` lines a name: belongs to %s as NAME by …",
              other->entity->name);
  }
  if (ways != WAY_ONE) return;
  struct lead lead = {other->entity, key_seen_along(rs, other->entity, way.v, way.n, r->when_expr)};
  VEC_PUSH(rs->arena, &r->leads, lead);
}

void resolve_mutes(struct ruleset *rs) {
  struct walker w = {rs, NEW_N(rs->arena, enum walk, rs->rules.n + 1)};
  for (size_t i = 0; i < rs->rules.n; i++)
    if (w.at[i] == NOT_YET) walk(&w, i);
  if (rs->diags.errors) return;
  for (size_t i = 0; i < rs->rules.n; i++) {
    struct rule *r = rs->rules.v[i];
    for (size_t k = 0; k < r->mutes.n; k++) {
      add_lead(rs, r, r->mutes.v[k]);
      add_lead(rs, r->mutes.v[k], r);
    }
  }
}
