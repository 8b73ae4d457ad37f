/* One value, two scales. In: a rule set without mistakes. Out: a warning where a value is compared
 * with a number of another scale than elsewhere: 0.4 here and 70 there, 30 things here and 40%
 * there, 8.8% where its bands are 92% and 88%. No data is needed: the rule set says it itself. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "sema/plausible.h"

enum {
  FULL_SCALE = 10,          /* a number from here on is of no scale that ends at 1 */
  MOST_PERCENT = 100,       /* a movement above it is hardly a percent without its sign */
  LEAST_OF_THOUSANDS = 10,  /* below: more than nothing is meant */
  MOST_OF_THOUSANDS = 1000, /* from here on it is written out */
  THOUSANDS_OFF = 1000,     /* so many times smaller than elsewhere */
  FAR_OFF = 10              /* so many times the bands, or a tenth of them */
};

/* A value of a name that stands against a number. */
struct use {
  const void *of;                     /* the attribute or KPI */
  const char *name;                   /* what it is called there */
  const void *where;                  /* the rule, KPI or segment that says it */
  bool moves, percent, band, written; /* written: with its currency, so it is meant */
  enum unit unit;
  double n;       /* 40 for 40% */
  struct span at; /* of the number */
  bool in_define; /* nobody can change it here */
  size_t order;
};

struct uses {
  struct ruleset *rs;
  const void *where;
  VEC(struct use) list;
};

/* ---- collect -------------------------------------------------------------------------- */

static const struct term *named_value(const struct term *t) {
  while (t->kind == T_PARENT || t->kind == T_AGO || t->kind == T_MOVE) t = t->a;
  return t->kind == T_ATTR || t->kind == T_KPI ? t : NULL;
}

static bool share_number(const struct term *t, double *out) {
  if (t->type.unit != U_SHARE || t->points) return false;
  if (t->kind == T_THRESHOLD && t->threshold->lines.n)
    *out = t->threshold->lines.v[0].value.num * 100;
  else if (t->kind == T_CONST)
    *out = t->value.num * 100;
  else
    return false;
  return true;
}

static void add_use(struct uses *x, const struct term *a, const struct term *b, bool moves,
                    bool band) {
  const struct term *of = named_value(a);
  struct use u = {.where = x->where, .moves = moves, .band = band, .order = x->list.n};
  if (!of || !b->src) return;
  u.percent = share_number(b, &u.n);
  u.written = b->kind == T_CONST && b->src->kind == E_MONEY;
  if (u.written) u.n = b->src->num;
  if (!u.percent && !u.written && !bare_number(b, &u.n)) return;
  u.of = of->kind == T_ATTR ? (const void *)of->attr : (const void *)of->kpi;
  u.name = of->kind == T_ATTR ? of->attr->name : of->kpi->name;
  u.unit = of->type.unit;
  u.at = b->src->span;
  u.in_define = b->src->use.src != NULL;
  VEC_PUSH(x->rs->arena, &x->list, u);
}

static void collect(struct uses *x, const struct term *t) {
  if (!t) return;
  bool ordered = t->kind == T_CMP && t->op != OP_EQ && t->op != OP_NE;
  if (ordered || t->kind == T_MOVE_CMP)
    add_use(x, t->a, t->b, t->kind == T_MOVE_CMP || t->a->kind == T_MOVE, false);
  collect(x, t->a);
  collect(x, t->b);
  collect(x, t->c);
  for (size_t i = 0; i < t->list.n; i++) collect(x, t->list.v[i]);
  if (t->kind != T_AGG) return;
  for (size_t i = 0; i < t->agg->values.n; i++) collect(x, t->agg->values.v[i]);
  collect(x, t->agg->where);
}

static void collect_band(struct uses *x, const struct kpi *k, const struct band *b) {
  struct term self = {.kind = T_KPI, .type = k->term->type, .kpi = (struct kpi *)k};
  if (!b->set) return;
  add_use(x, &self, b->a, false, true);
  if (b->b) add_use(x, &self, b->b, false, true);
}

static void collect_all(struct uses *x) {
  const struct ruleset *rs = x->rs;
  for (size_t i = 0; i < rs->rules.n; i++) {
    const struct rule *r = x->where = rs->rules.v[i];
    collect(x, r->when);
    collect(x, r->clear);
    collect(x, r->settled);
  }
  for (size_t i = 0; i < rs->segments.n; i++) {
    x->where = rs->segments.v[i];
    collect(x, rs->segments.v[i]->term);
  }
  for (size_t i = 0; i < rs->kpis.n; i++) {
    const struct kpi *k = x->where = rs->kpis.v[i];
    collect(x, k->term);
    collect_band(x, k, &k->green);
    collect_band(x, k, &k->amber);
    collect_band(x, k, &k->red);
  }
}

/* ---- judge the uses of one name ------------------------------------------------------- */

static struct diag *tell_scale(struct uses *x, const struct use *u, const struct use *other,
                               const char *message) {
  struct diag *d = diag_add(&x->rs->diags, V0324, u->at, "%s", message);
  diag_note(&x->rs->diags, d, other->at, "elsewhere it is this");
  return d;
}

static bool is_fraction(const struct use *u) {
  return !u->moves && !u->percent && u->n != 0 && fabs(u->n) < 1;
}
static bool is_full(const struct use *u) { return !u->percent && fabs(u->n) >= FULL_SCALE; }

/* health < 0.4 where others say health >= 70: the scale that fewer use is the slip. */
static void judge_fractions(struct uses *x, const struct use *u, size_t n) {
  const struct use *small = NULL, *large = NULL;
  size_t smalls = 0, larges = 0;
  for (size_t i = 0; i < n; i++) {
    if (u[i].unit != U_SCORE && u[i].unit != U_NUMBER) return;
    if (is_fraction(&u[i]) && smalls++ == 0) small = &u[i];
    if (is_full(&u[i]) && (larges++ == 0 || (large->moves && !u[i].moves))) large = &u[i];
  }
  if (!small || !large) return;
  bool rare = smalls <= larges;
  for (size_t i = 0; i < n; i++) {
    if (u[i].in_define || !(rare ? is_fraction(&u[i]) : is_full(&u[i]))) continue;
    const char *text = span_text(x->rs->arena, u[i].at);
    struct diag *d = tell_scale(
        x, &u[i], rare ? large : small,
        arena_printf(x->rs->arena,
                     "`%s` is of another scale than `%s`, with which `%s` is "
                     "compared elsewhere",
                     text, span_text(x->rs->arena, (rare ? large : small)->at), u[i].name));
    diag_help(&x->rs->diags, d, "write %.15g, if the scale is the same",
              rare ? u[i].n * 100 : u[i].n / 100);
  }
}

static bool is_plain_move(const struct use *u) {
  return u->moves && !u->percent && !u->written && u->n >= 1 && u->n <= MOST_PERCENT;
}

/* Are percents the habit for the movements of this name? The kind that fewer rules use is the slip;
 * of as many, a score moves by points and anything else by a percent. */
static bool moves_in_percent(const struct use *u, size_t n) {
  size_t percents = 0, plain = 0;
  const void *last_percent = NULL, *last_plain = NULL;
  for (size_t i = 0; i < n; i++) {
    if (u[i].moves && u[i].percent && u[i].where != last_percent)
      percents++, last_percent = u[i].where;
    if (is_plain_move(&u[i]) && u[i].where != last_plain) plain++, last_plain = u[i].where;
  }
  return percents == plain ? u->unit != U_SCORE : percents > plain;
}

/* usage drop > 30 where others say usage drop > 40%, health drop > 10% where others say health drop
 * > 12: the fewer, where a rule does not say both. */
static void judge_moves(struct uses *x, const struct use *u, size_t n) {
  bool percent = moves_in_percent(u, n);
  for (size_t i = 0; i < n; i++) {
    bool odd = percent ? is_plain_move(&u[i]) : u[i].moves && u[i].percent;
    if (!odd || u[i].in_define || u[i].unit == U_SHARE || u[i].unit == U_DURATION) continue;
    const struct use *other = NULL;
    bool says_both = false;
    for (size_t k = 0; k < n; k++) {
      if (!(percent ? u[k].moves && u[k].percent : is_plain_move(&u[k]))) continue;
      says_both |= u[k].where == u[i].where;
      if (!other) other = &u[k];
    }
    if (!other || says_both) continue;
    const char *text = span_text(x->rs->arena, u[i].at);
    struct diag *d = tell_scale(
        x, &u[i], other,
        arena_printf(x->rs->arena,
                     percent ? "elsewhere the movement of `%s` is a percent, and `%s` is none"
                             : "elsewhere the movement of `%s` is a number, and `%s` is a percent",
                     u[i].name, text));
    diag_help(&x->rs->diags, d,
              percent ? "write %.15g%% if a share is meant" : "write %.15g if that many are meant",
              u[i].n);
  }
}

/* arr > 60 where others say arr >= 60k EUR: the thousands are missing. */
static void judge_thousands(struct uses *x, const struct use *u, size_t n) {
  const struct use *large = NULL;
  for (size_t i = 0; i < n; i++) {
    if (u[i].unit != U_MONEY || u[i].percent || u[i].moves) continue;
    if (!large || u[i].n > large->n) large = &u[i];
  }
  for (size_t i = 0; large && i < n; i++) {
    bool small = u[i].unit == U_MONEY && !u[i].percent && !u[i].moves && !u[i].written &&
                 u[i].n >= LEAST_OF_THOUSANDS && u[i].n < MOST_OF_THOUSANDS;
    if (!small || u[i].in_define || large->n < u[i].n * THOUSANDS_OFF) continue;
    const char *text = span_text(x->rs->arena, u[i].at);
    struct diag *d =
        tell_scale(x, &u[i], large,
                   arena_printf(x->rs->arena,
                                "`%s` is hardly any of `%s`, which elsewhere stands against `%s`",
                                text, u[i].name, span_text(x->rs->arena, large->at)));
    diag_help(&x->rs->diags, d, "write %.15gk, if thousands are meant", u[i].n);
  }
}

/* health < 400 where others say health >= 70: a score that ends at 100 reaches no such number. */
static void judge_ends(struct uses *x, const struct use *u, size_t n) {
  const struct use *far = NULL, *other = NULL;
  size_t over = 0;
  for (size_t i = 0; i < n; i++) {
    if (u[i].unit != U_SCORE) return;
    if (u[i].percent || u[i].moves) continue;
    if (u[i].n > MOST_PERCENT && over++ == 0) far = &u[i];
    if (u[i].n <= MOST_PERCENT && (!other || u[i].n > other->n)) other = &u[i];
  }
  if (over != 1 || !other || other->n < FULL_SCALE || far->in_define) return;
  const char *text = span_text(x->rs->arena, far->at);
  struct diag *d = tell_scale(
      x, far, other,
      arena_printf(x->rs->arena, "`%s` is more than 100, and elsewhere `%s` stands against `%s`",
                   text, far->name, span_text(x->rs->arena, other->at)));
  diag_help(&x->rs->diags, d, "check its digits: write %.15g, if one is too many",
            floor(far->n / 10));
}

/* grr < 8.8% where its bands are 92% and 88%. */
static void judge_bands(struct uses *x, const struct use *u, size_t n) {
  const struct use *band = NULL;
  double least = INFINITY, most = 0;
  for (size_t i = 0; i < n; i++) {
    if (!u[i].band || !u[i].percent) continue;
    if (!band) band = &u[i];
    least = fmin(least, fabs(u[i].n)), most = fmax(most, fabs(u[i].n));
  }
  for (size_t i = 0; band && i < n; i++) {
    double v = fabs(u[i].n);
    if (u[i].band || u[i].moves || !u[i].percent || v == 0 || u[i].in_define) continue;
    if (v > least / FAR_OFF && (v < most * FAR_OFF || most == 0)) continue;
    const char *text = span_text(x->rs->arena, u[i].at);
    struct diag *d = tell_scale(
        x, &u[i], band,
        arena_printf(x->rs->arena, "`%s` is far from the bands of `%s`", text, u[i].name));
    diag_help(&x->rs->diags, d, "check where its decimal point stands: the bands begin at %s",
              span_text(x->rs->arena, band->at));
  }
}

static int by_name(const void *a, const void *b) {
  const struct use *x = a, *y = b;
  if (x->of != y->of) return (uintptr_t)x->of < (uintptr_t)y->of ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

void check_scales(struct ruleset *rs) {
  struct uses x = {.rs = rs};
  collect_all(&x);
  if (x.list.n) qsort(x.list.v, x.list.n, sizeof *x.list.v, by_name);
  for (size_t i = 0, end; i < x.list.n; i = end) {
    for (end = i; end < x.list.n && x.list.v[end].of == x.list.v[i].of; end++) {
    }
    judge_fractions(&x, &x.list.v[i], end - i);
    judge_moves(&x, &x.list.v[i], end - i);
    judge_thousands(&x, &x.list.v[i], end - i);
    judge_ends(&x, &x.list.v[i], end - i);
    judge_bands(&x, &x.list.v[i], end - i);
  }
}
