/* vigie items stats. In: the state database and what to look for in it. Out: what became of its
 * items, by rule, person or month. */
#include <stdio.h>
#include <string.h>

#include "action/items_stats.h"
#include "base/terminal.h"
#include "cmd/item_choice.h"
#include "cmd/problems.h"

/* Drawn over time, they are by month. */
static bool draws(const struct args *args) {
  return args->plot && args->format == FORMAT_TEXT && term_is_tty(stdout);
}

static enum stats_by by_of(const struct args *args) {
  if (draws(args)) return STATS_BY_MONTH;
  if (strcmp(args->stats_by, "owner") == 0) return STATS_BY_OWNER;
  return strcmp(args->stats_by, "month") == 0 ? STATS_BY_MONTH : STATS_BY_RULE;
}

int cmd_items_stats(const struct args *args) {
  struct arena *a = arena_new();
  struct diags problems = {.arena = a};
  struct state *s = NULL;
  struct settings settings;
  struct item_filter f;
  struct items_stats *stats = NULL;
  const char *note = NULL;
  day_t as_of = args->as_of;
  bool ok =
      open_items(args, STATE_READ, a, &s, &problems) && state_settings(s, &settings, &problems);
  if (ok && as_of == DAY_NONE) as_of = day_today(settings.tz);
  if (ok) stats = items_stats_new(as_of, by_of(args), a);
  ok = ok && choice_of(args, s, as_of, a, &f, &problems) &&
       state_each(s, &f, items_stats_fields, n_items_stats_fields, items_stats_add, stats,
                  &problems);
  if (ok && items_stats_empty(stats)) ok = choice_unknown(args, s, &f, a, &note, &problems);
  state_close(s);
  struct text_style style = {.width = term_width(), .color = args->color_out, .quiet = args->quiet};
  if (ok && args->format == FORMAT_JSON)
    print_stats_json(stdout, stats);
  else if (ok && draws(args))
    print_stats_plot(stdout, stats, style.width);
  else if (ok)
    print_stats_text(stdout, stats, args->all, &style);
  fflush(stdout); /* the note stands below the table */
  if (ok && note) print_note(note);
  int status = ok ? EXIT_CLEAN : print_problems(args, "vigie items stats", &problems);
  arena_free(a);
  return status;
}
