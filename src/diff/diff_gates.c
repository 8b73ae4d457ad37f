/* In: the text behind --fail-if, and a consequence. Out: which limits it goes past. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/suggest.h"
#include "diff/diff.h"

static const char *const names[] = {"opened", "closed", "queue", "over_capacity", "money"};
enum { GATES = sizeof names / sizeof *names };

static bool is_known(const char *name) {
  for (int i = 0; i < GATES; i++)
    if (strcmp(names[i], name) == 0) return true;
  return false;
}

static bool read_gate(const char *text, struct arena *a, diff_gates *out, struct diags *problems) {
  char name[32] = "", op[3] = "", rest = 0;
  double limit = 0;
  int n = sscanf(text, " %31[a-z_] %2[>=] %lf %c", name, op, &limit, &rest);
  bool good = strcmp(op, ">") == 0 || strcmp(op, ">=") == 0;
  if (n == 3 && is_known(name) && good && isfinite(limit)) {
    struct diff_gate g = {
        .name = arena_strdup(a, name), .op = arena_strdup(a, op), .limit = limit, .from = DAY_NONE};
    VEC_PUSH(a, out, g);
    return true;
  }
  const char *near = *name && !is_known(name) ? suggest(name, names, GATES) : NULL;
  if (near)
    return diag_fail(problems, V0704, "--fail-if knows no \"%s\": did you mean %s?", name, near);
  return diag_fail(problems, V0704,
                   "--fail-if takes opened, closed, queue, over_capacity or money, and a limit, "
                   "such as \"opened > 10, queue > 15\", not \"%s\"",
                   text);
}

bool diff_gates_read(const char *text, struct arena *a, diff_gates *out, struct diags *problems) {
  while (true) {
    size_t n = strcspn(text, ",");
    if (!read_gate(arena_strndup(a, text, n), a, out, problems)) return false;
    if (!text[n]) return true;
    text += n + 1;
  }
}

static bool one_measure(const struct consequence *c, struct diags *problems) {
  const char *list = "";
  if (c->money.n <= 1) return true;
  for (size_t i = 0; i < c->money.n; i++)
    list = arena_printf(problems->arena, "%s%s%s of %s", list, i ? ", " : "", c->money.v[i].measure,
                        c->money.v[i].entity);
  return diag_fail(problems, V0704,
                   "--fail-if money cannot say which of several measures it means: %s", list);
}

/* Money in units that people write, not in cents. */
static double money_after(const struct consequence *c) {
  if (!c->money.n) return 0;
  const struct value *v = &c->money.v[0].after;
  return v->num / currency_minor(v->type.currency);
}

static double value_of(const char *name, const struct consequence *c) {
  if (strcmp(name, "opened") == 0) return (double)c->opened.n;
  if (strcmp(name, "closed") == 0) return (double)c->closed.n;
  if (strcmp(name, "queue") == 0) return (double)c->fullest;
  if (strcmp(name, "over_capacity") == 0) return (double)c->over_capacity;
  return money_after(c);
}

static bool is_past(const struct diff_gate *g, double is) {
  return g->op[1] ? is >= g->limit : is > g->limit;
}

/* On the day of the data; where that holds, on the first later day that does not: a line that comes
 * into force later opens its items then. */
static bool weigh(struct diff_gate *g, const struct policy_diff *d, struct diags *problems) {
  for (size_t i = 0; i <= d->later.n; i++) {
    const struct consequence *c = i ? d->later.v[i - 1] : d->now;
    if (strcmp(g->name, "money") == 0 && !one_measure(c, problems)) return false;
    double is = value_of(g->name, c);
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
  return arena_printf(a, "gate: %s is %.15g%s, the limit is %s %.15g", g->name, g->is, from, g->op,
                      g->limit);
}

bool diff_gates_failed(const diff_gates *gates) {
  for (size_t i = 0; i < gates->n; i++)
    if (gates->v[i].failed) return true;
  return false;
}
