/* In: items. Out: a queue for each person of a team. */
#include "action/queue.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "action/compare.h"
#include "base/map.h"
#include "base/vec.h"

static int by_queue(const void *pa, const void *pb) {
  const struct queue *a = pa, *b = pb;
  int c = text_cmp(a->team, b->team);
  return c ? c : text_cmp(a->owner, b->owner);
}

static int capacity_of(const char *team, const struct team_facts *teams, size_t n) {
  const struct team_facts *t = team_named(teams, n, team);
  return t ? t->capacity : 0;
}

static void add(struct queue *q, const struct item *i, day_t as_of) {
  switch (item_hold(i)) {
    case HOLD_SNOOZED: q->snoozed++; break;
    case HOLD_MUTED: q->muted++; break;
    case HOLD_WAITING: q->waiting++; return;
    case HOLD_ACKNOWLEDGED:
    case HOLD_NONE:
      q->to_do++;
      if (i->due != DAY_NONE && (q->first_due == DAY_NONE || i->due < q->first_due))
        q->first_due = i->due;
      break;
  }
  q->late += item_late(i, as_of);
}

/* Queues while items are put into them: a person has one for each team, mostly one. */
struct queueing {
  struct arena *a;
  const struct team_facts *teams;
  size_t n_teams;
  struct map by_owner; /* the place of the newest queue of the owner, + 1 */
  VEC(struct queue) queues;
  VEC(size_t) before; /* by queue: the place of the one before of its owner, + 1; 0: none */
};

static struct queue *queue_of(struct queueing *x, const struct item *i) {
  const char *owner = i->owner ? i->owner : "";
  size_t newest = (size_t)(uintptr_t)map_get(&x->by_owner, owner), at = newest;
  for (; at; at = x->before.v[at - 1]) {
    struct queue *q = &x->queues.v[at - 1];
    if (text_same(q->team, i->team) && text_same(q->owner, i->owner)) return q;
  }
  VEC_PUSH(x->a, &x->queues,
           ((struct queue){.team = i->team,
                           .owner = i->owner,
                           .capacity = capacity_of(i->team, x->teams, x->n_teams),
                           .first_due = DAY_NONE}));
  VEC_PUSH(x->a, &x->before, newest);
  map_put(&x->by_owner, x->a, owner, (void *)(uintptr_t)x->queues.n);
  return &x->queues.v[x->queues.n - 1];
}

size_t queues_of(const struct item *const *items, size_t n, const struct team_facts *teams,
                 size_t n_teams, day_t as_of, struct arena *a, struct queue **out) {
  struct queueing x = {.a = a, .teams = teams, .n_teams = n_teams};
  for (size_t i = 0; i < n; i++)
    if (item_living(items[i]) && item_counts(items[i]))
      add(queue_of(&x, items[i]), items[i], as_of);
  if (x.queues.n) qsort(x.queues.v, x.queues.n, sizeof *x.queues.v, by_queue);
  *out = x.queues.v;
  return x.queues.n;
}

bool is_due_past(const struct item *i, day_t as_of) { return i->due != DAY_NONE && i->due < as_of; }

bool waits_in_need(const struct item *i, day_t as_of) {
  if (item_hold(i) != HOLD_WAITING || !item_counts(i)) return false;
  return strcmp(i->priority, "high") == 0 || is_due_past(i, as_of);
}
