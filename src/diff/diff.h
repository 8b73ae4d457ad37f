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
  const char *name;     /* "opened"; of `worth` that of the rules: "arr" */
  bool worth;           /* money of one measure */
  const char *entity;   /* of which rows; NULL: of any */
  const char *op;       /* ">", ">=" */
  double limit;         /* of money in units that people write, not in cents */
  const char *currency; /* in which; NULL: in any */
  double is;            /* set by diff_gates_weigh */
  day_t from;           /* the later day that fails; DAY_NONE: the day of the data */
  bool failed;
};
typedef VEC(struct diff_gate) diff_gates;

struct policy_diff {
  day_t as_of; /* on which both versions are compared */
  meanings meanings;
  rule_proofs proofs;
  const struct consequence *now;         /* on the day of the data; NULL: no data were given */
  VEC(const struct consequence *) later; /* by day: lines of thresholds that come into force */
  const char *state;                     /* NULL: both began with nothing */
  const struct two_backtests *backtests; /* NULL: no span was given */
  diff_gates gates;
};

/* "opened > 10, queue >= 20": opened, closed, queue (the fullest person's), over_capacity (people),
 * money (where there is one measure), or a worth of the rules: "arr > 3M EUR", "arr of account >
 * 3M". False: problems say what to write. */
bool diff_gates_read(const char *text, const struct ruleset *rs, struct arena *a, diff_gates *out,
                     struct diags *problems);
/* Holds the gates against the consequences, those of later days too. False: `money`
 * does not say which of several measures it
 * means; problems list them. */
bool diff_gates_weigh(struct policy_diff *d, struct diags *problems);
bool diff_gates_failed(const diff_gates *gates);
/* "gate: opened is 3 from 2026-03-15, the limit is > 2"; in the arena. */
const char *diff_gate_words(const struct diff_gate *g, struct arena *a);
/* " on 2026-03-01", where a line that has changed comes into force later and no data show what it
 * will do: the proof is about one day. Else "". */
const char *proof_day(const struct policy_diff *d, struct arena *a);

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
