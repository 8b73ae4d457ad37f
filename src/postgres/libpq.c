/* In: nothing. Out: the functions of libpq.def. */
#include "postgres/libpq.h"

#include "base/shared_library.h"

static const char *const FUNCTIONS[] = {
#define PQ_FUNCTION(name) "PQ" #name,
#include "postgres/libpq.def"
#undef PQ_FUNCTION
};

LIBRARY_LOAD(libpq, PQ)
