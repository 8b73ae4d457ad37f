/* What would have to change. In: a condition with its values. Out: for each part in the way, the
 * nearest value that makes it the other thing, and how far that is. */
#include <math.h>
#include <string.h>

#include "base/check.h"
#include "explain/explain.h"

struct flipping {
  const struct ruleset *rs;
  struct arena *a;
};

static const char *flip(const struct flipping *x, const struct part *p, bool want);

const char *shown_value(const struct value *v, struct arena *a) {
  char buf[128];
  if (v->known && unit_class(v->type.unit) == CLASS_TXT && !v->of_rows)
    return arena_printf(a, "\"%s\"", v->text);
  value_text(v, buf, sizeof buf);
  return arena_printf(a, v->known && unit_class(v->type.unit) == CLASS_TXT ? "\"%s\"" : "%s", buf);
}

static bool is(const struct part *p, bool want) {
  return p->value.known && (p->value.num != 0) == want;
}

/* ---- comparisons of numbers and dates ------------------------------------------------- */

static const char *number(const struct flipping *x, struct type type, double n) {
  struct value v = {.type = type, .known = true, .num = n};
  return shown_value(&v, x->a);
}

static enum op opposite(enum op op) {
  static const enum op of[] = {OP_NE, OP_EQ, OP_GE, OP_GT, OP_LE, OP_LT};
  return of[op - OP_EQ];
}

static const char *bound_word(enum op op) {
  switch (op) {
    case OP_LT: return "below";
    case OP_LE: return "at most";
    case OP_GT: return "above";
    case OP_GE: return "at least";
    case OP_EQ: return "exactly";
    default: return "other than";
  }
}

/* Between two shares lie points, between two dates days. */
static const char *distance(const struct flipping *x, struct type type, double gap) {
  if (type.unit == U_SHARE && type.percent)
    return arena_printf(x->a, "%s points", number(x, (struct type){.unit = U_NUMBER}, gap * 100));
  if (type.unit == U_DATE) type = (struct type){.unit = U_DURATION};
  return number(x, type, gap);
}

/* "`health` would have to be below 65; it is 80 (15 more)" */
static const char *move_to(const struct flipping *x, const char *what, enum op op, struct type type,
                           double bound, double now) {
  const char *to = arena_printf(x->a, "`%s` would have to be %s %s; it is %s", what, bound_word(op),
                                number(x, type, bound), number(x, type, now));
  if (op == OP_NE || now == bound) return to;
  return arena_printf(x->a, "%s (%s %s)", to, distance(x, type, fabs(bound - now)),
                      now < bound ? "less" : "more");
}

/* The bound of a comparison: its second part, or the constant that it is. */
static bool bound_of(const struct part *p, const struct term *t, struct value *out) {
  if (t->kind == T_CONST) {
    *out = t->value;
    return t->value.known;
  }
  for (size_t i = 0; i < p->parts.n; i++)
    if (p->parts.v[i]->term == t) {
      *out = p->parts.v[i]->value;
      return out->known;
    }
  return false;
}

static const struct part *part_of(const struct part *p, const struct term *t) {
  for (size_t i = 0; i < p->parts.n; i++)
    if (p->parts.v[i]->term == t) return p->parts.v[i];
  return NULL;
}

static enum op mirrored(enum op op) {
  static const enum op of[] = {OP_EQ, OP_NE, OP_GT, OP_GE, OP_LT, OP_LE};
  return of[op - OP_EQ];
}

/* A movement is said as the value of today that it would take: that is what somebody can change. */
static const char *flip_movement(const struct flipping *x, const struct part *moved, enum op op,
                                 double bound) {
  const struct term *t = moved->term;
  if (moved->parts.n < 2) /* of today, which is no part, and moves by itself */
    return move_to(x, moved->text, op, moved->value.type, bound, moved->value.num);
  const struct part *now = moved->parts.v[0], *past = moved->parts.v[1];
  bool drop = t->op == MOVE_DROP;
  if (t->op == MOVE_CHANGE || !past->value.known || !now->value.known || t->type.unit == U_DATE)
    return move_to(x, moved->text, op, moved->value.type, bound, moved->value.num);
  double to = drop ? past->value.num - bound : past->value.num + bound;
  return move_to(x, now->text, drop ? mirrored(op) : op, now->value.type, to, now->value.num);
}

static const char *flip_comparison(const struct flipping *x, const struct part *p, bool want) {
  const struct term *t = p->term;
  enum op op = want ? (enum op)t->op : opposite((enum op)t->op);
  const struct part *side = part_of(p, t->a);
  const struct term *other = t->b;
  struct value bound;
  if (!side || unit_class(t->a->type.unit) == CLASS_TXT ||
      unit_class(t->a->type.unit) == CLASS_BOOL)
    return NULL;
  if (!side->value.known || !bound_of(p, other, &bound)) return NULL;
  money_take_currency(&bound, side->value.type.currency);
  if (side->term->kind == T_MOVE) return flip_movement(x, side, op, bound.num);
  return move_to(x, side->text, op, side->value.type, bound.num, side->value.num);
}

/* past - now > share * past: now < past * (1 - share). */
static const char *flip_relative(const struct flipping *x, const struct part *p, bool want) {
  const struct term *t = p->term;
  enum op op = want ? (enum op)t->op : opposite((enum op)t->op);
  const struct part *moved = p->parts.v[0], *now = moved->parts.v[0], *past = moved->parts.v[1];
  struct value bound;
  if (!now->value.known || !past->value.known || past->value.num < 0 ||
      !bound_of(p, t->b, &bound) || t->move == MOVE_CHANGE)
    return NULL;
  if (t->move == MOVE_DROP && past->value.num == 0)
    return arena_printf(x->a, "`%s` was 0 at the start: nothing can drop from there", now->text);
  double to = past->value.num * (t->move == MOVE_DROP ? 1 - bound.num : 1 + bound.num);
  return move_to(x, now->text, t->move == MOVE_DROP ? mirrored(op) : op, now->value.type, to,
                 now->value.num);
}

/* ---- days ----------------------------------------------------------------------------- */

static struct dayrange window_of(const struct flipping *x, const struct part *p) {
  const struct calendar *c = &x->rs->calendar;
  const struct term *t = p->term;
  switch (t->kind) {
    case T_RANGE: return period_range(&t->period, p->day, c);
    case T_WITHIN: return (struct dayrange){p->day, day_ahead(c, p->day, t->dur)};
    case T_OVERDUE: return (struct dayrange){DAY_MIN, p->day - 1};
    case T_OLDER: return (struct dayrange){DAY_MIN, day_back(c, p->day, t->dur)};
    default: UNREACHABLE("a condition that is no window of days");
  }
}

static const char *flip_window(const struct flipping *x, const struct part *p, bool want) {
  const struct part *date = part_of(p, p->term->a);
  struct dayrange w = window_of(x, p);
  char first[16], last[16], now[16];
  if (!date || !date->value.known) return NULL;
  day_text(w.first, first);
  day_text(w.last, last);
  day_text((day_t)date->value.num, now);
  const char *days =
      w.first == DAY_MIN
          ? arena_printf(x->a, want ? "on %s or before" : "after %s", last)
          : arena_printf(x->a, want ? "from %s to %s" : "before %s or after %s", first, last);
  return arena_printf(x->a, "`%s` would have to be %s; it is %s", date->text, days, now);
}

/* ---- conditions ----------------------------------------------------------------------- */

static void collect(const struct flipping *x, const struct part *p, enum term_kind kind, bool want,
                    struct flips *out) {
  if (p->term->kind != kind) {
    if (!is(p, want)) VEC_PUSH(x->a, &out->list, flip(x, p, want));
    return;
  }
  for (size_t i = 0; i < p->parts.n; i++) collect(x, p->parts.v[i], kind, want, out);
}

/* All parts of an `and` have to be true, one has to be false; of an `or` the reverse. */
static struct flips parts_to_flip(const struct flipping *x, const struct part *p, bool want) {
  struct flips f = {.all = (p->term->kind == T_AND) == want};
  collect(x, p, p->term->kind, want, &f);
  return f;
}

static const char *joined(const struct flipping *x, const struct flips *f) {
  const char *out = "";
  for (size_t i = 0; i < f->list.n; i++)
    out = arena_printf(x->a, "%s%s%s", out, !i ? "" : f->all ? "; and " : "; or ", f->list.v[i]);
  return out;
}

static const char *first_unknown(const struct part *p) {
  for (size_t i = 0; i < p->parts.n; i++)
    if (!p->parts.v[i]->value.known) return first_unknown(p->parts.v[i]);
  return p->text;
}

static const char *flip(const struct flipping *x, const struct part *p, bool want) {
  const struct term *t = p->term;
  const char *text = NULL;
  if (t->kind == T_AND || t->kind == T_OR) {
    struct flips f = parts_to_flip(x, p, want);
    return joined(x, &f);
  }
  bool is_unknown = t->kind == T_NOT && t->a->kind == T_KNOWN;
  if (t->kind == T_NOT && p->parts.n && !is_unknown) return flip(x, p->parts.v[0], !want);
  if ((t->kind == T_KPI || t->kind == T_SEGMENT || t->kind == T_ATTR) && p->parts.n)
    return flip(x, p->parts.v[0], want);
  if (!p->value.known) return arena_printf(x->a, "`%s` would have to be known", first_unknown(p));
  if (t->kind == T_CMP) text = flip_comparison(x, p, want);
  if (t->kind == T_MOVE_CMP) text = flip_relative(x, p, want);
  if (t->kind == T_RANGE || t->kind == T_WITHIN || t->kind == T_OVERDUE || t->kind == T_OLDER)
    text = flip_window(x, p, want);
  if ((t->kind == T_KNOWN || is_unknown) && p->parts.n)
    text = arena_printf(x->a, "`%s` would have to be %s", p->parts.v[0]->text,
                        want != is_unknown ? "known" : "unknown");
  return text ? text
              : arena_printf(x->a, "`%s` would have to be %s", p->text, want ? "true" : "false");
}

struct flips flips_of(const struct ruleset *rs, const struct part *when, bool want,
                      struct arena *a) {
  struct flipping x = {rs, a};
  if (when->term->kind == T_AND || when->term->kind == T_OR) return parts_to_flip(&x, when, want);
  struct flips f = {.all = true};
  VEC_PUSH(a, &f.list, flip(&x, when, want));
  return f;
}
