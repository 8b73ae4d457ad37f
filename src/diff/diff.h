/* The difference between two versions of a policy, as people and programs read it. */
#ifndef VIGIE_DIFF_H
#define VIGIE_DIFF_H

#include <stdio.h>

#include "action/print_text.h"
#include "diff/consequence.h"
#include "diff/meaning.h"
#include "diff/proof.h"
#include "diff/two_backtests.h"

/* A limit that the new version may not go past. */
struct diff_gate {
  const char *name; /* "opened" */
  const char *op;   /* ">", ">=" */
  double limit;
  double is; /* set by diff_gates_weigh */
  bool failed;
};
typedef VEC(struct diff_gate) diff_gates;

struct policy_diff {
  meanings meanings;
  rule_proofs proofs;
  const struct consequence *now;         /* on the day of the data; NULL: no data were given */
  VEC(const struct consequence *) later; /* by day: lines of thresholds that come into force */
  const char *state;                     /* NULL: both began with nothing */
  const struct two_backtests *backtests; /* NULL: no span was given */
  diff_gates gates;
};

/* "opened > 10, queue >= 20": opened, closed, queue (the fullest person's), over_capacity (people),
 * money (of one measure). False: problems say what to write. */
bool diff_gates_read(const char *text, struct arena *a, diff_gates *out, struct diags *problems);
/* Holds the gates against the consequence. False: `money` does not say which of several measures it
 * means; problems list them. */
bool diff_gates_weigh(diff_gates *gates, const struct consequence *c, struct diags *problems);
bool diff_gates_failed(const diff_gates *gates);

void print_diff_text(FILE *f, const struct policy_diff *d, const struct text_style *style,
                     struct arena *a);
/* For a pull request. */
void print_diff_markdown(FILE *f, const struct policy_diff *d, struct arena *a);
/* {as_of, state, meaning, proof, opened, closed, changed, queues, money, kpis, later, backtest,
 * gates} */
void print_diff_json(FILE *f, const struct policy_diff *d);

/* ---- the backtests side by side (two_backtests_text.c) ---- */
void print_two_backtests_text(FILE *f, const struct two_backtests *t,
                              const struct text_style *style, struct arena *a);
void print_two_backtests_markdown(FILE *f, const struct two_backtests *t, struct arena *a);

/* ---- words that text and Markdown share (diff_words.c) ---- */
/* "10 → 8 from 2026-10-01, because …". */
const char *meaning_words(const struct meaning *m, struct arena *a);
/* "threshold usage_alarm". */
const char *meaning_subject(const struct meaning *m, struct arena *a);
/* What is proved of the rule; c: what the data show where nothing is, or NULL. */
const char *proof_words(const struct rule_proof *p, const struct consequence *c, struct arena *a);
const char *proof_answer_name(enum proof_answer answer); /* "only_more" */
/* "Larkspur Biotech", or the key. */
const char *item_words(const struct item *i);
/* "112,050 EUR"; "" where it has no worth. */
const char *item_worth(const struct item *i, struct arena *a);
/* "arr  1,307,146.80 EUR of 42 accounts → 1,148,746.80 of 39". */
const char *money_words(const struct moved_money *m, struct arena *a);
/* "67.3% → 67.6%, amber both times". */
const char *kpi_words(const struct moved_kpi *k, struct arena *a);
const char *kpi_subject(const struct moved_kpi *k, struct arena *a);

#endif
