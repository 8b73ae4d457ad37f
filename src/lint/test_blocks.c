/* Tests that would notice nothing. In: test blocks. Out: those that expect the KPI that they give,
 * a `no` of rules over rows that are not there; and two of the same words. */
#include <string.h>

#include "lint/check.h"
#include "sema/test_case.h"

static size_t rows_given(const struct test *t) {
  size_t n = 0;
  for (size_t i = 0; i < t->steps.n; i++) n += t->steps.v[i]->rows.n + t->steps.v[i]->totals.n;
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

/* given nps 19, and then: expect nps = 19 */
static bool gives_total(const struct test_step *s, const struct test_expect *e) {
  for (size_t i = 0; i < s->totals.n; i++) {
    const struct test_total *t = &s->totals.v[i];
    bool whole = !t->group.n && !e->row;
    bool group = t->group.n == 1 && e->row && strcmp(t->group.v[0], e->row) == 0;
    if (t->kpi == e->kpi && t->day == s->day && (whole || group)) return true;
  }
  return false;
}

static void check_given(struct lint *l, const struct test_step *s) {
  for (size_t i = 0; i < s->expects.n; i++) {
    const struct test_expect *e = &s->expects.v[i];
    bool given = e->kind == EXPECT_VALUE && gives_total(s, e);
    for (size_t k = 0; e->kind == EXPECT_VALUE && k < s->rows.n; k++)
      given |= gives(&s->rows.v[k], e, s->day);
    if (!given) continue;
    struct diag *d = lint_tell(
        l, e->span, "`%s` is given on this day, so its formula is not tested", e->kpi->name);
    lint_help(l, d, "give the rows that it is made of, or expect what is made of it");
  }
}

static bool gives_row_of(const struct test *t, const struct entity *e) {
  for (size_t i = 0; i < t->steps.n; i++)
    for (size_t k = 0; k < t->steps.v[i]->rows.n; k++)
      if (t->steps.v[i]->rows.v[k].entity == e) return true;
  return false;
}

/* `no dunning`, and no bill is given of which it could be. */
static void check_nobody(struct lint *l, const struct test *t) {
  for (size_t i = 0; i < t->steps.n; i++)
    for (size_t k = 0; k < t->steps.v[i]->expects.n; k++) {
      const struct test_expect *e = &t->steps.v[i]->expects.v[k];
      const struct entity *of = e->rule ? e->rule->entity : NULL;
      if (e->kind != EXPECT_NOTHING || !of || gives_row_of(t, of)) continue;
      struct diag *d = lint_tell(l, e->span, "no %s is given, so %s acts on none whatever it asks",
                                 of->name, rule_title(l, e->rule));
      lint_help(l, d, "give the row on which it must not act: given %s …", of->name);
    }
}

/* What a rule of the company looks at: its KPIs, and the tables behind them. */
struct looked_at {
  struct lint *l;
  const struct test *test;
  struct map seen;
  bool given;
};

static bool gives_kpi(const struct test *t, const struct kpi *k) {
  for (size_t i = 0; i < t->steps.n; i++)
    for (size_t n = 0; n < t->steps.v[i]->totals.n; n++)
      if (t->steps.v[i]->totals.v[n].kpi == k) return true;
  return false;
}

static void look_for_given(void *ctx, const struct term *t) {
  struct looked_at *x = ctx;
  if (t->kind == T_AGG) x->given |= gives_row_of(x->test, t->agg->entity);
  if (t->kind != T_KPI || map_put(&x->seen, x->l->a, t->kpi->name, x)) return;
  x->given |= gives_kpi(x->test, t->kpi);
  term_walk(t->kpi->term, look_for_given, ctx);
}

/* `no margin_low`, and nothing is given of which the margin is made. */
static void check_company(struct lint *l, const struct test *t) {
  for (size_t i = 0; i < t->steps.n; i++)
    for (size_t k = 0; k < t->steps.v[i]->expects.n; k++) {
      const struct test_expect *e = &t->steps.v[i]->expects.v[k];
      if (e->kind != EXPECT_NOTHING || !e->rule || e->rule->entity || !e->rule->when) continue;
      struct looked_at x = {.l = l, .test = t};
      term_walk(e->rule->when, look_for_given, &x);
      if (x.given) continue;
      struct diag *d =
          lint_tell(l, e->span, "nothing is given that %s looks at: it has no value here",
                    rule_title(l, e->rule));
      lint_help(l, d, "give the value at which it must not act: given KPI …");
    }
}

/* ---- a row that cannot be judged ------------------------------------------------------ */

static const struct test_fact *fact_of(const struct test_row *row, const struct attr *at) {
  for (size_t i = 0; i < row->facts.n; i++)
    if (row->facts.v[i].kind == FACT_ATTR && row->facts.v[i].attr == at) return &row->facts.v[i];
  return NULL;
}

static bool is_same_value(const struct value *x, const struct value *y) {
  if (x->known != y->known || !x->known) return x->known == y->known;
  return unit_class(x->type.unit) == CLASS_TXT ? x->text && y->text && strcmp(x->text, y->text) == 0
                                               : x->num == y->num;
}

/* Whatever the row says, the other one says too. */
static bool says_no_other(const struct test_row *row, const struct test_row *other) {
  for (size_t i = 0; i < row->facts.n; i++) {
    const struct test_fact *f = &row->facts.v[i];
    if (f->kind == FACT_PARENT || f->kind == FACT_BORN) continue;
    const struct test_fact *same = f->kind == FACT_ATTR ? fact_of(other, f->attr) : NULL;
    if (!same || !is_same_value(&f->value, &same->value)) return false;
  }
  return true;
}

struct missing_fact {
  const struct test_row *row, *other;
  const struct attr *found;
};

/* A column that the condition compares, which the other row gives and this one does not. */
static void find_missing(void *ctx, const struct term *t) {
  struct missing_fact *x = ctx;
  if (x->found || t->kind != T_ATTR || t->attr->entity != x->row->entity || t->attr->known_from)
    return;
  if (t->attr->kind == ATTR_COLUMN && fact_of(x->other, t->attr) && !fact_of(x->row, t->attr))
    x->found = t->attr;
}

typedef VEC(const struct test_step *) step_list;

/* Name of a rule -> step_list: where tests say that it acts. */
static struct map steps_that_fire(struct lint *l) {
  struct map out = {0};
  for (size_t i = 0; i < l->rs->tests.n; i++)
    for (size_t k = 0; k < l->rs->tests.v[i]->steps.n; k++) {
      const struct test_step *s = l->rs->tests.v[i]->steps.v[k];
      for (size_t e = 0; e < s->expects.n; e++) {
        const struct test_expect *one = &s->expects.v[e];
        if (one->kind != EXPECT_FIRES || !one->rule) continue;
        step_list *list = map_get(&out, one->rule->name);
        if (!list) map_put(&out, l->a, one->rule->name, list = NEW(l->a, step_list));
        VEC_PUSH(l->a, list, s);
      }
    }
  return out;
}

/* A row of which another test says that the rule acts on it. */
static const struct test_row *row_that_fires(const step_list *steps, const struct test_row *like) {
  for (size_t i = 0; steps && i < steps->n; i++) {
    const struct test_step *s = steps->v[i];
    for (size_t w = 0; w < s->rows.n; w++)
      if (s->rows.v[w].entity == like->entity && says_no_other(like, &s->rows.v[w]))
        return &s->rows.v[w];
  }
  return NULL;
}

static void check_unjudged(struct lint *l, const struct map *fire, const struct test_step *s,
                           const struct test_expect *e) {
  if (e->kind != EXPECT_NOTHING || !e->rule || !e->rule->entity || !e->rule->when) return;
  const step_list *steps = map_get(fire, e->rule->name);
  for (size_t i = 0; i < s->rows.n; i++) {
    const struct test_row *row = &s->rows.v[i];
    if (row->entity != e->rule->entity) continue;
    struct missing_fact x = {row, row_that_fires(steps, row), NULL};
    if (x.other) term_walk(e->rule->when, find_missing, &x);
    if (!x.found) continue;
    struct diag *d = lint_tell(l, e->span, "`%s` is not given, so %s is not judged here at all",
                               x.found->name, rule_title(l, e->rule));
    lint_note(l, d, x.other->span, "this row gives it");
    lint_help(l, d, "give a value for which it must not act: %s …", x.found->name);
    return;
  }
}

void lint_test_without_claim(struct lint *l) {
  struct map fire = steps_that_fire(l);
  for (size_t i = 0; i < l->rs->tests.n; i++) {
    const struct test *t = l->rs->tests.v[i];
    struct diag *d = NULL;
    if (!rows_given(t) && !expects_something(t))
      d = lint_tell(l, t->span, "the test \"%s\" gives no row, and expects that no rule acts",
                    t->name);
    lint_help(l, d, "give a row of which it matters, and write: expect RULE; or: expect no RULE");
    if (rows_given(t)) check_nobody(l, t);
    if (!d) check_company(l, t);
    for (size_t k = 0; k < t->steps.n; k++) {
      const struct test_step *s = t->steps.v[k];
      check_given(l, s);
      for (size_t e = 0; e < s->expects.n; e++) check_unjudged(l, &fire, s, &s->expects.v[e]);
    }
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

/* What stands before the arrow: the rule and the row. */
static const char *claim_of(struct lint *l, const struct test_expect *e, bool *more) {
  const char *text = span_text(l->a, e->span), *arrow = strstr(text, "->");
  size_t n = arrow ? (size_t)(arrow - text) : strlen(text);
  while (n && text[n - 1] == ' ') n--;
  *more = arrow != NULL;
  return arena_strndup(l->a, text, n);
}

/* expect late for "A" -> assign Finance, and then once more: expect late for "A" */
static void check_step(struct lint *l, const struct test_step *s) {
  for (size_t i = 1; i < s->expects.n; i++)
    for (size_t k = 0; k < i; k++) {
      const struct test_expect *e = &s->expects.v[i], *before = &s->expects.v[k];
      bool more, had_more;
      if (e->kind != before->kind ||
          strcmp(claim_of(l, e, &more), claim_of(l, before, &had_more)) != 0)
        continue;
      const char *now = span_text(l->a, e->span), *then = span_text(l->a, before->span);
      if (more && strcmp(now, then) != 0) continue;
      struct diag *d = lint_tell(l, e->span, "this is expected already");
      lint_note(l, d, before->span, "here");
      lint_help(l, d, "remove it, or expect something else: another row, the day after");
      break;
    }
}

void lint_test_twice(struct lint *l) {
  struct map seen = {0};
  for (size_t i = 0; i < l->rs->tests.n; i++)
    for (size_t k = 0; k < l->rs->tests.v[i]->steps.n; k++)
      check_step(l, l->rs->tests.v[i]->steps.v[k]);
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
