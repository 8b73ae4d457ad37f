/* What leads from a row to its customer. In: tables as they were imported. Out: in each row of
 * theirs the key of a customer, found by its id, its name or its domain; and views over what the
 * exports recorded. */
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "import/store_db.h"

/* ---- texts as they are compared ------------------------------------------------------- */

typedef const char *compared(struct arena *a, const char *text);

/* "Société  A " is "societe a" */
static const char *name_compared(struct arena *a, const char *text) {
  char *name = arena_strdup(a, text_folded(a, text)), *w = name;
  for (const char *c = name; *c; c++)
    if (!isspace((unsigned char)*c) || (w > name && w[-1] != ' '))
      *w++ = isspace((unsigned char)*c) ? ' ' : *c;
  if (w > name && w[-1] == ' ') w--;
  *w = 0;
  return name;
}

/* An id whose zeros a table of numbers has lost, or its case. */
static const char *id_compared(struct arena *a, const char *text) {
  const char *id = text_folded(a, text);
  while (*id == '0' && id[1]) id++;
  return id;
}

/* www.blue.example/en, https://blue.example and ana@blue.example are blue.example. */
static const char *domain_compared(struct arena *a, const char *text) {
  const char *at = strchr(text, '@'), *scheme = strstr(text, "://");
  const char *from = at ? at + 1 : scheme ? scheme + 3 : text;
  if (strncasecmp(from, "www.", 4) == 0) from += 4;
  return text_folded(a, arena_strndup(a, from, strcspn(from, "/:? ")));
}

static void answer(sqlite3_context *ctx, sqlite3_value **args, compared *f) {
  struct arena *a = arena_new();
  const char *text = (const char *)sqlite3_value_text(args[0]);
  const char *out = text ? f(a, text) : "";
  if (*out) sqlite3_result_text(ctx, out, -1, SQLITE_TRANSIENT);
  arena_free(a);
}

static void sql_name_of(sqlite3_context *ctx, int n, sqlite3_value **args) {
  (void)n;
  answer(ctx, args, name_compared);
}

static void sql_id_of(sqlite3_context *ctx, int n, sqlite3_value **args) {
  (void)n;
  answer(ctx, args, id_compared);
}

static void sql_domain_of(sqlite3_context *ctx, int n, sqlite3_value **args) {
  (void)n;
  answer(ctx, args, domain_compared);
}

static bool add_functions(struct store *s, struct diags *problems) {
  static const struct {
    const char *name;
    void (*f)(sqlite3_context *, int, sqlite3_value **);
  } all[] = {{"name_of", sql_name_of}, {"id_of", sql_id_of}, {"domain_of", sql_domain_of}};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (sqlite3_create_function(s->db, all[i].name, 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                                all[i].f, NULL, NULL) != SQLITE_OK)
      return store_fail(s, problems);
  return true;
}

/* ---- what customers are known by ------------------------------------------------------ */

/* A column of the customers, and how what stands in it is compared. */
struct known_by {
  const char *table;   /* temporary: word, id, and how many customers have the word */
  const char *compare; /* the function; "": as it stands there */
  const char *fits;    /* what an account does that has it */
};
enum { BY_KEY, BY_ID, BY_OTHER_ID, BY_NAME, BY_DOMAIN, KNOWN_BY };
static const struct known_by known[KNOWN_BY] = {
    [BY_KEY] = {"by_key", "", "has this id"},
    [BY_ID] = {"by_id", "id_of", "has this id"},
    [BY_OTHER_ID] = {"by_other_id", "id_of", "has this id"},
    [BY_NAME] = {"by_name", "name_of", "is called so"},
    [BY_DOMAIN] = {"by_domain", "domain_of", "has this domain"}};

struct joining {
  struct store *s;
  struct diags *problems;
  const char *key; /* of the customers */
  bool is_known[KNOWN_BY];
};

static bool know_by(struct joining *x, size_t by, const char *column) {
  struct arena *a = x->s->a;
  if (!column) return true;
  x->is_known[by] = true;
  const char *word = arena_printf(a, "%s(%s)", known[by].compare, sql_name(a, column));
  return store_exec(
      x->s,
      arena_printf(a,
                   "CREATE TEMP TABLE IF NOT EXISTS %s (word PRIMARY KEY, id, n) WITHOUT ROWID;"
                   "DELETE FROM %s;"
                   "INSERT INTO %s SELECT %s, max(%s), count(*) FROM accounts WHERE %s IS NOT NULL "
                   "AND gone_on IS NULL GROUP BY 1",
                   known[by].table, known[by].table, known[by].table, word, sql_name(a, x->key),
                   word),
      x->problems);
}

/* The first column of the customers that is called so; NULL. */
static bool find_called(struct joining *x, const char *is_called, const char **out) {
  sqlite3_stmt *st;
  *out = NULL;
  if (!store_prepare(
          x->s,
          arena_printf(x->s->a, "SELECT name FROM pragma_table_info('accounts') WHERE %s LIMIT 1",
                       is_called),
          &st, x->problems))
    return false;
  if (sqlite3_step(st) == SQLITE_ROW)
    *out = arena_strdup(x->s->a, (const char *)sqlite3_column_text(st, 0));
  sqlite3_finalize(st);
  return true;
}

/* "company_domain_name", "website", "nom_de_domaine" */
#define CALLED_DOMAIN "name LIKE '%domain%' OR name LIKE '%website%' OR name LIKE '%site_web%'"
/* "stripe_customer_id", "billing_id": what another system calls them */
#define CALLED_OTHER_ID                                                                       \
  "name LIKE '%stripe%' OR name LIKE '%chargebee%' OR name LIKE '%customer_id' OR name LIKE " \
  "'%billing_id' OR name LIKE '%external_id'"

/* Customers without ids are known by their names. */
static bool know_customers(struct joining *x, bool *there) {
  bool id, name;
  const char *domain, *other;
  if (!store_has_column(x->s, "accounts", "account_id", &id, x->problems) ||
      !store_has_column(x->s, "accounts", "account_name", &name, x->problems) ||
      !store_has_column(x->s, "accounts", "gone_on", there, x->problems))
    return false;
  *there &= id || name;
  if (!*there) return true;
  x->key = id ? "account_id" : "account_name";
  return add_functions(x->s, x->problems) && find_called(x, CALLED_DOMAIN, &domain) &&
         find_called(x, CALLED_OTHER_ID, &other) && know_by(x, BY_OTHER_ID, other) &&
         know_by(x, BY_KEY, id ? "account_id" : NULL) &&
         know_by(x, BY_ID, id ? "account_id" : NULL) &&
         know_by(x, BY_NAME, name ? "account_name" : NULL) && know_by(x, BY_DOMAIN, domain);
}

/* ---- how the rows of a table name them ------------------------------------------------ */

/* One column against one thing that customers are known by. */
struct join_way {
  enum field_role role;
  size_t by;
  const char *why; /* it is needed although there are ids */
};
/* Of two that find as many, the first. */
static const struct join_way ways[] = {
    {ROLE_ACCOUNT, BY_KEY, NULL},
    {ROLE_ACCOUNT, BY_ID, "is written otherwise than in accounts"},
    {ROLE_ACCOUNT, BY_OTHER_ID, "holds ids of another system"},
    {ROLE_ACCOUNT_NAME, BY_NAME, "holds no ids of accounts"},
    {ROLE_ACCOUNT, BY_NAME, "holds names of accounts"},
    {ROLE_EMAIL, BY_DOMAIN, "holds no ids of accounts"}};
enum { WAYS = sizeof ways / sizeof *ways };

struct join_found {
  const struct column *column; /* of the export; NULL: none finds one */
  size_t by;
  const char *why, *sql;
  int64_t rows, of;
};

/* By what that column finds the key of the customer of the row t. */
static struct join_found found_by(struct joining *x, const struct column *c, size_t by,
                                  const char *why) {
  struct arena *a = x->s->a;
  return (struct join_found){
      .column = c,
      .by = by,
      .why = why,
      .sql = arena_printf(a, "(SELECT CASE WHEN n = 1 THEN id END FROM %s WHERE word = %s(t.%s))",
                          known[by].table, known[by].compare, sql_name(a, c->name))};
}

static bool count_found(struct joining *x, const struct export *e, const char *what, int64_t *out) {
  return store_number(x->s,
                      arena_printf(x->s->a, "SELECT count(%s) FROM %s t WHERE gone_on IS NULL",
                                   what, sql_name(x->s->a, e->table)),
                      out, x->problems);
}

/* What finds nearly all rows needs no look at the others. */
static bool finds_nearly_all(int64_t rows, int64_t all) { return rows * 20 >= all * 19; }

static bool try_way(struct joining *x, const struct export *e, struct join_found way,
                    struct join_found *best) {
  if (!x->is_known[way.by] || (best->of && finds_nearly_all(best->rows, best->of))) return true;
  if (!count_found(x, e, way.sql, &way.rows)) return false;
  way.of = best->of;
  if (way.rows > best->rows) *best = way;
  return true;
}

/* Where no column that is known for it finds most rows, any text may be a name. */
static bool try_texts(struct joining *x, const struct export *e, struct join_found *best) {
  for (size_t i = 0; i < e->n && best->rows * 2 <= best->of; i++) {
    const struct column *c = &e->columns[i];
    if (c->is == IS_TEXT && !c->field && !c->of_currency &&
        !try_way(x, e, found_by(x, c, BY_NAME, "holds no ids of accounts"), best))
      return false;
  }
  return true;
}

static bool find_way(struct joining *x, const struct export *e, struct join_found *best) {
  *best = (struct join_found){0};
  if (!count_found(x, e, "*", &best->of)) return false;
  for (size_t i = 0; i < WAYS; i++) {
    int at = export_role(e, ways[i].role);
    if (at != NO_COLUMN &&
        !try_way(x, e, found_by(x, &e->columns[at], ways[i].by, ways[i].why), best))
      return false;
  }
  return try_texts(x, e, best);
}

/* ---- the key of the customer in each row ---------------------------------------------- */

static bool list_misses(struct joining *x, struct stored *said, const struct join_found *f,
                        const char *link) {
  sqlite3_stmt *st;
  struct arena *a = x->s->a;
  const char *column = f->column->name;
  const char *cell = sql_name(a, column), *table = known[f->by].table;
  const char *sql = arena_printf(
      a,
      "SELECT t.%s, count(*), max(n.n IS NOT NULL) FROM %s t LEFT JOIN %s n ON n.word = %s(t.%s) "
      "WHERE t.%s IS NULL AND t.%s IS NOT NULL AND t.gone_on IS NULL GROUP BY 1 ORDER BY 2 DESC, 1",
      cell, sql_name(a, said->export->table), table, known[f->by].compare, cell, sql_name(a, link),
      cell);
  if (!store_prepare(x->s, sql, &st, x->problems)) return false;
  while (sqlite3_step(st) == SQLITE_ROW) {
    const char *name = arena_strdup(a, (const char *)sqlite3_column_text(st, 0));
    store_miss(x->s, said, column, name, sqlite3_column_int(st, 2) != 0);
    said->misses[said->n_misses - 1].no_account = known[f->by].fits;
    said->misses[said->n_misses - 1].rows = (size_t)sqlite3_column_int64(st, 1);
  }
  sqlite3_finalize(st);
  return true;
}

static bool write_links(struct joining *x, struct stored *said, const struct join_found *f,
                        const char *link, bool has) {
  struct arena *a = x->s->a;
  const char *table = sql_name(a, said->export->table), *column = sql_name(a, link);
  if (!has && !store_exec(x->s, arena_printf(a, "ALTER TABLE %s ADD COLUMN %s", table, column),
                          x->problems))
    return false;
  return store_exec(x->s, arena_printf(a, "UPDATE %s AS t SET %s = %s", table, column, f->sql),
                    x->problems) &&
         list_misses(x, said, f, link);
}

/* Ids of customers stay what leads to them as long as half of the rows find theirs. Where names or
 * domains find most of them and the ids do not, these lead there, in a column beside. */
static bool join_one(struct joining *x, struct stored *said) {
  const struct export *e = said->export;
  struct join_found f;
  bool has, ids = export_role(e, ROLE_ACCOUNT) != NO_COLUMN;
  const char *link = ids ? STORE_ACCOUNT_LINK : "account_id";
  if (!find_way(x, e, &f) || !store_has_column(x->s, e->table, link, &has, x->problems))
    return false;
  said->account_by = ids && !has ? e->columns[export_role(e, ROLE_ACCOUNT)].name : link;
  said->accounts_found = (size_t)f.rows;
  said->accounts_of = (size_t)f.of;
  if (!f.column && ids) return true;
  if (ids && !has && (f.by == BY_KEY || f.rows * 2 <= f.of)) return true;
  int name = export_role(e, ROLE_ACCOUNT_NAME);
  if (!f.column) f = found_by(x, &e->columns[name], BY_NAME, NULL);
  if (!x->is_known[f.by]) return true;
  said->account_by = link;
  said->account_why = f.why;
  said->account_from = f.column->header;
  return write_links(x, said, &f, link, has);
}

/* ---- changes that the CRM itself recorded --------------------------------------------- */

static bool has_all(struct store *s, const char *table, const char *const *columns, bool *out,
                    struct diags *problems) {
  *out = true;
  for (; *columns && *out; columns++)
    if (!store_has_column(s, table, *columns, out, problems)) return false;
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

bool store_stages(struct store *s, struct export *deals, struct diags *problems) {
  int at = export_role(deals, ROLE_STAGE);
  sqlite3_stmt *st;
  bool there;
  if (deals->thing != THING_deal || at == NO_COLUMN) return true;
  if (!store_has_table(s, STORE_STAGE_CHANGES, &there, problems)) return false;
  if (!there) return true;
  struct tally *t = &deals->columns[at].tally;
  if (!store_prepare(s,
                     "SELECT DISTINCT value FROM " STORE_STAGE_CHANGES
                     " WHERE value IS NOT NULL ORDER BY 1",
                     &st, problems))
    return false;
  while (sqlite3_step(st) == SQLITE_ROW && !t->many_values) {
    const char *stage = arena_strdup(s->a, (const char *)sqlite3_column_text(st, 0));
    if (map_get(&t->values, stage)) continue;
    t->many_values = t->n_kept == VALUES_KEPT;
    if (t->many_values) break;
    map_put(&t->values, s->a, stage, (void *)stage);
    t->kept[t->n_kept++] = stage;
  }
  sqlite3_finalize(st);
  return true;
}

/* ---- health --------------------------------------------------------------------------- */

/* A list of scores without a day has the days of its exports. */
static bool view_of_health(struct joining *x, const struct stored *said) {
  const struct export *e = said->export;
  struct arena *a = x->s->a;
  if (e->key == NO_COLUMN || e->key_second != NO_COLUMN || export_role(e, ROLE_HEALTH) == NO_COLUMN)
    return true;
  const char *link = sql_name(a, said->account_by), *table = sql_name(a, e->table);
  return store_exec(
      x->s,
      arena_printf(a,
                   "CREATE VIEW IF NOT EXISTS %s AS SELECT h.%s AS key, v.day AS day, v.value AS "
                   "value FROM %s v JOIN %s h ON h.%s = v.key",
                   sql_name(a, store_health_view(e->table, a)), link,
                   sql_name(a, store_history_view(e->table,
                                                  e->columns[export_role(e, ROLE_HEALTH)].name, a)),
                   table, sql_name(a, e->columns[e->key].name)),
      x->problems);
}

/* What a list of scores says of its customers, and their own export does not. */
static const enum field_role lent[] = {ROLE_RENEWAL, ROLE_RECURRING, ROLE_YEARLY, ROLE_PLAN,
                                       ROLE_OWNER};
_Static_assert(sizeof lent / sizeof *lent == STORE_LENT_MAX, "");

/* Is the column of accounts there to be filled: new, or filled by a list before? One that an export
 * of customers has is theirs. */
static bool may_fill(struct joining *x, const char *column, bool *has, bool *may) {
  int64_t filled;
  if (!store_has_column(x->s, "accounts", column, has, x->problems) ||
      !store_number(x->s,
                    arena_printf(x->s->a,
                                 "SELECT count(*) FROM vigie_columns WHERE table_name = 'accounts' "
                                 "AND name = %s AND header = ''",
                                 sql_text(x->s->a, column)),
                    &filled, x->problems))
    return false;
  *may = !*has || filled;
  return true;
}

static bool fill(struct joining *x, struct stored *said, const struct column *c) {
  struct arena *a = x->s->a;
  const struct export *e = said->export;
  const char *name = sql_name(a, c->name), *table = sql_name(a, e->table);
  int day = export_role(e, ROLE_AT);
  bool has, may;
  if (!may_fill(x, c->name, &has, &may)) return false;
  if (!may) return true;
  said->lent[said->n_lent++] = c;
  const char *add = has ? "" : arena_printf(a, "ALTER TABLE accounts ADD COLUMN %s;", name);
  return store_exec(
      x->s,
      arena_printf(
          a,
          "%sINSERT OR REPLACE INTO vigie_columns VALUES ('accounts', %s, '', %d, %d, %d);"
          "CREATE INDEX IF NOT EXISTS %s ON %s (%s);"
          "UPDATE accounts SET %s = (SELECT h.%s FROM %s h WHERE h.%s = accounts.%s AND h.%s IS "
          "NOT NULL%s LIMIT 1)",
          add, sql_text(a, c->name), (int)c->is, c->way[DOUBT_ORDER], c->way[DOUBT_POINT],
          sql_name(a, arena_printf(a, "%s_account", e->table)), table,
          sql_name(a, said->account_by), name, name, table, sql_name(a, said->account_by), x->key,
          name,
          day == NO_COLUMN
              ? ""
              : arena_printf(a, " ORDER BY h.%s DESC", sql_name(a, e->columns[day].name))),
      x->problems);
}

static bool lend(struct joining *x, struct stored *said) {
  const struct export *e = said->export;
  for (size_t i = 0; i < STORE_LENT_MAX; i++) {
    int at = export_role(e, lent[i]);
    if (at != NO_COLUMN && e->columns[at].tally.n && !fill(x, said, &e->columns[at])) return false;
  }
  return true;
}

/* The first day of which a list of scores says something. */
static bool first_day(struct joining *x, struct stored *said) {
  const struct export *e = said->export;
  int at = export_role(e, ROLE_AT);
  sqlite3_stmt *st;
  if (at == NO_COLUMN) return true;
  const char *sql =
      arena_printf(x->s->a, "SELECT min(%s) FROM %s", sql_name(x->s->a, e->columns[at].name),
                   sql_name(x->s->a, e->table));
  if (!store_prepare(x->s, sql, &st, x->problems)) return false;
  if (sqlite3_step(st) == SQLITE_ROW && sqlite3_column_text(st, 0))
    said->health_from = arena_strdup(x->s->a, (const char *)sqlite3_column_text(st, 0));
  sqlite3_finalize(st);
  return true;
}

bool store_join(struct store *s, struct stored *list, size_t n, struct diags *problems) {
  struct joining x = {.s = s, .problems = problems};
  bool there;
  if (!know_customers(&x, &there) || !view_of_changes(s, problems)) return false;
  for (size_t i = 0; there && i < n; i++) {
    const struct export *e = list[i].export;
    if (e->thing == THING_account || (export_role(e, ROLE_ACCOUNT) == NO_COLUMN &&
                                      export_role(e, ROLE_ACCOUNT_NAME) == NO_COLUMN))
      continue;
    if (!join_one(&x, &list[i])) return false;
    if (e->thing == THING_health &&
        (!view_of_health(&x, &list[i]) || !lend(&x, &list[i]) || !first_day(&x, &list[i])))
      return false;
  }
  return true;
}
