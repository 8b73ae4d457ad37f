/* What a command line says of a backtest: the rules with the outcome beside them, and the span. */
#ifndef VIGIE_BACKTEST_LINE_H
#define VIGIE_BACKTEST_LINE_H

#include "backtest/backtest.h"
#include "cmd/args.h"
#include "sema/ruleset.h"

/* Reads the files of args; with --outcome its condition too, which is taken out of the rule set
 * into *c (text, rule; within: where it is said there). On mistakes they are printed, NULL comes
 * back and *status is set. */
struct ruleset *read_backtest_rules(const struct args *args, struct condition *c, struct arena *a,
                                    int *status);

/* The same of other files than those of args. */
struct ruleset *read_backtest_files(const struct args *args, const struct load_request *files,
                                    struct condition *c, struct arena *a, int *status);

/* --from, --to, --every, --notice, --handled into *q, --within into *c. False: problems. */
bool read_backtest_span(const struct args *args, const struct ruleset *rs, struct condition *c,
                        struct backtest_request *q, struct diags *problems);

/* --strict-past, and the rules read columns that have only today's value: says so. Returns
 * EXIT_USAGE. */
int refuse_hindsight(const struct args *args, const struct backtest *b, struct arena *a);

#endif
