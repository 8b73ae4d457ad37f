/* In: a name on the command line, the state. Out: the person it stands for. */
#include "cmd/item_people.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "base/text.h"

/* Of several who may be meant. */
enum { PEOPLE_NAMED = 4 };

/* ---- who is meant --------------------------------------------------------------------- */

static bool is_short_for(const char *name, const char *person, struct arena *a) {
  size_t n = strlen(name);
  return strncmp(text_lower(a, person), text_lower(a, name), n) == 0 && person[n] == '@';
}

/* "elise", "elise.d": how the address begins. */
static bool begins_with(const char *name, const char *person, struct arena *a) {
  return strncmp(text_lower(a, person), text_lower(a, name), strlen(name)) == 0;
}

/* The one whose address, name before the @ or first name is nearest; NULL. Of an address only the
 * name before the @ is compared: what all share is no likeness. */
static const char *near_person(const char *typed, const char *const *people, size_t n,
                               struct arena *a) {
  static const char *const ends[] = {"@", "", ".@"};
  enum { WAYS = sizeof ends / sizeof *ends };
  size_t ways = strchr(typed, '@') ? 1 : WAYS;
  const char **names = NEW_N(a, const char *, n *WAYS + 1);
  for (size_t i = 0; i < n * ways; i++)
    names[i] = arena_strndup(a, people[i / ways], strcspn(people[i / ways], ends[i % ways]));
  const char *near = suggest(arena_strndup(a, typed, strcspn(typed, "@")), names, n * ways);
  for (size_t i = 0; near && i < n * ways; i++)
    if (near == names[i]) return people[i / ways];
  return NULL;
}

/* Those whom the test finds for the name. */
static void find_among(const char *const *people, size_t n, struct arena *a, struct whom *out,
                       bool (*fits)(const char *, const char *, struct arena *)) {
  const char *one = NULL;
  size_t found = 0;
  out->all = "";
  for (size_t i = 0; i < n; i++) {
    if (!fits(out->name, people[i], a)) continue;
    one = people[i];
    if (++found <= PEOPLE_NAMED)
      out->all = arena_printf(a, "%s%s%s", out->all, found > 1 ? ", " : "", one);
  }
  if (found > PEOPLE_NAMED) out->all = arena_printf(a, "%s, …", out->all);
  if (found == 1) out->name = one;
  out->kind = found == 1 ? WHOM_KNOWN : found ? WHOM_SEVERAL : WHOM_NEW;
}

/* The one of them whose short form the name is, or who begins so. */
static void complete_among(const char *const *people, size_t n, struct arena *a, struct whom *out) {
  if (strchr(out->name, '@')) return;
  find_among(people, n, a, out, is_short_for);
  if (out->kind == WHOM_NEW) find_among(people, n, a, out, begins_with);
}

bool person_find(const char *typed, struct state *s, struct arena *a, struct whom *out,
                 struct diags *problems) {
  const char *const *owners, *const *movers, *known;
  size_t n, n_movers;
  *out = (struct whom){.kind = WHOM_NEW, .name = typed};
  if (!state_person(s, typed, &known, problems)) return false;
  if (known) {
    out->kind = WHOM_KNOWN;
    out->name = known;
    return true;
  }
  /* a mover may have mistyped the name: who owns items is meant first */
  if (!state_owners(s, &owners, &n, problems) || !state_movers(s, &movers, &n_movers, problems))
    return false;
  complete_among(owners, n, a, out);
  if (out->kind == WHOM_NEW) complete_among(movers, n_movers, a, out);
  if (out->kind == WHOM_NEW) out->near = near_person(typed, owners, n, a);
  if (out->kind == WHOM_NEW && !out->near) out->near = near_person(typed, movers, n_movers, a);
  return true;
}

const char *person_new_text(const struct whom *p, struct arena *a) {
  return arena_printf(a, "the name %s is new here: no item, team or earlier move has it%s%s%s",
                      p->name, p->near ? "; did you mean " : "", p->near ? p->near : "",
                      p->near ? "?" : "");
}

static bool say_several(const struct whom *p, struct diags *problems) {
  return diag_fail(problems, V0703, "%s may be several people: %s", p->name, p->all);
}

bool person_of(const char *name, const char *otherwise, struct state *s, struct arena *a,
               const char **out, struct diags *problems) {
  struct whom p;
  *out = name;
  if (strcmp(name, "none") == 0) return true;
  if (!person_find(name, s, a, &p, problems)) return false;
  *out = p.name;
  if (p.kind == WHOM_KNOWN) return true;
  if (p.kind == WHOM_SEVERAL) return say_several(&p, problems);
  if (p.near)
    return diag_fail(problems, V0703, "nobody is called %s; did you mean %s?", name, p.near);
  return diag_fail(problems, V0703, "nobody is called %s: `vigie items` shows who has items; %s",
                   name, otherwise);
}

/* ---- who does it ---------------------------------------------------------------------- */

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

bool mover_find(struct mover *m, struct state *s, struct arena *a, struct whom *found,
                struct diags *problems) {
  if (!person_find(m->person, s, a, found, problems)) return false;
  if (found->kind == WHOM_SEVERAL) return say_several(found, problems);
  m->person = found->name;
  return true;
}
