/* In: a formula over the columns of a table. Out: the SQL that has its value, and what must not be
 * true of any row for that to be so. */
#include "data/postgres/formula.h"

#include <math.h>
#include <string.h>

#include "base/check.h"
#include "base/text.h"
#include "base/text_buffer.h"
#include "base/unit.h"

/* Only what postgres_fdw sends on to a node: no nullif, no coalesce, no IS FALSE.
 * %a %b %c: operands. %k %h: its numbers. %t: its text. %v: its column. */
static const char *const templates[] = {
    [F_NUMBER] = "%k",
    [F_TEXT] = "%t",
    [F_FLAG] = "(%k <> 0)",
    [F_UNKNOWN] = "NULL::boolean",
    [F_COLUMN] = "%v",
    [F_NEG] = "(- %a)",
    [F_ABS] = "abs(%a)",
    [F_ADD] = "(%a + %b)",
    [F_SUB] = "(%a - %b)",
    [F_MUL] = "(%a * %b)",
    [F_DIV] = "(CASE WHEN %b <> 0 THEN %a / %b * %k END)",
    [F_EQ] = "(%a = %b)",
    [F_NE] = "(%a <> %b)",
    [F_LT] = "(%a < %b)",
    [F_LE] = "(%a <= %b)",
    [F_GT] = "(%a > %b)",
    [F_GE] = "(%a >= %b)",
    [F_RANGE] = "(%a BETWEEN %k AND %h)",
    [F_DATED] = "(CASE WHEN %b - %a BETWEEN %k AND %h OR %b IS NULL THEN %a END)",
    [F_NOT] = "(NOT %a)",
    [F_AND] = "(%a AND %b)",
    [F_OR] = "(%a OR %b)",
    [F_KNOWN] = "(%a IS NOT NULL)",
    [F_IF] = "(CASE WHEN %a THEN %b WHEN NOT %a THEN %c END)",
    [F_ELSE] = "(CASE WHEN %a IS NOT NULL THEN %a ELSE %b END)",
};

/* ---- columns -------------------------------------------------------------------------- */

/* How a column of a kind and a type becomes its value; %s: the column, %m: minor units in one. */
static const struct column_sql {
  enum cell_kind kind;
  const char *type;
  const char *value;
  const char *guard; /* NULL: every cell is as it should be */
} columns[] = {
#define NOT_FINITE "%s IN ('NaN', 'Infinity', '-Infinity')"
/* money_of of data/cell.c: what is no whole number of minor units keeps digits of its own */
#define NOT_MINOR "%s * %m <> trunc(%s * %m) OR abs(%s * %m) > 9007199254740991"
    {CELL_NUMBER, "int2", "%s::float8", NULL},
    {CELL_NUMBER, "int4", "%s::float8", NULL},
    {CELL_NUMBER, "int8", "%s::float8", NULL},
    {CELL_NUMBER, "numeric", "%s::float8", NOT_FINITE},
    {CELL_NUMBER, "float8", "%s", NOT_FINITE},
    {CELL_MONEY, "int2", "(%s::numeric * %m)::float8", NULL},
    {CELL_MONEY, "int4", "(%s::numeric * %m)::float8", NULL},
    {CELL_MONEY, "int8", "(%s::numeric * %m)::float8", "abs(%s::numeric * %m) > 9007199254740991"},
    {CELL_MONEY, "numeric", "(%s * %m)::float8", NOT_FINITE " OR " NOT_MINOR},
    {CELL_MONEY, "float8", "(%s::numeric * %m)::float8",
     NOT_FINITE " OR %s::numeric::float8 <> %s OR %s::numeric * %m <> trunc(%s::numeric * %m) OR "
                "abs(%s::numeric * %m) > 9007199254740991"},
    {CELL_DATE, "date", "(%s - DATE '1970-01-01')::float8",
     "%s NOT BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'"},
    {CELL_FLAG, "bool", "%s", NULL},
/* clean as dict.c cleans: its ends are visible signs or Latin letters, and it is in NFC */
#define UNCLEAN "%s <> '' AND NOT (%s ~ '^[!-~À-ɏ](.*[!-~À-ɏ])?$' AND %s IS NFC NORMALIZED)"
    {CELL_TEXT, "text", "(CASE WHEN %s <> '' THEN %s END)", UNCLEAN},
    {CELL_TEXT, "varchar", "(CASE WHEN %s <> '' THEN %s END)", UNCLEAN},
};

static const char *filled(const char *format, const char *name, double minor, struct arena *a) {
  struct text_buffer t = {.a = a};
  for (const char *at; (at = strchr(format, '%')); format = at + 2) {
    text_add_n(&t, format, (size_t)(at - format));
    text_add(&t, at[1] == 's' ? name : arena_printf(a, "%.0f", minor));
  }
  text_add(&t, format);
  return text_of_buffer(&t);
}

static void add_guard(struct formula_sql *x, const char *guard) {
  for (size_t i = 0; i < x->guards.n; i++)
    if (strcmp(x->guards.v[i], guard) == 0) return;
  VEC_PUSH(x->a, &x->guards, guard);
}

/* Another form is read by the code of scans alone. */
static bool is_plain_form(const struct scan_column *c) {
  const struct cell_form *f = &c->form;
  return !f->format && !f->duration && !f->zone && !f->one_of && !f->lenient;
}

static const char *column_sql(struct formula_sql *x, const struct scan_column *c) {
  const char *column = table_column(&x->table->info, c->column);
  if (column && is_plain_form(c)) {
    const char *type = postgres_column_type(x->table, column)->name;
    const char *name = postgres_quoted(column, x->a);
    double minor = c->kind == CELL_MONEY ? currency_minor(c->currency) : 1;
    for (size_t i = 0; type && i < sizeof columns / sizeof *columns; i++) {
      const struct column_sql *s = &columns[i];
      if (s->kind != c->kind || strcmp(s->type, type) != 0) continue;
      if (s->guard) add_guard(x, filled(s->guard, name, minor, x->a));
      return filled(s->value, name, minor, x->a);
    }
  }
  x->refused = c->column;
  return "NULL";
}

/* ---- formulas ------------------------------------------------------------------------- */

static const char *number_sql(double k, struct arena *a) {
  return arena_printf(a, "'%.17g'::float8", k);
}

static const char *part_sql(struct formula_sql *x, const struct formula *f, char part) {
  switch (part) {
    case 'a': return formula_sql(x, f->a);
    case 'b': return formula_sql(x, f->b);
    case 'c': return formula_sql(x, f->c);
    case 'k': return number_sql(f->k, x->a);
    case 'h': return number_sql(f->hi, x->a);
    case 't': return arena_printf(x->a, "%s::text", postgres_literal(f->text, x->a));
    case 'v': return column_sql(x, &f->column);
    default: UNREACHABLE("seven parts of a formula");
  }
}

/* Days of a column are compared as they are stored, which is the cheapest. */
static bool is_days_of_column(const struct formula *f) {
  return f->op == F_RANGE && f->a->op == F_COLUMN && f->a->column.kind == CELL_DATE &&
         f->k >= DAY_MIN && f->k <= DAY_MAX && f->hi >= DAY_MIN && f->hi <= DAY_MAX;
}

static const char *days_sql(struct formula_sql *x, const struct formula *f) {
  column_sql(x, &f->a->column);
  if (x->refused) return "NULL";
  const char *column = table_column(&x->table->info, f->a->column.column);
  return arena_printf(x->a,
                      "(%s BETWEEN DATE '1970-01-01' + (%.0f) AND DATE '1970-01-01' + (%.0f))",
                      postgres_quoted(column, x->a), ceil(f->k), floor(f->hi));
}

const char *formula_sql(struct formula_sql *x, const struct formula *f) {
  struct text_buffer t = {.a = x->a};
  if (is_days_of_column(f)) return days_sql(x, f);
  CHECK((size_t)f->op < sizeof templates / sizeof *templates);
  const char *format = templates[f->op];
  for (const char *at; (at = strchr(format, '%')); format = at + 2) {
    text_add_n(&t, format, (size_t)(at - format));
    text_add(&t, part_sql(x, f, at[1]));
  }
  text_add(&t, format);
  return text_of_buffer(&t);
}
