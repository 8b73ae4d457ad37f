/* The syntax tree: what was written, with places, before anyone asks what it means.
 *
 * An item is a header line with its clauses (a rule and its when, do, priority …). Nodes live in
 * the arena of the rule set. Kinds of expressions are rows of expr.def; the same rows name them
 * in dumps. */
#ifndef VIGIE_AST_H
#define VIGIE_AST_H

#include "base/date.h"
#include "base/limits.h"
#include "base/source.h"
#include "base/vec.h"

enum expr_kind {
#define EXPR(id, name, doc) id,
#include "syntax/expr.def"
#undef EXPR
  EXPR_KINDS
};

enum op { OP_ADD, OP_SUB, OP_MUL, OP_DIV, OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE };
enum move { MOVE_DROP, MOVE_RISE, MOVE_CHANGE };
enum agg_fn {
  AGG_SUM,
  AGG_AVG,
  AGG_MIN,
  AGG_MAX,
  AGG_MEDIAN,
  AGG_LATEST,
  AGG_PERCENTILE,
  AGG_COUNT,
  AGG_DISTINCT,
  AGG_SHARE
};

/* Which rows of a tree an aggregate takes: those that belong to a row by any number of steps, with
 * the row itself or without. */
enum tree_part { TREE_NONE, TREE_BELOW, TREE_HERE_AND_BELOW };

/* Of `days since`: its op is a sum of these. */
enum { SINCE_UNTIL = 1, SINCE_BUSINESS = 2 };

struct expr;
typedef VEC(struct expr *) expr_list;
typedef VEC(const char *) name_list;

struct expr {
  enum expr_kind kind;
  int op;              /* enum op, move, agg_fn, or period edge (0 start, 1 end) */
  bool negated;        /* is not, not one of, not in */
  bool for_all;        /* an aggregate, or a path to a KPI, lifted out of a grouping */
  enum tree_part tree; /* of an aggregate */
  bool parens;         /* written in parentheses of its own */
  struct span span;
  struct expr *a, *b, *c; /* operands, in the order of the row in expr.def */
  expr_list list;         /* arguments, one-of values, the expressions of an aggregate */
  const char *name;       /* function, set, segment; text of a STRING; currency of a MONEY */
  struct span name_span;
  name_list path; /* PATH: account.plan */
  double num;
  day_t day;
  struct duration dur;
  struct period period;
  bool has_period;
  enum period_unit each; /* EACH: the unit whose last days are meant */
  /* Written in a define: the name and place of the use that brought it here; see sema/expand.c. */
  struct span use;
};

/* ---- clauses -------------------------------------------------------------------------- */

enum clause_kind {
#define CLAUSE(id, word, parents, doc, example) C_##id,
#include "syntax/clause.def"
  CLAUSE_KINDS
};

/* One option of an attribute line: by "col", fresh 45d, one of … */
struct option {
  const char *word;
  struct span span;
  struct expr *value;
};

struct dim { /* one path of a `by`, with its shift */
  struct expr *path;
  struct expr *ago;
  enum period_unit of; /* `month of signup`: a month; PU_DAY: the value itself */
  bool currency;       /* sema: it may name the currency of money (own_currency.h) */
};
typedef VEC(struct dim) dim_list;

struct param {             /* of a define */
  const char *name, *type; /* type NULL: an expression */
  struct span span;
};
typedef VEC(struct param) param_list;

struct fact { /* of a given: health 30d ago 80, active from 2025-01-01 until 2026-02-01 */
  struct expr *path, *ago, *value; /* value NULL: a column of a table, or a life */
  const char *end_word;            /* a life: until or through, NULL without an end */
  struct span end_span;
  day_t from, end; /* a life; DAY_NONE: not said */
};
typedef VEC(struct fact) fact_list;
typedef VEC(struct option) option_list;

/* -> assign CS, due 7d */
struct actions {
  struct span span;
  const char *assign;
  struct span assign_span;
  struct expr *due, *due_anchor; /* 14d before renewal: due 14d, anchor renewal */
  int due_side;                  /* -1 before the anchor, +1 after, 0 none */
  struct expr *text, *priority, *worth;
  struct expr *owner;   /* of a test: owner "ana@acme.example"; NULL */
  const char *playbook; /* do NAME; NULL */
  struct span playbook_span;
};

struct clause {
  enum clause_kind kind;
  struct span span; /* the whole clause */
  struct span name_span;
  const char *name; /* the name it declares or the first word it carries */
  const char *of;   /* `of ENTITY`, `for ENTITY`, `to TEAM`; NULL */
  struct span of_span;
  const char *per; /* money per month: the word; NULL */
  struct span per_span;
  bool has_role;      /* belongs to ENTITY as NAME */
  const char *column; /* a quoted database name */
  struct expr *expr, *expr2;
  const char *text; /* because "…", means "…" */
  dim_list dims;
  param_list params;
  fact_list facts;
  option_list options;
  name_list names;
  name_list rows; /* expect, given KPI: for "EMEA", "Pro"; text is their key */
  struct actions *actions;
  struct duration dur;
  day_t day;
  double num;
  int word_count;
  const char *doc; /* the comment lines right above a header */
};

struct ast_item {
  struct clause *head;
  VEC(struct clause *) body;
};

struct diag;

/* Words of which a parser cannot tell what they name. Their message is there; its help is written
 * anew where the names are known (sema/loose_words.c). In what to write: $1 the name, $2 the
 * second. NULL: nothing better can be said of a name of this kind. */
struct loose_words {
  struct diag *said;
  const char *name, *second; /* second: NULL, or what stands beside the name */
  const char *rows;          /* the name is an entity */
  const char *value, *flag;  /* it is an attribute or a KPI, a yes or no among them */
  const char *plain;         /* it is an attribute, and no share: without pp */
  const char *here;          /* whose rows the line is about; NULL: not said */
};

struct ast {
  struct source *src;
  VEC(struct loose_words) loose;
  VEC(struct clause *) clauses; /* flat, as parsed */
  VEC(struct ast_item *) items; /* made by attach.c */
};

const char *clause_word(enum clause_kind k);
const char *expr_kind_name(enum expr_kind k);
const char *op_text(enum op o);
/* Is the comparison true of the two? */
bool op_holds(enum op o, double a, double b);
const char *move_text(enum move m);
const char *agg_text(enum agg_fn f);
const char *tree_part_text(enum tree_part part); /* " below", with its blank; "" for none */

struct expr *expr_new(struct arena *a, enum expr_kind k, struct span s);
/* The operands of a node, the list's included, in written order: n = expr_kids(e, kids) for
 * kids[n_max]. */
size_t expr_kid_count(const struct expr *e);
struct expr *expr_kid(const struct expr *e, size_t i);
/* Depth-first copy. */
/* The tree as indented text, one node a line: a golden file's form. */
#include <stdio.h>
void ast_dump(const struct ast *ast, FILE *out);
void expr_dump(const struct expr *e, FILE *out, int indent);

#endif
