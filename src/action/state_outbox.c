/* The outbox of the state. In and out: the tables outbox, telling and message. */
#include <string.h>

#include "action/compare.h"
#include "action/outbox.h"
#include "action/sql.h"
#include "action/state_db.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/vec.h"

static const char *const fates[FATES] = {
    [FATE_CANCELLED] = "cancelled", [FATE_OLD] = "old", [FATE_NO_TASK] = "no task"};
static const char *const states[MESSAGE_STATES] = {
    [MESSAGE_WAITING] = "waiting", [MESSAGE_SENT] = "sent", [MESSAGE_FAILED] = "failed"};

const char *fate_name(enum fate f) { return fates[f]; }
const char *message_state_name(enum message_state m) { return states[m]; }

static bool damaged(struct state *s, struct diags *problems) {
  return diag_fail(problems, V0605,
                   "%s is damaged: its outbox holds what no Vigie writes; put back a copy from "
                   "your backups, or choose another file with --state",
                   s->path);
}

/* ---- what waits ----------------------------------------------------------------------- */

static bool event_from_name(const char *name, enum event_kind *out) {
  for (int k = 0; name && k < EVENTS; k++)
    if (strcmp(event_name((enum event_kind)k), name) == 0) {
      *out = (enum event_kind)k;
      return true;
    }
  return false;
}

static bool take_telling(struct state *s, struct statement *st, struct telling *out) {
  const char *priority = state_text(s, st, 6);
  *out = (struct telling){.event = state_text(s, st, 0),
                          .item = column_int(st, 1),
                          .to = state_text(s, st, 4),
                          .to_team = column_int(st, 5) != 0,
                          .high = text_same(priority, "high"),
                          .step = (size_t)column_int(st, 7),
                          .team = state_text(s, st, 8),
                          .channel = channel_named(state_text(s, st, 9)),
                          .place = state_text(s, st, 10)};
  return event_from_name(state_text(s, st, 3), &out->kind) && out->channel != CHANNELS &&
         state_day(st, 2, &out->day) && out->day != DAY_NONE;
}

bool outbox_waiting(struct state *s, day_t old, struct telling **out, size_t *n,
                    struct diags *problems) {
  VEC(struct telling) list = {0};
  struct statement *st = state_prepare(s, SQL_WAITING, problems);
  if (!st) return false;
  bind_day(st, 1, old);
  enum step is;
  bool ok = true;
  while (ok && (is = statement_step(st)) == STEP_ROW) {
    struct telling t;
    ok = take_telling(s, st, &t) || damaged(s, problems);
    if (ok) VEC_PUSH(s->a, &list, t);
  }
  if (ok && is != STEP_DONE) ok = state_fail(s, problems);
  statement_end(st);
  *out = list.v;
  *n = list.n;
  return ok;
}

static void bind_telling(struct statement *st, const struct telling *t) {
  bind_text(st, 1, t->event);
  bind_text(st, 2, channel_name(t->channel));
  bind_text(st, 3, t->place ? t->place : "");
}

/* A query that answers with one number, yes when it is not 0. */
static bool answer(struct state *s, struct statement *st, bool *out, struct diags *problems) {
  int64_t number;
  bool ok = state_number(s, st, &number, problems);
  *out = number != 0;
  return ok;
}

bool outbox_move(struct state *s, const struct telling *t, const struct telling *to, bool *moved,
                 struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_MOVE_TELLING, problems);
  if (!st) return false;
  bind_telling(st, t);
  bind_text(st, 4, to->place ? to->place : "");
  bind_text(st, 5, to->team);
  return answer(s, st, moved, problems);
}

bool outbox_readdress(struct state *s, const struct telling *t, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_READDRESS, problems);
  if (!st) return false;
  bind_text(st, 1, t->event);
  bind_text(st, 2, t->to);
  bool ok = state_step(s, st, problems);
  statement_end(st);
  return ok;
}

bool outbox_drop(struct state *s, const struct telling *t, enum fate why, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_DROP_TELLING, problems);
  if (!st) return false;
  bind_telling(st, t);
  bind_text(st, 4, fates[why]);
  bool ok = state_step(s, st, problems);
  statement_end(st);
  return ok;
}

bool outbox_untold(struct state *s, day_t since, struct untold **out, size_t *n,
                   struct diags *problems) {
  VEC(struct untold) list = {0};
  struct statement *st = state_prepare(s, SQL_UNTOLD, problems);
  if (!st) return false;
  bind_day(st, 1, since);
  enum step is;
  while ((is = statement_step(st)) == STEP_ROW)
    VEC_PUSH(s->a, &list, ((struct untold){state_text(s, st, 0), (long)column_int(st, 1)}));
  bool ok = is == STEP_DONE || state_fail(s, problems);
  statement_end(st);
  *out = list.v;
  *n = list.n;
  return ok;
}

bool outbox_had(struct state *s, const struct telling *t, day_t day, bool *out,
                struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_HAD_MESSAGE, problems);
  if (!st) return false;
  bind_text(st, 1, t->to);
  bind_text(st, 2, channel_name(t->channel));
  bind_text(st, 3, t->place);
  bind_day(st, 4, day);
  return answer(s, st, out, problems);
}

bool outbox_told(struct state *s, const struct telling *t, bool *out, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_TOLD_OF_ITEM, problems);
  if (!st) return false;
  bind_text(st, 1, t->to);
  bind_text(st, 2, channel_name(t->channel));
  bind_text(st, 3, t->place ? t->place : "");
  bind_int(st, 4, t->item);
  bind_int(st, 5, (int64_t)t->step);
  return answer(s, st, out, problems);
}

bool state_mark(struct state *s, const char **out, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_FIRST_RUN, problems);
  if (!st) return false;
  enum step is = statement_step(st);
  const char *first = is == STEP_ROW ? state_text(s, st, 0) : NULL;
  statement_end(st);
  *out =
      arena_printf(s->a, "%08llx",
                   (unsigned long long)(first ? hash_bytes(first, strlen(first)) & 0xffffffff : 0));
  return is == STEP_ROW || is == STEP_DONE || state_fail(s, problems);
}

/* ---- messages ------------------------------------------------------------------------- */

static bool join(struct state *s, const struct telling *t, int64_t message,
                 struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_JOIN_TELLING, problems);
  if (!st) return false;
  bind_telling(st, t);
  bind_int(st, 4, message);
  bool ok = state_step(s, st, problems);
  statement_end(st);
  return ok;
}

bool outbox_freeze(struct state *s, struct message *m, const struct telling *const *of, size_t n,
                   struct diags *problems) {
  CHECK(n > 0); /* nobody gets an empty message */
  struct statement *st = state_prepare(s, SQL_ADD_MESSAGE, problems);
  if (!st) return false;
  m->made_at = s->started_at;
  const char *texts[] = {
      m->key,  channel_name(m->channel), m->place, m->signer, m->sender, m->to, m->mail,
      m->name, m->content_type,          m->about, m->made_at};
  int at = 1;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) bind_text(st, at++, texts[i]);
  bind_day(st, at++, m->day);
  bind_bytes(st, at++, m->bytes, m->n);
  bool ok = state_step(s, st, problems);
  statement_end(st);
  m->id = database_last_id(&s->db);
  for (size_t i = 0; ok && i < n; i++) ok = join(s, of[i], m->id, problems);
  return ok;
}

static struct message take_message(struct state *s, struct statement *st) {
  struct message m = {.id = column_int(st, 0)};
  const char **texts[] = {&m.key,  &m.place,        &m.signer, &m.sender,  &m.to,      &m.mail,
                          &m.name, &m.content_type, &m.about,  &m.made_at, &m.sent_at, &m.why};
  int at = 1;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = state_text(s, st, at++);
  m.bytes = column_bytes(st, at++, s->a, &m.n);
  m.tries = (int)column_int(st, at++);
  m.next_at = column_int(st, at++);
  m.channel = channel_named(state_text(s, st, at++));
  if (!state_day(st, at, &m.day) || m.day == DAY_NONE) m.channel = CHANNELS;
  return m;
}

bool outbox_messages(struct state *s, enum message_state of, struct message **out, size_t *n,
                     struct diags *problems) {
  VEC(struct message) list = {0};
  struct statement *st = state_prepare(s, SQL_MESSAGES, problems);
  if (!st) return false;
  bind_text(st, 1, states[of]);
  enum step is;
  bool ok = true;
  while (ok && (is = statement_step(st)) == STEP_ROW) {
    struct message m = take_message(s, st);
    m.state = of;
    ok = m.channel != CHANNELS || damaged(s, problems);
    if (ok) VEC_PUSH(s->a, &list, m);
  }
  if (ok && is != STEP_DONE) ok = state_fail(s, problems);
  statement_end(st);
  *out = list.v;
  *n = list.n;
  return ok;
}

bool outbox_failed(struct state *s, int64_t *out, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_COUNT_FAILED, problems);
  return st && state_number(s, st, out, problems);
}

bool outbox_retry(struct state *s, struct diags *problems) {
  return state_exec(s, SQL_RETRY_MESSAGES, problems);
}

bool outbox_note(struct state *s, const struct message *m, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_NOTE_MESSAGE, problems);
  if (!st) return false;
  bind_int(st, 1, m->id);
  bind_text(st, 2, states[m->state]);
  bind_int(st, 3, m->tries);
  bind_int(st, 4, m->next_at);
  bind_text(st, 5, m->sent_at);
  bind_text(st, 6, m->why);
  bool ok = state_step(s, st, problems);
  statement_end(st);
  return ok;
}
