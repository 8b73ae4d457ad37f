/* In: the messages of the state that wait. Out: each is at its place, waits for another try, or has
 * failed; the state says which. */
#include "deliver/dispatch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "action/compare.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/map.h"
#include "base/text.h"
#include "deliver/message_file.h"
#include "deliver/signature.h"
#include "deliver/transport.h"
#include "deliver/writer.h"
#include "postgres/address.h"

struct place {
  const char *name;
  bool closed;         /* nothing more goes there in this delivery */
  int64_t quiet_until; /* it asked for a pause */
  int64_t last_ms;     /* when something went there last, by a clock that does not jump */
};

struct work {
  const struct dispatching *d;
  struct dispatched *out;
  struct transport *transport; /* NULL: nothing has gone over a line yet */
  struct state *state;         /* NULL: nothing is noted yet */
  VEC(struct place) places;
  int64_t began_ms;
  struct diags *problems;
};

static int64_t clock_ms(void) { return (int64_t)(clock_seconds() * 1000); }

/* The time of day moves on with the clock that does not jump. */
static int64_t now_of(const struct work *x) {
  return x->d->now + (clock_ms() - x->began_ms) / 1000;
}

static void rest_ms(int64_t ms) {
  if (ms <= 0) return;
  struct timespec t = {.tv_sec = (time_t)(ms / 1000), .tv_nsec = (long)(ms % 1000) * 1000000};
  while (nanosleep(&t, &t) != 0 && errno == EINTR) continue;
}

static struct place *place_of(struct work *x, const char *name) {
  for (size_t i = 0; i < x->places.n; i++)
    if (text_same(x->places.v[i].name, name)) return &x->places.v[i];
  VEC_PUSH(x->d->a, &x->places, ((struct place){.name = name, .last_ms = INT64_MIN / 2}));
  return &x->places.v[x->places.n - 1];
}

static void say(struct work *x, const char *text) {
  for (size_t i = 0; i < x->out->problems.n; i++)
    if (strcmp(x->out->problems.v[i], text) == 0) return;
  VEC_PUSH(x->d->a, &x->out->problems, text);
}

/* ---- over a line ---------------------------------------------------------------------- */

/* The value of a variable that the rules name, without blanks at its end; NULL, and said, where it
 * is not set. */
static const char *secret(struct work *x, const char *name) {
  const char *value = getenv(name);
  size_t n = value ? strlen(value) : 0;
  while (n && strchr(" \t\r\n", value[n - 1])) n--; /* as a file of secrets ends */
  if (n) return arena_printf(x->d->a, "%.*s", (int)n, value);
  say(x, arena_printf(x->d->a,
                      "%s is not set here: set it where vigie deliver runs, and what is "
                      "for it goes the next time",
                      name));
  return NULL;
}

/* What goes with a message that is signed: its moment, and the digest of both. */
static const char *signature(struct work *x, const struct message *m, const char *key) {
  return arena_printf(x->d->a, SIGNATURE_HEADER ": %s",
                      sign_body(x->d->a, key, now_of(x), m->bytes, m->n));
}

/* What is put has a name at its place, which may be each person's own. */
static const char *url_of(const struct message *m, const char *value, struct arena *a) {
  static const char person[] = "{person}";
  if (!m->name) return value;
  const char *url = value;
  for (const char *at; (at = strstr(url, person));)
    url = arena_printf(a, "%.*s%s%s", (int)(at - url), url, text_percent(a, m->to, "-._~"),
                       at + strlen(person));
  size_t path = strcspn(url, "?#"), n = path;
  while (n && url[n - 1] == '/') n--;
  return arena_printf(a, "%.*s/%s%s", (int)n, url, m->name, url + path);
}

/* *sent false: it was not, for want of a secret. */
static bool send_over_line(struct work *x, const struct message *m, struct receipt *r, bool *sent) {
  const char *value = secret(x, m->place);
  const char *signer = m->signer ? secret(x, m->signer) : NULL;
  *sent = value && (!m->signer || signer);
  if (!*sent) return true;
  if (!x->transport && !(x->transport = transport_open(x->problems))) return false;
  const char *headers[1];
  struct parcel p = {.url = url_of(m, value, x->d->a),
                     .place = m->place,
                     .method = m->mail   ? NULL
                               : m->name ? "PUT"
                                         : "POST",
                     .content_type = m->content_type,
                     .key = m->mail ? NULL : m->key,
                     .headers = headers,
                     .bytes = m->bytes,
                     .n = m->n,
                     .from = m->sender,
                     .to = m->mail,
                     .allow_private = x->d->allow_private};
  if (signer) headers[p.n_headers++] = signature(x, m, signer);
  *r = transport_send(x->transport, &p, x->d->a);
  return true;
}

/* ---- one message ---------------------------------------------------------------------- */

/* Each in a transaction of its own, so that a kill loses one at most. */
static bool note(struct work *x, struct message *m) {
  bool ok = x->state ? state_again(x->state, x->problems)
                     : state_open(x->d->state_path, STATE_WRITE, x->d->a, &x->state, x->problems);
  return ok && outbox_note(x->state, m, x->problems) && state_pause(x->state, x->problems);
}

/* What keeps everything from its place is not the message's fault: it waits as long as that
 * lasts. */
static void put_off(struct work *x, struct message *m, const struct receipt *r) {
  int64_t pause = PAUSE_FIRST_S;
  if (!r->place_is_down) m->tries++;
  for (int i = 1; i < m->tries && pause < PAUSE_MAX_S; i++) pause *= 2;
  if (pause > PAUSE_MAX_S) pause = PAUSE_MAX_S;
  m->next_at = now_of(x) + (r->after_s ? r->after_s : pause);
  if (m->tries >= TRIES_MAX) m->state = MESSAGE_FAILED;
}

static void take_receipt(struct work *x, struct message *m, const struct receipt *r) {
  m->tried = true;
  m->why = r->outcome == OUTCOME_ACKNOWLEDGED ? NULL : r->why;
  if (r->outcome == OUTCOME_ACKNOWLEDGED) {
    m->tries++;
    m->state = MESSAGE_SENT;
    m->sent_at = utc_text(now_of(x), x->d->a);
    x->out->sent++;
  } else if (r->outcome == OUTCOME_REFUSED && !r->place_is_down) {
    m->tries++;
    m->state = MESSAGE_FAILED;
  } else if (r->outcome == OUTCOME_LATER) {
    put_off(x, m, r);
  } /* else a person mends the place, and the message goes the next time */
}

static bool send_to_place(struct work *x, struct message *m) {
  struct place *p = place_of(x, m->place);
  if (p->closed || p->quiet_until > now_of(x)) return true;
  int pace = writers[m->channel].pace_ms;
  rest_ms(p->last_ms + pace - clock_ms());
  struct receipt r = {0};
  bool sent;
  if (!send_over_line(x, m, &r, &sent)) return false;
  if (!sent) return true;
  p->last_ms = clock_ms();
  take_receipt(x, m, &r);
  p->closed = r.place_is_down && !r.after_s; /* after the pause it takes the next one */
  if (r.after_s) p->quiet_until = now_of(x) + r.after_s;
  return true;
}

static bool send_message(struct work *x, struct message *m) {
  if (m->place) return send_to_place(x, m);
  if (!x->d->folder) {
    say(x, "files wait to be written: say where with --out FOLDER");
    return true;
  }
  struct receipt r = {.outcome = OUTCOME_ACKNOWLEDGED};
  if (!message_file_write(m, x->d->folder, x->d->a, &r.why)) r.outcome = OUTCOME_LATER;
  take_receipt(x, m, &r);
  return true;
}

/* After so long a wait nobody was told to wait: the clock of the machine has gone back. */
static bool is_due(const struct work *x, const struct message *m) {
  int64_t now = now_of(x);
  return m->state == MESSAGE_WAITING && (m->next_at <= now || m->next_at > now + PAUSE_MAX_S * 24);
}

/* Where a message is put in the place of another; NULL: it is not put anywhere. */
static const char *spot_of(const struct work *x, const struct message *m) {
  if (!m->name || !m->place) return NULL;
  return arena_printf(x->d->a, "%s\n%s\n%s", m->place, m->to, m->name);
}

static bool try_message(struct work *x, struct message *m) {
  bool before = m->tried;
  m->tried = false;
  if (!send_message(x, m) || (m->tried && !note(x, m))) return false;
  m->tried |= before;
  return true;
}

/* In their order: what is put in the place of another does not overtake it. */
static bool send_due(struct work *x) {
  struct map ahead = {0}; /* spots for which an earlier message waits */
  for (size_t i = 0; i < x->out->n; i++) {
    struct message *m = &x->out->messages[i];
    const char *spot = spot_of(x, m);
    if (spot && map_get(&ahead, spot)) continue;
    if (is_due(x, m) && !try_message(x, m)) return false;
    if (spot && m->state == MESSAGE_WAITING) map_put(&ahead, x->d->a, spot, m);
  }
  return true;
}

/* How long until a place that asked for a short pause takes the next message; 0: none does. */
static int64_t short_pause(const struct work *x) {
  int64_t now = now_of(x), soonest = 0;
  for (size_t i = 0; i < x->places.n; i++) {
    int64_t wait = x->places.v[i].quiet_until - now;
    if (wait > 0 && wait <= WAIT_HERE_S && (!soonest || wait < soonest)) soonest = wait;
  }
  return soonest;
}

static bool read_waiting(struct work *x) {
  struct state *s;
  if (!state_open(x->d->state_path, STATE_READ, x->d->a, &s, x->problems)) return false;
  bool ok = !s || outbox_messages(s, MESSAGE_WAITING, &x->out->messages, &x->out->n, x->problems);
  state_close(s);
  return ok;
}

enum { PASSES = 10 };

bool dispatch(const struct dispatching *d, struct dispatched *out, struct diags *problems) {
  struct work x = {.d = d, .out = out, .began_ms = clock_ms(), .problems = problems};
  *out = (struct dispatched){0};
  bool ok = read_waiting(&x);
  for (int pass = 0; ok && pass < PASSES; pass++) {
    ok = send_due(&x);
    int64_t pause = short_pause(&x);
    if (!pause) break;
    rest_ms((pause + 1) * 1000);
  }
  state_close(x.state);
  transport_close(x.transport);
  return ok;
}

bool dispatch_once(const struct dispatching *d, struct message *m, text_list *said,
                   struct diags *problems) {
  struct dispatched out = {.problems = *said};
  struct work x = {.d = d, .out = &out, .began_ms = clock_ms(), .problems = problems};
  bool ok = send_message(&x, m);
  transport_close(x.transport);
  *said = out.problems;
  return ok;
}

static bool is_busy(const char *state_path, struct diags *problems) {
  return diag_fail(problems, V0803,
                   "another vigie deliver is sending from %s: wait until it has ended, then start "
                   "this one again",
                   state_path);
}

/* A file beside the state. */
static bool lock_file(const char *state_path, struct arena *a, int *out, struct diags *problems) {
  const char *path = arena_printf(a, "%s-delivery", state_path);
  int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (fd < 0)
    return diag_fail(problems, V0702, "%s cannot be made (%s): allow writing into its folder", path,
                     strerror(errno));
  *out = fd;
  if (flock(fd, LOCK_EX | LOCK_NB) == 0) return true;
  close(fd);
  return is_busy(state_path, problems);
}

bool dispatch_lock(const char *state_path, struct arena *a, struct delivery_lock *out,
                   struct diags *problems) {
  bool held;
  *out = (struct delivery_lock){.file = -1};
  if (!is_postgres_address(state_path)) return lock_file(state_path, a, &out->file, problems);
  if (!state_hold_delivery(state_path, a, &out->session, &held, problems)) return false;
  return held || is_busy(state_path, problems);
}

void dispatch_unlock(struct delivery_lock *lock) {
  if (lock->file >= 0) close(lock->file);
  state_close(lock->session);
}
