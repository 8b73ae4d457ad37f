/* What an import has done, in words and as JSON. */
#ifndef VIGIE_CMD_IMPORT_SAID_H
#define VIGIE_CMD_IMPORT_SAID_H

#include "import/import.h"

void say_import(const struct imported *x, bool dry, struct arena *a);
void say_import_json(const struct imported *x, day_t day);

#endif
