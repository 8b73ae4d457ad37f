/* In: items. Out: the same with their reasons and steps. */
#include "action/state_parts.h"

#include <stdlib.h>
#include <string.h>

#include "action/sql.h"
#include "base/text_buffer.h"

/* ---- one row -------------------------------------------------------------------------- */

static bool take_reason(struct parts_reader *p, struct statement *st, int64_t item) {
  struct state *s = p->s;
  struct because b = {.expr = state_repeated(s, st, 1, NULL),
                      .value = {.known = column_int(st, 5) != 0,
                                .num = column_real(st, 6),
                                .text = state_text(s, st, 7),
                                .rows = (long)column_int(st, 8),
                                .of_rows = (long)column_int(st, 9)},
                      .bound = state_repeated(s, st, 10, NULL),
                      .moved = state_text(s, st, 11)};
  if (!state_type(s, st, 2, &b.value.type))
    return state_damaged(s, "unit among its reasons", item, p->problems);
  VEC_PUSH(s->a, &p->of_item, b);
  return true;
}

/* Those that were taken are the item's. */
static void keep_reasons(struct parts_reader *p, struct item *i) {
  size_t n = i->n_because = p->of_item.n;
  struct because *kept = n ? NEW_N(p->s->a, struct because, n) : NULL;
  if (n) memcpy(kept, p->of_item.v, n * sizeof *kept);
  i->because = kept;
  p->of_item.n = 0;
}

typedef VEC(struct item_step) step_list;

static bool take_step(struct parts_reader *p, struct statement *st, int64_t item,
                      step_list *steps) {
  const struct item_step none = {0};
  VEC_PUSH(p->s->a, steps, none);
  int at = 1;
  for (const struct item_field *f = step_fields; f < step_fields + n_step_fields; f++) {
    const char *what;
    if (!state_field(p->s, st, at, f, &none, &steps->v[steps->n - 1], &what))
      return state_damaged(p->s, "day of a step", item, p->problems);
    at += item_columns(f);
  }
  return true;
}

/* ---- of one item after the other ------------------------------------------------------ */

/* Goes through the reasons in the order of their items: on from item to item where they are near,
 * as most are, else it looks them up. */
enum { NEAR_ITEMS = 8 };

static bool next_reason(struct parts_reader *p) {
  enum step is = statement_step(p->why);
  p->item = is == STEP_ROW ? column_int(p->why, 0) : INT64_MAX;
  return is != STEP_FAILED || state_fail(p->s, p->problems);
}

/* On the first reason of the item, or of one behind it. */
static bool seek_reasons(struct parts_reader *p, int64_t item) {
  bool on = p->asked && p->asked < item && (p->item >= item || item - p->item <= NEAR_ITEMS);
  p->asked = item;
  if (!on) {
    statement_reset(p->why);
    bind_int(p->why, 1, item);
    return next_reason(p);
  }
  while (p->item < item)
    if (!next_reason(p)) return false;
  return true;
}

static bool read_reasons(struct parts_reader *p, struct item *i) {
  if (!seek_reasons(p, i->id)) return false;
  while (p->item == i->id)
    if (!take_reason(p, p->why, i->id) || !next_reason(p)) return false;
  keep_reasons(p, i);
  return true;
}

static bool read_steps(struct parts_reader *p, struct item *i) {
  step_list steps = {0};
  enum step is;
  bind_int(p->steps, 1, i->id);
  while ((is = statement_step(p->steps)) == STEP_ROW)
    if (!take_step(p, p->steps, i->id, &steps)) return false;
  if (is != STEP_DONE) return state_fail(p->s, p->problems);
  statement_reset(p->steps);
  i->steps = steps.v;
  i->n_steps = steps.n;
  return true;
}

bool parts_begin(struct parts_reader *p) {
  bool remote = p->s->db.remote != NULL;
  p->why = state_prepare_many(p->s, remote ? SQL_BECAUSE_OF_ITEMS : SQL_BECAUSE, p->problems);
  p->steps = state_prepare_many(p->s, remote ? sql_steps_of_items : sql_steps, p->problems);
  return p->why && p->steps;
}

bool parts_read(struct parts_reader *p, struct item *i, size_t at, bool reasons) {
  if (p->s->db.remote) {
    p->reasons = reasons;
    VEC_PUSH(p->s->a, &p->later, at);
    return true;
  }
  return (!reasons || read_reasons(p, i)) && (!i->playbook || read_steps(p, i));
}

/* ---- of many items at once ------------------------------------------------------------ */

const char *parts_numbers(struct state *s, const int64_t *numbers, size_t n) {
  struct text_buffer t = {.a = s->a};
  for (size_t i = 0; i < n; i++)
    text_add(&t, arena_printf(s->a, "%s%lld", i ? "," : "{", (long long)numbers[i]));
  text_add(&t, n ? "}" : "{}");
  return text_of_buffer(&t);
}

const char *parts_texts(struct state *s, const char *const *texts, size_t n) {
  struct text_buffer t = {.a = s->a};
  for (size_t i = 0; i < n; i++) {
    text_add(&t, i ? ",\"" : "{\"");
    for (const char *c = texts[i]; *c; c++) {
      if (*c == '"' || *c == '\\') text_add(&t, "\\");
      text_add_n(&t, c, 1);
    }
    text_add(&t, "\"");
  }
  text_add(&t, n ? "}" : "{}");
  return text_of_buffer(&t);
}

static int by_number(const void *pa, const void *pb) {
  const struct item *a = *(struct item *const *)pa, *b = *(struct item *const *)pb;
  return (a->id > b->id) - (a->id < b->id);
}

/* Rows come in the order of their items, which stand in theirs. */
static bool read_reasons_of(struct parts_reader *p, struct item **items, size_t n) {
  enum step is;
  size_t at = 0;
  while ((is = statement_step(p->why)) == STEP_ROW) {
    int64_t item = column_int(p->why, 0);
    while (at < n && items[at]->id < item) keep_reasons(p, items[at++]);
    if (!take_reason(p, p->why, item)) return false;
  }
  while (at < n) keep_reasons(p, items[at++]);
  return is == STEP_DONE || state_fail(p->s, p->problems);
}

static bool read_steps_of(struct parts_reader *p, struct item **items, size_t n) {
  enum step is;
  size_t at = 0;
  step_list steps = {0};
  while ((is = statement_step(p->steps)) == STEP_ROW) {
    int64_t item = column_int(p->steps, 0);
    if (items[at]->id < item) steps = (step_list){0};
    while (at + 1 < n && items[at]->id < item) at++;
    if (!take_step(p, p->steps, item, &steps)) return false;
    items[at]->steps = steps.v;
    items[at]->n_steps = steps.n;
  }
  return is == STEP_DONE || state_fail(p->s, p->problems);
}

static bool read_parts_of(struct parts_reader *p, struct item **items, size_t n) {
  int64_t *numbers = NEW_N(p->s->a, int64_t, n);
  size_t n_steps = 0;
  for (size_t i = 0; i < n; i++) numbers[i] = items[i]->id;
  bind_text(p->why, 1, parts_numbers(p->s, numbers, n));
  if (p->reasons && !read_reasons_of(p, items, n)) return false;
  statement_reset(p->why);
  for (size_t i = 0; i < n; i++)
    if (items[i]->playbook) items[n_steps++] = items[i];
  for (size_t i = 0; i < n_steps; i++) numbers[i] = items[i]->id;
  bind_text(p->steps, 1, parts_numbers(p->s, numbers, n_steps));
  if (n_steps && !read_steps_of(p, items, n_steps)) return false;
  statement_reset(p->steps);
  return true;
}

bool parts_finish(struct parts_reader *p, struct item *list) {
  size_t n = p->later.n;
  struct item **items = NEW_N(p->s->a, struct item *, n + 1);
  for (size_t i = 0; i < n; i++) items[i] = &list[p->later.v[i]];
  if (n) qsort(items, n, sizeof *items, by_number);
  for (size_t i = 0; i < n; i += NUMBERS_AT_ONCE)
    if (!read_parts_of(p, items + i, n - i < NUMBERS_AT_ONCE ? n - i : NUMBERS_AT_ONCE))
      return false;
  return true;
}

void parts_end(struct parts_reader *p) {
  statement_end(p->why);
  statement_end(p->steps);
  p->why = p->steps = NULL;
}
