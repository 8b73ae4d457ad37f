/* In: a node over the rows of a table. Out: the same as a formula, where it needs nothing but
 * the row: no row above it, no history, no pattern, no calendar. */
#include "base/text.h"
#include "data/cell_kind.h"
#include "eval/pushed.h"

static enum formula_op compare_op(enum op op) {
  switch (op) {
    case OP_EQ: return F_EQ;
    case OP_NE: return F_NE;
    case OP_LT: return F_LT;
    case OP_LE: return F_LE;
    case OP_GT: return F_GT;
    case OP_GE: return F_GE;
    case OP_ADD: return F_ADD;
    case OP_SUB: return F_SUB;
    case OP_MUL: return F_MUL;
    case OP_DIV: return F_DIV;
    default: return FORMULA_OPS;
  }
}

/* FORMULA_OPS: no formula does it. */
static enum formula_op op_of(const struct node *n) {
  switch (n->op) {
    case N_NUM: return F_NUMBER;
    case N_TXT: return F_TEXT;
    case N_BOOL: return F_FLAG;
    case N_COLUMN: return F_COLUMN;
    case N_NEG: return F_NEG;
    case N_ABS: return F_ABS;
    case N_ARITH:
    case N_CMPNUM:
    case N_CMPTXT:
    case N_CMPBOOL: return compare_op(n->sub);
    case N_RANGE: return F_RANGE;
    case N_DATED: return F_DATED;
    case N_NOT: return F_NOT;
    case N_AND: return F_AND;
    case N_OR: return F_OR;
    case N_KNOWN: return F_KNOWN;
    case N_IF: return F_IF;
    case N_ELSE: return F_ELSE;
    default: return FORMULA_OPS;
  }
}

static bool is_own_money(const struct cell *c) {
  return c->type.unit == U_MONEY && same_text(c->type.currency, CURRENCY_OWN);
}

/* A constant that a text is compared with is cleaned as cells are: one that is plain already is
 * the same to a server. */
static bool fill_leaf(struct formula *f, const struct node *n) {
  if (n->op == N_TXT) f->text = n->text;
  if (n->op == N_TXT) return text_is_clean_ascii(n->text, strlen(n->text)) && *n->text;
  if (n->op != N_COLUMN) return true;
  const struct cell *c = &n->cell;
  f->column = (struct scan_column){.column = c->column,
                                   .kind = cell_kind_of(&c->type, c->percent),
                                   .what = c->what,
                                   .form = c->form,
                                   .currency = c->type.currency};
  return !c->currency_column && !is_own_money(c);
}

const struct formula *pushed_formula(const struct evaluation *ev, int node, struct arena *a) {
  const struct node *n = &ev->plan->nodes.v[node];
  struct formula *f = NEW(a, struct formula);
  f->op = op_of(n);
  if (f->op == FORMULA_OPS || n->n_list > 0 || ev->may_be_partial[node]) return NULL;
  if (n->op == N_RANGE || n->op == N_DATED) {
    f->k = n->lo;
    f->hi = n->hi;
  } else if (n->op == N_ARITH) {
    f->k = n->scale;
  } else if (n->op == N_NUM || n->op == N_BOOL) {
    f->k = n->k;
  }
  if (n->a >= 0 && !(f->a = pushed_formula(ev, n->a, a))) return NULL;
  if (n->b >= 0 && !(f->b = pushed_formula(ev, n->b, a))) return NULL;
  if (n->c >= 0 && !(f->c = pushed_formula(ev, n->c, a))) return NULL;
  return fill_leaf(f, n) ? f : NULL;
}
