/* Money of a month and money of a year. In: the word after `per`, amounts. Out: a term that is
 * the one or the other, or a message. */
#include <string.h>

#include "sema/sema.h"

enum { MONTHS_IN_YEAR = 12 };

bool read_per(struct ruleset *rs, const char *word, struct span at, enum money_per *out) {
  *out = strcmp(word, "month") == 0 ? PER_MONTH : strcmp(word, "year") == 0 ? PER_YEAR : PER_UNSAID;
  if (*out) return true;
  struct diag *d =
      diag_add(&rs->diags, V0403, at, "money is of a month or of a year, not `per %s`", word);
  diag_help(&rs->diags, d, "write: money per month, or money per year");
  return false;
}

static bool is_amount(const struct scope *sc, const struct expr *e, const struct term *a) {
  if (a->type.unit == U_MONEY) return true;
  struct diag *d = TELL(sc, V0301, e->span, "`%s` is %s: only money is per month or per year",
                        quoted(sc, e->a), unit_phrase(sc, a));
  if (a->bare)
    HELP_WITH(sc, d, "write an amount: 100 EUR per %s", e->name);
  else
    HELP_WITH(sc, d, "remove `per %s`", e->name);
  return false;
}

/* An amount that is written says by `per` what it is of; any other has said so where it was
 * declared, or nobody knows what to convert it from. */
static bool knows_its_span(const struct scope *sc, const struct expr *e, const struct term *a) {
  if (a->type.per) return true;
  struct diag *d = TELL(sc, V0301, e->span,
                        "`%s` is money, and nothing says whether of a month or of a year: "
                        "it cannot be made `per %s`",
                        quoted(sc, e->a), e->name);
  HELP_WITH(sc, d, "say it where its column is declared: money per month, or money per year");
  return false;
}

struct term *type_per(const struct scope *sc, const struct expr *e, struct term *a) {
  enum money_per per;
  if (!a || !read_per(sc->rs, e->name, e->name_span, &per) || !is_amount(sc, e, a)) return NULL;
  bool written = a->kind == T_CONST && !a->type.per;
  if (written) a->value.type.per = a->type.per = per, a->src = e;
  if (!knows_its_span(sc, e, a)) return NULL;
  if (a->type.per == per) return a;
  struct term *t = term_new(sc, T_ARITH, e, a->type);
  t->type.per = per;
  t->op = per == PER_YEAR ? OP_MUL : OP_DIV;
  t->a = a;
  t->b = term_const(sc, e, type_of(U_NUMBER), MONTHS_IN_YEAR);
  t->b->bare = true;
  return t;
}

/* mrr * 12 is money of a year, arr / 12 of a month, as in any spreadsheet. */
enum money_per per_by_hand(enum op op, const struct term *x, const struct term *y) {
  bool dozen = y->kind == T_CONST && y->bare && y->value.num == MONTHS_IN_YEAR;
  if (dozen && op == OP_MUL && x->type.per == PER_MONTH) return PER_YEAR;
  if (dozen && op == OP_DIV && x->type.per == PER_YEAR) return PER_MONTH;
  return x->type.per;
}

bool same_per(const struct term *a, const struct term *b) {
  return !a->type.per || !b->type.per || a->type.per == b->type.per;
}

/* Does the text stand in one pair of parentheses? */
static bool in_parentheses(const char *text) {
  int depth = 0;
  for (const char *p = text; *p; p++) {
    depth += (*p == '(') - (*p == ')');
    if (depth == 0) return p > text && p[1] == '\0';
  }
  return false;
}

/* What `e per month` reads: with parentheses where it takes them. */
const char *as_per(const struct scope *sc, const struct expr *e, enum money_per per) {
  const char *text = quoted(sc, e);
  bool whole = e->kind == E_PATH || e->kind == E_CALL || e->kind == E_PER || in_parentheses(text);
  return arena_printf(sc->rs->arena, whole ? "%s per %s" : "(%s) per %s", text, per_word(per));
}

void tell_per(const struct scope *sc, struct span at, const struct term *a, const struct term *b,
              const char *verb) {
  const struct term *month = a->type.per == PER_MONTH ? a : b, *year = month == a ? b : a;
  struct diag *d =
      TELL(sc, V0301, at, "`%s` is money of a month, `%s` money of a year: they cannot be %s",
           quoted(sc, month->src), quoted(sc, year->src), verb);
  if (year->kind == T_CONST) /* 100 EUR per month would be another amount, not the same */
    HELP_WITH(sc, d, "make both annual: %s", as_per(sc, month->src, PER_YEAR));
  else if (month->kind == T_CONST)
    HELP_WITH(sc, d, "make both monthly: %s", as_per(sc, year->src, PER_MONTH));
  else
    HELP_WITH(sc, d, "make both annual: %s; or both monthly: %s", as_per(sc, month->src, PER_YEAR),
              as_per(sc, year->src, PER_MONTH));
}
