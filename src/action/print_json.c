/* In: the outcome of a run, the record of a plan, or items. Out: one JSON document, printed item by
 * item. */
#include "action/print_json.h"

#include "action/compare.h"
#include "action/evidence.h"
#include "action/json_out.h"
#include "action/plan_print.h"
#include "action/run_view.h"
#include "action/stake.h"
#include "base/check.h"
#include "base/limits.h"
#include "judge/judge.h"

/* ---- members -------------------------------------------------------------------------- */

static void put_text(struct json_out *o, const char *name, const char *text) {
  json_name(o, name);
  json_put_text(o, text);
}

static void put_integer(struct json_out *o, const char *name, long long n) {
  json_name(o, name);
  json_put_integer(o, n);
}

static void put_flag(struct json_out *o, const char *name, bool is) {
  json_name(o, name);
  json_put_flag(o, is);
}

static void put_day(struct json_out *o, const char *name, day_t day) {
  json_name(o, name);
  json_put_day(o, day);
}

/* NULL: null. */
static void put_value(struct json_out *o, const char *name, const struct value *v) {
  json_name(o, name);
  if (v)
    json_put_value(o, v);
  else
    json_put_null(o);
}

static void put_tree(struct json_out *o, const char *name, json_t *tree) {
  json_name(o, name);
  json_put_tree(o, tree);
}

static void open_list(struct json_out *o, const char *name) {
  json_name(o, name);
  json_open(o, '[');
}

static void open_object(struct json_out *o, const char *name) {
  json_name(o, name);
  json_open(o, '{');
}

/* ---- items ---------------------------------------------------------------------------- */

/* Beside the values at opening, what they are compared with and what they are now. */
static void put_evidence(struct json_out *o, const struct because *then, const struct evidence *e) {
  const struct because *is = e && e->asked ? &e->now : NULL;
  put_text(o, "bound", then->bound);
  put_text(o, "moved", then->moved);
  put_value(o, "now", is ? &is->value : NULL);
  put_text(o, "bound_now", is ? is->bound : NULL);
  put_text(o, "moved_now", is ? is->moved : NULL);
}

/* now: of each reason; NULL: it is not known. in_full: said all the same. */
static void put_because(struct json_out *o, const struct item *i, bool in_full,
                        const struct evidence *now) {
  open_list(o, "because");
  for (size_t n = 0; n < i->n_because; n++) {
    json_open(o, '{');
    put_text(o, "expr", i->because[n].expr);
    put_value(o, "value", &i->because[n].value);
    if (in_full) put_evidence(o, &i->because[n], now ? &now[n] : NULL);
    json_close(o, '}');
  }
  json_close(o, ']');
}

/* The one value of a group; the key of any other row. */
static void put_key(struct json_out *o, const struct item *i) {
  json_t *group = i->group_values ? json_loads(i->group_values, 0, NULL) : NULL;
  if (json_array_size(group) == 1)
    json_put_tree(o, json_array_get(group, 0));
  else
    json_put_text(o, i->key);
  json_decref(group);
}

static void put_json(struct json_out *o, const char *text) {
  json_t *j = text ? json_loads(text, 0, NULL) : NULL;
  json_put_tree(o, j);
  json_decref(j);
}

/* A field of an item or of a step. */
static void put_field(struct json_out *o, const void *i, const struct item_field *f) {
  json_name(o, f->name);
  switch (f->kind) {
    case KIND_TEXT:
    case KIND_REPEATED: json_put_text(o, *ITEM_AT(i, f, TEXT)); return;
    case KIND_KEY: put_key(o, i); return;
    case KIND_JSON: put_json(o, *ITEM_AT(i, f, JSON)); return;
    case KIND_NUMBER: json_put_integer(o, *ITEM_AT(i, f, NUMBER)); return;
    case KIND_ITEM:
      if (*ITEM_AT(i, f, ITEM))
        json_put_integer(o, *ITEM_AT(i, f, ITEM));
      else
        json_put_null(o);
      return;
    case KIND_FLAG: json_put_flag(o, *ITEM_AT(i, f, FLAG)); return;
    case KIND_DAY: json_put_day(o, *ITEM_AT(i, f, DAY)); return;
    case KIND_VALUE: json_put_value(o, ITEM_AT(i, f, VALUE)); return;
    case KIND_STATE: json_put_text(o, item_state_name(*ITEM_AT(i, f, STATE))); return;
  }
  UNREACHABLE("a kind of item.def");
}

static void put_fields(struct json_out *o, const void *i, const struct item_field *f, size_t n) {
  for (const struct item_field *end = f + n; f < end; f++)
    if (f->where == WHERE_EVERYWHERE) put_field(o, i, f);
}

/* The members of a step, but for its owner. */
static void put_step(struct json_out *o, const struct item *i, size_t k) {
  put_integer(o, "step", (long long)k + 1);
  for (const struct item_field *f = step_fields; f < step_fields + n_step_fields; f++)
    if (f->where == WHERE_EVERYWHERE && strcmp(f->name, "owner") != 0)
      put_field(o, &i->steps[k], f);
    else if (f->where == WHERE_EVERYWHERE)
      put_text(o, f->name, step_owner(i, &i->steps[k]));
}

static void put_steps(struct json_out *o, const struct item *i) {
  open_list(o, "steps");
  for (size_t k = 0; k < i->n_steps; k++) {
    json_open(o, '{');
    put_step(o, i, k);
    json_close(o, '}');
  }
  json_close(o, ']');
}

/* How an item is printed. */
struct item_said {
  day_t as_of;
  bool counts;                /* its worth is in the sum of what is at stake */
  bool in_full;               /* with what its reasons are now: */
  const struct evidence *now; /* NULL: it is not known */
};

static void put_number(struct json_out *o, const struct item *i) {
  json_name(o, "number");
  if (i->kept)
    json_put_integer(o, i->id);
  else
    json_put_null(o);
}

static void put_hold(struct json_out *o, const struct item *i) {
  put_text(o, "hold", item_hold(i) == HOLD_NONE ? NULL : item_word(i));
}

/* The members of an item. */
static void put_item(struct json_out *o, const struct item *i, const struct item_said *s) {
  put_number(o, i);
  put_fields(o, i, item_fields, n_item_fields);
  put_hold(o, i);
  put_integer(o, "late_days", item_late(i, s->as_of) ? s->as_of - i->due : 0);
  put_value(o, "at_stake", s->counts ? &i->worth : NULL);
  put_because(o, i, s->in_full, s->now);
  put_steps(o, i);
}

static void put_measure(struct json_out *o, const struct measure_sum *m) {
  json_open(o, '{');
  put_text(o, "measure", m->name);
  put_text(o, "entity", m->entity);
  put_integer(o, "rows", m->rows);
  put_value(o, "amount", &m->money);
  put_text(o, "currency", m->money.type.currency);
  json_close(o, '}');
}

/* How many are to do, late, and held back: waiting, snoozed, muted. */
static void put_counts(struct json_out *o, day_t as_of, const struct item *const *items, size_t n) {
  struct item_counts c = items_count(items, n, as_of);
  put_integer(o, "to_do", c.to_do);
  put_integer(o, "late", c.late);
  open_object(o, "held");
  put_integer(o, "waiting", c.held[HOLD_WAITING]);
  put_integer(o, "snoozed", c.held[HOLD_SNOOZED]);
  put_integer(o, "muted", c.held[HOLD_MUTED]);
  json_close(o, '}');
}

/* Items, and what is at stake in them: each row once. */
struct items_said {
  day_t as_of;
  const struct item *const *items;
  size_t n;
  struct stake all;
  bool *counts; /* by item: its worth is in the sum */
};

static struct items_said items_said(day_t as_of, const struct item *const *items, size_t n,
                                    struct arena *a) {
  struct items_said s = {.as_of = as_of, .items = items, .n = n, .counts = NEW_N(a, bool, n + 1)};
  for (size_t i = 0; i < n; i++) s.counts[i] = stake_add(&s.all, items[i], a);
  stake_sort(&s.all);
  return s;
}

static void put_sums(struct json_out *o, const struct items_said *s) {
  open_list(o, "at_stake");
  for (size_t i = 0; i < s->all.sums.n; i++) put_measure(o, &s->all.sums.v[i]);
  json_close(o, ']');
}

static void put_items(struct json_out *o, const struct items_said *s) {
  open_list(o, "items");
  for (size_t i = 0; i < s->n; i++) {
    json_open(o, '{');
    put_item(o, s->items[i], &(struct item_said){.as_of = s->as_of, .counts = s->counts[i]});
    json_close(o, '}');
  }
  json_close(o, ']');
}

/* ---- run ------------------------------------------------------------------------------ */

/* The members of what has been counted. */
static void put_changes(struct json_out *o, const struct counts *c) {
  put_integer(o, "opened", c->opened);
  put_integer(o, "resolved", c->resolved);
  put_integer(o, "not_asked", c->not_asked);
  put_integer(o, "baseline", c->baseline);
  put_integer(o, "escalated", c->escalated);
  put_integer(o, "settled", c->settled);
  put_integer(o, "reminded", c->reminded);
  put_integer(o, "unchanged", c->unchanged);
  put_integer(o, "updated", c->updated);
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

static void put_absence(struct json_out *o, const struct absence *a) {
  json_open(o, '{');
  put_text(o, "owner", a->owner);
  put_text(o, "is", absence_name(a->kind));
  put_integer(o, "moved", a->moved);
  put_integer(o, "opened", a->opened);
  open_list(o, "to");
  for (size_t k = 0; k < a->to.n; k++) json_put_text(o, a->to.v[k]);
  json_close(o, ']');
  put_integer(o, "with_others", a->with_others);
  put_integer(o, "stays", a->stays);
  put_integer(o, "steps_moved", a->steps);
  put_integer(o, "steps_stay", a->steps_stay);
  json_close(o, '}');
}

/* Owners who are not there, and what became of their items. */
static void put_absences(struct json_out *o, const struct decision *d) {
  if (!d->n_absences) return;
  open_list(o, "absent");
  for (size_t i = 0; i < d->n_absences; i++) put_absence(o, &d->absences[i]);
  json_close(o, ']');
}

/* What is said of an outcome besides its items, looked up once. */
struct remarks {
  json_t *unknown, *hindsight, *unreadable; /* NULL: nothing is said */
};

static struct remarks remarks_of(const struct outcome *o, struct arena *a) {
  const struct verdicts *v = o->verdicts;
  return (struct remarks){
      .unknown = unknown_json(v, a),
      .hindsight = o->hindsight ? names_json(o->hindsight) : NULL,
      .unreadable = v->n_unreadable ? unreadable_json(v->unreadable, v->n_unreadable) : NULL};
}

static void end_remarks(struct remarks *r) {
  json_decref(r->unknown);
  json_decref(r->hindsight);
  json_decref(r->unreadable);
}

/* What reading the data has shown, where it has. */
static void put_remarks(struct json_out *out, const struct outcome *o, const struct remarks *r) {
  put_absences(out, &o->decision);
  if (r->hindsight) put_tree(out, "hindsight", r->hindsight);
  if (r->unreadable) put_tree(out, "unreadable", r->unreadable);
}

static void put_changed(struct json_out *o, const struct changed_group *g,
                        const struct changed_item *c) {
  const struct item *i = c->item;
  json_open(o, '{');
  put_text(o, "change", changed_word(g->kind));
  put_number(o, i);
  put_text(o, "rule", i->rule);
  put_text(o, "entity", i->entity);
  json_name(o, "key");
  put_key(o, i);
  put_text(o, "label", i->label);
  put_text(o, "owner", i->owner);
  put_text(o, "team", i->team);
  put_day(o, "due", i->due);
  put_value(o, "worth", &i->worth);
  put_text(o, "measure", i->worth_of);
  put_text(o, "currency", i->worth.known ? i->worth.type.currency : NULL);
  put_text(o, "action", i->action);
  put_hold(o, i);
  put_text(o, "to", g->to);
  put_text(o, "why", c->why ? c->why : c->fields);
  json_close(o, '}');
}

static void put_changed_list(struct json_out *o, const char *name, const struct changes *c) {
  open_list(o, name);
  for (size_t g = 0; g < c->groups.n; g++)
    for (size_t k = 0; k < c->groups.v[g].items.n; k++)
      put_changed(o, &c->groups.v[g], &c->groups.v[g].items.v[k]);
  json_close(o, ']');
}

static void put_texts(struct json_out *o, const char *name, const notice_list *list) {
  open_list(o, name);
  for (size_t i = 0; i < list->n; i++) json_put_text(o, list->v[i]);
  json_close(o, ']');
}

static void put_capacity(struct json_out *o, const struct queue *q) {
  json_name(o, "capacity");
  if (q->capacity)
    json_put_integer(o, q->capacity);
  else
    json_put_null(o);
}

static void put_held(struct json_out *o, const struct queue *q) {
  put_integer(o, "late", q->late);
  put_integer(o, "waiting", q->waiting);
  put_integer(o, "snoozed", q->snoozed);
  put_integer(o, "muted", q->muted);
}

static void put_queue(struct json_out *o, const struct queue *q) {
  json_open(o, '{');
  put_text(o, "owner", q->owner);
  put_text(o, "team", q->team);
  put_integer(o, "to_do", q->to_do);
  put_capacity(o, q);
  put_held(o, q);
  json_close(o, '}');
}

struct run_said {
  const struct run_view *v;
  struct items_said items;
  struct remarks remarks;
};

static void say_run(struct json_out *out, const void *ctx) {
  const struct run_said *s = ctx;
  const struct outcome *o = s->v->o;
  json_open(out, '{');
  put_day(out, "as_of", o->verdicts->as_of);
  put_counts(out, o->verdicts->as_of, o->open, o->n_open);
  put_sums(out, &s->items);
  put_items(out, &s->items);
  open_object(out, "changes");
  put_changes(out, &o->decision.counts);
  json_close(out, '}');
  put_tree(out, "unknown", s->remarks.unknown);
  put_day(out, "since", o->since);
  put_texts(out, "first", &s->v->notices);
  put_changed_list(out, "changed", &s->v->changes);
  open_list(out, "queues");
  for (size_t i = 0; i < o->n_queues; i++) put_queue(out, &o->queues[i]);
  json_close(out, ']');
  put_remarks(out, o, &s->remarks);
  json_close(out, '}');
}

void print_run_json(FILE *f, const struct run_view *v) {
  const struct outcome *o = v->o;
  struct run_said s = {v, items_said(o->verdicts->as_of, o->open, o->n_open, v->a),
                       remarks_of(o, v->a)};
  json_print_said(f, say_run, &s);
  end_remarks(&s.remarks);
}

/* ---- plan ----------------------------------------------------------------------------- */

/* Before the run too. */
static void put_plan_queue(struct json_out *o, const struct plan_queue *q) {
  json_open(o, '{');
  put_text(o, "owner", q->after.owner);
  put_text(o, "team", q->after.team);
  put_capacity(o, &q->after);
  put_held(o, &q->after);
  put_integer(o, "before", q->before.to_do);
  put_integer(o, "after", q->after.to_do);
  json_close(o, '}');
}

static void put_gate(struct json_out *o, const struct gate_result *r) {
  json_open(o, '{');
  put_text(o, "gate", r->gate->what);
  put_text(o, "of", r->of);
  json_name(o, "is");
  json_put_real(o, r->is);
  json_name(o, "limit");
  json_put_real(o, r->gate->limit);
  put_flag(o, "fails_at_limit", r->gate->or_equal);
  put_flag(o, "failed", r->failed);
  json_close(o, '}');
}

/* Of every measure that either has, so that the two can be read side by side. */
static void put_stakes(struct json_out *o, const char *name, const struct plan_view *p,
                       bool after) {
  open_list(o, name);
  for (size_t i = 0; i < p->stake.n; i++)
    put_measure(o, after ? &p->stake.v[i].after : &p->stake.v[i].before);
  json_close(o, ']');
}

struct plan_said {
  const struct plan_view *p;
  struct items_said items;
  struct remarks remarks;
};

static void put_plan_counts(struct json_out *o, const struct plan_view *p) {
  open_object(o, "counts");
  put_changes(o, p->counts);
  put_integer(o, "started", p->counts->started);
  json_close(o, '}');
}

static void say_plan(struct json_out *out, const void *ctx) {
  const struct plan_said *s = ctx;
  const struct plan_view *p = s->p;
  json_open(out, '{');
  put_day(out, "as_of", p->as_of);
  put_counts(out, p->as_of, p->o->open, p->o->n_open);
  open_object(out, "at_stake");
  put_stakes(out, "before", p, false);
  put_stakes(out, "after", p, true);
  json_close(out, '}');
  put_items(out, &s->items);
  open_object(out, "before");
  put_integer(out, "to_do", p->before.to_do);
  put_integer(out, "late", p->before.late);
  json_close(out, '}');
  put_changed_list(out, "changes", &p->changes);
  put_plan_counts(out, p);
  open_list(out, "queues");
  for (size_t i = 0; i < p->queues.n; i++) put_plan_queue(out, &p->queues.v[i]);
  json_close(out, ']');
  put_tree(out, "not_judged", s->remarks.unknown);
  open_list(out, "gates");
  for (size_t i = 0; i < p->gates.n; i++) put_gate(out, &p->gates.v[i]);
  json_close(out, ']');
  put_remarks(out, p->o, &s->remarks);
  json_close(out, '}');
}

void print_plan_json(FILE *f, const struct plan_view *p) {
  struct plan_said s = {p, items_said(p->as_of, p->o->open, p->o->n_open, p->a),
                        remarks_of(p->o, p->a)};
  json_print_said(f, say_plan, &s);
  end_remarks(&s.remarks);
}

/* ---- items ---------------------------------------------------------------------------- */

/* A step with the item that it is of. */
static void put_step_of(struct json_out *o, const struct step_of *s) {
  const struct item *i = s->item;
  const struct {
    const char *name, *text;
  } texts[] = {{"rule", i->rule},   {"entity", i->entity},   {"key", i->key},
               {"label", i->label}, {"account", i->account}, {"item_owner", i->owner}};
  json_open(o, '{');
  put_integer(o, "number", i->id);
  for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
    put_text(o, texts[t].name, texts[t].text);
  put_step(o, i, s->at);
  json_close(o, '}');
}

struct screen_said {
  const struct items_screen *screen;
  struct items_said items;
};

static void say_screen(struct json_out *o, const void *ctx) {
  const struct screen_said *s = ctx;
  const struct items_screen *screen = s->screen;
  json_open(o, '{');
  put_day(o, "as_of", screen->as_of);
  put_counts(o, screen->as_of, screen->items, screen->n);
  put_sums(o, &s->items);
  put_items(o, &s->items);
  open_list(o, "steps");
  for (size_t i = 0; i < screen->n_steps; i++) put_step_of(o, &screen->steps[i]);
  json_close(o, ']');
  json_close(o, '}');
}

void print_items_json(FILE *f, const struct items_screen *s) {
  struct arena *a = arena_new();
  struct screen_said said = {s, items_said(s->as_of, s->items, s->n, a)};
  json_print_said(f, say_screen, &said);
  arena_free(a);
}

static void put_event(struct json_out *o, const struct event *e) {
  const struct {
    const char *name, *text;
  } texts[] = {{"at", e->at},    {"by", e->person}, {"change", e->change}, {"field", e->field},
               {"from", e->old}, {"to", e->now},    {"why", e->why}};
  json_open(o, '{');
  put_day(o, "day", e->day);
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
    put_text(o, texts[i].name, texts[i].text);
  json_close(o, '}');
}

struct pages_said {
  const struct item_page *pages;
  size_t n;
  struct arena *a;
};

static void put_page(struct json_out *o, const struct item_page *p, struct arena *a) {
  const struct item *i = p->item;
  json_open(o, '{');
  put_item(
      o, i,
      &(struct item_said){
          .as_of = p->as_of, .counts = has_stake(i), .in_full = true, .now = evidence_read(i, a)});
  open_list(o, "history");
  for (size_t e = 0; e < p->n_history; e++) put_event(o, &p->history[e]);
  json_close(o, ']');
  json_name(o, "playbook_changed");
  if (i->playbook)
    json_put_flag(o, !p->playbook || !text_same(p->playbook->digest, i->playbook_digest));
  else
    json_put_null(o);
  json_close(o, '}');
}

static void say_pages(struct json_out *o, const void *ctx) {
  const struct pages_said *s = ctx;
  json_open(o, '{');
  put_day(o, "as_of", s->n ? s->pages[0].as_of : DAY_NONE);
  open_list(o, "items");
  for (size_t i = 0; i < s->n; i++) put_page(o, &s->pages[i], s->a);
  json_close(o, ']');
  json_close(o, '}');
}

void print_item_pages_json(FILE *f, const struct item_page *pages, size_t n) {
  struct arena *a = arena_new();
  json_print_said(f, say_pages, &(struct pages_said){pages, n, a});
  arena_free(a);
}
