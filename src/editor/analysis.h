/* The rule set of a policy as it stands in the editor: open files lie over those on the disk.
 *
 * Made by a thread, of copies, in an arena of its own; once it is made only the server's thread
 * reads it. */
#ifndef VIGIE_EDITOR_ANALYSIS_H
#define VIGIE_EDITOR_ANALYSIS_H

#include <pthread.h>

#include "editor/document.h"
#include "sema/ruleset.h"
#include "syntax/loader.h"

struct analysis {
  struct arena *arena;
  struct ruleset *rs; /* NULL: no file could be read, problems say why */
  struct diags problems;
  struct symbols *symbols; /* symbols.h */
  const char **ids;        /* the one name of each of the rule set's sources, in their order */
  struct catalog *catalog; /* of the one before, then its own: the policy's to free */
  struct policy *policy;
  const char *db; /* of editor_setup */
  long of;        /* which edit of the policy it has seen */

  struct load_request request;
  struct memory_files files;
  struct loader from;
  pthread_t thread;
  int wake; /* gets a byte when it is made */
};

/* Starts the thread. docs: the open files, copied. */
struct analysis *analysis_start(struct policy *p, struct document *const *docs, size_t n,
                                const char *db, int wake);
/* Waits for the thread. */
void analysis_join(struct analysis *x);
void analysis_free(struct analysis *x); /* NULL is fine */

#endif
