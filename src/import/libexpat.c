/* In: nothing. Out: the functions of libexpat.def. */
#include "import/libexpat.h"

#include "base/shared_library.h"

static const char *const FUNCTIONS[] = {
#define XML_FUNCTION(name) "XML_" #name,
#include "import/libexpat.def"
#undef XML_FUNCTION
};

LIBRARY_LOAD(libexpat, EXPAT)
