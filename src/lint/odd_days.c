/* Days that cannot be meant. In: targets, thresholds, lives of rows, fiscal periods. Out: a day
 * many years ahead, a start that is called an end. */
#include <stdlib.h>
#include <string.h>

#include "lint/check.h"

enum {
  FAR_DAYS = 3653, /* ten years ahead: nobody plans so far */
  LONG_DAYS = 1100 /* three years */
};

static void tell_far(struct lint *l, struct span at, day_t day, const char *what) {
  if (day == DAY_NONE || day <= l->options->today + FAR_DAYS) return;
  char buf[16];
  struct diag *d = lint_tell(l, at, "%s of %s, %d years ahead", what, day_text(day, buf),
                             (day - l->options->today) / 365);
  lint_help(l, d, "correct the year");
}

/* A number that was decided so long ago is from another time, or from a slip. */
static void tell_long_ago(struct lint *l, const struct threshold_line *line) {
  if (line->from == DAY_MIN || line->from >= l->options->today - FAR_DAYS) return;
  char buf[16];
  struct diag *d = lint_tell(l, line->span, "this line is of %s, %d years back",
                             day_text(line->from, buf), (l->options->today - line->from) / 365);
  lint_help(l, d, "correct the year; or leave the day out, so that the line holds since ever");
}

/* signed in FY2062, renewal before 2062-01-01 */
static void check_written(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  struct dayrange r;
  bool period = t->kind == T_RANGE && t->period.kind == PERIOD_FIXED;
  if (t->kind == T_CONST && t->type.unit == U_DATE && t->value.known && t->src)
    tell_far(l, t->src->span, (day_t)t->value.num, "this day is");
  if (period && t->src && period_find(&t->period, l->options->today, &l->rs->calendar, &r))
    tell_far(l, t->src->span, r.first, "this period begins on a day that is");
}

void lint_far_ahead(struct lint *l) {
  terms_each(l, KIND(T_CONST) | KIND(T_RANGE), check_written, l);
  for (size_t i = 0; i < l->rs->targets.n; i++) {
    const struct target *t = l->rs->targets.v[i];
    day_t day = DAY_NONE;
    if (t->by && term_common_day(t->by, l->options->today, &l->rs->calendar, &day))
      tell_far(l, t->by->src->span, day, "this target is");
  }
  for (size_t i = 0; i < l->rs->thresholds.n; i++)
    for (size_t k = 0; k < l->rs->thresholds.v[i]->lines.n; k++) {
      const struct threshold_line *line = &l->rs->thresholds.v[i]->lines.v[k];
      tell_far(l, line->span, line->from == DAY_MIN ? DAY_NONE : line->from, "this line is");
      tell_long_ago(l, line);
    }
}

/* ---- a year in the reason -------------------------------------------------------------- */

enum { EARLY_DAYS = 180 }; /* a plan of a year may begin before it */

/* from 2025-04-01 = 102% because "board plan FY2027" */
static void check_reason(struct lint *l, const struct threshold_line *line) {
  const char *fy = line->because ? strstr(line->because, "FY20") : NULL;
  int year = fy ? atoi(fy + 2) : 0;
  struct dayrange r;
  struct period p = {.kind = PERIOD_FIXED, .unit = PU_FYEAR, .year = year};
  if (!year || line->from == DAY_MIN) return;
  if (!period_find(&p, l->options->today, &l->rs->calendar, &r)) return;
  if (line->from + EARLY_DAYS >= r.first && line->from <= r.last) return;
  char day[16], first[16];
  struct diag *d = lint_tell(
      l, line->span, "this line holds from %s, and its reason says FY%d, which begins on %s",
      day_text(line->from, day), year, day_text(r.first, first));
  lint_help(l, d, "write: from %s; or correct the reason", first);
}

void lint_reason_of_another_year(struct lint *l) {
  for (size_t i = 0; i < l->rs->thresholds.n; i++)
    for (size_t k = 0; k < l->rs->thresholds.v[i]->lines.n; k++)
      check_reason(l, &l->rs->thresholds.v[i]->lines.v[k]);
}

/* ---- years in days -------------------------------------------------------------------- */

/* Three years are written as 3y, or as so many times 365 days; 2100d is hardly meant. */
static void check_length(struct lint *l, struct duration d, struct span at, const char *what) {
  int days = duration_days(d);
  if (days <= LONG_DAYS || days % 365 == 0 || days % 366 == 0) return;
  struct diag *x = lint_tell(l, at, "%s %d days, which is %.1f years", what, days, days / 365.25);
  lint_help(l, x, "is there a 0 too many? Years are written 3y");
}

static void check_span(void *ctx, const struct term *t) {
  bool ahead = t->kind == T_WITHIN || t->kind == T_OLDER || t->kind == T_AGO || t->kind == T_FOR;
  bool moves = t->kind == T_MOVE || t->kind == T_MOVE_CMP;
  if ((ahead || moves) && t->src && !t->c)
    check_length(ctx, t->dur, t->src->span, "this looks over");
  if (t->kind == T_RANGE && t->src &&
      (t->period.kind == PERIOD_LAST || t->period.kind == PERIOD_NEXT))
    check_length(ctx, t->period.dur, t->src->span, "this looks over");
}

void lint_years_in_days(struct lint *l) {
  static const uint64_t look_over = KIND(T_WITHIN) | KIND(T_OLDER) | KIND(T_AGO) | KIND(T_FOR) |
                                    KIND(T_MOVE) | KIND(T_MOVE_CMP) | KIND(T_RANGE);
  terms_each(l, look_over, check_span, l);
  for (size_t i = 0; i < l->rs->thresholds.n; i++) {
    const struct threshold *t = l->rs->thresholds.v[i];
    for (size_t k = 0; t->is_duration && k < t->lines.n; k++)
      check_length(l, t->lines.v[k].dur, t->lines.v[k].span, "this line is");
  }
}

/* ---- from and until ------------------------------------------------------------------- */

static const char *const starts[] = {"start", "started",   "starts", "begin",   "begins", "began",
                                     "from",  "opened",    "signup", "created", "first",  "debut",
                                     "début", "signature", "anfang", "beginn",  NULL};
static const char *const ends[] = {"end",         "ended",   "ends",     "until",    "expiry",
                                   "expires",     "expired", "closed",   "churned",  "cancelled",
                                   "last",        "fin",     "échéance", "echeance", "résiliation",
                                   "resiliation", "ende",    NULL};

static void check_pair(struct lint *l, struct span at, const char *from, const char *until) {
  if (!from || !until) return;
  bool turned = lint_has_word(from, ends) && !lint_has_word(from, starts) &&
                lint_has_word(until, starts) && !lint_has_word(until, ends);
  if (!turned) return;
  struct diag *d =
      lint_tell(l, at, "by their names, \"%s\" is an end and \"%s\" a start", from, until);
  lint_help(l, d, "turn them around: the start is \"%s\", the end \"%s\"", until, from);
}

/* ends date "starts_on", of rows that are active from that column on. */
static void check_attribute(struct lint *l, const struct entity *e, const struct attr *at) {
  if (at->kind != ATTR_COLUMN || at->type.unit != U_DATE || !at->column) return;
  const char *from = e->life.from, *until = e->life.until;
  bool end = from && strcmp(at->column, from) == 0 && lint_has_word(at->name, ends) &&
             !lint_has_word(at->name, starts);
  bool start = until && strcmp(at->column, until) == 0 && lint_has_word(at->name, starts) &&
               !lint_has_word(at->name, ends);
  if (!end && !start) return;
  struct diag *d = lint_tell(l, at->span, "by its name `%s` is %s, and rows %s on \"%s\"", at->name,
                             end ? "an end" : "a start", end ? "begin" : "end", at->column);
  if (from && until) lint_help(l, d, "write: %s date \"%s\"", at->name, end ? until : from);
}

static const char *const over_words[] = {"end",     "ended",   "ends",       "until",
                                         "fin",     "ende",    "terminated", "cancelled",
                                         "stopped", "résilié", "resilie",    NULL};

/* active from "starts", and `ends` beside it is not named. */
static void check_endless(struct lint *l, const struct entity *e) {
  const struct attr *end = NULL;
  bool interval = false;
  for (size_t i = 0; i < e->attrs.n; i++) {
    const struct attr *at = e->attrs.v[i];
    interval |= at->kind == ATTR_ACTIVE;
    bool day = at->kind == ATTR_COLUMN && at->type.unit == U_DATE;
    if (day && !end && lint_has_word(at->name, over_words)) end = at;
  }
  if (!interval || !end || !e->life.from || e->life.until || e->event) return;
  if (!end->column || strcmp(end->column, e->life.from) == 0) return;
  struct diag *d =
      lint_tell(l, e->life_span,
                "every %s that ever began is counted as running, and `%s` says when it ended",
                e->name, end->name);
  lint_note(l, d, end->span, "declared here");
  lint_help(l, d, "write: from \"%s\" until \"%s\"", e->life.from, end->column);
}

/* exists from "due", of rows that have the day on which they were issued */
static void check_begins_late(struct lint *l, const struct entity *e) {
  static const char *const made[] = {"issued", "created", "opened", "sent", "made", "billed", NULL};
  static const char *const planned[] = {"due",     "due_on",   "payable",  "deadline", "expected",
                                        "renewal", "echeance", "échéance", NULL};
  const struct attr *first = NULL, *from = NULL;
  for (size_t i = 0; i < e->attrs.n && e->life.from && !e->life.until; i++) {
    const struct attr *at = e->attrs.v[i];
    if (at->kind != ATTR_COLUMN || at->type.unit != U_DATE || !at->column) continue;
    bool is = strcmp(at->column, e->life.from) == 0;
    if (is && lint_has_word(at->name, planned)) from = at;
    if (!is && !first && lint_has_word(at->name, made)) first = at;
  }
  if (!first || !from) return;
  struct diag *d =
      lint_tell(l, e->life_span, "each %s is there from `%s` on, and `%s` comes before it", e->name,
                from->name, first->name);
  lint_help(l, d, "write: from \"%s\"", first->column);
}

/* Its column does not have its name in it. */
static bool is_of_another_name(const struct attr *at) {
  const char *const name[] = {at->name, NULL};
  return at->kind == ATTR_COLUMN && at->column && !lint_has_word(at->column, name);
}

/* cost money "billed" beside billed money "cost" */
static void check_crossed(struct lint *l, const struct entity *e, size_t i) {
  const struct attr *x = e->attrs.v[i];
  if (!is_of_another_name(x)) return;
  for (size_t k = i + 1; k < e->attrs.n; k++) {
    const struct attr *y = e->attrs.v[k];
    const char *const of_x[] = {x->name, NULL}, *const of_y[] = {y->name, NULL};
    if (!is_of_another_name(y) || !lint_has_word(x->column, of_y) ||
        !lint_has_word(y->column, of_x) || strcmp(x->column, y->column) == 0)
      continue;
    struct diag *d = lint_tell(l, x->span, "`%s` is read from \"%s\", and `%s` from \"%s\"",
                               x->name, x->column, y->name, y->column);
    lint_note(l, d, y->span, "the other one is here");
    lint_help(l, d, "turn the two columns around");
  }
}

/* The day on which its rows begin. */
static bool is_first_day(const struct term *t) {
  const struct attr *at = t->kind == T_ATTR ? t->attr : NULL;
  const char *from = at ? at->entity->life.from : NULL;
  return from && at->kind == ATTR_COLUMN && at->column && strcmp(at->column, from) == 0;
}

/* A day that comes in the life of the row: that is written when it comes, or on which it ends. */
static bool is_later_day(const struct term *t) {
  const struct attr *at = t->kind == T_ATTR ? t->attr : NULL;
  const char *until = at ? at->entity->life.until : NULL;
  if (!at || is_first_day(t)) return false;
  return at->known_from || (until && at->column && strcmp(at->column, until) == 0);
}

static const char *const later[] = {"live",      "end",       "ended",     "closed",  "finished",
                                    "done",      "delivered", "completed", "left",    "churned",
                                    "cancelled", "won",       "paid",      "stopped", NULL};

/* started - went_live: by their names, from what comes later back to the beginning. */
static bool goes_back(const struct attr *first, const struct attr *second) {
  return lint_has_word(first->name, starts) && !lint_has_word(first->name, later) &&
         lint_has_word(second->name, later) && !lint_has_word(second->name, starts);
}

/* avg of (issued - paid): from the later day to the earlier one. */
static void check_difference(void *ctx, const struct term *t) {
  struct lint *l = ctx;
  if (t->kind != T_DATE_DIFF || !t->src || from_library(t->src->span)) return;
  if (t->a->kind != T_ATTR || t->b->kind != T_ATTR || t->a->attr->entity != t->b->attr->entity)
    return;
  bool by_life = is_first_day(t->a) && is_later_day(t->b);
  if (!by_life && !goes_back(t->a->attr, t->b->attr)) return;
  const char *first = t->a->attr->name, *second = t->b->attr->name;
  struct diag *d = lint_tell(l, t->src->span,
                             by_life ? "`%s` is the first day of the row and `%s` comes after it: "
                                       "these days are below zero"
                                     : "by their names, `%s` comes before `%s`: these days are "
                                       "below zero",
                             first, second);
  lint_help(l, d, "turn them around: %s - %s", second, first);
}

/* paid date "paid_on" known from payable: a planned day says nothing of what has happened. */
static void check_known(struct lint *l, const struct attr *at) {
  const struct attr *from = at->known_from;
  bool planned = from && from != at && !from->known_from && lint_is_ahead(from->name);
  if (!planned || lint_is_ahead(at->name)) return;
  struct diag *d = lint_tell(l, at->span, "`%s` is known from `%s` on, by its name a planned day",
                             at->name, from->name);
  lint_help(l, d, "write: known from %s",
            at->type.unit == U_DATE ? at->name : "the day it happened");
}

static const char *const before_the_end[] = {"notice",   "cancel_by", "preavis", "préavis",
                                             "reminder", "warning",   NULL};

/* notice_day date = ends + notice_days */
static void check_notice(struct lint *l, const struct attr *at) {
  const struct term *t = at->kind == ATTR_COMPUTED ? at->term : NULL;
  bool moved = t && (t->kind == T_DATE_ADD || t->kind == T_DATE_DAYS) && t->op == 1 && t->src;
  if (!moved || !lint_has_word(at->name, before_the_end) || t->a->kind != T_ATTR) return;
  const char *end = t->a->attr->name;
  if (!lint_has_word(end, ends) && !lint_is_ahead(end)) return;
  struct diag *d =
      lint_tell(l, t->src->span, "`%s` comes after `%s`, and by its name before it", at->name, end);
  lint_help(l, d, "write: %s - …", end);
}

void lint_start_and_end_swapped(struct lint *l) {
  terms_each(l, KIND(T_DATE_DIFF), check_difference, l);
  check_pair(l, l->rs->fiscal.span, l->rs->fiscal.start, l->rs->fiscal.end);
  for (size_t i = 0; i < l->rs->entities.n; i++) {
    const struct entity *e = l->rs->entities.v[i];
    check_pair(l, e->life_span, e->life.from, e->life.until);
    check_endless(l, e);
    check_begins_late(l, e);
    for (size_t k = 0; k < e->attrs.n; k++) {
      check_attribute(l, e, e->attrs.v[k]);
      check_known(l, e->attrs.v[k]);
      check_notice(l, e->attrs.v[k]);
      check_crossed(l, e, k);
    }
    for (size_t k = 0; k < e->attrs.n; k++)
      if (e->attrs.v[k]->kind == ATTR_HISTORY)
        check_pair(l, e->attrs.v[k]->history.span, e->attrs.v[k]->history.at,
                   e->attrs.v[k]->history.until);
  }
}
