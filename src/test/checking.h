/* What the files that hold a day against its expectations share. Texts live in the arena of the
 * test, failures in that of its results. */
#ifndef VIGIE_TEST_CHECKING_H
#define VIGIE_TEST_CHECKING_H

#include "test/day.h"

struct checking {
  struct test_day *d;
  struct test_result *r;
};

/* ---- check.c -------------------------------------------------------------------------- */
/* A failure at the place; what comes back may be given rows until the next one. */
struct failure *checking_fail(struct checking *x, struct span at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Shows the parts of the rule on the row (NULL: on some rows) below the failure. */
void checking_show(struct checking *x, struct failure *f, const struct rule *r, const char *row);
/* The place of the rule in the rule set, and so in the traces and the verdicts of the day. */
size_t checking_rule_index(const struct ruleset *rs, const struct rule *r);
const struct rule_verdict *checking_verdict(const struct checking *x, const struct rule *r);
/* Is the row of the domain what the test calls so? */
bool checking_called(const struct checking *x, int domain, int32_t i, const char *row);
typedef VEC(const struct item *) item_list;
/* The open items of a rule or target (NULL: of all) for a row (NULL: for all). */
item_list checking_items(const struct checking *x, const char *rule, const char *row);
/* What of the item is not as named; "" when all is. */
const char *checking_differences(const struct checking *x, const struct test_expect *e,
                                 const struct item *i);
const char *checking_row(const struct checking *x, const char *row); /* " for "Acme""; "" */
/* Of a fiscal period that no row of the test holds: why what asks for it is unknown; "". */
const char *checking_outside(const struct checking *x);

/* "; no such account is there on that day", "; no account that it judges was given"; "": there are
 * some. */
const char *why_not_met(const struct checking *x, const struct rule *r, bool absent, long rows);

/* ---- check_unknown.c ------------------------------------------------------------------ */
/* expect RULE unknown, ignored, fired unknown. */
void check_unknown(struct checking *x, const struct test_expect *e);
/* "; missing: health": where a row of the rule, or the named one, had not enough data, with what
 * `if unknown` made of it; "" where all had. */
const char *unknown_why(const struct checking *x, const struct rule *r, const char *row);
/* Says of a test that passes that a row (NULL: any) had not enough data: and yet fired, or did not
 * fire for that reason. */
void note_unknown(struct checking *x, const struct rule *r, const char *row, bool fired);

/* ---- check_target.c ------------------------------------------------------------------- */
void check_target(struct checking *x, const struct test_expect *e);

/* ---- beside.c ------------------------------------------------------------------------- */
/* An item of a target, or of a rule of the company or of groups that the test is not about: it
 * says nothing there. */
bool is_beside(const struct ruleset *rs, const struct test *t, const struct item *it);

#endif
