/* The way through: state, decision, state. In: verdicts. Out: the outcome that run and plan
 * print. */
#include "action/apply.h"

#include "action/compare.h"
#include "action/filled.h"
#include "action/state.h"
#include "judge/judge.h"

long unknown_reported(const struct rule_verdict *r) { return r->report_unknown ? r->unknown : 0; }

/* The past is rebuilt beside what people work with, never in it. */
static bool may_replay(struct state *s, const char *path, struct diags *problems) {
  char before[16];
  day_t told = DAY_NONE;
  if (s && !state_newest_told_day(s, &told, problems)) return false;
  if (told == DAY_NONE) return true;
  day_text(told, before);
  return diag_fail(problems, V0613,
                   "%s holds the items that people work with, of a run of %s: nothing was changed. "
                   "A replay needs a file of its own: --replay --state past.db",
                   path, before);
}

/* A run of a day before the newest one would rewrite what people have worked on since. */
static bool may_follow(enum apply_mode mode, const char *path, day_t newest, day_t as_of,
                       struct diags *problems) {
  char before[16], now[16];
  if (newest == DAY_NONE || newest <= as_of) return true;
  day_text(newest, before);
  day_text(as_of, now);
  if (mode == APPLY_REPLAY)
    return diag_fail(problems, V0608,
                     "%s is rebuilt up to %s already, and this run is of %s: nothing was changed. "
                     "Go on with a later day, or begin again in a new file: --state past2.db",
                     path, before, now);
  if (mode == APPLY_WRITE)
    return diag_fail(problems, V0608,
                     "%s already holds a run of %s, and this one is of %s: nothing was changed. To "
                     "rebuild the past, give it a file of its own: --replay --state past.db",
                     path, before, now);
  diag_add(problems, V0609, NO_SPAN,
           "%s already holds a run of %s, and this is of %s: what people did since is judged by an "
           "earlier day",
           path, before, now);
  return true;
}

static void collect_open(struct outcome *out, bool queues, struct arena *a) {
  const struct decision *d = &out->decision;
  out->open = NEW_N(a, const struct item *, d->n_items + 1);
  for (size_t i = 0; i < d->n_items; i++)
    if (item_living(&d->items[i])) out->open[out->n_open++] = &d->items[i];
  items_sort(out->open, out->n_open);
  if (!queues) return;
  out->n_queues = queues_of(out->open, out->n_open, out->verdicts->teams, out->verdicts->n_teams,
                            out->verdicts->as_of, a, &out->queues);
}

/* A run of one rule leaves the lists of people as they were: who has been dropped from one is for a
 * run of all rules to find out. */
static bool keep(struct state *s, const struct apply_request *q, const struct outcome *out,
                 bool first, const char *filled, struct diags *problems) {
  const struct verdicts *v = q->verdicts;
  const struct decision *d = &out->decision;
  return state_save(s, v, d, out->unknown, q->mode == APPLY_REPLAY, problems) &&
         (q->only && !first ? state_save_rules(s, v, problems)
                            : state_save_settings(s, v, filled, problems)) &&
         (!q->files || state_save_policy(s, v->digest, q->files, problems)) &&
         (q->mode != APPLY_WRITE || q->baseline || state_save_events(s, v, d, problems)) &&
         state_publish(s, v->as_of, q->published, q->n_published, problems);
}

/* May items stand? Those of a policy, and of a Vigie, that have decided all of them before. */
static bool may_stand(const struct apply_request *q, const struct settings *known,
                      struct arena *a) {
  return q->brief && q->mode != APPLY_LOOK && !q->only && !q->baseline && !q->old &&
         text_same(known->decided, decided_by(q->verdicts, a));
}

/* What is to be decided about, and the hits for it. */
static bool read_items(struct state *s, const struct apply_request *q, const struct settings *known,
                       struct items_standing *standing, struct items_before *before,
                       struct arena *a, struct diags *problems) {
  const struct verdicts *v = q->verdicts;
  bool stand = s && may_stand(q, known, a);
  return (!stand || state_standing_items(s, v, standing, problems)) &&
         verdicts_describe(v, problems) &&
         (!s || state_newest_items(s, v, stand ? standing : NULL, before, problems));
}

bool action_apply(const struct apply_request *q, struct arena *a, struct outcome *out,
                  struct diags *problems) {
  const struct verdicts *v = q->verdicts;
  const char *state_path = q->state_path;
  enum apply_mode mode = q->mode;
  struct state *s = NULL;
  struct items_before before = {0};
  int64_t last = 0;
  day_t newest = DAY_NONE;
  struct settings known = {0};
  bool write = mode != APPLY_LOOK;
  *out = (struct outcome){
      .verdicts = v, .written = write, .state_path = state_path, .usual_openings = -1};
  for (size_t r = 0; r < v->n_rules; r++) out->unknown += unknown_reported(&v->rules[r]);

  if (!filled_rows(v, problems)) return false;
  /* what takes time is done before others have to wait */
  if (!q->brief && !verdicts_describe(v, problems)) return false;
  if (!state_open(state_path, write ? STATE_WRITE : STATE_READ, a, &s, problems)) return false;
  if (s && (!state_newest_day(s, &newest, problems) || !state_last_number(s, &last, problems) ||
            !state_usual_openings(s, &out->usual_openings, problems) ||
            !state_moves(s, &out->moves, &out->n_moves, problems) ||
            !state_settings(s, &known, problems))) {
    state_close(s);
    return false;
  }
  if (!read_items(s, q, &known, &out->standing, &before, a, problems) ||
      !filled_records(v, known.filled, problems) ||
      (mode == APPLY_REPLAY && !may_replay(s, state_path, problems)) ||
      !may_follow(mode, state_path, newest, v->as_of, problems)) {
    state_close(s);
    return false;
  }
  struct deciding in = {.before = before.v,
                        .n_before = before.n,
                        .own = write ? before.v : NULL,
                        .room = before.room,
                        .standing = out->standing.n ? &out->standing : NULL,
                        .last = last,
                        .today = v,
                        .old = q->old,
                        .differs = q->differs,
                        .teams_before = known.teams,
                        .n_teams_before = known.n_teams,
                        .only = q->only,
                        .baseline = q->baseline};
  out->before = write ? NULL : before.v;
  out->n_before = write ? 0 : before.n;
  out->since = newest;
  decide(&in, a, &out->decision);
  if (!write) {
    state_close(s);
  } else if (!keep(s, q, out, newest == DAY_NONE, filled_histories(v, known.filled, a), problems)) {
    state_close(s);
    return false;
  } else if (!state_commit(s, problems)) {
    return false;
  }
  collect_open(out, !q->brief || mode == APPLY_LOOK, a);
  return true;
}
