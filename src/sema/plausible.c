/* What can be read and is hardly meant. In: a finished node. Out: a warning that shows both
 * readings, or nothing. Whatever is warned of here can be written so that it is meant: with
 * parentheses, a currency, a percent sign. */
#include "sema/plausible.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/intern.h"
#include "base/text.h"
#include "syntax/retell.h"

/* A bare amount of money below this, that moves: percent are meant. */
enum { SMALL_MOVE_OF_MONEY = 100 };

/* Written in a define: its author has tested it. */
static bool of_a_define(const struct expr *e) { return e->use.src != NULL; }

/* ---- and, or -------------------------------------------------------------------------- */

static const struct expr *first_operand(const struct expr *e) {
  while (e->kind == E_AND && !e->parens) e = e->a;
  while (e->a && (e->kind == E_NOT || e->kind == E_MOVE || expr_kid_count(e) > 0) &&
         e->kind != E_AGG)
    e = e->a;
  return e;
}

/* plan is "Pro": of this there are no degrees. */
static bool asks_for_one(const struct expr *e) {
  while (e->kind == E_AND && !e->parens) e = e->a;
  return e->kind == E_IS || e->kind == E_ONEOF ||
         (e->kind == E_CMP && (e->op == OP_EQ || e->op == OP_NE));
}

/* severe >= 3 or severe > 0 and premium: the second asks of the same, in another degree. */
static bool same_subject(const struct scope *sc, const struct expr *a, const struct expr *b) {
  if (asks_for_one(a) && asks_for_one(b)) return false;
  const struct expr *x = first_operand(a), *y = first_operand(b);
  return x->kind == E_PATH && y->kind == E_PATH && strcmp(quoted(sc, x), quoted(sc, y)) == 0;
}

void check_or_before_and(const struct scope *sc, const struct expr *e) {
  const struct expr *left = e->a, *right = e->b;
  if (of_a_define(e) || right->kind != E_AND || right->parens) return;
  if (left->kind == E_OR && !left->parens) left = left->b;
  if ((left->kind == E_AND && !left->parens) || same_subject(sc, left, right)) return;
  const struct expr *next = right;
  while (next->kind == E_AND && !next->parens) next = next->a;
  struct span rest = {right->span.src, next->span.end, right->span.end};
  rest.at += (uint32_t)strspn(rest.src->text + rest.at, " \t\n");
  struct diag *d =
      TELL(sc, V0320, e->span, "`and` goes before `or`: read as … or (%s)", quoted(sc, right));
  HELP_WITH(sc, d, "write: (%s or %s) %s, or: %s or (%s)", quoted(sc, e->a), quoted(sc, next),
            span_text(sc->rs->arena, rest), quoted(sc, e->a), quoted(sc, right));
}

/* The `not` right before the `or`, of a value without parentheses; NULL: none stands there, or in a
 * list of what is enough. */
static const struct expr *bare_not(const struct expr *e) {
  while (e->kind == E_AND && !e->parens) e = e->b;
  return e->kind == E_NOT && !e->parens && !e->a->parens ? e : NULL;
}

void check_not_before_or(const struct scope *sc, const struct expr *e) {
  const struct expr *no = bare_not(e->a), *right = e->b;
  if (!no || of_a_define(e) || right->kind == E_NOT) return;
  bool told = right->kind == E_AND && !right->parens; /* by check_or_before_and */
  if (told || same_subject(sc, no->a, right)) return;
  struct span before = {e->span.src, e->span.at, no->span.at};
  const char *head = before.at < before.end
                         ? arena_printf(sc->rs->arena, "%s ", span_text(sc->rs->arena, before))
                         : "";
  struct diag *d =
      TELL(sc, V0320, e->span, "`not` goes before `or`: read as … (%s) or …", quoted(sc, no));
  HELP_WITH(sc, d, "write: %snot (%s or %s), or: %s(%s) or %s", head, quoted(sc, no->a),
            quoted(sc, right), head, quoted(sc, no), quoted(sc, right));
}

/* ---- what an aggregate's condition swallows ------------------------------------------- */

static bool literal_amount(const struct expr *e) {
  return e->kind == E_NUMBER || e->kind == E_MONEY || e->kind == E_PERCENT;
}

void check_condition_tail(const struct scope *sc, const struct expr *e) {
  const struct expr *last = e->a;
  if (!last || of_a_define(e)) return;
  while (!last->parens && (last->kind == E_AND || last->kind == E_OR || last->kind == E_NOT))
    last = last->kind == E_NOT ? last->a : last->b;
  const struct expr *sum = last->kind == E_CMP && !last->parens ? last->b : NULL;
  if (!sum || sum->kind != E_ARITH || sum->parens || !literal_amount(sum->a)) return;
  if (!literal_amount(sum->b) && sum->a->num != 0) return;
  struct span tail = {sum->span.src, sum->a->span.end, sum->span.end};
  tail.at += (uint32_t)strspn(tail.src->text + tail.at, " \t\n");
  const char *text = span_text(sc->rs->arena, tail);
  struct span head = {e->span.src, e->span.at, sum->a->span.end};
  struct diag *d =
      TELL(sc, V0322, e->span, "`%s` belongs to the condition: it changes the %s, not the %s", text,
           quoted(sc, sum->a), agg_text((enum agg_fn)e->op));
  HELP_WITH(sc, d, "write: (%s) %s", span_text(sc->rs->arena, head), text);
}

/* ---- numbers -------------------------------------------------------------------------- */

bool bare_number(const struct term *t, double *out) {
  const struct expr *e = t->src;
  if (t->kind == T_THRESHOLD && t->threshold->bare && t->threshold->lines.n) {
    *out = t->threshold->lines.v[0].value.num;
    return true;
  }
  bool negative = e && e->kind == E_NEG && !e->use.src;
  if (negative) e = e->a;
  if ((t->kind != T_CONST && t->kind != T_NEG) || !e || e->kind != E_NUMBER) return false;
  *out = negative ? -e->num : e->num;
  return true;
}

static bool whole(const struct term *t);

static bool whole_aggregate(const struct agg *g) {
  if (g->fn == AGG_COUNT || g->fn == AGG_DISTINCT) return true;
  bool kept = g->fn == AGG_SUM || g->fn == AGG_MIN || g->fn == AGG_MAX || g->fn == AGG_LATEST;
  return kept && g->values.n == 1 && whole(g->values.v[0]);
}

/* Is it a number of things, of which there is no half? */
static bool whole(const struct term *t) {
  switch (t->kind) {
    case T_ATTR:
      if (t->attr->kind == ATTR_COMPUTED) return t->attr->term && whole(t->attr->term);
      return t->type.unit == U_COUNT;
    case T_KPI: return t->kpi->term && whole(t->kpi->term);
    case T_AGG: return whole_aggregate(t->agg);
    case T_PARENT:
    case T_AGO:
    case T_ELSE: return whole(t->a);
    default: return false;
  }
}

/* Is it a part of a whole, between 0% and 100%? */
static bool part_of_a_whole(const struct term *t) {
  if (t->kind == T_KPI) return t->kpi->term && part_of_a_whole(t->kpi->term);
  if (t->kind == T_PARENT || t->kind == T_AGO) return part_of_a_whole(t->a);
  return t->kind == T_AGG && t->agg->fn == AGG_SHARE;
}

static bool is_fraction(double n) { return fabs(n) > 0 && fabs(n) < 1; }

static const char *percent_of(const struct scope *sc, double n) {
  return arena_printf(sc->rs->arena, "%.15g%%", n);
}

/* usage drop > 0.3 of a count, arr drop > 30 of money. */
static void check_move(const struct scope *sc, const struct term *a, const struct term *b,
                       double n) {
  const struct term *of = a->a;
  bool money = of->type.unit == U_MONEY && of->type.currency != CURRENCY_OWN;
  bool days = of->type.unit == U_DURATION && of->type.counted_in == DUR_DAY;
  const char *text = quoted(sc, b->src), *currency = of->type.currency ? of->type.currency : "";
  if (is_fraction(n) && (money || days || whole(of))) {
    struct diag *d =
        TELL(sc, V0323, b->src->span, "`%s` of what: `%s` is %s", text, quoted(sc, of->src),
             money  ? "an amount"
             : days ? "a number of days"
                    : "a number of things");
    HELP_WITH(sc, d, b->kind == T_CONST ? "write %s" : "give the threshold as a percent: %s",
              percent_of(sc, n * 100));
    return;
  }
  if (!money || n == 0 || fabs(n) >= SMALL_MOVE_OF_MONEY) return;
  struct diag *d = TELL(sc, V0323, b->src->span, "`%s` is read as %.15g %s", text, n, currency);
  HELP_WITH(sc, d,
            b->kind == T_CONST ? "write %s if a share is meant, %.15g %s if so little is"
                               : "give the threshold as %s if a share is meant, as %.15g %s if "
                                 "so little is",
            percent_of(sc, n), n, currency);
}

static void tell_never(const struct scope *sc, const struct term *a, const struct term *b,
                       const char *limit, const char *help) {
  HELP_WITH(sc, TELL(sc, V0323, b->src->span, "`%s` is never %s", quoted(sc, a->src), limit), "%s",
            help);
}

/* An ordered comparison with a share, on either side of 0% and 100%. */
static void check_share(const struct scope *sc, enum op op, const struct term *a,
                        const struct term *b) {
  double n = b->value.num;
  bool less = op == OP_LT || op == OP_LE;
  if (a->kind == T_MOVE) {
    if (a->op == MOVE_DROP && !less && n > 1 && whole(a->a))
      tell_never(sc, a, b, "more than 100%",
                 "a percent goes up to 100%: a number of things drops to 0 at most");
    return;
  }
  if (!part_of_a_whole(a)) return;
  if (n > 1) tell_never(sc, a, b, "above 100%", "a percent of it lies between 0% and 100%");
  if (n < 0) tell_never(sc, a, b, "below 0%", "a percent of it lies between 0% and 100%");
}

static void check_count(const struct scope *sc, const struct expr *e, enum op op,
                        const struct term *a, const struct term *b, double n) {
  if (!whole(a)) return;
  if (n < 0) tell_never(sc, a, b, "below 0", "write 0, or a number above it");
  if (!is_fraction(n) || n < 0) return;
  bool less = op == OP_LT || op == OP_LE;
  struct diag *d = TELL(sc, V0323, e->span, "`%s` is a number of things: none of them is %s",
                        quoted(sc, a->src), quoted(sc, b->src));
  HELP_WITH(sc, d, "write: %s %s", quoted(sc, a->src), less ? "= 0" : ">= 1");
}

/* mrr > 10.000: ten thousand, as half of Europe writes it. */
static void check_three_decimals(const struct scope *sc, const struct term *a,
                                 const struct term *b) {
  bool sums = a->type.unit == U_MONEY || whole(a);
  if (b->kind != T_CONST || !sums || b->src->kind != E_NUMBER) return;
  const char *text = quoted(sc, b->src);
  size_t dot = strspn(text, "0123456789");
  if (text[dot] != '.' || dot > 3 || *text == '0') return;
  if (strlen(text) != dot + 4 || strspn(text + dot + 1, "0123456789") != 3) return;
  const char *all = arena_printf(sc->rs->arena, "%.*s%s", (int)dot, text, text + dot + 1);
  HELP_WITH(sc,
            TELL(sc, V0323, b->src->span,
                 "`%s` may be %.15g or %s: of `%s` nobody needs three "
                 "decimals",
                 text, b->src->num, all, quoted(sc, a->src)),
            "write %s, or %.15g", all, b->src->num);
}

/* 1 = 1, at the beginning of what a program put together. */
static bool tell_numbers_alone(const struct scope *sc, const struct expr *e, const struct term *a,
                               const struct term *b) {
  bool numbers = a->kind == T_CONST && b->kind == T_CONST && a->src && b->src &&
                 a->src->kind == E_NUMBER && b->src->kind == E_NUMBER;
  if (!numbers || of_a_define(e)) return false;
  HELP_WITH(sc, TELL(sc, V0323, e->span, "`%s` is the same for every row", quoted(sc, e)),
            "it decides nothing: remove it, with the `and` or `or` beside it");
  return true;
}

void check_magnitude(const struct scope *sc, const struct expr *e, enum op op, const struct term *a,
                     const struct term *b) {
  if (tell_numbers_alone(sc, e, a, b)) return;
  double n;
  if (of_a_define(e) || op == OP_EQ || op == OP_NE) return;
  if (b->kind == T_CONST && b->type.unit == U_SHARE) check_share(sc, op, a, b);
  if (!bare_number(b, &n)) return;
  check_three_decimals(sc, a, b);
  if (a->kind == T_MOVE)
    check_move(sc, a, b, n);
  else if (a->type.unit == U_COUNT)
    check_count(sc, e, op, a, b, n);
}

/* The movement with another word: health rise over 90d. */
static const char *moved_as(const struct scope *sc, const struct term *move, const char *word) {
  const struct expr *over = move->src->kind == E_MOVE ? move->src->b : NULL;
  return arena_printf(sc->rs->arena, "%s %s%s%s", quoted(sc, move->a->src), word,
                      over ? " over " : "", over ? quoted(sc, over) : "");
}

void check_negative_move(const struct scope *sc, const struct expr *e, enum op op,
                         const struct term *a, const struct term *b) {
  static const char *const words[] = {[MOVE_DROP] = "drop", [MOVE_RISE] = "rise"};
  bool less = op == OP_LT || op == OP_LE, ordered = op != OP_EQ && op != OP_NE;
  bool negative = b->kind == T_NEG || (b->kind == T_CONST && b->value.num < 0);
  if (a->kind != T_MOVE || !ordered || !negative || of_a_define(e)) return;
  if (a->op == MOVE_CHANGE) {
    const char *size = quoted(sc, b->src);
    size += strspn(size, "- ");
    HELP_WITH(
        sc, TELL(sc, V0319, e->span, "`change` is a size, whichever way it went: never below zero"),
        "write: %s %s %s", moved_as(sc, a, less ? "drop" : "rise"), less ? ">" : "<", size);
    return;
  }
  const char *way = words[a->op], *back = words[a->op == MOVE_DROP ? MOVE_RISE : MOVE_DROP];
  const char *n = quoted(sc, b->src);
  n += strspn(n, "- ");
  const char *more = op == OP_LT || op == OP_GT ? ">" : ">=";
  if (less) {
    HELP_WITH(sc, TELL(sc, V0319, e->span, "`%s` is a %s, said backwards", quoted(sc, e), back),
              "write: %s %s %s", moved_as(sc, a, back), more, n);
    return;
  }
  HELP_WITH(
      sc,
      TELL(sc, V0319, e->span, "`%s` says the way already: with a minus, nearly all are in", way),
      "write: %s %s %s", moved_as(sc, a, way), more, n);
}

/* ---- texts ---------------------------------------------------------------------------- */

static bool wild(char c) { return c == '%' || c == '*'; }

/* The text without the wildcards at its ends; NULL: it has none that are meant as such. */
static const char *without_wildcards(const struct scope *sc, const char *text, bool *first,
                                     bool *last) {
  size_t n = strlen(text);
  *first = n > 1 && wild(text[0]);
  *last = n > 1 && wild(text[n - 1]);
  if (n < 3 || (!*first && (!*last || (text[n - 2] >= '0' && text[n - 2] <= '9')))) return NULL;
  return arena_strndup(sc->rs->arena, text + *first, n - *first - *last);
}

/* Texts that stand for nothing where other tools export it. */
static bool stands_for_nothing(const char *text, bool person) {
  static const char *const always[] = {"null",      "nan",    "n/a",     "#n/a",
                                       "undefined", "nil",    "(blank)", "(empty)",
                                       "(none)",    "(null)", "blank",   "empty"};
  static const char *const of_people[] = {"none",    "nobody", "unassigned", "no owner",
                                          "unknown", "-",      "no one"};
  for (size_t i = 0; i < sizeof always / sizeof *always; i++)
    if (strcasecmp(text, always[i]) == 0) return true;
  for (size_t i = 0; person && i < sizeof of_people / sizeof *of_people; i++)
    if (strcasecmp(text, of_people[i]) == 0) return true;
  return false;
}

/* csm is "none", industry is "N/A": unless it is listed among the values. */
static bool tell_nothing(const struct scope *sc, const struct expr *e, enum op op,
                         const struct term *other, const char *text) {
  const struct term *of = other;
  while (of->kind == T_PARENT || of->kind == T_AGO) of = of->a;
  bool person = of->type.unit == U_PERSON;
  if (of->kind != T_ATTR || of->attr->one_of.n || of->attr->renames.n) return false;
  if (!stands_for_nothing(text, person)) return false;
  HELP_WITH(sc,
            TELL(sc, V0318, e->span,
                 "\"%s\" is a text like any other: a cell without a value is "
                 "unknown",
                 text),
            "write: %s is %s; or list it where `%s` is declared: one of \"%s\", …",
            quoted(sc, other->src), op == OP_EQ ? "unknown" : "known", of->attr->name, text);
  return true;
}

void check_odd_text(const struct scope *sc, const struct expr *e, enum op op, const struct term *a,
                    const struct term *b) {
  const struct term *text = b->kind == T_CONST ? b : a, *other = text == b ? a : b;
  if (text->kind != T_CONST || text->type.unit != U_TEXT || !text->value.text ||
      (op != OP_EQ && op != OP_NE))
    return;
  if (!*text->value.text) {
    HELP_WITH(sc, TELL(sc, V0318, e->span, "an empty text is unknown, so nothing equals \"\""),
              "write: %s is %s", quoted(sc, other->src), op == OP_EQ ? "unknown" : "known");
    return;
  }
  if (tell_nothing(sc, e, op, other, text->value.text)) return;
  bool first, last;
  const char *inner = without_wildcards(sc, text->value.text, &first, &last);
  if (!inner) return;
  HELP_WITH(sc,
            TELL(sc, V0318, e->span, "`%s` compares whole texts, and `%c` is one of their signs",
                 op == OP_EQ ? "is" : "is not", text->value.text[first ? 0 : strlen(inner)]),
            "write: %s %smatches %s", quoted(sc, other->src), op == OP_EQ ? "" : "not ",
            wildcard_pattern(sc->rs->arena, text->value.text, 0));
}

/* matches "/retail/i": the slashes of other languages are signs of the text. */
static bool tell_slashes(const struct scope *sc, const struct expr *e) {
  const char *end = strrchr(e->name, '/');
  if (*e->name != '/' || end < e->name + 2 || strspn(end + 1, "gimsux") != strlen(end + 1))
    return false;
  HELP_WITH(sc, TELL(sc, V0318, e->name_span, "`/` stands for itself in a pattern"),
            "write: matches \"%s%.*s\"", strchr(end, 'i') ? "(?i)" : "", (int)(end - e->name - 1),
            e->name + 1);
  return true;
}

bool check_wildcards(const struct scope *sc, const struct expr *e) {
  if (tell_slashes(sc, e)) return true;
  bool first, last;
  const char *inner = without_wildcards(sc, e->name, &first, &last);
  size_t n = strlen(e->name);
  if (!inner) return true;
  bool stars = first && e->name[0] == '*';
  if (stars) {
    HELP_WITH(sc, TELL(sc, V0308, e->name_span, "`*` is no wildcard in a pattern"),
              "a pattern is found anywhere in the text; write: matches %s",
              wildcard_pattern(sc->rs->arena, e->name, 0));
    return false;
  }
  if (e->name[n - 1] == '*' && (n < 2 || !strchr("abcdefghijklmnopqrstuvwxyz", e->name[n - 2])))
    return true; /* .* and [0-9]* are how patterns are written */
  HELP_WITH(sc,
            TELL(sc, V0318, e->name_span,
                 first || e->name[n - 1] == '%' ? "`%%` stands for itself in a pattern"
                                                : "`*` repeats the letter before it in a pattern"),
            "a pattern is found anywhere in the text; write: matches %s",
            wildcard_pattern(sc->rs->arena, e->name, 0));
  return true;
}

/* ---- days ----------------------------------------------------------------------------- */

/* The attribute, where it is the day from which its row is there; else NULL. */
static const struct attr *first_day(const struct term *t) {
  if (t->kind == T_PARENT) return first_day(t->a);
  if (t->kind != T_ATTR || t->attr->kind != ATTR_COLUMN) return NULL;
  const struct life *l = &t->attr->entity->life;
  bool born = l->ends || t->attr->entity->event;
  return born && l->from && strcmp(l->from, t->attr->column) == 0 ? t->attr : NULL;
}

void check_ahead(const struct scope *sc, const struct expr *e, const struct term *date,
                 const char *word) {
  const struct attr *at = first_day(date);
  if (!at || of_a_define(e)) return;
  struct diag *d = TELL(sc, V0325, e->span,
                        "`%s` is the day from which a row of %s is there, so it never lies ahead: "
                        "`%s` finds today's at most",
                        at->name, at->entity->name, word);
  if (e->kind == E_WITHIN)
    HELP_WITH(sc, d, "write: %s in last %s", quoted(sc, e->a), quoted(sc, e->b));
  else
    HELP_WITH(sc, d, "ask what has passed, such as: %s in last 30d", at->name);
}

/* ---- texts with values ---------------------------------------------------------------- */

static bool names_a_value(const struct scope *sc, const char *name) {
  return sc->ent && (strcmp(name, "label") == 0 || entity_attr(sc->ent, name) ||
                     entity_kpi(sc->rs, sc->ent, name));
}

/* The closing sign that goes with an opening one of another language; 0: it is none. */
static char closes(char open) {
  return open == '[' ? ']' : open == '<' ? '>' : open == '%' ? '%' : 0;
}

void check_braces(const struct scope *sc, struct span at) {
  const char *text = at.src->text;
  for (uint32_t i = at.at + 1; i + 2 < at.end; i++) {
    char close = closes(text[i]);
    size_t n = 0, step;
    if (!close && text[i] != '$') continue;
    while ((step = text_name_char(text + i + 1 + n, at.end - i - 1 - n, n == 0)) > 0) n += step;
    if (!n || (close && text[i + 1 + n] != close)) continue;
    const char *name = intern_n(sc->rs->arena, text + i + 1, n);
    if (!names_a_value(sc, name)) continue;
    struct span s = {at.src, i, i + 1 + (uint32_t)n + (close ? 1 : 0)};
    HELP_WITH(sc,
              TELL(sc, V0327, s, "`%s` is shown as it stands, not as the value of %s",
                   span_text(sc->rs->arena, s), name),
              "write {%s}", name);
  }
}
