/* Who the customers are. In: the accounts. Out: the tables accounts, contacts and subscriptions. */
#include <stdio.h>

#include "base/arena.h"
#include "starter/names.h"
#include "starter/rng.h"
#include "starter/tables.h"

static const char *const job_titles[] = {"Head of Operations", "Directrice générale", "IT manager",
                                         "Responsable achats", "RevOps analyst",      "CFO"};

static void write_contacts(struct insert *t, const struct account *a, struct arena *arena,
                           int *number) {
  struct rng r = rng_stream("contacts", a->index);
  const char *domain = arena_printf(arena, "customer-%03zu.example", a->index + 1);
  int n = rng_int(&r, 1, 2 + (int)a->plan);
  for (int i = 0; i < n; i++) {
    const char *first = first_name((size_t)rng_int(&r, 0, 999)),
               *last = last_name((size_t)rng_int(&r, 0, 999));
    insert_row(t, arena_printf(arena, "C-%04d", ++*number), a->id,
               arena_printf(arena, "%s %s", first, last), email_of(arena, first, last, domain),
               RNG_PICK(&r, job_titles), i == 0);
  }
}

void write_accounts(struct sink *s, const struct world *w) {
  struct insert t;
  insert_begin(&t, s, "accounts", "tttttittddt");
  for (size_t i = 0; i < w->n_accounts; i++) {
    const struct account *a = &w->accounts[i];
    insert_row(&t, a->id, a->name, a->industry, a->region, a->plan_text, a->employees, a->csm,
               a->ae, a->signup, a->renewal, a->parent ? a->parent->id : NULL);
  }
  insert_end(&t);

  int number = 0;
  insert_begin(&t, s, "contacts", "ttttti");
  for (size_t i = 0; i < w->n_accounts; i++) write_contacts(&t, &w->accounts[i], w->arena, &number);
  insert_end(&t);
}

/* Rows of accounts that no longer exist: what is left when a customer is deleted in one tool
 * only. */
static void write_orphans(struct insert *t, const struct world *w, int number) {
  for (int i = 0; i < 5; i++) {
    day_t start = w->first + 40 * i;
    insert_row(t, arena_printf(w->arena, "S-%04d", number + 1 + i),
               arena_printf(w->arena, "A-9%02d", i + 1), plan_name(PLAN_BASIC), start,
               i % 2 ? DAY_NONE : start + 200, 9900L, 0);
  }
}

void write_subscriptions(struct sink *s, const struct world *w) {
  struct insert t;
  int number = 0;
  insert_begin(&t, s, "subscriptions", "tttddmi");
  for (size_t i = 0; i < w->n_accounts; i++) {
    const struct account *a = &w->accounts[i];
    for (size_t k = 0; k < a->n_terms; k++) {
      const struct contract *term = &a->terms[k];
      number = term->number;
      insert_row(&t, term_id(w->arena, term), a->id, plan_name(term->plan), term->start,
                 term->written_end != DAY_NONE ? term->written_end : term->end,
                 term->price_missing ? NO_MONEY : term->mrr, (int)term->trial);
    }
  }
  write_orphans(&t, w, number);
  insert_end(&t);
}
