/* Where rule files come from: a disk, a memory, a version of a repository.
 *
 * Everything that reads rule files by name asks a loader, so that an editor can hand over a buffer
 * that was never saved, and a test a policy that is no file. A path means what its loader says it
 * means; parts are joined with "/". What a loader gives back lives in the arena. */
#ifndef VIGIE_LOADER_H
#define VIGIE_LOADER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/source.h"
#include "base/vec.h"

typedef VEC(const char *) path_list;

struct loader {
  void *ctx; /* what the functions below are handed */
  /* The whole file as a source called `path`. NULL when it cannot be read: *why then says so
   * ("No such file or directory"). What it holds is judged by parse_source. */
  struct source *(*read)(void *ctx, struct arena *a, const char *path, const char **why);
  /* Adds the rule files that a path stands for: itself, or those of a folder, each once. False when
   * it leads nowhere: problems then say what to do. */
  bool (*list)(void *ctx, struct arena *a, const char *const *paths, size_t n, path_list *out,
               struct diags *problems);
  /* The one name of a file or folder, however it is reached; NULL when there is none. */
  const char *(*identify)(void *ctx, struct arena *a, const char *path);
};

/* Files on the disk, rule_files.h. */
extern const struct loader disk_loader;

/* ---- files in memory (memory_files.c) ------------------------------------------------- */

struct memory_file {
  const char *path; /* "rules/revenue.vigie" */
  const char *text;
  size_t size; /* bytes of text */
};

struct memory_files {
  const struct memory_file *files;
  size_t n;
  /* Where everything else comes from: an editor's buffers lie over the disk. NULL: nowhere. */
  const struct loader *under;
  const char *of; /* the version of git that they are of; NULL: none */
};

/* A loader over files that the caller keeps alive. */
struct loader memory_loader(struct memory_files *files);

#endif
