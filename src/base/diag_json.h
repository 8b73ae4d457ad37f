/* Diagnostics as JSON, the same for every command that prints them. */
#ifndef VIGIE_DIAG_JSON_H
#define VIGIE_DIAG_JSON_H

#include <jansson.h>

#include "base/diag.h"

/* A new reference: {file, line, column, end_line, end_column, code, level, message, help, notes};
 * without the places when it has none. The arena is for the line index of sources. */
json_t *diag_json(struct arena *a, const struct diag *x);

#endif
