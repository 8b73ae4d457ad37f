/* How people are told. In: the teams with their lines `tell`. Out: teams above that hear of
 * nothing, and people who are told everything twice. */
#include "lint/check.h"

/* What the team below does not do goes up, and is told there or not at all. */
static bool hears_nothing(const struct team *from, const struct team *to) {
  return from && to && from != to && from->tells.n && !to->tells.n && !from->broken && !to->broken;
}

static void say_untold(struct lint *l, struct span at, const struct team *from,
                       const struct team *to) {
  struct diag *d = lint_tell(l, at,
                             "team %s is told of its items, and team %s, to which they go up, has "
                             "no `tell`: nobody hears of them",
                             from->name, to->name);
  lint_note(l, d, to->span, "it is here");
  lint_help(l, d, "write under team %s: %s", to->name, span_text(l->a, from->tells.v[0].span));
}

static void check_levels(struct lint *l, const struct rule *r) {
  for (size_t k = 0; k < r->levels.n; k++) {
    const struct team *to = level_team_of_its_own(l, r, k);
    if (hears_nothing(r->team, to)) say_untold(l, r->levels.v[k].span, r->team, to);
  }
}

void lint_untold_above(struct lint *l) {
  for (size_t i = 0; i < l->rs->teams.n; i++) {
    const struct team *t = l->rs->teams.v[i], *to = team_called(l, t->escalates_to);
    if (hears_nothing(t, to)) say_untold(l, t->escalates_span, t, to);
  }
  for (size_t i = 0; i < l->facts.rules.n; i++) check_levels(l, l->facts.rules.v[i].rule);
}

/* The line before it of the same channel, to another address; NULL: there is none. */
static const struct said_tell *same_channel(const struct team *t, size_t k) {
  for (size_t i = 0; i < k; i++) {
    const struct tell *a = &t->tells.v[i].is, *b = &t->tells.v[k].is;
    if (a->channel == b->channel && a->place && b->place) return &t->tells.v[i];
  }
  return NULL;
}

void lint_told_twice(struct lint *l) {
  for (size_t i = 0; i < l->rs->teams.n; i++) {
    const struct team *t = l->rs->teams.v[i];
    for (size_t k = 1; k < t->tells.n; k++) {
      const struct said_tell *before = same_channel(t, k);
      if (!before) continue;
      struct diag *d =
          lint_tell(l, t->tells.v[k].span, "people of team %s are told everything twice through %s",
                    t->name, channel_name(before->is.channel));
      lint_note(l, d, before->span, "the first time is here");
      lint_help(l, d, "keep one of them");
    }
  }
}
