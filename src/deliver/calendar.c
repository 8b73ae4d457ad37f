/* A calendar: a task (VTODO) for each item, and for each step that is told apart. One file for a
 * person, or one task at a time put into a calendar by CalDAV. What is the same for the same person
 * is the same task for ever, so that a later one replaces it; another person's is another, for all
 * may share one calendar. */
#include <stdlib.h>

#include "base/check.h"
#include "base/hash.h"
#include "base/text.h"
#include "deliver/libical.h"
#include "deliver/task_text.h"
#include "deliver/writer.h"

struct page {
  const struct writing *w;
  const char *key; /* of the message */
  struct libical ical;
};

/* "2026-03-02T08:00:00Z" and "2026-03-02" as calendars write them. */
static struct icaltimetype moment(const struct page *p, const char *text) {
  char plain[32];
  size_t n = 0;
  for (; *text && n + 1 < sizeof plain; text++)
    if (*text != '-' && *text != ':') plain[n++] = *text;
  plain[n] = 0;
  return p->ical.time_from_string(plain);
}

static struct icaltimetype day_of(const struct page *p, day_t day) {
  char text[16];
  return moment(p, day_text(day, text));
}

/* Of what is closed today it is now; of a day before, noon. */
static struct icaltimetype closed_at(const struct page *p, const struct item *i) {
  char text[16];
  if (i->closed == DAY_NONE || i->closed >= p->w->d->day) return moment(p, p->w->at);
  return moment(p, arena_printf(p->w->a, "%sT12:00:00Z", day_text(i->closed, text)));
}

static const char *name_of(const struct page *p, const struct digest_line *l) {
  struct arena *a = p->w->a;
  if (p->w->d->sample) return task_file_word(p->key, a);
  const char *who = text_lower(a, l->to);
  const char *step = l->step ? arena_printf(a, "step-%zu-", l->step) : "";
  return arena_printf(a, "item-%lld-%s%s-%08llx", (long long)l->item->id, step, p->w->mark,
                      (unsigned long long)(hash_bytes(who, strlen(who)) & 0xffffffff));
}

static bool sleeps(const struct digest_line *l) {
  return item_living(l->item) && l->item->snoozed_until != DAY_NONE;
}

/* What sleeps past its due day is to be looked at when it wakes. */
static day_t due_of(const struct digest_line *l) {
  day_t until = sleeps(l) ? l->item->snoozed_until : DAY_NONE;
  if (until == DAY_NONE || (l->due_day != DAY_NONE && l->due_day > until)) return l->due_day;
  return until;
}

/* First how it stands, where it is not simply to do. */
static const char *description_of(const struct page *p, const struct digest_line *l) {
  struct arena *a = p->w->a;
  const char *text = task_description(l, p->w->mark, a);
  char day[16];
  if (l->kind == EVENT_SETTLED) return arena_printf(a, "%s\n%s", l->news, text);
  if (!sleeps(l)) return text;
  return arena_printf(a, "asleep until %s\n%s", day_text(l->item->snoozed_until, day), text);
}

/* 1 is the highest of a calendar, 5 the middle, 9 the lowest. */
static int priority_of(const struct item *i) {
  static const int numbers[] = {1, 5, 9};
  int rank = priority_rank(i->priority);
  DEBUG_CHECK(rank >= 0 && rank < 3);
  return numbers[rank];
}

static void add_status(const struct page *p, icalcomponent *to, const struct digest_line *l) {
  const struct libical *c = &p->ical;
  if (l->kind != EVENT_SETTLED) {
    c->component_add_property(to, c->property_new_status(ICAL_STATUS_NEEDSACTION));
    return;
  }
  c->component_add_property(to, c->property_new_status(ICAL_STATUS_COMPLETED));
  c->component_add_property(to, c->property_new_completed(closed_at(p, l->item)));
  c->component_add_property(to, c->property_new_percentcomplete(100));
}

static icalcomponent *task(const struct page *p, const struct digest_line *l) {
  const struct libical *c = &p->ical;
  struct arena *a = p->w->a;
  icalcomponent *o = c->component_new(ICAL_VTODO_COMPONENT);
  c->component_add_property(o, c->property_new_uid(arena_printf(a, "%s@vigie", name_of(p, l))));
  c->component_add_property(o, c->property_new_dtstamp(moment(p, p->w->at)));
  c->component_add_property(o, c->property_new_summary(task_subject(l, a)));
  c->component_add_property(o, c->property_new_description(description_of(p, l)));
  if (task_link(l->item->link)) c->component_add_property(o, c->property_new_url(l->item->link));
  if (due_of(l) != DAY_NONE)
    c->component_add_property(o, c->property_new_due(day_of(p, due_of(l))));
  c->component_add_property(o, c->property_new_priority(priority_of(l->item)));
  add_status(p, o, l);
  return o;
}

static const char *whole(const struct page *p) {
  const struct libical *c = &p->ical;
  const struct digest *d = p->w->d;
  icalcomponent *all = c->component_new(ICAL_VCALENDAR_COMPONENT);
  c->component_add_property(all, c->property_new_version("2.0"));
  c->component_add_property(all, c->property_new_prodid("-//Vigie//Vigie 1//EN"));
  for (size_t i = 0; i < d->n_lines; i++) c->component_add_component(all, task(p, &d->lines[i]));
  for (size_t i = 0; i < d->n_over; i++) c->component_add_component(all, task(p, &d->over[i]));
  char *text = c->component_as_ical_string_r(all);
  CHECK(text);
  const char *kept = arena_strdup(p->w->a, text);
  c->memory_free_buffer(text);
  c->component_free(all);
  return kept;
}

/* Of one item the name is the item's; a file of many is the person's and the day's. */
bool write_calendar(const struct writing *w, struct message *out, struct diags *problems) {
  const struct digest *d = w->d;
  struct page p = {.w = w, .key = out->key};
  if (!libical_load(&p.ical, problems)) return false;
  char day[16];
  if (w->tell->place) {
    const char *address = address_for(w->settings, d->to, d->of_team);
    const struct digest_line *one = d->n_lines ? d->lines : d->over;
    CHECK(d->n_lines + d->n_over == 1);
    out->name = arena_printf(w->a, "%s.ics", name_of(&p, one));
    if (address) out->to = address;
  } else {
    out->name = arena_printf(w->a, "calendar-%s-%s-%.8s.ics", task_file_word(d->to, w->a),
                             day_text(d->day, day), out->key);
  }
  out->bytes = whole(&p);
  out->n = strlen(out->bytes);
  out->content_type = "text/calendar; charset=utf-8";
  return true;
}
