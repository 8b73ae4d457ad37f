/* In: the outcome of a run. Out: the record that its first screen prints. */
#include "action/run_view.h"

#include <stdlib.h>
#include <string.h>

#include "action/compare.h"
#include "action/short_name.h"
#include "base/text.h"

/* How many people, rules or items are named before the rest is counted. */
enum { NAMED = 4 };

/* ---- what is held back ---------------------------------------------------------------- */

/* Whose how many, or which. */
struct tally {
  const char *name;
  long n;
};
typedef VEC(struct tally) tallies;

static void count(tallies *list, const char *name, struct arena *a) {
  for (size_t i = 0; i < list->n; i++)
    if (strcmp(list->v[i].name, name) == 0) {
      list->v[i].n++;
      return;
    }
  VEC_PUSH(a, list, ((struct tally){name, 1}));
}

static int by_tally(const void *pa, const void *pb) {
  const struct tally *a = pa, *b = pb;
  return a->n != b->n ? (a->n < b->n) - (a->n > b->n) : strcmp(a->name, b->name);
}

/* "benoit.lacroix 1, elise.dandrea 1, 3 others" */
static const char *tally_text(tallies *list, bool counted, struct arena *a) {
  const char *text = "";
  if (counted && list->n) qsort(list->v, list->n, sizeof *list->v, by_tally);
  for (size_t i = 0; i < list->n && i < NAMED; i++) {
    text = arena_printf(a, "%s%s%s", text, i ? ", " : "", list->v[i].name);
    if (counted && list->n > 1)
      text = arena_printf(a, "%s %s", text, grouped_count(list->v[i].n, a));
  }
  if (list->n > NAMED)
    text = arena_printf(a, "%s, %s %s", text, grouped_count((long)(list->n - NAMED), a),
                        plural((long)(list->n - NAMED), "other", "others"));
  return text;
}

static const char *muting_rule(const struct outcome *o, int64_t number) {
  for (size_t i = 0; i < o->decision.n_items; i++)
    if (o->decision.items[i].id == number) return o->decision.items[i].rule;
  return "another rule";
}

/* What is to be known of an item that is held so: who has it, what mutes it, until when. */
static const char *held_name(const struct run_view *v, const struct item *i) {
  char day[16];
  switch (item_hold(i)) {
    case HOLD_WAITING: return short_name(i->owner, v->domain, v->a);
    case HOLD_MUTED: return arena_printf(v->a, "%s by %s", i->rule, muting_rule(v->o, i->muted_by));
    case HOLD_SNOOZED:
      return arena_printf(v->a, "#%lld %s until %s", (long long)i->id, item_subject(i),
                          day_text(i->snoozed_until, day));
    default: return "";
  }
}

static void find_held(struct run_view *v, enum item_hold hold) {
  struct held_sum sum = {.hold = hold};
  tallies who = {0};
  for (size_t i = 0; i < v->o->n_open; i++) {
    const struct item *it = v->o->open[i];
    if (item_hold(it) != hold || !item_counts(it)) continue;
    stake_add(&sum.stake, it, v->a);
    count(&who, held_name(v, it), v->a);
  }
  if (!sum.stake.items) return;
  sum.who = tally_text(&who, hold != HOLD_SNOOZED, v->a);
  VEC_PUSH(v->a, &v->held, sum);
}

static void count_open(struct run_view *v) {
  const struct items_standing *s = &v->o->standing;
  v->counts = items_count(v->o->open, v->o->n_open, v->as_of);
  for (size_t k = 0; k < s->n_groups; k++) {
    v->counts.to_do += s->groups[k].n;
    v->counts.late += s->groups[k].late;
    v->counts.held[HOLD_ACKNOWLEDGED] += s->groups[k].acknowledged;
  }
}

void run_view_of(const struct outcome *o, bool quiet, struct arena *a, struct run_view *out) {
  static const enum item_hold holds[] = {HOLD_WAITING, HOLD_MUTED, HOLD_SNOOZED};
  const struct decision *d = &o->decision;
  *out = (struct run_view){.o = o, .as_of = o->verdicts->as_of, .a = a};
  for (size_t r = 0; r < o->verdicts->n_rules; r++) out->rows += o->verdicts->rules[r].rows;
  count_open(out);
  out->money = o->standing.money;
  for (size_t i = 0; i < o->n_open; i++) ledger_enter_item(&out->money, o->open[i], a);
  ledger_add_all(&out->money, &out->at_stake, a);
  out->domain = owners_domain(o->open, o->n_open, &o->standing, a);
  changes_of(o, a, &out->changes);
  out->notices = notices_of(o, &out->changes, &out->money, out->domain, quiet, a);
  for (size_t h = 0; h < sizeof holds / sizeof *holds; h++) find_held(out, holds[h]);
  for (size_t i = d->n_before; i < d->n_items; i++)
    out->due_at_once += item_living(&d->items[i]) && d->items[i].due_late;
}
