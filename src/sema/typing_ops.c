/* Arithmetic and comparisons. In: two typed operands. Out: a term of the unit that comes out. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "sema/plausible.h"

/* Of a plain number and a more particular unit, the particular one. */
struct type plain_wins(const struct term *a, const struct term *b) {
  if (a->type.unit == U_NUMBER && b->type.unit != U_NUMBER) return b->type;
  struct type t = a->type;
  if (a->type.unit == b->type.unit) t.percent = a->type.percent || b->type.percent;
  if (!t.currency) t.currency = b->type.currency;
  if (!t.per) t.per = b->type.per;
  return t;
}

static bool plain(const struct term *t) {
  return t->type.unit == U_NUMBER || t->type.unit == U_COUNT || t->type.unit == U_SHARE;
}

static struct term *tell_clash(const struct scope *sc, const struct expr *e, const struct term *a,
                               const struct term *b, const char *verb) {
  struct diag *d =
      TELL(sc, V0301, e->span, "`%s` is %s, `%s` is %s: they cannot be %s", quoted(sc, a->src),
           unit_phrase(sc, a), quoted(sc, b->src), unit_phrase(sc, b), verb);
  if (a->kind == T_BDAYS || b->kind == T_BDAYS)
    HELP_WITH(sc, d,
              "business days are a count: write the number alone, business days since D > 3");
  else if (a->type.unit == U_DURATION && b->type.unit == U_DURATION && e->op == OP_MUL)
    HELP_WITH(sc, d, "a column with a duration is one already: add it alone, D + %s",
              quoted(sc, a->kind == T_CONST ? b->src : a->src));
  else if ((no_day_count(a) && a->kind != T_CONST) || (no_day_count(b) && b->kind != T_CONST))
    HELP_WITH(sc, d,
              "it moves a date (D + %s) and is compared with its like (3mo); to calculate with its "
              "number, declare the column as a number too",
              quoted(sc, no_day_count(a) ? a->src : b->src));
  else if (no_day_count(a) || no_day_count(b))
    HELP_WITH(sc, d, "months have no fixed number of days: write days, 90d");
  else if (a->type.unit == U_DATE || b->type.unit == U_DATE)
    HELP_WITH(sc, d, "a date moves by a duration (D + 30d); two dates differ by days (D - D)");
  else if (!is_number(a) || !is_number(b))
    HELP_WITH(sc, d, "formulas are made of numbers, money, percents, dates and durations");
  else
    HELP_WITH(sc, d, "check the units of both sides");
  return NULL;
}

/* date + 30: what to write instead. A number that is no literal becomes days by what it counts. */
static void tell_plain_days(const struct scope *sc, const struct term *days) {
  struct diag *d =
      TELL(sc, V0301, days->src->span, "a date moves by a duration, not by a plain number");
  if (days->kind == T_CONST)
    HELP_WITH(sc, d, "write %.15gd", days->value.num);
  else
    HELP_WITH(sc, d, "write its numbers as durations: 30d instead of 30");
}

/* date - date, date + 30d, date - number of days */
static struct term *date_arith(const struct scope *sc, const struct expr *e, struct term *a,
                               struct term *b) {
  bool da = a->type.unit == U_DATE, db = b->type.unit == U_DATE;
  if (da && db && e->op == OP_SUB) {
    struct term *t = term_new(sc, T_DATE_DIFF, e, type_of(U_DURATION));
    t->a = a;
    t->b = b;
    return t;
  }
  if (db && e->op == OP_ADD) {
    struct term *swap = a;
    a = b, b = swap, da = true, db = false;
  }
  if (!da || db || (e->op != OP_ADD && e->op != OP_SUB))
    return tell_clash(sc, e, a, b, "combined this way");
  if (b->bare) {
    tell_plain_days(sc, b);
    return NULL;
  }
  if (b->type.unit != U_DURATION && !plain(b)) return tell_clash(sc, e, a, b, "added");
  bool literal = b->kind == T_CONST && b->type.unit == U_DURATION;
  struct term *t = term_new(sc, literal ? T_DATE_ADD : T_DATE_DAYS, e, type_of(U_DATE));
  t->a = a;
  t->op = e->op == OP_ADD ? 1 : -1;
  if (!literal) {
    t->b = b;
    return t;
  }
  if (b->dur.n < 0) t->op = -t->op; /* d + -3mo is d - 3mo */
  t->dur = (struct duration){abs(b->dur.n), b->dur.unit};
  return t;
}

static bool product_type(const struct term *a, const struct term *b, struct type *out) {
  const struct term *x = a, *y = b;
  if (plain(x) && !plain(y)) x = b, y = a; /* x carries the unit */
  *out = x->type;
  if (plain(x) && plain(y)) {
    bool share = x->type.unit == U_SHARE && y->type.unit == U_SHARE;
    bool count = x->type.unit == U_COUNT || y->type.unit == U_COUNT;
    *out = share ? x->type : type_of(count ? U_COUNT : U_NUMBER);
    if (x->bare != y->bare && (x->bare ? y : x)->type.unit == U_SHARE)
      *out = (x->bare ? y : x)->type;
    return true;
  }
  out->per = per_by_hand(OP_MUL, x, y);
  if (plain(y)) return true;
  bool scores = x->type.unit == U_SCORE && y->type.unit == U_SCORE;
  bool rate = (x->type.unit == U_MONEY && y->type.unit == U_DURATION) ||
              (x->type.unit == U_DURATION && y->type.unit == U_MONEY);
  if (rate) *out = x->type.unit == U_MONEY ? x->type : y->type;
  if (rate) out->per = PER_UNSAID; /* so many days of it are no longer of a month */
  return scores || rate;
}

static bool quotient_type(const struct term *a, const struct term *b, struct type *out,
                          bool *ratio) {
  *out = a->type;
  out->per = per_by_hand(OP_DIV, a, b);
  enum unit u = a->type.unit, v = b->type.unit;
  *ratio = false;
  if (b->bare) return true; /* x / 12 keeps its unit */
  if (a->bare || (u == U_NUMBER && (plain(b) || v == U_SCORE)) ||
      (v == U_NUMBER && plain(a) && u != U_SHARE)) {
    *ratio = true;
    *out = type_of(U_NUMBER);
    return true;
  }
  if (u == v) {
    if (u == U_MONEY && (!same_currency(a, b) || !same_per(a, b))) return false;
    *out = type_of(U_SHARE);
    return true;
  }
  /* money / count, score / share */
  if (plain(b)) return u == U_SHARE ? (*out = type_of(U_NUMBER), *ratio = true) : true;
  if (v == U_DURATION) { /* a rate a day keeps the unit of what is counted */
    if (plain(a)) *out = type_of(U_NUMBER);
    out->per = PER_UNSAID;
    return true;
  }
  *out = type_of(U_NUMBER);
  return u == U_COUNT && v == U_MONEY;
}

static bool plain_number(const struct term *t) {
  return t->type.unit == U_NUMBER || t->type.unit == U_COUNT;
}

/* Months and business days add to their like, and are multiplied and divided by plain numbers. */
static bool months_fit(enum op op, const struct term *a, const struct term *b) {
  if (!no_day_count(a) && !no_day_count(b)) return true;
  bool same = a->type.unit == b->type.unit && a->type.counted_in == b->type.counted_in;
  if (op == OP_MUL) return plain_number(no_day_count(a) ? b : a);
  if (op == OP_DIV) return same || (no_day_count(a) && plain_number(b));
  return same || a->bare || b->bare;
}

static double fold(enum op op, double x, double y) {
  return op == OP_ADD ? x + y : op == OP_SUB ? x - y : op == OP_MUL ? x * y : x / y;
}

struct term *type_arith(const struct scope *sc, const struct expr *e, struct term *a,
                        struct term *b) {
  if (!a || !b) return NULL;
  enum op op = (enum op)e->op;
  if (a->type.unit == U_DATE || b->type.unit == U_DATE) return date_arith(sc, e, a, b);
  if (!is_number(a) || !is_number(b) || !months_fit(op, a, b))
    return tell_clash(
        sc, e, a, b,
        op == OP_ADD || op == OP_SUB ? "added or subtracted" : "multiplied or divided");
  if (a->bare && b->bare && a->kind == T_CONST && b->kind == T_CONST &&
      !(op == OP_DIV && b->value.num == 0)) {
    struct term *c = term_const(sc, e, type_of(U_NUMBER), fold(op, a->value.num, b->value.num));
    c->bare = true;
    return c;
  }
  struct term *t = term_new(sc, T_ARITH, e, a->type);
  t->op = op;
  if (op == OP_ADD || op == OP_SUB) {
    if (!agree(sc, e->span, a, b, op == OP_ADD ? "added" : "subtracted")) return NULL;
    t->type = plain_wins(a, b);
    t->ratio = a->ratio && b->ratio;
  } else if (op == OP_MUL) {
    if (!product_type(a, b, &t->type)) return tell_clash(sc, e, a, b, "multiplied");
    t->ratio = (a->ratio || b->ratio) && t->type.unit == U_NUMBER;
  } else if (!quotient_type(a, b, &t->type, &t->ratio)) {
    if (a->type.unit == U_MONEY && b->type.unit == U_MONEY)
      agree(sc, e->span, a, b, "divided");
    else
      tell_clash(sc, e, a, b, "divided");
    return NULL;
  }
  t->a = a;
  t->b = b;
  return t;
}

/* ---- comparisons ---------------------------------------------------------------------- */

static enum op mirrored(enum op op) {
  switch (op) {
    case OP_LT: return OP_GT;
    case OP_LE: return OP_GE;
    case OP_GT: return OP_LT;
    case OP_GE: return OP_LE;
    default: return op;
  }
}

/* `usage drop > 30%`: relative to the past, unless what moves is itself a share: then points are
 * meant. */
static struct term *relative_move(const struct scope *sc, const struct expr *e, enum op op,
                                  struct term *a, struct term *b) {
  bool share = a->type.unit == U_SHARE;
  if (share && !b->points && b->type.percent) {
    struct diag *d =
        TELL(sc, V0301, b->src->span,
             "`%s` is a percent itself: its movement is measured in points", quoted(sc, a->a->src));
    HELP_WITH(sc, d,
              b->kind == T_CONST ? "write %.15gpp" : "write the threshold in points: %.15gpp",
              b->kind == T_CONST ? b->value.num * 100 : 5);
    return NULL;
  }
  if (!share && b->points) {
    struct diag *d =
        TELL(sc, V0301, b->src->span, "`%s` is %s: points (pp) measure the movement of a percent",
             quoted(sc, a->a->src), unit_phrase(sc, a->a));
    if (b->kind == T_CONST)
      HELP_WITH(sc, d, "write %.15g, or %.15g%% for a movement relative to the past",
                b->value.num * 100, b->value.num * 100);
    else
      HELP_WITH(sc, d, "write a number, or a percent for a movement relative to the past");
    return NULL;
  }
  if (share) return NULL;
  struct term *t = term_new(sc, T_MOVE_CMP, e, type_of(U_FLAG));
  t->op = op;
  t->move = (enum move)a->op;
  t->dur = a->dur;
  t->c = a->c; /* the window */
  t->a = a->a;
  t->b = b;
  return t;
}

/* The texts that an attribute may hold, where the path is one that says so. */
static const struct attr *listed(const struct term *t) {
  while (t && t->kind == T_PARENT) t = t->a;
  return t && t->kind == T_ATTR && t->attr->one_of.n ? t->attr : NULL;
}

void check_listed(const struct scope *sc, const struct term *path, const struct term *literal) {
  const struct attr *at = listed(path);
  if (!at || literal->kind != T_CONST || literal->type.unit != U_TEXT || !literal->value.text)
    return;
  name_list names = {0};
  for (size_t i = 0; i < at->one_of.n; i++) {
    if (strcmp(at->one_of.v[i]->name, literal->value.text) == 0) return;
    VEC_PUSH(sc->rs->arena, &names, at->one_of.v[i]->name);
  }
  struct diag *d =
      TELL(sc, V0310, literal->src->span, "`%s` never holds \"%s\"", at->name, literal->value.text);
  const char *near = suggest(literal->value.text, names.v, names.n);
  if (near)
    HELP_WITH(sc, d, "did you mean \"%s\"? Its values are listed where %s is declared", near,
              at->name);
  else
    HELP_WITH(sc, d, "its values are listed where it is declared: add this one there if it is new");
  diag_note(&sc->rs->diags, d, at->span, "declared here");
}

struct term *type_compare_terms(const struct scope *sc, const struct expr *e, enum op op,
                                struct term *a, struct term *b) {
  if (a->kind != T_MOVE && b->kind == T_MOVE) {
    struct term *swap = a;
    a = b, b = swap, op = mirrored(op);
  }
  if (a->kind == T_MOVE && b->type.unit == U_SHARE && !b->bare && (b->points || b->type.percent)) {
    int errors = sc->rs->diags.errors;
    check_negative_move(sc, e, op, a, b);
    check_magnitude(sc, e, op, a, b);
    struct term *t = relative_move(sc, e, op, a, b);
    if (t || sc->rs->diags.errors > errors) return t;
  }
  if (!agree(sc, e->span, a, b, "compared")) return NULL;
  check_listed(sc, a, b);
  check_listed(sc, b, a);
  check_odd_text(sc, e, op, a, b);
  check_negative_move(sc, e, op, a, b);
  check_magnitude(sc, e, op, a, b);
  bool ordered = op != OP_EQ && op != OP_NE;
  if (ordered && (unit_class(a->type.unit) == CLASS_TXT || a->type.unit == U_FLAG)) {
    HELP_WITH(
        sc,
        TELL(sc, V0301, e->span, "%ss have no order: `%s` cannot be compared with %s",
             a->type.unit == U_FLAG ? "yes-or-no value" : "text", quoted(sc, a->src), op_text(op)),
        "it is compared with `is`, `is not` or `one of`");
    return NULL;
  }
  struct term *t = term_new(sc, T_CMP, e, type_of(U_FLAG));
  t->op = op;
  t->a = a;
  t->b = b;
  return t;
}

struct term *type_compare(const struct scope *sc, const struct expr *e, struct term *a,
                          struct term *b) {
  if (!a || !b) return NULL;
  enum op op = e->kind == E_CMP      ? (enum op)e->op
               : e->kind == E_IS     ? (e->negated ? OP_NE : OP_EQ)
               : e->kind == E_BEFORE ? OP_LT
                                     : OP_GT;
  if (e->kind == E_BEFORE || e->kind == E_AFTER)
    for (int i = 0; i < 2; i++) {
      const struct term *t = i ? b : a;
      if (t->type.unit == U_DATE) continue;
      struct diag *d =
          TELL(sc, V0301, t->src->span, "`%s` is %s; `before` and `after` compare dates",
               quoted(sc, t->src), unit_phrase(sc, t));
      help_date(sc, d, t);
      return NULL;
    }
  return type_compare_terms(sc, e, op, a, b);
}
