/* Expectations. In: a day of a test. Out: what was expected and did not come, and what came
 * unexpected. */
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "action/levels.h"
#include "base/check.h"
#include "base/fiscal.h"
#include "base/text.h"
#include "eval/row_key.h"
#include "sema/threshold_line.h"
#include "test/checking.h"

enum { SHOWN_ROWS = 3 };

struct failure *checking_fail(struct checking *x, struct span at, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  struct failure f = {.span = at, .message = arena_vprintf(x->d->keep, fmt, ap)};
  va_end(ap);
  VEC_PUSH(x->d->keep, &x->r->failures, f);
  return &x->r->failures.v[x->r->failures.n - 1];
}

/* ---- rules, rows and items ------------------------------------------------------------ */

size_t checking_rule_index(const struct ruleset *rs, const struct rule *r) {
  size_t i = 0;
  while (i < rs->rules.n && rs->rules.v[i] != r) i++;
  return i;
}

static bool same(const char *a, const char *b) { return a && b && strcmp(a, b) == 0; }

/* An unknown group has no key; people write it `unknown`. */
static const char *item_key(const struct item *i) { return i->key ? i->key : "unknown"; }

static bool is_row(const struct item *i, const char *row) {
  return !row || same(item_key(i), row) || same(i->label, row);
}

bool checking_called(const struct checking *x, int domain, int32_t i, const char *row) {
  const char *key = evaluation_row_key(verdicts_evaluation(x->d->verdicts), domain, i, x->d->a);
  return same(key ? key : "unknown", row);
}

static const char *item_row(const struct item *i) {
  return i->label ? i->label : i->key ? i->key : "unknown";
}

item_list checking_items(const struct checking *x, const char *rule, const char *row) {
  item_list list = {0};
  for (size_t i = 0; i < x->d->n_items; i++) {
    const struct item *it = &x->d->items[i];
    if (item_living(it) && (!rule || same(it->rule, rule)) && is_row(it, row))
      VEC_PUSH(x->d->a, &list, it);
  }
  return list;
}

void checking_show(struct checking *x, struct failure *f, const struct rule *r, const char *row) {
  const struct trace *t = &x->d->traces[checking_rule_index(x->d->rs, r)];
  size_t all = evaluation_rows(verdicts_evaluation(x->d->verdicts), t->domain), shown = 0;
  int32_t *rows = NEW_N(x->d->a, int32_t, all + 1);
  size_t n = rows_there(x->d, t, rows, all);
  CHECK(n <= all);
  for (size_t i = 0; i < n && shown < SHOWN_ROWS; i++) {
    if (row && !checking_called(x, t->domain, rows[i], row)) continue;
    struct shown_row s = show_row(x->d, t, rows[i]);
    VEC_PUSH(x->d->keep, &f->rows, s);
    shown++;
  }
}

const char *checking_row(const struct checking *x, const char *row) {
  return row ? arena_printf(x->d->a, " for \"%s\"", row) : "";
}

/* ---- expect RULE [-> …] --------------------------------------------------------------- */

/* Of one that waits: what it would be, had there been room. */
static day_t due_of(const struct checking *x, const struct item *i) {
  struct duration after;
  if (!i->waits_for || !i->due_after || !duration_parse(i->due_after, strlen(i->due_after), &after))
    return i->due;
  return day_shift(&x->d->rs->calendar, i->opened, after, 1);
}

static day_t expected_due(const struct checking *x, const struct expr *due, day_t opened) {
  const struct calendar *c = &x->d->rs->calendar;
  if (due->kind == E_DATE) return due->day;
  if (due->kind == E_DURATION) return day_shift(c, opened, due->dur, 1);
  struct dayrange r;
  if (!period_find(&due->period, opened, c, &r)) return DAY_NONE;
  return due->op ? r.last : r.first;
}

/* Of a fiscal period that no row of the test holds: why what asks for it is unknown. */
const char *checking_outside(const struct checking *x) {
  const char *why = x->d->plan->outside;
  return why ? arena_printf(x->d->a, "; %s", why) : "";
}

static const char *differ(const struct checking *x, const char *so_far, const char *what,
                          const char *want, const char *came) {
  return arena_printf(x->d->a, "%s%s%s: expected %s, came %s", so_far, *so_far ? "; " : "", what,
                      want, came ? came : "none");
}

/* What of the item is not as named; "" when all is. */
const char *checking_differences(const struct checking *x, const struct test_expect *e,
                                 const struct item *i) {
  const struct actions *a = e->actions;
  const char *out = "";
  char want[96], came[96];
  if (!a) return out;
  if (a->assign && !same(a->assign, i->team)) out = differ(x, out, "assign", a->assign, i->team);
  if (a->due && expected_due(x, a->due, i->opened) == DAY_NONE)
    out = arena_printf(x->d->a, "due: %s",
                       fiscal_outside(&x->d->rs->calendar, &a->due->period, i->opened, x->d->a));
  else if (a->due && expected_due(x, a->due, i->opened) != due_of(x, i))
    out = differ(x, out, "due", day_text(expected_due(x, a->due, i->opened), want),
                 due_of(x, i) == DAY_NONE ? NULL : day_text(due_of(x, i), came));
  if (a->text && !same(a->text->name, i->action))
    out = differ(x, out, "do", arena_printf(x->d->a, "\"%s\"", a->text->name),
                 arena_printf(x->d->a, "\"%s\"", i->action));
  if (a->playbook && !same(a->playbook, i->playbook))
    out = differ(x, out, "do", a->playbook, i->playbook);
  if (a->owner && !same(a->owner->name, i->owner))
    out = differ(x, out, "owner", a->owner->name, i->owner);
  if (a->priority && !same(a->priority->name, i->priority))
    out = differ(x, out, "priority", a->priority->name, i->priority);
  if (e->worth.known && !(i->worth.known && fabs(i->worth.num - e->worth.num) < 0.5))
    out = differ(x, out, "worth", value_text(&e->worth, want, sizeof want),
                 i->worth.known ? value_text(&i->worth, came, sizeof came) : NULL);
  return out;
}

const struct rule_verdict *checking_verdict(const struct checking *x, const struct rule *r) {
  return &x->d->verdicts->rules[checking_rule_index(x->d->rs, r)];
}

const char *why_not_met(const struct checking *x, const struct rule *r, bool absent, long rows) {
  const char *noun = rule_rows(r, 1, x->d->a);
  if (absent) return arena_printf(x->d->a, "; no such %s is there on that day", noun);
  return rows ? "" : arena_printf(x->d->a, "; no %s that it judges was given", noun);
}

static void did_not_fire(struct checking *x, const struct test_expect *e) {
  const struct rule_verdict *v = checking_verdict(x, e->rule);
  bool absent = e->row && !x->d->verdicts->standing(x->d->verdicts, v, e->row).present;
  const char *why = why_not_met(x, e->rule, absent, v->rows);
  if (!*why) why = unknown_why(x, e->rule, e->row);
  checking_show(
      x,
      checking_fail(x, e->span, "%s did not fire%s%s", e->rule->name, checking_row(x, e->row), why),
      e->rule, e->row);
}

/* Does another line of the day name the item by its row? */
static bool has_own_line(const struct checking *x, const struct test_expect *e,
                         const struct item *i) {
  for (size_t k = 0; k < x->d->step->expects.n; k++) {
    const struct test_expect *other = &x->d->step->expects.v[k];
    if (other != e && other->rule == e->rule && other->row && is_row(i, other->row)) return true;
  }
  return false;
}

/* An expectation that names no row is of all items that open that day and have no line of their
 * own: an owner of the first says nothing of the others. */
static void check_the_others(struct checking *x, const struct test_expect *e,
                             const item_list *list) {
  if (e->row || !e->actions) return;
  for (size_t i = 0; i < list->n; i++) {
    const struct item *it = list->v[i];
    if (it->opened != x->d->step->day || has_own_line(x, e, it)) continue;
    const char *d = checking_differences(x, e, it);
    if (!*d) continue;
    checking_fail(x, e->span,
                  "%s for %s has another action: %s; if that is right, add: expect %s for \"%s\"",
                  e->rule->name, item_row(it), d, e->rule->name, item_row(it));
    return;
  }
}

static void check_fires(struct checking *x, const struct test_expect *e) {
  item_list list = checking_items(x, e->rule->name, e->row);
  const char *first = NULL;
  for (size_t i = 0; i < list.n; i++) {
    const char *d = checking_differences(x, e, list.v[i]);
    if (!*d) {
      note_unknown(x, e->rule, item_key(list.v[i]), true);
      check_the_others(x, e, &list);
      return;
    }
    if (!first)
      first = arena_printf(x->d->a, "%s for %s has another action: %s", e->rule->name,
                           item_row(list.v[i]), d);
  }
  if (first)
    checking_fail(x, e->span, "%s", first);
  else
    did_not_fire(x, e);
}

/* ---- expect RULE escalated [to TEAM], expect RULE not escalated ----------------------- */

/* Why an open item has not been escalated, as its author can change it. */
static const char *why_not_escalated(const struct checking *x, const struct rule *r,
                                     const struct item *i) {
  char due[16], from[16];
  if (!r->levels.n) return "the rule has no line such as: escalate 3bd after due";
  if (i->due == DAY_NONE) return "it has no due day";
  day_t from_day = i->due > i->rested ? i->due : i->rested;
  day_t day =
      day_shift(&x->d->rs->calendar, from_day, length_on(&r->levels.v[0].after, from_day), 1);
  return arena_printf(x->d->a, "it is due %s, and escalates from %s on", day_text(i->due, due),
                      day_text(day, from));
}

static void check_escalated(struct checking *x, const struct test_expect *e) {
  item_list list = checking_items(x, e->rule->name, e->row);
  const struct item *to_others = NULL;
  for (size_t i = 0; i < list.n; i++) {
    const struct item *it = list.v[i];
    levels_told told = levels_read(it->escalated, x->d->a);
    if (it->escalated_to && (!e->team || levels_have_told(&told, e->team))) return;
    if (it->escalated_to) to_others = it;
  }
  if (to_others)
    checking_fail(x, e->span, "%s for %s is escalated to %s, not to %s", e->rule->name,
                  item_row(to_others), to_others->escalated_to, e->team);
  else if (list.n)
    checking_fail(x, e->span, "%s for %s is not escalated: %s", e->rule->name, item_row(list.v[0]),
                  why_not_escalated(x, e->rule, list.v[0]));
  else
    did_not_fire(x, e);
}

static void check_not_escalated(struct checking *x, const struct test_expect *e) {
  item_list list = checking_items(x, e->rule->name, e->row);
  char day[16];
  for (size_t i = 0; i < list.n; i++) {
    const struct item *it = list.v[i];
    if (!it->escalated_to) continue;
    checking_fail(x, e->span, "%s for %s is escalated to %s, since %s", e->rule->name, item_row(it),
                  it->escalated_to, day_text(it->escalated_on, day));
    return;
  }
  if (!list.n) did_not_fire(x, e);
}

/* ---- the other forms ------------------------------------------------------------------ */

static void check_nothing(struct checking *x, const struct test_expect *e) {
  item_list list = checking_items(x, e->rule->name, e->row);
  if (list.n) {
    checking_show(
        x,
        checking_fail(x, e->span, "%s fired for %s, and nothing was expected%s", e->rule->name,
                      item_row(list.v[0]), unknown_why(x, e->rule, item_key(list.v[0]))),
        e->rule, e->row ? e->row : list.v[0]->key);
    return;
  }
  note_unknown(x, e->rule, e->row, false);
}

static void check_count(struct checking *x, const struct test_expect *e) {
  item_list all = checking_items(x, e->rule ? e->rule->name : NULL, NULL), list = {0};
  for (size_t i = 0; i < all.n; i++)
    if (e->rule || !is_beside(x->d->rs, x->r->test, all.v[i])) VEC_PUSH(x->d->a, &list, all.v[i]);
  if ((long)list.n == e->n) return;
  const char *came = "";
  for (size_t i = 0; i < list.n; i++)
    came = arena_printf(x->d->a, "%s%s%s for %s", came, i ? ", " : ": ", list.v[i]->rule,
                        item_row(list.v[i]));
  checking_fail(x, e->span, "expected exactly %ld %s, came %zu%s", e->n,
                plural(e->n, "item", "items"), list.n, came);
}

/* ---- expect KPI = value --------------------------------------------------------------- */

/* The unit in which a value is written. */
static double written(const struct value *v, const struct value *like) {
  if (v->type.unit == U_MONEY) return v->num / currency_minor(v->type.currency);
  return like->type.unit == U_SHARE && like->type.percent ? v->num * 100 : v->num;
}

static bool equal(const struct value *want, const struct value *came, int decimals) {
  if (!want->known || !came->known) return want->known == came->known;
  if (unit_class(want->type.unit) == CLASS_TXT) return same(want->text, came->text);
  if (want->type.unit == U_MONEY && want->type.currency && came->type.currency &&
      !same(want->type.currency, came->type.currency))
    return false;
  double a = want->num, b = came->num;
  if (fabs(a - b) <= 1e-9 * fmax(fabs(a), fabs(b))) return true;
  double scale = pow(10, decimals);
  return decimals >= 0 && round(written(want, want) * scale) == round(written(came, want) * scale);
}

struct expected_value {
  struct checking *x;
  const struct test_expect *e;
};

static void take_value(void *ctx, size_t i, const struct value *values) {
  struct expected_value *v = ctx;
  const struct test_expect *e = v->e;
  char want[96], came[96];
  (void)i;
  struct value wanted = e->value;
  money_take_currency(&wanted, values[0].type.currency); /* a number alone is of the group's */
  if (equal(&wanted, &values[0], e->decimals)) return;
  checking_fail(v->x, e->span, "%s%s: expected %s, came %s%s", e->kpi->name,
                checking_row(v->x, e->row), value_text(&wanted, want, sizeof want),
                value_text(&values[0], came, sizeof came),
                values[0].known ? "" : checking_outside(v->x));
}

static void check_value(struct checking *x, const struct test_expect *e, int node, int domain) {
  struct evaluation *ev = verdicts_evaluation(x->d->verdicts);
  size_t n = evaluation_rows(ev, domain);
  int32_t row = -1;
  for (size_t i = 0; i < n && row < 0; i++)
    if (!e->row || domain == 0 || checking_called(x, domain, (int32_t)i, e->row)) row = (int32_t)i;
  if (row < 0) {
    checking_fail(x, e->span, "%s has no value%s: no such %s was given", e->kpi->name,
                  checking_row(x, e->row), e->kpi->entity ? e->kpi->entity->name : "group");
    return;
  }
  struct expected_value v = {x, e};
  struct diags problems = {.arena = x->d->keep};
  if (!evaluation_values(ev, domain, &row, 1, &node, 1, take_value, &v, &problems))
    checking_fail(x, e->span, "%s", diags_failure(&problems));
}

/* ---- what nobody expected ------------------------------------------------------------- */

static bool named(const struct test_step *s, const struct item *i) {
  for (size_t k = 0; k < s->expects.n; k++) {
    const struct test_expect *e = &s->expects.v[k];
    if (e->kind == EXPECT_VALUE || e->kind == EXPECT_TARGET) continue;
    if (e->kind == EXPECT_COUNT ? !e->rule || same(e->rule->name, i->rule)
                                : same(e->rule->name, i->rule) && is_row(i, e->row))
      return true;
  }
  return false;
}

/* A day that expects nothing of rules is about numbers, or only there for what follows. */
static bool speaks_of_rules(const struct test_step *s) {
  for (size_t k = 0; k < s->expects.n; k++)
    if (s->expects.v[k].kind != EXPECT_VALUE && s->expects.v[k].kind != EXPECT_TARGET) return true;
  return false;
}

static void check_unexpected(struct checking *x) {
  if (!speaks_of_rules(x->d->step)) return;
  item_list list = checking_items(x, NULL, NULL);
  for (size_t i = 0; i < list.n; i++) {
    const struct item *it = list.v[i];
    if (it->opened != x->d->step->day || named(x->d->step, it) ||
        is_beside(x->d->rs, x->r->test, it))
      continue;
    struct failure *f =
        checking_fail(x, x->r->test->span,
                      "%s fired for %s, and the test does not name it; if that is right, "
                      "add: expect %s for \"%s\"",
                      it->rule, item_row(it), it->rule, item_row(it));
    for (size_t r = 0; r < x->d->rs->rules.n; r++)
      if (same(x->d->rs->rules.v[r]->name, it->rule))
        checking_show(x, f, x->d->rs->rules.v[r], it->key);
  }
}

void day_check(struct test_day *d, struct test_result *r) {
  struct checking x = {d, r};
  if (d->error) {
    checking_fail(&x, r->test->span, "%s", d->error);
    return;
  }
  for (size_t i = 0; i < d->step->expects.n; i++) {
    const struct test_expect *e = &d->step->expects.v[i];
    switch (e->kind) {
      case EXPECT_FIRES: check_fires(&x, e); break;
      case EXPECT_UNKNOWN:
      case EXPECT_IGNORED:
      case EXPECT_FIRED_UNKNOWN: check_unknown(&x, e); break;
      case EXPECT_TARGET: check_target(&x, e); break;
      case EXPECT_NOTHING: check_nothing(&x, e); break;
      case EXPECT_COUNT: check_count(&x, e); break;
      case EXPECT_ESCALATED: check_escalated(&x, e); break;
      case EXPECT_NOT_ESCALATED: check_not_escalated(&x, e); break;
      case EXPECT_VALUE: check_value(&x, e, d->value_nodes[i], d->value_domains[i]); break;
    }
  }
  check_unexpected(&x);
}
