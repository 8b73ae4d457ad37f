/* Verdicts without an dataset: one rule over a few rows whose standing the test writes down. */
#ifndef VIGIE_VERDICT_STUB_H
#define VIGIE_VERDICT_STUB_H

#include <string.h>

#include "action/compare.h"
#include "judge/verdict.h"

struct stub_row {
  const char *key;
  struct standing standing;
  struct hit hit; /* used where standing.when is true */
};

struct stub {
  struct verdicts v;
  struct rule_verdict rule;
  struct stub_row rows[8];
  struct hit hits[8];
  size_t n;
};

static struct standing stub_standing(const struct verdicts *v, const struct rule_verdict *r,
                                     const char *key) {
  const struct stub *s = (const struct stub *)v; /* its first member */
  (void)r;
  for (size_t i = 0; i < s->n; i++)
    if (text_same(s->rows[i].key, key)) return s->rows[i].standing;
  return (struct standing){.present = false};
}

/* The rows of a stub have no reasons. */
static const struct because *stub_reasons(const struct verdicts *v, const struct rule_verdict *r,
                                          const char *key, size_t *n) {
  (void)v, (void)r, (void)key;
  *n = 0;
  return NULL;
}

static struct value stub_money(double minor) {
  return (struct value){.type = {.unit = U_MONEY, .currency = "EUR"}, .known = true, .num = minor};
}

static void stub_init(struct stub *s, day_t as_of) {
  *s = (struct stub){.v = {.as_of = as_of,
                           .digest = "d16e57",
                           .n_rules = 1,
                           .standing = stub_standing,
                           .reasons = stub_reasons},
                     .rule = {.rule = "at_risk",
                              .entity = "account",
                              .team = "CS",
                              .priority = "high",
                              .worth_currency = "EUR",
                              .report_unknown = true}};
}

/* Adds a row, or changes it. */
static struct stub_row *stub_row(struct stub *s, const char *key, enum truth when) {
  size_t i = 0;
  while (i < s->n && !text_same(s->rows[i].key, key)) i++;
  if (i == s->n) {
    s->n++;
    s->rows[i] = (struct stub_row){.key = key,
                                   .hit = {.key = key,
                                           .label = key ? key : "?",
                                           .owner = "ana@acme.example",
                                           .action = "Call them",
                                           .due = s->v.as_of + 7,
                                           .worth = stub_money(12000000)}};
  }
  s->rows[i].standing = (struct standing){.present = true, .when = when};
  return &s->rows[i];
}

/* To be called after the rows have been written down: the hits follow. */
static const struct verdicts *stub_verdicts(struct stub *s) {
  s->rule.n_hits = 0;
  s->rule.rows = (long)s->n;
  s->rule.unknown = 0;
  for (size_t i = 0; i < s->n; i++) {
    if (!s->rows[i].standing.present) continue;
    if (s->rows[i].standing.when == TRUTH_TRUE) s->hits[s->rule.n_hits++] = s->rows[i].hit;
    if (s->rows[i].standing.when == TRUTH_UNKNOWN) s->rule.unknown++;
  }
  s->rule.hits = s->hits;
  s->v.rules = &s->rule;
  return &s->v;
}

#endif
