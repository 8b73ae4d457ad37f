/* In: cells with several ids. Out: a table of links. */
#include <string.h>

#include "import/id_cell.h"
#include "import/store_db.h"

/* ---- several ids in one cell ---------------------------------------------------------- */

/* deals and account_id: deals_accounts; of any other column, deals_campaign_ids */
const char *store_links_table(struct store *s, const struct export *e, const struct column *c) {
  bool account = c->field && c->field->role == ROLE_ACCOUNT;
  return arena_printf(s->a, "%s_%s", e->table, account ? "accounts" : c->name);
}

struct link_column {
  struct column *c;
  size_t at;
  sqlite3_stmt *drop, *add; /* NULL: no cell had an id yet */
};

struct store_links {
  struct store *s;
  const struct export *e;
  const struct store_table *t;
  struct link_column *columns;
  size_t n;
};

struct store_links *store_links_begin(struct store *s, struct export *e,
                                      const struct store_table *t) {
  struct store_links *l = NEW(s->a, struct store_links);
  *l = (struct store_links){.s = s, .e = e, .t = t};
  l->columns = NEW_N(s->a, struct link_column, e->n + 1);
  for (size_t i = 0; i < e->n; i++)
    if (e->columns[i].list && t->key && e->key_second == NO_COLUMN)
      l->columns[l->n++] = (struct link_column){.c = &e->columns[i], .at = i};
  return l;
}

void store_links_end(struct store_links *l) {
  for (size_t i = 0; i < l->n; i++) {
    sqlite3_finalize(l->columns[i].drop);
    sqlite3_finalize(l->columns[i].add);
  }
}

static bool make_table(struct store_links *l, struct link_column *lc, struct diags *problems) {
  struct arena *a = l->s->a;
  lc->c->links = store_links_table(l->s, l->e, lc->c);
  const char *table = sql_name(a, lc->c->links), *key = sql_name(a, l->t->key);
  const char *id = sql_name(a, lc->c->name);
  return store_exec(l->s,
                    arena_printf(a,
                                 "CREATE TABLE IF NOT EXISTS %s (%s, %s, PRIMARY KEY (%s, %s)) "
                                 "WITHOUT ROWID",
                                 table, key, id, key, id),
                    problems) &&
         store_prepare(l->s, arena_printf(a, "DELETE FROM %s WHERE %s = ?1", table, key), &lc->drop,
                       problems) &&
         store_prepare(l->s, arena_printf(a, "INSERT OR IGNORE INTO %s VALUES (?1, ?2)", table),
                       &lc->add, problems);
}

/* n 0: there is none. */
static struct kept_cell next_id(const struct kept_cell *cell, size_t *at) {
  struct id_text id = id_next(cell->text, cell->n, at);
  return (struct kept_cell){.as = KEPT_TEXT, .text = id.text, .n = id.n};
}

/* A row belongs to one customer: the first of several. Of other ids all stay in the cell. */
static void keep_first(const struct column *c, struct kept_cell *cell) {
  size_t at = 0;
  if (!c->field || c->field->role != ROLE_ACCOUNT) return;
  struct kept_cell first = next_id(cell, &at);
  *cell = first.n ? first : (struct kept_cell){.as = KEPT_NOTHING};
}

static bool write_ids(struct store_links *l, struct link_column *lc, const struct kept_cell *key,
                      const struct kept_cell *cell, struct diags *problems) {
  struct kept_cell id;
  if (!lc->add && !make_table(l, lc, problems)) return false;
  bind_kept(lc->drop, 1, key);
  if (!store_step(l->s, lc->drop, problems)) return false;
  for (size_t at = 0; (id = next_id(cell, &at)).n;) {
    bind_kept(lc->add, 1, key);
    bind_kept(lc->add, 2, &id);
    if (!store_step(l->s, lc->add, problems)) return false;
    lc->c->n_links++;
  }
  return true;
}

bool store_links_row(struct store_links *l, struct kept_cell *cells, struct diags *problems) {
  for (size_t i = 0; i < l->n; i++) {
    struct kept_cell *cell = &cells[l->columns[i].at];
    if (!write_ids(l, &l->columns[i], &cells[l->e->key], cell, problems)) return false;
    if (cell->n) keep_first(l->columns[i].c, cell);
  }
  return true;
}
