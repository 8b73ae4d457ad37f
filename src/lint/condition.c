/* Conditions taken apart. In: a term. Out: an `or` of `and`s of atoms, and proofs about them. */
#include "lint/condition.h"

#include "lint/atom.h"

enum { WAYS_MAX = 32, ATOMS_MAX = 24 }; /* larger conditions are left alone */

typedef VEC(struct conjunction) ways;

static bool ways_of(struct subjects *s, const struct term *t, bool negated, const char *prefix,
                    ways *out, int depth);

static bool cross(struct subjects *s, const ways *x, const ways *y, ways *out) {
  if (x->n * y->n > WAYS_MAX) return false;
  for (size_t i = 0; i < x->n; i++)
    for (size_t k = 0; k < y->n; k++) {
      struct conjunction both = {0};
      for (size_t j = 0; j < x->v[i].atoms.n; j++) VEC_PUSH(s->a, &both.atoms, x->v[i].atoms.v[j]);
      for (size_t j = 0; j < y->v[k].atoms.n; j++) VEC_PUSH(s->a, &both.atoms, y->v[k].atoms.v[j]);
      if (both.atoms.n > ATOMS_MAX) return false;
      VEC_PUSH(s->a, out, both);
    }
  return true;
}

static bool ways_of_two(struct subjects *s, const struct term *t, bool negated, const char *prefix,
                        ways *out, int depth) {
  ways x = {0}, y = {0};
  bool product = (t->kind == T_AND) != negated;
  if (!ways_of(s, t->a, negated, prefix, &x, depth) ||
      !ways_of(s, t->b, negated, prefix, &y, depth))
    return false;
  if (product) return cross(s, &x, &y, out);
  if (x.n + y.n > WAYS_MAX) return false;
  for (size_t i = 0; i < x.n; i++) VEC_PUSH(s->a, out, x.v[i]);
  for (size_t i = 0; i < y.n; i++) VEC_PUSH(s->a, out, y.v[i]);
  return true;
}

/* What stands behind a name that is a condition: a segment, a computed flag. NULL: nothing. */
static const struct term *behind(const struct term *t) {
  if (t->kind == T_SEGMENT) return t->segment->term;
  if (t->kind == T_ATTR && t->attr->kind == ATTR_COMPUTED && t->type.unit == U_FLAG)
    return t->attr->term;
  return NULL;
}

static bool ways_of(struct subjects *s, const struct term *t, bool negated, const char *prefix,
                    ways *out, int depth) {
  const struct term *inner = behind(t);
  if (depth > 40) return false;
  if (t->kind == T_NOT) return ways_of(s, t->a, !negated, prefix, out, depth + 1);
  if (t->kind == T_AND || t->kind == T_OR)
    return ways_of_two(s, t, negated, prefix, out, depth + 1);
  if (inner) return ways_of(s, inner, negated, prefix, out, depth + 1);
  if (t->kind == T_PARENT && t->type.unit == U_FLAG && behind(t->a)) {
    const char *way =
        arena_printf(s->a, "%s%s>%s ", prefix, t->edge->column, t->edge->parent->name);
    return ways_of(s, t->a, negated, way, out, depth + 1);
  }
  struct conjunction one = {0};
  if (t->kind == T_CONST && t->type.unit == U_FLAG) {
    /* true: nothing more is asked */
    if ((t->value.num != 0) != negated) VEC_PUSH(s->a, out, one);
    return true;
  }
  VEC_PUSH(s->a, &one.atoms, atom_of(s, t, negated, prefix));
  VEC_PUSH(s->a, out, one);
  return true;
}

/* ---- proofs --------------------------------------------------------------------------- */

/* The values that the atoms of c leave to x. *said: one of them speaks of it. */
static struct set left_to(struct subjects *s, const struct conjunction *c, const struct subject *x,
                          const struct atom *skip, bool *said) {
  struct set left = x->domain;
  *said = false;
  for (size_t i = 0; i < c->atoms.n; i++)
    for (int k = 0; k < c->atoms.v[i]->n; k++) {
      const struct view *v = &c->atoms.v[i]->views[k];
      if (v->subject != x || c->atoms.v[i] == skip) continue;
      left = set_and(s->a, &left, &v->wide);
      *said = true;
    }
  return left;
}

static void set_left(struct subjects *s, struct conjunction *c) {
  for (size_t i = 0; i < c->atoms.n; i++)
    for (int k = 0; k < c->atoms.v[i]->n; k++) {
      struct left x = {.subject = c->atoms.v[i]->views[k].subject};
      bool known = false, said;
      for (size_t j = 0; j < c->left.n; j++) known |= c->left.v[j].subject == x.subject;
      if (known) continue;
      x.set = left_to(s, c, x.subject, NULL, &said);
      VEC_PUSH(s->a, &c->left, x);
    }
}

static struct condition *take_apart(struct subjects *s, const struct term *t) {
  struct condition *c = NEW(s->a, struct condition);
  ways any = {0};
  c->term = t;
  c->opaque = !ways_of(s, t, false, "", &any, 0);
  if (c->opaque) any.n = 0;
  c->any.v = any.v;
  c->any.n = any.n;
  c->any.cap = any.cap;
  for (size_t i = 0; i < c->any.n; i++) set_left(s, &c->any.v[i]);
  return c;
}

const struct condition *condition_of(struct subjects *s, const struct term *t) {
  if (!t) return NULL;
  const struct condition *c = pointer_map_get(&s->apart, t);
  if (!c) pointer_map_put(&s->apart, s->a, t, c = take_apart(s, t));
  return c;
}

/* The earliest atom whose exclusion of y needs only these two; y alone when the domain is enough.
 */
static const struct atom *partner(struct subjects *s, const struct conjunction *c,
                                  const struct atom *y, const struct subject *x) {
  for (size_t i = 0; i < c->atoms.n; i++) {
    struct conjunction two = {0};
    bool said;
    VEC_PUSH(s->a, &two.atoms, y);
    VEC_PUSH(s->a, &two.atoms, c->atoms.v[i]);
    struct set left = left_to(s, &two, x, NULL, &said);
    if (set_empty(&left)) return c->atoms.v[i];
  }
  return y;
}

bool conjunction_contradicts(struct subjects *s, const struct conjunction *c, const struct atom **x,
                             const struct atom **y) {
  bool empty = false;
  for (size_t i = 0; i < c->left.n && !empty; i++) empty = set_empty(&c->left.v[i].set);
  for (size_t i = 0; empty && i < c->atoms.n; i++)
    for (int k = 0; k < c->atoms.v[i]->n; k++) {
      bool said;
      const struct subject *about = c->atoms.v[i]->views[k].subject;
      struct conjunction so_far = {.atoms = {.v = c->atoms.v, .n = i + 1, .cap = i + 1}};
      struct set left = left_to(s, &so_far, about, NULL, &said);
      if (!set_empty(&left)) continue;
      *y = c->atoms.v[i];
      *x = partner(s, c, *y, about);
      return true;
    }
  return false;
}

bool atom_always(const struct atom *b) {
  for (int k = 0; k < b->n; k++)
    if (!b->views[k].aside && set_within(&b->views[k].subject->domain, &b->views[k].tight))
      return true;
  return false;
}

bool conjunction_implies(struct subjects *s, const struct conjunction *c, const struct atom *b,
                         const struct atom *skip) {
  for (size_t i = 0; i < c->atoms.n; i++)
    if (c->atoms.v[i] != skip && c->atoms.v[i]->key == b->key) return true;
  for (int k = 0; k < b->n; k++) {
    bool said = false;
    struct set without;
    const struct set *left = NULL;
    if (b->views[k].aside) continue;
    if (skip) without = left_to(s, c, b->views[k].subject, skip, &said);
    if (said) left = &without;
    for (size_t i = 0; !skip && i < c->left.n; i++)
      if (c->left.v[i].subject == b->views[k].subject) left = &c->left.v[i].set;
    if (left && set_within(left, &b->views[k].tight)) return true;
  }
  return false;
}

static bool implies_all(struct subjects *s, const struct conjunction *x,
                        const struct conjunction *y) {
  for (size_t i = 0; i < y->atoms.n; i++)
    if (!conjunction_implies(s, x, y->atoms.v[i], NULL)) return false;
  return true;
}

bool condition_implies(struct subjects *s, const struct condition *x, const struct condition *y) {
  if (x->opaque || y->opaque || !x->any.n || !y->any.n) return false;
  for (size_t i = 0; i < x->any.n; i++) {
    bool found = false;
    for (size_t k = 0; k < y->any.n && !found; k++)
      found = implies_all(s, &x->any.v[i], &y->any.v[k]);
    if (!found) return false;
  }
  return true;
}

static bool ways_exclude(struct subjects *s, const struct conjunction *x,
                         const struct conjunction *y) {
  for (size_t i = 0; i < x->left.n; i++)
    for (size_t k = 0; k < y->left.n; k++) {
      if (x->left.v[i].subject != y->left.v[k].subject) continue;
      struct set both = set_and(s->a, &x->left.v[i].set, &y->left.v[k].set);
      if (set_empty(&both)) return true;
    }
  return false;
}

bool conditions_exclude(struct subjects *s, const struct condition *x, const struct condition *y) {
  if (!x || !y || x->opaque || y->opaque || !x->any.n || !y->any.n) return false;
  for (size_t i = 0; i < x->any.n; i++)
    for (size_t k = 0; k < y->any.n; k++)
      if (!ways_exclude(s, &x->any.v[i], &y->any.v[k])) return false;
  return true;
}
