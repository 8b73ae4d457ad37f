/* In: nothing. Out: the functions of libical.def. */
#include "deliver/libical.h"

#include "base/shared_library.h"

static const char *const FUNCTIONS[] = {
#define ICAL_FUNCTION(name) "ical" #name,
#include "deliver/libical.def"
#undef ICAL_FUNCTION
};

LIBRARY_LOAD(libical, ICAL)
