/* What leads from one table to another. In: cells with several ids, and names of customers. Out: a
 * table of links, and the keys of the customers. */
#include <string.h>

#include "base/text.h"
#include "import/store_db.h"

/* ---- several ids in one cell ---------------------------------------------------------- */

/* deals and account_id: deals_accounts; of any other column, deals_campaign_ids */
static const char *links_table(struct store *s, const struct export *e, const struct column *c) {
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
  lc->c->links = links_table(l->s, l->e, lc->c);
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

/* The next id of the cell, without blanks around it; n 0: there is none. *at moves behind it. */
static struct kept_cell next_id(const struct kept_cell *cell, size_t *at) {
  struct kept_cell id = {.as = KEPT_TEXT};
  while (!id.n && *at < cell->n) {
    const char *from = cell->text + *at, *end = memchr(from, ';', cell->n - *at);
    const char *to = end ? end : cell->text + cell->n;
    *at = (size_t)(to - cell->text) + 1;
    while (from < to && *from == ' ') from++;
    while (to > from && to[-1] == ' ') to--;
    id.text = from;
    id.n = (size_t)(to - from);
  }
  return id;
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

/* ---- customers by their names --------------------------------------------------------- */

static void fold(sqlite3_context *ctx, int n, sqlite3_value **args) {
  struct arena *a = arena_new();
  const char *text = (const char *)sqlite3_value_text(args[0]);
  (void)n;
  if (text) sqlite3_result_text(ctx, text_folded(a, text), -1, SQLITE_TRANSIENT);
  arena_free(a);
}

/* Customers without ids are known by their names. */
static bool accounts_by_name(struct store *s, bool *there, struct diags *problems) {
  bool id;
  if (!store_has(s, "accounts", "account_name", there, problems) ||
      !store_has(s, "accounts", "account_id", &id, problems))
    return false;
  if (!*there) return true;
  if (sqlite3_create_function(s->db, "folded", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, fold,
                              NULL, NULL) != SQLITE_OK)
    return store_fail(s, problems);
  return store_exec(
      s,
      arena_printf(s->a,
                   "CREATE TEMP TABLE named (word PRIMARY KEY, id, n) WITHOUT ROWID;"
                   "INSERT INTO named SELECT folded(account_name), max(%s), count(*) FROM accounts "
                   "WHERE account_name IS NOT NULL AND gone_on IS NULL GROUP BY 1",
                   id ? "account_id" : "account_name"),
      problems);
}

static bool list_misses(struct store *s, struct stored *said, struct diags *problems) {
  sqlite3_stmt *st;
  const char *sql = arena_printf(
      s->a,
      "SELECT t.account_name, count(*), max(n.n IS NOT NULL) FROM %s t LEFT JOIN named n ON n.word "
      "= folded(t.account_name) WHERE t.account_id IS NULL AND t.account_name IS NOT NULL AND "
      "t.gone_on IS NULL GROUP BY 1 ORDER BY 2 DESC, 1",
      sql_name(s->a, said->export->table));
  if (!store_prepare(s, sql, &st, problems)) return false;
  while (sqlite3_step(st) == SQLITE_ROW) {
    const char *name = arena_strdup(s->a, (const char *)sqlite3_column_text(st, 0));
    store_miss(s, said, "account_name", name, sqlite3_column_int(st, 2) != 0);
    said->misses[said->n_misses - 1].rows = (size_t)sqlite3_column_int64(st, 1);
  }
  sqlite3_finalize(st);
  return true;
}

static bool join_one(struct store *s, struct stored *said, struct diags *problems) {
  const char *table = sql_name(s->a, said->export->table);
  bool has;
  if (!store_has(s, said->export->table, "account_id", &has, problems)) return false;
  if (!has &&
      !store_exec(s, arena_printf(s->a, "ALTER TABLE %s ADD COLUMN account_id", table), problems))
    return false;
  return store_exec(s,
                    arena_printf(s->a,
                                 "UPDATE %s SET account_id = (SELECT CASE WHEN n = 1 THEN id END "
                                 "FROM named WHERE word = folded(account_name))",
                                 table),
                    problems) &&
         list_misses(s, said, problems);
}

/* ---- changes that the CRM itself recorded --------------------------------------------- */

static bool has_all(struct store *s, const char *table, const char *const *columns, bool *out,
                    struct diags *problems) {
  *out = true;
  for (; *columns && *out; columns++)
    if (!store_has(s, table, *columns, out, problems)) return false;
  return true;
}

/* The stages of deals from the day on which they were made: what stood there before the first
 * change, and each change. */
static bool view_of_changes(struct store *s, struct diags *problems) {
  static const char *const of_deals[] = {"deal_id", "stage", "created_on", NULL};
  static const char *const of_changes[] = {"deal_id",   "changed_on", "field",
                                           "old_value", "new_value",  NULL};
  bool deals, changes;
  if (!has_all(s, "deals", of_deals, &deals, problems) ||
      !has_all(s, "deal_changes", of_changes, &changes, problems))
    return false;
  return !deals || !changes ||
         store_exec(
             s,
             "CREATE VIEW IF NOT EXISTS " STORE_STAGE_CHANGES
             " AS SELECT deal_id AS key, "
             "changed_on AS day, new_value AS value FROM deal_changes WHERE field IN ('StageName', "
             "'Stage') UNION ALL SELECT d.deal_id, d.created_on, coalesce((SELECT c.old_value FROM "
             "deal_changes c WHERE c.deal_id = d.deal_id AND c.field IN ('StageName', 'Stage') "
             "ORDER BY c.changed_on LIMIT 1), d.stage) FROM deals d;"
             "CREATE INDEX IF NOT EXISTS deal_changes_deal ON deal_changes (deal_id, changed_on)",
             problems);
}

bool store_join(struct store *s, struct stored *list, size_t n, struct diags *problems) {
  bool there;
  if (!accounts_by_name(s, &there, problems) || !view_of_changes(s, problems)) return false;
  for (size_t i = 0; there && i < n; i++) {
    const struct export *e = list[i].export;
    if (e->thing == THING_account || export_role(e, ROLE_ACCOUNT) != NO_COLUMN ||
        export_role(e, ROLE_ACCOUNT_NAME) == NO_COLUMN)
      continue;
    if (!join_one(s, &list[i], problems)) return false;
  }
  return true;
}
