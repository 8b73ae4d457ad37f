/* What an account pays over time. In: its signup day and a stream of numbers. Out: its terms
 * (trial, upgrades, downgrades, losses and returns), its plan and renewal date, and the decline
 * that comes before a loss. */
#include "starter/rng.h"
#include "starter/world.h"

enum change { CHANGE_PRICE, CHANGE_UPGRADE, CHANGE_DOWNGRADE, CHANGE_LOSS };

/* Prices end in .00, .50 or .90, as price lists do. */
static long tidy_price(long minor) {
  static const long endings[] = {0, 50, 90};
  return minor / 100 * 100 + endings[minor / 100 % 3];
}

static long first_price(struct rng *r, enum plan plan) {
  static const int low[] = {4900, 45000, 380000}, high[] = {29000, 260000, 1600000};
  return tidy_price(rng_int(r, low[plan], high[plan]));
}

static struct contract *add_term(struct account *a, struct contract t) {
  if (a->n_terms == MAX_TERMS) return NULL;
  a->terms[a->n_terms] = t;
  return &a->terms[a->n_terms++];
}

static void change_price(struct contract *t, enum change change, struct rng *r) {
  static const int low[] = {1020, 1150, 600}, high[] = {1060, 1500, 850};
  t->mrr = tidy_price(t->mrr * rng_int(r, low[change], high[change]) / 1000);
  if (change == CHANGE_UPGRADE && t->plan == PLAN_BASIC && rng_chance(r, 250)) {
    t->plan = PLAN_PRO;
    t->mrr = first_price(r, PLAN_PRO);
  }
}

/* An account that leaves uses less, and feels worse, for some ten weeks before. */
static void lose(struct account *a, struct rng *r, day_t day) {
  int weeks = rng_int(r, 8, 14);
  account_bend(a, (struct bend){.from = day - weeks * 7,
                                .until = day,
                                .days = weeks * 6,
                                .usage_to = rng_int(r, 150, 400),
                                .health_by = -rng_int(r, 20, 40)});
}

/* The next anniversary of the first paid day, after the day of the story. */
static day_t next_anniversary(day_t start, day_t as_of) {
  int year, month, day, this_year, m, d;
  day_to_civil(start, &year, &month, &day);
  day_to_civil(as_of, &this_year, &m, &d);
  if (month == 2 && day == 29) day = 28;
  day_t renewal = day_from_civil(this_year, month, day);
  return renewal > as_of ? renewal : day_from_civil(this_year + 1, month, day);
}

/* The paid terms from `start` on. Returns the day the account was lost for good, or DAY_NONE. */
static day_t pay(struct account *a, struct rng *r, const struct world *w, struct contract t) {
  static const int changes[] = {42, 32, 11, 15};
  day_t losses_from = w->first + 30;
  for (;;) {
    day_t change_on = t.start + rng_int(r, 150, 400);
    struct contract *last = add_term(a, t);
    if (!last || change_on >= w->as_of) return DAY_NONE;
    enum change change = (enum change)rng_weighted(r, changes, 4);
    if (change == CHANGE_LOSS && change_on < losses_from) change = CHANGE_PRICE;
    last->end = change_on;
    t.start = change_on;
    if (change != CHANGE_LOSS) {
      change_price(&t, change, r);
      continue;
    }
    lose(a, r, change_on);
    t.start = change_on + rng_int(r, 60, 150); /* one in four comes back */
    if (!rng_chance(r, 250) || t.start >= w->as_of - 30) return change_on;
  }
}

void account_subscribe(struct account *a, struct rng *r, const struct world *w) {
  static const int plans[] = {48, 35, 17};
  enum plan plan = (enum plan)rng_weighted(r, plans, 3);
  struct contract t = {
      .start = a->signup, .end = DAY_NONE, .plan = plan, .mrr = first_price(r, plan)};
  if (rng_chance(r, 400)) {
    day_t trial_end = a->signup + (plan == PLAN_ENTERPRISE ? 30 : 14);
    add_term(a,
             (struct contract){
                 .start = t.start, .end = trial_end, .plan = t.plan, .mrr = t.mrr, .trial = true});
    t.start = trial_end;
  }
  day_t lost = t.start > w->as_of ? DAY_NONE : pay(a, r, w, t);
  a->plan = a->terms[a->n_terms - 1].plan;
  a->renewal = lost != DAY_NONE ? lost : next_anniversary(t.start, w->as_of);
}
