/* The syntax tree: names of kinds, children, copies. In: nodes. Out: nodes and texts. */
#include "syntax/ast.h"

#include <string.h>

#include "base/check.h"

static const char *const kind_names[] = {
#define EXPR(id, name, doc) name,
#include "syntax/expr.def"
#undef EXPR
};

static const char *const words[] = {
#define CLAUSE(id, word, parents, doc, example) word,
#include "syntax/clause.def"
};

const char *clause_word(enum clause_kind k) { return words[k]; }
const char *expr_kind_name(enum expr_kind k) { return kind_names[k]; }

const char *op_text(enum op o) {
  static const char *const texts[] = {"+", "-", "*", "/", "=", "!=", "<", "<=", ">", ">="};
  return texts[o];
}

bool op_holds(enum op o, double a, double b) {
  switch (o) {
    case OP_EQ: return a == b;
    case OP_NE: return a != b;
    case OP_LT: return a < b;
    case OP_LE: return a <= b;
    case OP_GT: return a > b;
    case OP_GE: return a >= b;
    default: UNREACHABLE("six operators compare");
  }
}

const char *move_text(enum move m) {
  return m == MOVE_DROP ? "drop" : m == MOVE_RISE ? "rise" : "change";
}

const char *agg_text(enum agg_fn f) {
  static const char *const texts[] = {
      "sum",  "avg", "min", "max", "median", "latest", "percentile", "count", "count distinct",
      "share"};
  return texts[f];
}

const char *tree_part_text(enum tree_part part) {
  static const char *const texts[] = {"", " below", " here and below"};
  return texts[part];
}

struct expr *expr_new(struct arena *a, enum expr_kind k, struct span s) {
  struct expr *e = NEW(a, struct expr);
  e->kind = k;
  e->span = s;
  return e;
}

size_t expr_kid_count(const struct expr *e) { return 3 + e->list.n; }

struct expr *expr_kid(const struct expr *e, size_t i) {
  return i == 0 ? e->a : i == 1 ? e->b : i == 2 ? e->c : e->list.v[i - 3];
}
