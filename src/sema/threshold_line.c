/* Lines of thresholds. In: a threshold, whom a line is for, and a day. Out: the line that counts
 * then, or NULL; how particular it is; its entries as text. */
#include "sema/threshold_line.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/hash.h"

uint64_t scope_hash(const struct threshold_line *l) {
  uint64_t h = hash_mix((uintptr_t)l->segment);
  for (size_t i = 0; i < l->entries.n; i++)
    h = hash_mix(h + hash_bytes(l->entries.v[i], strlen(l->entries.v[i])));
  return h | 1ULL << 63;
}

bool same_scope(const struct threshold_line *a, const struct threshold_line *b) {
  if (a->scope && b->scope && a->scope != b->scope) return false;
  if (a->segment != b->segment || a->entries.n != b->entries.n) return false;
  for (size_t i = 0; i < a->entries.n; i++)
    if (strcmp(a->entries.v[i], b->entries.v[i]) != 0) return false;
  return true;
}

bool is_base_line(const struct threshold_line *l) { return !l->segment && !l->entries.n; }

const struct threshold_line *threshold_line_on(const struct threshold *t,
                                               const struct threshold_line *like, day_t day) {
  static const struct threshold_line base = {0};
  const struct threshold_line *best = NULL;
  if (!like) like = &base;
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *l = &t->lines.v[i];
    if (l->from <= day && (!best || l->from > best->from) && same_scope(l, like)) best = l;
  }
  return best;
}

/* Where the scope of the line stands in the list, plus 1; 0: not yet. slots has room for cap, a
 * power of two. */
static size_t *slot_of_scope(size_t *slots, size_t cap, const scope_list *list,
                             const struct threshold_line *l) {
  size_t at = (l->scope ? l->scope : scope_hash(l)) & (cap - 1);
  while (slots[at] && !same_scope(list->v[slots[at] - 1].first, l)) at = (at + 1) & (cap - 1);
  return &slots[at];
}

struct numbered_line {
  const struct threshold_line *line;
  size_t scope, at; /* at: its place in the file */
};

static int by_scope_and_day(const void *x, const void *y) {
  const struct numbered_line *a = x, *b = y;
  if (a->scope != b->scope) return a->scope < b->scope ? -1 : 1;
  if (a->line->from != b->line->from) return a->line->from < b->line->from ? -1 : 1;
  return a->at < b->at ? -1 : a->at > b->at;
}

/* Each line with the number of its scope, in the order of the file. list: the scopes, empty before.
 */
static struct numbered_line *numbered(const struct threshold *t, struct arena *a,
                                      scope_list *list) {
  struct numbered_line *all = NEW_N(a, struct numbered_line, t->lines.n + 1);
  size_t cap = 4;
  while (cap < 2 * t->lines.n) cap *= 2;
  size_t *slots = xcalloc(cap, sizeof *slots);
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *l = &t->lines.v[i];
    size_t *slot = slot_of_scope(slots, cap, list, l);
    struct scope_on_day fresh = {.first = l};
    if (!*slot) {
      VEC_PUSH(a, list, fresh);
      *slot = list->n;
    }
    all[i] = (struct numbered_line){l, *slot - 1, i};
  }
  free(slots);
  return all;
}

scope_list threshold_scopes_on(const struct threshold *t, day_t day, struct arena *a) {
  scope_list list = {0};
  const struct numbered_line *all = numbered(t, a, &list);
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *l = all[i].line;
    struct scope_on_day *s = &list.v[all[i].scope];
    if (l->from <= day && (!s->now || l->from > s->now->from)) s->now = l;
  }
  return list;
}

/* The nearest above each line, of its scope, with a later day: of those above it only the ones
 * count that no nearer one surpasses. */
static void find_higher(const struct numbered_line *all, size_t n, struct line_neighbours *out,
                        struct arena *a) {
  const struct numbered_line **nearest = NEW_N(a, const struct numbered_line *, n + 1);
  for (size_t i = 0; i < n; i++) {
    const struct numbered_line *above = nearest[all[i].scope];
    while (above && above->line->from <= all[i].line->from) {
      const struct threshold_line *next = out[above->at].higher;
      above = next ? &all[next - all[0].line] : NULL;
    }
    out[i].higher = above ? above->line : NULL;
    nearest[all[i].scope] = &all[i];
  }
}

/* As the line sorted before it. */
static bool on_one_day(const struct numbered_line *x) {
  return x[0].line->from == x[-1].line->from;
}

struct line_neighbours *threshold_line_neighbours(const struct threshold *t, struct arena *a) {
  size_t n = t->lines.n;
  struct line_neighbours *out = NEW_N(a, struct line_neighbours, n + 1);
  scope_list scopes = {0};
  struct numbered_line *all = numbered(t, a, &scopes);
  if (!n) return out;
  find_higher(all, n, out, a);
  qsort(all, n, sizeof *all, by_scope_and_day);
  out[all[0].at].first = all[0].line;
  for (size_t i = 1; i < n; i++) {
    const struct line_neighbours *last = &out[all[i - 1].at];
    struct line_neighbours *x = &out[all[i].at];
    bool same = all[i].scope == all[i - 1].scope, one_day = same && on_one_day(&all[i]);
    x->first = one_day ? last->first : all[i].line;
    x->before = one_day ? last->before : same ? last->first : NULL;
  }
  return out;
}

static struct duration threshold_on(const struct threshold *t, day_t day) {
  const struct threshold_line *l = threshold_line_on(t, NULL, day);
  CHECK(t->is_duration && l); /* take_length: it has one value for everybody, from the first day */
  return l->dur;
}

struct duration length_on(const struct length *l, day_t day) {
  return l->of ? threshold_on(l->of->threshold, day) : l->dur;
}

struct duration term_duration(const struct term *t, day_t day) {
  bool looks_back =
      t->kind == T_AGO || t->kind == T_MOVE || t->kind == T_MOVE_CMP || t->kind == T_FOR;
  return looks_back && t->c ? threshold_on(t->c->threshold, day) : t->dur;
}

int segment_rank(const struct segment *s) {
  int rank = 0;
  for (; s; s = s->inside) rank++;
  return rank;
}

int threshold_line_rank(const struct threshold_line *l) {
  return l->entries.n ? (int)l->entries.n : segment_rank(l->segment);
}

const char *line_entries(const struct threshold_line *l, const char *between, struct arena *a) {
  const char *out = "";
  for (size_t i = 0; i < l->entries.n; i++)
    out = arena_printf(a, "%s%s%s", out, i ? between : "", l->entries.v[i]);
  return out;
}

bool same_written_scope(const struct threshold_line *x, const struct threshold_line *y) {
  if (!x->segment != !y->segment || x->entries.n != y->entries.n) return false;
  if (x->segment && strcmp(x->segment->name, y->segment->name) != 0) return false;
  for (size_t i = 0; i < x->entries.n; i++) {
    const char *p = x->entries.v[i], *q = y->entries.v[i];
    if (!p != !q || (p && strcmp(p, q) != 0)) return false;
  }
  return true;
}

const char *threshold_line_scope(const struct threshold_line *l, struct arena *a) {
  if (l->segment) return arena_printf(a, " for %s", l->segment->name);
  if (l->entries.n) return arena_printf(a, " for \"%s\"", line_entries(l, "\", \"", a));
  return "";
}

const char *threshold_line_value(const struct threshold *t, const struct threshold_line *l,
                                 struct arena *a) {
  char buf[128];
  if (!l) return "none";
  if (t->is_duration) return arena_strdup(a, duration_text(l->dur, buf));
  struct value v = l->value;
  v.type = t->type;
  return arena_strdup(a, value_text(&v, buf, sizeof buf));
}
