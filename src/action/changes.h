/* What a run did to items, or would do, sorted for a page: the rows of changed.def. What plan and
 * run print in whatever form comes from here. */
#ifndef VIGIE_CHANGES_H
#define VIGIE_CHANGES_H

#include "action/apply.h"
#include "action/stake.h"
#include "base/vec.h"

enum changed_kind {
#define CHANGED(id, word, one, many, detail) CHANGED_##id,
#include "action/changed.def"
#undef CHANGED
  CHANGED_KINDS
};

/* One item in one of them. */
struct changed_item {
  const struct item *item;     /* as it is after */
  const struct change *change; /* the first that says so */
  const char *why;             /* "health_alarm 10 → 12"; NULL: nothing more is to be said */
  const char *fields;          /* "priority from normal to high"; NULL: not of updates */
};
typedef VEC(struct changed_item) changed_list;

/* Those that stand under one heading: the most money first. */
struct changed_group {
  enum changed_kind kind;
  const char *to;  /* the team that they go up to; NULL: they do not */
  const char *why; /* of all of them; NULL: there is none, or several */
  changed_list items;
};

struct changes {
  VEC(struct changed_group) groups; /* in the order of changed.def; none is empty */
  size_t n_items;                   /* how many items are in any of them */
};

/* Lives in the arena and borrows from the outcome. */
void changes_of(const struct outcome *o, struct arena *a, struct changes *out);

/* One line of a summary: those of one group and rule. */
struct changed_sum {
  const struct changed_group *group;
  const char *rule;
  long n;
  struct stake stake;  /* their worth; of closed ones what they were worth */
  long waiting, muted; /* of these: held back */
  long late;           /* late at opening, so due at once */
  day_t opened;        /* the first day that one of them was opened */
  const char *why;     /* of all of them; NULL: there is none, or several */
};
typedef VEC(struct changed_sum) changed_sums;
changed_sums changes_sums(const struct changes *c, struct arena *a);

const char *changed_word(enum changed_kind k);         /* "no longer asked": for programs */
const char *changed_does(enum changed_kind k, long n); /* "opens", "open" */
/* "Go up to VP_CS", "No longer asked": in the arena. */
const char *changed_heading(const struct changed_group *g, struct arena *a);
/* What stands below the item, in the arena; NULL: nothing. rules: how many the group has. */
const char *changed_detail(const struct changed_group *g, const struct changed_item *c,
                           size_t rules, struct arena *a);
/* Of how many rules its items are. */
size_t changed_rules(const struct changed_group *g, struct arena *a);

#endif
