/* Rows read from pages are those that SQLite reads: of random tables, of odd ones, and of files
 * with damage. Every scan is done both ways, and everything that came of it is compared. */
#include "scan_world.h"
#include "two_ways.h"

enum { RANDOM_FILES = 250, DAMAGED_FILES = 1500 };

/* ---- one scan, both ways -------------------------------------------------------------- */

/* Fails unless both ways give the same, with one thread and with three; how the pages ended. */
static enum pages_end both_ways(struct world *w, const struct raw_scan *scan) {
  dataset_use_threads(w->e, 3);
  struct seen by_three = seen_of(w->e, scan, w->a);
  dataset_use_threads(w->e, 1);
  struct seen by_pages = seen_of(w->e, scan, w->a), by_sqlite = seen_by_sqlite(w->e, scan, w->a);
  if (!seen_alike(&by_pages, &by_sqlite))
    fail_msg("%s: %ld rows by pages (%s), %ld by SQLite (%s)", scan->table->name, by_pages.rows,
             by_pages.message, by_sqlite.rows, by_sqlite.message);
  if (!seen_alike(&by_pages, &by_three))
    fail_msg("%s: %ld rows by one thread (%s), %ld by three (%s)", scan->table->name, by_pages.rows,
             by_pages.message, by_three.rows, by_three.message);
  struct seen again = {.n_columns = scan->n_columns};
  struct raw_scan copy = *scan;
  copy.take = see;
  copy.ctx = &again;
  long rows;
  return pages_scan((struct sqlite_dataset *)w->e, &copy, &rows);
}

static const struct table_info *table(struct world *w, const char *name) {
  const struct table_info *t = dataset_table(w->e, name);
  assert_non_null(t);
  return t;
}

static size_t count_of(const struct table_info *t) {
  size_t n = 0;
  while (t->columns[n]) n++;
  return n;
}

/* All columns of a table that is called t. */
static enum pages_end all_columns(struct world *w) {
  const struct table_info *t = table(w, "t");
  struct raw_scan scan = {.table = t, .columns = t->columns, .n_columns = count_of(t)};
  return both_ways(w, &scan);
}

/* ---- which way is taken --------------------------------------------------------------- */

#define MANY_ROWS                                                                                 \
  " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT i * 3," \
  " 'row ' || i FROM n"

#define MANY_ROWS_OF(values)                                                                       \
  " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) SELECT " values \
  " FROM n"

static void plain_tables_are_read_from_pages(void **state) {
  static const char *const plain[] = {
      "CREATE TABLE t (a, b); INSERT INTO t" MANY_ROWS,
      "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT); INSERT INTO t" MANY_ROWS,
      "CREATE TABLE t (a INT PRIMARY KEY, b TEXT); INSERT INTO t" MANY_ROWS,
      "CREATE TABLE t (a INTEGER PRIMARY KEY DESC, b TEXT); INSERT INTO t" MANY_ROWS,
      "CREATE TABLE t (a INTEGER, b TEXT, PRIMARY KEY (a)) STRICT; INSERT INTO t" MANY_ROWS,
      "CREATE TABLE t (a REAL, b VARCHAR(10)); INSERT INTO t" MANY_ROWS
      "; INSERT INTO t VALUES (1.5, 2), (-0.0, NULL), (9e999, x'00'), (NULL, '')",
      "CREATE TABLE t (a FLOATING POINT, b DOUBLE PRECISION); INSERT INTO t VALUES (1, 2), (3, 4)",
      "CREATE TABLE t (a, b); INSERT INTO t" MANY_ROWS "; ALTER TABLE t ADD COLUMN c",
      "CREATE TABLE t (a, b); INSERT INTO t" MANY_ROWS "; ALTER TABLE t DROP COLUMN a",
      "CREATE TABLE t (a, b)",
      "PRAGMA journal_mode = wal; CREATE TABLE t (a, b); INSERT INTO t" MANY_ROWS,
      "PRAGMA auto_vacuum = 1; CREATE TABLE t (a, b); INSERT INTO t" MANY_ROWS,
      "PRAGMA page_size = 65536; CREATE TABLE t (a, b); INSERT INTO t" MANY_ROWS,
      "PRAGMA page_size = 512; CREATE TABLE t (a, b); INSERT INTO t" MANY_ROWS,
      "CREATE TABLE t (a); INSERT INTO t VALUES (0), (1), (-1), (127), (-128), (32767), (-32768), "
      "(8388607), (-8388608), (2147483647), (-2147483648), (140737488355327), (-140737488355328), "
      "(9223372036854775807), (-9223372036854775808)",
      "CREATE TABLE t (a INTEGER PRIMARY KEY); INSERT INTO t VALUES (-9223372036854775808), (-1), "
      "(0), (1), (127), (128), (16383), (16384), (9223372036854775807)",
      "CREATE TABLE t (a); INSERT INTO t (rowid, a) VALUES (-9223372036854775808, 1), (-1, 2), "
      "(0, 3), (127, 4), (128, 5), (16383, 6), (16384, 7), (9223372036854775807, 8)",
      /* heads: the same for a long time, by turns, in the last byte alone, long ones */
      "CREATE TABLE t (a, b, c); INSERT INTO t" MANY_ROWS_OF("7, 8, 'nine'"),
      "CREATE TABLE t (a, b, c REAL); INSERT INTO t" MANY_ROWS_OF("i % 2, i % 300, i / 1000"),
      "CREATE TABLE t (a, b); INSERT INTO t" MANY_ROWS_OF("NULL, substr('abcdefgh', 1, i % 9)"),
      "CREATE TABLE t (a, b); INSERT INTO t" MANY_ROWS_OF("printf('%.*c', i / 20, 'x'), i"),
      "CREATE TABLE t (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y); "
      "INSERT INTO t" MANY_ROWS_OF(
          "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, i / 99, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, "
          "'abc', substr('abc', 1, i / 999)"),
  };
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
    struct world *w = *state;
    unlink("data.db");
    given(w, plain[i]);
    if (all_columns(w) != PAGES_DONE) fail_msg("through SQLite: %s", plain[i]);
    dataset_close(w->e);
    w->e = NULL;
  }
}

static void anything_else_goes_through_sqlite(void **state) {
  static const char *const odd[] = {
      "CREATE TABLE t (a PRIMARY KEY, b) WITHOUT ROWID; INSERT INTO t" MANY_ROWS,
      "CREATE TABLE u (a, b); INSERT INTO u" MANY_ROWS "; CREATE VIEW t AS SELECT * FROM u",
      "CREATE TABLE t (a, b, c AS (a + 1)); INSERT INTO t (a, b)" MANY_ROWS,
      "CREATE TABLE t (a, c AS (a + 1) STORED, b); INSERT INTO t (a, b)" MANY_ROWS,
      "CREATE TABLE t (a, b); INSERT INTO t" MANY_ROWS "; ALTER TABLE t ADD COLUMN c DEFAULT 7",
      "CREATE TABLE t (a, b); INSERT INTO t" MANY_ROWS
      "; INSERT INTO t VALUES (1, printf('%.9000c', 'x'))",
      "PRAGMA encoding = 'UTF-16'; CREATE TABLE t (a, b); INSERT INTO t" MANY_ROWS,
  };
  for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
    struct world *w = *state;
    unlink("data.db");
    given(w, odd[i]);
    if (all_columns(w) != PAGES_ODD) fail_msg("from pages: %s", odd[i]);
    dataset_close(w->e);
    w->e = NULL;
  }
}

/* What lies in a WAL is not in the file. */
static void a_wal_in_use_goes_through_sqlite(void **state) {
  struct world *w = *state;
  sqlite3 *writer;
  assert_int_equal(sqlite3_open("data.db", &writer), SQLITE_OK);
  assert_int_equal(sqlite3_exec(writer,
                                "PRAGMA journal_mode = wal; CREATE TABLE t (a, b); "
                                "INSERT INTO t" MANY_ROWS,
                                NULL, NULL, NULL),
                   SQLITE_OK);
  open_db(w, "data.db");
  assert_int_equal(all_columns(w), PAGES_ODD);
  sqlite3_close(writer);
}

/* A long text that nobody asks for is not in the way. */
static void long_texts_behind_what_is_asked(void **state) {
  struct world *w = *state;
  given(w,
        "CREATE TABLE t (a, b); INSERT INTO t SELECT value, printf('%.*c', value * 300, 'x') FROM "
        "(WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < "
        "100) SELECT value FROM n)");
  struct raw_scan scan = {.table = table(w, "t"), .columns = (const char *[]){"a"}, .n_columns = 1};
  assert_int_equal(both_ways(w, &scan), PAGES_DONE);
  assert_int_equal(all_columns(w), PAGES_ODD);
}

/* Long enough for helpers, and the taker stops, or asks for another table, in the middle. */
static bool stops(void *ctx, const struct raw_cell *cells, size_t n_rows) {
  (void)cells;
  long *left = ctx;
  return (*left -= (long)n_rows) > 0;
}

static void helpers_end_when_the_taker_stops(void **state) {
  struct world *w = *state;
  given(w, "PRAGMA page_size = 512; CREATE TABLE t (a, b); INSERT INTO t" MANY_ROWS
           "; INSERT INTO t SELECT a + 1, b FROM t; INSERT INTO t SELECT a + 2, b FROM t");
  long left = 5000, rows;
  struct raw_scan scan = {.table = table(w, "t"),
                          .columns = (const char *[]){"b", "a"},
                          .n_columns = 2,
                          .take = stops,
                          .ctx = &left};
  dataset_use_threads(w->e, 4);
  assert_int_equal(pages_scan((struct sqlite_dataset *)w->e, &scan, &rows), PAGES_STOPPED);
  assert_in_range(rows, 5000, 10000);
  assert_int_equal(all_columns(w), PAGES_DONE);
}

/* ---- random files --------------------------------------------------------------------- */

struct dice {
  uint64_t state;
};

static uint32_t roll(struct dice *d, uint32_t n) {
  d->state = hash_mix(d->state + 0x9E3779B97F4A7C15);
  return (uint32_t)(d->state >> 33) % n;
}

static const char *value_of(struct dice *d) {
  static char text[64];
  switch (roll(d, 9)) {
    case 0: return "NULL";
    case 1: return "''";
    case 2: return "0";
    case 3: return "1";
    case 4: sprintf(text, "%d", (int)roll(d, 70000) - 35000); return text;
    case 5:
      sprintf(text, "%lld", (long long)(int64_t)hash_mix(d->state) >> roll(d, 60));
      return text;
    case 6: sprintf(text, "%d.5e%d", (int)roll(d, 2000) - 1000, (int)roll(d, 20) - 10); return text;
    case 7: sprintf(text, "printf('%%.*c', %u, 'x')", roll(d, 300)); return text;
    default:
      sprintf(text, roll(d, 40) ? "x'00ff'" : "printf('%%.*c', %u, 'y')", roll(d, 9000));
      return text;
  }
}

static void write_random(struct dice *d) {
  static const char *const types[] = {"",     "INTEGER", "REAL", "TEXT", "NUMERIC",
                                      "BLOB", "INT",     "date", "FLOAT"};
  sqlite3_str *s = sqlite3_str_new(NULL);
  uint32_t n = 1 + roll(d, 8), key = roll(d, 3) ? n : roll(d, n),
           rows = roll(d, 4) * roll(d, roll(d, 9) ? 60 : 400);
  sqlite3_str_appendf(s,
                      "PRAGMA synchronous = off; PRAGMA page_size = %d; PRAGMA auto_vacuum = %u; "
                      "BEGIN; CREATE TABLE t (",
                      512 << roll(d, 8), roll(d, 3));
  for (uint32_t i = 0; i < n; i++)
    sqlite3_str_appendf(s, "%sc%u %s", i ? ", " : "", i,
                        i == key ? "INTEGER PRIMARY KEY" : types[roll(d, 9)]);
  sqlite3_str_appendall(s, ");");
  for (uint32_t k = 0; k < rows; k++) {
    sqlite3_str_appendall(s, "INSERT OR IGNORE INTO t VALUES (");
    for (uint32_t i = 0; i < n; i++)
      if (i == key)
        sqlite3_str_appendf(s, "%s%d", i ? ", " : "", (int)roll(d, 100000) - 1000);
      else
        sqlite3_str_appendf(s, "%s%s", i ? ", " : "", value_of(d));
    sqlite3_str_appendall(s, ");");
    if (roll(d, 50) == 0) sqlite3_str_appendall(s, "DELETE FROM t WHERE rowid % 3 = 0;");
  }
  if (roll(d, 6) == 0) sqlite3_str_appendall(s, "ALTER TABLE t ADD COLUMN late;");
  sqlite3_str_appendall(s, "COMMIT;");
  char *text = sqlite3_str_finish(s);
  sql("data.db", text);
  sqlite3_free(text);
}

/* Some columns, in any order, some of them twice. */
static enum pages_end random_columns(struct world *w, struct dice *d) {
  const struct table_info *t = table(w, "t");
  const char *columns[12];
  size_t n = count_of(t), wanted = roll(d, 12);
  for (size_t i = 0; n && i < wanted; i++) columns[i] = t->columns[roll(d, (uint32_t)n)];
  struct raw_scan scan = {.table = t, .columns = columns, .n_columns = n ? wanted : 0};
  return both_ways(w, &scan);
}

static void random_files_read_alike(void **state) {
  struct world *w = *state;
  int from_pages = 0;
  for (int i = 0; i < RANDOM_FILES; i++) {
    struct dice d = {(uint64_t)i};
    unlink("data.db");
    write_random(&d);
    open_db(w, "data.db");
    from_pages += all_columns(w) == PAGES_DONE;
    for (int k = 0; k < 4; k++) random_columns(w, &d);
    dataset_close(w->e);
    w->e = NULL;
  }
  assert_in_range(from_pages, RANDOM_FILES / 2, RANDOM_FILES);
}

/* ---- damage --------------------------------------------------------------------------- */

static size_t read_file(const char *path, unsigned char **out) {
  FILE *f = fopen(path, "rb");
  assert_non_null(f);
  fseek(f, 0, SEEK_END);
  size_t n = (size_t)ftell(f);
  rewind(f);
  *out = malloc(n);
  assert_int_equal(fread(*out, 1, n, f), n);
  fclose(f);
  return n;
}

static void write_file(const char *path, const unsigned char *bytes, size_t n) {
  FILE *f = fopen(path, "wb");
  assert_non_null(f);
  assert_int_equal(fwrite(bytes, 1, n, f), n);
  fclose(f);
}

/* Behind the first page, which holds the schema, or in it seldom. Heads of pages are hit often. */
static void damage(struct dice *d, unsigned char *bytes, size_t n, size_t page) {
  uint32_t pages = (uint32_t)(n / page), hits = 1 + roll(d, 3);
  for (uint32_t i = 0; i < hits; i++) {
    size_t at = page * (pages > 1 && roll(d, 10) ? 1 + roll(d, pages - 1) : 0);
    uint32_t within = roll(d, 3) ? roll(d, 40) : roll(d, (uint32_t)page);
    switch (roll(d, 4)) {
      case 0: bytes[at + within] = (unsigned char)roll(d, 256); break;
      case 1: bytes[at + within] ^= (unsigned char)(1 << roll(d, 8)); break;
      case 2: memset(bytes + at + within, (int)roll(d, 2) * 255, page - within < 9 ? 1 : 8); break;
      default: memcpy(bytes + at, bytes + page * roll(d, pages), page); break;
    }
  }
}

static void damaged_files_read_alike(void **state) {
  struct world *w = *state;
  unsigned char *good = NULL, *bad = NULL;
  size_t n = 0, page = 0;
  for (int i = 0; i < DAMAGED_FILES; i++) {
    struct dice d = {(uint64_t)i << 20};
    if (i % 50 == 0) {
      free(good);
      free(bad);
      unlink("data.db");
      write_random(&d);
      n = read_file("data.db", &good);
      bad = malloc(n);
      page = (size_t)(good[16] << 8 | good[17]) == 1 ? 65536 : (size_t)(good[16] << 8 | good[17]);
    }
    memcpy(bad, good, n);
    damage(&d, bad, n, page);
    write_file("data.db", bad, n);
    if (open_file(w, "data.db") && dataset_table(w->e, "t")) {
      all_columns(w);
      random_columns(w, &d);
    }
    dataset_close(w->e);
    w->e = NULL;
  }
  free(good);
  free(bad);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(plain_tables_are_read_from_pages, setup, teardown),
      cmocka_unit_test_setup_teardown(anything_else_goes_through_sqlite, setup, teardown),
      cmocka_unit_test_setup_teardown(a_wal_in_use_goes_through_sqlite, setup, teardown),
      cmocka_unit_test_setup_teardown(long_texts_behind_what_is_asked, setup, teardown),
      cmocka_unit_test_setup_teardown(helpers_end_when_the_taker_stops, setup, teardown),
      cmocka_unit_test_setup_teardown(random_files_read_alike, setup, teardown),
      cmocka_unit_test_setup_teardown(damaged_files_read_alike, setup, teardown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
