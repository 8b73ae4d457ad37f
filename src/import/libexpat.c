/* In: nothing. Out: the functions of libexpat.def. */
#include "import/libexpat.h"

#include "base/shared_library.h"

static const char *const FUNCTIONS[] = {
#define XML_FUNCTION(name) "XML_" #name,
#include "import/libexpat.def"
#undef XML_FUNCTION
};

bool libexpat_load(struct libexpat *expat, struct diags *problems) {
  enum { N = sizeof FUNCTIONS / sizeof *FUNCTIONS };
  _Static_assert(sizeof *expat == N * sizeof(void *), "a pointer a function, and nothing else");
  return shared_library_load(shared_library(LIBRARY_EXPAT), FUNCTIONS, N, expat, problems);
}
