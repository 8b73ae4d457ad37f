/* In: a file as it stands in the editor. Out: what is written above its items: what was worked out
 * of them in the background. Nothing is waited for: the editor is told when there is more. */
#include <string.h>

#include "base/clock.h"
#include "editor/naming.h"
#include "syntax/parse_file.h"

static const char RUN_TEST[] = "vigie.run_test";

/* Of a kind of figures what is known of a name; NULL: nothing. */
static json_t *figure_of(const struct asked *q, const char *kind, const char *name) {
  return name ? json_object_get(json_object_get(q->doc->policy->figures, kind), name) : NULL;
}

static void add_lens(struct asked *q, const struct clause *c, const char *title,
                     const char *command, json_t *out) {
  json_t *lens =
      json_pack("{s:o, s:{s:s, s:s}}", "range", range_json(&q->doc->text, c->span.at, c->span.end),
                "command", "title", title, "command", command);
  if (*command)
    json_object_set_new(json_object_get(lens, "command"), "arguments",
                        json_pack("[s, s]", q->doc->uri, c->text));
  json_array_append_new(out, lens);
}

/* ---- a kind each ------------------------------------------------------------------------ */

static void add_test(struct asked *q, const struct clause *c, json_t *out) {
  const json_t *of_file = figure_of(q, "tests", q->doc->id);
  const json_t *result = c->text ? json_object_get(of_file, c->text) : NULL;
  const char *title = "run this test";
  if (json_is_null(result)) title = "run this test: it passed";
  if (json_is_string(result))
    title = arena_printf(q->a, "run this test: it fails: %s", json_string_value(result));
  if (c->text) add_lens(q, c, title, RUN_TEST, out);
}

static void add_threshold(struct asked *q, const struct clause *c, json_t *out) {
  const json_t *titles = json_object_get(figure_of(q, "thresholds", c->name), "titles");
  for (size_t i = 0; i < json_array_size(titles); i++)
    add_lens(q, c, json_string_value(json_array_get(titles, i)), "", out);
}

/* The name of a rule; of a sentence the one that the reading gave it. NULL: it is not known. */
static const char *rule_name_of(const struct asked *q, const struct clause *c) {
  const struct policy *p = q->doc->policy;
  if (c->kind == C_RULE || !policy_is_current(p)) return c->name;
  const struct source *src = analysis_source(p->now, q->doc->id);
  for (size_t i = 0; src && i < p->now->rs->rules.n; i++)
    if (p->now->rs->rules.v[i]->span.src == src && p->now->rs->rules.v[i]->span.at == c->span.at)
      return p->now->rs->rules.v[i]->name;
  return NULL;
}

static void add_rule(struct asked *q, const struct clause *c, json_t *out) {
  const json_t *change = figure_of(q, "changes", rule_name_of(q, c));
  const char *title = json_string_value(json_object_get(change, "short"));
  if (title) add_lens(q, c, title, "", out);
}

/* Why nothing is counted, where data are named. */
static void add_project(struct asked *q, const struct clause *c, json_t *out) {
  const char *why = json_string_value(json_object_get(q->doc->policy->figures, "failed"));
  if (why && *why)
    add_lens(q, c, arena_printf(q->a, "nothing is counted on the data: %s", why), "", out);
}

typedef void add_lenses(struct asked *q, const struct clause *head, json_t *out);
static const struct {
  enum clause_kind kind;
  add_lenses *add;
} of_kind[] = {{C_TEST, add_test},
               {C_THRESHOLD, add_threshold},
               {C_PROJECT, add_project},
               {C_RULE, add_rule},
               {C_SENTENCE, add_rule}};

/* ---- the answer ------------------------------------------------------------------------- */

json_t *answer_lenses(struct asked *q) {
  if (!q->doc) return answer_refused(q, ANSWER_WRONG_PARAMS, "the file is not open");
  const struct ast *ast = document_ast(q->doc);
  json_t *out = json_array();
  for (size_t i = 0; i < ast->items.n; i++)
    for (size_t k = 0; k < sizeof of_kind / sizeof *of_kind; k++)
      if (ast->items.v[i]->head->kind == of_kind[k].kind)
        of_kind[k].add(q, ast->items.v[i]->head, out);
  return out;
}

/* ---- a test is run ---------------------------------------------------------------------- */

/* All tests are, at once: what became of this one is said when it is known. */
json_t *answer_command(struct asked *q) {
  const char *command = json_string_value(json_object_get(q->params, "command"));
  const json_t *arguments = json_object_get(q->params, "arguments");
  const char *uri = json_string_value(json_array_get(arguments, 0)),
             *test = json_string_value(json_array_get(arguments, 1));
  if (!command || strcmp(command, RUN_TEST) != 0 || !uri || !test)
    return answer_refused(q, ANSWER_WRONG_PARAMS, "no command of this server, or none of a test");
  struct document *d = editor_document(q->e, uri);
  if (!d) return answer_refused(q, ANSWER_WRONG_PARAMS, "the file is not open");
  struct policy *p = d->policy;
  if (policy_is_current(p) && (!p->now->rs || p->now->rs->diags.errors))
    return answer_refused(q, ANSWER_FAILED, "tests are run when nothing is wrong: see the message");
  json_array_append_new(p->wanted_tests, json_pack("[s, s]", d->id, test));
  jobs_stop(q->e, p);
  memset(p->done, 0, sizeof p->done);
  p->jobs_at = clock_seconds();
  return NULL;
}

void lenses_say_tests(struct editor *e, struct policy *p) {
  struct arena *a = arena_new();
  const json_t *tests = json_object_get(p->figures, "tests");
  for (size_t i = 0; i < json_array_size(p->wanted_tests); i++) {
    const json_t *wanted = json_array_get(p->wanted_tests, i);
    const char *id = json_string_value(json_array_get(wanted, 0)),
               *name = json_string_value(json_array_get(wanted, 1));
    const json_t *result = json_object_get(json_object_get(tests, id), name);
    const char *failed = json_string_value(result);
    if (!result) continue; /* taken out meanwhile */
    editor_notify(e, "window/showMessage",
                  json_pack("{s:i, s:s}", "type", failed ? 1 : 3, "message",
                            failed ? arena_printf(a, "test \"%s\" fails: %s", name, failed)
                                   : arena_printf(a, "test \"%s\" passed", name)));
  }
  json_array_clear(p->wanted_tests);
  arena_free(a);
}
