/* libexpat, loaded for the first workbook: expat->NAME(…) is XML_NAME(…). */
#ifndef VIGIE_LIBEXPAT_H
#define VIGIE_LIBEXPAT_H

#include <expat.h>
#include <stdbool.h>

struct diags;

struct libexpat {
#define XML_FUNCTION(name) typeof(XML_##name) *name;
#include "import/libexpat.def"
#undef XML_FUNCTION
};

/* False with one error when this machine has no libexpat. */
bool libexpat_load(struct libexpat *expat, struct diags *problems);

#endif
