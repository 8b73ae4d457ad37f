/* The items of hits. In: the rows on which a rule acts. Out: of each its item: owner, texts, worth,
 * due day, reasons. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/text_buffer.h"
#include "eval/results.h"
#include "eval/row_key.h"
#include "judge/opened.h"
#include "judge/rule_plan.h"
#include "sema/threshold_line.h"

const struct value *values_copied(struct arena *a, const struct value *values, size_t n) {
  struct value *mine = NEW_N(a, struct value, n + 1);
  if (n) memcpy(mine, values, n * sizeof *mine);
  return mine;
}

/* What a reason was compared with on the row before: mostly the same. */
struct bound {
  struct value value;
  const char *text; /* NULL: there was none */
};

struct detail {
  struct judge_ctx *x;
  const struct judged *j;
  const int32_t *rows;
  const uint64_t *marks; /* NULL: there are none */
  struct hit *hits;
  struct value *shown;  /* of the row's reasons: show_as_judged */
  struct bound *bounds; /* by reason */
  node_list nodes;      /* what is read for each row, in this order: */
  size_t at_owner, at_next_owners, at_label, at_once, at_worth, at_worth_key, at_due, at_above,
      at_link, at_parts, at_steps, at_reasons, at_margins, at_leads, at_settled;
};

static const char *copy_text(struct detail *d, const char *s) {
  return s ? arena_strdup(d->x->arena, s) : NULL;
}

static const char *text_of(struct detail *d, const struct value *v) {
  if (!v->known) return NULL;
  if (unit_class(v->type.unit) == CLASS_TXT) return copy_text(d, v->text);
  char buf[96];
  return copy_text(d, value_text(v, buf, sizeof buf));
}

/* Never earlier than the opening day; "late at opening" is said. */
static void set_due(struct detail *d, struct hit *h, const struct value *v) {
  const struct due *due = &d->j->plan.rule->due;
  const struct calendar *c = &d->x->entry->rs->calendar;
  h->due = DAY_NONE;
  if (due->kind == DUE_AFTER_OPENING)
    h->due = day_shift(c, d->x->entry->day, length_on(&due->dur, d->x->entry->day), 1);
  if (due->kind == DUE_DATE && v->known) h->due = (day_t)v->num;
  if (due->kind == DUE_ANCHOR && v->known)
    h->due = day_shift(c, (day_t)v->num, length_on(&due->dur, d->x->entry->day), due->side);
  if (h->due == DAY_NONE || h->due >= d->x->entry->day) return;
  h->due = d->x->entry->day;
  h->due_late = true;
}

/* A value of a reason, or of what it was compared with, shows all the digits that this took.
 * values: of the nodes of all reasons. Out: shown, two for each reason. */
static void show_as_judged(const struct rule_plan *rp, const struct value *values,
                           struct value *shown) {
  _Static_assert(REASON_VALUE == 0 && REASON_AGAINST == 1, "of each reason the first two nodes");
  for (size_t i = 0; i < rp->reasons.n; i++)
    for (int k = 0; k < 2; k++) shown[2 * i + k] = values[i * REASON_NODES + k];
  for (size_t i = 0; i < rp->reasons.n; i++) {
    const struct reason *r = &rp->reasons.v[i];
    struct value a = values[i * REASON_NODES + REASON_VALUE],
                 b = values[i * REASON_NODES + REASON_AGAINST];
    if (r->nodes[REASON_AGAINST] < 0) continue;
    values_compared(&shown[r->shown[REASON_VALUE]], &b);
    values_compared(&shown[r->shown[REASON_AGAINST]], &a);
  }
}

/* What is in a text, with the digits of the reason that shows the same. */
static struct value shown_in_text(const struct detail *d, int node, struct value v) {
  const struct rule_plan *rp = &d->j->plan;
  for (size_t i = 0; i < rp->reasons.n; i++)
    for (int k = 0; k < 2; k++)
      if (node >= 0 && rp->reasons.v[i].nodes[k] == node) {
        v.decimals = d->shown[rp->reasons.v[i].shown[k]].decimals;
        return v;
      }
  return v;
}

/* A text in full, other values as people read them. */
static const char *value_part(struct arena *a, struct value v) {
  char buf[96];
  if (v.known && unit_class(v.type.unit) == CLASS_TXT) return v.text;
  return arena_strdup(a, value_text(&v, buf, sizeof buf));
}

/* One text, as long as it has to be: each item keeps its own. */
static const char *joined(struct arena *a, const char *const *parts, size_t n) {
  size_t bytes = 0;
  for (size_t i = 0; i < n; i++) bytes += strlen(parts[i]);
  char *text = arena_alloc(a, bytes + 1), *end = text;
  for (size_t i = 0; i < n; i++) end = stpcpy(end, parts[i]);
  return text;
}

/* nodes: those of the parts; mine: their values. */
static const char *fill(struct detail *d, const template_parts *t, const int *nodes,
                        const struct value *mine) {
  if (!t->n) return "";
  const char **parts = xcalloc(t->n, sizeof *parts);
  for (size_t i = 0; i < t->n; i++)
    parts[i] =
        t->v[i].text ? t->v[i].text : value_part(d->x->arena, shown_in_text(d, nodes[i], mine[i]));
  const char *text = joined(d->x->arena, parts, t->n);
  free(parts);
  return text;
}

static const char *action_text(struct detail *d, const struct value *values) {
  const struct rule *r = d->j->plan.rule;
  if (!r->action.n) return span_text(d->x->arena, r->when_expr->span);
  return fill(d, &r->action, d->j->plan.parts, values + d->at_parts);
}

/* Of each step its owner, then the parts of its text. */
static void set_steps(struct detail *d, struct hit *h, const struct value *values) {
  const struct rule *r = d->j->plan.rule;
  if (!r->steps.n) return;
  struct hit_step *steps = NEW_N(d->x->arena, struct hit_step, r->steps.n);
  const struct value *mine = values + d->at_steps;
  for (size_t i = 0; i < r->steps.n; i++) {
    const template_parts *text = &r->steps.v[i].text;
    steps[i].owner = text_of(d, &mine[0]);
    steps[i].text = fill(d, text, d->j->plan.steps[i].parts, mine + 1);
    mine += 1 + text->n;
  }
  h->steps = steps;
}

/* "> 10", "= \"Pro\"" */
static const char *bound_text(const char *op, const struct value *v, struct arena *a) {
  bool text = unit_class(v->type.unit) == CLASS_TXT;
  return arena_printf(a, text ? "%s \"%s\"" : "%s %s", op, value_part(a, *v));
}

static bool is_same_value(const struct value *a, const struct value *b) {
  return a->num == b->num && a->text == b->text && a->decimals == b->decimals &&
         a->rows == b->rows && a->of_rows == b->of_rows && a->of_what == b->of_what &&
         a->type.unit == b->type.unit && a->type.percent == b->type.percent &&
         a->type.counted_in == b->type.counted_in && a->type.currency == b->type.currency;
}

/* before: of the row before; NULL: there is none. */
static const char *bound_of(const struct reason *r, const struct value *v, struct bound *before,
                            struct arena *a) {
  if (before && before->text && is_same_value(&before->value, v)) return before->text;
  const char *text = bound_text(r->op, v, a);
  if (before && !v->text) *before = (struct bound){*v, text};
  return text;
}

/* values: of the nodes of all reasons; shown: as they are shown; before: as in bound_of. */
static struct because because_of(const struct rule_plan *rp, size_t i, const struct value *values,
                                 const struct value *shown, struct bound *before, struct arena *a) {
  const struct reason *r = &rp->reasons.v[i];
  const struct value *mine = values + i * REASON_NODES, *then = mine + REASON_BEFORE,
                     *now = mine + REASON_AFTER;
  struct because b = {.expr = r->expr, .value = shown[r->shown[REASON_VALUE]]};
  if (b.value.text) b.value.text = arena_strdup(a, b.value.text);
  if (r->op && mine[REASON_AGAINST].known)
    b.bound = bound_of(r, &shown[r->shown[REASON_AGAINST]], before, a);
  if (then->known && now->known)
    b.moved = arena_printf(a, "%s to %s", value_part(a, *then), value_part(a, *now));
  return b;
}

/* bounds: of the row before, by reason; NULL: there is none. */
static const struct because *reasons_shown(const struct rule_plan *rp, const struct value *values,
                                           const struct value *shown, struct bound *bounds,
                                           struct arena *a) {
  struct because *list = NEW_N(a, struct because, rp->reasons.n + 1);
  for (size_t i = 0; i < rp->reasons.n; i++)
    list[i] = because_of(rp, i, values, shown, bounds ? &bounds[i] : NULL, a);
  return list;
}

const struct because *all_reasons(const struct rule_plan *rp, const struct value *values,
                                  struct arena *a) {
  struct value *shown = NEW_N(a, struct value, 2 * rp->reasons.n + 1);
  show_as_judged(rp, values, shown);
  return reasons_shown(rp, values, shown, NULL, a);
}

/* Does the reason make the condition true? values: of the nodes of all reasons. */
static bool is_asked(const struct rule_plan *rp, size_t i, const struct value *values) {
  const struct value *only = &values[i * REASON_NODES + REASON_ONLY_IF];
  return rp->reasons.v[i].nodes[REASON_ONLY_IF] < 0 || (only->known && only->num != 0);
}

/* What makes the condition true; where there is no `or`, all of it. */
static void set_because(struct detail *d, struct hit *h, const struct value *values) {
  const struct rule_plan *rp = &d->j->plan;
  h->reasons = h->because = reasons_shown(rp, values, d->shown, d->bounds, d->x->arena);
  h->n_reasons = rp->reasons.n;
  for (size_t i = 0; i < rp->reasons.n; i++) h->n_because += is_asked(rp, i, values);
  if (h->n_because == h->n_reasons) return;
  struct because *list = NEW_N(d->x->arena, struct because, h->n_because + 1);
  size_t n = 0;
  for (size_t i = 0; i < rp->reasons.n; i++)
    if (is_asked(rp, i, values)) list[n++] = h->reasons[i];
  h->because = list;
}

static double margin_of(const struct margin *m, const struct value *a, const struct value *b) {
  if (!a->known || !b->known || !isfinite(a->num) || !isfinite(b->num)) return NAN;
  double beyond = m->sign * (a->num - b->num);
  return beyond > 0 || (beyond == 0 && !m->strict) ? beyond : NAN;
}

static void set_margins(struct detail *d, struct hit *h, const struct value *values) {
  const struct rule_plan *rp = &d->j->plan;
  double *list = NEW_N(d->x->arena, double, rp->margins.n + 1);
  for (size_t i = 0; i < rp->margins.n; i++)
    list[i] = margin_of(&rp->margins.v[i], &values[d->at_margins + 2 * i],
                        &values[d->at_margins + 2 * i + 1]);
  h->margins = list;
}

/* NULL: the row is no group. */
static const struct value *group_values(struct detail *d, int32_t row, size_t *n) {
  int domain = d->j->plan.domain;
  *n = evaluation_dims(d->x->ev, domain);
  if (!*n) return NULL;
  struct value *by = NEW_N(d->x->arena, struct value, *n);
  for (size_t k = 0; k < *n; k++) {
    by[k] = evaluation_dim(d->x->ev, domain, row, (int)k);
    by[k].text = copy_text(d, by[k].text);
  }
  return by;
}

/* The row whose money it is: the one that is judged, or the one that its worth is read from. */
static const char *worth_key(struct detail *d, const struct hit *h, const struct value *parts) {
  size_t n = d->j->plan.rule->measure.key.n;
  return n ? copy_text(d, group_key(parts, n, d->x->arena)) : h->key;
}

/* The highest row that is known: of a deal without an account, the deal. */
static void set_account(struct detail *d, struct hit *h, const struct value *values) {
  const struct rule *r = d->j->plan.rule;
  if (!r->account.n) return;
  h->account_entity = r->account.v[0].entity->name;
  h->account_key = h->key;
  h->account = h->label ? h->label : h->key;
  for (size_t i = 0; i < d->j->plan.n_above; i++) {
    const char *key = text_of(d, &values[d->at_above + 2 * i]);
    const char *label = text_of(d, &values[d->at_above + 2 * i + 1]);
    if (!key) continue;
    h->account_entity = r->account.v[i + 1].entity->name;
    h->account_key = key;
    h->account = label ? label : key;
  }
}

/* As it stands in an address: whatever is not a letter, a digit or one of - . _ ~ as %XX. */
static const char *address_part(struct detail *d, const struct value *v) {
  char number[40] = "";
  const char *text = number;
  if (unit_class(v->type.unit) == CLASS_TXT)
    text = v->text;
  else if (unit_class(v->type.unit) == CLASS_DAY)
    day_text((day_t)v->num, number);
  else
    snprintf(number, sizeof number, "%.15g", v->num);
  return text_percent(d->x->arena, text, "-._~");
}

/* A part that is unknown leaves no address. */
static void set_link(struct detail *d, struct hit *h, const struct value *values) {
  const struct rule *r = d->j->plan.rule;
  struct text_buffer text = {.a = d->x->arena};
  if (!r->link.n) return;
  for (size_t i = 0; i < r->link.n; i++) {
    const char *part = r->link.v[i].text;
    const struct value *v = &values[d->at_link + i];
    if (!part && (!v->known || !(part = address_part(d, v)))) return;
    text_add(&text, part);
  }
  h->link = text_of_buffer(&text);
}

static const char *const *lead_keys(struct detail *d, const struct value *values) {
  size_t n = d->j->plan.rule->leads.n;
  if (!n) return NULL;
  const char **keys = NEW_N(d->x->arena, const char *, n);
  for (size_t i = 0; i < n; i++) keys[i] = text_of(d, &values[i]);
  return keys;
}

static void set_next_owners(struct detail *d, struct hit *h, const struct value *values) {
  size_t n = d->j->plan.rule->next_owners.n;
  const char **owners = n ? NEW_N(d->x->arena, const char *, n) : NULL;
  h->next_owners = owners;
  for (size_t i = 0; i < n; i++)
    if (values[i].known) owners[h->n_next_owners++] = text_of(d, &values[i]);
}

/* values: of what the row has of a condition that reads `opened`. */
static void set_settled(struct detail *d, struct hit *h, int32_t row, const struct value *values) {
  const struct rule_plan *rp = &d->j->plan;
  const struct judge_entry *e = d->x->entry;
  h->settled = d->j->settled && bit_get(d->j->settled, (size_t)row);
  if (!rp->settled_by) return;
  h->settled_values = values_copied(d->x->arena, values, rp->settled_parts.n);
  h->settled = settled_since(&e->rs->calendar, e->day, rp->settled_by, h->settled_values, e->day);
}

static void take_hit(void *ctx, size_t i, const struct value *values) {
  struct detail *d = ctx;
  struct hit *h = &d->hits[i];
  show_as_judged(&d->j->plan, values + d->at_reasons, d->shown);
  set_settled(d, h, d->rows[i], values + d->at_settled);
  h->mark = d->marks ? d->marks[i] : 0;
  h->key = evaluation_row_key(d->x->ev, d->j->plan.domain, d->rows[i], d->x->arena);
  h->by = group_values(d, d->rows[i], &h->n_by);
  h->label = text_of(d, &values[d->at_label]);
  h->owner = text_of(d, &values[d->at_owner]);
  set_next_owners(d, h, values + d->at_next_owners);
  h->once = text_of(d, &values[d->at_once]);
  h->worth = values[d->at_worth];
  if (d->j->plan.worth >= 0) h->worth_key = worth_key(d, h, values + d->at_worth_key);
  h->leads = lead_keys(d, values + d->at_leads);
  set_steps(d, h, values);
  set_account(d, h, values);
  set_due(d, h, &values[d->at_due]);
  h->action = "";
  if (d->j->plan.unread) return;
  h->action = action_text(d, values);
  set_link(d, h, values);
  set_because(d, h, values + d->at_reasons);
  set_margins(d, h, values);
}

static size_t want(struct detail *d, int node) {
  VEC_PUSH(d->x->arena, &d->nodes, node);
  return d->nodes.n - 1;
}

bool describe_hits(struct judge_ctx *x, const struct judged *j, const struct described_rows *rows,
                   struct rule_verdict *v) {
  struct detail d = {.x = x,
                     .j = j,
                     .rows = rows->rows,
                     .marks = rows->marks,
                     .hits = NEW_N(x->arena, struct hit, rows->n + 1)};
  const struct rule_plan *rp = &j->plan;
  d.bounds = NEW_N(x->arena, struct bound, rp->reasons.n + 1);
  d.shown = NEW_N(x->arena, struct value, 2 * rp->reasons.n + 1);
  d.at_owner = want(&d, rp->owner);
  d.at_next_owners = d.nodes.n;
  for (size_t i = 0; i < rp->rule->next_owners.n; i++) want(&d, rp->next_owners[i]);
  d.at_label = want(&d, rp->label);
  d.at_once = want(&d, rp->once);
  d.at_worth = want(&d, rp->worth);
  d.at_worth_key = d.nodes.n;
  for (size_t i = 0; i < rp->rule->measure.key.n; i++) want(&d, rp->worth_key[i]);
  d.at_due = want(&d, rp->due);
  d.at_above = d.nodes.n;
  for (size_t i = 0; i < rp->n_above; i++) {
    want(&d, rp->above[i].key);
    want(&d, rp->above[i].label);
  }
  d.at_link = d.nodes.n;
  for (size_t i = 0; !rp->unread && i < rp->rule->link.n; i++) want(&d, rp->link[i]);
  d.at_parts = d.nodes.n;
  for (size_t i = 0; !rp->unread && i < rp->rule->action.n; i++) want(&d, rp->parts[i]);
  d.at_steps = d.nodes.n;
  for (size_t i = 0; i < rp->rule->steps.n; i++) {
    want(&d, rp->steps[i].owner);
    for (size_t k = 0; k < rp->rule->steps.v[i].text.n; k++) want(&d, rp->steps[i].parts[k]);
  }
  d.at_reasons = d.nodes.n;
  for (size_t i = 0; i < rp->reasons.n; i++)
    for (int k = 0; k < REASON_NODES; k++) want(&d, rp->reasons.v[i].nodes[k]);
  d.at_leads = d.nodes.n;
  for (size_t i = 0; i < rp->rule->leads.n; i++) want(&d, rp->leads[i]);
  d.at_settled = d.nodes.n;
  for (size_t i = 0; i < rp->settled_parts.n; i++) want(&d, rp->settled_parts.v[i]);
  d.at_margins = d.nodes.n;
  for (size_t i = 0; i < rp->margins.n; i++) {
    want(&d, rp->margins.v[i].a);
    want(&d, rp->margins.v[i].b);
  }
  v->hits = d.hits;
  v->n_hits = rows->n;
  return evaluation_values(x->ev, rp->domain, rows->rows, rows->n, d.nodes.v, d.nodes.n, take_hit,
                           &d, x->problems);
}
