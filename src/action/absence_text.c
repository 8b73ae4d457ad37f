/* In: an absence. Out: the line that says what became of the items. */
#include "action/absence_text.h"

#include "base/check.h"
#include "base/text.h"

enum { PEOPLE_SHOWN = 3 };

static const char *items_text(long n, struct arena *a) {
  return arena_printf(a, "%s %s", grouped_count(n, a), plural(n, "item", "items"));
}

/* "bob@acme.example, eva@acme.example" */
static const char *to_text(const struct absence *x, struct arena *a) {
  const char *text = x->to.n ? "" : "nobody, for nobody is there";
  for (size_t i = 0; i < x->to.n && i < PEOPLE_SHOWN; i++)
    text = arena_printf(a, "%s%s%s", text, i ? ", " : "", x->to.v[i]);
  if (x->to.n > PEOPLE_SHOWN)
    text = arena_printf(a, "%s and %zu more", text, x->to.n - PEOPLE_SHOWN);
  return text;
}

static const char *steps_text(long n, struct arena *a) {
  return arena_printf(a, "%s %s", grouped_count(n, a), plural(n, "step", "steps"));
}

/* "3 items and 1 step" */
static const char *both_text(long items, long steps, struct arena *a) {
  if (!items) return steps_text(steps, a);
  if (!steps) return items_text(items, a);
  return arena_printf(a, "%s and %s", items_text(items, a), steps_text(steps, a));
}

/* "; 3 items, and 1 new and 2 steps go to bob@acme.example" */
static const char *moved_text(const struct absence *x, struct arena *a) {
  long n = x->moved + x->opened + x->steps;
  if (!n) return "";
  const char *what = x->moved || !x->opened
                         ? ""
                         : arena_printf(a, "%s new %s", grouped_count(x->opened, a),
                                        plural(x->opened, "item", "items"));
  if (x->moved) what = items_text(x->moved, a);
  if (x->moved && x->opened)
    what = arena_printf(a, "%s, and %s new", what, grouped_count(x->opened, a));
  if (x->steps)
    what = arena_printf(a, "%s%s%s", what, *what ? " and " : "", steps_text(x->steps, a));
  return arena_printf(a, "; %s %s to %s", what, plural(n, "goes", "go"), to_text(x, a));
}

static const char *away_text(const struct absence *x, struct arena *a) {
  long before = x->with_others - x->moved - x->opened;
  const char *text = moved_text(x, a);
  if (before > 0)
    text = arena_printf(a, "%s; %s %s with others since before", text, items_text(before, a),
                        plural(before, "is", "are"));
  long stays = x->stays + x->steps_stay;
  if (stays)
    text = arena_printf(a, "%s; %s %s: given by a person, or nobody else is there", text,
                        both_text(x->stays, x->steps_stay, a), plural(stays, "stays", "stay"));
  return text;
}

const char *absence_line(const struct absence *x, struct arena *a) {
  long stays = x->stays + x->steps_stay;
  const char *stay = plural(stays, "stays", "stay");
  const char *what = both_text(x->stays, x->steps_stay, a);
  switch (x->kind) {
    case ABSENT_LEFT: return arena_printf(a, "Left: %s%s", x->owner, moved_text(x, a));
    case ABSENT_AWAY: return arena_printf(a, "Away: %s%s", x->owner, away_text(x, a));
    case ABSENT_NOT_KNOWN:
      return arena_printf(a, "Not known whether %s is away: %s %s where %s", x->owner, what, stay,
                          plural(stays, "it is", "they are"));
    case ABSENT_NOWHERE:
      return arena_printf(a, "In nobody's list, so that it reaches nobody: %s, %s", x->owner, what);
    case ABSENT_BACK:
      return arena_printf(a, "Back: %s; %s %s back", x->owner, both_text(x->moved, x->steps, a),
                          plural(x->moved + x->steps, "goes", "go"));
    case ABSENCES: break;
  }
  UNREACHABLE("a kind of absence");
}

bool absence_needs_a_look(const struct absence *x) {
  return x->kind == ABSENT_NOT_KNOWN || x->kind == ABSENT_NOWHERE || x->stays > 0 ||
         x->steps_stay > 0 || ((x->moved || x->opened || x->steps) && !x->to.n);
}
