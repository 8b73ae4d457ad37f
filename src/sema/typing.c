/* Expressions to terms. In: an expression and its scope. Out: a resolved, typed term, or NULL
 * when reported. */
#include <string.h>

#include "base/check.h"
#include "base/decimal.h"
#include "base/limits.h"
#include "base/pattern.h"
#include "base/suggest.h"
#include "sema/elsewhere.h"
#include "sema/own_currency.h"
#include "sema/plausible.h"

static struct term *type_literal(const struct scope *sc, const struct expr *e) {
  struct term *t;
  switch (e->kind) {
    case E_NUMBER:
      t = term_const(sc, e, type_of(U_NUMBER), e->num);
      t->bare = true;
      return t;
    case E_PERCENT:
    case E_POINTS:
      t = term_const(sc, e, (struct type){.unit = U_SHARE, .percent = true},
                     decimal_shift(e->num, -2));
      t->points = e->kind == E_POINTS;
      return t;
    case E_MONEY:
      return term_const(sc, e, (struct type){.unit = U_MONEY, .currency = e->name},
                        decimal_minor(e->num, currency_minor(e->name)));
    case E_DURATION:
      t = term_const(sc, e,
                     (struct type){.unit = U_DURATION, .counted_in = dur_unit_base(e->dur.unit)},
                     (double)e->dur.n * dur_unit_size(e->dur.unit));
      t->dur = e->dur;
      return t;
    case E_DATE: return term_const(sc, e, type_of(U_DATE), e->day);
    case E_TRUE:
    case E_FALSE: return term_const(sc, e, type_of(U_FLAG), e->kind == E_TRUE);
    case E_STRING:
      t = term_const(sc, e, type_of(U_TEXT), 0);
      t->value.text = e->name;
      return t;
    default: UNREACHABLE("type_kind sends literals only");
  }
}

static struct term *type_neg(const struct scope *sc, const struct expr *e) {
  struct term *a = type_value(sc, e->a);
  if (!a) return NULL;
  if (!is_number(a)) {
    HELP_WITH(sc,
              TELL(sc, V0303, e->span, "`%s` is %s: it has no negative", quoted(sc, e->a),
                   unit_phrase(sc, a)),
              "a number is needed");
    return NULL;
  }
  if (a->kind == T_CONST) {
    a->value.num = -a->value.num;
    a->dur.n = -a->dur.n;
    a->src = e;
    return a;
  }
  struct term *t = term_new(sc, T_NEG, e, a->type);
  t->a = a;
  t->bare = a->bare;
  t->points = a->points;
  return t;
}

static struct term *type_logic(const struct scope *sc, const struct expr *e) {
  enum term_kind k = e->kind == E_AND ? T_AND : e->kind == E_OR ? T_OR : T_NOT;
  if (tell_numbers_of_criteria(sc, e)) return NULL;
  if (e->b && tell_text_as_condition(sc, e)) return NULL;
  struct term *a = type_condition(sc, e->a), *b = e->b ? type_condition(sc, e->b) : NULL;
  if (!a || (e->b && !b)) return NULL;
  if (k == T_OR) check_or_before_and(sc, e), check_not_before_or(sc, e);
  struct term *t = term_new(sc, k, e, type_of(U_FLAG));
  t->a = a;
  t->b = b;
  return t;
}

/* Two values of which one comes out: their common type goes on t. */
static bool join_types(const struct scope *sc, const struct expr *e, struct term *t, struct term *a,
                       struct term *b) {
  if (!agree(sc, e->span, a, b, "used for one value")) return false;
  t->type = plain_wins(a, b);
  t->bare = a->bare && b->bare;
  t->points = a->points && b->points;
  t->ratio = a->ratio && b->ratio;
  return true;
}

/* A branch that is unknown on purpose takes the type of the other one. */
static struct term *unknown_like(const struct scope *sc, const struct expr *e,
                                 const struct term *other) {
  struct term *t = term_new(sc, T_UNKNOWN, e, other->type);
  t->bare = other->bare;
  t->points = other->points;
  t->ratio = other->ratio;
  return t;
}

static struct term *type_if(const struct scope *sc, const struct expr *e) {
  bool b_unknown = e->b->kind == E_UNKNOWN, c_unknown = e->c->kind == E_UNKNOWN;
  struct term *c = type_condition(sc, e->a);
  if (b_unknown && c_unknown) {
    HELP_WITH(sc, TELL(sc, V0303, e->span, "`%s` is unknown in either case", quoted(sc, e)),
              "give one of its branches a value");
    return NULL;
  }
  struct term *x = b_unknown ? NULL : type_expr(sc, e->b),
              *y = c_unknown ? NULL : type_expr(sc, e->c);
  if (x && c_unknown) y = unknown_like(sc, e->c, x);
  if (y && b_unknown) x = unknown_like(sc, e->b, y);
  if (!c || !x || !y) return NULL;
  struct term *t = term_new(sc, T_IF, e, type_of(U_FLAG));
  if (!join_types(sc, e, t, x, y)) return NULL;
  t->a = c;
  t->b = x;
  t->c = y;
  return t;
}

static struct term *type_else(const struct scope *sc, const struct expr *e) {
  struct term *a = type_expr(sc, e->a), *b = type_expr(sc, e->b);
  if (!a || !b) return NULL;
  struct term *t = term_new(sc, T_ELSE, e, a->type);
  if (!join_types(sc, e, t, a, b)) return NULL;
  t->a = a;
  t->b = b;
  return t;
}

static struct term *negate(const struct scope *sc, struct term *t, bool yes) {
  if (!t || !yes) return t;
  struct term *n = term_new(sc, T_NOT, t->src, type_of(U_FLAG));
  n->a = t;
  return n;
}

static struct term *type_known(const struct scope *sc, const struct expr *e) {
  struct term *a = type_expr(sc, e->a);
  if (!a) return NULL;
  struct term *t = term_new(sc, T_KNOWN, e, type_of(U_FLAG));
  t->a = a;
  return negate(sc, t, e->negated);
}

static struct term *type_oneof(const struct scope *sc, const struct expr *e) {
  struct term *a = type_value(sc, e->a);
  if (!a) return NULL;
  struct term *t = term_new(sc, T_ONEOF, e, type_of(U_FLAG));
  t->a = a;
  for (size_t i = 0; i < e->list.n; i++) {
    struct term *v = type_value(sc, e->list.v[i]);
    if (!v || !agree(sc, e->list.v[i]->span, a, v, "compared")) return NULL;
    check_listed(sc, a, v);
    VEC_PUSH(sc->rs->arena, &t->list, v);
  }
  return negate(sc, t, e->negated);
}

static struct term *type_matches(const struct scope *sc, const struct expr *e) {
  struct term *a = type_value(sc, e->a);
  if (!a) return NULL;
  if (unit_class(a->type.unit) != CLASS_TXT) {
    HELP_WITH(sc,
              TELL(sc, V0301, e->a->span, "`%s` is %s: only texts match a pattern",
                   quoted(sc, e->a), unit_phrase(sc, a)),
              "compare it with < = > instead");
    return NULL;
  }
  int at = 0;
  if (!check_wildcards(sc, e)) return NULL;
  const char *wrong = pattern_check(sc->rs->arena, e->name, &at);
  if (wrong) {
    HELP_WITH(sc,
              TELL(sc, V0308, e->name_span, "this pattern is not right at its character %d: %s",
                   at + 1, wrong),
              "to find the sign itself, put a backslash before it: \\. \\( \\+");
    return NULL;
  }
  struct term *t = term_new(sc, T_MATCHES, e, type_of(U_FLAG));
  t->a = a;
  t->pattern = e->name;
  return negate(sc, t, e->negated);
}

static struct term *wrap_way(const struct scope *sc, struct term *t, const edge_path *way) {
  for (size_t i = way->n; i-- > 0;) {
    struct scope child = *sc;
    child.ent = way->v[i]->child;
    struct term *p = term_new(&child, T_PARENT, t->src, t->type);
    p->edge = way->v[i];
    p->a = t;
    t = p;
  }
  return t;
}

static struct term *type_inseg(const struct scope *sc, const struct expr *e) {
  struct ruleset *rs = sc->rs;
  struct segment *s = map_get(&rs->segment_names, e->name);
  if (!s) {
    if (!map_get(&rs->poisoned, e->name)) tell_no_segment(rs, e->name, e->name_span, "");
    return NULL;
  }
  struct entity *want = s->entity;
  if (!segment_term(rs, s) || !want) return NULL;
  if (e->a && (e->a->kind != E_PATH || e->a->path.v[e->a->path.n - 1] != want->name)) {
    HELP_WITH(sc,
              TELL(sc, V0206, e->a->span, "`%s` is a segment of %s, not of `%s`", e->name,
                   want->name, quoted(sc, e->a)),
              "write: in segment %s, or %s in segment %s", e->name, want->name, e->name);
    return NULL;
  }
  for (const struct scope *at = sc; at; at = at->outer) {
    edge_path way = {0};
    if (!at->ent || find_way(rs->arena, sc->ent, want, &way) != WAY_ONE) continue;
    struct scope inner = *sc;
    inner.ent = want;
    struct term *t = term_new(&inner, T_SEGMENT, e, type_of(U_FLAG));
    inner.own = own_above(sc, &way);
    if (!(t->segment = segment_here(&inner, s))) return NULL;
    return negate(sc, wrap_way(sc, t, &way), e->negated);
  }
  HELP_WITH(sc,
            TELL(sc, V0206, e->name_span, "`%s` is a segment of %s, which is not reached from here",
                 e->name, want->name),
            "use it in a rule or KPI of %s, or of something that belongs to one", want->name);
  return NULL;
}

static struct term *type_arithmetic(const struct scope *sc, const struct expr *e) {
  if (tell_moved_today(sc, e)) return NULL;
  struct term *a = type_value(sc, e->a), *b = type_value(sc, e->b);
  return type_arith(sc, e, a, b);
}

static struct term *type_comparison(const struct scope *sc, const struct expr *e) {
  bool flags = e->kind == E_IS || (e->kind == E_CMP && (e->op == OP_EQ || e->op == OP_NE));
  if (tell_word_as_value(sc, e)) return NULL;
  struct term *a = flags ? type_expr(sc, e->a) : type_value(sc, e->a);
  if (tell_sentence_as_value(sc, e, a)) return NULL;
  struct scope other = *sc;
  other.beside_text = a && unit_class(a->type.unit) == CLASS_TXT && e->b->kind == E_PATH;
  struct term *b = flags ? type_expr(&other, e->b) : type_value(&other, e->b);
  return type_compare(sc, e, a, b);
}

/* Durations that are written as such stay with the expression. */
static struct term *type_time(const struct scope *sc, const struct expr *e) {
  bool any = e->kind == E_ON || e->kind == E_AGO; /* of a condition too */
  struct term *a = e->kind == E_FOR ? type_condition(sc, e->a)
                   : any            ? type_expr(sc, e->a)
                   : e->a           ? type_value(sc, e->a)
                                    : NULL;
  bool bound = (e->kind == E_WITHIN || e->kind == E_OLDER) && e->b->kind != E_DURATION && a &&
               a->type.unit == U_DATE;
  bool day = bound || e->kind == E_ON;
  return negate(sc, type_days(sc, e, a, day ? type_value(sc, e->b) : NULL), e->negated);
}

static struct term *type_kind(const struct scope *sc, const struct expr *e) {
  if (sc->rs->n_terms > RULESET_MAX_TERMS) {
    HELP_WITH(sc,
              TELL(sc, V0112, e->span, "these definitions expand to more than %d parts",
                   RULESET_MAX_TERMS),
              "give repeated parts a name with `kpi`");
    return NULL;
  }
  if (e->has_period && !period_exists(sc, e->span, &e->period)) return NULL;
  switch (e->kind) {
    case E_NUMBER:
    case E_PERCENT:
    case E_POINTS:
    case E_MONEY:
    case E_DURATION:
    case E_DATE:
    case E_STRING:
    case E_TRUE:
    case E_FALSE: return type_literal(sc, e);
    case E_PATH: return type_path(sc, e);
    case E_CALL: return type_call(sc, e);
    case E_NEG: return type_neg(sc, e);
    case E_NOT:
    case E_AND:
    case E_OR: return type_logic(sc, e);
    case E_ARITH: return type_arithmetic(sc, e);
    case E_CMP:
    case E_IS:
    case E_BEFORE:
    case E_AFTER: return type_comparison(sc, e);
    case E_ELSE: return type_else(sc, e);
    case E_IF: return type_if(sc, e);
    case E_ISKNOWN: return type_known(sc, e);
    case E_ONEOF: return type_oneof(sc, e);
    case E_MATCHES: return type_matches(sc, e);
    case E_INSEG: return type_inseg(sc, e);
    case E_INPERIOD:
    case E_WITHIN:
    case E_OVERDUE:
    case E_OLDER:
    case E_FOR:
    case E_SINCE:
    case E_PERIODOF:
    case E_EDGEOF:
    case E_AGO:
    case E_ON:
    case E_MOVE:
    case E_EDGE: return type_time(sc, e);
    case E_EACH: return type_each(sc, e);
    case E_PER: return type_per(sc, e, type_value(sc, e->a));
    case E_AGG: return type_aggregate(sc, e);
    case E_PERIOD:
    case E_UNKNOWN:
    case EXPR_KINDS: break;
  }
  HELP_WITH(sc, TELL(sc, V0303, e->span, "`%s` is not a value", quoted(sc, e)),
            "a value is needed here");
  return NULL;
}

struct term *type_expr(const struct scope *sc, const struct expr *e) {
  if (sc->rs->depth >= EXPR_MAX_DEPTH) {
    too_deep(sc->rs, e->span);
    return NULL;
  }
  sc->rs->depth++;
  struct term *t = type_kind(sc, e);
  sc->rs->depth--;
  return t;
}

struct term *type_value(const struct scope *sc, const struct expr *e) {
  struct term *t = type_expr(sc, e);
  if (!t || !is_condition(t) || t->kind == T_ATTR || t->kind == T_CONST || t->kind == T_PARENT ||
      t->kind == T_KPI)
    return t;
  HELP_WITH(sc,
            TELL(sc, V0303, e->span, "`%s` is a condition; a value is needed here", quoted(sc, e)),
            "to turn it into a value: if %s then 1 else 0", quoted(sc, e));
  return NULL;
}

/* A value that something of this unit can be compared with. */
static const char *sample_value(const struct scope *sc, const struct term *t) {
  switch (t->type.unit) {
    case U_MONEY:
      if (t->type.currency == CURRENCY_OWN) return "0";
      return arena_printf(sc->rs->arena, "100k %s", t->type.currency ? t->type.currency : "EUR");
    case U_SHARE: return "10%";
    case U_DURATION: return "30d";
    default: return "10";
  }
}

struct term *type_condition(const struct scope *sc, const struct expr *e) {
  struct term *t = type_expr(sc, e);
  if (!t || is_condition(t)) return t;
  struct diag *d = TELL(sc, V0302, e->span, "`%s` is %s; a condition is needed here", quoted(sc, e),
                        unit_phrase(sc, t));
  if (unit_class(t->type.unit) == CLASS_TXT)
    HELP_WITH(sc, d,
              t->kind == T_CONST ? "compare it too: … is %s; or list the texts: one of …, %s"
                                 : "write: %s is known; or compare it with a text, is \"…\"",
              quoted(sc, e), quoted(sc, e));
  else if (t->type.unit == U_DATE)
    HELP_WITH(sc, d, "say when: %s within 30d, %s overdue", quoted(sc, e), quoted(sc, e));
  else
    HELP_WITH(sc, d, "compare it: %s > %s", quoted(sc, e), sample_value(sc, t));
  return NULL;
}
