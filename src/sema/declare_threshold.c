/* Thresholds. In: the base, segment, date and table lines. Out: fixed values of one unit. */
#include <string.h>

#include "sema/sema.h"
#include "sema/threshold_line.h"

/* Without names: whatever is computed from others is a KPI. */
static bool is_fixed(const struct expr *e) {
  if (e->kind == E_PATH || e->kind == E_CALL || e->kind == E_AGG) return false;
  for (size_t i = 0; i < expr_kid_count(e); i++)
    if (expr_kid(e, i) && !is_fixed(expr_kid(e, i))) return false;
  return true;
}

/* A percent beside a plain number; other clashes are reported by agree. */
static bool mixed_percent(const struct scope *sc, const struct clause *c, const struct term *first,
                          const struct term *v) {
  if (first->bare == v->bare || (first->bare ? v : first)->type.unit != U_SHARE ||
      (first->bare ? first : v)->value.num == 0)
    return false;
  struct diag *d =
      TELL(sc, V0301, c->expr->span, "`%s` is %s, but the value above, `%s`, is %s",
           quoted(sc, c->expr), unit_phrase(sc, v), quoted(sc, first->src), unit_phrase(sc, first));
  HELP_WITH(sc, d, "all values of a threshold have one unit: write both with %%, or both without");
  return true;
}

static void add_line(struct ruleset *rs, struct threshold *t, const struct clause *c,
                     const struct clause *head) {
  struct threshold_line l = {
      .from = c->kind == C_FROM || (c->kind == C_FOR && c->num) ? c->day : DAY_MIN,
      .because = c->text,
      .span = c->span};
  struct scope sc = {.rs = rs};
  bool fixed = is_fixed(c->expr);
  struct term *v = fixed ? type_value(&sc, c->expr) : NULL;
  if (fixed && !v) return;
  if (!fixed || v->kind != T_CONST || unit_class(v->type.unit) == CLASS_BOOL) {
    struct diag *d =
        diag_add(&rs->diags, V0309, c->expr->span, "a threshold is a fixed value, not a formula");
    diag_help(&rs->diags, d,
              "write a number, a percent, money or a duration; for a formula use `kpi`");
    return;
  }
  l.value = v->value;
  l.dur = v->dur;
  if (c->kind == C_FOR) l.entries = c->names;
  if (c->kind == C_FOR && !c->column) {
    l.segment = map_get(&rs->segment_names, c->name);
    if (!l.segment && !map_get(&rs->poisoned, c->name))
      tell_no_segment(rs, c->name, c->name_span, "; the entry of a table stands in quotes");
    if (!l.segment) return;
  }
  if (!t->lines.n) {
    t->type = v->type;
    t->bare = v->bare;
    t->points = v->points;
    t->is_duration = v->type.unit == U_DURATION;
  } else {
    struct term first = {.kind = T_CONST,
                         .type = t->type,
                         .bare = t->bare,
                         .points = t->points,
                         .src = head->expr ? head->expr : c->expr,
                         .value = t->lines.v[0].value};
    if (t->bare != v->bare && !(v->bare ? v : &first)->value.num)
      v->bare = first.bare = false, v->type = first.type = t->bare ? v->type : t->type;
    if (mixed_percent(&sc, c, &first, v) ||
        !agree(&sc, c->expr->span, &first, v, "values of one threshold"))
      return;
    if (t->bare && !v->bare) t->bare = false, t->type = v->type;
    l.value.num = v->value.num;
  }
  l.scope = scope_hash(&l);
  VEC_PUSH(rs->arena, &t->lines, l);
}

static void check_doubles(struct ruleset *rs, const struct threshold *t) {
  const struct line_neighbours *near = threshold_line_neighbours(t, rs->arena);
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *a = near[i].first, *b = &t->lines.v[i];
    if (a == b) continue;
    struct diag *d =
        diag_add(&rs->diags, V0406, b->span, "`%s` has two values for one day", t->name);
    diag_note(&rs->diags, d, a->span, "the other one is here");
    diag_help(&rs->diags, d,
              "remove one, or give the newer one its first day: from 2026-10-01 = …");
  }
}

/* What a table is looked up by, each path once and as it is on the day. */
static void add_paths(struct ruleset *rs, struct threshold *t, const struct clause *h) {
  for (size_t i = 0; i < h->dims.n; i++) {
    const struct dim *dim = &h->dims.v[i];
    const char *path = span_text(rs->arena, dim->path->span);
    struct diag *d = NULL;
    for (size_t k = 0; k < i; k++)
      if (strcmp(path, span_text(rs->arena, h->dims.v[k].path->span)) == 0)
        d = diag_add(&rs->diags, V0403, dim->path->span, "`%s` stands twice after `by`", path);
    if (d) diag_help(&rs->diags, d, "name it once: each entry of a line is for one of them");
    if (dim->ago) {
      d = diag_add(&rs->diags, V0403, dim->ago->span,
                   "a threshold table is looked up by what `%s` is on the day", path);
      diag_help(&rs->diags, d, "remove what follows it: threshold %s by %s", t->name, path);
    }
    VEC_PUSH(rs->arena, &t->by, dim->path);
  }
}

void declare_threshold(struct ruleset *rs, const struct ast_item *it) {
  const struct clause *h = it->head;
  struct threshold *t = NEW(rs->arena, struct threshold);
  t->name = h->name;
  t->span = h->name_span;
  t->reviewed = DAY_NONE;
  if (!declare_name(rs, &rs->threshold_names, h, "threshold", t)) return;
  VEC_PUSH(rs->arena, &rs->thresholds, t);
  add_paths(rs, t, h);
  for (size_t i = 0; i < it->body.n; i++) {
    const struct clause *c = it->body.v[i];
    switch (c->kind) {
      case C_REVIEW:
        t->review = period_unit_from_name(c->name);
        t->has_review = unit_exists(rs, c->span, t->review, c->name);
        break;
      case C_REVIEWED: t->reviewed = c->day; break;
      case C_MEANS: t->means = c->text; break;
      case C_OWNER: t->owner = c->name ? c->name : c->text; break;
      default: break;
    }
  }
  VEC_PUSH(rs->arena, &rs->threshold_items, it);
}

/* "stage, kind" */
static const char *paths_text(struct ruleset *rs, const struct threshold *t) {
  const char *out = "";
  for (size_t i = 0; i < t->by.n; i++)
    out = arena_printf(rs->arena, "%s%s%s", out, i ? ", " : "",
                       span_text(rs->arena, t->by.v[i]->span));
  return out;
}

/* The segment of the rows that have the text, as it is written in the files; NULL: none. */
static const char *segment_of_text(const struct ruleset *rs, const char *text) {
  for (size_t i = 0; i < rs->asts.n; i++)
    for (size_t k = 0; k < rs->asts.v[i]->items.n; k++) {
      const struct clause *c = rs->asts.v[i]->items.v[k]->head;
      if (c->kind != C_SEGMENT || !c->expr) continue;
      bool equal = (c->expr->kind == E_IS && !c->expr->negated) ||
                   (c->expr->kind == E_CMP && c->expr->op == OP_EQ);
      const struct expr *b = c->expr->b;
      if (equal && b && b->kind == E_STRING && strcmp(b->name, text) == 0) return c->name;
    }
  return NULL;
}

/* The first attribute that lists the text among its values; NULL: none that is declared so far. */
static const char *attribute_with(const struct ruleset *rs, const char *text) {
  for (size_t i = 0; i < rs->entities.n; i++)
    for (size_t k = 0; k < rs->entities.v[i]->attrs.n; k++) {
      const struct attr *at = rs->entities.v[i]->attrs.v[k];
      for (size_t v = 0; v < at->one_of.n; v++)
        if (strcmp(at->one_of.v[v]->name, text) == 0) return at->name;
    }
  return NULL;
}

/* A line of a table has entries in quotes, for its paths in their order; any other has none. */
static bool entries_fit(struct ruleset *rs, const struct threshold *t, const struct clause *c) {
  struct diag *d = NULL;
  if (c->kind == C_FOR && (c->column != NULL) != (t->by.n > 0)) {
    d = diag_add(
        &rs->diags, V0403, c->span,
        t->by.n ? "the entries of a table stand in quotes" : "an entry in quotes needs a table");
    const char *value = span_text(rs->arena, c->expr->span);
    const char *segment = t->by.n ? NULL : segment_of_text(rs, c->names.v[0]);
    const char *attr = t->by.n ? NULL : attribute_with(rs, c->names.v[0]);
    if (t->by.n)
      diag_help(&rs->diags, d, "write: for \"%s\" = %s", c->name, value);
    else if (segment)
      diag_help(&rs->diags, d, "write: for %s = %s", segment, value);
    else
      diag_help(&rs->diags, d,
                "write `threshold %s by %s` above, or the name of a segment without quotes",
                t->name, attr ? attr : "stage");
  } else if (c->kind == C_FOR && c->names.n > t->by.n) {
    d = diag_add(&rs->diags, V0403, c->span, "%zu entries, but `%s` goes by %s", c->names.n,
                 t->name, paths_text(rs, t));
    diag_help(&rs->diags, d,
              t->by.n == 1
                  ? "give each entry its own line, or name a second attribute after `by`"
                  : "it takes one entry for each of them, in that order; the last ones may be left "
                    "out, which means any");
  }
  return !d;
}

void resolve_thresholds(struct ruleset *rs) {
  for (size_t i = 0; i < rs->threshold_items.n; i++) {
    const struct ast_item *it = rs->threshold_items.v[i];
    struct threshold *t = map_get(&rs->threshold_names, it->head->name);
    int errors = rs->diags.errors;
    if (t->owner && find_clause(it, C_OWNER)->name)
      find_team(rs, t->owner, find_clause(it, C_OWNER)->name_span);
    if (it->head->expr) add_line(rs, t, it->head, it->head);
    for (size_t k = 0; k < it->body.n; k++) {
      const struct clause *c = it->body.v[k];
      if (c->kind != C_FOR && c->kind != C_FROM) continue;
      if (entries_fit(rs, t, c)) add_line(rs, t, c, it->head);
    }
    if (!t->lines.n && !item_has_broken(it) && rs->diags.errors == errors) {
      struct diag *d = diag_add(&rs->diags, V0401, it->head->span, "`%s` has no value", t->name);
      diag_help(&rs->diags, d,
                t->by.n ? "add its entries: for \"Proposal\" = 40%%" : "write: threshold %s = 10",
                t->name);
    }
    check_doubles(rs, t);
  }
}
