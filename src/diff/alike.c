/* In: a name, two versions of a policy. Out: whether it means the same in both. */
#include "diff/alike.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/map.h"
#include "lint/condition.h"
#include "sema/dims.h"
#include "sema/policy_diff.h"
#include "sema/threshold_line.h"

static bool means_the_same(const struct versions *v, const char *kind_and_name);

/* ---- a KPI that was renamed --------------------------------------------------------------- */

/* The KPI of the old version that the new one calls so; NULL: none. */
static const struct kpi *old_kpi(const struct versions *v, const char *name) {
  const struct kpi *now = map_get(&v->now->kpi_names, name), *old = NULL;
  old = map_get(&v->old->kpi_names, name);
  for (size_t i = 0; now && !old && i < now->was.n; i++)
    old = map_get(&v->old->kpi_names, now->was.v[i]);
  return old;
}

static const char *name_now(const struct versions *v, const char *old_name) {
  const struct kpi *k = kpi_called(v->now, old_name);
  return k ? k->name : old_name;
}

static const struct agg *agg_as_now(const struct versions *v, const struct agg *g) {
  struct agg *n = NEW(v->a, struct agg);
  *n = *g;
  n->values = (term_list){0};
  for (size_t i = 0; i < g->values.n; i++)
    VEC_PUSH(v->a, &n->values, (struct term *)as_now(v, g->values.v[i]));
  n->where = (struct term *)as_now(v, g->where);
  return n;
}

static const struct kpi *kpi_as_now(const struct versions *v, const struct kpi *k) {
  struct kpi *n = NEW(v->a, struct kpi);
  *n = *k;
  n->name = name_now(v, k->name);
  return n;
}

const struct term *as_now(const struct versions *v, const struct term *t) {
  if (!t) return NULL;
  struct term *n = NEW(v->a, struct term);
  *n = *t;
  n->a = (struct term *)as_now(v, t->a);
  n->b = (struct term *)as_now(v, t->b);
  n->c = (struct term *)as_now(v, t->c);
  n->list = (term_list){0};
  for (size_t i = 0; i < t->list.n; i++)
    VEC_PUSH(v->a, &n->list, (struct term *)as_now(v, t->list.v[i]));
  if (t->kind == T_KPI) n->kpi = (struct kpi *)kpi_as_now(v, t->kpi);
  if (t->kind == T_AGG) n->agg = (struct agg *)agg_as_now(v, t->agg);
  return n;
}

bool same_term(const struct versions *v, const struct term *old, const struct term *now) {
  if (!old || !now) return old == now;
  return strcmp(term_key(v->a, as_now(v, old)), term_key(v->a, now)) == 0;
}

/* ---- lines of thresholds ------------------------------------------------------------------ */

static bool line_is_there(const struct threshold *t, const struct threshold_line *l,
                          struct arena *a) {
  for (size_t i = 0; i < t->lines.n; i++)
    if (t->lines.v[i].from == l->from && same_written_scope(&t->lines.v[i], l) &&
        strcmp(threshold_line_value(t, &t->lines.v[i], a), threshold_line_value(t, l, a)) == 0)
      return true;
  return false;
}

static size_t lines_by(const struct threshold *t, day_t day) {
  size_t n = 0;
  for (size_t i = 0; i < t->lines.n; i++) n += t->lines.v[i].from <= day;
  return n;
}

/* Every line that has come by the day is in both: a rule may look at the days before it. */
static bool same_lines(const struct versions *v, const struct threshold *x,
                       const struct threshold *y) {
  for (size_t i = 0; i < x->lines.n; i++)
    if (x->lines.v[i].from <= v->day && !line_is_there(y, &x->lines.v[i], v->a)) return false;
  for (size_t i = 0; i < y->lines.n; i++)
    if (y->lines.v[i].from <= v->day && !line_is_there(x, &y->lines.v[i], v->a)) return false;
  return lines_by(x, v->day) == lines_by(y, v->day);
}

/* ---- how rows and days are read ------------------------------------------------------------ */

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

bool same_frame(const struct versions *v, enum clause_kind kind, const char *name) {
  return strcmp(frame_of(v->old, kind, name, v->a), frame_of(v->now, kind, name, v->a)) == 0;
}

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

static bool same_attr(const struct versions *v, const struct attr *x, const struct attr *y) {
  if (x->kind != y->kind) return false;
  if (x->kind == ATTR_COMPUTED) return same_term(v, x->term, y->term);
  return strcmp(attr_words(v->old, x, v->a), attr_words(v->now, y, v->a)) == 0;
}

static const struct entity *entity_named(const struct ruleset *rs, const char *name) {
  return map_get(&rs->entity_names, name);
}

static bool same_label(const struct versions *v, const char *name) {
  const struct entity *x = entity_named(v->old, name), *y = entity_named(v->now, name);
  if (!x || !y || !x->label || !y->label) return false;
  return strcmp(x->label, y->label) == 0;
}

/* ---- groups ------------------------------------------------------------------------------- */

/* The first entity, or attribute of the name that ends the path, that is read in another way. Which
 * of them the path leads to depends on the rows that are counted: any of them is doubt enough. */
static const char *changed_on_path(const struct versions *v, const struct dim *d) {
  const name_list *path = &d->path->path;
  for (size_t i = 0; i < v->old->entities.n; i++) {
    const char *entity = v->old->entities.v[i]->name;
    const char *frame = arena_printf(v->a, "entity %s", entity);
    const char *of = arena_printf(v->a, "%s.%s", entity, path->v[path->n - 1]);
    if (!means_the_same(v, frame)) return frame;
    if (!attr_named(v->old, of) && !attr_named(v->now, of)) continue;
    of = arena_printf(v->a, "attribute %s", of);
    if (!means_the_same(v, of)) return of;
  }
  return NULL;
}

static bool same_shift(const struct versions *v, const struct expr *x, const struct expr *y) {
  if (!x || !y) return x == y;
  return strcmp(policy_words(x->span, v->a), policy_words(y->span, v->a)) == 0;
}

bool same_groups(const struct versions *v, const dim_list *old, const dim_list *now,
                 const char **changed) {
  *changed = NULL;
  if (old->n != now->n) return false;
  for (size_t i = 0; i < old->n; i++) {
    const char *x = path_text(&old->v[i].path->path, v->a);
    const char *y = path_text(&now->v[i].path->path, v->a);
    if (strcmp(x, y) != 0 || old->v[i].of != now->v[i].of) return false;
    if (!same_shift(v, old->v[i].ago, now->v[i].ago)) return false;
    *changed = changed_on_path(v, &now->v[i]);
    if (*changed) return false;
  }
  return true;
}

/* ---- names -------------------------------------------------------------------------------- */

static bool same_kpi(const struct versions *v, const struct kpi *x, const struct kpi *y) {
  const char *changed;
  if (!x->entity != !y->entity || x->needs != y->needs) return false;
  if (x->entity && strcmp(x->entity->name, y->entity->name) != 0) return false;
  return same_term(v, x->term, y->term) && same_groups(v, &x->dims, &y->dims, &changed);
}

/* More particular segments win: inside of which one it stands counts too. */
static bool same_segment(const struct versions *v, const struct segment *x,
                         const struct segment *y) {
  return strcmp(x->of, y->of) == 0 && same_term(v, x->term, y->term);
}

/* What the name stands for in each version; NULL: nothing. */
struct both {
  const void *old, *now;
};

static struct both look_up(const struct versions *v, const char *kind, size_t n, const char *name) {
#define IS(word) (n == strlen(word) && strncmp(kind, word, n) == 0)
  const struct ruleset *old = v->old, *now = v->now;
  if (IS("kpi")) return (struct both){old_kpi(v, name), map_get(&now->kpi_names, name)};
  if (IS("segment"))
    return (struct both){map_get(&old->segment_names, name), map_get(&now->segment_names, name)};
  if (IS("threshold"))
    return (struct both){map_get(&old->threshold_names, name),
                         map_get(&now->threshold_names, name)};
  if (IS("attribute")) return (struct both){attr_named(old, name), attr_named(now, name)};
  CHECK(IS("entity") || IS("label")); /* the kinds of policy_names */
  return (struct both){entity_named(old, name), entity_named(now, name)};
}

/* Does "kpi mrr", "segment big" mean the same in both? */
static bool means_the_same(const struct versions *v, const char *kind_and_name) {
  const char *name = strchr(kind_and_name, ' ') + 1;
  size_t n = (size_t)(name - 1 - kind_and_name);
  struct both x = look_up(v, kind_and_name, n, name);
  if (!x.old || !x.now) return false;
  switch (*kind_and_name) {
    case 'k': return same_kpi(v, x.old, x.now);
    case 's': return same_segment(v, x.old, x.now);
    case 't': return same_lines(v, x.old, x.now);
    case 'a': return same_attr(v, x.old, x.now);
    case 'l': return same_label(v, name);
    case 'e': return same_frame(v, C_ENTITY, name);
    default: UNREACHABLE("look_up knows the kinds");
  }
}

const char *change_word(const struct versions *v, const char *kind_and_name) {
  const char *name = strchr(kind_and_name, ' ') + 1;
  struct both x = look_up(v, kind_and_name, (size_t)(name - 1 - kind_and_name), name);
  return !x.old ? "is new" : !x.now ? "is gone" : "has changed";
}

static const char *changed_name(const struct versions *v, name_list names) {
  for (size_t i = 0; i < names.n; i++) {
    const char *name = names.v[i];
    if (strncmp(name, "kpi ", 4) == 0) name = arena_printf(v->a, "kpi %s", name_now(v, name + 4));
    if (!means_the_same(v, name)) return name;
  }
  return NULL;
}

const char *changed_below(const struct versions *v, const struct term *old,
                          const struct term *now) {
  const char *name = changed_name(v, policy_names(old, v->a));
  return name ? name : changed_name(v, policy_names(now, v->a));
}
