/* In: two backtests. Out: their figures side by side, "125 → 98", for a terminal and for a pull
 * request. Each table is made once, and printed in one of two ways. */
#include <string.h>

#include "backtest/backtest_text.h"
#include "base/markdown.h"
#include "base/table.h"
#include "base/text.h"
#include "diff/diff.h"

enum { ONSETS_SHOWN = 5, GRID_COLUMNS = 7 };

/* A table that is to be printed: the first column holds names, the others figures. */
struct grid {
  const char *const *headers;
  size_t n_columns;
  VEC(const char *const *) rows;
};

struct page {
  FILE *f;
  const struct two_backtests *t;
  const struct text_style *style; /* NULL: Markdown */
  struct arena *a;
};

/* ---- a table in both ways -------------------------------------------------------------------- */

static void print_markdown_row(const struct page *p, const char *const *cells, size_t n) {
  for (size_t i = 0; i < n; i++) fprintf(p->f, "| %s ", markdown_text(cells[i], p->a));
  fputs("|\n", p->f);
}

static void print_markdown_grid(const struct page *p, const struct grid *g) {
  fputc('\n', p->f);
  print_markdown_row(p, g->headers, g->n_columns);
  for (size_t i = 0; i < g->n_columns; i++) fputs(i ? "|---:" : "|---", p->f);
  fputs("|\n", p->f);
  for (size_t i = 0; i < g->rows.n; i++) print_markdown_row(p, g->rows.v[i], g->n_columns);
}

static void print_grid(const struct page *p, const struct grid *g) {
  struct table_col columns[GRID_COLUMNS];
  if (!g->rows.n) return;
  if (!p->style) {
    print_markdown_grid(p, g);
    return;
  }
  for (size_t i = 0; i < g->n_columns; i++)
    columns[i] = (struct table_col){.header = g->headers[i],
                                    .align = i ? ALIGN_RIGHT : ALIGN_LEFT,
                                    .fit = FIT_WRAP,
                                    .min_width = i ? 7 : 0};
  struct table *t = table_new(p->a, columns, g->n_columns);
  for (size_t i = 0; i < g->rows.n; i++) table_row(t, g->rows.v[i]);
  fputc('\n', p->f);
  table_print(t, p->f, p->style->width, p->style->color);
}

/* A paragraph; with an empty line before it. */
static void print_text(const struct page *p, const char *text, bool apart) {
  if (apart || !p->style) fputc('\n', p->f);
  if (p->style)
    print_paragraph(p->f, p->style->width, 0, 0, text, p->a);
  else
    fprintf(p->f, "%s\n", markdown_text(text, p->a));
}

/* ---- cells ----------------------------------------------------------------------------------- */

static const char *side_by_side(const struct page *p, const char *old, const char *now) {
  return same_text(old, now) ? old : arena_printf(p->a, "%s → %s", old, now);
}

static const char *count_words(const struct page *p, const struct score *s, const long *n) {
  return s ? arena_printf(p->a, "%ld", *n) : "–";
}

/* A figure of a score in both versions. */
#define COUNTS(p, pair, field)                                                           \
  side_by_side(p, count_words(p, (pair)->old, (pair)->old ? &(pair)->old->field : NULL), \
               count_words(p, (pair)->now, (pair)->now ? &(pair)->now->field : NULL))

static const char *precision_of(const struct page *p, const struct score *s) {
  return s && s->rule ? share_words(s->right, s->right + s->wrong, p->a) : "–";
}

/* The median. */
static const char *warning_of(const struct page *p, const struct score *s) {
  return s && s->caught ? arena_printf(p->a, "%ld", s->lead[1]) : "–";
}

static const char *const life_headers[] = {"rule", "opened",      "at a time",
                                           "most", "short-lived", "back again"};

static const char *const *life_cells(const struct page *p, const struct two_scores *s) {
  const char **cells = NEW_N(p->a, const char *, GRID_COLUMNS);
  cells[0] = s->name ? s->name : "together";
  cells[1] = COUNTS(p, s, opened);
  cells[2] = COUNTS(p, s, open_median);
  cells[3] = COUNTS(p, s, open_max);
  cells[4] = COUNTS(p, s, short_lived);
  cells[5] = COUNTS(p, s, back_again);
  return cells;
}

static const char *const right_headers[] = {"rule",      "right",  "wrong",          "too early",
                                            "precision", "caught", "days of warning"};

static const char *const *right_cells(const struct page *p, const struct two_scores *s) {
  const char **cells = NEW_N(p->a, const char *, GRID_COLUMNS);
  cells[0] = s->name ? s->name : "together";
  cells[1] = s->name ? COUNTS(p, s, right) : "";
  cells[2] = s->name ? COUNTS(p, s, wrong) : "";
  cells[3] = s->name ? COUNTS(p, s, too_early) : "";
  cells[4] = s->name ? side_by_side(p, precision_of(p, s->old), precision_of(p, s->now)) : "";
  cells[5] = arena_printf(p->a, "%s of %ld", COUNTS(p, s, caught), p->t->now->onsets);
  cells[6] = side_by_side(p, warning_of(p, s->old), warning_of(p, s->now));
  return cells;
}

static bool has_moved(const char *const *cells, size_t n) {
  for (size_t i = 1; i < n; i++)
    if (strstr(cells[i], "→")) return true;
  return false;
}

/* ---- the rules ------------------------------------------------------------------------------- */

typedef const char *const *make_cells(const struct page *p, const struct two_scores *s);

static bool counts(const struct two_scores *s) {
  return (s->old && s->old->counts) || (s->now && s->now->counts);
}

/* Adds the rules that differ, and the whole policy, to the table; marks them. */
static void print_scores(const struct page *p, const char *const *headers, size_t n,
                         make_cells *make, bool *moved) {
  struct grid g = {.headers = headers, .n_columns = n};
  for (size_t i = 0; i < p->t->rules.n; i++) {
    const char *const *cells = make(p, &p->t->rules.v[i]);
    if (headers == right_headers && !counts(&p->t->rules.v[i])) continue;
    if (!has_moved(cells, n)) continue;
    moved[i] = true;
    VEC_PUSH(p->a, &g.rows, cells);
  }
  VEC_PUSH(p->a, &g.rows, make(p, &p->t->together));
  print_grid(p, &g);
}

static void print_rules(const struct page *p) {
  bool *moved = NEW_N(p->a, bool, p->t->rules.n + 1);
  long same = 0;
  print_scores(p, life_headers, 6, life_cells, moved);
  if (p->t->now->outcome) print_scores(p, right_headers, 7, right_cells, moved);
  for (size_t i = 0; i < p->t->rules.n; i++) same += !moved[i];
  bool all = same == (long)p->t->rules.n;
  if (same)
    print_text(p,
               arena_printf(
                   p->a, "%ld %s: the same in both.", same,
                   all ? plural(same, "rule", "rules") : plural(same, "other rule", "other rules")),
               true);
}

/* ---- money ----------------------------------------------------------------------------------- */

static const struct backtest_money *money_of(const struct score *s,
                                             const struct outcome_measure *of) {
  for (size_t m = 0; m < s->n_money; m++)
    if (s->money[m].of == of) return &s->money[m];
  return NULL;
}

static const char *sum_words(const struct page *p, const struct value *v) {
  char buf[96];
  return v ? arena_strdup(p->a, value_text(v, buf, sizeof buf)) : "–";
}

/* What the whole policy caught and missed, of a measure. */
static void print_money(const struct page *p) {
  static const char *const headers[] = {"measure", "money caught", "missed"};
  const struct condition *c = p->t->now->outcome;
  struct grid g = {.headers = headers, .n_columns = 3};
  for (size_t m = 0; c && m < c->measures.n; m++) {
    const struct backtest_money *x = money_of(p->t->together.old, &c->measures.v[m]);
    const struct backtest_money *y = money_of(p->t->together.now, &c->measures.v[m]);
    const char **cells = NEW_N(p->a, const char *, 3);
    cells[0] = c->measures.v[m].name;
    cells[1] =
        side_by_side(p, sum_words(p, x ? &x->caught : NULL), sum_words(p, y ? &y->caught : NULL));
    cells[2] =
        side_by_side(p, sum_words(p, x ? &x->missed : NULL), sum_words(p, y ? &y->missed : NULL));
    if (x || y) VEC_PUSH(p->a, &g.rows, cells);
  }
  if (p->t->now->onsets) print_grid(p, &g);
}

/* ---- what only one of them caught ------------------------------------------------------------ */

static const char *worth_words(const struct page *p, const struct onset *o) {
  for (size_t m = 0; o->worth && m < p->t->now->outcome->measures.n; m++)
    if (o->worth[m].known) return arena_printf(p->a, ", %s", sum_words(p, &o->worth[m]));
  return "";
}

static void print_alone(const struct page *p, const char *title, const struct onset *const *list,
                        size_t n) {
  char day[16];
  const char *text = arena_printf(p->a, "%s:", title);
  for (size_t i = 0; i < n && i < ONSETS_SHOWN; i++) {
    const struct onset *o = list[i];
    const char *label = strcmp(o->label, o->key) == 0 ? "" : arena_printf(p->a, " %s", o->label);
    text = arena_printf(p->a, "%s%s %s%s (%s%s)", text, i ? "," : "", o->key, label,
                        day_text(o->day, day), worth_words(p, o));
  }
  if (n > ONSETS_SHOWN)
    text = arena_printf(p->a, "%s, and %zu more: --format json", text, n - ONSETS_SHOWN);
  if (n) print_text(p, arena_printf(p->a, "%s.", text), true);
}

/* ---- people ---------------------------------------------------------------------------------- */

static void print_loads(const struct page *p) {
  static const char *const headers[] = {"over capacity", "capacity", "weeks"};
  struct grid g = {.headers = headers, .n_columns = 3};
  for (size_t i = 0; i < p->t->loads.n; i++) {
    const struct two_loads *l = &p->t->loads.v[i];
    const char **cells = NEW_N(p->a, const char *, 3);
    cells[0] = l->owner ? l->owner : "nobody";
    cells[1] = arena_printf(p->a, "%d", l->capacity);
    cells[2] = arena_printf(p->a, "%ld → %ld", l->weeks_before, l->weeks_after);
    VEC_PUSH(p->a, &g.rows, cells);
  }
  print_grid(p, &g);
}

/* ---- all ------------------------------------------------------------------------------------- */

static void print_parts(const struct page *p) {
  print_text(p, backtest_words(p->t->now, p->a), !p->style);
  print_rules(p);
  print_money(p);
  print_alone(p, "Caught by the old version alone", p->t->old_alone.v, p->t->old_alone.n);
  print_alone(p, "Caught by the new version alone", p->t->now_alone.v, p->t->now_alone.n);
  print_loads(p);
  name_list doubts = backtest_doubts(p->t->now, p->t->hindsight, p->a);
  for (size_t i = 0; i < doubts.n; i++) print_text(p, doubts.v[i], !i);
}

void print_two_backtests_text(FILE *f, const struct two_backtests *t,
                              const struct text_style *style, struct arena *a) {
  struct page p = {f, t, style, a};
  fputs("\nBacktest of both\n", f);
  print_parts(&p);
}

void print_two_backtests_markdown(FILE *f, const struct two_backtests *t, struct arena *a) {
  struct page p = {f, t, NULL, a};
  fputs("\n### Backtest of both\n", f);
  print_parts(&p);
}
