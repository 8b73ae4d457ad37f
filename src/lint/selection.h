/* Rows that somebody chooses: the aggregates of KPIs, and the rules over rows. In: a rule set. Out:
 * of each, which attributes its condition looks at. */
#ifndef VIGIE_LINT_SELECTION_H
#define VIGIE_LINT_SELECTION_H

#include "lint/check.h"

struct selection { /* rows that somebody chose */
  const struct entity *entity;
  const struct term *where;
  const struct kpi *kpi;   /* an aggregate of it; NULL: the condition of a rule */
  const struct rule *rule; /* NULL: of a KPI */
  struct span at;
  VEC(const struct attr *) asked;       /* behind names, too: each once */
  VEC(const struct segment *) segments; /* that were gone into: a chain has many ways down */
};

typedef VEC(struct selection) selection_list;

struct selections {
  selection_list list;
};

/* Of sums and counts, and of rules; those of the library are left out. Gathered once. */
selection_list selections_of(struct lint *l);

bool selection_asks(const struct selection *s, const struct attr *at);
/* What the condition t says of the attribute. 1: the flag holds or the day is known, -1: it does
 * not or is not, 0: neither. */
int selection_way(const struct term *t, const struct attr *at);
/* The one text that the condition asks of the attribute; NULL: none, or it is no plain question. */
const char *selection_value(const struct term *t, const struct attr *at);
/* The day of the row that one condition asks to have passed: overdue, older than, before today;
 * NULL: it asks something else. */
const struct term *selection_day_passed(const struct term *t);
/* "`unpaid`", "the rule `late`" */
const char *selection_title(struct lint *l, const struct selection *s);

#endif
