/* The plan of an entry. In: its rules and its day. Out: nodes for the condition of each, its
 * reasons, what may be missing of it, its item. */
#include "judge/rule_plan.h"

#include <stdlib.h>
#include <string.h>

#include "judge/opened.h"

struct plan_ctx {
  struct plan *p;
  struct rule_plan *rp;
  day_t day;
  struct map inside; /* "segment day": those whose missing inputs are known */
};

static const char *text_of(const struct plan_ctx *x, const struct term *t) {
  return t->src && t->src->span.src ? span_text(x->p->arena, t->src->span) : "";
}

static int node_of(const struct plan_ctx *x, const struct term *t) {
  return plan_term(x->p, t, x->rp->domain, x->day);
}

/* ---- reasons -------------------------------------------------------------------------- */

static struct reason reason_of(const char *expr, int node, int only_if) {
  return (struct reason){.expr = expr, .nodes = {node, -1, only_if, -1, -1}};
}

static void add_reason(struct plan_ctx *x, const char *expr, int node, int only_if) {
  struct reason r = reason_of(expr, node, only_if);
  VEC_PUSH(x->p->arena, &x->rp->reasons, r);
}

/* What a movement has moved: its value then and now. */
static void set_moved(struct plan_ctx *x, struct reason *r, const struct term *move) {
  day_t then = day_back(&x->p->rs->calendar, x->day, move->dur);
  r->nodes[REASON_BEFORE] = plan_term(x->p, move->a, x->rp->domain, then);
  r->nodes[REASON_AFTER] = node_of(x, move->a);
}

/* As it reads from the other side: 10 < x is x > 10. */
static enum op seen_from_the_right(enum op op) {
  static const enum op other[] = {
      [OP_LT] = OP_GT, [OP_LE] = OP_GE, [OP_GT] = OP_LT, [OP_GE] = OP_LE};
  return op == OP_LT || op == OP_LE || op == OP_GT || op == OP_GE ? other[op] : op;
}

static void add_comparison(struct plan_ctx *x, const struct term *t, int only_if) {
  bool left = t->a->kind != T_CONST;
  const struct term *shown = left ? t->a : t->b, *bound = left ? t->b : t->a;
  struct reason r = reason_of(text_of(x, shown), node_of(x, shown), only_if);
  r.nodes[REASON_AGAINST] = node_of(x, bound);
  r.op = op_text(left ? (enum op)t->op : seen_from_the_right((enum op)t->op));
  if (shown->kind == T_MOVE) set_moved(x, &r, shown);
  VEC_PUSH(x->p->arena, &x->rp->reasons, r);
}

/* A relative movement is shown as the share of the past that it is. */
static int moved_share(struct plan_ctx *x, const struct term *t) {
  struct plan *p = x->p;
  struct term move = {
      .kind = T_MOVE, .op = t->move, .a = t->a, .dur = t->dur, .type = t->a->type, .src = t->src};
  int past = plan_term(p, t->a, x->rp->domain, day_back(&p->rs->calendar, x->day, t->dur));
  struct node n = node_make(N_ARITH, COL_NUM, x->rp->domain);
  n.sub = OP_DIV;
  n.a = node_of(x, &move);
  n.b = past;
  n.scale = 1;
  n.type = (struct type){.unit = U_SHARE, .percent = true};
  return node_add(p, n);
}

static void add_movement(struct plan_ctx *x, const struct term *t, int only_if) {
  const struct expr *e = t->src;
  bool named = e->a && e->a->kind == E_MOVE;
  struct reason r = reason_of(named ? span_text(x->p->arena, e->a->span) : text_of(x, t),
                              moved_share(x, t), only_if);
  r.nodes[REASON_AGAINST] = node_of(x, t->b);
  r.op = named ? op_text((enum op)t->op) : NULL;
  set_moved(x, &r, t);
  VEC_PUSH(x->p->arena, &x->rp->reasons, r);
}

static void reasons(struct plan_ctx *x, const struct term *t, int only_if) {
  switch (t->kind) {
    case T_AND:
      /* `renewal within window`, a threshold: two bounds, one reason */
      if (t->src->kind == E_WITHIN) {
        add_reason(x, text_of(x, t), node_of(x, t->a->a), only_if);
        break;
      }
      reasons(x, t->a, only_if);
      reasons(x, t->b, only_if);
      break;
    case T_OR: {
      const struct term *const sides[] = {t->a, t->b};
      for (int i = 0; i < 2; i++) {
        int here = node_of(x, sides[i]);
        reasons(x, sides[i], only_if < 0 ? here : node_and(x->p, only_if, here));
      }
      break;
    }
    case T_CMP: add_comparison(x, t, only_if); break;
    case T_MOVE_CMP: add_movement(x, t, only_if); break;
    case T_FOR: /* how long, and what it comes to today */
      add_reason(x, text_of(x, t), node_of(x, t), only_if);
      reasons(x, t->a, only_if);
      break;
    case T_WITHIN:
    case T_RANGE:
    case T_OVERDUE:
    case T_OLDER:
    case T_MATCHES:
    case T_ONEOF: add_reason(x, text_of(x, t), node_of(x, t->a), only_if); break;
    default: add_reason(x, text_of(x, t), node_of(x, t), only_if); break;
  }
}

struct shown_node {
  int node;
  size_t at;
};

static int by_node(const void *x, const void *y) {
  const struct shown_node *a = x, *b = y;
  if (a->node != b->node) return a->node < b->node ? -1 : 1;
  return a->at < b->at ? -1 : a->at > b->at;
}

/* Reasons of one node, such as the bounds of a value, show it once for all of them. */
static void set_shown(struct plan_ctx *x) {
  struct rule_plan *rp = x->rp;
  size_t n = rp->reasons.n * 2;
  struct shown_node *all = NEW_N(x->p->arena, struct shown_node, n + 1);
  for (size_t at = 0; at < n; at++)
    all[at] = (struct shown_node){rp->reasons.v[at / 2].nodes[at % 2], at};
  qsort(all, n, sizeof *all, by_node);
  for (size_t i = 0, first = 0; i < n; i++) {
    if (all[i].node != all[first].node) first = i;
    rp->reasons.v[all[i].at / 2].shown[all[i].at % 2] = all[first].at;
  }
}

/* ---- margins -------------------------------------------------------------------------- */

static bool by_time(const struct term *t) { return t->kind == T_DATE_DIFF || t->kind == T_BDAYS; }

static void add_margin(struct plan_ctx *x, const char *expr, const struct type *type, int a, int b,
                       enum op op) {
  bool up = op == OP_GT || op == OP_GE;
  if (!up && op != OP_LT && op != OP_LE) return;
  struct margin m = {.of = {expr, *type, type_least_step(type)},
                     .a = a,
                     .b = b,
                     .sign = up ? 1 : -1,
                     .strict = op == OP_GT || op == OP_LT};
  VEC_PUSH(x->p->arena, &x->rp->margins, m);
}

static enum op turned(enum op op, bool negated) {
  static const enum op not_op[] = {
      [OP_LT] = OP_GE, [OP_LE] = OP_GT, [OP_GT] = OP_LE, [OP_GE] = OP_LT};
  bool ordered = op == OP_LT || op == OP_LE || op == OP_GT || op == OP_GE;
  return negated && ordered ? not_op[op] : op;
}

static void compare_margin(struct plan_ctx *x, const struct term *t, enum op op) {
  const struct term *shown = t->a->kind == T_CONST ? t->b : t->a;
  if (unit_class(t->a->type.unit) != CLASS_NUM || by_time(t->a) || by_time(t->b)) return;
  add_margin(x, text_of(x, shown), &shown->type, node_of(x, t->a), node_of(x, t->b), op);
}

static void movement_margin(struct plan_ctx *x, const struct term *t, enum op op) {
  const struct expr *e = t->src;
  bool named = e->a && e->a->kind == E_MOVE;
  struct type share = {.unit = U_SHARE, .percent = true};
  add_margin(x, named ? span_text(x->p->arena, e->a->span) : text_of(x, t), &share,
             moved_share(x, t), node_of(x, t->b), op);
}

/* The comparisons of numbers that the condition itself says, in their order. */
static void margins(struct plan_ctx *x, const struct term *t, bool negated) {
  switch (t->kind) {
    case T_AND:
    case T_OR:
      margins(x, t->a, negated);
      margins(x, t->b, negated);
      return;
    case T_NOT: margins(x, t->a, !negated); return;
    case T_FOR: margins(x, t->a, negated); return;
    case T_CMP: compare_margin(x, t, turned((enum op)t->op, negated)); return;
    case T_MOVE_CMP: movement_margin(x, t, turned((enum op)t->op, negated)); return;
    default: return;
  }
}

/* ---- what may be missing -------------------------------------------------------------- */

static struct missing_input *input_named(struct plan_ctx *x, const char *name) {
  struct rule_plan *rp = x->rp;
  size_t i = 0;
  while (i < rp->missing_inputs.n && strcmp(rp->missing_inputs.v[i].name, name) != 0) i++;
  if (i == rp->missing_inputs.n) {
    struct missing_input l = {.name = name};
    VEC_PUSH(x->p->arena, &rp->missing_inputs, l);
  }
  return &rp->missing_inputs.v[i];
}

/* on: DAY_NONE for the day of the rule. */
static void add_input(struct plan_ctx *x, const char *name, int node, day_t on) {
  struct missing_input *l = input_named(x, name);
  const struct input_of_day input = {node, on};
  for (size_t k = 0; k < l->nodes.n; k++)
    if (l->nodes.v[k].node == node) return;
  VEC_PUSH(x->p->arena, &l->nodes, input);
}

/* A term that a row may lack on that day. */
static void add_lack(struct plan_ctx *x, const char *name, const struct term *t, day_t day) {
  add_input(x, name, plan_term(x->p, t, x->rp->domain, day), day == x->day ? DAY_NONE : day);
}

static void plan_missing(struct plan_ctx *x, const struct term *t, day_t day);

/* Once a day, however often it is named, or however many windows of days it is in. */
static void lacks_once(struct plan_ctx *x, const struct term *t, day_t day) {
  const char *key = arena_printf(x->p->arena, "%p %d", (const void *)t, (int)day);
  if (!map_put(&x->inside, x->p->arena, key, x)) plan_missing(x, t, day);
}

static void plan_missing(struct plan_ctx *x, const struct term *t, day_t day) {
  if (!t) return;
  const struct calendar *c = &x->p->rs->calendar;
  day_t on;
  switch (t->kind) {
    case T_ATTR: add_lack(x, t->attr->name, t, day); return;
    case T_KPI: add_lack(x, t->kpi->name, t, day); return;
    case T_THRESHOLD: add_lack(x, t->threshold->name, t, day); return;
    case T_PARENT:
    case T_AGG:
    case T_DIM:
    case T_LABEL: add_lack(x, text_of(x, t), t, day); return;
    case T_SEGMENT: lacks_once(x, t->segment->term, day); return;
    case T_KNOWN: return;
    case T_ELSE: plan_missing(x, t->b, day); return;
    case T_ON:
      if (!t->c && term_common_day(t->b, day, c, &on) && on != DAY_NONE && on <= day)
        plan_missing(x, t->a, on);
      else
        add_lack(x, text_of(x, t), t, day);
      return;
    case T_AGO: plan_missing(x, t->a, day_back(c, day, t->dur)); return;
    case T_MOVE:
    case T_MOVE_CMP: plan_missing(x, t->a, day_back(c, day, t->dur)); break;
    case T_EACH: add_lack(x, text_of(x, t), t, day); return;
    case T_FOR:
      for (day_t since = day_back(c, day, t->dur), d = day - 1; d > since; d--)
        lacks_once(x, t->a, d);
      lacks_once(x, t->a, day);
      return;
    default: break;
  }
  plan_missing(x, t->a, day);
  plan_missing(x, t->b, day);
  plan_missing(x, t->c, day);
  for (size_t i = 0; i < t->list.n; i++) plan_missing(x, t->list.v[i], day);
}

/* ---- the rule ------------------------------------------------------------------------- */

static int *plan_parts(struct plan_ctx *x, const template_parts *parts) {
  int *nodes = NEW_N(x->p->arena, int, parts->n + 1);
  for (size_t i = 0; i < parts->n; i++)
    nodes[i] = parts->v[i].term ? node_of(x, parts->v[i].term) : -1;
  return nodes;
}

/* Whose customer it is, and the page of it. */
static void plan_account(struct plan_ctx *x) {
  struct rule_plan *rp = x->rp;
  const struct rule *r = rp->rule;
  rp->above = NEW_N(x->p->arena, struct stop_plan, r->account.n + 1);
  for (size_t i = 1; i < r->account.n; i++) {
    const struct way_stop *s = &r->account.v[i];
    rp->above[rp->n_above++] =
        (struct stop_plan){node_of(x, s->key), s->label ? node_of(x, s->label) : -1};
  }
  if (!rp->unread) rp->link = plan_parts(x, &r->link);
}

static void plan_steps(struct plan_ctx *x) {
  const struct rule *r = x->rp->rule;
  x->rp->steps = NEW_N(x->p->arena, struct step_plan, r->steps.n + 1);
  for (size_t i = 0; i < r->steps.n; i++)
    x->rp->steps[i] =
        (struct step_plan){plan_parts(x, &r->steps.v[i].text),
                           r->steps.v[i].owner ? node_of(x, r->steps.v[i].owner) : -1};
}

static void step_roots(struct plan *p, const struct rule_plan *rp, node_list *roots) {
  for (size_t i = 0; i < rp->rule->steps.n; i++) {
    if (rp->steps[i].owner >= 0) VEC_PUSH(p->arena, roots, rp->steps[i].owner);
    for (size_t k = 0; k < rp->rule->steps.v[i].text.n; k++)
      if (rp->steps[i].parts[k] >= 0) VEC_PUSH(p->arena, roots, rp->steps[i].parts[k]);
  }
}

/* The condition, over its rows. */
static struct rule_plan plan_condition(struct plan *p, struct rule *r, day_t day) {
  struct rule_plan rp = {.rule = r,
                         .exists = -1,
                         .clear = -1,
                         .settled = -1,
                         .owner = -1,
                         .label = -1,
                         .once = -1,
                         .worth = -1,
                         .due = -1};
  rp.domain = r->entity   ? plan_entity_domain(p, r->entity, true)
              : r->dims.n ? plan_group_domain(p, &r->dims, day)
                          : 0;
  struct plan_ctx x = {.p = p, .rp = &rp, .day = day};
  rp.exists = plan_exists(p, rp.domain, day);
  rp.when = node_of(&x, r->when);
  return rp;
}

/* A column for all rows; where the day of each item decides, one for each part that rows have. */
static void plan_settled(struct plan_ctx *x, const struct term *settled) {
  term_list parts = {0};
  if (settled && !reads_opened(settled)) x->rp->settled = node_of(x, settled);
  if (!reads_opened(settled)) return;
  x->rp->settled_by = settled;
  parts_of_rows(x->p->arena, settled, &parts);
  for (size_t i = 0; i < parts.n; i++)
    VEC_PUSH(x->p->arena, &x->rp->settled_parts, node_of(x, parts.v[i]));
}

/* What people read of an item, and of what is unknown. */
static void plan_reading(struct plan_ctx *x) {
  struct rule_plan *rp = x->rp;
  struct rule *r = rp->rule;
  rp->parts = plan_parts(x, &r->action);
  reasons(x, r->when, -1);
  set_shown(x);
  margins(x, r->when, false);
  plan_missing(x, r->when, x->day);
  if (rp->exists >= 0) add_input(x, r->entity->life.from, rp->exists, DAY_NONE);
}

static struct rule_plan plan_rule(struct plan *p, struct rule *r, day_t day, bool unread) {
  struct rule_plan rp = plan_condition(p, r, day);
  rp.unread = unread;
  struct plan_ctx x = {.p = p, .rp = &rp, .day = day};
  if (r->clear) rp.clear = node_of(&x, r->clear);
  plan_settled(&x, r->settled);
  if (r->owner) rp.owner = node_of(&x, r->owner);
  if (r->once) rp.once = node_of(&x, r->once);
  if (r->worth) rp.worth = node_of(&x, r->worth);
  rp.next_owners = NEW_N(p->arena, int, r->next_owners.n + 1);
  for (size_t i = 0; i < r->next_owners.n; i++)
    rp.next_owners[i] = node_of(&x, r->next_owners.v[i]);
  rp.worth_key = NEW_N(p->arena, int, r->measure.key.n + 1);
  for (size_t i = 0; i < r->measure.key.n; i++) rp.worth_key[i] = node_of(&x, r->measure.key.v[i]);
  rp.leads = NEW_N(p->arena, int, r->leads.n + 1);
  for (size_t i = 0; i < r->leads.n; i++) rp.leads[i] = node_of(&x, r->leads.v[i].key);
  if (r->due.term) rp.due = node_of(&x, r->due.term);
  if (r->entity) rp.label = plan_label(p, rp.domain);
  plan_account(&x);
  plan_steps(&x);
  if (!unread) plan_reading(&x);
  return rp;
}

static void condition_roots(struct plan *p, const struct rule_plan *rp, node_list *roots) {
  if (rp->exists >= 0) VEC_PUSH(p->arena, roots, rp->exists);
  VEC_PUSH(p->arena, roots, rp->when);
}

static void rule_roots(struct plan *p, const struct rule_plan *rp, node_list *roots) {
  const int single[] = {rp->clear, rp->settled, rp->owner, rp->label, rp->once, rp->worth, rp->due};
  condition_roots(p, rp, roots);
  for (size_t i = 0; i < sizeof single / sizeof *single; i++)
    if (single[i] >= 0) VEC_PUSH(p->arena, roots, single[i]);
  for (size_t i = 0; i < rp->settled_parts.n; i++)
    VEC_PUSH(p->arena, roots, rp->settled_parts.v[i]);
  for (size_t i = 0; i < rp->rule->next_owners.n; i++)
    VEC_PUSH(p->arena, roots, rp->next_owners[i]);
  for (size_t i = 0; i < rp->rule->measure.key.n; i++) VEC_PUSH(p->arena, roots, rp->worth_key[i]);
  for (size_t i = 0; i < rp->n_above; i++) {
    VEC_PUSH(p->arena, roots, rp->above[i].key);
    if (rp->above[i].label >= 0) VEC_PUSH(p->arena, roots, rp->above[i].label);
  }
  for (size_t i = 0; !rp->unread && i < rp->rule->link.n; i++)
    if (rp->link[i] >= 0) VEC_PUSH(p->arena, roots, rp->link[i]);
  for (size_t i = 0; i < rp->rule->leads.n; i++) VEC_PUSH(p->arena, roots, rp->leads[i]);
  for (size_t i = 0; !rp->unread && i < rp->rule->action.n; i++)
    if (rp->parts[i] >= 0) VEC_PUSH(p->arena, roots, rp->parts[i]);
  step_roots(p, rp, roots);
  for (size_t i = 0; i < rp->reasons.n; i++) {
    const int *nodes = rp->reasons.v[i].nodes;
    for (int k = 0; k < REASON_NODES; k++)
      if (nodes[k] >= 0) VEC_PUSH(p->arena, roots, nodes[k]);
  }
  for (size_t i = 0; i < rp->margins.n; i++) {
    VEC_PUSH(p->arena, roots, rp->margins.v[i].a);
    VEC_PUSH(p->arena, roots, rp->margins.v[i].b);
  }
  for (size_t i = 0; i < rp->missing_inputs.n; i++)
    for (size_t k = 0; k < rp->missing_inputs.v[i].nodes.n; k++)
      VEC_PUSH(p->arena, roots, rp->missing_inputs.v[i].nodes.v[k].node);
}

/* ---- the entry ------------------------------------------------------------------------ */

static void plan_rules(struct judge_ctx *x) {
  const struct judge_entry *e = x->entry;
  struct rule *const *rules = e->rule ? &e->rule : e->rs->rules.v;
  x->n_rules = e->rule ? 1 : e->rs->rules.n;
  x->rules = NEW_N(x->plan->arena, struct rule_plan, x->n_rules + 1);
  for (size_t i = 0; i < x->n_rules; i++) {
    if (!(e->want & WANT_RULES)) {
      x->rules[i] = plan_condition(x->plan, rules[i], e->day);
      condition_roots(x->plan, &x->rules[i], &x->roots);
      continue;
    }
    x->rules[i] = plan_rule(x->plan, rules[i], e->day, e->want & WANT_UNREAD);
    rule_roots(x->plan, &x->rules[i], &x->roots);
  }
}

static void plan_targets(struct judge_ctx *x) {
  const struct judge_entry *e = x->entry;
  x->targets = NEW_N(x->plan->arena, struct target_judge, e->rs->targets.n + 1);
  for (size_t i = 0; i < e->rs->targets.n; i++) {
    if (!e->rs->targets.v[i]->check) continue;
    x->targets[x->n_targets] = judge_plan_target(x->plan, e->rs->targets.v[i], e->day);
    judge_target_roots(x->plan, &x->targets[x->n_targets++], &x->roots);
  }
}

static bool is_chosen(const struct judge_entry *e, const struct kpi *k) {
  for (size_t i = 0; i < e->n_kpis; i++)
    if (e->kpis[i] == k) return true;
  return false;
}

static void plan_kpis(struct judge_ctx *x) {
  const struct judge_entry *e = x->entry;
  x->kpis = NEW_N(x->plan->arena, struct kpi_plan, e->n_kpis + 1);
  for (size_t i = 0; i < e->n_kpis; i++) {
    x->kpis[i] = kpi_plan(x->plan, e->kpis[i], e->day);
    if (e->choices) x->kpis[i].choice = e->choices[i];
    kpi_roots(x->plan, &x->kpis[i], &x->roots);
  }
}

static void plan_status(struct judge_ctx *x) {
  const struct judge_entry *e = x->entry;
  x->status = NEW_N(x->plan->arena, struct target_plan, e->rs->targets.n + 1);
  for (size_t i = 0; i < e->rs->targets.n; i++) {
    if (!is_chosen(e, e->rs->targets.v[i]->kpi)) continue;
    x->status[x->n_status] = target_plan(x->plan, e->rs->targets.v[i], e->day);
    target_roots(x->plan, &x->status[x->n_status++], &x->roots);
  }
}

void judge_plan_entry(struct judge_ctx *x) {
  const struct judge_entry *e = x->entry;
  for (size_t i = 0; i < e->n_nodes; i++) VEC_PUSH(x->plan->arena, &x->roots, e->nodes[i]);
  if (e->want & (WANT_RULES | WANT_TRUTH)) plan_rules(x);
  if (e->want & WANT_RULES) judge_plan_teams(x);
  if (e->want & WANT_TARGETS) plan_targets(x);
  plan_kpis(x);
  if (e->want & WANT_STATUS) plan_status(x);
}
