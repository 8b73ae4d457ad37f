/* The life of action items: what changes when today's verdicts meet the items that are there.
 *
 * A pure function: no clock, no database. Deciding twice on the same verdicts changes nothing the
 * second time. */
#ifndef VIGIE_DECIDE_H
#define VIGIE_DECIDE_H

#include "action/item.h"
#include "base/arena.h"
#include "base/vec.h"

enum change_kind {
#define CHANGE(id, word, count, link) CHANGE_##id,
#include "action/change.def"
#undef CHANGE
  CHANGES
};

/* One change of one item: one line of the audit. */
struct change {
  enum change_kind kind;
  size_t item;           /* index into decision.items */
  const char *field;     /* "state", "owner", ... */
  const char *old, *now; /* as text; NULL: nothing there */
  const char *why;       /* what a person wrote, or what made the run do it; NULL */
};

enum event_kind {
#define EVENT(id, word) EVENT_##id,
#include "action/event.def"
#undef EVENT
  EVENTS
};

/* Something that a person, or a team, is to be told of an item: a line of the outbox. */
struct event_out {
  size_t item; /* index into decision.items */
  enum event_kind kind;
  const char *to; /* an address, or the name of a team */
  bool to_team;
  size_t step; /* the number of the step that it is about; 0: the item */
};

struct counts {
  long opened, resolved;
  long settled; /* closed as done, by the data */
  /* Of the items open before and after; one may be escalated and updated. */
  long escalated, reminded, updated, unchanged;
  long started;   /* that had waited for room */
  long rule_gone; /* of the unchanged: items whose rule is no longer in the files */
  long not_asked; /* closed because the policy changed */
  long baseline;  /* taken as the baseline */
};

/* Rows of an entity that went missing together: its table looks cut off. */
struct cut_off {
  const char *entity;
  const char *rule; /* the first one, by name, that has items of it */
  long gone, rows;  /* of the rows with living items */
};

/* An owner who is not there, or of whom nothing is known. */
enum absence_kind {
  ABSENT_LEFT,
  ABSENT_AWAY,
  ABSENT_NOT_KNOWN, /* whether away: nothing was moved */
  ABSENT_NOWHERE,   /* in nobody's list: reaches nobody */
  ABSENT_BACK,
  ABSENCES
};
typedef VEC(const char *) address_list;
struct absence {
  enum absence_kind kind;
  const char *owner;
  address_list to;    /* who has got the items that were moved; empty: nobody was there */
  long moved, opened; /* by this run: items that others have got, those that opened with them */
  long steps;         /* by this run: steps of others' items that others have got, new ones too */
  long with_others;   /* away: living items that others have for now, those included */
  long stays;         /* living items that stayed with the owner */
  long steps_stay;    /* and steps of others' items */
};
const char *absence_name(enum absence_kind k); /* "away": the word for programs */

struct decision {
  struct item *items; /* those before, then the openings */
  size_t n_before, n_items;
  /* for each item: something about it is new that is no change worth a line in the audit */
  const bool *noted;
  const struct change *changes;
  size_t n_changes;
  struct counts counts;
  const struct event_out *events;
  size_t n_events;
  const struct absence *absences; /* by kind, then owner */
  size_t n_absences;
  const struct cut_off *cut_off; /* whose items were left as they are */
  size_t n_cut_off;
};

struct items_standing; /* stand.h */

/* What a decision stands on. */
struct deciding {
  /* for each identity its newest item; at most one living one for each rule, entity and key */
  const struct item *before;
  size_t n_before;
  /* the same array with room for so many, in the same arena, where nobody asks how they were: the
   * decision makes of them what they become; NULL: it makes copies */
  struct item *own;
  size_t room;
  /* living items that stand (stand.h), and are not among those before; what hits they had was left
   * out */
  const struct items_standing *standing; /* NULL: there are none */
  int64_t last;                 /* the highest number ever given; openings get the next ones */
  const struct verdicts *today; /* within a rule, the keys of the hits are distinct */
  /* what the policy of the run before says of today's data, and for each rule of today how it
   * differs (NULL: it does not); NULL: the policy is the same */
  const struct verdicts *old;
  const char *const *differs;
  /* the teams as the run before knew them: who is on their lists no more has left */
  const struct team_facts *teams_before;
  size_t n_teams_before;
  const char *only; /* the rule that was judged alone, all others rest; NULL: all */
  bool baseline;    /* what would open is closed at once, as the baseline */
};

/* Everything returned lives in the arena, or is borrowed from `in`. */
void decide(const struct deciding *in, struct arena *a, struct decision *out);

/* "opened", "resolved", ...: the word for people and the audit. */
const char *change_name(enum change_kind k);
/* The link of change.def, of a change by its word; NULL: it has none, or there is no such word. */
const char *change_link(const char *word);
const char *event_name(enum event_kind k); /* "went_up": the word in the outbox */
/* Is it among the changes that `updated` of a run counts? */
bool change_updates(enum change_kind k);

#endif
