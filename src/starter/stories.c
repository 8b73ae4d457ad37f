/* Stories and defects of the accounts. In: the customers as they would be in a perfect world.
 * Out: the ones that the rules are to find on the day of the story, and the ones whose data is
 * wrong in the ways real data is. */
#include <stdlib.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "starter/rng.h"
#include "starter/world.h"

struct planting {
  struct world *w;
  size_t *order; /* the accounts in an order of their own */
};

typedef bool (*account_test)(const struct world *w, const struct account *a);

static bool pays(const struct world *w, const struct account *a) {
  return account_term(a, w->as_of) != NULL;
}

static bool is_plain(const struct world *w, const struct account *a) {
  return pays(w, a) && a->story == STORY_NONE && a->health_record == HEALTH_KEPT &&
         a->signup < w->as_of - 150;
}

static bool renews_soon(const struct world *w, const struct account *a) {
  return is_plain(w, a) && a->renewal <= w->as_of + 58;
}

static bool renews_soon_large(const struct world *w, const struct account *a) {
  return renews_soon(w, a) && a->plan != PLAN_BASIC;
}

static bool renews_later(const struct world *w, const struct account *a) {
  return is_plain(w, a) && a->renewal > w->as_of + 60;
}

static bool renews_later_large(const struct world *w, const struct account *a) {
  return renews_later(w, a) && a->plan == PLAN_ENTERPRISE;
}

static bool can_grow(const struct world *w, const struct account *a) {
  return renews_later(w, a) && a->plan != PLAN_ENTERPRISE && a->usual_health >= 74;
}

static bool is_invoiced(const struct world *w, const struct account *a) {
  return renews_later(w, a) && a->plan != PLAN_BASIC;
}

/* The next account that fits, or NULL: *at remembers where the search stands. */
static struct account *find(const struct planting *p, account_test fits, size_t *at) {
  while (*at < p->w->n_accounts) {
    struct account *a = &p->w->accounts[p->order[(*at)++]];
    if (fits(p->w, a)) return a;
  }
  return NULL;
}

static void plant_story(const struct planting *p, account_test fits, int n, enum story story) {
  size_t at = 0;
  for (struct account *a; n > 0 && (a = find(p, fits, &at)); n--) a->story = story;
}

static void play(struct account *a, day_t as_of) {
  struct rng r = rng_stream("story", a->index);
  struct bend b = {.from = as_of - 33, .until = as_of + 400, .days = 26, .usage_to = 1000};
  switch (a->story) {
    case STORY_RENEWAL_AT_RISK:
      b.usage_to = rng_int(&r, 700, 900);
      b.health_by = -rng_int(&r, 19, 34);
      break;
    case STORY_USAGE_COLLAPSE:
      b.days = 14;
      b.usage_to = rng_int(&r, 200, 400);
      b.health_by = -rng_int(&r, 2, 6);
      break;
    case STORY_EXPANSION:
      b.from = as_of - 95;
      b.days = 70;
      b.usage_to = rng_int(&r, 1600, 2100);
      b.health_by = rng_int(&r, 2, 6);
      break;
    case STORY_SUPPORT_FIRE: b.health_by = -rng_int(&r, 4, 8); break;
    case STORY_LAPSED: a->renewal = as_of - rng_int(&r, 3, 40); break;
    case STORY_NONE:
    case STORY_LATE_PAYER: break;
  }
  if (b.health_by || b.usage_to != 1000) account_bend(a, b);
}

static void plant_stories(const struct planting *p) {
  plant_story(p, renews_soon_large, 9, STORY_RENEWAL_AT_RISK);
  plant_story(p, renews_soon, 4, STORY_RENEWAL_AT_RISK);
  plant_story(p, renews_later_large, 7, STORY_LAPSED);
  plant_story(p, renews_later, 3, STORY_LAPSED);
  plant_story(p, renews_later_large, 3, STORY_USAGE_COLLAPSE);
  plant_story(p, renews_later, 9, STORY_USAGE_COLLAPSE);
  plant_story(p, is_invoiced, 6, STORY_SUPPORT_FIRE);
  plant_story(p, can_grow, 8, STORY_EXPANSION);
  plant_story(p, is_invoiced, 10, STORY_LATE_PAYER);
  for (size_t i = 0; i < p->w->n_accounts; i++) play(&p->w->accounts[i], p->w->as_of);
}

static void lose_health(const struct planting *p, account_test fits, int n,
                        enum health_record record) {
  size_t at = 0;
  for (struct account *a; n > 0 && (a = find(p, fits, &at)); n--) a->health_record = record;
}

/* The same letters, written as letter and accent apart: what some exports and most macOS files
 * do. */
static const char *decomposed(struct arena *arena, const char *text) {
  utf8proc_uint8_t *apart = utf8proc_NFD((const utf8proc_uint8_t *)text);
  const char *copy = apart ? arena_strdup(arena, (const char *)apart) : text;
  free(apart);
  return copy;
}

static bool has_accent(const char *text) {
  for (; *text; text++) {
    if ((unsigned char)*text >= 0x80) return true;
  }
  return false;
}

static bool accented(const struct world *w, const struct account *a) {
  return pays(w, a) && has_accent(a->region) && has_accent(a->name);
}

/* Who looks after them: nobody, a blank cell, or someone who has left. */
static void plant_owners(const struct planting *p, size_t *at) {
  static const char *const wrong[] = {NULL,
                                      NULL,
                                      NULL,
                                      NULL,
                                      "",
                                      "  ",
                                      "sophie.adam@acme.example",
                                      "sophie.adam@acme.example",
                                      "sophie.adam@acme.example"};
  struct account *a;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong && (a = find(p, pays, at)); i++)
    a->csm = wrong[i];
  /* one at risk, so that the team's `else` has work to do */
  for (size_t i = 0; i < p->w->n_accounts; i++) {
    a = &p->w->accounts[p->order[i]];
    if (a->story != STORY_RENEWAL_AT_RISK) continue;
    a->csm = NULL;
    return;
  }
}

static void plant_texts(const struct planting *p, size_t *at) {
  struct account *a;
  for (int i = 0; i < 6 && (a = find(p, pays, at)); i++) a->industry = i % 2 ? "" : "   ";
  for (int i = 0; i < 5 && (a = find(p, pays, at)); i++) {
    a->plan_text = arena_printf(p->w->arena, "%s ", plan_name(a->plan));
  }
  size_t from = 0;
  for (int i = 0; i < 8 && (a = find(p, accented, &from)); i++) {
    if (i < 4) a->name = decomposed(p->w->arena, a->name);
    if (i >= 2) a->region = decomposed(p->w->arena, a->region);
  }
}

/* The earlier of two terms that follow each other, written as if it had ended a month later: two
 * prices at once. */
static void overlap_one(const struct world *w, size_t *at) {
  for (struct account *a; (a = world_bystander(w, at));) {
    for (size_t k = 0; k + 1 < a->n_terms; k++) {
      struct contract *early = &a->terms[k];
      if (early->trial || early->end != a->terms[k + 1].start) continue;
      early->written_end = early->end + 30;
      return;
    }
  }
}

static void plant_prices(struct world *w) {
  size_t at = 0;
  for (int i = 0; i < 4; i++) overlap_one(w, &at);
  for (int i = 0; i < 3; i++) {
    struct account *a = world_bystander(w, &at);
    if (a) a->terms[a->n_terms - 1].price_missing = true;
  }
}

static void plant_parents(const struct planting *p) {
  struct rng r = rng_stream("parents", 0);
  for (size_t i = 0; i < 36; i++) {
    struct account *child = &p->w->accounts[p->order[i]];
    child->parent = &p->w->accounts[p->order[(size_t)rng_int(&r, 36, 59)]];
  }
}

void world_plant(struct world *w) {
  struct planting p = {w, NEW_N(w->arena, size_t, w->n_accounts)};
  struct rng r = rng_stream("stories", 0);
  rng_shuffle(&r, p.order, w->n_accounts);

  lose_health(&p, renews_soon, 2, HEALTH_MISSING);
  lose_health(&p, renews_soon, 3, HEALTH_STALE);
  lose_health(&p, renews_later, 3, HEALTH_MISSING);
  lose_health(&p, renews_later, 4, HEALTH_STALE);
  plant_stories(&p);

  size_t at = 0;
  plant_owners(&p, &at);
  plant_texts(&p, &at);
  plant_prices(w);
  struct account *a;
  size_t missing = 0;
  for (int i = 0; i < 3 && (a = find(&p, renews_later_large, &missing)); i++) a->renewal = DAY_NONE;
  for (int i = 0; i < 3 && (a = find(&p, renews_later, &missing)); i++) a->renewal = DAY_NONE;
  plant_parents(&p);
}
