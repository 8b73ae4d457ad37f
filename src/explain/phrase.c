/* Terms in words. In: a term. Out: its row of phrase.def, with the slots filled by its operands. */
#include "explain/phrase.h"

#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/text_buffer.h"
#include "sema/threshold_line.h"
#include "explain/words.h"
#include "fn/fn.h"
#include "sema/dims.h"

enum phrase {
#define PHRASE(id, rank, vigie, en, en_not, fr, fr_not) id,
#include "explain/phrase.def"
#undef PHRASE
};

static const struct {
  int rank;
  const char *say[3], *denied[3]; /* by tongue */
} phrases[] = {
#define PHRASE(id, rank, vigie, en, en_not, fr, fr_not) \
  [id] = {rank, {vigie, en, fr}, {NULL, en_not, fr_not}},
#include "explain/phrase.def"
#undef PHRASE
};

/* ---- which row ------------------------------------------------------------------------ */

static enum phrase row_of_comparison(const struct term *t) {
  static const enum phrase of_number[] = {P_EQ, P_NE, P_LT, P_LE, P_GT, P_GE};
  static const enum phrase of_date[] = {P_IS, P_IS_NOT, P_BEFORE, P_UNTIL, P_AFTER, P_FROM};
  static const enum phrase of_move[3][6] = {
      {P_DROP_EQ, P_NE, P_DROP_LT, P_DROP_LE, P_DROP_GT, P_DROP_GE},
      {P_RISE_EQ, P_NE, P_RISE_LT, P_RISE_LE, P_RISE_GT, P_RISE_GE},
      {P_CHANGE_EQ, P_NE, P_CHANGE_LT, P_CHANGE_LE, P_CHANGE_GT, P_CHANGE_GE}};
  int op = t->op - OP_EQ;
  if (t->kind == T_MOVE_CMP) return of_move[t->move][op];
  if (t->a->kind == T_MOVE) return of_move[t->a->op][op];
  switch (unit_class(t->a->type.unit)) {
    case CLASS_DAY: return of_date[op];
    case CLASS_NUM: return of_number[op];
    default: return t->op == OP_EQ ? P_IS : P_IS_NOT;
  }
}

static enum phrase row_of_aggregate(const struct agg *g) {
  static const enum phrase rows[] = {P_SUM,    P_AVG,        P_MIN,   P_MAX,      P_MEDIAN,
                                     P_LATEST, P_PERCENTILE, P_COUNT, P_DISTINCT, P_SHARE};
  return rows[g->fn];
}

static enum phrase row_of_call(const struct term *t) {
  static const struct {
    const char *name;
    enum phrase row;
  } rows[] = {
      {"min", P_CALL_MIN}, {"max", P_CALL_MAX}, {"abs", P_CALL_ABS}, {"round", P_CALL_ROUND}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (strcmp(t->fn->name, rows[i].name) == 0) return rows[i].row;
  return P_CALL;
}

static enum phrase row_of_days(const struct term *t) {
  return t->a->kind == T_TODAY   ? P_DAYS_SINCE
         : t->b->kind == T_TODAY ? P_DAYS_UNTIL
                                 : P_DAYS_BETWEEN;
}

static enum phrase row_of_truth(const struct term *t) {
  if (t->kind == T_CONST) return t->value.num != 0 ? P_ALWAYS : P_NEVER;
  if (t->kind == T_ATTR && t->attr->kind == ATTR_ACTIVE)
    return strcmp(t->attr->name, "active") == 0 ? P_ACTIVE : P_INTERVAL;
  if (t->kind == T_ATTR) return P_FLAG;
  return P_HOLDS;
}

/* `renewal within window`, where window is a threshold: two comparisons, one sentence. */
static bool is_window(const struct term *t) {
  return t->kind == T_AND && t->src && t->src->kind == E_WITHIN;
}

/* What is no condition by its form. */
static enum phrase row_of_value(const struct term *t) {
  static const enum phrase of_arith[] = {P_ADD, P_SUB, P_MUL, P_DIV},
                           of_move[] = {P_DROP, P_RISE, P_CHANGE};
  switch (t->kind) {
    case T_CONST: return P_CONST;
    case T_KPI: return t->for_all ? P_TOTAL : t->ent && !t->kpi->entity ? P_OWN_GROUP : P_NAMED;
    case T_ATTR:
    case T_DIM: return P_NAMED;
    case T_KEY: return P_KEY;
    case T_LABEL: return P_LABEL;
    case T_PARENT: return P_PARENT;
    case T_THRESHOLD: return P_THRESHOLD;
    case T_NEG: return P_NEG;
    case T_ARITH: return of_arith[t->op];
    case T_DATE_DIFF: return row_of_days(t);
    case T_DATE_ADD: return t->op < 0 ? P_DAY_EARLIER : P_DAY_LATER;
    case T_DATE_DAYS: return t->op < 0 ? P_SUB : P_ADD;
    case T_ELSE: return P_ELSE;
    case T_IF: return P_IF;
    case T_TODAY: return P_TODAY;
    case T_OPENED: return P_OPENED;
    case T_EDGE: return t->op ? P_LAST_DAY : P_FIRST_DAY;
    case T_DAYS_IN: return P_DAYS_IN;
    case T_AGO: return P_AGO;
    case T_ON: return P_ON;
    case T_ASOF: return P_ASOF;
    case T_PERIODOF: return P_PERIOD_OF;
    case T_EDGEOF: return t->op ? P_LAST_DAY_OF : P_FIRST_DAY_OF;
    case T_BDAYS: return t->a->kind == T_TODAY ? P_BUSINESS_SINCE : P_BUSINESS_UNTIL;
    case T_MOVE: return of_move[t->op];
    case T_EACH: return t->each->unit == PU_DAY ? P_EACH_DAY : P_EACH;
    case T_CALL: return row_of_call(t);
    case T_AGG: return row_of_aggregate(t->agg);
    default: return P_HOLDS;
  }
}

static enum phrase row_of(const struct term *t) {
  bool truth = unit_class(t->type.unit) == CLASS_BOOL;
  switch (t->kind) {
    case T_UNKNOWN: return P_NO_VALUE;
    case T_AND: return is_window(t) ? P_WITHIN_BY : P_AND;
    case T_OR: return P_OR;
    case T_NOT: return P_NOT;
    case T_CMP:
    case T_MOVE_CMP: return row_of_comparison(t);
    case T_SEGMENT: return P_SEGMENT;
    case T_KNOWN: return unit_class(t->a->type.unit) == CLASS_BOOL ? P_KNOWN_WHETHER : P_KNOWN;
    case T_ONEOF: return P_ONEOF;
    case T_MATCHES: return P_MATCHES;
    case T_RANGE: return P_RANGE;
    case T_WITHIN: return P_WITHIN;
    case T_OVERDUE: return P_OVERDUE;
    case T_OLDER: return P_OLDER;
    case T_FOR: return P_FOR;
    default: break;
  }
  return truth && t->kind != T_AGG ? row_of_truth(t) : row_of_value(t);
}

/* In the language itself a condition that is an `if`, an `else` or of another day is written in
 * full; a sentence quotes that. */
static enum phrase row_in(const struct speaker *s, const struct term *t) {
  enum phrase row = row_of(t);
  return row == P_HOLDS && s->tongue == TONGUE_VIGIE ? row_of_value(t) : row;
}

/* ---- slots ---------------------------------------------------------------------------- */

struct saying {
  const struct speaker *s;
  const struct term *t;
  enum phrase row;
};

static const char *phrase_term(const struct speaker *s, const struct term *t, bool deny);

static const char *in_language(const struct speaker *s, const struct term *t) {
  struct speaker vigie = {s->a, TONGUE_VIGIE, s->day};
  return phrase_term(&vigie, t, false);
}

/* Parentheses where the operand binds less tightly than its operator; in sentences only around
 * arithmetic. */
static const char *operand(const struct saying *x, const struct term *t, bool right) {
  const char *text = phrase_term(x->s, t, false);
  int own = phrases[x->row].rank, of = phrases[row_in(x->s, t)].rank;
  bool ago = t->kind == T_AGO; /* wants them inside an aggregate, and bears them elsewhere */
  bool looser = of < own || ago ||
                (right && of == own && x->row != P_AND && x->row != P_OR && x->row != P_ADD);
  bool lasts = x->row == P_FOR && (t->kind == T_AND || t->kind == T_OR); /* all of it */
  bool sums = own >= 6 && own <= 8 && (own > 6 || right) &&
              (of == 6 || of == 7 || (of == 0 && t->kind == T_AGG && own == 7));
  if (x->s->tongue == TONGUE_VIGIE ? looser : sums || lasts)
    return arena_printf(x->s->a, "(%s)", text);
  return text;
}

static const char *joined(const struct saying *x, const char *last) {
  struct text_buffer out = {.a = x->s->a};
  for (size_t i = 0; i < x->t->list.n; i++) {
    text_add(&out, i == 0 ? "" : i + 1 == x->t->list.n ? last : ", ");
    text_add(&out, phrase_term(x->s, x->t->list.v[i], false));
  }
  return text_of_buffer(&out);
}

/* As it is written: "account.plan". */
static const char *dimension_name(const struct speaker *s, const name_list *path) {
  const char *out = path->v[0];
  for (size_t i = 1; i < path->n; i++) out = arena_printf(s->a, "%s.%s", out, path->v[i]);
  return out;
}

static const char *name_of(const struct saying *x) {
  const struct term *t = x->t;
  switch (t->kind) {
    case T_ATTR: return t->attr->name;
    case T_KPI: return t->kpi->name;
    case T_SEGMENT: return t->segment->name;
    case T_THRESHOLD: return t->threshold->name;
    case T_PARENT: return t->edge->name;
    case T_MATCHES: return t->pattern;
    case T_CALL: return t->fn->name;
    case T_DIM: return dimension_name(x->s, &t->src->path);
    case T_AGG: return arena_printf(x->s->a, "%g", t->agg->percentile);
    default: return in_language(x->s, t);
  }
}

/* The row that a role leads to is called by the role: "the owner". */
static const char *role_noun(const struct speaker *s, const char *role) {
  if (s->tongue == TONGUE_VIGIE) return role;
  return arena_printf(s->a, s->tongue == TONGUE_FR ? "la ligne « %s »" : "the %s", role);
}

static const char *row_noun(const struct saying *x) {
  const struct term *t = x->t;
  if (t->kind == T_PARENT && t->edge->is_role) return role_noun(x->s, t->edge->name);
  const struct entity *e = t->kind == T_ATTR      ? t->attr->entity
                           : t->kind == T_SEGMENT ? t->segment->entity
                           : t->kind == T_PARENT  ? t->edge->parent
                                                  : t->ent;
  return say_rows(x->s, e, false);
}

/* ---- thresholds ----------------------------------------------------------------------- */

const char *say_threshold_value(const struct speaker *s, const struct threshold *t,
                                const struct threshold_line *l) {
  struct value v = l->value;
  v.type = t->type;
  if (t->is_duration) return say_duration(s, l->dur);
  if (!t->points) return say_value(s, &v);
  v.type = (struct type){.unit = U_NUMBER};
  v.num *= 100;
  return arena_printf(s->a, "%s points", say_value(s, &v));
}

static const char *whom(const struct speaker *s, const struct threshold_line *l) {
  bool french = s->tongue == TONGUE_FR;
  if (l->entries.n)
    return arena_printf(s->a, french ? " pour « %s »" : " for “%s”",
                        line_entries(l, french ? " », « " : "”, “", s->a));
  return l->segment
             ? arena_printf(s->a, french ? " pour le segment « %s »" : " for the segment “%s”",
                            l->segment->name)
             : "";
}

/* 10, or: health_alarm (10; 15 for the segment self_serve) */
static const char *threshold_text(const struct saying *x) {
  const struct threshold *t = x->t->threshold;
  if (x->s->tongue == TONGUE_VIGIE) return t->name;
  struct text_buffer values = {.a = x->s->a};
  for (int others = 0; others < 2; others++) /* the base first */
    for (size_t i = 0; i < t->lines.n; i++) {
      const struct threshold_line *l = &t->lines.v[i];
      if (!is_base_line(l) != others || threshold_line_on(t, l, x->s->day) != l) continue;
      if (values.n) text_add(&values, x->s->tongue == TONGUE_FR ? " ; " : "; ");
      text_add(&values, say_threshold_value(x->s, t, l));
      text_add(&values, whom(x->s, l));
    }
  const char *name = arena_printf(x->s->a, x->s->tongue == TONGUE_FR ? "« %s »" : "“%s”", t->name);
  return values.n ? arena_printf(x->s->a, "%s (%s)", name, text_of_buffer(&values)) : name;
}

/* ---- aggregates ----------------------------------------------------------------------- */

static const char *agg_value(const struct saying *x) {
  const struct agg *g = x->t->agg;
  const char *out = "";
  for (size_t i = 0; i < g->values.n; i++) {
    const struct term *v = g->values.v[i];
    const char *text = phrase_term(x->s, v, false);
    bool sums = v->kind == T_IF || v->kind == T_ARITH;
    if (x->s->tongue == TONGUE_VIGIE ? phrases[row_in(x->s, v)].rank < 9 : sums)
      text = arena_printf(x->s->a, "(%s)", text);
    out = arena_printf(x->s->a, "%s%s%s", out, i ? ", " : "", text);
  }
  return out;
}

static const char *agg_set(const struct saying *x, bool several) {
  const struct agg *g = x->t->agg;
  if (x->s->tongue == TONGUE_VIGIE) return g->segment ? g->segment->name : g->entity->name;
  const char *rows = say_rows(x->s, g->entity, several);
  if (!g->segment) return rows;
  return arena_printf(x->s->a,
                      x->s->tongue == TONGUE_FR ? "%s du segment « %s »" : "%s in the segment “%s”",
                      rows, g->segment->name);
}

static const char *agg_when(const struct saying *x) {
  const struct agg *g = x->t->agg;
  static const char *const where[] = {" where ", " where ", " où "};
  static const char *const below[] = {" below", " below it", " en dessous"};
  static const char *const here_and_below[] = {" here and below", " here and below",
                                               " ici et en dessous"};
  const char *out = !g->up ? "" : g->here ? here_and_below[x->s->tongue] : below[x->s->tongue];
  if (g->has_period) out = arena_printf(x->s->a, "%s %s", out, say_in_period(x->s, &g->period));
  if (g->where)
    out = arena_printf(x->s->a, "%s%s%s", out, where[x->s->tongue],
                       phrase_term(x->s, g->where, false));
  if (g->for_all)
    out = arena_printf(x->s->a,
                       x->s->tongue == TONGUE_VIGIE ? "%s for all"
                       : x->s->tongue == TONGUE_FR  ? "%s, en tout"
                                                    : "%s, all of them",
                       out);
  return out;
}

/* ---- the past put together ------------------------------------------------------------- */

static const char *each_fold(const struct saying *x) {
  static const struct {
    enum agg_fn fn;
    const char *en, *fr;
  } words[] = {{AGG_SUM, "the sum", "la somme"},
               {AGG_AVG, "the average", "la moyenne"},
               {AGG_MIN, "the smallest value", "la plus petite valeur"},
               {AGG_MAX, "the largest value", "la plus grande valeur"},
               {AGG_MEDIAN, "the median", "la médiane"},
               {AGG_PERCENTILE, "percentile", "le centile"}};
  const struct each *e = x->t->each;
  bool vigie = x->s->tongue == TONGUE_VIGIE;
  const char *word = agg_text(e->fn);
  for (size_t i = 0; !vigie && i < sizeof words / sizeof *words; i++)
    if (words[i].fn == e->fn) word = x->s->tongue == TONGUE_FR ? words[i].fr : words[i].en;
  return e->fn == AGG_PERCENTILE ? arena_printf(x->s->a, "%s %g", word, e->percentile) : word;
}

static const char *each_value(const struct saying *x) {
  const struct term *a = x->t->a;
  const char *text = phrase_term(x->s, a, false);
  bool looser = x->s->tongue == TONGUE_VIGIE ? phrases[row_in(x->s, a)].rank < 9
                                             : a->kind == T_IF || a->kind == T_ARITH;
  return looser ? arena_printf(x->s->a, "(%s)", text) : text;
}

/* "the accounts" -> "accounts" */
static const char *without_article(const char *rows) {
  return strncmp(rows, "the ", 4) == 0 || strncmp(rows, "les ", 4) == 0 ? rows + 4 : rows;
}

/* ---- filling a row -------------------------------------------------------------------- */

/* "30 days", or the name of the threshold that says how long. */
static const char *window_words(const struct saying *x) {
  const struct term *t = x->t->kind == T_CMP && x->t->a->kind == T_MOVE ? x->t->a : x->t;
  bool looks_back = t->kind != T_CMP && t->c && t->c->kind == T_THRESHOLD;
  return looks_back ? phrase_term(x->s, t->c, false) : say_duration(x->s, t->dur);
}

static const char *constant(const struct saying *x) {
  const struct term *t = x->t;
  if (t->type.unit == U_DURATION && t->dur.n) return say_duration(x->s, t->dur);
  struct value v = t->value;
  v.type = t->type;
  if (t->points && x->s->tongue != TONGUE_VIGIE) {
    v.type = (struct type){.unit = U_NUMBER};
    v.num *= 100;
    return arena_printf(x->s->a, "%s points", say_value(x->s, &v));
  }
  if (v.type.unit == U_SHARE && t->src && t->src->kind == E_PERCENT) v.type.percent = true;
  return say_value(x->s, &v);
}

/* "usage drop over 30d" of a relative movement, which is one term with its comparison. */
static const char *movement(const struct saying *x) {
  const struct term *t = x->t;
  struct term move = {
      .kind = T_MOVE, .op = t->move, .a = t->a, .c = t->c, .dur = t->dur, .type = t->a->type};
  return phrase_term(x->s, &move, false);
}

/* After `on` stands a day alone, or one in parentheses. */
static const char *day_operand(const struct saying *x, const struct term *t) {
  const char *text = phrase_term(x->s, t, false);
  return phrases[row_in(x->s, t)].rank < 9 ? arena_printf(x->s->a, "(%s)", text) : text;
}

static const char *slot_of_operands(const struct saying *x, const char *name) {
  const struct term *t = x->t;
  if (strcmp(name, "a") == 0 && t->kind == T_MOVE_CMP) return movement(x);
  if (strcmp(name, "a") == 0) return operand(x, t->a, false);
  if (strcmp(name, "b") == 0) return operand(x, t->b, true);
  if (strcmp(name, "c") == 0) return operand(x, t->c, true);
  if (strcmp(name, "day") == 0) return day_operand(x, t->b);
  if (strcmp(name, "x") == 0) return phrase_term(x->s, t->kind == T_CMP ? t->a->a : t->a, false);
  if (strcmp(name, "list") == 0)
    return joined(x, x->s->tongue == TONGUE_EN   ? " or "
                     : x->s->tongue == TONGUE_FR ? " ou "
                                                 : ", ");
  if (strcmp(name, "nor") == 0) return joined(x, x->s->tongue == TONGUE_FR ? " et " : " and ");
  if (strcmp(name, "args") == 0) return joined(x, ", ");
  if (strcmp(name, "first") == 0) return phrase_term(x->s, t->list.v[0], false);
  if (strcmp(name, "date") == 0) return phrase_term(x->s, t->a->a, false);
  if (strcmp(name, "bound") == 0) return phrase_term(x->s, t->b->b->b, false);
  if (strcmp(name, "e") == 0)
    return french_ending(phrase_term(x->s, x->row == P_WITHIN_BY ? t->a->a : t->a, false));
  return NULL;
}

static const char *slot(const struct saying *x, const char *name) {
  const struct term *t = x->t;
  const char *text = slot_of_operands(x, name);
  if (text) return text;
  if (strcmp(name, "dur") == 0) return window_words(x);
  if (strcmp(name, "next") == 0) return say_stretch(x->s, t->dur, true);
  const struct period *period = t->kind == T_EACH ? &t->each->period : &t->period;
  if (strcmp(name, "fold") == 0) return each_fold(x);
  if (strcmp(name, "each") == 0) return each_value(x);
  if (strcmp(name, "in") == 0) return say_in_period(x->s, period);
  if (strcmp(name, "period") == 0) return say_period(x->s, period);
  if (strcmp(name, "unit") == 0 && t->kind == T_EACH) return say_unit_alone(x->s, t->each->unit);
  if (strcmp(name, "unit") == 0) return say_unit(x->s, t->period.unit);
  if (strcmp(name, "name") == 0) return name_of(x);
  if (strcmp(name, "noun") == 0) return say_name(x->s, name_of(x), t->type.unit);
  if (strcmp(name, "row") == 0) return row_noun(x);
  if (strcmp(name, "dims") == 0) return dims_name(&t->kpi->dims, x->s->a);
  if (strcmp(name, "value") == 0) return constant(x);
  if (strcmp(name, "threshold") == 0) return threshold_text(x);
  if (strcmp(name, "set") == 0) return agg_set(x, false);
  if (strcmp(name, "sets") == 0) return agg_set(x, true);
  if (strcmp(name, "plural") == 0) return without_article(agg_set(x, true));
  if (strcmp(name, "v") == 0) return agg_value(x);
  return agg_when(x);
}

/* {a.de}, {b.to}: the slot after a French preposition. */
static const char *slot_with_case(const struct saying *x, char *name) {
  char *dot = strchr(name, '.');
  if (!dot) return slot(x, name);
  *dot = 0;
  return dot[1] == 'd' ? french_de(x->s->a, slot(x, name)) : french_to(x->s->a, slot(x, name));
}

static const char *fill(const struct saying *x, const char *pattern) {
  struct text_buffer out = {.a = x->s->a};
  while (*pattern) {
    size_t plain = strcspn(pattern, "{");
    text_add_n(&out, pattern, plain);
    pattern += plain;
    if (!*pattern) break;
    char name[16] = "";
    size_t n = strcspn(pattern, "}");
    CHECK(n <= sizeof name); /* the names of slots stand in phrase.def */
    memcpy(name, pattern + 1, n - 1);
    text_add(&out, slot_with_case(x, name));
    pattern += n + 1;
  }
  return text_of_buffer(&out);
}

typedef VEC(const struct term *) part_list;

static void flatten(struct arena *a, const struct term *t, enum term_kind kind, part_list *out) {
  if (t->kind != kind || is_window(t)) {
    VEC_PUSH(a, out, t);
    return;
  }
  flatten(a, t->a, kind, out);
  flatten(a, t->b, kind, out);
}

/* "(on each of the last 14 days A) and B": B need not have lasted. */
static const char *chain_part(const struct speaker *s, const struct term *t, bool deny) {
  const char *text = phrase_term(s, t, deny);
  while (t->kind == T_NOT) t = t->a;
  return t->kind == T_FOR ? arena_printf(s->a, "(%s)", text) : text;
}

/* "A, B and C", "either A, B or C". Not (A and B) is: not A, or not B. */
static const char *say_chain(const struct speaker *s, const struct term *t, bool deny) {
  bool any = (t->kind == T_OR) != deny, french = s->tongue == TONGUE_FR;
  part_list parts = {0};
  flatten(s->a, t, t->kind, &parts);
  struct text_buffer out = {.a = s->a};
  if (any) text_add(&out, french ? "soit " : "either ");
  for (size_t i = 0; i < parts.n; i++) {
    bool last = i + 1 == parts.n;
    const char *final = any ? french ? ", soit " : " or " : french ? " et " : " and ";
    const char *between = any && french ? ", soit " : ", ";
    if (i) text_add(&out, last ? final : between);
    text_add(&out, chain_part(s, parts.v[i], deny));
  }
  return text_of_buffer(&out);
}

static const char *phrase_term(const struct speaker *s, const struct term *t, bool deny) {
  if (t->kind == T_AGG && t->agg->of_group) t = t->agg->values.v[0];
  struct saying x = {.s = s, .t = t};
  if (s->tongue == TONGUE_VIGIE && t->kind == T_NOT && t->a->kind == T_KNOWN) {
    x.t = t->a;
    x.row = P_UNKNOWN;
    return fill(&x, phrases[x.row].say[TONGUE_VIGIE]);
  }
  for (; s->tongue != TONGUE_VIGIE && x.t->kind == T_NOT; x.t = x.t->a) deny = !deny;
  /* Of a flag of the parent the sentence is about the parent; a flag by a formula has a name of
   * its own. */
  while (s->tongue != TONGUE_VIGIE && x.t->kind == T_PARENT &&
         unit_class(x.t->type.unit) == CLASS_BOOL)
    x.t = x.t->a;
  x.row = row_in(s, x.t);
  if ((x.row == P_AND || x.row == P_OR) && s->tongue != TONGUE_VIGIE)
    return say_chain(s, x.t, deny);
  if (!deny) return fill(&x, phrases[x.row].say[s->tongue]);
  if (phrases[x.row].denied[s->tongue]) return fill(&x, phrases[x.row].denied[s->tongue]);
  const char *text = fill(&x, phrases[x.row].say[s->tongue]);
  return arena_printf(
      s->a, s->tongue == TONGUE_FR ? "il n'est pas vrai que %s" : "it is not true that %s", text);
}

const char *say_term(const struct speaker *s, const struct term *t) {
  return phrase_term(s, t, false);
}

/* ---- a condition after its conjunction ------------------------------------------------ */

const char *say_condition(const struct speaker *s, const struct term *t) {
  part_list parts = {0};
  bool any = t->kind == T_OR, french = s->tongue == TONGUE_FR;
  flatten(s->a, t, any ? T_OR : T_AND, &parts);
  struct text_buffer out = {.a = s->a};
  text_add(&out,
           parts.n > 1 ? chain_part(s, parts.v[0], false) : phrase_term(s, parts.v[0], false));
  for (size_t i = 1; i < parts.n; i++) {
    bool last = i + 1 == parts.n;
    const char *link = any      ? (french ? " ou que "
                                   : last ? " or "
                                          : ", ")
                       : french ? (last ? " et que " : ", que ")
                       : last   ? " and "
                                : ", ";
    text_add(&out, link);
    text_add(&out, chain_part(s, parts.v[i], false));
  }
  return text_of_buffer(&out);
}
