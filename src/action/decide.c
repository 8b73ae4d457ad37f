/* The life cycle. In: the newest item of each identity and today's verdicts. Out: the changes,
 * the counts, and the items as they are after the steps of life/step.def. */
#include "action/decide.h"

#include <string.h>

#include "action/compare.h"
#include "action/life/life.h"
#include "action/stand.h"
#include "base/check.h"

enum change_count { OPENED, CLOSED, UPDATED, APART };

static const struct {
  const char *word;
  enum change_count count;
  const char *link;
} changes[CHANGES] = {
#define CHANGE(id, word, count, link) {word, count, link},
#include "action/change.def"
#undef CHANGE
};

const char *change_name(enum change_kind k) {
  CHECK(k < CHANGES);
  return changes[k].word;
}

const char *change_link(const char *word) {
  for (size_t k = 0; k < CHANGES; k++)
    if (strcmp(changes[k].word, word) == 0) return changes[k].link;
  return NULL;
}

static const char *const event_words[EVENTS] = {
#define EVENT(id, word) word,
#include "action/event.def"
#undef EVENT
};

const char *event_name(enum event_kind k) {
  CHECK(k < EVENTS);
  return event_words[k];
}

bool change_updates(enum change_kind k) {
  CHECK(k < CHANGES);
  return changes[k].count == UPDATED;
}

/* The state's unique index sees to it (item_sql.c); two would be two people with one task. */
static void check_one_open(const struct item *items, size_t n) {
  const struct item *open = NULL;
  for (size_t i = 0; i < n; i++) {
    if (!item_living(&items[i])) continue;
    CHECK(!open || text_cmp(open->rule, items[i].rule) || text_cmp(open->entity, items[i].entity) ||
          text_cmp(open->key, items[i].key));
    open = &items[i];
  }
}

static void count_living(struct life *l) {
  l->counts.unchanged = l->in->standing ? l->in->standing->n : 0;
  for (size_t i = 0; i < l->n_before; i++) {
    const struct place *p = &l->places.v[i];
    if (!item_living(&l->items.v[i])) continue;
    l->counts.updated += p->updated;
    l->counts.unchanged += !p->updated && !p->escalated && !p->reminded;
    l->counts.rule_gone += l->items.v[i].rule_gone != DAY_NONE;
  }
}

void decide(const struct deciding *in, struct arena *a, struct decision *out) {
  static void (*const steps[])(struct life *) = {
#define STEP(name, doc) life_##name,
#include "action/life/step.def"
#undef STEP
  };
  struct life l = {.a = a, .in = in, .v = in->today, .last = in->last};
  life_meet(&l);
  check_one_open(l.items.v, l.n_before);
  for (size_t s = 0; s < sizeof steps / sizeof *steps; s++) steps[s](&l);
  count_living(&l);
  bool *noted = NEW_N(a, bool, l.items.n);
  for (size_t i = 0; i < l.n_before; i++) noted[i] = l.places.v[i].noted;
  *out = (struct decision){.items = l.items.v,
                           .n_before = l.n_before,
                           .n_items = l.items.n,
                           .noted = noted,
                           .changes = l.changes.v,
                           .n_changes = l.changes.n,
                           .counts = l.counts,
                           .events = l.events.v,
                           .n_events = l.events.n,
                           .absences = l.absences.v,
                           .n_absences = l.absences.n,
                           .cut_off = l.cut_off.v,
                           .n_cut_off = l.cut_off.n};
}
