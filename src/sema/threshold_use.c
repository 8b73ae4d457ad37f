/* In: a rule set and a threshold. Out: the rules and colors that stand on it. */
#include "sema/threshold_use.h"

#include <string.h>

struct searching {
  const struct ruleset *rs;
  const struct threshold *th;
  struct arena *a;
  struct map seen; /* what has a name and does not lead there, or is being looked into */
};

static bool reaches(struct searching *x, const struct term *t);

/* Definitions lead into each other without a circle; each is looked into once for each root. */
static bool is_seen(struct searching *x, const void *named) {
  return map_put(&x->seen, x->a, arena_printf(x->a, "%p", named), x) != NULL;
}

static bool segment_reaches(struct searching *x, const struct segment *s) {
  return s && !is_seen(x, s) && (reaches(x, s->term) || segment_reaches(x, s->inside));
}

static bool threshold_reaches(struct searching *x, const struct threshold *th) {
  if (th == x->th) return true;
  for (size_t i = 0; i < th->lines.n; i++)
    if (segment_reaches(x, th->lines.v[i].segment)) return true;
  return false;
}

/* A dimension is a path of names: an attribute of any entity that is computed from the threshold
 * counts. */
static bool dims_reach(struct searching *x, const dim_list *dims) {
  for (size_t i = 0; i < dims->n; i++) {
    const name_list *path = &dims->v[i].path->path;
    const char *last = path->n ? path->v[path->n - 1] : "";
    for (size_t e = 0; e < x->rs->entities.n; e++)
      for (size_t k = 0; k < x->rs->entities.v[e]->attrs.n; k++) {
        const struct attr *at = x->rs->entities.v[e]->attrs.v[k];
        if (strcmp(at->name, last) == 0 && !is_seen(x, at) && reaches(x, at->term)) return true;
      }
  }
  return false;
}

static bool aggregate_reaches(struct searching *x, const struct agg *g) {
  for (size_t i = 0; i < g->values.n; i++)
    if (reaches(x, g->values.v[i])) return true;
  return reaches(x, g->where) || segment_reaches(x, g->segment);
}

static bool named_reaches(struct searching *x, const struct term *t) {
  switch (t->kind) {
    case T_THRESHOLD: return threshold_reaches(x, t->threshold);
    case T_SEGMENT: return segment_reaches(x, t->segment);
    case T_ATTR: return !is_seen(x, t->attr) && reaches(x, t->attr->term);
    case T_KPI:
      return !is_seen(x, t->kpi) && (reaches(x, t->kpi->term) || dims_reach(x, &t->kpi->dims));
    case T_AGG: return aggregate_reaches(x, t->agg);
    default: return false;
  }
}

static bool reaches(struct searching *x, const struct term *t) {
  if (!t) return false;
  if (named_reaches(x, t) || reaches(x, t->a) || reaches(x, t->b) || reaches(x, t->c)) return true;
  for (size_t i = 0; i < t->list.n; i++)
    if (reaches(x, t->list.v[i])) return true;
  return false;
}

static bool any_reaches(struct searching *x, const struct term *const *terms, size_t n,
                        const dim_list *dims) {
  x->seen = (struct map){0};
  for (size_t i = 0; i < n; i++)
    if (reaches(x, terms[i])) return true;
  return dims && dims_reach(x, dims);
}

/* Its due day, or a day that counts from there. */
static bool deadline_reaches(struct searching *x, const struct rule *r) {
  const struct term *const terms[] = {r->due.term, r->due.dur.of, r->reopens.of, r->reminds.of};
  bool found = any_reaches(x, terms, sizeof terms / sizeof *terms, NULL);
  for (size_t i = 0; !found && i < r->levels.n; i++) found = reaches(x, r->levels.v[i].after.of);
  for (size_t i = 0; !found && i < r->steps.n; i++) found = reaches(x, r->steps.v[i].of->due.of);
  return found;
}

static void add_rules(struct searching *x, struct threshold_use *out) {
  for (size_t i = 0; i < x->rs->rules.n; i++) {
    const struct rule *r = x->rs->rules.v[i];
    const struct term *const terms[] = {r->when, r->clear, r->settled, r->once, r->worth, r->owner};
    bool deadline = deadline_reaches(x, r);
    if (!deadline && !any_reaches(x, terms, sizeof terms / sizeof *terms, &r->dims)) continue;
    VEC_PUSH(x->a, &out->rules, r->name);
    if (deadline) VEC_PUSH(x->a, &out->deadlines, r->name);
  }
}

static void add_targets(struct searching *x, struct threshold_use *out) {
  for (size_t i = 0; i < x->rs->targets.n; i++) {
    const struct target *t = x->rs->targets.v[i];
    const struct term *const terms[] = {t->measure, t->goal, t->by, t->owner_term};
    if (t->check && any_reaches(x, terms, sizeof terms / sizeof *terms, &t->dims))
      VEC_PUSH(x->a, &out->rules, t->name);
  }
}

static void add_colors(struct searching *x, struct threshold_use *out) {
  for (size_t i = 0; i < x->rs->kpis.n; i++) {
    const struct kpi *k = x->rs->kpis.v[i];
    const struct term *const bands[] = {k->green.a, k->green.b, k->amber.a, k->amber.b,
                                        k->red.a,   k->red.b,   k->term};
    bool colored = k->green.set || k->amber.set || k->red.set;
    if (colored && any_reaches(x, bands, sizeof bands / sizeof *bands, &k->dims))
      VEC_PUSH(x->a, &out->colors, k->name);
  }
}

struct threshold_use threshold_use(const struct ruleset *rs, const struct threshold *th,
                                   struct arena *a) {
  struct searching x = {.rs = rs, .th = th, .a = a};
  struct threshold_use out = {0};
  add_rules(&x, &out);
  add_targets(&x, &out);
  add_colors(&x, &out);
  return out;
}

bool segment_uses_threshold(const struct ruleset *rs, const struct segment *s,
                            const struct threshold *th, struct arena *a) {
  struct searching x = {.rs = rs, .th = th, .a = a};
  return segment_reaches(&x, s);
}
