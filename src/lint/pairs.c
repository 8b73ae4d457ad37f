/* Rules that act on the same rows. In: the rules' conditions. Out: pairs of a narrower and a
 * wider one. */
#include "base/hash.h"
#include "lint/check.h"

#include <stdlib.h>
#include <string.h>

enum { SUBJECTS_MAX = 6, TRIED_MAX = 400 };

typedef VEC(const struct rule_facts *) bucket;

static int by_key(const void *a, const void *b) {
  const struct subject *x = *(const struct subject *const *)a,
                       *y = *(const struct subject *const *)b;
  return strcmp(x->key, y->key);
}

/* The things that a condition of one way speaks of, sorted; 0 when it is of another form. */
static size_t subjects_of(const struct rule_facts *f, const struct subject **out) {
  size_t n = 0;
  if (!f->when || f->when->any.n != 1) return 0;
  const struct conjunction *c = &f->when->any.v[0];
  for (size_t i = 0; i < c->atoms.n; i++) {
    if (n == SUBJECTS_MAX) return 0;
    out[n++] = c->atoms.v[i]->views[0].subject;
  }
  qsort(out, n, sizeof *out, by_key);
  size_t unique = 0;
  for (size_t i = 0; i < n; i++)
    if (!unique || out[unique - 1] != out[i]) out[unique++] = out[i];
  return unique;
}

/* Rules of one team and entity that speak of the subjects in mask. Two keys may collide: what
 * comes of it is proved. */
static const char *bucket_key(struct lint *l, const struct rule *r,
                              const struct subject *const *subjects, size_t n, unsigned mask) {
  uint64_t h = hash_mix((uintptr_t)r->entity) ^ (uintptr_t)r->team;
  for (size_t i = 0; i < n; i++)
    if (mask >> i & 1) h = hash_mix(h + (uintptr_t)subjects[i]);
  return arena_printf(l->a, "%llx", (unsigned long long)h);
}

static bool comparable(const struct rule *x, const struct rule *y) {
  return x != y && x->entity == y->entity && !x->dims.n && !y->dims.n;
}

/* A wider rule among those that speak of some of the same things. */
static const struct rule_facts *wider(struct lint *l, const struct map *buckets,
                                      const struct rule_facts *f) {
  const struct subject *subjects[SUBJECTS_MAX];
  size_t n = subjects_of(f, subjects);
  int tried = 0;
  for (unsigned mask = (1U << n) - 1; n && mask > 0; mask--) {
    const bucket *b = map_get(buckets, bucket_key(l, f->rule, subjects, n, mask));
    for (size_t i = 0; b && i < b->n && tried < TRIED_MAX; i++, tried++)
      if (comparable(f->rule, b->v[i]->rule) && strcmp(f->when_key, b->v[i]->when_key) != 0 &&
          condition_implies(&l->subjects, f->when, b->v[i]->when))
        return b->v[i];
  }
  return NULL;
}

static void add_pair(struct lint *l, const struct rule_facts *narrow, const struct rule_facts *wide,
                     bool same) {
  struct rule_pair p = {narrow, wide, same};
  VEC_PUSH(l->a, &l->facts.pairs, p);
}

/* An equal rule comes before a wider one. Wider ones are looked for among rules of the team that
 * speak of the same things. */
void pairs_gather(struct lint *l) {
  struct map same = {0}, buckets = {0};
  const struct rule_facts **twin = NEW_N(l->a, const struct rule_facts *, l->facts.rules.n + 1);
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule_facts *f = &l->facts.rules.v[i];
    if (f->rule->dims.n || f->dead) continue;
    const char *key = arena_printf(l->a, "%p%s", (void *)f->rule->entity, f->when_key);
    twin[i] = map_get(&same, key);
    if (!twin[i]) map_put(&same, l->a, key, (void *)f);
    const struct subject *subjects[SUBJECTS_MAX];
    size_t n = subjects_of(f, subjects);
    if (!n) continue;
    const char *of = bucket_key(l, f->rule, subjects, n, (1U << n) - 1);
    bucket *b = map_get(&buckets, of);
    if (!b) map_put(&buckets, l->a, of, b = NEW(l->a, bucket));
    VEC_PUSH(l->a, b, f);
  }
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule_facts *f = &l->facts.rules.v[i], *w = twin[i];
    if (f->dead) continue;
    if (w) {
      add_pair(l, f, w, true);
    } else if ((w = wider(l, &buckets, f))) {
      bool same_rows = condition_implies(&l->subjects, w->when, f->when);
      if (!same_rows || f > w) add_pair(l, f, w, same_rows);
    }
  }
}

bool same_due(const struct rule *x, const struct rule *y) {
  const struct length *a = &x->due.dur, *b = &y->due.dur;
  bool same = a->of && b->of
                  ? a->of->threshold == b->of->threshold
                  : !a->of && !b->of && a->dur.n == b->dur.n && a->dur.unit == b->dur.unit;
  return x->due.kind == y->due.kind && same && x->due.side == y->due.side;
}
