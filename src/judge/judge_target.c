/* Targets that are checked, judged like rules. In: a target and its status. Out: a verdict that
 * opens an item for the owner when the pace is missed, once a checking period. */
#include <string.h>

#include "eval/results.h"
#include "eval/row_key.h"
#include "sema/dims.h"
#include "judge/rule_plan.h"

struct target_judge judge_plan_target(struct plan *p, struct target *t, day_t day) {
  struct target_judge j = {.plan = target_plan(p, t, day), .owner = -1};
  if (t->owner_term) j.owner = plan_term(p, t->owner_term, j.plan.domain, day);
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

/* "arr >= quota (100,000 EUR) for ana@x.example" */
static const char *claim_text(const struct target_status *s, struct arena *a) {
  const char *claim = span_text(a, s->target->expr->span);
  if (!s->by) return claim;
  const char *whom = group_name(s->by, s->target->dims.n, a);
  if (s->target->goal->kind == T_CONST) return arena_printf(a, "%s for %s", claim, whom);
  return arena_printf(a, "%s (%s) for %s", claim, target_level(&s->goal, a), whom);
}

static const char *action_text(const struct target_status *s, struct arena *a) {
  char due[16];
  return arena_printf(
      a, "%s by %s: now %s, %s behind the pace of %s; %s to go, at this speed %s on the day",
      claim_text(s, a), day_text(s->due, due), target_level(&s->now, a),
      target_distance(&s->behind, a), target_level(&s->pace, a), target_distance(&s->gap, a),
      target_level(&s->projected, a));
}

struct owner_ctx {
  struct arena *arena;
  const char **owners; /* by status; NULL: nobody */
  size_t *of;          /* by row that is read: its status */
};

static void take_owner(void *ctx, size_t i, const struct value *values) {
  struct owner_ctx *x = ctx;
  if (values[0].known) x->owners[x->of[i]] = arena_strdup(x->arena, values[0].text);
}

static bool read_owners(struct evaluation *ev, const struct target_judge *tj,
                        const target_statuses *list, struct owner_ctx *x, struct diags *problems) {
  x->owners = NEW_N(x->arena, const char *, list->n + 1);
  int32_t *rows = NEW_N(x->arena, int32_t, list->n + 1);
  size_t n = 0;
  x->of = NEW_N(x->arena, size_t, list->n + 1);
  for (size_t i = 0; i < list->n; i++) {
    if (list->v[i].row < 0) continue;
    rows[n] = list->v[i].row;
    x->of[n++] = i;
  }
  return tj->owner < 0 ||
         evaluation_values(ev, tj->plan.domain, rows, n, &tj->owner, 1, take_owner, x, problems);
}

static struct hit hit_of(struct evaluation *ev, const struct target_judge *tj,
                         const struct target_status *s, const char *owner, struct arena *a) {
  const struct target *t = tj->plan.target;
  struct because *b = NEW_N(a, struct because, 3);
  b[0] = (struct because){.expr = t->kpi->name, .value = s->now};
  b[1] = (struct because){.expr = "pace", .value = s->pace};
  b[2] = (struct because){.expr = "gap", .value = s->gap};
  struct hit h = {.key = evaluation_row_key(ev, tj->plan.domain, s->row, a),
                  .by = s->by,
                  .n_by = t->dims.n,
                  .action = action_text(s, a),
                  .owner = owner,
                  .because = b,
                  .n_because = 3,
                  .reasons = b,
                  .n_reasons = 3};
  h.once = checking_period(t, tj->plan.calendar, tj->plan.day, &h.due, a);
  return h;
}

/* What was not known: the value now, or what it is to reach, or where it began. */
static void count_missing_of(const struct target_status *s, struct missing list[2]) {
  list[s->now.known && !s->goal.known].rows += !s->judged;
}

static void set_missing(struct rule_verdict *v, const struct target *t, const struct missing *list,
                        struct arena *a) {
  struct missing *m = NEW_N(a, struct missing, 2);
  const char *goal = span_text(a, t->goal->src->span);
  if (list[0].rows) m[v->n_missing++] = (struct missing){t->kpi->name, list[0].rows, DAY_NONE};
  if (list[1].rows)
    m[v->n_missing++] = (struct missing){t->dims.n ? goal : t->kpi->name, list[1].rows, DAY_NONE};
  v->missing = m;
}

bool judge_target(struct evaluation *ev, const struct target_judge *tj, struct arena *a,
                  struct judged *j, struct rule_verdict *v, struct diags *problems) {
  const struct target *t = tj->plan.target;
  target_statuses list = {0};
  struct owner_ctx owner = {.arena = a};
  struct missing missing[2] = {{0}};
  if (!target_status(ev, &tj->plan, a, &list, problems) ||
      !read_owners(ev, tj, &list, &owner, problems))
    return false;
  size_t words = bit_words(evaluation_rows(ev, tj->plan.domain)) + 1;
  *j = (struct judged){.plan = {.domain = tj->plan.domain, .worth = -1},
                       .present = NEW_N(a, uint64_t, words),
                       .yes = NEW_N(a, uint64_t, words),
                       .no = NEW_N(a, uint64_t, words)};
  *v = (struct rule_verdict){.rule = t->name,
                             .entity = t->dims.n ? dims_name(&t->dims, a) : "company",
                             .team = t->team ? t->team->name : NULL,
                             .priority = "normal",
                             .once_per = true,
                             .report_unknown = true,
                             .rows = (long)list.n,
                             .judged = j};
  struct hit *hits = NEW_N(a, struct hit, list.n + 1);
  for (size_t i = 0; i < list.n; i++) {
    const struct target_status *s = &list.v[i];
    bool late = s->judged && !s->on_track;
    count_missing_of(s, missing);
    v->unknown += !s->judged;
    if (s->row < 0) continue;
    bit_set(j->present, (size_t)s->row);
    bit_put(j->yes, (size_t)s->row, late);
    bit_put(j->no, (size_t)s->row, s->judged && !late);
    if (late) hits[v->n_hits++] = hit_of(ev, tj, s, owner.owners[i], a);
  }
  set_missing(v, t, missing, a);
  v->hits = hits;
  return true;
}
