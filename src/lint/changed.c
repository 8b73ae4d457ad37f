/* Only what changed. In: findings, and an older version of the files (a folder, or what git has).
 * Out: the findings whose declaration is new or different. */
#include "lint/changed.h"

#include <stdlib.h>
#include <string.h>

#include "syntax/git_files.h"
#include "syntax/parse_file.h"
#include "syntax/rule_files.h"

struct older {
  struct ruleset *rs;
  struct arena *a;
  struct map items; /* the text of every declaration of the older version */
  struct diags *problems;
};

static struct span item_span(const struct ast_item *it) {
  struct span s = it->head->span;
  for (size_t i = 0; i < it->body.n; i++) s = span_join(s, it->body.v[i]->span);
  return s;
}

static void remember(struct older *o, const char *path, const char *text, size_t n) {
  struct diags unheard = {.arena = o->a};
  struct source *src = source_new(o->a, path, text, n);
  struct ast *ast = parse_source(o->a, src, &unheard);
  for (size_t i = 0; i < ast->items.n; i++)
    map_put(&o->items, o->a, span_text(o->a, item_span(ast->items.v[i])), ast);
}

/* ---- git ------------------------------------------------------------------------------ */

static const char *folder_of(struct arena *a, const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? arena_strndup(a, path, (size_t)(slash - path + 1)) : "./";
}

/* ref:./name, seen from the folder of the file: git then finds the repository by itself. A file
 * that was not there yet is new as a whole. */
static void remember_from_git(struct older *o, const struct source *src, const char *ref) {
  size_t n;
  const char *slash = strrchr(src->path, '/'), *name = slash ? slash + 1 : src->path;
  char *argv[] = {"git",
                  "-C",
                  (char *)folder_of(o->a, src->path),
                  "show",
                  arena_printf(o->a, "%s:./%s", ref, name),
                  NULL};
  char *text = git_output(argv, &n);
  if (text) remember(o, src->path, text, n);
  free(text);
}

/* ---- folders -------------------------------------------------------------------------- */

static bool remember_folder(struct older *o, const char *dir) {
  path_list files = {0};
  if (!rule_files(&dir, 1, o->a, &files, o->problems)) return false;
  for (size_t i = 0; i < files.n; i++) {
    const struct source *src = rule_file_read(o->a, files.v[i], o->problems);
    if (!src) return false;
    remember(o, src->path, src->text, src->size);
  }
  return true;
}

/* ---- findings ------------------------------------------------------------------------- */

/* The finding stands in a declaration that the older version has word for word. */
static bool unchanged(const struct older *o, const struct diag *d) {
  for (size_t i = 0; d->span.src && i < o->rs->asts.n; i++) {
    const struct ast *ast = o->rs->asts.v[i];
    if (ast->src != d->span.src) continue;
    for (size_t k = 0; k < ast->items.n; k++) {
      struct span s = item_span(ast->items.v[k]);
      if (d->span.at >= s.at && d->span.at <= s.end)
        return map_get(&o->items, span_text(o->a, s)) != NULL;
    }
  }
  return false;
}

bool lint_keep_changed(struct ruleset *rs, struct lint_result *r, const char *ref, const char *dir,
                       struct diags *problems) {
  struct older o = {.rs = rs, .a = r->findings.arena, .problems = problems};
  struct diags all = r->findings;
  if (dir && !remember_folder(&o, dir)) return false;
  for (size_t i = 0; ref && i < rs->sources.n; i++) {
    if (strncmp(rs->sources.v[i]->path, "stdlib/", 7) == 0) continue;
    if (i == 0 &&
        !git_ref_known(ref, folder_of(o.a, rs->sources.v[i]->path), "--since", o.a, problems))
      return false;
    remember_from_git(&o, rs->sources.v[i], ref);
  }
  r->findings = (struct diags){.arena = o.a};
  for (size_t i = 0; i < all.list.n; i++) {
    struct diag *d = all.list.v[i];
    if (unchanged(&o, d)) continue;
    r->findings.errors += d->kind->level == LEVEL_ERROR;
    r->findings.warnings += d->kind->level == LEVEL_WARNING;
    VEC_PUSH(o.a, &r->findings.list, d);
  }
  return true;
}
