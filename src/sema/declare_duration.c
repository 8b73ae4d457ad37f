/* Columns that hold a length of time. In: the clause of an attribute of type duration. Out: the
 * unit of its cells, said (`in months`) or told by its name; or the question which one it is. */
#include <ctype.h>
#include <string.h>

#include "sema/sema.h"

/* The words of a name by which a unit is told. */
static const struct {
  const char *word;
  enum dur_unit unit;
} unit_words[] = {{"day", DUR_DAY},           {"days", DUR_DAY},          {"week", DUR_WEEK},
                  {"weeks", DUR_WEEK},        {"month", DUR_MONTH},       {"months", DUR_MONTH},
                  {"quarter", DUR_QUARTER},   {"quarters", DUR_QUARTER},  {"year", DUR_YEAR},
                  {"years", DUR_YEAR},        {"jour", DUR_DAY},          {"jours", DUR_DAY},
                  {"semaine", DUR_WEEK},      {"semaines", DUR_WEEK},     {"mois", DUR_MONTH},
                  {"trimestre", DUR_QUARTER}, {"trimestres", DUR_QUARTER}};

/* The next word of a name: coupon_months, couponMonths, "Coupon (months)" have two. 0: no more. */
static size_t next_word(const char **s) {
  while (**s && !isalpha((unsigned char)**s)) ++*s;
  size_t n = 0;
  while (isalpha((unsigned char)(*s)[n]) &&
         !(n && isupper((unsigned char)(*s)[n]) && islower((unsigned char)(*s)[n - 1])))
    n++;
  return n;
}

static bool is_word(const char *s, size_t n, const char *word) {
  for (size_t i = 0; i < n; i++)
    if (tolower((unsigned char)s[i]) != word[i]) return false;
  return !word[n];
}

/* What a name says of a unit. */
struct told {
  bool any, two; /* one unit; several */
  enum dur_unit unit;
};

static void add_name(struct told *t, const char *name) {
  bool business = false;
  for (size_t n; (n = next_word(&name)); name += n) {
    business |= is_word(name, n, "business") || is_word(name, n, "working");
    for (size_t i = 0; i < sizeof unit_words / sizeof *unit_words; i++) {
      if (!is_word(name, n, unit_words[i].word)) continue;
      enum dur_unit u = unit_words[i].unit;
      if (business && u == DUR_DAY) u = DUR_BDAY;
      t->two |= t->any && t->unit != u;
      t->any = true;
      t->unit = u;
    }
  }
}

bool duration_option(struct ruleset *rs, const struct option *o, struct attr *at) {
  if (strcmp(o->word, "in") != 0 || !o->value) return false;
  if (at->type.unit != U_DURATION) {
    struct diag *d = diag_add(&rs->diags, V0403, o->span, "`in %s` says nothing of a %s",
                              o->value->name, unit_name(at->type.unit));
    diag_help(&rs->diags, d, "a length of time is written: %s duration \"%s\" in %s", at->name,
              at->column ? at->column : "column", o->value->name);
    return true;
  }
  at->form.duration = dur_unit_from_name(o->value->name, &at->form.in);
  return true;
}

void duration_unit(struct ruleset *rs, const struct clause *c, struct attr *at) {
  if (at->type.unit != U_DURATION || at->kind == ATTR_COMPUTED) return;
  const char *column = at->kind == ATTR_HISTORY ? at->history.value : at->column;
  if (!at->form.duration) {
    struct told t = {0};
    add_name(&t, at->name);
    if (column) add_name(&t, column);
    if (!t.any || t.two) {
      struct diag *d = diag_add(&rs->diags, V0401, c->span,
                                "`%s` is a duration in what: days, months?", at->name);
      diag_help(&rs->diags, d,
                "say it behind the column: %s duration \"%s\" in months; or days, business days, "
                "weeks, quarters, years",
                at->name, column ? column : "column");
    }
    at->form.in = t.any && !t.two ? t.unit : DUR_DAY;
    at->form.duration = true;
  }
  at->type.counted_in = dur_unit_base(at->form.in);
}
