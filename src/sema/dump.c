/* Resolved, typed terms as text: --dump types. In: a rule set. Out: one line a term, indented. */
#include <stdio.h>

#include "fn/fn.h"
#include "sema/ruleset.h"

static const char *const names[] = {
#define TERM(id, name, operands, payload, doc) name,
#include "sema/term.def"
#undef TERM
};

const char *type_text(const struct type *t, struct arena *a) {
  const char *unit = unit_name(t->unit);
  if (t->unit == U_MONEY)
    return arena_printf(a, "%s%s%s%s%s", unit, t->per ? " per " : "", per_word(t->per),
                        t->currency ? " " : "", t->currency ? t->currency : "");
  if (t->unit == U_DURATION && t->counted_in != DUR_DAY)
    return arena_printf(a, "%s in %s", unit, dur_unit_name(t->counted_in));
  return t->percent ? "percent" : unit;
}

/* The length, or the threshold that says it. */
static const char *window_text(const struct term *t, char *buf) {
  return t->c && t->c->kind == T_THRESHOLD ? t->c->threshold->name : duration_text(t->dur, buf);
}

static void dump_detail(const struct term *t, FILE *out) {
  char buf[80];
  switch (t->kind) {
    case T_CONST: fprintf(out, " %s", value_text(&t->value, buf, sizeof buf)); break;
    case T_ASOF:
    case T_ATTR: fprintf(out, " %s.%s", t->attr->entity->name, t->attr->name); break;
    case T_PARENT: fprintf(out, " %s", t->edge->name); break;
    case T_THRESHOLD: fprintf(out, " %s", t->threshold->name); break;
    case T_SEGMENT: fprintf(out, " %s", t->segment->name); break;
    case T_DIM: fprintf(out, " %d", t->dim); break;
    case T_ARITH:
    case T_CMP: fprintf(out, " %s", op_text((enum op)t->op)); break;
    case T_EACH:
      fprintf(out, " %s each %s in", agg_text(t->each->fn), period_unit_name(t->each->unit));
      fprintf(out, " %s", period_text(&t->each->period, buf));
      break;
    case T_MOVE:
      fprintf(out, " %s over %s", move_text((enum move)t->op), window_text(t, buf));
      break;
    case T_MOVE_CMP:
      fprintf(out, " %s over %s %s", move_text(t->move), window_text(t, buf),
              op_text((enum op)t->op));
      break;
    case T_WITHIN:
    case T_OLDER:
    case T_AGO:
    case T_FOR:
    case T_DATE_ADD: fprintf(out, " %s", window_text(t, buf)); break;
    case T_RANGE:
    case T_DAYS_IN:
    case T_EDGE: fprintf(out, " %s", period_text(&t->period, buf)); break;
    case T_MATCHES: fprintf(out, " \"%s\"", t->pattern); break;
    case T_CALL: fprintf(out, " %s", t->fn->name); break;
    case T_KPI:
      fprintf(out, " %s", t->kpi->name);
      if (t->for_all) fputs(" for all", out);
      break;
    case T_AGG:
      fprintf(out, " %s over %s", agg_text(t->agg->fn), t->agg->entity->name);
      if (t->agg->segment) fprintf(out, " in %s", t->agg->segment->name);
      if (t->agg->has_period) fprintf(out, " in %s", period_text(&t->agg->period, buf));
      if (t->agg->to) fprintf(out, " to %s", t->agg->to->name);
      if (t->agg->up)
        fprintf(out, " %s by %s", t->agg->here ? "here and below" : "below", t->agg->up->name);
      if (t->agg->for_all) fputs(" for all", out);
      break;
    default: break;
  }
}

void term_dump(const struct term *t, FILE *out, int indent) {
  if (!t) return;
  struct arena *a = arena_new();
  fprintf(out, "%*s%s", indent * 2, "", names[t->kind]);
  dump_detail(t, out);
  fprintf(out, " : %s\n", type_text(&t->type, a));
  arena_free(a);
  term_dump(t->a, out, indent + 1);
  term_dump(t->b, out, indent + 1);
  term_dump(t->c, out, indent + 1);
  for (size_t i = 0; i < t->list.n; i++) term_dump(t->list.v[i], out, indent + 1);
  if (t->kind != T_AGG) return;
  for (size_t i = 0; i < t->agg->values.n; i++) term_dump(t->agg->values.v[i], out, indent + 1);
  if (t->agg->where)
    fprintf(out, "%*swhere\n", indent * 2 + 2, ""), term_dump(t->agg->where, out, indent + 2);
}

static void dump_rule(const struct rule *r, FILE *out) {
  fprintf(out, "rule %s for %s\n", r->name,
          r->entity   ? r->entity->name
          : r->dims.n ? "each group"
                      : "company");
  term_dump(r->when, out, 1);
  if (r->clear) fputs("  clear when\n", out), term_dump(r->clear, out, 2);
  if (r->settled) fputs("  settled when\n", out), term_dump(r->settled, out, 2);
  if (r->worth) fputs("  worth\n", out), term_dump(r->worth, out, 2);
  if (r->once) fputs("  once per\n", out), term_dump(r->once, out, 2);
  if (r->due.term) fputs("  due\n", out), term_dump(r->due.term, out, 2);
  if (r->owner) fputs("  owner\n", out), term_dump(r->owner, out, 2);
  for (size_t i = 0; i < r->next_owners.n; i++)
    fputs("  else owner\n", out), term_dump(r->next_owners.v[i], out, 2);
}

static void dump_team_people(const struct team *t, FILE *out) {
  const struct team_people *p = &t->people;
  if (!p->entity) return;
  fprintf(out, "team %s among %s\n", t->name, p->entity->name);
  fputs("  address\n", out), term_dump(p->address, out, 2);
  if (p->away) fputs("  away\n", out), term_dump(p->away, out, 2);
  if (p->left) fputs("  left\n", out), term_dump(p->left, out, 2);
  if (p->stand_in) fputs("  stand-in\n", out), term_dump(p->stand_in, out, 2);
}

static void dump_computed(const struct entity *ent, FILE *out) {
  struct arena *a = arena_new();
  for (size_t i = 0; i < ent->attrs.n; i++) {
    const struct attr *at = ent->attrs.v[i];
    if (!at->term) continue;
    fprintf(out, "attribute %s.%s : %s\n", ent->name, at->name, type_text(&at->type, a));
    term_dump(at->term, out, 1);
  }
  arena_free(a);
}

void ruleset_dump_types(const struct ruleset *rs, FILE *out) {
  for (size_t i = 0; i < rs->entities.n; i++) dump_computed(rs->entities.v[i], out);
  for (size_t i = 0; i < rs->segments.n; i++) {
    fprintf(out, "segment %s of %s\n", rs->segments.v[i]->name, rs->segments.v[i]->of);
    term_dump(rs->segments.v[i]->term, out, 1);
  }
  for (size_t i = 0; i < rs->kpis.n; i++) {
    fprintf(out, "kpi %s of %s\n", rs->kpis.v[i]->name,
            rs->kpis.v[i]->of ? rs->kpis.v[i]->of : "company");
    term_dump(rs->kpis.v[i]->term, out, 1);
  }
  for (size_t i = 0; i < rs->teams.n; i++) dump_team_people(rs->teams.v[i], out);
  for (size_t i = 0; i < rs->rules.n; i++) dump_rule(rs->rules.v[i], out);
  for (size_t i = 0; i < rs->targets.n; i++) {
    fputs("target\n", out);
    term_dump(rs->targets.v[i]->measure, out, 1);
    term_dump(rs->targets.v[i]->goal, out, 1);
    term_dump(rs->targets.v[i]->by, out, 1);
  }
}
