/* In: a threshold, for whom, a list of values. Out: the line that is varied, and its values. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "backtest/tune.h"
#include "base/check.h"
#include "base/suggest.h"
#include "base/unit.h"
#include "sema/threshold_line.h"
#include "syntax/loader.h"

/* ---- the threshold --------------------------------------------------------------------------- */

static const char *joined_names(const name_list *names, struct arena *a) {
  const char *out = "";
  for (size_t i = 0; i < names->n; i++)
    out = arena_printf(a, "%s%s%s", out, i ? ", " : "", names->v[i]);
  return out;
}

/* The thresholds that a rule uses: what was meant where a rule is named. */
static const char *thresholds_of_rule(const struct ruleset *rs, const char *rule, struct arena *a) {
  name_list names = {0};
  for (size_t i = 0; i < rs->thresholds.n; i++) {
    struct threshold_use use = threshold_use(rs, rs->thresholds.v[i], a);
    for (size_t k = 0; k < use.rules.n; k++)
      if (strcmp(use.rules.v[k], rule) == 0) VEC_PUSH(a, &names, rs->thresholds.v[i]->name);
  }
  return joined_names(&names, a);
}

static bool no_threshold(const struct ruleset *rs, const char *name, struct arena *a,
                         struct diags *problems) {
  name_list names = {0};
  for (size_t i = 0; i < rs->thresholds.n; i++) VEC_PUSH(a, &names, rs->thresholds.v[i]->name);
  const char *near = suggest(name, names.v, names.n);
  const char *of = rule_named(rs, name) ? thresholds_of_rule(rs, name, a) : "";
  if (*of)
    return diag_fail(problems, V0703, "%s is a rule; the thresholds that it uses are: %s", name,
                     of);
  if (near)
    return diag_fail(problems, V0703, "there is no threshold \"%s\": did you mean %s?", name, near);
  if (!names.n)
    return diag_fail(problems, V0703,
                     "these files have no thresholds: give the number a name, `threshold %s = 10`, "
                     "and use it in the rule",
                     name);
  return diag_fail(problems, V0703,
                   "there is no threshold \"%s\" in these files: the name comes first, the rule "
                   "files after it; there are: %s",
                   name, joined_names(&names, a));
}

/* ---- for whom -------------------------------------------------------------------------------- */

/* "Proposal, Enterprise" or "\"Proposal\", \"Enterprise\"": the entries of a table's line. */
static name_list entries_of(const char *text, struct arena *a) {
  name_list out = {0};
  for (const char *p = text; *p;) {
    while (*p == ' ') p++;
    bool quoted = *p == '"';
    const char *end = quoted ? strchrnul(p + 1, '"') : strchrnul(p, ',');
    const char *first = p + quoted;
    size_t n = (size_t)(end - first);
    while (!quoted && n && first[n - 1] == ' ') n--;
    VEC_PUSH(a, &out, arena_strndup(a, first, n));
    p = strchrnul(end, ',');
    if (*p) p++;
  }
  return out;
}

static const char *quoted_entries(const struct threshold_line *l, struct arena *a) {
  return arena_printf(a, "\"%s\"", line_entries(l, "\", \"", a));
}

/* The line of these entries; without one, which there are. */
static bool find_entries(const struct threshold *t, const char *scope, struct arena *a,
                         struct tuning *out, struct diags *problems) {
  const char *known = "", **names = NEW_N(a, const char *, t->lines.n + 1);
  struct threshold_line wanted = {.entries = entries_of(scope ? scope : "", a)};
  size_t n = 0;
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *l = &t->lines.v[i];
    if (!l->entries.n) continue;
    out->scope.entries = l->entries;
    if (scope && same_scope(l, &wanted)) return true;
    bool again = false;
    for (size_t k = 0; k < i; k++) again |= same_scope(&t->lines.v[k], l);
    names[n] = line_entries(l, ", ", a);
    if (again) continue;
    known = arena_printf(a, "%s%s--for '%s'", known, n ? ", " : "", names[n]);
    n++;
  }
  const char *near = scope ? suggest(line_entries(&wanted, ", ", a), names, n) : NULL;
  if (near)
    return diag_fail(problems, V0703, "%s has no line for \"%s\": did you mean --for '%s'?",
                     t->name, scope, near);
  if (scope)
    return diag_fail(problems, V0703, "%s has no line for \"%s\"; there are: %s", t->name, scope,
                     known);
  return diag_fail(problems, V0703, "%s is a table: say which of its lines, %s", t->name, known);
}

static bool find_segment(struct ruleset *rs, const struct threshold *t, const char *scope,
                         struct arena *a, struct tuning *out, struct diags *problems) {
  out->scope.segment = map_get(&rs->segment_names, scope);
  out->scope_text = arena_printf(a, " for %s", scope);
  if (out->scope.segment && segment_uses_threshold(rs, out->scope.segment, t, a))
    return diag_fail(problems, V0704, "%s is made with %s, which can have no line for it", scope,
                     t->name);
  if (out->scope.segment) return true;
  name_list names = {0};
  for (size_t i = 0; i < rs->segments.n; i++) VEC_PUSH(a, &names, rs->segments.v[i]->name);
  const char *near = suggest(scope, names.v, names.n);
  if (near)
    return diag_fail(problems, V0703, "there is no segment \"%s\": did you mean --for %s?", scope,
                     near);
  return diag_fail(problems, V0703,
                   "there is no segment \"%s\": leave --for out to vary %s for everybody", scope,
                   t->name);
}

static bool find_scope(struct ruleset *rs, const struct threshold *t, const char *scope,
                       struct arena *a, struct tuning *out, struct diags *problems) {
  out->scope_text = "";
  if (!t->by.n && !scope) return true;
  if (!t->by.n) return find_segment(rs, t, scope, a, out, problems);
  if (!scope && threshold_line_on(t, NULL, DAY_MAX)) return true;
  if (!find_entries(t, scope, a, out, problems)) return false;
  out->scope_text = arena_printf(a, " for %s", quoted_entries(&out->scope, a));
  return true;
}

/* ---- what it says today ---------------------------------------------------------------------- */

static const struct threshold_line *line_today(const struct threshold *t,
                                               const struct threshold_line *scope, day_t day) {
  struct threshold_line like = *scope;
  const struct threshold_line *l = threshold_line_on(t, &like, day);
  while (!l && like.segment) {
    like.segment = like.segment->inside;
    l = threshold_line_on(t, &like, day);
  }
  return l;
}

static const struct expr *written_value(const struct ruleset *rs, const struct threshold *t,
                                        const struct threshold_line *l) {
  for (size_t i = 0; i < rs->threshold_items.n; i++) {
    const struct ast_item *it = rs->threshold_items.v[i];
    if (rs->thresholds.v[i] != t) continue;
    if (it->head->span.at == l->span.at) return it->head->expr;
    for (size_t k = 0; k < it->body.n; k++)
      if (it->body.v[k]->span.at == l->span.at) return it->body.v[k]->expr;
  }
  UNREACHABLE("a line of a threshold that nobody wrote");
}

bool tuning_of(struct ruleset *rs, const char *name, const char *scope, day_t as_of,
               struct arena *a, struct tuning *out, struct diags *problems) {
  const struct threshold *t = map_get(&rs->threshold_names, name);
  char day[16];
  *out = (struct tuning){.threshold = t};
  if (!t) return no_threshold(rs, name, a, problems);
  if (unit_class(t->type.unit) != CLASS_NUM)
    return diag_fail(problems, V0704, "%s is %s: tune varies numbers and lengths of time", name,
                     unit_doc(t->type.unit));
  if (!find_scope(rs, t, scope, a, out, problems)) return false;
  const struct threshold_line *l = line_today(t, &out->scope, as_of);
  if (!l)
    return diag_fail(problems, V0704, "%s%s has no value on %s: choose a later day with --as-of",
                     name, out->scope_text, day_text(as_of, day));
  out->written = span_text(a, written_value(rs, t, l)->span);
  out->num = l->value.num;
  out->dur = l->dur;
  return true;
}

/* ---- a value --------------------------------------------------------------------------------- */

/* What the text means as the value of a threshold; NULL: it is no value. */
static const struct threshold *read_alone(const char *text, struct arena *a) {
  if (!*text || strpbrk(text, "\"#\r\n")) return NULL;
  const char *source = arena_printf(a, "language 1\nthreshold value_of_tune = %s\n", text);
  struct memory_file file = {"--values", source, strlen(source)};
  struct memory_files memory = {.files = &file, .n = 1};
  struct loader loader = memory_loader(&memory);
  struct load_request request = {.paths = &file.path, .n_paths = 1, .from = &loader};
  struct diags unheard = {.arena = a};
  struct ruleset *rs;
  if (!ruleset_load(&request, a, &rs, &unheard) || rs->diags.errors || rs->thresholds.n != 1)
    return NULL;
  return rs->thresholds.v[0]->lines.n == 1 ? rs->thresholds.v[0] : NULL;
}

static bool same_unit(const struct threshold *a, const struct threshold *b) {
  const char *x = a->type.currency, *y = b->type.currency;
  return a->type.unit == b->type.unit && a->type.counted_in == b->type.counted_in &&
         a->bare == b->bare && a->points == b->points && a->type.per == b->type.per &&
         (x == y || (x && y && strcmp(x, y) == 0));
}

bool tune_value_read(const struct tuning *t, const char *option, const char *text, struct arena *a,
                     struct tune_value *out, struct diags *problems) {
  const struct threshold *v = read_alone(text, a);
  if (!v || !same_unit(v, t->threshold))
    return diag_fail(problems, V0704, "%s takes values such as that of %s today, %s, not \"%s\"",
                     option, t->threshold->name, t->written, text);
  *out = (struct tune_value){text, v->lines.v[0].value.num, v->lines.v[0].dur, false};
  out->today = same_tune_value(t, out, &(struct tune_value){"", t->num, t->dur, true});
  return true;
}

bool same_tune_value(const struct tuning *t, const struct tune_value *a,
                     const struct tune_value *b) {
  if (t->threshold->is_duration) return a->dur.n == b->dur.n && a->dur.unit == b->dur.unit;
  return fabs(a->num - b->num) <= 1e-12 * fabs(a->num);
}

/* ---- several --------------------------------------------------------------------------------- */

/* Durations of different units are put in the order of their usual lengths. */
static double length_of(const struct tuning *t, const struct tune_value *v) {
  static const double days_a_month = 30.44, days_a_business_day = 1.4;
  if (!t->threshold->is_duration) return v->num;
  if (v->dur.unit == DUR_BDAY) return v->dur.n * days_a_business_day;
  return duration_months(v->dur) >= 0 ? duration_months(v->dur) * days_a_month
                                      : duration_days(v->dur);
}

/* In its place; one that is there already is left out. */
static void add_value(const struct tuning *t, tune_values *out, struct tune_value v,
                      struct arena *a) {
  for (size_t i = 0; i < out->n; i++)
    if (same_tune_value(t, &out->v[i], &v)) return;
  VEC_PUSH(a, out, v);
  size_t at = out->n - 1;
  for (; at > 0 && length_of(t, &out->v[at - 1]) > length_of(t, &v); at--)
    out->v[at] = out->v[at - 1];
  out->v[at] = v;
}

static bool add_list(const struct tuning *t, const char *list, tune_values *out, struct arena *a,
                     struct diags *problems) {
  for (const char *p = list; *p;) {
    const char *end = strchrnul(p, ',');
    struct tune_value v = {0};
    while (*p == ' ') p++;
    size_t n = (size_t)(end - p);
    while (n && p[n - 1] == ' ') n--;
    if (!tune_value_read(t, "--values", arena_strndup(a, p, n), a, &v, problems)) return false;
    add_value(t, out, v, a);
    p = *end ? end + 1 : end;
  }
  return true;
}

/* ---- round ones ------------------------------------------------------------------------------ */

enum { ROUND_VALUES = 11, ROUND_TENTHS = 5 /* the first is so many tenths of today's */ };

/* 5, 2.5 or 2 times the power of ten below x, where x is a multiple of it: then all eleven are even
 * steps. Else the largest of 5, 2 and 1 times it. whole: it is a whole number. */
static double round_step(double x, bool whole) {
  static const double heads[] = {5, 2.5, 2, 1};
  double ten = pow(10, floor(log10(x) + 1e-9)), largest = 0;
  for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
    double step = heads[i] * ten, times = x / step;
    if (times < 1 - 1e-9 || (whole && step != floor(step))) continue;
    if (fabs(times - round(times)) < 1e-9) return step;
    if (largest <= 0 && heads[i] != 2.5) largest = step;
  }
  return largest > 0 ? largest : 1;
}

/* The nearest multiple of the step that lies between a half and one and a half of today's. */
static double round_number(double x, double step, double today) {
  double size = round(fabs(x) / step) * step, least = fabs(today) / 2;
  if (size < least) size += step;
  if (size > least * 3) size -= step;
  return x < 0 ? -size : size;
}

/* The number as it is written is varied, and what stands behind it (%, k EUR, d) stays. */
static bool add_round(const struct tuning *t, tune_values *out, struct arena *a,
                      struct diags *problems) {
  char *rest;
  double today = strtod(t->written, &rest);
  bool whole = today == floor(today) && (!*rest || t->threshold->is_duration);
  if (today == 0 || rest == t->written)
    return diag_fail(problems, V0704,
                     "%s is %s today: say which values to try, --values with commas between them",
                     t->threshold->name, t->written);
  double step = round_step(fabs(today) / 10, whole);
  for (int i = 0; i < ROUND_VALUES; i++) {
    double number = round_number(today * (ROUND_TENTHS + i) / 10, step, today);
    struct tune_value v = {0};
    const char *text = arena_printf(a, "%.10g%s", number, rest);
    if (!tune_value_read(t, "--values", text, a, &v, problems)) return false;
    add_value(t, out, v, a);
  }
  return true;
}

bool tune_values_of(const struct tuning *t, const char *list, struct arena *a, tune_values *out,
                    struct diags *problems) {
  *out = (tune_values){0};
  add_value(t, out, (struct tune_value){t->written, t->num, t->dur, true}, a);
  return list ? add_list(t, list, out, a, problems) : add_round(t, out, a, problems);
}

/* ---- a policy that holds it ------------------------------------------------------------------ */

void tune_hold(struct ruleset *rs, const struct tuning *t, const struct tune_value *v) {
  struct threshold *mine = map_get(&rs->threshold_names, t->threshold->name);
  CHECK(mine); /* the same files */
  struct threshold_line held = {.entries = t->scope.entries,
                                .from = DAY_MIN,
                                .value = {.known = true, .type = mine->type, .num = v->num},
                                .dur = v->dur,
                                .span = mine->span};
  if (t->scope.segment) held.segment = map_get(&rs->segment_names, t->scope.segment->name);
  CHECK(!t->scope.segment || held.segment);
  size_t kept = 0;
  for (size_t i = 0; i < mine->lines.n; i++) {
    if (same_scope(&mine->lines.v[i], &held)) continue;
    mine->lines.v[kept++] = mine->lines.v[i];
  }
  mine->lines.n = kept;
  VEC_PUSH(rs->arena, &mine->lines, held);
}
