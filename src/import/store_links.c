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

static bool make_links(struct store *s, const struct store_table *t, struct column *c,
                       struct diags *problems) {
  c->links = links_table(s, t->e, c);
  return store_exec(
      s,
      arena_printf(s->a,
                   "CREATE TABLE IF NOT EXISTS %s (%s, %s, PRIMARY KEY (%s, %s)) "
                   "WITHOUT ROWID",
                   sql_name(s->a, c->links), sql_name(s->a, t->key), sql_name(s->a, c->name),
                   sql_name(s->a, t->key), sql_name(s->a, c->name)),
      problems);
}

static const char *trimmed(struct store *s, const char *from, const char *to) {
  while (from < to && *from == ' ') from++;
  while (to > from && to[-1] == ' ') to--;
  return arena_strndup(s->a, from, (size_t)(to - from));
}

static bool drop_links(struct store *s, const struct store_table *t, const struct column *c,
                       const struct kept_cell *key, struct diags *problems) {
  sqlite3_stmt *drop;
  const char *sql = arena_printf(s->a, "DELETE FROM %s WHERE %s = ?1", sql_name(s->a, c->links),
                                 sql_name(s->a, t->key));
  if (!store_prepare(s, sql, &drop, problems)) return false;
  bind_kept(drop, 1, key);
  bool ok = store_step(s, drop, problems);
  sqlite3_finalize(drop);
  return ok;
}

/* *first is the first id of the cell; NULL: there is none. */
static bool write_links(struct store *s, struct column *c, const struct kept_cell *key,
                        const struct kept_cell *cell, const char **first, struct diags *problems) {
  const char *at = arena_strndup(s->a, cell->text, cell->n);
  sqlite3_stmt *add;
  bool ok = true;
  *first = NULL;
  if (!store_prepare(
          s,
          arena_printf(s->a, "INSERT OR IGNORE INTO %s VALUES (?1, ?2)", sql_name(s->a, c->links)),
          &add, problems))
    return false;
  for (const char *end; ok && *at; at = *end ? end + 1 : end) {
    end = at + strcspn(at, ";");
    const char *id = trimmed(s, at, end);
    if (!*id) continue;
    if (!*first) *first = id;
    bind_kept(add, 1, key);
    sqlite3_bind_text(add, 2, id, -1, SQLITE_STATIC);
    ok = store_step(s, add, problems);
    c->n_links++;
  }
  sqlite3_finalize(add);
  return ok;
}

/* A row belongs to one customer: the first of several. Of other ids all stay in the cell. */
static void keep_first(const struct column *c, struct kept_cell *cell, const char *first) {
  if (!c->field || c->field->role != ROLE_ACCOUNT) return;
  *cell = first ? (struct kept_cell){.as = KEPT_TEXT, .text = first, .n = strlen(first)}
                : (struct kept_cell){.as = KEPT_NOTHING};
}

bool store_links(struct store *s, struct export *e, const struct store_table *t,
                 struct kept_cell *cells, struct diags *problems) {
  if (e->key_second != NO_COLUMN) return true;
  for (size_t i = 0; i < e->n; i++) {
    struct column *c = &e->columns[i];
    const char *first;
    if (!c->list || cells[i].as != KEPT_TEXT) continue;
    if (!c->links && !make_links(s, t, c, problems)) return false;
    if (!drop_links(s, t, c, &cells[e->key], problems) ||
        !write_links(s, c, &cells[e->key], &cells[i], &first, problems))
      return false;
    keep_first(c, &cells[i], first);
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

static bool account_has(struct store *s, const char *column, int64_t *out, struct diags *problems) {
  return store_number(
      s,
      arena_printf(s->a, "SELECT count(*) FROM pragma_table_info('accounts') WHERE name = %s",
                   sql_text(s->a, column)),
      out, problems);
}

/* Customers without ids are known by their names. */
static bool accounts_by_name(struct store *s, bool *there, struct diags *problems) {
  int64_t name, id;
  if (!account_has(s, "account_name", &name, problems) ||
      !account_has(s, "account_id", &id, problems))
    return false;
  *there = name > 0;
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
  int64_t has;
  if (!store_number(s,
                    arena_printf(s->a,
                                 "SELECT count(*) FROM pragma_table_info(%s) WHERE name = "
                                 "'account_id'",
                                 sql_text(s->a, said->export->table)),
                    &has, problems))
    return false;
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

static bool has_columns(struct store *s, const char *table, const char *columns, int64_t n,
                        bool *out, struct diags *problems) {
  int64_t found;
  const char *sql =
      arena_printf(s->a, "SELECT count(*) FROM pragma_table_info(%s) WHERE name IN (%s)",
                   sql_text(s->a, table), columns);
  if (!store_number(s, sql, &found, problems)) return false;
  *out = found == n;
  return true;
}

/* The stages of deals from the day on which they were made: what stood there before the first
 * change, and each change. */
static bool view_of_changes(struct store *s, struct diags *problems) {
  bool deals, changes;
  if (!has_columns(s, "deals", "'deal_id', 'stage', 'created_on'", 3, &deals, problems) ||
      !has_columns(s, "deal_changes", "'deal_id', 'changed_on', 'field', 'old_value', 'new_value'",
                   5, &changes, problems))
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
