/* In: the tellings of the outbox. Out: a message for each person (item, team), channel and day. */
#include "deliver/compose.h"

#include <stdlib.h>
#include <strings.h>

#include "action/compare.h"
#include "base/hash.h"
#include "base/vec.h"
#include "deliver/person_ids.h"

const struct writer writers[CHANNELS] = {
#define WRITER(channel, join, files, after, pace, function) \
  [CHANNEL_##channel] = {JOIN_##join, JOIN_##files, AFTER_##after, pace, function},
#include "deliver/writer.def"
#undef WRITER
};

struct waiting {
  const struct telling *t;
  const struct item *item;
  const struct tell *tell;
};

struct join_work {
  const struct composing *c;
  struct composed *out;
  VEC(struct message) messages;
  VEC(const struct digest *) digests;
  VEC(const char *) said;
  const char *mark; /* of the state */
  struct map ids;   /* files that were read */
  struct diags *problems;
};

/* ---- what is to be told now ----------------------------------------------------------- */

static const struct team_facts *team_of(const struct composing *c, const char *name) {
  return name ? team_named(c->settings->teams, c->settings->n_teams, name) : NULL;
}

/* The line that the event is told by; NULL: it is not there any more. */
static const struct tell *line_of(const struct composing *c, const struct telling *t) {
  const struct team_facts *team = team_of(c, t->team);
  for (size_t i = 0; team && i < team->n_tells; i++) {
    const struct tell *is = &team->tells[i];
    if (is->channel == t->channel && text_same(is->place, t->place)) return is;
  }
  return NULL;
}

/* The line that has taken the place of one that is gone, for its variable or its team has another
 * name now; NULL: none has. */
static const struct tell *line_instead(const struct composing *c, const struct waiting *w,
                                       const struct team_facts **team) {
  *team = team_of(c, w->t->team);
  if (!*team && !w->t->to_team) *team = team_of(c, w->item->team);
  for (size_t i = 0; *team && i < (*team)->n_tells; i++)
    if ((*team)->tells[i].channel == w->t->channel) return &(*team)->tells[i];
  return NULL;
}

/* What is closed, or held back, needs nobody. */
static bool is_to_do(const struct waiting *w) {
  const struct item *i = w->item;
  const struct item_step *s = step_numbered(i, w->t->step);
  return item_living(i) && item_to_do(i) && item_counts(i) && (!s || step_open(s));
}

/* Is there something to say? What is over, or is shown otherwise now, is told to whom it was told
 * before. */
static bool has_news(struct join_work *x, const struct waiting *w, bool *out) {
  bool over = w->t->kind == EVENT_SETTLED;
  *out = is_to_do(w);
  if (!over && w->t->kind != EVENT_CHANGED) return true;
  *out = false;
  return telling_stands(w->t, w->item, x->c->a) == over ||
         outbox_told(x->c->s, w->t, out, x->problems);
}

static bool in_hours(const struct composing *c, const struct tell *is) {
  int hour = c->now.minute / 60;
  return hour >= is->from_hour && hour < is->to_hour &&
         (!is->working_days || calendar_is_business(&c->settings->calendar, c->now.day));
}

static bool drop(struct join_work *x, const struct telling *t, enum fate why, long *count) {
  if (count) ++*count;
  return outbox_drop(x->c->s, t, why, x->problems);
}

/* By the line that is there instead; where none is it waits, and that is said: nothing is lost. */
static bool tell_instead(struct join_work *x, struct waiting *w) {
  const struct team_facts *team;
  const struct tell *line = line_instead(x->c, w, &team);
  bool moved;
  if (!line) {
    if (!x->out->no_line++) x->out->no_line_of = w->t;
    return true;
  }
  struct telling *t = NEW(x->c->a, struct telling);
  *t = *w->t;
  t->team = team->name;
  t->place = line->place;
  if (!outbox_move(x->c->s, w->t, t, &moved, x->problems)) return false;
  if (!moved) return drop(x, w->t, FATE_CANCELLED, NULL); /* it is told there anyway */
  w->t = t;
  w->tell = line;
  return true;
}

/* Whom the work is with today; NULL: the event is no owner's. */
static const char *owner_today(const struct waiting *w) {
  const struct item *i = w->item;
  if (w->t->to_team || w->t->kind == EVENT_ESCALATED || w->t->kind >= EVENT_CHANGED) return NULL;
  if (!w->t->step) return i->owner;
  const struct item_step *s = step_numbered(i, w->t->step);
  return s ? step_owner(i, s) : NULL;
}

/* A person may have given it to another since the run: that one is told. */
static bool tell_owner(struct join_work *x, struct waiting *w) {
  const char *to = owner_today(w);
  if (!to || strcasecmp(to, w->t->to) == 0) return true;
  struct telling *t = NEW(x->c->a, struct telling);
  *t = *w->t;
  t->to = to;
  w->t = t;
  return outbox_readdress(x->c->s, t, x->problems);
}

/* An item is one task in a program for each who has it, and what is over is none. */
static bool makes_task(struct join_work *x, const struct telling *t, bool *out) {
  bool there = true;
  *out = join_of(t->channel, t->place) != JOIN_TEAM;
  if (*out) return true;
  if (t->kind != EVENT_SETTLED && !outbox_told(x->c->s, t, &there, x->problems)) return false;
  *out = !there;
  return true;
}

static void say_once(struct join_work *x, const char *text) {
  for (size_t i = 0; i < x->said.n; i++)
    if (strcmp(x->said.v[i], text) == 0) return;
  VEC_PUSH(x->c->a, &x->said, text);
}

/* The ids of the line's file; NULL where it names none, or, and said, where it cannot be read. */
static const struct person_ids *ids_of(struct join_work *x, const struct tell *is) {
  struct diags own = {.arena = x->c->a};
  if (!is->ids) return NULL;
  const struct person_ids *ids = person_ids_read(&x->ids, is->ids, x->c->a, &own);
  if (own.errors) say_once(x, diags_failure(&own));
  return ids;
}

/* Has whoever is told a number there, where the line asks for one? Else it is said, and waits. */
static bool has_id(struct join_work *x, const struct telling *t, const struct tell *is) {
  if (!is->ids) return true;
  const struct person_ids *ids = ids_of(x, is);
  struct diags own = {.arena = x->c->a};
  const char *address = address_for(x->c->settings, t->to, t->to_team);
  if (!ids) return false;
  if (person_id(ids, t->to, address, &own)) return true;
  say_once(x, diags_failure(&own));
  return false;
}

/* Sets *now: it is told in this delivery if its group is. */
static bool sort_out(struct join_work *x, struct waiting *w, bool *now) {
  bool news;
  *now = false;
  w->tell = line_of(x->c, w->t);
  if (!x->c->old_too && w->t->day < x->c->now.day - EVENT_DAYS)
    return drop(x, w->t, FATE_OLD, &x->out->old);
  if (!has_news(x, w, &news)) return false;
  if (!news) return drop(x, w->t, FATE_CANCELLED, &x->out->cancelled);
  if (!tell_owner(x, w) || (!w->tell && !tell_instead(x, w))) return false;
  if (!w->tell) return true;
  if (!makes_task(x, w->t, &news)) return false;
  if (!news) return drop(x, w->t, FATE_NO_TASK, NULL);
  if (!has_id(x, w->t, w->tell)) return true;
  *now = in_hours(x->c, w->tell);
  if (!*now) x->out->later++;
  return true;
}

/* ---- one message ---------------------------------------------------------------------- */

static bool is_urgent(const struct waiting *w) {
  return w->tell->at_once && w->t->kind < EVENT_CHANGED &&
         (w->t->high || w->t->kind == EVENT_ESCALATED);
}

/* The digest of the keys of its events and of where it goes. */
static const char *key_of(const struct waiting *of, size_t n, struct arena *a) {
  const struct telling *t = of[0].t;
  uint64_t h[2] = {1, 2};
  for (int k = 0; k < 2; k++) {
    const char *place = arena_printf(a, "%llu %s %s %s", (unsigned long long)h[k], t->to,
                                     channel_name(t->channel), t->place ? t->place : "");
    h[k] = hash_bytes(place, strlen(place));
    for (size_t i = 0; i < n; i++)
      h[k] = hash_mix(h[k] * 31 + hash_bytes(of[i].t->event, strlen(of[i].t->event)));
  }
  return arena_printf(a, "%016llx%016llx", (unsigned long long)h[0], (unsigned long long)h[1]);
}

/* How the whole list of the person stands. */
static bool whole_list(struct join_work *x, struct digest *d) {
  struct item_filter f = {
      .owner = d->to, .state = "open", .late_on = DAY_NONE, .due_by = DAY_NONE, .hold = HOLD_NONE};
  const struct item **items;
  size_t n;
  if (!state_list(x->c->s, &f, &items, &n, x->problems)) return false;
  struct item_counts counts = items_count(items, n, x->c->now.day);
  d->to_do = counts.to_do;
  d->late = counts.late;
  return true;
}

static bool freeze(struct join_work *x, const struct waiting *of, size_t n) {
  struct arena *a = x->c->a;
  const struct telling **tellings = NEW_N(a, const struct telling *, n);
  const struct item **items = NEW_N(a, const struct item *, n);
  for (size_t i = 0; i < n; i++) tellings[i] = of[i].t, items[i] = of[i].item;
  struct digest *d = digest_make(tellings, items, n, x->c->now.day, a);
  enum join join = join_of(of->t->channel, of->t->place);
  d->answers = writers[of->t->channel].after == AFTER_SAID;
  if (join == JOIN_TEAM) d->to = of->t->team, d->of_team = true;
  if (join == JOIN_PERSON && !d->of_team && !whole_list(x, d)) return false;
  struct message m = {.key = key_of(of, n, a),
                      .channel = of->t->channel,
                      .place = of->t->place,
                      .signer = of->tell->signer,
                      .to = d->to,
                      .day = d->day,
                      .about = d->title};
  struct writing w = {.d = d,
                      .tell = of->tell,
                      .settings = x->c->settings,
                      .mark = x->mark,
                      .ids = ids_of(x, of->tell),
                      .a = a,
                      .at = utc_text(x->c->now.instant, a)};
  struct diags own = {.arena = a};
  if (!writers[m.channel].write(&w, &m, &own)) {
    say_once(x, diags_failure(&own));
    return true;
  }
  if (!outbox_freeze(x->c->s, &m, tellings, n, x->problems)) return false;
  VEC_PUSH(a, &x->messages, m);
  VEC_PUSH(a, &x->digests, d);
  return true;
}

/* 0: they are told in one message. */
static int group_cmp(const struct telling *a, const struct telling *b) {
  int c = (a->channel > b->channel) - (a->channel < b->channel);
  if (!c) c = text_cmp(a->place, b->place);
  if (c) return c;
  enum join join = join_of(a->channel, a->place);
  if (join == JOIN_TEAM) return strcmp(a->team, b->team);
  c = strcasecmp(a->to, b->to);
  if (!c && join == JOIN_ITEM) c = (a->item > b->item) - (a->item < b->item);
  return c || join == JOIN_PERSON ? c : (a->step > b->step) - (a->step < b->step);
}

static int by_group(const void *pa, const void *pb) {
  const struct telling *a = ((const struct waiting *)pa)->t, *b = ((const struct waiting *)pb)->t;
  int c = group_cmp(a, b);
  if (!c) c = (a->item > b->item) - (a->item < b->item);
  return c ? c : strcmp(a->event, b->event);
}

/* A person has one message a day and channel; what is urgent may be a second one. Files interrupt
 * nobody: there is one whenever something is to be told. */
static bool tell_group(struct join_work *x, struct waiting *of, size_t n) {
  bool had = false;
  if (of->t->place && writers[of->t->channel].join == JOIN_PERSON &&
      !outbox_had(x->c->s, of->t, x->c->now.day, &had, x->problems))
    return false;
  size_t kept = 0;
  for (size_t i = 0; i < n; i++)
    if (!had || is_urgent(&of[i])) of[kept++] = of[i];
  x->out->later += (long)(n - kept);
  return !kept || freeze(x, of, kept);
}

/* ---- what people did ------------------------------------------------------------------ */

/* No run writes an event of it. */
static bool tell_moves(struct join_work *x) {
  enum after after[CHANNELS];
  day_t today = x->c->now.day, since = today - EVENT_DAYS;
  for (int c = 0; c < CHANNELS; c++) after[c] = writers[c].after;
  return outbox_tell_late(x->c->s, x->c->settings, after, x->c->old_too ? DAY_MIN : since,
                          x->problems) &&
         outbox_turned(x->c->s, x->c->settings, after, since, today, x->problems) &&
         outbox_given(x->c->s, x->c->settings, since, today, x->problems);
}

/* ---- all of them ---------------------------------------------------------------------- */

static bool items_of(struct join_work *x, const struct telling *list, size_t n,
                     struct waiting *out) {
  int64_t *numbers = NEW_N(x->c->a, int64_t, n + 1);
  struct item *items;
  for (size_t i = 0; i < n; i++) numbers[i] = list[i].item;
  if (!state_numbered(x->c->s, numbers, n, &items, x->problems)) return false;
  for (size_t i = 0; i < n; i++) out[i] = (struct waiting){.t = &list[i], .item = &items[i]};
  return true;
}

static bool tell_all(struct join_work *x, struct waiting *of, size_t n) {
  if (n) qsort(of, n, sizeof *of, by_group);
  for (size_t i = 0, end; i < n; i = end) {
    for (end = i + 1; end < n && group_cmp(of[i].t, of[end].t) == 0;) end++;
    if (!tell_group(x, of + i, end - i)) return false;
  }
  return true;
}

/* ---- samples -------------------------------------------------------------------------- */

static bool said_before(const struct join_work *x, const struct tell *is) {
  for (size_t i = 0; i < x->messages.n; i++)
    if (x->messages.v[i].channel == is->channel && text_same(x->messages.v[i].place, is->place))
      return true;
  return false;
}

static struct digest *sample_digest(const struct composing *c, const struct team_facts *t,
                                    const char *to) {
  struct item *i = NEW(c->a, struct item);
  struct digest_line *line = NEW(c->a, struct digest_line);
  struct digest *d = NEW(c->a, struct digest);
  *i = item_none();
  i->rule = i->entity = "sample";
  i->team = t->name;
  i->label = "A sample customer";
  i->action = "Nothing is to be done";
  i->priority = "normal";
  i->due = c->now.day + 7;
  *line = (struct digest_line){.item = i,
                               .kind = EVENT_NEW,
                               .number = "#0",
                               .about = i->label,
                               .task = i->action,
                               .news = "new",
                               .due = "due in a week",
                               .due_day = i->due,
                               .to = to,
                               .money = "",
                               .why = ""};
  *d = (struct digest){.to = to,
                       .sample = true,
                       .day = c->now.day,
                       .lines = line,
                       .n_lines = 1,
                       .title = arena_printf(c->a, "A sample from Vigie for team %s", t->name)};
  return d;
}

static void add_sample(struct join_work *x, const struct team_facts *t, const struct tell *is,
                       const char *to) {
  struct arena *a = x->c->a;
  struct digest *d = sample_digest(x->c, t, to);
  struct message m = {
      .key = arena_printf(a, "sample-%s-%lld", t->name, (long long)x->c->now.instant),
      .channel = is->channel,
      .place = is->place,
      .signer = is->signer,
      .to = to,
      .day = d->day,
      .about = d->title};
  struct writing w = {.d = d,
                      .tell = is,
                      .settings = x->c->settings,
                      .mark = "sample",
                      .ids = ids_of(x, is),
                      .a = a,
                      .at = utc_text(x->c->now.instant, a)};
  struct diags own = {.arena = a};
  if (is->ids && !w.ids) return; /* that is said */
  if (writers[m.channel].write(&w, &m, &own))
    VEC_PUSH(a, &x->messages, m);
  else
    say_once(x, diags_failure(&own));
}

void compose_samples(const struct composing *c, const char *to, struct composed *out) {
  struct join_work x = {.c = c, .out = out};
  *out = (struct composed){0};
  for (size_t t = 0; t < c->settings->n_teams; t++)
    for (size_t k = 0; k < c->settings->teams[t].n_tells; k++) {
      const struct tell *is = &c->settings->teams[t].tells[k];
      if (writers[is->channel].write && !said_before(&x, is))
        add_sample(&x, &c->settings->teams[t], is, to);
    }
  out->messages = x.messages.v;
  out->n = x.messages.n;
  out->problems = x.said.v;
  out->n_problems = x.said.n;
}

bool compose(const struct composing *c, struct composed *out, struct diags *problems) {
  struct join_work x = {.c = c, .out = out, .problems = problems};
  struct telling *list;
  size_t n, kept = 0;
  *out = (struct composed){0};
  if (!state_mark(c->s, &x.mark, problems) || !tell_moves(&x)) return false;
  day_t since = c->now.day - EVENT_DAYS;
  if (!outbox_waiting(c->s, c->old_too ? DAY_MIN : since, &list, &n, problems)) return false;
  struct waiting *all = NEW_N(c->a, struct waiting, n + 1);
  if (!items_of(&x, list, n, all)) return false;
  for (size_t i = 0; i < n; i++) {
    bool now;
    if (!sort_out(&x, &all[i], &now)) return false;
    if (now) all[kept++] = all[i];
  }
  if (!tell_all(&x, all, kept)) return false;
  out->messages = x.messages.v;
  out->digests = x.digests.v;
  out->n = x.messages.n;
  out->problems = x.said.v;
  out->n_problems = x.said.n;
  return true;
}
