/* vigie items ack, done, dismiss, snooze, assign, due, note, check, uncheck, reopen. In: numbers or
 * a filter, and a person. Out: the items moved, all or none, and what was said of each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "action/move.h"
#include "base/check.h"
#include "base/text.h"
#include "cmd/items_move.h"
#include "cmd/problems.h"
#include "cmd/said_day.h"

/* ---- the line ------------------------------------------------------------------------- */

static bool needs(struct moving_items *x, bool given, const char *what) {
  return given || diag_fail(&x->problems, V0704, "%s", what);
}

/* What the move cannot do without. */
static bool complete(struct moving_items *x) {
  const struct item_move *m = &x->m;
  switch (m->kind) {
    case MOVE_snooze:
      return needs(x, x->args->until || m->until_worse,
                   "say until when: --until 2026-03-16, or --until-worse");
    case MOVE_assign: return needs(x, m->to && *m->to, "say to whom: --to ana@company.example");
    case MOVE_due: return needs(x, x->args->to_day != NULL, "say which day: --to 2026-03-20");
    case MOVE_note:
      return needs(x, m->note && *m->note, "say what to note: vigie items note 12 \"…\"");
    default: return true;
  }
}

/* "14,15" and "12-15", as other programs take them. */
static bool is_several(const char *word) {
  return strspn(word, "#0123456789,-") == strlen(word) && strpbrk(word, ",-") && word[0] != '-';
}

/* "14 15": the numbers with blanks between them; of a range its first two. */
static const char *with_blanks(const char *word, struct arena *a) {
  char *text = arena_strdup(a, word);
  int64_t first = strtoll(word + (*word == '#'), NULL, 10);
  if (!strchr(word, ','))
    return arena_printf(a, "%lld %lld …", (long long)first, (long long)first + 1);
  for (char *c = text; *c; c++)
    if (*c == ',') *c = ' ';
  return text;
}

/* A day behind the number, or a filter beside it, where the move has an option for that; false: it
 * is something else. */
static bool say_option(struct moving_items *x, const char *word, const char *option) {
  return diag_fail(&x->problems, V0704, "write it with %s: vigie items %s %s %s %s", option,
                   move_name(x->m.kind), x->args->paths[0], option, text_shell_word(x->a, word));
}

static bool say_no_number(struct moving_items *x, const char *word) {
  const char *move = move_name(x->m.kind);
  day_t day;
  struct calendar any;
  calendar_init(&any);
  bool is_day = word != x->args->paths[0] && said_day(word, 0, &any, &day);
  if (is_day && x->m.kind == MOVE_due) return say_option(x, word, "--to");
  if (is_day && x->m.kind == MOVE_snooze) return say_option(x, word, "--until");
  if (is_several(word))
    return diag_fail(&x->problems, V0704,
                     "\"%s\": write each number, with blanks: vigie items %s %s", word, move,
                     with_blanks(word, x->a));
  if (x->m.kind == MOVE_assign && !x->m.to)
    return diag_fail(&x->problems, V0704, "say to whom with --to: vigie items assign %s --to %s",
                     x->args->paths[0], text_shell_word(x->a, word));
  return no_item_number(word, x->a, &x->problems);
}

/* An item, then its steps. */
static bool read_steps(struct moving_items *x, int64_t *numbers, size_t *n) {
  const struct args *args = x->args;
  const char *move = move_name(x->m.kind);
  int64_t *steps = NEW_N(x->a, int64_t, args->n_paths);
  if (!item_number(args->paths[0], &numbers[0])) return say_no_number(x, args->paths[0]);
  *n = 1;
  for (size_t i = 1; i < args->n_paths; i++)
    if (!item_number(args->paths[i], &steps[i - 1]))
      return diag_fail(&x->problems, V0704,
                       "\"%s\" is no step's number: write it as `vigie items show` shows it, such "
                       "as: vigie items %s %lld 1",
                       args->paths[i], move, (long long)numbers[0]);
  x->m.steps = steps;
  x->m.n_steps = args->n_paths - 1;
  return x->m.n_steps ||
         diag_fail(
             &x->problems, V0704,
             "say which steps: `vigie items show %lld` numbers them; then, for one: vigie items "
             "%s %lld 1",
             (long long)numbers[0], move, (long long)numbers[0]);
}

/* A note without its quotes: all from the first word on is its text. */
static bool say_unquoted(struct moving_items *x, size_t first) {
  const char *text = "", *numbers = "";
  for (size_t i = 0; i < x->args->n_paths; i++)
    if (i < first)
      numbers = arena_printf(x->a, "%s %s", numbers, x->args->paths[i]);
    else
      text = arena_printf(x->a, "%s%s%s", text, *text ? " " : "", x->args->paths[i]);
  return diag_fail(&x->problems, V0704, "put the note in quotes: vigie items note%s %s", numbers,
                   text_shell_word(x->a, text));
}

/* The words of the line: numbers, and for a note its text. */
static bool read_numbers(struct moving_items *x, int64_t *numbers, size_t *n) {
  const struct args *args = x->args;
  *n = 0;
  if (move_checks(x)) return read_steps(x, numbers, n);
  for (size_t i = 0; i < args->n_paths; i++) {
    const char *word = args->paths[i];
    int64_t number;
    if (item_number(word, &number)) {
      bool twice = false;
      for (size_t k = 0; k < *n; k++) twice |= numbers[k] == number;
      if (!twice) numbers[(*n)++] = number;
    } else if (x->m.kind == MOVE_note && i + 1 == args->n_paths && !x->m.note) {
      x->m.note = word;
    } else {
      return x->m.kind == MOVE_note && *n ? say_unquoted(x, i) : say_no_number(x, word);
    }
  }
  if (*n && x->m.kind == MOVE_assign && args->owner && !x->m.to)
    return say_option(x, args->owner, "--to");
  if (*n && x->m.kind == MOVE_due && args->due && !args->to_day)
    return say_option(x, args->due, "--to");
  if (*n && has_choice(args))
    return diag_fail(&x->problems, V0704, "give numbers or filters, not both");
  if (!*n && !has_choice(args))
    return diag_fail(
        &x->problems, V0704,
        "say which items: vigie items shows their numbers; write 14, since a shell drops #14");
  return true;
}

static bool read_line(struct moving_items *x) {
  const struct args *args = x->args;
  x->m.day = args->as_of;
  x->m.until = DAY_NONE;
  x->m.until_worse = args->until_worse;
  x->m.to = args->to_person;
  x->m.note = args->note;
  x->m.outcome = args->outcome;
  x->m.if_rev = args->if_rev;
  return mover_of(args, x->a, &x->m.by, &x->problems);
}

/* ---- the items ------------------------------------------------------------------------ */

static bool say_none(struct moving_items *x, struct state *s, const struct item_filter *f) {
  const char *unknown;
  return choice_unknown(x->args, s, f, x->a, &unknown, &x->problems) &&
         diag_fail(&x->problems, V0612, "%s%s", unknown ? "nothing was changed: " : "",
                   unknown ? unknown : "no item is like that: nothing was changed");
}

static bool gather(struct moving_items *x, struct state *s, const int64_t *numbers, size_t n) {
  if (n) {
    x->n = n;
    if (!state_numbered(s, numbers, n, &x->items, &x->problems)) return false;
    for (size_t i = 0; i < n; i++)
      if (!x->items[i].id)
        return diag_fail(&x->problems, V0612, "there is no item #%lld: nothing was changed",
                         (long long)numbers[i]);
    return true;
  }
  struct item_filter f;
  const struct item **found;
  x->by_filter = true;
  if (!choice_of(x->args, s, x->m.day, x->a, &f, &x->problems)) return false;
  f.state = x->m.kind == MOVE_reopen ? NULL : "open";
  f.steps = true;
  if (!state_list(s, &f, &found, &x->n, &x->problems)) return false;
  x->items = NEW_N(x->a, struct item, x->n);
  size_t kept = 0;
  for (size_t i = 0; i < x->n; i++)
    if (x->m.kind != MOVE_reopen || !item_living(found[i])) x->items[kept++] = *found[i];
  x->n = kept;
  return x->n || say_none(x, s, &f);
}

/* What the runs know of the company: what day it is there, and its holidays; with them the day
 * that the line says. */
static bool learn(struct moving_items *x, struct state *s) {
  if (!state_settings(s, &x->settings, &x->problems)) return false;
  x->today = day_today(x->settings.tz);
  if (x->m.day == DAY_NONE) x->m.day = x->today;
  x->m.calendar = &x->settings.calendar;
  const char *until = x->m.kind == MOVE_due ? x->args->to_day : x->args->until;
  if (!until || said_day(until, x->m.day, x->m.calendar, &x->m.until)) return true;
  return diag_fail(&x->problems, V0704, "%s takes " SAID_DAYS ", not \"%s\"",
                   x->m.kind == MOVE_due ? "--to" : "--until", until);
}

/* A day that has not come, as far as the runs know. */
static bool day_fits(struct moving_items *x, struct state *s) {
  day_t newest;
  char buf[16];
  if (!state_newest_day(s, &newest, &x->problems)) return false;
  if (x->m.day <= x->today || (newest != DAY_NONE && x->m.day <= newest)) return true;
  return diag_fail(&x->problems, V0704,
                   "%s has not come: leave out --as-of, or give an earlier day",
                   day_text(x->m.day, buf));
}

/* A day that is over is late at once: a slip in the month, or the year. */
static bool is_ahead(struct moving_items *x) {
  char due[16], day[16];
  return x->m.kind != MOVE_due || x->m.until >= x->m.day ||
         diag_fail(&x->problems, V0704, "%s is over: give %s, or a later day",
                   day_text(x->m.until, due), day_text(x->m.day, day));
}

/* Whom the item goes to. What has no @ is somebody whom the state knows. */
static bool find_taker(struct moving_items *x, struct state *s) {
  if (x->m.kind != MOVE_assign) return true;
  if (strchr(x->m.to, '@')) return person_find(x->m.to, s, x->a, &x->taker, &x->problems);
  if (strcmp(x->m.to, "none") == 0 || strcmp(x->m.to, "nobody") == 0)
    return diag_fail(&x->problems, V0704,
                     "an item is given to somebody: --to ana@company.example; what nobody should "
                     "have is closed with dismiss");
  return person_of(x->m.to, "of anybody else write the whole address", s, x->a, &x->m.to,
                   &x->problems);
}

static bool move_all(struct moving_items *x, struct state *s) {
  x->answers = NEW_N(x->a, struct moved, x->n);
  x->words = NEW_N(x->a, const char *, x->n);
  x->slept = NEW_N(x->a, bool, x->n);
  x->changes.n = 0;
  for (size_t i = 0; i < x->n; i++) {
    x->words[i] = item_word(&x->items[i]);
    x->slept[i] = x->items[i].snoozed_until != DAY_NONE;
    x->m.living = 0;
    if (x->m.kind == MOVE_reopen && !state_living(s, &x->items[i], &x->m.living, &x->problems))
      return false;
    x->answers[i] = move_item(&x->m, &x->items[i], i, &x->changes, x->a);
  }
  return true;
}

/* ---- asking --------------------------------------------------------------------------- */

/* What a filter means is shown before it is moved; on a terminal that is a question, elsewhere it
 * needs --yes. Numbers are what a person has read and typed. *go: shall they be moved? */
static bool agreed(struct moving_items *x, bool *go) {
  *go = true;
  bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
  if (x->args->yes || !x->by_filter) return true;
  if (x->args->format != FORMAT_JSON) move_say_preview(x, !terminal);
  if (!terminal)
    return diag_fail(&x->problems, V0612,
                     "nothing was changed: without a terminal, a filter needs --yes");
  fputs("Go on? [y/N] ", stdout);
  fflush(stdout);
  int c = getchar();
  *go = c == 'y' || c == 'Y';
  if (!*go) puts("Nothing was changed.");
  return true;
}

/* ---- the whole ------------------------------------------------------------------------ */

/* What somebody else has done to it since it was shown; false: the state cannot be read. */
static bool say_collision(struct moving_items *x, struct state *s, size_t i) {
  struct event *history;
  size_t n;
  char day[16];
  if (!state_history(s, x->items[i].id, &history, &n, &x->problems)) return false;
  CHECK(n > 0); /* it opened */
  const struct event *e = &history[n - 1];
  const char *on = e->day == DAY_NONE ? "" : arena_printf(x->a, " on %s", day_text(e->day, day));
  x->answers[i] =
      (struct moved){.answer = MOVE_REFUSED,
                     .why = arena_printf(x->a, "has been changed since it was shown: %s by %s%s",
                                         e->change, e->person ? e->person : "the run", on)};
  return true;
}

/* Looks first and asks; then moves what is still as it was shown. */
static int make_moves(struct moving_items *x) {
  int64_t *numbers = NEW_N(x->a, int64_t, x->args->n_paths + 1);
  size_t n;
  struct state *s;
  bool go;
  if (!read_line(x) || !read_numbers(x, numbers, &n) || !complete(x) ||
      !open_items(x->args, STATE_READ, x->a, &s, &x->problems))
    return EXIT_USAGE;
  bool ok = mover_find(&x->m.by, s, x->a, &x->mover, &x->problems) && learn(x, s) &&
            day_fits(x, s) && is_ahead(x) && find_taker(x, s) && gather(x, s, numbers, n);
  state_close(s);
  if (!ok || !agreed(x, &go)) return EXIT_USAGE;
  if (!go) return EXIT_CLEAN;

  int64_t *shown = NEW_N(x->a, int64_t, x->n), *revs = NEW_N(x->a, int64_t, x->n);
  for (size_t i = 0; i < x->n; i++) {
    shown[i] = x->items[i].id;
    revs[i] = x->items[i].rev;
  }
  if (!open_items(x->args, STATE_WRITE, x->a, &s, &x->problems)) return EXIT_USAGE;
  if (!gather(x, s, shown, x->n) || !move_all(x, s)) {
    state_close(s);
    return EXIT_USAGE;
  }
  for (size_t i = 0; i < x->n; i++)
    if (x->items[i].rev != revs[i] && x->by_filter && !say_collision(x, s, i)) {
      state_close(s);
      return EXIT_USAGE;
    }
  if (moves_count(x, MOVE_REFUSED)) {
    state_close(s);
    move_say_refused(x);
    return EXIT_FINDINGS;
  }
  if (!state_save_moves(s, &x->m.by, x->m.day, x->items, x->n, x->changes.v, x->changes.n,
                        &x->problems)) {
    state_close(s);
    return EXIT_USAGE;
  }
  return state_commit(s, &x->problems) ? EXIT_CLEAN : EXIT_USAGE;
}

static int move_items(const struct args *args, enum move_kind kind) {
  struct arena *a = arena_new();
  struct moving_items x = {.args = args, .m = {.kind = kind}, .a = a, .problems = {.arena = a}};
  int status = make_moves(&x);
  bool json = args->format == FORMAT_JSON && x.answers;
  if (x.problems.errors && !(json && status == EXIT_FINDINGS))
    print_problems(args, "vigie", &x.problems);
  else if (!x.answers || args->quiet)
    ;
  else if (args->format == FORMAT_JSON)
    move_say_json(&x);
  else
    move_say_text(&x);
  fflush(stdout); /* the note stands below the answers */
  if (x.old && x.answers && !args->quiet) print_note(x.old);
  arena_free(a);
  return status;
}

#define MOVE(name, past, change, closed) \
  int cmd_items_##name(const struct args *args) { return move_items(args, MOVE_##name); }
#include "action/move.def"
#undef MOVE
