/* In: open items. Out: a table with a line an owner. */
#include "action/owner_table.h"

#include <stdlib.h>
#include <string.h>

#include "action/compare.h"
#include "action/stake.h"
#include "base/table.h"

struct load {
  const char *owner;
  struct stake stake;
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
  double x = a->stake.sums.n ? a->stake.sums.v[0].num : 0,
         y = b->stake.sums.n ? b->stake.sums.v[0].num : 0;
  return x != y ? (x > y ? -1 : 1) : by_items(pa, pb);
}

static void add(struct load *l, const struct item *i, bool is_new, day_t as_of, struct arena *a) {
  stake_add(&l->stake, i, a);
  l->fresh += is_new;
  if (i->due == DAY_NONE) return;
  l->late += i->due < as_of;
  if (l->next == DAY_NONE || i->due < l->next) l->next = i->due;
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
  struct owned *sorted = NEW_N(a, struct owned, n);
  size_t n_owned = 0, n_out = 0;
  for (size_t i = 0; i < n; i++)
    if (items[i]->owner) sorted[n_owned++] = (struct owned){items[i], is_new[i]};
  if (n_owned) qsort(sorted, n_owned, sizeof *sorted, by_items_owner);
  for (size_t i = 0; i < n_owned; i++) {
    const struct item *it = sorted[i].item;
    if (!n_out || strcmp(out[n_out - 1].owner, it->owner) != 0)
      out[n_out++] = (struct load){.owner = it->owner, .next = DAY_NONE};
    add(&out[n_out - 1], it, sorted[i].is_new, as_of, a);
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
  qsort(owners, n_owners, sizeof *owners, all.sums.n > 1 ? by_items : by_money);
  size_t shown = n_owners > most + 1 ? most : n_owners;
  const struct table_col cols[] = {{.header = "owner", .fit = FIT_SHORTEN, .min_width = 16},
                                   {.header = "items", .align = ALIGN_RIGHT},
                                   {.header = "new", .align = ALIGN_RIGHT},
                                   {.header = "overdue", .align = ALIGN_RIGHT},
                                   {.header = "next due"},
                                   {.header = "at stake", .align = ALIGN_RIGHT}};
  struct table *t = table_new(a, cols, sizeof cols / sizeof *cols);
  for (size_t i = 0; i < shown; i++) {
    const struct load *o = &owners[i];
    char due[16];
    table_row(t, (const char *const[]){
                     o->owner, some(o->stake.items, a), some(o->fresh, a), some(o->late, a),
                     o->next == DAY_NONE ? "" : day_text(o->next, due), stake_money(&o->stake, a)});
  }
  table_print(t, f, style->width, style->color);
  return n_owners - shown;
}
