/* In: items. Out: a queue for each person of a team. */
#include "action/queue.h"

#include <stdlib.h>
#include <string.h>

#include "action/compare.h"

static int by_queue(const void *pa, const void *pb) {
  const struct item *a = *(const struct item *const *)pa, *b = *(const struct item *const *)pb;
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

size_t queues_of(const struct item *const *items, size_t n, const struct team_facts *teams,
                 size_t n_teams, day_t as_of, struct arena *a, struct queue **out) {
  const struct item **sorted = NEW_N(a, const struct item *, n + 1);
  struct queue *queues = NEW_N(a, struct queue, n + 1);
  size_t n_sorted = 0, n_queues = 0;
  for (size_t i = 0; i < n; i++)
    if (item_living(items[i]) && item_counts(items[i])) sorted[n_sorted++] = items[i];
  if (n_sorted) qsort(sorted, n_sorted, sizeof *sorted, by_queue);
  for (size_t i = 0; i < n_sorted; i++) {
    if (!i || by_queue(&sorted[i - 1], &sorted[i]) != 0)
      queues[n_queues++] = (struct queue){.team = sorted[i]->team,
                                          .owner = sorted[i]->owner,
                                          .capacity = capacity_of(sorted[i]->team, teams, n_teams),
                                          .first_due = DAY_NONE};
    add(&queues[n_queues - 1], sorted[i], as_of);
  }
  *out = queues;
  return n_queues;
}

bool is_due_past(const struct item *i, day_t as_of) { return i->due != DAY_NONE && i->due < as_of; }

bool waits_in_need(const struct item *i, day_t as_of) {
  if (item_hold(i) != HOLD_WAITING || !item_counts(i)) return false;
  return strcmp(i->priority, "high") == 0 || is_due_past(i, as_of);
}
