/* The page for the revenue meeting. In: its clauses. Out: which KPI plays which part, in the rule
 * set. What nobody says is left to the KPIs themselves: strategic ones are results. */
#include <string.h>

#include "base/suggest.h"
#include "base/text.h"
#include "sema/dims.h"
#include "sema/sema.h"

void declare_page(struct ruleset *rs, const struct ast_item *it) {
  struct page_block *p = &rs->page;
  if (!p->item) {
    p->item = it;
    p->title = it->head->text;
    return;
  }
  struct diag *d = diag_add(&rs->diags, V0117, it->head->span, "there are two pages");
  diag_note(&rs->diags, d, p->item->head->span, "the first is here");
  diag_help(&rs->diags, d, "keep one of them: the meeting has one page");
}

/* ---- KPIs that are named ---------------------------------------------------------------- */

/* NULL: there is none, which was reported. */
static struct kpi *find_kpi(struct ruleset *rs, const char *name, struct span at) {
  struct kpi *k = map_get(&rs->kpi_names, name);
  if (k || map_get(&rs->poisoned, name)) return k;
  name_list names = {0};
  for (size_t i = 0; i < rs->kpis.n; i++) VEC_PUSH(rs->arena, &names, rs->kpis.v[i]->name);
  const char *near = suggest(name, names.v, names.n);
  struct diag *d = diag_add(&rs->diags, V0201, at, "there is no KPI called `%s`", name);
  if (near)
    diag_help(&rs->diags, d, "did you mean `%s`?", near);
  else
    diag_help(&rs->diags, d, "declare it: kpi %s = sum of amount over subscription", name);
  return NULL;
}

static bool has_line(struct ruleset *rs, const struct kpi *k, struct span at) {
  if (!k->term || unit_class(k->term->type.unit) == CLASS_NUM) return k->term != NULL;
  struct diag *d =
      diag_add(&rs->diags, V0301, at, "`%s` is no number: it has no line over time", k->name);
  diag_help(&rs->diags, d, "leave it out of the page");
  return false;
}

static void name_kpis(struct ruleset *rs, const struct clause *c, kpi_list *out) {
  for (size_t i = 0; i < c->dims.n; i++) {
    const struct dim *d = &c->dims.v[i];
    if (d->path->path.n > 1 || d->ago || d->of != PU_DAY) {
      struct diag *x = diag_add(&rs->diags, V0401, d->path->span,
                                "`%s` is followed by names of KPIs", clause_word(c->kind));
      diag_help(&rs->diags, x, "write the names alone, with commas between them");
      continue;
    }
    struct kpi *k = find_kpi(rs, d->path->path.v[0], d->path->span);
    if (k && has_line(rs, k, d->path->span)) VEC_PUSH(rs->arena, out, k);
  }
}

/* ---- what became of the revenue --------------------------------------------------------- */

static void tell_measure(struct ruleset *rs, const struct clause *c, const struct kpi *k) {
  struct diag *d = diag_add(
      &rs->diags, V0301, c->name_span,
      "`%s` is not money of one customer: a bridge follows what each of them pays", k->name);
  diag_help(&rs->diags, d,
            "name a KPI of a customer, such as: bridge of arr over 12mo, of kpi arr "
            "of account");
}

static bool is_day(const struct term *t) { return t && unit_class(t->type.unit) == CLASS_DAY; }

static bool is_of(struct ruleset *rs, const struct expr *e, const struct term *t, bool good,
                  const char *what, const char *example) {
  if (!t || good) return t != NULL;
  struct diag *d =
      diag_add(&rs->diags, V0301, e->span, "`%s` is not %s", span_text(rs->arena, e->span), what);
  diag_help(&rs->diags, d, "%s", example);
  return false;
}

static void declare_bridge(struct ruleset *rs, const struct clause *c) {
  struct page_bridge b = {.measure = find_kpi(rs, c->name, c->name_span), .over = c->dur};
  if (!b.measure || !b.measure->term) return;
  struct entity *e = b.measure->entity;
  if (!e || b.measure->term->type.unit != U_MONEY) {
    tell_measure(rs, c, b.measure);
    return;
  }
  if (c->expr) {
    const struct dim dim = {.path = c->expr, .of = PU_DAY};
    b.by = dim_term(rs, e, &dim, (struct span){0});
    b.by_name = path_text(&c->expr->path, rs->arena);
    if (!b.by) {
      struct diag *d =
          diag_add(&rs->diags, V0206, c->expr->span,
                   "the bridge cannot be split by `%s`: no %s has it", b.by_name, e->name);
      diag_help(&rs->diags, d, "split it by an attribute of %s, or leave `by %s` out", e->name,
                b.by_name);
      return;
    }
  }
  if (c->expr2) {
    const struct scope sc = {.rs = rs, .ent = e};
    b.first_paid = type_value(&sc, c->expr2);
    if (!is_of(rs, c->expr2, b.first_paid, is_day(b.first_paid), "a day",
               "name what holds the day of the first payment, or leave `new from` out"))
      return;
  }
  VEC_PUSH(rs->arena, &rs->page.bridges, b);
}

/* ---- renewals --------------------------------------------------------------------------- */

static void declare_renewals(struct ruleset *rs, const struct clause *c) {
  struct page_renewals r = {.entity = map_get(&rs->entity_names, c->of)};
  if (!r.entity) {
    tell_no_entity(rs, c->of, c->of_span, NULL);
    return;
  }
  need_key(rs, r.entity, c->of_span, "its rows cannot be told apart");
  const struct scope sc = {.rs = rs, .ent = r.entity};
  r.day = type_value(&sc, c->expr);
  r.day_name = span_text(rs->arena, c->expr->span);
  if (!is_of(rs, c->expr, r.day, is_day(r.day), "a day",
             "name the day on which a row renews: renewals of account on renewal"))
    return;
  if (c->expr2) {
    r.worth = type_value(&sc, c->expr2);
    r.worth_name = span_text(rs->arena, c->expr2->span);
    if (!is_of(rs, c->expr2, r.worth, r.worth && r.worth->type.unit == U_MONEY, "money",
               "name what a row is worth: renewals of account on renewal worth arr"))
      return;
  }
  VEC_PUSH(rs->arena, &rs->page.renewals, r);
}

/* ---- the pipeline ----------------------------------------------------------------------- */

static bool split_alike(const struct kpi *a, const struct kpi *b) {
  if (a->dims.n != b->dims.n) return false;
  for (size_t i = 0; i < a->dims.n; i++)
    if (!same_dim(&a->dims.v[i], &b->dims.v[i])) return false;
  return true;
}

static void tell_pipeline(struct ruleset *rs, struct span at, const char *what, const char *help) {
  diag_help(&rs->diags, diag_add(&rs->diags, V0301, at, "%s", what), "%s", help);
}

static bool is_pipeline(struct ruleset *rs, const struct kpi *k, struct span at) {
  if (!k || !k->term) return false;
  if (!k->entity && k->dims.n == 1 && k->term->type.unit == U_MONEY) return true;
  tell_pipeline(
      rs, at, arena_printf(rs->arena, "`%s` is not money by one thing, such as the stage", k->name),
      "name a KPI such as: kpi open_deals by stage = open_pipeline(deal, amount, open)");
  return false;
}

static void declare_pipeline(struct ruleset *rs, const struct clause *c) {
  struct page_pipeline p = {.open = find_kpi(rs, c->name, c->name_span)};
  if (!is_pipeline(rs, p.open, c->name_span)) return;
  if (c->of) {
    p.weighted = find_kpi(rs, c->of, c->of_span);
    if (!is_pipeline(rs, p.weighted, c->of_span)) return;
    if (!split_alike(p.open, p.weighted)) {
      tell_pipeline(rs, c->of_span,
                    arena_printf(rs->arena, "`%s` and `%s` are not split alike", p.open->name,
                                 p.weighted->name),
                    arena_printf(rs->arena, "write both by the same: kpi %s by %s = …",
                                 p.weighted->name, dims_name(&p.open->dims, rs->arena)));
      return;
    }
  }
  VEC_PUSH(rs->arena, &rs->page.pipelines, p);
}

void resolve_page(struct ruleset *rs) {
  struct page_block *p = &rs->page;
  for (size_t i = 0; p->item && i < p->item->body.n; i++) {
    const struct clause *c = p->item->body.v[i];
    switch (c->kind) {
      case C_RESULTS:
        p->has_results = true;
        name_kpis(rs, c, &p->results);
        break;
      case C_LEADING:
        p->has_leading = true;
        name_kpis(rs, c, &p->leading);
        break;
      case C_BRIDGE: declare_bridge(rs, c); break;
      case C_RENEWALS: declare_renewals(rs, c); break;
      case C_PIPELINE: declare_pipeline(rs, c); break;
      default: break;
    }
  }
}
