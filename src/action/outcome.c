/* In: outcome.def. Out: its words. */
#include "action/outcome.h"

#include "base/check.h"

const char *outcome_name(enum outcome_told o) {
  static const char *const words[OUTCOMES] = {
#define OUTCOME(id, word) word,
#include "action/outcome.def"
#undef OUTCOME
  };
  CHECK(o < OUTCOMES);
  return words[o];
}
