/* Numbers that the words say. In: rules, segments, thresholds, and their texts. Out: "above 20k" of
 * who has more than 200k: the one is ten, a hundred or a thousand times the other. A part of
 * line_of_another_scale. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/decimal.h"
#include "lint/check.h"
#include "sema/threshold_line.h"

enum { NUMBERS_MAX = 16 };

struct number {
  double n; /* of percents as they are written: 20 of 20 % */
  bool percent;
};

struct numbers {
  struct number v[NUMBERS_MAX];
  size_t n;
};

/* ---- of a text ------------------------------------------------------------------------- */

static bool starts(const char *p, const char *word) { return strncmp(p, word, strlen(word)) == 0; }

/* Behind a number: 1 a percent, 2 money, 0 anything else; *times what a k or an M multiplies by. */
static int unit_behind(const char *p, double *times) {
  static const char *const money[] = {"EUR", "USD", "GBP", "CHF", "€", "$", "£", NULL};
  *times = starts(p, "k") || starts(p, "K") ? 1e3 : starts(p, "M") ? 1e6 : 1;
  bool scaled = *times > 1 && !isalpha((unsigned char)p[1]);
  if (*times > 1 && !scaled) *times = 1;
  if (scaled) p++;
  while (*p == ' ') p++;
  if (*p == '%' || starts(p, "percent")) return 1;
  for (size_t i = 0; money[i]; i++)
    if (starts(p, money[i])) return 2;
  return scaled ? 2 : 0;
}

/* 20, 2.5, 2,5, 20,000: the number that begins there; *end behind it. */
static double number_at(const char *p, const char **end) {
  char digits[32];
  size_t n = 0;
  for (; *p && n + 1 < sizeof digits; p++) {
    bool three = isdigit((unsigned char)p[1]) && isdigit((unsigned char)p[2]) &&
                 isdigit((unsigned char)p[3]) && !isdigit((unsigned char)p[4]);
    if ((*p == ',' || *p == ' ') && n && three) continue;
    if (*p == ',' && isdigit((unsigned char)p[1]))
      digits[n++] = '.';
    else if (isdigit((unsigned char)*p) || (*p == '.' && isdigit((unsigned char)p[1])))
      digits[n++] = *p;
    else
      break;
  }
  digits[n] = 0;
  *end = p;
  return strtod(digits, NULL);
}

/* Is it said as a bound: more than 20 %? A discount of 20 % that is to be offered is none. */
static bool is_bound(const char *text, const char *at) {
  static const char *const before[] = {
      "more than ", "less than ",  "above ",   "over ",     "below ", "under ",   "at least ",
      "beyond ",    "exceeds ",    "from ",    "exceed ",   "up to ", "plus de ", "moins de ",
      "dessus de ", "dessous de ", "dépasse ", "au moins ", "als ",   "ab ",      NULL};
  for (const char *const *word = before; *word; word++) {
    size_t n = strlen(*word);
    if ((size_t)(at - text) >= n && strncasecmp(at - n, *word, n) == 0) return true;
  }
  return false;
}

/* What stands in {braces} is a value, and no number that was written. */
static void read_text(struct numbers *x, const char *text) {
  if (!text) return;
  for (const char *p = text; *p && x->n < NUMBERS_MAX;) {
    if (*p == '{') {
      p += strcspn(p, "}");
      continue;
    }
    bool first = isdigit((unsigned char)*p) &&
                 (p == text || (!isalnum((unsigned char)p[-1]) && p[-1] != '_' && p[-1] != '.'));
    if (!first) {
      p++;
      continue;
    }
    bool bound = is_bound(text, p);
    double times, n = number_at(p, &p);
    int unit = unit_behind(p, &times);
    if (unit && bound && n > 0) x->v[x->n++] = (struct number){n * times, unit == 1};
  }
}

/* ---- of a condition -------------------------------------------------------------------- */

struct bounds {
  struct lint *l;
  const struct numbers *said;
  const struct term *off[NUMBERS_MAX]; /* the bound that is some tens times what is said */
  bool met[NUMBERS_MAX];
  const char *what;
};

static bool is_same(double a, double b) { return fabs(a - b) <= 1e-6 * fmax(fabs(a), fabs(b)); }

static bool is_tens(double a, double b) {
  double times = a > b ? a / b : b / a;
  return is_same(times, 10) || is_same(times, 100) || is_same(times, 1000);
}

static void take_value(struct bounds *x, const struct term *at, const struct type *type, double n) {
  bool percent = type->unit == U_SHARE;
  if ((!percent && type->unit != U_MONEY) || n <= 0) return;
  double here =
      percent ? n * 100 : decimal_major(n, type->currency ? currency_minor(type->currency) : 100);
  for (size_t i = 0; i < x->said->n; i++) {
    const struct number *s = &x->said->v[i];
    if (s->percent != percent) continue;
    x->met[i] |= is_same(here, s->n);
    if (is_tens(here, s->n) && !x->off[i]) x->off[i] = at;
  }
}

static void take_bound(void *ctx, const struct term *t) {
  struct bounds *x = ctx;
  if (t->kind == T_CONST && t->value.known && t->src) take_value(x, t, &t->type, t->value.num);
  if (t->kind != T_THRESHOLD || !t->src) return;
  for (size_t i = 0; i < t->threshold->lines.n; i++)
    take_value(x, t, &t->threshold->type, t->threshold->lines.v[i].value.num);
}

static void tell_off(struct bounds *x) {
  struct lint *l = x->l;
  for (size_t i = 0; i < x->said->n; i++) {
    if (x->met[i] || !x->off[i] || lint_told(l, l->now->kind.code, x->off[i]->src->span)) continue;
    const struct number *s = &x->said->v[i];
    struct diag *d =
        lint_tell(l, x->off[i]->src->span, "the words of %s say %.15g%s, and this is `%s`", x->what,
                  s->n, s->percent ? "%" : "", lint_quote(l, x->off[i]->src->span));
    lint_help(l, d, "is a 0, a point or a k missing in one of the two, or one too many?");
  }
}

static void check_rule(struct lint *l, const struct rule *r) {
  struct numbers said = {.n = 0};
  read_text(&said, r->action_text);
  read_text(&said, r->means);
  if (!said.n || !r->when) return;
  struct bounds x = {.l = l, .said = &said, .what = rule_title(l, r)};
  term_walk(r->when, take_bound, &x);
  tell_off(&x);
}

static void check_segment(struct lint *l, const struct segment *s) {
  struct numbers said = {.n = 0};
  read_text(&said, s->means);
  if (!said.n || !s->term) return;
  struct bounds x = {
      .l = l, .said = &said, .what = arena_printf(l->a, "the segment `%s`", s->name)};
  term_walk(s->term, take_bound, &x);
  tell_off(&x);
}

void text_numbers(struct lint *l) {
  for (size_t i = 0; i < l->facts.rules.n; i++) check_rule(l, l->facts.rules.v[i].rule);
  for (size_t i = 0; i < l->rs->segments.n; i++) check_segment(l, l->rs->segments.v[i]);
}
