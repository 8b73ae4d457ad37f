/* What runs have said of KPIs, beside what the same days give today. */
#ifndef VIGIE_CMD_PUBLISHED_H
#define VIGIE_CMD_PUBLISHED_H

#include <stdio.h>

#include "action/published.h"
#include "cmd/args.h"
#include "data/dataset.h"

enum said_status {
#define STATUS(id, word, doc) SAID_##id,
#include "cmd/published.def"
#undef STATUS
  SAID_STATUSES
};
const char *said_status_word(enum said_status s);

/* One number, then and now. */
struct compared {
  const char *kpi; /* its name today; of one that is gone, then */
  const char *was; /* its name then, where it had another; NULL */
  const char *group;
  day_t day;
  const struct published *said; /* NULL: there was no such group */
  /* Today's answer for that day, by today's definition and by that of then; unknown without one. */
  struct value now, by_then;
  long known, rows; /* behind `now`, as those of struct published */
  long then_known;  /* rows with a known value that the definition of then finds today */
  bool redefined;   /* the definition has changed since */
  bool in_parts;    /* data and definition can be told from each other */
  enum said_status status;
  const name_list *hindsight; /* of a plain column: what stands below the data's part; NULL */
  const char *changed;        /* redefined: what of the definition changed, in words */
  const char *why;            /* SAID_UNTOLD: why not */
};

struct published_report {
  day_t as_of;
  struct compared *list; /* by day, KPI and group */
  size_t n;
  bool newest;      /* of each KPI the newest day alone */
  size_t more_days; /* days that were said and are not in it */
  day_t first_day;  /* of all that was said */
  size_t smaller;   /* differences within the tolerance, not in the list */
};

/* Reads the state of args, values its days by today's rules and by those of then, and compares.
 * False: problems say why. In the arena. */
bool published_report(const struct args *args, struct ruleset *rs, struct dataset *dataset,
                      struct arena *a, struct published_report *out, struct diags *problems);

/* Are both numbers that are known, of one unit and currency? */
bool comparable(const struct value *a, const struct value *b);

/* now - said as it is added up: the parts of it have so many digits that they add up exactly. Of
 * numbers of one unit that are both known; false for others. */
struct parts {
  double all, data, definition; /* in the unit of the values; the last two when in_parts */
};
bool compared_parts(const struct compared *c, struct parts *out);

/* "Basic": the values of its group for people; "" of the company. In the arena. */
const char *compared_group(const struct compared *c, struct arena *a);

void published_text(FILE *f, const struct published_report *r, int width, bool color,
                    struct arena *a);
void published_json(FILE *f, const struct published_report *r);
void published_csv(FILE *f, const struct published_report *r, struct arena *a);

#endif
