/* Events that no run writes. In: what was told, and the items as they are. Out: events for whoever
 * has an item that nobody told him of, or was told of one that is no longer his. */
#include <strings.h>

#include "action/compare.h"
#include "action/levels.h"
#include "action/outbox.h"
#include "action/sql.h"
#include "action/state_db.h"
#include "base/vec.h"

/* What somebody was told last of an item through a channel, and what happened to that since. */
struct turn {
  struct telling t;
  const char *priority;
  int64_t message; /* that said it */
  int64_t moved;   /* the row of the audit that moved it last; 0: none */
  const char *by;  /* who did; NULL: a run */
  day_t on;
  int64_t changed; /* the newest row since then of what a calendar shows; 0: none */
};
typedef VEC(struct turn) turn_list;

/* ---- writing an event ----------------------------------------------------------------- */

static bool add_event(struct state *s, const char *key, const struct telling *t,
                      const char *priority, int64_t run, struct diags *problems) {
  struct statement *event = state_prepare(s, SQL_ADD_EVENT, problems);
  if (!event) return false;
  bind_text(event, 1, key);
  bind_int(event, 2, t->item);
  bind_int(event, 3, run);
  bind_day(event, 4, t->day);
  bind_text(event, 5, event_name(t->kind));
  bind_text(event, 6, t->to);
  bind_int(event, 7, t->to_team);
  bind_text(event, 8, priority);
  bind_int(event, 9, (int64_t)t->step);
  bind_text(event, 10, t->team);
  bool ok = state_step(s, event, problems);
  statement_end(event);
  return ok;
}

static bool add_telling(struct state *s, const char *key, const char *team, enum channel channel,
                        const char *place, struct diags *problems) {
  struct statement *telling = state_prepare(s, SQL_ADD_TELLING, problems);
  if (!telling) return false;
  bind_text(telling, 1, key);
  bind_text(telling, 2, team);
  bind_text(telling, 3, channel_name(channel));
  bind_text(telling, 4, place);
  bool ok = state_step(s, telling, problems);
  statement_end(telling);
  return ok;
}

static bool newest_run(struct state *s, int64_t *out, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_NEWEST_RUN, problems);
  return st && state_number(s, st, out, problems);
}

/* ---- what no line told ---------------------------------------------------------------- */

struct late {
  const char *event, *team;
  bool told;
};
typedef VEC(struct late) late_list;

static bool tell_by_all(struct state *s, const char *key, const struct team_facts *team,
                        struct diags *problems) {
  for (size_t i = 0; team && i < team->n_tells; i++)
    if (!add_telling(s, key, team->name, team->tells[i].channel, team->tells[i].place, problems))
      return false;
  return true;
}

static bool is_new_line(struct state *s, const char *team, const struct tell *is, bool *out,
                        struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_IS_NEW_LINE, problems);
  if (!st) return false;
  bind_text(st, 1, team);
  bind_text(st, 2, channel_name(is->channel));
  bind_text(st, 3, is->place ? is->place : "");
  int64_t is_new;
  bool ok = state_number(s, st, &is_new, problems);
  *out = is_new != 0;
  return ok;
}

/* A calendar or a file of tasks begins with what is open. */
static bool fill_new_line(struct state *s, const struct team_facts *team, const struct tell *is,
                          const late_list *list, struct diags *problems) {
  bool is_new;
  if (!is_new_line(s, team->name, is, &is_new, problems)) return false;
  for (size_t i = 0; is_new && i < list->n; i++)
    if (text_same(list->v[i].team, team->name) &&
        !add_telling(s, list->v[i].event, team->name, is->channel, is->place, problems))
      return false;
  return true;
}

static bool read_events(struct state *s, day_t since, late_list *out, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_EVENTS_SINCE, problems);
  if (!st) return false;
  bind_day(st, 1, since);
  enum step is;
  while ((is = statement_step(st)) == STEP_ROW)
    VEC_PUSH(s->a, out,
             ((struct late){state_text(s, st, 0), state_text(s, st, 1), column_int(st, 2) != 0}));
  statement_end(st);
  return is == STEP_DONE || state_fail(s, problems);
}

bool outbox_tell_late(struct state *s, const struct settings *of, const enum after after[CHANNELS],
                      day_t since, struct diags *problems) {
  late_list list = {0};
  if (!read_events(s, since, &list, problems)) return false;
  for (size_t t = 0; t < of->n_teams; t++)
    for (size_t k = 0; k < of->teams[t].n_tells; k++) {
      const struct tell *is = &of->teams[t].tells[k];
      if (after[is->channel] != AFTER_SAID && !fill_new_line(s, &of->teams[t], is, &list, problems))
        return false;
    }
  for (size_t i = 0; i < list.n; i++)
    if (!list.v[i].told &&
        !tell_by_all(s, list.v[i].event, team_named(of->teams, of->n_teams, list.v[i].team),
                     problems))
      return false;
  return true;
}

/* ---- what was given to somebody ------------------------------------------------------- */

/* Its key says by which move, so that it is told once. */
static bool add_given(struct state *s, const struct turn *given, const struct settings *of,
                      int64_t run, struct diags *problems) {
  const struct team_facts *team = team_named(of->teams, of->n_teams, given->t.team);
  const char *key =
      arena_printf(s->a, "%lld-given-%lld", (long long)given->t.item, (long long)given->moved);
  if (!team || !team->n_tells) return true;
  return add_event(s, key, &given->t, given->priority, run, problems) &&
         tell_by_all(s, key, team, problems);
}

bool outbox_given(struct state *s, const struct settings *of, day_t since, day_t day,
                  struct diags *problems) {
  turn_list list = {0};
  int64_t run = 0;
  struct statement *st = state_prepare(s, SQL_GIVEN, problems);
  if (!st) return false;
  bind_day(st, 1, since);
  enum step is;
  while ((is = statement_step(st)) == STEP_ROW) {
    struct turn given = {.t = {.item = column_int(st, 0),
                               .to = state_text(s, st, 1),
                               .team = state_text(s, st, 2),
                               .kind = EVENT_NEW,
                               .day = day},
                         .priority = state_text(s, st, 3),
                         .moved = column_int(st, 4)};
    if (given.t.team) VEC_PUSH(s->a, &list, given);
  }
  bool ok = is == STEP_DONE || state_fail(s, problems);
  statement_end(st);
  if (!ok || !list.n) return ok;
  ok = newest_run(s, &run, problems);
  for (size_t i = 0; ok && i < list.n; i++) ok = add_given(s, &list.v[i], of, run, problems);
  return ok;
}

/* ---- whose it is ---------------------------------------------------------------------- */

static bool is_owners(const char *owner, const char *to) {
  return owner && strcasecmp(owner, to) == 0;
}

/* A team above has what nobody owns, and what it was told of because nobody did it. */
static bool is_teams(const struct telling *t, const struct item *i, struct arena *a) {
  levels_told told = levels_read(i->escalated, a);
  return !i->owner || levels_have_told(&told, t->to);
}

bool telling_stands(const struct telling *t, const struct item *i, struct arena *a) {
  const struct item_step *step = step_numbered(i, t->step);
  if (!item_living(i)) return false;
  if (t->channel == CHANNEL_CALENDAR && (i->muted_by || !item_counts(i))) return false;
  if (t->step) return step && step_open(step) && is_owners(step_owner(i, step), t->to);
  return t->to_team ? is_teams(t, i, a) : is_owners(i->owner, t->to);
}

/* ---- what has turned ------------------------------------------------------------------ */

static struct turn take_turn(struct state *s, struct statement *st) {
  day_t on;
  state_day(st, 12, &on);
  const char *place = state_text(s, st, 8), *kind = state_text(s, st, 9);
  bool over = text_same(kind, event_name(EVENT_SETTLED));
  return (struct turn){.t = {.item = column_int(st, 0),
                             .to = state_text(s, st, 2),
                             .to_team = column_int(st, 3) != 0,
                             .step = (size_t)column_int(st, 5),
                             .team = state_text(s, st, 6),
                             .channel = channel_named(state_text(s, st, 7)),
                             .place = place && *place ? place : NULL,
                             .kind = over ? EVENT_SETTLED : EVENT_NEW},
                       .message = column_int(st, 1),
                       .priority = state_text(s, st, 4),
                       .moved = column_int(st, 10),
                       .by = state_text(s, st, 11),
                       .on = on,
                       .changed = column_int(st, 13)};
}

static bool read_turns(struct state *s, day_t since, turn_list *out, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_TURNED, problems);
  if (!st) return false;
  bind_day(st, 1, since);
  bind_text(st, 2, channel_name(CHANNEL_CALENDAR));
  enum step is;
  while ((is = statement_step(st)) == STEP_ROW) {
    struct turn turn = take_turn(s, st);
    if (turn.t.channel != CHANNELS) VEC_PUSH(s->a, out, turn);
  }
  bool ok = is == STEP_DONE || state_fail(s, problems);
  statement_end(st);
  return ok;
}

/* Who turned it is who checked the step off or closed the item, else who moved it last. */
static void take_mover(struct turn *turn, const struct item *i) {
  const struct item_step *step = step_numbered(i, turn->t.step);
  if (step && !step_open(step))
    turn->by = step->checked_by, turn->on = step->checked;
  else if (!item_living(i))
    turn->by = i->closed_by, turn->on = i->closed;
}

/* A message says it to whoever was told and did not do it himself, while it is new. */
static bool is_to_be_said(const struct turn *turn, day_t since) {
  return turn->on != DAY_NONE && turn->on >= since && !is_owners(turn->by, turn->t.to);
}

/* What is to be told of it now; EVENTS: nothing. */
static enum event_kind news_of(struct state *s, struct turn *turn, const struct item *i,
                               enum after after, day_t since) {
  bool stands = telling_stands(&turn->t, i, s->a), was_over = turn->t.kind == EVENT_SETTLED;
  if (stands == !was_over)
    return stands && turn->changed && after == AFTER_SHOWN ? EVENT_CHANGED : EVENTS;
  if (stands && !(item_to_do(i) && item_counts(i))) return EVENTS;
  take_mover(turn, i);
  if (after == AFTER_SAID && !is_to_be_said(turn, since)) return EVENTS;
  return stands ? EVENT_NEW : EVENT_SETTLED;
}

/* What no line can tell any more is left. */
static bool has_line(const struct settings *of, const char *name, enum channel channel) {
  const struct team_facts *team = name ? team_named(of->teams, of->n_teams, name) : NULL;
  for (size_t i = 0; team && i < team->n_tells; i++)
    if (team->tells[i].channel == channel) return true;
  return false;
}

/* Its key says what it is told after, so that it is told once. */
static bool add_turn(struct state *s, const struct turn *turn, int64_t run,
                     struct diags *problems) {
  const struct telling *t = &turn->t;
  bool changed = t->kind == EVENT_CHANGED;
  const char *key = changed ? arena_printf(s->a, "%lld-changed-%zu-%lld-%s", (long long)t->item,
                                           t->step, (long long)turn->changed, t->to)
                            : arena_printf(s->a, "%lld-%s-%zu-after-%lld-%lld", (long long)t->item,
                                           event_name(t->kind), t->step, (long long)turn->message,
                                           (long long)turn->moved);
  return add_event(s, key, t, turn->priority, run, problems) &&
         add_telling(s, key, t->team, t->channel, t->place, problems);
}

bool outbox_turned(struct state *s, const struct settings *of, const enum after after[CHANNELS],
                   day_t since, day_t day, struct diags *problems) {
  turn_list list = {0};
  int64_t run;
  struct item *items;
  if (!read_turns(s, since, &list, problems) || !newest_run(s, &run, problems)) return false;
  int64_t *numbers = NEW_N(s->a, int64_t, list.n + 1);
  for (size_t i = 0; i < list.n; i++) numbers[i] = list.v[i].t.item;
  if (!state_numbered(s, numbers, list.n, &items, problems)) return false;
  for (size_t i = 0; i < list.n; i++) {
    struct turn *turn = &list.v[i];
    struct telling *t = &turn->t;
    if (after[t->channel] == AFTER_NOTHING) continue;
    enum event_kind kind = news_of(s, turn, &items[i], after[t->channel], since);
    if (kind == EVENTS) continue;
    if (!has_line(of, t->team, t->channel) && !has_line(of, items[i].team, t->channel)) continue;
    t->kind = kind;
    t->day = day;
    if (!add_turn(s, turn, run, problems)) return false;
  }
  return true;
}
