/* In: an item with its reasons and its history. Out: a page of it. */
#include "action/item_text.h"

#include <string.h>

#include "action/compare.h"
#include "action/day_word.h"
#include "action/decide.h"
#include "action/evidence.h"
#include "action/levels.h"
#include "action/stake.h"
#include "base/table.h"
#include "base/terminal.h"
#include "base/text.h"

struct page {
  FILE *f;
  const struct item_page *p;
  const struct text_style *style;
  struct arena *a;
};

/* ---- what it is ----------------------------------------------------------------------- */

static void say(const struct page *x, const char *text) {
  const struct table_col all = {.header = ""};
  struct table *t = table_new(x->a, &all, 1);
  table_line(t, 0, text);
  table_print(t, x->f, x->style->width, false);
}

static void say_head(const struct page *x) {
  const struct item *i = x->p->item;
  const char *subject = item_subject(i), *line;
  char buf[96];
  line = arena_printf(x->a, "#%lld  %s", (long long)i->id, subject);
  if (i->key && strcmp(i->key, subject) != 0) line = arena_printf(x->a, "%s (%s)", line, i->key);
  if (i->account && !strstr(subject, i->account))
    line = arena_printf(x->a, "%s, %s", line, i->account);
  if (i->worth.known)
    line = arena_printf(x->a, "%s, %s%s%s", line, value_text(&i->worth, buf, sizeof buf),
                        i->worth_of ? " " : "", i->worth_of ? i->worth_of : "");
  if (strcmp(i->priority, "normal") != 0)
    line = arena_printf(x->a, "%s, %s priority", line, i->priority);
  say(x, line);
  say(x, i->action);
}

/* "open, to do", "waits for room", "done on 2026-03-02 by ana" */
static const char *standing_text(const struct page *x) {
  const struct item *i = x->p->item;
  struct arena *a = x->a;
  char day[16];
  switch (item_hold(i)) {
    case HOLD_SNOOZED:
      if (x->p->as_of >= i->snoozed_until) /* only a run wakes it */
        return arena_printf(a, "open, slept until %s: the next run wakes it",
                            day_text(i->snoozed_until, day));
      return arena_printf(a, "open, sleeps until %s%s", day_text(i->snoozed_until, day),
                          i->snoozed_margins ? ", or until it gets worse" : "");
    case HOLD_MUTED: return arena_printf(a, "open, muted by #%lld", (long long)i->muted_by);
    case HOLD_WAITING: return arena_printf(a, "open, waits for room (%s)", i->waits_for);
    case HOLD_ACKNOWLEDGED:
      return arena_printf(a, "open, to do, acknowledged%s%s", i->acknowledged_by ? " by " : "",
                          i->acknowledged_by ? i->acknowledged_by : "");
    case HOLD_NONE: break;
  }
  if (item_living(i)) return "open, to do";
  const char *text =
      arena_printf(a, "%s on %s", item_state_word(i->state),
                   i->closed == DAY_NONE ? "a day that is not known" : day_text(i->closed, day));
  if (i->closed_by) text = arena_printf(a, "%s by %s", text, i->closed_by);
  if (i->outcome) text = arena_printf(a, "%s, %s", text, i->outcome);
  return i->why ? arena_printf(a, "%s: %s", text, i->why) : text;
}

static const char *due_text(const struct page *x) {
  const struct item *i = x->p->item;
  char day[16];
  if (i->due == DAY_NONE) return "no day";
  const char *text = day_text(i->due, day);
  const char *by = i->due_by_person ? ", set by a person" : "";
  if (!item_living(i)) return arena_printf(x->a, "%s%s", text, by);
  return arena_printf(x->a, "%s, %s%s", text, day_due(i->due, x->p->as_of, TERM_WIDE, x->a), by);
}

static const char *opened_text(const struct page *x) {
  const struct item *i = x->p->item;
  char day[16];
  const char *text = arena_printf(x->a, "%s by %s", day_text(i->opened, day), i->rule);
  if (i->again_of) text = arena_printf(x->a, "%s, again: was #%lld", text, (long long)i->again_of);
  if (i->newly_asked) text = arena_printf(x->a, "%s, newly asked by the rules", text);
  return text;
}

static const char *owner_text(const struct page *x) {
  const struct item *i = x->p->item;
  const char *whose = i->away_owner ? arena_printf(x->a, ", for %s", i->away_owner) : "";
  return arena_printf(x->a, "%s%s%s%s%s", i->owner ? i->owner : "nobody", i->team ? ", " : "",
                      i->team ? i->team : "", i->owner_by_person ? ", chosen by a person" : "",
                      whose);
}

/* Who hears of it next if nothing is done; NULL: nobody. */
static const char *then_text(const struct page *x) {
  const struct rule_facts *r = x->p->rule;
  day_t on;
  char day[16];
  const struct level *next =
      levels_next(x->p->item, r->levels, r->n_levels, x->p->calendar, &on, x->a);
  if (!next) return NULL;
  if (on <= x->p->as_of) return arena_printf(x->a, "goes up to %s with the next run", next->to);
  return arena_printf(x->a, "goes up to %s on %s", next->to, day_text(on, day));
}

static void say_facts(const struct page *x) {
  const struct item *i = x->p->item;
  char day[16];
  const char *gone = i->row_gone                 ? "its row is gone from the data"
                     : i->rule_gone != DAY_NONE  ? "its rule is gone from the files"
                     : i->not_judged != DAY_NONE ? arena_printf(x->a, "not enough data since %s",
                                                                day_text(i->not_judged, day))
                                                 : NULL;
  const char *told = i->escalated_to ? arena_printf(x->a, "%s, on %s", i->escalated_to,
                                                    day_text(i->escalated_on, day))
                                     : NULL;
  const char *facts[][2] = {{"who", owner_text(x)},
                            {"state", standing_text(x)},
                            {"opened", opened_text(x)},
                            {"due", due_text(x)},
                            {"told", told},
                            {"then", then_text(x)},
                            {"note", i->note},
                            {"link", i->link},
                            {"but", gone}};
  const struct table_col cols[] = {{.header = ""},
                                   {.header = "", .fit = FIT_WRAP, .min_width = 30}};
  struct table *t = table_new(x->a, cols, 2);
  for (size_t n = 0; n < sizeof facts / sizeof *facts; n++)
    if (facts[n][1])
      table_row(t, (const char *const[]){arena_printf(x->a, "  %s", facts[n][0]), facts[n][1]});
  table_print(t, x->f, x->style->width, false);
}

/* ---- its steps ------------------------------------------------------------------------ */

/* "Steps (save_renewal, 1 of 3)", and what became of the playbook since. */
static const char *steps_title(const struct page *x) {
  const struct item *i = x->p->item;
  char day[16];
  const char *since = !x->p->playbook ? "; the playbook is no longer in the rules"
                      : !text_same(x->p->playbook->digest, i->playbook_digest)
                          ? arena_printf(x->a, "; as of %s: the playbook was changed since",
                                         day_text(i->opened, day))
                          : "";
  return arena_printf(x->a, "Steps (%s, %zu of %zu%s)", i->playbook, steps_checked(i), i->n_steps,
                      since);
}

/* Whose it is while it is open; by whom, and when, it was checked off. */
static const char *step_person(const struct page *x, const struct item_step *s) {
  const char *owner = step_owner(x->p->item, s);
  if (!step_open(s)) return s->checked_by;
  if (!s->team) return owner ? owner : "nobody";
  return owner ? arena_printf(x->a, "%s, %s", owner, s->team)
               : arena_printf(x->a, "nobody, %s", s->team);
}

static const char *step_when(const struct page *x, const struct item_step *s) {
  if (!step_open(s))
    return arena_printf(x->a, "done %s", day_short(s->checked, x->p->as_of, TERM_WIDE, x->a));
  if (s->due != DAY_NONE && item_living(x->p->item))
    return day_due(s->due, x->p->as_of, TERM_WIDE, x->a);
  if (s->due != DAY_NONE)
    return arena_printf(x->a, "due %s", day_short(s->due, x->p->as_of, TERM_WIDE, x->a));
  return s->due_after ? arena_printf(x->a, "%s after the start", s->due_after) : "";
}

static void say_steps(const struct page *x) {
  const struct item *i = x->p->item;
  const struct table_col cols[] = {{.header = ""},
                                   {.header = "", .fit = FIT_WRAP, .min_width = 24},
                                   {.header = ""},
                                   {.header = "", .fit = FIT_WRAP, .min_width = 12}};
  struct table *t = table_new(x->a, cols, 4);
  say(x, steps_title(x));
  for (size_t k = 0; k < i->n_steps; k++) {
    const struct item_step *s = &i->steps[k];
    table_row(
        t, (const char *const[]){arena_printf(x->a, "  [%s] %zu", step_open(s) ? " " : "x", k + 1),
                                 s->text, step_when(x, s), step_person(x, s)});
  }
  table_print(t, x->f, x->style->width, false);
}

/* ---- why, and what has happened ------------------------------------------------------- */

/* "health drop > 10" */
static const char *part_text(const struct page *x, const struct because *b) {
  return arena_printf(x->a, "  %s%s%s", b->expr, b->bound ? " " : "", b->bound ? b->bound : "");
}

/* "21 (74 to 53)" */
static const char *reason_text(const struct page *x, const struct because *b) {
  char buf[96];
  const char *value =
      b->value.known && b->value.text ? b->value.text : value_text(&b->value, buf, sizeof buf);
  return b->moved ? arena_printf(x->a, "%s (%s)", value, b->moved) : arena_strdup(x->a, value);
}

/* What it was on the day in the column's head: a day says how far away from there it is, a bound
 * that has changed is said. */
static const char *now_text(const struct page *x, const struct because *then,
                            const struct evidence *e) {
  if (!e->asked) return "no longer asked";
  const struct value *v = &e->now.value;
  const char *text = reason_text(x, &e->now);
  day_t on = x->p->judged == DAY_NONE ? x->p->as_of : x->p->judged;
  if (v->known && unit_class(v->type.unit) == CLASS_DAY)
    text = arena_printf(x->a, "%s, %s", text, day_away((day_t)v->num, on, x->a));
  if (e->now.bound && !text_same(e->now.bound, then->bound))
    text = arena_printf(x->a, "%s, asks %s", text, e->now.bound);
  return text;
}

/* The head of the third column; a run may be older than the day on which somebody looks. */
static const char *now_head(const struct page *x) {
  char day[16];
  if (!item_counts(x->p->item)) return "last seen";
  if (x->p->judged == DAY_NONE || x->p->judged == x->p->as_of) return "now";
  return arena_printf(x->a, "on %s", day_text(x->p->judged, day));
}

static void say_ends(const struct page *x) {
  const struct rule_facts *r = x->p->rule;
  if (!item_living(x->p->item)) return;
  if (r->clear) say(x, arena_printf(x->a, "  Clears when %s.", r->clear));
  if (r->settled) say(x, arena_printf(x->a, "  Done when %s.", r->settled));
}

static void say_why(const struct page *x) {
  const struct item *i = x->p->item;
  const struct evidence *now = evidence_read(i, x->a);
  const struct table_col cols[] = {
      {.header = "Why", .fit = FIT_WRAP, .min_width = 24},
      {.header = "when it opened", .fit = FIT_WRAP, .min_width = 16},
      {.header = now ? now_head(x) : "", .fit = FIT_WRAP, .min_width = 16}};
  struct table *t = table_new(x->a, cols, now ? 3 : 2);
  for (size_t n = 0; n < i->n_because; n++) {
    const struct because *b = &i->because[n];
    table_row(t, (const char *const[]){part_text(x, b), reason_text(x, b),
                                       now ? now_text(x, b, &now[n]) : NULL});
  }
  table_print(t, x->f, x->style->width, x->style->color);
  say_ends(x);
}

/* Where the word of the change and what is there now are all that there is to say; NULL. */
static const char *with_now(const struct page *x, const struct event *e) {
  if (!e->now) return NULL;
  if (strcmp(e->field, "snoozed_until") == 0)
    return arena_printf(x->a, "%s until %s", e->change, e->now);
  bool person = e->person != NULL, owner = strcmp(e->field, "owner") == 0;
  if (person && (owner || strcmp(e->field, "due") == 0))
    return arena_printf(x->a, "%s%s %s%s%s", e->change, owner ? " to" : ":", e->now,
                        !e->old || text_same(e->old, e->now) ? "" : ", before: ",
                        !e->old || text_same(e->old, e->now) ? "" : e->old);
  return strcmp(e->field, "outcome") == 0 ? arena_printf(x->a, "%s: %s", e->change, e->now) : NULL;
}

/* "escalated to VP_CS", "woke"; NULL: it is of another kind. */
static const char *said_by_itself(const struct page *x, const struct event *e) {
  const char *link = change_link(e->change);
  if (!link) return NULL;
  bool value = *link && e->now;
  return arena_printf(x->a, "%s%s%s", e->change, value ? link : "", value ? e->now : "");
}

static const char *event_text(const struct page *x, const struct event *e) {
  const char *text = e->change;
  if (strcmp(e->field, "step") == 0 || strcmp(e->field, "steps") == 0)
    return arena_printf(x->a, "%s %s %s%s%s%s", text, e->field, e->now ? e->now : e->old,
                        e->why ? ", \"" : "", e->why ? e->why : "", e->why ? "\"" : "");
  /* where the word says it already, or the person's own do */
  bool said = strcmp(e->field, "state") == 0 || strcmp(e->field, e->change) == 0 ||
              strcmp(e->field, "note") == 0;
  const char *plain = said_by_itself(x, e);
  if (!plain) plain = with_now(x, e);
  if (plain)
    text = plain;
  else if (!said && (e->old || e->now))
    text = arena_printf(x->a, "%s: %s %s to %s", text, e->field, e->old ? e->old : "nothing",
                        e->now ? e->now : "nothing");
  return e->why ? arena_printf(x->a, "%s, \"%s\"", text, e->why) : text;
}

static void say_history(const struct page *x) {
  const struct table_col cols[] = {{.header = "History"},
                                   {.header = "", .fit = FIT_WRAP, .min_width = 24},
                                   {.header = "", .fit = FIT_WRAP, .min_width = 12}};
  struct table *t = table_new(x->a, cols, 3);
  for (size_t n = 0; n < x->p->n_history; n++) {
    const struct event *e = &x->p->history[n];
    char day[16];
    table_row(t, (const char *const[]){
                     arena_printf(x->a, "  %s", e->day == DAY_NONE ? "?" : day_text(e->day, day)),
                     event_text(x, e), e->person ? e->person : "the run"});
  }
  table_print(t, x->f, x->style->width, x->style->color);
}

static void say_next(const struct page *x) {
  long long n = (long long)x->p->item->id;
  const char *open = item_living(x->p->item) ? steps_open_text(x->p->item, x->a) : "";
  if (*open)
    say(x, arena_printf(x->a, "Check off a step: vigie items check %lld %.*s", n,
                        (int)strcspn(open, ","), open));
  const char *moves =
      item_living(x->p->item)
          ? arena_printf(x->a,
                         "Next: vigie items ack %lld | done %lld | snooze %lld --until DAY | note "
                         "%lld \"…\"",
                         n, n, n, n)
          : arena_printf(x->a, "Next: vigie items reopen %lld | note %lld \"…\"", n, n);
  say(x, moves);
  if (item_living(x->p->item))
    say(x, arena_printf(x->a, "How it is judged: vigie explain %lld RULES --db DATA", n));
}

void print_item_text(FILE *f, const struct item_page *p, const struct text_style *style,
                     struct arena *a) {
  struct page x = {.f = f, .p = p, .style = style, .a = a};
  say_head(&x);
  fputc('\n', f);
  say_facts(&x);
  fputc('\n', f);
  if (p->item->n_because) {
    say_why(&x);
    fputc('\n', f);
  }
  if (p->item->n_steps) {
    say_steps(&x);
    fputc('\n', f);
  }
  say_history(&x);
  if (style->quiet) return;
  fputc('\n', f);
  say_next(&x);
}
