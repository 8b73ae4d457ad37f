/* Declarations as rows. In: a rule set. Out: a dataset with a row for each rule, KPI, segment,
 * threshold, team and target, and a column for each property of sema/own_subject.def. */
#include <string.h>

#include "base/check.h"
#include "data/memory/memory.h"
#include "lint/own.h"
#include "sema/threshold_line.h"

struct own_rows {
  struct lint *l;
  day_t today;
  struct map tested, targeted; /* rules that a test, KPIs that a target is about */
};

static struct raw_cell unknown(void) { return (struct raw_cell){.stored = STORED_NULL}; }
static struct raw_cell flag(bool yes) { return raw_text(yes ? "true" : "false"); }
static struct raw_cell count(long n) { return raw_real((double)n); }
static struct raw_cell count_said(long n) { return n ? count(n) : unknown(); }

static struct raw_cell day(const struct own_rows *x, day_t d) {
  char buf[16];
  return d == DAY_NONE ? unknown() : raw_text(arena_strdup(x->l->a, day_text(d, buf)));
}

/* In days of the calendar: a week for five business days, 365 days for twelve months. */
static struct raw_cell days(struct duration d) {
  if (d.unit == DUR_BDAY) return count((long)d.n * 7 / 5);
  if (duration_is_months(d)) return count((long)duration_months(d) * 365 / 12);
  return count(duration_days(d));
}

static struct raw_cell days_said(const struct own_rows *x, const struct length *length) {
  return length_is_said(length) ? days(length_on(length, x->today)) : unknown();
}

static struct raw_cell file(struct span at) { return raw_text(at.src ? at.src->path : NULL); }

static struct raw_cell entity(const struct entity *e) { return raw_text(e ? e->name : NULL); }

/* ---- rules ---------------------------------------------------------------------------- */

#define CELL(subject, property)                                                   \
  static struct raw_cell cell_of_##subject##_##property(const struct own_rows *x, \
                                                        const struct subject *d)

struct walk {
  struct map seen;
  struct arena *a;
  long kpis, longest;
  day_t today;
};

static void look_at(void *ctx, const struct term *t) {
  struct walk *w = ctx;
  if (t->kind == T_KPI && !map_put(&w->seen, w->a, t->kpi->name, w)) w->kpis++;
  if (t->kind != T_FOR) return;
  long n = (long)days(term_duration(t, w->today)).r;
  if (n > w->longest) w->longest = n;
}

static struct walk walk_over(const struct own_rows *x, const struct rule *r, bool condition) {
  struct walk w = {.a = x->l->a, .today = x->today};
  if (condition)
    term_walk(r->when, look_at, &w);
  else
    rule_walk(r, look_at, &w);
  return w;
}

CELL(rule, name) { return (void)x, raw_text(d->name); }
CELL(rule, file) { return (void)x, file(rule_span(d)); }
CELL(rule, sentence) { return (void)x, flag(!d->named); }
CELL(rule, entity) { return (void)x, entity(d->entity); }
CELL(rule, grouped) { return (void)x, flag(d->dims.n); }
CELL(rule, team) { return (void)x, raw_text(d->team ? d->team->name : NULL); }
CELL(rule, priority) { return (void)x, raw_text(d->priority); }
CELL(rule, due) { return d->due.kind == DUE_AFTER_OPENING ? days_said(x, &d->due.dur) : unknown(); }
CELL(rule, has_due) { return (void)x, flag(d->due.kind != DUE_NONE); }
CELL(rule, has_do) { return (void)x, flag(d->action.n || d->playbook); }
CELL(rule, playbook) { return (void)x, raw_text(d->playbook ? d->playbook->name : NULL); }
CELL(rule, has_worth) { return (void)x, flag(d->worth); }
CELL(rule, has_once) { return (void)x, flag(d->once); }
CELL(rule, has_clear) { return (void)x, flag(d->clear); }
CELL(rule, has_settled) { return (void)x, flag(d->settled); }
CELL(rule, escalates) { return (void)x, flag(d->levels.n); }
CELL(rule, reminds) { return days_said(x, &d->reminds); }
CELL(rule, lasting) { return count_said(walk_over(x, d, true).longest); }
CELL(rule, at_most) { return (void)x, count_said(d->at_most); }
CELL(rule, kpis) { return count(walk_over(x, d, false).kpis); }
CELL(rule, owner) { return (void)x, raw_text(d->responsible); }
CELL(rule, means) { return (void)x, raw_text(d->means); }
CELL(rule, tested) { return flag(map_get(&x->tested, d->name)); }
CELL(rule, if_unknown) {
  (void)x;
  switch (d->unknown) {
    case UNKNOWN_REPORT: return raw_text("report");
    case UNKNOWN_FIRE: return raw_text("fire");
    case UNKNOWN_IGNORE: return raw_text("ignore");
  }
  UNREACHABLE("a policy about unknown rows that is none");
}

/* ---- the others ----------------------------------------------------------------------- */

CELL(kpi, name) { return (void)x, raw_text(d->name); }
CELL(kpi, file) { return (void)x, file(d->span); }
CELL(kpi, entity) { return (void)x, entity(d->entity); }
CELL(kpi, grouped) { return (void)x, flag(d->dims.n); }
CELL(kpi, owner) { return (void)x, raw_text(d->owner); }
CELL(kpi, means) { return (void)x, raw_text(d->means); }
CELL(kpi, decides) { return (void)x, raw_text(d->decides); }
CELL(kpi, strategic) { return (void)x, flag(d->strategic); }
CELL(kpi, published) { return (void)x, flag(d->published); }
CELL(kpi, leading) { return (void)x, flag(d->leading); }
CELL(kpi, lagging) { return (void)x, flag(d->lagging); }
CELL(kpi, better) {
  return (void)x, raw_text(d->better > 0 ? "higher" : d->better < 0 ? "lower" : NULL);
}
CELL(kpi, has_bands) { return (void)x, flag(d->green.set || d->amber.set || d->red.set); }
CELL(kpi, has_target) { return flag(map_get(&x->targeted, d->name)); }
CELL(kpi, rules) { return count(uses_of(&x->l->facts.kpis, d->name)->rules); }

CELL(segment, name) { return (void)x, raw_text(d->name); }
CELL(segment, file) { return (void)x, file(d->span); }
CELL(segment, entity) { return (void)x, entity(d->entity); }
CELL(segment, inside) { return (void)x, raw_text(d->inside ? d->inside->name : NULL); }
CELL(segment, means) { return (void)x, raw_text(d->means); }
CELL(segment, rules) { return count(uses_of(&x->l->facts.segments, d->name)->rules); }

CELL(threshold, name) { return (void)x, raw_text(d->name); }
CELL(threshold, file) { return (void)x, file(d->span); }
CELL(threshold, owner) { return (void)x, raw_text(d->owner); }
CELL(threshold, means) { return (void)x, raw_text(d->means); }
CELL(threshold, has_review) { return (void)x, flag(d->has_review); }
CELL(threshold, reviewed) { return day(x, d->reviewed); }
CELL(threshold, lines) { return (void)x, count((long)d->lines.n); }
CELL(threshold, explained) {
  bool all = true;
  (void)x;
  for (size_t i = 0; i < d->lines.n; i++) all &= d->lines.v[i].because != NULL;
  return flag(all);
}
CELL(threshold, rules) { return count(uses_of(&x->l->facts.thresholds, d->name)->rules); }

CELL(team, name) { return (void)x, raw_text(d->name); }
CELL(team, file) { return (void)x, file(d->span); }
CELL(team, assigns) { return (void)x, flag(d->assigns || d->turn.n); }
CELL(team, capacity) { return (void)x, count_said(d->capacity); }
CELL(team, escalates_to) { return (void)x, raw_text(d->escalates_to); }

CELL(target, name) { return (void)x, raw_text(d->name); }
CELL(target, file) { return (void)x, file(d->span); }
CELL(target, kpi) { return (void)x, raw_text(d->kpi->name); }
CELL(target, grouped) { return (void)x, flag(d->dims.n); }
CELL(target, owner) { return (void)x, raw_text(d->owner); }
CELL(target, means) { return (void)x, raw_text(d->means); }
CELL(target, checked) { return (void)x, flag(d->check); }
CELL(target, day) {
  day_t on;
  return term_common_day(d->by, x->today, &x->l->rs->calendar, &on) ? day(x, on) : unknown();
}

/* ---- tables --------------------------------------------------------------------------- */

#define LIST_OF_rule rules
#define LIST_OF_kpi kpis
#define LIST_OF_segment segments
#define LIST_OF_threshold thresholds
#define LIST_OF_team teams
#define LIST_OF_target targets

#define SUBJECT(word, title)                                                              \
  static size_t count_of_##word(const struct lint *l) { return l->rs->LIST_OF_##word.n; } \
  static struct span place_of_##word(const struct lint *l, size_t i) {                    \
    return l->rs->LIST_OF_##word.v[i]->span;                                              \
  }                                                                                       \
  static const char *name_of_##word(const struct lint *l, size_t i) {                     \
    return l->rs->LIST_OF_##word.v[i]->name;                                              \
  }
#include "sema/own_subject.def"

static const struct list {
  size_t (*count)(const struct lint *l);
  struct span (*place)(const struct lint *l, size_t i);
  const char *(*name)(const struct lint *l, size_t i);
} lists[] = {
#define SUBJECT(word, title) {count_of_##word, place_of_##word, name_of_##word},
#include "sema/own_subject.def"
};

size_t own_count(const struct lint *l, enum own_subject s) {
  CHECK(s < OWN_SUBJECTS);
  return lists[s].count(l);
}

struct span own_place(const struct lint *l, enum own_subject s, size_t i) {
  CHECK(i < own_count(l, s));
  return s == OWN_rule ? rule_span(l->rs->rules.v[i]) : lists[s].place(l, i);
}

const char *own_name(struct lint *l, enum own_subject s, size_t i) {
  CHECK(i < own_count(l, s));
  if (s == OWN_rule) return rule_title(l, l->rs->rules.v[i]);
  if (s == OWN_target)
    return arena_printf(l->a, "the target `%s`", lint_quote(l, l->rs->targets.v[i]->expr->span));
  return arena_printf(l->a, "the %s `%s`", own_subject_title(s), lists[s].name(l, i));
}

/* Of the declaration at i. */
#define PROPERTY(subject, name, type, values, doc)                                        \
  static struct raw_cell cell_at_##subject##_##name(const struct own_rows *x, size_t i) { \
    return cell_of_##subject##_##name(x, x->l->rs->LIST_OF_##subject.v[i]);               \
  }
#include "sema/own_subject.def"

/* In the order of own_properties: both are made of the same table. */
static struct raw_cell (*const cells_at[])(const struct own_rows *x, size_t i) = {
#define PROPERTY(subject, name, type, values, doc) cell_at_##subject##_##name,
#include "sema/own_subject.def"
};

static struct memory_table table_of(const struct own_rows *x, enum own_subject s) {
  struct arena *a = x->l->a;
  size_t n = own_count(x->l, s), first = 0, width = 0;
  while (own_properties[first].of != s) first++;
  while (first + width < n_own_properties && own_properties[first + width].of == s) width++;
  const char **columns = NEW_N(a, const char *, width + 1);
  const struct raw_cell **rows = NEW_N(a, const struct raw_cell *, n + 1);
  for (size_t c = 0; c < width; c++) columns[c] = own_properties[first + c].name;
  for (size_t i = 0; i < n; i++) {
    struct raw_cell *cells = NEW_N(a, struct raw_cell, width);
    for (size_t c = 0; c < width; c++) cells[c] = cells_at[first + c](x, i);
    rows[i] = cells;
  }
  return (struct memory_table){.name = own_subject_word(s),
                               .columns = columns,
                               .n_columns = width,
                               .rows = rows,
                               .n_rows = n};
}

struct dataset *own_dataset(struct lint *l) {
  struct own_rows x = {.l = l, .today = l->options->today};
  struct memory_table tables[OWN_SUBJECTS];
  note_tested(l, &x.tested);
  for (size_t i = 0; i < l->rs->targets.n; i++)
    map_put(&x.targeted, l->a, l->rs->targets.v[i]->kpi->name, l);
  for (int s = 0; s < OWN_SUBJECTS; s++) tables[s] = table_of(&x, (enum own_subject)s);
  return memory_dataset("the rule files", tables, OWN_SUBJECTS, l->a);
}
