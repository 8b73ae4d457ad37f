/* In: items. Out: what they are worth together, each row once, in words. */
#include "action/stake.h"

#include <stdlib.h>

#include "action/compare.h"
#include "base/check.h"
#include "base/hash.h"
#include "base/text.h"

bool has_stake(const struct item *i) {
  return item_living(i) && item_counts(i) && i->worth.known && i->worth.type.unit == U_MONEY;
}

/* An older Vigie did not say whose money it is: the row's own. */
const char *stake_entity(const struct item *i) {
  return i->worth_entity ? i->worth_entity : i->entity;
}

const char *stake_key(const struct item *i) { return i->worth_key ? i->worth_key : i->key; }

/* ---- rows ----------------------------------------------------------------------------- */

enum { FIRST_SLOTS = 16 }; /* a power of two, as is every later number of them */

static struct money_row row_of(struct money_rows *rows, const struct item *i) {
  struct money_row r = {.entity = stake_entity(i),
                        .name = i->worth_of,
                        .currency = i->worth.type.currency,
                        .key = stake_key(i)};
  if (r.name != rows->name || r.entity != rows->entity) {
    rows->name = r.name;
    rows->entity = r.entity;
    rows->measure = 3 * hash_text(r.name) + 5 * hash_text(r.entity);
  }
  r.hash = hash_mix(hash_text(r.key) + rows->measure);
  return r;
}

static bool is_same_row(const struct money_row *a, const struct money_row *b) {
  return a->hash == b->hash && text_same(a->key, b->key) && text_same(a->name, b->name) &&
         text_same(a->entity, b->entity) && text_same(a->currency, b->currency);
}

/* Where the row is, or would be. */
static uint32_t *slot_of(const struct money_rows *rows, const struct money_row *r) {
  size_t at = r->hash & (rows->n_slots - 1);
  while (rows->slots[at] && !is_same_row(&rows->list.v[rows->slots[at] - 1], r))
    at = (at + 1) & (rows->n_slots - 1);
  return &rows->slots[at];
}

static void make_room(struct money_rows *rows, struct arena *a) {
  if (rows->list.n * 2 < rows->n_slots) return;
  rows->n_slots = rows->n_slots ? rows->n_slots * 2 : FIRST_SLOTS;
  rows->slots = NEW_N(a, uint32_t, rows->n_slots);
  for (size_t n = 0; n < rows->list.n; n++) *slot_of(rows, &rows->list.v[n]) = (uint32_t)n + 1;
}

size_t money_row_number(struct money_rows *rows, const struct item *i, struct arena *a) {
  struct money_row r = row_of(rows, i);
  make_room(rows, a);
  uint32_t *slot = slot_of(rows, &r);
  if (*slot) return *slot - 1;
  CHECK(rows->list.n < UINT32_MAX);
  VEC_PUSH(a, &rows->list, r);
  *slot = (uint32_t)rows->list.n;
  return rows->list.n - 1;
}

/* ---- sums ----------------------------------------------------------------------------- */

/* Without a currency in the calendar, amounts are in none: that is one too. */
bool same_measure(const struct measure_sum *a, const struct measure_sum *b) {
  return text_same(a->entity, b->entity) && text_same(a->name, b->name) &&
         text_same(a->money.type.currency, b->money.type.currency);
}

static struct measure_sum *find_sum(struct stake *s, const struct measure_sum *of,
                                    struct arena *a) {
  for (size_t n = 0; n < s->sums.n; n++)
    if (same_measure(&s->sums.v[n], of)) return &s->sums.v[n];
  VEC_PUSH(a, &s->sums, *of);
  return &s->sums.v[s->sums.n - 1];
}

/* What a sum of two doubles cannot hold of the lesser one is kept beside it. */
void stake_add_row(struct stake *s, const struct measure_sum *of, double amount, struct arena *a) {
  struct measure_sum *m = find_sum(s, of, a);
  double sum = m->sum + amount, part = sum - m->sum;
  m->lost += (m->sum - (sum - part)) + (amount - part);
  m->sum = sum;
  m->money.num = m->sum + m->lost;
  m->rows++;
}

bool stake_add(struct stake *s, const struct item *i, struct arena *a) {
  s->items++;
  size_t met = s->rows.list.n;
  if (!has_stake(i) || money_row_number(&s->rows, i, a) < met) return false;
  struct measure_sum of = {.entity = stake_entity(i),
                           .name = i->worth_of,
                           .money = {.type = i->worth.type, .known = true}};
  stake_add_row(s, &of, i->worth.num, a);
  return true;
}

static int by_size(const void *pa, const void *pb) {
  const struct measure_sum *a = pa, *b = pb;
  int c = text_cmp(a->money.type.currency, b->money.type.currency);
  if (!c) c = (a->money.num < b->money.num) - (a->money.num > b->money.num);
  if (!c) c = text_cmp(a->name, b->name);
  return c ? c : text_cmp(a->entity, b->entity);
}

void stake_sort(struct stake *s) {
  if (s->sums.n) qsort(s->sums.v, s->sums.n, sizeof *s->sums.v, by_size);
}

/* "240,000 EUR arr" */
static const char *amount(const struct measure_sum *m, bool named, struct arena *a) {
  char buf[96];
  const char *money = value_text(&m->money, buf, sizeof buf);
  return named && m->name ? arena_printf(a, "%s %s", money, m->name) : arena_strdup(a, money);
}

/* "41 accounts", "the company", "2 groups (plan, region)" */
static const char *rows_text(const struct measure_sum *m, struct arena *a) {
  if (strcmp(m->entity, "company") == 0) return "the company";
  if (strstr(m->entity, ", "))
    return arena_printf(a, "%s %s (%s)", grouped_count(m->rows, a),
                        plural(m->rows, "group", "groups"), m->entity);
  return arena_printf(a, "%s %s", grouped_count(m->rows, a),
                      m->rows == 1 ? m->entity : plural_name(a, m->entity));
}

const char *stake_money(struct stake *s, bool named, struct arena *a) {
  const char *text = "";
  stake_sort(s);
  for (size_t n = 0; n < s->sums.n; n++)
    text = arena_printf(a, "%s%s%s", text, n ? ", " : "", amount(&s->sums.v[n], named, a));
  return text;
}

const char *stake_sums(struct stake *s, struct arena *a) {
  const char *text = "";
  stake_sort(s);
  for (size_t n = 0; n < s->sums.n; n++)
    text = arena_printf(a, "%s%s%s of %s", text, n ? ", " : "", amount(&s->sums.v[n], true, a),
                        rows_text(&s->sums.v[n], a));
  return text;
}

const char *stake_text(struct stake *s, long overdue, struct arena *a) {
  const char *text =
      arena_printf(a, "%s %s", grouped_count(s->items, a), plural(s->items, "item", "items"));
  if (overdue) text = arena_printf(a, "%s, %s overdue", text, grouped_count(overdue, a));
  const char *sums = stake_sums(s, a);
  return *sums ? arena_printf(a, "%s; at stake: %s", text, sums) : text;
}
