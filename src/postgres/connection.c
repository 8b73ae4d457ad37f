/* In: an address. Out: a connection, and what statements answer. */
#include "postgres/connection.h"

#include <string.h>

#include "base/limits.h"
#include "base/text_buffer.h"

#define HOW_TO_WRITE \
  "write postgresql://USER@HOST/DATABASE, or service=NAME for a service of ~/.pg_service.conf"
#define WHERE_PASSWORDS_GO                                                               \
  "put it in ~/.pgpass (HOST:PORT:DATABASE:USER:PASSWORD, readable by you alone), in a " \
  "file that PGPASSFILE names, or in a service file"

/* ---- the address ---------------------------------------------------------------------- */

static const char *option_value(const PQconninfoOption *options, const char *keyword) {
  for (; options && options->keyword; options++)
    if (strcmp(options->keyword, keyword) == 0 && options->val && *options->val)
      return options->val;
  return NULL;
}

/* Not what libpq says of a broken address: it quotes it, and a password may stand in it. */
static bool check_address(struct libpq *pq, const char *address, const struct postgres_role *role,
                          struct diags *problems) {
  PQconninfoOption *options = pq->conninfoParse(address, NULL);
  bool secret = option_value(options, "password") || option_value(options, "sslpassword");
  bool good = options && !secret;
  pq->conninfoFree(options);
  if (secret)
    diag_fail(problems, role->cannot_open,
              "the address after %s holds a password, which others could read: " WHERE_PASSWORDS_GO,
              role->option);
  else if (!good)
    diag_fail(problems, role->cannot_open,
              "the address after %s cannot be read: " HOW_TO_WRITE
              ". Signs that are no letter, digit, - or _ are written as %% and their number",
              role->option);
  return good;
}

/* ---- connecting ----------------------------------------------------------------------- */

static bool report_unreachable(struct postgres *p, struct diags *problems) {
  const char *reason = p->pq.errorMessage(p->connection);
  enum diag_code code = p->role->cannot_open;
  if (p->pq.connectionNeedsPassword(p->connection))
    return diag_fail(problems, code, "%s asks for a password: " WHERE_PASSWORDS_GO, p->name);
  return diag_fail(problems, code,
                   "%s cannot be opened: %.*s. Look whether the server runs, and whether its host, "
                   "port, database and user are those of the address",
                   p->name, (int)strcspn(reason, "\n"), reason);
}

static void drop_notice(void *ctx, const PGresult *r) { (void)ctx, (void)r; }

/* What stands before the address gives way to it, what stands after it does not. */
static PGconn *connect_to(struct libpq *pq, const char *address) {
  PQconninfoOption *defaults = pq->conndefaults();
  const char *patience = option_value(defaults, "connect_timeout");
  const char *const keywords[] = {
      "connect_timeout", "keepalives_idle", "keepalives_interval",       "keepalives_count",
      "dbname",          "client_encoding", "fallback_application_name", NULL};
  const char *const values[] = {patience ? patience : POSTGRES_CONNECT_SECONDS,
                                "30",
                                "10",
                                "3",
                                address,
                                "UTF8",
                                "vigie",
                                NULL};
  PGconn *connection = pq->connectdbParams(keywords, values, 1);
  pq->conninfoFree(defaults);
  return connection;
}

/* Whatever the server or the user is set to, texts come in one form. */
static bool prepare_session(struct postgres *p, struct diags *problems) {
  return postgres_run(p,
                      "SET datestyle = 'ISO, YMD'; SET intervalstyle = 'iso_8601';"
                      "SET timezone = 'UTC'; SET extra_float_digits = 1; SET bytea_output = 'hex';"
                      "SET standard_conforming_strings = on",
                      NULL, problems);
}

bool postgres_open(const char *address, const struct postgres_role *role, struct arena *a,
                   struct postgres **out, struct diags *problems) {
  struct postgres *p = NEW(a, struct postgres);
  *p = (struct postgres){.name = arena_strdup(a, address), .role = role};
  if (!libpq_load(&p->pq, problems)) return false;
  if (!check_address(&p->pq, address, role, problems)) return false;
  p->connection = connect_to(&p->pq, address);
  bool good = p->pq.status(p->connection) == CONNECTION_OK || report_unreachable(p, problems);
  if (good) {
    p->pq.setNoticeReceiver(p->connection, drop_notice, NULL);
    good = prepare_session(p, problems);
  }
  if (good)
    *out = p;
  else
    postgres_close(p);
  return good;
}

void postgres_close(struct postgres *p) {
  if (!p || !p->connection) return;
  p->pq.finish(p->connection);
  p->connection = NULL;
}

/* ---- statements ----------------------------------------------------------------------- */

static bool is_done(const struct postgres *p, const PGresult *r) {
  ExecStatusType status = p->pq.resultStatus(r);
  return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
}

bool postgres_run(struct postgres *p, const char *sql, const char *what, struct diags *problems) {
  PGresult *r = p->pq.exec(p->connection, sql);
  bool good = is_done(p, r) || postgres_fail(p, r, what, problems);
  p->pq.clear(r);
  return good;
}

PGresult *postgres_ask(struct postgres *p, const char *sql, const char *const *values, int n,
                       const char *what, struct diags *problems) {
  PGresult *r = p->pq.execParams(p->connection, sql, n, NULL, values, NULL, NULL, 0);
  if (is_done(p, r)) return r;
  postgres_fail(p, r, what, problems);
  p->pq.clear(r);
  return NULL;
}

const char *postgres_text(const struct postgres *p, const PGresult *r, int row, int column,
                          struct arena *a) {
  if (p->pq.getisnull(r, row, column)) return NULL;
  return arena_strndup(a, p->pq.getvalue(r, row, column), (size_t)p->pq.getlength(r, row, column));
}

static const char *between(char quote, const char *s, struct arena *a) {
  struct text_buffer t = {.a = a};
  text_add_n(&t, &quote, 1);
  for (const char *end; (end = strchr(s, quote)); s = end + 1) {
    text_add_n(&t, s, (size_t)(end - s) + 1);
    text_add_n(&t, &quote, 1);
  }
  text_add(&t, s);
  text_add_n(&t, &quote, 1);
  return text_of_buffer(&t);
}

const char *postgres_quoted(const char *name, struct arena *a) { return between('"', name, a); }

const char *postgres_literal(const char *text, struct arena *a) { return between('\'', text, a); }
