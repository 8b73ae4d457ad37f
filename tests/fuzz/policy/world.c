/* The data of a random policy. In: a stream of random numbers. Out: entities with their
 * declarations, and an SQLite file with their rows: few, with holes, odd texts, rows without a
 * day and rows without a parent. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/check.h"
#include "policy.h"

/* ---- declarations --------------------------------------------------------------------- */

static const struct {
  const char *type, *unit, *options;
  enum cell_shape shape;
  int weight;
  bool listed, person;
} column_kinds[] = {
    {"number", "num", "", SHAPE_NUMBER, 4, false, false},
    {"count", "num", "", SHAPE_SMALL, 2, false, false},
    {"money", "money", "", SHAPE_MONEY, 5, false, false},
    {"percent", "share", "", SHAPE_PERCENT, 2, false, false},
    {"ratio", "share", "", SHAPE_RATIO, 2, false, false},
    {"score", "score", "", SHAPE_SMALL, 3, false, false},
    {"duration", "days", " in days", SHAPE_SMALL, 1, false, false},
    {"date", "date", "", SHAPE_DATE, 4, false, false},
    {"text", "text", "", SHAPE_TEXT, 3, false, false},
    {"text", "text", " one of \"Basic\", \"Pro\", \"Max\"", SHAPE_LISTED, 3, true, false},
    {"text", "text", " renamed \"Old\" to \"Mid\" renamed \"Mid\" to \"New\"", SHAPE_TEXT, 1, false,
     false},
    {"flag", "cond", "", SHAPE_FLAG, 3, false, false},
    {"person", "text", "", SHAPE_PERSON, 2, false, true},
    {"duration", "months", " in months", SHAPE_SMALL, 2, false, false},
    {"duration", "months", " in quarters", SHAPE_SMALL, 1, false, false},
};
enum { N_COLUMN_KINDS = sizeof column_kinds / sizeof *column_kinds };

/* A name that is a word of the language elsewhere, or none. */
static const char *column_name(struct gen *g, const char *type) {
  static const char odd[] =
      "owner|period|target|day|rule|count|last|means|strategic|percent|start|test|team|value|each|"
      "all|on|step|playbook|santé|ÉTÉ";
  const char *name = rng_chance(&g->rng, 60) ? choice(g, odd) : NULL;
  for (size_t i = 0; name && i < g->symbols.n; i++)
    if (strcmp(g->symbols.v[i].name, name) == 0) name = NULL;
  return name ? name : arena_printf(g->arena, "%s%d", type, g->serial++);
}

static void add_column(struct gen *g, int entity, int kind) {
  struct gen_entity *e = &g->entities.v[entity];
  const char *name = column_name(g, column_kinds[kind].type);
  bool history = rng_chance(&g->rng, 250);
  struct gen_column c = {.name = name, .shape = column_kinds[kind].shape};
  putf(g, &e->text, "  %s %s ", name, column_kinds[kind].type);
  if (history) {
    c.history = arena_printf(g->arena, "h_%s", name);
    putf(g, &e->text, "history \"%s\" by \"id\" at \"day\" value \"value\"%s", c.history,
         choice(g, "| fresh 45d| fresh 400d"));
  } else {
    putf(g, &e->text, "\"c_%s\"", name);
  }
  putf(g, &e->text, "%s\n", column_kinds[kind].options);
  VEC_PUSH(g->arena, &e->columns, c);
  struct symbol s = {.kind = SYMBOL_ATTR,
                     .name = name,
                     .unit = column_kinds[kind].unit,
                     .entity = entity,
                     .past = history,
                     .listed = column_kinds[kind].listed,
                     .person = column_kinds[kind].person};
  VEC_PUSH(g->arena, &g->symbols, s);
}

static void declare_life(struct gen *g, int entity) {
  struct gen_entity *e = &g->entities.v[entity];
  static const char *const lines[LIFE_COUNT] = {
      [LIFE_NONE] = "",
      [LIFE_EXISTS] = "  exists from \"born\"\n",
      [LIFE_EXISTS_UNTIL] = "  exists from \"born\" until \"gone\"\n",
      [LIFE_AT] = "  at \"born\"\n"};
  if (e->life < LIFE_ACTIVE) {
    put(g, &e->text, lines[e->life]);
    return;
  }
  const char *name = arena_printf(g->arena, "active%d", g->serial++);
  putf(g, &e->text, "  %s from \"born\" %s \"gone\"\n", name,
       e->life == LIFE_ACTIVE ? "until" : "through");
  struct symbol s = {
      .kind = SYMBOL_ATTR, .name = name, .unit = "cond", .entity = entity, .past = true};
  VEC_PUSH(g->arena, &g->symbols, s);
}

static void add_entity(struct gen *g, int i) {
  int weights[N_COLUMN_KINDS];
  struct gen_entity new = {.name = arena_printf(g->arena, "e%d", i),
                           .rows = i ? rng_int(&g->rng, 0, 14) : rng_int(&g->rng, 2, 9)};
  new.life =
      (enum life_kind)rng_int(&g->rng, i ? 0 : LIFE_NONE, i ? LIFE_COUNT - 1 : LIFE_EXISTS_UNTIL);
  VEC_PUSH(g->arena, &g->entities, new);
  struct gen_entity *e = &g->entities.v[i];
  putf(g, &e->text, "entity %s from \"t_%s\"\n  key \"id\"\n%s", e->name, e->name,
       rng_chance(&g->rng, 600) ? "  label \"name\"\n" : "");
  if (rng_chance(&g->rng, 200)) put(g, &e->text, "  link \"https://crm.example/{key}\"\n");
  if (i) e->parents[e->n_parents++] = rng_int(&g->rng, 0, i - 1);
  if (i > 1 && rng_chance(&g->rng, 200) && e->parents[0] != i - 1)
    e->parents[e->n_parents++] = i - 1;
  for (int k = 0; k < e->n_parents; k++)
    putf(g, &e->text, "  belongs to e%d by \"p_e%d\"\n", e->parents[k], e->parents[k]);
  if (!e->rows) put(g, &e->text, "  may be empty\n");
  declare_life(g, i);
  for (int k = 0; k < N_COLUMN_KINDS; k++) weights[k] = column_kinds[k].weight;
  if (!i) add_column(g, i, 9), add_column(g, i, 2);
  for (int n = rng_int(&g->rng, 2, 6); n > 0; n--)
    add_column(g, i, (int)rng_weighted(&g->rng, weights, N_COLUMN_KINDS));
}

/* They see the columns of all entities, and the computed attributes before them. */
static void add_computed(struct gen *g, int entity) {
  static const struct {
    const char *unit, *type;
  } types[] = {{"num", "number"},  {"money", "money"},   {"share", "ratio"},
               {"score", "score"}, {"days", "duration"}, {"date", "date"},
               {"text", "text"},   {"cond", "flag"},     {"months", "duration"}};
  const char *unit = random_unit(g), *name = arena_printf(g->arena, "c%d", g->serial++);
  text_buf b = {0};
  struct scope sc = {.entity = entity, .inner = -1, .group = -1, .depth = 2, .unit = unit};
  g->steps = 0;
  write_symbol(g, &sc, unit, &b);
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (strcmp(types[i].unit, unit) == 0)
      putf(g, &g->entities.v[entity].text, "  %s %s = %s\n", name, types[i].type, text_of(g, &b));
  struct symbol s = {
      .kind = SYMBOL_ATTR, .name = name, .unit = unit, .entity = entity, .computed = true};
  VEC_PUSH(g->arena, &g->symbols, s);
}

void invent_entities(struct gen *g) {
  int n = rng_int(&g->rng, 2, 5);
  for (int i = 0; i < n; i++) add_entity(g, i);
  for (int i = rng_int(&g->rng, 0, 3); i > 0; i--) add_computed(g, rng_int(&g->rng, 0, n - 1));
}

bool leads_to(const struct gen *g, int child, int parent) {
  if (child < 0 || parent < 0 || child == parent) return child == parent;
  const struct gen_entity *e = &g->entities.v[child];
  for (int i = 0; i < e->n_parents; i++)
    if (leads_to(g, e->parents[i], parent)) return true;
  return false;
}

/* ---- rows ----------------------------------------------------------------------------- */

static void run(sqlite3 *db, const char *sql) {
  char *message = NULL;
  if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
    fprintf(stderr, "%s: %s\n", sql, message);
  CHECK(!message);
}

static const char *quoted(struct gen *g, const char *s) {
  char *sql = sqlite3_mprintf("%Q", s), *copy = arena_strdup(g->arena, sql);
  sqlite3_free(sql);
  return copy;
}

static const char *a_day(struct gen *g) {
  int back = rng_int(&g->rng, 0, 9) < 7 ? rng_int(&g->rng, -40, 60) : rng_int(&g->rng, -400, 900);
  return arena_printf(g->arena, "date('2026-03-01', '%d days')", -back);
}

static const char *cell(struct gen *g, enum cell_shape shape) {
  struct rng *r = &g->rng;
  if (rng_chance(r, 120)) return "NULL";
  switch (shape) {
    case SHAPE_SMALL: return arena_printf(g->arena, "%d", rng_int(r, 0, 100));
    case SHAPE_NUMBER:
      return choice(
          g, "0|1|2|5|-3|10|12.5|100|0.1|0.2|-0.0|1e15|' 7 '|10.01|10.04|0.1234567|0.1234568");
    case SHAPE_MONEY:
      return choice(g, "0|1|100|99.99|500|1234.56|-20|10.005|0.01|1000000|'250.50'");
    case SHAPE_PERCENT: return choice(g, "0|5|10|33.3|50|99.9|100|120|-5|10.01|10.04");
    case SHAPE_RATIO: return choice(g, "0|0.05|0.1|0.333|0.5|1|1.2|-0.05");
    case SHAPE_DATE: return a_day(g);
    case SHAPE_LISTED: return quoted(g, choice(g, "Basic|Pro|Max"));
    case SHAPE_FLAG: return choice(g, "0|1|'yes'|'No'|'T'|'false'");
    case SHAPE_PERSON:
      return quoted(g, choice(g, "ana@acme.example|bo@acme.example|Cé <c@acme.example>"));
    default:
      return quoted(g, choice(g,
                              "Basic|Pro|Max|a, b|a|b|unknown|company|17|017|17.0| Pro "
                              "|\x1f|é|e\u0301|say \"x\"|none|||two\nlines|12 of 13 rows|x;y|-"));
  }
}

static const char *key_of(struct gen *g, int entity, int row) {
  static const char *const odd[] = {"a, b",      "17", "unknown", "company", "é",
                                    "say \"x\"", "A",  "B",       "C",       "x\x1fy"};
  struct rng r = rng_stream("key", (size_t)g->seed * 100 + (size_t)entity);
  bool strange = rng_chance(&r, 300);
  return strange && row < 10 ? odd[row] : arena_printf(g->arena, "K%d-%d", entity, row);
}

static const char *parent_key(struct gen *g, int parent) {
  int n = g->entities.v[parent].rows, row = rng_int(&g->rng, 0, n + 1);
  if (row >= n) return row == n ? "NULL" : "'nobody'";
  return quoted(g, key_of(g, parent, row));
}

static void write_table(struct gen *g, sqlite3 *db, int entity) {
  struct gen_entity *e = &g->entities.v[entity];
  text_buf b = {0};
  putf(g, &b, "CREATE TABLE t_%s (id, name, born, gone", e->name);
  for (int k = 0; k < e->n_parents; k++) putf(g, &b, ", p_e%d", e->parents[k]);
  for (size_t k = 0; k < e->columns.n; k++)
    if (!e->columns.v[k].history) putf(g, &b, ", \"c_%s\"", e->columns.v[k].name);
  put(g, &b, ")");
  run(db, text_of(g, &b));
  for (int row = 0; row < e->rows; row++) {
    b.n = 0;
    putf(g, &b, "INSERT INTO t_%s VALUES (%s, %s, %s, %s", e->name,
         quoted(g, key_of(g, entity, row)), cell(g, SHAPE_TEXT),
         e->life == LIFE_EXISTS || rng_chance(&g->rng, 900) ? a_day(g) : "NULL",
         rng_chance(&g->rng, 400) ? a_day(g) : "NULL");
    for (int k = 0; k < e->n_parents; k++) putf(g, &b, ", %s", parent_key(g, e->parents[k]));
    for (size_t k = 0; k < e->columns.n; k++)
      if (!e->columns.v[k].history) putf(g, &b, ", %s", cell(g, e->columns.v[k].shape));
    put(g, &b, ")");
    run(db, text_of(g, &b));
  }
}

static void write_history(struct gen *g, sqlite3 *db, int entity, const struct gen_column *c) {
  run(db, arena_printf(g->arena, "CREATE TABLE \"%s\" (id, day, value)", c->history));
  for (int row = 0; row < g->entities.v[entity].rows; row++)
    for (int n = rng_int(&g->rng, 0, 4); n > 0; n--)
      run(db, arena_printf(g->arena, "INSERT INTO \"%s\" VALUES (%s, %s, %s)", c->history,
                           quoted(g, key_of(g, entity, row)), a_day(g), cell(g, c->shape)));
}

void write_dataset(const struct gen *made, const char *path) {
  struct gen g = *made;
  g.rng = rng_stream("rows", (size_t)made->seed);
  sqlite3 *db;
  unlink(path);
  CHECK(sqlite3_open(path, &db) == SQLITE_OK);
  run(db,
      "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN; CREATE TABLE holidays (day); "
      "INSERT INTO holidays VALUES ('2026-03-02'), ('2026-01-01'); "
      /* 4-4-5 weeks, in years of 52: more than any look back reaches */
      "CREATE TABLE periods (starts, no, q, fy); "
      "WITH RECURSIVE k (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM k WHERE i < 120 * 12) "
      "INSERT INTO periods SELECT date('1950-01-01', (i / 3 * 91 + i % 3 * 28) || ' days'), "
      "i % 12 + 1, i % 12 / 3 + 1, 1950 + i / 12 FROM k");
  for (int i = 0; i < (int)g.entities.n; i++) {
    write_table(&g, db, i);
    for (size_t k = 0; k < g.entities.v[i].columns.n; k++)
      if (g.entities.v[i].columns.v[k].history)
        write_history(&g, db, i, &g.entities.v[i].columns.v[k]);
  }
  run(db, "COMMIT");
  sqlite3_close(db);
}
