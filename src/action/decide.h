/* The life of action items: what changes when today's verdicts meet the items that are there.
 *
 * A pure function: no clock, no database. Deciding twice on the same verdicts changes nothing the
 * second time. */
#ifndef VIGIE_DECIDE_H
#define VIGIE_DECIDE_H

#include "action/item.h"
#include "base/arena.h"

enum change_kind {
#define CHANGE(id, word, count) CHANGE_##id,
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

struct counts {
  long opened, resolved;
  /* Of the items open before and after; one may be escalated and updated. */
  long escalated, reminded, updated, unchanged;
  long rule_gone; /* of the unchanged: items whose rule is no longer in the files */
};

struct decision {
  struct item *items; /* those before, then the openings */
  size_t n_before, n_items;
  const bool *rule_gone; /* for each item */
  const struct change *changes;
  size_t n_changes;
  struct counts counts;
};

/* before: for each identity its newest item; at most one open for each rule, entity and key.
 * last: the highest number ever given; openings get the next ones. Within a rule, the keys of the hits are distinct. Everything returned lives in the arena, or is
 * borrowed from before and v. */
void decide(const struct item *before, size_t n_before, int64_t last, const struct verdicts *v,
            struct arena *a, struct decision *out);

/* "opened", "resolved", ...: the word for people and the audit. */
const char *change_name(enum change_kind k);
/* Is it among the changes that `updated` of a run counts? */
bool change_updates(enum change_kind k);

#endif
