/* In: open items. Out: a table with a line an owner. */
#include "action/owner_table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "action/compare.h"
#include "action/day_word.h"
#include "action/short_name.h"
#include "action/stake.h"
#include "base/map.h"
#include "base/table.h"
#include "base/text.h"

struct load {
  const char *owner;
  struct stake stake, shared; /* shared: what somebody else's column has too */
  double lead;                /* of the measure that most money is at stake in */
  struct item_counts counts;
  const char *team;       /* of its items that are to do */
  bool several;           /* teams: a capacity is that of one */
  long steps, late_steps; /* in items of others */
  day_t next;             /* the first due day of what is to do; DAY_NONE: there is none */
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

static void add(struct load *l, const struct item *i, day_t as_of) {
  struct item_counts c = items_count(&i, 1, as_of);
  l->stake.items++;
  l->counts.to_do += c.to_do;
  l->counts.late += c.late;
  for (int h = 0; h < HOLD_NONE; h++) l->counts.held[h] += c.held[h];
  if (!c.to_do) return;
  l->several |= l->team && !text_same(l->team, i->team);
  l->team = i->team;
  if (i->due != DAY_NONE && (l->next == DAY_NONE || i->due < l->next)) l->next = i->due;
}

static void add_standing(struct load *l, const struct standing_group *g) {
  l->stake.items += g->n;
  l->counts.to_do += g->n;
  l->counts.late += g->late;
  l->counts.held[HOLD_ACKNOWLEDGED] += g->acknowledged;
  l->several |= l->team && !text_same(l->team, g->rule->team);
  l->team = g->rule->team;
  if (g->due != DAY_NONE && (l->next == DAY_NONE || g->due < l->next)) l->next = g->due;
}

static double amount_of(const struct stake *s, const struct measure_sum *m) {
  for (size_t i = 0; i < s->sums.n; i++)
    if (same_measure(&s->sums.v[i], m)) return s->sums.v[i].money.num;
  return 0;
}

struct loading {
  struct arena *a;
  struct map places; /* in the list, + 1, by owner */
  VEC(struct load) list;
};

static struct load *load_of(struct loading *x, const char *owner) {
  size_t at = (size_t)(uintptr_t)map_get(&x->places, owner);
  if (at) return &x->list.v[at - 1];
  VEC_PUSH(x->a, &x->list, ((struct load){.owner = owner, .next = DAY_NONE}));
  map_put(&x->places, x->a, owner, (void *)(uintptr_t)x->list.n);
  return &x->list.v[x->list.n - 1];
}

/* shared: the money of its row is in the column of somebody else, too. */
static void add_money(void *ctx, const char *owner, const struct measure_sum *of, double amount,
                      bool shared) {
  struct loading *x = ctx;
  if (!owner) return;
  struct load *l = load_of(x, owner);
  stake_add_row(&l->stake, of, amount, x->a);
  if (shared) stake_add_row(&l->shared, of, amount, x->a);
}

/* One load an owner. */
static struct loading loads(const struct item *const *items, size_t n,
                            const struct owner_view *view, struct arena *a) {
  struct loading x = {.a = a};
  const struct items_standing *s = view->standing;
  for (size_t i = 0; i < n; i++)
    if (items[i]->owner && item_living(items[i]))
      add(load_of(&x, items[i]->owner), items[i], view->as_of);
  for (size_t k = 0; s && k < s->n_groups; k++)
    if (s->groups[k].owner) add_standing(load_of(&x, s->groups[k].owner), &s->groups[k]);
  ledger_each(view->money, add_money, &x);
  return x;
}

/* Behind the owners of items, whoever has steps alone. */
static void add_steps(const struct owner_view *view, struct loading *x) {
  struct arena *a = x->a;
  struct map places = {0}; /* in the list, + 1, by address without case */
  for (size_t i = 0; view->n_steps && i < x->list.n; i++)
    map_put(&places, a, text_lower(a, x->list.v[i].owner), (void *)(uintptr_t)(i + 1));
  for (size_t i = 0; i < view->n_steps; i++) {
    const struct item_step *s = &view->steps[i].item->steps[view->steps[i].at];
    const char *who = step_owner(view->steps[i].item, s);
    if (!who) continue;
    size_t at = (size_t)(uintptr_t)map_get(&places, text_lower(a, who));
    if (!at) {
      VEC_PUSH(a, &x->list, ((struct load){.owner = who, .next = DAY_NONE}));
      map_put(&places, a, text_lower(a, who), (void *)(uintptr_t)(at = x->list.n));
    }
    struct load *l = &x->list.v[at - 1];
    l->steps++;
    l->late_steps += step_late(s, view->as_of);
    if (s->due != DAY_NONE && (l->next == DAY_NONE || s->due < l->next)) l->next = s->due;
  }
}

/* ---- the table ------------------------------------------------------------------------ */

/* "5 of 5" where the team says how much one person can do. */
static const char *to_do_text(const struct load *l, const struct team_facts *teams, size_t n_teams,
                              struct arena *a) {
  const struct team_facts *t = l->several ? NULL : team_named(teams, n_teams, l->team);
  const char *n = grouped_count(l->counts.to_do, a);
  return t && t->capacity ? arena_printf(a, "%s of %s", n, grouped_count(t->capacity, a)) : n;
}

/* "1 waits, 2 sleep" */
static const char *held_text(const struct load *l, struct arena *a) {
  static const struct {
    enum item_hold hold;
    const char *one, *many;
  } words[] = {{HOLD_WAITING, "waits", "wait"},
               {HOLD_SNOOZED, "sleeps", "sleep"},
               {HOLD_MUTED, "muted", "muted"}};
  const char *text = "";
  for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
    long n = l->counts.held[words[w].hold];
    if (n)
      text = arena_printf(a, "%s%s%s %s", text, *text ? ", " : "", grouped_count(n, a),
                          plural(n, words[w].one, words[w].many));
  }
  return text;
}

/* "13, 4 late" */
static const char *steps_text(const struct load *l, struct arena *a) {
  if (!l->steps) return "";
  const char *n = grouped_count(l->steps, a);
  return l->late_steps ? arena_printf(a, "%s, %s late", n, grouped_count(l->late_steps, a)) : n;
}

/* Which columns have anything to say. */
struct shape {
  bool named, steps, shared, held;
};

static void add_row(struct table *t, struct load *o, const struct owner_view *view,
                    const struct shape *shape, const char *domain, struct arena *a) {
  const char *cells[8];
  size_t c = 0;
  cells[c++] = short_name(o->owner, domain, a);
  cells[c++] = to_do_text(o, view->teams, view->n_teams, a);
  cells[c++] = o->counts.late ? grouped_count(o->counts.late, a) : "";
  if (shape->steps) cells[c++] = steps_text(o, a);
  cells[c++] = o->next == DAY_NONE ? "" : day_short(o->next, view->as_of, view->width, a);
  cells[c++] = stake_money(&o->stake, shape->named, a);
  if (shape->shared) cells[c++] = stake_money(&o->shared, shape->named, a);
  if (shape->held) cells[c] = held_text(o, a);
  table_row(t, cells);
}

static void print_rows(FILE *f, struct load *owners, size_t n, const struct owner_view *view,
                       const struct shape *shape, const char *domain,
                       const struct text_style *style, struct arena *a) {
  struct table_col cols[8] = {{.header = "who", .fit = FIT_WRAP, .min_width = 12},
                              {.header = "to do", .align = ALIGN_RIGHT},
                              {.header = "late", .align = ALIGN_RIGHT}};
  size_t n_cols = 3;
  if (shape->steps)
    cols[n_cols++] = (struct table_col){
        .header = "steps", .align = ALIGN_RIGHT, .fit = FIT_WRAP, .min_width = 5};
  cols[n_cols++] = (struct table_col){.header = "first due"};
  cols[n_cols++] = (struct table_col){
      .header = "at stake", .align = ALIGN_RIGHT, .fit = FIT_WRAP, .min_width = 12};
  if (shape->shared)
    cols[n_cols++] = (struct table_col){
        .header = "of it shared", .align = ALIGN_RIGHT, .fit = FIT_WRAP, .min_width = 12};
  if (shape->held)
    cols[n_cols++] = (struct table_col){.header = "", .fit = FIT_WRAP, .min_width = 4};
  struct table *t = table_new(a, cols, n_cols);
  for (size_t i = 0; i < n; i++) add_row(t, &owners[i], view, shape, domain, a);
  table_print(t, f, style->width, style->color);
}

size_t print_owner_table(FILE *f, const struct item *const *items, size_t n,
                         const struct owner_view *view, const struct text_style *style,
                         struct arena *a) {
  struct stake all = {0};
  ledger_add_all(view->money, &all, a);
  struct loading found = loads(items, n, view, a);
  add_steps(view, &found);
  struct load *owners = found.list.v;
  size_t n_owners = found.list.n;
  if (!n_owners) return 0;
  stake_sort(&all);
  for (size_t i = 0; i < n_owners && all.sums.n; i++)
    owners[i].lead = amount_of(&owners[i].stake, &all.sums.v[0]);
  qsort(owners, n_owners, sizeof *owners, by_money);
  size_t shown = n_owners > view->most + 1 ? view->most : n_owners;
  struct shape shape = {.named = all.sums.n > 1};
  for (size_t i = 0; i < shown; i++) {
    shape.shared |= owners[i].shared.sums.n > 0;
    shape.steps |= owners[i].steps > 0;
    shape.held |= *held_text(&owners[i], a) != 0;
  }
  const char *domain = owners_domain(items, n, view->standing, a);
  print_rows(f, owners, shown, view, &shape, domain, style, a);
  return n_owners - shown;
}
