/* In: steps. Out: two lines for each: whose item it is of and by when, and what to do. */
#include "action/steps_text.h"

#include "action/day_word.h"
#include "action/short_name.h"
#include "base/table.h"

static void add_step(struct table *t, const struct steps_view *v, const struct step_of *s,
                     const struct text_style *style, struct arena *a) {
  const struct item_step *step = &s->item->steps[s->at];
  const char *owner =
      short_name(v->doers ? step_owner(s->item, step) : s->item->owner, v->domain, a);
  table_row(t, (const char *const[]){
                   arena_printf(a, " #%lld step %zu", (long long)s->item->id, s->at + 1),
                   day_due(step->due, v->as_of, style->width, a), item_subject(s->item), owner});
  table_line(t, 1, step->text);
}

void print_steps_text(FILE *f, const struct steps_view *v, const struct text_style *style,
                      struct arena *a) {
  const struct table_col cols[] = {{.header = ""},
                                   {.header = ""},
                                   {.header = "", .fit = FIT_WRAP, .min_width = 20},
                                   {.header = "", .fit = FIT_WRAP, .min_width = 12}};
  if (!v->n) return;
  struct table *t = table_new(a, cols, sizeof cols / sizeof *cols);
  size_t shown = v->n <= v->most + 1 ? v->n : v->most;
  table_line(t, 0, "");
  table_line(t, 0, v->title);
  for (size_t i = 0; i < shown; i++) add_step(t, v, &v->steps[i], style, a);
  if (shown < v->n) table_line(t, 1, arena_printf(a, "%zu more: %s", v->n - shown, v->command));
  if (!style->quiet)
    table_line(t, 0,
               arena_printf(a, "Check one off with: vigie items check %lld %zu",
                            (long long)v->steps[0].item->id, v->steps[0].at + 1));
  table_print(t, f, style->width, false);
}
