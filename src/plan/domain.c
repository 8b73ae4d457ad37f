/* Domains and the edges between them. In: entities, edges and dimensions of rule sets. Out: one
 * domain for each table read in one way, however many rule sets read it. */
#include <string.h>

#include "base/check.h"
#include "base/fiscal.h"
#include "base/text.h"
#include "plan/plan.h"
#include "sema/sema.h"

/* ---- what is the same in two rule sets ------------------------------------------------ */

static bool same_life(const struct life *a, const struct life *b) {
  return same_text(a->from, b->from) && same_text(a->until, b->until) &&
         cell_form_same(&a->from_form, &b->from_form) &&
         cell_form_same(&a->until_form, &b->until_form) && a->through == b->through &&
         a->ends == b->ends && a->absence == b->absence && a->fresh == b->fresh &&
         a->complete_after == b->complete_after;
}

/* The name too: messages about the rows say it. */
static bool same_entity(const struct entity *a, const struct entity *b) {
  return a == b || (strcmp(a->name, b->name) == 0 && same_text(a->table, b->table) &&
                    same_text(a->key, b->key) && same_text(a->label, b->label) &&
                    cell_form_same(&a->key_form, &b->key_form) && a->event == b->event &&
                    same_life(&a->life, &b->life));
}

static bool same_edge(const struct edge *a, const struct edge *b) {
  return a == b || (same_text(a->column, b->column) && cell_form_same(&a->form, &b->form) &&
                    same_entity(a->child, b->child) && same_entity(a->parent, b->parent));
}

/* The same rows of a table of the same name; two files may read it by other columns. */
static bool same_fiscal(const struct calendar *a, const struct calendar *b) {
  return same_text(a->fiscal_table, b->fiscal_table) && a->n_fiscal == b->n_fiscal &&
         (!a->n_fiscal || memcmp(a->fiscal, b->fiscal, a->n_fiscal * sizeof *a->fiscal) == 0);
}

static bool same_calendar(const struct calendar *a, const struct calendar *b) {
  return a->fy_month == b->fy_month && a->fy_day == b->fy_day && a->fy_by_end == b->fy_by_end &&
         a->week_start == b->week_start && same_fiscal(a, b) && a->n_holidays == b->n_holidays &&
         (!a->n_holidays ||
          memcmp(a->holidays, b->holidays, a->n_holidays * sizeof *a->holidays) == 0);
}

static bool same_type(const struct type *a, const struct type *b) {
  return a->unit == b->unit && a->percent == b->percent && a->counted_in == b->counted_in &&
         same_text(a->currency, b->currency);
}

bool same_history(const struct attr *a, const struct attr *b) {
  const struct history *x = &a->history, *y = &b->history;
  return a == b ||
         (same_text(x->table, y->table) && same_text(x->by, y->by) && same_text(x->at, y->at) &&
          same_text(x->value, y->value) && x->fresh == y->fresh && same_text(x->until, y->until) &&
          x->through == y->through && cell_form_same(&a->form, &b->form) &&
          cell_form_same(&x->day_form, &y->day_form) && same_type(&a->type, &b->type) &&
          a->percent_column == b->percent_column);
}

/* ---- rule sets ------------------------------------------------------------------------ */

struct plan *plan_new(struct ruleset *rs, struct arena *a) {
  struct plan *p = NEW(a, struct plan);
  p->arena = a;
  p->opened = DAY_NONE;
  plan_use(p, rs);
  struct domain company = {.kind = DOM_COMPANY, .rs = rs, .materialised = true};
  VEC_PUSH(a, &p->domains, company);
  return p;
}

static const struct calendar *calendar_of(struct plan *p, const struct ruleset *rs) {
  for (size_t i = 0; i < p->calendars.n; i++)
    if (same_calendar(p->calendars.v[i], &rs->calendar)) return p->calendars.v[i];
  VEC_PUSH(p->arena, &p->calendars, &rs->calendar);
  return &rs->calendar;
}

static struct plan_edge *edge_of(struct plan *p, const struct edge *e) {
  for (size_t i = 0; i < p->edges.n; i++)
    if (same_edge(p->edges.v[i]->edge, e)) return p->edges.v[i];
  struct plan_edge *x = NEW(p->arena, struct plan_edge);
  *x = (struct plan_edge){.index = (int)p->edges.n, .child = -1, .parent = -1, .edge = e};
  VEC_PUSH(p->arena, &p->edges, x);
  return x;
}

static struct plan_rules *rules_new(struct plan *p, struct ruleset *rs) {
  struct plan_rules *r = NEW(p->arena, struct plan_rules);
  r->rs = rs;
  r->calendar = calendar_of(p, rs);
  for (size_t i = 0; i < rs->entities.n; i++)
    for (size_t k = 0; k < rs->entities.v[i]->edges.n; k++) {
      const struct edge *e = rs->entities.v[i]->edges.v[k];
      VEC_PUSH(p->arena, &r->edges, e);
      VEC_PUSH(p->arena, &r->same, edge_of(p, e));
    }
  VEC_PUSH(p->arena, &p->rules, r);
  return r;
}

void plan_use(struct plan *p, struct ruleset *rs) {
  size_t i = 0;
  while (i < p->rules.n && p->rules.v[i]->rs != rs) i++;
  p->of = i < p->rules.n ? p->rules.v[i] : rules_new(p, rs);
  p->rs = rs;
}

/* ---- domains of entities -------------------------------------------------------------- */

int plan_entity_domain(struct plan *p, struct entity *ent, bool materialised) {
  for (size_t i = 0; i < p->domains.n; i++) {
    struct domain *d = &p->domains.v[i];
    if (d->kind != DOM_ENTITY || !same_entity(d->entity, ent) || !same_text(d->tz, p->rs->tz))
      continue;
    d->materialised |= materialised;
    return (int)i;
  }
  struct domain d = {.kind = DOM_ENTITY,
                     .rs = p->rs,
                     .entity = ent,
                     .tz = p->rs->tz,
                     .materialised = materialised};
  VEC_PUSH(p->arena, &p->domains, d);
  return (int)p->domains.n - 1;
}

struct entity *plan_entity(const struct plan *p, int domain) {
  const struct domain *d = &p->domains.v[domain];
  if (d->kind != DOM_ENTITY || d->rs == p->rs) return d->entity;
  return map_get(&p->rs->entity_names, d->entity->name);
}

const struct plan_edge *plan_edge(struct plan *p, const struct edge *e) {
  size_t i = 0;
  while (i < p->of->edges.n && p->of->edges.v[i] != e) i++;
  CHECK(i < p->of->edges.n); /* an edge of the rule set in use */
  struct plan_edge *x = p->of->same.v[i];
  x->parent = plan_entity_domain(p, e->parent, true);
  x->child = plan_entity_domain(p, e->child, false);
  return x;
}

/* ---- domains of groups ---------------------------------------------------------------- */

static bool same_path(const struct expr *a, const struct expr *b) {
  if (a->path.n != b->path.n) return false;
  for (size_t i = 0; i < a->path.n; i++)
    if (strcmp(a->path.v[i], b->path.v[i]) != 0) return false;
  return true;
}

static bool same_dims(const dim_list *a, const dim_list *b) {
  if (a->n != b->n) return false;
  for (size_t i = 0; i < a->n; i++) {
    const struct expr *s = a->v[i].ago, *t = b->v[i].ago;
    if (a->v[i].of != b->v[i].of || !same_path(a->v[i].path, b->v[i].path) ||
        (s != NULL) != (t != NULL))
      return false;
    if (s && (s->dur.n != t->dur.n || s->dur.unit != t->dur.unit)) return false;
  }
  return true;
}

static const char *path_end(const struct dim *d) { return d->path->path.v[d->path->path.n - 1]; }

/* Is what a dimension names of one kind and type in both rule sets, wherever it stands? */
static bool named_alike(const struct ruleset *a, const struct ruleset *b, const char *name) {
  for (size_t i = 0; i < a->entities.n; i++) {
    const struct attr *x = entity_attr(a->entities.v[i], name);
    const struct entity *other = map_get(&b->entity_names, a->entities.v[i]->name);
    const struct attr *y = other ? entity_attr(other, name) : NULL;
    if (!x && !y) continue;
    if (!x || !y || x->kind != y->kind || !same_type(&x->type, &y->type)) return false;
  }
  return true;
}

/* Groups are told apart by their values: two rule sets share them where these are alike. */
static bool same_groups(const struct plan *p, const struct domain *d, const dim_list *dims) {
  if (!same_dims(d->dims, dims)) return false;
  for (size_t i = 0; i < dims->n && d->rs != p->rs; i++)
    if (!named_alike(d->rs, p->rs, path_end(&dims->v[i])) ||
        !named_alike(p->rs, d->rs, path_end(&dims->v[i])))
      return false;
  return true;
}

/* Plain columns say the same on every day: then the groups of all days are one domain, and share
 * their passes. */
static bool is_timeless(const struct plan *p, const dim_list *dims) {
  for (size_t i = 0; i < dims->n; i++) {
    bool found = false;
    for (size_t e = 0; e < p->rs->entities.n; e++) {
      const struct attr *at = entity_attr(p->rs->entities.v[e], path_end(&dims->v[i]));
      if (at && (at->kind != ATTR_COLUMN || at->known_from)) return false;
      found |= at != NULL;
    }
    if (!found || dims->v[i].ago) return false;
  }
  return true;
}

int plan_group_domain(struct plan *p, const dim_list *dims, day_t day) {
  bool any_day = is_timeless(p, dims);
  for (size_t i = 0; i < p->domains.n; i++) {
    const struct domain *d = &p->domains.v[i];
    if (d->kind == DOM_GROUPS && (any_day || d->dims_day == day) && same_groups(p, d, dims))
      return (int)i;
  }
  struct domain d = {
      .kind = DOM_GROUPS, .rs = p->rs, .materialised = true, .dims = dims, .dims_day = day};
  VEC_PUSH(p->arena, &p->domains, d);
  return (int)p->domains.n - 1;
}
