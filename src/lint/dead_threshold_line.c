/* Lines of a threshold that no row ever reads. In: thresholds. Out: segments without rows; a day
 * that stands below a later one. */
#include "lint/check.h"
#include "sema/threshold_line.h"

static void check_segment(struct lint *l, const struct threshold_line *line) {
  const struct condition *c = condition_of(&l->subjects, line->segment->term);
  const struct atom *x, *y;
  size_t bad = 0;
  for (size_t i = 0; c && i < c->any.n; i++)
    bad += conjunction_contradicts(&l->subjects, &c->any.v[i], &x, &y);
  if (!c || c->opaque || bad < c->any.n) return;
  lint_help(l,
            lint_tell(l, line->span, "the segment `%s` has no rows, so this line is never read",
                      line->segment->name),
            "correct the segment, or remove the line");
}

/* ---- a segment that every rule leaves out ----------------------------------------------- */

enum { ASKING_MOST = 8 }; /* rules: more of them are not all turned around */

typedef VEC(const struct rule_facts *) rule_list;

struct asking {
  struct lint *l;
  const struct rule_facts *rule;
  struct map rules; /* name of a threshold -> rule_list: the rules that ask for it */
};

static void note_use(void *ctx, const struct term *t) {
  struct asking *x = ctx;
  if (t->kind != T_THRESHOLD) return;
  rule_list *list = map_get(&x->rules, t->threshold->name);
  if (!list) map_put(&x->rules, x->l->a, t->threshold->name, list = NEW(x->l->a, rule_list));
  if (list->n > ASKING_MOST || (list->n && list->v[list->n - 1] == x->rule)) return;
  VEC_PUSH(x->l->a, list, x->rule);
}

static bool leaves_out_segment(struct lint *l, const struct rule_facts *f,
                               const struct segment *segment) {
  return f->rule->entity == segment->entity &&
         conditions_exclude(&l->subjects, f->when, condition_of(&l->subjects, segment->term));
}

/* Does anything but rules ask for it: a KPI, a band, a target? */
static bool is_asked_elsewhere(const struct lint *l, const struct threshold *t) {
  const struct uses *u = uses_of(&l->facts.thresholds, t->name);
  return u->kpis || u->targets || u->others;
}

static void check_left_out(struct lint *l, const rule_list *rules, const struct threshold *t,
                           const struct threshold_line *line) {
  if (!rules || rules->n > ASKING_MOST || is_asked_elsewhere(l, t)) return;
  for (size_t i = 0; i < rules->n; i++)
    if (!leaves_out_segment(l, rules->v[i], line->segment)) return;
  if (lint_told(l, l->now->kind.code, line->span)) return;
  struct diag *d =
      lint_tell(l, line->span, "%s `%s` leaves out the segment `%s`, so this line is never read",
                rules->n > 1 ? "every rule that asks for" : "the rule that asks for", t->name,
                line->segment->name);
  lint_help(l, d, "is the condition of the rule turned around? Or remove the line");
}

void lint_dead_threshold_line(struct lint *l) {
  struct asking x = {.l = l};
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    x.rule = &l->facts.rules.v[i];
    if (x.rule->rule->when) term_walk(x.rule->rule->when, note_use, &x);
  }
  for (size_t i = 0; i < l->rs->thresholds.n; i++) {
    const struct threshold *t = l->rs->thresholds.v[i];
    for (size_t k = 0; k < t->lines.n; k++)
      if (t->lines.v[k].segment) {
        check_segment(l, &t->lines.v[k]);
        check_left_out(l, map_get(&x.rules, t->name), t, &t->lines.v[k]);
      }
  }
}

/* from 2025-04-01 below from 2026-01-01: the later day counts, wherever it stands. */
void lint_lines_out_of_order(struct lint *l) {
  char day[16], later[16];
  for (size_t i = 0; i < l->rs->thresholds.n; i++) {
    const struct threshold *t = l->rs->thresholds.v[i];
    const struct line_neighbours *near = threshold_line_neighbours(t, l->a);
    for (size_t k = 1; k < t->lines.n; k++) {
      const struct threshold_line *x = &t->lines.v[k], *above = near[k].higher;
      if (!above || x->from == DAY_MIN) continue;
      struct diag *d =
          lint_tell(l, x->span, "this line of %s no longer counts: since %s another one does",
                    day_text(x->from, day), day_text(above->from, later));
      lint_note(l, d, above->span, "this one");
      lint_help(l, d, "correct the year, or move the line above that of the later day");
    }
  }
}
