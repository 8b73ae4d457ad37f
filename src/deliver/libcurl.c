/* In: nothing. Out: the functions of libcurl.def. */
#include "deliver/libcurl.h"

#include "base/shared_library.h"

static const char *const FUNCTIONS[] = {
#define CURL_FUNCTION(name) "curl_" #name,
#include "deliver/libcurl.def"
#undef CURL_FUNCTION
};

bool libcurl_load(struct libcurl *curl, struct diags *problems) {
  enum { N = sizeof FUNCTIONS / sizeof *FUNCTIONS };
  _Static_assert(sizeof *curl == N * sizeof(void *), "a pointer a function, and nothing else");
  return shared_library_load(shared_library(LIBRARY_CURL), FUNCTIONS, N, curl, problems);
}
