/* In: a policy without mistakes. Out: what lint says of it, and which of its tests fail. */
#include "editor/server.h"
#include "lint/lint.h"
#include "test/suite.h"

/* With the edit that corrects it, where lint has one. */
static json_t *finding_json(const struct lint_result *r, const struct lines *lines,
                            const struct diag *d, struct arena *a) {
  json_t *out = diagnostic_json(a, lines, d);
  for (size_t i = 0; i < r->fixes.n; i++) {
    const struct lint_fix *f = &r->fixes.v[i];
    if (f->of != d || f->at.src != d->span.src) continue;
    json_object_set_new(out, "data",
                        json_pack("{s:{s:o, s:s}}", "fix", "range",
                                  range_json(lines, f->at.at, f->at.end), "newText", f->text));
  }
  return out;
}

/* What tests of the file expected, and did not come. */
static void add_failures(json_t *of_file, const struct source *src, const struct lines *lines,
                         const struct suite *tests, struct arena *a) {
  for (size_t i = 0; i < tests->results.n; i++)
    for (size_t k = 0; k < tests->results.v[i].failures.n; k++) {
      const struct failure *f = &tests->results.v[i].failures.v[k];
      if (f->span.src != src) continue;
      const char *message = arena_join(a, "the test fails: ", f->message, "");
      json_array_append_new(of_file, underline_json(lines, f->span, 1, "test", message));
    }
}

/* Those of lint: what check says of the same files the editor knows already. */
static json_t *findings_json(const struct analysis *x, const struct lint_result *r,
                             const struct suite *tests, struct arena *a) {
  json_t *all = json_object();
  for (size_t i = 0; i < x->rs->sources.n; i++) {
    json_t *of_file = json_array();
    struct lines lines = lines_of_source(a, x->rs->sources.v[i]);
    for (size_t k = 0; k < r->findings.list.n; k++) {
      const struct diag *d = r->findings.list.v[k];
      if (d->span.src == x->rs->sources.v[i] && diag_kind_find(d->kind->code) != d->kind)
        json_array_append_new(of_file, finding_json(r, &lines, d, a));
    }
    add_failures(of_file, x->rs->sources.v[i], &lines, tests, a);
    if (json_array_size(of_file)) json_object_set(all, x->ids[i], of_file);
    json_decref(of_file);
  }
  return all;
}

/* By file and name: null, or what it expected and did not get. */
static json_t *tests_json(const struct analysis *x, const struct suite *tests) {
  json_t *all = json_object();
  for (size_t i = 0; i < tests->results.n; i++) {
    const struct test_result *r = &tests->results.v[i];
    const char *id = x->ids[r->test->span.src->order];
    json_t *of_file = json_object_get(all, id);
    if (!of_file) json_object_set_new(all, id, of_file = json_object());
    json_object_set_new(of_file, r->test->name,
                        r->failures.n ? json_string(r->failures.v[0].message) : json_null());
  }
  return all;
}

void findings_run(const struct editor *e, const struct analysis *x, int to) {
  struct arena *a = arena_new();
  struct diags problems = {.arena = a};
  struct lint_options o = {.today = e->setup->today(e->setup->ctx, x->rs), .max_open = -1};
  struct suite tests = {0};
  suite_run(x->rs, NULL, false, a, &tests);
  job_write(to, json_pack("{s:o}", "tests", tests_json(x, &tests)));
  struct lint_result *r = lint_run(x->rs, a, &o, &problems);
  if (r) job_write(to, json_pack("{s:o}", "findings", findings_json(x, r, &tests, a)));
}

void findings_take(struct editor *e, struct policy *p, json_t *found) {
  json_t *findings = json_object_get(found, "findings");
  if (findings) {
    json_decref(p->findings);
    p->findings = json_incref(findings);
    diagnostics_publish(e, p);
    return;
  }
  json_object_update(p->figures, found);
  lenses_say_tests(e, p);
  editor_refresh(e);
}
