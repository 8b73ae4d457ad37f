/* The SQL of the state database, all of it. Values are always bound.
 *
 * Days are ISO texts, moments are UTC ("2026-03-01T09:00:00Z"), flags 0 or 1. Money is in minor
 * units, because dividing and multiplying back could change a value and make an item look
 * updated.
 *
 * To change the schema: change the table (item.def) or item_sql.c, and raise STATE_VERSION. A state
 * of an older version gets the new tables with what it holds (state_upgrade.c): new columns need a
 * DEFAULT, and what that cannot say stands in SQL_AFTER_UPGRADE. */
#ifndef VIGIE_SQL_H
#define VIGIE_SQL_H

#define STATE_APPLICATION_ID 0x56494745 /* "VIGE": PRAGMA application_id of every state database */
#define STATE_VERSION 10                /* PRAGMA user_version */

#define SQL_TEXT_(x) #x
#define SQL_TEXT(x) SQL_TEXT_(x)

/* The text of SQL that is derived from item.def and state.def: item_sql.c. */
extern const char sql_schema[];         /* of items */
extern const char sql_outbox_schema[];  /* of what people are told */
extern const char sql_company_schema[]; /* of the company; marks the database as ours */
/* What deciding needs: the living, by their index or in passing over the table; of each identity
 * the newest that is closed and whose episode has not been over since; and of the rows on which
 * rules act (?1 rule, ?2 entity, ?3 key), or of a rule by its old name (?1), those that may open
 * again. All others stay where they are. */
extern const char sql_living[];
extern const char sql_all_living[];
/* Of the living the number, then the columns of seen.def. */
extern const char sql_standing[];
extern const char sql_all_standing[];
extern const char sql_unarmed_items[];
extern const char sql_armed_items[];
extern const char sql_armed_of_rows[]; /* of PostgreSQL: ?3 keys, an array */
extern const char sql_armed_of_rule[];
/* All; behind it come the conditions that a person asked for (state_read.c): only those, so that
 * an index serves them. */
extern const char sql_listed_items[];
extern const char sql_numbered_item[];  /* ?1 its number */
extern const char sql_numbered_items[]; /* of PostgreSQL: ?1 their numbers, an array */
extern const char sql_add_item[];       /* ?1 the run, then the columns of the fields it writes */
extern const char sql_set_item[];       /* ?1 the id, then the columns of what may change */

/* The steps of item ?1, in their order; one to add or to change (?1 item, ?2 place, then the
 * fields). */
extern const char sql_steps[];
extern const char sql_steps_of_items[]; /* of PostgreSQL: ?1 numbers of items, an array */
extern const char sql_add_step[];
extern const char sql_set_step[];

/* What a state of an older version cannot know of its items, once it has the columns. The values of
 * a group that it wrote, and whose money its worth is, come when its rule acts on it again. */
#define SQL_AFTER_UPGRADE                                                                          \
  "UPDATE item SET started = opened, rested = max(opened, ifnull(escalated_on, opened)),"          \
  " told = ifnull(escalated_on, opened), closed_by = CASE WHEN state IN ('done', 'dismissed')"     \
  " THEN 'unknown' END WHERE started IS NULL;"                                                     \
  "UPDATE item SET escalated = json_array(json_object('level', 1, 'to', escalated_to, 'on',"       \
  " escalated_on)) WHERE escalated_to IS NOT NULL AND escalated IS NULL;"                          \
  "UPDATE message SET audit_before = (SELECT ifnull(max(id), 0) FROM audit) WHERE audit_before = " \
  "0"

/* How the file stands: whose it is, of which version, and whether there is anything in it. */
#define SQL_IDENTITY                                           \
  "SELECT (SELECT application_id FROM pragma_application_id)," \
  " (SELECT user_version FROM pragma_user_version),"           \
  " (SELECT count(*) FROM sqlite_schema)"

/* ?1 the old name of a rule, ?2 the new one: all its items, the closed ones too, but for rows that
 * have items of the new name. */
#define SQL_RENAME                                                                           \
  "UPDATE item SET rule = ?2 WHERE id IN (SELECT o.id FROM item o WHERE o.rule = ?1 AND NOT" \
  " EXISTS (SELECT 1 FROM item n WHERE n.rule = ?2 AND n.entity = o.entity"                  \
  " AND (n.key IS NULL) = (o.key IS NULL) AND ifnull(n.key, '') = ifnull(o.key, '')))"

/* The groups of rule ?1 and entity ?2 that have items, with their values. */
#define SQL_GROUPS                                                                              \
  "SELECT key, max(group_values) FROM item WHERE rule = ?1 AND entity = ?2 AND key IS NOT NULL" \
  " GROUP BY key ORDER BY key"

/* ?1 rule, ?2 entity, ?3 the old key, ?4 the new one, ?5 its values: all items of the row, unless
 * there are some of the new key. */
#define SQL_RENAME_KEY                                                                         \
  "UPDATE item SET key = ?4, group_values = CASE WHEN group_values IS NOT NULL THEN ?5 END,"   \
  " worth_key = CASE WHEN worth_key = ?3 THEN ?4 ELSE worth_key END WHERE id IN (SELECT o.id " \
  "FROM item o WHERE"                                                                          \
  " o.rule = ?1 AND o.entity = ?2 AND o.key = ?3 AND NOT EXISTS (SELECT 1 FROM item n WHERE"   \
  " n.rule = ?1 AND n.entity = ?2 AND n.key = ?4))"

/* ---- a trial: state_trial.c ---- */
#define SQL_OUTBOX_TABLES "('outbox', 'telling', 'message')"
#define SQL_TRIED_TABLES                                                    \
  "SELECT sql FROM main.sqlite_schema WHERE tbl_name IN " SQL_OUTBOX_TABLES \
  " AND sql IS NOT "                                                        \
  "NULL ORDER BY type <> 'table', name"
/* Nobody reads again what was sent: its bytes, which are most of the state, stay where they are. */
#define SQL_FILL_TRIED_TABLES                                                                   \
  "SELECT 'INSERT INTO temp.' || t || ' (' || group_concat(c) || ') SELECT ' || group_concat("  \
  "iif(c = 'body', 'zeroblob(0)', c)) || ' FROM main.' || t FROM (SELECT m.name AS t, p.name"   \
  " AS c FROM main.sqlite_schema m, pragma_table_info(m.name, 'main') p WHERE m.type = 'table'" \
  " AND m.name IN " SQL_OUTBOX_TABLES " ORDER BY m.name, p.cid) GROUP BY t"

/* The same in PostgreSQL, whose words for SQL that makes SQL are its own. */
#define REMOTE_OUTBOX_TABLES                                                     \
  " FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid WHERE"             \
  " c.relnamespace = to_regnamespace('vigie') AND c.relkind = 'r' AND c.relname" \
  " IN " SQL_OUTBOX_TABLES " AND a.attnum > 0 AND NOT a.attisdropped GROUP BY c.relname"
#define REMOTE_TRIED_TABLES                                                             \
  "SELECT format('CREATE TEMPORARY TABLE %I (LIKE vigie.%I INCLUDING ALL)', c.relname," \
  " c.relname)" REMOTE_OUTBOX_TABLES
#define REMOTE_FILL_TRIED_TABLES                                                           \
  "SELECT format('INSERT INTO pg_temp.%I (%s) SELECT %s FROM vigie.%I', c.relname,"        \
  " string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum), string_agg(CASE a.attname" \
  " WHEN 'body' THEN '''''::bytea' ELSE quote_ident(a.attname) END, ', ' ORDER BY"         \
  " a.attnum), c.relname)" REMOTE_OUTBOX_TABLES
#define REMOTE_TRIED_NUMBERS                                                                \
  "SELECT setval(pg_get_serial_sequence('message', 'id'), coalesce(max(id), 0) + 1, false)" \
  " FROM message"

#define SQL_HAS_RULE "SELECT EXISTS (SELECT 1 FROM item WHERE rule = ?1)"

#define SQL_ADD_EVENT                                                                  \
  "INSERT INTO outbox (key, item_id, run_id, day, kind, recipient, to_team, priority," \
  " step, team) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING"

/* ?1 event, ?2 team, ?3 channel, ?4 place */
#define SQL_ADD_TELLING                                                                       \
  "INSERT INTO telling (event, team, channel, place) VALUES (?1, ?2, ?3, ifnull(?4, '')) ON " \
  "CONFLICT DO NOTHING"

/* ?1: with those held back as old */
#define SQL_WAITING                                                                             \
  "SELECT o.key, o.item_id, o.day, o.kind, o.recipient, o.to_team, o.priority, o.step, t.team," \
  " t.channel, nullif(t.place, '') FROM telling t JOIN outbox o ON o.key = t.event WHERE"       \
  " t.message IS NULL AND (t.fate IS NULL OR t.fate = 'old' AND o.day >= ?1)"                   \
  " ORDER BY o.recipient COLLATE NOCASE, t.channel, t.place, o.item_id, o.day, o.key"
#define SQL_DROP_TELLING \
  "UPDATE telling SET fate = ?4 WHERE event = ?1 AND channel = ?2 AND place = ?3"
#define SQL_MOVE_TELLING                                                                           \
  "UPDATE telling SET place = ?4, team = ?5 WHERE event = ?1 AND channel = ?2 AND place = ?3 AND " \
  "(?3 = ?4 OR NOT EXISTS (SELECT 1 FROM telling o WHERE o.event = ?1 AND o.channel = ?2 AND "     \
  "o.place = ?4)) RETURNING 1"
#define SQL_READDRESS "UPDATE outbox SET recipient = ?2 WHERE key = ?1"
#define SQL_JOIN_TELLING \
  "UPDATE telling SET message = ?4, fate = NULL WHERE event = ?1 AND channel = ?2 AND place = ?3"
/* ?1: since that day */
#define SQL_UNTOLD                                                                         \
  "SELECT o.team, count(*) FROM outbox o WHERE o.day >= ?1 AND o.team IS NOT NULL AND NOT" \
  " EXISTS (SELECT 1 FROM telling t WHERE t.event = o.key) GROUP BY 1 ORDER BY 1"
/* ?1 team, ?2 channel, ?3 place: has the line never told anything? */
#define SQL_IS_NEW_LINE \
  "SELECT NOT EXISTS (SELECT 1 FROM telling WHERE team = ?1 AND channel = ?2 AND place = ?3)"
/* ?1: since that day: the events of teams that have a line; is there a telling of it? */
#define SQL_EVENTS_SINCE                                                                       \
  "SELECT o.key, o.team, EXISTS (SELECT 1 FROM telling t WHERE t.event = o.key) FROM outbox o" \
  " WHERE o.day >= ?1 AND o.team IN (SELECT team FROM tell)"
/* ?1 recipient, ?2 channel, ?3 place, ?4 day or item */
#define SQL_HAD_MESSAGE                                                                           \
  "SELECT EXISTS (SELECT 1 FROM message WHERE recipient = ?1 COLLATE NOCASE AND channel = ?2 AND" \
  " ifnull(place, '') = ifnull(?3, '') AND day = ?4)"
/* ?1 to ?4 as above, ?5 the step: was that told last not as over? Of the item, with its steps. */
#define SQL_TOLD_FROM                                                                          \
  " FROM outbox o JOIN telling t ON t.event = o.key WHERE o.item_id = ?4 AND o.recipient = ?1" \
  " COLLATE NOCASE AND t.channel = ?2 AND t.place = ?3 AND t.message IS NOT NULL AND (?5 = 0"  \
  " OR o.step = ?5)"
#define SQL_TOLD_OF_ITEM                                                              \
  "SELECT EXISTS (SELECT 1 FROM (SELECT o.kind AS last, max(t.message)" SQL_TOLD_FROM \
  " GROUP BY o.step) WHERE last <> 'settled')"
/* Items that may have turned: those that are open, and what was changed since the newest message
 * was made or that day, for all before was looked at then. So a state may hold a million closed
 * ones. */
#define SQL_MAY_HAVE_TURNED                                                                 \
  "(SELECT id FROM item INDEXED BY item_open_owner WHERE state = 'open' UNION SELECT"       \
  " item_id FROM audit WHERE id > min(ifnull((SELECT audit_before FROM message ORDER BY id" \
  " DESC LIMIT 1), 0), ifnull((SELECT audit_before FROM run WHERE as_of < ?1 ORDER BY id"   \
  " DESC LIMIT 1), 0)))"
#define SQL_TURNED_FROM                                                                         \
  " FROM item i JOIN outbox o ON o.item_id = i.id JOIN telling t ON t.event = o.key WHERE i.id" \
  " IN " SQL_MAY_HAVE_TURNED                                                                    \
  " AND t.message IS NOT NULL AND (i.state = 'open' OR i.closed >= ?1 OR t.channel = ?2)"
#define SQL_TURNED_REST                                                                        \
  ") SELECT l.*, a.id, a.person, ifnull(a.day, r.as_of), (SELECT max(c.id) FROM audit c WHERE" \
  " c.item_id = l.item_id AND c.id > m.audit_before AND c.field IN ('due', 'priority',"        \
  " 'label', 'link', 'snoozed_until', 'step')) FROM last l JOIN item i ON i.id = l.item_id"    \
  " JOIN message m ON m.id = l.message LEFT JOIN audit a ON a.id = (SELECT max(id) FROM audit" \
  " WHERE item_id = l.item_id AND field IN ('owner', 'state')) LEFT JOIN run r ON r.id ="      \
  " a.run_id WHERE (i.state = 'open' OR l.kind <> 'settled') AND NOT EXISTS (SELECT 1 FROM"    \
  " outbox o JOIN telling t ON t.event = o.key WHERE o.item_id = l.item_id AND o.recipient ="  \
  " l.recipient COLLATE NOCASE AND o.step = l.step AND t.channel = l.channel AND t.place ="    \
  " l.place AND t.message IS NULL AND t.fate IS NULL)"
#define SQL_TURNED                                                                     \
  "WITH last AS (SELECT o.item_id, max(t.message) AS message, o.recipient, o.to_team," \
  " o.priority, o.step, t.team, t.channel, t.place, o.kind" SQL_TURNED_FROM            \
  " GROUP BY o.item_id, o.recipient COLLATE NOCASE, o.step, t.channel, t.place" SQL_TURNED_REST
/* ?1: since that day: what a person gave to another who has not been told of it, and will not be by
 * an event that waits. */
#define SQL_GIVEN                                                                                 \
  "SELECT i.id, i.owner, i.team, i.priority, a.id FROM item i JOIN audit a ON a.id = (SELECT"     \
  " max(id) FROM audit WHERE item_id = i.id AND change = 'assigned') WHERE i.state = 'open' AND"  \
  " i.owner_by_person = 1 AND i.owner <> a.person COLLATE NOCASE AND a.day >= ?1 AND "            \
  "i.snoozed_until"                                                                               \
  " IS NULL AND ifnull(i.muted_by, 0) = 0 AND i.waits_for IS NULL AND NOT EXISTS (SELECT 1 FROM"  \
  " outbox o LEFT JOIN telling t ON t.event = o.key WHERE o.item_id = i.id AND o.to_team = 0 AND" \
  " ifnull(o.step, 0) = 0 AND o.kind <> 'settled' AND (o.recipient = i.owner COLLATE NOCASE OR"   \
  " t.event IS NOT NULL AND t.message IS NULL AND t.fate IS NULL))"
#define SQL_NEWEST_RUN "SELECT max(id) FROM run"
#define SQL_FIRST_RUN                                                                         \
  "SELECT as_of || ' ' || started_at || ' ' || finished_at || ' ' || rules_digest || ' ' || " \
  "opened || ' ' || unchanged || ' ' || unknown FROM run ORDER BY id LIMIT 1"
#define SQL_ADD_MESSAGE                                                                          \
  "INSERT INTO message (key, channel, place, signer, sender, recipient, mail, name,"             \
  " content_type, about, made_at, day, body, audit_before) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, " \
  "?8, ?9, ?10,"                                                                                 \
  " ?11, ?12, ?13, (SELECT ifnull(max(id), 0) FROM audit))"
/* A later message has put something else where this one should have been put. */
#define SQL_REPLACED                                                                             \
  "(m.name IS NOT NULL AND m.place IS NOT NULL AND EXISTS (SELECT 1 FROM message n WHERE"        \
  " n.recipient = m.recipient COLLATE NOCASE AND n.id > m.id AND n.name = m.name AND n.place = " \
  "m.place AND n.state = 'sent'))"
#define SQL_MESSAGES                                                                            \
  "SELECT id, key, place, signer, sender, recipient, mail, name, content_type, about, made_at," \
  " sent_at, why, body, tries, next_at, channel, day FROM message m WHERE state = ?1 AND"       \
  " NOT " SQL_REPLACED " ORDER BY id"
#define SQL_COUNT_FAILED                                                           \
  "SELECT count(*) FROM message m WHERE state <> 'sent' AND state = 'failed' AND " \
  "NOT " SQL_REPLACED
#define SQL_RETRY_MESSAGES                                                                       \
  "UPDATE message AS m SET state = 'waiting', tries = 0, next_at = 0 WHERE state = 'failed' AND" \
  " NOT " SQL_REPLACED
#define SQL_NOTE_MESSAGE \
  "UPDATE message SET state = ?2, tries = ?3, next_at = ?4, sent_at = ?5, why = ?6 WHERE id = ?1"

#define SQL_ADD_POLICY "INSERT INTO policy (digest, files) VALUES (?1, ?2) ON CONFLICT DO NOTHING"

/* Of the newest run: its day, and the files it ran with. */
#define SQL_POLICY_OF_RUN                                                                \
  "SELECT r.as_of, r.rules_digest, p.files FROM run r LEFT JOIN policy p ON p.digest = " \
  "r.rules_digest "
#define SQL_LAST_POLICY SQL_POLICY_OF_RUN "ORDER BY r.id DESC LIMIT 1"
/* The same of the newest of the runs of a day, or of days before it. */
#define SQL_POLICY_ON \
  SQL_POLICY_OF_RUN "WHERE r.as_of <= ?1 ORDER BY r.as_of DESC, r.id DESC LIMIT 1"

/* How many items each of the newest runs opened, fewest first. */
#define SQL_OPENINGS \
  "SELECT opened FROM (SELECT opened FROM run ORDER BY id DESC LIMIT ?1) AS newest ORDER BY 1"

#define SQL_LAST_NUMBER "SELECT ifnull(max(seq), 0) FROM sqlite_sequence WHERE name = 'item'"

#define SQL_NEWEST_DAY "SELECT max(as_of) FROM run"
#define SQL_NEWEST_TOLD_DAY "SELECT max(as_of) FROM run WHERE replay = 0"

#define SQL_COUNT_LIVING "SELECT count(*) FROM item INDEXED BY item_open_owner WHERE state = 'open'"

/* How many the newest run has left: people may have closed some since. */
#define SQL_LEFT_LIVING \
  "SELECT opened + escalated + updated + unchanged FROM run ORDER BY id DESC LIMIT 1"

/* From item ?1 on, in the order of items. */
#define SQL_BECAUSE                                                                              \
  "SELECT item_id, expr, unit, currency, percent, known, num, text, rows, of_rows, bound, moved" \
  " FROM because WHERE item_id >= ?1 ORDER BY item_id, pos"

/* The same in PostgreSQL, of the items whose numbers are in the array ?1. */
#define SQL_BECAUSE_OF_ITEMS                                                                     \
  "SELECT item_id, expr, unit, currency, percent, known, num, text, rows, of_rows, bound, moved" \
  " FROM because WHERE item_id = ANY (?1) ORDER BY item_id, pos"

/* The living item of a row: rule, entity, key. */
#define SQL_LIVING                                                                       \
  "SELECT id FROM item WHERE rule = ?1 AND entity = ?2 AND (key IS NULL) = (?3 IS NULL)" \
  " AND ifnull(key, '') = ifnull(?3, '') AND state = 'open'"

/* ?1 as it is written where it is known; coalesce asks the short tables first, and stops. */
#define SQL_PERSON                                                                               \
  "SELECT coalesce((SELECT address FROM person WHERE address = ?1 COLLATE NOCASE), (SELECT name" \
  " FROM team WHERE name = ?1 COLLATE NOCASE), (SELECT lead FROM team WHERE lead = ?1 COLLATE"   \
  " NOCASE), (SELECT owner FROM item WHERE state = 'open' AND owner = ?1 COLLATE NOCASE LIMIT"   \
  " 1), (SELECT person FROM audit WHERE person = ?1 COLLATE NOCASE ORDER BY id DESC LIMIT 1),"   \
  " (SELECT owner FROM item WHERE owner = ?1 COLLATE NOCASE LIMIT 1), (SELECT owner FROM step"   \
  " WHERE owner = ?1 COLLATE NOCASE LIMIT 1), (SELECT old FROM audit WHERE field = 'owner' AND"  \
  " old = ?1 COLLATE NOCASE LIMIT 1))"
/* Everybody who has or had an item or a step, is on the list of a team, or leads one. */
#define SQL_OWNERS                                                                             \
  "SELECT owner FROM item WHERE owner IS NOT NULL UNION SELECT owner FROM step WHERE owner IS" \
  " NOT NULL UNION SELECT address FROM person UNION SELECT lead FROM team WHERE lead IS NOT"   \
  " NULL UNION SELECT old FROM audit WHERE field = 'owner' AND old IS NOT NULL ORDER BY 1"
#define SQL_MOVERS "SELECT DISTINCT person FROM audit WHERE person IS NOT NULL ORDER BY 1"
#define SQL_ACCOUNTS                                                                      \
  "SELECT account FROM item WHERE account IS NOT NULL UNION SELECT label FROM item WHERE" \
  " account IS NULL AND label IS NOT NULL ORDER BY 1"

#define SQL_HISTORY                                                                       \
  "SELECT ifnull(a.day, r.as_of), a.at, a.person, a.change, a.field, a.old, a.new, a.why" \
  " FROM audit a LEFT JOIN run r ON r.id = a.run_id WHERE a.item_id = ?1 ORDER BY a.id"

/* ---- what the newest run knew: state_settings.c ---- */
#define SQL_DROP_SETTINGS                                                           \
  "DELETE FROM setting; DELETE FROM holiday; DELETE FROM team; DELETE FROM person;" \
  " DELETE FROM playbook; DELETE FROM tell"
#define SQL_ADD_SETTING "INSERT INTO setting (name, value) VALUES (?1, ?2)"
#define SQL_ADD_HOLIDAY "INSERT INTO holiday (day) VALUES (?1)"
#define SQL_ADD_TEAM \
  "INSERT INTO team (name, pos, capacity, above, lead) VALUES (?1, ?2, nullif(?3, 0), ?4, ?5)"
#define SQL_ADD_PERSON "INSERT INTO person (team, pos, address) VALUES (?1, ?2, ?3)"
#define SQL_ADD_PLAYBOOK "INSERT INTO playbook (name, digest) VALUES (?1, ?2)"
#define SQL_ADD_TELL                                                                         \
  "INSERT INTO tell (team, pos, channel, place, sender, signer, ids, working_days, at_once," \
  " from_hour, to_hour) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
#define SQL_TELLS                                                                              \
  "SELECT channel, place, sender, signer, ids, working_days, at_once, from_hour, to_hour FROM" \
  " tell WHERE team = ?1 ORDER BY pos"
#define SQL_SETTING "SELECT value FROM setting WHERE name = ?1"
#define SQL_HOLIDAYS "SELECT day FROM holiday ORDER BY day"
#define SQL_PLAYBOOKS "SELECT name, digest FROM playbook ORDER BY name"
#define SQL_TEAMS "SELECT name, ifnull(capacity, 0), above, lead FROM team ORDER BY pos"
/* A rule stays after it is gone: its items are still there, and `run --only` judges one alone. */
#define SQL_SET_RULE                                                                            \
  "INSERT INTO rule (name, clear, settled, levels, judged) VALUES (?1, ?2, ?3, ?4, ?5) ON "     \
  "CONFLICT (name) DO UPDATE SET clear = excluded.clear, settled = excluded.settled, levels = " \
  "excluded.levels, judged = excluded.judged"
#define SQL_RULE "SELECT clear, settled, levels, judged FROM rule WHERE name = ?1"
#define SQL_PEOPLE "SELECT address FROM person WHERE team = ?1 ORDER BY pos"

/* ---- what a shell may offer: a word, and what it is; ?1 how many at most: state_words.c. By an
 * index of the living items, for a state may hold a million closed ones. ---- */
#define SQL_WORD_ABOUT "coalesce(label, key, entity) || ', ' || rule"
#define SQL_WORDS_OPEN                          \
  "SELECT id, " SQL_WORD_ABOUT                  \
  " FROM item INDEXED BY item_open_owner WHERE" \
  " state = 'open' ORDER BY id LIMIT ?1"
#define SQL_WORDS_CLOSED \
  "SELECT id, " SQL_WORD_ABOUT " FROM item WHERE state <> 'open' ORDER BY id DESC LIMIT ?1"
#define SQL_WORDS_PEOPLE                                                                        \
  "SELECT who, max(team) FROM (SELECT address AS who, team FROM person UNION ALL SELECT owner," \
  " ifnull(team, '') FROM item INDEXED BY item_open_owner WHERE state = 'open' AND owner IS"    \
  " NOT NULL) AS known GROUP BY who ORDER BY who LIMIT ?1"
#define SQL_WORDS_TEAMS "SELECT name, 'team' FROM team ORDER BY pos LIMIT ?1"
#define SQL_WORDS_RULES "SELECT name, 'rule' FROM rule ORDER BY name LIMIT ?1"

/* ---- what was said of KPIs: state_published.c ---- */
/* definition: what each KPI that is kept is made of, a rule file that says it alone. published:
 * what was said of a day; of_group is a JSON object of its values, '' of the company; known_rows of
 * all_rows went into it; said_on is the day of the run in the company's time zone. */
#define SQL_PUBLISHED_SCHEMA                                                                    \
  "CREATE TABLE IF NOT EXISTS definition ("                                                     \
  "  digest TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT, WITHOUT ROWID;"                       \
  "CREATE TABLE IF NOT EXISTS published ("                                                      \
  "  kpi TEXT NOT NULL, day TEXT NOT NULL, of_group TEXT NOT NULL, num REAL, text TEXT,"        \
  "  unit TEXT NOT NULL, currency TEXT, percent INTEGER NOT NULL, known_rows INTEGER NOT NULL," \
  "  all_rows INTEGER NOT NULL, definition TEXT NOT NULL REFERENCES definition (digest),"       \
  "  version TEXT NOT NULL, said_on TEXT NOT NULL, said_at TEXT NOT NULL,"                      \
  "  PRIMARY KEY (kpi, day, of_group)) STRICT, WITHOUT ROWID"
#define SQL_ADD_DEFINITION \
  "INSERT INTO definition (digest, text) VALUES (?1, ?2) ON CONFLICT DO NOTHING"
/* The last run of a day counts; one that says the same leaves the earlier one's moment. */
#define SQL_PUBLISH                                                                                \
  "INSERT INTO published (kpi, day, of_group, num, text, unit, currency, percent, known_rows,"     \
  " all_rows, definition, version, said_on, said_at)"                                              \
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"                          \
  " ON CONFLICT (kpi, day, of_group) DO UPDATE SET num = excluded.num, text = excluded.text, "     \
  "unit = excluded.unit,"                                                                          \
  " currency = excluded.currency, percent = excluded.percent,"                                     \
  " known_rows = excluded.known_rows, all_rows = excluded.all_rows,"                               \
  " definition = excluded.definition, version = excluded.version,"                                 \
  " said_on = excluded.said_on, said_at = excluded.said_at"                                        \
  " WHERE (published.num, published.text, published.unit, published.currency, published.percent, " \
  "published.known_rows, published.all_rows, published.definition, published.version) IS NOT "     \
  "(excluded.num, excluded.text, excluded.unit, excluded.currency, excluded.percent,"              \
  " excluded.known_rows, excluded.all_rows, excluded.definition, excluded.version)"
/* ?1 a KPI, ?2 the day: the groups that an earlier run of the day spoke of; and one of them, ?3,
 * which is said no more. */
#define SQL_PUBLISHED_GROUPS "SELECT of_group FROM published WHERE kpi = ?1 AND day = ?2"
#define SQL_UNPUBLISH "DELETE FROM published WHERE kpi = ?1 AND day = ?2 AND of_group = ?3"
/* ?1, ?2: the first and the last day. */
#define SQL_PUBLISHED                                                                \
  "SELECT p.kpi, p.day, p.of_group, p.num, p.text, p.unit, p.currency, p.percent,"   \
  " p.known_rows, p.all_rows, p.definition, d.text, p.version, p.said_on, p.said_at" \
  " FROM published p JOIN definition d ON d.digest = p.definition"                   \
  " WHERE p.day BETWEEN ?1 AND ?2 ORDER BY p.day, p.kpi, p.of_group"

#define SQL_ADD_RUN                                                                              \
  "INSERT INTO run (as_of, started_at, finished_at, rules_digest, opened, resolved, escalated, " \
  "updated, unchanged, unknown, audit_before, replay) VALUES (?1, ?2, ?11, ?3, ?4, ?5, ?6, ?7, " \
  "?8, ?9, (SELECT ifnull(max(id), 0) FROM audit), ?10)"

/* Of people, after the newest run began: what the run itself recorded has no person. */
#define SQL_MOVES                                                                             \
  "SELECT change, count(DISTINCT item_id) FROM audit WHERE person IS NOT NULL AND id > "      \
  "ifnull((SELECT audit_before FROM run ORDER BY id DESC LIMIT 1), 0) GROUP BY change ORDER " \
  "BY min(id)"

#define SQL_ADD_BECAUSE                                                                        \
  "INSERT INTO because (item_id, pos, expr, unit, currency, percent, known, num, text, rows, " \
  "of_rows, bound, moved)"                                                                     \
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"

/* What a commit that failed has left: ?1 the row, ?2 when it was begun, ?3 who moved. */
#define SQL_RUN_IS_THERE "SELECT count(*) FROM run WHERE id = ?1 AND started_at = ?2"
#define SQL_MOVE_IS_THERE "SELECT count(*) FROM audit WHERE id = ?1 AND at >= ?2 AND person = ?3"

#define SQL_ADD_AUDIT                                                                            \
  "INSERT INTO audit (item_id, run_id, at, change, field, old, new, day, why, person, known_by)" \
  " VALUES (?1, ?2, ?11, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"

#endif
