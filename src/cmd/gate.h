/* Gates of a plan: "opened > 50" ends with status 1 where a run would open more. */
#ifndef VIGIE_GATE_H
#define VIGIE_GATE_H

#include <stdio.h>

#include "action/apply.h"
#include "base/vec.h"

struct gate {
  const char *what; /* as it was written: "opened" */
  long is, limit;
  bool or_equal; /* >= */
};
typedef VEC(struct gate) gate_list;

/* Reads "opened > 50, late > 10". False: a message says what may stand there. */
bool gates_read(const char *text, struct arena *a, gate_list *out, struct diags *problems);

/* Fills in what each is, and says so on f. True: none has failed. */
bool gates_check(gate_list *gates, const struct outcome *o, FILE *f);

#endif
