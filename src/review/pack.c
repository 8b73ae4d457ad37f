/* In: KPIs of a quarter, the backtest of a year, items. Out: what to keep, tune, retire or do. */
#include "review/pack.h"

#include <stdlib.h>
#include <string.h>

#include "action/outcome.h"
#include "base/text.h"
#include "eval/row_key.h"
#include "sema/policy_diff.h"
#include "sema/threshold_line.h"

enum {
  TOLD_LEAST = 10,     /* outcomes, for a share */
  FLAP_LEAST = 5,      /* items that came back, for flapping */
  FLOOD_LEAST = 20,    /* items, for a flood */
  FLOOD_DAYS = 14,     /* so many days in which half of the year's items opened */
  LATE_LEAST = 5,      /* late items, for a rule that nobody works */
  OVER_WEEKS_LEAST = 2 /* weeks over capacity */
};

struct judging {
  struct pack *p;
  const struct pack_request *q;
  struct arena *a;
};

const char *verdict_name(enum verdict_word v) {
  static const char *const names[] = {"keep", "tune", "retire", "act"};
  return names[v];
}

/* ---- items of a rule -------------------------------------------------------------------- */

struct told {
  long opened, to_do, late, useful, false_alarm;
  struct value worth; /* of the late ones, one currency */
};

static struct told told_of(const struct judging *j, const char *rule) {
  struct told t = {0};
  for (size_t i = 0; i < j->q->n_items; i++) {
    const struct item *it = j->q->items[i];
    if (strcmp(it->rule, rule) != 0) continue;
    t.opened += it->opened >= j->p->first && it->opened <= j->p->as_of;
    t.to_do += item_to_do(it) && item_counts(it);
    if (item_late(it, j->p->as_of) && item_counts(it)) {
      t.late++;
      if (it->worth.known && !t.worth.known)
        t.worth = it->worth;
      else if (it->worth.known && same_text(it->worth.type.currency, t.worth.type.currency))
        t.worth.num += it->worth.num;
    }
    if (!it->outcome) continue;
    t.useful += strcmp(it->outcome, outcome_name(OUTCOME_USEFUL)) == 0;
    t.false_alarm += strcmp(it->outcome, outcome_name(OUTCOME_FALSE_ALARM)) == 0;
  }
  return t;
}

static const struct score *score_of(const struct pack *p, const char *rule) {
  for (size_t i = 0; p->year && i < p->year->n_rules; i++)
    if (strcmp(p->year->rules[i].rule, rule) == 0) return &p->year->rules[i];
  return NULL;
}

/* The most items of the rule that opened within FLOOD_DAYS, and when these began. */
static long flood_of(const struct pack *p, const char *rule, day_t *since) {
  long most = 0;
  const struct replayed *r = p->year->replayed;
  for (size_t i = 0; i < r->items.n; i++) {
    if (strcmp(r->items.v[i].rule, rule) != 0 || r->items.v[i].opened < p->year->from) continue;
    long n = 0;
    for (size_t k = i; k < r->items.n && r->items.v[k].opened < r->items.v[i].opened + FLOOD_DAYS;
         k++)
      n += strcmp(r->items.v[k].rule, rule) == 0;
    if (n > most) *since = r->items.v[i].opened;
    if (n > most) most = n;
  }
  return most;
}

/* ---- a rule ------------------------------------------------------------------------------- */

static const char *threshold_of(const struct judging *j, const struct rule *r) {
  name_list below = policy_below(r, j->a);
  for (size_t i = 0; i < below.n; i++)
    if (strncmp(below.v[i], "threshold ", 10) == 0) return below.v[i] + 10;
  return NULL;
}

static const char *answers_for(const struct rule *r) {
  if (r->responsible) return r->responsible;
  return r->team ? r->team->name : NULL;
}

/* The year again, with every figure of it; where there is none, today. */
static const char *year_command(const struct judging *j, const char *command) {
  const struct backtest *b = j->p->year;
  char from[16], to[16];
  if (!b) return arena_printf(j->a, "vigie plan%s", j->q->where);
  return arena_printf(j->a, "%s%s --from %s --to %s%s", command, j->q->where,
                      day_text(b->from, from), day_text(b->to, to), j->q->outcome);
}

static const char *tune_command(const struct judging *j, const struct rule *r) {
  const char *th = threshold_of(j, r);
  return year_command(j, th ? arena_printf(j->a, "vigie tune %s", th) : "vigie backtest");
}

static void look_at(struct judging *j, const struct rule *r, enum verdict_word say, const char *why,
                    const char *command, const char *figure) {
  struct rule_review v = {r, say, why, command, answers_for(r), NULL, figure};
  v.agenda = say == RULE_TUNE  ? arena_printf(j->a, "tune %s", r->name)
             : say == RULE_ACT ? arena_printf(j->a, "work the items of %s", r->name)
                               : arena_printf(j->a, "retire %s", r->name);
  VEC_PUSH(j->a, &j->p->rules, v);
}

static bool is_silent(const struct judging *j, const struct rule *r, const struct told *t) {
  const struct score *s = score_of(j->p, r->name);
  return s && !s->opened && !s->carried_in && !t->opened && !t->to_do;
}

/* Is the rule right more often than twice what chance would be? Else it is about something else. */
static bool watches_outcome(const struct pack *p, const struct score *s) {
  const struct base_rate *base = &p->year->base;
  long decided = s->right + s->wrong;
  if (decided < FEW_DECIDED || !base->days) return false;
  return (double)s->right / (double)decided > 2.0 * (double)base->followed / (double)base->days;
}

static bool is_noisy(struct judging *j, const struct rule *r, const struct told *t) {
  const struct score *s = score_of(j->p, r->name);
  long told = t->useful + t->false_alarm;
  day_t since = DAY_NONE;
  char day[16];
  if (told >= TOLD_LEAST && 2 * t->useful < told) {
    look_at(j, r, RULE_TUNE,
            arena_printf(j->a, "%ld of %ld told outcomes were false alarms", t->false_alarm, told),
            tune_command(j, r), arena_printf(j->a, "%ld of %ld useful", t->useful, told));
    return true;
  }
  if (!s) return false;
  if (s->back_again >= FLAP_LEAST && 5 * s->back_again > s->opened) {
    look_at(j, r, RULE_TUNE,
            arena_printf(j->a,
                         "it flaps: %ld of last year's %ld items came back within a week of "
                         "closing; \"clear when\" or \"for 14d\" calms it",
                         s->back_again, s->opened),
            tune_command(j, r),
            arena_printf(j->a, "%ld of %ld back again", s->back_again, s->opened));
    return true;
  }
  long flood = s->opened >= FLOOD_LEAST ? flood_of(j->p, r->name, &since) : 0;
  if (flood < FLOOD_LEAST || 2 * flood < s->opened) return false;
  const char *right =
      watches_outcome(j->p, s)
          ? arena_printf(j->a, "; %ld of %ld decided were right", s->right, s->right + s->wrong)
          : "";
  look_at(j, r, RULE_TUNE,
          arena_printf(j->a, "%ld of last year's %ld items opened in the two weeks from %s%s",
                       flood, s->opened, day_text(since, day), right),
          tune_command(j, r), arena_printf(j->a, "%ld of %ld in two weeks", flood, s->opened));
  return true;
}

static bool is_unworked(struct judging *j, const struct rule *r, const struct told *t) {
  char buf[96];
  if (t->late < LATE_LEAST || 2 * t->late < t->to_do) return false;
  const char *money = t->worth.known
                          ? arena_printf(j->a, ", %s %s", value_text(&t->worth, buf, sizeof buf),
                                         r->measure.name ? r->measure.name : "")
                          : "";
  look_at(j, r, RULE_ACT, arena_printf(j->a, "%ld of %ld are late%s", t->late, t->to_do, money),
          arena_printf(j->a, "vigie items --rule %s%s", r->name, j->q->state),
          arena_printf(j->a, "%ld of %ld late", t->late, t->to_do));
  return true;
}

static void judge_rules(struct judging *j) {
  for (size_t i = 0; i < j->q->rs->rules.n; i++) {
    const struct rule *r = j->q->rs->rules.v[i];
    struct told t = told_of(j, r->name);
    if (is_silent(j, r, &t))
      look_at(j, r, RULE_RETIRE, "no item in the quarter, and none in the last year",
              year_command(j, "vigie backtest"), "silent for a year");
    else if (!is_noisy(j, r, &t) && !is_unworked(j, r, &t))
      j->p->kept++;
    if (!r->responsible && !r->team) VEC_PUSH(j->a, &j->p->ownerless, r->name);
  }
}

static void judge_coverage(struct judging *j) {
  const struct coverage *c = j->p->coverage;
  for (size_t i = 0; c && i < c->rules.n; i++)
    if (!c->rules.v[i].fired && !c->rules.v[i].silent)
      VEC_PUSH(j->a, &j->p->untested, c->rules.v[i].rule->name);
}

/* ---- thresholds ---------------------------------------------------------------------------- */

static const char *values_of(const struct judging *j, const struct threshold *t) {
  const char *text = NULL, *apart = "";
  for (size_t i = 0; i < t->lines.n; i++) {
    const struct threshold_line *l = &t->lines.v[i];
    if (threshold_line_on(t, l, j->p->as_of) != l) continue;
    const char *value = threshold_line_value(t, l, j->a);
    if (is_base_line(l))
      text = value;
    else
      apart = arena_printf(j->a, "%s%s%s %s", apart, *apart ? ", " : "",
                           threshold_line_scope(l, j->a) + 5, value);
  }
  if (!text) text = "none";
  return *apart ? arena_printf(j->a, "%s (%s)", text, apart) : text;
}

static bool stands_on(const struct judging *j, const struct rule *r, const struct threshold *t) {
  name_list below = policy_below(r, j->a);
  for (size_t i = 0; i < below.n; i++)
    if (strncmp(below.v[i], "threshold ", 10) == 0 && strcmp(below.v[i] + 10, t->name) == 0)
      return true;
  return false;
}

static void count_caught(const struct judging *j, struct threshold_review *v) {
  const struct ruleset *rs = j->q->rs;
  for (size_t i = 0; i < rs->rules.n; i++) {
    const struct score *s = score_of(j->p, rs->rules.v[i]->name);
    if (!s || !j->p->year->outcome || !s->counts || !stands_on(j, rs->rules.v[i], v->threshold))
      continue;
    v->onsets = s->onsets;
    if (s->caught > v->caught) v->caught = s->caught;
  }
  for (size_t i = 0; i < j->p->rules.n; i++)
    if (j->p->rules.v[i].say == RULE_TUNE && stands_on(j, j->p->rules.v[i].rule, v->threshold))
      v->say = RULE_TUNE;
}

static void count_told(const struct judging *j, struct threshold_review *v) {
  const struct ruleset *rs = j->q->rs;
  for (size_t i = 0; i < rs->rules.n; i++) {
    if (!stands_on(j, rs->rules.v[i], v->threshold)) continue;
    struct told t = told_of(j, rs->rules.v[i]->name);
    v->useful += t.useful;
    v->told += t.useful + t.false_alarm;
  }
}

static day_t review_due(const struct judging *j, const struct threshold *t) {
  enum dur_unit unit = t->review == PU_YEAR      ? DUR_YEAR
                       : t->review == PU_QUARTER ? DUR_QUARTER
                       : t->review == PU_MONTH   ? DUR_MONTH
                       : t->review == PU_WEEK    ? DUR_WEEK
                                                 : DUR_DAY;
  return day_ahead(&j->q->rs->calendar, t->reviewed, (struct duration){1, unit});
}

static void judge_thresholds(struct judging *j) {
  for (size_t i = 0; i < j->q->rs->thresholds.n; i++) {
    const struct threshold *t = j->q->rs->thresholds.v[i];
    struct threshold_review v = {
        .threshold = t, .value = values_of(j, t), .changed = DAY_MIN, .next = DAY_NONE};
    for (size_t k = 0; k < t->lines.n; k++) {
      day_t from = t->lines.v[k].from;
      if (from <= j->p->as_of && from > v.changed) v.changed = from;
      if (from <= j->p->as_of || (v.next != DAY_NONE && v.next <= from)) continue;
      v.next = from;
      v.next_value = threshold_line_value(t, &t->lines.v[k], j->a);
    }
    count_told(j, &v);
    v.overdue = t->has_review && (t->reviewed == DAY_NONE || review_due(j, t) <= j->p->as_of);
    count_caught(j, &v);
    VEC_PUSH(j->a, &j->p->thresholds, v);
  }
}

/* ---- actions -------------------------------------------------------------------------------- */

static struct team_review *team_of(struct judging *j, const char *name) {
  struct actions_review *r = &j->p->actions;
  for (size_t i = 0; i < r->teams.n; i++)
    if (strcmp(r->teams.v[i].team, name) == 0) return &r->teams.v[i];
  struct team_review t = {.team = name};
  VEC_PUSH(j->a, &r->teams, t);
  return &r->teams.v[r->teams.n - 1];
}

static void count_living(struct judging *j, const struct item *i, struct map *people) {
  struct team_review *t = team_of(j, i->team ? i->team : "nobody");
  const char *who = arena_printf(j->a, "%s\n%s", t->team, i->owner ? i->owner : "");
  if (!map_put(people, j->a, who, t)) t->people += i->owner != NULL;
  if (!item_counts(i)) return;
  t->to_do += item_to_do(i);
  t->late += item_late(i, j->p->as_of);
  t->waiting += item_hold(i) == HOLD_WAITING;
  j->p->actions.late += item_late(i, j->p->as_of);
}

static int by_late(const void *pa, const void *pb) {
  const struct team_review *a = pa, *b = pb;
  if (a->late != b->late) return a->late > b->late ? -1 : 1;
  if (a->to_do != b->to_do) return a->to_do > b->to_do ? -1 : 1;
  return strcmp(a->team, b->team);
}

static void judge_actions(struct judging *j) {
  struct actions_review *r = &j->p->actions;
  struct map people = {0};
  r->known = j->q->has_state;
  for (size_t k = 0; k < j->q->n_items; k++) {
    const struct item *i = j->q->items[k];
    if (item_living(i)) count_living(j, i, &people);
    r->opened += i->opened >= j->p->first && i->opened <= j->p->as_of && i->state != ITEM_BASELINE;
    if (item_living(i) || i->closed < j->p->first || i->closed > j->p->as_of) continue;
    bool by_data = i->state == ITEM_RESOLVED || (i->state == ITEM_DONE && !i->closed_by);
    r->by_data += by_data;
    r->done += i->state == ITEM_DONE && !by_data;
    r->dismissed += i->state == ITEM_DISMISSED;
    if (!i->outcome) continue;
    r->useful += strcmp(i->outcome, outcome_name(OUTCOME_USEFUL)) == 0;
    r->false_alarm += strcmp(i->outcome, outcome_name(OUTCOME_FALSE_ALARM)) == 0;
    r->knew += strcmp(i->outcome, outcome_name(OUTCOME_KNOWN)) == 0;
  }
  if (r->teams.n) qsort(r->teams.v, r->teams.n, sizeof *r->teams.v, by_late);
}

/* ---- the agenda ------------------------------------------------------------------------------ */

const struct target_status *pack_target(const struct pack *p, const struct kpi *k) {
  for (size_t i = 0; i < p->kpis->n_targets; i++) {
    const struct target_status *t = &p->kpis->targets[i];
    if (t->target->kpi == k && !t->by && t->goal.known) return t;
  }
  return NULL;
}

/* What of the KPI the target is about: "rise over 1y"; "": its value. */
static const char *movement_words(const struct target *t, struct arena *a) {
  if (!t->measure || t->measure->kind == T_KPI || !t->expr->a) return "";
  const char *words = policy_words(t->expr->a->span, a);
  size_t n = strlen(t->kpi->name);
  return strncmp(words, t->kpi->name, n) == 0 && words[n] == ' ' ? words + n + 1 : words;
}

const char *pack_target_words(const struct target_status *t, struct arena *a) {
  char due[16];
  const char *how = !t->judged ? "not known" : t->on_track ? "on track" : "behind";
  const char *words = movement_words(t->target, a);
  const char *goal = target_level(&t->goal, a);
  if (*words)
    goal = arena_printf(a, "%s %s, to be %s", words,
                        t->now.known ? target_level(&t->now, a) : "unknown", goal);
  return arena_printf(a, "%s by %s: %s", goal, day_text(t->due, due), how);
}

static void put_kpi_on_agenda(struct judging *j, const struct kpi_series *s,
                              const struct kpi_value *v, bool first) {
  const struct kpi *k = s->kpi;
  const struct target_status *t = first ? pack_target(j->p, k) : NULL;
  bool red = v->band && strcmp(v->band, "red") == 0, behind = t && t->judged && !t->on_track;
  char buf[96];
  if (!red && !behind) return;
  const char *name = k->dims.n
                         ? arena_printf(j->a, "%s %s", k->name, group_name(v->by, k->dims.n, j->a))
                         : k->name;
  struct value plain = v->value;
  plain.of_rows = 0;
  const char *figure = behind ? pack_target_words(t, j->a) : policy_words(k->red.span, j->a);
  struct agenda_line line = {
      .what = k->decides ? arena_printf(j->a, "%s: %s", name, k->decides)
                         : arena_printf(j->a, "%s: what brings it back", name),
      .figure = arena_printf(j->a, "%s; %s", value_text(&plain, buf, sizeof buf), figure),
      .who = k->owner,
      .command = arena_printf(j->a, "vigie kpi%s --only %s", j->q->where, k->name)};
  line.why = line.figure;
  VEC_PUSH(j->a, &j->p->agenda, line);
}

static void write_agenda(struct judging *j) {
  for (size_t i = 0; i < j->p->kpis->n; i++) {
    const struct kpi_series *s = &j->p->kpis->series[i];
    const struct kpi_day *now = &s->days[s->n_days - 1];
    for (size_t k = 0; k < now->n; k++) put_kpi_on_agenda(j, s, &now->values[k], k == 0);
  }
  for (size_t i = 0; i < j->p->rules.n; i++) {
    const struct rule_review *r = &j->p->rules.v[i];
    struct agenda_line line = {r->agenda, r->why, r->figure, r->owner, r->command};
    VEC_PUSH(j->a, &j->p->agenda, line);
  }
}

/* ---- all ------------------------------------------------------------------------------------- */

static void count_kpis(struct judging *j) {
  for (size_t i = 0; i < j->q->rs->kpis.n; i++) {
    j->p->strategic += j->q->rs->kpis.v[i]->strategic;
    j->p->leading += j->q->rs->kpis.v[i]->leading;
  }
}

/* What came into force this quarter; what git knows besides is added by who asks it. */
static void note_changes(struct judging *j) {
  char day[16];
  for (size_t i = 0; i < j->q->rs->thresholds.n; i++) {
    const struct threshold *t = j->q->rs->thresholds.v[i];
    for (size_t k = 0; k < t->lines.n; k++) {
      const struct threshold_line *l = &t->lines.v[k];
      if (l->from < j->p->first || l->from > j->p->as_of) continue;
      const char *why = l->because ? arena_printf(j->a, ": %s", l->because) : ", no reason given";
      VEC_PUSH(j->a, &j->p->changes,
               arena_printf(j->a, "%s%s = %s from %s%s", t->name, threshold_line_scope(l, j->a),
                            threshold_line_value(t, l, j->a), day_text(l->from, day), why));
    }
  }
}

void pack_judge(struct pack *p, const struct pack_request *q, struct arena *a) {
  struct judging j = {p, q, a};
  count_kpis(&j);
  judge_rules(&j);
  judge_coverage(&j);
  judge_thresholds(&j);
  judge_actions(&j);
  note_changes(&j);
  write_agenda(&j);
}
