/* Names to things. In: a path and its scope. Out: a term for what it names; a message with the
 * nearest name else. */
#include <stdint.h>
#include <string.h>

#include "base/intern.h"
#include "base/suggest.h"
#include "base/text.h"
#include "sema/sema.h"
#include "sema/own_currency.h"
#include "syntax/habits.h"

/* ---- terms of things ------------------------------------------------------------------ */

/* What is meant where no row is: an entity may itself be called company. */
static const char *all_of(const char *entity) {
  return strcmp(entity, "company") == 0 ? "all of them are" : "the whole company is";
}

static struct term *term_of_attr(const struct scope *sc, struct attr *at, const struct expr *src) {
  if (at->kind == ATTR_COMPUTED && !attr_term(sc->rs, at)) return NULL;
  if (!(at = attr_here(sc, at))) return NULL;
  struct scope own = *sc;
  own.ent = at->entity;
  struct term *t = term_new(&own, T_ATTR, src, at->type);
  t->attr = at;
  if (at->kind == ATTR_COMPUTED) t->ratio = at->term->ratio && at->type.unit == U_NUMBER;
  return t;
}

/* On a row, a KPI that is split is that of the row's own group: the row must have one. */
static bool leads_to_group(const struct scope *sc, const struct kpi *k, const struct expr *src) {
  struct ruleset *rs = sc->rs;
  for (size_t i = 0; i < k->dims.n; i++) {
    const struct expr *path = k->dims.v[i].path;
    if (dim_term(rs, sc->ent, &k->dims.v[i], (struct span){0})) continue;
    /* nobody has the name: that is told at the KPI */
    if (!leads_to_something(rs, &path->path)) return true;
    struct diag *d = TELL(sc, V0206, src->span,
                          "`%s` is split by `%s`, and one %s does not lead to it: which group is "
                          "meant?",
                          k->name, quoted(sc, path), sc->ent->name);
    HELP_WITH(sc, d,
              "write: (%s for all); or, where one group is meant, say under entity %s what it "
              "belongs to",
              k->name, sc->ent->name);
    return false;
  }
  return true;
}

static struct term *term_of_kpi(const struct scope *sc, struct kpi *k, const struct expr *src) {
  if (!kpi_term(sc->rs, k, src->span) || !one_currency_meant(sc, k, src)) return NULL;
  if (!src->for_all && !(k = kpi_here(sc, k))) return NULL;
  struct term *body = k->term;
  bool own_group = !k->entity && k->dims.n && sc->ent && !src->for_all;
  if (own_group && !leads_to_group(sc, k, src)) return NULL;
  struct scope own = *sc;
  if (!own_group) own.ent = k->entity;
  struct term *t = term_new(&own, T_KPI, src, body->type);
  t->for_all = src->for_all;
  t->type.percent |= k->percent;
  t->ratio = body->ratio;
  t->kpi = k;
  return t;
}

static struct term *lead_up(const struct scope *sc, struct term *t, const edge_path *way) {
  if (!t) return NULL;
  for (size_t i = way->n; i-- > 0;) {
    struct scope child = *sc;
    child.ent = way->v[i]->child;
    struct term *p = term_new(&child, T_PARENT, t->src, t->type);
    p->edge = way->v[i];
    p->a = t;
    p->ratio = t->ratio;
    t = p;
  }
  return t;
}

/* The scope of a row to which a way leads: its money is in the currency of the group, or not. */
static struct scope seen_along(const struct scope *sc, const edge_path *way) {
  struct scope above = *sc;
  above.own = own_above(sc, way);
  return above;
}

/* What a name is on a row of ent: an attribute, a KPI of it, its key or label. */
static struct term *on_entity(const struct scope *sc, struct entity *ent, const char *name,
                              const struct expr *src, bool *found) {
  *found = true;
  struct attr *at = entity_attr(ent, name);
  if (at) return term_of_attr(sc, at, src);
  struct kpi *k = entity_kpi(sc->rs, ent, name);
  if (k) return term_of_kpi(sc, k, src);
  bool key = strcmp(name, "key") == 0 && ent->key, label = strcmp(name, "label") == 0 && ent->label;
  if (key || label) {
    struct scope own = *sc;
    own.ent = ent;
    return term_new(&own, key ? T_KEY : T_LABEL, src, type_of(U_TEXT));
  }
  *found = false;
  return NULL;
}

/* The key of the row of ent to which the way leads. */
static struct term *key_at(const struct scope *sc, struct entity *ent, const edge_path *way,
                           const struct expr *src) {
  struct scope own = *sc;
  own.ent = ent;
  return lead_up(sc, term_new(&own, T_KEY, src, type_of(U_TEXT)), way);
}

/* `parent`, `account.parent`: the key of the parent that has the name; NULL: there is none. */
static struct term *key_of_parent(const struct scope *sc, struct entity *ent, const char *name,
                                  const struct expr *src) {
  struct edge *up = edge_named(ent, name);
  if (!up || !up->parent->key) return NULL;
  edge_path way = {0};
  VEC_PUSH(sc->rs->arena, &way, up);
  return key_at(sc, up->parent, &way, src);
}

/* ---- messages for names that are not there -------------------------------------------- */

static void add_names_of(struct arena *a, const struct entity *ent, name_list *out) {
  if (!ent) return;
  for (size_t i = 0; i < ent->attrs.n; i++) VEC_PUSH(a, out, ent->attrs.v[i]->name);
  if (ent->key) VEC_PUSH(a, out, "key");
  if (ent->label) VEC_PUSH(a, out, "label");
}

static void names_in_reach(const struct scope *sc, name_list *out) {
  const struct ruleset *rs = sc->rs;
  struct arena *a = rs->arena;
  for (const struct scope *s = sc; s; s = s->outer) add_names_of(a, s->ent, out);
  for (size_t i = 0; !sc->ent && i < rs->entities.n; i++) add_names_of(a, rs->entities.v[i], out);
  for (size_t i = 0; i < rs->kpis.n; i++)
    if (!sc->ent || !rs->kpis.v[i]->entity || rs->kpis.v[i]->entity == sc->ent)
      VEC_PUSH(a, out, rs->kpis.v[i]->name);
  for (size_t i = 0; i < rs->thresholds.n; i++) VEC_PUSH(a, out, rs->thresholds.v[i]->name);
}

static const char *path_end(const dim_list *dims) {
  const name_list *path = &dims->v[0].path->path;
  return path->v[path->n - 1];
}

/* Do many rows of the entity belong to one row of this? */
static bool is_below(const struct scope *sc, const struct entity *ent) {
  edge_path way = {0};
  return sc->ent && ent != sc->ent &&
         find_way(sc->rs->arena, (struct entity *)ent, sc->ent, &way) == WAY_ONE;
}

/* deal_amount, where one account has many deals: of which one? account_plan: the plan. */
static bool tell_child_and_name(const struct scope *sc, const struct expr *e, const char *name) {
  for (size_t i = 0; i < sc->rs->entities.n; i++) {
    const struct entity *ent = sc->rs->entities.v[i];
    size_t n = strlen(ent->name);
    if (strncmp(name, ent->name, n) != 0 || name[n] != '_') continue;
    const struct attr *at = entity_attr(ent, intern(sc->rs->arena, name + n + 1));
    if (!at || (sc->ent && sc->ent != ent && !is_below(sc, ent))) continue;
    struct diag *d = TELL(sc, V0201, e->span, "nothing is called `%s` here: `%s` is of %s", name,
                          at->name, ent->name);
    if (sc->ent == ent)
      HELP_WITH(sc, d, "write: %s", at->name);
    else
      help_rows_of(sc->rs, d, ent, at);
    return true;
  }
  return false;
}

const char *crm_name(struct arena *a, const char *said) {
  const char *low = text_lower(a, said);
  size_t n = strlen(low);
  bool own = n > 3 && (strcmp(low + n - 3, "__c") == 0 || strcmp(low + n - 3, "__r") == 0);
  return intern(a, own ? arena_strndup(a, low, n - 3) : low);
}

/* Account.Health__c: the field of a CRM, by its name here. Reports it; false: nothing has it. */
static bool tell_field_of_crm(const struct scope *sc, const struct expr *e) {
  struct ruleset *rs = sc->rs;
  if (e->path.n != 2) return false;
  const struct entity *ent = entity_called(rs, crm_name(rs->arena, e->path.v[0]));
  const char *name = crm_name(rs->arena, e->path.v[1]);
  if (!ent || !has_name(rs, ent, name)) return false;
  struct diag *d = TELL(sc, V0201, e->span, "there is no entity called `%s`", e->path.v[0]);
  if (sc->ent == ent)
    HELP_WITH(sc, d, "write: %s", name);
  else
    HELP_WITH(sc, d, "write: %s.%s", ent->name, name);
  return true;
}

/* tickets.count, deals.length: how many rows there are; false: it is another path. */
static bool tell_count_of_rows(const struct scope *sc, const struct expr *e) {
  static const char *const counts[] = {"count", "length", "size", "number", "total"};
  const struct entity *ent = e->path.n == 2 ? entity_called(sc->rs, e->path.v[0]) : NULL;
  for (size_t i = 0; ent && i < sizeof counts / sizeof *counts; i++) {
    if (strcasecmp(e->path.v[1], counts[i]) != 0) continue;
    HELP_WITH(sc,
              TELL(sc, V0206, e->span, "how many rows there are is counted: `%s` is no attribute",
                   e->path.v[1]),
              "write: (count of %s)", ent->name);
    return true;
  }
  return false;
}

enum { EXAMPLE_YEAR = 2026 };

/* Does the text stand behind `by` or `before`, where a day is needed? */
static bool stands_for_day(struct span at) {
  const char *text = at.src->text;
  uint32_t i = at.at;
  while (i > 0 && text[i - 1] == ' ') i--;
  return (i > 2 && strncmp(text + i - 3, " by", 3) == 0) ||
         (i > 6 && strncmp(text + i - 7, " before", 7) == 0);
}

/* Q4, of no year */
static bool is_quarter(const char *name) {
  return (*name == 'Q' || *name == 'T') && name[1] >= '1' && name[1] <= '4' && !name[2];
}

/* B2, AA10 */
static bool is_cell(const char *name) {
  size_t n = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), k = strspn(name + n, "0123456789");
  return n >= 1 && n <= 2 && k && k <= 4 && !name[n + k];
}

static bool is_color(const char *name) {
  static const char *const colors[] = {"red", "amber", "orange", "yellow", "green"};
  for (size_t i = 0; i < sizeof colors / sizeof *colors; i++)
    if (strcmp(name, colors[i]) == 0) return true;
  return false;
}

static void tell_unknown(const struct scope *sc, const struct expr *e, const char *name,
                         const struct entity *of) {
  struct ruleset *rs = sc->rs;
  if (map_get(&rs->poisoned, name) || (of && of->broken) || rs->told_no_entity) return;
  struct diag *d;
  if (!of && tell_child_and_name(sc, e, name)) return;
  const struct entity *owner = entity_with(rs, name);
  bool child = !of && owner && is_below(sc, owner);
  if (child)
    d = TELL(sc, V0201, e->span, "`%s` is of %s, and one %s has many", name, owner->name,
             sc->ent->name);
  else if (of)
    d = TELL(sc, V0201, e->span, "%s has nothing called `%s`", of->name, name);
  else
    d = TELL(sc, V0201, e->span, "nothing is called `%s` here", name);
  name_list names = {0};
  if (of)
    for (size_t i = 0; i < of->attrs.n; i++) VEC_PUSH(rs->arena, &names, of->attrs.v[i]->name);
  else
    names_in_reach(sc, &names);
  const char *near = suggest(name, names.v, names.n);
  if (near && strcmp(near, name) == 0) near = NULL; /* it is there, and cannot be used here */
  const char *field = crm_name(rs->arena, name);
  for (size_t i = 0; !near && strcmp(field, name) != 0 && i < names.n; i++)
    if (strcmp(names.v[i], field) == 0) near = field;
  const char *habit = of ? NULL : habit_help(name);
  if (!of && is_opened(name))
    help_opened(sc, d, near);
  else if (!of && map_get(&rs->entity_names, name))
    HELP_WITH(sc, d, "it is an entity: name one of its attributes or KPIs");
  else if (is_quarter(name))
    HELP_WITH(sc, d, "write: %s%d-Q%c; with the year that is meant",
              stands_for_day(e->span) ? "end of " : "", EXAMPLE_YEAR, name[1]);
  else if (!of && unit_sign(name) && strlen(name) > 3)
    HELP_WITH(sc, d, "a length of time has a number: 1%s", unit_sign(name));
  else if (is_cell(name))
    HELP_WITH(sc, d, "it is a cell of a sheet: write the name of the column, as it is declared");
  else if (!of && is_color(name))
    HELP_WITH(sc, d, "what is %s is said by its limit: compare with a number, such as < 40", name);
  else if (near && sc->beside_text)
    HELP_WITH(sc, d, "write: \"%s\"; or did you mean `%s`?", name, near);
  else if (near)
    HELP_WITH(sc, d, "did you mean `%s`?", near);
  else if (habit)
    HELP_WITH(sc, d, "%s", habit);
  else if (sc->beside_text)
    HELP_WITH(sc, d, "write: \"%s\"; a text stands in quotes", name);
  else if (map_get(&rs->segment_names, name))
    HELP_WITH(sc, d, "it is a segment: write `in segment %s`", name);
  else if (map_get(&rs->team_names, name))
    HELP_WITH(sc, d, "it is a team: a team stands after `assign`");
  else if (is_named_rule(rs, name))
    HELP_WITH(sc, d, RULE_IN_CONDITION, name);
  else if (map_get(&rs->define_names, name))
    HELP_WITH(sc, d, "it is a formula with parameters: write %s(…)", name);
  else if (owner && owner != of) {
    edge_path way;
    bool up = sc->ent && find_way(rs->arena, sc->ent, owner, &way) == WAY_ONE;
    if (up)
      HELP_WITH(sc, d, "write: %s.%s; it is an attribute of %s", owner->name, name, owner->name);
    else if (child)
      help_rows_of(rs, d, owner, entity_attr(owner, name));
    else if (!sc->ent && sc->dims && sc->is_target)
      HELP_WITH(sc, d,
                "it is of %s: say under the entity of the KPI's rows that they belong to it, "
                "belongs to %s as %s by \"column\"; or split a KPI of it `by %s`",
                owner->name, owner->name, path_end(sc->dims), path_end(sc->dims));
    else
      HELP_WITH(sc, d, "it is of %s: write the rule for %s, or say which %s with `belongs to`",
                owner->name, owner->name, owner->name);
  } else if (!rs->entities.n) {
    HELP_WITH(sc, d,
              "no entity is declared: describe your data first, entity account from \"accounts\", "
              "and under it: %s date \"column\" (or number, money, text …)",
              name);
    rs->told_no_entity = true;
  } else if (sc->ent)
    HELP_WITH(
        sc, d,
        "check its spelling; a new attribute is declared under entity %s: %s number \"column\"",
        sc->ent->name, name);
  else
    HELP_WITH(sc, d,
              "check its spelling; a new name is declared under an entity, with `kpi` or with "
              "`threshold`");
}

/* ---- paths ---------------------------------------------------------------------------- */

static void tell_ambiguous(const struct scope *sc, const struct expr *e, const char *name,
                           const struct entity *inner, const struct entity *outer) {
  struct diag *d = TELL(sc, V0203, e->span, "`%s` is of %s and of %s: which one is meant?", name,
                        inner->name, outer->name);
  HELP_WITH(sc, d, "write %s.%s or %s.%s", outer->name, name, inner->name, name);
}

static bool same_path(const name_list *x, const name_list *y) {
  return x->n == y->n && memcmp(x->v, y->v, x->n * sizeof *x->v) == 0; /* names are interned */
}

/* The dimension that is written like the path, before those of another day; -1: none is. */
static int dim_written_as(const dim_list *dims, const name_list *path) {
  int past = -1;
  for (size_t i = dims->n; i-- > 0;)
    if (dims->v[i].of == PU_DAY && dims->v[i].ago && same_path(&dims->v[i].path->path, path))
      past = (int)i;
  for (size_t i = 0; i < dims->n; i++)
    if (dims->v[i].of == PU_DAY && !dims->v[i].ago && same_path(&dims->v[i].path->path, path))
      return (int)i;
  return past;
}

static bool ends_in(const struct dim *d, const char *name) {
  return d->path->path.v[d->path->path.n - 1] == name;
}

/* The value of the group that a path names: `p.name` as it stands after `each` or `by`, and `name`
 * where one dimension only ends in it. *found: there is one, or what is wrong was reported. */
static struct term *of_group(const struct scope *sc, const struct expr *e, bool *found) {
  *found = false;
  if (sc->ent || !sc->dims) return NULL;
  int at = dim_written_as(sc->dims, &e->path);
  for (size_t i = 0; at < 0 && e->path.n == 1 && i < sc->dims->n; i++)
    if (ends_in(&sc->dims->v[i], e->path.v[0])) at = (int)i;
  if (at < 0) return NULL;
  *found = true;
  const name_list *path = &sc->dims->v[at].path->path;
  for (size_t i = (size_t)at + 1; path->n > e->path.n && i < sc->dims->n; i++) {
    const name_list *other = &sc->dims->v[i].path->path;
    if (!ends_in(&sc->dims->v[i], e->path.v[0]) || same_path(path, other)) continue;
    const char *x = path_text(path, sc->rs->arena), *y = path_text(other, sc->rs->arena);
    struct diag *d = TELL(sc, V0203, e->span, "`%s` is `%s` and `%s` here: which one is meant?",
                          e->path.v[0], x, y);
    HELP_WITH(sc, d, "write %s or %s", x, y);
    return NULL;
  }
  struct term *t = term_new(sc, T_DIM, e, type_of(U_TEXT));
  t->dim = at;
  return t;
}

static struct term *bare_name(const struct scope *sc, const struct expr *e, const char *name) {
  struct ruleset *rs = sc->rs;
  bool found = false;
  if (sc->of_item && is_opened(name)) return opened_term(sc, e);
  if (sc->ent) {
    if (!sc->operand && has_name(rs, sc->ent, name))
      for (const struct scope *o = sc->outer; o; o = o->outer)
        if (o->ent && o->ent != sc->ent && has_name(rs, o->ent, name)) {
          tell_ambiguous(sc, e, name, sc->ent, o->ent);
          return NULL;
        }
    struct term *t = on_entity(sc, sc->ent, name, e, &found);
    if (found) return t;
  }
  for (const struct scope *o = sc->outer; o; o = o->outer) {
    edge_path way = {0};
    if (!has_name(rs, o->ent, name) || find_way(rs->arena, sc->ent, o->ent, &way) != WAY_ONE)
      continue;
    struct scope above = seen_along(sc, &way);
    return lead_up(sc, on_entity(&above, o->ent, name, e, &found), &way);
  }
  struct term *t = of_group(sc, e, &found);
  if (found) return t;
  struct kpi *k = map_get(&rs->kpi_names, name);
  if (k && !k->entity && !k->of) return term_of_kpi(sc, k, e);
  struct threshold *th = map_get(&rs->threshold_names, name);
  if (th) return type_threshold(sc, e, th);
  t = value_of_groups_row(sc, e, &found);
  if (found) return t;
  if (strcmp(name, "today") == 0) return term_new(sc, T_TODAY, e, type_of(U_DATE));
  struct entity *ent = map_get(&rs->entity_names, name);
  edge_path way = {0};
  struct edge *role = edge_named(sc->ent, name);
  if (role && role->is_role) return key_of_parent(sc, sc->ent, name, e);
  if (ent && sc->ent && find_way(rs->arena, sc->ent, ent, &way) == WAY_ONE)
    return key_at(sc, ent, &way, e);
  if (k && k->entity && !sc->ent) {
    struct diag *d = TELL(sc, V0210, e->span, "`%s` is a KPI of each %s; here %s meant", name,
                          k->entity->name, all_of(k->entity->name));
    HELP_WITH(sc, d, "say how to put them together: (sum of %s over %s)", name, k->entity->name);
    return NULL;
  }
  tell_unknown(sc, e, name, NULL);
  return NULL;
}

static struct entity *head_of(const struct scope *sc, const char *name, edge_path *way, bool *two) {
  struct edge *role = sc->ent ? edge_named(sc->ent, name) : NULL;
  if (role && role->is_role) {
    VEC_PUSH(sc->rs->arena, way, role);
    return role->parent;
  }
  struct entity *ent = map_get(&sc->rs->entity_names, name);
  if (!ent || !sc->ent) return NULL;
  enum way w = find_way(sc->rs->arena, sc->ent, ent, way);
  *two = w == WAY_TWO;
  return w == WAY_ONE ? ent : NULL;
}

/* account has a child subscription: what is of one of them is not of the account. */
static bool is_child_of(const struct entity *child, const struct entity *parent) {
  for (size_t i = 0; i < child->edges.n; i++)
    if (child->edges.v[i]->parent == parent) return true;
  return false;
}

/* The first entity that has a parent of this name: `seller`; NULL: none has. */
static const struct entity *child_with_role(const struct ruleset *rs, const char *name) {
  for (size_t i = 0; i < rs->entities.n; i++) {
    const struct edge *up = edge_named(rs->entities.v[i], name);
    if (up && up->is_role) return rs->entities.v[i];
  }
  return NULL;
}

/* `account.region` where there is no account: in groups of regions the region alone is there. */
static void help_whole(const struct scope *sc, struct diag *d, const struct expr *e,
                       const char *head) {
  const char *last = e->path.v[e->path.n - 1];
  for (size_t i = 0; sc->dims && i < sc->dims->n; i++) {
    const struct dim *dim = &sc->dims->v[i];
    const char *as = path_text(&dim->path->path, sc->rs->arena);
    if (strcmp(dim->path->path.v[dim->path->path.n - 1], last) != 0 || dim->of != PU_DAY) continue;
    HELP_WITH(sc, d, "write %s: that is what the groups are split by", as);
    return;
  }
  HELP_WITH(sc, d, "write the rule `for %s`, or put the values together: (sum of … over %s)", head,
            head);
}

/* trial = true, of which the name is at: with the comparison, which adds nothing. */
static struct span with_truth(struct span at) {
  static const char *const tails[] = {" = true", " is true", "=true"};
  for (size_t i = 0; i < sizeof tails / sizeof *tails; i++)
    if (strncmp(at.src->text + at.end, tails[i], strlen(tails[i])) == 0) {
      at.end += (uint32_t)strlen(tails[i]);
      break;
    }
  return at;
}

static void tell_unreached(const struct scope *sc, const struct expr *e, const char *head,
                           bool two) {
  struct ruleset *rs = sc->rs;
  struct entity *ent = map_get(&rs->entity_names, head);
  const struct entity *child = sc->ent ? NULL : child_with_role(rs, head);
  if (map_get(&rs->poisoned, head)) return;
  if (two) {
    struct diag *d = TELL(sc, V0209, e->span, "%s belongs to %s in two ways", sc->ent->name, head);
    HELP_WITH(sc, d, "declare the one that is meant: belongs to %s by \"column\" under entity %s",
              head, sc->ent->name);
  } else if (!ent && child) {
    struct diag *d =
        TELL(sc, V0201, e->span, "`%s` is what a row of %s belongs to", head, child->name);
    HELP_WITH(sc, d, "say of which row: %s.%s", child->name, quoted(sc, e));
  } else if (!ent && (tell_field_of_crm(sc, e) || tell_count_of_rows(sc, e))) {
    return;
  } else if (!ent) {
    tell_no_entity(rs, head, e->span, "what stands before the dot is the name of an entity");
  } else if (!sc->ent) {
    struct diag *d = TELL(sc, V0210, e->span, "`%s` is of one %s; here %s meant", quoted(sc, e),
                          head, sc->dims && sc->dims->n ? "a group is" : all_of(head));
    help_whole(sc, d, e, head);
  } else if (is_child_of(ent, sc->ent)) {
    const char *of = sc->ent->name, *what = e->path.v[e->path.n - 1];
    const struct attr *at = entity_attr(ent, what);
    bool flag = at && at->type.unit == U_FLAG;
    struct diag *d = TELL(sc, V0206, flag ? with_truth(e->span) : e->span,
                          "one %s has many of %s: `%s` is not one value", of, head, quoted(sc, e));
    if (at && unit_class(at->type.unit) != CLASS_NUM)
      help_rows_of(rs, d, ent, at);
    else
      HELP_WITH(sc, d, "put them together in a KPI: kpi my_%s of %s = sum of %s over %s", what, of,
                what, head);
  } else {
    struct diag *d = TELL(sc, V0206, e->span, "%s does not belong to %s, so `%s` cannot be reached",
                          sc->ent->name, head, quoted(sc, e));
    HELP_WITH(sc, d, "say how they are related: belongs to %s by \"column\" under entity %s", head,
              sc->ent->name);
  }
}

static struct term *dotted(const struct scope *sc, const struct expr *e) {
  struct ruleset *rs = sc->rs;
  edge_path way = {0};
  bool two = false, dim = false;
  struct term *value = of_group(sc, e, &dim);
  if (!dim) value = value_of_groups_row(sc, e, &dim);
  if (dim) return value;
  struct entity *ent = head_of(sc, e->path.v[0], &way, &two);
  if (!ent) {
    tell_unreached(sc, e, e->path.v[0], two);
    return NULL;
  }
  for (size_t i = 1; i + 1 < e->path.n; i++) {
    struct edge *next = edge_named(ent, e->path.v[i]);
    if (!next) {
      struct scope at = {.rs = rs, .ent = ent};
      tell_unreached(&at, e, e->path.v[i], false);
      return NULL;
    }
    VEC_PUSH(rs->arena, &way, next);
    ent = next->parent;
  }
  bool found;
  struct scope above = seen_along(sc, &way);
  struct term *t = on_entity(&above, ent, e->path.v[e->path.n - 1], e, &found);
  if (!found) t = key_of_parent(sc, ent, e->path.v[e->path.n - 1], e);
  if (!found && !t) tell_unknown(sc, e, e->path.v[e->path.n - 1], ent);
  return lead_up(sc, t, &way);
}

/* `(floor for all)`: of what is no KPI of the company there is nothing to lift. */
static bool is_liftable(const struct scope *sc, const struct expr *e, const struct term *t) {
  if (!t || (t->kind == T_KPI && !t->kpi->entity)) return true;
  struct diag *d = TELL(sc, V0210, e->span, "`%s` is not a KPI of the company", quoted(sc, e));
  const struct term *own = t;
  while (own->kind == T_PARENT) own = own->a;
  if (own->ent)
    HELP_WITH(sc, d,
              "`for all` stands after such a KPI, or after an aggregate: (sum of %s over %s "
              "for all)",
              e->path.v[e->path.n - 1], own->ent->name);
  else
    HELP_WITH(sc, d, "leave `for all` out");
  return false;
}

struct term *type_path(const struct scope *sc, const struct expr *e) {
  struct term *t = e->path.n == 1 ? bare_name(sc, e, e->path.v[0]) : dotted(sc, e);
  return !e->for_all || is_liftable(sc, e, t) ? t : NULL;
}

/* ---- dimensions ----------------------------------------------------------------------- */

/* The nearest entity at or above ent that has the name: fewest edges. */
static struct entity *nearest_with(struct ruleset *rs, struct entity *ent, const char *name) {
  struct entity *best = NULL;
  size_t best_n = SIZE_MAX;
  for (size_t i = 0; i < rs->entities.n; i++) {
    edge_path way = {0};
    struct entity *x = rs->entities.v[i];
    if (!has_name(rs, x, name) || find_way(rs->arena, ent, x, &way) != WAY_ONE || way.n >= best_n)
      continue;
    best = x;
    best_n = way.n;
  }
  return best;
}

/* `by account`, `by parent`: the key of the account that a row is, or belongs to. An attribute of
 * the name goes before; an entity without a key names no row. */
static struct term *dim_of_parent(const struct scope *sc, const struct dim *d, const char *name) {
  struct edge *role = edge_named(sc->ent, name);
  if (role && role->is_role) return key_of_parent(sc, sc->ent, name, d->path);
  struct entity *ent = map_get(&sc->rs->entity_names, name);
  edge_path way = {0};
  if (!ent || !ent->key || find_way(sc->rs->arena, sc->ent, ent, &way) != WAY_ONE) return NULL;
  return key_at(sc, ent, &way, d->path);
}

/* month of signup, of the signup t; NULL: it is no date, which is told when at.src is set. */
static struct term *period_of_dim(const struct scope *sc, struct term *date, const struct dim *d,
                                  struct span at) {
  if (d->of == PERIOD_UNITS) {
    if (at.src) unit_exists(sc->rs, d->path->span, d->of, "fiscal week` or `fiscal day");
    return NULL;
  }
  if (date->type.unit != U_DATE) {
    if (at.src)
      HELP_WITH(sc,
                TELL(sc, V0301, d->path->span, "`%s` is %s; a date is needed after `of`",
                     quoted(sc, d->path), unit_phrase(sc, date)),
                "split by it alone: by %s", quoted(sc, d->path));
    return NULL;
  }
  struct term *t = term_new(sc, T_PERIODOF, d->path, type_of(U_TEXT));
  t->a = date;
  t->period = (struct period){.kind = PERIOD_RELATIVE, .unit = d->of};
  return t;
}

struct term *dim_term(struct ruleset *rs, struct entity *ent, const struct dim *d, struct span at) {
  struct scope sc = {.rs = rs, .ent = ent};
  const char *name = d->path->path.v[0];
  struct term *t = NULL;
  edge_path way = {0};
  bool reached; /* what is wrong there was reported there */
  if (d->path->path.n > 1) {
    struct entity *head = map_get(&rs->entity_names, name);
    struct edge *role = edge_named(ent, name);
    reached = (role && role->is_role) || (head && find_way(rs->arena, ent, head, &way) == WAY_ONE);
    if (reached) t = dotted(&sc, d->path);
  } else {
    struct entity *owner = nearest_with(rs, ent, name);
    bool found;
    reached = owner && find_way(rs->arena, ent, owner, &way) == WAY_ONE;
    if (reached) t = lead_up(&sc, on_entity(&sc, owner, name, d->path, &found), &way);
    if (!owner) reached = (t = dim_of_parent(&sc, d, name)) != NULL;
    if (!owner && !t && d->path->path.n == 1 && entity_of_dim(rs, d) == ent && ent->key)
      reached = true, t = key_at(&sc, ent, &way, d->path);
    if (!owner && !t && d->currency) reached = true, t = code_of_row(&sc, ent, d, at);
  }
  if (!t) {
    if (at.src && !reached && !map_get(&rs->poisoned, d->path->path.v[d->path->path.n - 1])) {
      struct diag *x =
          diag_add(&rs->diags, V0206, at, "`%s` cannot be split by `%s`: %s does not lead to it",
                   ent->name, quoted(&sc, d->path), ent->name);
      diag_help(&rs->diags, x,
                "split by something that every %s has, or that its parents have; or write `for "
                "all` after this aggregate",
                ent->name);
    }
    return NULL;
  }
  if (d->of != PU_DAY && !(t = period_of_dim(&sc, t, d, at))) return NULL;
  if (d->ago && d->ago->kind != E_DURATION) {
    HELP_WITH(
        &sc,
        TELL(&sc, V0301, d->ago->span, "groups are those of a length that is written, not of `%s`",
             quoted(&sc, d->ago)),
        "write: by %s 30d ago", quoted(&sc, d->path));
    return NULL;
  }
  if (d->ago) {
    struct term *ago = term_new(&sc, T_AGO, d->path, t->type);
    ago->a = t;
    ago->dur = d->ago->dur;
    t = ago;
  }
  return t;
}
