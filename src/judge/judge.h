/* Judges rules by a dataset: from a rule set and a day to verdicts. */
#ifndef VIGIE_JUDGE_H
#define VIGIE_JUDGE_H

#include "eval/evaluate.h"
#include "judge/verdict.h"

/* Judges every rule of the plan's rule set on the day. The verdicts belong to the arena; they
 * refer to an evaluation that lives until verdicts_free. */
bool judge_rules(struct ruleset *rs, struct dataset *dataset, day_t day, struct arena *a,
                 void (*progress)(void *ctx, const char *what), void *progress_ctx,
                 struct verdicts **out, struct plan **plan_out, const char **message);
/* The same in a plan of the caller's, which may hold given KPIs; the nodes `wanted` are computed
 * too, and verdicts_evaluation is where their values are read. */
bool judge_rules_in(struct plan *plan, struct dataset *dataset, day_t day, const int *wanted,
                    size_t n_wanted, struct arena *a, void (*progress)(void *ctx, const char *what),
                    void *progress_ctx, struct verdicts **out, const char **message);
struct evaluation *verdicts_evaluation(const struct verdicts *v);
void verdicts_free(struct verdicts *v);
const char *const *verdicts_notes(const struct verdicts *v);

/* Reads the holidays table into the rule set's calendar. */
bool load_holidays(struct ruleset *rs, struct dataset *dataset, const char **message);

#endif
