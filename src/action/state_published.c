/* What was said of KPIs, in the state. In: what a run says, or days. Out: rows of published and
 * definition; or the same as they were said, in the state's arena. */
#include <string.h>

#include "action/sql.h"
#include "action/state_db.h"
#include "action/value_json.h"
#include "base/map.h"
#include "base/vec.h"
#include "base/version.h"

/* ---- writing -------------------------------------------------------------------------- */

struct publishing {
  struct state *s;
  day_t day;
  struct statement *add, *groups, *remove, *define;
  struct diags *problems;
};

static bool add_value(struct publishing *x, const struct published_kpi *k,
                      const struct published *p) {
  struct statement *st = x->add;
  const struct value *v = &p->value;
  bind_text(st, 1, k->name);
  bind_day(st, 2, x->day);
  bind_text(st, 3, p->group);
  if (v->known)
    bind_real(st, 4, v->num);
  else
    bind_null(st, 4);
  bind_text(st, 5, v->known ? v->text : NULL);
  bind_text(st, 6, type_name(&v->type));
  bind_text(st, 7, v->type.currency);
  bind_int(st, 8, v->type.percent);
  bind_int(st, 9, p->known);
  bind_int(st, 10, p->rows);
  bind_text(st, 11, k->digest);
  bind_text(st, 12, VIGIE_VERSION);
  bind_day(st, 13, k->said_on);
  bind_text(st, 14, x->s->started_at);
  return state_step(x->s, st, x->problems);
}

typedef VEC(const char *) group_list;

/* The groups that an earlier run of the day spoke of. */
static bool read_groups(struct publishing *x, const char *kpi, group_list *out) {
  enum step is;
  bind_text(x->groups, 1, kpi);
  bind_day(x->groups, 2, x->day);
  while ((is = statement_step(x->groups)) == STEP_ROW)
    VEC_PUSH(x->s->a, out, state_text(x->s, x->groups, 0));
  if (is == STEP_FAILED) return state_fail(x->s, x->problems);
  statement_reset(x->groups);
  return true;
}

/* What was said of groups that this run does not find. */
static bool remove_others(struct publishing *x, const char *name, const struct published_kpi *k) {
  group_list before = {0};
  struct map now = {0};
  for (size_t i = 0; k && i < k->n; i++) map_put(&now, x->s->a, k->values[i].group, x);
  if (!read_groups(x, name, &before)) return false;
  for (size_t i = 0; i < before.n; i++) {
    if (map_get(&now, before.v[i])) continue;
    bind_text(x->remove, 1, name);
    bind_day(x->remove, 2, x->day);
    bind_text(x->remove, 3, before.v[i]);
    if (!state_step(x->s, x->remove, x->problems)) return false;
  }
  return true;
}

static bool publish(struct publishing *x, const struct published_kpi *k) {
  bind_text(x->define, 1, k->digest);
  bind_text(x->define, 2, k->definition);
  bool ok = state_step(x->s, x->define, x->problems) && remove_others(x, k->name, k);
  for (size_t i = 0; ok && i < k->was->n; i++) ok = remove_others(x, k->was->v[i], NULL);
  for (size_t i = 0; ok && i < k->n; i++) ok = add_value(x, k, &k->values[i]);
  return ok;
}

bool state_publish(struct state *s, day_t day, const struct published_kpi *kpis, size_t n,
                   struct diags *problems) {
  struct publishing x = {.s = s, .day = day, .problems = problems};
  bool ok = !n || ((x.add = state_prepare(s, SQL_PUBLISH, problems)) &&
                   (x.groups = state_prepare(s, SQL_PUBLISHED_GROUPS, problems)) &&
                   (x.remove = state_prepare(s, SQL_UNPUBLISH, problems)) &&
                   (x.define = state_prepare(s, SQL_ADD_DEFINITION, problems)));
  for (size_t i = 0; ok && i < n; i++) ok = publish(&x, &kpis[i]);
  statement_end(x.add);
  statement_end(x.groups);
  statement_end(x.remove);
  statement_end(x.define);
  return ok;
}

/* ---- reading -------------------------------------------------------------------------- */

static bool read_value(struct state *s, struct statement *st, int at, struct value *v) {
  const char *unit = column_text(st, at + 2);
  v->known = !column_is_null(st, at);
  v->num = column_real(st, at);
  v->text = state_text(s, st, at + 1);
  v->type.currency = state_text(s, st, at + 3);
  v->type.percent = column_int(st, at + 4) != 0;
  return unit && type_from_name(unit, &v->type);
}

/* One copy of a definition serves all its rows. */
static const char *definition_column(struct state *s, struct statement *st, int at,
                                     struct map *seen, const char *digest) {
  const char *text = map_get(seen, digest);
  if (!text) map_put(seen, s->a, digest, (void *)(text = state_text(s, st, at)));
  return text;
}

static bool read_row(struct state *s, struct statement *st, struct map *seen, struct published *p) {
  *p = (struct published){.kpi = state_text(s, st, 0),
                          .group = state_text(s, st, 2),
                          .known = (long)column_int(st, 8),
                          .rows = (long)column_int(st, 9),
                          .digest = state_text(s, st, 10),
                          .version = state_text(s, st, 12),
                          .said_at = state_text(s, st, 14)};
  p->definition = definition_column(s, st, 11, seen, p->digest);
  return read_value(s, st, 3, &p->value) && state_day(st, 1, &p->day) && p->day != DAY_NONE &&
         state_day(st, 13, &p->said_on) && p->said_on != DAY_NONE;
}

bool state_published(struct state *s, day_t from, day_t to, struct published **out, size_t *n,
                     struct diags *problems) {
  VEC(struct published) list = {0};
  bool there;
  *out = NULL;
  *n = 0;
  /* a state in which nothing has ever been said may be older than the table */
  if (!database_has_table(&s->db, "published", &there)) return state_fail(s, problems);
  if (!there) return true;
  struct statement *st = state_prepare(s, SQL_PUBLISHED, problems);
  if (!st) return false;
  bind_day(st, 1, from);
  bind_day(st, 2, to);
  enum step is;
  bool ok = true;
  struct map seen = {0};
  while (ok && (is = statement_step(st)) == STEP_ROW) {
    struct published p;
    ok = read_row(s, st, &seen, &p) ||
         diag_fail(problems, V0605,
                   "%s is damaged: what was said of %s on a day cannot be read; put back a copy "
                   "from your backups, or choose another file with --state",
                   s->path, p.kpi);
    if (ok) VEC_PUSH(s->a, &list, p);
  }
  if (ok && is != STEP_DONE) ok = state_fail(s, problems);
  statement_end(st);
  *out = list.v;
  *n = list.n;
  return ok;
}
