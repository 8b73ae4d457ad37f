/* What the checks share. Only files of lint/ include this; others see lint.h.
 *
 * A check is `void lint_NAME(struct lint *l)`: it looks at l->rs and l->facts, and reports findings
 * with lint_tell. Everything it makes lives in l->a. */
#ifndef VIGIE_LINT_CHECK_H
#define VIGIE_LINT_CHECK_H

#include "lint/condition.h"
#include "lint/lint.h"

/* How often a name is used, and by what. */
struct uses {
  int rules, kpis, targets, others;
};

/* A condition somewhere in the files: of a rule, a segment, or behind a `where`. */
struct place {
  const struct rule *rule; /* NULL: not the `when` of a rule */
  const struct term *term;
  const char *what; /* "the rule `renewal_at_risk`" */
  const struct condition *cond;
};

struct rule_facts {
  struct rule *rule;
  const struct ast_item *item;
  const struct condition *when, *clear; /* NULL: none */
  bool dead;                            /* `when` can never be true: said once */
  const char *when_key;                 /* two conditions with one key say the same */
};

/* Every row of narrow is a row of wide; same: and the other way round (narrow is then the later
 * one). */
struct rule_pair {
  const struct rule_facts *narrow, *wide;
  bool same;
};

/* A kind of terms, in a set of them. */
#define KIND(k) (UINT64_C(1) << (k))
_Static_assert(TERM_KINDS <= 64, "a set of kinds of terms is a number of 64 bits");

struct facts {
  VEC(const struct term *) terms; /* of the rule set, in the order of ruleset_walk */
  VEC(unsigned char) kinds;       /* of each */
  VEC(struct rule_facts) rules;   /* those that are not broken */
  VEC(struct place) places;
  /* for each narrow one the first wide one: pairs.c */
  VEC(struct rule_pair) pairs;
  struct map kpis, thresholds, segments, teams, defines; /* name -> struct uses */
};

/* Where something was said: each place is looked up by many checks (finding.c). */
struct told {
  struct pointer_map findings; /* where one begins, in the text of its file -> struct told_here */
  size_t n;                    /* how many findings are in there */
  VEC(struct span) warned;     /* what check warned of, sorted; each with the farthest end so far */
  bool sorted;
};

struct lint {
  struct ruleset *rs;
  struct arena *a;
  const struct lint_options *options;
  const struct lint_check *now; /* the check that runs */
  struct own_checks own;        /* own.h */
  struct diags findings;
  struct told told;
  VEC(struct lint_fix) fixes;
  struct facts facts;
  struct subjects subjects;
  struct data_facts *data;       /* data.h; NULL without a dataset */
  struct selections *selections; /* selection.h; NULL until a check asks for them */
  struct diags *problems;        /* errors here: the data could not be read */
  struct lint_result *result;    /* its allows are read before the checks run */
};

/* Into the map the names of the rules of which a test expects something. */
void note_tested(struct lint *l, struct map *tested); /* rule_action.c */
void pairs_gather(struct lint *l);                    /* pairs.c */
bool same_due(const struct rule *x, const struct rule *y);
void facts_gather(struct lint *l);                                 /* facts.c */
const struct uses *uses_of(const struct map *m, const char *name); /* never NULL */

/* A finding of the check that runs. NULL when the place is in the standard library, which is not
 * the author's; lint_help and lint_note take NULL. */
struct diag *lint_tell(struct lint *l, struct span at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Has an earlier check of the table told of what begins here? */
bool lint_told(struct lint *l, const char *code, struct span at);
#define lint_help(l, d, ...) diag_help(&(l)->findings, d, __VA_ARGS__)
#define lint_note(l, d, at, ...) diag_note(&(l)->findings, d, at, __VA_ARGS__)

/* The finding is gone when text stands in the place of at, and the rules mean the same. d may be
 * NULL. */
void lint_fix(struct lint *l, const struct diag *d, struct span at, const char *text);

bool from_library(struct span at);
/* Is one of the words (NULL ends them) a word of the name: mrr of `new_mrr`, not of `narrow`? */
bool lint_has_word(const char *name, const char *const *words);
/* Is it a state in which nothing more happens to a row: "Closed Won", "Perdue", "Cancelled"? */
bool lint_is_over(const char *state);
/* Is it the name of a day that matters while something is open: a renewal, the expected close? */
bool lint_is_ahead(const char *day);
const char *lint_quote(struct lint *l, struct span at); /* its text, shortened */
/* The place to point at for a rule: its name, or the sentence. */
struct span rule_span(const struct rule *r);
/* NULL: there is none, or no name. */
const struct team *team_called(const struct lint *l, const char *name);
/* The team that a level of a rule names, beside the one above its own: of `escalates to` the teams
 * themselves are looked at. NULL: none. */
const struct team *level_team_of_its_own(const struct lint *l, const struct rule *r, size_t level);
/* "the rule `x`", "the sentence `…`" */
const char *rule_title(struct lint *l, const struct rule *r);

/* The formula behind a name: of a KPI, a computed attribute, on whatever row. Any other term is its
 * own. */
const struct term *term_core(const struct term *t);
/* Does it name a KPI? What that one looks at, its own words say. */
bool term_names_kpi(const struct term *t);
/* Do the name and texts of the rule speak of something bad, and of nothing good? */
bool raises_alarm(const struct rule *r); /* words_against_sign.c */
/* A part of words_against_sign: what a KPI is called, and what it counts. */
void words_of_kpis(struct lint *l);
/* Likewise: names that say the other side of what is asked. names_turned.c */
void names_turned(struct lint *l);
/* A part of line_of_another_scale: numbers in texts. text_numbers.c */
void text_numbers(struct lint *l);
/* Does the condition leave out all rows whose value there is this text? */
bool leaves_out(struct lint *l, const struct condition *c, const struct term *path,
                const char *text); /* table_gap.c */
/* Over how many days the term adds up, also where it is a sum of such sums; 0: no window. */
double days_added_up(const struct term *t); /* turned_ratio.c */
/* Is there a minus in its formula, or in one that it names? */
bool may_be_difference(struct lint *l, const struct term *t); /* percent.c */
/* Calls visit on t and everything under it, what an aggregate sums and its `where` included. */
typedef void (*term_visit)(void *ctx, const struct term *t);
void term_walk(const struct term *t, term_visit visit, void *ctx);
/* On every term that a rule holds: when, clear, worth, once, owner, due, texts. */
void rule_walk(const struct rule *r, term_visit visit, void *ctx);
void team_walk(const struct team *t, term_visit visit, void *ctx); /* who of it is there */
/* On the terms of all rules, KPIs, segments and computed attributes, and on what targets measure.
 */
void ruleset_walk(const struct ruleset *rs, term_visit visit, void *ctx);
/* The same, on the terms of these kinds alone: what most checks look at is rare, and trees are dear
 * to walk. */
void terms_each(const struct lint *l, uint64_t kinds, term_visit visit, void *ctx);
void terms_gather(struct lint *l);

#define LINT(code, name, level, group, title, doc, why) void lint_##name(struct lint *l);
#define LINT_PLAIN(code, name, level, group, title, doc, why)
#include "lint/lint.def"
#undef LINT
#undef LINT_PLAIN

#endif
