/* What a command line says of exports. */
#ifndef VIGIE_CMD_IMPORT_REQUEST_H
#define VIGIE_CMD_IMPORT_REQUEST_H

#include "cmd/args.h"
#include "import/import.h"

/* --sheet, --map, --dates, --decimals. False: what is said of it has been printed. */
bool import_said_by(const struct args *args, const char *who, struct arena *a,
                    struct export_said *out);
/* The files, each with its name where one stands before it: health=scores.csv. */
struct export_file *import_files(const char *const *words, size_t n, struct arena *a);
/* --day; today when it is left out. False: it is not come yet, which has been printed. */
bool import_day(const struct args *args, const char *who, day_t *out);

#endif
