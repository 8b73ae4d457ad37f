/* In: a rule in two versions. Out: a row on which only one of them acts, as a test.
 *
 * Rows are tried, hundreds at a time, with values at and around every bound that the conditions
 * name: the engine itself judges them, as rows of a test. What is printed was run on both
 * versions. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "diff/proof.h"
#include "syntax/loader.h"
#include "test/day.h"
#include "test/suite.h"

enum {
  ROWS_TRIED = 400,
  VALUES_MAX = 60,
  LEAVES_MAX = 12,
  PAST_MIN = 100,
  SCORE_MOST = 100,
  PROVEN_MAX = 8,
  ITEMS_MAX_TRIED = 2,
  HOLES_IN = 3 /* of so many values one is left out, in rows with holes */
};

#define LEFT_OUT ((size_t)-1)

/* A test expects something, also one that is only looked at. */
#define ANYTHING "  expect exactly 0\n"

/* A value of the row that the conditions read: an attribute or a KPI, now or some time ago. */
struct leaf {
  const char *name;
  const struct term *term; /* T_ATTR or T_KPI */
  struct duration ago;     /* n 0: on the day */
  int past;                /* the leaf that is this one some time ago; -1: none */
  VEC(const char *) values;
  size_t
      first; /* so many of them are tried first; the others, and holes, where those show nothing */
};

struct trying {
  const struct proof_request *q;
  const struct rule *rules[2];
  struct arena *a;
  struct leaf leaves[LEAVES_MAX];
  size_t n;
  const char *why;
  VEC(const struct value *) bounds; /* the constants that the conditions name */
  VEC(double) days;                 /* lengths of time, in days */
};

/* ---- what the conditions read ---------------------------------------------------------------- */

static void read_term(struct trying *w, const struct term *t, struct duration ago);

/* Does the version give rows of the entity a value of the name? */
static bool names_value(const struct ruleset *rs, const char *entity, const char *name) {
  const struct kpi *k = map_get(&rs->kpi_names, name);
  const struct entity *e = map_get(&rs->entity_names, entity);
  if (k && k->entity && strcmp(k->entity->name, entity) == 0) return true;
  for (size_t i = 0; e && i < e->attrs.n; i++)
    if (strcmp(e->attrs.v[i]->name, name) == 0) return true;
  return false;
}

static int add_leaf(struct trying *w, const struct term *t, struct duration ago) {
  const char *name = t->kind == T_ATTR ? t->attr->name : t->kpi->name;
  for (size_t i = 0; i < w->n; i++)
    if (strcmp(w->leaves[i].name, name) == 0 && w->leaves[i].ago.n == ago.n &&
        w->leaves[i].ago.unit == ago.unit)
      return (int)i;
  if (w->n == LEAVES_MAX) {
    w->why = "it reads too many values to try them all";
    return -1;
  }
  w->leaves[w->n] = (struct leaf){.name = name, .term = t, .ago = ago, .past = -1};
  return (int)w->n++;
}

static void add_bound(struct trying *w, const struct value *v) {
  if (v->known) VEC_PUSH(w->a, &w->bounds, v);
}

static void add_days(struct trying *w, struct duration d) {
  double days = duration_days(d);
  if (days < 0) days = duration_months(d) >= 0 ? duration_months(d) * 30.0 : d.n * 1.4;
  VEC_PUSH(w->a, &w->days, days);
}

static void add_entries(struct trying *w, const struct threshold_line *l) {
  for (size_t i = 0; i < l->entries.n; i++) {
    struct value *v = NEW(w->a, struct value);
    *v = (struct value){.type = {.unit = U_TEXT}, .known = true, .text = l->entries.v[i]};
    add_bound(w, v);
  }
}

static void read_threshold(struct trying *w, const struct threshold *th) {
  for (size_t i = 0; i < th->lines.n; i++) {
    const struct threshold_line *l = &th->lines.v[i];
    add_entries(w, l);
    struct value *v = NEW(w->a, struct value);
    if (th->is_duration) add_days(w, l->dur);
    if (th->is_duration) continue;
    *v = l->value;
    v->known = true;
    add_bound(w, v);
    if (l->segment) read_term(w, l->segment->term, (struct duration){0});
  }
}

#define OF_COMPANY "it reads a number of the company or of groups"

static bool is_of_company(const struct term *t) { return t->kind == T_KPI && !t->kpi->entity; }

/* The value now and some time ago, so that movements can be tried. */
static void read_moved(struct trying *w, const struct term *what, struct duration dur) {
  if (what->kind != T_ATTR && what->kind != T_KPI) {
    read_term(w, what, (struct duration){0});
    read_term(w, what, dur);
    return;
  }
  if (is_of_company(what)) {
    w->why = OF_COMPANY;
    return;
  }
  int now = add_leaf(w, what, (struct duration){0}), past = add_leaf(w, what, dur);
  if (now >= 0 && past >= 0) w->leaves[now].past = past;
}

static void read_name(struct trying *w, const struct term *t, struct duration ago) {
  if (t->kind == T_ATTR && t->attr->kind == ATTR_COMPUTED)
    read_term(w, t->attr->term, ago);
  else if (is_of_company(t))
    w->why = OF_COMPANY;
  else
    add_leaf(w, t, ago);
}

static void read_term(struct trying *w, const struct term *t, struct duration ago) {
  if (!t || w->why) return;
  switch ((int)t->kind) {
    case T_ATTR:
    case T_KPI: read_name(w, t, ago); return;
    case T_CONST: add_bound(w, &t->value); return;
    case T_THRESHOLD: read_threshold(w, t->threshold); break;
    case T_SEGMENT: read_term(w, t->segment->term, ago); return;
    case T_PARENT: w->why = "it reads another row, along `belongs to`"; return;
    case T_AGG: w->why = "it counts or adds up rows in its condition"; return;
    case T_EACH:
    case T_FOR:
    case T_ASOF:
    case T_ON: w->why = "it looks at many days, or at a day of its own"; return;
    case T_MATCHES: w->why = "it compares texts with a pattern"; return;
    case T_AGO: read_term(w, t->a, t->dur); return;
    case T_MOVE:
    case T_MOVE_CMP:
      read_moved(w, t->a, t->dur);
      read_term(w, t->b, ago);
      return;
    case T_WITHIN:
    case T_OLDER: add_days(w, t->dur); break;
    default: break;
  }
  const struct term *const kids[] = {t->a, t->b, t->c};
  for (int i = 0; i < 3; i++) read_term(w, kids[i], ago);
  for (size_t i = 0; i < t->list.n; i++) read_term(w, t->list.v[i], ago);
}

/* A test is run on both versions: what it gives has one name in both. */
static void check_names(struct trying *w) {
  for (size_t i = 0; i < w->n && !w->why; i++) {
    const struct term *t = w->leaves[i].term;
    const char *name = w->leaves[i].name;
    CHECK(t->kind == T_ATTR || t->kpi->entity); /* those of the company are no leaves */
    const struct entity *e = t->kind == T_ATTR ? t->attr->entity : t->kpi->entity;
    const char *of = arena_printf(w->a, "%s %s", t->kind == T_ATTR ? "attribute" : "kpi", name);
    bool old = names_value(w->q->old, e->name, name), now = names_value(w->q->now, e->name, name);
    if (old && now) continue;
    const struct kpi *k = kpi_called(w->q->now, name);
    bool renamed = k && (k->was.n || !now);
    w->why = t->kind == T_KPI && renamed
                 ? arena_printf(w->a, "%s was renamed in the same edit: no test fits both", of)
                 : arena_printf(w->a, "%s is %s: no test fits both", of, old ? "gone" : "new");
  }
}

/* Does the formula of one leaf read another? Then that one is given, and the first computed. */
static bool reads(const struct term *t, const char *name) {
  if (!t) return false;
  if (t->kind == T_KPI) return strcmp(t->kpi->name, name) == 0 || reads(t->kpi->term, name);
  if (t->kind == T_ATTR) return strcmp(t->attr->name, name) == 0;
  const struct term *const kids[] = {t->a, t->b, t->c};
  for (int i = 0; i < 3; i++)
    if (reads(kids[i], name)) return true;
  for (size_t i = 0; i < t->list.n; i++)
    if (reads(t->list.v[i], name)) return true;
  return false;
}

static void drop_computed(struct trying *w) {
  size_t kept = 0;
  bool computed[LEAVES_MAX] = {0};
  int place[LEAVES_MAX];
  for (size_t i = 0; i < w->n; i++)
    for (size_t k = 0; k < w->n; k++)
      computed[i] |= w->leaves[i].term->kind == T_KPI && i != k &&
                     strcmp(w->leaves[i].name, w->leaves[k].name) != 0 &&
                     reads(w->leaves[i].term->kpi->term, w->leaves[k].name);
  for (size_t i = 0; i < w->n; i++) {
    place[i] = computed[i] ? -1 : (int)kept;
    if (!computed[i]) w->leaves[kept++] = w->leaves[i];
  }
  w->n = kept;
  for (size_t i = 0; i < w->n; i++)
    if (w->leaves[i].past >= 0) w->leaves[i].past = place[w->leaves[i].past];
}

/* ---- values to try --------------------------------------------------------------------------- */

static void add_text(struct trying *w, struct leaf *l, const char *text) {
  for (size_t i = 0; i < l->values.n; i++)
    if (strcmp(l->values.v[i], text) == 0) return;
  if (l->values.n < VALUES_MAX) VEC_PUSH(w->a, &l->values, text);
}

/* As it is written in a rule file. */
static void add_number(struct trying *w, struct leaf *l, const struct type *t, double num) {
  if (!isfinite(num) || (num < 0 && (t->unit == U_COUNT || t->unit == U_SCORE))) return;
  if (t->unit == U_SCORE && num > SCORE_MOST) return;
  if (t->unit == U_COUNT) num = floor(num);
  if (t->unit == U_MONEY)
    add_text(w, l,
             arena_printf(w->a, "%.15g %s", num / currency_minor(t->currency),
                          t->currency ? t->currency : ""));
  else if (t->percent)
    add_text(w, l, arena_printf(w->a, "%.15g%%", num * 100));
  else
    add_text(w, l, arena_printf(w->a, "%.15g", num));
}

static double step_of(const struct type *t) {
  return t->unit == U_MONEY ? currency_minor(t->currency) : t->percent ? 0.01 : 1;
}

static void add_numbers(struct trying *w, struct leaf *l, const struct type *t) {
  double step = step_of(t);
  add_number(w, l, t, PAST_MIN * step); /* first: what things moved from */
  for (size_t i = 0; i < w->bounds.n; i++) {
    const struct value *b = w->bounds.v[i];
    if (unit_class(b->type.unit) != CLASS_NUM || b->text) continue;
    double at = b->type.unit == U_MONEY || t->unit != U_MONEY ? b->num : b->num * step;
    for (int k = -1; k <= 1; k++) add_number(w, l, t, at + k * step);
    /* a value that moved by this: from a hundred, and from the bound itself */
    for (int k = -1; k <= 1; k++) {
      add_number(w, l, t, PAST_MIN * step * (1 - b->num) + k * step);
      add_number(w, l, t, PAST_MIN * step * (1 + b->num) + k * step);
      add_number(w, l, t, PAST_MIN * step - at + k * step);
      add_number(w, l, t, PAST_MIN * step + at + k * step);
    }
  }
  add_number(w, l, t, 0);
  add_number(w, l, t, step);
}

/* Of `-3` the bound is the 3. */
static void add_negatives(struct trying *w, struct leaf *l, const struct type *t) {
  for (size_t i = 0; i < w->bounds.n; i++) {
    const struct value *b = w->bounds.v[i];
    double step = step_of(t),
           at = b->type.unit == U_MONEY || t->unit != U_MONEY ? b->num : b->num * step;
    if (unit_class(b->type.unit) != CLASS_NUM || b->text) continue;
    for (int k = -1; k <= 1; k++) add_number(w, l, t, k * step - at);
  }
}

static void add_dates(struct trying *w, struct leaf *l) {
  char buf[16];
  const double near[] = {-400, -1, 0, 1, 400};
  for (size_t i = 0; i < sizeof near / sizeof *near; i++)
    add_text(w, l, arena_strdup(w->a, day_text(w->q->day + (day_t)near[i], buf)));
  for (size_t i = 0; i < w->days.n; i++)
    for (int k = -1; k <= 1; k++) {
      day_t d = (day_t)w->days.v[i] + k;
      add_text(w, l, arena_strdup(w->a, day_text(w->q->day + d, buf)));
      add_text(w, l, arena_strdup(w->a, day_text(w->q->day - d, buf)));
    }
  for (size_t i = 0; i < w->bounds.n; i++)
    if (w->bounds.v[i]->type.unit == U_DATE)
      for (int k = -1; k <= 1; k++)
        add_text(w, l, arena_strdup(w->a, day_text((day_t)w->bounds.v[i]->num + k, buf)));
}

/* As it is written in a rule file. */
static const char *in_quotes(const char *text, struct arena *a) {
  char *out = arena_alloc(a, 2 * strlen(text) + 3), *at = out;
  *at++ = '"';
  for (; *text; *at++ = *text++)
    if (*text == '"' || *text == '\\') *at++ = '\\';
  strcpy(at, "\"");
  return out;
}

static void add_texts(struct trying *w, struct leaf *l) {
  const struct attr *at = l->term->kind == T_ATTR ? l->term->attr : NULL;
  for (size_t i = 0; at && i < at->one_of.n; i++)
    if (at->one_of.v[i]->name) add_text(w, l, in_quotes(at->one_of.v[i]->name, w->a));
  if (at && at->one_of.n) return;
  for (size_t i = 0; i < w->bounds.n; i++)
    if (w->bounds.v[i]->text) add_text(w, l, in_quotes(w->bounds.v[i]->text, w->a));
  add_text(w, l, "\"something else\"");
}

static void add_values(struct trying *w, struct leaf *l) {
  struct type t = l->term->type;
  if (l->term->kind == T_KPI) t.percent |= l->term->kpi->percent;
  if (t.unit == U_FLAG) {
    add_text(w, l, "true");
    add_text(w, l, "false");
  } else if (t.unit == U_DATE) {
    add_dates(w, l);
  } else if (unit_class(t.unit) == CLASS_TXT) {
    add_texts(w, l);
  } else {
    add_numbers(w, l, &t);
  }
  l->first = l->values.n;
  if (unit_class(t.unit) == CLASS_NUM) add_negatives(w, l, &t);
}

/* ---- rows ------------------------------------------------------------------------------------ */

static unsigned roll(unsigned *seed) { return (*seed = *seed * 1103515245U + 12345U) >> 8; }

/* What is left out of a row is not known. */
static const char *facts_of(struct trying *w, const size_t *choice) {
  char buf[16];
  const char *text = "";
  for (size_t i = 0; i < w->n; i++) {
    const struct leaf *l = &w->leaves[i];
    const char *ago = l->ago.n ? arena_printf(w->a, " %s ago", duration_text(l->ago, buf)) : "";
    if (choice[i] == LEFT_OUT) continue;
    text = arena_printf(w->a, "%s%s%s%s %s", text, *text ? ", " : "", l->name, ago,
                        l->values.v[choice[i]]);
  }
  return text;
}

/* hard: of all values, with holes. */
static const char **random_rows(struct trying *w, bool hard) {
  const char **rows = NEW_N(w->a, const char *, ROWS_TRIED);
  unsigned seed = 20260301;
  for (int r = 0; r < ROWS_TRIED; r++) {
    size_t choice[LEAVES_MAX] = {0};
    for (size_t i = 0; i < w->n; i++) {
      size_t n = hard ? w->leaves[i].values.n : w->leaves[i].first;
      choice[i] = roll(&seed) % n;
    }
    for (size_t i = 0; i < w->n; i++) /* half of what moved did so from a hundred */
      if (w->leaves[i].past >= 0 && roll(&seed) % 2) choice[w->leaves[i].past] = 0;
    for (size_t i = 0; hard && i < w->n; i++)
      if (roll(&seed) % HOLES_IN == 0) choice[i] = LEFT_OUT;
    rows[r] = facts_of(w, choice);
  }
  return rows;
}

static const char *rows_text(struct trying *w, const char *const *rows) {
  char day[16];
  const char *entity = w->rules[1]->entity->name;
  const char *text = arena_printf(w->a, "test \"rows tried\"\n  on %s\n", day_text(w->q->day, day));
  size_t n = strlen(text), room = n + 1;
  for (int r = 0; r < ROWS_TRIED; r++) room += strlen(rows[r]) + strlen(entity) + 40;
  room += strlen(ANYTHING);
  char *out = arena_alloc(w->a, room), *at = out;
  at += sprintf(at, "%s", text);
  for (int r = 0; r < ROWS_TRIED; r++)
    at += sprintf(at, "  given %s \"r%d\" %s\n", entity, r, rows[r]);
  sprintf(at, ANYTHING);
  return out;
}

/* The version with one more file, quietly: NULL where a test does not fit it. */
static struct ruleset *load_with(struct trying *w, int side, const char *text) {
  const struct load_request *of = w->q->read[side];
  struct memory_file file = {"(proof)", text, strlen(text)};
  struct memory_files memory = {
      .files = &file, .n = 1, .under = of->from ? of->from : &disk_loader};
  struct loader loader = memory_loader(&memory);
  const char **paths = NEW_N(w->a, const char *, of->n_paths + 1);
  if (of->n_paths) memcpy(paths, of->paths, of->n_paths * sizeof *paths);
  paths[of->n_paths] = file.path;
  struct load_request r = {.paths = paths, .n_paths = of->n_paths + 1, .from = &loader};
  struct ruleset *rs = NULL;
  struct diags unheard = {.arena = w->a};
  return ruleset_load(&r, w->a, &rs, &unheard) && !rs->diags.errors ? rs : NULL;
}

/* For each row whether the rule acts on it; the test is the last of the version. */
static bool judge_rows(struct trying *w, int side, const char *text, bool *acts) {
  struct ruleset *rs = load_with(w, side, text);
  if (!rs || !rs->tests.n) return false;
  struct test_day day;
  day_run(&day, rs, rs->tests.v[rs->tests.n - 1], 0, NULL, 0, w->a, w->a);
  bool good = !day.error;
  for (size_t i = 0; good && i < day.verdicts->n_rules; i++) {
    const struct rule_verdict *v = &day.verdicts->rules[i];
    if (strcmp(v->rule, w->rules[side]->name) != 0) continue;
    for (size_t h = 0; h < v->n_hits; h++) acts[strtol(v->hits[h].key + 1, NULL, 10)] = true;
  }
  day_close(&day);
  return good;
}

/* ---- the test -------------------------------------------------------------------------------- */

/* What the test is called while it is tried: no test of the rules is. */
#define TRIED "(a row that is tried)"

static const char *one_row(struct trying *w, const char *name, const char *facts,
                           const char *expects) {
  char day[16];
  return arena_printf(w->a, "test \"%s\"\n  on %s\n  given %s \"Acme\"%s%s\n%s", name,
                      day_text(w->q->day, day), w->rules[1]->entity->name, *facts ? " " : "", facts,
                      expects);
}

/* All that a test can say of an item. */
static const char *item_expect(struct trying *w, const struct item *i) {
  char day[16];
  const char *text = arena_printf(w->a, "  expect %s ->", i->rule);
  if (i->team) text = arena_printf(w->a, "%s assign %s,", text, i->team);
  if (i->due != DAY_NONE) text = arena_printf(w->a, "%s due %s,", text, day_text(i->due, day));
  text = arena_printf(w->a, "%s priority %s", text, i->priority);
  if (i->worth.known && i->worth.type.unit == U_MONEY)
    text = arena_printf(w->a, "%s, worth %.15g %s", text,
                        i->worth.num / currency_minor(i->worth.type.currency),
                        i->worth.type.currency ? i->worth.type.currency : "");
  if (!strpbrk(i->action, "\"{}\\\n")) text = arena_printf(w->a, "%s, do \"%s\"", text, i->action);
  return arena_printf(w->a, "%s\n", text);
}

/* What the old version says of the row: every rule that acts on it, or that this one does not. In
 * full: all of its item; NULL then where it does not act. NULL: the row does not fit the rules. */
static const char *old_expects(struct trying *w, const char *facts, bool in_full) {
  const char *text = one_row(w, TRIED, facts, ANYTHING), *out = "";
  struct ruleset *rs = load_with(w, 0, text);
  bool named = false;
  if (!rs || !rs->tests.n) return NULL;
  struct test_day day;
  day_run(&day, rs, rs->tests.v[rs->tests.n - 1], 0, NULL, 0, w->a, w->a);
  for (size_t i = 0; !day.error && i < day.n_items; i++) {
    const struct item *it = &day.items[i];
    if (!item_living(it)) continue;
    bool mine = strcmp(it->rule, w->rules[0]->name) == 0;
    /* a few rows say nothing of the company: the test would be about that, too */
    if (!mine && !rule_named(rs, it->rule)->entity) continue;
    out = mine && in_full ? arena_printf(w->a, "%s%s", out, item_expect(w, it))
                          : arena_printf(w->a, "%s  expect %s\n", out, it->rule);
    named |= mine;
  }
  day_close(&day);
  if (named) return out;
  return in_full ? NULL : arena_printf(w->a, "%s  expect no %s\n", out, w->rules[0]->name);
}

enum run_end { DOES_NOT_FIT, FAILS, PASSES };

static enum run_end run_on(struct trying *w, int side, const char *text) {
  struct ruleset *rs = load_with(w, side, text);
  struct suite suite = {0};
  if (!rs) return DOES_NOT_FIT;
  suite_run(rs, TRIED, false, w->a, &suite);
  CHECK(suite.results.n == 1);
  return suite.failed ? FAILS : PASSES;
}

/* Run on both: only what passes on the old version and fails on the new one is shown. A row that
 * does not fit the new version (another rule that acts on it is gone) says nothing of this one. */
static const char *proven(struct trying *w, const char *facts, bool in_full) {
  const char *expects = old_expects(w, facts, in_full);
  const char *text = expects ? one_row(w, TRIED, facts, expects) : NULL;
  if (!text || run_on(w, 0, text) != PASSES || run_on(w, 1, text) != FAILS) return NULL;
  const char *name = w->q->test_name;
  if (!name) name = arena_printf(w->a, "%s shows the difference", w->rules[1]->name);
  return one_row(w, name, facts, expects);
}

/* ---- both ways to ask ------------------------------------------------------------------------ */

/* The rows to try; false: w->why says what stands in the way. */
static bool ready(struct trying *w) {
  if (w->why) return false;
  check_names(w);
  if (w->why) return false;
  drop_computed(w);
  for (size_t i = 0; i < w->n; i++) add_values(w, &w->leaves[i]);
  return true;
}

/* The first of the rows on which the versions differ, as a test. */
static const char *first_difference(struct trying *w, const char *const *rows, bool *now_acts) {
  bool acts[2][ROWS_TRIED] = {{0}};
  const char *text = rows_text(w, rows);
  for (int side = 0; side < 2; side++)
    if (!judge_rows(w, side, text, acts[side])) return NULL;
  for (int r = 0, tried = 0; r < ROWS_TRIED && tried < PROVEN_MAX; r++) {
    if (acts[0][r] == acts[1][r]) continue;
    const char *test = proven(w, rows[r], false);
    *now_acts = acts[1][r];
    tried++;
    if (test) return test;
  }
  return NULL;
}

const char *find_witness(const struct proof_request *q, const struct rule *old,
                         const struct rule *now, struct arena *a, bool *now_acts,
                         const char **why) {
  struct trying w = {.q = q, .rules = {old, now}, .a = a};
  const char *test = NULL;
  for (int side = 0; side < 2; side++) read_term(&w, w.rules[side]->when, (struct duration){0});
  if (!w.why && strcmp(old->name, now->name) != 0) w.why = "it was renamed in the same edit";
  bool all_given = ready(&w);
  *why = w.why;
  for (int hard = 0; all_given && hard < 2 && !test; hard++)
    test = first_difference(&w, random_rows(&w, hard), now_acts);
  return test;
}

const char *find_item_test(const struct proof_request *q, const struct rule *old,
                           const struct rule *now, struct arena *a) {
  struct trying w = {.q = q, .rules = {old, now}, .a = a};
  bool acts[ROWS_TRIED] = {0};
  if (!old->entity) return NULL; /* of groups and the company: sums over many rows */
  read_term(&w, old->when, (struct duration){0});
  if (old->worth) read_term(&w, old->worth, (struct duration){0});
  if (!ready(&w)) return NULL;
  const char **rows = random_rows(&w, false);
  if (!judge_rows(&w, 0, rows_text(&w, rows), acts)) return NULL;
  for (int r = 0, tried = 0; r < ROWS_TRIED && tried < ITEMS_MAX_TRIED; r++) {
    const char *test = acts[r] ? proven(&w, rows[r], true) : NULL;
    tried += acts[r];
    if (test) return test;
  }
  return NULL;
}
