/* Fields that follow the data. In: living items. Out: the same with today's owner, label and worth;
 * what was written at opening and what a person set stays. */
#include "action/compare.h"
#include "action/life/life.h"
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

/* An unknown value of `once per` keeps the old one. */
static void follow_once(struct life *l, size_t at, const char *once) {
  struct item *i = &l->items.v[at];
  const struct place *p = &l->places.v[at];
  if (!once || text_same(i->once, once)) return;
  i->seq = life_next_seq(l, life_row(l, p->rule, i->key), once);
  life_text(l, at, "once", &i->once, once);
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

/* What the owner before had said of it ends; the new one is told, and has the day to read it. */
static void meet_owner(struct life *l, struct item *i) {
  item_end_ack(i);
  item_end_snooze(i);
  i->rested = i->told = l->v->as_of;
}

static void follow_hit(struct life *l, size_t at, const struct hit *h) {
  struct item *i = &l->items.v[at];
  const struct rule_verdict *r = l->places.v[at].rule;
  follow_once(l, at, h->once);
  if (!i->group_values) i->group_values = values_json_text(h->by, h->n_by, l->a);
  if (!i->owner_by_person && life_text(l, at, "owner", &i->owner, h->owner)) meet_owner(l, i);
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
    if (p->hit)
      follow_hit(l, at, p->hit);
    else if (p->now.present && p->rule->worth_name)
      life_worth(l, at, &p->now.worth);
  }
}
