/* vigie items show. In: numbers of items. Out: a page of each: why it opened, what has happened to
 * it, what comes next. */
#include <stdio.h>

#include "action/item_text.h"
#include "action/print_json.h"
#include "base/terminal.h"
#include "cmd/item_choice.h"
#include "cmd/problems.h"

struct pages {
  struct item_page *v;
  size_t n;
};

static bool find(const struct args *args, struct pages *out, struct arena *a,
                 struct diags *problems) {
  struct state *s = NULL;
  struct settings *settings = NEW(a, struct settings); /* pages borrow its calendar */
  day_t newest = DAY_NONE;
  struct item *items;
  int64_t *numbers = NEW_N(a, int64_t, args->n_paths);
  for (size_t i = 0; i < args->n_paths; i++)
    if (!item_number(args->paths[i], &numbers[i]))
      return no_item_number(args->paths[i], a, problems);
  if (!open_items(args, STATE_READ, a, &s, problems)) return false;
  bool ok = state_settings(s, settings, problems) && state_newest_day(s, &newest, problems) &&
            state_numbered(s, numbers, args->n_paths, &items, problems);
  out->v = NEW_N(a, struct item_page, args->n_paths);
  for (; ok && out->n < args->n_paths; out->n++) {
    struct item_page *p = &out->v[out->n];
    struct event *history = NULL;
    struct rule_facts *rule = NEW(a, struct rule_facts);
    *p =
        (struct item_page){.as_of = args->as_of != DAY_NONE ? args->as_of : day_today(settings->tz),
                           .judged = newest,
                           .rule = rule,
                           .playbook = playbook_named(settings->playbooks, settings->n_playbooks,
                                                      items[out->n].playbook),
                           .calendar = &settings->calendar,
                           .item = &items[out->n]};
    ok = (p->item->id ||
          diag_fail(problems, V0612, "there is no item #%lld", (long long)numbers[out->n])) &&
         state_rule(s, p->item->rule, rule, problems) &&
         state_history(s, p->item->id, &history, &p->n_history, problems);
    if (ok && rule->judged != DAY_NONE) p->judged = rule->judged;
    p->history = history;
  }
  state_close(s);
  return ok;
}

int cmd_items_show(const struct args *args) {
  struct arena *a = arena_new();
  struct diags problems = {.arena = a};
  struct pages pages = {0};
  struct text_style style = {.width = term_width(), .color = args->color_out, .quiet = args->quiet};
  int status = EXIT_CLEAN;
  if (!find(args, &pages, a, &problems)) {
    status = print_problems(args, "vigie items show", &problems);
  } else if (args->format == FORMAT_JSON) {
    print_item_pages_json(stdout, pages.v, pages.n);
  } else {
    for (size_t i = 0; i < pages.n; i++) {
      if (i) putchar('\n');
      print_item_text(stdout, &pages.v[i], &style, a);
    }
  }
  arena_free(a);
  return status;
}
