/* In: rules, hits and items. Out: whether an item stands, and until when. */
#include "action/stand.h"

#include <string.h>
#include <strings.h>

#include "action/levels.h"
#include "base/hash.h"

/* What they do to an item depends on other items, on whose turn it is, or on the day on which it
 * opened; or the item has another name than its row. */
static bool looks_beside(const struct verdicts *v, const struct rule_verdict *r) {
  const struct team_facts *t = team_named(v->teams, v->n_teams, r->team);
  return (t && t->in_turn) || r->mutes || r->n_muted_by || r->n_leads || r->playbook ||
         r->settled_by || r->n_dims || r->n_was || r->n_renamed;
}

static uint64_t with_text(uint64_t h, const char *text) {
  return hash_mix(h ^ hash_text(text)) + (text != NULL);
}

static uint64_t with_length(uint64_t h, const struct duration *d) {
  return hash_mix(h ^ ((uint64_t)d->n << 3 | d->unit));
}

uint64_t rule_stands(const struct verdicts *v, const struct rule_verdict *r) {
  uint64_t h = 1;
  const char *texts[] = {r->rule,       r->entity,       r->team,          r->priority,
                         r->worth_name, r->worth_entity, r->worth_currency};
  if (!r->marks || looks_beside(v, r)) return 0;
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) h = with_text(h, texts[i]);
  for (size_t k = 0; k < r->n_levels; k++)
    h = with_text(with_length(h, &r->levels[k].after), r->levels[k].to);
  h = with_length(h, &r->reminds);
  return h ? h : 1;
}

/* In the list of who is there, and neither away nor gone, as far as anybody knows. */
static bool is_there(const struct roster *r, const char *owner) {
  size_t lo = 0, hi = r->n;
  while (lo < hi) {
    size_t mid = lo + (hi - lo) / 2;
    int c = strcasecmp(r->people[mid].address, owner);
    if (c == 0) return r->people[mid].away == TRUTH_FALSE && r->people[mid].left == TRUTH_FALSE;
    if (c < 0)
      lo = mid + 1;
    else
      hi = mid;
  }
  return false;
}

bool owner_stays(const struct verdicts *v, const struct rule_verdict *r, const char *owner) {
  const struct team_facts *t = team_named(v->teams, v->n_teams, r->team);
  return !t || !t->roster || (owner && is_there(t->roster, owner));
}

uint64_t stands_with(uint64_t rule, uint64_t mark) {
  if (!rule || !mark) return 0;
  uint64_t h = hash_mix(rule ^ mark);
  return h ? h : 1;
}

bool item_may_stand(const struct item *i, day_t today) {
  return item_living(i) && i->started != DAY_NONE && i->snoozed_until == DAY_NONE && !i->muted_by &&
         !i->waits_for && !i->row_gone && i->rule_gone == DAY_NONE && i->not_judged == DAY_NONE &&
         !i->away_owner && i->away_since == DAY_NONE && !i->playbook &&
         i->escalated_on != today; /* the screen of a second run of the day says so, too */
}

/* ---- until when ----------------------------------------------------------------------- */

static void soonest(day_t *first, day_t day) {
  if (*first == DAY_NONE || day < *first) *first = day;
}

/* Not after `from` + `after`, whatever holidays the data have by then. */
static day_t shifted(const struct verdicts *v, day_t from, struct duration after) {
  return after.unit == DUR_BDAY ? from + after.n : day_shift(v->calendar, from, after, 1);
}

static void add_levels(day_t *first, const struct verdicts *v, const struct rule_verdict *r,
                       const struct item *i, struct arena *a) {
  day_t from = i->due > i->rested ? i->due : i->rested;
  size_t told = 0;
  if (i->escalated) {
    levels_told list = levels_read(i->escalated, a);
    told = (size_t)levels_highest(&list);
  }
  for (size_t k = told; k < r->n_levels; k++)
    if (r->levels[k].to) soonest(first, shifted(v, from, r->levels[k].after));
}

day_t item_stands_to(const struct verdicts *v, const struct rule_verdict *r, const struct item *i,
                     struct arena *a) {
  day_t first = DAY_NONE;
  if (r->reminds.n && i->told != DAY_NONE) soonest(&first, shifted(v, i->told, r->reminds));
  if (i->due == DAY_NONE) return first;
  if (v->as_of <= i->due || i->told == DAY_NONE || i->told <= i->due) soonest(&first, i->due + 1);
  add_levels(&first, v, r, i, a);
  return first;
}
