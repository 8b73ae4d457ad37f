/* Makes the page: judges the day, looks at the items, values KPIs. */
#ifndef VIGIE_REPORT_MAKE_H
#define VIGIE_REPORT_MAKE_H

#include "report/report.h"

struct report_request {
  struct ruleset *rs;
  struct dataset *dataset;
  const char *state_path; /* a state that does not exist yet counts as empty; nothing is written */
  day_t as_of;            /* DAY_NONE: that of the newest run, else today */
  day_t since;            /* DAY_NONE: REPORT_SINCE_DAYS before */
  const char *whose;      /* a person or a team, in whatever letters; NULL: everybody's */
  enum tongue tongue;
  const char *command, *where; /* as in struct report */
  void (*progress)(void *ctx, const char *what);
};

/* The page lives in the arena. What has to be said beside it is in problems as a warning. False:
 * problems say why there is none. */
bool report_make(const struct report_request *q, struct arena *a, struct report *out,
                 struct diags *problems);

#endif
