/* Fields that follow the data. In: living items. Out: the same with today's owner, label and worth;
 * what was written at opening and what a person set stays. */
#include "action/compare.h"
#include "action/evidence.h"
#include "action/life/away.h"
#include "action/levels.h"
#include "action/life/life.h"
#include "action/margins.h"
#include "action/value_json.h"

/* Whose money it is. */
static void follow_measure(struct life *l, size_t at, const char *key) {
  const struct rule_verdict *r = l->places.v[at].rule;
  struct item *i = &l->items.v[at];
  bool known = i->worth.known, first = !i->worth_of;
  life_text(l, at, "worth_of", &i->worth_of, known ? r->worth_name : NULL);
  i->worth_entity = known ? r->worth_entity : NULL;
  if (known && !first)
    life_text(l, at, "worth_key", &i->worth_key, key);
  else
    i->worth_key = known ? key : NULL;
}

/* A due day that is written against the date of the occasion moves with it. */
static void follow_due(struct life *l, size_t at, day_t due) {
  struct item *i = &l->items.v[at];
  if (!l->places.v[at].rule->due_by_once || i->due_by_person || i->due == due) return;
  life_record(l, CHANGE_UPDATE, at, "due", life_day(l, i->due), life_day(l, due));
  i->due = due;
}

/* Another occasion: what was said of the one before ends, and escalation begins anew. An unknown
 * value of `once per` keeps the old one, and one that becomes known is the same occasion. */
static void follow_once(struct life *l, size_t at, const struct hit *h) {
  struct item *i = &l->items.v[at];
  const struct place *p = &l->places.v[at];
  const char *before = i->once;
  if (!h->once || text_same(before, h->once)) return;
  i->seq = life_next_seq(l, life_row(l, p->rule, i->key), h->once);
  life_text(l, at, "once", &i->once, h->once);
  follow_due(l, at, h->due);
  if (!before) return;
  levels_begin_anew(i, before, h->once, l->a);
  item_end_ack(i);
  item_end_snooze(i);
  i->rested = l->v->as_of;
}

/* How far it is beyond its bounds: what a snooze until it gets worse is held against. */
static void note_margins(struct life *l, size_t at, const struct hit *h) {
  struct item *i = &l->items.v[at];
  const char *margins = margins_text(l->places.v[at].rule, h, i->margins, l->a);
  if (text_same(i->margins, margins)) return;
  i->margins = margins;
  l->places.v[at].noted = true;
}

/* What its reasons are today, whether they still make its rule act or not. */
static void note_reasons(struct life *l, size_t at) {
  struct item *i = &l->items.v[at];
  struct place *p = &l->places.v[at];
  size_t n = p->hit ? p->hit->n_reasons : 0;
  const struct because *now = p->hit ? p->hit->reasons : l->v->reasons(l->v, p->rule, i->key, &n);
  if (!n) return;
  const char *text = evidence_text(i, now, n, l->a);
  if (text_same(i->reasons_now, text)) return;
  i->reasons_now = text;
  p->noted = true;
}

/* Since when it could not be judged. A row that is gone says nothing of it. */
static void note_judged(struct life *l, size_t at) {
  struct item *i = &l->items.v[at];
  struct place *p = &l->places.v[at];
  if (!p->hit && !p->now.present) return;
  bool judged = p->hit || p->now.when != TRUTH_UNKNOWN;
  if (judged == (i->not_judged == DAY_NONE)) return;
  i->not_judged = judged ? DAY_NONE : l->v->as_of;
  p->noted = true;
}

/* Of a row that is a customer itself the label says it already. */
static void follow_account(struct life *l, size_t at, const struct hit *h) {
  struct item *i = &l->items.v[at];
  if (text_same(i->entity, h->account_entity))
    i->account = h->account;
  else
    life_text(l, at, "account", &i->account, h->account);
  i->account_key = h->account_key;
  i->account_entity = h->account_entity;
  life_text(l, at, "link", &i->link, h->link);
}

/* Of a team that takes turns, whoever has the item keeps it: share.c. */
static void follow_owner(struct life *l, size_t at, const struct hit *h) {
  const struct item *i = &l->items.v[at];
  const struct team_facts *t = life_team(l, l->places.v[at].rule->team);
  if (t && t->in_turn) return;
  const char *lead = t ? t->lead : NULL;
  if (h)
    life_place(l, at, h->owner, h->next_owners, h->n_next_owners);
  else
    life_place(l, at, life_home(i), &lead, 1);
}

static void follow_hit(struct life *l, size_t at, const struct hit *h) {
  struct item *i = &l->items.v[at];
  const struct rule_verdict *r = l->places.v[at].rule;
  follow_once(l, at, h);
  note_margins(l, at, h);
  if (!i->group_values) i->group_values = values_json_text(h->by, h->n_by, l->a);
  follow_owner(l, at, h);
  life_text(l, at, "label", &i->label, h->label);
  follow_account(l, at, h);
  life_text(l, at, "team", &i->team, r->team);
  life_text(l, at, "priority", &i->priority, r->priority);
  life_worth(l, at, &h->worth);
  follow_measure(l, at, h->worth_key);
  if (r->n_leads) i->leads_to = life_leads(l, r, h);
}

void life_follow(struct life *l) {
  for (size_t at = 0; at < l->n_before; at++) {
    const struct place *p = &l->places.v[at];
    if (!p->rule || !item_living(&l->items.v[at])) continue;
    note_judged(l, at);
    note_reasons(l, at);
    if (p->hit)
      follow_hit(l, at, p->hit);
    else
      follow_owner(l, at, NULL);
    if (!p->hit && p->now.present && p->rule->worth_name) life_worth(l, at, &p->now.worth);
  }
}
