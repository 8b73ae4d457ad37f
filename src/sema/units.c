/* Units: what agrees with what. In: two terms. Out: one unit for both, or a message that shows
 * both sides. */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/check.h"
#include "base/decimal.h"
#include "sema/sema.h"

static bool is_zero(const struct term *t) { return t->kind == T_CONST && t->value.num == 0; }

static bool tell_percent(const struct scope *sc, const struct term *t, const struct term *other) {
  struct diag *d =
      TELL(sc, V0304, t->src->span, "`%s` is %s: the number it stands against needs a percent sign",
           other ? quoted(sc, other->src) : "this", "a share");
  double n = t->kind == T_CONST ? t->value.num : 0;
  const struct term *by = other && other->kind == T_ARITH && other->op == OP_MUL ? other->b : NULL;
  if (t->kind == T_CONST && by && by->kind == T_CONST && by->value.num == 100) { /* nrr * 100 */
    HELP_WITH(sc, d, "leave `* 100` out, and write %.15g%%", n);
    return false;
  }
  bool moves = t->kind == T_CONST && other && other->kind == T_MOVE;
  if (moves && fabs(n) < 1)
    HELP_WITH(sc, d,
              "write %.15gpp (or %.15gpp, if so little is meant): the movement of a percent is "
              "measured in points",
              n * 100, n);
  else if (moves)
    HELP_WITH(sc, d, "write %.15gpp: the movement of a percent is measured in points", n);
  else if (t->kind == T_CONST && fabs(n) <= 2)
    HELP_WITH(sc, d, "write %.15g%% (or %.15g%%, if so little is meant)", n * 100, n);
  else if (t->kind == T_CONST)
    HELP_WITH(sc, d, "write %.15g%%", n);
  else
    HELP_WITH(sc, d, "give the number with a percent sign where it is defined");
  return false;
}

static bool adapt_leaf(const struct scope *sc, struct term *t, struct type to,
                       const struct term *other) {
  if (to.unit == U_SHARE && !is_zero(t)) return tell_percent(sc, t, other);
  if (t->kind == T_CONST && to.unit == U_MONEY)
    t->value.num = decimal_minor(t->value.num, currency_minor(to.currency));
  if (t->kind == T_CONST) t->value.type = to;
  return true;
}

/* The terms whose values come out of t as they are: those that are bare when t is. */
static size_t bare_parts(struct term *t, struct term **out) {
  switch (t->kind) {
    case T_IF: return out[0] = t->b, out[1] = t->c, 2;
    case T_ELSE: return out[0] = t->a, out[1] = t->b, 2;
    case T_NEG: return out[0] = t->a, 1;
    default: return 0;
  }
}

bool adapt(const struct scope *sc, struct term *t, struct type to, const struct term *other) {
  CHECK(t);
  if (!t->bare) return true;
  if (unit_class(to.unit) != CLASS_NUM) return true; /* agree reports it */
  struct term *parts[2];
  size_t n = bare_parts(t, parts);
  for (size_t i = 0; i < n; i++)
    if (!adapt(sc, parts[i], to, other)) return false;
  for (size_t i = 0; t->kind == T_CALL && i < t->list.n; i++)
    if (!adapt(sc, t->list.v[i], to, other)) return false;
  bool leaf = !n && t->kind != T_CALL && t->kind != T_UNKNOWN;
  if (leaf && !adapt_leaf(sc, t, to, other)) return false;
  t->type = to;
  t->bare = false;
  return true;
}

static bool plain(const struct term *t) {
  return t->type.unit == U_NUMBER || t->type.unit == U_COUNT;
}

static bool compatible(struct term *a, struct term *b) {
  enum unit u = a->type.unit, v = b->type.unit;
  if (no_day_count(a) || no_day_count(b)) /* 3mo is neither 90 days nor a count of things */
    return u == v && a->type.counted_in == b->type.counted_in;
  if (u == v || (plain(a) && plain(b))) return true;
  if ((u == U_TEXT && v == U_PERSON) || (u == U_PERSON && v == U_TEXT)) return true;
  if ((u == U_NUMBER && v == U_SCORE) || (u == U_SCORE && v == U_NUMBER)) return true;
  if ((plain(a) && v == U_DURATION) || (u == U_DURATION && plain(b))) return true;
  return (u == U_SHARE && b->ratio) || (v == U_SHARE && a->ratio);
}

static bool is_date(const struct term *t) { return t->type.unit == U_DATE; }

/* The literal without its percent sign: 60 for 60%. */
static const char *without_percent(const struct scope *sc, const struct term *t) {
  return arena_printf(sc->rs->arena, "%.15g", t->value.num * 100);
}

/* What stands in the quotes, where it is a value of the other side's kind; NULL: it is none. */
static const char *value_in_quotes(const struct scope *sc, const char *s, enum unit u) {
  static const char *const yes[] = {"true", "yes", "1", "y", "oui"};
  static const char *const no[] = {"false", "no", "0", "n", "non"};
  day_t day;
  if (names_something(sc->rs, s)) return s;
  for (size_t i = 0; u == U_FLAG && i < sizeof yes / sizeof *yes; i++) {
    if (strcasecmp(s, yes[i]) == 0) return "true";
    if (strcasecmp(s, no[i]) == 0) return "false";
  }
  if (u == U_DATE) return day_parse(s, strlen(s), &day) ? s : NULL;
  bool number = *s && strspn(s, "0123456789.") == strlen(s);
  return number && u != U_FLAG && unit_class(u) == CLASS_NUM ? s : NULL;
}

/* The comparison of a and b with the value in the place of one of them, `text`; NULL: it stands
 * elsewhere, or there is no value. */
static const char *compared_with(const struct scope *sc, const struct term *a, const struct term *b,
                                 const struct term *text, const char *value) {
  struct span whole = span_join(a->src->span, b->src->span), at = text->src->span;
  if (!value || at.src != whole.src || at.at < whole.at || at.end > whole.end) return NULL;
  if (memchr(whole.src->text + whole.at, '\n', whole.end - whole.at)) return NULL; /* a band */
  struct span before = {whole.src, whole.at, at.at}, after = {whole.src, at.end, whole.end};
  const char *gap = before.end > before.at ? " " : "", *rest = after.end > after.at ? " " : "";
  return arena_printf(sc->rs->arena, "%s%s%s%s%s", span_text(sc->rs->arena, before), gap, value,
                      rest, span_text(sc->rs->arena, after));
}

/* health < 40 for health < 40% */
static void help_without_percent(const struct scope *sc, struct diag *d, const struct term *a,
                                 const struct term *b, const struct term *share) {
  const char *number = without_percent(sc, share);
  const char *whole = compared_with(sc, a, b, share, number);
  if (whole)
    HELP_WITH(sc, d, "write: %s; without the percent sign", whole);
  else
    HELP_WITH(sc, d, "write %s, without the percent sign", number);
}

/* "true" for the 1 of `trial = 1`; NULL: no yes or no is compared with a 1 or a 0. */
static const char *flag_as_number(const struct term *a, const struct term *b) {
  const struct term *flag = a->type.unit == U_FLAG ? a : b, *number = flag == a ? b : a;
  if (flag->type.unit != U_FLAG || number->kind != T_CONST || !is_number(number)) return NULL;
  return number->value.num == 1 ? "true" : number->value.num == 0 ? "false" : NULL;
}

static void help_clash(const struct scope *sc, struct diag *d, const struct term *a,
                       const struct term *b, const char *verb) {
  const struct term *text = a->type.unit == U_TEXT ? a : b, *other = text == a ? b : a;
  bool literal = text->type.unit == U_TEXT && text->kind == T_CONST;
  enum unit u = other->type.unit;
  const char *value = literal ? value_in_quotes(sc, text->value.text, u) : flag_as_number(a, b);
  if (value && !literal) text = a->kind == T_CONST ? a : b;
  const char *bare = compared_with(sc, a, b, text, value);
  if (bare)
    HELP_WITH(sc, d, "write: %s", bare);
  else if (literal && u == U_DATE)
    HELP_WITH(sc, d, "write the date without quotes: 2026-03-01");
  else if (literal && u == U_FLAG)
    HELP_WITH(sc, d, "a yes or no is compared with true or false, without quotes");
  else if (literal && is_number(other))
    HELP_WITH(sc, d, "write the number without quotes");
  else if ((a->type.unit == U_FLAG && is_number(b)) || (b->type.unit == U_FLAG && is_number(a)))
    HELP_WITH(sc, d,
              "a yes or no stands alone; if the number is meant for a whole sum or count, put that "
              "in parentheses: (count of ticket where active) > 3");
  else if (a->kind == T_BDAYS || b->kind == T_BDAYS)
    HELP_WITH(sc, d,
              "business days are a count: write the number alone, business days since D > 3");
  else if ((no_day_count(a) && a->kind != T_CONST) || (no_day_count(b) && b->kind != T_CONST))
    HELP_WITH(sc, d, "write a number of %s: %s",
              dur_unit_name((no_day_count(a) ? a : b)->type.counted_in),
              (no_day_count(a) ? a : b)->type.counted_in == DUR_MONTH ? "3mo" : "5bd");
  else if (no_day_count(a) || no_day_count(b))
    HELP_WITH(sc, d, "write the duration in days: 90d instead of 3mo");
  else if (is_date(a) != is_date(b) && (is_number(a) || is_number(b)) &&
           strcmp(verb, "compared") == 0) {
    const struct term *date = is_date(a) ? a : b, *days = is_date(a) ? b : a;
    const char *text_of_days = quoted(sc, days->src),
               *unit = days->type.unit == U_DURATION ? "" : "d", *name = quoted(sc, date->src);
    HELP_WITH(sc, d,
              "write: %s within %s%s (ahead), %s older than %s%s (past), or days until %s < %s",
              name, text_of_days, unit, name, text_of_days, unit, name, text_of_days);
  } else if (is_date(a) != is_date(b))
    HELP_WITH(sc, d, "a date is written 2026-03-01");
  else if ((a->type.unit == U_SHARE) != (b->type.unit == U_SHARE)) {
    const struct term *share = a->type.unit == U_SHARE ? a : b;
    const struct term *what = share == a ? b : a;
    if (what->type.unit == U_MONEY)
      HELP_WITH(sc, d,
                "money is compared with money, 100k EUR; a percent with a share, or with a "
                "movement: %s drop > 10%%",
                quoted(sc, what->src));
    else if (share->kind == T_CONST)
      help_without_percent(sc, d, a, b, share);
    else
      HELP_WITH(sc, d, "compare `%s` with a percent: 10%%", quoted(sc, share->src));
  } else if (a->type.unit == U_MONEY || b->type.unit == U_MONEY)
    HELP_WITH(sc, d,
              "both sides must be money: an amount such as 100k EUR, or an attribute or KPI that "
              "is money");
  else
    HELP_WITH(sc, d, "both sides must be the same kind of thing");
}

bool same_currency(const struct term *a, const struct term *b) {
  const char *x = a->type.currency, *y = b->type.currency;
  return x && y ? x == y : currency_minor(x) == currency_minor(y);
}

static void tell_currencies(const struct scope *sc, struct span at, const struct term *a,
                            const struct term *b, const char *verb) {
  const char *x = a->type.currency, *y = b->type.currency;
  struct diag *d = TELL(sc, V0305, at, "two currencies are %s: `%s` is in %s, `%s` in %s", verb,
                        quoted(sc, a->src), x ? x : "none", quoted(sc, b->src), y ? y : "none");
  if (x == CURRENCY_OWN || y == CURRENCY_OWN)
    HELP_WITH(sc, d,
              "an amount in %s says nothing of the other currencies: compare with a movement, such "
              "as `drop > 10%%`, or with a number alone, which is of each currency",
              x == CURRENCY_OWN ? y : x);
  else if (x && y)
    HELP_WITH(sc, d, "Vigie never converts: write both sides in %s, or bring in a converted column",
              x);
  else
    HELP_WITH(sc, d, "say the currency: under calendar, currency %s", x ? x : y);
}

bool agree(const struct scope *sc, struct span at, struct term *a, struct term *b,
           const char *verb) {
  if (a->bare && !b->bare && !adapt(sc, a, b->type, b)) return false;
  if (b->bare && !a->bare && !adapt(sc, b, a->type, a)) return false;
  if (compatible(a, b)) {
    if (a->type.unit != U_MONEY) return true;
    if (same_currency(a, b) && same_per(a, b)) return true;
    if (same_per(a, b))
      tell_currencies(sc, at, a, b, verb);
    else
      tell_per(sc, at, a, b, verb);
    return false;
  }
  struct diag *d =
      TELL(sc, V0301, at, "`%s` is %s, `%s` is %s: they cannot be %s", quoted(sc, a->src),
           unit_phrase(sc, a), quoted(sc, b->src), unit_phrase(sc, b), verb);
  help_clash(sc, d, a, b, verb);
  return false;
}
