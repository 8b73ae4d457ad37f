/* The customers of the story, in memory, before any row is written: who they are, what they pay
 * over time, how lively they are on a day. The tables are written from this one picture, so that
 * they agree with each other.
 *
 * Everything lives in the arena of the world. Nothing here fails. Money is in minor units of EUR.
 */
#ifndef VIGIE_STARTER_WORLD_H
#define VIGIE_STARTER_WORLD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"

struct arena;
struct rng;

enum plan { PLAN_BASIC, PLAN_PRO, PLAN_ENTERPRISE };

/* What makes an account worth a rule's attention on the day of the story; one each at most. */
enum story {
  STORY_NONE,
  STORY_RENEWAL_AT_RISK, /* renews soon, health is falling */
  STORY_USAGE_COLLAPSE,  /* uses far less than a month ago */
  STORY_LAPSED,          /* still pays, but the renewal date has passed */
  STORY_SUPPORT_FIRE,    /* several urgent tickets are open */
  STORY_EXPANSION,       /* uses far more than three months ago */
  STORY_LATE_PAYER,      /* an invoice is weeks late */
};

enum health_record { HEALTH_KEPT, HEALTH_STALE, HEALTH_MISSING };

/* One stretch of paying one price: start is the first day, end the first day without (DAY_NONE:
 * goes on). */
struct contract {
  day_t start, end;
  enum plan plan;
  long mrr;
  bool trial;
  day_t written_end;  /* a wrong end that the data shows instead; DAY_NONE: the true one */
  bool price_missing; /* the data shows no price */
  int number;         /* of the subscription, 1.. over all accounts */
};

/* A change of how lively the account is: it moves there in a straight line over `days`, and is
 * gone at `until`. */
struct bend {
  day_t from, until;
  int days;
  int usage_to;  /* per mille of its usual usage */
  int health_by; /* points added to its usual health */
};

enum { MAX_TERMS = 16, MAX_BENDS = 8 };

struct account {
  size_t index;
  const char *id, *name, *industry, *region, *plan_text, *csm, *ae;
  const struct account *parent;
  enum plan plan;
  int employees;
  day_t signup, renewal; /* renewal: DAY_NONE when missing */
  struct contract terms[MAX_TERMS];
  size_t n_terms;
  struct bend bends[MAX_BENDS];
  size_t n_bends;
  int usual_health;
  enum health_record health_record;
  enum story story;
};

struct world {
  struct arena *arena;
  day_t as_of; /* the day of the story, 2026-03-01 */
  day_t first; /* the first day of usage and health: 18 months before */
  struct account *accounts;
  size_t n_accounts;
};

struct world world_make(struct arena *a);

const char *plan_name(enum plan plan);
const char *term_id(struct arena *a, const struct contract *t); /* "S-0042" */

/* The term that is paid (not a trial) on the day; NULL when there is none. */
const struct contract *account_term(const struct account *a, day_t day);
/* The same with trials. */
const struct contract *account_any_term(const struct account *a, day_t day);

/* Where the account stands on a day against its usual self. */
int account_usage(const struct account *a, day_t day);  /* per mille */
int account_health(const struct account *a, day_t day); /* points, 0..100, without noise */

void account_bend(struct account *a, struct bend bend); /* a bend too many is left out */

/* stories.c: hands out the stories and the defects of the accounts. */
void world_plant(struct world *w);

/* The i-th account in the order in which defects are planted, as long as it pays and plays no
 * part in a story; *at (0 at first) remembers where the search stands. NULL when there are no
 * more. */
struct account *world_bystander(const struct world *w, size_t *at);

/* terms.c: what the account pays over time, from its signup on; sets plan, renewal and the
 * decline before a loss. */
void account_subscribe(struct account *a, struct rng *r, const struct world *w);

#endif
