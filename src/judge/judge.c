/* Rules judged. In: an entry of a request, and an evaluation of what was planned for it. Out: for
 * each rule the rows it acts on (their items: hit.c), and the rows it could not judge, with what
 * was missing. */
#include "judge/rule_plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/clock.h"
#include "eval/results.h"
#include "judge/judge.h"
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
    if (x->judged[i].plan.domain == f->domain) {
      double began = x->timed ? clock_seconds() : 0;
      judge_slice(&x->judged[i], f);
      if (x->timed) x->judged[i].seconds[f->worker] += clock_seconds() - began;
    }
  return true;
}

static double seconds_of(const struct judged *j) {
  double sum = 0;
  for (size_t k = 0; k < WORKERS_MAX; k++) sum += j->seconds[k];
  return sum;
}

const char MISSING_NO_INPUT[] = "a value that cannot be computed";

/* ---- what was missing ----------------------------------------------------------------- */

struct missing_count {
  const struct rule_plan *rp;
  struct missing *missing; /* by missing input, and one more for rows of which no name is missing */
};

/* Of which days a row lacks an input, whose values begin at `values`. */
struct lack {
  bool any, now;
  day_t past; /* the one day before; DAY_NONE: none, or several */
};

static struct lack lack_of(const struct missing_input *input, const struct value *values) {
  struct lack l = {.past = DAY_NONE};
  for (size_t m = 0; m < input->nodes.n; m++) {
    day_t on = input->nodes.v[m].on;
    if (values[m].known) continue;
    l.now |= on == DAY_NONE;
    l.past = l.any ? DAY_NONE : on;
    l.any = true;
  }
  return l;
}

static void count_lack(struct missing *m, const struct lack *l) {
  bool same = !l->now && (!m->rows || m->on == l->past);
  m->on = same ? l->past : DAY_NONE;
  m->rows++;
}

static void count_row(void *ctx, size_t i, const struct value *values) {
  struct missing_count *c = ctx;
  (void)i;
  bool any = false;
  for (size_t k = 0; k < c->rp->missing_inputs.n; k++) {
    const struct missing_input *input = &c->rp->missing_inputs.v[k];
    const struct lack l = lack_of(input, values);
    if (l.any) count_lack(&c->missing[k], &l);
    any |= l.any;
    values += input->nodes.n;
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
  if (rp->unread) return true;
  struct missing_count c = {rp, NEW_N(x->arena, struct missing, rp->missing_inputs.n + 1)};
  node_list nodes = {0};
  for (size_t k = 0; k < rp->missing_inputs.n; k++) {
    c.missing[k] = (struct missing){.name = rp->missing_inputs.v[k].name, .on = DAY_NONE};
    for (size_t m = 0; m < rp->missing_inputs.v[k].nodes.n; m++)
      VEC_PUSH(x->arena, &nodes, rp->missing_inputs.v[k].nodes.v[m].node);
  }
  c.missing[rp->missing_inputs.n] = (struct missing){.name = MISSING_NO_INPUT, .on = DAY_NONE};
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
                             .settled_by = j->plan.settled_by,
                             .levels = levels_of(x, r),
                             .n_levels = r->levels.n,
                             .reminds = length_on(&r->reminds, x->entry->day),
                             .reopens = length_on(&r->reopens, x->entry->day),
                             .row_gone_resolves = r->row_gone_resolves,
                             .due_by_once = r->due_by_once,
                             .no_do = !r->action.n,
                             .measured = measured_of(x, &j->plan),
                             .n_measured = j->plan.margins.n,
                             .once_per = r->once != NULL,
                             .report_unknown = r->unknown == UNKNOWN_REPORT,
                             .judged = j,
                             .seconds = seconds_of(j)};
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
  bool good = (x->entry->want & WANT_MARKS
                   ? mark_hits(x, j, hits, n_hits, v)
                   : describe_hits(x, j, &(struct described_rows){hits, NULL, n_hits}, v)) &&
              count_missing(x, j, unknown, n_unknown, v);
  free(hits);
  free(unknown);
  return good;
}

/* ---- what is asked of it afterwards ---------------------------------------------------- */

struct row_truth verdicts_truth(const struct verdicts *v, size_t rule) {
  CHECK(rule < v->n_rules);
  const struct judged *j = v->rules[rule].judged;
  return (struct row_truth){.domain = j->plan.domain,
                            .n_rows = evaluation_rows(v->ctx->ev, j->plan.domain),
                            .yes = j->yes,
                            .no = j->no,
                            .present = j->present};
}

const struct missing *verdicts_missing(const struct verdicts *v, size_t rule, const int32_t *rows,
                                       size_t n_rows, struct arena *a, size_t *n) {
  CHECK(rule < v->n_rules && v->rules[rule].judged->plan.rule);
  struct diags problems = {.arena = a}; /* the same nodes have been computed for the verdict */
  struct judge_ctx x = *v->ctx;
  struct rule_verdict lacks = {0};
  x.arena = a;
  x.problems = &problems;
  bool good = count_missing(&x, v->rules[rule].judged, rows, n_rows, &lacks);
  *n = good ? lacks.n_missing : 0;
  return lacks.missing;
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
    if (!evaluation_scan_shared(x->ev, domain, judge_chunk, x, x->problems)) return false;
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
    bool apart = x->entry->rows && x->kpis[i].kpi->entity;
    struct arena *a = apart ? x->entry->rows : x->arena;
    if (!kpi_read(x->ev, x->plan, &x->kpis[i], a, &kpis[i], x->problems)) return false;
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
  x->verdicts = list;
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
  v->reads = evaluation_reads(x->ev, &v->n_reads);
  judge_playbooks(x, v);
  return judge_teams(x, v) && judge_all(x, v, list) && read_kpis(x, v);
}
