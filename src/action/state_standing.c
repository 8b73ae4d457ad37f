/* Items that stand. In: a few columns of each living item, and hits that have marks. Out: the items
 * of which the run would change nothing, put together by rule and owner, their hits left out; and
 * the numbers of the others. */
#include <string.h>

#include "action/sql.h"
#include "action/stand.h"
#include "action/state_db.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/intern.h"
#include "base/map.h"
#include "base/vec.h"
#include "data/column.h"
#include "data/raw.h"
#include "judge/judge.h"

/* The columns, in the order of sql_standing. */
enum {
  AT_ID,
#define SEEN(column, kind) AT_##column,
#include "action/seen.def"
#undef SEEN
  SEEN_COLUMNS
};

enum { DAY_TEXT = 10 /* bytes of "2026-03-01" */, FIRST_SLOTS = 256 };

/* A rule whose items may stand. */
struct standing_rule {
  const struct rule_verdict *rule;
  uint64_t stands;            /* rule_stands */
  struct standing_rows *rows; /* of its entity; NULL: none has been met */
  /* how the worth of the item before was written; unit NULL: there was none */
  const char *unit, *currency;
  bool percent, money; /* money: its worth is at stake: */
  uint32_t measure;
};

struct standing_reader {
  struct state *s;
  const struct verdicts *v;
  struct map rules;           /* by name: struct standing_rule */
  struct standing_rule *last; /* of the row before; NULL */
  VEC(struct standing_group) groups;
  uint64_t *hashes; /* of the groups, by place */
  bool *stay;       /* by place: the owner is there, where the team asks */
  uint32_t *slots;  /* the place of a group + 1; 0: free */
  size_t n_slots;   /* a power of two, at least twice the groups */
  VEC(struct standing_rows) rows;
  VEC(int64_t) others;
  VEC(char) key; /* of the row, with a NUL behind */
  /* by column the day that was read last, as it is written */
  struct {
    char text[DAY_TEXT];
    day_t day;
  } days[SEEN_COLUMNS];
  struct items_standing out;
  struct diags *problems;
};

static bool is_text(const struct raw_cell *c, const char *text) {
  if (!text) return c->stored == STORED_NULL;
  return c->stored == STORED_TEXT && strncmp(text, c->s, c->n) == 0 && !text[c->n];
}

/* Days repeat from item to item. */
static bool read_day(struct standing_reader *x, int at, const struct raw_cell *row, day_t *out) {
  const struct raw_cell *c = &row[at];
  *out = DAY_NONE;
  if (c->stored != STORED_TEXT) return c->stored == STORED_NULL;
  if (c->n == DAY_TEXT && memcmp(x->days[at].text, c->s, DAY_TEXT) == 0) {
    *out = x->days[at].day;
    return true;
  }
  if (!day_parse(c->s, c->n, out)) return false;
  if (c->n == DAY_TEXT) {
    memcpy(x->days[at].text, c->s, DAY_TEXT);
    x->days[at].day = *out;
  }
  return true;
}

/* ---- which rule, which group ----------------------------------------------------------- */

static struct standing_rule *rule_of(struct standing_reader *x, const struct raw_cell *row) {
  const struct raw_cell *c = &row[AT_rule];
  if (!x->last || !is_text(c, x->last->rule->rule))
    x->last = c->stored == STORED_TEXT ? map_get(&x->rules, intern_n(x->s->a, c->s, c->n)) : NULL;
  return x->last && is_text(&row[AT_entity], x->last->rule->entity) ? x->last : NULL;
}

static void make_room(struct standing_reader *x) {
  struct arena *a = x->s->a;
  if (x->groups.n * 2 < x->n_slots) return;
  uint64_t *hashes = x->hashes;
  bool *stay = x->stay;
  x->n_slots = x->n_slots ? x->n_slots * 2 : FIRST_SLOTS;
  x->slots = NEW_N(a, uint32_t, x->n_slots);
  x->hashes = NEW_N(a, uint64_t, x->n_slots);
  x->stay = NEW_N(a, bool, x->n_slots);
  for (size_t n = 0; n < x->groups.n; n++) {
    x->hashes[n] = hashes[n];
    x->stay[n] = stay[n];
    size_t at = hashes[n] & (x->n_slots - 1);
    while (x->slots[at]) at = (at + 1) & (x->n_slots - 1);
    x->slots[at] = (uint32_t)n + 1;
  }
}

/* The place of the group of the rule and the owner. */
static size_t group_of(struct standing_reader *x, const struct rule_verdict *r,
                       const struct raw_cell *owner) {
  bool has = owner->stored == STORED_TEXT;
  uint64_t hash = hash_mix((has ? hash_bytes(owner->s, owner->n) : 0) ^ (uint64_t)(uintptr_t)r);
  make_room(x);
  size_t at = hash & (x->n_slots - 1);
  for (; x->slots[at]; at = (at + 1) & (x->n_slots - 1)) {
    size_t n = x->slots[at] - 1;
    if (x->hashes[n] == hash && x->groups.v[n].rule == r && is_text(owner, x->groups.v[n].owner))
      return n;
  }
  const char *name = has ? arena_strndup(x->s->a, owner->s, owner->n) : NULL;
  VEC_PUSH(
      x->s->a, &x->groups,
      ((struct standing_group){.rule = r, .owner = name, .due = DAY_NONE, .opened = DAY_NONE}));
  size_t n = x->groups.n - 1;
  x->slots[at] = (uint32_t)n + 1;
  x->hashes[n] = hash;
  x->stay[n] = owner_stays(x->v, r, name);
  return n;
}

/* Each entity is of one table, whose rows have one place for all rules. */
static struct standing_rows *rows_of(struct standing_reader *x, struct standing_rule *r) {
  for (size_t k = 0; k < x->rows.n && !r->rows; k++)
    if (strcmp(x->rows.v[k].rule->entity, r->rule->entity) == 0) r->rows = &x->rows.v[k];
  size_t n = r->rule->marks->n_rows;
  if (!r->rows) {
    CHECK(x->rows.n < x->rows.cap); /* one for each rule at most */
    VEC_PUSH(x->s->a, &x->rows,
             ((struct standing_rows){r->rule, NEW_N(x->s->a, uint64_t, bit_words(n) + 1), 0}));
    r->rows = &x->rows.v[x->rows.n - 1];
  }
  CHECK(r->rows->rule->marks->n_rows == n);
  return r->rows;
}

bool standing_has_row(const struct items_standing *s, const struct verdicts *v,
                      const struct rule_verdict *r, const char *key) {
  for (size_t k = 0; s && k < s->n_rows; k++) {
    if (strcmp(s->rows[k].rule->entity, r->entity) != 0) continue;
    int32_t row = verdicts_row(v, r, key);
    return row >= 0 && bit_get(s->rows[k].has, (size_t)row);
  }
  return false;
}

/* ---- does it stand? -------------------------------------------------------------------- */

/* A key without one is that of a group, which has no marks. */
static const char *key_of(struct standing_reader *x, const struct raw_cell *c) {
  if (c->stored != STORED_TEXT) return NULL;
  if (x->key.cap <= c->n) VEC_RESERVE(x->s->a, &x->key, 2 * (size_t)c->n + 1);
  memcpy(x->key.v, c->s, c->n);
  x->key.v[c->n] = 0;
  return x->key.v;
}

/* The hit that the item has, of which nothing is new for it; NO_HIT: it is to be looked at. */
static size_t same_hit(struct standing_reader *x, const struct raw_cell *row) {
  uint64_t mark, stands = (uint64_t)row[AT_stands].i;
  day_t to;
  if (row[AT_stands].stored != STORED_INT || !stands || !read_day(x, AT_stands_to, row, &to))
    return NO_HIT;
  if (to != DAY_NONE && x->v->as_of >= to) return NO_HIT;
  const struct standing_rule *r = rule_of(x, row);
  size_t hit = r ? verdicts_hit(x->v, r->rule, key_of(x, &row[AT_key]), &mark) : NO_HIT;
  return hit == NO_HIT || stands_with(r->stands, mark) != stands ? NO_HIT : hit;
}

/* ---- what is read of it ---------------------------------------------------------------- */

/* What the worth of the item is; false: its unit is none. */
static bool read_measure(struct standing_reader *x, struct standing_rule *r,
                         const struct raw_cell *row) {
  bool percent = row[AT_worth_percent].i != 0;
  if (r->unit && is_text(&row[AT_worth_unit], r->unit) && r->percent == percent &&
      is_text(&row[AT_worth_currency], r->currency))
    return true;
  const struct raw_cell *unit = &row[AT_worth_unit], *currency = &row[AT_worth_currency];
  struct arena *a = x->s->a;
  struct type type = {.percent = percent};
  if (unit->stored != STORED_TEXT) return false;
  r->unit = intern_n(a, unit->s, unit->n);
  r->currency = currency->stored == STORED_TEXT ? intern_n(a, currency->s, currency->n) : NULL;
  r->percent = percent;
  if (!type_from_name(r->unit, &type)) return false;
  type.currency = r->currency;
  r->money = type.unit == U_MONEY;
  const char *entity = r->rule->worth_entity ? r->rule->worth_entity : r->rule->entity;
  if (r->money) r->measure = ledger_measure(&x->out.money, entity, r->rule->worth_name, type, a);
  return true;
}

static void take_money(struct standing_reader *x, const struct standing_rule *r, const char *owner,
                       day_t due, const struct raw_cell *row) {
  const struct raw_cell *key =
      &row[row[AT_worth_key].stored == STORED_TEXT ? AT_worth_key : AT_key];
  struct claim c = {owner, row[AT_worth].r, due};
  if (!r->money || row[AT_worth].stored == STORED_NULL) return;
  CHECK(key->stored == STORED_TEXT); /* without one no hit is found */
  ledger_enter(&x->out.money, r->measure, key->s, key->n, c, x->s->a);
}

static void first_day(day_t *first, day_t day) {
  if (day != DAY_NONE && (*first == DAY_NONE || day < *first)) *first = day;
}

/* Adds it to its group. */
static bool take_item(struct standing_reader *x, struct standing_group *g,
                      const struct raw_cell *row) {
  day_t opened, due, acknowledged, touched;
  int64_t id = row[AT_ID].i;
  if (!read_day(x, AT_opened, row, &opened) || !read_day(x, AT_due, row, &due) ||
      !read_day(x, AT_acknowledged, row, &acknowledged) || !read_day(x, AT_touched, row, &touched))
    return state_damaged(x->s, "date", id, x->problems);
  if (!read_measure(x, x->last, row))
    return state_damaged(x->s, "unit of its worth", id, x->problems);
  x->out.n++;
  g->n++;
  g->late += due != DAY_NONE && due < x->v->as_of;
  g->acknowledged += acknowledged != DAY_NONE;
  g->touched |= touched != DAY_NONE || acknowledged != DAY_NONE;
  first_day(&g->due, due);
  first_day(&g->opened, opened);
  take_money(x, x->last, g->owner, due, row);
  return true;
}

static bool take_row(struct standing_reader *x, const struct raw_cell *row) {
  size_t hit = same_hit(x, row), group = 0;
  if (hit != NO_HIT) group = group_of(x, x->last->rule, &row[AT_owner]);
  if (row[AT_ID].i > x->out.last) x->out.last = row[AT_ID].i;
  if (hit == NO_HIT || !x->stay[group]) {
    VEC_PUSH(x->s->a, &x->others, row[AT_ID].i);
    return true;
  }
  struct hit_marks *m = x->last->rule->marks;
  m->left_out[hit] = true;
  struct standing_rows *rows = rows_of(x, x->last);
  rows->n += !bit_get(rows->has, (size_t)m->rows[hit]);
  bit_set(rows->has, (size_t)m->rows[hit]);
  return take_item(x, &x->groups.v[group], row);
}

/* ---- all of them ----------------------------------------------------------------------- */

static struct raw_cell cell_TEXT(struct statement *st, int at) {
  return raw_text(column_text(st, at));
}

static struct raw_cell cell_INT(struct statement *st, int at) {
  return (struct raw_cell){.stored = STORED_INT, .i = column_int(st, at)};
}

static struct raw_cell cell_REAL(struct statement *st, int at) {
  if (column_is_null(st, at)) return (struct raw_cell){.stored = STORED_NULL};
  return (struct raw_cell){.stored = STORED_REAL, .r = column_real(st, at)};
}

static bool read_rows(struct standing_reader *x, bool most) {
  struct raw_cell row[SEEN_COLUMNS];
  struct statement *st =
      state_prepare_many(x->s, most ? sql_all_standing : sql_standing, x->problems);
  enum step is = STEP_DONE;
  bool ok = st != NULL;
  while (ok && (is = statement_step(st)) == STEP_ROW) {
    row[AT_ID] = cell_INT(st, AT_ID);
#define SEEN(column, kind) row[AT_##column] = cell_##kind(st, AT_##column);
#include "action/seen.def"
#undef SEEN
    ok = take_row(x, row);
  }
  if (ok && is != STEP_DONE) ok = state_fail(x->s, x->problems);
  statement_end(st);
  return ok;
}

/* The same from the pages of the file, with the state of each item behind. */
static const char *const page_columns[] = {"id",
#define SEEN(column, kind) #column,
#include "action/seen.def"
#undef SEEN
                                           "state"};
enum { PAGE_COLUMNS = sizeof page_columns / sizeof *page_columns };

static bool take_rows(void *ctx, const struct raw_cell *row, size_t n) {
  struct standing_reader *x = ctx;
  for (size_t i = 0; i < n; i++, row += PAGE_COLUMNS)
    if (is_text(&row[SEEN_COLUMNS], item_state_name(ITEM_OPEN)) && !take_row(x, row)) return false;
  return true;
}

static void map_rules(struct standing_reader *x) {
  struct standing_rule *list = NEW_N(x->s->a, struct standing_rule, x->v->n_rules + 1);
  for (size_t r = 0; r < x->v->n_rules; r++) {
    list[r] = (struct standing_rule){.rule = &x->v->rules[r],
                                     .stands = rule_stands(x->v, &x->v->rules[r])};
    if (list[r].stands) map_put(&x->rules, x->s->a, x->v->rules[r].rule, &list[r]);
  }
  VEC_RESERVE(x->s->a, &x->rows, x->v->n_rules + 1);
}

/* Groups of which some item stands. */
static void finish(struct standing_reader *x) {
  size_t kept = 0;
  for (size_t k = 0; k < x->groups.n; k++)
    if (x->groups.v[k].n) x->groups.v[kept++] = x->groups.v[k];
  x->out.groups = x->groups.v;
  x->out.n_groups = kept;
  x->out.rows = x->rows.v;
  x->out.n_rows = x->rows.n;
  x->out.others = x->others.v;
  x->out.n_others = x->others.n;
}

static struct standing_reader begin(struct state *s, const struct verdicts *v,
                                    struct diags *problems) {
  struct standing_reader x = {.s = s, .v = v, .problems = problems};
  for (size_t r = 0; r < v->n_rules; r++) {
    struct hit_marks *m = v->rules[r].marks;
    if (m && m->n) memset(m->left_out, 0, m->n * sizeof *m->left_out);
  }
  map_rules(&x);
  return x;
}

bool state_standing_items(struct state *s, const struct verdicts *v, struct items_standing *out,
                          struct diags *problems) {
  bool most;
  if (!state_most_live(s, &most, problems)) return false;
  struct standing_reader x = begin(s, v, problems);
  enum rows_end end =
      most ? database_rows(&s->db, "item", page_columns, PAGE_COLUMNS, take_rows, &x) : ROWS_UNREAD;
  if (end == ROWS_STOPPED) return false;
  if (end == ROWS_UNREAD) {
    x = begin(s, v, problems);
    if (!read_rows(&x, most)) return false;
  }
  finish(&x);
  *out = x.out;
  return true;
}
