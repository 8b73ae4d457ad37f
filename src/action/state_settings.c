/* What the newest run knew of the company. In: verdicts, or an open state. Out: rows of setting,
 * holiday, team, person, rule and playbook; or the same as settings, in the state's arena. */
#include <string.h>

#include "action/levels.h"
#include "action/sql.h"
#include "action/state_db.h"
#include "base/check.h"
#include "base/version.h"
#include "base/vec.h"
#include "sema/tell.h"

static const char tz_name[] = "time zone", currency_name[] = "currency", filled_name[] = "filled",
                  decided_name[] = "decided by";

/* ---- writing -------------------------------------------------------------------------- */

static bool add_setting(struct state *s, const char *name, const char *value,
                        struct diags *problems) {
  if (!value) return true;
  struct statement *st = state_prepare(s, SQL_ADD_SETTING, problems);
  if (!st) return false;
  bind_text(st, 1, name);
  bind_text(st, 2, value);
  bool ok = state_step(s, st, problems);
  statement_end(st);
  return ok;
}

static bool add_holidays(struct state *s, const struct calendar *c, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_ADD_HOLIDAY, problems);
  bool ok = st != NULL;
  for (size_t i = 0; ok && i < c->n_holidays; i++) {
    bind_day(st, 1, c->holidays[i]);
    ok = state_step(s, st, problems);
  }
  statement_end(st);
  return ok;
}

static bool add_people(struct state *s, const struct team_facts *t, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_ADD_PERSON, problems);
  bool ok = st != NULL;
  for (size_t i = 0; ok && i < t->n_people; i++) {
    bind_text(st, 1, t->name);
    bind_int(st, 2, (int64_t)i);
    bind_text(st, 3, t->people[i].address);
    ok = state_step(s, st, problems);
  }
  statement_end(st);
  return ok;
}

static bool add_tells(struct state *s, const struct team_facts *t, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_ADD_TELL, problems);
  bool ok = st != NULL;
  for (size_t i = 0; ok && i < t->n_tells; i++) {
    const struct tell *is = &t->tells[i];
    bind_text(st, 1, t->name);
    bind_int(st, 2, (int64_t)i);
    bind_text(st, 3, channel_name(is->channel));
    bind_text(st, 4, is->place);
    bind_text(st, 5, is->sender);
    bind_text(st, 6, is->signer);
    bind_text(st, 7, is->ids);
    bind_int(st, 8, is->working_days);
    bind_int(st, 9, is->at_once);
    bind_int(st, 10, is->from_hour);
    bind_int(st, 11, is->to_hour);
    ok = state_step(s, st, problems);
  }
  statement_end(st);
  return ok;
}

static bool add_teams(struct state *s, const struct verdicts *v, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_ADD_TEAM, problems);
  bool ok = st != NULL;
  for (size_t i = 0; ok && i < v->n_teams; i++) {
    const struct team_facts *t = &v->teams[i];
    bind_text(st, 1, t->name);
    bind_int(st, 2, (int64_t)i);
    bind_int(st, 3, t->capacity);
    bind_text(st, 4, t->above);
    bind_text(st, 5, t->lead);
    ok = state_step(s, st, problems) && add_people(s, t, problems) && add_tells(s, t, problems);
  }
  statement_end(st);
  return ok;
}

bool state_save_rules(struct state *s, const struct verdicts *v, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_SET_RULE, problems);
  bool ok = st != NULL;
  for (size_t r = 0; ok && r < v->n_rules; r++) {
    const struct rule_verdict *rule = &v->rules[r];
    bind_text(st, 1, rule->rule);
    bind_text(st, 2, rule->clear_text);
    bind_text(st, 3, rule->settled_text);
    bind_text(st, 4, level_list_write(rule->levels, rule->n_levels, s->a));
    bind_day(st, 5, v->as_of);
    ok = state_step(s, st, problems);
  }
  statement_end(st);
  return ok;
}

static bool add_playbooks(struct state *s, const struct verdicts *v, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_ADD_PLAYBOOK, problems);
  bool ok = st != NULL;
  for (size_t i = 0; ok && i < v->n_playbooks; i++) {
    bind_text(st, 1, v->playbooks[i].name);
    bind_text(st, 2, v->playbooks[i].digest);
    ok = state_step(s, st, problems);
  }
  statement_end(st);
  return ok;
}

const char *decided_by(const struct verdicts *v, struct arena *a) {
  return arena_printf(a, "%s, vigie " VIGIE_VERSION, v->digest);
}

bool state_save_settings(struct state *s, const struct verdicts *v, const char *filled,
                         struct diags *problems) {
  return state_exec(s, SQL_DROP_SETTINGS, problems) && add_setting(s, tz_name, v->tz, problems) &&
         add_setting(s, currency_name, v->currency, problems) &&
         add_setting(s, filled_name, filled, problems) &&
         add_setting(s, decided_name, decided_by(v, s->a), problems) &&
         (!v->calendar || add_holidays(s, v->calendar, problems)) && add_teams(s, v, problems) &&
         state_save_rules(s, v, problems) && add_playbooks(s, v, problems);
}

/* ---- reading -------------------------------------------------------------------------- */

struct reading {
  struct state *s;
  struct settings *out;
  struct rule_facts *rule;
  VEC(day_t) holidays;
  VEC(struct team_facts) teams;
  VEC(struct person) people;
  VEC(struct tell) tells;
  VEC(struct playbook_facts) playbooks;
  struct diags *problems;
};

static const char *text_column(const struct reading *x, struct statement *st, int at) {
  return state_text(x->s, st, at);
}

/* Calls take for each row of the query; it returns false for a row that cannot be. */
static bool each_row(struct reading *x, const char *sql, const char *bound,
                     bool (*take)(struct reading *x, struct statement *st), const char *what) {
  struct statement *st = state_prepare(x->s, sql, x->problems);
  if (!st) return false;
  if (bound) bind_text(st, 1, bound);
  enum step is;
  bool ok = true;
  while (ok && (is = statement_step(st)) == STEP_ROW)
    ok = take(x, st) ||
         diag_fail(x->problems, V0605,
                   "%s is damaged: it has an unknown %s; put back a copy from your backups, or "
                   "choose another file with --state",
                   x->s->path, what);
  if (ok && is != STEP_DONE) ok = state_fail(x->s, x->problems);
  statement_end(st);
  return ok;
}

static bool take_tz(struct reading *x, struct statement *st) {
  x->out->tz = text_column(x, st, 0);
  return true;
}

static bool take_currency(struct reading *x, struct statement *st) {
  x->out->currency = text_column(x, st, 0);
  return true;
}

static bool take_filled(struct reading *x, struct statement *st) {
  x->out->filled = text_column(x, st, 0);
  return true;
}

static bool take_decided(struct reading *x, struct statement *st) {
  x->out->decided = text_column(x, st, 0);
  return true;
}

static bool take_holiday(struct reading *x, struct statement *st) {
  day_t day;
  if (!state_day(st, 0, &day) || day == DAY_NONE) return false;
  VEC_PUSH(x->s->a, &x->holidays, day);
  return true;
}

static bool take_team(struct reading *x, struct statement *st) {
  struct team_facts t = {.name = text_column(x, st, 0),
                         .capacity = (int)column_int(st, 1),
                         .above = text_column(x, st, 2),
                         .lead = text_column(x, st, 3)};
  VEC_PUSH(x->s->a, &x->teams, t);
  return true;
}

static bool take_person(struct reading *x, struct statement *st) {
  VEC_PUSH(x->s->a, &x->people, ((struct person){text_column(x, st, 0)}));
  return true;
}

static bool take_playbook(struct reading *x, struct statement *st) {
  VEC_PUSH(x->s->a, &x->playbooks,
           ((struct playbook_facts){text_column(x, st, 0), text_column(x, st, 1)}));
  return true;
}

static bool take_tell(struct reading *x, struct statement *st) {
  struct tell t = {.channel = channel_named(column_text(st, 0)),
                   .place = text_column(x, st, 1),
                   .sender = text_column(x, st, 2),
                   .signer = text_column(x, st, 3),
                   .ids = text_column(x, st, 4),
                   .working_days = column_int(st, 5) != 0,
                   .at_once = column_int(st, 6) != 0,
                   .from_hour = (int)column_int(st, 7),
                   .to_hour = (int)column_int(st, 8)};
  VEC_PUSH(x->s->a, &x->tells, t);
  return t.channel != CHANNELS;
}

static bool read_tells(struct reading *x) {
  for (size_t i = 0; i < x->teams.n; i++) {
    struct team_facts *t = &x->teams.v[i];
    x->tells.v = NULL;
    x->tells.n = x->tells.cap = 0;
    if (!each_row(x, SQL_TELLS, t->name, take_tell, "channel of a team")) return false;
    t->tells = x->tells.v;
    t->n_tells = x->tells.n;
  }
  return true;
}

static bool read_people(struct reading *x) {
  for (size_t i = 0; i < x->teams.n; i++) {
    struct team_facts *t = &x->teams.v[i];
    x->people.v = NULL;
    x->people.n = x->people.cap = 0;
    if (!each_row(x, SQL_PEOPLE, t->name, take_person, "person in a team")) return false;
    t->people = x->people.v;
    t->n_people = x->people.n;
  }
  return true;
}

bool state_settings(struct state *s, struct settings *out, struct diags *problems) {
  struct reading x = {.s = s, .out = out, .problems = problems};
  *out = (struct settings){0};
  calendar_init(&out->calendar);
  bool ok = each_row(&x, SQL_SETTING, tz_name, take_tz, tz_name) &&
            each_row(&x, SQL_SETTING, currency_name, take_currency, currency_name) &&
            each_row(&x, SQL_SETTING, filled_name, take_filled, filled_name) &&
            each_row(&x, SQL_SETTING, decided_name, take_decided, decided_name) &&
            each_row(&x, SQL_HOLIDAYS, NULL, take_holiday, "holiday") &&
            each_row(&x, SQL_TEAMS, NULL, take_team, "team") && read_people(&x) && read_tells(&x) &&
            each_row(&x, SQL_PLAYBOOKS, NULL, take_playbook, "playbook");
  calendar_set_holidays(&out->calendar, s->a, x.holidays.v, x.holidays.n);
  out->teams = x.teams.v;
  out->n_teams = x.teams.n;
  out->playbooks = x.playbooks.v;
  out->n_playbooks = x.playbooks.n;
  return ok;
}

static bool take_rule(struct reading *x, struct statement *st) {
  x->rule->clear = text_column(x, st, 0);
  x->rule->settled = text_column(x, st, 1);
  if (!state_day(st, 3, &x->rule->judged)) return false;
  x->rule->levels = level_list_read(text_column(x, st, 2), x->s->a, &x->rule->n_levels);
  return true;
}

bool state_rule(struct state *s, const char *name, struct rule_facts *out, struct diags *problems) {
  struct reading x = {.s = s, .rule = out, .problems = problems};
  *out = (struct rule_facts){.judged = DAY_NONE};
  return each_row(&x, SQL_RULE, name, take_rule, "rule");
}
