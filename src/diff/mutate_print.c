/* In: what became of the changes. Out: the missing tests, for people and programs. */
#include <jansson.h>
#include <string.h>

#include "action/value_json.h"
#include "base/table.h"
#include "base/text.h"
#include "diff/mutate.h"
#include "diff/proof.h"

enum { TESTS_SHOWN = 10 };

static const char *place_of(const struct mutation *m, struct arena *a) {
  int line, col;
  source_place(m->span.src, a, m->span.at, &line, &col);
  return arena_printf(a, "%s:%d", m->span.src->path, line);
}

static void print_line(FILE *f, const struct mutation *m, int width, struct arena *a) {
  const struct table_col columns[] = {{.header = ""}, {.header = "", .fit = FIT_WRAP}};
  struct table *t = table_new(a, columns, 2);
  const char *text = m->rule ? arena_printf(a, "%s: %s", m->rule->name, m->what) : m->what;
  table_row(t, (const char *const[]){arena_printf(a, "  %s", place_of(m, a)), text});
  table_print(t, f, width, false);
}

static void print_tests(FILE *f, const struct mutations *m, int width, struct arena *a) {
  struct map seen = {0};
  size_t shown = 0;
  if (m->survived) fputs("\nNo test notices\n", f);
  for (size_t i = 0; i < m->list.n; i++) {
    const struct mutation *x = &m->list.v[i];
    if (x->end != MUTATION_SURVIVED) continue;
    if (shown++ >= TESTS_SHOWN) continue;
    print_line(f, x, width, a);
    /* one row may show several changes: what stands below the name is printed once */
    if (!x->test || map_put(&seen, a, strchr(x->test, '\n'), (void *)(uintptr_t)x)) continue;
    print_test_block(f, x->test);
  }
  if (shown > TESTS_SHOWN) fprintf(f, "  %zu more: --format json\n", shown - TESTS_SHOWN);
}

void print_mutations_text(FILE *f, const struct mutations *m, int width, struct arena *a) {
  long judged = m->noticed + m->survived;
  size_t shown = 0;
  fprintf(f, "%ld %s: the tests notice %ld of %ld that change an answer\n", (long)m->list.n,
          plural((long)m->list.n, "change", "changes"), m->noticed, judged);
  print_tests(f, m, width, a);
  if (!m->untestable) return;
  fprintf(f, "\nNo test of one day shows these, in no score: %ld\n", m->untestable);
  for (size_t i = 0; i < m->list.n && shown < TESTS_SHOWN; i++) {
    if (m->list.v[i].end != MUTATION_UNTESTABLE) continue;
    print_line(f, &m->list.v[i], width, a);
    shown++;
  }
  if (m->untestable > TESTS_SHOWN)
    fprintf(f, "  %ld more: --format json\n", m->untestable - TESTS_SHOWN);
}

static json_t *list_json(const struct mutations *m, enum mutation_end end, struct arena *a) {
  json_t *list = json_array();
  for (size_t i = 0; i < m->list.n; i++) {
    const struct mutation *x = &m->list.v[i];
    if (x->end != end) continue;
    json_t *o = json_object();
    json_object_set_new(o, "rule", text_json(x->rule ? x->rule->name : NULL));
    json_object_set_new(o, "change", text_json(x->what));
    json_object_set_new(o, "place", text_json(place_of(x, a)));
    json_object_set_new(o, "test", text_json(x->test));
    json_array_append_new(list, o);
  }
  return list;
}

void print_mutations_json(FILE *f, const struct mutations *m, struct arena *a) {
  json_t *doc = json_object();
  json_object_set_new(doc, "changes", json_integer((json_int_t)m->list.n));
  json_object_set_new(doc, "noticed", json_integer(m->noticed));
  json_object_set_new(doc, "same", json_integer(m->same));
  json_object_set_new(doc, "survived", list_json(m, MUTATION_SURVIVED, a));
  json_object_set_new(doc, "not_testable", list_json(m, MUTATION_UNTESTABLE, a));
  json_print(f, doc);
}
