/* In: a rule in two versions. Out: whether it acts on the same rows, more, fewer, or other ones. */
#include "diff/proof.h"

#include <string.h>

#include "base/map.h"
#include "lint/condition.h"
#include "sema/policy_diff.h"
#include "sema/threshold_line.h"

struct proving {
  const struct proof_request *q;
  struct arena *a;
  struct subjects subjects; /* of both versions: a name means one thing, or nothing is proved */
};

/* ---- conditions without thresholds and segments ---------------------------------------------- */

static struct term *term_like(struct arena *a, const struct term *t) {
  struct term *n = NEW(a, struct term);
  *n = *t;
  return n;
}

static struct term *logic(struct arena *a, enum term_kind kind, const struct term *like,
                          struct term *x, struct term *y) {
  struct term *n = NEW(a, struct term);
  *n = (struct term){.kind = kind, .type = {.unit = U_FLAG}, .src = like->src, .ent = like->ent};
  n->a = x;
  n->b = y;
  return n;
}

static struct term *spelled_out(struct proving *p, const struct term *t);

/* The value of a line, as a constant in place of the threshold. */
static struct term *line_term(struct proving *p, const struct term *th,
                              const struct threshold_line *l) {
  struct term *c = NEW(p->a, struct term);
  bool minor = th->threshold->bare && th->type.unit == U_MONEY;
  *c = (struct term){.kind = T_CONST, .type = th->type, .src = th->src};
  c->value = l->value;
  c->value.known = true;
  c->value.type = th->type;
  if (th->threshold->is_duration) c->value.num = duration_days(l->dur);
  if (minor) c->value.num = l->value.num * currency_minor(th->type.currency);
  return c;
}

static struct term *with_line(struct proving *p, const struct term *cmp,
                              const struct threshold_line *l) {
  struct term *n = term_like(p->a, cmp);
  if (cmp->a->kind == T_THRESHOLD) n->a = line_term(p, cmp->a, l);
  if (cmp->b->kind == T_THRESHOLD) n->b = line_term(p, cmp->b, l);
  return n;
}

/* The lines in force on the day, the most particular first; false: a table's, or by attributes. */
static bool lines_in_force(struct proving *p, const struct threshold *t,
                           const struct threshold_line **out, size_t *n) {
  *n = 0;
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *l = &t->lines.v[i];
    if (l->entries.n) return false;
    if (threshold_line_on(t, l, p->q->day) != l) continue;
    size_t at = *n;
    while (at && threshold_line_rank(out[at - 1]) < threshold_line_rank(l)) {
      out[at] = out[at - 1];
      at--;
    }
    out[at] = l;
    ++*n;
  }
  return true;
}

/* x > threshold with lines for segments: (big and x > 20) or (not big and x > 10). */
static struct term *by_lines(struct proving *p, const struct term *cmp,
                             const struct threshold *th) {
  const struct threshold_line **lines = NEW_N(p->a, const struct threshold_line *, th->lines.n + 1);
  struct term *all = NULL, *before = NULL;
  size_t n;
  if (!lines_in_force(p, th, lines, &n)) return term_like(p->a, cmp);
  for (size_t i = 0; i < n; i++) {
    struct term *one = with_line(p, cmp, lines[i]), *in = NULL;
    if (lines[i]->segment) in = spelled_out(p, lines[i]->segment->term);
    if (in) one = logic(p->a, T_AND, cmp, in, one);
    if (before) one = logic(p->a, T_AND, cmp, before, one);
    all = all ? logic(p->a, T_OR, cmp, all, one) : one;
    if (!in) break; /* the base takes all that is left */
    struct term *out = logic(p->a, T_NOT, cmp, in, NULL);
    before = before ? logic(p->a, T_AND, cmp, before, out) : out;
  }
  return all ? all : term_like(p->a, cmp);
}

static const struct threshold *threshold_in(const struct term *cmp) {
  if (cmp->a->kind == T_THRESHOLD) return cmp->a->threshold;
  return cmp->b->kind == T_THRESHOLD ? cmp->b->threshold : NULL;
}

static struct term *spelled_out(struct proving *p, const struct term *t) {
  if (t->kind == T_SEGMENT) return spelled_out(p, t->segment->term);
  if (t->kind == T_ATTR && t->attr->kind == ATTR_COMPUTED && t->type.unit == U_FLAG)
    return spelled_out(p, t->attr->term);
  if (t->kind == T_AND || t->kind == T_OR || t->kind == T_NOT) {
    struct term *n = term_like(p->a, t);
    n->a = spelled_out(p, t->a);
    n->b = t->b ? spelled_out(p, t->b) : NULL;
    return n;
  }
  if ((t->kind == T_CMP || t->kind == T_MOVE_CMP) && threshold_in(t))
    return by_lines(p, t, threshold_in(t));
  return term_like(p->a, t);
}

/* A threshold that is still there stands where its values cannot be told apart: inside a formula,
 * a window, a table. NULL: none. */
static const char *threshold_left(const struct term *t) {
  if (!t) return NULL;
  if (t->kind == T_THRESHOLD) return t->threshold->name;
  if (t->kind == T_SEGMENT) return threshold_left(t->segment->term);
  if (t->kind == T_ATTR && t->attr->kind == ATTR_COMPUTED) return threshold_left(t->attr->term);
  if (t->kind == T_KPI) return threshold_left(t->kpi->term);
  const struct term *const kids[] = {t->a, t->b, t->c, t->kind == T_AGG ? t->agg->where : NULL};
  for (int i = 0; i < 4; i++)
    if (threshold_left(kids[i])) return threshold_left(kids[i]);
  for (size_t i = 0; i < t->list.n; i++)
    if (threshold_left(t->list.v[i])) return threshold_left(t->list.v[i]);
  return NULL;
}

/* ---- does a name mean the same in both versions? --------------------------------------------- */

static const struct attr *attr_named(const struct ruleset *rs, const char *path) {
  const char *dot = strchr(path, '.');
  for (size_t i = 0; dot && i < rs->entities.n; i++) {
    const struct entity *e = rs->entities.v[i];
    if (strncmp(e->name, path, (size_t)(dot - path)) != 0 || e->name[dot - path]) continue;
    for (size_t k = 0; k < e->attrs.n; k++)
      if (strcmp(e->attrs.v[k]->name, dot + 1) == 0) return e->attrs.v[k];
  }
  return NULL;
}

static bool same_term(struct proving *p, const struct term *x, const struct term *y) {
  if (!x || !y) return x == y;
  return strcmp(term_key(p->a, x), term_key(p->a, y)) == 0;
}

/* "kpi mrr", whose formula differs; NULL: all names below mean the same. */
static const char *other_meaning(struct proving *p, const struct rule *r) {
  name_list below = policy_below(r, p->a);
  for (size_t i = 0; i < below.n; i++) {
    const char *name = strchr(below.v[i], ' ') + 1;
    bool same = true;
    if (strncmp(below.v[i], "kpi ", 4) == 0) {
      const struct kpi *x = map_get(&p->q->old->kpi_names, name);
      const struct kpi *y = map_get(&p->q->now->kpi_names, name);
      same = x && y && same_term(p, x->term, y->term);
    } else if (strncmp(below.v[i], "attribute ", 10) == 0) {
      const struct attr *x = attr_named(p->q->old, name), *y = attr_named(p->q->now, name);
      same = x && y && same_term(p, x->term, y->term);
    }
    if (!same) return below.v[i];
  }
  return NULL;
}

/* How the table of an entity is read, its attributes and its life: written alike in both? */
static bool same_entity(struct proving *p, const struct entity *x, const struct entity *y) {
  if (!x || !y) return x == y;
  bool same =
      strcmp(x->table, y->table) == 0 && x->attrs.n == y->attrs.n && x->edges.n == y->edges.n;
  for (size_t i = 0; same && i < x->attrs.n; i++)
    same = strcmp(policy_words(x->attrs.v[i]->span, p->a),
                  policy_words(y->attrs.v[i]->span, p->a)) == 0;
  return same && strcmp(policy_words(x->life_span, p->a), policy_words(y->life_span, p->a)) == 0;
}

static const char *other_entity(struct proving *p) {
  for (size_t i = 0; i < p->q->now->entities.n; i++) {
    const struct entity *y = p->q->now->entities.v[i];
    const struct entity *x = map_get(&p->q->old->entity_names, y->name);
    if (x && !same_entity(p, x, y)) return arena_printf(p->a, "entity %s", y->name);
  }
  return NULL;
}

/* ---- one rule -------------------------------------------------------------------------------- */

static struct rule_proof open_proof(struct rule_proof r, const char *why) {
  r.answer = PROOF_OPEN;
  r.why = why;
  return r;
}

static bool same_rows(const struct rule *x, const struct rule *y) {
  if (!x->entity != !y->entity || x->dims.n != y->dims.n) return false;
  return !x->entity || strcmp(x->entity->name, y->entity->name) == 0;
}

/* What both versions say of it differs in nothing that decides which rows it acts on. */
static bool says_the_same(struct proving *p, const struct rule *old, const struct rule *now) {
  return same_term(p, old->when, now->when) && old->unknown == now->unknown &&
         !policy_difference(p->q->old, now, p->q->day, p->q->day, p->a);
}

static struct rule_proof with_witness(struct proving *p, struct rule_proof r, bool more,
                                      bool fewer) {
  bool now_acts = false;
  const char *why = NULL;
  r.test = find_witness(p->q, r.old, r.now, p->a, &now_acts, &why);
  if (!r.test && more && fewer) return r;
  if (!r.test) return open_proof(r, why ? why : "no row was found that shows a difference");
  if (more == now_acts && fewer == !now_acts)
    r.answer = now_acts ? PROOF_MORE : PROOF_FEWER;
  else
    r.answer = PROOF_DIFFERS;
  return r;
}

static struct rule_proof compare_sets(struct proving *p, struct rule_proof r) {
  const struct term *x = spelled_out(p, r.old->when), *y = spelled_out(p, r.now->when);
  const char *left = threshold_left(x) ? threshold_left(x) : threshold_left(y);
  bool more = false, fewer = false;
  if (!left) {
    const struct condition *old = condition_of(&p->subjects, x);
    const struct condition *now = condition_of(&p->subjects, y);
    more = condition_implies(&p->subjects, old, now);
    fewer = condition_implies(&p->subjects, now, old);
  }
  if (more && fewer) {
    r.answer = PROOF_SAME;
    return r;
  }
  r = with_witness(p, r, more, fewer);
  if (r.answer == PROOF_OPEN && left && !r.test)
    r.why = arena_printf(p->a, "it uses %s inside a formula, a window or a table", left);
  return r;
}

static struct rule_proof prove(struct proving *p, const struct rule *old, const struct rule *now,
                               const char *entity) {
  struct rule_proof r = {.old = old, .now = now, .answer = PROOF_SAME};
  if (!same_rows(old, now)) return open_proof(r, "it runs over other rows");
  if (entity) return open_proof(r, arena_printf(p->a, "%s is read in another way", entity));
  const char *other = other_meaning(p, now);
  if (!other) other = other_meaning(p, old);
  if (says_the_same(p, old, now) && !other) return r;
  if (other) return open_proof(r, arena_printf(p->a, "it stands on %s, which has changed", other));
  if (old->unknown != now->unknown)
    return open_proof(r, "rows that cannot be judged are treated in another way");
  if (!now->entity) return open_proof(r, "it is about the company or groups: sums over many rows");
  return compare_sets(p, r);
}

struct rule_proof prove_rule(const struct proof_request *q, const struct rule *old,
                             const struct rule *now, struct arena *a) {
  struct proving p = {.q = q, .a = a, .subjects = {.a = a, .rs = q->now}};
  return prove(&p, old, now, other_entity(&p));
}

rule_proofs prove_rules(const struct proof_request *q, struct arena *a) {
  struct proving p = {.q = q, .a = a, .subjects = {.a = a, .rs = q->now}};
  rule_proofs out = {0};
  const char *entity = other_entity(&p);
  for (size_t i = 0; i < q->now->rules.n; i++) {
    const struct rule *now = q->now->rules.v[i], *old = policy_rule(q->old, now);
    if (!old) continue;
    struct rule_proof r = prove(&p, old, now, entity);
    VEC_PUSH(a, &out, r);
  }
  return out;
}
