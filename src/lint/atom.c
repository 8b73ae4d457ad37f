/* What one comparison says. In: a term that is a condition. Out: the subjects it speaks of, and
 * the sets that their values must lie in. */
#include "lint/atom.h"

#include <math.h>
#include <string.h>

#include "base/intern.h"
#include "fn/fn.h"
#include "lint/check.h"

struct atom_ctx {
  struct subjects *s;
  struct atom *atom;
  const char *prefix;
};

/* ---- subjects ------------------------------------------------------------------------- */

static bool never_negative(struct subjects *s, const struct term *t);

/* Of what a name stands for: asked once, however often it is named. */
static bool named_never_negative(struct subjects *s, const char *name, const struct term *t) {
  static const char yes, no;
  const char *known = map_get(&s->signs, name);
  if (!known) {
    known = never_negative(s, t) ? &yes : &no;
    map_put(&s->signs, s->a, name, (void *)known);
  }
  return known == &yes;
}

/* The quantity cannot be below zero, whatever the data. */
static bool never_negative(struct subjects *s, const struct term *t) {
  switch (t->kind) {
    case T_AGG:
      if (t->agg->fn == AGG_COUNT || t->agg->fn == AGG_DISTINCT || t->agg->fn == AGG_SHARE)
        return true;
      return t->agg->values.n == 1 && t->type.unit != U_DATE &&
             never_negative(s, t->agg->values.v[0]);
    case T_ATTR:
      if (t->attr->kind == ATTR_COMPUTED)
        return named_never_negative(
            s, arena_printf(s->a, "%s.%s", t->attr->entity->name, t->attr->name), t->attr->term);
      return t->type.unit == U_COUNT;
    case T_KPI: return named_never_negative(s, t->kpi->name, t->kpi->term);
    case T_AGO:
    case T_ON:
    case T_PARENT: return never_negative(s, t->a);
    case T_MOVE: return t->op == MOVE_CHANGE;
    case T_CONST: return t->value.known && t->value.num >= 0;
    case T_DAYS_IN: return true;
    case T_CALL: return strcmp(t->fn->name, "abs") == 0 || strcmp(t->fn->name, "length") == 0;
    case T_ARITH: return t->op != OP_SUB && never_negative(s, t->a) && never_negative(s, t->b);
    default: return false;
  }
}

static const struct attr *listed_attr(const struct term *t) {
  while (t->kind == T_PARENT) t = t->a;
  return t->kind == T_ATTR && t->attr->one_of.n ? t->attr : NULL;
}

static void limit(struct subject *x, struct set domain, const char *why) {
  x->domain = domain;
  x->limit = why;
}

/* The one value that an aggregate adds up; NULL: it adds up nothing, or several. */
static const struct term *summed(const struct term *t) {
  const struct term *core = term_core(t);
  bool sum = core->kind == T_AGG && core->agg->fn == AGG_SUM && core->agg->values.n == 1;
  return sum ? core->agg->values.v[0] : NULL;
}

static const char *where_key(struct subjects *s, const struct term *t) {
  const struct agg *g = term_core(t)->agg;
  const char *where = g->where ? term_key(s->a, g->where) : "";
  return arena_printf(s->a, "%s %p %d %s", g->entity->name, (const void *)g->segment, g->has_period,
                      where);
}

static bool is_argument(struct subjects *s, const struct term *call, const struct term *t) {
  for (size_t i = 0; i < call->list.n; i++)
    if (strcmp(term_key(s->a, call->list.v[i]), term_key(s->a, t)) == 0) return true;
  return false;
}

/* sum of max(now, before) / sum of before over the same rows: 1, never below the whole; of min: -1;
 * 0: neither. What is added up is not below zero. */
static int side_of_whole(struct subjects *s, const struct term *t) {
  bool divided = t->kind == T_ARITH && t->op == OP_DIV;
  const struct term *above = divided ? summed(t->a) : NULL, *below = divided ? summed(t->b) : NULL;
  if (!above || !below || above->kind != T_CALL || !is_argument(s, above, below)) return 0;
  if (term_core(t->a)->agg->has_period || strcmp(where_key(s, t->a), where_key(s, t->b)) != 0)
    return 0;
  if (strcmp(above->fn->name, "max") == 0) return 1;
  return strcmp(above->fn->name, "min") == 0 ? -1 : 0;
}

static void set_domain(struct subjects *s, struct subject *x, const struct term *t) {
  const struct attr *at = listed_attr(t);
  if (at) {
    struct set all = {.text = true};
    for (size_t i = 0; i < at->one_of.n; i++)
      if (at->one_of.v[i]->name) VEC_PUSH(s->a, &all.names, at->one_of.v[i]->name);
    limit(x, all, "its values are listed where it is declared");
    return;
  }
  const struct term *core = t;
  while (core->kind == T_PARENT || core->kind == T_AGO) core = core->a;
  if (core->kind == T_KPI && core->kpi->term) core = core->kpi->term;
  bool share = core->kind == T_AGG && core->agg->fn == AGG_SHARE;
  int side = side_of_whole(s, core);
  if (side > 0)
    limit(x, set_interval(s->a, 1, false, INFINITY, true),
          "the larger of two, as a part of one of them, is never below 100%");
  else if (side < 0)
    limit(x, set_interval(s->a, -INFINITY, true, 1, false),
          "the smaller of two, as a part of one of them, is never above 100%");
  else if (share)
    limit(x, set_interval(s->a, 0, false, 1, false), "a share of rows lies between 0% and 100%");
  else if (unit_class(t->type.unit) == CLASS_NUM && never_negative(s, t))
    limit(x, set_interval(s->a, 0, false, INFINITY, true), "it is never below 0");
  x->whole = core->kind == T_AGG && (core->agg->fn == AGG_COUNT || core->agg->fn == AGG_DISTINCT);
}

static struct subject *subject_named(struct subjects *s, const char *key, bool text) {
  struct subject *x = map_get(&s->by_key, key);
  if (x) return x;
  x = NEW(s->a, struct subject);
  x->key = key;
  x->domain = set_all(text);
  map_put(&s->by_key, s->a, key, x);
  return x;
}

static const char *key_of(struct subjects *s, const struct term *t) {
  const char *key = pointer_map_get(&s->keys, t);
  if (!key) pointer_map_put(&s->keys, s->a, t, key = term_key(s->a, t));
  return key;
}

static struct subject *subject_of(struct atom_ctx *m, const char *aspect, const struct term *t) {
  const char *key = key_of(m->s, t);
  if (*aspect || *m->prefix) key = arena_join(m->s->a, aspect, m->prefix, key);
  bool plain = !*aspect, text = plain && unit_class(t->type.unit) == CLASS_TXT;
  bool known = map_get(&m->s->by_key, key) != NULL;
  struct subject *x = subject_named(m->s, key, text);
  if (!known && plain) set_domain(m->s, x, t);
  return x;
}

/* A subject that is true (1) or false (0). */
static struct subject *flag_of(struct atom_ctx *m, const char *aspect, const struct term *t) {
  struct subject *x = subject_of(m, aspect, t);
  x->whole = true;
  x->domain = set_interval(m->s->a, 0, false, 1, false);
  return x;
}

/* ---- views ---------------------------------------------------------------------------- */

static void add_view(struct atom_ctx *m, struct subject *x, struct set wide, struct set tight) {
  struct atom *at = m->atom;
  struct arena *a = m->s->a;
  if (at->n == (int)(sizeof at->views / sizeof *at->views)) return;
  if (at->negated) {
    struct set swap = set_not(a, &wide);
    wide = set_not(a, &tight);
    tight = swap;
  }
  if (x->whole) wide = set_whole(a, &wide), tight = set_whole(a, &tight);
  at->views[at->n++] = (struct view){.subject = x, .wide = wide, .tight = tight};
}

static void exactly(struct atom_ctx *m, struct subject *x, struct set s) { add_view(m, x, s, s); }

/* A comparison that is true had an operand that was known, and so had one that is false. */
static void add_known(struct atom_ctx *m, const struct term *operand) {
  struct atom *at = m->atom;
  if (operand->kind == T_CONST || at->n == (int)(sizeof at->views / sizeof *at->views)) return;
  struct set yes = set_point(m->s->a, 1);
  at->views[at->n++] = (struct view){
      .subject = flag_of(m, "known ", operand), .wide = yes, .tight = yes, .aside = true};
}

static struct set compared(struct arena *a, enum op op, double v) {
  struct set point;
  switch (op) {
    case OP_LT: return set_interval(a, -INFINITY, true, v, true);
    case OP_LE: return set_interval(a, -INFINITY, true, v, false);
    case OP_GT: return set_interval(a, v, true, INFINITY, true);
    case OP_GE: return set_interval(a, v, false, INFINITY, true);
    case OP_EQ: return set_point(a, v);
    default: point = set_point(a, v); return set_not(a, &point);
  }
}

static enum op mirrored(enum op op) {
  static const enum op other[] = {[OP_EQ] = OP_EQ, [OP_NE] = OP_NE, [OP_LT] = OP_GT,
                                  [OP_LE] = OP_GE, [OP_GT] = OP_LT, [OP_GE] = OP_LE};
  return other[op];
}

void threshold_limits(const struct threshold *t, double *lo, double *hi) {
  *lo = INFINITY, *hi = -INFINITY;
  for (size_t i = 0; i < t->lines.n; i++) {
    double v = t->lines.v[i].value.num;
    if (t->is_duration) v = duration_days(t->lines.v[i].dur);
    if (v < *lo) *lo = v;
    if (v > *hi) *hi = v;
  }
}

/* x op threshold: it has one of several values, so the sets differ. A threshold of bare numbers
 * that stands against money counts in major units. */
static void against_threshold(struct atom_ctx *m, struct subject *x, enum op op,
                              const struct term *th, double sign) {
  double lo, hi;
  struct arena *a = m->s->a;
  threshold_limits(th->threshold, &lo, &hi);
  if (lo > hi) return;
  double scale =
      th->threshold->bare && th->type.unit == U_MONEY ? currency_minor(th->type.currency) : 1;
  struct set s1 = compared(a, op, lo * scale * sign), s2 = compared(a, op, hi * scale * sign);
  struct set wide = set_or(a, &s1, &s2), tight = set_and(a, &s1, &s2);
  struct set between = set_interval(a, fmin(lo * sign, hi * sign) * scale, false,
                                    fmax(lo * sign, hi * sign) * scale, false);
  if (op == OP_EQ) wide = between;
  if (op == OP_NE) tight = set_not(a, &between);
  add_view(m, x, wide, tight);
}

/* ---- days ----------------------------------------------------------------------------- */

/* How many days a duration can be, at least and at most. */
static void duration_limits(struct duration d, double *least, double *most) {
  int days = duration_days(d), months = duration_months(d);
  if (days >= 0)
    *least = *most = days;
  else if (months >= 0)
    *least = months * 28.0, *most = months * 31.0;
  else
    *least = d.n, *most = d.n * 1.4 + 14;
}

/* The day of t, counted from today. */
static struct subject *day_from_today(struct atom_ctx *m, const struct term *t) {
  struct subject *x = subject_of(m, "day ", t);
  x->whole = true;
  return x;
}

static void say_window(struct atom_ctx *m, const struct term *t) {
  struct arena *a = m->s->a;
  double least, most;
  struct subject *x = day_from_today(m, t->a);
  duration_limits(t->dur, &least, &most);
  if (t->kind == T_OVERDUE)
    exactly(m, x, set_interval(a, -INFINITY, true, -1, false));
  else if (t->kind == T_WITHIN)
    add_view(m, x, set_interval(a, 0, false, most, false), set_interval(a, 0, false, least, false));
  else
    add_view(m, x, set_interval(a, -INFINITY, true, -least, false),
             set_interval(a, -INFINITY, true, -most, false));
  add_known(m, t->a);
}

/* A fiscal period of a table: nothing is known of its days. */
static bool is_listed(const struct atom_ctx *m, const struct period *p) {
  bool named = p->kind == PERIOD_FIXED || p->kind == PERIOD_RELATIVE;
  return named && period_unit_is_fiscal(p->unit) && m->s->rs->fiscal.table;
}

static void read_period(struct atom_ctx *m, const struct term *t) {
  struct arena *a = m->s->a;
  const struct period *p = &t->period;
  double least = 0, most = 0;
  if (is_listed(m, p)) {
    exactly(m, flag_of(m, "", t), set_point(a, 1));
  } else if (p->kind == PERIOD_FIXED) {
    struct dayrange r = period_range(p, 0, &m->s->rs->calendar);
    exactly(m, subject_of(m, "", t->a), set_interval(a, r.first, false, r.last, false));
  } else if (p->kind == PERIOD_RELATIVE) {
    static const int longest[] = {
        [PU_DAY] = 1,    [PU_WEEK] = 7,    [PU_MONTH] = 31,    [PU_QUARTER] = 92,
        [PU_YEAR] = 366, [PU_FMONTH] = 31, [PU_FQUARTER] = 92, [PU_FYEAR] = 366};
    int n = longest[p->unit];
    struct set none = {0};
    double lo = p->step > 0   ? 1
                : p->step < 0 ? -2 * n
                              : -n,
           hi = p->step < 0   ? -1
                : p->step > 0 ? 2 * n
                              : n;
    add_view(m, day_from_today(m, t->a), set_interval(a, lo, false, hi, false), none);
  } else {
    duration_limits(p->dur, &least, &most);
    bool last = p->kind == PERIOD_LAST;
    struct set wide =
        last ? set_interval(a, -most, true, 0, false) : set_interval(a, 0, true, most, false);
    struct set tight =
        last ? set_interval(a, -least, true, 0, false) : set_interval(a, 0, true, least, false);
    add_view(m, day_from_today(m, t->a), wide, tight);
  }
  add_known(m, t->a);
}

/* today, today + 30d: how far from today. */
static bool days_from_today(const struct term *t, double *least, double *most) {
  *least = *most = 0;
  if (t->kind == T_TODAY) return true;
  if (t->kind != T_DATE_ADD || t->a->kind != T_TODAY) return false;
  duration_limits(t->dur, least, most);
  if (t->op < 0) {
    double swap = *least;
    *least = -*most, *most = -swap;
  }
  return true;
}

/* `D < today + 30d`, `days since D > 30`: both speak of D counted from today. */
static bool read_day(struct atom_ctx *m, const struct term *a, enum op op, const struct term *b) {
  double least, most;
  struct arena *ar = m->s->a;
  if (a->type.unit == U_DATE && days_from_today(b, &least, &most)) {
    struct set s1 = compared(ar, op, least), s2 = compared(ar, op, most);
    add_view(m, day_from_today(m, a), set_or(ar, &s1, &s2), set_and(ar, &s1, &s2));
    return true;
  }
  if (a->kind != T_DATE_DIFF || b->kind != T_CONST) return false;
  bool since = a->a->kind == T_TODAY, until = a->b->kind == T_TODAY;
  if (since == until) return false;
  double v = since ? -b->value.num : b->value.num;
  exactly(m, day_from_today(m, since ? a->b : a->a), compared(ar, since ? mirrored(op) : op, v));
  return true;
}

/* ---- comparisons ---------------------------------------------------------------------- */

/* drop and rise are one subject with two signs. */
static struct subject *moved(struct atom_ctx *m, const struct term *what, int move,
                             struct duration over, bool relative, double *sign) {
  char buf[20];
  *sign = move == MOVE_RISE ? -1 : 1;
  const char *aspect =
      arena_printf(m->s->a, "%s%s %s ", relative ? "relative " : "",
                   move == MOVE_CHANGE ? "change" : "drop", duration_text(over, buf));
  struct subject *x = subject_of(m, aspect, what);
  if (move == MOVE_CHANGE)
    limit(x, set_interval(m->s->a, 0, false, INFINITY, true), "a change is a size, never below 0");
  else if (relative && never_negative(m->s, what))
    limit(x, set_interval(m->s->a, -INFINITY, true, 1, false), "nothing drops by more than 100%");
  return x;
}

static void read_value(struct atom_ctx *m, struct subject *x, enum op op, const struct term *b,
                       double sign) {
  if (sign < 0) op = mirrored(op);
  if (b->kind == T_THRESHOLD)
    against_threshold(m, x, op, b, sign);
  else if (b->kind == T_CONST && b->value.known)
    exactly(m, x, compared(m->s->a, op, b->value.num * sign));
}

/* Two formulas: their difference against 0. */
static void say_difference(struct atom_ctx *m, const struct term *a, enum op op,
                           const struct term *b) {
  const char *x = key_of(m->s, a), *y = key_of(m->s, b);
  if (strcmp(x, y) > 0) {
    const char *swap = x;
    x = y, y = swap, op = mirrored(op);
  }
  struct subject *d =
      subject_named(m->s, arena_printf(m->s->a, "difference %s%s%s", m->prefix, x, y), false);
  exactly(m, d, compared(m->s->a, op, 0));
}

static void say_compare(struct atom_ctx *m, const struct term *t) {
  const struct term *a = t->a, *b = t->b;
  enum op op = (enum op)t->op;
  double sign = 1;
  if ((a->kind == T_CONST || a->kind == T_THRESHOLD) && b->kind != T_CONST) {
    const struct term *swap = a;
    a = b, b = swap, op = mirrored(op);
  }
  bool fixed = b->kind == T_CONST && b->value.known;
  if (fixed && unit_class(b->type.unit) == CLASS_TXT) {
    struct set s = set_text(m->s->a, b->value.text);
    exactly(m, subject_of(m, "", a), op == OP_NE ? set_not(m->s->a, &s) : s);
  } else if (read_day(m, a, op, b)) {
  } else if (fixed && a->type.unit == U_FLAG) {
    exactly(m, flag_of(m, "", a), compared(m->s->a, op, b->value.num));
  } else if (fixed || (b->kind == T_THRESHOLD && unit_class(a->type.unit) == CLASS_NUM)) {
    struct subject *x =
        a->kind == T_MOVE ? moved(m, a->a, a->op, a->dur, false, &sign) : subject_of(m, "", a);
    read_value(m, x, op, b, sign);
    if (!fixed) say_difference(m, a, op, b);
  } else {
    say_difference(m, a, op, b);
  }
  add_known(m, a);
  if (!fixed) add_known(m, b);
}

static void say_move(struct atom_ctx *m, const struct term *t) {
  double sign;
  struct subject *x = moved(m, t->a, t->move, t->dur, true, &sign);
  read_value(m, x, (enum op)t->op, t->b, sign);
  add_known(m, t->a);
}

static void say_oneof(struct atom_ctx *m, const struct term *t) {
  bool text = unit_class(t->a->type.unit) == CLASS_TXT;
  struct arena *a = m->s->a;
  const char **texts = NEW_N(a, const char *, t->list.n + 1);
  double *points = NEW_N(a, double, t->list.n + 1);
  for (size_t i = 0; i < t->list.n; i++) {
    const struct value *v = &t->list.v[i]->value;
    texts[i] = v->text ? v->text : "";
    points[i] = v->num;
  }
  struct set s = text ? set_texts(a, texts, t->list.n) : set_points(a, points, t->list.n);
  exactly(m, subject_of(m, "", t->a), s);
  add_known(m, t->a);
}

const struct atom *atom_of(struct subjects *s, const struct term *t, bool negated,
                           const char *prefix) {
  struct atom *at = NEW(s->a, struct atom);
  struct atom_ctx m = {s, at, prefix};
  at->term = t;
  at->negated = negated;
  const char *key = key_of(s, t);
  if (negated || *prefix) key = arena_join(s->a, negated ? "!" : "", prefix, key);
  at->key = intern(s->a, key);
  switch (t->kind) {
    case T_CMP: say_compare(&m, t); break;
    case T_MOVE_CMP: say_move(&m, t); break;
    case T_ONEOF: say_oneof(&m, t); break;
    case T_RANGE: read_period(&m, t); break;
    case T_WITHIN:
    case T_OVERDUE:
    case T_OLDER: say_window(&m, t); break;
    case T_KNOWN: exactly(&m, flag_of(&m, "known ", t->a), set_point(s->a, 1)); break;
    default: exactly(&m, flag_of(&m, "", t), set_point(s->a, 1));
  }
  return at;
}
