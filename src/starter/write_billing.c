/* What customers have signed and owe. In: the accounts. Out: the tables contracts and invoices.
 * Basic plans pay by card, so only the larger ones have either. */
#include "base/arena.h"
#include "starter/rng.h"
#include "starter/tables.h"

enum { DAYS_TO_PAY = 30 };

static const struct duration quarter = {1, DUR_QUARTER}, year = {1, DUR_YEAR};

static day_t later_by(day_t day, struct duration by, int times) {
  struct calendar plain;
  calendar_init(&plain);
  by.n *= times;
  return day_shift(&plain, day, by, +1);
}

static day_t first_paid_day(const struct account *a) {
  for (size_t i = 0; i < a->n_terms; i++) {
    if (!a->terms[i].trial) return a->terms[i].start;
  }
  return DAY_NONE;
}

static void write_contracts(struct sink *s, const struct world *w) {
  struct insert t;
  int number = 0;
  insert_begin(&t, s, "contracts", "ttdddiim");
  for (size_t i = 0; i < w->n_accounts; i++) {
    const struct account *a = &w->accounts[i];
    struct rng r = rng_stream("contracts", i);
    day_t first = first_paid_day(a);
    if (a->plan == PLAN_BASIC || first == DAY_NONE) continue;
    for (int k = 0;; k++) {
      day_t start = later_by(first, year, k);
      const struct contract *term = account_term(a, start);
      if (start > w->as_of || !term) break;
      insert_row(&t, arena_printf(w->arena, "K-%04d", ++number), a->id, start - rng_int(&r, 3, 25),
                 start, later_by(first, year, k + 1), a->plan == PLAN_ENTERPRISE ? 90 : 30,
                 (int)rng_chance(&r, 700), term->mrr * 12);
    }
  }
  insert_end(&t);
}

/* The day it was paid: around the due day, mostly before. */
static day_t paid_day(const struct account *a, const struct world *w, struct rng *r, day_t issued,
                      bool late) {
  day_t paid = issued + DAYS_TO_PAY + rng_bell(r, -4, 14);
  if (a->story == STORY_LATE_PAYER && late) return DAY_NONE;
  return paid < w->as_of ? paid : DAY_NONE;
}

static void write_invoices(struct sink *s, const struct world *w) {
  struct insert t;
  int number = 0;
  insert_begin(&t, s, "invoices", "ttdddm");
  for (size_t i = 0; i < w->n_accounts; i++) {
    const struct account *a = &w->accounts[i];
    struct rng r = rng_stream("invoices", i);
    day_t first = first_paid_day(a);
    if (a->plan == PLAN_BASIC || first == DAY_NONE) continue;
    for (int k = 0;; k++) {
      day_t issued = later_by(first, quarter, k), next = later_by(first, quarter, k + 1);
      if (issued >= w->as_of) break;
      const struct contract *term = account_term(a, issued);
      if (issued < w->first || !term) continue;
      /* the newest invoice that has been due for weeks stays unpaid */
      day_t overdue_by = w->as_of - 20;
      bool late = issued + DAYS_TO_PAY <= overdue_by && next + DAYS_TO_PAY > overdue_by;
      day_t paid = paid_day(a, w, &r, issued, late);
      /* an amount that the export dropped */
      bool lost = paid != DAY_NONE && number % 400 == 111;
      insert_row(&t, arena_printf(w->arena, "I-%05d", ++number), a->id, issued,
                 issued + DAYS_TO_PAY, paid, lost ? NO_MONEY : term->mrr * 3);
    }
  }
  insert_end(&t);
}

void write_billing(struct sink *s, const struct world *w) {
  write_contracts(s, w);
  write_invoices(s, w);
}
