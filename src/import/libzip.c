/* In: nothing. Out: the functions of libzip.def. */
#include "import/libzip.h"

#include "base/shared_library.h"

static const char *const FUNCTIONS[] = {
#define ZIP_FUNCTION(name) "zip_" #name,
#include "import/libzip.def"
#undef ZIP_FUNCTION
};

LIBRARY_LOAD(libzip, ZIP)
