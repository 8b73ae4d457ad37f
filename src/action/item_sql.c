/* The SQL about items. In: item.def, item_step.def and state.def. Out: the schema, and the
 * statements that read and write an item or a step; columns stand in the order of the table, behind
 * the ones that come first. */
#include "action/sql.h"

/* ---- the columns of a kind ------------------------------------------------------------ */

#define EACH_TEXT(c, name) c(name)
#define EACH_KEY(c, name) c(name)
#define EACH_REPEATED(c, name) c(name)
#define EACH_JSON(c, name) c(name)
#define EACH_NUMBER(c, name) c(name)
#define EACH_ITEM(c, name) c(name)
#define EACH_FLAG(c, name) c(name)
#define EACH_DAY(c, name) c(name)
#define EACH_STATE(c, name) c(name)
#define EACH_VALUE(c, name) \
  c(name) c(name##_unit) c(name##_currency) c(name##_percent) c(name##_rows) c(name##_of_rows)

/* What a value has beside its number; the CHECKs of a column come behind its type. */
#define MORE_TEXT(name)
#define MORE_KEY(name)
#define MORE_REPEATED(name)
#define MORE_JSON(name)
#define MORE_NUMBER(name)
#define MORE_ITEM(name)
#define MORE_FLAG(name)
#define MORE_DAY(name)
#define MORE_STATE(name)
#define MORE_VALUE(name)                                            \
  ", " #name "_unit TEXT NOT NULL, " #name "_currency TEXT, " #name \
  "_percent INTEGER NOT NULL, " #name "_rows INTEGER NOT NULL, " #name "_of_rows INTEGER NOT NULL"

/* x, where a run writes the field. */
#define OPENING_OPENED(x) x
#define OPENING_ALWAYS(x) x
#define CHANGING_OPENED(x)
#define CHANGING_ALWAYS(x) x

#define READ(column) ", i." #column
#define NAME(column) ", " #column
#define SIGN(column) ", ?"
#define SET(column) ", " #column " = ?"

/* ---- the schema ----------------------------------------------------------------------- */

/* A key or once value that is unknown is NULL, and a unique index takes NULLs for different from
 * each other: so each is indexed as "is it NULL" and "its text". */
const char sql_schema[] =
    "CREATE TABLE run ("
    "  id INTEGER PRIMARY KEY, as_of TEXT NOT NULL, started_at TEXT NOT NULL,"
    "  finished_at TEXT NOT NULL,"
    "  rules_digest TEXT NOT NULL, opened INTEGER NOT NULL, resolved INTEGER NOT NULL,"
    "  escalated INTEGER NOT NULL, updated INTEGER NOT NULL, unchanged INTEGER NOT NULL,"
    "  unknown INTEGER NOT NULL,"
    /* the newest row of the audit when it began: what people do since comes behind */
    "  audit_before INTEGER NOT NULL DEFAULT 0,"
    /* of the past, rebuilt: nobody was told */
    "  replay INTEGER NOT NULL DEFAULT 0) STRICT;"
    /* AUTOINCREMENT: a number is never given twice */
    "CREATE TABLE item (id INTEGER PRIMARY KEY AUTOINCREMENT"
#define FIELD(name, kind, when, where, sql) ", " #name " " sql MORE_##kind(name)
#include "action/item.def"
#undef FIELD
    ", run_id INTEGER NOT NULL REFERENCES run (id)"
    /* not IN: for a list SQLite makes an index, anew for each item that is written */
    ", CHECK (state = ''"
#define STATE(id, name, word, who) " OR state = '" name "'"
#include "action/state.def"
#undef STATE
    ")) STRICT;"
    "CREATE UNIQUE INDEX item_identity ON item"
    "  (rule, entity, (key IS NULL), (ifnull(key, '')), (once IS NULL), (ifnull(once, '')), seq);"
    "CREATE UNIQUE INDEX item_open_once ON item (rule, entity, (key IS NULL), (ifnull(key, '')))"
    "  WHERE state = 'open';"
    "CREATE INDEX item_open_owner ON item (owner COLLATE NOCASE) WHERE state = 'open';"
    "CREATE INDEX item_unarmed ON item (id) WHERE armed = 0 AND state <> 'open';"
    "CREATE TABLE because ("
    "  item_id INTEGER NOT NULL REFERENCES item (id), pos INTEGER NOT NULL, expr TEXT NOT NULL,"
    "  unit TEXT NOT NULL, currency TEXT, percent INTEGER NOT NULL, known INTEGER NOT NULL,"
    "  num REAL,"
    "  text TEXT, rows INTEGER NOT NULL, of_rows INTEGER NOT NULL, bound TEXT, moved TEXT,"
    "  PRIMARY KEY (item_id, pos)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE step (item_id INTEGER NOT NULL REFERENCES item (id), pos INTEGER NOT NULL"
#define FIELD(name, kind, when, where, sql) ", " #name " " sql
#include "action/item_step.def"
#undef FIELD
    ", PRIMARY KEY (item_id, pos)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX step_owner ON step (owner COLLATE NOCASE) WHERE checked IS NULL"
    "  AND owner IS NOT NULL;"
    "CREATE INDEX step_team ON step (team) WHERE checked IS NULL AND team IS NOT NULL;"
    /* the rule files of each policy that ran, a JSON array of {path, text} */
    "CREATE TABLE policy (digest TEXT PRIMARY KEY, files TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE audit ("
    "  id INTEGER PRIMARY KEY, item_id INTEGER NOT NULL REFERENCES item (id),"
    "  run_id INTEGER REFERENCES run (id), person TEXT, at TEXT NOT NULL, change TEXT NOT NULL,"
    "  field TEXT NOT NULL, old TEXT, new TEXT, day TEXT, known_by TEXT, why TEXT,"
    "  CHECK ((run_id IS NULL) <> (person IS NULL))) STRICT;"
    "CREATE INDEX audit_item ON audit (item_id);";

const char sql_outbox_schema[] =
    /* what people are to be told */
    "CREATE TABLE outbox ("
    "  key TEXT PRIMARY KEY, item_id INTEGER NOT NULL REFERENCES item (id), run_id INTEGER NOT NULL"
    "  REFERENCES run (id), day TEXT NOT NULL, kind TEXT NOT NULL, recipient TEXT NOT NULL,"
    "  to_team INTEGER NOT NULL, priority TEXT NOT NULL,"
    "  step INTEGER NOT NULL DEFAULT 0, team TEXT) STRICT;"
    /* what was made of it: the bytes as they are sent, and what became of them */
    "CREATE TABLE message ("
    "  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, place TEXT,"
    "  signer TEXT, sender TEXT, recipient TEXT NOT NULL, mail TEXT, name TEXT, content_type TEXT,"
    "  about TEXT NOT NULL, made_at TEXT NOT NULL, day TEXT NOT NULL, body BLOB NOT NULL,"
    "  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'failed')),"
    "  tries INTEGER NOT NULL DEFAULT 0, next_at INTEGER NOT NULL DEFAULT 0, sent_at TEXT,"
    "  why TEXT,"
    /* the newest row of the audit when it was made: what happened since, it does not say */
    "  audit_before INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE INDEX message_waiting ON message (id) WHERE state <> 'sent';"
    "CREATE INDEX message_day ON message (recipient COLLATE NOCASE, day);"
    /* an event in a channel of its team; message: the one that tells it; fate: why none does */
    "CREATE TABLE telling ("
    "  event TEXT NOT NULL REFERENCES outbox (key), team TEXT NOT NULL, channel TEXT NOT NULL,"
    "  place TEXT NOT NULL, message INTEGER REFERENCES message (id), fate TEXT,"
    "  PRIMARY KEY (event, channel, place)) STRICT, WITHOUT ROWID;"
    "CREATE INDEX telling_waiting ON telling (event) WHERE message IS NULL AND fate IS NULL;"
    "CREATE INDEX outbox_item ON outbox (item_id);";

const char sql_company_schema[] =
    /* what the newest run knew of the company, for whoever has no rules at hand */
    "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "CREATE TABLE holiday (day TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;"
    "CREATE TABLE team ("
    "  name TEXT PRIMARY KEY, pos INTEGER NOT NULL, capacity INTEGER, above TEXT, lead TEXT)"
    "  STRICT, WITHOUT ROWID;"
    /* levels: a JSON array of {after, to} */
    "CREATE TABLE rule ("
    "  name TEXT PRIMARY KEY, clear TEXT, settled TEXT, levels TEXT, judged TEXT)"
    "  STRICT, WITHOUT ROWID;"
    "CREATE TABLE person ("
    "  team TEXT NOT NULL, pos INTEGER NOT NULL, address TEXT NOT NULL,"
    "  PRIMARY KEY (team, pos)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE tell ("
    "  team TEXT NOT NULL, pos INTEGER NOT NULL, channel TEXT NOT NULL, place TEXT, sender TEXT,"
    "  signer TEXT, ids TEXT, working_days INTEGER NOT NULL, at_once INTEGER NOT NULL,"
    "  from_hour INTEGER NOT NULL, to_hour INTEGER NOT NULL, PRIMARY KEY (team, pos))"
    "  STRICT, WITHOUT ROWID;"
    "CREATE TABLE playbook (name TEXT PRIMARY KEY, digest TEXT NOT NULL) STRICT, WITHOUT ROWID;"
    "PRAGMA application_id = " SQL_TEXT(STATE_APPLICATION_ID) ";"
    "PRAGMA user_version = " SQL_TEXT(STATE_VERSION) ";";

/* ---- reading -------------------------------------------------------------------------- */

#define NO_NEWER                                                                         \
  " AND NOT EXISTS (SELECT 1 FROM item n WHERE n.rule = i.rule AND n.entity = i.entity"  \
  " AND (n.key IS NULL) = (i.key IS NULL) AND ifnull(n.key, '') = ifnull(i.key, '')"     \
  " AND (n.once IS NULL) = (i.once IS NULL) AND ifnull(n.once, '') = ifnull(i.once, '')" \
  " AND n.seq > i.seq)"

const char sql_living[] =
    "SELECT i.id"
#define FIELD(name, kind, when, where, sql) EACH_##kind(READ, name)
#include "action/item.def"
#undef FIELD
    " FROM item i INDEXED BY item_open_owner WHERE i.state = 'open'";

const char sql_all_living[] =
    "SELECT i.id"
#define FIELD(name, kind, when, where, sql) EACH_##kind(READ, name)
#include "action/item.def"
#undef FIELD
    " FROM item i NOT INDEXED WHERE i.state = 'open'";

const char sql_standing[] =
    "SELECT i.id"
#define SEEN(column, kind) READ(column)
#include "action/seen.def"
#undef SEEN
    " FROM item i INDEXED BY item_open_owner WHERE i.state = 'open'";

const char sql_all_standing[] =
    "SELECT i.id"
#define SEEN(column, kind) READ(column)
#include "action/seen.def"
#undef SEEN
    " FROM item i NOT INDEXED WHERE i.state = 'open'";

const char sql_unarmed_items[] =
    "SELECT i.id"
#define FIELD(name, kind, when, where, sql) EACH_##kind(READ, name)
#include "action/item.def"
#undef FIELD
    " FROM item i WHERE i.armed = 0 AND i.state <> 'open'" NO_NEWER;

const char sql_armed_items[] =
    "SELECT i.id"
#define FIELD(name, kind, when, where, sql) EACH_##kind(READ, name)
#include "action/item.def"
#undef FIELD
    " FROM item i WHERE i.rule = ?1 AND i.entity = ?2 AND (i.key IS NULL) = (?3 IS NULL)"
    " AND ifnull(i.key, '') = ifnull(?3, '') AND i.armed = 1 AND i.state <> 'open'" NO_NEWER;

const char sql_armed_of_rows[] =
    "SELECT i.id"
#define FIELD(name, kind, when, where, sql) EACH_##kind(READ, name)
#include "action/item.def"
#undef FIELD
    " FROM unnest(?3::text[]) AS k (key) JOIN item i ON i.rule = ?1 AND i.entity = ?2"
    " AND i.key IS NOT NULL AND ifnull(i.key, '') = k.key WHERE i.armed = 1"
    " AND i.state <> 'open'" NO_NEWER;

const char sql_armed_of_rule[] =
    "SELECT i.id"
#define FIELD(name, kind, when, where, sql) EACH_##kind(READ, name)
#include "action/item.def"
#undef FIELD
    " FROM item i WHERE i.rule = ?1 AND i.armed = 1 AND i.state <> 'open'" NO_NEWER;

const char sql_listed_items[] =
    "SELECT i.id"
#define FIELD(name, kind, when, where, sql) EACH_##kind(READ, name)
#include "action/item.def"
#undef FIELD
    " FROM item i WHERE true";

const char sql_numbered_item[] =
    "SELECT i.id"
#define FIELD(name, kind, when, where, sql) EACH_##kind(READ, name)
#include "action/item.def"
#undef FIELD
    " FROM item i WHERE i.id = ?1";

const char sql_numbered_items[] =
    "SELECT i.id"
#define FIELD(name, kind, when, where, sql) EACH_##kind(READ, name)
#include "action/item.def"
#undef FIELD
    " FROM item i WHERE i.id = ANY (?1)";

/* ---- writing -------------------------------------------------------------------------- */

const char sql_add_item[] =
    "INSERT INTO item (run_id, id"
#define FIELD(name, kind, when, where, sql) OPENING_##when(EACH_##kind(NAME, name))
#include "action/item.def"
#undef FIELD
    ") VALUES (?1, ?2"
#define FIELD(name, kind, when, where, sql) OPENING_##when(EACH_##kind(SIGN, name))
#include "action/item.def"
#undef FIELD
    ")";

/* The fields begin with a comma, and their parameters behind ?1. What stands before them stays as
 * it is (a run_id is never NULL), and is no key that other tables would be searched for. */
const char sql_set_item[] =
    "UPDATE item SET run_id = coalesce(run_id, ?1)"
#define FIELD(name, kind, when, where, sql) CHANGING_##when(EACH_##kind(SET, name))
#include "action/item.def"
#undef FIELD
    " WHERE id = ?1";

/* ---- steps ---------------------------------------------------------------------------- */

const char sql_steps[] =
    "SELECT pos"
#define FIELD(name, kind, when, where, sql) ", " #name
#include "action/item_step.def"
#undef FIELD
    " FROM step WHERE item_id = ?1 ORDER BY pos";

const char sql_steps_of_items[] =
    "SELECT item_id"
#define FIELD(name, kind, when, where, sql) ", " #name
#include "action/item_step.def"
#undef FIELD
    " FROM step WHERE item_id = ANY (?1) ORDER BY item_id, pos";

const char sql_add_step[] =
    "INSERT INTO step (item_id, pos"
#define FIELD(name, kind, when, where, sql) OPENING_##when(NAME(name))
#include "action/item_step.def"
#undef FIELD
    ") VALUES (?1, ?2"
#define FIELD(name, kind, when, where, sql) OPENING_##when(SIGN(name))
#include "action/item_step.def"
#undef FIELD
    ")";

const char sql_set_step[] =
    "UPDATE step SET item_id = ?1, pos = ?2"
#define FIELD(name, kind, when, where, sql) CHANGING_##when(SET(name))
#include "action/item_step.def"
#undef FIELD
    " WHERE item_id = ?1 AND pos = ?2";
