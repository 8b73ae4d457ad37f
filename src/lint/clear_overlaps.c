/* A `clear when` that cannot work. In: `when` and `clear when`. Out: the item would clear where
 * it opens, or asks for more of what opened it. */
#include <math.h>
#include <string.h>

#include "lint/check.h"
#include "sema/threshold_line.h"

/* 1: from some value on, -1: up to some value, 0: another set. */
static int side_of(const struct view *v) {
  if (v->aside || v->wide.text || v->wide.parts.n != 1) return 0;
  bool from = isfinite(v->wide.parts.v[0].lo), to = isfinite(v->wide.parts.v[0].hi);
  return from == to ? 0 : from ? 1 : -1;
}

static bool says_more(const struct atom *x, const struct atom *y) {
  for (int i = 0; i < x->n; i++)
    for (int k = 0; k < y->n; k++)
      if (x->views[i].subject == y->views[k].subject && side_of(&x->views[i]) &&
          side_of(&x->views[i]) == side_of(&y->views[k]))
        return true;
  return false;
}

/* when rating > 72, clear when rating > 76: the sign of one of the two is turned around. */
static const struct atom *same_side(const struct rule_facts *f, const struct atom **opens) {
  if (f->when->any.n != 1 || f->clear->any.n != 1) return NULL;
  const struct conjunction *when = &f->when->any.v[0], *clear = &f->clear->any.v[0];
  for (size_t i = 0; i < clear->atoms.n; i++)
    for (size_t k = 0; k < when->atoms.n; k++) {
      const struct atom *x = clear->atoms.v[i], *y = when->atoms.v[k];
      if (!x->term->src || !y->term->src || !says_more(x, y)) continue;
      *opens = y;
      return x;
    }
  return NULL;
}

/* when rating < 70, clear when rating >= 60: between them both hold, and there `when` wins. */
static bool meet(struct arena *a, const struct atom *x, const struct atom *y) {
  for (int i = 0; i < x->n; i++)
    for (int k = 0; k < y->n; k++) {
      const struct view *p = &x->views[i], *q = &y->views[k];
      if (p->subject != q->subject || side_of(p) + side_of(q) != 0 || !side_of(p)) continue;
      struct set both = set_and(a, &p->tight, &q->tight);
      if (both.parts.n == 1 && both.parts.v[0].lo < both.parts.v[0].hi) return true;
    }
  return false;
}

static bool check_meeting(struct lint *l, const struct rule_facts *f) {
  if (f->when->any.n != 1 || f->clear->any.n != 1) return false;
  const struct conjunction *when = &f->when->any.v[0], *clear = &f->clear->any.v[0];
  for (size_t i = 0; i < clear->atoms.n; i++)
    for (size_t k = 0; k < when->atoms.n; k++) {
      const struct atom *x = clear->atoms.v[i], *y = when->atoms.v[k];
      if (!x->term->src || !y->term->src || !meet(l->a, x, y)) continue;
      struct span at = x->term->src->span;
      struct diag *d =
          lint_tell(l, at, "`%s` begins to hold where `%s`, which opens the item, still does",
                    lint_quote(l, at), lint_quote(l, y->term->src->span));
      lint_note(l, d, y->term->src->span, "the item opens here");
      lint_help(l, d, "an item closes beyond the bound that opens it: correct one of the two");
      return true;
    }
  return false;
}

/* Does a line of the threshold that counts today lie on that side of the number? */
static bool has_line(const struct lint *l, const struct threshold *t, bool below, double number) {
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *line = &t->lines.v[i];
    bool today = threshold_line_on(t, line, l->options->today) == line;
    bool fits = below ? line->value.num < number : line->value.num > number;
    if (today && fits) return true;
  }
  return false;
}

/* What is compared, beside what it is compared with; up: it is to be above. */
struct side {
  const char *what;
  const struct term *bound;
  bool up;
};

static struct side side_asked(struct lint *l, const struct atom *b) {
  const struct term *t = b->term;
  bool cmp = (t->kind == T_CMP || t->kind == T_MOVE_CMP) && !b->negated && t->op >= OP_LT;
  if (!cmp) return (struct side){0};
  const char *what = term_key(l->a, t->a);
  if (t->kind == T_MOVE_CMP)
    what = arena_printf(l->a, "%s %d %d%d", what, (int)t->move, (int)t->dur.n, (int)t->dur.unit);
  return (struct side){what, t->b, t->op == OP_GT || t->op == OP_GE};
}

/* when health drop > alarm, which is 10, and 15 in a segment; clear when health drop < 12: there
 * the item of the others is still open for its reason. */
static bool check_lines(struct lint *l, const struct atom *clears, const struct atom *opens) {
  struct side x = side_asked(l, clears), y = side_asked(l, opens);
  if (!x.what || !y.what || x.up == y.up || strcmp(x.what, y.what) != 0) return false;
  bool number = x.bound->kind == T_CONST && x.bound->value.known;
  if (!number || y.bound->kind != T_THRESHOLD) return false;
  if (!has_line(l, y.bound->threshold, y.up, x.bound->value.num)) return false;
  struct span at = clears->term->src->span;
  struct diag *d =
      lint_tell(l, at,
                "`%s` begins to hold where `%s` still does, by a line of `%s` that "
                "counts today",
                lint_quote(l, at), lint_quote(l, opens->term->src->span), y.bound->threshold->name);
  lint_note(l, d, y.bound->threshold->span, "its lines are here");
  lint_help(l, d, "an item closes beyond every bound that opens it: take a number %s all of them",
            y.up ? "below" : "above");
  return true;
}

static void check_all_lines(struct lint *l, const struct rule_facts *f) {
  if (f->when->any.n != 1 || f->clear->any.n != 1) return;
  const struct conjunction *when = &f->when->any.v[0], *clear = &f->clear->any.v[0];
  for (size_t i = 0; i < clear->atoms.n; i++)
    for (size_t k = 0; k < when->atoms.n; k++)
      if (clear->atoms.v[i]->term->src && when->atoms.v[k]->term->src &&
          check_lines(l, clear->atoms.v[i], when->atoms.v[k]))
        return;
}

/* ---- far from what opens it ------------------------------------------------------------- */

enum { FAR_TIMES = 50, FAR_SCORE = 8 };

static double bound_of(const struct lint *l, const struct term *t) {
  if (t->kind == T_CONST) return t->value.known ? t->value.num : 0;
  for (size_t i = 0; t->kind == T_THRESHOLD && i < t->threshold->lines.n; i++) {
    const struct threshold_line *line = &t->threshold->lines.v[i];
    if (!line->segment && threshold_line_on(t->threshold, line, l->options->today) == line)
      return line->value.num;
  }
  return 0;
}

/* when unpaid > 8M EUR, clear when unpaid < 2k EUR */
static void check_far(struct lint *l, const struct rule_facts *f) {
  if (f->when->any.n != 1 || f->clear->any.n != 1) return;
  const struct conjunction *when = &f->when->any.v[0], *clear = &f->clear->any.v[0];
  for (size_t i = 0; i < clear->atoms.n; i++)
    for (size_t k = 0; k < when->atoms.n; k++) {
      const struct atom *clears = clear->atoms.v[i], *opens = when->atoms.v[k];
      struct side x = side_asked(l, clears), y = side_asked(l, opens);
      if (!x.what || !y.what || x.up == y.up || strcmp(x.what, y.what) != 0) continue;
      double near = bound_of(l, x.bound), far = bound_of(l, y.bound);
      bool score = opens->term->a->type.unit == U_SCORE;
      double times = score ? FAR_SCORE : FAR_TIMES;
      bool apart = near > 0 && far > 0 && (far >= near * times || near >= far * times);
      if (!apart || !clears->term->src || !opens->term->src) continue;
      struct diag *d =
          lint_tell(l, opens->term->src->span,
                    "`%s` opens the item, and `%s` closes it: one is %.0f times the "
                    "other",
                    lint_quote(l, opens->term->src->span), lint_quote(l, clears->term->src->span),
                    far > near ? far / near : near / far);
      lint_help(l, d, "is a k, an M, a point or a percent sign missing, or one too many?");
      return;
    }
}

static void check_side(struct lint *l, const struct rule_facts *f) {
  const struct atom *opens, *clears = same_side(f, &opens);
  if (!clears) {
    if (!check_meeting(l, f)) check_all_lines(l, f);
    check_far(l, f);
    return;
  }
  struct span at = clears->term->src->span;
  struct diag *d = lint_tell(l, at, "`%s` looks the same way as `%s`, which opens the item",
                             lint_quote(l, at), lint_quote(l, opens->term->src->span));
  lint_note(l, d, opens->term->src->span, "the item opens here");
  lint_help(l, d, "turn one of the two signs around: an item closes on the other side");
}

void lint_clear_overlaps(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) {
    const struct rule_facts *f = &l->facts.rules.v[i];
    if (f->dead || !f->clear) continue;
    if (!condition_implies(&l->subjects, f->when, f->clear)) {
      check_side(l, f);
      continue;
    }
    struct span at = f->clear->term->src->span;
    struct diag *d = lint_tell(
        l, at, "`%s` is true wherever %s acts: it can only close an item once `when` is false",
        lint_quote(l, at), rule_title(l, f->rule));
    lint_note(l, d, f->when->term->src->span, "the condition is here");
    lint_help(l, d,
              "turn the sign around, or leave `clear when` out: an item closes when its condition "
              "is false");
  }
}
