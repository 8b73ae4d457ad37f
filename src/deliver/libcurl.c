/* In: nothing. Out: the functions of libcurl.def. */
#include "deliver/libcurl.h"

#include "base/shared_library.h"

static const char *const FUNCTIONS[] = {
#define CURL_FUNCTION(name) "curl_" #name,
#include "deliver/libcurl.def"
#undef CURL_FUNCTION
};

LIBRARY_LOAD(libcurl, CURL)
