/* Sums that PostgreSQL works out. In: conditions and values as formulas. Out: SELECT key, sum(…)
 * FILTER (WHERE …), … GROUP BY key, which its planner sends to the nodes where the key is what
 * rows are distributed by; and what came of it, unless a row is not as the SQL takes it. */
#include <string.h>

#include "base/limits.h"
#include "base/text_buffer.h"
#include "data/postgres/copy.h"
#include "data/postgres/formula.h"

/* Before those of the sums: rows, odd rows, rows of which a guard is true. */
enum { KEY, ROWS, ODD, GUARDED, FIRST_SUM };
/* Of each sum. */
enum { MET, TAKEN, OUT, TOTAL, LARGEST, PER_SUM };

#define EXACT_MAX 0x1p53 /* whole numbers up to here add up in any order */

struct groups {
  const struct grouped_scan *scan;
  grouped_taker *take;
  void *ctx;
  struct grouped_result *results;
  double *sizes; /* by sum: what it would be at most, were all as large as the largest */
  bool keyed, inexact;
};

/* ---- the statement -------------------------------------------------------------------- */

/* NULL: true of all rows. */
static const char *condition(struct formula_sql *x, const struct formula *f) {
  return f ? formula_sql(x, f) : NULL;
}

/* Those that are not NULL, joined. unless_false: what is unknown is not ruled out. (IS NOT FALSE
 * would say it, but is not sent on to nodes.) */
static const char *all_of(const char *const *conditions, size_t n, bool unless_false,
                          struct arena *a) {
  struct text_buffer t = {.a = a};
  for (size_t i = 0; i < n; i++) {
    if (!conditions[i]) continue;
    if (t.n) text_add(&t, " AND ");
    text_add(&t, unless_false ? arena_printf(a, "(%s OR %s IS NULL)", conditions[i], conditions[i])
                              : conditions[i]);
  }
  return t.n ? text_of_buffer(&t) : "TRUE";
}

static const char *counted(const char *filter, struct arena *a) {
  if (strcmp(filter, "TRUE") == 0) return ", count(*)";
  if (strcmp(filter, "FALSE") == 0) return ", 0::int8";
  return arena_printf(a, ", count(*) FILTER (WHERE %s)", filter);
}

static const char *total_sql(const struct grouped_sum *s, const char *value, const char *known,
                             struct arena *a) {
  static const char *const functions[] = {
      [GROUPED_SUM] = "sum", [GROUPED_MIN] = "min", [GROUPED_MAX] = "max"};
  if (s->how == GROUPED_COUNT)
    return arena_printf(a, ", (count(*) FILTER (WHERE %s%s%s))::float8", known,
                        value ? " AND " : "", value ? value : "");
  return arena_printf(a, ", %s(%s) FILTER (WHERE %s)", functions[s->how], value, known);
}

/* Can the value have decimals? Amounts are guarded, whole numbers have none. */
static bool has_decimals(const struct formula_sql *x, const struct formula *f) {
  if (f->op != F_COLUMN) return true;
  if (f->column.kind == CELL_MONEY) return false;
  const char *column = table_column(&x->table->info, f->column.column);
  const char *type = column ? postgres_column_type(x->table, column)->name : NULL;
  return !type || strncmp(type, "int", 3) != 0;
}

static void add_sum(struct text_buffer *t, struct formula_sql *x, const struct grouped_sum *s) {
  struct arena *a = t->a;
  const char *parts[] = {condition(x, s->visible), condition(x, s->period), condition(x, s->where)};
  const char *value = condition(x, s->value), *where = parts[2];
  const char *met = all_of(parts, 2, true, a), *known = all_of(parts, 3, false, a);
  text_add(t, counted(met, a));
  text_add(t, value ? arena_printf(a, ", count(%s) FILTER (WHERE %s)", value, known)
                    : counted(known, a));
  text_add(t, counted(where ? arena_printf(a, "NOT %s AND %s", where, met) : "FALSE", a));
  text_add(t, total_sql(s, value, known, a));
  bool sum = s->how == GROUPED_SUM;
  if (sum && has_decimals(x, s->value))
    VEC_PUSH(a, &x->guards, arena_printf(a, "%s <> trunc(%s)", value, value));
  text_add(t, sum ? arena_printf(a, ", max(abs(%s))", value) : ", 0::float8");
}

static const char *guards_sql(const struct formula_sql *x) {
  struct text_buffer t = {.a = x->a};
  for (size_t i = 0; i < x->guards.n; i++) {
    text_add(&t, i ? " OR " : "");
    text_add(&t, x->guards.v[i]);
  }
  return x->guards.n ? text_of_buffer(&t) : "FALSE";
}

/* NULL: a column is not of a type that says what it holds. *refused: which. */
static const char *grouped_sql(const struct postgres_table *t, const struct grouped_scan *scan,
                               const struct wire_type *key, const char **refused, struct arena *a) {
  struct formula_sql x = {.table = t, .a = a};
  struct text_buffer sums = {.a = a};
  const char *odd = scan->odd ? formula_sql(&x, scan->odd) : "FALSE";
  for (size_t i = 0; i < scan->n_sums; i++) add_sum(&sums, &x, &scan->sums[i]);
  *refused = x.refused;
  if (x.refused) return NULL;
  const char *column = scan->key ? table_column(&t->info, scan->key->column) : NULL;
  return arena_printf(a, "SELECT %s, count(*)%s%s%s FROM %s%s",
                      key ? postgres_column_sql(key->select, column, a) : "NULL::text",
                      counted(odd, a), counted(guards_sql(&x), a), text_of_buffer(&sums), t->from,
                      key ? " GROUP BY 1" : "");
}

/* ---- what comes of it ----------------------------------------------------------------- */

static double number_in(const struct raw_cell *c) { return c->stored == STORED_REAL ? c->r : 0; }

static void read_sum(struct groups *g, size_t i, const struct raw_cell *cells) {
  g->sizes[i] += number_in(&cells[LARGEST]) * (double)cells[TAKEN].i;
  g->inexact |= !(g->sizes[i] < EXACT_MAX);
  g->results[i] = (struct grouped_result){
      .total = number_in(&cells[TOTAL]),
      .met = (long)cells[MET].i,
      .taken = (long)cells[TAKEN].i,
      .out = (long)cells[OUT].i,
  };
}

/* False: a row is not as the SQL takes it, and the rest is not wanted. */
static bool take_groups(void *ctx, const struct raw_cell *cells, size_t n_rows) {
  struct groups *g = ctx;
  size_t width = FIRST_SUM + g->scan->n_sums * PER_SUM;
  for (; n_rows > 0 && !g->inexact; n_rows--, cells += width) {
    for (size_t i = 0; i < g->scan->n_sums; i++) read_sum(g, i, cells + FIRST_SUM + i * PER_SUM);
    g->inexact |= cells[GUARDED].i > 0;
    struct grouped_row row = {
        .rows = (long)cells[ROWS].i, .odd = (long)cells[ODD].i, .results = g->results};
    if (!g->inexact) g->take(g->ctx, g->keyed ? &cells[KEY] : NULL, &row);
  }
  return !g->inexact;
}

static const struct wire_type **types_of(const struct wire_type *key, size_t n_sums,
                                         struct arena *a) {
  size_t n = FIRST_SUM + n_sums * PER_SUM;
  const struct wire_type **types = NEW_N(a, const struct wire_type *, n);
  types[KEY] = key ? key : wire_type_of("text");
  for (size_t i = ROWS; i < n; i++) {
    size_t at = i < FIRST_SUM ? ROWS : (i - FIRST_SUM) % PER_SUM;
    bool real = i >= FIRST_SUM && (at == TOTAL || at == LARGEST);
    types[i] = wire_type_of(real ? "float8" : "int8");
  }
  return types;
}

/* Sums of whole numbers come out the same in any order: so many may work at once. */
static bool work_together(struct postgres *p, bool on, struct diags *problems) {
  return postgres_run(p,
                      on ? "SET max_parallel_workers_per_gather TO DEFAULT; "
                           "SET enable_async_append = on; SET enable_partitionwise_aggregate = on"
                         : "SET max_parallel_workers_per_gather = 0; SET enable_async_append = off",
                      NULL, problems);
}

#define NOT_EXACT                                                                                \
  "a cell is not what SQL would take it for (a text with blanks at its ends, an amount with "    \
  "more digits than its currency has), or a sum has decimals or is too large to be the same in " \
  "any order"

#define NOT_TYPED \
  "the type of the column \"%s\" does not say what it holds, so each cell has to be read"

/* People see why with --profile, and beside the statement. */
static enum grouped_answer leave_to_scan(struct dataset *ds, const char *why) {
  ds->not_grouped = arena_strdup(ds->arena, why);
  if (ds->trace) fprintf(ds->trace, "-- not added up by the server: %s\n", why);
  return GROUPED_NOT;
}

/* What the server refuses of a sum (a right on a function, more time or memory than it gives) goes
 * by a scan, which asks for less. When it or a node is lost, the run ends: what comes after would
 * be of another moment. */
static enum grouped_answer ask(struct dataset *ds, struct postgres *p, struct groups *g,
                               const struct copy *copy, struct diags *problems) {
  struct diags own = {.arena = problems->arena};
  bool good =
      work_together(p, true, &own) && postgres_copy(p, copy, &own) && work_together(p, false, &own);
  if (good) return g->inexact ? leave_to_scan(ds, NOT_EXACT) : GROUPED_DONE;
  if (!p->gone && work_together(p, false, &own)) return leave_to_scan(ds, own.list.v[0]->message);
  diag_pass(problems, own.list.v[0]);
  return GROUPED_FAILED;
}

enum grouped_answer postgres_grouped(struct dataset *base, const struct table_info *table,
                                     const struct grouped_scan *scan, grouped_taker *take,
                                     void *ctx, struct diags *problems) {
  struct postgres_dataset *ds = (struct postgres_dataset *)base;
  const struct postgres_table *t = (const struct postgres_table *)table;
  struct arena *a = problems->arena;
  const char *column = scan->key ? table_column(table, scan->key->column) : NULL;
  const struct wire_type *key = column ? postgres_column_type(t, column) : NULL;
  if (scan->n_sums > GROUPED_SUMS_MAX || (scan->key && !key)) return GROUPED_NOT;
  const char *refused, *sql = grouped_sql(t, scan, key, &refused, a);
  if (!sql) return leave_to_scan(base, arena_printf(a, NOT_TYPED, refused));
  struct postgres *p = postgres_take_link(ds, problems);
  if (!p) return GROUPED_FAILED;
  if (base->trace) fprintf(base->trace, "%s;\n", sql);
  struct groups g = {.scan = scan, .take = take, .ctx = ctx, .keyed = key};
  g.results = NEW_N(a, struct grouped_result, scan->n_sums + 1);
  g.sizes = NEW_N(a, double, scan->n_sums + 1);
  struct copy copy = {.select = sql,
                      .types = types_of(key, scan->n_sums, a),
                      .n = FIRST_SUM + scan->n_sums * PER_SUM,
                      .what = table->name,
                      .take = take_groups,
                      .ctx = &g};
  enum grouped_answer answer = ask(base, p, &g, &copy, problems);
  postgres_give_link(ds);
  return answer;
}
