/* Muting. In: living items, and which rules are stronger than which. Out: an item rests while one
 * of a stronger rule is there on its row, on a row that it leads to, or on one that leads to it.
 * What a person has touched is not muted. */
#include <string.h>

#include "action/compare.h"
#include "action/life/life.h"
#include "action/value_json.h"
#include "base/map.h"

/* Items of stronger rules by the rows that they speak for. */
struct strong {
  struct map own;   /* by rule and row: index + 1 */
  struct map leads; /* by rule and a row that they lead to */
};

/* The one with the lowest number stands for a row. */
static void put(const struct life *l, struct map *m, const char *row, size_t at) {
  size_t have = (size_t)(uintptr_t)map_get(m, row);
  if (!have || l->items.v[have - 1].id > l->items.v[at].id)
    map_put(m, l->a, row, (void *)(uintptr_t)(at + 1));
}

/* Calls for each row that the item leads to, until one answers: an index + 1. */
static size_t each_lead(const struct life *l, const struct item *i,
                        size_t (*ask)(const struct life *l, void *ctx, const char *entity,
                                      const char *key),
                        void *ctx) {
  json_t *rows = i->leads_to ? json_loads(i->leads_to, 0, NULL) : NULL;
  const char *entity;
  json_t *key;
  size_t found = 0;
  json_object_foreach(rows, entity, key) {
    size_t one = ask(l, ctx, entity, json_string_value(key));
    if (one && (!found || l->items.v[one - 1].id < l->items.v[found - 1].id)) found = one;
  }
  json_decref(rows);
  return found;
}

struct adding {
  struct strong *s;
  const char *rule;
  size_t at;
};

static size_t add_lead(const struct life *l, void *ctx, const char *entity, const char *key) {
  const struct adding *x = ctx;
  put(l, &x->s->leads, life_row_name(l, x->rule, entity, key), x->at);
  return 0;
}

/* Living items mute, snoozed and muted ones too; those that wait, and those whose row is gone, do
 * not. */
static void gather(const struct life *l, struct strong *s) {
  for (size_t at = 0; at < l->items.n; at++) {
    const struct item *i = &l->items.v[at];
    const struct place *p = &l->places.v[at];
    bool may = p->rests || (p->rule && p->rule->mutes);
    if (!may || !item_living(i) || i->waits_for || !item_counts(i)) continue;
    put(l, &s->own, life_row_name(l, i->rule, i->entity, i->key), at);
    each_lead(l, i, add_lead, &(struct adding){s, i->rule, at});
  }
}

struct asking {
  const struct strong *s;
  const char *rule;
};

static size_t ask_lead(const struct life *l, void *ctx, const char *entity, const char *key) {
  const struct asking *x = ctx;
  return (size_t)(uintptr_t)map_get(&x->s->own, life_row_name(l, x->rule, entity, key));
}

/* The stronger item that holds this one back: index + 1; 0: none. */
static size_t stronger(const struct life *l, const struct strong *s, size_t at) {
  const struct item *i = &l->items.v[at];
  const struct rule_verdict *r = l->places.v[at].rule;
  size_t found = 0;
  for (size_t k = 0; k < r->n_muted_by; k++) {
    const char *row = life_row_name(l, r->muted_by[k], i->entity, i->key);
    struct asking ask = {s, r->muted_by[k]};
    const size_t ways[] = {(size_t)(uintptr_t)map_get(&s->own, row),
                           (size_t)(uintptr_t)map_get(&s->leads, row),
                           each_lead(l, i, ask_lead, &ask)};
    for (size_t w = 0; w < sizeof ways / sizeof *ways; w++)
      if (ways[w] && (!found || l->items.v[ways[w] - 1].id < l->items.v[found - 1].id))
        found = ways[w];
  }
  return found;
}

static const char *number_text(const struct life *l, int64_t number) {
  return number ? arena_printf(l->a, "#%lld", (long long)number) : NULL;
}

static void mute(struct life *l, size_t at, int64_t by) {
  struct item *i = &l->items.v[at];
  bool fresh = at >= l->n_before;
  life_record(l, CHANGE_MUTE, at, "muted_by", number_text(l, i->muted_by), number_text(l, by));
  i->muted_by = by;
  l->places.v[at].arrives = false;
  if (!fresh) return;
  i->told = DAY_NONE;
  i->started = DAY_NONE; /* it starts, and has a due day, when it is free */
  if (i->due_after) i->due = DAY_NONE;
}

static void unmute(struct life *l, size_t at) {
  struct item *i = &l->items.v[at];
  life_record(l, CHANGE_UNMUTE, at, "muted_by", number_text(l, i->muted_by), NULL);
  i->muted_by = 0;
  l->places.v[at].arrives = true; /* admit.c lets it in */
}

void life_mute(struct life *l) {
  struct strong s = {0};
  gather(l, &s);
  for (size_t at = 0; at < l->items.n; at++) {
    const struct item *i = &l->items.v[at];
    const struct rule_verdict *r = l->places.v[at].rule;
    if (!r || !item_living(i) || (!r->n_muted_by && !i->muted_by)) continue;
    size_t by = stronger(l, &s, at);
    bool touched = i->touched != DAY_NONE || i->acknowledged != DAY_NONE;
    if (!by || touched) {
      if (i->muted_by) unmute(l, at);
    } else if (i->muted_by != l->items.v[by - 1].id) {
      mute(l, at, l->items.v[by - 1].id);
    }
  }
}
