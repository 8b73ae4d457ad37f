/* In: a condition, a day. Out: the condition without names of segments and thresholds. */
#include "diff/spelled.h"

#include "lint/condition.h"
#include "sema/threshold_line.h"

struct spelling {
  day_t day;
  struct arena *a;
};

static struct term *spell(const struct spelling *s, const struct term *t, bool not_true);

static struct term *term_like(const struct spelling *s, const struct term *t) {
  struct term *n = NEW(s->a, struct term);
  *n = *t;
  return n;
}

static struct term *logic(const struct spelling *s, enum term_kind kind, const struct term *like,
                          struct term *x, struct term *y) {
  struct term *n = NEW(s->a, struct term);
  *n = (struct term){.kind = kind, .type = {.unit = U_FLAG}, .src = like->src, .ent = like->ent};
  n->a = x;
  n->b = y;
  return n;
}

/* x NULL: y alone. */
static struct term *joined(const struct spelling *s, enum term_kind kind, struct term *x,
                           struct term *y) {
  return x ? logic(s, kind, y, x, y) : y;
}

/* ---- the lines of a threshold --------------------------------------------------------------- */

/* The value of a line, as a constant in place of the threshold. */
static struct term *line_term(const struct spelling *s, const struct term *th,
                              const struct threshold_line *l) {
  struct term *c = NEW(s->a, struct term);
  bool minor = th->threshold->bare && th->type.unit == U_MONEY;
  *c = (struct term){.kind = T_CONST, .type = th->type, .src = th->src};
  c->value = l->value;
  c->value.known = true;
  c->value.type = th->type;
  if (th->threshold->is_duration) c->value.num = duration_days(l->dur);
  if (minor) c->value.num = l->value.num * currency_minor(th->type.currency);
  return c;
}

static struct term *with_line(const struct spelling *s, const struct term *cmp,
                              const struct threshold_line *l) {
  struct term *n = term_like(s, cmp);
  if (cmp->a->kind == T_THRESHOLD) n->a = line_term(s, cmp->a, l);
  if (cmp->b->kind == T_THRESHOLD) n->b = line_term(s, cmp->b, l);
  return n;
}

typedef VEC(const struct threshold_line *) line_list;

/* The lines in force on the day, one for each scope, the most particular first, the base last. */
static line_list lines_in_force(const struct spelling *s, const struct threshold *t) {
  line_list out = {0};
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *l = threshold_line_on(t, &t->lines.v[i], s->day);
    bool first = true;
    for (size_t k = 0; k < i; k++) first &= !same_scope(&t->lines.v[k], &t->lines.v[i]);
    if (!l || !first) continue;
    VEC_PUSH(s->a, &out, l);
    size_t at = out.n - 1;
    for (; at && threshold_line_rank(out.v[at - 1]) < threshold_line_rank(l); at--)
      out.v[at] = out.v[at - 1];
    out.v[at] = l;
  }
  return out;
}

/* Path k of a table holds what the line names. */
static struct term *entry_term(const struct spelling *s, const struct term *th,
                               const struct threshold_line *l, size_t k) {
  struct term *text = NEW(s->a, struct term);
  *text = (struct term){.kind = T_CONST, .type = th->list.v[k]->type, .src = th->src};
  text->value = (struct value){.known = true, .type = th->list.v[k]->type, .text = l->entries.v[k]};
  struct term *is = logic(s, T_CMP, th, th->list.v[k], text);
  is->op = OP_EQ;
  return is;
}

/* Is the row one that the line is for? NULL of the base: it takes all that is left. */
static struct term *scope_term(const struct spelling *s, const struct term *th,
                               const struct threshold_line *l, bool not_true) {
  struct term *all = NULL;
  if (l->segment) return spell(s, l->segment->term, not_true);
  for (size_t k = 0; k < l->entries.n; k++) all = joined(s, T_AND, all, entry_term(s, th, l, k));
  return all ? spell(s, all, not_true) : NULL;
}

/* x > threshold with lines for segments: (big and x > 20) or (not big and x > 10). */
static struct term *by_lines(const struct spelling *s, const struct term *cmp,
                             const struct term *th, bool not_true) {
  line_list lines = lines_in_force(s, th->threshold);
  struct term *all = NULL, *before = NULL;
  for (size_t i = 0; i < lines.n; i++) {
    struct term *one = with_line(s, cmp, lines.v[i]);
    struct term *in = scope_term(s, th, lines.v[i], false);
    if (not_true) one = logic(s, T_NOT, cmp, one, NULL);
    one = joined(s, T_AND, in, one);
    all = joined(s, T_OR, all, joined(s, T_AND, before, one));
    if (!in) break; /* the base */
    before = joined(s, T_AND, before, scope_term(s, th, lines.v[i], true));
  }
  return all;
}

static const struct term *threshold_in(const struct term *cmp) {
  if (cmp->kind != T_CMP && cmp->kind != T_MOVE_CMP) return NULL;
  if (cmp->a->kind == T_THRESHOLD) return cmp->a;
  return cmp->b->kind == T_THRESHOLD ? cmp->b : NULL;
}

/* ---- conditions ----------------------------------------------------------------------------- */

static struct term *spell(const struct spelling *s, const struct term *t, bool not_true) {
  const struct term *th = threshold_in(t);
  struct term *n = th ? by_lines(s, t, th, not_true) : NULL;
  if (n) return n;
  if (t->kind == T_NOT) return spell(s, t->a, !not_true);
  if (t->kind == T_SEGMENT) return spell(s, t->segment->term, not_true);
  if (t->kind == T_ATTR && t->attr->kind == ATTR_COMPUTED && t->type.unit == U_FLAG)
    return spell(s, t->attr->term, not_true);
  if (t->kind == T_AND || t->kind == T_OR) {
    bool both = (t->kind == T_AND) != not_true; /* a or b is false where both are */
    return logic(s, both ? T_AND : T_OR, t, spell(s, t->a, not_true), spell(s, t->b, not_true));
  }
  n = term_like(s, t);
  return not_true ? logic(s, T_NOT, t, n, NULL) : n;
}

struct term *spelled_out(const struct term *t, bool not_true, day_t day, struct arena *a) {
  return spell(&(struct spelling){day, a}, t, not_true);
}
