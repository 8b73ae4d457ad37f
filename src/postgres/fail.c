/* In: a connection or a result that is not what was asked for. Out: an error that says what to
 * do. */
#include <string.h>

#include "base/check.h"
#include "postgres/connection.h"

static const struct failure {
  const char *state;
  enum { REFUSED, GONE } kind;
  const char *text;
} failures[] = {
#define FAILURE(state, kind, text) {state, kind, text},
#include "postgres/failure.def"
#undef FAILURE
};

#define LOST \
  "the connection to %s was lost%s: %s. Look whether the server still runs, then run again"

/* libpq says more than one line: the first is what happened. */
static const char *first_line(const char *text, struct arena *a) {
  size_t n = text ? strcspn(text, "\n") : 0;
  while (n > 0 && strchr(" .:", text[n - 1])) n--;
  return n ? arena_strndup(a, text, n) : "it does not say why";
}

const char *postgres_state_of(const struct postgres *p, const PGresult *r) {
  const char *state = r ? p->pq.resultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
  return state ? state : "";
}

static const struct failure *failure_of(const char *state) {
  for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
    if (strncmp(state, failures[i].state, strlen(failures[i].state)) == 0) return &failures[i];
  UNREACHABLE("the last row takes every state");
}

bool postgres_fail(struct postgres *p, const PGresult *r, const char *what,
                   struct diags *problems) {
  struct arena *a = problems->arena;
  enum diag_code code = p->role->cannot_go;
  const char *reason = r ? p->pq.resultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
  const char *of = what ? arena_printf(a, " (while reading %s)", what) : "";
  reason = first_line(reason ? reason : p->pq.errorMessage(p->connection), a);
  p->gone = p->pq.status(p->connection) == CONNECTION_BAD;
  if (p->gone) return diag_fail(problems, code, LOST, p->name, of, reason);
  const struct failure *f = failure_of(postgres_state_of(p, r));
  p->gone = f->kind == GONE;
  return diag_fail(problems, code, f->text, p->name, of, reason);
}
