/* Who is told what. In: what the steps before have changed. Out: the events of the outbox: of one
 * item each person is told once a day, under the first of event.def that holds. */
#include <string.h>
#include <strings.h>

#include "action/life/life.h"

struct telling {
  struct life *l;
  size_t at;
  struct event_out best[2]; /* to the owner, to a team */
  bool has[2];
  bool settled; /* the run has closed it */
};

enum { TO_OWNER, TO_TEAM };

static void offer(struct telling *t, int whom, enum event_kind kind, const char *to) {
  if (!to || (t->has[whom] && t->best[whom].kind <= kind)) return;
  t->best[whom] =
      (struct event_out){.item = t->at, .kind = kind, .to = to, .to_team = whom == TO_TEAM};
  t->has[whom] = true;
}

/* What nobody owns goes to the team above. */
static void to_owner(struct telling *t, enum event_kind kind) {
  const struct item *i = &t->l->items.v[t->at];
  const struct team_facts *team = life_team(t->l, i->team);
  if (i->owner)
    offer(t, TO_OWNER, kind, i->owner);
  else if (team)
    offer(t, TO_TEAM, kind, team->above);
}

/* What is held back tells nobody; what was told of tells that it is settled. */
static void take_change(struct telling *t, const struct change *c) {
  const struct item *i = &t->l->items.v[t->at];
  bool to_do = item_to_do(i) && item_counts(i);
  switch (c->kind) {
    case CHANGE_OPEN:
    case CHANGE_REOPEN:
      if (to_do) to_owner(t, EVENT_NEW);
      return;
    case CHANGE_COVER: /* or of a step: say_steps */
    case CHANGE_RETURN:
    case CHANGE_UPDATE:
      if (to_do && strcmp(c->field, "owner") == 0) to_owner(t, EVENT_NEW);
      return;
    case CHANGE_START:
    case CHANGE_UNMUTE:
      if (to_do) to_owner(t, EVENT_STARTED);
      return;
    case CHANGE_WAKE:
      if (to_do) to_owner(t, EVENT_WOKE);
      return;
    case CHANGE_REMIND: to_owner(t, EVENT_REMINDER); return;
    case CHANGE_RESOLVE:
    case CHANGE_NOT_ASKED:
    case CHANGE_SETTLE:
      if (i->told != DAY_NONE) to_owner(t, EVENT_SETTLED);
      t->settled = true;
      return;
    case CHANGE_ESCALATE:
      if (c->why) return; /* a lower level, passed in the same run */
      offer(t, TO_TEAM, EVENT_ESCALATED, c->now);
      to_owner(t, EVENT_WENT_UP);
      return;
    default: return;
  }
}

/* The event that the person has of this item today, of those from number `first` on; NULL. */
static struct event_out *heard(struct life *l, size_t first, const char *person) {
  for (size_t e = first; e < l->events.n; e++)
    if (!l->events.v[e].to_team && strcasecmp(l->events.v[e].to, person) == 0)
      return &l->events.v[e];
  return NULL;
}

static bool is_again(const struct life *l, const struct item_step *s,
                     const struct rule_verdict *r) {
  return r && r->reminds.n && s->told != DAY_NONE &&
         l->v->as_of >= day_shift(l->v->calendar, s->told, r->reminds, 1);
}

/* What whoever does the step is to be told of it. A step of the item's own owner is told with the
 * item, but for the day when it is late. EVENTS: nothing. */
static enum event_kind news_of_step(const struct telling *t, const struct item_step *s) {
  const struct life *l = t->l;
  const struct item *i = &l->items.v[t->at];
  bool to_do = item_to_do(i) && item_counts(i);
  if (!step_open(s) || !step_owner(i, s)) return EVENTS;
  if (t->settled) return s->team && s->told != DAY_NONE ? EVENT_SETTLED : EVENTS;
  if (!to_do) return EVENTS;
  if (step_late(s, l->v->as_of) && (s->told == DAY_NONE || s->told <= s->due)) return EVENT_LATE;
  if (!s->team) return EVENTS;
  if (s->told == DAY_NONE) return EVENT_STEP;
  return is_again(l, s, l->places.v[t->at].rule) ? EVENT_REMINDER : EVENTS;
}

/* One person is told once a day of one item: of what is most urgent. */
static void say_steps(struct telling *t, size_t first) {
  struct life *l = t->l;
  struct item *i = &l->items.v[t->at];
  for (size_t k = 0; k < i->n_steps; k++) {
    struct item_step *s = &i->steps[k];
    enum event_kind kind = news_of_step(t, s);
    if (kind == EVENTS) continue;
    const char *to = step_owner(i, s);
    struct event_out e = {.item = t->at, .kind = kind, .to = to, .step = k + 1};
    struct event_out *before = heard(l, first, to);
    if (!before)
      VEC_PUSH(l->a, &l->events, e);
    else if (kind < before->kind)
      *before = e;
    s->told = l->v->as_of;
    if (!s->team) i->told = l->v->as_of;
    l->places.v[t->at].noted = true;
  }
}

static void say(struct telling *t) {
  struct life *l = t->l;
  struct item *i = &l->items.v[t->at];
  if (item_counts(i) && item_late(i, l->v->as_of) && item_to_do(i) &&
      (i->told == DAY_NONE || i->told <= i->due))
    to_owner(t, EVENT_LATE);
  size_t first_event = l->events.n;
  for (int whom = 0; whom < 2; whom++)
    if (t->has[whom]) VEC_PUSH(l->a, &l->events, t->best[whom]);
  if (t->has[TO_OWNER] && i->told != l->v->as_of) {
    i->told = l->v->as_of;
    l->places.v[t->at].noted = true;
  }
  say_steps(t, first_event);
}

void life_tell(struct life *l) {
  size_t *first = NEW_N(l->a, size_t, l->items.n + 1),
         *next = NEW_N(l->a, size_t, l->changes.n + 1);
  for (size_t c = l->changes.n; c > 0; c--) {
    next[c] = first[l->changes.v[c - 1].item];
    first[l->changes.v[c - 1].item] = c;
  }
  for (size_t at = 0; at < l->items.n; at++) {
    if (l->places.v[at].rests) continue;
    struct telling t = {.l = l, .at = at};
    for (size_t c = first[at]; c; c = next[c]) take_change(&t, &l->changes.v[c - 1]);
    if (first[at] || item_living(&l->items.v[at])) say(&t);
  }
}
