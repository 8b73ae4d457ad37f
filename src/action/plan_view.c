/* In: the outcome of a plan. Out: the record that its pages print. */
#include "action/plan_view.h"

#include <stdlib.h>
#include <string.h>

#include "action/compare.h"
#include "action/day_word.h"
#include "action/short_name.h"
#include "base/check.h"
#include "base/text.h"

/* ---- before and after ----------------------------------------------------------------- */

/* The living ones of those that the decision took. */
static const struct item **living_before(const struct outcome *o, size_t *n, struct arena *a) {
  const struct item **list = NEW_N(a, const struct item *, o->n_before + 1);
  *n = 0;
  for (size_t i = 0; i < o->n_before; i++)
    if (item_living(&o->before[i])) list[(*n)++] = &o->before[i];
  return list;
}

static struct plan_measure *find_measure(struct plan_view *p, const struct measure_sum *m) {
  for (size_t i = 0; i < p->stake.n; i++)
    if (same_measure(&p->stake.v[i].after, m)) return &p->stake.v[i];
  struct measure_sum none = *m;
  none.money.num = 0;
  none.rows = 0;
  VEC_PUSH(p->a, &p->stake, ((struct plan_measure){none, none}));
  return &p->stake.v[p->stake.n - 1];
}

static void take_stake(struct plan_view *p, const struct item *const *items, size_t n, bool after) {
  struct stake all = {0};
  for (size_t i = 0; i < n; i++) stake_add(&all, items[i], p->a);
  stake_sort(&all);
  for (size_t i = 0; i < all.sums.n; i++) {
    struct plan_measure *m = find_measure(p, &all.sums.v[i]);
    *(after ? &m->after : &m->before) = all.sums.v[i];
  }
}

/* ---- queues --------------------------------------------------------------------------- */

static struct queue empty_queue(const struct queue *like) {
  CHECK(like); /* a queue is there before, after, or both times */
  return (struct queue){
      .team = like->team, .owner = like->owner, .capacity = like->capacity, .first_due = DAY_NONE};
}

static bool is_full(const struct queue *q) { return q->capacity && q->to_do >= q->capacity; }

static bool queue_changes(const struct queue *a, const struct queue *b) {
  return a->to_do != b->to_do || a->late != b->late || a->waiting != b->waiting ||
         a->snoozed != b->snoozed || a->muted != b->muted;
}

static int by_fill(const void *pa, const void *pb) {
  const struct plan_queue *a = pa, *b = pb;
  bool x = is_full(&a->after), y = is_full(&b->after);
  if (x != y) return x ? -1 : 1;
  if (a->after.to_do != b->after.to_do) return a->after.to_do > b->after.to_do ? -1 : 1;
  int c = text_cmp(a->owner, b->owner);
  return c ? c : text_cmp(a->team, b->team);
}

static void add_queue(struct plan_view *p, const struct queue *before, const struct queue *after) {
  struct plan_queue q = {.team = after->team, .owner = after->owner, .before = *before};
  q.after = *after;
  q.shown = queue_changes(before, after) || (is_full(after) && after->waiting);
  VEC_PUSH(p->a, &p->queues, q);
}

static int by_owner(const void *pa, const void *pb) {
  const struct plan_queue *a = pa, *b = pb;
  return text_cmp(a->owner, b->owner);
}

/* Whose of the people has several, and whose stay as they are. */
static void count_people(struct plan_view *p) {
  if (p->queues.n) qsort(p->queues.v, p->queues.n, sizeof *p->queues.v, by_owner);
  for (size_t i = 0; i < p->queues.n;) {
    bool shown = false;
    size_t end = i;
    for (; end < p->queues.n && by_owner(&p->queues.v[i], &p->queues.v[end]) == 0; end++)
      shown |= p->queues.v[end].shown;
    for (size_t k = i; k < end; k++) p->queues.v[k].several = end - i > 1;
    p->people++;
    p->kept += !shown;
    i = end;
  }
}

static void find_queues(struct plan_view *p, const struct item *const *items, size_t n) {
  const struct outcome *o = p->o;
  struct queue *before;
  size_t n_before =
      queues_of(items, n, o->verdicts->teams, o->verdicts->n_teams, p->as_of, p->a, &before);
  /* both are in the order of team and owner */
  for (size_t b = 0, k = 0; b < n_before || k < o->n_queues;) {
    int c = b == n_before ? 1 : k == o->n_queues ? -1 : text_cmp(before[b].team, o->queues[k].team);
    if (!c) c = text_cmp(before[b].owner, o->queues[k].owner);
    const struct queue *was = c <= 0 ? &before[b++] : NULL, *is = c >= 0 ? &o->queues[k++] : NULL;
    struct queue none = empty_queue(was ? was : is);
    add_queue(p, was ? was : &none, is ? is : &none);
  }
  count_people(p);
  if (p->queues.n) qsort(p->queues.v, p->queues.n, sizeof *p->queues.v, by_fill);
}

void plan_view_of(const struct outcome *o, bool quiet, struct arena *a, struct plan_view *out) {
  *out = (struct plan_view){.o = o, .as_of = o->verdicts->as_of, .a = a};
  out->counts = &o->decision.counts;
  size_t n;
  const struct item **before = living_before(o, &n, a);
  out->before = items_count(before, n, out->as_of);
  out->after = items_count(o->open, o->n_open, out->as_of);
  take_stake(out, o->open, o->n_open, true);
  take_stake(out, before, n, false);
  find_queues(out, before, n);
  changes_of(o, a, &out->changes);
  out->sums = changes_sums(&out->changes, a);
  out->domain = common_domain(o->open, o->n_open, a);
  struct ledger money = {0};
  for (size_t i = 0; i < o->n_open; i++) ledger_enter_item(&money, o->open[i], a);
  out->notices = notices_of(o, &out->changes, &money, out->domain, quiet, a);
}

/* ---- words ---------------------------------------------------------------------------- */

const char *plan_title(const struct plan_view *p) {
  size_t n = p->changes.n_items;
  const char *what =
      n ? arena_printf(p->a, "%s %s (nothing is written)", grouped_count((long)n, p->a),
                       plural((long)n, "item", "items"))
        : "nothing";
  return arena_printf(p->a, "A run on %s would change %s", day_with_weekday(p->as_of, p->a), what);
}

/* What is only planned has no number that could be typed. */
static const char *muting_text(const struct plan_view *p, int64_t by) {
  const struct decision *d = &p->o->decision;
  for (size_t i = 0; i < d->n_items; i++)
    if (d->items[i].id == by && !d->items[i].kept)
      return arena_printf(p->a, "muted by %s", d->items[i].rule);
  return arena_printf(p->a, "muted by #%lld", (long long)by);
}

/* How it stands: "due 03-13", "late 3 days", "waits for room"; NULL: there is nothing to say. */
static const char *standing_text(const struct plan_view *p, const struct item *i, int width) {
  char day[16];
  if (!item_living(i)) return NULL;
  switch (item_hold(i)) {
    case HOLD_WAITING: return "waits for room";
    case HOLD_MUTED: return muting_text(p, i->muted_by);
    case HOLD_SNOOZED:
      return arena_printf(p->a, "sleeps until %s", day_text(i->snoozed_until, day));
    case HOLD_ACKNOWLEDGED:
    case HOLD_NONE: break;
  }
  if (i->due == DAY_NONE) return NULL;
  if (i->due < p->as_of) return day_due(i->due, p->as_of, width, p->a);
  return arena_printf(p->a, "due %s", day_short(i->due, p->as_of, width, p->a));
}

static const char *who_text(const struct plan_view *p, const struct changed_group *g,
                            const struct changed_item *c, int width) {
  const char *who = short_name(c->item->owner, p->domain, p->a);
  if (g->kind == CHANGED_MOVED)
    who = arena_printf(p->a, "%s, from %s", who, short_name(c->change->old, p->domain, p->a));
  const char *how = standing_text(p, c->item, width);
  return how ? arena_printf(p->a, "%s, %s", who, how) : who;
}

struct plan_line plan_line_of(const struct plan_view *p, const struct changed_group *g,
                              const struct changed_item *c, size_t rules, int width) {
  const struct item *i = c->item;
  char worth[96];
  const char *subject = item_subject(i);
  bool said = !i->account || strstr(subject, i->account);
  return (struct plan_line){
      .number = i->kept ? arena_printf(p->a, "#%lld", (long long)i->id) : "",
      .about = said ? subject : arena_printf(p->a, "%s, %s", subject, i->account),
      .worth = i->worth.known ? arena_strdup(p->a, value_text(&i->worth, worth, sizeof worth)) : "",
      .who = who_text(p, g, c, width),
      .detail = changed_detail(g, c, rules, p->a)};
}

static const char *joined(const char *text, const char *more, struct arena *a) {
  return *text ? arena_printf(a, "%s, %s", text, more) : more;
}

const char *plan_sum_remark(const struct plan_view *p, const struct changed_sum *s, int width) {
  struct arena *a = p->a;
  const char *text = s->group->to ? arena_printf(a, "to %s", s->group->to) : "";
  if (s->why) text = joined(text, s->why, a);
  if (s->group->kind == CHANGED_STARTED)
    text = joined(text,
                  arena_printf(a, "opened on %s%s", day_short(s->opened, p->as_of, width, a),
                               s->n > 1 ? " or later" : ""),
                  a);
  if (s->waiting && s->group->kind != CHANGED_WAITS)
    text =
        joined(text, arena_printf(a, "%ld %s", s->waiting, plural(s->waiting, "waits", "wait")), a);
  if (s->muted && s->group->kind != CHANGED_MUTED)
    text = joined(text, arena_printf(a, "%ld muted", s->muted), a);
  if (s->late && s->group->kind == CHANGED_OPENED)
    text = joined(text, arena_printf(a, "%ld late at opening, so due at once", s->late), a);
  return text;
}

const char *queue_fill(const struct queue *q) {
  if (!is_full(q)) return "";
  return q->to_do > q->capacity ? "over" : "full";
}

const char *queue_to_do(const struct queue *q, struct arena *a) {
  const char *n = grouped_count(q->to_do, a);
  return q->capacity ? arena_printf(a, "%s of %s", n, grouped_count(q->capacity, a)) : n;
}

const char *queue_held(const struct queue *q, struct arena *a) {
  const struct {
    long n;
    const char *one, *many;
  } parts[] = {{q->waiting, "waits", "wait"},
               {q->snoozed, "sleeps", "sleep"},
               {q->muted, "is muted", "are muted"}};
  const char *text = "";
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
    if (parts[i].n)
      text = joined(text,
                    arena_printf(a, "%s %s", grouped_count(parts[i].n, a),
                                 plural(parts[i].n, parts[i].one, parts[i].many)),
                    a);
  return text;
}

const char *measure_text(const struct measure_sum *m, struct arena *a) {
  const char *name = m->name ? m->name : "money";
  if (strcmp(m->entity, "company") == 0) return arena_printf(a, "%s of the company", name);
  if (strstr(m->entity, ", ")) return arena_printf(a, "%s of groups (%s)", name, m->entity);
  return arena_printf(a, "%s of %s", name, plural_name(a, m->entity));
}
