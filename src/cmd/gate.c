/* In: the text behind --fail-if, and what a run would change. Out: which gates fail. */
#include "cmd/gate.h"

#include <stdio.h>
#include <string.h>

#include "base/suggest.h"

enum gate_of { GATE_OPENED, GATE_RESOLVED, GATE_ESCALATED, GATE_UPDATED, GATE_TO_DO, GATE_LATE };
static const char *const names[] = {"opened", "resolved", "escalated", "updated", "to_do", "late"};
enum { GATES = sizeof names / sizeof *names };

static int gate_named(const char *name) {
  for (int i = 0; i < GATES; i++)
    if (strcmp(names[i], name) == 0) return i;
  return -1;
}

static bool read_one(const char *text, struct arena *a, gate_list *out, struct diags *problems) {
  char name[32] = "", op[3] = "", rest = 0;
  long limit = 0;
  int n = sscanf(text, " %31[a-z_] %2[>=] %ld %c", name, op, &limit, &rest);
  bool known = gate_named(name) >= 0, good = strcmp(op, ">") == 0 || strcmp(op, ">=") == 0;
  if (n == 3 && known && good && limit >= 0) {
    struct gate g = {.what = arena_strdup(a, name), .limit = limit, .or_equal = op[1] == '='};
    VEC_PUSH(a, out, g);
    return true;
  }
  const char *near = *name && !known ? suggest(name, names, GATES) : NULL;
  if (near)
    return diag_fail(problems, V0704, "--fail-if knows no \"%s\": did you mean %s?", name, near);
  return diag_fail(problems, V0704,
                   "--fail-if takes opened, resolved, escalated, updated, to_do or late, and a "
                   "limit, such as \"opened > 50, late > 10\", not \"%s\"",
                   text);
}

bool gates_read(const char *text, struct arena *a, gate_list *out, struct diags *problems) {
  while (true) {
    size_t n = strcspn(text, ",");
    if (!read_one(arena_strndup(a, text, n), a, out, problems)) return false;
    if (!text[n]) return true;
    text += n + 1;
  }
}

static long value_of(enum gate_of of, const struct outcome *o) {
  const struct counts *c = &o->decision.counts;
  struct item_counts items = items_count(o->open, o->n_open, o->verdicts->as_of);
  const long values[GATES] = {
      [GATE_OPENED] = c->opened,   [GATE_RESOLVED] = c->resolved, [GATE_ESCALATED] = c->escalated,
      [GATE_UPDATED] = c->updated, [GATE_TO_DO] = items.to_do,    [GATE_LATE] = items.late};
  return values[of];
}

bool gates_check(gate_list *gates, const struct outcome *o, FILE *f) {
  bool passed = true;
  for (size_t i = 0; i < gates->n; i++) {
    struct gate *g = &gates->v[i];
    g->is = value_of((enum gate_of)gate_named(g->what), o);
    bool failed = g->or_equal ? g->is >= g->limit : g->is > g->limit;
    passed &= !failed;
    const char *form = g->or_equal ? "gate: %s is %ld, %ld or more fails: %s\n"
                                   : "gate: %s is %ld, more than %ld fails: %s\n";
    fprintf(f, form, g->what, g->is, g->limit, failed ? "failed" : "ok");
  }
  return passed;
}
