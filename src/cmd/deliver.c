/* vigie deliver. In: the outbox of the state, and how the teams are told. Out: messages at their
 * places, and what became of each. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/path.h"
#include "base/terminal.h"
#include "cmd/item_choice.h"
#include "cmd/problems.h"
#include "deliver/deliver_text.h"

struct delivery {
  const struct args *args;
  struct arena *a;
  struct diags problems;
  struct settings settings;
  struct wall now;
  struct composed composed;
  struct dispatched dispatched;
  struct delivery_page page;
};

/* Reads what waits and freezes it; of a dry run nothing stays. */
static bool prepare(struct delivery *x) {
  struct state *s;
  enum state_mode mode = x->args->dry_run ? STATE_TRY : STATE_WRITE;
  if (!open_items(x->args, mode, x->a, &s, &x->problems)) return false;
  bool ok = state_settings(s, &x->settings, &x->problems);
  x->now = wall_now(x->settings.tz);
  struct composing c = {
      .s = s, .settings = &x->settings, .now = x->now, .old_too = x->args->older, .a = x->a};
  struct untold *untold = NULL;
  ok = ok && (!x->args->retry || outbox_retry(s, &x->problems)) &&
       outbox_failed(s, &x->page.failed, &x->problems) && compose(&c, &x->composed, &x->problems) &&
       outbox_untold(s, x->now.day - EVENT_DAYS, &untold, &x->page.n_untold, &x->problems);
  x->page.untold = untold;
  x->page.composed = &x->composed;
  if (ok && !x->args->dry_run) return state_commit(s, &x->problems);
  state_close(s);
  return ok;
}

static struct dispatching way(const struct delivery *x) {
  return (struct dispatching){.state_path = x->args->state,
                              .folder = x->args->out_folder,
                              .allow_private = x->args->allow_private,
                              .now = x->now.instant,
                              .a = x->a};
}

static int show(struct delivery *x) {
  struct text_style style = {
      .width = term_width(), .color = x->args->color_out, .quiet = x->args->quiet};
  if (x->args->format == FORMAT_JSON)
    print_delivery_json(stdout, &x->page);
  else if (x->args->dry_run)
    print_dry_delivery(stdout, &x->page, x->a);
  else
    print_delivery_text(stdout, &x->page, &style, x->a);
  return delivery_needs_look(&x->page) ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int deliver(struct delivery *x) {
  struct delivery_lock lock = {.file = -1};
  if (!x->args->dry_run && !dispatch_lock(x->args->state, x->a, &lock, &x->problems))
    return EXIT_USAGE;
  bool ok = prepare(x);
  if (ok && !x->args->dry_run) {
    struct dispatching d = way(x);
    ok = dispatch(&d, &x->dispatched, &x->problems);
    x->page.dispatched = &x->dispatched;
  }
  dispatch_unlock(&lock);
  return ok ? show(x) : EXIT_USAGE;
}

/* Sends one message of each channel that is kept nowhere, to the person who asks. */
static bool send_samples(struct delivery *x) {
  struct state *s;
  struct mover by;
  if (!mover_of(x->args, x->a, &by, &x->problems) ||
      !open_items(x->args, STATE_READ, x->a, &s, &x->problems))
    return false;
  bool ok = state_settings(s, &x->settings, &x->problems);
  state_close(s);
  x->now = wall_now(x->settings.tz);
  struct composing c = {.settings = &x->settings, .now = x->now, .a = x->a};
  compose_samples(&c, by.person, &x->composed);
  x->dispatched.messages = x->composed.messages;
  x->dispatched.n = x->composed.n;
  struct dispatching d = way(x);
  for (size_t i = 0; ok && i < x->composed.n; i++)
    ok = dispatch_once(&d, &x->composed.messages[i], &x->dispatched.problems, &x->problems);
  x->page.composed = &x->composed;
  x->page.dispatched = &x->dispatched;
  return ok;
}

static int list_failed(struct delivery *x) {
  struct state *s;
  struct message *list;
  size_t n;
  if (!open_items(x->args, STATE_READ, x->a, &s, &x->problems)) return EXIT_USAGE;
  bool ok = outbox_messages(s, MESSAGE_FAILED, &list, &n, &x->problems);
  state_close(s);
  if (!ok) return EXIT_USAGE;
  struct text_style style = {.width = term_width(), .color = x->args->color_out};
  if (x->args->format == FORMAT_JSON)
    print_messages_json(stdout, list, n);
  else
    print_messages_text(stdout, list, n, &style, x->a);
  return n ? EXIT_FINDINGS : EXIT_CLEAN;
}

int cmd_deliver(const struct args *args) {
  struct delivery x = {.args = args, .a = arena_new()};
  x.problems.arena = x.a;
  int status;
  if (!wall_now_fits())
    status = refuse_option(args, "vigie deliver",
                           "VIGIE_NOW is a day and a time, such as 2026-03-02 09:00, not \"%s\": "
                           "correct it, or unset it",
                           getenv("VIGIE_NOW"));
  else if (args->out_folder && !path_is_folder(args->out_folder))
    status = refuse_option(args, "vigie deliver", "there is no folder %s: make it, or name another",
                           args->out_folder);
  else
    status = args->failed   ? list_failed(&x)
             : args->sample ? (send_samples(&x) ? show(&x) : EXIT_USAGE)
                            : deliver(&x);
  if (x.problems.list.n) status = print_problems(args, "vigie deliver", &x.problems);
  arena_free(x.a);
  return status;
}
