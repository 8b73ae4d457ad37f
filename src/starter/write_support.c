/* What customers say. In: the accounts. Out: the tables tickets and nps_answers. */
#include "base/arena.h"
#include "starter/rng.h"
#include "starter/tables.h"

static const char *const priorities[] = {"Low", "Normal", "High", "Urgent"};

struct ticket_book {
  struct insert table;
  struct arena *arena;
  int number;
};

static void file_ticket(struct ticket_book *book, const struct account *a, day_t opened,
                        day_t closed, size_t priority, int csat) {
  insert_row(&book->table, arena_printf(book->arena, "T-%05d", ++book->number), a->id, opened,
             closed, priorities[priority], csat);
}

/* Unhappy customers write more and rate lower. */
static void write_tickets_of(struct ticket_book *book, const struct account *a,
                             const struct world *w) {
  static const int per_year[] = {3, 9, 26}, weights[] = {30, 50, 15, 5};
  struct rng r = rng_stream("tickets", a->index);
  for (day_t day = a->signup < w->first ? w->first : a->signup; day < w->as_of; day++) {
    if (!account_any_term(a, day)) continue;
    int health = account_health(a, day);
    if (rng_int(&r, 1, 365000) > per_year[a->plan] * 1000 * (150 - health) / 75) continue;
    size_t priority = rng_weighted(&r, weights, 4);
    day_t closed = day + rng_int(&r, 0, priority >= 2 ? 4 : 12);
    if (closed >= w->as_of) closed = DAY_NONE;
    int csat =
        closed != DAY_NONE && rng_chance(&r, 420) ? rng_bell(&r, 1 + health / 22, 3) : NO_NUMBER;
    file_ticket(book, a, day, closed, priority,
                csat == NO_NUMBER || csat > 0 ? (csat > 5 ? 5 : csat) : 1);
  }
  if (a->story != STORY_SUPPORT_FIRE) return;
  for (int n = rng_int(&r, 3, 5); n > 0; n--) {
    file_ticket(book, a, w->as_of - rng_int(&r, 1, 14), DAY_NONE, (size_t)rng_int(&r, 2, 3),
                NO_NUMBER);
  }
}

static int nps_score(const struct account *a, day_t day, struct rng *r) {
  int score = rng_bell(r, account_health(a, day) / 10 + 1, 3);
  return score < 0 ? 0 : score > 10 ? 10 : score;
}

void write_support(struct sink *s, const struct world *w) {
  struct ticket_book book = {.arena = w->arena};
  insert_begin(&book.table, s, "tickets", "ttddti");
  for (size_t i = 0; i < w->n_accounts; i++) write_tickets_of(&book, &w->accounts[i], w);
  insert_end(&book.table);

  struct insert t;
  int number = 0;
  insert_begin(&t, s, "nps_answers", "ttdi");
  for (size_t i = 0; i < w->n_accounts; i++) {
    const struct account *a = &w->accounts[i];
    struct rng r = rng_stream("nps", i);
    /* asked every quarter */
    for (day_t day = w->first + rng_int(&r, 0, 90); day < w->as_of; day += 91) {
      if (!account_term(a, day) || !rng_chance(&r, 400)) continue;
      insert_row(&t, arena_printf(w->arena, "N-%04d", ++number), a->id, day, nps_score(a, day, &r));
    }
  }
  insert_end(&t);
}
