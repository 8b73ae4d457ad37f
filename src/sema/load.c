/* Files to a rule set. In: paths, and where their files come from. Out: every file read and parsed
 * once, what they `use` too, then declared. */
#include <string.h>

#include "base/embedded.h"
#include "base/hash.h"
#include "base/limits.h"
#include "base/suggest.h"
#include "sema/sema.h"
#include "syntax/parse_file.h"
#include "syntax/loader.h"

struct loading {
  struct ruleset *rs;
  const struct loader *from;
  struct map seen; /* the one name of a file (or its stdlib path) -> its state below */
  int depth;       /* files being read, each brought by a `use` of the one before */
};

enum file_state { FILE_OPEN = 1, FILE_DONE };

static void set_state(struct loading *l, const char *id, enum file_state s) {
  map_put(&l->seen, l->rs->arena, id, (void *)(intptr_t)s);
}

static void load_uses(struct loading *l, const struct ast *ast, const char *dir);

static void load_source(struct loading *l, struct source *src, const char *id, const char *dir) {
  struct ruleset *rs = l->rs;
  set_state(l, id, FILE_OPEN);
  l->depth++;
  struct ast *ast = parse_source(rs->arena, src, &rs->diags);
  load_uses(l, ast, dir);
  l->depth--;
  /* After what it uses: of two things with one name, the one in the using file is the second. */
  src->order = (int)rs->sources.n;
  VEC_PUSH(rs->arena, &rs->sources, src);
  VEC_PUSH(rs->arena, &rs->asts, ast);
  set_state(l, id, FILE_DONE);
}

static const char *dir_of(struct arena *a, const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? arena_strndup(a, path, (size_t)(slash - path)) : ".";
}

/* use std.retention: a file of the library inside the program. */
static void use_library(struct loading *l, const struct clause *c, const char *theme) {
  struct ruleset *rs = l->rs;
  const char *path = arena_printf(rs->arena, "stdlib/%s.vigie", theme);
  if (map_get(&l->seen, path)) return;
  VEC(const char *) names = {0};
  for (size_t i = 0; i < n_embedded_files; i++) {
    const struct embedded *f = &embedded_files[i];
    if (strcmp(f->path, path) == 0) {
      load_source(l, source_new(rs->arena, path, f->text, f->size), path, NULL);
      return;
    }
    size_t len = strlen(f->path);
    if (strncmp(f->path, "stdlib/", 7) == 0 && len > 13 && strcmp(f->path + len - 6, ".vigie") == 0)
      VEC_PUSH(rs->arena, &names, arena_printf(rs->arena, "%.*s", (int)(len - 13), f->path + 7));
  }
  const char *near = suggest(theme, names.v, names.n);
  struct diag *d =
      diag_add(&rs->diags, V0208, c->span, "the standard library has no theme called `%s`", theme);
  if (near)
    diag_help(&rs->diags, d, "did you mean `use std.%s`?", near);
  else
    diag_help(&rs->diags, d,
              "themes are retention, revenue, pipeline, acquisition, engagement, satisfaction and "
              "handoff");
}

static bool leaves_project(const char *path) {
  if (*path == '/' || *path == '~') return true;
  for (const char *p = path; *p;) {
    size_t n = strcspn(p, "/");
    if (n == 2 && p[0] == '.' && p[1] == '.') return true;
    p += n + (p[n] == '/');
  }
  return false;
}

/* The one name of a file or folder; the path itself when there is no such thing. */
static const char *id_of(const struct loading *l, const char *path) {
  const char *id = l->from->identify(l->from->ctx, l->rs->arena, path);
  return id ? id : path;
}

/* Both are names of identify; a file that is not there has only its path, and lies where that
 * leads. */
static bool lies_below(const char *id, const char *folder) {
  size_t n = strlen(folder);
  while (n && folder[n - 1] == '/') n--;
  return (*folder == '/') != (*id == '/') || n == 0 ||
         (strncmp(id, folder, n) == 0 && id[n] == '/');
}

static bool too_deep_use(struct loading *l, const struct clause *c) {
  if (l->depth <= USE_MAX_DEPTH) return false;
  struct diag *d = diag_add(&l->rs->diags, V0208, c->span,
                            "more than %d files use each other in a row", USE_MAX_DEPTH);
  diag_help(&l->rs->diags, d, "give the files to the command: they see each other's names then");
  return true;
}

/* use "shared/names.vigie" or use shared.names: a file beside this one or below. */
static void use_file(struct loading *l, const struct clause *c, const char *rel, const char *dir) {
  struct ruleset *rs = l->rs;
  struct diag *d;
  if (leaves_project(rel) || !dir) {
    d = diag_add(&rs->diags, V0208, c->span, "`use` cannot leave the folder of this file: %s", rel);
    diag_help(
        &rs->diags, d,
        "name a file beside this one or in a folder below it, or give both files to the command");
    return;
  }
  const char *path = strcmp(dir, ".") == 0 ? rel : arena_printf(rs->arena, "%s/%s", dir, rel);
  const char *id = id_of(l, path);
  intptr_t state = (intptr_t)map_get(&l->seen, id);
  if (state == FILE_OPEN) {
    d = diag_add(&rs->diags, V0207, c->span,
                 "these files use each other in a circle: %s is being read already", rel);
    diag_help(
        &rs->diags, d,
        "remove one `use` of the circle; files given together see each other's names without it");
    return;
  }
  if (state || too_deep_use(l, c)) return;
  const char *why = "it lies outside the project";
  bool inside = lies_below(id, id_of(l, dir)); /* no link that leads away */
  struct source *src = inside ? l->from->read(l->from->ctx, rs->arena, path, &why) : NULL;
  if (!src) {
    d = diag_add(&rs->diags, V0208, c->span, "cannot read %s: %s", path, why);
    diag_help(&rs->diags, d, "check the name; the standard library is `use std.retention`");
    return;
  }
  load_source(l, src, id, dir_of(rs->arena, path));
}

static void load_uses(struct loading *l, const struct ast *ast, const char *dir) {
  struct arena *a = l->rs->arena;
  for (size_t i = 0; i < ast->items.n; i++) {
    const struct clause *c = ast->items.v[i]->head;
    if (c->kind != C_USE) continue;
    if (c->text) {
      use_file(l, c, c->text, dir);
      continue;
    }
    const name_list *p = &c->expr->path;
    char *rel = arena_strdup(a, p->v[0]);
    for (size_t k = 1; k < p->n; k++) rel = arena_printf(a, "%s/%s", rel, p->v[k]);
    if (strcmp(p->v[0], "std") == 0)
      use_library(l, c, p->n > 1 ? strchr(rel, '/') + 1 : "");
    else
      use_file(l, c, arena_printf(a, "%s.vigie", rel), dir);
  }
}

static struct ruleset *ruleset_new(struct arena *a) {
  struct ruleset *rs = NEW(a, struct ruleset);
  rs->arena = a;
  rs->diags.arena = a;
  return rs;
}

static void declare_sources(struct ruleset *rs) {
  uint64_t one = 0, two = 0x51ed270b7a3f9c11ULL;
  for (size_t i = 0; i < rs->sources.n; i++) {
    uint64_t h = hash_bytes(rs->sources.v[i]->text, rs->sources.v[i]->size);
    one = hash_mix(one ^ h);
    two = hash_mix(two + (h << 1 | h >> 63));
  }
  rs->digest =
      arena_printf(rs->arena, "%016llx%016llx", (unsigned long long)one, (unsigned long long)two);
  declare_all(rs);
}

bool ruleset_load(const struct load_request *request, struct arena *a, struct ruleset **out,
                  struct diags *problems) {
  struct loading l = {.rs = ruleset_new(a), .from = request->from ? request->from : &disk_loader};
  path_list files = {0};
  if (!l.from->list(l.from->ctx, a, request->paths, request->n_paths, &files, problems))
    return false;
  for (size_t i = 0; i < files.n; i++) {
    const char *why, *path = files.v[i], *id = id_of(&l, path);
    if (map_get(&l.seen, id)) continue;
    struct source *src = l.from->read(l.from->ctx, a, path, &why);
    if (!src) {
      return diag_fail(problems, V0701, "cannot read %s: %s", path, why);
    }
    load_source(&l, src, id, dir_of(a, path));
  }
  declare_sources(l.rs);
  *out = l.rs;
  return true;
}
