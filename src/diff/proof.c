/* In: a rule in two versions. Out: whether it acts on the same rows, more, fewer, or other ones. */
#include "diff/proof.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/map.h"
#include "lint/condition.h"
#include "sema/policy_diff.h"
#include "sema/threshold_line.h"

struct proving {
  const struct proof_request *q;
  struct arena *a;
  struct subjects subjects; /* of both versions: a name means one thing, or nothing is proved */
  bool other_calendar;      /* days, amounts or cells are read in another way */
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

static bool line_is_there(const struct threshold *t, const struct threshold_line *l,
                          struct arena *a) {
  for (size_t i = 0; i < t->lines.n; i++)
    if (t->lines.v[i].from == l->from && same_written_scope(&t->lines.v[i], l) &&
        strcmp(threshold_line_value(t, &t->lines.v[i], a), threshold_line_value(t, l, a)) == 0)
      return true;
  return false;
}

/* Every line that has come by the day is in both: a rule may look at the days before it. */
static bool same_lines(struct proving *p, const struct threshold *x, const struct threshold *y) {
  for (size_t i = 0; i < x->lines.n; i++)
    if (x->lines.v[i].from <= p->q->day && !line_is_there(y, &x->lines.v[i], p->a)) return false;
  for (size_t i = 0; i < y->lines.n; i++)
    if (y->lines.v[i].from <= p->q->day && !line_is_there(x, &y->lines.v[i], p->a)) return false;
  return true;
}

static int by_words(const void *pa, const void *pb) {
  return strcmp(*(const char *const *)pa, *(const char *const *)pb);
}

/* What a declaration of the kind says of how rows and days are read; name NULL: any. Its label, its
 * page and its attributes are compared elsewhere, or decide nothing. */
static const char *frame_of(const struct ruleset *rs, enum clause_kind kind, const char *name,
                            struct arena *a) {
  name_list words = {0};
  const char *text = "";
  for (size_t i = 0; i < rs->asts.n; i++)
    for (size_t k = 0; k < rs->asts.v[i]->items.n; k++) {
      const struct ast_item *it = rs->asts.v[i]->items.v[k];
      if (it->head->kind != kind || (name && strcmp(it->head->name, name) != 0)) continue;
      VEC_PUSH(a, &words, policy_words(it->head->span, a));
      for (size_t c = 0; c < it->body.n; c++) {
        enum clause_kind of = it->body.v[c]->kind;
        if (of == C_LABEL || of == C_LINK || of == C_ATTR) continue;
        VEC_PUSH(a, &words, policy_words(it->body.v[c]->span, a));
      }
    }
  if (words.n) qsort(words.v, words.n, sizeof *words.v, by_words);
  for (size_t i = 0; i < words.n; i++) text = arena_printf(a, "%s%s\n", text, words.v[i]);
  return text;
}

/* The line of an attribute, as it is written. */
static const char *attr_words(const struct ruleset *rs, const struct attr *at, struct arena *a) {
  for (size_t i = 0; i < rs->asts.n; i++)
    for (size_t k = 0; k < rs->asts.v[i]->items.n; k++) {
      const struct ast_item *it = rs->asts.v[i]->items.v[k];
      if (it->head->kind != C_ENTITY || strcmp(it->head->name, at->entity->name) != 0) continue;
      for (size_t c = 0; c < it->body.n; c++)
        if (it->body.v[c]->name && strcmp(it->body.v[c]->name, at->name) == 0)
          return policy_words(it->body.v[c]->span, a);
    }
  return "";
}

static bool same_attr(struct proving *p, const struct attr *x, const struct attr *y) {
  if (x->kind != y->kind) return false;
  if (x->kind == ATTR_COMPUTED) return same_term(p, x->term, y->term);
  return strcmp(attr_words(p->q->old, x, p->a), attr_words(p->q->now, y, p->a)) == 0;
}

static bool same_frame(struct proving *p, enum clause_kind kind, const char *name) {
  return strcmp(frame_of(p->q->old, kind, name, p->a), frame_of(p->q->now, kind, name, p->a)) == 0;
}

/* Does "kpi mrr", "segment big" mean the same in both? */
static bool means_the_same(struct proving *p, const char *kind_and_name) {
  const struct ruleset *old = p->q->old, *now = p->q->now;
  const char *name = strchr(kind_and_name, ' ') + 1;
  size_t n = (size_t)(name - kind_and_name);
  const void *x = NULL, *y = NULL;
  if (strncmp(kind_and_name, "kpi ", n) == 0) {
    x = map_get(&old->kpi_names, name), y = map_get(&now->kpi_names, name);
    return x && y && same_term(p, ((const struct kpi *)x)->term, ((const struct kpi *)y)->term);
  }
  if (strncmp(kind_and_name, "segment ", n) == 0) {
    x = map_get(&old->segment_names, name), y = map_get(&now->segment_names, name);
    return x && y &&
           same_term(p, ((const struct segment *)x)->term, ((const struct segment *)y)->term);
  }
  if (strncmp(kind_and_name, "threshold ", n) == 0) {
    x = map_get(&old->threshold_names, name), y = map_get(&now->threshold_names, name);
    return x && y && same_lines(p, x, y);
  }
  if (strncmp(kind_and_name, "attribute ", n) == 0) {
    x = attr_named(old, name), y = attr_named(now, name);
    return x && y && same_attr(p, x, y);
  }
  CHECK(strncmp(kind_and_name, "entity ", n) == 0); /* the kinds of policy_names */
  return same_frame(p, C_ENTITY, name);
}

/* The first of the names that means another thing; NULL: none. */
static const char *changed_name(struct proving *p, name_list names) {
  for (size_t i = 0; i < names.n; i++)
    if (!means_the_same(p, names.v[i])) return names.v[i];
  return NULL;
}

static const char *changed_of(struct proving *p, const struct term *x, const struct term *y) {
  const char *name = changed_name(p, policy_names(x, p->a));
  return name ? name : changed_name(p, policy_names(y, p->a));
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
         !changed_of(p, old->when, now->when);
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

/* What is left of names after thresholds and segments are spelled out stands for one thing in both
 * versions, or nothing is proved: it is inside a formula, a sum, a stretch of days. */
static struct rule_proof compare_sets(struct proving *p, struct rule_proof r) {
  const struct term *x = spelled_out(p, r.old->when), *y = spelled_out(p, r.now->when);
  const char *left = changed_of(p, x, y);
  bool more = false, fewer = false;
  if (left && strncmp(left, "threshold ", 10) != 0 && strncmp(left, "segment ", 8) != 0)
    return open_proof(r, arena_printf(p->a, "it stands on %s, which has changed", left));
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
  if (r.answer == PROOF_OPEN && left)
    r.why =
        arena_printf(p->a, "%s has changed, and stands inside a formula, a sum or many days", left);
  return r;
}

static struct rule_proof prove(struct proving *p, const struct rule *old, const struct rule *now) {
  struct rule_proof r = {.old = old, .now = now, .answer = PROOF_SAME};
  if (!same_rows(old, now)) return open_proof(r, "it runs over other rows");
  if (now->entity && !same_frame(p, C_ENTITY, now->entity->name))
    return open_proof(r, arena_printf(p->a, "entity %s is read in another way", now->entity->name));
  if (p->other_calendar) return open_proof(r, "the calendar, or what is unreadable, has changed");
  if (says_the_same(p, old, now)) return r;
  if (old->unknown != now->unknown)
    return open_proof(r, "rows that cannot be judged are treated in another way");
  const char *other = now->entity ? NULL : changed_of(p, old->when, now->when);
  if (other && strncmp(other, "threshold ", 10) != 0)
    return open_proof(r, arena_printf(p->a, "it stands on %s, which has changed", other));
  if (!now->entity) return open_proof(r, "it is about the company or groups: sums over many rows");
  return compare_sets(p, r);
}

static struct proving proving_of(const struct proof_request *q, struct arena *a) {
  struct proving p = {.q = q, .a = a, .subjects = {.a = a, .rs = q->now}};
  p.other_calendar = !same_frame(&p, C_CALENDAR, NULL) || !same_frame(&p, C_UNREADABLE, NULL);
  return p;
}

struct rule_proof prove_rule(const struct proof_request *q, const struct rule *old,
                             const struct rule *now, struct arena *a) {
  struct proving p = proving_of(q, a);
  return prove(&p, old, now);
}

rule_proofs prove_rules(const struct proof_request *q, struct arena *a) {
  struct proving p = proving_of(q, a);
  rule_proofs out = {0};
  for (size_t i = 0; i < q->now->rules.n; i++) {
    const struct rule *now = q->now->rules.v[i], *old = policy_rule(q->old, now);
    if (!old) continue;
    struct rule_proof r = prove(&p, old, now);
    VEC_PUSH(a, &out, r);
  }
  return out;
}
