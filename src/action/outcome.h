/* What a person says of an item: the rows of outcome.def. */
#ifndef VIGIE_OUTCOME_H
#define VIGIE_OUTCOME_H

enum outcome_told {
#define OUTCOME(id, word) OUTCOME_##id,
#include "action/outcome.def"
#undef OUTCOME
  OUTCOMES
};

const char *outcome_name(enum outcome_told o); /* "false-alarm" */

#endif
