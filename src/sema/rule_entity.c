/* What a rule is about. In: its head and the names in its condition. Out: the entity whose rows
 * it runs over, or the groups. */
#include <string.h>

#include "base/suggest.h"
#include "sema/sema.h"

/* Counts the bare and dotted names of e (outside aggregates) that are of rows: in all, and those
 * that ent has. */
static void count_names(struct ruleset *rs, const struct expr *e, struct entity *ent, int *of_rows,
                        int *has) {
  if (!e || e->kind == E_AGG) return;
  if (e->kind == E_PATH) {
    const char *head = e->path.v[0];
    struct kpi *k = map_get(&rs->kpi_names, head);
    bool global = e->path.n == 1 && ((k && !k->of) || map_get(&rs->threshold_names, head) ||
                                     strcmp(head, "today") == 0);
    if (global && !entity_attr(ent, head)) return;
    (*of_rows)++;
    edge_path way;
    struct entity *named = map_get(&rs->entity_names, head);
    if (e->path.n == 1)
      *has +=
          ent && (entity_attr(ent, head) || entity_kpi(rs, ent, head) || (k && k->of == ent->name));
    else
      *has += ent && named && find_way(rs->arena, ent, named, &way) == WAY_ONE;
  }
  if (e->kind == E_INSEG && !e->a) {
    struct segment *s = map_get(&rs->segment_names, e->name);
    edge_path way;
    (*of_rows)++;
    *has += ent && s && s->entity && find_way(rs->arena, ent, s->entity, &way) == WAY_ONE;
  }
  for (size_t i = 0; i < expr_kid_count(e); i++) count_names(rs, expr_kid(e, i), ent, of_rows, has);
}

/* A sentence is about the entity that has all its names; nothing is guessed when two have. */
static bool infer_entity(struct ruleset *rs, struct rule *r) {
  int of_rows = 0, none = 0, best_has = 0;
  count_names(rs, r->when_expr, NULL, &of_rows, &none);
  if (!of_rows) return true; /* only KPIs of the company */
  struct entity *fit = NULL, *second = NULL, *best = NULL;
  for (size_t i = 0; i < rs->entities.n; i++) {
    int n = 0, has = 0;
    struct entity *ent = rs->entities.v[i];
    count_names(rs, r->when_expr, ent, &n, &has);
    if (has == n && ent->key) {
      if (fit)
        second = ent;
      else
        fit = ent;
    }
    if (has > best_has) best_has = has, best = ent;
  }
  if (second) {
    struct diag *d =
        diag_add(&rs->diags, V0203, r->span, "this sentence could be about %s or about %s",
                 fit->name, second->name);
    diag_help(&rs->diags, d, "say which: rule NAME for %s, and under it: when …", fit->name);
    return false;
  }
  r->entity = fit ? fit : best;
  if (!r->entity && rs->entities.n == 1) r->entity = rs->entities.v[0];
  return true; /* with the best fit, the missing names are reported one by one */
}

/* `for each account` is of groups where a KPI is split `by account`. */
static bool is_split_by(const struct ruleset *rs, const char *name) {
  for (size_t i = 0; i < rs->kpis.n; i++) {
    const dim_list *dims = &rs->kpis.v[i]->dims;
    for (size_t k = 0; k < dims->n; k++)
      if (strcmp(dims->v[k].path->path.v[0], name) == 0) return true;
  }
  return false;
}

/* for each plan: an attribute of some entity, or account.plan; for each account: its key. */
bool each_is_there(struct ruleset *rs, const dim_list *dims) {
  struct scope sc = {.rs = rs};
  for (size_t i = 0; i < dims->n; i++) {
    const struct expr *p = dims->v[i].path;
    const char *name = p->path.v[p->path.n - 1];
    bool rows = p->path.n == 1 && map_get(&rs->entity_names, name) && !entity_with(rs, name) &&
                !is_split_by(rs, name);
    if (map_get(&rs->poisoned, name) || (!rows && leads_to_something(rs, &p->path))) continue;
    if (strcmp(name, "currency") == 0 && is_split_by(rs, name)) continue;
    name_list names = {0};
    for (size_t e = 0; e < rs->entities.n; e++)
      for (size_t k = 0; k < rs->entities.v[e]->attrs.n; k++)
        VEC_PUSH(rs->arena, &names, rs->entities.v[e]->attrs.v[k]->name);
    if (map_get(&rs->entity_names, name)) {
      struct span at = p->span; /* with the `for each` before it */
      while (at.at > 0 && strchr(" \t", at.src->text[at.at - 1])) at.at--;
      if (at.at >= 8 && strncmp(at.src->text + at.at - 8, "for each", 8) == 0) at.at -= 8;
      if (at.at == p->span.at) at = p->span;
      struct diag *d = diag_add(&rs->diags, V0201, at,
                                "`%s` is an entity: a rule for its rows has no `each`", name);
      HELP_WITH(&sc, d, "write: for %s", name);
      return false;
    }
    const char *near = suggest(name, names.v, names.n);
    struct diag *d =
        diag_add(&rs->diags, V0201, p->span, "no entity has an attribute called `%s`", name);
    if (near)
      HELP_WITH(&sc, d, "did you mean `%s`?", near);
    else
      HELP_WITH(&sc, d, "`for each` is followed by an attribute that makes groups, such as plan");
    return false;
  }
  return true;
}

bool rule_entity(struct ruleset *rs, struct rule *r, const struct clause *h) {
  if (!r->named) return infer_entity(rs, r);
  if (!h->of && r->dims.n) return each_is_there(rs, &r->dims);
  if (!h->of) return r->when_expr ? infer_entity(rs, r) : true;
  r->entity = map_get(&rs->entity_names, h->of);
  if (r->entity) return true;
  if (map_get(&rs->poisoned, h->of)) return false;
  tell_no_entity(rs, h->of, h->of_span, NULL);
  return false;
}
