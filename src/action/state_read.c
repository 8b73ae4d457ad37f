/* Reading items. In: an open state. Out: items with their reasons, in the state's arena. The
 * constraints of the schema keep what Vigie writes in order; a value that is out of order all the
 * same (someone edited the file) is a message. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "action/compare.h"
#include "action/row_index.h"
#include "action/sql.h"
#include "action/stand.h"
#include "action/state_db.h"
#include "action/state_parts.h"
#include "base/check.h"
#include "base/intern.h"
#include "base/text.h"
#include "base/vec.h"
#include "data/column.h"

const char *state_repeated(struct state *s, struct statement *st, int at, const char *before) {
  const char *t = column_text(st, at);
  return !t ? NULL : before && strcmp(t, before) == 0 ? before : intern(s->a, t);
}

bool state_damaged(struct state *s, const char *what, int64_t id, struct diags *problems) {
  return diag_fail(
      problems, V0605,
      "%s is damaged: item %lld has an unknown %s; put back a copy from your backups, or choose "
      "another file with --state",
      s->path, (long long)id, what);
}

bool state_type(struct state *s, struct statement *st, int at, struct type *out) {
  const char *unit = column_text(st, at);
  out->currency = state_repeated(s, st, at + 1, NULL);
  out->percent = column_int(st, at + 2) != 0;
  return unit && type_from_name(unit, out);
}

/* A value from `at`: its number, then its type, then the rows of a partial aggregate. */
static bool value_at(struct state *s, struct statement *st, int at, struct value *out) {
  out->known = !column_is_null(st, at);
  out->num = column_real(st, at);
  out->rows = (long)column_int(st, at + 4);
  out->of_rows = (long)column_int(st, at + 5);
  return state_type(s, st, at + 1, &out->type);
}

bool state_field(struct state *s, struct statement *st, int at, const struct item_field *f,
                 const void *before, void *row, const char **what) {
  void *to = (char *)row + f->offset;
  switch (f->kind) {
    case KIND_TEXT:
    case KIND_JSON: *(item_TEXT *)to = state_text(s, st, at); return true;
    case KIND_KEY:
    case KIND_REPEATED:
      *(item_REPEATED *)to = state_repeated(s, st, at, *ITEM_AT(before, f, REPEATED));
      return true;
    case KIND_ITEM:
    case KIND_NUMBER: *(item_NUMBER *)to = column_int(st, at); return true;
    case KIND_FLAG: *(item_FLAG *)to = column_int(st, at) != 0; return true;
    case KIND_DAY: *what = "date"; return state_day(st, at, to);
    case KIND_VALUE: *what = "unit of its worth"; return value_at(s, st, at, to);
    case KIND_STATE: *what = "state"; return item_state_from_name(column_text(st, at), to);
  }
  UNREACHABLE("a kind of item.def");
}

/* before: the item of the row before, or a zeroed one. */
static bool read_item(struct state *s, struct statement *st, const struct item *before,
                      struct item *i, struct diags *problems) {
  *i = (struct item){.id = column_int(st, 0), .kept = true};
  int at = 1;
  for (const struct item_field *f = item_fields; f < item_fields + n_item_fields; f++) {
    const char *what;
    if (!state_field(s, st, at, f, before, i, &what))
      return state_damaged(s, what, i->id, problems);
    at += item_columns(f);
  }
  CHECK(at == statement_columns(st));
  return true;
}

/* Of which items the reasons and the steps are read. */
enum reasons_of { REASONS_OF_NONE, REASONS_OF_LIVING, REASONS_OF_ALL, STEPS_OF_ALL };

typedef VEC(struct item) item_list;

/* Reads whole items. */
struct item_reader {
  struct state *s;
  enum reasons_of of;
  struct parts_reader parts;
  struct arena *a;      /* of the list, which grows */
  const uint64_t *only; /* of these numbers, as bits; NULL: whatever is found */
  struct diags *problems;
};

static bool begin_reading(struct item_reader *r) {
  r->parts = (struct parts_reader){.s = r->s, .problems = r->problems};
  return r->of == REASONS_OF_NONE || parts_begin(&r->parts);
}

static bool end_reading(struct item_reader *r, bool ok, const item_list *list) {
  ok = ok && parts_finish(&r->parts, list->v);
  parts_end(&r->parts);
  return ok;
}

static bool add_one(struct item_reader *r, struct statement *st, item_list *list) {
  const struct item none = {0};
  struct item i;
  if (!read_item(r->s, st, list->n ? &list->v[list->n - 1] : &none, &i, r->problems)) return false;
  bool wanted = r->of == REASONS_OF_LIVING ? item_living(&i) : r->of != REASONS_OF_NONE;
  if (wanted && !parts_read(&r->parts, &i, list->n, r->of != STEPS_OF_ALL)) return false;
  VEC_PUSH(r->a, list, i);
  return true;
}

/* Adds what the statement finds to the list. */
static bool add_found(struct item_reader *r, struct statement *st, item_list *list) {
  enum step is;
  while ((is = statement_step(st)) == STEP_ROW) {
    if (r->only && !bit_get(r->only, (size_t)column_int(st, 0))) continue;
    if (!add_one(r, st, list)) return false;
  }
  return is == STEP_DONE || state_fail(r->s, r->problems);
}

static bool add_read(struct state *s, struct statement *st, enum reasons_of of, struct arena *a,
                     item_list *list, struct diags *problems) {
  struct item_reader r = {.s = s, .of = of, .a = a, .problems = problems};
  bool ok = begin_reading(&r) && add_found(&r, st, list);
  return end_reading(&r, ok, list);
}

static bool read_items(struct state *s, struct statement *st, enum reasons_of reasons,
                       struct item **out, size_t *n, struct diags *problems) {
  struct arena *scratch = arena_new(); /* there may be many, and growing leaves copies behind */
  item_list items = {0};
  bool ok = add_read(s, st, reasons, scratch, &items, problems);
  *out = NEW_N(s->a, struct item, items.n);
  *n = items.n;
  if (items.n) memcpy(*out, items.v, items.n * sizeof **out);
  arena_free(scratch);
  return ok;
}

static bool day_of_run(struct state *s, const char *sql, day_t *out, struct diags *problems) {
  struct statement *st = state_prepare(s, sql, problems);
  if (!st) return false;
  bool ok = statement_step(st) == STEP_ROW || state_fail(s, problems);
  if (ok && !state_day(st, 0, out)) {
    diag_fail(problems, V0605,
              "%s is damaged: the day of its newest run is not a date; put back a copy from your "
              "backups, or choose another file with --state",
              s->path);
    ok = false;
  }
  statement_end(st);
  return ok;
}

bool state_newest_day(struct state *s, day_t *out, struct diags *problems) {
  return day_of_run(s, SQL_NEWEST_DAY, out, problems);
}

bool state_newest_told_day(struct state *s, day_t *out, struct diags *problems) {
  return day_of_run(s, SQL_NEWEST_TOLD_DAY, out, problems);
}

static bool read_policy(struct state *s, struct statement *st, struct last_policy *out,
                        struct diags *problems) {
  enum step is = statement_step(st);
  bool ok = is == STEP_ROW || is == STEP_DONE || state_fail(s, problems);
  *out = (struct last_policy){.day = DAY_NONE};
  if (is == STEP_ROW) {
    state_day(st, 0, &out->day);
    out->digest = state_text(s, st, 1);
    out->files = state_text(s, st, 2);
  }
  statement_end(st);
  return ok;
}

bool state_last_policy(struct state *s, struct last_policy *out, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_LAST_POLICY, problems);
  return st && read_policy(s, st, out, problems);
}

bool state_policy_on(struct state *s, day_t day, struct last_policy *out, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_POLICY_ON, problems);
  if (!st) return false;
  bind_day(st, 1, day);
  return read_policy(s, st, out, problems);
}

bool state_usual_openings(struct state *s, long *out, struct diags *problems) {
  long opened[OPENINGS_RUNS];
  int n = 0;
  enum step is;
  struct statement *st = state_prepare(s, SQL_OPENINGS, problems);
  if (!st) return false;
  bind_int(st, 1, OPENINGS_RUNS);
  while ((is = statement_step(st)) == STEP_ROW && n < OPENINGS_RUNS)
    opened[n++] = (long)column_int(st, 0);
  bool ok = is == STEP_DONE || is == STEP_ROW || state_fail(s, problems);
  statement_end(st);
  *out = n < OPENINGS_LEAST ? -1 : (opened[(n - 1) / 2] + opened[n / 2]) / 2;
  return ok;
}

bool state_moves(struct state *s, const struct move_count **out, size_t *n,
                 struct diags *problems) {
  VEC(struct move_count) moves = {0};
  struct statement *st = state_prepare(s, SQL_MOVES, problems);
  if (!st) return false;
  enum step is;
  while ((is = statement_step(st)) == STEP_ROW) {
    struct move_count m = {state_text(s, st, 0), (long)column_int(st, 1)};
    VEC_PUSH(s->a, &moves, m);
  }
  bool ok = is == STEP_DONE || state_fail(s, problems);
  statement_end(st);
  *out = moves.v;
  *n = moves.n;
  return ok;
}

bool state_last_number(struct state *s, int64_t *out, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_LAST_NUMBER, problems);
  if (!st) return false;
  bool ok = statement_step(st) == STEP_ROW || state_fail(s, problems);
  if (ok) *out = column_int(st, 0);
  statement_end(st);
  return ok;
}

/* From so large a part on the living are most; below so small a part they are read by number; room
 * for so large a part, and so many, of closed items. */
enum { MOST_PART = 4, FEW_PART = 16, MORE_PART = 16, MORE_ROOM = 64 };

/* Are so many of all items living that the table is to be passed over, not their index? */
static bool are_most(struct state *s, int64_t living, bool *most, struct diags *problems) {
  int64_t last;
  if (!state_last_number(s, &last, problems)) return false;
  *most = living > last / MOST_PART;
  return true;
}

bool state_most_live(struct state *s, bool *most, struct diags *problems) {
  int64_t living;
  struct statement *left = state_prepare(s, SQL_LEFT_LIVING, problems);
  return left && state_number(s, left, &living, problems) && are_most(s, living, most, problems);
}

/* What is read before a decision. */
struct gathering_items {
  struct state *s;
  const struct verdicts *v;
  const struct items_standing *but; /* NULL: there are none */
  item_list list;
  struct row_index living;
  struct statement *of_row, *of_rule, *has_rule;
  struct statement *of_rows; /* NULL: a file has none */
  VEC(const char *) keys;    /* that it is to be asked for */
  struct diags *problems;
};

/* Adds what the statement finds, and makes it ready for the next values. */
static bool add_items(struct gathering_items *x, struct statement *st, enum reasons_of reasons) {
  if (!add_read(x->s, st, reasons, x->s->a, &x->list, x->problems)) return false;
  statement_reset(st);
  return true;
}

/* Those with these numbers, in the order of the numbers where they are looked up one by one. */
static bool add_numbered(struct item_reader *r, const int64_t *numbers, size_t n, item_list *list) {
  size_t at_once = r->s->db.remote ? NUMBERS_AT_ONCE : 1;
  struct statement *st =
      state_prepare(r->s, r->s->db.remote ? sql_numbered_items : sql_numbered_item, r->problems);
  bool ok = st && begin_reading(r);
  for (size_t i = 0; ok && i < n; i += at_once) {
    if (at_once == 1)
      bind_int(st, 1, numbers[i]);
    else
      bind_text(st, 1, parts_numbers(r->s, numbers + i, n - i < at_once ? n - i : at_once));
    ok = add_found(r, st, list);
    statement_reset(st);
  }
  ok = end_reading(r, ok, list);
  statement_end(st);
  return ok;
}

/* Of the living only those that do not stand, each looked up. */
static bool add_few(struct gathering_items *x) {
  struct item_reader r = {
      .s = x->s, .of = REASONS_OF_LIVING, .a = x->s->a, .problems = x->problems};
  return add_numbered(&r, x->but->others, x->but->n_others, &x->list);
}

/* The numbers of those that do not stand, as bits; NULL: all living ones. */
static const uint64_t *bits_of_others(struct gathering_items *x) {
  if (!x->but) return NULL;
  uint64_t *bits = NEW_N(x->s->a, uint64_t, bit_words((size_t)x->but->last + 1));
  for (size_t i = 0; i < x->but->n_others; i++) bit_set(bits, (size_t)x->but->others[i]);
  return bits;
}

/* Where most of what was ever opened is living, the table is read from its beginning to its end,
 * else what the index of the living names. */
static bool add_many(struct gathering_items *x, bool most) {
  struct item_reader r = {.s = x->s,
                          .of = REASONS_OF_LIVING,
                          .a = x->s->a,
                          .only = bits_of_others(x),
                          .problems = x->problems};
  struct statement *st = state_prepare_many(x->s, most ? sql_all_living : sql_living, x->problems);
  bool ok = st && begin_reading(&r) && add_found(&r, st, &x->list);
  ok = end_reading(&r, ok, &x->list);
  statement_end(st);
  return ok;
}

static bool count_living(struct gathering_items *x, int64_t *out) {
  if (x->but) {
    *out = x->but->n + (int64_t)x->but->n_others;
    return true;
  }
  struct statement *count = state_prepare(x->s, SQL_COUNT_LIVING, x->problems);
  return count && state_number(x->s, count, out, x->problems);
}

/* There is room for all of them, and a few more. */
static bool add_living(struct gathering_items *x) {
  int64_t living;
  bool most;
  if (!count_living(x, &living) || !are_most(x->s, living, &most, x->problems)) return false;
  size_t n = x->but ? x->but->n_others : (size_t)living;
  VEC_RESERVE(x->s->a, &x->list, n + n / MORE_PART + MORE_ROOM);
  bool ok = x->but && n < (size_t)living / FEW_PART ? add_few(x) : add_many(x, most);
  struct statement *st = ok ? state_prepare_many(x->s, sql_unarmed_items, x->problems) : NULL;
  ok = st && add_items(x, st, REASONS_OF_NONE);
  statement_end(st);
  return ok;
}

static void index_living(struct gathering_items *x) {
  x->living = row_index_new(x->list.v, x->list.n, x->s->a);
  for (size_t i = 0; i < x->list.n; i++)
    if (item_living(&x->list.v[i])) row_index_add(&x->living, i);
}

/* Does the row get a new item, or its living one another occasion? */
static bool begins(struct gathering_items *x, const struct rule_verdict *r, const struct hit *h) {
  size_t at = row_index_find(&x->living, r->rule, r->entity, h->key);
  return at == SIZE_MAX || !text_same(x->list.v[at].once, h->once);
}

static bool add_of_rule(struct gathering_items *x, const char *rule) {
  bind_text(x->of_rule, 1, rule);
  return add_items(x, x->of_rule, REASONS_OF_NONE);
}

/* Are there items of a name that the rule had before, or may there be some of a group's? */
static bool renames(struct gathering_items *x, const struct rule_verdict *r, bool *out) {
  *out = r->n_renamed > 0;
  for (size_t w = 0; w < r->n_was; w++) {
    bind_text(x->has_rule, 1, r->was[w]);
    if (statement_step(x->has_rule) != STEP_ROW) return state_fail(x->s, x->problems);
    *out |= column_int(x->has_rule, 0) != 0;
    statement_reset(x->has_rule);
  }
  return true;
}

/* The rows of the rule whose turn has come. */
static bool add_waiting(struct gathering_items *x, const struct rule_verdict *r) {
  if (!x->keys.n) return true;
  bind_text(x->of_rows, 1, r->rule);
  bind_text(x->of_rows, 2, r->entity);
  bind_text(x->of_rows, 3, parts_texts(x->s, x->keys.v, x->keys.n));
  x->keys.n = 0;
  return add_items(x, x->of_rows, REASONS_OF_NONE);
}

/* Of a file at once; a server is asked for many together. */
static bool add_of_row(struct gathering_items *x, const struct rule_verdict *r, const char *key) {
  if (x->of_rows && key) {
    VEC_PUSH(x->s->a, &x->keys, key);
    return x->keys.n < NUMBERS_AT_ONCE || add_waiting(x, r);
  }
  bind_text(x->of_row, 1, r->rule);
  bind_text(x->of_row, 2, r->entity);
  bind_text(x->of_row, 3, key);
  return add_items(x, x->of_row, REASONS_OF_NONE);
}

/* Those that may open again: of rows that begin anew; of a rule that is renamed, all of its names,
 * for which rows have items of both is to be seen. Once each, for keys of hits are distinct. */
static bool add_armed(struct gathering_items *x, const struct rule_verdict *r) {
  bool all, ok = renames(x, r, &all);
  if (ok && all) {
    ok = add_of_rule(x, r->rule);
    for (size_t w = 0; ok && w < r->n_was; w++) ok = add_of_rule(x, r->was[w]);
    return ok;
  }
  for (size_t h = 0; ok && h < r->n_hits; h++)
    if (begins(x, r, &r->hits[h])) ok = add_of_row(x, r, r->hits[h].key);
  return ok && add_waiting(x, r);
}

bool state_newest_items(struct state *s, const struct verdicts *v, const struct items_standing *but,
                        struct items_before *out, struct diags *problems) {
  struct gathering_items x = {.s = s, .v = v, .but = but, .problems = problems};
  bool ok = (x.of_row = state_prepare(s, sql_armed_items, problems)) &&
            (x.of_rule = state_prepare(s, sql_armed_of_rule, problems)) &&
            (x.has_rule = state_prepare(s, SQL_HAS_RULE, problems)) &&
            (!s->db.remote || (x.of_rows = state_prepare(s, sql_armed_of_rows, problems))) &&
            add_living(&x);
  if (ok) index_living(&x);
  for (size_t r = 0; ok && r < v->n_rules; r++) ok = add_armed(&x, &v->rules[r]);
  statement_end(x.of_row);
  statement_end(x.of_rows);
  statement_end(x.of_rule);
  statement_end(x.has_rule);
  *out = (struct items_before){x.list.v, x.list.n, x.list.cap};
  return ok;
}

/* account: folded; NULL: whatever it is about. */
static bool is_about(const struct item *i, const char *account, struct arena *a) {
  if (!account) return true;
  const char *texts[] = {i->label, i->key, i->account, i->account_key};
  for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
    if (texts[t] && strstr(text_folded(a, texts[t]), account)) return true;
  return false;
}

/* What the SQL does not say. */
static bool passes(const struct item *i, const struct item_filter *f, const char *account,
                   struct arena *a) {
  if (f->late_on != DAY_NONE && !item_late(i, f->late_on)) return false;
  if (f->hold != HOLD_NONE && item_hold(i) != f->hold) return false;
  if (f->due_by != DAY_NONE && !item_to_do(i)) return false;
  return is_about(i, account, a);
}

/* Only what is asked for, and the state as a literal: so the index of the living serves. Addresses
 * are compared without regard to case. */
static struct statement *prepare_list(struct state *s, const char *select,
                                      const struct item_filter *f, struct diags *problems) {
  bool nobodys = f->owner && strcmp(f->owner, "none") == 0;
  bool living = f->late_on != DAY_NONE || f->hold != HOLD_NONE || f->due_by != DAY_NONE;
  const char *sql = arena_printf(
      s->a, "%s%s%s%s%s%s%s%s%s", select,
      living || (f->state && strcmp(f->state, "open") == 0) ? " AND i.state = 'open'" : "",
      !f->owner ? ""
      : nobodys ? " AND i.owner IS NULL"
                : " AND i.owner = ?1 COLLATE NOCASE",
      f->team ? " AND i.team = ?2" : "", f->rule ? " AND i.rule = ?3" : "",
      f->state && strcmp(f->state, "open") != 0 ? " AND i.state = ?4" : "",
      f->late_on != DAY_NONE ? " AND i.due < ?5" : "",
      f->due_by != DAY_NONE ? " AND i.due <= ?6" : "",
      f->escalated ? " AND i.escalated_on IS NOT NULL" : "");
  struct statement *st = state_prepare_many(s, sql, problems);
  if (!st) return NULL;
  bind_text(st, 1, f->owner);
  bind_text(st, 2, f->team);
  bind_text(st, 3, f->rule);
  bind_text(st, 4, f->state);
  bind_day(st, 5, f->late_on);
  bind_day(st, 6, f->due_by);
  return st;
}

bool state_list(struct state *s, const struct item_filter *f, const struct item ***out, size_t *n,
                struct diags *problems) {
  struct item *items;
  struct statement *st = prepare_list(s, sql_listed_items, f, problems);
  if (!st) return false;
  enum reasons_of of = f->reasons ? REASONS_OF_ALL : f->steps ? STEPS_OF_ALL : REASONS_OF_NONE;
  bool ok = read_items(s, st, of, &items, n, problems);
  statement_end(st);
  if (!ok) return false;
  *out = NEW_N(s->a, const struct item *, *n);
  const char *account = f->account ? text_folded(s->a, f->account) : NULL;
  size_t kept = 0;
  for (size_t i = 0; i < *n; i++)
    if (passes(&items[i], f, account, s->a)) (*out)[kept++] = &items[i];
  *n = kept;
  items_sort(*out, *n);
  return true;
}

/* ---- items in passing ------------------------------------------------------------------ */

/* The fields that are read of each item, and the one item that is filled again and again. */
struct passing_items {
  struct state *s;
  VEC(const struct item_field *) fields;
  struct item item; /* of the row before, then of this one */
};

static void want_field(struct passing_items *x, const char *name) {
  const struct item_field *f = item_fields;
  while (f < item_fields + n_item_fields && strcmp(f->name, name) != 0) f++;
  CHECK(f < item_fields + n_item_fields); /* a name of item.def */
  for (size_t i = 0; i < x->fields.n; i++)
    if (x->fields.v[i] == f) return;
  VEC_PUSH(x->s->a, &x->fields, f);
}

static const char *select_fields(const struct passing_items *x) {
  const char *sql = "SELECT i.id";
  for (size_t i = 0; i < x->fields.n; i++) {
    CHECK(item_columns(x->fields.v[i]) == 1);
    sql = arena_printf(x->s->a, "%s, i.%s", sql, x->fields.v[i]->name);
  }
  return arena_printf(x->s->a, "%s FROM item i WHERE true", sql);
}

static bool read_passing(struct passing_items *x, struct statement *st, struct diags *problems) {
  x->item.id = column_int(st, 0);
  for (size_t i = 0; i < x->fields.n; i++) {
    const struct item_field *f = x->fields.v[i];
    const char *what = "field";
    int at = (int)i + 1;
    bool text = f->kind == KIND_TEXT || f->kind == KIND_KEY || f->kind == KIND_REPEATED;
    if (text) {
      item_TEXT *to = (item_TEXT *)(void *)((char *)&x->item + f->offset);
      *to = state_repeated(x->s, st, at, *to);
    } else if (!state_field(x->s, st, at, f, &x->item, &x->item, &what)) {
      return state_damaged(x->s, what, x->item.id, problems);
    }
  }
  return true;
}

bool state_each(struct state *s, const struct item_filter *f, const char *const *fields, size_t n,
                void (*take)(void *ctx, const struct item *i), void *ctx, struct diags *problems) {
  static const char *const of_hold[] = {"state", "due", "snoozed_until", "muted_by", "waits_for"};
  static const char *const of_account[] = {"label", "key", "account", "account_key"};
  struct passing_items x = {.s = s, .item = item_none()};
  const char *account = f->account ? text_folded(s->a, f->account) : NULL;
  for (size_t i = 0; i < n; i++) want_field(&x, fields[i]);
  /* what passes() looks at */
  for (size_t i = 0; i < sizeof of_hold / sizeof *of_hold; i++) want_field(&x, of_hold[i]);
  for (size_t i = 0; account && i < sizeof of_account / sizeof *of_account; i++)
    want_field(&x, of_account[i]);
  struct statement *st = prepare_list(s, select_fields(&x), f, problems);
  bool ok = st != NULL;
  enum step is = STEP_DONE;
  while (ok && (is = statement_step(st)) == STEP_ROW) {
    ok = read_passing(&x, st, problems);
    if (ok && passes(&x.item, f, account, s->a)) take(ctx, &x.item);
  }
  if (ok && is != STEP_DONE) ok = state_fail(s, problems);
  statement_end(st);
  return ok;
}

/* ---- steps of others' items ----------------------------------------------------------- */

/* Late steps are of anybody: who does them is asked of each. */
static struct statement *prepare_steps(struct state *s, const struct item_filter *f,
                                       struct diags *problems) {
  bool nobodys = f->owner && strcmp(f->owner, "none") == 0, late = f->late_on != DAY_NONE;
  const char *sql = arena_printf(s->a,
                                 "%s AND i.state = 'open'%s AND i.id IN (SELECT item_id FROM step "
                                 "WHERE checked IS NULL%s%s%s)",
                                 sql_listed_items, f->rule ? " AND i.rule = ?3" : "",
                                 late ? " AND due < ?4" : " AND team IS NOT NULL",
                                 !f->owner || late ? ""
                                 : nobodys         ? " AND owner IS NULL"
                                           : " AND owner = ?1 COLLATE NOCASE AND owner IS NOT NULL",
                                 f->team && !late ? " AND team = ?2" : "");
  struct statement *st = state_prepare_many(s, sql, problems);
  if (!st) return NULL;
  if (f->owner && !nobodys && !late) bind_text(st, 1, f->owner);
  if (f->team && !late) bind_text(st, 2, f->team);
  if (f->rule) bind_text(st, 3, f->rule);
  if (late) bind_day(st, 4, f->late_on);
  return st;
}

static bool is_same_person(const char *a, const char *b) {
  return a && b ? strcasecmp(a, b) == 0 : a == b;
}

/* Does the person, or the team, do the step? In an item of its own it stands with the item. */
static bool step_is_of(const struct item *i, const struct item_step *step,
                       const struct item_filter *f) {
  const char *owner = f->owner && strcmp(f->owner, "none") == 0 ? NULL : f->owner;
  const char *team = step->team ? step->team : i->team;
  bool late = f->late_on != DAY_NONE;
  if (!step->team && (!late || item_late(i, f->late_on))) return false;
  if (f->owner &&
      (!is_same_person(step_owner(i, step), owner) || (!late && is_same_person(i->owner, owner))))
    return false;
  return !f->team || (text_same(team, f->team) && (late || !text_same(i->team, f->team)));
}

static bool step_passes(const struct item *i, const struct item_step *step,
                        const struct item_filter *f) {
  if (!step_open(step) || !step_is_of(i, step, f)) return false;
  if (f->late_on != DAY_NONE && !step_late(step, f->late_on)) return false;
  return f->due_by == DAY_NONE || (step->due != DAY_NONE && step->due <= f->due_by);
}

static int by_step_day(const void *pa, const void *pb) {
  const struct step_of *a = pa, *b = pb;
  day_t x = a->item->steps[a->at].due, y = b->item->steps[b->at].due;
  if (x != y) return x == DAY_NONE ? 1 : y == DAY_NONE ? -1 : x < y ? -1 : 1;
  if (a->item != b->item) return a->item->id < b->item->id ? -1 : 1;
  return (a->at > b->at) - (a->at < b->at);
}

bool state_steps(struct state *s, const struct item_filter *f, struct step_of **out, size_t *n,
                 struct diags *problems) {
  VEC(struct step_of) steps = {0};
  struct item *items;
  size_t n_items;
  *out = NULL;
  *n = 0;
  bool living = !f->state || strcmp(f->state, "open") == 0;
  bool asked = f->owner || f->team || f->all_steps || f->late_on != DAY_NONE;
  if (!asked || !living || f->hold != HOLD_NONE || f->escalated) return true;
  struct statement *st = prepare_steps(s, f, problems);
  if (!st) return false;
  bool ok = read_items(s, st, STEPS_OF_ALL, &items, &n_items, problems);
  statement_end(st);
  if (!ok) return false;
  const char *account = f->account ? text_folded(s->a, f->account) : NULL;
  for (size_t i = 0; i < n_items; i++) {
    if (!item_to_do(&items[i]) || !item_counts(&items[i]) || !is_about(&items[i], account, s->a))
      continue;
    for (size_t k = 0; k < items[i].n_steps; k++)
      if (step_passes(&items[i], &items[i].steps[k], f))
        VEC_PUSH(s->a, &steps, ((struct step_of){&items[i], k}));
  }
  if (steps.n) qsort(steps.v, steps.n, sizeof *steps.v, by_step_day);
  *out = steps.v;
  *n = steps.n;
  return true;
}

static int by_number(const void *pa, const void *pb) {
  const struct item *a = pa, *b = pb;
  return (a->id > b->id) - (a->id < b->id);
}

bool state_numbered(struct state *s, const int64_t *numbers, size_t n, struct item **out,
                    struct diags *problems) {
  struct item_reader r = {.s = s, .of = REASONS_OF_ALL, .a = s->a, .problems = problems};
  item_list found = {0};
  *out = NEW_N(s->a, struct item, n);
  if (!add_numbered(&r, numbers, n, &found)) return false;
  if (found.n) qsort(found.v, found.n, sizeof *found.v, by_number);
  for (size_t i = 0; found.n && i < n; i++) {
    const struct item asked = {.id = numbers[i]};
    const struct item *it = bsearch(&asked, found.v, found.n, sizeof *found.v, by_number);
    if (it) (*out)[i] = *it;
  }
  return true;
}

bool state_living(struct state *s, const struct item *i, int64_t *out, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_LIVING, problems);
  if (!st) return false;
  bind_text(st, 1, i->rule);
  bind_text(st, 2, i->entity);
  bind_text(st, 3, i->key);
  return state_number(s, st, out, problems);
}

bool state_person(struct state *s, const char *name, const char **out, struct diags *problems) {
  struct statement *st = state_prepare(s, SQL_PERSON, problems);
  if (!st) return false;
  bind_text(st, 1, name);
  bool ok = statement_step(st) == STEP_ROW || state_fail(s, problems);
  *out = ok ? state_text(s, st, 0) : NULL;
  statement_end(st);
  return ok;
}

/* The texts of a query, one a row. */
static bool read_texts(struct state *s, const char *sql, const char *const **out, size_t *n,
                       struct diags *problems) {
  VEC(const char *) texts = {0};
  struct statement *st = state_prepare(s, sql, problems);
  if (!st) return false;
  enum step is;
  while ((is = statement_step(st)) == STEP_ROW) VEC_PUSH(s->a, &texts, state_text(s, st, 0));
  bool ok = is == STEP_DONE || state_fail(s, problems);
  statement_end(st);
  *out = texts.v;
  *n = texts.n;
  return ok;
}

bool state_owners(struct state *s, const char *const **out, size_t *n, struct diags *problems) {
  return read_texts(s, SQL_OWNERS, out, n, problems);
}

bool state_movers(struct state *s, const char *const **out, size_t *n, struct diags *problems) {
  return read_texts(s, SQL_MOVERS, out, n, problems);
}

bool state_accounts(struct state *s, const char *const **out, size_t *n, struct diags *problems) {
  return read_texts(s, SQL_ACCOUNTS, out, n, problems);
}

bool state_history(struct state *s, int64_t item, struct event **out, size_t *n,
                   struct diags *problems) {
  VEC(struct event) events = {0};
  struct statement *st = state_prepare(s, SQL_HISTORY, problems);
  if (!st) return false;
  bind_int(st, 1, item);
  enum step is;
  bool ok = true;
  while (ok && (is = statement_step(st)) == STEP_ROW) {
    struct event e = {.at = state_text(s, st, 1),
                      .person = state_text(s, st, 2),
                      .change = state_text(s, st, 3),
                      .field = state_text(s, st, 4),
                      .old = state_text(s, st, 5),
                      .now = state_text(s, st, 6),
                      .why = state_text(s, st, 7)};
    ok = state_day(st, 0, &e.day) || state_damaged(s, "day in its history", item, problems);
    VEC_PUSH(s->a, &events, e);
  }
  if (ok && is != STEP_DONE) ok = state_fail(s, problems);
  statement_end(st);
  *out = events.v;
  *n = events.n;
  return ok;
}
