/* A trial. In: a state that is only read. Out: the outbox once more, in tables that lie over its
 * own and are gone with the connection: whoever writes a message writes there. */
#include <string.h>

#include "action/sql.h"
#include "action/state_db.h"
#include "base/check.h"
#include "base/vec.h"

typedef VEC(const char *) statements;

static bool statements_of(struct state *s, const char *sql, statements *out,
                          struct diags *problems) {
  struct statement *st = state_prepare(s, sql, problems);
  if (!st) return false;
  enum step is;
  while ((is = statement_step(st)) == STEP_ROW) VEC_PUSH(s->a, out, state_text(s, st, 0));
  statement_end(st);
  return is == STEP_DONE || state_fail(s, problems);
}

/* "CREATE TABLE x …" and "CREATE INDEX x …", as the state has them, for the tables above. */
static const char *above(const struct state *s, const char *sql) {
  static const char table[] = "CREATE TABLE ", index[] = "CREATE INDEX ";
  if (strncmp(sql, table, strlen(table)) == 0)
    return arena_printf(s->a, "CREATE TABLE temp.%s", sql + strlen(table));
  CHECK(strncmp(sql, index, strlen(index)) == 0);
  return arena_printf(s->a, "CREATE INDEX temp.%s", sql + strlen(index));
}

static bool run_all(struct state *s, const statements *list, struct diags *problems) {
  for (size_t i = 0; i < list->n; i++)
    if (!state_exec(s, list->v[i], problems)) return false;
  return true;
}

/* Tables of the session lie over those of the schema. */
static bool try_remote(struct state *s, struct diags *problems) {
  statements made = {0}, filled = {0};
  return statements_of(s, REMOTE_TRIED_TABLES, &made, problems) &&
         statements_of(s, REMOTE_FILL_TRIED_TABLES, &filled, problems) &&
         run_all(s, &made, problems) && run_all(s, &filled, problems) &&
         state_exec(s, REMOTE_TRIED_NUMBERS, problems);
}

bool state_try(struct state *s, struct diags *problems) {
  statements made = {0}, filled = {0};
  if (s->db.remote) return try_remote(s, problems);
  if (!statements_of(s, SQL_TRIED_TABLES, &made, problems) ||
      !statements_of(s, SQL_FILL_TRIED_TABLES, &filled, problems) ||
      !state_exec(s, "PRAGMA query_only = OFF", problems))
    return false;
  for (size_t i = 0; i < made.n; i++) made.v[i] = above(s, made.v[i]);
  return run_all(s, &made, problems) && run_all(s, &filled, problems);
}
