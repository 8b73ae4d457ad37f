/* In: nothing. Out: the functions of libzip.def. */
#include "import/libzip.h"

#include "base/shared_library.h"

static const char *const FUNCTIONS[] = {
#define ZIP_FUNCTION(name) "zip_" #name,
#include "import/libzip.def"
#undef ZIP_FUNCTION
};

bool libzip_load(struct libzip *zip, struct diags *problems) {
  enum { N = sizeof FUNCTIONS / sizeof *FUNCTIONS };
  _Static_assert(sizeof *zip == N * sizeof(void *), "a pointer a function, and nothing else");
  return shared_library_load(shared_library(LIBRARY_ZIP), FUNCTIONS, N, zip, problems);
}
