/* Rows that could not be judged. In: an expectation, or a rule and a row. Out: whether a row was
 * unknown, what `if unknown` made of it, and which value was missing. */
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "eval/row_key.h"
#include "test/checking.h"

/* The rows of a rule that it could not judge. */
struct unjudged {
  const struct rule *rule;
  int domain;
  VEC(int32_t) rows;
  const struct missing *missing;
  size_t n_missing;
};

static struct unjudged find_unjudged(const struct checking *x, const struct rule *r,
                                     const char *row) {
  size_t rule = checking_rule_index(x->d->rs, r);
  struct row_truth t = verdicts_truth(x->d->verdicts, rule);
  struct unjudged u = {.rule = r, .domain = t.domain};
  for (size_t i = 0; i < t.n_rows; i++) {
    bool unsure = bit_get(t.present, i) && !bit_get(t.yes, i) && !bit_get(t.no, i);
    if (unsure && (!row || checking_called(x, t.domain, (int32_t)i, row)))
      VEC_PUSH(x->d->a, &u.rows, (int32_t)i);
  }
  u.missing = verdicts_missing(x->d->verdicts, rule, u.rows.v, u.rows.n, x->d->a, &u.n_missing);
  return u;
}

static const char *missing_names(const struct checking *x, const struct unjudged *u) {
  const char *out = "";
  for (size_t i = 0; i < u->n_missing; i++)
    out = arena_printf(x->d->a, "%s%s%s", out, i ? ", " : "", u->missing[i].name);
  return out;
}

static bool is_missing(const struct unjudged *u, const char *name) {
  for (size_t i = 0; i < u->n_missing; i++)
    if (strcmp(u->missing[i].name, name) == 0) return true;
  return false;
}

const char *unknown_why(const struct checking *x, const struct rule *r, const char *row) {
  struct unjudged u = find_unjudged(x, r, row);
  if (!u.rows.n) return "";
  return arena_printf(x->d->a, "; missing: %s%s%s", missing_names(x, &u), checking_outside(x),
                      r->unknown == UNKNOWN_FIRE     ? ", and the rule says `if unknown fire`"
                      : r->unknown == UNKNOWN_IGNORE ? ", and the rule says `if unknown ignore`"
                                                     : "");
}

/* Does a line of the day say it already? */
static bool is_said(const struct test_step *s, const struct rule *r, const char *row) {
  for (size_t i = 0; i < s->expects.n; i++) {
    const struct test_expect *e = &s->expects.v[i];
    if (e->kind == EXPECT_FIRED_UNKNOWN && e->rule == r && (!e->row || same_text(e->row, row)))
      return true;
  }
  return false;
}

void note_unknown(struct checking *x, const struct rule *r, const char *row, bool fired) {
  struct unjudged u = find_unjudged(x, r, row);
  if (!u.rows.n || fired != (r->unknown == UNKNOWN_FIRE)) return;
  if (is_said(x->d->step, r, row)) return;
  const char *what = fired ? "fired, as `if unknown fire` says"
                     : r->unknown == UNKNOWN_IGNORE
                         ? arena_printf(x->d->a, "left one %s out", rule_rows(r, 1, x->d->a))
                         : "did not fire";
  const char *note =
      arena_printf(x->d->keep, "%s %s: not enough data (missing: %s)", r->name, what,
                   arena_printf(x->d->a, "%s%s", missing_names(x, &u), checking_outside(x)));
  VEC_PUSH(x->d->keep, &x->r->notes, note);
}

/* ---- expect RULE unknown, ignored, fired unknown -------------------------------------- */

static const struct fate {
  enum expect_kind kind;
  const char *words;    /* as it is expected */
  const char *expected; /* and what that is */
  const char *happened; /* to a row with not enough data */
} fates[] = {
    [UNKNOWN_REPORT] = {EXPECT_UNKNOWN, "unknown", "be unknown", "which a run reports"},
    [UNKNOWN_FIRE] = {EXPECT_FIRED_UNKNOWN, "fired unknown", "fire unknown",
                      "so that it fired (if unknown fire)"},
    [UNKNOWN_IGNORE] = {EXPECT_IGNORED, "ignored", "be ignored",
                        "so that it was left out (if unknown ignore)"},
};

static const char *expected_fate(enum expect_kind kind) {
  for (size_t i = 0; i < sizeof fates / sizeof *fates; i++)
    if (fates[i].kind == kind) return fates[i].expected;
  UNREACHABLE("an expectation of a row that is unknown");
}

static void tell_judged(struct checking *x, const struct test_expect *e) {
  const struct rule_verdict *v = checking_verdict(x, e->rule);
  bool absent = e->row && !x->d->verdicts->standing(x->d->verdicts, v, e->row).present;
  const char *why = why_not_met(x, e->rule, absent, v->rows);
  struct failure *f =
      checking_fail(x, e->span, "%s has enough data%s, and was expected to %s%s", e->rule->name,
                    checking_row(x, e->row), expected_fate(e->kind), why);
  checking_show(x, f, e->rule, e->row);
}

/* " because health": a name that the line may give, of what is missing; "": none is one. */
static const char *because_words(const struct checking *x, const struct unjudged *u) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";
  for (size_t i = 0; i < u->n_missing; i++)
    if (!u->missing[i].name[strspn(u->missing[i].name, letters)])
      return arena_printf(x->d->a, " because %s", u->missing[i].name);
  return "";
}

/* Another thing became of it than the test says. */
static void tell_fate(struct checking *x, const struct test_expect *e, const struct unjudged *u) {
  const struct fate *came = &fates[e->rule->unknown];
  const char *row =
      evaluation_row_name(verdicts_evaluation(x->d->verdicts), u->domain, u->rows.v[0], x->d->a);
  struct failure *f =
      checking_fail(x, e->span,
                    "%s: not enough data of %s (missing: %s), %s; if that is right, write: "
                    "expect %s%s %s%s",
                    e->rule->name, row, missing_names(x, u), came->happened, e->rule->name,
                    checking_row(x, e->row), came->words, because_words(x, u));
  checking_show(x, f, e->rule, e->row);
}

void check_unknown(struct checking *x, const struct test_expect *e) {
  struct unjudged u = find_unjudged(x, e->rule, e->row);
  if (!u.rows.n) {
    tell_judged(x, e);
    return;
  }
  if (fates[e->rule->unknown].kind != e->kind) {
    tell_fate(x, e, &u);
    return;
  }
  if (e->kind == EXPECT_FIRED_UNKNOWN && !checking_items(x, e->rule->name, e->row).n)
    checking_fail(x, e->span, "%s has no open item%s", e->rule->name, checking_row(x, e->row));
  for (size_t i = 0; i < e->because.n; i++)
    if (!is_missing(&u, e->because.v[i]))
      checking_fail(x, e->span, "%s is unknown, though not because of %s; missing: %s",
                    e->rule->name, e->because.v[i], missing_names(x, &u));
}
