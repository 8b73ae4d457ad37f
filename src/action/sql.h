/* The SQL of the state database, all of it. Values are always bound.
 *
 * Days are ISO texts, moments are UTC ("2026-03-01T09:00:00Z"), flags 0 or 1. Money is in minor
 * units, because dividing and multiplying back could change a value and make an item look
 * updated.
 *
 * To change the schema: change the table (item.def) or item_sql.c, raise STATE_VERSION, and add to
 * SQL_UPGRADES how the version before becomes this. */
#ifndef VIGIE_SQL_H
#define VIGIE_SQL_H

#define STATE_APPLICATION_ID 0x56494745 /* "VIGE": PRAGMA application_id of every state database */
#define STATE_VERSION 4                 /* PRAGMA user_version */

#define SQL_TEXT_(x) #x
#define SQL_TEXT(x) SQL_TEXT_(x)

/* The text of SQL that is derived from item.def and state.def: item_sql.c. */
extern const char sql_schema[];
extern const char sql_newest_items[]; /* what deciding needs: for each identity its newest item */
/* Those that a person asked for, ?1 owner, ?2 team, ?3 rule, ?4 state, ?5 due before; a NULL filter
 * lets all through. The owner "none" is nobody; addresses are compared without regard to case. */
extern const char sql_listed_items[];
extern const char sql_add_item[]; /* ?1 the run, then the columns of the fields it writes */
extern const char sql_set_item[]; /* ?1 the id, then the columns: a person's are not among them */

/* What makes a database of version 1, 2 … into one of the next. The values of a group that an
 * older version wrote, and whose money its worth is, are not known until its rule acts on it again.
 */
#define SQL_UPGRADES                                             \
  {                                                              \
    "ALTER TABLE item ADD COLUMN escalated_to TEXT;"             \
    "ALTER TABLE item ADD COLUMN escalated_on TEXT"              \
    "  CHECK ((escalated_on IS NULL) = (escalated_to IS NULL));" \
    "PRAGMA user_version = 2;",                                  \
        "ALTER TABLE item ADD COLUMN group_values TEXT;"         \
        "PRAGMA user_version = 3;",                              \
        "ALTER TABLE item ADD COLUMN worth_of TEXT;"             \
        "ALTER TABLE item ADD COLUMN worth_entity TEXT;"         \
        "ALTER TABLE item ADD COLUMN worth_key TEXT;"            \
        "PRAGMA user_version = 4;"                               \
  }

/* How the file stands: whose it is, of which version, and whether there is anything in it. */
#define SQL_IDENTITY                                           \
  "SELECT (SELECT application_id FROM pragma_application_id)," \
  " (SELECT user_version FROM pragma_user_version),"           \
  " (SELECT count(*) FROM sqlite_schema)"

#define SQL_NEWEST_DAY "SELECT max(as_of) FROM run"

#define SQL_BECAUSE                                                                           \
  "SELECT expr, unit, currency, percent, known, num, text, rows, of_rows FROM because WHERE " \
  "item_id = ?1"                                                                              \
  " ORDER BY pos"

#define SQL_ADD_RUN                                                                              \
  "INSERT INTO run (as_of, started_at, finished_at, rules_digest, opened, resolved, escalated, " \
  "updated,"                                                                                     \
  " unchanged, unknown) VALUES (?1, ?2, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?3, ?4, ?5, ?6, " \
  "?7, ?8, ?9)"

#define SQL_ADD_BECAUSE                                                                        \
  "INSERT INTO because (item_id, pos, expr, unit, currency, percent, known, num, text, rows, " \
  "of_rows)"                                                                                   \
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"

#define SQL_ADD_AUDIT                                                \
  "INSERT INTO audit (item_id, run_id, at, change, field, old, new)" \
  " VALUES (?1, ?2, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?3, ?4, ?5, ?6)"

#endif
