/* In: a rule, a row, a day. Out: every part of its condition with its truth and the values in it.
 */
#include <string.h>

#include "eval/row_key.h"
#include "test/day.h"

/* Texts of an evaluation end with it. */
static const char *value_words(struct test_day *d, const struct part *p, const struct value *v) {
  const char *out = "";
  for (size_t i = 0; i < p->values.n; i++) {
    char buf[96];
    bool text = v[i].known && unit_class(v[i].type.unit) == CLASS_TXT;
    out = arena_printf(d->keep, "%s%s%s = %s%s%s", out, *out ? ", " : "", p->values.v[i].name,
                       text ? "\"" : "", text ? v[i].text : value_text(&v[i], buf, sizeof buf),
                       text ? "\"" : "");
  }
  return out;
}

struct showing {
  struct test_day *d;
  const struct trace *t;
  struct shown_row *out;
};

static void take_parts(void *ctx, size_t i, const struct value *values) {
  struct showing *s = ctx;
  (void)i;
  size_t at = 0;
  for (size_t k = 0; k < s->t->parts.n; k++) {
    const struct part *p = &s->t->parts.v[k];
    const struct value *truth = &values[at];
    struct shown_part shown = {.depth = p->depth, .text = arena_strdup(s->d->keep, p->text)};
    shown.truth = !truth->known ? TRUTH_UNKNOWN : truth->num != 0 ? TRUTH_TRUE : TRUTH_FALSE;
    shown.values = value_words(s->d, p, values + at + 1);
    VEC_PUSH(s->d->keep, &s->out->parts, shown);
    at += 1 + p->values.n;
  }
}

struct shown_row show_row(struct test_day *d, const struct trace *t, int32_t row) {
  struct shown_row out = {
      .rule = t->rule->name,
      .row = evaluation_row_name(verdicts_evaluation(d->verdicts), t->domain, row, d->keep),
      .day = d->step->day};
  trace_nodes nodes = {0};
  for (size_t k = 0; k < t->parts.n; k++) {
    VEC_PUSH(d->a, &nodes, t->parts.v[k].node);
    for (size_t i = 0; i < t->parts.v[k].values.n; i++)
      VEC_PUSH(d->a, &nodes, t->parts.v[k].values.v[i].node);
  }
  struct showing s = {d, t, &out};
  struct diags problems = {.arena = d->a}; /* the same nodes have been computed for the verdict */
  evaluation_values(verdicts_evaluation(d->verdicts), t->domain, &row, 1, nodes.v, nodes.n,
                    take_parts, &s, &problems);
  return out;
}

struct presence {
  int32_t *out;
  size_t n, max;
};

static void take_presence(void *ctx, size_t i, const struct value *values) {
  struct presence *p = ctx;
  if (values[0].known && values[0].num == 0) return;
  if (p->n < p->max) p->out[p->n] = (int32_t)i;
  p->n++;
}

size_t rows_there(struct test_day *d, const struct trace *t, int32_t *out, size_t max) {
  struct evaluation *ev = verdicts_evaluation(d->verdicts);
  size_t n = evaluation_rows(ev, t->domain);
  int32_t *rows = NEW_N(d->a, int32_t, n + 1);
  for (size_t i = 0; i < n; i++) rows[i] = (int32_t)i;
  struct presence p = {.out = out, .max = max};
  struct diags problems = {.arena = d->a};
  evaluation_values(ev, t->domain, rows, n, &t->exists, 1, take_presence, &p, &problems);
  if (t->exists >= 0) return p.n;
  /* nothing to look up: every row is there */
  for (size_t i = 0; i < n && i < max; i++) out[i] = (int32_t)i;
  return n;
}
