/* `expect target company_arr behind`: which target is meant. */
#ifndef VIGIE_EXPECT_TARGET_H
#define VIGIE_EXPECT_TARGET_H

#include "sema/test_case.h"

/* The target that the clause names, by its KPI or by its own name, into e. False: reported. */
bool read_target_name(struct ruleset *rs, const struct clause *c, struct test_expect *e);
/* expect target_company_arr: the item of a target has this name, and a test says how the target
 * stands. Reports it; false: it is no target. */
bool tell_target_alone(struct ruleset *rs, const struct clause *c);

#endif
