/* In: open items. Out: a table with a line an owner. */
#include "action/owner_table.h"

#include <stdlib.h>
#include <string.h>

#include "action/compare.h"
#include "action/stake.h"
#include "base/table.h"

struct load {
  const char *owner;
  struct stake stake, shared; /* shared: what somebody else's column has too */
  double lead;                /* of the measure that most money is at stake in */
  long fresh, late;
  day_t next; /* DAY_NONE: no item has a due day */
};

static int by_owner(const void *pa, const void *pb) {
  return text_cmp(((const struct load *)pa)->owner, ((const struct load *)pb)->owner);
}

static int by_items(const void *pa, const void *pb) {
  const struct load *a = pa, *b = pb;
  if (a->stake.items != b->stake.items) return a->stake.items > b->stake.items ? -1 : 1;
  return by_owner(pa, pb);
}

static int by_money(const void *pa, const void *pb) {
  const struct load *a = pa, *b = pb;
  return a->lead != b->lead ? (a->lead > b->lead ? -1 : 1) : by_items(pa, pb);
}

/* Whose a row's money is: the first owner of an item about it, or `several`. */
static const char several[] = "";

static void find_owner(struct map *owners, const struct item *i, struct arena *a) {
  if (!i->owner || !has_stake(i)) return;
  const char *row = stake_row(i, a);
  const char *before = map_get(owners, row);
  const char *now = !before || strcmp(before, i->owner) == 0 ? i->owner : several;
  map_put(owners, a, row, (void *)now);
}

static void add(struct load *l, const struct item *i, const struct map *owners, bool is_new,
                day_t as_of, struct arena *a) {
  if (stake_add(&l->stake, i, a) && map_get(owners, stake_row(i, a)) == several)
    stake_add(&l->shared, i, a);
  l->fresh += is_new;
  if (i->due == DAY_NONE) return;
  l->late += i->due < as_of;
  if (l->next == DAY_NONE || i->due < l->next) l->next = i->due;
}

static double amount_of(const struct stake *s, const struct measure_sum *m) {
  for (size_t i = 0; i < s->sums.n; i++)
    if (same_measure(&s->sums.v[i], m)) return s->sums.v[i].money.num;
  return 0;
}

struct owned {
  const struct item *item;
  bool is_new;
};

static int by_items_owner(const void *pa, const void *pb) {
  return text_cmp(((const struct owned *)pa)->item->owner, ((const struct owned *)pb)->item->owner);
}

/* One load an owner, by name; returns how many. out has room for n. */
static size_t loads(const struct item *const *items, size_t n, const bool *is_new, day_t as_of,
                    struct load *out, struct arena *a) {
  struct map owners = {0};
  for (size_t i = 0; i < n; i++) find_owner(&owners, items[i], a);
  struct owned *sorted = NEW_N(a, struct owned, n);
  size_t n_owned = 0, n_out = 0;
  for (size_t i = 0; i < n; i++)
    if (items[i]->owner) sorted[n_owned++] = (struct owned){items[i], is_new[i]};
  if (n_owned) qsort(sorted, n_owned, sizeof *sorted, by_items_owner);
  for (size_t i = 0; i < n_owned; i++) {
    const struct item *it = sorted[i].item;
    if (!n_out || strcmp(out[n_out - 1].owner, it->owner) != 0)
      out[n_out++] = (struct load){.owner = it->owner, .next = DAY_NONE};
    add(&out[n_out - 1], it, &owners, sorted[i].is_new, as_of, a);
  }
  return n_out;
}

static const char *some(long n, struct arena *a) { return n ? arena_printf(a, "%ld", n) : ""; }

size_t print_owner_table(FILE *f, const struct item *const *items, size_t n, const bool *is_new,
                         day_t as_of, size_t most, const struct text_style *style,
                         struct arena *a) {
  struct load *owners = NEW_N(a, struct load, n);
  struct stake all = {0};
  for (size_t i = 0; i < n; i++) stake_add(&all, items[i], a);
  size_t n_owners = loads(items, n, is_new, as_of, owners, a);
  if (!n_owners) return 0;
  stake_sort(&all);
  for (size_t i = 0; i < n_owners && all.sums.n; i++)
    owners[i].lead = amount_of(&owners[i].stake, &all.sums.v[0]);
  qsort(owners, n_owners, sizeof *owners, by_money);
  size_t shown = n_owners > most + 1 ? most : n_owners;
  bool named = all.sums.n > 1, shares = false;
  for (size_t i = 0; i < shown; i++) shares |= owners[i].shared.sums.n > 0;
  const struct table_col cols[] = {{.header = "owner", .fit = FIT_SHORTEN, .min_width = 16},
                                   {.header = "items", .align = ALIGN_RIGHT},
                                   {.header = "new", .align = ALIGN_RIGHT},
                                   {.header = "overdue", .align = ALIGN_RIGHT},
                                   {.header = "next due"},
                                   {.header = "at stake", .align = ALIGN_RIGHT},
                                   {.header = "of it shared", .align = ALIGN_RIGHT}};
  struct table *t = table_new(a, cols, sizeof cols / sizeof *cols - !shares);
  for (size_t i = 0; i < shown; i++) {
    struct load *o = &owners[i];
    char due[16];
    table_row(t, (const char *const[]){
                     o->owner, some(o->stake.items, a), some(o->fresh, a), some(o->late, a),
                     o->next == DAY_NONE ? "" : day_text(o->next, due),
                     stake_money(&o->stake, named, a), stake_money(&o->shared, named, a)});
  }
  table_print(t, f, style->width, style->color);
  return n_owners - shown;
}
