/* In: items. Out: a table that fits the terminal. What a reader must not miss about an item
 * stands beside its day. */
#include "action/item_table.h"

#include <string.h>

#include "base/table.h"

const char *item_subject(const struct item *i) {
  return i->label ? i->label : i->key ? i->key : "(unknown)";
}

/* Closed items say how they ended; open ones what is special about them. */
static const char *mark(const struct item *i, bool is_new, day_t as_of, struct arena *a) {
  if (!item_living(i)) return item_state_word(i->state);
  const char *marks[] = {is_new ? "new" : NULL, is_new && i->due_late ? "late" : NULL,
                         i->escalated_to ? arena_printf(a, "escalated to %s", i->escalated_to)
                         : i->due != DAY_NONE && i->due < as_of ? "overdue"
                                                                : NULL,
                         i->row_gone ? "row gone" : NULL};
  const char *text = "";
  for (size_t m = 0; m < sizeof marks / sizeof *marks; m++)
    if (marks[m]) text = *text ? arena_printf(a, "%s, %s", text, marks[m]) : marks[m];
  return text;
}

void print_item_table(FILE *f, const struct item *const *items, size_t n,
                      const struct item_view *view, const struct text_style *style,
                      struct arena *a) {
  struct table_col cols[7] = {{.header = "due"},
                              {.header = ""},
                              {.header = "worth", .align = ALIGN_RIGHT},
                              {.header = "about", .fit = FIT_SHORTEN, .min_width = 16},
                              {.header = "rule", .fit = FIT_SHORTEN, .min_width = 12}};
  size_t n_cols = 5;
  if (view->owners)
    cols[n_cols++] = (struct table_col){.header = "owner", .fit = FIT_SHORTEN, .min_width = 16};
  cols[n_cols++] = (struct table_col){
      .header = "what to do", .fit = view->brief ? FIT_SHORTEN : FIT_WRAP, .min_width = 24};
  struct table *t = table_new(a, cols, n_cols);
  for (size_t i = 0; i < n; i++) {
    const struct item *it = items[i];
    char due[16], worth[96];
    size_t c = 0;
    const char *cells[7];
    cells[c++] = it->due == DAY_NONE ? "" : day_text(it->due, due);
    cells[c++] = mark(it, view->is_new && view->is_new[i], view->as_of, a);
    cells[c++] = it->worth.known ? value_text(&it->worth, worth, sizeof worth) : "";
    cells[c++] = item_subject(it);
    cells[c++] = it->rule;
    if (view->owners) cells[c++] = it->owner ? it->owner : "nobody";
    cells[c] = it->action;
    table_row(t, cells);
  }
  table_print(t, f, style->width, style->color);
}

void print_first_table(FILE *f, const struct item *const *items, size_t n,
                       const struct text_style *style, struct arena *a) {
  const struct table_col cols[] = {{.header = "due"},
                                   {.header = "worth", .align = ALIGN_RIGHT},
                                   {.header = "owner", .fit = FIT_SHORTEN, .min_width = 16},
                                   {.header = "what to do", .fit = FIT_WRAP, .min_width = 40}};
  struct table *t = table_new(a, cols, sizeof cols / sizeof *cols);
  for (size_t i = 0; i < n; i++) {
    const struct item *it = items[i];
    char due[16], worth[96];
    const char *subject = item_subject(it);
    /* A `do` text mostly names the row; the sentence that stands in for it does not. */
    bool named = it->action && (strstr(it->action, subject) || strcmp(it->entity, "company") == 0);
    table_row(t,
              (const char *const[]){
                  it->due == DAY_NONE ? "" : day_text(it->due, due),
                  it->worth.known ? value_text(&it->worth, worth, sizeof worth) : "",
                  it->owner ? it->owner : "nobody",
                  named ? it->action
                        : arena_printf(a, "%s: %s", subject, it->action ? it->action : it->rule)});
  }
  table_print(t, f, style->width, style->color);
}
