/* In: a policy without mistakes. Out: what lint says of it, and which of its tests fail, from a
 * process of its own: it may take long, and the next key ends it. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"
#include "editor/server.h"
#include "lint/lint.h"
#include "test/suite.h"

/* ---- the child ------------------------------------------------------------------------- */

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

static void write_all(int to, const char *s, size_t n) {
  while (n) {
    ssize_t k = write(to, s, n);
    if (k < 0 && errno != EINTR) return;
    if (k < 0) continue;
    s += k;
    n -= (size_t)k;
  }
}

static void run_lint(const struct editor *e, const struct analysis *x, int to) {
  struct arena *a = arena_new();
  struct diags problems = {.arena = a};
  struct lint_options o = {.today = e->setup->today(e->setup->ctx, x->rs), .max_open = -1};
  struct lint_result *r = lint_run(x->rs, a, &o, &problems);
  struct suite tests = {0};
  if (r) suite_run(x->rs, NULL, false, a, &tests);
  char *text = r ? json_dumps(findings_json(x, r, &tests, a), JSON_COMPACT) : NULL;
  if (text) write_all(to, text, strlen(text));
}

/* ---- the server ------------------------------------------------------------------------ */

void findings_start(struct editor *e, struct policy *p) {
  int ends[2];
  CHECK(!e->lint.pid);
  p->linted = true;
  if (pipe(ends) != 0) return;
  pid_t pid = fork();
  if (pid == 0) {
    close(ends[0]);
    run_lint(e, p->now, ends[1]);
    _exit(0);
  }
  close(ends[1]);
  if (pid < 0)
    close(ends[0]);
  else
    e->lint = (struct findings_child){.pid = pid, .from = ends[0], .policy = p};
}

static void end_child(struct editor *e) {
  close(e->lint.from);
  while (waitpid(e->lint.pid, NULL, 0) < 0 && errno == EINTR) continue;
  free(e->lint.text);
  e->lint = (struct findings_child){0};
}

void findings_stop(struct editor *e) {
  if (!e->lint.pid) return;
  kill(e->lint.pid, SIGKILL);
  end_child(e);
}

void findings_read(struct editor *e) {
  struct findings_child *c = &e->lint;
  if (c->cap - c->n < BUFSIZ) c->text = xrealloc(c->text, c->cap = 2 * c->cap + 2 * BUFSIZ);
  ssize_t k = read(c->from, c->text + c->n, c->cap - c->n);
  if (k < 0 && errno == EINTR) return;
  if (k > 0) {
    c->n += (size_t)k;
    return;
  }
  struct policy *p = c->policy;
  json_t *found = json_loadb(c->text, c->n, 0, NULL);
  end_child(e);
  if (!json_is_object(found)) {
    json_decref(found);
    return;
  }
  json_decref(p->findings);
  p->findings = found;
  diagnostics_publish(e, p);
}
