/* What the actions of the grammar call: one function a node or clause. Only grammar/vigie.y
 * includes this, and the files of syntax/ that implement it. Everything is allocated in the arena
 * of struct parse_state. */
#ifndef VIGIE_BUILD_H
#define VIGIE_BUILD_H

#include "base/diag.h"
#include "syntax/ast.h"
#include "syntax/token.h"

enum { EXPECTED_MAX = 200 }; /* tokens of the grammar, checked there */
struct expected_words {
  int n;
  int kind[EXPECTED_MAX]; /* token numbers */
  const char *text[EXPECTED_MAX];
};

enum expect_kind {
  EXPECT_FIRES,
  EXPECT_UNKNOWN,
  EXPECT_NOTHING,
  EXPECT_COUNT,
  EXPECT_VALUE,
  EXPECT_ESCALATED,
  EXPECT_NOT_ESCALATED,
  EXPECT_IGNORED,       /* could not be judged, and `if unknown ignore` left it out */
  EXPECT_FIRED_UNKNOWN, /* could not be judged, and `if unknown fire` made an item of it */
  EXPECT_TARGET
};

/* Of an EXPECT_TARGET, in `num` of its clause. */
enum target_standing {
#define STANDING(name, word, meaning) STANDING_##name,
#include "syntax/standing.def"
};
const char *standing_word(enum target_standing s); /* "on track" */

struct parse_state {
  struct arena *arena;
  struct diags *diags;
  const struct tokens *words; /* what the parser eats */
  size_t at;                  /* the token being pushed */
  size_t clause_at;           /* the first token of the clause being parsed */
  bool in_text;               /* an expression in a text: no clause, whatever it begins with */
  bool clause_wrong;          /* a mistake was already reported in this clause */
  size_t told_to;             /* clauses that begin before this token were told with another */
  size_t heads_seen;          /* clauses that head_above has looked at: each of them once */
  enum clause_kind head;      /* the last header among them; CLAUSE_KINDS: none */
  struct ast *ast;
};

void parsing_mistake(struct parse_state *px, const struct expected_words *expected);
/* The clause that ends at px->at could be read, as a condition without an action: does it begin
 * with the words of another clause? Then that was told. */
bool opening_in_prose(struct parse_state *px);
void parsing_too_deep(struct parse_state *px, struct span at);

/* ---- clauses (build.c) ---------------------------------------------------------------- */
struct clause *build(struct parse_state *px, enum clause_kind k);
struct clause *build_number(struct parse_state *px, enum clause_kind k, const struct token *num);
struct clause *build_needs(struct parse_state *px, const struct token *n, const struct token *rows);
struct clause *build_expr(struct parse_state *px, enum clause_kind k, struct expr *e);
struct clause *build_expr2(struct parse_state *px, enum clause_kind k, struct expr *e,
                           struct expr *e2);
struct clause *build_text(struct parse_state *px, enum clause_kind k, const struct token *text);
struct clause *build_named(struct parse_state *px, enum clause_kind k, const struct token *name,
                           struct expr *e);
struct clause *build_column(struct parse_state *px, enum clause_kind k, const struct token *name,
                            const struct token *col);
struct clause *build_of(struct parse_state *px, struct clause *c, const struct token *of);
struct clause *build_dims(struct parse_state *px, struct clause *c, dim_list *dims);
struct clause *build_because(struct parse_state *px, struct clause *c, struct expr *text);
struct clause *build_day(struct parse_state *px, struct clause *c, const struct token *day);
struct clause *build_define(struct parse_state *px, const struct token *name, param_list *params,
                            struct expr *body);
struct clause *build_fiscal(struct parse_state *px, const struct token *year,
                            const struct token *starts, const struct token *md,
                            const struct token *named, const struct token *side);
struct clause *build_unreadable(struct parse_state *px, const struct token *values,
                                const struct token *at, const struct token *most,
                                const struct token *limit);
/* the last of the dimensions is the month, quarter … of its path */
dim_list *build_dim_period(struct parse_state *px, dim_list *l, const struct token *unit);
/* month of signup */
struct expr *ast_period_of(struct parse_state *px, const struct token *unit, struct expr *day,
                           struct span at);
struct clause *build_weeks(struct parse_state *px, const struct token *start,
                           const struct token *day);
struct clause *build_fiscal_periods(struct parse_state *px, const struct token *periods,
                                    const struct token *table);
struct clause *build_holidays(struct parse_state *px, const struct token *table,
                              const struct token *word, const struct token *col);
/* as, role: both NULL, or the words of `as ROLE`. */
struct clause *build_belongs(struct parse_state *px, const struct token *to,
                             const struct token *parent, const struct token *as,
                             const struct token *role, const struct token *col);
struct clause *build_attr(struct parse_state *px, const struct token *name,
                          const struct token *type, const struct token *col, struct expr *computed);
struct clause *build_history(struct parse_state *px, const struct token *name,
                             const struct token *type, const struct token *word,
                             const struct token *table);
/* An attribute that is money of this: the word `month` or `year`, or one that is refused later. */
struct clause *build_per(struct parse_state *px, struct clause *attr, const struct token *per);
struct clause *build_options(struct parse_state *px, struct clause *c, option_list *options);
struct clause *build_entries(struct parse_state *px, const name_list *texts, struct expr *value);
struct clause *build_band(struct parse_state *px, enum clause_kind k, int op, struct expr *a,
                          int op2, struct expr *b);
struct clause *build_to(struct parse_state *px, enum clause_kind k, const struct token *to,
                        const struct token *team);
/* c, of a page, where the word has to stand that was said; name: its `of`, or NULL. */
struct clause *build_page_word(struct parse_state *px, struct clause *c, const struct token *said,
                               const char *word, const struct token *name);
/* by NULL: all together. */
struct clause *build_bridge(struct parse_state *px, const struct token *measure,
                            const struct token *over, struct expr *by);
struct clause *build_escalate(struct parse_state *px, struct expr *dur, const struct token *due,
                              const struct token *to, const struct token *team);
/* A step of a playbook: by when, and by which team. */
struct clause *build_step_due(struct parse_state *px, struct clause *step, struct expr *due);
struct clause *build_step_team(struct parse_state *px, struct clause *step,
                               const struct token *team);
struct clause *build_in_turn(struct parse_state *px, const struct token *turn, name_list *people);
/* tell mail from "vigie@…", at once, hours 8 to 18: options of the clause. second: a text, the
 * second of two words, or NULL */
struct clause *build_tell(struct parse_state *px, struct clause *tell, const struct token *word,
                          const struct token *second);
struct clause *build_tell_hours(struct parse_state *px, struct clause *tell,
                                const struct token *word, const struct token *from,
                                const struct token *to);
/* c, of `assigns`, with what is asked of the person, and who has the item otherwise; NULL: nobody
 * is named. */
struct clause *build_unless(struct parse_state *px, struct clause *c, struct expr *away,
                            struct expr *otherwise);
struct clause *build_at_most(struct parse_state *px, const struct token *n,
                             const struct token *open); /* open NULL: the word is missing */
struct clause *build_given(struct parse_state *px, const struct token *entity,
                           const struct token *label, fact_list *facts);
/* The beginning of an expectation: `low`, `arr_by_place for "EMEA", "Pro"`; rows NULL: not said.
 * build_expect and its kin complete it. */
struct clause *build_about(struct parse_state *px, const struct token *name, name_list *rows);
struct clause *build_expect(struct parse_state *px, struct clause *about, enum expect_kind k);
/* because NULL: not said. */
struct clause *build_expect_because(struct parse_state *px, struct clause *about,
                                    enum expect_kind k, name_list *because);
/* words NULL: unknown. at: where they stand. */
struct clause *build_expect_target(struct parse_state *px, struct clause *about, name_list *words,
                                   struct span at);
/* A length: written, or the name of a threshold. Named after it. */
struct clause *build_length(struct parse_state *px, enum clause_kind k, struct expr *dur);
/* Named after its duration. */
struct clause *build_duration(struct parse_state *px, enum clause_kind k, const struct token *dur);
/* c with the team of `escalated to TEAM`. */
struct clause *build_expect_escalated(struct parse_state *px, struct clause *c,
                                      const struct token *to, const struct token *team);
struct clause *build_expect_count(struct parse_state *px, const struct token *name,
                                  const struct token *n);
/* owner "ana@acme.example" of an expected item; a NULL: nothing else is named. */
struct actions *build_expect_owner(struct parse_state *px, struct actions *a,
                                   const struct token *word, const struct token *text);
/* given company_arr 5M EUR, given nrr for "EMEA", "Pro" 30d ago 95%: group, ago NULL: not said. Its
 * word_count is GIVEN_TOTAL. */
enum { GIVEN_ROW, GIVEN_TABLE, GIVEN_TOTAL };
struct clause *build_given_total(struct parse_state *px, const struct token *kpi, name_list *group,
                                 const struct token *ago, struct expr *value);
/* given holiday 2026-04-03, 2026-04-06: the same with the first day as its value, the others as
 * its facts. */
struct clause *build_given_days(struct parse_state *px, const struct token *name, expr_list *days);
struct clause *build_given_table(struct parse_state *px, const struct token *entity,
                                 fact_list *columns);
struct clause *build_row(struct parse_state *px, expr_list *cells);
struct fact *fact_value(struct parse_state *px, struct expr *path, const struct token *ago,
                        struct expr *value);
struct fact *fact_life(struct parse_state *px, struct expr *path, const struct token *from,
                       const struct token *word, const struct token *end);
/* playbook, text: one may be NULL. */
struct actions *build_do(struct parse_state *px, struct actions *a, const struct token *playbook,
                         const struct token *text);
struct actions *build_assign(struct parse_state *px, struct actions *acts,
                             const struct token *team);
struct actions *build_due(struct parse_state *px, struct actions *acts, struct expr *due,
                          struct expr *anchor, int side, struct span at);
/* Lists: NULL begins one. */
dim_list *build_dim(struct parse_state *px, dim_list *l, struct expr *path, struct expr *ago);
param_list *build_param(struct parse_state *px, param_list *l, const struct token *name,
                        const struct token *type);
fact_list *build_fact(struct parse_state *px, fact_list *l, struct fact *f);
/* in time zone "UTC" */
option_list *build_zone_option(struct parse_state *px, option_list *l, const struct token *time,
                               const struct token *zone, const struct token *name);
option_list *build_option(struct parse_state *px, option_list *l, const struct token *word,
                          struct expr *value, expr_list *values);
name_list *build_texts(struct parse_state *px, name_list *l, const struct token *text);
name_list *build_names(struct parse_state *px, name_list *l, struct expr *path);
expr_list *build_list(struct parse_state *px, expr_list *l, struct expr *e);
/* The clause is whole (its span given), or the line could not be read. */
void build_clause(struct parse_state *px, struct clause *c, struct span at);
void build_broken(struct parse_state *px);

/* ---- expressions (nodes.c) ------------------------------------------------------------ */
struct expr *ast_node(struct parse_state *px, enum expr_kind k, int op, struct expr *a,
                      struct expr *b, struct expr *c, struct span at);
struct expr *ast_literal(struct parse_state *px, enum expr_kind k, const struct token *t);
struct expr *ast_text(struct parse_state *px, enum expr_kind k, const struct token *t);
struct expr *ast_money(struct parse_state *px, const struct token *num,
                       const struct token *currency);
struct expr *ast_path(struct parse_state *px, struct expr *path, const struct token *name);
struct expr *ast_call(struct parse_state *px, const struct token *name, expr_list *args,
                      struct span at);
struct expr *ast_parens(struct expr *e, struct span at);
struct expr *ast_for_all(struct expr *path, struct span at);
struct expr *ast_edge(struct parse_state *px, int op, struct period p, struct span at);
struct expr *ast_edge_of(struct parse_state *px, int op, const struct token *unit, struct expr *day,
                         struct span at);
struct expr *ast_period(struct parse_state *px, struct period p, struct span at);
struct expr *ast_per(struct parse_state *px, struct expr *a, const struct token *per,
                     struct span at);
struct expr *ast_is(struct parse_state *px, struct expr *a, struct expr *b, bool negated,
                    struct span at);
struct expr *ast_known(struct parse_state *px, struct expr *a, bool negated, struct span at);
struct expr *ast_oneof(struct parse_state *px, struct expr *a, expr_list *list, bool negated,
                       struct span at);
struct expr *ast_matches(struct parse_state *px, struct expr *a, const struct token *pattern,
                         bool negated, struct span at);
struct expr *ast_segment(struct parse_state *px, struct expr *a, const struct token *name,
                         bool negated, struct span at);
struct expr *ast_inperiod(struct parse_state *px, struct expr *a, struct period p, bool negated,
                          struct span at);
struct expr *ast_agg(struct parse_state *px, const struct token *fn, expr_list *list,
                     const struct token *set, int tree, struct expr *tail, struct span at);
struct expr *ast_percentile(struct parse_state *px, const struct token *fn, const struct token *p,
                            struct expr *e, const struct token *set, int tree, struct expr *tail,
                            struct span at);
/* What follows the set of an aggregate, held in an expr that ast_agg takes apart. */
struct expr *ast_tail(struct parse_state *px, struct period *p, struct expr *where, bool for_all);
/* p: the percentile; NULL for the other aggregates */
struct expr *ast_each(struct parse_state *px, const struct token *fn, const struct token *p,
                      struct expr *a, const struct token *unit, struct period in, struct span at);
struct period period_of(enum period_kind k, const struct token *t, int step);
struct period period_year(struct parse_state *px, const struct token *t);
/* `in last span`: the parameter of a define; its duration is filled in when the define is
 * expanded. */
struct period period_param(enum period_kind k, const struct token *name);

#endif
