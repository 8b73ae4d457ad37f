/* In: statements of the state. Out: what PostgreSQL answers. */
#include "action/store/remote.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "action/store/dialect.h"
#include "action/store/rows.h"
#include "base/check.h"
#include "base/map.h"

/* Statements that are sent ahead before their answers are read; rows that come at a time; rows that
 * wait to be written together; from how many on they are one statement, of which the server has to
 * be asked first what it takes. */
enum { AHEAD_MAX = 2000, ROWS_AT_A_TIME = 1000, ROWS_WAITING_MAX = 4000, ROWS_TOGETHER = 16 };

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
  const struct rows_form *form; /* NULL: it writes one row at a time */
  const char *many;             /* for many rows, NULL until they come; on the server: many_name */
  const char *many_name;
  bool many_sent, alone; /* alone: it takes a value of a type that no array of ours has */
};

/* Rows of one statement that wait to be written. */
struct waiting {
  struct prepared *prepared;
  VEC(const char *) values; /* row after row */
  size_t rows;
  struct map keys; /* of an UPDATE */
};

struct remote {
  struct postgres *p;
  struct arena *a;
  struct map prepared;           /* struct prepared, by SQL */
  size_t names;                  /* that were given until now */
  size_t ahead;                  /* statements whose answers are not read yet */
  bool sending_ahead;            /* libpq is in its pipeline mode */
  VEC(struct waiting *) waiting; /* in the order in which they are to be written */
  struct arena *of_waiting;      /* NULL: nothing waits */
  size_t rows_waiting;
  char failed[6]; /* SQLSTATE of what failed first; "": nothing has */
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

/* Everything that was sent has been answered, and the next thing can be asked. */
static bool settle_sent(struct remote *r) {
  bool ok = take_answers(r);
  if (r->sending_ahead && !r->p->pq.exitPipelineMode(r->p->connection)) ok = fail(r, NULL);
  r->sending_ahead = false;
  return ok;
}

/* A statement by its name, which the server learns the first time. */
struct sending {
  const char *name, *text;
  bool *sent;
  int n;
  const char *const *values;
  const int *lengths, *formats; /* NULL: all are texts */
};

static bool send_ahead(struct remote *r, const struct sending *s) {
  const struct libpq *pq = &r->p->pq;
  if (!r->sending_ahead && !pq->enterPipelineMode(r->p->connection)) return fail(r, NULL);
  r->sending_ahead = true;
  if (!*s->sent && !pq->sendPrepare(r->p->connection, s->name, s->text, 0, NULL))
    return fail(r, NULL);
  r->ahead += 1 + !*s->sent;
  *s->sent = true;
  if (!pq->sendQueryPrepared(r->p->connection, s->name, s->n, s->values, s->lengths, s->formats, 0))
    return fail(r, NULL);
  return r->ahead < AHEAD_MAX || take_answers(r);
}

static struct sending one_row(struct prepared *p, const char *const *values) {
  return (struct sending){p->name, p->sql.text, &p->sent, p->sql.n, values, NULL, NULL};
}

/* Takes over the answer; NULL where it is none. */
static PGresult *checked(struct remote *r, PGresult *result) {
  if (is_good(r, result)) return result;
  fail(r, result);
  r->p->pq.clear(result);
  return NULL;
}

/* The second time a statement gets a name on the server, which then has read it. */
static bool give_name(struct remote *r, struct prepared *p) {
  if (p->sent) return true;
  const struct libpq *pq = &r->p->pq;
  PGresult *result = checked(r, pq->prepare(r->p->connection, p->name, p->sql.text, 0, NULL));
  pq->clear(result);
  return (p->sent = result != NULL);
}

/* ---- rows that are written together --------------------------------------------------- */

/* NULL: an array of it is not known to us. */
static const char *type_named(Oid type) {
  static const struct {
    Oid oid;
    const char *name;
  } types[] = {{20, "int8"}, {25, "text"}, {701, "float8"}, {23, "int4"}, {16, "bool"}};
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (types[i].oid == type) return types[i].name;
  return NULL;
}

/* Asks the server of which types the values of the statement are. */
static bool learn_many(struct remote *r, struct prepared *p) {
  const struct libpq *pq = &r->p->pq;
  const char **types = NEW_N(r->a, const char *, p->sql.n);
  if (!settle_sent(r) || !give_name(r, p)) return false;
  PGresult *result = checked(r, pq->describePrepared(r->p->connection, p->name));
  if (!result) return false;
  for (int k = 0; k < p->sql.n; k++) {
    types[k] = type_named(pq->paramtype(result, k));
    p->alone |= !types[k];
  }
  pq->clear(result);
  if (p->alone) return true;
  p->many = rows_sql(p->form, types, p->sql.n, r->a);
  p->many_name = arena_printf(r->a, "%s_many", p->name);
  return true;
}

static bool send_rows(struct remote *r, const struct waiting *w) {
  struct prepared *p = w->prepared;
  size_t n = (size_t)p->sql.n;
  bool ok = true;
  if (w->rows >= ROWS_TOGETHER && !p->many && !p->alone && !learn_many(r, p)) return false;
  if (w->rows < ROWS_TOGETHER || p->alone) {
    for (size_t i = 0; ok && i < w->rows; i++) {
      struct sending one = one_row(p, w->values.v + i * n);
      ok = send_ahead(r, &one);
    }
    return ok;
  }
  const char **arrays = NEW_N(r->of_waiting, const char *, n);
  for (size_t k = 0; k < n; k++) arrays[k] = rows_array(w->values.v + k, w->rows, n, r->of_waiting);
  return send_ahead(
      r, &(struct sending){p->many_name, p->many, &p->many_sent, p->sql.n, arrays, NULL, NULL});
}

static bool write_waiting(struct remote *r) {
  if (!r->of_waiting) return true;
  bool ok = true;
  for (size_t i = 0; ok && i < r->waiting.n; i++) ok = send_rows(r, r->waiting.v[i]);
  arena_free(r->of_waiting);
  r->of_waiting = NULL;
  r->waiting.v = NULL;
  r->waiting.n = r->waiting.cap = r->rows_waiting = 0;
  return ok;
}

/* What the row is found by, as one text. */
static const char *key_text(const struct remote_statement *st) {
  const struct prepared *p = st->prepared;
  const char *key = "";
  for (int k = 0; k < p->sql.n; k++)
    if (p->form->is_key[k])
      key = arena_printf(st->of->of_waiting, "%s%zu:%s", key,
                         st->values[k] ? strlen(st->values[k]) : 0,
                         st->values[k] ? st->values[k] : "");
  return key;
}

/* Those of the statement; NULL: none wait. *ahead: a row may go there ahead of those that wait
 * behind it, which are of tables of their own. */
static struct waiting *waiting_of(const struct remote *r, const struct prepared *p, bool *ahead) {
  struct waiting *found = NULL;
  *ahead = true;
  for (size_t i = 0; i < r->waiting.n; i++) {
    const struct prepared *other = r->waiting.v[i]->prepared;
    if (found && strcmp(other->form->table, p->form->table) == 0) *ahead = false;
    if (other == p) found = r->waiting.v[i];
  }
  return found;
}

/* Behind those of the tables that its own points to, and of its own. */
static struct waiting *begin_waiting(struct remote *r, struct prepared *p) {
  struct waiting *w = NEW(r->of_waiting, struct waiting);
  w->prepared = p;
  VEC_PUSH(r->of_waiting, &r->waiting, w);
  size_t at = r->waiting.n - 1;
  for (; at > 0 && r->waiting.v[at - 1]->prepared->form->behind > p->form->behind; at--)
    r->waiting.v[at] = r->waiting.v[at - 1];
  return r->waiting.v[at] = w;
}

static struct waiting *place_of_row(struct remote_statement *st) {
  struct remote *r = st->of;
  struct prepared *p = st->prepared;
  bool ahead;
  if (!r->of_waiting) r->of_waiting = arena_new();
  struct waiting *w = waiting_of(r, p, &ahead);
  bool again = w && p->form->changes && map_get(&w->keys, key_text(st));
  if (w && (again || !ahead)) {
    if (!write_waiting(r)) return NULL;
    r->of_waiting = arena_new();
    w = NULL;
  }
  return w ? w : begin_waiting(r, p);
}

static bool let_wait(struct remote_statement *st) {
  struct remote *r = st->of;
  struct waiting *w = place_of_row(st);
  if (!w) return false;
  if (st->prepared->form->changes) map_put(&w->keys, r->of_waiting, key_text(st), w);
  for (int k = 0; k < st->prepared->sql.n; k++) {
    const char *value = st->values[k] ? arena_strdup(r->of_waiting, st->values[k]) : NULL;
    VEC_PUSH(r->of_waiting, &w->values, value);
  }
  w->rows++;
  return ++r->rows_waiting < ROWS_WAITING_MAX || write_waiting(r);
}

static bool all_are_texts(const struct remote_statement *st) {
  for (int k = 0; k < st->prepared->sql.n; k++)
    if (st->formats[k]) return false;
  return true;
}

static bool write_row(struct remote_statement *st) {
  struct prepared *p = st->prepared;
  if (p->form && all_are_texts(st)) return let_wait(st);
  struct sending one = one_row(p, st->values);
  one.lengths = st->lengths;
  one.formats = st->formats;
  return write_waiting(st->of) && send_ahead(st->of, &one);
}

/* Everything has been written and answered. */
static bool settle(struct remote *r) {
  bool written = write_waiting(r);
  return settle_sent(r) && written;
}

/* ---- what is asked -------------------------------------------------------------------- */

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

static PGresult *ask_named(struct remote_statement *st) {
  struct remote *r = st->of;
  struct prepared *p = st->prepared;
  const struct libpq *pq = &r->p->pq;
  if (!give_name(r, p)) return NULL;
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
  if (!st->prepared->answers) return write_row(st) ? STEP_DONE : STEP_FAILED;
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
  if (!p->answers) p->form = rows_form_of(p->sql.text, p->sql.n, r->a);
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
  if (!r) return;
  arena_free(r->of_waiting);
  r->of_waiting = NULL;
  postgres_close(r->p);
}
