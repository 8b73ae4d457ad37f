/* In: the command line, the state. Out: a filter for items, and what to say where it shows none. */
#include "cmd/item_choice.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "action/apply.h"
#include "action/day_word.h"
#include "base/limits.h"
#include "base/suggest.h"
#include "base/text.h"
#include "cmd/command.h"
#include "cmd/said_day.h"

/* "done", where a file is asked for. */
static bool says_a_status(const char *file, struct arena *a) {
  const char *statuses = arena_printf(a, "|%s|", options[OPTION_item_state].value);
  return strstr(statuses, arena_printf(a, "|%s|", file)) != NULL;
}

bool open_items(const struct args *args, enum state_mode mode, struct arena *a, struct state **out,
                struct diags *problems) {
  /* only a run makes a state */
  enum state_mode first = mode == STATE_WRITE ? STATE_READ : mode;
  if (!state_open(args->state, first, a, out, problems)) return false;
  if (!*out && says_a_status(args->state, a))
    return diag_fail(
        problems, V0704,
        "--state is the file that keeps the items; of those that are %s write --status %s",
        args->state, args->state);
  if (!*out)
    return diag_fail(
        problems, V0607,
        "there is no state %s yet: `vigie run` writes it; if it is elsewhere, say where "
        "with --state",
        args->state);
  if (mode == first) return true;
  state_close(*out);
  return state_open(args->state, mode, a, out, problems);
}

bool item_number(const char *word, int64_t *out) {
  char *end;
  if (*word == '#') word++;
  if (*word < '0' || *word > '9') return false;
  errno = 0;
  *out = strtoll(word, &end, 10);
  return !*end && !errno && *out > 0;
}

bool no_item_number(const char *word, struct arena *a, struct diags *problems) {
  if (strcmp(word, "all") == 0 || strcmp(word, "*") == 0)
    return diag_fail(problems, V0704,
                     "say which with a filter, such as --rule, --team, --account or --mine");
  return diag_fail(
      problems, V0704,
      "\"%s\" is no item's number, such as 12: to see those of a customer, write vigie "
      "items --account %s",
      word, text_shell_word(a, word));
}

/* ---- which items ---------------------------------------------------------------------- */

bool has_choice(const struct args *args) {
  return args->owner || args->team || args->rule || args->account || args->mine || args->late ||
         args->escalated || args->due || args->waiting || args->snoozed || args->muted;
}

/* Of what there is instead. */
enum { NAMES_SHOWN = 8 };

/* A filter that names nothing that is there would look like an empty list. What the state has too
 * many of to be read is not asked for. */
static bool is_there(struct state *s, enum state_words of, const char *what, const char **name,
                     struct arena *a, struct diags *problems) {
  const struct state_word *words;
  size_t n;
  if (!*name) return true;
  if (!state_words(s, of, &words, &n, problems)) return false;
  const char **names = NEW_N(a, const char *, n + 1);
  for (size_t i = 0; i < n; i++) {
    names[i] = words[i].word;
    if (strcmp(names[i], *name) == 0) return true;
  }
  const struct item_filter mine = {.team = of == WORDS_TEAMS ? *name : NULL,
                                   .rule = of == WORDS_RULES ? *name : NULL,
                                   .late_on = DAY_NONE,
                                   .due_by = DAY_NONE,
                                   .hold = HOLD_NONE};
  const struct item **items; /* of a team, a rule that is gone */
  size_t n_items;
  if (!state_list(s, &mine, &items, &n_items, problems)) return false;
  if (n_items || n >= WORDS_OFFERED) return true;
  for (size_t i = 0; i < n; i++)
    if (strcmp(text_lower(a, names[i]), text_lower(a, *name)) == 0) {
      *name = names[i];
      return true;
    }
  const char *near = suggest(*name, names, n), *list = "";
  if (near)
    return diag_fail(problems, V0703, "there is no %s %s: did you mean %s?", what, *name, near);
  size_t like = 0;
  for (size_t i = 0; i < n; i++)
    if (strstr(text_lower(a, names[i]), text_lower(a, *name)) && ++like <= NAMES_SHOWN)
      list = arena_printf(a, "%s%s%s", list, like > 1 ? ", " : "", names[i]);
  if (like)
    return diag_fail(problems, V0703, "there is no %s %s: did you mean %s%s?", what, *name, list,
                     like > NAMES_SHOWN ? ", …" : "");
  for (size_t i = 0; i < n && i < NAMES_SHOWN; i++)
    list = arena_printf(a, "%s%s%s", list, i ? ", " : "", names[i]);
  return diag_fail(problems, V0703, "there is no %s %s: there is %s%s", what, *name,
                   n ? list : "none", n > NAMES_SHOWN ? ", …" : "");
}

enum { DAYS_A_WEEK = 7 };

/* The day until which `--due WHEN` reaches. */
static bool due_by(const char *when, day_t as_of, const struct calendar *c, day_t *out,
                   struct diags *problems) {
  int first = c && c->week_start ? c->week_start : 1;
  bool next = strcmp(when, "next-week") == 0;
  if (next || strcmp(when, "this-week") == 0 || strcmp(when, "week") == 0) {
    *out = as_of + DAYS_A_WEEK - 1 - (day_weekday(as_of) - first + DAYS_A_WEEK) % DAYS_A_WEEK;
    if (next) *out += DAYS_A_WEEK;
    return true;
  }
  if (said_day(when, as_of, c, out)) return true;
  return diag_fail(problems, V0704,
                   "--due takes today, this-week, next-week, " SAID_DAYS ", not \"%s\"", when);
}

/* The one hold that is asked for. */
static bool hold_of(const struct args *args, enum item_hold *out, struct diags *problems) {
  *out = args->waiting   ? HOLD_WAITING
         : args->snoozed ? HOLD_SNOOZED
         : args->muted   ? HOLD_MUTED
                         : HOLD_NONE;
  return args->waiting + args->snoozed + args->muted < 2 ||
         diag_fail(problems, V0704,
                   "--waiting, --snoozed and --muted exclude each other: keep one of them");
}

bool choice_of(const struct args *args, struct state *s, day_t as_of, struct arena *a,
               struct item_filter *out, struct diags *problems) {
  struct settings settings;
  *out = (struct item_filter){.team = args->team,
                              .rule = args->rule,
                              .account = args->account,
                              .escalated = args->escalated,
                              .late_on = args->late ? as_of : DAY_NONE,
                              .due_by = DAY_NONE};
  if (!is_there(s, WORDS_TEAMS, "team", &out->team, a, problems) ||
      !is_there(s, WORDS_RULES, "rule", &out->rule, a, problems))
    return false;
  if (!hold_of(args, &out->hold, problems) || !state_settings(s, &settings, problems)) return false;
  if (args->due && !due_by(args->due, as_of, &settings.calendar, &out->due_by, problems))
    return false;
  if (args->mine && args->owner)
    return diag_fail(problems, V0704, "--mine and --owner say the same thing: keep one of them");
  if (args->mine) {
    struct mover me;
    struct whom found;
    if (!mover_of(args, a, &me, problems) || !mover_find(&me, s, a, &found, problems)) return false;
    out->owner = me.person;
  }
  return !args->owner ||
         person_of(args->owner, "--owner none shows nobody's", s, a, &out->owner, problems);
}

/* ---- a filter that shows nothing -------------------------------------------------------- */

/* What ends a word of a name. */
#define NAME_ENDS " -'&,."

/* The customer whose name, or a word of it, the text is near to; NULL. */
static const char *near_account(const char *text, const char *const *accounts, size_t n,
                                struct arena *a) {
  VEC(const char *) words = {0};
  VEC(const char *) whole = {0};
  for (size_t i = 0; i < n; i++) {
    const char *name = text_folded(a, accounts[i]);
    VEC_PUSH(a, &words, name);
    VEC_PUSH(a, &whole, accounts[i]);
    for (const char *w = name; *w; w += strspn(w, NAME_ENDS)) {
      size_t letters = strcspn(w, NAME_ENDS);
      VEC_PUSH(a, &words, arena_strndup(a, w, letters));
      VEC_PUSH(a, &whole, accounts[i]);
      w += letters;
    }
  }
  const char *near = suggest(text_folded(a, text), words.v, words.n);
  for (size_t i = 0; near && i < words.n; i++)
    if (words.v[i] == near) return whole.v[i];
  return NULL;
}

static bool unknown_account(const struct args *args, struct state *s, struct arena *a,
                            const char **out, struct diags *problems) {
  const struct item_filter f = {
      .account = args->account, .late_on = DAY_NONE, .due_by = DAY_NONE, .hold = HOLD_NONE};
  const struct item **items;
  const char *const *accounts;
  size_t n;
  if (!state_list(s, &f, &items, &n, problems)) return false;
  if (n) return true;
  if (!state_accounts(s, &accounts, &n, problems)) return false;
  const char *near = near_account(args->account, accounts, n, a);
  *out =
      arena_printf(a, "no customer with an item has \"%s\" in its name or key%s%s%s", args->account,
                   near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
  return true;
}

bool choice_unknown(const struct args *args, struct state *s, const struct item_filter *f,
                    struct arena *a, const char **out, struct diags *problems) {
  *out = NULL;
  if (args->mine) {
    struct whom p;
    if (!person_find(f->owner, s, a, &p, problems)) return false;
    if (p.kind == WHOM_NEW) *out = person_new_text(&p, a);
  }
  return *out || !args->account || unknown_account(args, s, a, out, problems);
}

bool old_run(struct state *s, day_t day, struct arena *a, const char **out,
             struct diags *problems) {
  day_t newest;
  char buf[16];
  *out = NULL;
  if (!state_newest_day(s, &newest, problems)) return false;
  if (newest != DAY_NONE && day - newest > RUN_OLD_DAYS)
    *out =
        arena_printf(a,
                     "no run since %s, %d days before %s: what the data say since then is not in "
                     "the items",
                     day_text(newest, buf), day - newest, day_with_weekday(day, a));
  return true;
}

/* ---- the line again ------------------------------------------------------------------- */

const char *items_command(const struct args *args, struct arena *a) {
  const char *out = "vigie items";
  const struct {
    const char *name, *value;
  } words[] = {
      {"--state",
       strcmp(args->state, STATE_DEFAULT) == 0 || args->origin[SETTING_state] ? NULL : args->state},
      {"--owner", args->owner},
      {"--team", args->team},
      {"--rule", args->rule},
      {"--account", args->account},
      {"--due", args->due},
      {"--by", args->group_by},
      {"--status", strcmp(args->item_state, "open") == 0 ? NULL : args->item_state}};
  const struct {
    const char *name;
    bool given;
  } flags[] = {{"--mine", args->mine},           {"--late", args->late},
               {"--escalated", args->escalated}, {"--waiting", args->waiting},
               {"--snoozed", args->snoozed},     {"--muted", args->muted}};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (words[i].value)
      out = arena_printf(a, "%s %s %s", out, words[i].name, text_shell_word(a, words[i].value));
  for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
    if (flags[i].given) out = arena_printf(a, "%s %s", out, flags[i].name);
  return out;
}
