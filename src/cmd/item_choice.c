/* In: the command line, the state. Out: a filter for items, and the person who types. */
#include "cmd/item_choice.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "base/text.h"

bool open_items(const struct args *args, enum state_mode mode, struct arena *a, struct state **out,
                struct diags *problems) {
  /* only a run makes a state */
  if (!state_open(args->state, STATE_READ, a, out, problems)) return false;
  if (!*out)
    return diag_fail(
        problems, V0607,
        "there is no state %s yet: `vigie run` writes it; if it is elsewhere, say where "
        "with --state",
        args->state);
  if (mode == STATE_READ) return true;
  state_close(*out);
  return state_open(args->state, mode, a, out, problems);
}

/* ---- who ------------------------------------------------------------------------------ */

static const char *first_line(const char *command, struct arena *a) {
  char line[256] = "";
  FILE *f = popen(command, "re");
  if (!f) return NULL;
  bool got = fgets(line, sizeof line, f) != NULL;
  pclose(f);
  line[strcspn(line, "\r\n")] = 0;
  return got && *line ? arena_strdup(a, line) : NULL;
}

bool mover_of(const struct args *args, struct arena *a, struct mover *out, struct diags *problems) {
  const char *user = getenv("VIGIE_USER");
  if (args->by)
    *out = (struct mover){args->by, "--by"};
  else if (user && *user)
    *out = (struct mover){user, "VIGIE_USER"};
  else
    *out = (struct mover){first_line("git config --get user.email 2>/dev/null", a), "git"};
  if (out->person && *out->person) return true;
  return diag_fail(problems, V0611,
                   "say who you are: set VIGIE_USER to your address, or write --by "
                   "you@company.example");
}

/* ---- which items ---------------------------------------------------------------------- */

static bool is_short_for(const char *name, const char *person) {
  size_t n = strlen(name);
  return strncmp(person, name, n) == 0 && person[n] == '@';
}

/* A filter that names nobody would look like an empty list. */
static bool person_of(const char *name, struct state *s, struct arena *a, const char **out,
                      struct diags *problems) {
  const char *const *owners;
  size_t n, found = 0;
  *out = name;
  if (strcmp(name, "none") == 0) return true;
  if (!state_owners(s, &owners, &n, problems)) return false;
  for (size_t i = 0; i < n; i++)
    if (strcmp(text_lower(a, owners[i]), text_lower(a, name)) == 0) return true;
  for (size_t i = 0; i < n; i++) {
    if (!is_short_for(name, owners[i])) continue;
    *out = owners[i];
    found++;
  }
  if (found == 1) return true;
  if (found)
    return diag_fail(problems, V0703, "%s may be several people: write the whole address", name);
  const char **names = NEW_N(a, const char *, n * 2);
  for (size_t i = 0; i < n; i++) {
    names[2 * i] = owners[i];
    names[2 * i + 1] = arena_strndup(a, owners[i], strcspn(owners[i], "@"));
  }
  const char *near = suggest(name, names, n * 2);
  for (size_t i = 0; near && i < n; i++)
    if (near == names[2 * i + 1]) near = owners[i];
  if (near) return diag_fail(problems, V0703, "nobody is called %s; did you mean %s?", name, near);
  return diag_fail(problems, V0703,
                   "nobody is called %s: `vigie items` shows who has items; --owner none shows "
                   "nobody's",
                   name);
}

bool has_choice(const struct args *args) {
  return args->owner || args->team || args->rule || args->account || args->mine || args->late;
}

bool choice_of(const struct args *args, struct state *s, day_t as_of, struct arena *a,
               struct item_filter *out, struct diags *problems) {
  *out = (struct item_filter){.team = args->team,
                              .rule = args->rule,
                              .account = args->account,
                              .late_on = args->late ? as_of : DAY_NONE};
  if (args->mine && args->owner)
    return diag_fail(problems, V0704, "--mine and --owner say the same thing: keep one of them");
  if (args->mine) {
    struct mover me;
    if (!mover_of(args, a, &me, problems)) return false;
    out->owner = me.person;
  }
  return !args->owner || person_of(args->owner, s, a, &out->owner, problems);
}
