/* In: coverage. Out: a table of rules, and what no test reaches, each with its place. */
#include <string.h>

#include "base/table.h"
#include "base/terminal.h"
#include "base/text.h"
#include "test/report.h"

static const char *seen(long n) { return n ? "yes" : "no"; }

static void print_rules(FILE *f, const struct coverage *c, struct arena *a) {
  static const struct table_col columns[] = {
      {.header = "rule", .fit = FIT_SHORTEN, .min_width = 20},
      {.header = "fired"},
      {.header = "did not fire"},
      {.header = "unknown"},
      {.header = "branches", .align = ALIGN_RIGHT}};
  struct table *t = table_new(a, columns, 5);
  for (size_t i = 0; i < c->rules.n; i++) {
    const struct rule_coverage *r = &c->rules.v[i];
    size_t reached = 0;
    for (size_t k = 0; k < r->branches.n; k++)
      reached += (r->branches.v[k].yes > 0) + (r->branches.v[k].no > 0);
    const char *branches =
        r->branches.n ? arena_printf(a, "%zu of %zu", reached, r->branches.n * 2) : "";
    table_row(t, (const char *const[]){r->rule->name, seen(r->fired), seen(r->silent),
                                       seen(r->unknown), branches});
  }
  table_print(t, f, term_width(), false);
}

static void print_gap(FILE *f, struct arena *a, struct span at, const char *text,
                      const char *what) {
  int line, col;
  source_place(at.src, a, at.at, &line, &col);
  fprintf(f, "  %s:%d: ", at.src->path, line);
  text_print_safe(f, text, strlen(text));
  fprintf(f, " %s\n", what);
}

static void print_gaps(FILE *f, const struct coverage *c, struct arena *a) {
  for (size_t i = 0; i < c->rules.n; i++) {
    const struct rule_coverage *r = &c->rules.v[i];
    bool none = !r->fired && !r->silent;
    if (none)
      print_gap(f, a, r->rule->span, r->rule->name,
                r->unknown ? "is never known" : "is judged by no test");
    else if (!r->fired)
      print_gap(f, a, r->rule->span, r->rule->name, "never fires");
    else if (!r->silent)
      print_gap(f, a, r->rule->span, r->rule->name, "always fires");
    for (size_t k = 0; k < r->branches.n && !none; k++) {
      const struct branch_coverage *b = &r->branches.v[k];
      if (!b->yes) print_gap(f, a, b->span, b->text, "is never true");
      if (!b->no) print_gap(f, a, b->span, b->text, "is never false");
    }
  }
  for (size_t i = 0; i < c->thresholds.n; i++) {
    const struct threshold_coverage *t = &c->thresholds.v[i];
    for (size_t k = 0; k < t->threshold->lines.n; k++)
      if (!t->used[k])
        print_gap(f, a, t->threshold->lines.v[k].span, t->threshold->name,
                  "is never used with this line");
  }
}

void test_report_coverage(FILE *f, const struct coverage *c, struct arena *a) {
  long reached, all;
  coverage_count(c, &reached, &all);
  fputc('\n', f);
  print_rules(f, c, a);
  if (reached < all) fputs("\nnot reached:\n", f);
  print_gaps(f, c, a);
  fprintf(f,
          "\ncoverage: %.1f%% (%ld of %ld: each rule fired and not, each branch true and false, "
          "each threshold line used)\n",
          coverage_percent(c), reached, all);
}
