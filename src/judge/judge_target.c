/* Targets that are checked, judged like rules. In: a target and its status. Out: a verdict that
 * opens an item for the owner when the pace is missed, once a checking period. */
#include <string.h>

#include "eval/results.h"
#include "judge/rule_plan.h"

struct target_judge judge_plan_target(struct plan *p, struct target *t, day_t day) {
  struct target_judge j = {.plan = target_plan(p, t, day), .owner = -1};
  if (t->owner_term) j.owner = plan_term(p, t->owner_term, 0, day);
  return j;
}

void judge_target_roots(struct plan *p, const struct target_judge *j, node_list *roots) {
  target_roots(p, &j->plan, roots);
  if (j->owner >= 0) VEC_PUSH(p->arena, roots, j->owner);
}

/* monthly on 2026-03-17: the period 2026-03, to be acted on by its last day. */
static const char *checking_period(const struct target *t, const struct calendar *c, day_t day,
                                   day_t *due, struct arena *a) {
  static const struct {
    const char *word;
    enum period_unit unit;
  } units[] = {
      {"daily", PU_DAY}, {"weekly", PU_WEEK}, {"monthly", PU_MONTH}, {"quarterly", PU_QUARTER}};
  struct period p = {.kind = PERIOD_RELATIVE, .unit = PU_MONTH};
  for (int i = 0; i < 4; i++)
    if (strcmp(units[i].word, t->check) == 0) p.unit = units[i].unit;
  struct dayrange r = period_range(&p, day, c);
  *due = r.last;
  int y, m, d;
  char text[16];
  day_to_civil(r.first, &y, &m, &d);
  if (p.unit == PU_MONTH) return arena_printf(a, "%04d-%02d", y, m);
  if (p.unit == PU_QUARTER) return arena_printf(a, "%04d-Q%d", y, (m + 2) / 3);
  return arena_strdup(a, day_text(r.first, text));
}

static const char *action_text(const struct target_status *s, struct arena *a) {
  char due[16];
  const char *goal = span_text(a, s->target->expr->span);
  return arena_printf(
      a, "%s by %s: now %s, %s behind the pace of %s; %s to go, at this speed %s on the day", goal,
      day_text(s->due, due), target_level(&s->now, a), target_distance(&s->behind, a),
      target_level(&s->pace, a), target_distance(&s->gap, a), target_level(&s->projected, a));
}

static void take_owner(void *ctx, size_t i, const struct value *values) {
  (void)i;
  *(struct value *)ctx = values[0];
}

bool judge_target(struct evaluation *ev, const struct target_judge *tj, struct arena *a,
                  struct judged *j, struct rule_verdict *v, struct diags *problems) {
  const struct target *t = tj->plan.target;
  struct target_status s;
  struct value owner = {.known = false};
  const int32_t row = 0;
  if (!target_status(ev, &tj->plan, &s, problems)) return false;
  if (tj->owner >= 0 &&
      !evaluation_values(ev, 0, &row, 1, &tj->owner, 1, take_owner, &owner, problems))
    return false;
  bool late = s.judged && !s.on_track;
  *j = (struct judged){.plan = {.domain = 0, .worth = -1},
                       .present = NEW(a, uint64_t),
                       .yes = NEW(a, uint64_t),
                       .no = NEW(a, uint64_t)};
  j->present[0] = 1;
  j->yes[0] = late;
  j->no[0] = s.judged && !late;
  *v = (struct rule_verdict){.rule = s.name,
                             .entity = "company",
                             .team = t->team ? t->team->name : NULL,
                             .priority = "normal",
                             .once_per = true,
                             .report_unknown = true,
                             .rows = 1,
                             .unknown = !s.judged,
                             .judged = j};
  if (!s.judged) {
    struct missing *m = NEW(a, struct missing);
    *m = (struct missing){t->kpi->name, 1};
    v->missing = m;
    v->n_missing = 1;
  }
  if (!late) return true;
  struct hit *h = NEW(a, struct hit);
  struct because *b = NEW_N(a, struct because, 3);
  b[0] = (struct because){t->kpi->name, s.now};
  b[1] = (struct because){"pace", s.pace};
  b[2] = (struct because){"gap", s.gap};
  *h = (struct hit){.key = "company", .action = action_text(&s, a), .because = b, .n_because = 3};
  h->once = checking_period(t, tj->plan.calendar, tj->plan.day, &h->due, a);
  h->owner = owner.known ? arena_strdup(a, owner.text) : NULL;
  v->hits = h;
  v->n_hits = 1;
  return true;
}
