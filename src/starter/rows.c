/* Rows into SQLite. In: values by column kind. Out: inserted rows, or the first error kept in the
 * sink. */
#include "starter/rows.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"

static void check(struct sink *s, int rc) {
  if (rc == SQLITE_OK || rc == SQLITE_DONE || s->failed) return;
  s->failed = true;
  snprintf(s->error, sizeof s->error, "%s", sqlite3_errmsg(s->db));
}

void sink_exec(struct sink *s, const char *sql) {
  if (!s->failed) check(s, sqlite3_exec(s->db, sql, NULL, NULL, NULL));
}

void insert_begin(struct insert *t, struct sink *s, const char *name, const char *kinds) {
  char sql[160];
  int n = snprintf(sql, sizeof sql, "INSERT INTO \"%s\" VALUES (?", name);
  for (size_t i = 1; i < strlen(kinds); i++) n += snprintf(sql + n, sizeof sql - (size_t)n, ",?");
  snprintf(sql + n, sizeof sql - (size_t)n, ")");
  *t = (struct insert){.sink = s, .kinds = kinds};
  if (!s->failed) check(s, sqlite3_prepare_v2(s->db, sql, -1, &t->statement, NULL));
}

static int bind_cell_day(sqlite3_stmt *statement, int column, day_t day) {
  char text[16];
  if (day == DAY_NONE) return sqlite3_bind_null(statement, column);
  return sqlite3_bind_text(statement, column, day_text(day, text), -1, SQLITE_TRANSIENT);
}

static int bind_cell_text(sqlite3_stmt *statement, int column, const char *text) {
  return text ? sqlite3_bind_text(statement, column, text, -1, SQLITE_TRANSIENT)
              : sqlite3_bind_null(statement, column);
}

static int bind_money(sqlite3_stmt *statement, int column, long minor) {
  return minor == NO_MONEY ? sqlite3_bind_null(statement, column)
                           : sqlite3_bind_double(statement, column, (double)minor / 100.0);
}

static int bind_int(sqlite3_stmt *statement, int column, int number) {
  return number == NO_NUMBER ? sqlite3_bind_null(statement, column)
                             : sqlite3_bind_int(statement, column, number);
}

void insert_row(struct insert *t, ...) {
  if (t->sink->failed) return;
  va_list values;
  va_start(values, t);
  for (int i = 0; t->kinds[i]; i++) {
    int rc = SQLITE_OK;
    switch (t->kinds[i]) {
      case 't': rc = bind_cell_text(t->statement, i + 1, va_arg(values, const char *)); break;
      case 'd': rc = bind_cell_day(t->statement, i + 1, va_arg(values, day_t)); break;
      case 'm': rc = bind_money(t->statement, i + 1, va_arg(values, long)); break;
      default: rc = bind_int(t->statement, i + 1, va_arg(values, int)); break;
    }
    check(t->sink, rc);
  }
  va_end(values);
  check(t->sink, sqlite3_step(t->statement));
  check(t->sink, sqlite3_reset(t->statement));
}

void insert_end(struct insert *t) {
  sqlite3_finalize(t->statement);
  t->statement = NULL;
}
