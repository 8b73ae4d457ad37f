/* What the steps share. In: the items before and today's verdicts. Out: how each item stands, and
 * the changes as they are recorded. */
#include "action/life/life.h"

#include <stdlib.h>
#include <string.h>

#include "action/compare.h"
#include "action/renamed.h"
#include "action/stand.h"
#include "action/value_json.h"
#include "base/check.h"
#include "base/map.h"

static int by_row(const void *pa, const void *pb) {
  const struct item *a = pa, *b = pb;
  int c = text_cmp(a->rule, b->rule);
  if (!c) c = text_cmp(a->entity, b->entity);
  if (!c) c = text_cmp(a->key, b->key);
  if (!c) c = (a->id > b->id) - (a->id < b->id);
  return c;
}

static bool is_same_row(const struct item *a, const struct item *b) {
  return text_same(a->key, b->key) && text_same(a->rule, b->rule) &&
         text_same(a->entity, b->entity);
}

/* ---- finding a row's items ------------------------------------------------------------ */

static int against_rule(const struct item *i, const struct rule_verdict *r) {
  int c = strcmp(i->rule, r->rule);
  return c ? c : strcmp(i->entity, r->entity);
}

static struct stretch items_of(const struct life *l, const struct rule_verdict *r) {
  struct stretch s = {0, l->n_before};
  for (size_t hi = l->n_before; s.first < hi;) {
    size_t mid = s.first + (hi - s.first) / 2;
    if (against_rule(&l->items.v[mid], r) < 0)
      s.first = mid + 1;
    else
      hi = mid;
  }
  for (s.last = s.first; s.last < l->n_before && against_rule(&l->items.v[s.last], r) == 0;)
    s.last++;
  return s;
}

struct stretch life_row(const struct life *l, const struct rule_verdict *r, const char *key) {
  size_t first = row_index_find(&l->rows, r->rule, r->entity, key);
  if (first == SIZE_MAX) return (struct stretch){0, 0};
  struct stretch s = {first, first + 1};
  while (s.last < l->n_before && is_same_row(&l->items.v[first], &l->items.v[s.last])) s.last++;
  return s;
}

const char *life_row_name(const struct life *l, const char *rule, const char *entity,
                          const char *key) {
  return arena_printf(l->a, "%s\n%s\n%s%s", rule, entity, key ? "=" : "", key ? key : "");
}

/* ---- how items stand ------------------------------------------------------------------ */

/* Of this item: what it asks may count from the day on which it opened. */
static void decide_settled(struct life *l, const struct rule_verdict *r, size_t at) {
  struct standing *s = &l->places.v[at].now;
  s->settled =
      s->present && verdict_settled(l->v, r, s->settled, s->settled_values, l->items.v[at].opened);
}

static void place_hits(struct life *l, const struct rule_verdict *r) {
  for (size_t h = 0; h < r->n_hits; h++) {
    struct stretch row = life_row(l, r, r->hits[h].key);
    for (size_t i = row.first; i < row.last; i++) {
      struct place *p = &l->places.v[i];
      p->hit = &r->hits[h];
      p->now = (struct standing){.present = true,
                                 .settled = p->hit->settled,
                                 .settled_values = p->hit->settled_values,
                                 .when = TRUTH_TRUE,
                                 .worth = p->hit->worth};
      decide_settled(l, r, i);
    }
  }
}

/* A closed item that may open again has nothing to be asked of its row. */
static void place_rest(struct life *l, const struct rule_verdict *r, struct stretch mine) {
  for (size_t i = mine.first; i < mine.last; i++) {
    struct place *p = &l->places.v[i];
    const struct item *it = &l->items.v[i];
    p->rule = r;
    p->rests = false;
    if (p->hit || (!item_living(it) && it->armed)) continue;
    p->now = l->v->standing(l->v, r, it->key);
    decide_settled(l, r, i);
  }
}

/* ---- tables that look cut off --------------------------------------------------------- */

/* A few rows go every day; so many at once, and more than every fifth, is a load that broke off. */
enum { CUT_OFF_ROWS = 20, CUT_OFF_PART = 5 };

static struct cut_off *cut_off_of(struct life *l, const char *entity) {
  for (size_t i = 0; i < l->cut_off.n; i++)
    if (strcmp(l->cut_off.v[i].entity, entity) == 0) return &l->cut_off.v[i];
  VEC_PUSH(l->a, &l->cut_off, (struct cut_off){.entity = entity});
  return &l->cut_off.v[l->cut_off.n - 1];
}

bool life_is_cut_off(const struct life *l, const char *entity) {
  for (size_t i = 0; i < l->cut_off.n; i++)
    if (strcmp(l->cut_off.v[i].entity, entity) == 0) return true;
  return false;
}

static bool has_newly_gone(const struct life *l, size_t at) {
  const struct item *it = &l->items.v[at];
  const struct place *p = &l->places.v[at];
  return p->rule && item_living(it) && !it->row_gone && !p->now.present;
}

static struct cut_off *add_row(struct life *l, const char *rule, const char *entity, long n) {
  struct cut_off *c = cut_off_of(l, entity);
  if (!c->rule || strcmp(rule, c->rule) < 0) c->rule = rule;
  c->rows += n;
  return c;
}

/* All their rows are there; those of items before are counted with them. */
static void add_standing_rows(struct life *l) {
  const struct items_standing *s = l->in->standing;
  for (size_t k = 0; s && k < s->n_rows; k++)
    add_row(l, s->rows[k].rule->rule, s->rows[k].rule->entity, s->rows[k].n);
  for (size_t k = 0; s && k < s->n_groups; k++)
    add_row(l, s->groups[k].rule->rule, s->groups[k].rule->entity, 0);
}

static int by_first_rule(const void *pa, const void *pb) {
  return strcmp(((const struct cut_off *)pa)->rule, ((const struct cut_off *)pb)->rule);
}

/* Counts rows, not items. On most days none has gone, and there is nothing to count. */
static void count_gone(struct life *l) {
  struct map seen = {0};
  bool any = false;
  for (size_t i = 0; i < l->n_before && !any; i++) any = has_newly_gone(l, i);
  if (!any) return;
  for (size_t i = 0; i < l->n_before; i++) {
    const struct item *it = &l->items.v[i];
    const struct place *p = &l->places.v[i];
    if (!p->rule || !item_living(it) || it->row_gone) continue;
    if (map_put(&seen, l->a, life_row_name(l, "", it->entity, it->key), (void *)it)) continue;
    struct cut_off *c = add_row(l, it->rule, it->entity,
                                !standing_has_row(l->in->standing, l->v, p->rule, it->key));
    c->gone += !p->now.present;
  }
  add_standing_rows(l);
  qsort(l->cut_off.v, l->cut_off.n, sizeof *l->cut_off.v, by_first_rule);
}

static void find_cut_off(struct life *l) {
  count_gone(l);
  size_t kept = 0;
  for (size_t i = 0; i < l->cut_off.n; i++) {
    const struct cut_off *c = &l->cut_off.v[i];
    if (c->gone > CUT_OFF_ROWS && c->gone * CUT_OFF_PART > c->rows) l->cut_off.v[kept++] = *c;
  }
  l->cut_off.n = kept;
  for (size_t i = 0; kept && i < l->n_before; i++)
    if (life_is_cut_off(l, l->items.v[i].entity)) l->places.v[i] = (struct place){.rests = true};
}

/* ---- renames -------------------------------------------------------------------------- */

/* What an item was called before; NULL: as it is now. */
struct old_name {
  const char *rule, *key;
};

static struct old_name *old_name(const struct life *l, struct map *names, const struct item *i) {
  const char *number = arena_printf(l->a, "%lld", (long long)i->id);
  struct old_name *n = map_get(names, number);
  if (n) return n;
  n = NEW(l->a, struct old_name);
  map_put(names, l->a, number, n);
  return n;
}

/* The rows that have items before. */
static void map_rows(struct life *l, struct map *rows) {
  for (size_t i = 0; i < l->n_before; i++) {
    const struct item *it = &l->items.v[i];
    map_put(rows, l->a, life_row_name(l, it->rule, it->entity, it->key), (void *)it);
  }
}

/* The items of a rule's old name become its own, with their numbers, unless their row has one of
 * the new name already. */
static void rename_rules(struct life *l, struct map *before) {
  struct map names = {0}, rows = {0};
  for (size_t r = 0; r < l->v->n_rules; r++)
    for (size_t k = 0; k < l->v->rules[r].n_was; k++)
      map_put(&names, l->a, l->v->rules[r].was[k], (void *)l->v->rules[r].rule);
  if (!names.n) return;
  map_rows(l, &rows);
  for (size_t i = 0; i < l->n_before; i++) {
    struct item *it = &l->items.v[i];
    const char *now = map_get(&names, it->rule);
    if (!now || map_get(&rows, life_row_name(l, now, it->entity, it->key))) continue;
    old_name(l, before, it)->rule = it->rule;
    it->rule = now;
  }
}

/* The same of groups of which a value was renamed. Two rows never become one: the first, by its old
 * key, moves. */
static void rename_keys_of(struct life *l, const struct rule_verdict *r, struct map *rows,
                           struct map *names) {
  struct stretch mine = items_of(l, r);
  for (size_t i = mine.first; i < mine.last; i++) {
    struct item *it = &l->items.v[i];
    const char *before = it->key, *now = renamed_key(l->v, r, before, l->a);
    if (!now) continue;
    const char *row = life_row_name(l, it->rule, it->entity, now);
    const struct item *there = map_get(rows, row);
    if (there && !text_same(old_name(l, names, there)->key, before)) continue;
    map_put(rows, l->a, row, it);
    old_name(l, names, it)->key = before;
    it->group_values = renamed_values(r, it->group_values, l->a);
    if (text_same(it->worth_key, before)) it->worth_key = now;
    it->key = now;
  }
}

static void rename_keys(struct life *l, struct map *before) {
  struct map rows = {0};
  for (size_t r = 0; r < l->v->n_rules; r++) {
    if (!l->v->rules[r].n_renamed) continue;
    if (!rows.n) map_rows(l, &rows);
    rename_keys_of(l, &l->v->rules[r], &rows, before);
  }
}

/* Items are sorted by their new names; the audit says the old one. */
static void record_renames(struct life *l, const struct map *before) {
  for (size_t at = 0; at < l->n_before; at++) {
    const struct item *i = &l->items.v[at];
    const struct old_name *n = map_get(before, arena_printf(l->a, "%lld", (long long)i->id));
    if (n && n->rule) life_record(l, CHANGE_RENAME, at, "rule", n->rule, i->rule);
    if (n && n->key) life_record(l, CHANGE_RENAME, at, "key", n->key, i->key);
  }
}

/* Items [first, last) of which none belongs before the one before it. */
static size_t end_of_run(const struct item *const *items, size_t first, size_t n) {
  size_t last = first + 1;
  while (last < n && by_row(items[last - 1], items[last]) <= 0) last++;
  return last;
}

/* Merges the runs of `from` by twos; returns how many there are then. */
static size_t merge_runs(const struct item *const *from, size_t n, const struct item **to) {
  size_t runs = 0, done = 0;
  for (size_t first = 0; first < n; first = done, runs++) {
    size_t mid = end_of_run(from, first, n), last = mid < n ? end_of_run(from, mid, n) : mid;
    for (size_t a = first, b = mid; a < mid || b < last;) {
      bool left = b == last || (a < mid && by_row(from[a], from[b]) <= 0);
      to[done++] = left ? from[a++] : from[b++];
    }
  }
  return runs;
}

/* Items mostly come in this order, for those that open on one day are numbered in it: so what is
 * sorted already is merged. */
static void sort_items(struct life *l) {
  size_t n = l->n_before;
  struct item *items = l->items.v;
  const struct item **from = xmalloc(n * sizeof *from), **to = xmalloc(n * sizeof *to);
  for (size_t i = 0; i < n; i++) from[i] = &items[i];
  if (n && end_of_run(from, 0, n) < n) {
    for (size_t runs = n; runs > 1;) {
      runs = merge_runs(from, n, to);
      const struct item **swap = from;
      from = to;
      to = swap;
    }
    l->items.v = NEW_N(l->a, struct item, l->items.cap);
    for (size_t i = 0; i < n; i++) l->items.v[i] = *from[i];
  }
  free(from);
  free(to);
}

/* Where the items of each row begin. */
static void index_rows(struct life *l) {
  l->rows = row_index_new(l->items.v, l->n_before, l->a);
  for (size_t i = 0; i < l->n_before; i++)
    if (!i || !is_same_row(&l->items.v[i - 1], &l->items.v[i])) row_index_add(&l->rows, i);
}

static void take_items(struct life *l) {
  struct map before = {0}; /* by number: struct old_name */
  rename_rules(l, &before);
  sort_items(l);
  rename_keys(l, &before);
  if (!before.n) return;
  sort_items(l);
  record_renames(l, &before);
}

/* Its steps are its own, so that what a decision does to them is not done to those before. */
static struct item own_copy(const struct life *l, const struct item *before) {
  struct item i = *before;
  if (!i.n_steps) return i;
  i.steps = NEW_N(l->a, struct item_step, i.n_steps);
  memcpy(i.steps, before->steps, i.n_steps * sizeof *i.steps);
  return i;
}

/* Room for what opens, so that a few openings do not move a million items. */
enum { OPENINGS_PART = 16, OPENINGS_ROOM = 16 };

static void take_copies(struct life *l) {
  VEC_RESERVE(l->a, &l->items, l->n_before + l->n_before / OPENINGS_PART + OPENINGS_ROOM);
  for (size_t i = 0; i < l->n_before; i++) l->items.v[i] = own_copy(l, &l->in->before[i]);
}

void life_meet(struct life *l) {
  l->n_before = l->in->n_before;
  if (l->in->own) {
    CHECK(l->in->own == l->in->before && l->n_before <= l->in->room);
    l->items.v = l->in->own;
    l->items.cap = l->in->room;
  } else {
    take_copies(l);
  }
  l->items.n = l->n_before;
  VEC_RESERVE(l->a, &l->places, l->items.cap + 1);
  l->places.n = l->n_before;
  for (size_t i = 0; i < l->n_before; i++) l->places.v[i].rests = l->in->only != NULL;
  take_items(l);
  index_rows(l);
  for (size_t r = 0; r < l->v->n_rules; r++) {
    const struct rule_verdict *rule = &l->v->rules[r];
    struct stretch mine = items_of(l, rule);
    place_hits(l, rule);
    place_rest(l, rule, mine);
  }
  find_cut_off(l);
}

bool life_is_over(const struct rule_verdict *r, const struct standing *s) {
  return s->present && s->when == TRUTH_FALSE && (!r->has_clear || s->clear == TRUTH_TRUE);
}

static bool was_rule(const struct rule_verdict *r, const char *name) {
  if (strcmp(r->rule, name) == 0) return true;
  for (size_t i = 0; i < r->n_was; i++)
    if (strcmp(r->was[i], name) == 0) return true;
  return false;
}

const char *life_policy_change(const struct life *l, const struct rule_verdict *r, const char *key,
                               bool acts) {
  const struct deciding *in = l->in;
  const char *differs = in->old ? in->differs[r - l->v->rules] : NULL;
  if (!differs) return NULL;
  for (size_t i = 0; i < in->old->n_rules; i++) {
    const struct rule_verdict *o = &in->old->rules[i];
    if (!was_rule(r, o->rule) || strcmp(o->entity, r->entity) != 0) continue;
    struct standing then = in->old->standing(in->old, o, key);
    bool alike = acts ? then.when == TRUTH_TRUE : !then.present || life_is_over(o, &then);
    return alike || then.when == TRUTH_UNKNOWN ? NULL : differs;
  }
  return acts ? differs : NULL;
}

/* ---- what changes --------------------------------------------------------------------- */

void life_record(struct life *l, enum change_kind kind, size_t item, const char *field,
                 const char *old, const char *now) {
  struct change c = {.kind = kind, .item = item, .field = field, .old = old, .now = now};
  VEC_PUSH(l->a, &l->changes, c);
  l->places.v[item].updated |= change_updates(kind);
}

void life_close(struct life *l, size_t at, enum item_state state, enum change_kind change,
                const char *why) {
  struct item *i = &l->items.v[at];
  i->state = state;
  i->closed = l->v->as_of;
  i->armed = true;
  i->why = why;
  i->reasons_now = NULL;
  life_record(l, change, at, "state", item_state_name(ITEM_OPEN), item_state_name(state));
  l->changes.v[l->changes.n - 1].why = why;
}

bool life_text(struct life *l, size_t item, const char *field, const char **have, const char *now) {
  if (text_same(*have, now)) return false;
  life_record(l, CHANGE_UPDATE, item, field, *have, now);
  *have = now;
  return true;
}

static const char *worth_text(struct arena *a, const struct value *w) {
  char buf[128];
  return w->known ? arena_strdup(a, value_text(w, buf, sizeof buf)) : NULL;
}

bool life_worth(struct life *l, size_t item, const struct value *now) {
  struct value *have = &l->items.v[item].worth;
  if (!have->known && !now->known) return false;
  if (have->known && now->known && have->num == now->num && have->type.unit == now->type.unit &&
      have->rows == now->rows && have->of_rows == now->of_rows &&
      text_same(have->type.currency, now->type.currency))
    return false;
  life_record(l, CHANGE_UPDATE, item, "worth", worth_text(l->a, have), worth_text(l->a, now));
  *have = *now;
  return true;
}

const char *life_leads(const struct life *l, const struct rule_verdict *r, const struct hit *h) {
  if (!r->n_leads || !h->leads) return NULL;
  json_t *rows = json_object();
  for (size_t i = 0; i < r->n_leads; i++)
    if (h->leads[i]) json_object_set_new(rows, r->leads[i], text_json(h->leads[i]));
  if (json_object_size(rows)) return json_text(rows, l->a);
  json_decref(rows);
  return NULL;
}

const char *life_day(const struct life *l, day_t day) {
  char buf[16];
  return day == DAY_NONE ? NULL : arena_strdup(l->a, day_text(day, buf));
}

const struct team_facts *life_team(const struct life *l, const char *name) {
  return team_named(l->v->teams, l->v->n_teams, name);
}

void life_meet_owner(struct life *l, struct item *i) {
  item_end_ack(i);
  item_end_snooze(i);
  i->rested = i->told = l->v->as_of;
}

int life_next_seq(const struct life *l, struct stretch row, const char *once) {
  int seq = 0;
  for (size_t i = row.first; i < row.last; i++) {
    const struct item *it = &l->items.v[i];
    if (text_same(it->once, once) && it->seq > seq) seq = it->seq;
  }
  return seq + 1;
}
