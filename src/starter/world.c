/* The customers. In: nothing but the streams of numbers. Out: the accounts with their terms,
 * moods and stories. */
#include "starter/world.h"

#include "base/arena.h"
#include "starter/names.h"
#include "starter/people.h"
#include "starter/rng.h"

enum { ACCOUNTS = 400, FRENCH = 240 };

static const char *const industries[] = {"Retail",     "Manufacturing", "Health",   "Finance",
                                         "Publishing", "Logistics",     "Software", "Food & drink"};
static const char *const french_regions[] = {"Île-de-France", "Auvergne-Rhône-Alpes",
                                             "Bretagne",      "Occitanie",
                                             "Grand Est",     "Provence-Alpes-Côte d'Azur"};
static const char *const english_regions[] = {"London", "Scotland", "Midlands", "North West",
                                              "Wales"};

const char *plan_name(enum plan plan) {
  static const char *const names[] = {"Basic", "Pro", "Enterprise"};
  return names[plan];
}

const struct contract *account_any_term(const struct account *a, day_t day) {
  for (size_t i = 0; i < a->n_terms; i++) {
    const struct contract *t = &a->terms[i];
    if (t->start <= day && (t->end == DAY_NONE || day < t->end)) return t;
  }
  return NULL;
}

const struct contract *account_term(const struct account *a, day_t day) {
  const struct contract *t = account_any_term(a, day);
  return t && !t->trial ? t : NULL;
}

struct account *world_bystander(const struct world *w, size_t *at) {
  while (*at < w->n_accounts) {
    /* 149 has no divisor in common with 400: every account comes up once */
    struct account *a = &w->accounts[(*at)++ * 149 % w->n_accounts];
    if (a->story == STORY_NONE && account_term(a, w->as_of)) return a;
  }
  return NULL;
}

const char *term_id(struct arena *a, const struct contract *t) {
  return arena_printf(a, "S-%04d", t->number);
}

/* How far the bend has come by that day, per mille; 0 before and after it. */
static int progress(const struct bend *b, day_t day) {
  if (day < b->from || day >= b->until) return 0;
  return day - b->from >= b->days ? 1000 : (int)((day - b->from) * 1000 / b->days);
}

int account_usage(const struct account *a, day_t day) {
  int usage = 1000;
  for (size_t i = 0; i < a->n_bends; i++)
    usage += (a->bends[i].usage_to - 1000) * progress(&a->bends[i], day) / 1000;
  return usage < 50 ? 50 : usage;
}

int account_health(const struct account *a, day_t day) {
  int health = a->usual_health;
  for (size_t i = 0; i < a->n_bends; i++)
    health += a->bends[i].health_by * progress(&a->bends[i], day) / 1000;
  return health < 5 ? 5 : health > 100 ? 100 : health;
}

void account_bend(struct account *a, struct bend bend) {
  if (a->n_bends < MAX_BENDS) a->bends[a->n_bends++] = bend;
}

/* More customers sign up as the company grows: half of them in the 18 months of the story. */
static day_t signup_day(struct rng *r, const struct world *w) {
  day_t opening = day_from_civil(2022, 3, 1);
  if (rng_chance(r, 520)) return rng_int(r, opening, w->first - 1);
  return rng_int(r, w->first, w->as_of - 5);
}

static void make_account(struct account *a, size_t i, const char *name, bool french,
                         const struct world *w) {
  struct rng r = rng_stream("account", i);
  a->index = i;
  a->id = arena_printf(w->arena, "A-%03zu", i + 1);
  a->name = name;
  a->industry = RNG_PICK(&r, industries);
  a->region = french ? RNG_PICK(&r, french_regions) : RNG_PICK(&r, english_regions);
  a->csm = person_email(ROLE_CSM, (size_t)rng_int(&r, 0, 999));
  a->ae = person_email(ROLE_AE, (size_t)rng_int(&r, 0, 999));
  a->signup = signup_day(&r, w);
  a->usual_health = rng_bell(&r, 74, 18);
  account_subscribe(a, &r, w);
  static const int smallest[] = {3, 25, 250}, largest[] = {40, 400, 6000};
  a->employees = rng_int(&r, smallest[a->plan], largest[a->plan]);
  a->plan_text = plan_name(a->plan);
}

struct world world_make(struct arena *arena) {
  struct world w = {.arena = arena,
                    .as_of = day_from_civil(2026, 3, 1),
                    .first = day_from_civil(2024, 9, 1),
                    .n_accounts = ACCOUNTS};
  w.accounts = NEW_N(arena, struct account, ACCOUNTS);

  size_t french = company_french_count(), english = company_count() - french;
  size_t *french_order = NEW_N(arena, size_t, french),
         *english_order = NEW_N(arena, size_t, english);
  struct rng r = rng_stream("company names", 0);
  rng_shuffle(&r, french_order, french);
  rng_shuffle(&r, english_order, english);

  size_t *places = NEW_N(arena, size_t, ACCOUNTS);
  rng_shuffle(&r, places, ACCOUNTS);
  for (size_t i = 0; i < ACCOUNTS; i++) {
    size_t name =
        places[i] < FRENCH ? french_order[places[i]] : french + english_order[places[i] - FRENCH];
    make_account(&w.accounts[i], i, company_name(arena, name), places[i] < FRENCH, &w);
  }
  int number = 0;
  for (size_t i = 0; i < ACCOUNTS; i++) {
    for (size_t k = 0; k < w.accounts[i].n_terms; k++) {
      w.accounts[i].terms[k].number = ++number;
      w.accounts[i].terms[k].written_end = DAY_NONE;
    }
  }
  world_plant(&w);
  return w;
}
