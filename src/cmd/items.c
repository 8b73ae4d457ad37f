/* vigie items. In: the state database and what to look for in it. Out: the action items, as a
 * table, JSON or CSV. */
#include <stdio.h>
#include <string.h>

#include "action/print_csv.h"
#include "action/print_json.h"
#include "action/print_text.h"
#include "action/state.h"
#include "base/arena.h"
#include "base/table.h"
#include "cmd/item_choice.h"
#include "cmd/problems.h"

/* *as_of: the day that the line names, else today where the company is. */
static bool find(const struct args *args, day_t *as_of, struct arena *a, const struct item ***items,
                 size_t *n, struct diags *problems) {
  struct state *s;
  struct item_filter f;
  struct settings settings;
  if (!open_items(args, STATE_READ, a, &s, problems)) return false;
  bool ok = state_settings(s, &settings, problems);
  *as_of = args->as_of != DAY_NONE ? args->as_of : day_today(settings.tz);
  ok = ok && choice_of(args, s, *as_of, a, &f, problems);
  if (strcmp(args->item_state, "all") != 0) f.state = args->item_state;
  ok = ok && state_list(s, &f, items, n, problems);
  state_close(s);
  return ok;
}

int cmd_items(const struct args *args) {
  struct arena *a = arena_new();
  const struct item **items;
  size_t n;
  struct diags problems = {.arena = a};
  int status = EXIT_CLEAN;
  day_t as_of;
  bool ok = find(args, &as_of, a, &items, &n, &problems);
  if (!ok) {
    status = print_problems(args, "vigie items", &problems);
  } else if (args->format == FORMAT_JSON) {
    print_items_json(stdout, as_of, items, n);
  } else if (args->format == FORMAT_CSV) {
    print_items_csv(stdout, items, n);
  } else {
    struct text_style style = {
        .width = term_width(), .color = args->color_out, .quiet = args->quiet};
    print_items_text(stdout, as_of, items, n, &style, a);
  }
  arena_free(a);
  return status;
}
