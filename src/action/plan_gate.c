/* In: the text behind --fail-if; the record of a plan. Out: the gates, and how each stands. */
#include "action/plan_gate.h"

#include <stdio.h>
#include <string.h>

#include "action/gate_text.h"
#include "action/plan_view.h"
#include "action/short_name.h"
#include "base/check.h"
#include "base/suggest.h"
#include "base/text.h"

static const char *const counted[] = {
#define PLAN_GATE(word, number) word,
#include "action/plan_gate.def"
#undef PLAN_GATE
};
enum { COUNTED = sizeof counted / sizeof *counted };

/* ---- reading -------------------------------------------------------------------------- */

struct reading_gates {
  const struct ruleset *rs;
  struct arena *a;
  struct diags *problems;
};

static bool is_counted(const char *word) {
  for (size_t i = 0; i < COUNTED; i++)
    if (strcmp(counted[i], word) == 0) return true;
  return false;
}

static bool misread(const struct reading_gates *x, const char *text) {
  const char *list = "";
  for (size_t i = 0; i < COUNTED; i++)
    list = arena_printf(x->a, "%s%s%s", list, i ? ", " : "", counted[i]);
  return diag_fail(x->problems, V0704,
                   "--fail-if takes %s, queue, or a worth of the rules, and a limit, such as "
                   "\"opened > 50, queue > 20, arr > 3M EUR\", not \"%s\"",
                   list, text);
}

static bool unknown_word(const struct reading_gates *x, const char *word, const char *text) {
  const char **names = NEW_N(x->a, const char *, COUNTED + 1 + x->rs->rules.n);
  size_t n = 0;
  for (; n < COUNTED; n++) names[n] = counted[n];
  names[n++] = "queue";
  for (size_t i = 0; i < x->rs->rules.n; i++) names[n++] = x->rs->rules.v[i]->measure.name;
  const char *near = suggest(word, names, n);
  if (!near) return misread(x, text);
  return diag_fail(x->problems, V0704, "--fail-if knows no \"%s\": did you mean %s?", word, near);
}

static bool read_subject(const struct reading_gates *x, const struct gate_text *t,
                         struct plan_gate *g) {
  const char *const *w = t->words;
  size_t n = t->n_words;
  if (!n) return misread(x, t->text);
  g->what = w[0];
  if (n == 1 && is_counted(w[0])) return true;
  if (n <= 2 && strcmp(w[0], "queue") == 0) {
    g->of = GATE_QUEUE;
    g->person = n == 2 ? w[1] : NULL;
    return true;
  }
  g->of = GATE_MONEY;
  g->entity = n == 3 && strcmp(w[1], "of") == 0 ? w[2] : NULL;
  if ((n == 1 || g->entity) && is_worth_of_rules(x->rs, w[0], g->entity)) return true;
  if (g->entity && is_worth_of_rules(x->rs, w[0], NULL))
    return diag_fail(x->problems, V0704, "no rule has a worth %s of %s: `%s` alone means all", w[0],
                     g->entity, w[0]);
  return n == 1 || g->entity ? unknown_word(x, w[0], t->text) : misread(x, t->text);
}

static bool read_one(const struct reading_gates *x, const struct gate_text *t,
                     plan_gate_list *out) {
  struct plan_gate g = {.of = GATE_COUNT, .or_equal = t->or_equal};
  if (!read_subject(x, t, &g)) return false;
  bool whole = g.of != GATE_MONEY;
  g.limit = t->limit;
  g.currency = t->currency;
  if (!t->has_limit || (whole && g.currency) || (whole && g.limit != (double)(long)g.limit))
    return misread(x, t->text);
  if (g.currency && !gate_can_be_in(t, x->rs, g.what, g.entity, x->problems)) return false;
  VEC_PUSH(x->a, out, g);
  return true;
}

bool plan_gates_read(const char *text, const struct ruleset *rs, struct arena *a,
                     plan_gate_list *out, struct diags *problems) {
  const struct reading_gates x = {rs, a, problems};
  gate_texts texts = gate_texts_read(text, a);
  for (size_t i = 0; i < texts.n; i++)
    if (!read_one(&x, &texts.v[i], out)) return false;
  return true;
}

/* ---- how they stand ------------------------------------------------------------------- */

static double count_of(const char *word, const struct plan_view *p) {
#define PLAN_GATE(name, number) \
  if (strcmp(word, name) == 0) return (double)(number);
#include "action/plan_gate.def"
#undef PLAN_GATE
  UNREACHABLE("a word of plan_gate.def");
}

/* money: the type of `is`; NULL: it is a number of items. */
static void add_result(struct plan_view *p, const struct plan_gate *g, const char *of,
                       const char *what, double is, const struct type *money) {
  struct gate_result r = {.gate = g, .of = of, .what = what, .is = is};
  r.failed = g->or_equal ? is >= g->limit : is > g->limit;
  if (money) {
    struct value v = {.type = *money, .known = true};
    char text[96];
    double minor = currency_minor(money->currency);
    v.num = is * minor;
    r.is_text = arena_strdup(p->a, value_text(&v, text, sizeof text));
    v.num = g->limit * minor;
    r.limit_text = arena_strdup(p->a, value_text(&v, text, sizeof text));
  } else {
    r.is_text = grouped_count((long)is, p->a);
    r.limit_text = grouped_count((long)g->limit, p->a);
  }
  VEC_PUSH(p->a, &p->gates, r);
}

/* Each measure that is meant; where nothing is at stake of it there is none. */
static void check_money(struct plan_view *p, const struct plan_gate *g) {
  bool any = false;
  for (size_t i = 0; i < p->stake.n; i++) {
    const struct measure_sum *m = &p->stake.v[i].after;
    const char *currency = m->money.type.currency;
    if (!same_text(m->name, g->what) || (g->entity && strcmp(m->entity, g->entity) != 0) ||
        (g->currency && !same_text(currency, g->currency)))
      continue;
    any = true;
    const char *text = measure_text(m, p->a);
    add_result(p, g, text, text, m->money.num / currency_minor(currency), &m->money.type);
  }
  if (any) return;
  const char *what = g->entity ? arena_printf(p->a, "%s of %s", g->what, g->entity) : g->what;
  struct type none = {.unit = U_MONEY, .currency = g->currency};
  add_result(p, g, what, what, 0, g->currency ? &none : NULL);
}

/* ---- people --------------------------------------------------------------------------- */

/* Everybody whom the plan knows: who has or had a queue, and who is on the list of a team. */
static size_t people_of(const struct plan_view *p, const char ***out) {
  const struct verdicts *v = p->o->verdicts;
  size_t n = p->queues.n, have = 0;
  for (size_t t = 0; t < v->n_teams; t++) n += v->teams[t].n_people + 1;
  const char **list = NEW_N(p->a, const char *, n + 1);
  for (size_t i = 0; i < p->queues.n; i++)
    if (p->queues.v[i].owner) list[have++] = p->queues.v[i].owner;
  for (size_t t = 0; t < v->n_teams; t++) {
    if (v->teams[t].lead) list[have++] = v->teams[t].lead;
    for (size_t k = 0; k < v->teams[t].n_people; k++) list[have++] = v->teams[t].people[k].address;
  }
  *out = list;
  return have;
}

static bool is_person(const char *name, const char *address, struct arena *a) {
  const char *x = text_lower(a, name), *y = text_lower(a, address);
  size_t n = strlen(x);
  return strncmp(x, y, n) == 0 && (!y[n] || y[n] == '@');
}

/* The address that is meant. A whole address that nobody is near to has no items; false: a
 * message. */
static bool person_of(const struct plan_view *p, const char *name, const char **out,
                      struct diags *problems) {
  const char **people, **names;
  size_t n = people_of(p, &people);
  for (size_t i = 0; i < n; i++)
    if (is_person(name, people[i], p->a)) {
      *out = people[i];
      return true;
    }
  names = NEW_N(p->a, const char *, n + 1);
  for (size_t i = 0; i < n; i++) names[i] = arena_strndup(p->a, people[i], strcspn(people[i], "@"));
  const char *near = suggest(arena_strndup(p->a, name, strcspn(name, "@")), names, n);
  for (size_t i = 0; near && i < n; i++)
    if (near == names[i]) near = people[i];
  *out = name;
  if (near)
    return diag_fail(problems, V0703, "--fail-if: nobody is called %s; did you mean %s?", name,
                     near);
  return strchr(name, '@') ||
         diag_fail(problems, V0703, "--fail-if: nobody is called %s: write the whole address",
                   name);
}

/* One person's: in all teams together. */
static void check_person(struct plan_view *p, const struct plan_gate *g, const char *person) {
  long n = 0;
  for (size_t i = 0; i < p->queues.n; i++) {
    const char *owner = p->queues.v[i].owner;
    if (owner && strcmp(text_lower(p->a, owner), text_lower(p->a, person)) == 0)
      n += p->queues.v[i].after.to_do;
  }
  const char *name = short_name(person, p->domain, p->a);
  add_result(p, g, person, arena_printf(p->a, "queue of %s", name), (double)n, NULL);
}

/* The longest of all, and how many others are past the limit. */
static void check_longest(struct plan_view *p, const struct plan_gate *g) {
  const struct plan_queue *longest = NULL;
  long past = 0;
  for (size_t i = 0; i < p->queues.n; i++) {
    const struct plan_queue *q = &p->queues.v[i];
    long n = q->after.to_do;
    if (!q->owner) continue;
    past += g->or_equal ? (double)n >= g->limit : (double)n > g->limit;
    if (!longest || n > longest->after.to_do) longest = q;
  }
  const char *name = longest ? short_name(longest->owner, p->domain, p->a) : "anybody";
  const char *what = arena_printf(p->a, "queue of %s", name);
  if (past > 1) what = arena_printf(p->a, "%s, the longest of %ld past it,", what, past);
  add_result(p, g, longest ? longest->owner : NULL, what,
             longest ? (double)longest->after.to_do : 0, NULL);
}

bool plan_gates_check(const plan_gate_list *gates, struct plan_view *p, struct diags *problems) {
  for (size_t i = 0; i < gates->n; i++) {
    const struct plan_gate *g = &gates->v[i];
    const char *person;
    switch (g->of) {
      case GATE_COUNT: add_result(p, g, NULL, g->what, count_of(g->what, p), NULL); break;
      case GATE_MONEY: check_money(p, g); break;
      case GATE_QUEUE:
        if (!g->person) {
          check_longest(p, g);
          break;
        }
        if (!person_of(p, g->person, &person, problems)) return false;
        check_person(p, g, person);
        break;
    }
  }
  return true;
}

const char *gate_line(const struct gate_result *r, struct arena *a) {
  return arena_printf(a, "gate: %s is %s, the limit is %s%s: %s", r->what, r->is_text,
                      r->gate->or_equal ? "below " : "", r->limit_text,
                      r->failed ? "failed" : "ok");
}
