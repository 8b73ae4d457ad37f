/* Gates of a plan: "opened > 50" ends with status 1 where a run would open more.
 *
 * A gate counts items (plan_gate.def), or looks at the queues of people after the run ("queue >
 * 20", "queue ana > 20"), or at the money at stake of one measure after it ("arr > 3M EUR",
 * "amount of deal > 200k EUR"). Measures are never added up: a gate that means several holds for
 * each. */
#ifndef VIGIE_PLAN_GATE_H
#define VIGIE_PLAN_GATE_H

#include "base/diag.h"
#include "base/vec.h"
#include "sema/ruleset.h"

struct plan_view;

enum plan_gate_of { GATE_COUNT, GATE_QUEUE, GATE_MONEY };

struct plan_gate {
  enum plan_gate_of of;
  const char *what;     /* as it was written: "opened", "queue", "arr" */
  const char *person;   /* QUEUE: whose; NULL: the longest */
  const char *entity;   /* MONEY: of which rows; NULL: of any */
  const char *currency; /* MONEY: in which; NULL: in any */
  double limit;         /* of MONEY in major units */
  bool or_equal;        /* >=: it fails at the limit */
};
typedef VEC(struct plan_gate) plan_gate_list;

/* How one stands; of one that means several measures there are several. */
struct gate_result {
  const struct plan_gate *gate;
  const char *of;   /* whose queue, which measure: "ana@acme.example", "arr of accounts"; NULL */
  const char *what; /* "opened", "queue of ana", "arr of accounts" */
  double is;        /* of MONEY in major units */
  const char *is_text, *limit_text;
  bool failed;
};
typedef VEC(struct gate_result) gate_results;

/* Reads "opened > 50, late > 10". False: a message says what may stand there. */
bool plan_gates_read(const char *text, const struct ruleset *rs, struct arena *a,
                     plan_gate_list *out, struct diags *problems);

/* Fills in p->gates. False: a message about a person whom the plan does not know. */
bool plan_gates_check(const plan_gate_list *gates, struct plan_view *p, struct diags *problems);

/* "gate: opened is 1, the limit is 50: ok" */
const char *gate_line(const struct gate_result *r, struct arena *a);

#endif
