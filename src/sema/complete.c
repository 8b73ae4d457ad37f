/* What is promised of a rule set without mistakes. In: it. Out: nothing, or the end of the process:
 * every term that must exist exists, and has the operands of its kind, so that no stage behind
 * asks. */
#include <string.h>

#include "base/check.h"
#include "sema/sema.h"

static const char *const operands[] = {
#define TERM(id, name, has, payload, doc) [id] = has,
#include "sema/term.def"
#undef TERM
};

#define HAS_nothing true
#define HAS_value t->value.known
#define HAS_attr t->attr
#define HAS_edge t->edge
#define HAS_kpi t->kpi
#define HAS_threshold t->threshold
#define HAS_segment t->segment
#define HAS_dim t->dim >= 0
#define HAS_move t->move <= MOVE_CHANGE
#define HAS_period t->period.kind <= PERIOD_FIXED
#define HAS_pattern t->pattern
#define HAS_fn t->fn
#define HAS_agg t->agg
#define HAS_each t->each

static bool has_payload(const struct term *t) {
  switch (t->kind) {
#define TERM(id, name, has, payload, doc) \
  case id:                                \
    return HAS_##payload;
#include "sema/term.def"
#undef TERM
    case TERM_KINDS: break;
  }
  UNREACHABLE("a kind of term that is none");
}

static void check_aggregate(const struct agg *g);

/* What a name stands for was checked where it is declared; here it must only be there. */
static void check_name(const struct term *t) {
  if (t->kind == T_CONST) CHECK(unit_class(t->type.unit) != CLASS_TXT || t->value.text);
  if (t->kind == T_ASOF) CHECK(t->attr->kind == ATTR_HISTORY);
  if (t->kind == T_ATTR) CHECK(t->attr->kind != ATTR_COMPUTED || t->attr->term);
  if (t->kind == T_KPI) CHECK(t->kpi->term);
  if (t->kind == T_SEGMENT) CHECK(t->segment->term);
  if (t->kind == T_THRESHOLD) CHECK(t->threshold->by.n == t->list.n);
}

static void check_term(const struct term *t) {
  CHECK(t);
  CHECK(t->lasting);
  CHECK(has_payload(t));
  const char *has = operands[t->kind];
  check_name(t);
  if (strchr(has, 'a')) check_term(t->a);
  if (strchr(has, 'b')) check_term(t->b);
  if (strchr(has, 'c')) check_term(t->c);
  if (strchr(has, 'l')) CHECK(t->list.n);
  for (size_t i = 0; i < t->list.n; i++) check_term(t->list.v[i]);
  if (t->kind == T_AGG) check_aggregate(t->agg);
}

static void check_aggregate(const struct agg *g) {
  CHECK(g->entity);
  CHECK(!g->segment || g->segment->term);
  for (size_t i = 0; i < g->values.n; i++) check_term(g->values.v[i]);
  if (g->where) check_term(g->where);
}

static void check_optional(const struct term *t) {
  if (t) check_term(t);
}

static void check_rule(const struct rule *r) {
  check_term(r->when);
  check_optional(r->clear);
  check_optional(r->settled);
  check_optional(r->once);
  check_optional(r->worth);
  for (size_t i = 0; i < r->measure.key.n; i++) check_term(r->measure.key.v[i]);
  for (size_t i = 0; i < r->leads.n; i++) check_term(r->leads.v[i].key);
  check_optional(r->owner);
  for (size_t i = 0; i < r->next_owners.n; i++) check_term(r->next_owners.v[i]);
  for (size_t i = 0; i < r->account.n; i++) {
    check_term(r->account.v[i].key);
    check_optional(r->account.v[i].label);
  }
  for (size_t i = 0; i < r->link.n; i++)
    if (!r->link.v[i].text) check_term(r->link.v[i].term);
  if (r->due.kind == DUE_ANCHOR || r->due.kind == DUE_DATE) check_term(r->due.term);
  for (size_t i = 0; i < r->action.n; i++)
    if (!r->action.v[i].text) check_term(r->action.v[i].term);
  for (size_t i = 0; i < r->steps.n; i++)
    for (size_t k = 0; k < r->steps.v[i].text.n; k++)
      if (!r->steps.v[i].text.v[k].text) check_term(r->steps.v[i].text.v[k].term);
}

static void check_team_people(const struct team_people *p) {
  if (!p->entity) return;
  check_term(p->address);
  check_optional(p->away);
  check_optional(p->left);
  check_optional(p->stand_in);
}

static void check_band(const struct band *b) {
  if (!b->set) return;
  check_term(b->a);
  check_optional(b->b);
}

void check_complete(const struct ruleset *rs) {
  CHECK(!rs->diags.errors);
  for (size_t i = 0; i < rs->entities.n; i++)
    for (size_t k = 0; k < rs->entities.v[i]->attrs.n; k++)
      if (rs->entities.v[i]->attrs.v[k]->kind == ATTR_COMPUTED)
        check_term(rs->entities.v[i]->attrs.v[k]->term);
  for (size_t i = 0; i < rs->segments.n; i++) check_term(rs->segments.v[i]->term);
  for (size_t i = 0; i < rs->kpis.n; i++) {
    check_term(rs->kpis.v[i]->term);
    check_band(&rs->kpis.v[i]->green);
    check_band(&rs->kpis.v[i]->amber);
    check_band(&rs->kpis.v[i]->red);
  }
  for (size_t i = 0; i < rs->teams.n; i++) check_team_people(&rs->teams.v[i]->people);
  for (size_t i = 0; i < rs->rules.n; i++) check_rule(rs->rules.v[i]);
  for (size_t i = 0; i < rs->targets.n; i++) {
    CHECK(rs->targets.v[i]->kpi);
    check_term(rs->targets.v[i]->measure);
    check_term(rs->targets.v[i]->goal);
    check_term(rs->targets.v[i]->by);
    check_optional(rs->targets.v[i]->owner_term);
  }
}
