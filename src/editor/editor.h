/* The language server: what an editor asks about rule files while they are being written.
 *
 * JSON-RPC on two file descriptors. Messages are answered one after the other. What needs the whole
 * policy waits for its newest analysis, which a thread makes (analysis.h); lint and whatever
 * else takes long runs in processes (jobs.c), which the next key ends. So nothing holds up an
 * answer. */
#ifndef VIGIE_EDITOR_H
#define VIGIE_EDITOR_H

#include "base/date.h"
#include "sema/ruleset.h"

struct editor_setup {
  const char *const *paths; /* the policy, as the command line names it; none: found by folder */
  size_t n_paths;
  const char *version; /* of the program */
  const char *db;      /* the dataset; NULL: the one that the project of the files names */
  /* What a word of the language means, in the arena; NULL: nothing. */
  const char *(*help)(struct arena *a, const char *word);
  day_t (*today)(const void *ctx, const struct ruleset *rs);
  const void *ctx;
};

/* Serves until the editor says `exit`, or its end of the stream is closed. True: it said
 * `shutdown` before. */
bool editor_serve(const struct editor_setup *setup, int in, int out);

#endif
