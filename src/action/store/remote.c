/* In: statements of the state. Out: what PostgreSQL answers. */
#include "action/store/remote.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "action/store/dialect.h"
#include "base/check.h"
#include "base/map.h"

/* Statements that are sent ahead before their answers are read; rows that come at a time. */
enum { AHEAD_MAX = 2000, ROWS_AT_A_TIME = 1000 };

#define LOST "08006" /* what SQL calls a connection that failed */

/* A statement as the server takes it; each text once, for it is often prepared again. */
struct prepared {
  struct dialect_sql sql;
  const char *name; /* on the server */
  int *place;       /* of our sign ?n: where its value stands; -1: the statement does not use it */
  int signs;        /* our greatest */
  bool answers;     /* with rows */
  bool sent;        /* the server knows it by its name */
  long ran;
};

struct remote {
  struct postgres *p;
  struct arena *a;
  struct map prepared; /* struct prepared, by SQL */
  size_t names;        /* that were given until now */
  size_t ahead;        /* statements whose answers are not read yet */
  bool sending_ahead;  /* libpq is in its pipeline mode */
  char failed[6];      /* SQLSTATE of what failed first; "": nothing has */
  const char *why;
};

struct remote_statement {
  struct remote *of;
  struct prepared *prepared;
  const char **values; /* in the order of their $n, as the arrays beside */
  int *lengths, *formats;
  char (*words)[BOUND_WORD_MAX + 1];
  bool many;
  bool begun;         /* it has been sent, and is not reset */
  bool last;          /* no rows come behind these */
  const char *cursor; /* NULL: none is open */
  PGresult *rows;
  int row;
};

/* ---- what fails ----------------------------------------------------------------------- */

static const char *one_line(const struct remote *r, const char *text) {
  size_t n = text ? strcspn(text, "\n") : 0;
  return n ? arena_strndup(r->a, text, n) : "it does not say why";
}

static bool fail(struct remote *r, const PGresult *result) {
  const struct libpq *pq = &r->p->pq;
  const char *state = postgres_state_of(r->p, result);
  const char *why = result ? pq->resultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
  if (*r->failed) return false;
  r->why = one_line(r, why ? why : pq->errorMessage(r->p->connection));
  bool lost = !*state || pq->status(r->p->connection) == CONNECTION_BAD;
  snprintf(r->failed, sizeof r->failed, "%s", lost ? LOST : state);
  return false;
}

const char *remote_error(const struct remote *r, const char **why) {
  *why = r->why;
  return r->failed;
}

void remote_forget(struct remote *r) {
  *r->failed = 0;
  r->why = NULL;
}

const char *remote_user(const struct remote *r) { return r->p->pq.user(r->p->connection); }

/* ---- what is sent ahead --------------------------------------------------------------- */

static bool is_good(const struct remote *r, const PGresult *result) {
  ExecStatusType is = r->p->pq.resultStatus(result);
  return is == PGRES_COMMAND_OK || is == PGRES_TUPLES_OK || is == PGRES_EMPTY_QUERY;
}

/* Reads the answers up to the mark that pipelineSync has set. Between two answers libpq hands out
 * a NULL; two after each other: there is no server any more. */
static bool read_answers(struct remote *r) {
  const struct libpq *pq = &r->p->pq;
  bool ok = true;
  for (int gaps = 0; gaps < 2;) {
    PGresult *result = pq->getResult(r->p->connection);
    gaps = result ? 0 : gaps + 1;
    if (!result) continue;
    bool mark = pq->resultStatus(result) == PGRES_PIPELINE_SYNC;
    if (!mark && !is_good(r, result)) ok = fail(r, result);
    pq->clear(result);
    if (mark) return ok;
  }
  return fail(r, NULL);
}

static bool take_answers(struct remote *r) {
  if (!r->ahead) return true;
  r->ahead = 0;
  if (!r->p->pq.pipelineSync(r->p->connection)) return fail(r, NULL);
  return read_answers(r);
}

/* Everything has been answered, and the next thing can be asked. */
static bool settle(struct remote *r) {
  bool ok = take_answers(r);
  if (r->sending_ahead && !r->p->pq.exitPipelineMode(r->p->connection)) ok = fail(r, NULL);
  r->sending_ahead = false;
  return ok;
}

static bool send_ahead(struct remote_statement *st) {
  struct remote *r = st->of;
  struct prepared *p = st->prepared;
  const struct libpq *pq = &r->p->pq;
  if (!r->sending_ahead && !pq->enterPipelineMode(r->p->connection)) return fail(r, NULL);
  r->sending_ahead = true;
  if (!p->sent && !pq->sendPrepare(r->p->connection, p->name, p->sql.text, 0, NULL))
    return fail(r, NULL);
  r->ahead += 1 + !p->sent;
  p->sent = true;
  if (!pq->sendQueryPrepared(r->p->connection, p->name, p->sql.n, st->values, st->lengths,
                             st->formats, 0))
    return fail(r, NULL);
  return r->ahead < AHEAD_MAX || take_answers(r);
}

/* ---- what is asked -------------------------------------------------------------------- */

/* Takes over the answer; NULL where it is none. */
static PGresult *checked(struct remote *r, PGresult *result) {
  if (is_good(r, result)) return result;
  fail(r, result);
  r->p->pq.clear(result);
  return NULL;
}

static PGresult *run_text(struct remote *r, const char *sql) {
  return settle(r) ? checked(r, r->p->pq.exec(r->p->connection, sql)) : NULL;
}

bool remote_run(struct remote *r, const char *sql) {
  PGresult *result = run_text(r, dialect_for_postgres(sql, r->a).text);
  r->p->pq.clear(result);
  return result != NULL;
}

int64_t remote_last_id(struct remote *r) {
  PGresult *result = run_text(r, "SELECT lastval()");
  int64_t id = result ? strtoll(r->p->pq.getvalue(result, 0, 0), NULL, 10) : 0;
  r->p->pq.clear(result);
  return id;
}

static PGresult *ask_with(struct remote_statement *st, const char *sql) {
  struct remote *r = st->of;
  return checked(r, r->p->pq.execParams(r->p->connection, sql, st->prepared->sql.n, NULL,
                                        st->values, st->lengths, st->formats, 0));
}

/* The second time a statement gets a name on the server, which then has read it. */
static PGresult *ask_named(struct remote_statement *st) {
  struct remote *r = st->of;
  struct prepared *p = st->prepared;
  const struct libpq *pq = &r->p->pq;
  if (!p->sent) {
    PGresult *result = checked(r, pq->prepare(r->p->connection, p->name, p->sql.text, 0, NULL));
    if (!result) return NULL;
    pq->clear(result);
    p->sent = true;
  }
  return checked(r, pq->execPrepared(r->p->connection, p->name, p->sql.n, st->values, st->lengths,
                                     st->formats, 0));
}

static PGresult *fetch(struct remote_statement *st) {
  const char *sql = arena_printf(st->of->a, "FETCH FORWARD %d FROM %s", ROWS_AT_A_TIME, st->cursor);
  return run_text(st->of, sql);
}

static PGresult *open_cursor(struct remote_statement *st) {
  struct remote *r = st->of;
  st->cursor = arena_printf(r->a, "rows_%zu", ++r->names);
  PGresult *result = ask_with(st, arena_printf(r->a, "DECLARE %s NO SCROLL CURSOR FOR %s",
                                               st->cursor, st->prepared->sql.text));
  r->p->pq.clear(result);
  if (result) return fetch(st);
  st->cursor = NULL;
  return NULL;
}

static bool take_rows(struct remote_statement *st, PGresult *rows) {
  st->of->p->pq.clear(st->rows);
  st->rows = rows;
  st->row = 0;
  st->last = !rows || !st->cursor || st->of->p->pq.ntuples(rows) < ROWS_AT_A_TIME;
  return rows != NULL;
}

static bool ask(struct remote_statement *st) {
  if (!settle(st->of)) return false;
  bool again = st->prepared->ran++ > 0;
  return take_rows(st, st->many ? open_cursor(st)
                       : again  ? ask_named(st)
                                : ask_with(st, st->prepared->sql.text));
}

enum step remote_step(struct remote_statement *st) {
  if (!st->prepared->answers) return send_ahead(st) ? STEP_DONE : STEP_FAILED;
  if (!st->begun) {
    st->begun = true;
    if (!ask(st)) return STEP_FAILED;
  } else if (st->rows) {
    st->row++;
  }
  if (!st->rows) return STEP_FAILED;
  if (st->row < st->of->p->pq.ntuples(st->rows)) return STEP_ROW;
  if (st->last) return STEP_DONE;
  if (!take_rows(st, fetch(st))) return STEP_FAILED;
  return st->of->p->pq.ntuples(st->rows) > 0 ? STEP_ROW : STEP_DONE;
}

void remote_reset(struct remote_statement *st) {
  struct remote *r = st->of;
  if (st->cursor && !*r->failed)
    r->p->pq.clear(run_text(r, arena_printf(r->a, "CLOSE %s", st->cursor)));
  st->cursor = NULL;
  take_rows(st, NULL);
  st->begun = false;
}

/* ---- statements ----------------------------------------------------------------------- */

static bool answers_with_rows(const char *sql) {
  return strncmp(sql, "SELECT ", 7) == 0 || strncmp(sql, "WITH ", 5) == 0 ||
         strstr(sql, " RETURNING ");
}

static void index_signs(struct prepared *p, struct arena *a) {
  for (int k = 0; k < p->sql.n; k++)
    if (p->sql.numbers[k] > p->signs) p->signs = p->sql.numbers[k];
  p->place = NEW_N(a, int, p->signs + 1);
  for (int n = 0; n <= p->signs; n++) p->place[n] = -1;
  for (int k = 0; k < p->sql.n; k++) p->place[p->sql.numbers[k]] = k;
}

static struct prepared *prepared_of(struct remote *r, const char *sql) {
  struct prepared *p = map_get(&r->prepared, sql);
  if (p) return p;
  p = NEW(r->a, struct prepared);
  *p = (struct prepared){.sql = dialect_for_postgres(sql, r->a),
                         .name = arena_printf(r->a, "vigie_%zu", ++r->names)};
  p->answers = answers_with_rows(p->sql.text);
  index_signs(p, r->a);
  map_put(&r->prepared, r->a, arena_strdup(r->a, sql), p);
  return p;
}

struct remote_statement *remote_prepare(struct remote *r, const char *sql, bool many) {
  struct remote_statement *st = NEW(r->a, struct remote_statement);
  struct prepared *p = prepared_of(r, sql);
  size_t n = (size_t)p->sql.n;
  *st = (struct remote_statement){.of = r,
                                  .prepared = p,
                                  .values = NEW_N(r->a, const char *, n),
                                  .lengths = NEW_N(r->a, int, n),
                                  .formats = NEW_N(r->a, int, n),
                                  .words = arena_alloc(r->a, n * sizeof *st->words),
                                  .many = many};
  return st;
}

void remote_end(struct remote_statement *st) { remote_reset(st); }

int remote_columns(const struct remote_statement *st) { return st->of->p->pq.nfields(st->rows); }

int remote_signs(const struct remote_statement *st) { return st->prepared->signs; }

/* ---- values --------------------------------------------------------------------------- */

/* Where the value of sign ?at stands; -1: nowhere. */
static int place_of(const struct remote_statement *st, int at) {
  return at > 0 && at <= st->prepared->signs ? st->prepared->place[at] : -1;
}

void remote_bind_text(struct remote_statement *st, int at, const char *text) {
  int k = place_of(st, at);
  if (k < 0) return;
  st->values[k] = text;
  st->formats[k] = 0;
}

void remote_bind_word(struct remote_statement *st, int at, const char *word) {
  int k = place_of(st, at);
  if (k < 0) return;
  CHECK(strlen(word) <= BOUND_WORD_MAX); /* at most */
  remote_bind_text(st, at, strcpy(st->words[k], word));
}

void remote_bind_int(struct remote_statement *st, int at, int64_t n) {
  char word[BOUND_WORD_MAX + 1];
  snprintf(word, sizeof word, "%lld", (long long)n);
  remote_bind_word(st, at, word);
}

/* As many digits as lead back to the same number. */
void remote_bind_real(struct remote_statement *st, int at, double x) {
  char word[BOUND_WORD_MAX + 1];
  snprintf(word, sizeof word, "%.17g", x);
  remote_bind_word(st, at, word);
}

void remote_bind_bytes(struct remote_statement *st, int at, const void *bytes, size_t n) {
  int k = place_of(st, at);
  if (k < 0) return;
  st->values[k] = bytes ? bytes : "";
  st->lengths[k] = (int)n;
  st->formats[k] = 1;
}

/* ---- columns -------------------------------------------------------------------------- */

const char *remote_text(const struct remote_statement *st, int at) {
  const struct libpq *pq = &st->of->p->pq;
  return pq->getisnull(st->rows, st->row, at) ? NULL : pq->getvalue(st->rows, st->row, at);
}

int64_t remote_int(const struct remote_statement *st, int at) {
  const char *text = remote_text(st, at);
  if (!text) return 0;
  return *text == 't' ? 1 : strtoll(text, NULL, 10);
}

double remote_real(const struct remote_statement *st, int at) {
  const char *text = remote_text(st, at);
  return text ? strtod(text, NULL) : 0;
}

static int hex_digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

/* "\x48690a" */
const char *remote_bytes(const struct remote_statement *st, int at, struct arena *a, size_t *n) {
  const char *text = remote_text(st, at);
  *n = text ? strlen(text) / 2 - 1 : 0;
  char *bytes = arena_alloc(a, *n + 1);
  for (size_t i = 0; i < *n; i++)
    bytes[i] = (char)(hex_digit(text[2 * i + 2]) << 4 | hex_digit(text[2 * i + 3]));
  return bytes;
}

/* ---- the connection ------------------------------------------------------------------- */

bool remote_open(const char *address, const struct postgres_role *role, struct arena *a,
                 struct remote **out, struct diags *problems) {
  struct postgres *p;
  if (!postgres_open(address, role, a, &p, problems)) return false;
  *out = NEW(a, struct remote);
  **out = (struct remote){.p = p, .a = a};
  return true;
}

void remote_close(struct remote *r) {
  if (r) postgres_close(r->p);
}
