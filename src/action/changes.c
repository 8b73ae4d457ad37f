/* In: what was decided. Out: the items that change, under the headings of changed.def. */
#include "action/changes.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "action/compare.h"
#include "base/check.h"
#include "base/map.h"
#include "base/text.h"

enum detail { ACTION, WHY, FIELDS, RULE };

static const struct {
  const char *word, *one, *many;
  enum detail detail;
} kinds[CHANGED_KINDS] = {
#define CHANGED(id, word, one, many, detail) {word, one, many, detail},
#include "action/changed.def"
#undef CHANGED
};

const char *changed_word(enum changed_kind k) {
  CHECK(k < CHANGED_KINDS);
  return kinds[k].word;
}

const char *changed_does(enum changed_kind k, long n) {
  CHECK(k < CHANGED_KINDS);
  return plural(n, kinds[k].one, kinds[k].many);
}

const char *changed_heading(const struct changed_group *g, struct arena *a) {
  const char *does = changed_does(g->kind, (long)g->items.n);
  does += strncmp(does, "is ", 3) == 0 ? 3 : strncmp(does, "are ", 4) == 0 ? 4 : 0;
  char *text = arena_strdup(a, does);
  *text = (char)toupper((unsigned char)*text);
  return g->to ? arena_printf(a, "%s to %s", text, g->to) : text;
}

/* ---- which change is which ------------------------------------------------------------ */

/* CHANGED_KINDS: it is said nowhere, or beside another change of the item. */
static enum changed_kind kind_of(const struct decision *d, const struct change *c) {
  bool is_new = c->item >= d->n_before;
  switch (c->kind) {
    case CHANGE_OPEN: return CHANGED_OPENED;
    case CHANGE_REOPEN: return CHANGED_REOPENED;
    case CHANGE_START: return CHANGED_STARTED;
    case CHANGE_WAKE: return CHANGED_WOKE;
    case CHANGE_UNMUTE: return CHANGED_UNMUTED;
    case CHANGE_RESOLVE: return CHANGED_RESOLVED;
    case CHANGE_SETTLE: return CHANGED_SETTLED;
    case CHANGE_NOT_ASKED: return CHANGED_NOT_ASKED;
    case CHANGE_BASELINE: return CHANGED_BASELINE;
    case CHANGE_ESCALATE: return c->why ? CHANGED_KINDS : CHANGED_ESCALATED; /* a level passed */
    case CHANGE_REMIND: return CHANGED_REMINDED;
    case CHANGE_WAIT: return is_new ? CHANGED_KINDS : CHANGED_WAITS; /* said where it opens */
    case CHANGE_MUTE: return is_new ? CHANGED_KINDS : CHANGED_MUTED;
    case CHANGE_ROW_GONE: return CHANGED_ROW_GONE;
    case CHANGE_ROW_BACK: return CHANGED_ROW_BACK;
    case CHANGE_RULE_GONE: return CHANGED_RULE_GONE;
    case CHANGE_RULE_BACK: return CHANGED_RULE_BACK;
    case CHANGE_RENAME: return CHANGED_RENAMED;
    case CHANGE_COVER:
    case CHANGE_RETURN: return CHANGED_MOVED;
    case CHANGE_KEEP: return CHANGED_UPDATED;
    case CHANGE_UPDATE:
      if (is_new) return CHANGED_KINDS;
      return strcmp(c->field, "owner") == 0 ? CHANGED_MOVED : CHANGED_UPDATED;
    /* what a person does is no part of a run; what is closed stays so */
    default: return CHANGED_KINDS;
  }
}

static struct changed_group *group_of(struct changes *out, enum changed_kind k, const char *to,
                                      struct arena *a) {
  for (size_t g = 0; g < out->groups.n; g++)
    if (out->groups.v[g].kind == k && text_same(out->groups.v[g].to, to)) return &out->groups.v[g];
  VEC_PUSH(a, &out->groups, ((struct changed_group){.kind = k, .to = to}));
  return &out->groups.v[out->groups.n - 1];
}

static const char *field_text(const struct change *c, struct arena *a) {
  return arena_printf(a, "%s from %s to %s", strcmp(c->field, "once") == 0 ? "occasion" : c->field,
                      c->old ? c->old : "nothing", c->now ? c->now : "nothing");
}

static void add(struct changed_group *g, const struct item *i, const struct change *c,
                struct arena *a) {
  bool fields = kinds[g->kind].detail == FIELDS || g->kind == CHANGED_MOVED;
  const char *why = g->kind == CHANGED_RENAMED ? arena_printf(a, "was %s", c->old) : c->why;
  VEC_PUSH(a, &g->items, ((struct changed_item){i, c, why, fields ? field_text(c, a) : NULL}));
}

/* Another field of an item that is in the group. */
static void add_field(struct changed_group *g, const struct item *i, const struct change *c,
                      struct arena *a) {
  size_t k = g->items.n;
  while (k > 0 && g->items.v[k - 1].item != i) k--;
  CHECK(k > 0);
  struct changed_item *have = &g->items.v[k - 1];
  have->fields = arena_printf(a, "%s, %s", have->fields, field_text(c, a));
}

/* Updates are told of items of which nothing else is: of what starts, its due day follows. */
static void add_updates(const struct outcome *o, const bool *said, bool *updated, struct arena *a,
                        struct changes *out) {
  const struct decision *d = &o->decision;
  for (size_t n = 0; n < d->n_changes; n++) {
    const struct change *c = &d->changes[n];
    if (kind_of(d, c) != CHANGED_UPDATED || said[c->item]) continue;
    struct changed_group *g = group_of(out, CHANGED_UPDATED, NULL, a);
    (updated[c->item] ? add_field : add)(g, &d->items[c->item], c, a);
    updated[c->item] = true;
  }
}

/* What is true of all of them is said once. */
static const char *common_why(const changed_list *l) {
  for (size_t k = 1; k < l->n; k++)
    if (!text_same(l->v[k].why, l->v[0].why)) return NULL;
  return l->v[0].why;
}

static int by_worth(const void *pa, const void *pb) {
  const struct item *a = ((const struct changed_item *)pa)->item,
                    *b = ((const struct changed_item *)pb)->item;
  int c = worth_cmp(&a->worth, &b->worth);
  if (!c) c = text_cmp(a->rule, b->rule);
  return c ? c : (a->id > b->id) - (a->id < b->id);
}

static int by_group(const void *pa, const void *pb) {
  const struct changed_group *a = pa, *b = pb;
  return a->kind != b->kind ? (a->kind > b->kind) - (a->kind < b->kind) : text_cmp(a->to, b->to);
}

void changes_of(const struct outcome *o, struct arena *a, struct changes *out) {
  const struct decision *d = &o->decision;
  bool *said = NEW_N(a, bool, d->n_items + 1), *updated = NEW_N(a, bool, d->n_items + 1);
  *out = (struct changes){0};
  for (size_t n = 0; n < d->n_changes; n++) {
    const struct change *c = &d->changes[n];
    enum changed_kind k = kind_of(d, c);
    if (k == CHANGED_KINDS || k == CHANGED_UPDATED) continue;
    struct changed_group *g = group_of(out, k, k == CHANGED_ESCALATED ? c->now : NULL, a);
    add(g, &d->items[c->item], c, a);
    said[c->item] = true;
  }
  add_updates(o, said, updated, a, out);
  for (size_t i = 0; i < d->n_items; i++) out->n_items += said[i] || updated[i];
  if (out->groups.n) qsort(out->groups.v, out->groups.n, sizeof *out->groups.v, by_group);
  for (size_t g = 0; g < out->groups.n; g++) {
    changed_list *l = &out->groups.v[g].items;
    out->groups.v[g].why = common_why(l);
    qsort(l->v, l->n, sizeof *l->v, by_worth);
  }
}

/* ---- sums ----------------------------------------------------------------------------- */

static struct changed_sum *sum_of(changed_sums *sums, const struct changed_group *g,
                                  const char *rule, struct arena *a) {
  for (size_t i = sums->n; i > 0 && sums->v[i - 1].group == g; i--)
    if (strcmp(sums->v[i - 1].rule, rule) == 0) return &sums->v[i - 1];
  VEC_PUSH(a, sums, ((struct changed_sum){.group = g, .rule = rule, .opened = DAY_NONE}));
  return &sums->v[sums->n - 1];
}

static int by_number(const void *pa, const void *pb) {
  const struct changed_sum *a = pa, *b = pb;
  if (a->group != b->group) return a->group < b->group ? -1 : 1;
  return a->n != b->n ? (a->n < b->n) - (a->n > b->n) : strcmp(a->rule, b->rule);
}

changed_sums changes_sums(const struct changes *c, struct arena *a) {
  changed_sums sums = {0};
  for (size_t g = 0; g < c->groups.n; g++) {
    const struct changed_group *group = &c->groups.v[g];
    for (size_t k = 0; k < group->items.n; k++) {
      const struct item *i = group->items.v[k].item;
      const char *why = group->items.v[k].why;
      struct changed_sum *s = sum_of(&sums, group, i->rule, a);
      s->why = !s->n || text_same(s->why, why) ? why : NULL;
      struct item living = *i; /* what is closed was worth something before */
      living.state = ITEM_OPEN;
      stake_add(&s->stake, &living, a);
      s->n++;
      s->waiting += item_hold(i) == HOLD_WAITING;
      s->muted += item_hold(i) == HOLD_MUTED;
      s->late += i->due_late;
      if (s->opened == DAY_NONE || i->opened < s->opened) s->opened = i->opened;
    }
  }
  if (sums.n) qsort(sums.v, sums.n, sizeof *sums.v, by_number);
  return sums;
}

/* ---- one item ------------------------------------------------------------------------- */

size_t changed_rules(const struct changed_group *g, struct arena *a) {
  struct map rules = {0};
  for (size_t k = 0; k < g->items.n; k++) {
    const struct item *i = g->items.v[k].item;
    map_put(&rules, a, i->rule, (void *)i);
  }
  return rules.n;
}

/* A `do` text mostly names the row; the sentence that stands in for it does not. */
static const char *action_text(const struct item *i, struct arena *a) {
  const char *subject = item_subject(i);
  if (!i->action) return arena_printf(a, "%s: %s", subject, i->rule);
  bool named = strstr(i->action, subject) || strcmp(i->entity, "company") == 0;
  return named ? i->action : arena_printf(a, "%s: %s", subject, i->action);
}

const char *changed_detail(const struct changed_group *g, const struct changed_item *c,
                           size_t rules, struct arena *a) {
  const char *rule = rules > 1 ? c->item->rule : NULL;
  switch (kinds[g->kind].detail) {
    case ACTION: return action_text(c->item, a);
    case FIELDS: return rule ? arena_printf(a, "%s: %s", rule, c->fields) : c->fields;
    case WHY:
    case RULE:
      if (!c->why || g->why) return rule;
      return rule ? arena_printf(a, "%s: %s", rule, c->why) : c->why;
  }
  UNREACHABLE("a detail of changed.def");
}
