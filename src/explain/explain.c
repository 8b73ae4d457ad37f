/* One rule on one row. In: a rule, a key, a dataset and a day. Out: the answer with every value
 * under its words, since when it holds, what is missing, what would change it, and the item it
 * opens. */
#include "explain/explain.h"

#include <string.h>

#include "eval/row_key.h"
#include "explain/describe.h"
#include "explain/key.h"
#include "sema/dims.h"

struct explain_ctx {
  struct ruleset *rs;
  struct dataset *dataset;
  struct arena *a;
  struct plan *p;
  struct tree *tree;
  struct place *here;
  struct evaluation *ev;
  struct explanation *e;
  /* nodes by days back; exists -1: always */
  int exists[LOOK_BACK_DAYS + 1], when[LOOK_BACK_DAYS + 1];
  int look_back;
  int label;
  const char *row_key; /* of the row, as hits have it */
  struct diags *problems;
};

/* ---- the plan ------------------------------------------------------------------------- */

static void want(struct explain_ctx *x, int node) {
  if (node >= 0) VEC_PUSH(x->a, &x->tree->roots, node);
}

/* Every day looked at costs columns over all rows: fewer days for a large table. */
static bool choose_look_back(struct explain_ctx *x) {
  long rows = 0;
  const struct entity *ent = x->e->rule->entity;
  if (ent && !dataset_count(x->dataset, ent->table, &rows, x->problems)) return false;
  x->look_back =
      rows > LOOK_BACK_ROWS / LOOK_BACK_DAYS ? (int)(LOOK_BACK_ROWS / rows) : LOOK_BACK_DAYS;
  return true;
}

static void plan_days(struct explain_ctx *x) {
  const struct rule *r = x->e->rule;
  for (int i = 0; i <= x->look_back; i++) {
    x->exists[i] = plan_exists(x->p, x->here->domain, x->e->day - i);
    x->when[i] = plan_term(x->p, r->when, x->here->domain, x->e->day - i);
    want(x, x->exists[i]);
    want(x, x->when[i]);
  }
}

static void plan_rule(struct explain_ctx *x) {
  struct rule *r = (struct rule *)x->e->rule;
  int domain = r->entity   ? plan_entity_domain(x->p, r->entity, true)
               : r->dims.n ? plan_group_domain(x->p, &r->dims, x->e->day)
                           : 0;
  x->here = tree_place(x->tree, domain, NULL, NULL);
  x->label = r->entity ? plan_label(x->p, domain) : -1;
  want(x, x->label);
  x->e->when = tree_add(x->tree, r->when, x->here, x->e->day);
  if (r->clear) x->e->clear = tree_add(x->tree, r->clear, x->here, x->e->day);
  if (r->settled) x->e->settled = tree_add(x->tree, r->settled, x->here, x->e->day);
  plan_days(x);
}

/* ---- answers -------------------------------------------------------------------------- */

static enum truth truth_of(const struct value *exists, const struct value *when) {
  if (when->known && when->num == 0) return TRUTH_FALSE;
  bool sure = exists->known && exists->num != 0;
  return sure && when->known ? TRUTH_TRUE : TRUTH_UNKNOWN;
}

static bool there(const struct value *exists) { return !exists->known || exists->num != 0; }

/* Values: exists and when of the day, of the day before …, then the label. */
static void take_days(void *ctx, size_t row, const struct value *values) {
  struct explain_ctx *x = ctx;
  struct explanation *e = x->e;
  const struct value always = {.known = true, .num = 1};
  struct value exists[LOOK_BACK_DAYS + 1];
  (void)row;
  for (int i = 0; i <= x->look_back; i++) exists[i] = x->exists[i] < 0 ? always : values[2 * i];
  e->present = there(&exists[0]);
  e->truth = truth_of(&exists[0], &values[1]);
  int same = 0;
  while (same < x->look_back && there(&exists[same + 1]) &&
         truth_of(&exists[same + 1], &values[2 * (same + 1) + 1]) == e->truth)
    same++;
  e->since =
      (struct since){.first = e->day - same, .days = x->look_back, .longer = same == x->look_back};
  const struct value *label = &values[2 * (x->look_back + 1)];
  if (label->known && label->text) e->label = arena_strdup(x->a, label->text);
}

static bool read_days(struct explain_ctx *x) {
  node_list nodes = {0};
  for (int i = 0; i <= x->look_back; i++) {
    VEC_PUSH(x->a, &nodes, x->exists[i]);
    VEC_PUSH(x->a, &nodes, x->when[i]);
  }
  VEC_PUSH(x->a, &nodes, x->label);
  return evaluation_values(x->ev, x->here->domain, &x->here->row, 1, nodes.v, nodes.n, take_days, x,
                           x->problems);
}

static void add_once(struct explain_ctx *x, const char *name) {
  for (size_t i = 0; i < x->e->hindsight.n; i++)
    if (strcmp(x->e->hindsight.v[i], name) == 0) return;
  VEC_PUSH(x->a, &x->e->hindsight, name);
}

static void find_hindsight(struct explain_ctx *x, const struct part *p) {
  const struct term *own = p->term->kind == T_PARENT ? p->term->a : p->term;
  if (own->kind == T_ATTR && own->attr->kind == ATTR_COLUMN && !own->attr->known_from)
    add_once(x, p->text);
  for (size_t i = 0; i < p->parts.n; i++) find_hindsight(x, p->parts.v[i]);
}

static bool is_name(const struct term *t) {
  return t->kind == T_ATTR || t->kind == T_KPI || t->kind == T_THRESHOLD || t->kind == T_PARENT ||
         t->kind == T_AGG;
}

/* What `is known` and `is unknown` ask about is not missing. */
static bool asks_for_known(const struct term *t) {
  return t->kind == T_KNOWN || (t->kind == T_NOT && t->a->kind == T_KNOWN);
}

/* The innermost names that have no value: of a KPI is missing what is missing of its formula. */
static void find_missing(struct explain_ctx *x, const struct part *p) {
  if (asks_for_known(p->term)) return;
  size_t before = x->e->missing.n;
  /* of a row without a group, what is missing is what would name it */
  if (p->place->group >= 0 && p->place->row < 0) return;
  for (size_t i = 0; i < p->parts.n; i++) find_missing(x, p->parts.v[i]);
  bool innermost = x->e->missing.n == before;
  if (innermost && is_name(p->term) && !p->value.known && !p->above)
    VEC_PUSH(x->a, &x->e->missing, p);
}

/* The item, as the run would open it. */
static void find_item(struct explain_ctx *x, const struct verdicts *v) {
  if (!x->e->present) return;
  for (size_t i = 0; i < v->rules[0].n_hits; i++) {
    const struct hit *h = &v->rules[0].hits[i];
    if (h->key != x->row_key && (!h->key || !x->row_key || strcmp(h->key, x->row_key) != 0))
      continue;
    day_t opened = x->p->opened == DAY_NONE ? x->e->day : x->p->opened;
    x->e->done = verdict_settled(v, &v->rules[0], h->settled, h->settled_values, opened);
    if (x->e->done) return;
    struct hit *copy = NEW(x->a, struct hit);
    *copy = *h;
    copy->key = x->e->key;
    x->e->item = copy;
  }
}

static bool answer(struct explain_ctx *x, const struct row_asked *asked) {
  struct explanation *e = x->e;
  if (!key_find(x->ev, x->here->domain, x->label, asked, e->entity, x->a, &x->here->row, &e->key,
                x->problems))
    return false;
  x->row_key = evaluation_row_key(x->ev, x->here->domain, x->here->row, x->a);
  if (!read_days(x) || !tree_fill(x->tree, x->ev, x->problems) ||
      !tree_fill_rows(x->tree, x->ev, x->problems))
    return false;
  find_missing(x, e->when);
  find_hindsight(x, e->when);
  e->flips = flips_of(x->rs, e->when, e->truth != TRUTH_TRUE, x->a);
  struct speaker english = {x->a, TONGUE_EN, e->day};
  e->sentence = describe_rule(&english, e->rule);
  return true;
}

static const char *entity_of(struct arena *a, const struct rule *r) {
  if (r->entity) return r->entity->name;
  return r->dims.n ? dims_name(&r->dims, a) : "company";
}

bool explain_rule(struct ruleset *rs, struct rule *r, const struct row_asked *asked,
                  struct dataset *dataset, day_t day, struct arena *a, struct explanation **out,
                  struct diags *problems) {
  struct explain_ctx x = {
      .rs = rs, .dataset = dataset, .a = a, .p = plan_new(rs, a), .problems = problems};
  if (asked->of_item) x.p->opened = asked->opened;
  x.tree = tree_new(x.p);
  x.e = *out = NEW(a, struct explanation);
  *x.e = (struct explanation){.rule = r, .day = day, .entity = entity_of(a, r)};
  if (!choose_look_back(&x)) return false;
  plan_rule(&x);
  struct judge_entry entry = {.rs = rs,
                              .day = day,
                              .want = WANT_RULES,
                              .rule = r,
                              .nodes = x.tree->roots.v,
                              .n_nodes = x.tree->roots.n,
                              .arena = a};
  struct judge_request request = {
      .dataset = dataset, .entries = &entry, .n_entries = 1, .plan = x.p, .arena = a};
  struct judgement *j = judge_begin(&request);
  struct verdicts *v;
  bool good = judge_next(j, &v, problems);
  if (good) x.ev = verdicts_evaluation(v);
  good = good && answer(&x, asked);
  if (good) find_item(&x, v);
  judge_end(j);
  return good;
}
