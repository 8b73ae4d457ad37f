/* The fiscal periods that a test gives in place of the calendar's table. In: `given calendar start,
 * period, year` and its rows. Out: a calendar with them, checked. */
#include "sema/given_periods.h"

#include <stdio.h>
#include <string.h>

#define LIKE_THIS                                                                        \
  "write: given calendar start, through, period, quarter, year; and under it a row for " \
  "each period: row 2026-02-01, 2026-02-28, 1, 1, 2026"

enum { QUARTERS = 4, PERIODS = 13 };

static bool is_day_column(const char *word) {
  return strcmp(word, "start") == 0 || strcmp(word, "through") == 0 || strcmp(word, "until") == 0;
}

static bool is_number_column(const char *word) {
  return strcmp(word, "period") == 0 || strcmp(word, "quarter") == 0 || strcmp(word, "year") == 0;
}

static const char *period_column_of(const struct given_periods *g, size_t i) {
  const struct expr *path = g->table->facts.v[i].path;
  return path->path.v[path->path.n - 1];
}

static bool names(const struct given_periods *g, const char *word) {
  for (size_t i = 0; i < g->table->facts.n; i++)
    if (strcmp(period_column_of(g, i), word) == 0) return true;
  return false;
}

/* The columns are named, each is one that periods have, and none that is needed lacks. */
static bool columns_fit(struct ruleset *rs, const struct given_periods *g) {
  struct diag *d = NULL;
  for (size_t i = 0; !d && i < g->table->facts.n; i++)
    if (!is_day_column(period_column_of(g, i)) && !is_number_column(period_column_of(g, i)))
      d = diag_add(&rs->diags, V0403, g->table->facts.v[i].path->span,
                   "`%s` is no column of the fiscal periods", period_column_of(g, i));
  bool quarter = !rs->fiscal.quarter || names(g, "quarter");
  if (!d && (!names(g, "start") || !names(g, "period") || !names(g, "year") || !quarter))
    d = diag_add(&rs->diags, V0401, g->table->span,
                 "a fiscal period has a start, a period%s and a year",
                 quarter ? "" : ", a quarter");
  if (d) diag_help(&rs->diags, d, LIKE_THIS);
  return !d;
}

void given_periods_begin(struct ruleset *rs, struct given_periods *g, const struct clause *c) {
  struct diag *d = NULL;
  g->table = NULL;
  g->broken = true;
  if (!rs->fiscal.table)
    d = diag_add(&rs->diags, V0401, c->name_span,
                 "the fiscal periods of these files are counted from the start of the year, so no "
                 "test gives them");
  else if (!c->word_count)
    d = diag_add(&rs->diags, V0401, c->span, "fiscal periods are given as a table");
  if (d && rs->fiscal.table) diag_help(&rs->diags, d, LIKE_THIS);
  if (d && !rs->fiscal.table)
    diag_help(&rs->diags, d,
              "take the line out, or name the table in the calendar: fiscal periods from \"…\"");
  if (d) return;
  g->table = c;
  g->broken = !columns_fit(rs, g);
}

static bool take_number(const struct expr *v, const char *word, struct fiscal_period *p) {
  char text[32] = "";
  if (v->kind != E_NUMBER && v->kind != E_STRING) return false;
  if (v->kind == E_NUMBER) snprintf(text, sizeof text, "%.15g", v->num);
  const char *s = v->kind == E_STRING ? v->name : text;
  if (strcmp(word, "year") == 0) return fiscal_year_number(s, &p->year);
  if (strcmp(word, "period") == 0) return fiscal_number(s, 1, PERIODS, &p->part);
  return fiscal_number(s, 1, QUARTERS, &p->quarter);
}

static bool take_value(const struct expr *v, const char *word, struct fiscal_period *p) {
  if (!is_day_column(word)) return take_number(v, word, p);
  if (v->kind != E_DATE) return false;
  if (strcmp(word, "start") == 0)
    p->first = v->day;
  else
    p->last = v->day - (strcmp(word, "until") == 0);
  return true;
}

void given_periods_row(struct ruleset *rs, struct given_periods *g, const struct clause *c) {
  struct fiscal_period p = {.last = DAY_NONE};
  if (g->broken) return;
  g->broken = true;
  struct diag *d = NULL;
  if (c->facts.n != g->table->facts.n)
    d = diag_add(&rs->diags, V0401, c->span, "this row has %zu values, and its table %zu columns",
                 c->facts.n, g->table->facts.n);
  for (size_t i = 0; !d && i < c->facts.n; i++)
    if (!take_value(c->facts.v[i].value, period_column_of(g, i), &p))
      d = diag_add(&rs->diags, V0403, c->facts.v[i].value->span, "this is no `%s` of a period",
                   period_column_of(g, i));
  if (d) {
    diag_help(&rs->diags, d, LIKE_THIS);
    return;
  }
  g->broken = false;
  VEC_PUSH(rs->arena, &g->list, p);
}

const struct calendar *given_periods_end(struct ruleset *rs, const struct given_periods *g) {
  if (!g->table || g->broken) return NULL;
  struct calendar *c = NEW(rs->arena, struct calendar);
  struct diags problems = {.arena = rs->arena};
  *c = rs->calendar;
  if (calendar_set_fiscal(c, rs->arena, g->list.v, g->list.n, true, &problems)) return c;
  diag_add(&rs->diags, V0517, g->table->span, "%s", diags_failure(&problems));
  return NULL;
}
