/* What the files of eval/ share: the first error, notes, and columns that grow. */
#include "eval/evaluation.h"
#include "eval/results.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void evaluation_fail_as(struct evaluation *ev, const struct diag *error) {
  struct diags own = {.arena = ev->arena};
  if (ev->error) return;
  diag_pass(&own, error);
  ev->error = diags_error(&own);
}

void evaluation_fail(struct evaluation *ev, enum diag_code code, const char *fmt, ...) {
  struct diags own = {.arena = ev->arena};
  va_list ap;
  va_start(ap, fmt);
  evaluation_fail_as(ev, diag_add_kind(&own, diag_kind(code), NO_SPAN, fmt, ap));
  va_end(ap);
}

bool evaluation_refuse(const struct evaluation *ev, struct diags *problems) {
  if (ev->error) return diag_pass(problems, ev->error);
  return diag_fail(problems, V0509, "the dataset could not be read");
}

void evaluation_note(struct evaluation *ev, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  struct data_note n = {arena_vprintf(ev->arena, fmt, ap)};
  va_end(ap);
  /* a table may be scanned several times */
  for (size_t i = 0; i < ev->notes.n; i++)
    if (strcmp(ev->notes.v[i].text, n.text) == 0) return;
  VEC_PUSH(ev->arena, &ev->notes, n);
}

static void keep_unreadable(struct evaluation *ev, const struct scan *s) {
  for (size_t i = 0; i < s->n_unreadable; i++) {
    const struct unreadable_cells *u = &s->unreadable[i];
    bool old = false;
    for (size_t k = 0; k < ev->unreadable.n; k++) {
      const struct unreadable_cells *x = &ev->unreadable.v[k];
      old |= strcmp(x->table, u->table) == 0 && strcmp(x->column, u->column) == 0 &&
             strcmp(x->what, u->what) == 0;
    }
    if (!old) VEC_PUSH(ev->arena, &ev->unreadable, *u);
  }
}

/* A table may be scanned several times. */
void evaluation_scanned(struct evaluation *ev, const struct scan *s, const struct entity *entity,
                        const struct attr *history) {
  keep_unreadable(ev, s);
  for (size_t i = 0; i < ev->reads.n; i++) {
    const struct table_read *r = &ev->reads.v[i];
    if (!r->history == !history && r->entity == entity && strcmp(r->table, s->table) == 0) return;
  }
  VEC_PUSH(ev->arena, &ev->reads, ((struct table_read){s->table, entity, history, s->rows}));
}

size_t evaluation_domain_rows(const struct evaluation *ev, int domain) {
  return ev->plan->domains.v[domain].kind == DOM_COMPANY ? 1 : ev->rows[domain].n;
}

/* Held columns grow by doubling, so they are no arena's; evaluation_free frees them. */
void materialised_make_room(struct materialised *h, enum column_kind kind, size_t rows) {
  if (rows <= h->rows && h->col.valid) return;
  size_t old = h->rows, cap = bit_words(rows ? rows : 1) * 64;
  size_t old_words = old / 64, words = cap / 64;
/* Large ones come from the system as zeros. */
#define GROW(p, n, was)                                          \
  (p = p ? xrealloc(p, (n) * sizeof *p) : xcalloc(n, sizeof *p), \
   memset(p + (was), 0, (was) ? ((n) - (was)) * sizeof *p : 0))
  GROW(h->col.valid, words, old_words);
  if (kind == COL_NUM)
    GROW(h->col.num, cap, old);
  else if (kind == COL_TXT)
    GROW(h->col.txt, cap, old);
  else
    GROW(h->col.yes, words, old_words);
#undef GROW
  h->rows = cap;
}

void materialised_grow(struct evaluation *ev, int node, size_t rows) {
  materialised_make_room(&ev->materialised[node], ev->plan->nodes.v[node].col, rows);
}

void materialised_new(struct evaluation *ev, int node, size_t rows, bool counted) {
  materialised_grow(ev, node, rows + 64);
  struct materialised *h = &ev->materialised[node];
  if (counted) {
    h->seen = xcalloc(rows + 1, sizeof *h->seen);
    h->of = xcalloc(rows + 1, sizeof *h->of);
  }
}

void materialised_free(struct materialised *h) {
  free(h->col.num);
  free(h->col.txt);
  free(h->col.yes);
  free(h->col.valid);
  free(h->seen);
  free(h->of);
  free(h->touched);
  free(h->partial);
  *h = (struct materialised){0};
}

struct day_set *history_days(struct evaluation *ev, const struct attr *at) {
  for (size_t i = 0; i < ev->histories.n; i++) {
    const struct history *x = &ev->histories.v[i].attr->history, *y = &at->history;
    if (strcmp(x->table, y->table) == 0 && strcmp(x->at, y->at) == 0)
      return ev->histories.v[i].days;
  }
  struct history_days d = {at, NEW(ev->arena, struct day_set)};
  VEC_PUSH(ev->arena, &ev->histories, d);
  return d.days;
}
