/* In: a policy and the files that are open. Out: its rule set, after a while. */
#include "editor/analysis.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/check.h"
#include "editor/catalog.h"
#include "editor/policy.h"
#include "editor/symbols.h"

static void name_sources(struct analysis *x) {
  struct ruleset *rs = x->rs;
  x->ids = NEW_N(x->arena, const char *, rs->sources.n + 1);
  for (size_t i = 0; i < rs->sources.n; i++) {
    const char *path = rs->sources.v[i]->path;
    const char *id = x->from.identify(x->from.ctx, x->arena, path);
    x->ids[i] = id ? id : path;
  }
}

static void *run_analysis(void *ctx) {
  struct analysis *x = ctx;
  if (ruleset_load(&x->request, x->arena, &x->rs, &x->problems)) {
    name_sources(x);
    x->symbols = symbols_of(x->rs);
    x->catalog = catalog_of(x->rs, x->db, x->catalog);
  } else {
    x->rs = NULL;
  }
  CHECK(write(x->wake, "", 1) == 1);
  return NULL;
}

static struct memory_file copied(struct arena *a, const struct document *d) {
  return (struct memory_file){.path = arena_strdup(a, d->path),
                              .text = arena_strndup(a, d->text.text, d->text.size),
                              .size = d->text.size};
}

struct analysis *analysis_start(struct policy *p, struct document *const *docs, size_t n,
                                const char *db, int wake) {
  struct analysis *x = xcalloc(1, sizeof *x);
  struct arena *a = arena_new();
  struct memory_file *files = NEW_N(a, struct memory_file, n + 1);
  for (size_t i = 0; i < n; i++) files[i] = copied(a, docs[i]);
  path_list *paths = NEW(a, path_list);
  policy_paths(p, docs, n, a, paths);
  *x = (struct analysis){
      .arena = a, .policy = p, .of = p->edits, .db = db, .wake = wake, .catalog = p->catalog};
  x->problems.arena = a;
  x->files = (struct memory_files){.files = files, .n = n, .under = &disk_loader};
  x->from = memory_loader(&x->files);
  x->request = (struct load_request){.paths = paths->v, .n_paths = paths->n, .from = &x->from};
  CHECK(pthread_create(&x->thread, NULL, run_analysis, x) == 0);
  return x;
}

void analysis_join(struct analysis *x) { CHECK(pthread_join(x->thread, NULL) == 0); }

void analysis_free(struct analysis *x) {
  if (!x) return;
  arena_free(x->arena);
  free(x);
}
