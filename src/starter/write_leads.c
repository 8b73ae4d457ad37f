/* Where customers come from. In: the days of the story. Out: the tables leads and
 * marketing_spend. */
#include "base/arena.h"
#include "starter/names.h"
#include "starter/people.h"
#include "starter/rng.h"
#include "starter/tables.h"

struct source {
  const char *name;
  int weight, score, cost; /* cost of one lead in whole EUR */
};

static const struct source sources[] = {
    {"Demo request", 14, 78, 60}, {"Webinar", 16, 62, 35}, {"Content download", 28, 44, 18},
    {"Trade show", 10, 58, 140},  {"Partner", 9, 70, 45},  {"Outbound", 12, 50, 90},
    {"Paid search", 11, 48, 75},
};

enum { SOURCES = sizeof sources / sizeof *sources };

static size_t pick_source(struct rng *r) {
  int weights[SOURCES];
  for (size_t i = 0; i < SOURCES; i++) weights[i] = sources[i].weight;
  return rng_weighted(r, weights, SOURCES);
}

/* A lead that becomes a marketing-qualified one, and perhaps a sales-qualified one some days
 * later. */
static void write_lead(struct insert *t, const struct world *w, struct rng *r, day_t created,
                       int number) {
  const struct source *source = &sources[pick_source(r)];
  int score = rng_bell(r, source->score, 30);
  score = score < 1 ? 1 : score > 100 ? 100 : score;
  day_t mql = score >= 50 && rng_chance(r, 750) ? created + rng_int(r, 0, 6) : DAY_NONE;
  day_t sql = mql != DAY_NONE && rng_chance(r, 300 + score * 4) ? mql + rng_int(r, 0, 7) : DAY_NONE;
  if (mql >= w->as_of) mql = DAY_NONE; /* DAY_NONE is below every day */
  if (sql >= w->as_of) sql = DAY_NONE;
  size_t name = (size_t)rng_int(r, 0, (int)company_count() - 1);
  insert_row(t, arena_printf(w->arena, "L-%04d", number), company_name(w->arena, name),
             source->name, created, mql, sql, score,
             (long)rng_bell(r, source->cost * 100, source->cost * 40),
             person_email(ROLE_SDR, (size_t)rng_int(r, 0, 999)));
}

static void write_spend(struct sink *s, const struct world *w) {
  static const char *const channels[] = {"Webinars", "Content", "Trade shows", "Partners",
                                         "Paid search"};
  static const int monthly[] = {4500, 6000, 9000, 3500, 8000};
  struct insert t;
  struct rng r = rng_stream("spend", 0);
  int year, month, day;
  day_to_civil(w->first, &year, &month, &day);
  insert_begin(&t, s, "marketing_spend", "dtm");
  for (day_t first; (first = day_from_civil(year, month, 1)) < w->as_of;) {
    for (size_t i = 0; i < sizeof channels / sizeof *channels; i++) {
      insert_row(&t, first, channels[i], (long)rng_bell(&r, monthly[i] * 100, monthly[i] * 40));
    }
    year += month == 12;
    month = month % 12 + 1;
  }
  insert_end(&t);
}

void write_leads(struct sink *s, const struct world *w) {
  struct insert t;
  struct rng r = rng_stream("leads", 0);
  int number = 0;
  insert_begin(&t, s, "leads", "tttdddimt");
  for (day_t day = w->first; day < w->as_of; day++) {
    int today = day_weekday(day) >= 6 ? rng_int(&r, 0, 2) : rng_int(&r, 3, 10);
    for (; today > 0; today--) write_lead(&t, w, &r, day, ++number);
  }
  insert_end(&t);
  write_spend(s, w);
}
