/* The policy of the run before, held against today's data. */
#ifndef VIGIE_OLD_POLICY_H
#define VIGIE_OLD_POLICY_H

#include "action/apply.h"
#include "data/dataset.h"
#include "sema/ruleset.h"

struct old_policy {
  struct judgement *judgement; /* NULL: none was judged */
  const char *note;            /* what has to be said of it; NULL */
};

/* The rule files of the rule set, as a run keeps them: JSON of {path, text}; the library's are in
 * the program. */
const char *policy_files(const struct ruleset *rs, struct arena *a);

/* These files as a rule set, in the arena; NULL: they have mistakes. */
struct ruleset *policy_of_files(const char *files, struct arena *a);

/* Where the policy has changed since the newest run of the state, judges the one of that run, with
 * the thresholds of its day, on today's data, and puts what it says into the request. Where it
 * cannot be judged any more, the note says so, and closing items are resolved. old_policy_end frees
 * what it holds, once the request has been applied. */
void old_policy_judge(const char *state_path, struct ruleset *now, struct dataset *dataset,
                      struct apply_request *apply, struct arena *a, struct old_policy *out);
void old_policy_end(struct old_policy *p);

#endif
