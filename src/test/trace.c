/* In: a rule and a day. Out: the parts of its condition, with the nodes that hold their truth and
 * their values. */
#include "test/trace.h"
#include "sema/threshold_line.h"

#include <string.h>

struct trace_ctx {
  struct plan *p;
  struct trace *t;
  day_t today;
  struct map apart; /* names of the segments that were taken apart */
};

static int node_of(const struct trace_ctx *x, const struct term *t, day_t day) {
  return plan_term(x->p, t, x->t->domain, day);
}

/* As written, on one line. */
static const char *text_of(const struct trace_ctx *x, const struct term *t) {
  if (!t->src || !t->src->span.src) return "";
  char *text = arena_strdup(x->p->arena, span_text(x->p->arena, t->src->span)), *w = text;
  for (const char *r = text; *r;) {
    size_t blank = strspn(r, " \t\r\n");
    if (blank)
      *w++ = ' ';
    else
      *w++ = *r;
    r += blank ? blank : 1;
  }
  *w = 0;
  return text;
}

/* ---- values --------------------------------------------------------------------------- */

static void add_value(struct trace_ctx *x, struct part *part, const char *name, int node,
                      day_t day) {
  char buf[16];
  if (day != x->today && !strstr(name, " ago"))
    name = arena_printf(x->p->arena, "%s on %s", name, day_text(day, buf));
  for (size_t i = 0; i < part->values.n; i++)
    if (part->values.v[i].node == node && strcmp(part->values.v[i].name, name) == 0) return;
  struct part_value v = {name, node};
  VEC_PUSH(x->p->arena, &part->values, v);
}

static void add_lines(struct trace_ctx *x, const struct term *t, day_t day) {
  struct part_lines l = {t->threshold, plan_threshold_lines(x->p, t, x->t->domain, day)};
  VEC_PUSH(x->p->arena, &x->t->thresholds, l);
}

/* The names in a formula, each with its value on the day it is asked for. */
static void values(struct trace_ctx *x, struct part *part, const struct term *t, day_t day) {
  if (!t) return;
  const struct calendar *c = &x->p->rs->calendar;
  switch (t->kind) {
    case T_CONST:
    case T_UNKNOWN:
    case T_TODAY:
    case T_OPENED: return;
    case T_THRESHOLD: add_lines(x, t, day); /* fall through */
    case T_ATTR:
    case T_KPI:
    case T_PARENT:
    case T_AGG:
    case T_DIM:
    case T_LABEL:
    case T_KEY: add_value(x, part, text_of(x, t), node_of(x, t, day), day); return;
    case T_AGO:
      values(x, part, t->a, day_back(c, day, term_duration(t, day)));
      values(x, part, t->c, day);
      return;
    case T_MOVE:
    case T_MOVE_CMP:
      if (t->kind == T_MOVE) add_value(x, part, text_of(x, t), node_of(x, t, day), day);
      values(x, part, t->a, day);
      values(x, part, t->a, day_back(c, day, term_duration(t, day)));
      values(x, part, t->b, day);
      values(x, part, t->c, day);
      return;
    case T_EACH:
    case T_ON: add_value(x, part, text_of(x, t), node_of(x, t, day), day); return;
    case T_ARITH:
    case T_CALL: add_value(x, part, text_of(x, t), node_of(x, t, day), day); break;
    default: break;
  }
  values(x, part, t->a, day);
  values(x, part, t->b, day);
  values(x, part, t->c, day);
  for (size_t i = 0; i < t->list.n; i++) values(x, part, t->list.v[i], day);
}

/* ---- parts ---------------------------------------------------------------------------- */

static void parts(struct trace_ctx *x, const struct term *t, int depth, bool branch);

/* a and b and c is one `all of` with three parts. */
static void chain(struct trace_ctx *x, const struct term *t, enum term_kind kind, int depth) {
  if (t->kind == kind) {
    chain(x, t->a, kind, depth);
    chain(x, t->b, kind, depth);
  } else {
    parts(x, t, depth, true);
  }
}

static void parts(struct trace_ctx *x, const struct term *t, int depth, bool branch) {
  const char *whole = t->kind == T_AND   ? "all of"
                      : t->kind == T_OR  ? "any of"
                      : t->kind == T_NOT ? "not"
                                         : NULL;
  struct part part = {.text = whole ? whole : text_of(x, t),
                      .written = text_of(x, t),
                      .depth = depth,
                      .branch = branch,
                      .node = node_of(x, t, x->today)};
  if (t->src) part.span = t->src->span;
  if (!whole && t->kind != T_SEGMENT) values(x, &part, t, x->today);
  VEC_PUSH(x->p->arena, &x->t->parts, part);
  if (t->kind == T_AND || t->kind == T_OR) chain(x, t, t->kind, depth + 1);
  if (t->kind == T_NOT) parts(x, t->a, depth + 1, false);
  if (t->kind == T_SEGMENT && !map_put(&x->apart, x->p->arena, t->segment->name, t->segment))
    parts(x, t->segment->term, depth + 1, false);
}

struct trace trace_rule(struct plan *p, const struct rule *r, day_t day) {
  struct trace t = {.rule = r};
  t.domain = r->entity   ? plan_entity_domain(p, r->entity, true)
             : r->dims.n ? plan_group_domain(p, &r->dims, day)
                         : 0;
  t.exists = plan_exists(p, t.domain, day);
  struct trace_ctx x = {.p = p, .t = &t, .today = day};
  parts(&x, r->when, 0, false);
  return t;
}

void trace_roots(struct plan *p, const struct trace *t, trace_nodes *roots) {
  for (size_t i = 0; i < t->parts.n; i++) {
    VEC_PUSH(p->arena, roots, t->parts.v[i].node);
    for (size_t k = 0; k < t->parts.v[i].values.n; k++)
      VEC_PUSH(p->arena, roots, t->parts.v[i].values.v[k].node);
  }
  for (size_t i = 0; i < t->thresholds.n; i++)
    for (size_t k = 0; k < t->thresholds.v[i].lines.n; k++)
      if (t->thresholds.v[i].lines.v[k].condition >= 0)
        VEC_PUSH(p->arena, roots, t->thresholds.v[i].lines.v[k].condition);
}
