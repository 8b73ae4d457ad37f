/* Rules judged. In: an entry of a request, and an evaluation of what was planned for it. Out: for
 * each rule the rows it acts on, each with its item's facts, and the rows it could not judge, with
 * what was missing. */
#include "judge/rule_plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "eval/results.h"
#include "eval/row_key.h"
#include "judge/judge.h"
#include "judge/opened.h"
#include "sema/threshold_line.h"

/* ---- conditions over all rows of a domain --------------------------------------------- */

static void judge_slice(struct judged *j, struct chunk *f) {
  const struct column *when = chunk_column(f, j->plan.when);
  const struct column *exists = j->plan.exists >= 0 ? chunk_column(f, j->plan.exists) : NULL;
  const struct column *clear = j->plan.clear >= 0 ? chunk_column(f, j->plan.clear) : NULL;
  const struct column *settled = j->plan.settled >= 0 ? chunk_column(f, j->plan.settled) : NULL;
  size_t base = f->base / 64;
  for (size_t w = 0; w < bit_words(f->n); w++) {
    uint64_t rows = f->n - w * 64 < 64 ? (UINT64_C(1) << (f->n - w * 64)) - 1 : UINT64_MAX;
    if (j->groups) rows &= j->groups[base + w];
    /* unknown birth: unknown verdict */
    uint64_t there = exists ? (exists->yes[w] | ~exists->valid[w]) & rows : rows;
    uint64_t sure = exists ? exists->yes[w] & rows : rows;
    j->present[base + w] = there;
    j->yes[base + w] = sure & when->yes[w];
    j->no[base + w] =
        (sure & when->valid[w] & ~when->yes[w]) | (there & ~sure & when->valid[w] & ~when->yes[w]);
    if (clear) j->clear[base + w] = sure & clear->yes[w];
    if (settled) j->settled[base + w] = sure & settled->yes[w];
  }
}

/* One pass over the rows of a domain for all its rules: they share columns. */
static bool judge_chunk(void *ctx, struct chunk *f) {
  struct judge_ctx *x = ctx;
  for (size_t i = 0; i < x->n_rules; i++)
    if (x->judged[i].plan.domain == f->domain) judge_slice(&x->judged[i], f);
  return true;
}

/* ---- the item of a hit ---------------------------------------------------------------- */

struct detail {
  struct judge_ctx *x;
  const struct judged *j;
  const int32_t *rows;
  struct hit *hits;
  node_list nodes; /* what is read for each row, in this order: */
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
 * values: of the nodes of all reasons. */
static struct value as_judged(const struct rule_plan *rp, int node, struct value v,
                              const struct value *values) {
  for (size_t i = 0; node >= 0 && i < rp->reasons.n; i++) {
    const int *nodes = rp->reasons.v[i].nodes;
    struct value a = values[i * REASON_NODES + REASON_VALUE],
                 b = values[i * REASON_NODES + REASON_AGAINST];
    if (nodes[REASON_AGAINST] < 0) continue;
    if (nodes[REASON_VALUE] == node) values_compared(&v, &b);
    if (nodes[REASON_AGAINST] == node) values_compared(&v, &a);
  }
  return v;
}

/* A text in full, other values as people read them. */
static const char *value_part(struct arena *a, struct value v) {
  char buf[96];
  if (v.known && unit_class(v.type.unit) == CLASS_TXT) return v.text;
  return arena_strdup(a, value_text(&v, buf, sizeof buf));
}

/* parts: nodes; mine: their values, among all of the row. */
static const char *fill(struct detail *d, const template_parts *t, const int *parts,
                        const struct value *mine, const struct value *values) {
  const char *text = "";
  for (size_t i = 0; i < t->n; i++) {
    const char *part = t->v[i].text;
    if (!part)
      part = value_part(d->x->arena,
                        as_judged(&d->j->plan, parts[i], mine[i], values + d->at_reasons));
    text = arena_printf(d->x->arena, "%s%s", text, part);
  }
  return text;
}

static const char *action_text(struct detail *d, const struct value *values) {
  const struct rule *r = d->j->plan.rule;
  if (!r->action.n) return span_text(d->x->arena, r->when_expr->span);
  return fill(d, &r->action, d->j->plan.parts, values + d->at_parts, values);
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
    steps[i].text = fill(d, text, d->j->plan.steps[i].parts, mine + 1, values);
    mine += 1 + text->n;
  }
  h->steps = steps;
}

/* "> 10", "= \"Pro\"" */
static const char *bound_text(const char *op, const struct value *v, struct arena *a) {
  bool text = unit_class(v->type.unit) == CLASS_TXT;
  return arena_printf(a, text ? "%s \"%s\"" : "%s %s", op, value_part(a, *v));
}

/* values: of the nodes of all reasons. */
static struct because because_of(const struct rule_plan *rp, size_t i, const struct value *values,
                                 struct arena *a) {
  const struct reason *r = &rp->reasons.v[i];
  const struct value *mine = values + i * REASON_NODES, *then = mine + REASON_BEFORE,
                     *now = mine + REASON_AFTER;
  struct because b = {.expr = r->expr,
                      .value = as_judged(rp, r->nodes[REASON_VALUE], mine[REASON_VALUE], values)};
  if (b.value.text) b.value.text = arena_strdup(a, b.value.text);
  if (r->op && mine[REASON_AGAINST].known) {
    struct value against = as_judged(rp, r->nodes[REASON_AGAINST], mine[REASON_AGAINST], values);
    b.bound = bound_text(r->op, &against, a);
  }
  if (then->known && now->known)
    b.moved = arena_printf(a, "%s to %s", value_part(a, *then), value_part(a, *now));
  return b;
}

/* values: of the nodes of all reasons. */
static const struct because *all_reasons(const struct rule_plan *rp, const struct value *values,
                                         struct arena *a) {
  struct because *list = NEW_N(a, struct because, rp->reasons.n + 1);
  for (size_t i = 0; i < rp->reasons.n; i++) list[i] = because_of(rp, i, values, a);
  return list;
}

/* What makes the condition true; where there is no `or`, all of it. */
static void set_because(struct detail *d, struct hit *h, const struct value *values) {
  const struct rule_plan *rp = &d->j->plan;
  h->reasons = h->because = all_reasons(rp, values, d->x->arena);
  h->n_reasons = rp->reasons.n;
  struct because *list = NEW_N(d->x->arena, struct because, rp->reasons.n + 1);
  for (size_t i = 0; i < rp->reasons.n; i++) {
    const struct value *only = &values[i * REASON_NODES + REASON_ONLY_IF];
    if (rp->reasons.v[i].nodes[REASON_ONLY_IF] >= 0 && !(only->known && only->num != 0)) continue;
    list[h->n_because++] = h->reasons[i];
  }
  if (h->n_because < h->n_reasons) h->because = list;
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
  char number[40] = "", *out;
  const char *text = number;
  if (unit_class(v->type.unit) == CLASS_TXT)
    text = v->text;
  else if (unit_class(v->type.unit) == CLASS_DAY)
    day_text((day_t)v->num, number);
  else
    snprintf(number, sizeof number, "%.15g", v->num);
  char *w = out = arena_alloc(d->x->arena, 3 * strlen(text) + 1);
  for (; *text; text++) {
    unsigned char c = (unsigned char)*text;
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                 strchr("-._~", c);
    w += plain ? (*w = (char)c, 1) : sprintf(w, "%%%02X", c);
  }
  *w = 0;
  return out;
}

/* A part that is unknown leaves no address. */
static void set_link(struct detail *d, struct hit *h, const struct value *values) {
  const struct rule *r = d->j->plan.rule;
  const char *text = r->link.n ? "" : NULL;
  for (size_t i = 0; i < r->link.n; i++) {
    const char *part = r->link.v[i].text;
    const struct value *v = &values[d->at_link + i];
    if (!part && (!v->known || !(part = address_part(d, v)))) return;
    text = arena_printf(d->x->arena, "%s%s", text, part);
  }
  h->link = text;
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

static const struct value *copied(struct arena *a, const struct value *values, size_t n) {
  struct value *mine = NEW_N(a, struct value, n + 1);
  if (n) memcpy(mine, values, n * sizeof *mine);
  return mine;
}

/* The condition of `settled when` where it reads the day on which an item opened; NULL. */
static const struct term *decided_by_items(const struct rule *r) {
  return r && reads_opened(r->settled) ? r->settled : NULL;
}

/* values: of what the row has of a condition that reads `opened`. */
static void set_settled(struct detail *d, struct hit *h, int32_t row, const struct value *values) {
  const struct rule_plan *rp = &d->j->plan;
  const struct judge_entry *e = d->x->entry;
  const struct term *by = decided_by_items(rp->rule);
  h->settled = d->j->settled && bit_get(d->j->settled, (size_t)row);
  if (!by) return;
  h->settled_values = copied(d->x->arena, values, rp->settled_parts.n);
  h->settled = settled_since(&e->rs->calendar, e->day, by, h->settled_values, e->day);
}

static void take_hit(void *ctx, size_t i, const struct value *values) {
  struct detail *d = ctx;
  struct hit *h = &d->hits[i];
  set_settled(d, h, d->rows[i], values + d->at_settled);
  h->key = evaluation_row_key(d->x->ev, d->j->plan.domain, d->rows[i], d->x->arena);
  h->by = group_values(d, d->rows[i], &h->n_by);
  h->label = text_of(d, &values[d->at_label]);
  h->owner = text_of(d, &values[d->at_owner]);
  set_next_owners(d, h, values + d->at_next_owners);
  h->once = text_of(d, &values[d->at_once]);
  h->worth = values[d->at_worth];
  if (d->j->plan.worth >= 0) h->worth_key = worth_key(d, h, values + d->at_worth_key);
  h->leads = lead_keys(d, values + d->at_leads);
  h->action = action_text(d, values);
  set_steps(d, h, values);
  set_account(d, h, values);
  set_link(d, h, values);
  set_due(d, h, &values[d->at_due]);
  set_because(d, h, values + d->at_reasons);
  set_margins(d, h, values);
}

static size_t want(struct detail *d, int node) {
  VEC_PUSH(d->x->arena, &d->nodes, node);
  return d->nodes.n - 1;
}

static bool describe_hits(struct judge_ctx *x, const struct judged *j, const int32_t *rows,
                          size_t n, struct rule_verdict *v) {
  struct detail d = {.x = x, .j = j, .rows = rows, .hits = NEW_N(x->arena, struct hit, n + 1)};
  const struct rule_plan *rp = &j->plan;
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
  for (size_t i = 0; i < rp->rule->link.n; i++) want(&d, rp->link[i]);
  d.at_parts = d.nodes.n;
  for (size_t i = 0; i < rp->rule->action.n; i++) want(&d, rp->parts[i]);
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
  v->n_hits = n;
  return evaluation_values(x->ev, rp->domain, rows, n, d.nodes.v, d.nodes.n, take_hit, &d,
                           x->problems);
}

/* ---- what was missing ----------------------------------------------------------------- */

struct missing_count {
  const struct rule_plan *rp;
  struct missing *missing; /* by missing input, and one more for rows of which no name is missing */
};

static void count_row(void *ctx, size_t i, const struct value *values) {
  struct missing_count *c = ctx;
  (void)i;
  bool any = false;
  size_t at = 0;
  for (size_t k = 0; k < c->rp->missing_inputs.n; k++) {
    bool missing = false;
    for (size_t m = 0; m < c->rp->missing_inputs.v[k].nodes.n; m++) missing |= !values[at++].known;
    c->missing[k].rows += missing;
    any |= missing;
  }
  c->missing[c->rp->missing_inputs.n].rows += !any;
}

static int by_rows(const void *pa, const void *pb) {
  const struct missing *a = pa, *b = pb;
  if (a->rows != b->rows) return a->rows > b->rows ? -1 : 1;
  return strcmp(a->name, b->name);
}

static bool count_missing(struct judge_ctx *x, const struct judged *j, const int32_t *rows,
                          size_t n, struct rule_verdict *v) {
  const struct rule_plan *rp = &j->plan;
  struct missing_count c = {rp, NEW_N(x->arena, struct missing, rp->missing_inputs.n + 1)};
  node_list nodes = {0};
  for (size_t k = 0; k < rp->missing_inputs.n; k++) {
    c.missing[k].name = rp->missing_inputs.v[k].name;
    for (size_t m = 0; m < rp->missing_inputs.v[k].nodes.n; m++)
      VEC_PUSH(x->arena, &nodes, rp->missing_inputs.v[k].nodes.v[m]);
  }
  c.missing[rp->missing_inputs.n].name = "a value that cannot be computed";
  if (!evaluation_values(x->ev, rp->domain, rows, n, nodes.v, nodes.n, count_row, &c, x->problems))
    return false;
  qsort(c.missing, rp->missing_inputs.n + 1, sizeof *c.missing, by_rows);
  v->missing = c.missing;
  while (v->n_missing <= rp->missing_inputs.n && c.missing[v->n_missing].rows) v->n_missing++;
  return true;
}

/* ---- one rule ------------------------------------------------------------------------- */

static const char *entity_name(struct judge_ctx *x, const struct rule *r) {
  if (r->entity) return r->entity->name;
  return r->dims.n ? dims_name(&r->dims, x->arena) : "company";
}

/* What muting has to know of the rule. */
static void set_muting(struct judge_ctx *x, const struct rule *r, struct rule_verdict *v) {
  const char **stronger = NEW_N(x->arena, const char *, r->muted_by.n + 1);
  const char **leads = NEW_N(x->arena, const char *, r->leads.n + 1);
  for (size_t i = 0; i < r->muted_by.n; i++) stronger[i] = r->muted_by.v[i]->name;
  for (size_t i = 0; i < r->leads.n; i++) leads[i] = r->leads.v[i].to->name;
  v->muted_by = stronger;
  v->n_muted_by = r->muted_by.n;
  v->mutes = r->mutes.n > 0;
  v->leads = leads;
  v->n_leads = r->leads.n;
}

static const char *due_after(struct judge_ctx *x, const struct rule *r) {
  char buf[16];
  if (r->due.kind != DUE_AFTER_OPENING) return NULL;
  return arena_strdup(x->arena, duration_text(length_on(&r->due.dur, x->entry->day), buf));
}

static const char *written(struct judge_ctx *x, const struct term *t) {
  return t ? span_text(x->arena, t->src->span) : NULL;
}

static const struct level *levels_of(struct judge_ctx *x, const struct rule *r) {
  struct level *levels = NEW_N(x->arena, struct level, r->levels.n + 1);
  for (size_t i = 0; i < r->levels.n; i++)
    levels[i] = (struct level){length_on(&r->levels.v[i].after, x->entry->day), r->levels.v[i].to};
  return levels;
}

static const struct measured *measured_of(struct judge_ctx *x, const struct rule_plan *rp) {
  struct measured *list = NEW_N(x->arena, struct measured, rp->margins.n + 1);
  for (size_t i = 0; i < rp->margins.n; i++) list[i] = rp->margins.v[i].of;
  return list;
}

/* The values of its groups that were renamed. */
static void set_renamed(struct judge_ctx *x, const struct rule *r, struct rule_verdict *v) {
  VEC(struct group_rename) list = {0};
  for (size_t i = 0; i < r->dims.n; i++) {
    const struct attr *at = dim_renamed(x->entry->rs, &r->dims.v[i]);
    for (size_t k = 0; at && k < at->renames.n; k++)
      VEC_PUSH(x->arena, &list,
               ((struct group_rename){i, at->renames.v[k].from, at->renames.v[k].newest}));
  }
  v->renamed = list.v;
  v->n_renamed = list.n;
  v->n_dims = r->dims.n;
}

static bool rule_verdict(struct judge_ctx *x, const struct verdicts *all, struct judged *j,
                         struct rule_verdict *v) {
  const struct rule *r = j->plan.rule;
  if (!(x->entry->want & WANT_RULES)) {
    *v = (struct rule_verdict){.rule = r->name, .entity = entity_name(x, r), .judged = j};
    return true;
  }
  *v = (struct rule_verdict){.rule = r->name,
                             .entity = entity_name(x, r),
                             .team = r->team ? r->team->name : NULL,
                             .priority = r->priority,
                             .worth_currency = r->worth ? r->worth->type.currency : NULL,
                             .worth_name = r->measure.name,
                             .worth_entity = r->measure.entity,
                             .due_after = due_after(x, r),
                             .at_most = r->at_most,
                             .has_clear = r->clear != NULL,
                             .clear_text = written(x, r->clear),
                             .settled_text = written(x, r->settled),
                             .settled_by = decided_by_items(r),
                             .levels = levels_of(x, r),
                             .n_levels = r->levels.n,
                             .reminds = length_on(&r->reminds, x->entry->day),
                             .reopens = length_on(&r->reopens, x->entry->day),
                             .row_gone_resolves = r->row_gone_resolves,
                             .due_by_once = r->due_by_once,
                             .measured = measured_of(x, &j->plan),
                             .n_measured = j->plan.margins.n,
                             .once_per = r->once != NULL,
                             .report_unknown = r->unknown == UNKNOWN_REPORT,
                             .judged = j};
  v->was = r->was.v;
  v->n_was = r->was.n;
  set_muting(x, r, v);
  set_playbook(x, all, r, v);
  set_renamed(x, r, v);
  size_t rows = evaluation_rows(x->ev, j->plan.domain);
  int32_t *hits = xmalloc((rows + 1) * sizeof *hits),
          *unknown = xmalloc((rows + 1) * sizeof *unknown);
  size_t n_hits = 0, n_unknown = 0;
  for (size_t w = 0; w < bit_words(rows); w++) {
    v->rows += __builtin_popcountll(j->present[w]);
    uint64_t unsure = j->present[w] & ~j->yes[w] & ~j->no[w];
    uint64_t acts = j->yes[w] | (r->unknown == UNKNOWN_FIRE ? unsure : 0);
    for (uint64_t b = acts; b; b &= b - 1)
      hits[n_hits++] = (int32_t)(w * 64 + (size_t)__builtin_ctzll(b));
    if (r->unknown != UNKNOWN_FIRE)
      for (uint64_t b = unsure; b; b &= b - 1)
        unknown[n_unknown++] = (int32_t)(w * 64 + (size_t)__builtin_ctzll(b));
  }
  CHECK(n_hits + n_unknown <= rows); /* a row does one of them, or neither */
  v->unknown = (long)n_unknown;
  bool good = describe_hits(x, j, hits, n_hits, v) && count_missing(x, j, unknown, n_unknown, v);
  free(hits);
  free(unknown);
  return good;
}

/* ---- items that are there already ----------------------------------------------------- */

/* The groups of a domain by their keys, made when the first is asked for. */
static int32_t find_group(struct judge_ctx *x, int domain, const char *key) {
  struct group_rows *g = &x->group_rows[domain];
  for (size_t i = 0; !g->made && i < evaluation_rows(x->ev, domain); i++) {
    const char *group = evaluation_row_key(x->ev, domain, (int32_t)i, x->arena);
    if (group)
      CHECK(!map_put(&g->by_key, x->arena, group, (void *)(intptr_t)(i + 1)));
    else
      g->unknown = (intptr_t)i + 1;
  }
  g->made = true;
  return (int32_t)(key ? (intptr_t)map_get(&g->by_key, key) : g->unknown) - 1;
}

static int32_t find_row(struct judge_ctx *x, int domain, const char *key) {
  const struct domain *d = &x->plan->domains.v[domain];
  if (d->kind == DOM_COMPANY) return 0;
  if (d->kind == DOM_ENTITY) return key ? evaluation_find(x->ev, domain, key) : -1;
  return find_group(x, domain, key);
}

static void take_worth(void *ctx, size_t i, const struct value *values) {
  (void)i;
  *(struct value *)ctx = values[0];
}

/* Today's worth of a row on which the rule does not act. */
static struct value worth_now(struct judge_ctx *x, const struct rule_plan *rp, int32_t row) {
  struct value v = {.known = false};
  if (rp->worth >= 0)
    evaluation_values(x->ev, rp->domain, &row, 1, &rp->worth, 1, take_worth, &v, x->problems);
  return v;
}

struct row_values {
  struct arena *a;
  size_t n;
  const struct value *list;
};

static void take_values(void *ctx, size_t i, const struct value *values) {
  struct row_values *x = ctx;
  (void)i;
  x->list = copied(x->a, values, x->n);
}

/* What the row has of a condition that reads `opened`; NULL: it does not read it. */
static const struct value *settled_values(struct judge_ctx *x, const struct rule_plan *rp,
                                          int32_t row) {
  struct row_values now = {.a = x->arena, .n = rp->settled_parts.n};
  if (!decided_by_items(rp->rule)) return NULL;
  if (!now.n) return copied(x->arena, NULL, 0);
  evaluation_values(x->ev, rp->domain, &row, 1, rp->settled_parts.v, now.n, take_values, &now,
                    x->problems);
  return now.list;
}

struct reasons_now {
  const struct rule_plan *rp;
  struct arena *a;
  const struct because *list;
};

static void take_reasons(void *ctx, size_t i, const struct value *values) {
  struct reasons_now *x = ctx;
  (void)i;
  x->list = all_reasons(x->rp, values, x->a);
}

static const struct because *reasons_of_row(const struct verdicts *v, const struct rule_verdict *rv,
                                            const char *key, size_t *n) {
  struct judge_ctx *x = v->ctx;
  const struct rule_plan *rp = &rv->judged->plan;
  struct reasons_now now = {.rp = rp, .a = x->arena};
  node_list nodes = {0};
  int32_t row = find_row(x, rp->domain, key);
  *n = 0;
  if (row < 0 || !bit_get(rv->judged->present, (size_t)row)) return NULL;
  for (size_t i = 0; i < rp->reasons.n; i++)
    for (int k = 0; k < REASON_NODES; k++) VEC_PUSH(x->arena, &nodes, rp->reasons.v[i].nodes[k]);
  if (!nodes.n || !evaluation_values(x->ev, rp->domain, &row, 1, nodes.v, nodes.n, take_reasons,
                                     &now, x->problems))
    return NULL;
  *n = rp->reasons.n;
  return now.list;
}

static struct standing standing_of(const struct verdicts *v, const struct rule_verdict *rv,
                                   const char *key) {
  struct judge_ctx *x = v->ctx;
  const struct judged *j = rv->judged;
  int32_t row = find_row(x, j->plan.domain, key);
  if (row < 0) return (struct standing){.when = TRUTH_UNKNOWN};
  if (!bit_get(j->present, (size_t)row)) {
    const struct rule *rule = j->plan.rule;
    bool ends = rule && rule->entity && rule->entity->life.ends;
    return (struct standing){.when = TRUTH_UNKNOWN, .ended = ends};
  }
  size_t r = (size_t)row;
  enum truth when = bit_get(j->yes, r)  ? TRUTH_TRUE
                    : bit_get(j->no, r) ? TRUTH_FALSE
                                        : TRUTH_UNKNOWN;
  return (struct standing){.present = true,
                           .when = when,
                           .settled = j->settled && bit_get(j->settled, r),
                           .settled_values = settled_values(x, &j->plan, row),
                           .clear = j->clear && bit_get(j->clear, r) ? TRUTH_TRUE : TRUTH_FALSE,
                           .worth = worth_now(x, &j->plan, row)};
}

struct row_truth verdicts_truth(const struct verdicts *v, size_t rule) {
  CHECK(rule < v->n_rules);
  const struct judged *j = v->rules[rule].judged;
  return (struct row_truth){.domain = j->plan.domain,
                            .n_rows = evaluation_rows(v->ctx->ev, j->plan.domain),
                            .yes = j->yes,
                            .no = j->no,
                            .present = j->present};
}

void verdicts_stopped(const struct verdicts *v, size_t rule, table_days *out) {
  CHECK(rule < v->n_rules);
  const struct judged *j = v->rules[rule].judged;
  *out = (table_days){0};
  if (j->plan.rule) evaluation_stopped(v->ctx->ev, j->plan.when, v->as_of, out);
}

/* ---- all rules ------------------------------------------------------------------------ */

/* Room for the verdicts of every rule on every row: with 10,000 rules what is not needed counts. */
static void make_room(struct judge_ctx *x) {
  uint64_t **there = NEW_N(x->arena, uint64_t *, x->plan->domains.n);
  for (size_t i = 0; i < x->n_rules; i++) {
    struct judged *j = &x->judged[i];
    int domain = j->plan.domain;
    size_t words = bit_words(evaluation_rows(x->ev, domain)) + 1;
    j->yes = NEW_N(x->arena, uint64_t, words);
    j->no = NEW_N(x->arena, uint64_t, words);
    if (j->plan.clear >= 0) j->clear = NEW_N(x->arena, uint64_t, words);
    if (j->plan.settled >= 0) j->settled = NEW_N(x->arena, uint64_t, words);
    if (x->plan->domains.v[domain].kind == DOM_GROUPS) {
      j->present = NEW_N(x->arena, uint64_t, words);
      j->groups = NEW_N(x->arena, uint64_t, words);
      evaluation_groups(x->ev, j->plan.when, j->groups);
      continue;
    }
    if (!there[domain]) there[domain] = NEW_N(x->arena, uint64_t, words);
    /* on one day the same rows are there for all rules of an entity */
    j->present = there[domain];
  }
}

/* The domains of this entry's rules; the plan has those of every other day, too. */
static bool judge_domains(struct judge_ctx *x) {
  bool *judged = NEW_N(x->arena, bool, x->plan->domains.n);
  for (size_t i = 0; i < x->n_rules; i++) {
    int domain = x->judged[i].plan.domain;
    if (judged[domain] || !x->plan->domains.v[domain].materialised) continue;
    judged[domain] = true;
    if (!evaluation_scan(x->ev, domain, judge_chunk, x, x->problems)) return false;
  }
  return true;
}

static bool judge_all(struct judge_ctx *x, const struct verdicts *all, struct rule_verdict *list) {
  x->group_rows = NEW_N(x->arena, struct group_rows, x->plan->domains.n);
  make_room(x);
  if (!judge_domains(x)) return false;
  for (size_t i = 0; i < x->n_rules; i++)
    if (!rule_verdict(x, all, &x->judged[i], &list[i])) return false;
  for (size_t i = 0; i < x->n_targets; i++) {
    size_t k = x->n_rules + i;
    if (!judge_target(x->ev, &x->targets[i], x->arena, &x->judged[k], &list[k], x->problems))
      return false;
  }
  return true;
}

static bool read_kpis(struct judge_ctx *x, struct verdicts *v) {
  struct kpi_day *kpis = NEW_N(x->arena, struct kpi_day, x->entry->n_kpis + 1);
  target_statuses targets = {0};
  for (size_t i = 0; i < x->entry->n_kpis; i++) {
    kpis[i].day = x->entry->day;
    if (!kpi_read(x->ev, x->plan, &x->kpis[i], x->arena, &kpis[i], x->problems)) return false;
  }
  for (size_t i = 0; i < x->n_status; i++)
    if (!target_status(x->ev, &x->status[i], x->arena, &targets, x->problems)) return false;
  v->kpis = kpis;
  v->targets = targets.v;
  v->n_targets = targets.n;
  return true;
}

bool judge_run_entry(struct judge_ctx *x, struct verdicts *v) {
  size_t n = x->n_rules + x->n_targets;
  x->judged = NEW_N(x->arena, struct judged, n + 1);
  for (size_t i = 0; i < x->n_rules; i++) x->judged[i].plan = x->rules[i];
  struct rule_verdict *list = NEW_N(x->arena, struct rule_verdict, n + 1);
  *v = (struct verdicts){.as_of = x->entry->day,
                         .digest = x->entry->rs->digest,
                         .calendar = &x->entry->rs->calendar,
                         .tz = x->entry->rs->tz,
                         .currency = x->entry->rs->currency,
                         .rules = list,
                         .n_rules = n,
                         .standing = standing_of,
                         .reasons = reasons_of_row,
                         .ctx = x};
  v->unreadable = evaluation_unreadable_cells(x->ev, &v->n_unreadable);
  judge_playbooks(x, v);
  return judge_teams(x, v) && judge_all(x, v, list) && read_kpis(x, v);
}
