/* expect target KPI behind. In: a target as it stands on the day. Out: a failure where it stands
 * otherwise, with the numbers that say so; or where its item is another. */
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "eval/row_key.h"
#include "test/checking.h"

static const char *group_of(const struct target_status *s, struct arena *a) {
  const char *key = s->by ? group_key(s->by, s->target->dims.n, a) : NULL;
  return key ? key : "unknown";
}

/* NULL: the target has no such group. */
static const struct target_status *status_of(const struct checking *x,
                                             const struct test_expect *e) {
  const struct verdicts *v = x->d->verdicts;
  for (size_t i = 0; i < v->n_targets; i++) {
    const struct target_status *s = &v->targets[i];
    if (s->target != e->target) continue;
    if (!e->row || same_text(group_of(s, x->d->a), e->row)) return s;
  }
  return NULL;
}

static bool stands(const struct target_status *s, enum target_standing want) {
  switch (want) {
    case STANDING_REACHED: return s->reached;
    case STANDING_MET: return s->met;
    case STANDING_ON_TRACK: return s->judged && s->on_track;
    case STANDING_BEHIND: return s->judged && !s->on_track;
    case STANDING_MISSED: return s->gap.known && !s->met && s->day >= s->due;
    case STANDING_UNKNOWN: return !s->judged;
  }
  UNREACHABLE("a way in which a target stands");
}

/* The word that says most of how it stands. */
static const char *standing_now(const struct target_status *s) {
  static const enum target_standing most_first[] = {
      STANDING_UNKNOWN, STANDING_REACHED, STANDING_MET, STANDING_MISSED, STANDING_ON_TRACK};
  for (size_t i = 0; i < sizeof most_first / sizeof *most_first; i++)
    if (stands(s, most_first[i])) return standing_word(most_first[i]);
  return standing_word(STANDING_BEHIND);
}

/* "now 7M EUR, pace 7.5M EUR: from 6M EUR on 2026-01-01 to 12M EUR on 2026-12-31". */
static const char *numbers(const struct target_status *s, struct arena *a) {
  char start[16], due[16];
  return arena_printf(a, "now %s, pace %s: from %s on %s to %s on %s", target_level(&s->now, a),
                      target_level(&s->pace, a), target_level(&s->base, a),
                      day_text(s->start, start), target_level(&s->goal, a), day_text(s->due, due));
}

static void check_item(struct checking *x, const struct test_expect *e) {
  item_list list = checking_items(x, e->target->name, e->row);
  const char *first = NULL;
  for (size_t i = 0; i < list.n; i++) {
    const char *d = checking_differences(x, e, list.v[i]);
    if (!*d) return;
    if (!first) first = d;
  }
  if (first)
    checking_fail(x, e->span, "%s%s has another action: %s", e->target->name,
                  checking_row(x, e->row), first);
  else
    checking_fail(x, e->span, "%s has no open item%s: it opens one while it is behind",
                  e->target->name, checking_row(x, e->row));
}

void check_target(struct checking *x, const struct test_expect *e) {
  struct arena *a = x->d->a;
  char day[16];
  const struct target_status *s = status_of(x, e);
  if (!s) {
    checking_fail(x, e->span, "%s has no group%s: no row of it was given", e->target->name,
                  checking_row(x, e->row));
    return;
  }
  if (!stands(s, e->standing))
    checking_fail(x, e->span, "%s%s is %s on %s, not %s: %s", e->target->name,
                  checking_row(x, e->row), standing_now(s), day_text(s->day, day),
                  standing_word(e->standing), numbers(s, a));
  else if (e->actions)
    check_item(x, e);
}
