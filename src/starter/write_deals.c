/* What is being sold. In: the accounts. Out: the tables deals, deal_stages and quotes. */
#include <string.h>

#include "base/arena.h"
#include "base/vec.h"
#include "starter/people.h"
#include "starter/rng.h"
#include "starter/tables.h"

enum { STAGES = 4 };

static const char *const stages[STAGES] = {"Qualification", "Discovery", "Proposal", "Negotiation"};

struct deal {
  const char *id, *name, *type, *stage, *owner;
  const struct account *account;
  long amount;
  day_t created, expected, closed, last_activity;
  day_t moved[STAGES]; /* the day it entered each stage; DAY_NONE: not yet */
  bool won;
};

struct pipeline {
  const struct world *w;
  VEC(struct deal) deals;
};

static bool is_open(const struct deal *d) { return d->closed == DAY_NONE; }

static long deal_amount(const struct account *a, struct rng *r, int low, int high) {
  long year = a->terms[a->n_terms - 1].mrr * 12;
  /* low and high in per mille, cut to whole EUR */
  return year * rng_int(r, low, high) / 100000 * 100;
}

/* Runs the deal over its life: the stages it has entered by the day of the story, and how it
 * stands there. */
static void play_deal(struct deal *d, struct rng *r, day_t as_of, int days, bool won) {
  day_t end = d->created + days;
  d->closed = end < as_of ? end : DAY_NONE;
  d->won = won;
  d->expected = end + rng_bell(r, 0, 20);
  if (d->expected <= d->created) d->expected = d->created + 7;
  for (int i = 0; i < STAGES; i++) {
    day_t moved = d->created + days * i / STAGES;
    d->moved[i] = moved < as_of ? moved : DAY_NONE;
    if (d->moved[i] != DAY_NONE) d->stage = stages[i];
  }
  d->last_activity = is_open(d) ? as_of - rng_int(r, 1, 12) : d->closed;
  if (d->last_activity < d->created) d->last_activity = d->created;
  if (!is_open(d)) d->stage = won ? "Closed Won" : "Closed Lost";
}

static void add_deal(struct pipeline *p, struct deal d) {
  struct arena *arena = p->w->arena;
  d.id = arena_printf(arena, "D-%04zu", p->deals.n + 1);
  d.name = arena_printf(arena, "%s: %s", d.account->name, d.type);
  d.owner = d.account->ae;
  VEC_PUSH(arena, &p->deals, d);
}

static void sell_to(struct pipeline *p, const struct account *a) {
  const struct world *w = p->w;
  struct rng r = rng_stream("deals", a->index);
  if (a->signup > w->first + 90) {
    int days = rng_int(&r, 15, 85);
    struct deal d = {.account = a, .type = "New business", .created = a->signup - days};
    d.amount = deal_amount(a, &r, 900, 1000);
    play_deal(&d, &r, w->as_of, days, true);
    add_deal(p, d);
  }
  for (int n = rng_int(&r, 0, 1 + (int)a->plan); n > 0; n--) {
    day_t from = a->signup + 60 < w->first ? w->first : a->signup + 60;
    if (from >= w->as_of) return;
    struct deal d = {.account = a, .type = "Expansion", .created = rng_int(&r, from, w->as_of - 1)};
    if (!account_term(a, d.created)) continue;
    d.amount = deal_amount(a, &r, 100, 450);
    int days = rng_int(&r, 30, 150);
    play_deal(&d, &r, w->as_of, days, rng_chance(&r, 450));
    add_deal(p, d);
  }
}

/* Deals on the table that nobody has touched for weeks, and what is wrong with some deals. */
static void plant_deals(struct pipeline *p) {
  static const char *const misspelt[] = {"Negociation", "Proposl", "negotiation"};
  day_t as_of = p->w->as_of;
  int late = 0, seen = 0;
  struct rng r = rng_stream("stalled deals", 0);
  for (size_t i = 0; i < p->deals.n; i++) {
    struct deal *d = &p->deals.v[i];
    bool on_the_table = is_open(d) && (d->moved[2] != DAY_NONE);
    if (!is_open(d)) {
      if (i % 60 == 7) d->amount = NO_MONEY;
      continue;
    }
    if (!on_the_table) continue;
    bool stalled = seen % 2 == 0 && late < 13 && d->created < as_of - 70;
    if (stalled) {
      d->last_activity = as_of - rng_int(&r, 24, 55);
      if (late == 4 || late == 9) d->amount = NO_MONEY;
      if (late == 2 || late == 7) d->owner = NULL;
      if (late == 5 || late == 11) d->stage = arena_printf(p->w->arena, "%s ", d->stage);
      late++;
    } else if (seen % 6 == 1 && seen / 6 < 3) {
      d->stage = misspelt[seen / 6];
    }
    seen++;
  }
}

static void write_stages(struct sink *s, const struct pipeline *p) {
  struct insert t;
  insert_begin(&t, s, "deal_stages", "tdt");
  for (size_t i = 0; i < p->deals.n; i++) {
    const struct deal *d = &p->deals.v[i];
    for (int k = 0; k < STAGES; k++) {
      if (d->moved[k] != DAY_NONE) insert_row(&t, d->id, d->moved[k], stages[k]);
    }
    if (!is_open(d)) insert_row(&t, d->id, d->closed, d->stage);
  }
  insert_end(&t);
}

static void write_quotes(struct sink *s, const struct pipeline *p) {
  struct insert t;
  int number = 0;
  insert_begin(&t, s, "quotes", "ttddmit");
  for (size_t i = 0; i < p->deals.n; i++) {
    const struct deal *d = &p->deals.v[i];
    struct rng r = rng_stream("quotes", i);
    if (d->moved[2] == DAY_NONE || d->amount == NO_MONEY) continue;
    int discount = rng_chance(&r, 500) ? rng_int(&r, 1, 6) * 5 : 0;
    const char *status = is_open(d) ? "Sent" : d->won ? "Accepted" : "Declined";
    insert_row(&t, arena_printf(p->w->arena, "Q-%04d", ++number), d->id, d->moved[2],
               d->moved[2] + 30, d->amount * (100 - discount) / 100, discount, status);
  }
  insert_end(&t);
}

void write_deals(struct sink *s, const struct world *w) {
  struct pipeline p = {.w = w};
  for (size_t i = 0; i < w->n_accounts; i++) sell_to(&p, &w->accounts[i]);
  plant_deals(&p);
  struct insert t;
  insert_begin(&t, s, "deals", "tttttmddddt");
  for (size_t i = 0; i < p.deals.n; i++) {
    const struct deal *d = &p.deals.v[i];
    insert_row(&t, d->id, d->name, d->account->id, d->type, d->stage, d->amount, d->created,
               d->expected, d->closed, d->last_activity, d->owner);
  }
  insert_end(&t);
  write_stages(s, &p);
  write_quotes(s, &p);
}
