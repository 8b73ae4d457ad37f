/* Two ways to ask the same. In: a policy and its data. Out: nothing; the process ends where the
 * answers differ. */
#include "oracle.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "format/format.h"
#include "judge/judge.h"
#include "judge/kpi.h"

/* ---- formatting ----------------------------------------------------------------------- */

void oracle_format(const char *text) {
  struct arena *a = arena_new();
  struct diags diags = {.arena = a};
  struct formatted once =
      format_source(a, source_new(a, "policy.vigie", text, strlen(text)), &diags);
  if (once.outcome == FORMAT_UNSAFE) broken("formatting would change the tree");
  if (once.outcome == FORMAT_OK) {
    struct formatted twice =
        format_source(a, source_new(a, "policy.vigie", once.text, once.size), &diags);
    bool same = twice.outcome == FORMAT_OK && strcmp(twice.text, once.text) == 0;
    if (!same) broken("formatting twice is not formatting once");
  }
  arena_free(a);
}

struct ruleset *policy_load(struct arena *a, const char *path) {
  struct ruleset *rs;
  struct diags problems = {.arena = a};
  struct load_request request = {.paths = &path, .n_paths = 1};
  if (!ruleset_load(&request, a, &rs, &problems))
    broken("the rules cannot be read: %s", diags_failure(&problems));
  return rs;
}

static char *types_of(struct ruleset *rs) {
  char *text = NULL;
  size_t n;
  FILE *f = open_memstream(&text, &n);
  ruleset_dump_types(rs, f);
  fclose(f);
  return text;
}

/* The rule set of another text, in the file beside the policy. */
static struct ruleset *load_text(struct arena *a, const char *rules, const char *text) {
  const char *path = arena_printf(a, "%s.other.vigie", rules);
  FILE *f = fopen(path, "w");
  if (!f || fputs(text, f) < 0 || fclose(f) != 0) broken("%s cannot be written", path);
  return policy_load(a, path);
}

static void check_formatted_terms(struct gen *g, struct arena *a, struct ruleset *rs,
                                  const char *rules) {
  struct diags diags = {.arena = a};
  const char *text = policy_text(g);
  struct formatted f = format_source(a, source_new(a, "policy.vigie", text, strlen(text)), &diags);
  if (f.outcome != FORMAT_OK) broken("a policy that is right cannot be formatted");
  struct ruleset *other = load_text(a, rules, f.text);
  if (other->diags.errors) broken("the formatted policy has mistakes");
  char *before = types_of(rs), *after = types_of(other);
  if (strcmp(before, after) != 0) broken("formatting changes the terms");
  free(before);
  free(after);
}

/* ---- verdicts ------------------------------------------------------------------------- */

static bool equal_texts(const char *a, const char *b) {
  return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_number(double a, double b) {
  return a == b || fabs(a - b) <= 1e-9 * (fabs(a) + fabs(b)) + 1e-9;
}

static bool same_hit(const struct hit *a, const struct hit *b) {
  return equal_texts(a->key, b->key) && a->due == b->due && equal_texts(a->owner, b->owner);
}

/* In any order: groups stand in the order in which they were met. */
static bool same_hits(const struct rule_verdict *a, const struct rule_verdict *b) {
  if (a->n_hits != b->n_hits || a->rows != b->rows || a->unknown != b->unknown) return false;
  for (size_t i = 0; i < a->n_hits; i++) {
    size_t k = 0;
    while (k < b->n_hits && !same_hit(&a->hits[i], &b->hits[k])) k++;
    if (k == b->n_hits) return false;
  }
  return true;
}

static struct dataset *open_data(struct arena *a, struct ruleset *rs, const char *db) {
  struct dataset *dataset;
  struct diags problems = {.arena = a};
  if (!dataset_open(db, a, &dataset, &problems)) broken("%s cannot be opened", db);
  if (!load_holidays(rs, dataset, &problems)) broken("the holidays cannot be read");
  if (!load_fiscal_periods(rs, dataset, &problems)) broken("the fiscal periods cannot be read");
  return dataset;
}

/* The verdicts of each day, in the arena; false: the data is refused, and so is any question. */
static bool judge(struct arena *a, struct ruleset *rs, const char *db, const day_t *days, size_t n,
                  struct verdicts **out) {
  struct dataset *dataset = open_data(a, rs, db);
  struct diags problems = {.arena = a};
  struct judge_entry *entries = NEW_N(a, struct judge_entry, n);
  for (size_t i = 0; i < n; i++)
    entries[i] = (struct judge_entry){
        .rs = rs, .day = days[i], .want = WANT_RULES | WANT_TARGETS, .arena = a};
  struct judge_request request = {
      .dataset = dataset, .entries = entries, .n_entries = n, .plan = plan_new(rs, a), .arena = a};
  struct judgement *j = judge_begin(&request);
  bool good = true;
  for (size_t i = 0; good && i < n; i++) good = judge_next(j, &out[i], &problems);
  judge_end(j);
  dataset_close(dataset);
  return good;
}

static const struct rule_verdict *verdict_of(const struct verdicts *v, const char *name) {
  for (size_t i = 0; i < v->n_rules; i++)
    if (strcmp(v->rules[i].rule, name) == 0) return &v->rules[i];
  return NULL;
}

static void check_pairs(struct gen *g, const struct verdicts *v) {
  for (int i = 0; i < g->n_pairs; i++) {
    const struct rule_verdict *a = verdict_of(v, arena_printf(g->arena, "pair%da", i)),
                              *b = verdict_of(v, arena_printf(g->arena, "pair%db", i));
    if (a && b && !same_hits(a, b)) broken("`A and B` is not `B and A`: pair%da and pair%db", i, i);
  }
}

/* The policy without the declaration that begins at the line. */
static const char *text_without(struct gen *g, size_t line) {
  size_t end = line + 1;
  while (end < g->lines.n && g->lines.v[end].text[0] == ' ') end++;
  bool keep[512];
  for (size_t i = line; i < end && i - line < 512; i++)
    keep[i - line] = g->lines.v[i].off, g->lines.v[i].off = true;
  const char *text = policy_text(g);
  for (size_t i = line; i < end && i - line < 512; i++) g->lines.v[i].off = keep[i - line];
  return text;
}

static size_t a_rule(struct gen *g) {
  size_t found = g->lines.n;
  int n = 0;
  for (size_t i = 0; i < g->lines.n; i++)
    if (!g->lines.v[i].off && strncmp(g->lines.v[i].text, "rule ", 5) == 0 &&
        rng_int(&g->rng, 0, n++) == 0)
      found = i;
  return found;
}

static void check_other_rules(struct gen *g, struct arena *a, const struct verdicts *v,
                              const char *rules, const char *db) {
  size_t line = a_rule(g);
  struct verdicts *less;
  if (line == g->lines.n) return;
  struct ruleset *rs = load_text(a, rules, text_without(g, line));
  if (rs->diags.errors) return; /* a test expects it */
  if (!judge(a, rs, db, &v->as_of, 1, &less)) return;
  for (size_t i = 0; i < less->n_rules; i++) {
    const struct rule_verdict *before = verdict_of(v, less->rules[i].rule);
    if (before && !same_hits(before, &less->rules[i]))
      broken("without `%s`, `%s` is another", g->lines.v[line].text, before->rule);
  }
}

static void check_verdict_alone(const struct verdicts *alone, const struct verdicts *series) {
  if (alone->n_rules != series->n_rules) broken("a day alone has other rules than among others");
  for (size_t i = 0; i < alone->n_rules; i++)
    if (!same_hits(&alone->rules[i], &series->rules[i]))
      broken("`%s` is another on a day alone than among others", alone->rules[i].rule);
}

static void check_verdicts(struct gen *g, struct arena *a, struct ruleset *rs, const char *rules,
                           const char *db, day_t day) {
  const day_t days[] = {day - 31, day - 1, day, day + 30};
  struct verdicts *v, *series[4];
  if (!judge(a, rs, db, &day, 1, &v)) return;
  check_pairs(g, v);
  check_other_rules(g, a, v, rules, db);
  if (judge(a, rs, db, days, 4, series)) check_verdict_alone(v, series[2]);
}

/* ---- values --------------------------------------------------------------------------- */

static bool same_value(const struct value *a, const struct value *b) {
  if (!a->known || !b->known) return a->known == b->known;
  return unit_class(a->type.unit) == CLASS_TXT ? equal_texts(a->text, b->text)
                                               : same_number(a->num, b->num);
}

static bool report(struct arena *a, struct ruleset *rs, struct dataset *db, const day_t *days,
                   size_t n, struct kpi_report *out) {
  struct diags problems = {.arena = a};
  const struct kpi_request q = {.rs = rs,
                                .dataset = db,
                                .kpis = rs->kpis.v,
                                .n = rs->kpis.n,
                                .days = days,
                                .n_days = n,
                                .arena = a};
  return kpi_report(&q, out, &problems);
}

static void check_day_alone(const struct kpi_report *alone, const struct kpi_report *series,
                            size_t at) {
  for (size_t i = 0; i < alone->n; i++) {
    const struct kpi_day *a = &alone->series[i].days[0], *b = &series->series[i].days[at];
    bool same = a->n == b->n;
    for (size_t k = 0; same && k < a->n; k++)
      same = same_value(&a->values[k].value, &b->values[k].value) &&
             equal_texts(a->values[k].band, b->values[k].band);
    if (!same)
      broken("%s has other values alone than in a series of days", alone->series[i].kpi->name);
  }
}

static const struct kpi_day *day_of_kpi(const struct kpi_report *r, const char *name) {
  for (size_t i = 0; i < r->n; i++)
    if (strcmp(r->series[i].kpi->name, name) == 0) return &r->series[i].days[0];
  return NULL;
}

static void check_sums(struct gen *g, const struct kpi_report *r) {
  for (int i = 0; i < g->n_pairs; i++) {
    const struct kpi_day *whole = day_of_kpi(r, arena_printf(g->arena, "whole%d", i)),
                         *split = day_of_kpi(r, arena_printf(g->arena, "split%d", i));
    double sum = 0;
    if (!whole || !split || whole->n != 1 || !whole->values[0].value.known) continue;
    for (size_t k = 0; k < split->n; k++)
      sum += split->values[k].value.known ? split->values[k].value.num : 0;
    if (!same_number(sum, whole->values[0].value.num))
      broken("whole%d is %.15g, the groups of split%d make %.15g", i, whole->values[0].value.num, i,
             sum);
  }
}

static void check_values(struct gen *g, struct arena *a, struct ruleset *rs, const char *db,
                         day_t day) {
  struct dataset *dataset = open_data(a, rs, db);
  struct kpi_report alone, series;
  const day_t days[] = {day - 45, day - 1, day, day + 30};
  if (report(a, rs, dataset, &day, 1, &alone)) {
    check_sums(g, &alone);
    if (report(a, rs, dataset, days, 4, &series)) check_day_alone(&alone, &series, 2);
  }
  dataset_close(dataset);
}

void oracle_policy(struct gen *g, struct progress *p, const char *rules, const char *db,
                   const char *day_text_) {
  struct arena *a = arena_new();
  day_t day;
  day_parse(day_text_, strlen(day_text_), &day);
  step(p, "compare the formatted policy");
  struct ruleset *rs = policy_load(a, rules);
  check_formatted_terms(g, a, rs, rules);
  step(p, "compare verdicts");
  check_verdicts(g, a, rs, rules, db, day);
  step(p, "compare values");
  check_values(g, a, rs, db, day);
  arena_free(a);
}
