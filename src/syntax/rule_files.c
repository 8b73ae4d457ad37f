/* Finding rule files. In: paths as typed. Out: a list of files, each once, and what one of them
 * holds; or one message. */
#include "syntax/rule_files.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"

#define SUFFIX ".vigie"
#define NO_FILE "it is not a file"

struct file_id {
  dev_t device;
  ino_t number;
};

struct search {
  struct arena *arena;
  path_list *out;
  VEC(struct file_id) seen;
  struct diags *problems;
};

bool is_rule_file(const char *name) {
  size_t n = strlen(name), m = strlen(SUFFIX);
  return n > m && strcmp(name + n - m, SUFFIX) == 0;
}

/* One file, unless it is already in the list under this or another name. */
static bool add_file(struct search *s, const char *path, const struct stat *st) {
  if (!S_ISREG(st->st_mode) || access(path, R_OK) != 0) {
    const char *why = S_ISREG(st->st_mode) ? strerror(errno) : NO_FILE;
    return diag_fail(s->problems, V0701, "%s cannot be read: %s", path, why);
  }
  for (size_t i = 0; i < s->seen.n; i++)
    if (s->seen.v[i].device == st->st_dev && s->seen.v[i].number == st->st_ino) return true;
  struct file_id id = {st->st_dev, st->st_ino};
  VEC_PUSH(s->arena, &s->seen, id);
  VEC_PUSH(s->arena, s->out, arena_strdup(s->arena, path));
  return true;
}

/* One thing that was found below a folder; *found counts the rule files. */
static bool visit_entry(struct search *s, FTS *walk, FTSENT *e, size_t *found) {
  bool hidden = e->fts_level > FTS_ROOTLEVEL && e->fts_name[0] == '.';
  if (hidden) {
    fts_set(walk, e, FTS_SKIP);
    return true;
  }
  switch (e->fts_info) {
    case FTS_DNR:
      return diag_fail(s->problems, V0701, "the folder %s cannot be read: %s", e->fts_path,
                       strerror(e->fts_errno));
    case FTS_NS:
    case FTS_SLNONE:
      if (!is_rule_file(e->fts_name)) return true;
      return diag_fail(s->problems, V0701,
                       "%s is a link to a file that is not there: correct or remove it",
                       e->fts_path);
    case FTS_F:
    case FTS_DEFAULT: /* a pipe, a device: refused by its name */
      if (!is_rule_file(e->fts_name)) return true;
      ++*found;
      return add_file(s, e->fts_path, e->fts_statp);
    default: return true;
  }
}

static int by_name(const FTSENT **a, const FTSENT **b) {
  return strcmp((*a)->fts_name, (*b)->fts_name);
}

static bool add_folder(struct search *s, const char *path) {
  char *roots[] = {arena_strdup(s->arena, path), NULL};
  FTS *walk = fts_open(roots, FTS_LOGICAL | FTS_NOCHDIR, by_name);
  if (!walk) {
    return diag_fail(s->problems, V0701, "the folder %s cannot be read: %s", path, strerror(errno));
  }
  size_t found = 0;
  bool ok = true;
  for (FTSENT *e; ok && (e = fts_read(walk));) ok = visit_entry(s, walk, e, &found);
  fts_close(walk);
  if (ok && !found)
    return diag_fail(s->problems, V0701,
                     "the folder %s holds no rule files: their names end in " SUFFIX, path);
  return ok;
}

static bool add_path(struct search *s, const char *path) {
  struct stat st;
  if (stat(path, &st) == 0)
    return S_ISDIR(st.st_mode) ? add_folder(s, path) : add_file(s, path, &st);
  int why = errno;
  const char *longer = arena_printf(s->arena, "%s" SUFFIX, path);
  if (why != ENOENT)
    return diag_fail(s->problems, V0701, "%s cannot be read: %s", path, strerror(why));
  if (access(longer, F_OK) == 0)
    return diag_fail(s->problems, V0701, "there is no file %s: did you mean %s?", path, longer);
  return diag_fail(s->problems, V0701, "there is no file or folder %s: check how it is spelled",
                   path);
}

bool rule_files(const char *const *paths, size_t n, struct arena *a, path_list *out,
                struct diags *problems) {
  struct search s = {.arena = a, .out = out, .problems = problems};
  for (size_t i = 0; i < n; i++)
    if (!add_path(&s, paths[i])) return false;
  return true;
}

/* All bytes of f, but no more than one above SOURCE_MAX. The caller frees. */
static char *read_all(FILE *f, size_t *size) {
  size_t room = 1 << 16;
  char *text = xmalloc(room);
  *size = 0;
  for (size_t n; *size <= SOURCE_MAX && (n = fread(text + *size, 1, room - *size, f)) > 0;)
    if ((*size += n) == room) text = xrealloc(text, room *= 2);
  return text;
}

/* A pipe would be waited for, and a device read for ever: neither is opened to read. */
static FILE *open_file(const char *path, const char **why) {
  struct stat st;
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  *why = fd < 0 || fstat(fd, &st) != 0 ? strerror(errno) : !S_ISREG(st.st_mode) ? NO_FILE : NULL;
  FILE *f = *why ? NULL : fdopen(fd, "rb");
  if (!f && !*why) *why = strerror(errno);
  if (!f && fd >= 0) close(fd);
  return f;
}

static struct source *read_stream(FILE *f, struct arena *a, const char *name, const char **why) {
  size_t size;
  char *text = read_all(f, &size);
  *why = ferror(f) ? strerror(errno) : size > SOURCE_MAX ? SOURCE_TOO_LARGE : NULL;
  struct source *src = *why ? NULL : source_new(a, name, text, size);
  free(text);
  return src;
}

static struct source *disk_read(void *ctx, struct arena *a, const char *path, const char **why) {
  (void)ctx;
  FILE *f = open_file(path, why);
  struct source *src = f ? read_stream(f, a, path, why) : NULL;
  if (f) fclose(f);
  return src;
}

static bool disk_list(void *ctx, struct arena *a, const char *const *paths, size_t n,
                      path_list *out, struct diags *problems) {
  (void)ctx;
  return rule_files(paths, n, a, out, problems);
}

static const char *disk_identify(void *ctx, struct arena *a, const char *path) {
  (void)ctx;
  char *real = realpath(path, NULL);
  const char *id = real ? arena_strdup(a, real) : NULL;
  free(real);
  return id;
}

const struct loader disk_loader = {.read = disk_read, .list = disk_list, .identify = disk_identify};

struct source *rule_file_read(struct arena *a, const char *path, struct diags *problems) {
  bool standard = strcmp(path, "-") == 0;
  const char *why, *name = standard ? "stdin" : path;
  struct source *src =
      standard ? read_stream(stdin, a, name, &why) : disk_read(NULL, a, path, &why);
  if (!src) diag_fail(problems, V0701, "%s cannot be read: %s", name, why);
  return src;
}
