/* In: nothing. Out: the functions of libical.def. */
#include "deliver/libical.h"

#include "base/shared_library.h"

static const char *const FUNCTIONS[] = {
#define ICAL_FUNCTION(name) "ical" #name,
#include "deliver/libical.def"
#undef ICAL_FUNCTION
};

bool libical_load(struct libical *ical, struct diags *problems) {
  enum { N = sizeof FUNCTIONS / sizeof *FUNCTIONS };
  _Static_assert(sizeof *ical == N * sizeof(void *), "a pointer a function, and nothing else");
  return shared_library_load(shared_library(LIBRARY_ICAL), FUNCTIONS, N, ical, problems);
}
