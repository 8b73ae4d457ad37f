/* libzip, loaded for the first workbook: zip->NAME(…) is zip_NAME(…). */
#ifndef VIGIE_LIBZIP_H
#define VIGIE_LIBZIP_H

#include <zip.h>
#include <stdbool.h>

struct diags;

struct libzip {
#define ZIP_FUNCTION(name) typeof(zip_##name) *name;
#include "import/libzip.def"
#undef ZIP_FUNCTION
};

/* False with one error when this machine has no libzip. */
bool libzip_load(struct libzip *zip, struct diags *problems);

#endif
