/* Whose customer a row is, and its page on the web. In: `belongs to` and `link` of entities. Out:
 * for each rule the rows to which its own leads, and the parts of the link. */
#include <string.h>

#include "base/limits.h"
#include "sema/sema.h"

/* ---- the link of an entity ------------------------------------------------------------ */

/* What a web address takes: what stands in it as it is in the data. */
static bool goes_into_address(enum unit u) {
  return unit_class(u) == CLASS_TXT || unit_class(u) == CLASS_DAY || u == U_NUMBER || u == U_COUNT;
}

static void check_link(const struct scope *sc, const struct entity *ent) {
  const struct template_part *first = ent->link.n ? &ent->link.v[0] : NULL;
  const char *text = first && first->text ? first->text : "";
  if (strncmp(text, "https://", 8) != 0 && strncmp(text, "http://", 7) != 0)
    HELP_WITH(sc, TELL(sc, V0405, ent->link_at, "a link begins with https://"),
              "write the address of the page, with {key} where the row's key stands in it: link "
              "\"https://crm.example/accounts/{key}\"");
  for (size_t i = 0; i < ent->link.n; i++) {
    const struct term *t = ent->link.v[i].term;
    if (!t || goes_into_address(t->type.unit)) continue;
    HELP_WITH(sc,
              TELL(sc, V0405, t->src->span,
                   "`%s` is %s; a link takes keys, texts, numbers and "
                   "dates",
                   quoted(sc, t->src), unit_phrase(sc, t)),
              "name the row in it: {key}");
  }
}

void resolve_links(struct ruleset *rs) {
  for (size_t i = 0; i < rs->entities.n; i++) {
    struct entity *ent = rs->entities.v[i];
    struct scope sc = {.rs = rs, .ent = ent};
    int errors = rs->diags.errors;
    if (!ent->link_at.src) continue;
    read_template(&sc, &ent->link, ent->link_at);
    if (rs->diags.errors == errors) check_link(&sc, ent);
  }
}

/* ---- the way of a rule ---------------------------------------------------------------- */

/* The edge that a row goes up by: the first that has no name of its own, for those are what the
 * parent is to it (its creator, the row above it in a tree). */
static struct edge *edge_up(const struct entity *ent) {
  for (size_t i = 0; i < ent->edges.n; i++) {
    struct edge *e = ent->edges.v[i];
    if (!e->is_role && e->parent && e->parent->key) return e;
  }
  return NULL;
}

/* The term of the row at the end of the way, as the row at its beginning sees it. */
static struct term *seen_from(struct ruleset *rs, struct term *t, struct edge *const *way,
                              size_t n) {
  while (n-- > 0) {
    struct scope sc = {.rs = rs, .ent = way[n]->child};
    struct term *up = term_new(&sc, T_PARENT, t->src, t->type);
    up->edge = way[n];
    up->a = t;
    t = up;
  }
  return t;
}

static struct term *name_of_row(struct ruleset *rs, struct entity *ent, enum term_kind kind,
                                const struct expr *src) {
  struct scope sc = {.rs = rs, .ent = ent};
  return term_new(&sc, kind, src, type_of(U_TEXT));
}

struct term *key_seen_along(struct ruleset *rs, struct entity *to, struct edge *const *way,
                            size_t n, const struct expr *src) {
  return seen_from(rs, name_of_row(rs, to, T_KEY, src), way, n);
}

static void add_stop(struct ruleset *rs, struct rule *r, struct entity *ent,
                     struct edge *const *way, size_t n) {
  const struct expr *src = r->when_expr;
  struct way_stop stop = {.entity = ent};
  stop.key = key_seen_along(rs, ent, way, n, src);
  if (ent->label) stop.label = seen_from(rs, name_of_row(rs, ent, T_LABEL, src), way, n);
  VEC_PUSH(rs->arena, &r->account, stop);
  if (r->link.n) return;
  for (size_t i = 0; i < ent->link.n; i++) {
    struct template_part p = ent->link.v[i];
    if (p.term) p.term = seen_from(rs, p.term, way, n);
    VEC_PUSH(rs->arena, &r->link, p);
  }
}

void resolve_account(struct ruleset *rs, struct rule *r) {
  struct edge *way[ACCOUNT_MAX_STEPS] = {NULL};
  struct entity *ent = r->entity;
  size_t n = 0;
  add_stop(rs, r, ent, way, n);
  for (struct edge *up; n < ACCOUNT_MAX_STEPS && (up = edge_up(ent)); n++) {
    for (size_t i = 0; i < r->account.n; i++)
      if (r->account.v[i].entity == up->parent) return;
    way[n] = up;
    ent = up->parent;
    add_stop(rs, r, ent, way, n + 1);
  }
}

bool lead_account_to(struct ruleset *rs, struct rule *r, const char *entity) {
  struct entity *to = map_get(&rs->entity_names, entity);
  edge_path way = {0};
  if (!to || !r->entity || r->entity == to) return false;
  if (find_way(rs->arena, r->entity, to, &way) != WAY_ONE) return false;
  r->account.n = 0;
  add_stop(rs, r, r->entity, way.v, 0);
  add_stop(rs, r, to, way.v, way.n);
  return true;
}
