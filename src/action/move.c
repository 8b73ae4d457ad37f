/* Moves by persons. In: an item and what someone asks for. Out: the item after, and its changes; or
 * why it stays as it is. */
#include "action/move.h"

#include <string.h>

#include "action/compare.h"
#include "base/check.h"
#include "base/limits.h"

struct moving {
  const struct item_move *m;
  struct item *i;
  size_t at;
  change_list *changes;
  struct arena *a;
  const char *undo, *say; /* what the answer adds */
};

enum on_closed { MAY, MAY_NOT };

static const char *on_day(struct arena *a, day_t day) {
  char buf[16];
  return day == DAY_NONE ? NULL : arena_strdup(a, day_text(day, buf));
}

static const char *person_or_run(const char *person) { return person ? person : "the run"; }

static struct moved refuse(const char *why) {
  return (struct moved){.answer = MOVE_REFUSED, .why = why};
}

static struct moved same(const char *why) {
  return (struct moved){.answer = MOVE_SAME, .why = why};
}

static struct moved moved(const struct moving *x) {
  return (struct moved){.answer = MOVED, .why = x->say, .undo = x->undo};
}

static void record(struct moving *x, const char *field, const char *old, const char *now);

/* A change that the move brings with it. */
static void record_as(struct moving *x, enum change_kind kind, const char *field, const char *old,
                      const char *now, const char *why) {
  struct change c = {
      .kind = kind, .item = x->at, .field = field, .old = old, .now = now, .why = why};
  VEC_PUSH(x->a, x->changes, c);
}

/* ---- what the moves share ------------------------------------------------------------- */

static day_t day_after(day_t start, const char *after, const struct calendar *c) {
  struct duration d;
  return after && duration_parse(after, strlen(after), &d) ? day_shift(c, start, d, 1) : DAY_NONE;
}

void steps_start(struct item *i, day_t day, const struct calendar *c) {
  for (size_t k = 0; k < i->n_steps; k++)
    i->steps[k].due = day_after(day, i->steps[k].due_after, c);
}

void item_start(struct item *i, day_t day, const struct calendar *c) {
  i->waits_for = NULL;
  i->muted_by = 0;
  i->rested = day;
  if (i->started != DAY_NONE) return;
  i->started = day;
  steps_start(i, day, c);
  if (!i->due_by_person && i->due_after) i->due = day_after(day, i->due_after, c);
}

/* What held it back has ended, for a person has taken it: it is to do. */
static void take_up(struct moving *x) {
  struct item *i = x->i;
  if (i->waits_for || i->muted_by) item_start(i, x->m->day, x->m->calendar);
}

static const char *close_text(const struct moving *x) {
  const struct item *i = x->i;
  return arena_printf(x->a, "%s by %s on %s", item_state_word(i->state),
                      person_or_run(i->closed_by), on_day(x->a, i->closed));
}

static struct moved refuse_closed(const struct moving *x) {
  struct moved m = refuse(arena_printf(x->a, "is closed: %s", close_text(x)));
  m.first = move_name(MOVE_reopen);
  return m;
}

/* ---- the moves ------------------------------------------------------------------------ */

static struct moved move_ack(struct moving *x) {
  struct item *i = x->i;
  if (item_hold(i) == HOLD_ACKNOWLEDGED)
    return same(arena_printf(x->a, "is acknowledged already: %s, %s", i->acknowledged_by,
                             on_day(x->a, i->acknowledged)));
  const char *before = item_word(i);
  item_end_snooze(i);
  take_up(x);
  i->acknowledged = x->m->day;
  i->acknowledged_by = x->m->by.person;
  i->touched = x->m->day;
  record(x, "acknowledged", before, item_word(i));
  return moved(x);
}

/* What is said of an item that is closed the same way already: nobody writes it to be lost. */
static struct moved tell_note(struct moving *x) {
  struct item *i = x->i;
  record_as(x, CHANGE_NOTE, "note", i->note, x->m->note, x->m->note);
  i->note = x->m->note;
  x->say = arena_printf(x->a, "was so already: %s, %s; the note is kept",
                        person_or_run(i->closed_by), on_day(x->a, i->closed));
  return moved(x);
}

/* The same of any other move that changes nothing. */
static struct moved keep_note(struct moving *x, const char *why) {
  struct item *i = x->i;
  record_as(x, CHANGE_NOTE, "note", i->note, x->m->note, x->m->note);
  i->note = x->m->note;
  if (item_living(i)) i->touched = x->m->day;
  x->say = arena_printf(x->a, "%s; the note is kept", why);
  return moved(x);
}

/* A new outcome of an item that is closed the same way, or a note on it. */
static struct moved tell_outcome(struct moving *x) {
  struct item *i = x->i;
  const char *outcome = x->m->outcome;
  bool told = !outcome || text_same(i->outcome, outcome);
  if (told && x->m->note && !text_same(i->note, x->m->note)) return tell_note(x);
  if (!outcome || text_same(i->outcome, outcome))
    return same(arena_printf(x->a, "is %s already: %s, %s%s%s", item_state_word(i->state),
                             person_or_run(i->closed_by), on_day(x->a, i->closed),
                             i->outcome ? ", " : "", i->outcome ? i->outcome : ""));
  if (i->outcome) {
    x->say = arena_printf(x->a, "was told %s before", i->outcome);
    x->undo = arena_printf(x->a, "%s %lld --outcome %s", move_name(x->m->kind), (long long)i->id,
                           i->outcome);
  }
  record_as(x, CHANGE_TELL, "outcome", i->outcome, outcome, x->m->note);
  i->outcome = outcome;
  return moved(x);
}

static void leave_steps_open(struct moving *x) {
  const char *open = steps_open_text(x->i, x->a);
  if (!*open) return;
  record_as(x, CHANGE_LEAVE_OPEN, "steps", NULL, open, NULL);
  x->say = arena_printf(x->a, "left %s %s open", strchr(open, ',') ? "steps" : "step", open);
}

static struct moved close_as(struct moving *x, enum item_state state) {
  struct item *i = x->i;
  if (i->state == state) return tell_outcome(x);
  if (!item_living(i)) return refuse_closed(x);
  const char *before = item_word(i);
  i->state = state;
  i->closed = x->m->day;
  i->closed_by = x->m->by.person;
  i->reasons_now = NULL;
  i->outcome = x->m->outcome;
  i->armed = false;
  record(x, "state", before, item_state_name(state));
  x->undo = arena_printf(x->a, "reopen %lld", (long long)i->id);
  if (state == ITEM_DONE) leave_steps_open(x);
  return moved(x);
}

static struct moved move_done(struct moving *x) { return close_as(x, ITEM_DONE); }
static struct moved move_dismiss(struct moving *x) { return close_as(x, ITEM_DISMISSED); }

/* NULL: the snooze may be. */
static const char *snooze_trouble(const struct moving *x, day_t until) {
  const struct item *i = x->i;
  const struct item_move *m = x->m;
  if (m->until_worse && !i->margins)
    return "cannot sleep until it gets worse, for its rule compares no numbers: give a day with "
           "--until";
  if (until <= m->day)
    return arena_printf(x->a, "cannot sleep until %s: give a day after %s", on_day(x->a, until),
                        on_day(x->a, m->day));
  if (until > m->day + SNOOZE_MAX_DAYS)
    return arena_printf(x->a, "cannot sleep until %s: that is more than %d days, at most until %s",
                        on_day(x->a, until), SNOOZE_MAX_DAYS,
                        on_day(x->a, m->day + SNOOZE_MAX_DAYS));
  return NULL;
}

static struct moved move_snooze(struct moving *x) {
  struct item *i = x->i;
  const struct item_move *m = x->m;
  day_t until = m->until == DAY_NONE ? m->day + SNOOZE_WORSE_DAYS : m->until;
  if (m->until_worse && until > m->day + SNOOZE_WORSE_DAYS) until = m->day + SNOOZE_WORSE_DAYS;
  const char *trouble = snooze_trouble(x, until);
  if (trouble) return refuse(trouble);
  if (i->due != DAY_NONE && until > i->due && !m->note)
    return (struct moved){.answer = MOVE_REFUSED,
                          .why =
                              "would sleep past its due day: say why with --note, for the team "
                              "above reads it",
                          .detail = arena_printf(x->a, "due %s", on_day(x->a, i->due))};
  const char *margins = m->until_worse ? i->margins : NULL;
  if (i->snoozed_until == until && text_same(i->snoozed_margins, margins))
    return same(arena_printf(x->a, "sleeps until %s already", on_day(x->a, until)));
  const char *before = item_word(i);
  if (i->snoozed_until != DAY_NONE) {
    before = on_day(x->a, i->snoozed_until);
    x->say = arena_printf(x->a, "slept until %s before", before);
    x->undo = arena_printf(x->a, "snooze %lld --until %s", (long long)i->id, before);
  }
  i->snoozed_until = until;
  i->snoozed_margins = margins;
  i->waits_for = NULL; /* it gives up its rank */
  const char *now = on_day(x->a, until);
  if (margins) now = arena_printf(x->a, "%s, sooner when it gets worse", now);
  record(x, "snoozed_until", before, now);
  return moved(x);
}

static struct moved move_assign(struct moving *x) {
  struct item *i = x->i;
  const char *before = i->owner;
  if (text_same(i->owner, x->m->to) && i->owner_by_person)
    return same(arena_printf(x->a, "is with %s already", i->owner));
  if (i->owner_by_person) x->say = arena_printf(x->a, "was given to %s before", i->owner);
  if (before) x->undo = arena_printf(x->a, "assign %lld --to %s", (long long)i->id, before);
  i->owner = x->m->to;
  i->owner_by_person = true;
  i->away_owner = NULL;
  i->away_since = DAY_NONE;
  i->touched = i->rested = x->m->day;
  item_end_ack(i);
  item_end_snooze(i);
  if (i->waits_for) item_start(i, x->m->day, x->m->calendar);
  record(x, "owner", before, i->owner);
  return moved(x);
}

static struct moved move_due(struct moving *x) {
  struct item *i = x->i;
  const char *before = on_day(x->a, i->due);
  if (i->due == x->m->until && i->due_by_person)
    return same(arena_printf(x->a, "is due on %s already", before));
  if (i->due_by_person) {
    x->say = arena_printf(x->a, "was due on %s, as a person had set it", before);
    x->undo = arena_printf(x->a, "due %lld --to %s", (long long)i->id, before);
  }
  i->due = x->m->until;
  i->due_by_person = true;
  i->touched = x->m->day;
  record(x, "due", before, on_day(x->a, i->due));
  return moved(x);
}

static struct moved move_note(struct moving *x) {
  struct item *i = x->i;
  const char *before = i->note;
  if (item_living(i)) i->touched = x->m->day;
  i->note = x->m->note;
  record(x, "note", before, i->note);
  return moved(x);
}

/* ---- steps ---------------------------------------------------------------------------- */

/* NULL: the item has each of the steps. */
static const char *step_trouble(const struct moving *x) {
  const struct item *i = x->i;
  if (!i->n_steps) return "has no steps: its rule did no playbook when it opened";
  for (size_t k = 0; k < x->m->n_steps; k++)
    if (x->m->steps[k] < 1 || (size_t)x->m->steps[k] > i->n_steps)
      return arena_printf(x->a,
                          "has no step %lld: its steps are 1 to %zu, and vigie items show %lld "
                          "lists them",
                          (long long)x->m->steps[k], i->n_steps, (long long)i->id);
  return NULL;
}

/* Checks off those of the steps that are open, or the reverse. "1 3": what changed; "": nothing. */
static const char *turn_steps(struct moving *x, bool check) {
  const char *turned = "";
  for (size_t k = 0; k < x->m->n_steps; k++) {
    size_t n = (size_t)x->m->steps[k];
    struct item_step *s = &x->i->steps[n - 1];
    if (step_open(s) != check) continue;
    s->checked = check ? x->m->day : DAY_NONE;
    s->checked_by = check ? x->m->by.person : NULL;
    const char *text = arena_printf(x->a, "%zu %s", n, s->text);
    record(x, "step", check ? NULL : text, check ? text : NULL);
    turned = arena_printf(x->a, "%s %zu", turned, n);
  }
  if (*turned) x->i->touched = x->m->day;
  return turned;
}

/* All is done: so is the item. */
static void close_checked(struct moving *x) {
  struct item *i = x->i;
  record_as(x, CHANGE_DONE, "state", item_word(i), item_state_name(ITEM_DONE),
            "all its steps are checked");
  i->state = ITEM_DONE;
  i->closed = x->m->day;
  i->closed_by = x->m->by.person;
  i->armed = false;
}

static struct moved move_check(struct moving *x) {
  struct item *i = x->i;
  const char *trouble = step_trouble(x);
  if (trouble) return refuse(trouble);
  const struct item_step *first = &i->steps[x->m->steps[0] - 1];
  const char *by = first->checked_by, *on = on_day(x->a, first->checked);
  const char *turned = turn_steps(x, true);
  if (!*turned)
    return same(arena_printf(x->a, "has step %lld checked already: %s, %s",
                             (long long)x->m->steps[0], by, on));
  x->undo = arena_printf(x->a, "uncheck %lld%s", (long long)i->id, turned);
  size_t checked = steps_checked(i);
  if (checked < i->n_steps) {
    x->say = arena_printf(x->a, "has %zu of %zu steps checked", checked, i->n_steps);
    return moved(x);
  }
  close_checked(x);
  x->say = "is done, for that was its last step";
  x->undo = arena_printf(x->a, "reopen %lld && vigie items %s", (long long)i->id, x->undo);
  return moved(x);
}

static struct moved move_uncheck(struct moving *x) {
  struct item *i = x->i;
  const char *trouble = step_trouble(x);
  if (trouble) return refuse(trouble);
  const char *turned = turn_steps(x, false);
  if (!*turned)
    return same(arena_printf(x->a, "has step %lld open already", (long long)x->m->steps[0]));
  x->say = arena_printf(x->a, "has %zu of %zu steps checked", steps_checked(i), i->n_steps);
  x->undo = arena_printf(x->a, "check %lld%s", (long long)i->id, turned);
  return moved(x);
}

/* ---- opening again -------------------------------------------------------------------- */

static struct moved move_reopen(struct moving *x) {
  struct item *i = x->i;
  if (item_living(i)) return refuse("is open");
  if (x->m->living)
    return refuse(arena_printf(x->a, "cannot be reopened: #%lld is open for the same row",
                               (long long)x->m->living));
  const char *before = item_state_name(i->state);
  x->undo = i->state == ITEM_DONE        ? arena_printf(x->a, "done %lld", (long long)i->id)
            : i->state == ITEM_DISMISSED ? arena_printf(x->a, "dismiss %lld", (long long)i->id)
                                         : NULL;
  i->state = ITEM_OPEN;
  i->closed = DAY_NONE;
  i->closed_by = i->outcome = i->why = NULL;
  i->armed = false;
  i->waits_for = NULL;
  i->muted_by = 0;
  item_end_ack(i);
  item_end_snooze(i);
  item_start(i, x->m->day, x->m->calendar);
  record(x, "state", before, item_state_name(ITEM_OPEN));
  return moved(x);
}

/* ---- the table ------------------------------------------------------------------------ */

static const struct move_row {
  const char *name, *past;
  enum change_kind change;
  enum on_closed closed;
  struct moved (*act)(struct moving *x);
} moves[MOVES] = {
#define MOVE(name, past, change, closed) {#name, past, CHANGE_##change, closed, move_##name},
#include "action/move.def"
#undef MOVE
};

const char *move_name(enum move_kind k) {
  CHECK(k < MOVES);
  return moves[k].name;
}

const char *move_past(enum move_kind k) {
  CHECK(k < MOVES);
  return moves[k].past;
}

static void record(struct moving *x, const char *field, const char *old, const char *now) {
  record_as(x, moves[x->m->kind].change, field, old, now, x->m->note);
  if (x->m->note) x->i->note = x->m->note;
}

struct moved move_item(const struct item_move *m, struct item *i, size_t at, change_list *changes,
                       struct arena *a) {
  CHECK(m->kind < MOVES && m->by.person);
  struct moving x = {.m = m, .i = i, .at = at, .changes = changes, .a = a};
  if (m->if_rev >= 0 && m->if_rev != i->rev)
    return refuse(arena_printf(a, "has changed since: it is at revision %lld, not %lld",
                               (long long)i->rev, (long long)m->if_rev));
  if (m->day < i->opened)
    return refuse(
        arena_printf(a, "opened on %s, after %s", on_day(a, i->opened), on_day(a, m->day)));
  if (!item_living(i) && moves[m->kind].closed == MAY_NOT) return refuse_closed(&x);
  struct moved out = moves[m->kind].act(&x);
  return out.answer == MOVE_SAME && m->note && !text_same(i->note, m->note) ? keep_note(&x, out.why)
                                                                            : out;
}
