/* Why a rule did or did not act on a row.
 *
 * Everything lives in the arena given to explain_rule, texts of the data included; the rule set
 * is borrowed. */
#ifndef VIGIE_EXPLAIN_H
#define VIGIE_EXPLAIN_H

#include "action/item.h"
#include "explain/key.h"
#include "explain/tree.h"

/* What would have to change for the answer to be the other one: all of the parts, or any of them.
 */
struct flips {
  bool all;
  VEC(const char *) list;
};

enum { LOOK_BACK_DAYS = 400, LOOK_BACK_ROWS = 8000000 };

struct since {
  day_t first; /* the answer has been the same since this day */
  int days;    /* how many days were looked at, the day itself not counted */
  bool longer; /* it was the same on all of them */
};

struct explanation {
  const struct rule *rule;
  const char *entity;      /* "account", the dimensions of a grouped rule, "company" */
  const char *key, *label; /* label NULL: none */
  day_t day;
  bool present;     /* does the row exist on the day */
  enum truth truth; /* of the condition */
  struct part *when;
  struct part *clear;   /* NULL: no `clear when` */
  struct part *settled; /* NULL: no `settled when` */
  const char *sentence; /* the rule in plain words */
  struct since since;
  struct flips flips;
  VEC(const struct part *) missing; /* names without a value that the condition needs */
  VEC(const char *) hindsight;      /* plain columns, read as they are today */
  bool done;              /* the rule acts on the row, and `settled when` is true: no item opens */
  const struct hit *item; /* as `run` would open it; NULL: it would not */
  const struct item *is;  /* the item that was asked for by its number, as it stands; NULL: none */
};

/* Explains a rule for the row that is asked for (the company's takes no text). False: problems say
 * which row there is not, with the nearest one, or what is wrong with the data. */
bool explain_rule(struct ruleset *rs, struct rule *r, const struct row_asked *asked,
                  struct dataset *dataset, day_t day, struct arena *a, struct explanation **out,
                  struct diags *problems);

/* flip.c: the changes that make the condition the other thing (of an unknown one: known). */
struct flips flips_of(const struct ruleset *rs, const struct part *when, bool want,
                      struct arena *a);

/* A value as a person reads it; texts in quotes. */
const char *shown_value(const struct value *v, struct arena *a);

#endif
