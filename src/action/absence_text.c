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

/* "; 3 items go to bob@acme.example, 1 new one with them" */
static const char *moved_text(const struct absence *x, struct arena *a) {
  if (!x->moved && !x->opened) return "";
  if (!x->moved)
    return arena_printf(a, "; %s new %s to %s", grouped_count(x->opened, a),
                        plural(x->opened, "item goes", "items go"), to_text(x, a));
  const char *more = x->opened ? arena_printf(a, ", and %s new", grouped_count(x->opened, a)) : "";
  return arena_printf(a, "; %s%s %s to %s", items_text(x->moved, a), more,
                      plural(x->moved + x->opened, "goes", "go"), to_text(x, a));
}

static const char *away_text(const struct absence *x, struct arena *a) {
  long before = x->with_others - x->moved - x->opened;
  const char *text = moved_text(x, a);
  if (before > 0)
    text = arena_printf(a, "%s; %s %s with others since before", text, items_text(before, a),
                        plural(before, "is", "are"));
  if (x->stays)
    text = arena_printf(a, "%s; %s %s: given by a person, or nobody else is there", text,
                        items_text(x->stays, a), plural(x->stays, "stays", "stay"));
  return text;
}

const char *absence_line(const struct absence *x, struct arena *a) {
  const char *stay = plural(x->stays, "stays", "stay");
  switch (x->kind) {
    case ABSENT_LEFT: return arena_printf(a, "Left: %s%s", x->owner, moved_text(x, a));
    case ABSENT_AWAY: return arena_printf(a, "Away: %s%s", x->owner, away_text(x, a));
    case ABSENT_NOT_KNOWN:
      return arena_printf(a, "Not known whether %s is away: %s %s where %s", x->owner,
                          items_text(x->stays, a), stay, plural(x->stays, "it is", "they are"));
    case ABSENT_NOWHERE:
      return arena_printf(a, "In nobody's list, so that it reaches nobody: %s, %s", x->owner,
                          items_text(x->stays, a));
    case ABSENT_BACK:
      return arena_printf(a, "Back: %s; %s %s back", x->owner, items_text(x->moved, a),
                          plural(x->moved, "goes", "go"));
    case ABSENCES: break;
  }
  UNREACHABLE("a kind of absence");
}

bool absence_needs_a_look(const struct absence *x) {
  return x->kind == ABSENT_NOT_KNOWN || x->kind == ABSENT_NOWHERE || x->stays > 0 ||
         ((x->moved || x->opened) && !x->to.n);
}
