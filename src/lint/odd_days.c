/* Days that cannot be meant. In: targets, thresholds, lives of rows, fiscal periods. Out: a day
 * many years ahead, a start that is called an end. */
#include <string.h>

#include "lint/check.h"

enum { FAR_DAYS = 3653 }; /* ten years ahead: nobody plans so far */

static void tell_far(struct lint *l, struct span at, day_t day, const char *what) {
  if (day == DAY_NONE || day <= l->options->today + FAR_DAYS) return;
  char buf[16];
  struct diag *d = lint_tell(l, at, "%s of %s, %d years ahead", what, day_text(day, buf),
                             (day - l->options->today) / 365);
  lint_help(l, d, "correct the year");
}

void lint_far_ahead(struct lint *l) {
  for (size_t i = 0; i < l->rs->targets.n; i++) {
    const struct target *t = l->rs->targets.v[i];
    day_t day = DAY_NONE;
    if (t->by && term_common_day(t->by, l->options->today, &l->rs->calendar, &day))
      tell_far(l, t->by->src->span, day, "this target is");
  }
  for (size_t i = 0; i < l->rs->thresholds.n; i++)
    for (size_t k = 0; k < l->rs->thresholds.v[i]->lines.n; k++) {
      const struct threshold_line *line = &l->rs->thresholds.v[i]->lines.v[k];
      tell_far(l, line->span, line->from == DAY_MIN ? DAY_NONE : line->from, "this line is");
    }
}

/* ---- from and until ------------------------------------------------------------------- */

static const char *const starts[] = {"start", "started", "starts", "begin",   "begins", "began",
                                     "from",  "opened",  "signup", "created", "first",  NULL};
static const char *const ends[] = {"end",     "ended",  "ends",    "until",     "expiry", "expires",
                                   "expired", "closed", "churned", "cancelled", "last",   NULL};

static void check_pair(struct lint *l, struct span at, const char *from, const char *until) {
  if (!from || !until) return;
  bool turned = lint_has_word(from, ends) && !lint_has_word(from, starts) &&
                lint_has_word(until, starts) && !lint_has_word(until, ends);
  if (!turned) return;
  struct diag *d =
      lint_tell(l, at, "by their names, \"%s\" is an end and \"%s\" a start", from, until);
  lint_help(l, d, "turn them around: the start is \"%s\", the end \"%s\"", until, from);
}

void lint_start_and_end_swapped(struct lint *l) {
  check_pair(l, l->rs->fiscal.span, l->rs->fiscal.start, l->rs->fiscal.end);
  for (size_t i = 0; i < l->rs->entities.n; i++) {
    const struct entity *e = l->rs->entities.v[i];
    check_pair(l, e->life_span, e->life.from, e->life.until);
    for (size_t k = 0; k < e->attrs.n; k++)
      if (e->attrs.v[k]->kind == ATTR_HISTORY)
        check_pair(l, e->attrs.v[k]->history.span, e->attrs.v[k]->history.at,
                   e->attrs.v[k]->history.until);
  }
}
