/* In: what was composed and sent. Out: what the person who runs it reads. */
#include "deliver/deliver_text.h"

#include "action/compare.h"
#include "action/value_json.h"
#include "base/table.h"
#include "base/text.h"
#include "base/vec.h"
#include "deliver/mail.h"

static const char *way_of(const struct message *m, struct arena *a) {
  return m->place ? arena_printf(a, "%s (%s)", channel_name(m->channel), m->place)
                  : channel_name(m->channel);
}

bool delivery_needs_look(const struct delivery_page *p) {
  const struct dispatched *d = p->dispatched;
  if (p->composed->n_problems || p->composed->no_line || (d && d->problems.n)) return true;
  for (size_t i = 0; d && i < d->n; i++)
    if (d->messages[i].state != MESSAGE_SENT) return true;
  return false;
}

/* ---- lists of messages ---------------------------------------------------------------- */

static void add_message(struct table *t, const struct message *m, const char *fate,
                        struct arena *a) {
  table_row(t, (const char *const[]){fate, m->to, way_of(m, a), m->about});
  if (m->why) table_line(t, 1, m->why);
}

static struct table *messages_table(struct arena *a) {
  static const struct table_col cols[] = {{.header = ""},
                                          {.header = "to", .fit = FIT_SHORTEN, .min_width = 16},
                                          {.header = "through"},
                                          {.header = "", .fit = FIT_WRAP, .min_width = 20}};
  return table_new(a, cols, 4);
}

void print_messages_text(FILE *f, const struct message *list, size_t n,
                         const struct text_style *style, struct arena *a) {
  struct table *t = messages_table(a);
  if (!n) {
    fputs("no message has failed\n", f);
    return;
  }
  for (size_t i = 0; i < n; i++) add_message(t, &list[i], message_state_name(list[i].state), a);
  table_print(t, f, style->width, style->color);
  fputs("\nvigie deliver --retry tries them again.\n", f);
}

/* ---- a delivery ----------------------------------------------------------------------- */

static void say(FILE *f, const struct text_style *style, const char *text, struct arena *a) {
  print_paragraph(f, style->width, 0, 2, text, a);
}

static void say_failed(FILE *f, const struct delivery_page *p, const struct text_style *style,
                       struct arena *a) {
  if (p->failed)
    say(f, style,
        arena_printf(a, "%lld %s failed: vigie deliver --failed says why, --retry tries again.",
                     (long long)p->failed, plural((long)p->failed, "message has", "messages have")),
        a);
}

static void say_no_line(FILE *f, const struct delivery_page *p, const struct text_style *style,
                        struct arena *a) {
  const struct composed *c = p->composed;
  if (c->no_line)
    say(f, style,
        arena_printf(a,
                     "%ld %s, for team %s has no line `tell %s` any more: write one, and run the "
                     "rules again; after %d days they are held back.",
                     c->no_line, plural(c->no_line, "event waits", "events wait"),
                     c->no_line_of->team, channel_name(c->no_line_of->channel), EVENT_DAYS),
        a);
}

static void say_untold(FILE *f, const struct delivery_page *p, const struct text_style *style,
                       struct arena *a) {
  const char *teams = "";
  long events = 0;
  for (size_t i = 0; i < p->n_untold; i++) {
    teams = arena_printf(a, "%s%s%s", teams, i ? ", " : "", p->untold[i].team);
    events += p->untold[i].events;
  }
  if (events)
    say(f, style,
        arena_printf(a,
                     "Nobody is told of %ld %s of %s %s: write under the team how, such as tell "
                     "slack env \"CS_WEBHOOK\", and run the rules again.",
                     events, plural(events, "event", "events"),
                     plural((long)p->n_untold, "team", "teams"), teams),
        a);
}

static void say_kept_back(FILE *f, const struct delivery_page *p, const struct text_style *style,
                          struct arena *a) {
  const struct composed *c = p->composed;
  if (c->later)
    say(f, style,
        arena_printf(a, "%ld %s for an hour, a day or the next message.", c->later,
                     plural(c->later, "event waits", "events wait")),
        a);
  if (c->old)
    say(f, style,
        arena_printf(a,
                     "%ld %s, for their runs are more than %d days ago: vigie deliver --older "
                     "sends them.",
                     c->old, plural(c->old, "event is held back", "events are held back"),
                     EVENT_DAYS),
        a);
  say_untold(f, p, style, a);
}

/* One line for each place that messages wait for. */
static void say_waiting(FILE *f, const struct dispatched *d, const struct text_style *style,
                        struct arena *a) {
  VEC(const struct message *) first = {0};
  VEC(long) count = {0};
  for (size_t i = 0; i < d->n; i++) {
    const struct message *m = &d->messages[i];
    if (m->tried) continue;
    size_t at = 0;
    while (at < first.n &&
           (first.v[at]->channel != m->channel || !text_same(first.v[at]->place, m->place)))
      at++;
    if (at == first.n) {
      VEC_PUSH(a, &first, m);
      VEC_PUSH(a, &count, 0);
    }
    count.v[at]++;
  }
  for (size_t i = 0; i < first.n; i++)
    say(f, style,
        arena_printf(a, "%ld %s for %s.", count.v[i],
                     plural(count.v[i], "message waits", "messages wait"), way_of(first.v[i], a)),
        a);
}

void print_delivery_text(FILE *f, const struct delivery_page *p, const struct text_style *style,
                         struct arena *a) {
  const struct dispatched *d = p->dispatched;
  struct table *t = messages_table(a);
  if (!style->quiet && !d->sent && !d->n) say(f, style, "Nothing to send.", a);
  long shown = 0;
  for (size_t i = 0; i < d->n; i++) {
    const struct message *m = &d->messages[i];
    if (!m->tried || (m->state == MESSAGE_SENT && style->quiet)) continue;
    add_message(t, m, message_state_name(m->state), a);
    shown++;
  }
  if (shown) table_print(t, f, style->width, style->color);
  say_waiting(f, d, style, a);
  for (size_t i = 0; i < p->composed->n_problems; i++) say(f, style, p->composed->problems[i], a);
  for (size_t i = 0; i < d->problems.n; i++) say(f, style, d->problems.v[i], a);
  say_failed(f, p, style, a);
  say_no_line(f, p, style, a);
  if (!style->quiet) say_kept_back(f, p, style, a);
}

void print_dry_delivery(FILE *f, const struct delivery_page *p, struct arena *a) {
  static const struct text_style plain = {0};
  for (size_t i = 0; i < p->composed->n; i++) {
    const struct message *m = &p->composed->messages[i];
    text_print_line(f, "---- to %s through %s", m->to, way_of(m, a));
    fputs(mail_plain(p->composed->digests[i], a), f);
    fputc('\n', f);
  }
  if (!p->composed->n) fputs("Nothing new to send.\n", f);
  for (size_t i = 0; i < p->composed->n_problems; i++)
    text_print_line(f, "%s", p->composed->problems[i]);
  say_failed(f, p, &plain, a);
  say_no_line(f, p, &plain, a);
  say_kept_back(f, p, &plain, a);
}

/* ---- JSON ----------------------------------------------------------------------------- */

static json_t *message_json(const struct message *m) {
  json_t *o = json_object();
  set_member(o, "key", text_json(m->key));
  set_member(o, "to", text_json(m->to));
  set_member(o, "channel", json_string(channel_name(m->channel)));
  set_member(o, "place", text_json(m->place));
  set_member(o, "about", text_json(m->about));
  set_member(o, "state", json_string(message_state_name(m->state)));
  set_member(o, "tries", json_integer(m->tries));
  set_member(o, "why", text_json(m->why));
  return o;
}

static json_t *messages_json(const struct message *list, size_t n) {
  json_t *all = json_array();
  for (size_t i = 0; i < n; i++) json_array_append_new(all, message_json(&list[i]));
  return all;
}

void print_messages_json(FILE *f, const struct message *list, size_t n) {
  json_t *o = json_object();
  set_member(o, "messages", messages_json(list, n));
  json_print(f, o);
}

void print_delivery_json(FILE *f, const struct delivery_page *p) {
  const struct dispatched *d = p->dispatched;
  json_t *o = json_object(), *problems = json_array(), *untold = json_array();
  set_member(o, "sent", json_integer(d ? d->sent : 0));
  set_member(
      o, "messages",
      d ? messages_json(d->messages, d->n) : messages_json(p->composed->messages, p->composed->n));
  set_member(o, "cancelled", json_integer(p->composed->cancelled));
  set_member(o, "held_back", json_integer(p->composed->old));
  set_member(o, "no_line", json_integer(p->composed->no_line));
  set_member(o, "failed_before", json_integer(p->failed));
  set_member(o, "later", json_integer(p->composed->later));
  for (size_t i = 0; i < p->composed->n_problems; i++)
    json_array_append_new(problems, text_json(p->composed->problems[i]));
  for (size_t i = 0; d && i < d->problems.n; i++)
    json_array_append_new(problems, text_json(d->problems.v[i]));
  set_member(o, "problems", problems);
  for (size_t i = 0; i < p->n_untold; i++) {
    json_t *u = json_object();
    set_member(u, "team", text_json(p->untold[i].team));
    set_member(u, "events", json_integer(p->untold[i].events));
    json_array_append_new(untold, u);
  }
  set_member(o, "untold", untold);
  json_print(f, o);
}
