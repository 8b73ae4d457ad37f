/* In: the outcome of a run, the record of a plan, or items. Out: one JSON document. */
#include "action/print_json.h"

#include "action/compare.h"
#include "action/evidence.h"
#include "action/plan_print.h"
#include "action/run_view.h"
#include "action/stake.h"
#include "action/value_json.h"
#include "base/check.h"
#include "base/limits.h"
#include "judge/judge.h"

static json_t *because_json(const struct item *i) {
  json_t *list = json_array();
  for (size_t n = 0; n < i->n_because; n++) {
    json_t *b = json_object();
    set_member(b, "expr", text_json(i->because[n].expr));
    set_member(b, "value", value_json(&i->because[n].value));
    json_array_append_new(list, b);
  }
  return list;
}

/* The one value of a group; the key of any other row. */
static json_t *key_json(const struct item *i) {
  json_t *group = i->group_values ? json_loads(i->group_values, 0, NULL) : NULL;
  json_t *key = json_array_size(group) == 1 ? json_incref(json_array_get(group, 0)) : NULL;
  json_decref(group);
  return key ? key : text_json(i->key);
}

/* A field of an item or of a step. */
static json_t *field_json(const void *i, const struct item_field *f) {
  switch (f->kind) {
    case KIND_TEXT:
    case KIND_REPEATED: return text_json(*ITEM_AT(i, f, TEXT));
    case KIND_KEY: return key_json(i);
    case KIND_JSON: {
      const char *text = *ITEM_AT(i, f, JSON);
      json_t *j = text ? json_loads(text, 0, NULL) : NULL;
      return j ? j : json_null();
    }
    case KIND_NUMBER: return json_integer(*ITEM_AT(i, f, NUMBER));
    case KIND_ITEM: return *ITEM_AT(i, f, ITEM) ? json_integer(*ITEM_AT(i, f, ITEM)) : json_null();
    case KIND_FLAG: return json_boolean(*ITEM_AT(i, f, FLAG));
    case KIND_DAY: return day_json(*ITEM_AT(i, f, DAY));
    case KIND_VALUE: return value_json(ITEM_AT(i, f, VALUE));
    case KIND_STATE: return text_json(item_state_name(*ITEM_AT(i, f, STATE)));
  }
  UNREACHABLE("a kind of item.def");
}

static json_t *step_json(const struct item *i, size_t k) {
  json_t *j = json_object();
  const struct item_step *s = &i->steps[k];
  set_member(j, "step", json_integer((json_int_t)k + 1));
  for (const struct item_field *f = step_fields; f < step_fields + n_step_fields; f++)
    if (f->where == WHERE_EVERYWHERE) set_member(j, f->name, field_json(s, f));
  set_member(j, "owner", text_json(step_owner(i, s)));
  return j;
}

static json_t *steps_json(const struct item *i) {
  json_t *list = json_array();
  for (size_t k = 0; k < i->n_steps; k++) json_array_append_new(list, step_json(i, k));
  return list;
}

static json_t *item_json(const struct item *i, day_t as_of, bool counts) {
  json_t *j = json_object();
  set_member(j, "number", i->kept ? json_integer(i->id) : json_null());
  for (const struct item_field *f = item_fields; f < item_fields + n_item_fields; f++)
    if (f->where == WHERE_EVERYWHERE) set_member(j, f->name, field_json(i, f));
  set_member(j, "hold", item_hold(i) == HOLD_NONE ? json_null() : text_json(item_word(i)));
  set_member(j, "late_days", json_integer(item_late(i, as_of) ? as_of - i->due : 0));
  set_member(j, "at_stake", counts ? value_json(&i->worth) : json_null());
  set_member(j, "because", because_json(i));
  set_member(j, "steps", steps_json(i));
  return j;
}

static json_t *measure_json(const struct measure_sum *m) {
  json_t *j = json_object();
  set_member(j, "measure", text_json(m->name));
  set_member(j, "entity", text_json(m->entity));
  set_member(j, "rows", json_integer(m->rows));
  set_member(j, "amount", value_json(&m->money));
  set_member(j, "currency", text_json(m->money.type.currency));
  return j;
}

/* How many are to do, late, and held back: waiting, snoozed, muted. */
static void set_counts(json_t *j, day_t as_of, const struct item *const *items, size_t n) {
  struct item_counts c = items_count(items, n, as_of);
  json_t *held = json_object();
  set_member(j, "to_do", json_integer(c.to_do));
  set_member(j, "late", json_integer(c.late));
  set_member(held, "waiting", json_integer(c.held[HOLD_WAITING]));
  set_member(held, "snoozed", json_integer(c.held[HOLD_SNOOZED]));
  set_member(held, "muted", json_integer(c.held[HOLD_MUTED]));
  set_member(j, "held", held);
}

/* The items, and what is at stake in them: each row once. */
static void set_items(json_t *j, day_t as_of, const struct item *const *items, size_t n) {
  set_counts(j, as_of, items, n);
  struct arena *a = arena_new();
  struct stake all = {0};
  json_t *list = json_array(), *sums = json_array();
  for (size_t i = 0; i < n; i++)
    json_array_append_new(list, item_json(items[i], as_of, stake_add(&all, items[i], a)));
  stake_sort(&all);
  for (size_t i = 0; i < all.sums.n; i++) json_array_append_new(sums, measure_json(&all.sums.v[i]));
  set_member(j, "at_stake", sums);
  set_member(j, "items", list);
  arena_free(a);
}

static json_t *counts_json(const struct counts *c) {
  json_t *j = json_object();
  set_member(j, "opened", json_integer(c->opened));
  set_member(j, "resolved", json_integer(c->resolved));
  set_member(j, "not_asked", json_integer(c->not_asked));
  set_member(j, "baseline", json_integer(c->baseline));
  set_member(j, "escalated", json_integer(c->escalated));
  set_member(j, "settled", json_integer(c->settled));
  set_member(j, "reminded", json_integer(c->reminded));
  set_member(j, "unchanged", json_integer(c->unchanged));
  set_member(j, "updated", json_integer(c->updated));
  return j;
}

/* Which rows they are, those with the most at stake first. */
static json_t *unjudged_json(const struct verdicts *v, size_t rule, struct arena *a) {
  json_t *list = json_array();
  size_t n;
  const struct unjudged_row *rows = verdicts_unjudged(v, rule, UNJUDGED_LISTED_MAX, a, &n);
  for (size_t i = 0; i < n; i++) {
    json_t *j = json_object();
    set_member(j, "key", text_json(rows[i].key));
    set_member(j, "label", text_json(rows[i].label));
    set_member(j, "worth", value_json(&rows[i].worth));
    json_array_append_new(list, j);
  }
  return list;
}

static json_t *unknown_json(const struct verdicts *v, struct arena *a) {
  json_t *list = json_array();
  for (size_t r = 0; r < v->n_rules; r++) {
    const struct rule_verdict *rule = &v->rules[r];
    long count = unknown_reported(rule);
    if (!count) continue;
    json_t *j = json_object(), *because = json_array();
    for (size_t m = 0; m < rule->n_missing; m++) {
      json_t *b = json_object();
      set_member(b, "name", text_json(rule->missing[m].name));
      set_member(b, "rows", json_integer(rule->missing[m].rows));
      json_array_append_new(because, b);
    }
    set_member(j, "rule", text_json(rule->rule));
    set_member(j, "count", json_integer(count));
    set_member(j, "of", json_integer(rule->rows));
    set_member(j, "because", because);
    set_member(j, "worth_of", text_json(rule->worth_name));
    set_member(j, "rows", unjudged_json(v, r, a));
    json_array_append_new(list, j);
  }
  return list;
}

/* Owners who are not there, and what became of their items. */
static json_t *absent_json(const struct decision *d) {
  json_t *list = json_array();
  for (size_t i = 0; i < d->n_absences; i++) {
    const struct absence *a = &d->absences[i];
    json_t *j = json_object(), *to = json_array();
    for (size_t k = 0; k < a->to.n; k++) json_array_append_new(to, text_json(a->to.v[k]));
    set_member(j, "owner", text_json(a->owner));
    set_member(j, "is", text_json(absence_name(a->kind)));
    set_member(j, "moved", json_integer(a->moved));
    set_member(j, "opened", json_integer(a->opened));
    set_member(j, "to", to);
    set_member(j, "with_others", json_integer(a->with_others));
    set_member(j, "stays", json_integer(a->stays));
    set_member(j, "steps_moved", json_integer(a->steps));
    set_member(j, "steps_stay", json_integer(a->steps_stay));
    json_array_append_new(list, j);
  }
  return list;
}

/* What reading the data has shown, where it has. */
static void set_remarks(json_t *j, const struct outcome *o) {
  if (o->decision.n_absences) set_member(j, "absent", absent_json(&o->decision));
  if (o->hindsight) set_member(j, "hindsight", names_json(o->hindsight));
  if (o->verdicts->n_unreadable)
    set_member(j, "unreadable",
               unreadable_json(o->verdicts->unreadable, o->verdicts->n_unreadable));
}

static json_t *changed_json(const struct changed_group *g, const struct changed_item *c) {
  const struct item *i = c->item;
  json_t *j = json_object();
  set_member(j, "change", text_json(changed_word(g->kind)));
  set_member(j, "number", i->kept ? json_integer(i->id) : json_null());
  set_member(j, "rule", text_json(i->rule));
  set_member(j, "entity", text_json(i->entity));
  set_member(j, "key", key_json(i));
  set_member(j, "label", text_json(i->label));
  set_member(j, "owner", text_json(i->owner));
  set_member(j, "team", text_json(i->team));
  set_member(j, "due", day_json(i->due));
  set_member(j, "worth", value_json(&i->worth));
  set_member(j, "measure", text_json(i->worth_of));
  set_member(j, "currency", i->worth.known ? text_json(i->worth.type.currency) : json_null());
  set_member(j, "action", text_json(i->action));
  set_member(j, "hold", item_hold(i) == HOLD_NONE ? json_null() : text_json(item_word(i)));
  set_member(j, "to", text_json(g->to));
  set_member(j, "why", text_json(c->why ? c->why : c->fields));
  return j;
}

static json_t *changed_list_json(const struct changes *c) {
  json_t *list = json_array();
  for (size_t g = 0; g < c->groups.n; g++)
    for (size_t k = 0; k < c->groups.v[g].items.n; k++)
      json_array_append_new(list, changed_json(&c->groups.v[g], &c->groups.v[g].items.v[k]));
  return list;
}

static json_t *texts_json(const notice_list *list) {
  json_t *j = json_array();
  for (size_t i = 0; i < list->n; i++) json_array_append_new(j, text_json(list->v[i]));
  return j;
}

static json_t *queue_json(const struct queue *q) {
  json_t *j = json_object();
  set_member(j, "owner", text_json(q->owner));
  set_member(j, "team", text_json(q->team));
  set_member(j, "to_do", json_integer(q->to_do));
  set_member(j, "capacity", q->capacity ? json_integer(q->capacity) : json_null());
  set_member(j, "late", json_integer(q->late));
  set_member(j, "waiting", json_integer(q->waiting));
  set_member(j, "snoozed", json_integer(q->snoozed));
  set_member(j, "muted", json_integer(q->muted));
  return j;
}

void print_run_json(FILE *f, const struct run_view *v) {
  const struct outcome *o = v->o;
  json_t *j = json_object(), *queues = json_array();
  set_member(j, "as_of", day_json(o->verdicts->as_of));
  set_items(j, o->verdicts->as_of, o->open, o->n_open);
  set_member(j, "changes", counts_json(&o->decision.counts));
  set_member(j, "unknown", unknown_json(o->verdicts, v->a));
  set_member(j, "since", day_json(o->since));
  set_member(j, "first", texts_json(&v->notices));
  set_member(j, "changed", changed_list_json(&v->changes));
  for (size_t i = 0; i < o->n_queues; i++) json_array_append_new(queues, queue_json(&o->queues[i]));
  set_member(j, "queues", queues);
  set_remarks(j, o);
  json_print(f, j);
}

/* ---- plan ----------------------------------------------------------------------------- */

/* Before the run too. */
static json_t *plan_queue_json(const struct plan_queue *q) {
  json_t *j = queue_json(&q->after);
  json_object_del(j, "to_do");
  set_member(j, "before", json_integer(q->before.to_do));
  set_member(j, "after", json_integer(q->after.to_do));
  return j;
}

static json_t *gate_json(const struct gate_result *r) {
  json_t *j = json_object();
  set_member(j, "gate", text_json(r->gate->what));
  set_member(j, "of", text_json(r->of));
  set_member(j, "is", json_real(r->is));
  set_member(j, "limit", json_real(r->gate->limit));
  set_member(j, "fails_at_limit", json_boolean(r->gate->or_equal));
  set_member(j, "failed", json_boolean(r->failed));
  return j;
}

/* Of every measure that either has, so that the two can be read side by side. */
static json_t *stake_json(const struct plan_view *p, bool after) {
  json_t *list = json_array();
  for (size_t i = 0; i < p->stake.n; i++)
    json_array_append_new(list, measure_json(after ? &p->stake.v[i].after : &p->stake.v[i].before));
  return list;
}

void print_plan_json(FILE *f, const struct plan_view *p) {
  const struct outcome *o = p->o;
  json_t *j = json_object(), *stake = json_object(), *queues = json_array(), *gates = json_array(),
         *before = json_object();
  set_member(j, "as_of", day_json(p->as_of));
  set_items(j, p->as_of, o->open, o->n_open);
  set_member(before, "to_do", json_integer(p->before.to_do));
  set_member(before, "late", json_integer(p->before.late));
  set_member(j, "before", before);
  set_member(stake, "before", stake_json(p, false));
  set_member(stake, "after", stake_json(p, true));
  set_member(j, "at_stake", stake);
  set_member(j, "changes", changed_list_json(&p->changes));
  json_t *counts = counts_json(p->counts);
  set_member(counts, "started", json_integer(p->counts->started));
  set_member(j, "counts", counts);
  for (size_t i = 0; i < p->queues.n; i++)
    json_array_append_new(queues, plan_queue_json(&p->queues.v[i]));
  set_member(j, "queues", queues);
  set_member(j, "not_judged", unknown_json(o->verdicts, p->a));
  for (size_t i = 0; i < p->gates.n; i++) json_array_append_new(gates, gate_json(&p->gates.v[i]));
  set_member(j, "gates", gates);
  set_remarks(j, o);
  json_print(f, j);
}

/* A step with the item that it is of. */
static json_t *step_of_json(const struct step_of *s) {
  json_t *j = json_object();
  const struct item *i = s->item;
  const struct {
    const char *name, *text;
  } texts[] = {{"rule", i->rule},   {"entity", i->entity},   {"key", i->key},
               {"label", i->label}, {"account", i->account}, {"item_owner", i->owner}};
  set_member(j, "number", json_integer(i->id));
  for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
    set_member(j, texts[t].name, text_json(texts[t].text));
  json_t *step = step_json(i, s->at);
  json_object_update(j, step);
  json_decref(step);
  return j;
}

void print_items_json(FILE *f, const struct items_screen *s) {
  json_t *j = json_object(), *steps = json_array();
  set_member(j, "as_of", day_json(s->as_of));
  set_items(j, s->as_of, s->items, s->n);
  for (size_t i = 0; i < s->n_steps; i++) json_array_append_new(steps, step_of_json(&s->steps[i]));
  set_member(j, "steps", steps);
  json_print(f, j);
}

static json_t *event_json(const struct event *e) {
  json_t *j = json_object();
  const struct {
    const char *name, *text;
  } texts[] = {{"at", e->at},    {"by", e->person}, {"change", e->change}, {"field", e->field},
               {"from", e->old}, {"to", e->now},    {"why", e->why}};
  set_member(j, "day", day_json(e->day));
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    set_member(j, texts[i].name, text_json(texts[i].text));
  return j;
}

/* Beside the values at opening, what they are compared with and what they are now. */
static void set_evidence(json_t *because, const struct item *i, struct arena *a) {
  const struct evidence *now = evidence_read(i, a);
  for (size_t n = 0; n < i->n_because; n++) {
    json_t *b = json_array_get(because, n);
    const struct because *is = now && now[n].asked ? &now[n].now : NULL;
    set_member(b, "bound", text_json(i->because[n].bound));
    set_member(b, "moved", text_json(i->because[n].moved));
    set_member(b, "now", is ? value_json(&is->value) : json_null());
    set_member(b, "bound_now", text_json(is ? is->bound : NULL));
    set_member(b, "moved_now", text_json(is ? is->moved : NULL));
  }
}

void print_item_pages_json(FILE *f, const struct item_page *pages, size_t n) {
  struct arena *a = arena_new();
  json_t *j = json_object(), *list = json_array();
  for (size_t i = 0; i < n; i++) {
    const struct item_page *p = &pages[i];
    json_t *one = item_json(p->item, p->as_of, has_stake(p->item)), *history = json_array();
    for (size_t e = 0; e < p->n_history; e++)
      json_array_append_new(history, event_json(&p->history[e]));
    set_evidence(json_object_get(one, "because"), p->item, a);
    set_member(one, "history", history);
    bool same = p->playbook && text_same(p->playbook->digest, p->item->playbook_digest);
    set_member(one, "playbook_changed", p->item->playbook ? json_boolean(!same) : json_null());
    json_array_append_new(list, one);
  }
  set_member(j, "as_of", n ? day_json(pages[0].as_of) : json_null());
  set_member(j, "items", list);
  json_print(f, j);
  arena_free(a);
}
