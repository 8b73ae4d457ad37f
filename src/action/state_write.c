/* Writing a run. In: what was decided. Out: the rows of run, item, because and audit, inside the
 * transaction that state_open began. */
#include "action/renamed.h"
#include "action/sql.h"
#include "action/state_db.h"
#include "base/check.h"
#include "base/vec.h"
#include "sema/tell.h"

struct saving {
  struct state *s;
  struct statement *add_item, *add_because, *set_item, *add_audit, *add_step, *set_step;
  int64_t run;
  day_t day; /* of the run, or of the move */
  struct diags *problems;
};

static void bind_key(struct statement *st, int at, const struct type *t) {
  bind_text(st, at, type_name(t));
  bind_text(st, at + 1, t->currency);
  bind_int(st, at + 2, t->percent);
}

static void bind_num(struct statement *st, int at, const struct value *v) {
  if (v->known)
    bind_real(st, at, v->num);
  else
    bind_null(st, at);
}

static bool add_run(struct state *s, const struct verdicts *v, const struct counts *c, long unknown,
                    bool replay, int64_t *id, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_ADD_RUN, problems);
  if (!st) return false;
  bind_day(st, 1, v->as_of);
  bind_text(st, 2, s->started_at);
  bind_text(st, 3, v->digest);
  const long counts[] = {c->opened, c->resolved, c->escalated, c->updated, c->unchanged, unknown};
  for (int i = 0; i < 6; i++) bind_int(st, 4 + i, counts[i]);
  bind_int(st, 10, replay);
  bind_now(st, 11);
  bool ok = state_step(s, st, problems);
  statement_end(st);
  *id = s->run = database_last_id(&s->db);
  return ok;
}

static bool add_because(struct saving *w, const struct item *i) {
  struct statement *st = w->add_because;
  for (size_t n = 0; n < i->n_because; n++) {
    const struct value *v = &i->because[n].value;
    bind_int(st, 1, i->id);
    bind_int(st, 2, (int64_t)n);
    bind_text(st, 3, i->because[n].expr);
    bind_key(st, 4, &v->type);
    bind_int(st, 7, v->known);
    bind_num(st, 8, v);
    bind_text(st, 9, v->text);
    bind_int(st, 10, v->rows);
    bind_int(st, 11, v->of_rows);
    bind_text(st, 12, i->because[n].bound);
    bind_text(st, 13, i->because[n].moved);
    if (!state_step(w->s, st, w->problems)) return false;
  }
  return true;
}

/* A field of an item or a step, from sign `at` on. */
static void bind_field(struct statement *st, int at, const void *i, const struct item_field *f) {
  switch (f->kind) {
    case KIND_TEXT:
    case KIND_KEY:
    case KIND_REPEATED:
    case KIND_JSON: bind_text(st, at, *ITEM_AT(i, f, TEXT)); return;
    case KIND_NUMBER: bind_int(st, at, *ITEM_AT(i, f, NUMBER)); return;
    case KIND_ITEM:
      if (*ITEM_AT(i, f, ITEM))
        bind_int(st, at, *ITEM_AT(i, f, ITEM));
      else
        bind_null(st, at);
      return;
    case KIND_FLAG: bind_int(st, at, *ITEM_AT(i, f, FLAG)); return;
    case KIND_DAY: bind_day(st, at, *ITEM_AT(i, f, DAY)); return;
    case KIND_STATE: bind_text(st, at, item_state_name(*ITEM_AT(i, f, STATE))); return;
    case KIND_VALUE: {
      const struct value *v = ITEM_AT(i, f, VALUE);
      bind_num(st, at, v);
      bind_key(st, at + 1, &v->type);
      bind_int(st, at + 4, v->rows);
      bind_int(st, at + 5, v->of_rows);
      return;
    }
  }
  UNREACHABLE("a kind of item.def");
}

/* The fields that are written at this moment, from sign `at` on. */
static void bind_item(struct statement *st, int at, const struct item *i, enum item_when when) {
  for (const struct item_field *f = item_fields; f < item_fields + n_item_fields; f++) {
    if (!(f->when & when)) continue;
    bind_field(st, at, i, f);
    at += item_columns(f);
  }
  CHECK(at == statement_signs(st) + 1);
}

/* All steps of the item: added when it opens, changed later. */
static bool save_steps(struct saving *w, const struct item *i, enum item_when when) {
  struct statement *st = when == WHEN_OPENED ? w->add_step : w->set_step;
  for (size_t k = 0; k < i->n_steps; k++) {
    int at = 3;
    bind_int(st, 1, i->id);
    bind_int(st, 2, (int64_t)k + 1);
    for (const struct item_field *f = step_fields; f < step_fields + n_step_fields; f++)
      if (f->when & when) bind_field(st, at++, &i->steps[k], f);
    CHECK(at == statement_signs(st) + 1);
    if (!state_step(w->s, st, w->problems)) return false;
  }
  return true;
}

static bool add_item(struct saving *w, struct item *i) {
  bind_int(w->add_item, 1, w->run);
  bind_int(w->add_item, 2, i->id);
  bind_item(w->add_item, 3, i, WHEN_OPENED);
  if (!state_step(w->s, w->add_item, w->problems)) return false;
  i->kept = true;
  return add_because(w, i) && save_steps(w, i, WHEN_OPENED);
}

static bool write_item(struct saving *w, const struct item *i) {
  bind_int(w->set_item, 1, i->id);
  bind_item(w->set_item, 2, i, WHEN_LATER);
  return state_step(w->s, w->set_item, w->problems) && save_steps(w, i, WHEN_LATER);
}

static bool set_item(struct saving *w, struct item *i) {
  i->rev++;
  return write_item(w, i);
}

/* by: the person; NULL: the run. */
static bool add_audit(struct saving *w, const struct change *c, int64_t item,
                      const struct mover *by) {
  struct statement *st = w->add_audit;
  bind_int(st, 1, item);
  if (by)
    bind_null(st, 2);
  else
    bind_int(st, 2, w->run);
  const char *texts[] = {change_name(c->kind), c->field, c->old, c->now};
  for (int n = 0; n < 4; n++) bind_text(st, 3 + n, texts[n]);
  bind_day(st, 7, w->day);
  bind_text(st, 8, c->why);
  bind_text(st, 9, by ? by->person : NULL);
  bind_text(st, 10, by ? by->known_by : NULL);
  bind_now(st, 11);
  return state_step(w->s, st, w->problems);
}

/* Those of items that close before those that open: two items of one row are never open at once,
 * not even between two statements. An item is written once, with all its changes. */
static bool save_changes(struct saving *w, const struct decision *d, bool *written) {
  for (int opening = 0; opening <= 1; opening++) {
    for (size_t n = 0; n < d->n_changes; n++) {
      const struct change *c = &d->changes[n];
      struct item *i = &d->items[c->item];
      bool opens = c->item >= d->n_before;
      if (opens != (opening == 1)) continue;
      if (!written[c->item] && !(opens ? add_item(w, i) : set_item(w, i))) return false;
      written[c->item] = true;
      if (!add_audit(w, c, i->id, NULL)) return false;
    }
  }
  return true;
}

/* What a run notes without changing the item: its revision stays. */
static bool save_notes(struct saving *w, const struct decision *d, const bool *written) {
  for (size_t i = 0; i < d->n_before; i++)
    if (d->noted[i] && !written[i] && !write_item(w, &d->items[i])) return false;
  return true;
}

static bool rename_rules(struct state *s, const struct verdicts *v, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_RENAME, problems);
  bool ok = st != NULL;
  for (size_t r = 0; ok && r < v->n_rules; r++)
    for (size_t k = 0; ok && k < v->rules[r].n_was; k++) {
      bind_text(st, 1, v->rules[r].was[k]);
      bind_text(st, 2, v->rules[r].rule);
      ok = state_step(s, st, problems);
    }
  statement_end(st);
  return ok;
}

struct group_name {
  const char *key, *values;
};
typedef VEC(struct group_name) group_names;

static bool read_groups(struct state *s, const struct rule_verdict *r, group_names *out,
                        struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_GROUPS, problems);
  enum step is = STEP_DONE;
  if (!st) return false;
  bind_text(st, 1, r->rule);
  bind_text(st, 2, r->entity);
  while ((is = statement_step(st)) == STEP_ROW) {
    const char *key = column_text(st, 0), *values = column_text(st, 1);
    struct group_name g = {arena_strdup(s->a, key), values ? arena_strdup(s->a, values) : NULL};
    VEC_PUSH(s->a, out, g);
  }
  bool ok = is == STEP_DONE || state_fail(s, problems);
  statement_end(st);
  return ok;
}

static bool rename_groups(struct state *s, const struct verdicts *v, const struct rule_verdict *r,
                          struct diags *problems) {
  group_names groups = {0};
  if (!read_groups(s, r, &groups, problems)) return false;
  struct statement *st = state_prepare(s, SQL_RENAME_KEY, problems);
  bool ok = st != NULL;
  for (size_t i = 0; ok && i < groups.n; i++) {
    const struct group_name *g = &groups.v[i];
    const char *now = renamed_key(v, r, g->key, s->a);
    if (!now) continue;
    const char *texts[] = {r->rule, r->entity, g->key, now, renamed_values(r, g->values, s->a)};
    for (int t = 0; t < 5; t++) bind_text(st, t + 1, texts[t]);
    ok = state_step(s, st, problems);
  }
  statement_end(st);
  return ok;
}

static bool rename_keys(struct state *s, const struct verdicts *v, struct diags *problems) {
  bool ok = true;
  for (size_t r = 0; ok && r < v->n_rules; r++)
    if (v->rules[r].n_renamed) ok = rename_groups(s, v, &v->rules[r], problems);
  return ok;
}

/* An event has one key: its item, its kind, the number of its step, its day. */
static const char *event_key(const struct saving *w, const struct item *i,
                             const struct event_out *e) {
  char day[16];
  const char *step = e->step ? arena_printf(w->s->a, "%zu", e->step) : "";
  return arena_printf(w->s->a, "%lld-%s%s-%s", (long long)i->id, event_name(e->kind), step,
                      day_text(w->day, day));
}

/* Whose people it tells: the team of the step, or of the item, or the one that it goes up to. */
static const char *event_team(const struct item *i, const struct event_out *e) {
  if (e->to_team) return e->to;
  const char *of_step = e->step ? i->steps[e->step - 1].team : NULL;
  return of_step ? of_step : i->team;
}

static bool add_event(struct saving *w, struct statement *st, const char *key, const struct item *i,
                      const struct event_out *e) {
  bind_text(st, 1, key);
  bind_int(st, 2, i->id);
  bind_int(st, 3, w->run);
  bind_day(st, 4, w->day);
  bind_text(st, 5, event_name(e->kind));
  bind_text(st, 6, e->to);
  bind_int(st, 7, e->to_team);
  bind_text(st, 8, i->priority);
  bind_int(st, 9, (int64_t)e->step);
  bind_text(st, 10, event_team(i, e));
  return state_step(w->s, st, w->problems);
}

/* In each channel of the team whose people it tells. */
static bool add_tellings(struct saving *w, struct statement *st, const struct verdicts *v,
                         const char *key, const struct item *i, const struct event_out *e) {
  const char *name = event_team(i, e);
  const struct team_facts *t = team_named(v->teams, v->n_teams, name);
  for (size_t k = 0; t && k < t->n_tells; k++) {
    bind_text(st, 1, key);
    bind_text(st, 2, name);
    bind_text(st, 3, channel_name(t->tells[k].channel));
    bind_text(st, 4, t->tells[k].place);
    if (!state_step(w->s, st, w->problems)) return false;
  }
  return true;
}

static void end_saving(struct saving *w) {
  statement_end(w->add_item);
  statement_end(w->add_because);
  statement_end(w->set_item);
  statement_end(w->add_audit);
  statement_end(w->add_step);
  statement_end(w->set_step);
}

bool state_save(struct state *s, const struct verdicts *v, const struct decision *d, long unknown,
                bool replay, struct diags *problems) {
  struct saving w = {.s = s, .day = v->as_of, .problems = problems};
  bool *written = NEW_N(s->a, bool, d->n_items);
  bool ok = add_run(s, v, &d->counts, unknown, replay, &w.run, problems) &&
            rename_rules(s, v, problems) && rename_keys(s, v, problems) &&
            (w.add_item = state_prepare(s, sql_add_item, problems)) &&
            (w.add_because = state_prepare(s, SQL_ADD_BECAUSE, problems)) &&
            (w.set_item = state_prepare(s, sql_set_item, problems)) &&
            (w.add_audit = state_prepare(s, SQL_ADD_AUDIT, problems)) &&
            (w.add_step = state_prepare(s, sql_add_step, problems)) &&
            (w.set_step = state_prepare(s, sql_set_step, problems)) &&
            save_changes(&w, d, written) && save_notes(&w, d, written);
  end_saving(&w);
  return ok;
}

bool state_save_moves(struct state *s, const struct mover *by, day_t day, struct item *items,
                      size_t n_items, const struct change *changes, size_t n_changes,
                      struct diags *problems) {
  CHECK(by); /* every move names a person */
  struct saving w = {.s = s, .day = day, .problems = problems};
  bool ok = (w.set_item = state_prepare(s, sql_set_item, problems)) &&
            (w.add_audit = state_prepare(s, SQL_ADD_AUDIT, problems)) &&
            (w.set_step = state_prepare(s, sql_set_step, problems));
  bool *written = NEW_N(s->a, bool, n_items);
  for (size_t c = 0; ok && c < n_changes; c++) {
    size_t at = changes[c].item;
    CHECK(at < n_items);
    items[at].stands = 0; /* the next run looks at what a person has changed */
    ok = (written[at] || set_item(&w, &items[at])) && add_audit(&w, &changes[c], items[at].id, by);
    written[at] = true;
  }
  s->audit = database_last_id(&s->db);
  s->mover = by->person;
  end_saving(&w);
  return ok;
}

bool state_save_policy(struct state *s, const char *digest, const char *files,
                       struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_ADD_POLICY, problems);
  if (!st) return false;
  bind_text(st, 1, digest);
  bind_text(st, 2, files);
  bool ok = state_step(s, st, problems);
  statement_end(st);
  return ok;
}

bool state_save_events(struct state *s, const struct verdicts *v, const struct decision *d,
                       struct diags *problems) {
  struct saving w = {.s = s, .run = s->run, .day = v->as_of, .problems = problems};
  struct statement *st = state_prepare(s, SQL_ADD_EVENT, problems);
  struct statement *tell = state_prepare(s, SQL_ADD_TELLING, problems);
  bool ok = st != NULL && tell != NULL;
  for (size_t e = 0; ok && e < d->n_events; e++) {
    const struct item *i = &d->items[d->events[e].item];
    const char *key = event_key(&w, i, &d->events[e]);
    ok = add_event(&w, st, key, i, &d->events[e]) &&
         add_tellings(&w, tell, v, key, i, &d->events[e]);
  }
  statement_end(tell);
  statement_end(st);
  return ok;
}
