/* In: policies and days. Out: the items that each policy would have had, and who had how many.
 *
 * The items of a day are decided as a run decides them. Between two days only what the next
 * decision needs is kept: the living, and what a person closed whose episode lasts. Their texts
 * live in one arena, each once; the items themselves are copied from one arena to another. */
#include "backtest/replay.h"

#include <string.h>

#include "action/decide.h"
#include "action/queue.h"
#include "backtest/held.h"
#include "base/check.h"
#include "base/intern.h"

/* One policy on its way through the days. */
struct course {
  struct replayed *out;
  struct arena *arena; /* of the items kept; the one before goes */
  struct item *kept;
  size_t n_kept;
  day_t before; /* the day of the step before; DAY_NONE: there was none */
};

struct replaying {
  const struct replay_request *r;
  struct course *courses;
  struct diags *problems;
};

/* ---- what is kept from one day to the next ---------------------------------------------- */

static bool is_text(enum item_kind k) {
  return k == KIND_TEXT || k == KIND_KEY || k == KIND_REPEATED || k == KIND_JSON;
}

/* before: the same item a day ago, whose texts are kept already; NULL: it is new. */
static struct item keep(const struct replaying *p, const struct item *i,
                        const struct item *before) {
  struct item k = *i;
  k.because = NULL;
  k.n_because = 0;
  k.margins = NULL; /* nobody snoozes */
  k.steps = NULL;   /* nobody checks them off */
  k.n_steps = 0;
  for (const struct item_field *f = item_fields; f < item_fields + n_item_fields; f++) {
    if (!is_text(f->kind)) continue;
    const char **text = (const char **)(void *)((char *)&k + f->offset),
               *old = before ? *ITEM_AT(before, f, TEXT) : NULL;
    if (*text && *text != old) /* mostly the same, made anew */
      *text = old && strcmp(old, *text) == 0 ? old : intern(p->r->arena, *text);
  }
  return k;
}

static bool is_needed(const struct item *i) {
  return item_living(i) || (item_state_by_person(i->state) && !i->armed);
}

static void note_item(struct course *c, const struct item *k, struct arena *a) {
  struct past_item past = {k->rule,           k->entity,      k->key,   k->label, k->account,
                           k->account_entity, k->account_key, k->team,  k->owner, k->opened,
                           k->started,        k->closed,      k->state, false};
  CHECK(k->id >= 1 && (size_t)k->id <= c->out->items.n + 1);
  if ((size_t)k->id == c->out->items.n + 1)
    VEC_PUSH(a, &c->out->items, past);
  else
    c->out->items.v[k->id - 1] = past;
}

/* The items after the decision, into an arena of their own; those of the day before go. */
static void keep_items(const struct replaying *p, struct course *c, const struct decision *d) {
  struct arena *a = arena_new();
  size_t numbers = c->out->items.n + d->n_items;
  const struct item **before = NEW_N(a, const struct item *, numbers + 1);
  struct item *kept = NEW_N(a, struct item, d->n_items + 1);
  size_t n = 0;
  for (size_t i = 0; i < c->n_kept; i++) before[c->kept[i].id] = &c->kept[i];
  for (size_t i = 0; i < d->n_items; i++) {
    struct item k = keep(p, &d->items[i], before[d->items[i].id]);
    note_item(c, &k, p->r->arena);
    if (is_needed(&k)) kept[n++] = k;
  }
  arena_free(c->arena);
  c->arena = a;
  c->kept = kept;
  c->n_kept = n;
}

/* ---- a day ------------------------------------------------------------------------------ */

/* Whoever has the items does each so long after it started. */
static void handle(const struct replaying *p, struct course *c, const struct verdicts *v) {
  for (size_t i = 0; p->r->handled.n && i < c->n_kept; i++) {
    struct item *k = &c->kept[i];
    if (!item_to_do(k) || k->started == DAY_NONE) continue;
    day_t done = day_shift(v->calendar, k->started, p->r->handled, 1);
    if (done > v->as_of) continue;
    k->state = ITEM_DONE;
    k->closed = done;
  }
}

static const long *count_open(const struct course *c, const struct verdicts *v, struct arena *a) {
  struct map at = {0};
  struct arena *passing = arena_new();
  long *open = NEW_N(a, long, v->n_rules + 1);
  for (size_t r = 0; r < v->n_rules; r++) map_put(&at, passing, v->rules[r].rule, &open[r]);
  for (size_t i = 0; i < c->n_kept; i++) {
    long *n = item_living(&c->kept[i]) ? map_get(&at, c->kept[i].rule) : NULL;
    if (n) ++*n;
  }
  arena_free(passing);
  return open;
}

static void note_day(const struct replaying *p, struct course *c, const struct verdicts *v) {
  struct arena *a = p->r->arena, *passing = arena_new();
  const struct item **living = NEW_N(passing, const struct item *, c->n_kept + 1);
  struct queue *queues;
  size_t n = 0;
  for (size_t i = 0; i < c->n_kept; i++)
    if (item_living(&c->kept[i])) living[n++] = &c->kept[i];
  size_t n_queues = queues_of(living, n, v->teams, v->n_teams, v->as_of, passing, &queues);
  struct past_queue *mine = NEW_N(a, struct past_queue, n_queues + 1);
  for (size_t i = 0; i < n_queues; i++)
    mine[i] = (struct past_queue){queues[i].team, queues[i].owner, queues[i].capacity,
                                  queues[i].to_do + queues[i].waiting};
  struct past_day day = {v->as_of, count_open(c, v, a), mine, n_queues};
  VEC_PUSH(a, &c->out->days, day);
  arena_free(passing);
}

/* Which items closed because a threshold has another value: the run said so with the words of
 * `differs`. */
static void note_not_asked(struct course *c, const struct decision *d, const struct verdicts *v,
                           const struct held *h) {
  for (size_t i = 0; h->old && i < d->n_changes; i++) {
    const struct change *x = &d->changes[i];
    if (x->kind != CHANGE_NOT_ASKED) continue;
    for (size_t r = 0; r < v->n_rules; r++)
      if (x->why == h->differs[r]) c->out->items.v[d->items[x->item].id - 1].not_asked = true;
  }
}

static void name_rules(struct course *c, const struct verdicts *v, struct arena *a) {
  const char **names = NEW_N(a, const char *, v->n_rules + 1);
  for (size_t r = 0; r < v->n_rules; r++) names[r] = intern(a, v->rules[r].rule);
  c->out->rules = names;
  c->out->n_rules = v->n_rules;
}

static bool live(const struct replaying *p, size_t policy, const struct verdicts *v) {
  struct course *c = &p->courses[policy];
  struct arena *a = arena_new();
  struct held h = {0};
  struct decision d;
  if (!c->out->rules) name_rules(c, v, p->r->arena);
  CHECK(c->out->n_rules == v->n_rules); /* a policy has the same rules on all days */
  handle(p, c, v);
  bool good = c->before == DAY_NONE || held_begin(p->r->policies[policy], p->r->dataset, v,
                                                  c->before, c->kept, c->n_kept, &h, p->problems);
  decide(&(struct deciding){.before = c->kept,
                            .n_before = c->n_kept,
                            .last = (int64_t)c->out->items.n,
                            .today = v,
                            .old = h.old,
                            .differs = h.differs},
         a, &d);
  keep_items(p, c, &d);
  note_not_asked(c, &d, v, &h);
  note_day(p, c, v);
  c->before = v->as_of;
  held_end(&h);
  arena_free(a);
  return good;
}

/* ---- all days --------------------------------------------------------------------------- */

/* What an entry is of: a policy on a day, or (policy n_policies) a look. */
struct tag {
  size_t policy, look;
};

struct entries {
  struct judge_entry *v;
  struct tag *tags;
  size_t n;
};

static void add_look(const struct replay_request *r, struct entries *e, size_t look) {
  e->v[e->n] = (struct judge_entry){.rs = r->policies[0],
                                    .day = r->looks[look].day,
                                    .nodes = r->looks[look].nodes,
                                    .n_nodes = r->looks[look].n_nodes};
  e->tags[e->n++] = (struct tag){r->n_policies, look};
}

/* In the order of their days, so that what is computed together is needed together. */
static struct entries entries_of(const struct replay_request *r, struct arena *a) {
  size_t most = r->n_days * r->n_policies + r->n_looks + 1, look = 0;
  struct entries e = {NEW_N(a, struct judge_entry, most), NEW_N(a, struct tag, most), 0};
  for (size_t d = 0; d < r->n_days; d++) {
    for (; look < r->n_looks && r->looks[look].day < r->days[d]; look++) add_look(r, &e, look);
    for (size_t k = 0; k < r->n_policies; k++) {
      e.v[e.n] = (struct judge_entry){
          .rs = r->policies[k], .day = r->days[d], .want = WANT_RULES | WANT_TARGETS | WANT_UNREAD};
      e.tags[e.n++] = (struct tag){k, 0};
    }
  }
  for (; look < r->n_looks; look++) add_look(r, &e, look);
  return e;
}

bool replay(const struct replay_request *r, struct replayed *out, struct diags *problems) {
  struct arena *a = arena_new();
  struct replaying p = {r, NEW_N(a, struct course, r->n_policies), problems};
  struct entries e = entries_of(r, a);
  struct verdicts *v;
  bool good = true;
  for (size_t k = 0; k < r->n_policies; k++) {
    out[k] = (struct replayed){0};
    p.courses[k].out = &out[k];
    p.courses[k].before = DAY_NONE;
  }
  struct judgement *j = judge_begin(&(struct judge_request){.dataset = r->dataset,
                                                            .entries = e.v,
                                                            .n_entries = e.n,
                                                            .plan = r->plan,
                                                            .arena = a,
                                                            .progress = r->progress,
                                                            .progress_ctx = r->progress_ctx});
  for (size_t i = 0; good && i < e.n; i++) {
    good = judge_next(j, &v, problems);
    if (good && e.tags[i].policy < r->n_policies)
      good = live(&p, e.tags[i].policy, v);
    else if (good)
      good = r->look(r->look_ctx, e.tags[i].look, v, problems);
  }
  judge_end(j);
  for (size_t k = 0; k < r->n_policies; k++) arena_free(p.courses[k].arena);
  arena_free(a);
  return good;
}
