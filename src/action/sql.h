/* The SQL of the state database, all of it. Values are always bound.
 *
 * Days are ISO texts, moments are UTC ("2026-03-01T09:00:00Z"), flags 0 or 1. Money is in minor
 * units, because dividing and multiplying back could change a value and make an item look
 * updated.
 *
 * To change the schema: raise STATE_VERSION, and add to SQL_UPGRADES how the version before
 * becomes this. */
#ifndef VIGIE_SQL_H
#define VIGIE_SQL_H

#define STATE_APPLICATION_ID 0x56494745 /* "VIGE": PRAGMA application_id of every state database */
#define STATE_VERSION 3                 /* PRAGMA user_version */

#define SQL_TEXT_(x) #x
#define SQL_TEXT(x) SQL_TEXT_(x)

/* A key or once value that is unknown is NULL, and a unique index takes NULLs for different from
 * each other: so each is indexed as "is it NULL" and "its text". */
#define SQL_SCHEMA \
  "CREATE TABLE run (" \
  "  id INTEGER PRIMARY KEY, as_of TEXT NOT NULL, started_at TEXT NOT NULL," \
  "  finished_at TEXT NOT NULL," \
  "  rules_digest TEXT NOT NULL, opened INTEGER NOT NULL, resolved INTEGER NOT NULL," \
  "  escalated INTEGER NOT NULL, updated INTEGER NOT NULL, unchanged INTEGER NOT NULL," \
  "  unknown INTEGER NOT NULL) STRICT;" \
  "CREATE TABLE item (" \
  "  id INTEGER PRIMARY KEY, rule TEXT NOT NULL, entity TEXT NOT NULL, key TEXT, once TEXT," \
  "  seq INTEGER NOT NULL CHECK (seq > 0), label TEXT, team TEXT, owner TEXT," \
  "  owner_by_person INTEGER NOT NULL DEFAULT 0, action TEXT NOT NULL, priority TEXT NOT NULL," \
  "  worth REAL, worth_unit TEXT NOT NULL, worth_currency TEXT, worth_percent INTEGER NOT NULL," \
  "  worth_rows INTEGER NOT NULL, worth_of_rows INTEGER NOT NULL," \
  "  opened TEXT NOT NULL, due TEXT, due_by_person INTEGER NOT NULL DEFAULT 0," \
  "  due_late INTEGER NOT NULL," \
  "  state TEXT NOT NULL CHECK (state IN ('open', 'resolved', 'done', 'dismissed'))," \
  "  closed TEXT CHECK ((closed IS NULL) = (state = 'open')), armed INTEGER NOT NULL DEFAULT 0," \
  "  row_gone INTEGER NOT NULL DEFAULT 0, note TEXT, run_id INTEGER NOT NULL REFERENCES run (id)," \
  "  escalated_to TEXT, escalated_on TEXT," \
  "  group_values TEXT" \
  "  CHECK ((escalated_on IS NULL) = (escalated_to IS NULL))) STRICT;" \
  "CREATE UNIQUE INDEX item_identity ON item" \
  "  (rule, entity, (key IS NULL), (ifnull(key, '')), (once IS NULL), (ifnull(once, '')), seq);" \
  "CREATE UNIQUE INDEX item_open_once ON item (rule, entity, (key IS NULL), (ifnull(key, '')))" \
  "  WHERE state = 'open';" \
  "CREATE TABLE because (" \
  "  item_id INTEGER NOT NULL REFERENCES item (id), pos INTEGER NOT NULL, expr TEXT NOT NULL," \
  "  unit TEXT NOT NULL, currency TEXT, percent INTEGER NOT NULL, known INTEGER NOT NULL," \
  "  num REAL," \
  "  text TEXT, rows INTEGER NOT NULL, of_rows INTEGER NOT NULL," \
  "  PRIMARY KEY (item_id, pos)) STRICT, WITHOUT ROWID;" \
  "CREATE TABLE audit (" \
  "  id INTEGER PRIMARY KEY, item_id INTEGER NOT NULL REFERENCES item (id)," \
  "  run_id INTEGER REFERENCES run (id), person TEXT, at TEXT NOT NULL, change TEXT NOT NULL," \
  "  field TEXT NOT NULL, old TEXT, new TEXT," \
  "  CHECK ((run_id IS NULL) <> (person IS NULL))) STRICT;" \
  "CREATE INDEX audit_item ON audit (item_id);" \
  "PRAGMA application_id = " SQL_TEXT(STATE_APPLICATION_ID) ";" \
  "PRAGMA user_version = " SQL_TEXT(STATE_VERSION) ";"

/* What makes a database of version 1, 2 … into one of the next. The values of a group that an
 * older version wrote are not known until its rule acts on it again. */
#define SQL_UPGRADES                                             \
  {                                                              \
    "ALTER TABLE item ADD COLUMN escalated_to TEXT;"             \
    "ALTER TABLE item ADD COLUMN escalated_on TEXT"              \
    "  CHECK ((escalated_on IS NULL) = (escalated_to IS NULL));" \
    "PRAGMA user_version = 2;",                                  \
        "ALTER TABLE item ADD COLUMN group_values TEXT;"         \
        "PRAGMA user_version = 3;"                               \
  }

/* How the file stands: whose it is, of which version, and whether there is anything in it. */
#define SQL_IDENTITY                                           \
  "SELECT (SELECT application_id FROM pragma_application_id)," \
  " (SELECT user_version FROM pragma_user_version),"           \
  " (SELECT count(*) FROM sqlite_schema)"

#define SQL_NEWEST_DAY "SELECT max(as_of) FROM run"

/* The columns in the order of state_read.c. */
#define SQL_ITEM_COLUMNS                                                                           \
  "SELECT i.id, i.rule, i.entity, i.key, i.once, i.seq, i.label, i.team, i.owner, "                \
  "i.owner_by_person,"                                                                             \
  " i.action, i.priority, i.worth, i.worth_unit, i.worth_currency, i.worth_percent, i.worth_rows," \
  " i.worth_of_rows, i.opened, i.due, i.due_by_person, i.due_late, i.state, i.closed, i.armed,"    \
  " i.row_gone, i.note, i.escalated_to, i.escalated_on, i.group_values FROM item i "

/* What deciding needs: for each identity its newest item. */
#define SQL_NEWEST_ITEMS                                                                           \
  SQL_ITEM_COLUMNS                                                                                 \
  "WHERE i.state = 'open' OR NOT EXISTS (SELECT 1 FROM item n WHERE n.rule = i.rule AND n.entity " \
  "= i.entity"                                                                                     \
  " AND (n.key IS NULL) = (i.key IS NULL) AND ifnull(n.key, '') = ifnull(i.key, '')"               \
  " AND (n.once IS NULL) = (i.once IS NULL) AND ifnull(n.once, '') = ifnull(i.once, '')"           \
  " AND n.seq > i.seq)"

/* Those that a person asked for; a NULL filter lets all through. The owner "none" is nobody;
 * addresses are compared without regard to case. */
#define SQL_LISTED_ITEMS                                                                   \
  SQL_ITEM_COLUMNS                                                                         \
  "WHERE (?1 IS NULL OR (?1 = 'none' AND i.owner IS NULL) OR i.owner = ?1 COLLATE NOCASE)" \
  " AND (?2 IS NULL OR i.team = ?2) AND (?3 IS NULL OR i.rule = ?3)"                       \
  " AND (?4 IS NULL OR i.state = ?4) AND (?5 IS NULL OR i.due < ?5)"

#define SQL_BECAUSE                                                                           \
  "SELECT expr, unit, currency, percent, known, num, text, rows, of_rows FROM because WHERE " \
  "item_id = ?1"                                                                              \
  " ORDER BY pos"

#define SQL_ADD_RUN                                                                              \
  "INSERT INTO run (as_of, started_at, finished_at, rules_digest, opened, resolved, escalated, " \
  "updated,"                                                                                     \
  " unchanged, unknown) VALUES (?1, ?2, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?3, ?4, ?5, ?6, " \
  "?7, ?8, ?9)"

#define SQL_ADD_ITEM                                                                              \
  "INSERT INTO item (rule, entity, key, once, seq, label, team, owner, action, priority, worth, " \
  "worth_unit,"                                                                                   \
  " worth_currency, worth_percent, worth_rows, worth_of_rows, opened, due, due_late, state, "     \
  "run_id, group_values)"                                                                         \
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, "    \
  "?19, 'open', "                                                                                 \
  "?20, ?21)"

#define SQL_ADD_BECAUSE                                                                        \
  "INSERT INTO because (item_id, pos, expr, unit, currency, percent, known, num, text, rows, " \
  "of_rows)"                                                                                   \
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"

/* Only what a run may change: a person's fields are not among them. */
#define SQL_SET_ITEM                                                                              \
  "UPDATE item SET once = ?2, seq = ?3, label = ?4, team = ?5, owner = ?6, priority = ?7, worth " \
  "= ?8,"                                                                                         \
  " worth_unit = ?9, worth_currency = ?10, worth_percent = ?11, worth_rows = ?12, worth_of_rows " \
  "= ?13,"                                                                                        \
  " state = ?14, closed = ?15, armed = ?16, row_gone = ?17, escalated_to = ?18, escalated_on = "  \
  "?19, group_values = ?20"                                                                       \
  " WHERE id = ?1"

#define SQL_ADD_AUDIT                                                \
  "INSERT INTO audit (item_id, run_id, at, change, field, old, new)" \
  " VALUES (?1, ?2, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), ?3, ?4, ?5, ?6)"

#endif
