/* Openings. In: rows on which a rule acts. Out: a new item for each that has no living one and
 * whose last occasion is over. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "action/compare.h"
#include "action/evidence.h"
#include "action/life/away.h"
#include "action/margins.h"
#include "action/value_json.h"

static const size_t NONE = SIZE_MAX;

/* A row to open an item for. */
struct opening {
  const struct rule_verdict *rule;
  const struct hit *hit;
  size_t prior; /* the closed item that speaks for it; NONE: it has had no item */
  int seq;
};

/* The newest closed item with the hit's once value. Where that value is unknown, or the rule has no
 * `once per`, the row's newest whatever its value, for it may well be the same occasion. */
static size_t prior_of(const struct life *l, struct stretch row, const char *once) {
  size_t prior = NONE;
  /* ascending by id: the last match is the newest */
  for (size_t i = row.first; i < row.last; i++)
    if (!once || text_same(l->items.v[i].once, once)) prior = i;
  return prior;
}

static bool has_living(const struct life *l, struct stretch row) {
  for (size_t i = row.first; i < row.last; i++)
    if (item_living(&l->items.v[i])) return true;
  return false;
}

/* By rule, entity and key as bytes, so that the order of files and lines changes no number. */
static int by_bytes(const void *pa, const void *pb) {
  const struct opening *a = pa, *b = pb;
  int c = strcmp(a->rule->rule, b->rule->rule);
  if (!c) c = strcmp(a->rule->entity, b->rule->entity);
  return c ? c : text_cmp(a->hit->key, b->hit->key);
}

/* A copy: what becomes of the playbook later is no matter of this item. */
static void take_steps(const struct life *l, const struct opening *o, struct item *i) {
  const struct rule_verdict *r = o->rule;
  if (!r->playbook) return;
  i->playbook = r->playbook->name;
  i->playbook_digest = r->playbook->digest;
  i->steps = NEW_N(l->a, struct item_step, r->n_steps + 1);
  i->n_steps = r->n_steps;
  for (size_t k = 0; k < r->n_steps; k++)
    i->steps[k] = (struct item_step){.text = o->hit->steps[k].text,
                                     .team = r->steps[k].team,
                                     .owner = o->hit->steps[k].owner,
                                     .due_after = r->steps[k].due_after,
                                     .due = DAY_NONE,
                                     .checked = DAY_NONE,
                                     .told = DAY_NONE};
}

static struct item new_item(const struct life *l, const struct opening *o) {
  const struct rule_verdict *r = o->rule;
  const struct hit *h = o->hit;
  struct item i = item_none();
  i.rule = r->rule;
  i.entity = r->entity;
  i.key = h->key;
  i.group_values = values_json_text(h->by, h->n_by, l->a);
  i.once = h->once;
  i.seq = o->seq;
  i.again_of = o->prior == NONE ? 0 : l->items.v[o->prior].id;
  i.label = h->label;
  i.account = h->account;
  i.account_key = h->account_key;
  i.account_entity = h->account_entity;
  i.link = h->link;
  i.team = r->team;
  i.owner = h->owner;
  i.action = h->action;
  i.no_do = r->no_do;
  i.priority = r->priority;
  i.worth = h->worth;
  i.worth_of = h->worth.known ? r->worth_name : NULL;
  i.worth_entity = h->worth.known ? r->worth_entity : NULL;
  i.worth_key = h->worth.known ? h->worth_key : NULL;
  i.opened = i.rested = i.told = l->v->as_of;
  i.due_after = r->due_after;
  if (!r->due_after) i.due = h->due; /* else it counts from the start: admit.c */
  i.due_late = h->due_late;
  i.leads_to = life_leads(l, r, h);
  i.margins = margins_text(r, h, NULL, l->a);
  i.because = h->because;
  i.n_because = h->n_because;
  i.reasons_now = evidence_text(&i, h->reasons, h->n_reasons, l->a);
  take_steps(l, o, &i);
  return i;
}

/* Closed before anybody was asked; it stays so until its episode is over. */
static void take_as_baseline(struct life *l) {
  struct item *i = &l->items.v[l->items.n - 1];
  i->state = ITEM_BASELINE;
  i->closed = l->v->as_of;
  i->started = DAY_NONE;
  i->reasons_now = NULL;
  life_record(l, CHANGE_BASELINE, l->items.n - 1, "state", NULL, item_state_name(i->state));
  l->counts.baseline++;
}

/* The item before slept, the condition has been over in between, and the day has not come: a value
 * that flaps must not wake a person. */
static bool sleeps_on(const struct life *l, const struct opening *o, struct item *i) {
  if (o->prior == NONE) return false;
  const struct item *before = &l->items.v[o->prior];
  if (before->state != ITEM_RESOLVED || before->snoozed_until == DAY_NONE ||
      before->snoozed_until <= l->v->as_of)
    return false;
  i->snoozed_until = before->snoozed_until;
  i->snoozed_margins = before->snoozed_margins;
  i->started = i->told = DAY_NONE;
  return true;
}

/* To whom it goes when its owner is not there. */
static void place_new(struct life *l, const struct opening *o) {
  const struct team_facts *t = life_team(l, o->rule->team);
  const struct hit *h = o->hit;
  if (!t || !t->in_turn) life_place(l, l->items.n - 1, h->owner, h->next_owners, h->n_next_owners);
}

/* What is to be said of an opening; NULL: nothing. */
static const char *why_so(const struct life *l, const struct opening *o, bool asleep) {
  const struct item *i = &l->items.v[l->items.n - 1];
  if (asleep)
    return arena_printf(l->a, "asleep until %s, as #%lld was", life_day(l, i->snoozed_until),
                        (long long)l->items.v[o->prior].id);
  return text_same(i->owner, o->hit->owner) ? NULL
                                            : arena_printf(l->a, "instead of %s", o->hit->owner);
}

static void add(struct life *l, const struct opening *o) {
  struct place p = {.rule = o->rule,
                    .hit = o->hit,
                    .arrives = true,
                    .now = {.present = true, .when = TRUTH_TRUE, .worth = o->hit->worth}};
  struct item i = new_item(l, o);
  i.id = ++l->last;
  bool again = o->prior != NONE, asleep = sleeps_on(l, o, &i);
  p.arrives = !asleep;
  const char *old = again ? item_state_name(l->items.v[o->prior].state) : NULL;
  VEC_PUSH(l->a, &l->items, i);
  VEC_PUSH(l->a, &l->places, p);
  place_new(l, o);
  l->items.v[l->items.n - 1].newly_asked = life_policy_change(l, o->rule, i.key, true) != NULL;
  if (l->in->baseline) {
    take_as_baseline(l);
    return;
  }
  life_record(l, again ? CHANGE_REOPEN : CHANGE_OPEN, l->items.n - 1, "state", old,
              item_state_name(ITEM_OPEN));
  l->changes.v[l->changes.n - 1].why = why_so(l, o, asleep);
  l->counts.opened++;
}

/* Its episode has been over since it closed, or it has lasted so long that it is asked again. */
static bool may_reopen(const struct life *l, const struct rule_verdict *r, size_t prior) {
  const struct item *i = &l->items.v[prior];
  if (i->armed || !r->reopens.n) return i->armed;
  return l->v->as_of >= day_shift(l->v->calendar, i->closed, r->reopens, 1);
}

void life_open(struct life *l) {
  VEC(struct opening) openings = {0};
  for (size_t r = 0; r < l->v->n_rules; r++) {
    const struct rule_verdict *rule = &l->v->rules[r];
    if (life_is_cut_off(l, rule->entity)) continue;
    for (size_t h = 0; h < rule->n_hits; h++) {
      const struct hit *hit = &rule->hits[h];
      struct stretch row = life_row(l, rule, hit->key);
      size_t prior = prior_of(l, row, hit->once);
      if (hit->settled || has_living(l, row) || (prior != NONE && !may_reopen(l, rule, prior)))
        continue;
      struct opening o = {
          .rule = rule, .hit = hit, .prior = prior, .seq = life_next_seq(l, row, hit->once)};
      VEC_PUSH(l->a, &openings, o);
    }
  }
  if (openings.n) qsort(openings.v, openings.n, sizeof *openings.v, by_bytes);
  for (size_t i = 0; i < openings.n; i++) add(l, &openings.v[i]);
}
