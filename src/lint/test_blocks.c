/* Tests that would notice nothing. In: test blocks. Out: those that expect the KPI that they give,
 * a `no` of rules over rows that are not there; and two of the same words. */
#include <string.h>

#include "lint/check.h"
#include "sema/test_case.h"

static size_t rows_given(const struct test *t) {
  size_t n = 0;
  for (size_t i = 0; i < t->steps.n; i++) n += t->steps.v[i]->rows.n;
  return n;
}

/* Some expectation is not `no RULE`, and needs rows. */
static bool expects_something(const struct test *t) {
  for (size_t i = 0; i < t->steps.n; i++)
    for (size_t k = 0; k < t->steps.v[i]->expects.n; k++)
      if (t->steps.v[i]->expects.v[k].kind != EXPECT_NOTHING) return true;
  return false;
}

/* The row is given the very value of the KPI that is expected of it. */
static bool gives(const struct test_row *row, const struct test_expect *e, day_t day) {
  if (e->row && (!row->name || strcmp(row->name, e->row) != 0)) return false;
  for (size_t i = 0; i < row->facts.n; i++) {
    const struct test_fact *f = &row->facts.v[i];
    if (f->kind == FACT_KPI && f->kpi == e->kpi && f->day == day) return true;
  }
  return false;
}

static void check_given(struct lint *l, const struct test_step *s) {
  for (size_t i = 0; i < s->expects.n; i++) {
    const struct test_expect *e = &s->expects.v[i];
    bool given = false;
    for (size_t k = 0; e->kind == EXPECT_VALUE && k < s->rows.n; k++)
      given |= gives(&s->rows.v[k], e, s->day);
    if (!given) continue;
    struct diag *d = lint_tell(
        l, e->span, "`%s` is given on this day, so its formula is not tested", e->kpi->name);
    lint_help(l, d, "give the rows that it is made of, or expect what is made of it");
  }
}

void lint_test_without_claim(struct lint *l) {
  for (size_t i = 0; i < l->rs->tests.n; i++) {
    const struct test *t = l->rs->tests.v[i];
    struct diag *d = NULL;
    if (!rows_given(t) && !expects_something(t))
      d = lint_tell(l, t->span, "the test \"%s\" gives no row, and expects that no rule acts",
                    t->name);
    lint_help(l, d, "give a row of which it matters, and write: expect RULE; or: expect no RULE");
    for (size_t k = 0; k < t->steps.n; k++) check_given(l, t->steps.v[k]);
  }
}

/* ---- the same again ------------------------------------------------------------------- */

/* Its clauses, whatever the blanks and comments around them. */
static const char *words_of(struct lint *l, const struct test *t) {
  const char *words = "";
  for (size_t i = 0; i < t->item->body.n; i++)
    words = arena_printf(l->a, "%s%s\n", words, span_text(l->a, t->item->body.v[i]->span));
  return words;
}

void lint_test_twice(struct lint *l) {
  struct map seen = {0};
  for (size_t i = 0; i < l->rs->tests.n; i++) {
    const struct test *t = l->rs->tests.v[i];
    const char *words = words_of(l, t);
    const struct test *first = *words ? map_get(&seen, words) : NULL;
    if (!first) {
      map_put(&seen, l->a, words, (void *)t);
      continue;
    }
    struct diag *d =
        lint_tell(l, t->span, "the test \"%s\" says the same as \"%s\"", t->name, first->name);
    lint_note(l, d, first->span, "the other one is here");
    lint_help(l, d, "remove one, or change what it gives: the day before, a value at the bound");
  }
}
