/* Segments, KPIs and defines. In: their clauses. Out: named conditions and numbers, typed on
 * first use. */
#include <math.h>
#include <string.h>

#include "base/limits.h"
#include "sema/own_currency.h"
#include "sema/plausible.h"

/* ---- segments ------------------------------------------------------------------------- */

void declare_segment(struct ruleset *rs, const struct ast_item *it) {
  const struct clause *h = it->head, *means = find_clause(it, C_MEANS);
  struct segment *s = NEW(rs->arena, struct segment);
  s->name = h->name;
  s->span = h->name_span;
  s->expr = h->expr;
  s->of = h->of;
  s->of_span = h->of_span;
  s->means = means ? means->text : NULL;
  if (declare_name(rs, &rs->segment_names, h, "segment", s)) VEC_PUSH(rs->arena, &rs->segments, s);
}

/* ---- KPIs ----------------------------------------------------------------------------- */

void declare_define(struct ruleset *rs, const struct ast_item *it) {
  const struct clause *h = it->head, *own = find_clause(it, C_REJECT);
  if (!h->expr) {
    declare_own_check(rs, it);
    return;
  }
  if (own)
    diag_help(&rs->diags,
              diag_add(&rs->diags, V0422, own->span,
                       "`%s` is a formula, and a formula rejects nothing", h->name),
              "give the check a name of its own: define NAME, and under it this line");
  struct define *d = NEW(rs->arena, struct define);
  *d = (struct define){
      .name = h->name, .span = h->name_span, .params = h->params, .expr = h->expr, .doc = h->doc};
  if (declare_name(rs, &rs->define_names, h, "formula", d)) VEC_PUSH(rs->arena, &rs->defines, d);
}

static void kpi_needs(struct ruleset *rs, struct kpi *k, const struct clause *c) {
  bool rows = strcmp(c->name, "rows") == 0 || strcmp(c->name, "row") == 0;
  if (rows && c->num >= 1 && c->num <= NEEDS_MAX_ROWS && c->num == floor(c->num)) {
    k->needs = (int)c->num;
    return;
  }
  struct diag *d =
      diag_add(&rs->diags, V0403, c->name_span,
               "`needs` is followed by a whole number of rows, 1 to %d", NEEDS_MAX_ROWS);
  diag_help(&rs->diags, d, "write: needs 20 rows");
}

static void kpi_final(struct ruleset *rs, struct kpi *k, const struct clause *c) {
  k->final = c->dur;
  if (c->dur.n > 0) return;
  struct diag *d = diag_add(&rs->diags, V0103, c->span, "`final after` takes at least one day");
  diag_help(&rs->diags, d, "write: final after 5bd");
}

static void kpi_clause(struct ruleset *rs, struct kpi *k, const struct clause *c) {
  struct diag *d;
  switch (c->kind) {
    case C_MEANS: k->means = c->text; break;
    case C_OWNER:
      k->owner = c->name ? c->name : c->text;
      k->owner_span = c->name_span;
      break;
    case C_NEEDS: kpi_needs(rs, k, c); break;
    case C_STRATEGIC: k->strategic = true; break;
    case C_PUBLISHED: k->published = true; break;
    case C_FINAL: kpi_final(rs, k, c); break;
    case C_LEADING: k->leading = true; break;
    case C_LAGGING: k->lagging = true; break;
    case C_DECIDES: k->decides = c->text; break;
    case C_IN:
      k->percent = strcmp(c->name, "percent") == 0;
      if (k->percent) break;
      d = diag_add(&rs->diags, V0403, c->span, "a KPI is printed `in percent`, not `in %s`",
                   c->name);
      diag_help(&rs->diags, d,
                "write `in percent`, or remove the line: the unit follows from the formula");
      break;
    case C_BETTER:
      k->better = strcmp(c->name, "higher") == 0 ? 1 : strcmp(c->name, "lower") == 0 ? -1 : 0;
      if (k->better) break;
      d = diag_add(&rs->diags, V0403, c->name_span, "`better` is followed by `higher` or `lower`");
      diag_help(&rs->diags, d, "write: better higher");
      break;
    default: break;
  }
}

void declare_kpi(struct ruleset *rs, const struct ast_item *it) {
  const struct clause *h = it->head;
  struct kpi *k = NEW(rs->arena, struct kpi);
  k->name = h->name;
  k->span = h->name_span;
  k->of = h->of;
  k->dims = h->dims;
  k->expr = h->expr;
  k->doc = h->doc;
  if (!declare_name(rs, &rs->kpi_names, h, "KPI", k)) return;
  VEC_PUSH(rs->arena, &rs->kpis, k);
  VEC_PUSH(rs->arena, &rs->kpi_items, it);
  for (size_t i = 0; i < it->body.n; i++) kpi_clause(rs, k, it->body.v[i]);
}

static void kpi_entity(struct ruleset *rs, struct kpi *k, const struct clause *h) {
  if (!k->of) return;
  k->entity = map_get(&rs->entity_names, k->of);
  if (!k->entity && !map_get(&rs->poisoned, k->of)) tell_no_entity(rs, k->of, h->of_span, NULL);
  if (k->entity) need_key(rs, k->entity, h->of_span, "its rows cannot be told apart");
}

static void check_entity_names(struct ruleset *rs, const struct kpi *k) {
  const struct attr *at = entity_attr(k->entity, k->name);
  if (!at) return;
  struct diag *d = diag_add(&rs->diags, V0202, k->span,
                            "`%s` is an attribute of %s and a KPI of it", k->name, k->entity->name);
  diag_note(&rs->diags, d, at->span, "the attribute is here");
  diag_help(&rs->diags, d, "give one of them another name");
}

static void resolve_band(struct ruleset *rs, struct kpi *k, struct band *b,
                         const struct clause *c) {
  if (!c || !k->term) return;
  struct scope sc = {.rs = rs, .ent = k->entity};
  struct term self = {
      .kind = T_KPI, .type = k->term->type, .ratio = k->term->ratio, .kpi = k, .src = k->expr};
  struct expr *named = expr_new(rs->arena, E_PATH, k->span);
  VEC_PUSH(rs->arena, &named->path, k->name);
  self.src = named;
  *b = (struct band){.op = (enum op)c->num, .op2 = (enum op)c->word_count, .span = c->span};
  b->a = type_value(&sc, c->expr);
  b->b = c->expr2 ? type_value(&sc, c->expr2) : NULL;
  b->set = b->a && agree(&sc, c->expr->span, &self, b->a, "compared") &&
           (!c->expr2 || (b->b && agree(&sc, c->expr2->span, &self, b->b, "compared")));
  if (!b->set) return;
  check_magnitude(&sc, c->expr, b->op, &self, b->a);
  if (b->b) check_magnitude(&sc, c->expr2, b->op2, &self, b->b);
}

void resolve_heads(struct ruleset *rs) {
  for (size_t i = 0; i < rs->kpis.n; i++) mark_currency_dims(rs, &rs->kpis.v[i]->dims);
  for (size_t i = 0; i < rs->rules.n; i++) mark_currency_dims(rs, &rs->rules.v[i]->dims);
  for (size_t i = 0; i < rs->targets.n; i++) mark_currency_dims(rs, &rs->targets.v[i]->dims);
  for (size_t i = 0; i < rs->kpis.n; i++) kpi_entity(rs, rs->kpis.v[i], rs->kpi_items.v[i]->head);
  for (size_t i = 0; i < rs->segments.n; i++) segment_entity(rs, rs->segments.v[i]);
}

/* The KPIs that a split KPI uses are split with it: their aggregates must lead to its dimensions
 * too. Each is asked once, however often it is named. */
struct reach {
  struct ruleset *rs;
  const struct kpi *split;
  struct map asked; /* names of KPIs */
};

static void check_kpi_reach(struct reach *x, const struct kpi *via);

static void check_aggregate_reach(struct reach *x, const struct agg *g, const struct kpi *via) {
  struct ruleset *rs = x->rs;
  const dim_list *dims = &x->split->dims;
  for (size_t i = 0; via != x->split && !g->for_all && i < dims->n; i++) {
    if (dim_term(rs, g->entity, &dims->v[i], (struct span){0})) continue;
    struct scope sc = {.rs = rs};
    struct diag *d =
        diag_add(&rs->diags, V0206, dims->v[i].path->span,
                 "`%s` uses `%s`, which cannot be split by `%s`: %s does not lead to it",
                 x->split->name, via->name, quoted(&sc, dims->v[i].path), g->entity->name);
    diag_help(&rs->diags, d,
              "split by something that every %s has, or write `for all` in the formula of %s",
              g->entity->name, via->name);
    return;
  }
}

static void check_reach(struct reach *x, const struct term *t, const struct kpi *via) {
  if (!t) return;
  if (t->kind == T_KPI && !t->kpi->entity && !t->for_all) check_kpi_reach(x, t->kpi);
  if (t->kind == T_AGG) {
    check_aggregate_reach(x, t->agg, via);
    return;
  }
  check_reach(x, t->a, via);
  check_reach(x, t->b, via);
  check_reach(x, t->c, via);
  for (size_t i = 0; i < t->list.n; i++) check_reach(x, t->list.v[i], via);
}

static void check_kpi_reach(struct reach *x, const struct kpi *via) {
  if (map_put(&x->asked, x->rs->arena, via->name, (void *)via)) return;
  check_reach(x, via->term, via);
}

/* Does the value put rows together, itself or through what it names? */
static bool has_rows(struct reach *x, const struct term *t) {
  if (!t || t->kind == T_AGG) return t != NULL;
  if (t->kind == T_KPI) {
    bool been = map_put(&x->asked, x->rs->arena, t->kpi->name, t->kpi) != NULL;
    return !been && has_rows(x, t->kpi->term);
  }
  if (t->kind == T_ATTR && t->attr->kind == ATTR_COMPUTED) return has_rows(x, t->attr->term);
  if (has_rows(x, t->a) || has_rows(x, t->b) || has_rows(x, t->c)) return true;
  for (size_t i = 0; i < t->list.n; i++)
    if (has_rows(x, t->list.v[i])) return true;
  return false;
}

static void check_needs(struct ruleset *rs, const struct kpi *k, const struct ast_item *it) {
  struct reach x = {.rs = rs, .split = k};
  if (!k->needs || !k->term || has_rows(&x, k->term)) return;
  struct diag *d = diag_add(&rs->diags, V0403, find_clause(it, C_NEEDS)->span,
                            "`%s` puts no rows together, so there is nothing to count", k->name);
  diag_help(&rs->diags, d,
            "`needs` goes with `avg of`, `median of`, `share of` and their like; remove the line");
}

/* ---- what is kept of it ------------------------------------------------------------------- */

/* A name is given up once, by one KPI, and no KPI has it now. */
static void take_old_name(struct ruleset *rs, struct kpi *k, const struct clause *c) {
  const struct kpi *has = map_get(&rs->kpi_names, c->name);
  if (has) {
    struct diag *d = diag_add(
        &rs->diags, V0202, c->name_span,
        has == k ? "`%s` is the name that this KPI has" : "`%s` is still the name of a KPI",
        c->name);
    diag_help(&rs->diags, d, "write the name that this KPI had before, or take out the line");
    return;
  }
  const struct kpi *before = kpi_called(rs, c->name);
  if (before) {
    struct diag *d = diag_add(&rs->diags, V0202, c->name_span,
                              "`%s` was the name of the KPI `%s` already", c->name, before->name);
    diag_help(&rs->diags, d, "its numbers can move to one KPI only: take out one of the lines");
    return;
  }
  VEC_PUSH(rs->arena, &k->was, c->name);
}

struct kpi *kpi_called(const struct ruleset *rs, const char *name) {
  struct kpi *now = map_get(&rs->kpi_names, name);
  for (size_t i = 0; i < rs->kpis.n && !now; i++)
    for (size_t n = 0; n < rs->kpis.v[i]->was.n; n++)
      if (strcmp(rs->kpis.v[i]->was.v[n], name) == 0) now = rs->kpis.v[i];
  return now;
}

bool kpi_is_kept(const struct kpi *k) { return (k->strategic || k->published) && !k->entity; }

static void check_kept(struct ruleset *rs, struct kpi *k, const struct ast_item *it) {
  const struct clause *published = find_clause(it, C_PUBLISHED), *final = find_clause(it, C_FINAL);
  for (size_t i = 0; i < it->body.n; i++)
    if (it->body.v[i]->kind == C_WAS) take_old_name(rs, k, it->body.v[i]);
  if (published && k->entity) {
    struct diag *d = diag_add(&rs->diags, V0403, published->span,
                              "`%s` has a value for each %s: there is no one number to publish",
                              k->name, k->entity->name);
    diag_help(&rs->diags, d, "publish a KPI of the company: kpi total_%s = sum of %s over %s",
              k->name, k->name, k->entity->name);
  } else if (final && !kpi_is_kept(k)) {
    struct diag *d = diag_add(&rs->diags, V0403, final->span,
                              "nothing is kept of `%s`, so nothing becomes final", k->name);
    diag_help(&rs->diags, d,
              k->entity ? "take out the line: what is kept are KPIs of the company"
                        : "write `published` below it too, or take out the line");
  }
}

void resolve_segments(struct ruleset *rs) {
  for (size_t i = 0; i < rs->segments.n; i++) segment_term(rs, rs->segments.v[i]);
}

void resolve_kpis(struct ruleset *rs) {
  for (size_t i = 0; i < rs->kpis.n; i++) {
    struct kpi *k = rs->kpis.v[i];
    kpi_term(rs, k, k->span);
    struct reach x = {.rs = rs, .split = k};
    if (k->dims.n) check_kpi_reach(&x, k);
    check_needs(rs, k, rs->kpi_items.v[i]);
    check_entity_names(rs, k);
    check_kept(rs, k, rs->kpi_items.v[i]);
    const struct clause *owner = find_clause(rs->kpi_items.v[i], C_OWNER);
    if (owner && owner->name) find_team(rs, owner->name, owner->name_span);
    resolve_band(rs, k, &k->green, find_clause(rs->kpi_items.v[i], C_GREEN));
    resolve_band(rs, k, &k->amber, find_clause(rs->kpi_items.v[i], C_AMBER));
    resolve_band(rs, k, &k->red, find_clause(rs->kpi_items.v[i], C_RED));
  }
}
