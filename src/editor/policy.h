/* Which rule files belong together: those that `vigie check` would be given.
 *
 * That is what the command line of the server names; else the folder `rules` that a file lies in;
 * else, of a file right in the folder that the editor has opened, the rule files there; else the
 * file alone, with what it uses. */
#ifndef VIGIE_EDITOR_POLICY_H
#define VIGIE_EDITOR_POLICY_H

#include <jansson.h>

#include "editor/analysis.h"
#include "editor/job.h"

enum policy_kind { POLICY_GIVEN, POLICY_FOLDER, POLICY_FLAT, POLICY_FILE };

struct policy {
  enum policy_kind kind;
  struct arena *own;
  const char *at;          /* the folder, or the file */
  path_list given;         /* POLICY_GIVEN */
  long edits;              /* grows with each */
  struct analysis *now;    /* the newest; NULL: none yet */
  json_t *published;       /* uri -> what the editor was told last */
  json_t *findings;        /* of lint: id of a file -> diagnostics; those of an edited file go */
  double jobs_at;          /* on the clock of clock.h: before it nothing is worked out */
  struct analysis *good;   /* the newest without mistakes; NULL: none yet */
  struct catalog *catalog; /* of the project's data, where it is a file; NULL */
  struct catalog *served;  /* of a server, once a job has asked it; NULL */
  bool saved;              /* and not edited since */
  bool done[N_JOBS];       /* begun, at least, of the policy as it stands */
  json_t *wanted_tests;    /* [id of a file, name]: a person waits for their results */
  json_t *figures; /* what jobs have found, by kind; of an earlier edit until it is replaced */
};

struct policy *policy_new(enum policy_kind kind, const char *at);
void policy_free(struct policy *p);
/* Has everything that was typed been seen? */
bool policy_is_current(const struct policy *p);
/* The paths to load, in the arena. */
void policy_paths(const struct policy *p, struct document *const *docs, size_t n, struct arena *a,
                  path_list *out);
/* Of which kind the policy of a file is, and where: *at in the arena. roots: the folders that the
 * editor has opened. given: those of the command line. */
enum policy_kind policy_of_path(const char *path, const path_list *roots, const path_list *given,
                                struct arena *a, const char **at);

#endif
