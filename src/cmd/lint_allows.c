/* vigie lint --suppressions. In: the comments that allow findings, and the checks that the project
 * turns off. Out: a table of them. */
#include "cmd/lint_allows.h"

#include <stdio.h>

#include "base/table.h"
#include "base/terminal.h"
#include "lint/report.h"

void lint_print_allows(const struct args *args, const struct lint_result *r, struct arena *a) {
  const struct table_col columns[] = {{.header = "place"},
                                      {.header = "allows"},
                                      {.header = "until"},
                                      {.header = "found", .align = ALIGN_RIGHT},
                                      {.header = "reason", .fit = FIT_WRAP}};
  struct table *t = table_new(a, columns, 5);
  for (size_t i = 0; i < r->allows.n; i++) {
    const struct allow *w = r->allows.v[i];
    char day[16];
    char *codes = arena_strdup(a, w->codes[0] ? w->codes[0] : "");
    for (size_t k = 1; w->codes[0] && w->codes[k]; k++)
      codes = arena_printf(a, "%s, %s", codes, w->codes[k]);
    struct place_range p = {0};
    report_place(a, w->span, &p);
    const char *cells[] = {arena_printf(a, "%s:%d", p.file, p.line), codes,
                           w->until == DAY_NONE ? "" : day_text(w->until, day),
                           arena_printf(a, "%ld", w->used), w->reason};
    table_row(t, cells);
  }
  for (size_t i = 0; i < r->off.n; i++) {
    const struct lint_setting *s = r->off.v[i].by;
    struct place_range p = {0};
    report_place(a, s->span, &p);
    const char *cells[] = {arena_printf(a, "%s:%d", p.file, p.line),
                           s->file ? arena_printf(a, "%s in %s", s->check, s->file) : s->check, "",
                           arena_printf(a, "%ld", r->off.v[i].found), s->because};
    table_row(t, cells);
  }
  if (r->allows.n || r->off.n)
    table_print(t, stdout, term_width(), args->color_out);
  else if (!args->quiet)
    printf("no comment allows anything, and the project turns nothing off\n");
}
