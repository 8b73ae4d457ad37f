/* In: the tables that a run has read, and what earlier runs saw in them. Out: may it decide? */
#include "action/filled.h"

#include <string.h>

#include "eval/results.h"
#include "sema/ruleset.h"

static bool is_listed(const char *list, const char *table) {
  size_t n = strlen(table);
  for (const char *at = list; at && *at;) {
    size_t line = strcspn(at, "\n");
    if (line == n && strncmp(at, table, n) == 0) return true;
    at += line + (at[line] == '\n');
  }
  return false;
}

static void tell(const struct table_read *r, struct span at, const char *before,
                 struct diags *problems) {
  struct diag *d = diag_add(problems, V0518, at,
                            "the table \"%s\" has no rows%s: nothing was judged, no item changes",
                            r->table, before);
  diag_help(problems, d,
            "load it and run again; if it is meant, write under entity %s: may be empty",
            r->entity->name);
}

bool filled_rows(const struct verdicts *v, struct diags *problems) {
  int errors = problems->errors;
  for (size_t i = 0; i < v->n_reads; i++) {
    const struct table_read *r = &v->reads[i];
    if (!r->history && table_empty(r)) tell(r, r->entity->table_span, "", problems);
  }
  return problems->errors == errors;
}

bool filled_records(const struct verdicts *v, const char *seen, struct diags *problems) {
  int errors = problems->errors;
  for (size_t i = 0; i < v->n_reads; i++) {
    const struct table_read *r = &v->reads[i];
    if (r->history && table_empty(r) && is_listed(seen, r->table))
      tell(r, r->history->span, ", and had some before", problems);
  }
  return problems->errors == errors;
}

const char *filled_histories(const struct verdicts *v, const char *seen, struct arena *a) {
  const char *list = seen ? seen : "";
  for (size_t i = 0; i < v->n_reads; i++) {
    const struct table_read *r = &v->reads[i];
    if (!r->history || !r->rows || is_listed(list, r->table)) continue;
    list = arena_printf(a, "%s%s%s", list, *list ? "\n" : "", r->table);
  }
  return list;
}
