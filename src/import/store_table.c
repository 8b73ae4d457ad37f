/* The tables of an export. In: an export. Out: the table, its history and its views, made or
 * widened; or why the export does not fit what is there. */
#include <stdio.h>
#include <string.h>

#include "import/store_db.h"

const char *store_key_name(const struct export *e) {
  if (e->key == NO_COLUMN) return NULL;
  if (e->key_second == NO_COLUMN) return e->columns[e->key].name;
  return "row_key";
}

const char *store_history_view(const char *table, const char *column, struct arena *a) {
  return arena_printf(a, "%s_%s_history", table, column);
}

const char *store_health_view(const char *table, struct arena *a) {
  return arena_printf(a, "%s_of_accounts", table);
}

/* ---- what is there -------------------------------------------------------------------- */

bool store_has_table(struct store *s, const char *table, bool *out, struct diags *problems) {
  int64_t n;
  const char *sql = arena_printf(s->a, "SELECT count(*) FROM sqlite_master WHERE name = %s",
                                 sql_text(s->a, table));
  if (!store_number(s, sql, &n, problems)) return false;
  *out = n > 0;
  return true;
}

static bool has_header(struct store *s, const char *table, const char *header, bool *out,
                       struct diags *problems) {
  int64_t n;
  const char *sql =
      arena_printf(s->a, "SELECT count(*) FROM vigie_columns WHERE table_name = %s AND header = %s",
                   sql_text(s->a, table), sql_text(s->a, header));
  if (!store_number(s, sql, &n, problems)) return false;
  *out = n > 0;
  return true;
}

/* How much of the export is of that table. */
static bool compare_headers(struct store *s, const struct export *e, struct store_like *l,
                            struct diags *problems) {
  for (size_t i = 0; i < e->n; i++) {
    const struct column *c = &e->columns[i];
    bool has;
    if (!*c->header || !c->tally.n) continue;
    if (!has_header(s, l->table, c->header, &has, problems)) return false;
    l->headers++;
    l->same += has;
    if (!has && !l->other) l->other = c->header;
  }
  return true;
}

bool store_find_like(struct store *s, const struct export *e, struct store_like *out,
                     struct diags *problems) {
  sqlite3_stmt *st;
  bool ok = true;
  *out = (struct store_like){0};
  if (!store_prepare(s,
                     "SELECT table_name, count(*) FROM vigie_columns WHERE header <> '' AND header "
                     "NOT LIKE '%, its currency' GROUP BY 1 ORDER BY 1",
                     &st, problems))
    return false;
  while (ok && sqlite3_step(st) == SQLITE_ROW) {
    struct store_like l = {.table = arena_strdup(s->a, (const char *)sqlite3_column_text(st, 0)),
                           .its = (size_t)sqlite3_column_int64(st, 1)};
    ok = compare_headers(s, e, &l, problems);
    bool own = out->table && l.same == out->same && strcmp(l.table, e->table) == 0;
    if (l.same > out->same || own) *out = l;
  }
  sqlite3_finalize(st);
  return ok;
}

/* The columns of the table, in their order. */
struct table_columns {
  struct map names;
  VEC(const char *) list;
};

static bool read_columns(struct store *s, const char *table, struct table_columns *out,
                         struct diags *problems) {
  sqlite3_stmt *st;
  const char *sql =
      arena_printf(s->a, "SELECT name FROM pragma_table_info(%s)", sql_text(s->a, table));
  if (!store_prepare(s, sql, &st, problems)) return false;
  while (sqlite3_step(st) == SQLITE_ROW) {
    const char *name = arena_strdup(s->a, (const char *)sqlite3_column_text(st, 0));
    map_put(&out->names, s->a, name, (void *)name);
    VEC_PUSH(s->a, &out->list, name);
  }
  sqlite3_finalize(st);
  return true;
}

/* The files of a day stand in lines. Those that are another one, or NULL. */
static const char *other_files(struct arena *a, const char *files, const char *path) {
  const char *others = NULL;
  for (const char *at = files, *end; *at; at = *end ? end + 1 : end) {
    end = at + strcspn(at, "\n");
    const char *one = arena_strndup(a, at, (size_t)(end - at));
    if (strcmp(one, path) != 0) others = others ? arena_printf(a, "%s and %s", others, one) : one;
  }
  return others;
}

static bool read_last(struct store *s, struct store_table *t, day_t day, struct diags *problems) {
  sqlite3_stmt *st;
  char text[16];
  const char *sql = arena_printf(
      s->a, "SELECT day, file FROM vigie_imports WHERE table_name = %s ORDER BY day DESC LIMIT 1",
      sql_text(s->a, t->e->table));
  if (!store_prepare(s, sql, &st, problems)) return false;
  if (sqlite3_step(st) == SQLITE_ROW) {
    const char *file = (const char *)sqlite3_column_text(st, 1);
    t->last_day = arena_strdup(s->a, (const char *)sqlite3_column_text(st, 0));
    if (file && strcmp(t->last_day, day_text(day, text)) == 0)
      t->other_file = other_files(s->a, file, t->e->path);
  }
  sqlite3_finalize(st);
  return true;
}

/* ---- does it fit? --------------------------------------------------------------------- */

static bool not_ours(struct store *s, const struct export *e, struct diags *problems) {
  return diag_fail(problems, V0709,
                   "%s: %s has a table %s that no import made: give the export another name with "
                   "--as",
                   e->path, s->path, e->table);
}

static bool fits(struct store *s, const struct store_table *t, const struct table_columns *columns,
                 day_t day, struct diags *problems) {
  const struct export *e = t->e;
  char text[16];
  size_t known = 0;
  if (!t->last_day) return not_ours(s, e, problems);
  day_text(day, text);
  if (strcmp(text, t->last_day) < 0)
    return diag_fail(problems, V0709,
                     "%s: %s holds the export of %s already, and this one is of %s: import exports "
                     "in the order of their days, or say its day with --day",
                     e->path, e->table, t->last_day, text);
  for (size_t i = 0; i < e->n; i++) known += map_get(&columns->names, e->columns[i].name) != NULL;
  if (known * 2 >= e->n && e->key_was)
    return diag_fail(problems, V0709,
                     "%s: %s is known by its column %s, and this export has none: export it with "
                     "its ids; where their header has another name now, --map \"Header=%s\"",
                     e->path, e->table, e->key_was, e->key_was);
  if (known * 2 < e->n)
    return diag_fail(problems, V0709,
                     "%s: %s was made of another kind of export (it has %zu of these %zu columns): "
                     "give this one a name of its own with --as",
                     e->path, e->table, known, e->n);
  return true;
}

/* ---- making --------------------------------------------------------------------------- */

static bool make_table(struct store *s, const struct store_table *t, struct diags *problems) {
  const char *sql = arena_printf(s->a, "CREATE TABLE %s (", sql_name(s->a, t->e->table));
  if (t->key && t->e->key_second != NO_COLUMN) sql = arena_printf(s->a, "%srow_key, ", sql);
  for (size_t i = 0; i < t->e->n; i++)
    sql = arena_printf(s->a, "%s%s, ", sql, sql_name(s->a, t->e->columns[i].name));
  return store_exec(s, arena_printf(s->a, "%simported_on, gone_on)", sql), problems);
}

static bool make_history(struct store *s, const struct store_table *t, struct diags *problems) {
  if (!t->key) return true;
  return store_exec(
      s,
      arena_printf(s->a,
                   "CREATE UNIQUE INDEX %s ON %s (%s);"
                   "CREATE TABLE %s (key, day TEXT NOT NULL, column TEXT NOT NULL, value, before, "
                   "PRIMARY KEY (column, key, day)) WITHOUT ROWID",
                   sql_name(s->a, arena_printf(s->a, "%s_key", t->e->table)),
                   sql_name(s->a, t->e->table), sql_name(s->a, t->key), sql_name(s->a, t->history)),
      problems);
}

/* A column that no export has: imported_on, or one that was found or filled from another table. */
static bool is_made(struct store *s, const struct export *e, const char *name, bool *made,
                    struct diags *problems) {
  static const char *const names[] = {"imported_on", "gone_on", "row_key", STORE_ACCOUNT_LINK};
  int64_t exported;
  *made = strcmp(name, "account_id") == 0 && export_role(e, ROLE_ACCOUNT_NAME) != NO_COLUMN;
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) *made |= strcmp(name, names[i]) == 0;
  if (*made) return true;
  const char *sql = arena_printf(
      s->a,
      "SELECT count(*) FROM vigie_columns WHERE table_name = %s AND name = %s AND header = ''",
      sql_text(s->a, e->table), sql_text(s->a, name));
  if (!store_number(s, sql, &exported, problems)) return false;
  *made = exported > 0;
  return true;
}

/* Columns that this export has for the first time, and those that it does not have any more. */
static bool widen(struct store *s, const struct store_table *t, const struct table_columns *columns,
                  struct stored *said, struct diags *problems) {
  const struct export *e = t->e;
  struct map here = {0};
  said->new_columns = NEW_N(s->a, const char *, e->n + 1);
  for (size_t i = 0; i < e->n; i++) {
    const char *name = e->columns[i].name;
    map_put(&here, s->a, name, (void *)name);
    if (map_get(&columns->names, name)) continue;
    said->new_columns[said->n_new_columns++] = name;
    const char *sql = arena_printf(s->a, "ALTER TABLE %s ADD COLUMN %s", sql_name(s->a, e->table),
                                   sql_name(s->a, name));
    if (!store_exec(s, sql, problems)) return false;
  }
  said->left_columns = NEW_N(s->a, const char *, columns->list.n + 1);
  for (size_t i = 0; i < columns->list.n; i++) {
    const char *name = columns->list.v[i];
    bool made;
    if (map_get(&here, name)) continue;
    if (!is_made(s, e, name, &made, problems)) return false;
    if (made) continue;
    said->left_columns[said->n_left_columns++] = name;
  }
  return true;
}

/* ---- columns under another name ------------------------------------------------------- */

/* What a column of the table was; IS_EMPTY: nobody knows. */
static bool recall_kind(struct store *s, const struct export *e, const char *name,
                        const char **header, enum column_is *is, struct diags *problems) {
  sqlite3_stmt *st;
  const char *sql = arena_printf(
      s->a, "SELECT is_a, header FROM vigie_columns WHERE table_name = %s AND name = %s",
      sql_text(s->a, e->table), sql_text(s->a, name));
  *is = IS_EMPTY;
  if (!store_prepare(s, sql, &st, problems)) return false;
  if (sqlite3_step(st) == SQLITE_ROW) {
    int kept = sqlite3_column_int(st, 0);
    *is = kept > IS_TEXT ? IS_NUMBER : (enum column_is)kept;
    *header = arena_strdup(s->a, (const char *)sqlite3_column_text(st, 1));
  }
  sqlite3_finalize(st);
  return true;
}

/* A column that nobody knows, of that kind, which this export has for the first time, behind `skip`
 * others; NULL. */
static const struct column *new_of_kind(const struct export *e, const struct stored *said,
                                        enum column_is is, size_t skip) {
  for (size_t i = 0; i < e->n; i++)
    for (size_t k = 0; k < said->n_new_columns; k++)
      if (strcmp(e->columns[i].name, said->new_columns[k]) == 0 && e->columns[i].is == is &&
          !e->columns[i].field && !e->columns[i].mapped && !e->columns[i].of_currency && !skip--)
        return &e->columns[i];
  return NULL;
}

static bool same_column(const struct export *e, const char *header, const char *name,
                        const struct column *c, struct diags *problems) {
  return diag_fail(problems, V0709,
                   "%s: %s is not in it any more, and %s is new: where it is the same under "
                   "another name, --map \"%s=%s\"; where it is not, --map \"%s=%s\"",
                   e->path, header, c->header, c->header, name, c->header, c->name);
}

/* What rules ask for would stand still unseen. Of several, the first is the first. */
static bool ask_of_renamed(struct store *s, const struct export *e, const struct stored *said,
                           struct diags *problems) {
  size_t of_kind[IS_TEXT + 1] = {0};
  for (size_t i = 0; i < said->n_left_columns && e->thing != THING_UNKNOWN; i++) {
    const char *name = said->left_columns[i], *header = "";
    enum column_is is;
    if (!field_of_column(e->thing, name)) continue;
    if (!recall_kind(s, e, name, &header, &is, problems)) return false;
    const struct column *c = is == IS_EMPTY ? NULL : new_of_kind(e, said, is, of_kind[is]++);
    if (c) return same_column(e, header, name, c, problems);
  }
  return true;
}

bool store_table_ready(struct store *s, const struct export *e, day_t day, struct store_table *out,
                       struct stored *said, struct diags *problems) {
  struct table_columns columns = {0};
  bool there;
  *out = (struct store_table){.e = e, .key = store_key_name(e)};
  out->history = arena_printf(s->a, "%s_history", e->table);
  if (!store_has_table(s, e->table, &there, problems) || !read_last(s, out, day, problems))
    return false;
  out->is_new = said->new_table = !there;
  if (!there) return make_table(s, out, problems) && make_history(s, out, problems);
  return read_columns(s, e->table, &columns, problems) && fits(s, out, &columns, day, problems) &&
         widen(s, out, &columns, said, problems) && ask_of_renamed(s, e, said, problems);
}

/* ---- the past of a column ------------------------------------------------------------- */

/* SELECT: what stands in the cells of a column since their first export, as values of `day`. */
static const char *first_values(struct store *s, const struct store_table *t, const char *column,
                                const char *day) {
  const char *h = sql_name(s->a, t->history), *text = sql_text(s->a, column);
  return arena_printf(s->a,
                      "SELECT r.%s, %s, CASE WHEN h.key IS NULL THEN r.%s ELSE h.before END "
                      "FROM %s r LEFT JOIN %s h ON h.column = %s AND h.key = r.%s AND h.day = "
                      "(SELECT min(m.day) FROM %s m WHERE m.column = %s AND m.key = r.%s)",
                      sql_name(s->a, t->key), day, sql_name(s->a, column),
                      sql_name(s->a, t->e->table), h, text, sql_name(s->a, t->key), h, text,
                      sql_name(s->a, t->key));
}

/* A subscription ran before its first export, and what it came to then is what that export says,
 * for nothing older is known: from the day before its start on, as the calendar may be west of a
 * start that is a time. */
static const char *values_before(struct store *s, const struct store_table *t, const char *column) {
  int at = t->e->thing == THING_subscription ? export_role(t->e, ROLE_STARTED) : NO_COLUMN;
  if (at == NO_COLUMN) return "";
  const char *start = sql_name(s->a, t->e->columns[at].name);
  const char *day = arena_printf(s->a, "date(r.%s, '-1 day')", start);
  return arena_printf(s->a, " UNION ALL %s WHERE r.%s LIKE '____-__-__%%' AND %s < r.imported_on",
                      first_values(s, t, column, day), start, day);
}

static bool make_view(struct store *s, const struct store_table *t, const char *column,
                      struct diags *problems) {
  const char *view = sql_name(s->a, store_history_view(t->e->table, column, s->a));
  const char *before = values_before(s, t, column);
  const char *sql = arena_printf(
      s->a,
      "CREATE VIEW IF NOT EXISTS %s AS SELECT key, day, value FROM %s WHERE column = %s "
      "UNION ALL %s%s",
      view, sql_name(s->a, t->history), sql_text(s->a, column),
      first_values(s, t, column, "r.imported_on"), before);
  /* an older version of import made it without what was before */
  if (*before) sql = arena_printf(s->a, "DROP VIEW IF EXISTS %s; %s", view, sql);
  return store_exec(s, sql, problems);
}

/* What moves in the life of a row: its stage, its amount; not when it was made, nor its name. */
static bool moves(const struct column *c) {
  static const enum field_role roles[] = {
      ROLE_STAGE,    ROLE_STATUS,  ROLE_AMOUNT,    ROLE_CLOSING, ROLE_OWNER, ROLE_HEALTH,
      ROLE_PLAN,     ROLE_RENEWAL, ROLE_RECURRING, ROLE_YEARLY,  ROLE_ODDS,  ROLE_QUANTITY,
      ROLE_PRIORITY, ROLE_PAYABLE, ROLE_INTERVAL,  ROLE_TRIAL};
  for (size_t i = 0; c->field && i < sizeof roles / sizeof *roles; i++)
    if (c->field->role == roles[i]) return true;
  return false;
}

bool store_table_views(struct store *s, const struct store_table *t, const struct stored *said,
                       struct diags *problems) {
  if (!t->key) return true;
  for (size_t i = 0; i < t->e->n; i++)
    if ((int)i != t->e->key && moves(&t->e->columns[i]) &&
        !make_view(s, t, t->e->columns[i].name, problems))
      return false;
  for (size_t i = 0; i < said->n_changes; i++)
    if (!make_view(s, t, said->changes[i].column, problems)) return false;
  return true;
}

/* ---- what the columns are ------------------------------------------------------------- */

/* What stands for IS_NUMBER in vigie_columns where the numbers had % signs. */
enum { KEPT_PERCENT = IS_TEXT + 1 };

/* Was a column of currencies made beside it? */
static bool recall_currency(struct store *s, const struct export *e, struct column *c,
                            struct diags *problems) {
  int64_t n;
  const char *sql = arena_printf(
      s->a, "SELECT count(*) FROM vigie_columns WHERE table_name = %s AND name = %s",
      sql_text(s->a, e->table), sql_text(s->a, arena_printf(s->a, "%s_currency", c->name)));
  if (!store_number(s, sql, &n, problems)) return false;
  c->had_currency = n > 0;
  return true;
}

/* Asked only where % signs come that were not there before. */
static bool recall_shares(struct store *s, const struct export *e, struct column *c,
                          struct diags *problems) {
  int64_t shares;
  if (!c->was_known || c->was != IS_NUMBER || c->was_percent || !c->tally.percents) return true;
  const char *name = sql_name(s->a, c->name);
  const char *sql =
      arena_printf(s->a, "SELECT coalesce(max(abs(%s)) > 0 AND max(abs(%s)) < 1, 0) FROM %s", name,
                   name, sql_name(s->a, e->table));
  if (!store_number(s, sql, &shares, problems)) return false;
  c->was_shares = shares != 0;
  return true;
}

static bool name_used(const struct export *e, const char *name) {
  for (size_t i = 0; i < e->n; i++)
    if (strcmp(e->columns[i].name, name) == 0) return true;
  return false;
}

/* A header that is known from an export before keeps its column, whatever it is like. */
static bool recall_names(struct store *s, struct export *e, struct diags *problems) {
  sqlite3_stmt *st;
  if (!store_prepare(
          s,
          "SELECT name FROM vigie_columns WHERE table_name = ?1 AND header = ?2 ORDER BY "
          "name LIMIT 1",
          &st, problems))
    return false;
  for (size_t i = 0; i < e->n; i++) {
    struct column *c = &e->columns[i];
    sqlite3_bind_text(st, 1, e->table, -1, SQLITE_STATIC);
    sqlite3_bind_text(st, 2, c->header, -1, SQLITE_STATIC);
    const char *name = sqlite3_step(st) == SQLITE_ROW
                           ? arena_strdup(s->a, (const char *)sqlite3_column_text(st, 0))
                           : NULL;
    sqlite3_reset(st);
    if (!name || !*c->header || name_used(e, name)) continue;
    c->name = name;
    c->field = e->thing == THING_UNKNOWN ? NULL : field_of_column(e->thing, name);
  }
  sqlite3_finalize(st);
  return true;
}

/* A table keeps the key that it was made with, whatever this export would be known by. */
static void keep_key(struct store *s, struct export *e, const char *key) {
  const char *now = store_key_name(e);
  if (now && key && strcmp(now, key) == 0) return;
  e->key = e->key_second = NO_COLUMN;
  e->key_why = NULL;
  for (size_t i = 0; key && i < e->n; i++)
    if (strcmp(e->columns[i].name, key) == 0) e->key = (int)i;
  if (key && e->key == NO_COLUMN) e->key_was = arena_strdup(s->a, key);
}

static bool recall_key(struct store *s, struct export *e, struct diags *problems) {
  sqlite3_stmt *st;
  if (!store_prepare(s,
                     "SELECT key FROM vigie_imports WHERE table_name = ?1 ORDER BY day DESC LIMIT "
                     "1",
                     &st, problems))
    return false;
  sqlite3_bind_text(st, 1, e->table, -1, SQLITE_STATIC);
  if (sqlite3_step(st) == SQLITE_ROW) keep_key(s, e, (const char *)sqlite3_column_text(st, 0));
  sqlite3_finalize(st);
  return true;
}

bool store_recall(struct store *s, struct export *e, struct diags *problems) {
  sqlite3_stmt *st;
  if (!recall_names(s, e, problems) || !recall_key(s, e, problems)) return false;
  if (!store_prepare(s,
                     "SELECT is_a, day_order, point FROM vigie_columns WHERE table_name = ?1 AND "
                     "name = ?2",
                     &st, problems))
    return false;
  for (size_t i = 0; i < e->n; i++) {
    struct column *c = &e->columns[i];
    sqlite3_bind_text(st, 1, e->table, -1, SQLITE_STATIC);
    sqlite3_bind_text(st, 2, c->name, -1, SQLITE_STATIC);
    c->was_known = sqlite3_step(st) == SQLITE_ROW;
    if (c->was_known) {
      c->was_percent = sqlite3_column_int(st, 0) == KEPT_PERCENT;
      c->was = c->was_percent ? IS_NUMBER : (enum column_is)sqlite3_column_int(st, 0);
      c->was_way[DOUBT_ORDER] = sqlite3_column_int(st, 1);
      c->was_way[DOUBT_POINT] = sqlite3_column_int(st, 2);
    }
    sqlite3_reset(st);
    if (!store_has_table(s, store_links_table(s, e, c), &c->was_list, problems) ||
        !recall_currency(s, e, c, problems) || !recall_shares(s, e, c, problems))
      return false;
  }
  sqlite3_finalize(st);
  return true;
}

static bool is_percent(const struct column *c) {
  return c->tally.percents || (c->was_percent && !c->tally.plain);
}

/* Of an empty column nothing is known yet. */
static bool note_columns(struct store *s, const struct export *e, struct diags *problems) {
  for (size_t i = 0; i < e->n; i++) {
    const struct column *c = &e->columns[i];
    if (!c->tally.n) continue;
    const char *sql =
        arena_printf(s->a, "INSERT OR REPLACE INTO vigie_columns VALUES (%s, %s, %s, %d, %d, %d)",
                     sql_text(s->a, e->table), sql_text(s->a, c->name), sql_text(s->a, c->header),
                     c->is == IS_NUMBER && is_percent(c) ? KEPT_PERCENT : (int)c->is,
                     c->way[DOUBT_ORDER], c->way[DOUBT_POINT]);
    if (!store_exec(s, sql, problems)) return false;
  }
  return true;
}

/* ---- what was imported when ----------------------------------------------------------- */

bool store_table_note(struct store *s, const struct store_table *t, day_t day,
                      const struct stored *said, struct diags *problems) {
  char text[16];
  const char *sql = arena_printf(
      s->a,
      "INSERT INTO vigie_imports VALUES (%s, '%s', %s, %s, %zu, %zu, %zu, %zu) "
      "ON CONFLICT DO UPDATE SET file = CASE WHEN instr(char(10) || file || char(10), char(10) || "
      "excluded.file || char(10)) THEN file ELSE file || char(10) || excluded.file END, "
      "rows = excluded.rows, added = added + excluded.added, "
      "changed = changed + excluded.changed, gone = gone + excluded.gone",
      sql_text(s->a, t->e->table), day_text(day, text), sql_text(s->a, t->e->path),
      t->key ? sql_text(s->a, t->key) : "NULL", said->rows, said->added, said->changed, said->gone);
  return store_exec(s, sql, problems) && note_columns(s, t->e, problems);
}
