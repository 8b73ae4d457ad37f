/* What a command line says of exports. */
#ifndef VIGIE_CMD_IMPORT_REQUEST_H
#define VIGIE_CMD_IMPORT_REQUEST_H

#include "cmd/args.h"
#include "import/import.h"

/* --as, --sheet, --map, --dates, --decimals. False: what is said of it has been printed. */
bool import_said_by(const struct args *args, const char *who, struct arena *a,
                    struct export_said *out);
/* --day; today when it is left out. False: it is not come yet, which has been printed. */
bool import_day(const struct args *args, const char *who, day_t *out);

#endif
