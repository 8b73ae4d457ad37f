/* What happened since the last meeting. In: the items of the state and of today's look at them,
 * the thresholds. Out: what opened, what closed and how, which lines of thresholds count since. */
#include <stdlib.h>
#include <string.h>

#include "action/old_policy.h"
#include "action/state.h"
#include "base/text.h"
#include "report/making.h"
#include "sema/threshold_line.h"

enum { COMING_DAYS = 90 }; /* how far lines that come are shown */

/* ---- items ---------------------------------------------------------------------------- */

struct passing {
  struct making *m;
  VEC(int64_t) numbers; /* of those closed since the day */
};

static void take(void *ctx, const struct item *i) {
  struct passing *x = ctx;
  if (i->state == ITEM_OPEN || i->state == ITEM_BASELINE) return;
  if (i->closed == DAY_NONE || i->closed <= x->m->r->since.day) return;
  VEC_PUSH(x->m->a, &x->numbers, i->id);
}

/* ---- rules ---------------------------------------------------------------------------- */

/* A dated line that counts since, or soon, is told with its day. */
static bool told_by_its_day(const struct making *m, const struct meaning *x) {
  return x->from != DAY_NONE && x->from != DAY_MIN && x->from > m->r->since.day;
}

static void find_edits(struct making *m, const struct last_policy *before) {
  if (before->day == DAY_NONE || !before->files) return;
  if (strcmp(before->digest, m->v->digest) == 0) return;
  const struct ruleset *old = policy_of_files(before->files, m->a);
  if (!old) return;
  meanings all = meaning_of(old, m->q->rs, m->r->as_of, m->a);
  for (size_t i = 0; i < all.n; i++)
    if (!told_by_its_day(m, &all.v[i])) VEC_PUSH(m->a, &m->r->since.edits, all.v[i]);
}

/* ---- closed items --------------------------------------------------------------------- */

/* Those that were closed before today's look: it may close more. */
static bool read_state(struct making *m, item_refs *out) {
  static const char *const fields[] = {"state", "closed"};
  struct item_filter all = {.late_on = DAY_NONE, .due_by = DAY_NONE, .hold = HOLD_NONE};
  struct passing x = {.m = m};
  struct state *s = NULL;
  struct item *list = NULL;
  if (!state_open(m->q->state_path, STATE_READ, m->a, &s, m->problems)) return false;
  struct last_policy before = {.day = DAY_NONE};
  bool good = !s || (state_each(s, &all, fields, 2, take, &x, m->problems) &&
                     state_numbered(s, x.numbers.v, x.numbers.n, &list, m->problems) &&
                     state_policy_on(s, m->r->since.day, &before, m->problems));
  if (good) find_edits(m, &before);
  state_close(s);
  for (size_t i = 0; good && i < x.numbers.n; i++)
    if (list[i].id) VEC_PUSH(m->a, out, &list[i]);
  return good;
}

static bool is_new(const struct since *s, const struct item *i) {
  return i->opened != DAY_NONE && i->opened > s->day;
}

static void count_closed(struct since *s, const struct item *i) {
  if (i->state == ITEM_DISMISSED)
    s->dismissed++;
  else if (i->state == ITEM_NOT_ASKED)
    s->not_asked++;
  else if (i->state == ITEM_DONE && i->closed_by)
    s->done++;
  else
    s->by_data++;
}

static struct opened_sum *sum_of(struct making *m, const char *rule) {
  struct since *s = &m->r->since;
  for (size_t i = 0; i < s->openings.n; i++)
    if (strcmp(s->openings.v[i].rule, rule) == 0) return &s->openings.v[i];
  const struct opened_sum sum = {.rule = rule};
  VEC_PUSH(m->a, &s->openings, sum);
  return &s->openings.v[s->openings.n - 1];
}

static void count_opened(struct making *m, const struct item *i) {
  if (!is_new(&m->r->since, i)) return;
  struct opened_sum *sum = sum_of(m, i->rule);
  m->r->since.opened++;
  sum->n++;
  stake_add(&sum->stake, i, m->a);
}

/* What people did first, then the most money. */
static int by_person_and_money(const void *pa, const void *pb) {
  const struct item *a = *(const struct item *const *)pa, *b = *(const struct item *const *)pb;
  if (!a->closed_by != !b->closed_by) return a->closed_by ? -1 : 1;
  int c = item_money_cmp(a, b);
  return c ? c : (a->id > b->id) - (a->id < b->id);
}

static int by_number(const void *pa, const void *pb) {
  const struct opened_sum *a = pa, *b = pb;
  return a->n != b->n ? (a->n > b->n ? -1 : 1) : strcmp(a->rule, b->rule);
}

static void count_living(struct making *m) {
  for (size_t i = 0; i < m->o->n_open; i++) {
    const struct item *it = m->o->open[i];
    if (!making_theirs(m->r, it)) continue;
    m->r->since.still += !is_new(&m->r->since, it);
    m->r->since.escalated += it->escalated_on != DAY_NONE && it->escalated_on > m->r->since.day;
    count_opened(m, it);
  }
}

/* Living before today's look, and not after it: none of them is among those of the state. */
static void add_closed_today(struct making *m, item_refs *closed) {
  const struct decision *d = &m->o->decision;
  for (size_t i = 0; i < d->n_before; i++)
    if (item_living(&m->o->before[i]) && !item_living(&d->items[i]))
      VEC_PUSH(m->a, closed, &d->items[i]);
}

/* ---- thresholds ----------------------------------------------------------------------- */

static int by_from(const void *pa, const void *pb) {
  const struct changed_line *a = pa, *b = pb;
  if (a->line->from != b->line->from) return a->line->from < b->line->from ? -1 : 1;
  return strcmp(a->threshold->name, b->threshold->name);
}

static void find_changed(struct making *m) {
  struct report *r = m->r;
  const struct ruleset *rs = m->q->rs;
  for (size_t t = 0; t < rs->thresholds.n; t++) {
    const struct threshold *th = rs->thresholds.v[t];
    for (size_t i = 0; i < th->lines.n; i++) {
      const struct threshold_line *l = &th->lines.v[i];
      if (l->from == DAY_MIN || l->from <= r->since.day || l->from > r->as_of + COMING_DAYS)
        continue;
      const struct threshold_line *before = threshold_line_on(th, l, l->from - 1);
      struct changed_line c = {.threshold = th, .line = l, .coming = l->from > r->as_of};
      c.before = before ? threshold_line_value(th, before, m->a) : NULL;
      c.now = threshold_line_value(th, l, m->a);
      VEC_PUSH(m->a, &r->since.changed, c);
    }
  }
  if (r->since.changed.n)
    qsort(r->since.changed.v, r->since.changed.n, sizeof *r->since.changed.v, by_from);
}

bool find_since(struct making *m) {
  struct since *s = &m->r->since;
  item_refs closed = {0};
  if (!read_state(m, &closed)) return false;
  add_closed_today(m, &closed);
  for (size_t i = 0; i < closed.n; i++) {
    if (!making_theirs(m->r, closed.v[i])) continue;
    VEC_PUSH(m->a, &s->closed, closed.v[i]);
    count_closed(s, closed.v[i]);
    count_opened(m, closed.v[i]);
  }
  count_living(m);
  if (s->closed.n) qsort(s->closed.v, s->closed.n, sizeof *s->closed.v, by_person_and_money);
  if (s->openings.n) qsort(s->openings.v, s->openings.n, sizeof *s->openings.v, by_number);
  for (size_t i = 0; i < s->openings.n; i++) stake_sort(&s->openings.v[i].stake);
  find_changed(m);
  return true;
}
