/* What the steps of a decision share: the items, how each stands today, what has changed.
 *
 * Items are sorted by rule, entity and key, so that the items of a row stand side by side; what a
 * step opens is added behind them. A step changes an item and records the change, and that is all:
 * nothing is written anywhere. */
#ifndef VIGIE_LIFE_H
#define VIGIE_LIFE_H

#include "action/decide.h"
#include "action/row_index.h"
#include "base/vec.h"

/* Items [first, last): those of one rule, or of one row of it. */
struct stretch {
  size_t first, last;
};

/* How an item stands on the day. */
struct place {
  const struct rule_verdict *rule; /* NULL: it rests, or its rule is no longer in the files */
  const struct hit *hit;           /* NULL: the rule does not act on its row */
  struct standing now;             /* of its row, where there is a rule */
  bool rests; /* not judged by this run: another rule alone is, or its table looks cut off */
  bool updated, escalated, reminded;
  bool noted;   /* decision.noted */
  bool arrives; /* to do from today on, as an opening is: what is full may make it wait */
};

struct life {
  struct arena *a;
  const struct deciding *in;
  const struct verdicts *v; /* in->today */
  VEC(struct item) items;
  VEC(struct place) places; /* one for each item */
  size_t n_before;
  struct row_index rows; /* of the items before, where those of each row begin */
  int64_t last;          /* the highest number given so far */
  VEC(struct change) changes;
  VEC(struct event_out) events;
  VEC(struct cut_off) cut_off;
  VEC(struct absence) absences;
  struct counts counts;
};

/* Sorts the items before, and finds how each stands. */
void life_meet(struct life *l);

/* The table of the entity looks cut off: nothing of it is judged. */
bool life_is_cut_off(const struct life *l, const char *entity);

/* Of the items before, those of a row of the rule. */
struct stretch life_row(const struct life *l, const struct rule_verdict *r, const char *key);

/* Rule, entity and key in one text that no other three have: keys hold no line ends of ours. */
const char *life_row_name(const struct life *l, const char *rule, const char *entity,
                          const char *key);

/* The false condition has lasted until the rule's `clear when` is true: unknown neither begins nor
 * ends an episode. */
bool life_is_over(const struct rule_verdict *r, const struct standing *s);

/* How the policy differs from that of the run before in what it says of the row today: NULL: it
 * does not, or the old policy says the same. acts: does today's policy act on the row? */
const char *life_policy_change(const struct life *l, const struct rule_verdict *r, const char *key,
                               bool acts);

/* Records a change of the item; texts are borrowed. */
void life_record(struct life *l, enum change_kind kind, size_t item, const char *field,
                 const char *old, const char *now);

/* Closes the item on the day; a true condition may open it again. why: NULL: as its state says. */
void life_close(struct life *l, size_t item, enum item_state state, enum change_kind change,
                const char *why);

/* Gives the field its new text where it differs, and records that. True when it did. */
bool life_text(struct life *l, size_t item, const char *field, const char **have, const char *now);

/* The same for what an item is worth. */
bool life_worth(struct life *l, size_t item, const struct value *now);

/* The rows that the row of a hit leads to, as the field leads_to has them; NULL: none. */
const char *life_leads(const struct life *l, const struct rule_verdict *r, const struct hit *h);

/* What the rules say of the team; NULL: there is none of that name. */
const struct team_facts *life_team(const struct life *l, const char *name);

/* What the owner before had said of it ends; the new one is told, and has the day to read it. */
void life_meet_owner(struct life *l, struct item *i);

/* The day as text, in the arena; NULL for DAY_NONE. */
const char *life_day(const struct life *l, day_t day);

/* Sorts the items at these places as they are worked on: priority, then worth as money of the
 * calendar's currency, then what would be due first, then opened, then number. */
void life_rank(const struct life *l, size_t *at, size_t n);

/* The seq of the next item of this identity. */
int life_next_seq(const struct life *l, struct stretch row, const char *once);

#define STEP(name, doc) void life_##name(struct life *l);
#include "action/life/step.def"
#undef STEP

#endif
