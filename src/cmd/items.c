/* vigie items. In: the state database and what to look for in it. Out: the action items, as the
 * morning's list, one line a customer or a person, JSON or CSV. */
#include <stdio.h>
#include <string.h>

#include "action/items_text.h"
#include "action/print_csv.h"
#include "action/print_json.h"
#include "base/terminal.h"
#include "cmd/item_choice.h"
#include "cmd/problems.h"

/* Fills the screen; *note: what is to be said of the list, or NULL. Its day is the one
 * that the line names, else today where the company is. */
static bool find(const struct args *args, struct items_screen *out, struct settings *settings,
                 const char **note, struct arena *a, struct diags *problems) {
  struct state *s;
  struct item_filter f = {0};
  const struct item **items = NULL;
  if (!open_items(args, STATE_READ, a, &s, problems)) return false;
  bool ok = state_settings(s, settings, problems);
  out->as_of = args->as_of != DAY_NONE ? args->as_of : day_today(settings->tz);
  ok = ok && choice_of(args, s, out->as_of, a, &f, problems);
  if (ok && strcmp(args->item_state, "all") != 0) f.state = args->item_state;
  f.reasons = args->format == FORMAT_JSON;
  f.steps = true;
  f.all_steps = out->by != ITEMS_BY_DAY;
  out->of_team = !f.owner;
  ok = ok && state_list(s, &f, &items, &out->n, problems);
  struct step_of *steps = NULL;
  ok = ok && state_steps(s, &f, &steps, &out->n_steps, problems);
  if (ok && !out->n && !out->n_steps) ok = choice_unknown(args, s, &f, a, note, problems);
  if (ok && !*note && !args->quiet) ok = old_run(s, out->as_of, a, note, problems);
  state_close(s);
  out->steps = steps;
  out->items = items;
  out->settings = settings;
  out->person = args->mine ? f.owner : NULL;
  return ok;
}

int cmd_items(const struct args *args) {
  struct arena *a = arena_new();
  struct diags problems = {.arena = a};
  struct settings settings = {0};
  struct items_screen screen = {.narrow = has_choice(args) || strcmp(args->item_state, "open") != 0,
                                .late = args->late,
                                .held = args->waiting || args->snoozed || args->muted,
                                .all = args->all,
                                .command = items_command(args, a)};
  const char *note = NULL;
  int status = EXIT_CLEAN;
  if (args->group_by)
    screen.by = strcmp(args->group_by, "owner") == 0 ? ITEMS_BY_OWNER : ITEMS_BY_ACCOUNT;
  if (!find(args, &screen, &settings, &note, a, &problems)) {
    status = print_problems(args, "vigie items", &problems);
  } else if (args->format == FORMAT_JSON) {
    print_items_json(stdout, &screen);
  } else if (args->format == FORMAT_CSV) {
    print_items_csv(stdout, screen.items, screen.n);
  } else {
    struct text_style style = {
        .width = term_width(), .color = args->color_out, .quiet = args->quiet};
    print_items_text(stdout, &screen, &style, a);
  }
  fflush(stdout); /* the note stands below the list */
  if (note) print_note(note);
  arena_free(a);
  return status;
}
