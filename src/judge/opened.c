/* A condition with `opened` in it. In: the values of what rows have of it, and the day on which an
 * item opened. Out: whether it is true. */
#include "judge/opened.h"

#include "base/check.h"

void parts_of_rows(struct arena *a, const struct term *t, term_list *out) {
  if (!t || t->kind == T_OPENED) return;
  if (!reads_opened(t)) {
    VEC_PUSH(a, out, (struct term *)t);
    return;
  }
  parts_of_rows(a, t->a, out);
  parts_of_rows(a, t->b, out);
  parts_of_rows(a, t->c, out);
}

struct deciding_item {
  const struct calendar *calendar;
  day_t day, opened;
  const struct value *next; /* of the parts of rows, in their order */
};

static struct value known_number(double n) { return (struct value){.known = true, .num = n}; }

static struct value known_day(day_t d) { return (struct value){.known = d != DAY_NONE, .num = d}; }

static bool is_false(const struct value *v) { return v->known && v->num == 0; }
static bool is_true(const struct value *v) { return v->known && v->num != 0; }

static struct value joined(enum term_kind kind, struct value a, struct value b) {
  bool known = a.known && b.known;
  if (kind == T_AND && (is_false(&a) || is_false(&b))) return known_number(0);
  if (kind == T_OR && (is_true(&a) || is_true(&b))) return known_number(1);
  return known ? known_number(kind == T_AND) : (struct value){.known = false};
}

/* Of two known values. */
static struct value of_two(const struct deciding_item *x, const struct term *t, double a,
                           double b) {
  switch (t->kind) {
    case T_CMP: return known_number(op_holds((enum op)t->op, a, b));
    case T_DATE_DIFF: return known_number(a - b);
    case T_BDAYS: return known_number(calendar_business_days(x->calendar, (day_t)b, (day_t)a));
    case T_DATE_DAYS: {
      bool days = t->b->type.unit != U_DURATION || t->b->type.counted_in == DUR_DAY;
      if (days) return known_number(t->op < 0 ? a - b : a + b);
      return known_day(day_moved(x->calendar, (day_t)a, b, t->b->type.counted_in,
                                 t->op == DATE_AHEAD ? 0 : t->op));
    }
    default: UNREACHABLE("a term of two values");
  }
}

/* The days that `in this month`, `within 14d`, `older than 14d` stand for. False: no period of the
 * calendar's table. */
static bool days_asked(const struct deciding_item *x, const struct term *t, struct dayrange *out) {
  *out = (struct dayrange){DAY_MIN, DAY_MAX};
  if (t->kind == T_RANGE) return period_find(&t->period, x->day, x->calendar, out);
  if (t->kind == T_WITHIN) *out = (struct dayrange){x->day, day_ahead(x->calendar, x->day, t->dur)};
  if (t->kind == T_OVERDUE) out->last = x->day - 1;
  if (t->kind == T_OLDER) out->last = day_back(x->calendar, x->day, t->dur);
  return true;
}

/* Of one known value. */
static struct value of_one(const struct deciding_item *x, const struct term *t, double a) {
  struct dayrange days;
  if (t->kind == T_NOT) return known_number(a == 0);
  if (t->kind == T_DATE_ADD) return known_day(day_shift(x->calendar, (day_t)a, t->dur, t->op));
  if (!days_asked(x, t, &days)) return (struct value){.known = false};
  return known_number(a >= days.first && a <= days.last);
}

/* Every part is visited, also where it does not matter: each takes its values. */
static struct value value_of(struct deciding_item *x, const struct term *t) {
  const struct value none = {.known = false};
  if (t->kind == T_OPENED) return known_day(x->opened);
  if (!reads_opened(t)) return *x->next++;
  struct value a = value_of(x, t->a), b = t->b ? value_of(x, t->b) : none,
               c = t->c ? value_of(x, t->c) : none;
  switch (t->kind) {
    case T_AND:
    case T_OR: return joined(t->kind, a, b);
    case T_ELSE: return a.known ? a : b;
    case T_IF: return !a.known ? none : a.num != 0 ? b : c;
    case T_NOT:
    case T_DATE_ADD:
    case T_RANGE:
    case T_WITHIN:
    case T_OVERDUE:
    case T_OLDER: return a.known ? of_one(x, t, a.num) : none;
    default: return a.known && b.known ? of_two(x, t, a.num, b.num) : none;
  }
}

bool settled_since(const struct calendar *c, day_t day, const struct term *condition,
                   const struct value *values, day_t opened) {
  struct deciding_item x = {c, day, opened, values};
  struct value v = value_of(&x, condition);
  return is_true(&v);
}

bool verdict_settled(const struct verdicts *v, const struct rule_verdict *r, bool settled,
                     const struct value *values, day_t opened) {
  if (!r->settled_by) return settled;
  return values && settled_since(v->calendar, v->as_of, r->settled_by, values, opened);
}
