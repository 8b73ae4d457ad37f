/* What customers do. In: the accounts and how lively they are. Out: the tables feature_usage and
 * health_daily. */
#include "base/arena.h"
#include "starter/rng.h"
#include "starter/tables.h"

enum { FEATURES = 6 };

static const char *const features[FEATURES] = {"dashboards",   "reports", "alerts",
                                               "integrations", "mobile",  "api"};

/* Per mille of a usual day: offices are empty at weekends, in August and at Christmas. */
static int season(day_t day) {
  int year, month, date;
  day_to_civil(day, &year, &month, &date);
  int busy = day_weekday(day) >= 6 ? 250 : 1000;
  if (month == 8) busy = busy * 6 / 10;
  if (month == 12 && date >= 23) busy = busy / 2;
  return busy;
}

struct habits {
  int level;    /* events on a usual working day */
  int features; /* how many features the account knows */
  int rows;     /* features on a usual working day */
  int favourite;
};

static struct habits habits_of(const struct account *a, struct rng *r) {
  static const int low[] = {8, 40, 200}, high[] = {40, 200, 1500}, known[] = {3, 5, 6},
                   rows[] = {2, 3, 5};
  return (struct habits){rng_int(r, low[a->plan], high[a->plan]), known[a->plan], rows[a->plan],
                         rng_int(r, 0, FEATURES - 1)};
}

/* The same rows twice: an export that ran again after a timeout. One account in twenty, one
 * working day. */
static int times_written(const struct account *a, const struct world *w, day_t day, int row) {
  return a->index % 20 == 3 && row == 0 && day == w->as_of - 132 + (day_t)(a->index % 5) ? 2 : 1;
}

static void write_day(struct insert *t, const struct world *w, const struct account *a,
                      struct habits h, day_t day, const char *subscription, struct rng *r) {
  int busy = season(day);
  if (busy < 500 && !rng_chance(r, 200)) return;
  int rows = busy < 500 ? 1 : h.rows;
  int first = rng_int(r, 0, h.features - 1);
  for (int i = 0; i < rows; i++) {
    long count = (long)h.level * account_usage(a, day) / 1000 * busy / 1000 *
                 rng_bell(r, 1000, 350) / 1000 / rows;
    const char *feature = features[(h.favourite + (first + i) % h.features) % FEATURES];
    for (int n = times_written(a, w, day, i); n > 0; n--) {
      insert_row(t, day, subscription, feature, count < 1 ? 1 : (int)count);
    }
  }
}

void write_usage(struct sink *s, const struct world *w) {
  struct insert t;
  insert_begin(&t, s, "feature_usage", "dtti");
  for (size_t i = 0; i < w->n_accounts; i++) {
    const struct account *a = &w->accounts[i];
    struct rng r = rng_stream("usage", i);
    struct habits h = habits_of(a, &r);
    for (size_t k = 0; k < a->n_terms; k++) {
      const struct contract *term = &a->terms[k];
      const char *subscription = term_id(w->arena, term);
      day_t day = term->start < w->first ? w->first : term->start;
      day_t end = term->end == DAY_NONE || term->end > w->as_of ? w->as_of : term->end;
      for (; day < end; day++) write_day(&t, w, a, h, day, subscription, &r);
    }
  }
  insert_end(&t);
}

/* The last day with a score, when the feed stopped before the day of the story. */
static day_t last_record(const struct account *a, const struct world *w, struct rng *r) {
  switch (a->health_record) {
    case HEALTH_MISSING: return w->first - 1;
    case HEALTH_STALE: return w->as_of - rng_int(r, 50, 120);
    case HEALTH_KEPT: break;
  }
  return w->as_of;
}

void write_health(struct sink *s, const struct world *w) {
  struct insert t;
  insert_begin(&t, s, "health_daily", "tdi");
  for (size_t i = 0; i < w->n_accounts; i++) {
    const struct account *a = &w->accounts[i];
    struct rng r = rng_stream("health", i);
    day_t last = last_record(a, w, &r);
    for (day_t day = a->signup < w->first ? w->first : a->signup; day <= last; day++) {
      if (day_weekday(day) != 1 || !account_any_term(a, day)) continue; /* scored on Mondays */
      int score = account_health(a, day) + rng_bell(&r, 0, 3);
      insert_row(&t, a->id, day, score > 100 ? 100 : score);
    }
  }
  insert_end(&t);
}
