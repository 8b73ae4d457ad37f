/* In: events of one recipient with their items. Out: the lines of a message, in words. */
#include "deliver/digest.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "action/compare.h"
#include "action/day_word.h"
#include "action/stake.h"
#include "base/text.h"
#include "deliver/clip.h"

/* ---- words ---------------------------------------------------------------------------- */

/* "in segment enterprise yes": that it holds is why there is an item at all. */
static bool says_only_yes(const struct because *b) {
  return b->value.known && !b->moved && unit_class(b->value.type.unit) == CLASS_BOOL;
}

/* A name of the rules as people write it: "usage 30d" for usage_30d; texts in quotes stay. */
static const char *in_words(const char *expr, struct arena *a) {
  char *words = arena_strdup(a, expr);
  bool quoted = false;
  for (char *c = words; *c; c++) {
    quoted ^= *c == '"';
    if (*c == '_' && !quoted) *c = ' ';
  }
  return words;
}

static const char *why_text(const struct item *i, struct arena *a) {
  const char *all = "";
  for (size_t n = 0; n < i->n_because; n++) {
    const struct because *b = &i->because[n];
    if (says_only_yes(b)) continue;
    char buf[96];
    const char *value =
        b->value.known && b->value.text ? b->value.text : value_text(&b->value, buf, sizeof buf);
    all = arena_printf(a, "%s%s%s %s%s%s%s", all, *all ? "; " : "", in_words(b->expr, a), value,
                       b->moved ? " (" : "", b->moved ? b->moved : "", b->moved ? ")" : "");
  }
  return all;
}

/* Why there is nothing to do any more for whom it is told. */
static const char *over_text(const struct telling *t, const struct item *i, struct arena *a) {
  const struct item_step *s = step_numbered(i, t->step);
  const char *by = i->closed_by, *word = item_state_word(i->state), *with = i->owner;
  if (item_living(i)) {
    if (s && !step_open(s)) return arena_printf(a, "done by %s", s->checked_by);
    if (i->muted_by) return arena_printf(a, "covered by #%lld", (long long)i->muted_by);
    if (i->row_gone) return "no longer in the data";
    if (i->rule_gone != DAY_NONE) return "its rule is gone";
    if (s) with = step_owner(i, s);
    return with ? arena_printf(a, "now with %s", with) : "now nobody's";
  }
  return by && strcasecmp(by, t->to) != 0 ? arena_printf(a, "%s by %s", word, by) : word;
}

static const char *news_text(const struct telling *t, const struct item *i, day_t today,
                             struct arena *a) {
  switch (t->kind) {
    case EVENT_ESCALATED:
      return i->owner ? arena_printf(a, "not done by %s", i->owner) : "nobody has it";
    case EVENT_WENT_UP:
      return i->escalated_to ? arena_printf(a, "%s was told", i->escalated_to) : "went up";
    case EVENT_LATE: return day_due(i->due, today, 0, a);
    case EVENT_NEW: return t->to_team ? "nobody's" : "new";
    case EVENT_STEP: return "a step of yours";
    case EVENT_STARTED: return "there is room for it now";
    case EVENT_WOKE: return "awake again";
    case EVENT_REMINDER: return "a reminder";
    case EVENT_CHANGED: return "changed";
    case EVENT_SETTLED: return over_text(t, i, a);
    case EVENTS: break;
  }
  return "";
}

/* A text of the data may be a page: a message shows its beginning, `vigie items show` all of it. */
static const char *shown(const char *text, struct arena *a) {
  return text_length(text) > DIGEST_TEXT_MAX ? clip(text, DIGEST_TEXT_MAX, a) : text;
}

/* "Look at Acme: renewal overdue": a condition alone says nothing of what to do. */
static const char *task_text(const struct item *i, struct arena *a) {
  return i->no_do ? arena_printf(a, "Look at %s: %s", item_subject(i), in_words(i->action, a))
                  : i->action;
}

static struct digest_line line_of(const struct telling *t, const struct item *i, day_t today,
                                  struct arena *a) {
  char worth[96];
  const struct item_step *s = step_numbered(i, t->step);
  return (struct digest_line){
      .item = i,
      .kind = t->kind,
      .step = t->step,
      .number = s ? arena_printf(a, "#%lld, step %zu", (long long)i->id, t->step)
                  : arena_printf(a, "#%lld", (long long)i->id),
      .about = shown(item_about(i, a), a),
      .task = shown(s ? s->text : task_text(i, a), a),
      .news = news_text(t, i, today, a),
      .due = day_due(s && s->due != DAY_NONE ? s->due : i->due, today, 0, a),
      .due_day = s && s->due != DAY_NONE ? s->due : i->due,
      .to = t->to,
      .to_team = t->to_team,
      .money = i->worth.known ? arena_strdup(a, value_text(&i->worth, worth, sizeof worth)) : "",
      .why = shown(why_text(i, a), a)};
}

/* ---- lines ---------------------------------------------------------------------------- */

static int by_money(const void *pa, const void *pb) {
  return item_money_cmp(((const struct digest_line *)pa)->item,
                        ((const struct digest_line *)pb)->item);
}

/* Of that item, for that person. In a calendar a step is a task of its own. */
static struct digest_line *same_item(struct digest_line *lines, size_t n, const struct telling *t) {
  for (size_t i = n; i > 0; i--) {
    const struct digest_line *l = &lines[i - 1];
    if (l->item->id == t->item && strcasecmp(l->to, t->to) == 0 &&
        (t->channel != CHANNEL_CALENDAR || l->step == t->step))
      return &lines[i - 1];
  }
  return NULL;
}

static const char *title_of(const struct digest *d, struct arena *a) {
  struct stake sum = {0};
  long late = 0;
  for (size_t i = 0; i < d->n_lines; i++) {
    stake_add(&sum, d->lines[i].item, a);
    late += item_late(d->lines[i].item, d->day);
  }
  if (!d->n_lines)
    return arena_printf(a, "%zu %s no longer to do", d->n_over,
                        plural((long)d->n_over, "item is", "items are"));
  const char *money = stake_money(&sum, true, a);
  const char *of_late = late == (long)d->n_lines ? d->n_lines == 1 ? ", late" : ", all late"
                        : late                   ? arena_printf(a, ", %ld of them late", late)
                                                 : "";
  return arena_printf(a, "%zu %s to do%s%s%s", d->n_lines,
                      plural((long)d->n_lines, "item", "items"), of_late, *money ? ": " : "",
                      *money ? arena_printf(a, "%s at stake", money) : "");
}

/* ---- answers -------------------------------------------------------------------------- */

static const struct {
  const char *when, *of_item, *of_step;
} replies[] = {
#define REPLY(when, item, step) {when, item, step},
#include "deliver/reply.def"
#undef REPLY
};
enum { REPLIES = sizeof replies / sizeof *replies, A_WEEK = 7 };

static const char *put_in(const char *text, const char *sign, const char *value, struct arena *a) {
  const char *at = strstr(text, sign);
  return at ? arena_printf(a, "%.*s%s%s", (int)(at - text), text, value, at + strlen(sign)) : text;
}

static const char *command_of(const struct digest *d, const char *words, struct arena *a) {
  const struct digest_line *l = d->lines;
  char week[16];
  words = put_in(words, "#", arena_printf(a, "%lld", (long long)l->item->id), a);
  words = put_in(words, "{step}", arena_printf(a, "%zu", l->step), a);
  words = put_in(words, "{week}", day_text(d->day + A_WEEK, week), a);
  return arena_printf(a, "vigie items %s", words);
}

const struct reply *digest_replies(const struct digest *d, struct arena *a, size_t *n) {
  struct reply *out = NEW_N(a, struct reply, REPLIES);
  *n = 0;
  for (size_t i = 0; d->answers && d->n_lines && i < REPLIES; i++) {
    const char *words = d->lines->step ? replies[i].of_step : replies[i].of_item;
    if (words) out[(*n)++] = (struct reply){replies[i].when, command_of(d, words, a)};
  }
  return out;
}

const char *digest_step(const struct digest_line *l, struct arena *a) {
  const struct item *i = l->item;
  size_t k = 0;
  while (k < i->n_steps && !step_open(&i->steps[k])) k++;
  if (l->step || k == i->n_steps) return NULL;
  return arena_printf(a, "Step %zu of %zu: %s", k + 1, i->n_steps, shown(i->steps[k].text, a));
}

struct digest *digest_make(const struct telling *const *of, const struct item *const *items,
                           size_t n, day_t today, struct arena *a) {
  struct digest *d = NEW(a, struct digest);
  struct digest_line *lines = NEW_N(a, struct digest_line, n + 1),
                     *over = NEW_N(a, struct digest_line, n + 1);
  *d = (struct digest){.to = of[0]->to, .of_team = of[0]->to_team, .day = today};
  for (size_t i = 0; i < n; i++) {
    bool ends = of[i]->kind == EVENT_SETTLED;
    struct digest_line *to = ends ? over : lines, line = line_of(of[i], items[i], today, a);
    size_t *count = ends ? &d->n_over : &d->n_lines;
    struct digest_line *before = same_item(to, *count, of[i]);
    if (!before)
      to[(*count)++] = line;
    else if (line.kind < before->kind)
      *before = line;
  }
  if (d->n_lines) qsort(lines, d->n_lines, sizeof *lines, by_money);
  d->lines = lines;
  d->over = over;
  d->title = title_of(d, a);
  return d;
}
