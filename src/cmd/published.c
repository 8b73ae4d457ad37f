/* What was said against today's answer. In: a state, today's rules, today's data. Out: for each
 * number that was said, what its day gives today, and whether the data or the definition moved it.
 *
 * Each number is asked twice: by today's definition and, where that has changed, by the definition
 * of then, which the state keeps as a text of its own. All of it is one request, so that a table is
 * read once for all days. */
#include "cmd/published.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "action/state.h"
#include "base/check.h"
#include "base/limits.h"
#include "base/text.h"
#include "cmd/dataset.h"
#include "cmd/kpi_days.h"
#include "cmd/progress.h"
#include "judge/dataset_check.h"
#include "judge/judge.h"
#include "sema/definition.h"
#include "sema/hindsight.h"
#include "sema/policy_diff.h"

/* A KPI of a rule set, valued on a day. */
struct ask {
  struct ruleset *rs;
  struct kpi *kpi;
  day_t day;
  struct kpi_day got;
  const char **groups; /* of its values, as they are kept */
  struct map at;       /* the values, by group: index + 1 */
  const char *why;     /* it could not be valued; NULL */
};

/* What was said of one KPI on one day. */
struct said_day {
  const struct published *rows;
  size_t n;
  struct kpi *kpi;    /* NULL: gone */
  const char *digest; /* of its definition today */
  size_t now, then;   /* asks, counted from 1; 0: not asked */
};

/* A definition of then, read once. */
struct old_definition {
  struct ruleset *rs; /* NULL: it cannot be read, or the data has not what it reads */
};

struct comparison {
  const struct args *args;
  struct ruleset *rs;
  struct dataset *dataset;
  struct arena *a;
  struct published_report *out;
  struct diags *problems;
  day_t from, to;
  double tolerance; /* a share of what was said; 0: none */
  VEC(struct said_day) days;
  VEC(struct ask) asks;
  VEC(struct compared) list;
  struct map digests;     /* of today's definitions, by the name of the KPI */
  struct map definitions; /* struct old_definition, by digest */
};

const char *said_status_word(enum said_status s) {
  static const char *const words[] = {
#define STATUS(id, word, doc) word,
#include "cmd/published.def"
#undef STATUS
  };
  CHECK(s < SAID_STATUSES);
  return words[s];
}

/* ---- what is asked -------------------------------------------------------------------- */

static bool read_tolerance(struct comparison *x) {
  const char *text = x->args->tolerance;
  char *end;
  if (!text) return true;
  double percent = strtod(text, &end);
  bool good = end > text && strcmp(end, "%") == 0 && percent >= 0 && isfinite(percent);
  x->tolerance = percent / 100;
  return good ||
         diag_fail(x->problems, V0704, "--tolerance takes a percent, such as 0.1%%, not %s", text);
}

/* From the first day of --from to the last of --to; without them all days, of which the newest is
 * chosen. */
static bool read_span(struct comparison *x) {
  const struct args *args = x->args;
  struct dayrange r;
  x->from = DAY_MIN;
  x->to = x->out->as_of;
  x->out->newest = !args->from && !args->to;
  if (args->every)
    return diag_fail(x->problems, V0704,
                     "--every has no part in --published: every day of which something was said is "
                     "compared. Leave it out");
  if (args->from) {
    if (!days_of_bound(&x->rs->calendar, args->from, &r, x->problems)) return false;
    x->from = r.first;
  }
  if (args->to) {
    if (!days_of_bound(&x->rs->calendar, args->to, &r, x->problems)) return false;
    x->to = r.last;
  }
  return x->from <= x->to ||
         diag_fail(x->problems, V0704, "the span is empty: --from %s comes after %s", args->from,
                   args->to ? arena_printf(x->a, "--to %s", args->to) : "today");
}

static bool is_chosen(const struct comparison *x, const char *name, const struct kpi *k) {
  const char *only = x->args->only;
  return !only || strstr(name, only) || (k && strstr(k->name, only));
}

static bool same_kpi(const struct said_day *d, const struct published *p, const struct kpi *k) {
  return k ? d->kpi == k : !d->kpi && strcmp(d->rows->kpi, p->kpi) == 0;
}

/* Rows come by day, then by KPI. */
static void gather_days(struct comparison *x, const struct published *rows, size_t n) {
  for (size_t i = 0, end; i < n; i = end) {
    end = i + 1;
    while (end < n && rows[end].day == rows[i].day && strcmp(rows[end].kpi, rows[i].kpi) == 0)
      end++;
    struct kpi *k = kpi_called(x->rs, rows[i].kpi);
    struct said_day d = {.rows = &rows[i], .n = end - i, .kpi = k};
    if (is_chosen(x, rows[i].kpi, k)) VEC_PUSH(x->a, &x->days, d);
  }
}

static size_t count_days(const struct comparison *x) {
  size_t n = 0;
  for (size_t i = 0; i < x->days.n; i++)
    n += i == 0 || x->days.v[i].rows->day != x->days.v[i - 1].rows->day;
  return n;
}

static bool said_later(const struct comparison *x, size_t i) {
  const struct said_day *d = &x->days.v[i];
  for (size_t k = x->days.n; k-- > i + 1;)
    if (same_kpi(&x->days.v[k], d->rows, d->kpi) && x->days.v[k].rows->day > d->rows->day)
      return true;
  return false;
}

/* Of each KPI the newest day stays; the days of which nothing is left are counted. */
static void keep_newest(struct comparison *x) {
  size_t kept = 0, before = count_days(x);
  for (size_t i = 0; i < x->days.n; i++)
    if (!said_later(x, i)) x->days.v[kept++] = x->days.v[i];
  x->days.n = kept;
  x->out->more_days = before - count_days(x);
}

static bool read_said(struct comparison *x) {
  struct state *s;
  struct published *rows = NULL;
  size_t n = 0;
  if (!state_open(x->args->state, STATE_READ, x->a, &s, x->problems)) return false;
  bool ok = !s || state_published(s, x->from, x->to, &rows, &n, x->problems);
  state_close(s);
  if (!ok) return false;
  gather_days(x, rows, n);
  if (n && !x->days.n)
    return diag_fail(
        x->problems, V0704,
        "nothing was said of a KPI with \"%s\" in its name: leave --only out to see all",
        x->args->only);
  if (x->days.n) x->out->first_day = x->days.v[0].rows->day;
  if (x->out->newest) keep_newest(x);
  return true;
}

static const char *digest_today(struct comparison *x, const struct kpi *k) {
  const char *digest = map_get(&x->digests, k->name);
  if (digest) return digest;
  digest = definition_digest(kpi_definition(x->rs, k, x->a), x->a);
  map_put(&x->digests, x->a, k->name, (void *)digest);
  return digest;
}

static struct ruleset *read_definition(struct comparison *x, const char *text) {
  struct ruleset *rs = definition_load(text, x->a);
  struct diags quiet = {.arena = x->a};
  return rs && !dataset_check_names(rs, x->dataset) && load_holidays(rs, x->dataset, &quiet) &&
                 load_fiscal_periods(rs, x->dataset, &quiet)
             ? rs
             : NULL;
}

/* The rule set of a definition of then; NULL: it cannot be judged any more. */
static struct ruleset *definition_then(struct comparison *x, const struct published *p) {
  struct old_definition *d = map_get(&x->definitions, p->digest);
  if (!d) {
    d = NEW(x->a, struct old_definition);
    d->rs = read_definition(x, p->definition);
    map_put(&x->definitions, x->a, p->digest, d);
  }
  return d->rs;
}

static size_t add_ask(struct comparison *x, struct ruleset *rs, struct kpi *k, day_t day) {
  struct ask one = {.rs = rs, .kpi = k, .day = day};
  VEC_PUSH(x->a, &x->asks, one);
  return x->asks.n;
}

/* Those of today first: what is asked of one day stands together. */
static void make_asks(struct comparison *x) {
  for (size_t i = 0; i < x->days.n; i++) {
    struct said_day *d = &x->days.v[i];
    if (!d->kpi || d->kpi->entity) continue;
    d->digest = digest_today(x, d->kpi);
    d->now = add_ask(x, x->rs, d->kpi, d->rows->day);
  }
  for (size_t i = 0; i < x->days.n; i++) {
    struct said_day *d = &x->days.v[i];
    d->then = d->now;
    if (!d->now || strcmp(d->rows->digest, d->digest) == 0) continue;
    struct ruleset *rs = definition_then(x, d->rows);
    struct kpi *k = rs ? map_get(&rs->kpi_names, d->rows->kpi) : NULL;
    d->then = k ? add_ask(x, rs, k, d->rows->day) : 0;
  }
}

/* ---- valuing -------------------------------------------------------------------------- */

/* Asks of one rule set and day that stand together are one entry. */
static size_t make_entries(struct comparison *x, const struct ask *asks, size_t n,
                           struct judge_entry *entries) {
  struct kpi **kpis = NEW_N(x->a, struct kpi *, n + 1);
  size_t n_entries = 0;
  for (size_t i = 0; i < n; i++) {
    kpis[i] = asks[i].kpi;
    bool same = i && asks[i].rs == asks[i - 1].rs && asks[i].day == asks[i - 1].day;
    if (!same)
      entries[n_entries++] = (struct judge_entry){
          .rs = asks[i].rs, .day = asks[i].day, .kpis = &kpis[i], .arena = x->a};
    entries[n_entries - 1].n_kpis++;
  }
  return n_entries;
}

static void take_day(struct ask *q, const struct kpi_day *day, struct arena *a) {
  q->got = *day;
  q->groups = NEW_N(a, const char *, day->n + 1);
  for (size_t i = 0; i < day->n; i++) {
    q->groups[i] = published_group(q->kpi, day->values[i].by, a);
    map_put(&q->at, a, q->groups[i], (void *)(uintptr_t)(i + 1));
  }
}

static bool value_asks(struct comparison *x, struct ask *asks, size_t n, struct diags *problems) {
  struct judge_entry *entries = NEW_N(x->a, struct judge_entry, n + 1);
  size_t n_entries = n ? make_entries(x, asks, n, entries) : 0, at = 0;
  if (!n) return true;
  struct judgement *j =
      judge_begin(&(struct judge_request){.dataset = x->dataset,
                                          .entries = entries,
                                          .n_entries = n_entries,
                                          .plan = plan_new(asks[0].rs, x->a),
                                          .arena = x->a,
                                          .progress = x->args->quiet ? NULL : show_progress});
  struct verdicts *v;
  bool good = true;
  for (size_t e = 0; e < n_entries && good; e++) {
    good = judge_next(j, &v, problems);
    for (size_t k = 0; good && k < entries[e].n_kpis; k++) take_day(&asks[at++], &v->kpis[k], x->a);
  }
  judge_end(j);
  return good;
}

/* Each KPI by itself: of one that cannot be valued it is said why, and the others are told. */
static void value_apart(struct comparison *x) {
  bool *tried = NEW_N(x->a, bool, x->asks.n + 1);
  for (size_t i = 0; i < x->asks.n; i++) {
    VEC(struct ask) mine = {0};
    VEC(size_t) at = {0};
    for (size_t k = i; k < x->asks.n && !tried[i]; k++) {
      if (x->asks.v[k].kpi != x->asks.v[i].kpi) continue;
      VEC_PUSH(x->a, &mine, x->asks.v[k]);
      VEC_PUSH(x->a, &at, k);
    }
    struct diags own = {.arena = x->a};
    const char *why = value_asks(x, mine.v, mine.n, &own) ? NULL : diags_failure(&own);
    for (size_t k = 0; k < at.n; k++) {
      x->asks.v[at.v[k]] = mine.v[k];
      x->asks.v[at.v[k]].why = why;
      tried[at.v[k]] = true;
    }
  }
}

/* ---- comparing ------------------------------------------------------------------------ */

static bool is_number(const struct value *v) {
  return v->known && unit_class(v->type.unit) == CLASS_NUM && v->type.unit != U_DATE;
}

static bool same_unit(const struct value *a, const struct value *b) {
  return a->type.unit == b->type.unit && same_text(a->type.currency, b->type.currency);
}

bool comparable(const struct value *a, const struct value *b) {
  return is_number(a) && is_number(b) && same_unit(a, b);
}

/* Money to its minor unit, other numbers to 1e-9 of their size. */
static bool equal(const struct value *a, const struct value *b) {
  enum { PARTS_OF_SIZE = 1000000000 };
  if (!a->known || !b->known) return a->known == b->known;
  if (!same_unit(a, b)) return false;
  if (unit_class(a->type.unit) == CLASS_TXT) return same_text(a->text, b->text);
  if (a->type.unit == U_MONEY && round(a->num) == round(b->num)) return true;
  return fabs(a->num - b->num) <= fmax(fabs(a->num), fabs(b->num)) / PARTS_OF_SIZE;
}

bool compared_parts(const struct compared *c, struct parts *out) {
  enum { DIGITS = 14 }; /* of the larger value: what a double carries through two differences */
  if (!c->said || !comparable(&c->said->value, &c->now)) return false;
  double said = c->said->value.num, size = fmax(fabs(said), fabs(c->now.num));
  int digits = DIGITS - (size > 0 ? (int)ceil(log10(size)) : 0);
  digits = digits < 0 ? 0 : digits;
  double scale = pow(10, digits);
  double all = round((c->now.num - said) * scale),
         data = c->in_parts ? round((c->by_then.num - said) * scale) : 0;
  *out = (struct parts){all / scale, data / scale, (all - data) / scale};
  return true;
}

static bool is_provisional(const struct comparison *x, const struct kpi *k, day_t day) {
  struct duration d = k->final.n ? k->final : (struct duration){FINAL_DAYS, DUR_DAY};
  return x->out->as_of <= day_ahead(&x->rs->calendar, day, d);
}

/* Plain columns that the value of an ask reads for its day: colours are none of it. */
static const name_list *hindsight_of(struct comparison *x, const struct ask *q) {
  day_t now = day_today(x->rs->tz);
  struct hindsight *h = NEW(x->a, struct hindsight);
  struct kpi plain = *q->kpi;
  plain.green = plain.amber = plain.red = (struct band){0};
  *h = (struct hindsight){
      .rs = q->rs, .arena = x->a, .today = x->out->as_of > now ? x->out->as_of : now};
  hindsight_kpi(h, &plain, q->day);
  return h->columns.n ? &h->columns : NULL;
}

static const char *what_changed(struct comparison *x, const struct said_day *d,
                                const struct ask *then) {
  if (!then || then->why) return "that of then cannot be computed on today's data";
  const char *text = policy_kpi_difference(then->kpi, d->kpi, d->rows->day, x->a);
  return text ? text : "what it reads has changed";
}

/* Of a number that differs: by the definition it is restated at once; by the data when it was
 * final, and when today's data can tell. */
static void judge_difference(struct comparison *x, const struct said_day *d, struct compared *c) {
  const struct value none = {.known = false}, *said = c->said ? &c->said->value : &none;
  bool by_data = !c->in_parts || !equal(said, &c->by_then),
       by_definition = c->redefined && (!c->in_parts || !equal(&c->by_then, &c->now));
  const struct ask *then = d->then ? &x->asks.v[d->then - 1] : NULL;
  if (by_data && then) c->hindsight = hindsight_of(x, then);
  if (c->redefined) c->changed = what_changed(x, d, then);
  c->status = by_definition                             ? SAID_RESTATED
              : c->hindsight                            ? SAID_DIFFERS
              : is_provisional(x, d->kpi, d->rows->day) ? SAID_LATE
                                                        : SAID_RESTATED;
}

static bool within_tolerance(const struct comparison *x, const struct compared *c) {
  struct parts p;
  return x->tolerance > 0 && compared_parts(c, &p) &&
         fabs(p.all) <= x->tolerance * fabs(c->said->value.num);
}

static const struct kpi_value *value_of(struct comparison *x, size_t ask, const char *group) {
  if (!ask) return NULL;
  const struct ask *q = &x->asks.v[ask - 1];
  size_t at = (size_t)(uintptr_t)map_get(&q->at, group);
  return at ? &q->got.values[at - 1] : NULL;
}

static void take_values(struct comparison *x, const struct said_day *d, struct compared *c) {
  const struct kpi_value *now = value_of(x, d->now, c->group),
                         *then = value_of(x, d->then, c->group);
  if (now) {
    c->now = now->value;
    c->known = now->known_rows;
    c->rows = now->all_rows;
  }
  if (then) {
    c->by_then = then->value;
    c->then_known = then->known_rows;
  }
  c->in_parts = d->then && c->said && comparable(&c->said->value, &c->by_then) &&
                comparable(&c->by_then, &c->now);
}

static void compare(struct comparison *x, const struct said_day *d, const struct published *said,
                    const char *group) {
  const struct value none = {.known = false};
  struct compared c = {.kpi = d->kpi ? d->kpi->name : d->rows->kpi,
                       .group = group,
                       .day = d->rows->day,
                       .said = said,
                       .status = SAID_SAME};
  if (strcmp(c.kpi, d->rows->kpi) != 0) c.was = d->rows->kpi;
  if (!d->kpi) {
    c.status = SAID_GONE;
  } else if (!d->now || x->asks.v[d->now - 1].why) {
    c.status = SAID_UNTOLD;
    c.why = d->now ? x->asks.v[d->now - 1].why
                   : arena_printf(x->a, "it has a value for each %s now", d->kpi->entity->name);
  } else {
    c.redefined = strcmp(d->rows->digest, d->digest) != 0;
    take_values(x, d, &c);
    if (!equal(said ? &said->value : &none, &c.now)) judge_difference(x, d, &c);
  }
  if (c.status != SAID_SAME && within_tolerance(x, &c))
    x->out->smaller++;
  else
    VEC_PUSH(x->a, &x->list, c);
}

/* What was said, then the groups that have a value today and had none. */
static void compare_day(struct comparison *x, const struct said_day *d) {
  struct map said = {0};
  for (size_t i = 0; i < d->n; i++) {
    compare(x, d, &d->rows[i], d->rows[i].group);
    map_put(&said, x->a, d->rows[i].group, x);
  }
  const struct ask *q = d->now ? &x->asks.v[d->now - 1] : NULL;
  for (size_t i = 0; q && i < q->got.n; i++)
    if (q->got.values[i].value.known && !map_get(&said, q->groups[i]))
      compare(x, d, NULL, q->groups[i]);
}

bool published_report(const struct args *args, struct ruleset *rs, struct dataset *dataset,
                      struct arena *a, struct published_report *out, struct diags *problems) {
  struct comparison x = {
      .args = args, .rs = rs, .dataset = dataset, .a = a, .out = out, .problems = problems};
  struct diags unsaid = {.arena = a};
  *out = (struct published_report){.as_of = day_of_run(args, rs), .first_day = DAY_NONE};
  if (!read_tolerance(&x) || !read_span(&x) || !read_said(&x)) return false;
  make_asks(&x);
  if (!value_asks(&x, x.asks.v, x.asks.n, &unsaid)) value_apart(&x);
  progress_end();
  for (size_t i = 0; i < x.days.n; i++) compare_day(&x, &x.days.v[i]);
  out->list = x.list.v;
  out->n = x.list.n;
  return true;
}
