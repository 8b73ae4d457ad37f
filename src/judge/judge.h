/* Judges: from a list of (rule set, day, what is wanted) and a dataset to verdicts.
 *
 *   struct judge_entry entries[] = {{.rs = rs, .day = today, .want = WANT_RULES}, …};
 *   struct judgement *j = judge_begin(&(struct judge_request){.entries = entries, …});
 *   while (judge_left(j) && judge_next(j, &verdicts, problems)) …   one entry after the other
 *   judge_end(j);
 *
 * All entries are one plan: what two of them ask for is computed once. Whatever compares days or
 * rule sets is a loop over verdicts: a backtest has an entry a day; the difference between two
 * rule sets is an entry of each on the same day, whose hits are merged by key; tuning a threshold
 * has an entry a candidate, each with a rule set of its own. */
#ifndef VIGIE_JUDGE_H
#define VIGIE_JUDGE_H

#include "eval/evaluate.h"
#include "eval/results.h"
#include "judge/kpi.h"
#include "judge/verdict.h"

enum judge_want {
  WANT_RULES = 1,   /* the rules of the rule set, or the one named */
  WANT_TARGETS = 2, /* its targets that are checked, judged like rules */
  WANT_STATUS = 4,  /* how the targets of `kpis` stand */
  WANT_TRUTH = 8,   /* of its rules only for which rows they are true: no hits (verdicts_truth) */
  /* beside WANT_RULES: nobody reads the hits. They have what decides about items, and neither
   * action, link, reasons nor margins; what was missing is not told either */
  WANT_UNREAD = 16,
  /* beside WANT_RULES: hits have marks, and are described when verdicts_describe is called, but for
   * those that were left out until then */
  WANT_MARKS = 32,
};

struct judge_entry {
  struct ruleset *rs;
  day_t day;
  unsigned want;           /* enum judge_want, or'ed */
  struct rule *rule;       /* of the rules this one alone; NULL: all */
  struct kpi *const *kpis; /* valued, whatever `want` says */
  size_t n_kpis;
  struct kpi_choice *const *choices; /* by KPI: which rows are read, NULL: all; or NULL */
  const int *nodes; /* of the request's plan: computed too, read with evaluation_values */
  size_t n_nodes;
  struct arena *rows;  /* where the values of rows of entities live; NULL: as its verdicts */
  struct arena *arena; /* where its verdicts live; NULL: until the next call of judge_next */
};

struct judge_request {
  struct dataset *dataset;
  const struct judge_entry *entries; /* borrowed until judge_end */
  size_t n_entries;
  struct plan *plan;   /* may hold given KPIs, and the nodes of the entries */
  struct arena *arena; /* the judgement and its messages */
  void (*progress)(void *ctx, const char *what); /* names each table that is read; NULL: none */
  void *progress_ctx;
  bool timed;          /* verdicts say how long the conditions of each rule took */
  size_t window_bytes; /* of columns that are made at once; 0: WINDOW_BYTES */
};

struct judgement;

/* Plans all entries. Reads no data yet. */
struct judgement *judge_begin(const struct judge_request *r);
/* How many entries are to come. */
size_t judge_left(const struct judgement *j);
/* The verdicts of the next entry, in the order of the entries: one must be left. What the one
 * before left in the evaluation is gone. False: problems say what is wrong with the data, and
 * judge_end is all that may follow. */
bool judge_next(struct judgement *j, struct verdicts **out, struct diags *problems);
/* Instead of judge_next: the newest days, at most `day`, of the tables of events and records that
 * the entries read, in the arena of the request. Nothing is computed. */
bool judge_newest_days(struct judgement *j, day_t day, table_days *out, struct diags *problems);
/* Frees what the judgement holds; verdicts that live in an arena of their own stay readable, but
 * for their `standing` and their evaluation. NULL is fine. */
void judge_end(struct judgement *j);

/* Of WANT_MARKS: the hit of the rule on the row of this key, and its mark. NO_HIT: the rule does
 * not act on it, or its hits have no marks. */
#define NO_HIT SIZE_MAX
size_t verdicts_hit(const struct verdicts *v, const struct rule_verdict *r, const char *key,
                    uint64_t *mark);
/* The row of this key among those of the rule's domain; -1: there is none. */
int32_t verdicts_row(const struct verdicts *v, const struct rule_verdict *r, const char *key);
/* Describes the hits, once; of a judgement without marks they are. False: problems say why. */
bool verdicts_describe(const struct verdicts *v, struct diags *problems);

/* A rule over all rows of its domain, as bits by row: neither yes nor no is unknown. A row has one
 * place on all days of a judgement. */
struct row_truth {
  int domain;
  size_t n_rows;
  const uint64_t *yes, *no, *present; /* present: the row exists on the day */
};
/* Of the rule with this index in v->rules; until judge_next. */
struct row_truth verdicts_truth(const struct verdicts *v, size_t rule);

/* What is unknown in these rows of the rule, none of which it could judge: each name with how many
 * rows it is missing in, the most first; whatever `if unknown` says. In the arena. */
const struct missing *verdicts_missing(const struct verdicts *v, size_t rule, const int32_t *rows,
                                       size_t n_rows, struct arena *a, size_t *n);

/* A row that a rule could not judge. */
struct unjudged_row {
  const char *key;    /* as of a hit; NULL: a group that is unknown */
  const char *label;  /* NULL: it has none, or it is unknown */
  struct value worth; /* not known: the rule has no worth, or the row */
};
/* Those of the rule with this index in v->rules, at most `most` of them: those with the most at
 * stake first. None of a rule that fires where it does not know, or of a target. In the arena;
 * until judge_next. */
const struct unjudged_row *verdicts_unjudged(const struct verdicts *v, size_t rule, size_t most,
                                             struct arena *a, size_t *n);

/* The tables of events that the condition of v->rules[rule] reads and that are not filled any more,
 * with their newest days (evaluation_stopped); of a target none. Until judge_end. */
void verdicts_stopped(const struct verdicts *v, size_t rule, table_days *out);

/* Where the values of an entry's nodes are read, until judge_next or judge_end. */
struct evaluation *verdicts_evaluation(const struct verdicts *v);
/* What the data showed; NULL-terminated, until judge_end. */
const char *const *verdicts_notes(const struct verdicts *v);

/* Reads the holidays table into the rule set's calendar. */
bool load_holidays(struct ruleset *rs, struct dataset *dataset, struct diags *problems);
/* Reads the table of the fiscal periods into it. False: a row cannot be read, or the rows do not
 * follow each other. */
bool load_fiscal_periods(struct ruleset *rs, struct dataset *dataset, struct diags *problems);

#endif
