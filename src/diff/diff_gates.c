/* In: the text behind --fail-if, and a consequence. Out: which limits it goes past. */
#include <stdio.h>
#include <string.h>

#include "action/gate_text.h"
#include "base/check.h"
#include "base/suggest.h"
#include "base/text.h"
#include "diff/diff.h"

static const char *const names[] = {"opened", "closed", "queue", "over_capacity", "money"};
enum { GATES = sizeof names / sizeof *names };

static bool is_known(const char *name) {
  for (int i = 0; i < GATES; i++)
    if (strcmp(names[i], name) == 0) return true;
  return false;
}

struct reading {
  const struct ruleset *rs;
  struct arena *a;
  struct diags *problems;
};

static bool misread(const struct reading *x, const char *text) {
  return diag_fail(x->problems, V0704,
                   "--fail-if takes opened, closed, queue, over_capacity, money or a worth of the "
                   "rules, and a limit, such as \"opened > 10, queue > 15, arr > 3M EUR\", not "
                   "\"%s\"",
                   text);
}

static bool unknown_worth(const struct reading *x, const struct gate_text *t, const char *entity) {
  if (entity && is_worth_of_rules(x->rs, t->words[0], NULL))
    return diag_fail(x->problems, V0704, "--fail-if: no rule has a worth %s of %s", t->words[0],
                     entity);
  const char **list = NEW_N(x->a, const char *, GATES + x->rs->rules.n + 1);
  size_t n = 0;
  for (; n < GATES; n++) list[n] = names[n];
  for (size_t i = 0; i < x->rs->rules.n; i++)
    if (x->rs->rules.v[i]->measure.name) list[n++] = x->rs->rules.v[i]->measure.name;
  const char *near = suggest(t->words[0], list, n);
  if (!near) return misread(x, t->text);
  return diag_fail(x->problems, V0704, "--fail-if knows no \"%s\": did you mean %s?", t->words[0],
                   near);
}

static bool read_gate(const struct reading *x, const struct gate_text *t, diff_gates *out) {
  bool of = t->n_words == 3 && strcmp(t->words[1], "of") == 0, one = t->n_words == 1;
  struct diff_gate g = {.name = t->words[0],
                        .entity = of ? t->words[2] : NULL,
                        .op = t->or_equal ? ">=" : ">",
                        .limit = t->limit,
                        .currency = t->currency,
                        .from = DAY_NONE};
  if (!one && !of) return misread(x, t->text);
  g.worth = !(one && is_known(g.name));
  if (g.worth && !is_worth_of_rules(x->rs, g.name, g.entity)) return unknown_worth(x, t, g.entity);
  bool money = g.worth || strcmp(g.name, "money") == 0;
  if (!t->has_limit || (t->currency && !money)) return misread(x, t->text);
  if (g.worth && g.currency && !gate_can_be_in(t, x->rs, g.name, g.entity, x->problems))
    return false;
  VEC_PUSH(x->a, out, g);
  return true;
}

bool diff_gates_read(const char *text, const struct ruleset *rs, struct arena *a, diff_gates *out,
                     struct diags *problems) {
  const struct reading x = {rs, a, problems};
  gate_texts texts = gate_texts_read(text, a);
  for (size_t i = 0; i < texts.n; i++)
    if (!read_gate(&x, &texts.v[i], out)) return false;
  return true;
}

/* ---- how they stand --------------------------------------------------------------------- */

static bool is_meant(const struct diff_gate *g, const struct moved_money *m) {
  if (g->worth && strcmp(m->measure, g->name) != 0) return false;
  if (g->entity && strcmp(m->entity, g->entity) != 0) return false;
  return !g->currency || same_text(m->after.type.currency, g->currency);
}

/* The money that a gate means; *is 0 where nothing is at stake. Measures are never added up. */
static bool money_after(const struct diff_gate *g, const struct consequence *c, double *is,
                        struct diags *problems) {
  const char *list = "";
  size_t n = 0;
  *is = 0;
  for (size_t i = 0; i < c->money.n; i++) {
    const struct moved_money *m = &c->money.v[i];
    if (!is_meant(g, m)) continue;
    *is = m->after.num / currency_minor(m->after.type.currency);
    list =
        arena_printf(problems->arena, "%s%s%s of %s", list, n++ ? ", " : "", m->measure, m->entity);
  }
  if (n <= 1) return true;
  return diag_fail(
      problems, V0704,
      "--fail-if %s cannot say which of several measures it means: %s. Name one, as in "
      "\"%s of %s > 500k\"",
      g->name, list, c->money.v[0].measure, c->money.v[0].entity);
}

static bool value_of(const struct diff_gate *g, const struct consequence *c, double *is,
                     struct diags *problems) {
  if (g->worth) return money_after(g, c, is, problems);
  if (strcmp(g->name, "opened") == 0)
    *is = (double)c->opened.n;
  else if (strcmp(g->name, "closed") == 0)
    *is = (double)c->closed.n;
  else if (strcmp(g->name, "queue") == 0)
    *is = (double)c->fullest;
  else if (strcmp(g->name, "over_capacity") == 0)
    *is = (double)c->over_capacity;
  else
    return money_after(g, c, is, problems);
  return true;
}

static bool is_past(const struct diff_gate *g, double is) {
  return g->op[1] ? is >= g->limit : is > g->limit;
}

/* On the day of the data; where that holds, on the first later day that does not: a line that comes
 * into force later opens its items then. */
static bool weigh(struct diff_gate *g, const struct policy_diff *d, struct diags *problems) {
  for (size_t i = 0; i <= d->later.n; i++) {
    const struct consequence *c = i ? d->later.v[i - 1] : d->now;
    double is;
    if (!value_of(g, c, &is, problems)) return false;
    if (g->failed || (i && !is_past(g, is))) continue;
    g->is = is;
    g->from = i ? c->day : DAY_NONE;
    g->failed = is_past(g, is);
  }
  return true;
}

bool diff_gates_weigh(struct policy_diff *d, struct diags *problems) {
  CHECK(d->now); /* gates count items, so that data were given */
  for (size_t i = 0; i < d->gates.n; i++)
    if (!weigh(&d->gates.v[i], d, problems)) return false;
  return true;
}

const char *diff_gate_words(const struct diff_gate *g, struct arena *a) {
  char day[16];
  const char *from = g->from == DAY_NONE ? "" : arena_printf(a, " from %s", day_text(g->from, day));
  const char *of = g->entity ? arena_printf(a, " of %s", g->entity) : "";
  return arena_printf(a, "gate: %s%s is %.15g%s, the limit is %s %.15g", g->name, of, g->is, from,
                      g->op, g->limit);
}

bool diff_gates_failed(const diff_gates *gates) {
  for (size_t i = 0; i < gates->n; i++)
    if (gates->v[i].failed) return true;
  return false;
}
