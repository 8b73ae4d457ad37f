/* In: a rule as it is, and the policy as it was. Out: what differs, in words: thresholds by their
 * values in force, everything else by how it is written. */
#include "sema/policy_diff.h"

#include <string.h>

#include "base/map.h"
#include "base/source.h"
#include "base/unit.h"
#include "base/vec.h"
#include "sema/threshold_line.h"

void policy_hold(struct ruleset *rs, day_t day) {
  for (size_t i = 0; i < rs->thresholds.n; i++) {
    struct threshold *t = rs->thresholds.v[i];
    size_t kept = 0;
    for (size_t k = 0; k < t->lines.n; k++)
      if (t->lines.v[k].from <= day) t->lines.v[kept++] = t->lines.v[k];
    t->lines.n = kept;
  }
}

void policy_freeze(struct ruleset *rs, day_t day) {
  for (size_t i = 0; i < rs->thresholds.n; i++) {
    struct threshold *t = rs->thresholds.v[i];
    size_t kept = 0;
    for (size_t k = 0; k < t->lines.n; k++) {
      struct threshold_line line = t->lines.v[k];
      if (threshold_line_on(t, &line, day)->from != line.from || line.from > day) continue;
      t->lines.v[kept++] = line;
    }
    t->lines.n = kept;
    for (size_t k = 0; k < kept; k++) t->lines.v[k].from = DAY_MIN;
  }
}

bool policy_moved(const struct ruleset *rs, day_t then, day_t today) {
  for (size_t i = 0; i < rs->thresholds.n; i++)
    for (size_t k = 0; k < rs->thresholds.v[i]->lines.n; k++) {
      day_t from = rs->thresholds.v[i]->lines.v[k].from;
      if (from > then && from <= today) return true;
    }
  return false;
}

/* ---- what a rule stands on ------------------------------------------------------------ */

struct below {
  const char *kind, *name;
  const struct threshold *threshold; /* or how it is written: */
  struct span written;
};

struct gathering {
  struct arena *a;
  struct map seen;
  VEC(struct below) list;
};

static void gather(struct gathering *g, const struct term *t);

/* Is it met for the first time? */
static bool put(struct gathering *g, const char *kind, const char *name, struct span written,
                const struct threshold *th) {
  struct below b = {kind, name, th, written};
  if (map_put(&g->seen, g->a, arena_printf(g->a, "%s %s", kind, name), g)) return false;
  VEC_PUSH(g->a, &g->list, b);
  return true;
}

static struct span written(const struct expr *e) { return e ? e->span : (struct span){0}; }

static void gather_segment(struct gathering *g, const struct segment *s) {
  if (s && put(g, "segment", s->name, written(s->expr), NULL)) gather(g, s->term);
}

static void gather_threshold(struct gathering *g, const struct threshold *th) {
  if (!put(g, "threshold", th->name, (struct span){0}, th)) return;
  for (size_t i = 0; i < th->lines.n; i++) gather_segment(g, th->lines.v[i].segment);
}

/* How its rows are read is no part of what a rule says: who wants to know compares it. */
static void gather_entity(struct gathering *g, const struct entity *e) {
  if (e) put(g, "entity", e->name, (struct span){0}, NULL);
}

static void gather_attr(struct gathering *g, const struct attr *at) {
  const char *name = arena_printf(g->a, "%s.%s", at->entity->name, at->name);
  bool computed = at->kind == ATTR_COMPUTED;
  gather_entity(g, at->entity);
  if (!put(g, "attribute", name, computed ? written(at->expr) : (struct span){0}, NULL)) return;
  if (computed) gather(g, at->term);
  if (at->known_from) gather_attr(g, at->known_from);
}

static void gather_aggregate(struct gathering *g, const struct agg *x) {
  gather_entity(g, x->entity);
  for (size_t i = 0; i < x->values.n; i++) gather(g, x->values.v[i]);
  gather(g, x->where);
  gather_segment(g, x->segment);
  for (size_t i = 0; i < x->path.n; i++) gather_entity(g, x->path.v[i]->parent);
}

static void gather(struct gathering *g, const struct term *t) {
  if (!t) return;
  if (t->kind == T_THRESHOLD) gather_threshold(g, t->threshold);
  if (t->kind == T_SEGMENT) gather_segment(g, t->segment);
  if (t->kind == T_ATTR || t->kind == T_ASOF) gather_attr(g, t->attr);
  if (t->kind == T_LABEL && t->ent) put(g, "label", t->ent->name, (struct span){0}, NULL);
  if (t->kind == T_AGG) gather_aggregate(g, t->agg);
  if (t->kind == T_PARENT) gather_entity(g, t->edge->parent);
  if (t->kind == T_KPI && put(g, "kpi", t->kpi->name, written(t->kpi->expr), NULL))
    gather(g, t->kpi->term);
  const struct term *const kids[] = {t->a, t->b, t->c};
  for (int i = 0; i < 3; i++) gather(g, kids[i]);
  for (size_t i = 0; i < t->list.n; i++) gather(g, t->list.v[i]);
}

static void gather_rule(struct gathering *g, const struct rule *r) {
  put(g, "the condition", "", written(r->when_expr), NULL);
  gather_entity(g, r->entity);
  gather(g, r->when);
  gather(g, r->clear);
}

static name_list names_of(const struct gathering *g) {
  name_list out = {0};
  for (size_t i = 0; i < g->list.n; i++)
    if (*g->list.v[i].name)
      VEC_PUSH(g->a, &out, arena_printf(g->a, "%s %s", g->list.v[i].kind, g->list.v[i].name));
  return out;
}

/* How long it gives, and after how long it asks again: they open and close nothing. */
static void gather_lengths(struct gathering *g, const struct rule *r) {
  const struct term *const terms[] = {r->due.term, r->due.dur.of, r->reopens.of, r->reminds.of};
  for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) gather(g, terms[i]);
  for (size_t i = 0; i < r->levels.n; i++) gather(g, r->levels.v[i].after.of);
  for (size_t i = 0; i < r->steps.n; i++) gather(g, r->steps.v[i].of->due.of);
}

name_list policy_below(const struct rule *r, struct arena *a) {
  struct gathering g = {.a = a};
  gather_rule(&g, r);
  gather_lengths(&g, r);
  return names_of(&g);
}

name_list policy_names(const struct term *t, struct arena *a) {
  struct gathering g = {.a = a};
  gather(&g, t);
  return names_of(&g);
}

/* ---- what differs --------------------------------------------------------------------- */

/* A line of the same scope in the other version; the scopes are compared by their names. */
static const struct threshold_line *alike(const struct threshold *t,
                                          const struct threshold_line *like, day_t day) {
  for (size_t i = 0; i < t->lines.n; i++)
    if (same_written_scope(&t->lines.v[i], like)) return threshold_line_on(t, &t->lines.v[i], day);
  return NULL;
}

const char *policy_words(struct span s, struct arena *a) {
  if (!s.src) return "";
  char *out = arena_alloc(a, s.end - s.at + 1), *w = out;
  bool text = false;
  for (uint32_t i = s.at; i < s.end; i++) {
    char c = s.src->text[i];
    if (!text && c == '#')
      while (i + 1 < s.end && s.src->text[i + 1] != '\n') i++;
    else if (text || !strchr(" \t\r\n", c))
      *w++ = c;
    else if (w > out && w[-1] != ' ')
      *w++ = ' ';
    text ^= c == '"';
  }
  *w = 0;
  return out;
}

static const char *joined(const char *text, const char *more, struct arena *a) {
  return text ? arena_printf(a, "%s; %s", text, more) : more;
}

/* Each scope of `mine` once, with the value of the other version. forth: mine is the newer. */
static const char *compare_lines(const char *text, const struct threshold *mine, day_t my_day,
                                 const struct threshold *other, day_t other_day, bool forth,
                                 struct arena *a) {
  for (size_t i = 0; i < mine->lines.n; i++) {
    const struct threshold_line *l = &mine->lines.v[i], *first = l;
    for (size_t k = i; k > 0; k--)
      if (same_written_scope(&mine->lines.v[k - 1], l)) first = &mine->lines.v[k - 1];
    if (first != l) continue;
    const struct threshold_line *x = threshold_line_on(mine, l, my_day),
                                *y = alike(other, l, other_day);
    if (!forth && y) continue; /* compared already */
    const char *is = threshold_line_value(mine, x, a), *was = threshold_line_value(other, y, a);
    if (strcmp(is, was) == 0) continue;
    text = joined(text,
                  arena_printf(a, "%s%s %s → %s", mine->name, threshold_line_scope(l, a),
                               forth ? was : is, forth ? is : was),
                  a);
  }
  return text;
}

static const char *compare(const char *text, const struct below *now, const struct below *old,
                           day_t then, day_t today, struct arena *a) {
  if (now->threshold && old->threshold) {
    text = compare_lines(text, now->threshold, today, old->threshold, then, true, a);
    return compare_lines(text, old->threshold, then, now->threshold, today, false, a);
  }
  if (strcmp(policy_words(now->written, a), policy_words(old->written, a)) == 0) return text;
  return joined(text,
                arena_printf(a, "%s%s%s changed", now->kind, *now->name ? " " : "", now->name), a);
}

const struct rule *policy_rule(const struct ruleset *old, const struct rule *now) {
  const struct rule *found = old ? rule_named(old, now->name) : NULL;
  for (size_t k = 0; old && !found && k < now->was.n; k++) found = rule_named(old, now->was.v[k]);
  return found;
}

static const char *compare_all(const struct gathering *mine, const struct gathering *theirs,
                               day_t then, day_t today, struct arena *a) {
  const char *text = NULL;
  for (size_t i = 0; i < mine->list.n; i++)
    for (size_t k = 0; k < theirs->list.n; k++)
      if (strcmp(mine->list.v[i].kind, theirs->list.v[k].kind) == 0 &&
          strcmp(mine->list.v[i].name, theirs->list.v[k].name) == 0)
        text = compare(text, &mine->list.v[i], &theirs->list.v[k], then, today, a);
  return text;
}

const char *policy_kpi_difference(const struct kpi *old, const struct kpi *now, day_t day,
                                  struct arena *a) {
  struct gathering mine = {.a = a}, theirs = {.a = a};
  put(&mine, "the formula", "", written(now->expr), NULL);
  gather(&mine, now->term);
  put(&theirs, "the formula", "", written(old->expr), NULL);
  gather(&theirs, old->term);
  return compare_all(&mine, &theirs, day, day, a);
}

const char *policy_difference(const struct ruleset *old, const struct rule *now, day_t then,
                              day_t today, struct arena *a) {
  const struct rule *before = policy_rule(old, now);
  struct gathering mine = {.a = a}, theirs = {.a = a};
  if (!before) return "new";
  gather_rule(&mine, now);
  gather_rule(&theirs, before);
  return compare_all(&mine, &theirs, then, today, a);
}
