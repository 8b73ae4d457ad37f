/* A new project: a folder that is there whole, or not at all. */
#ifndef VIGIE_STARTER_PROJECT_H
#define VIGIE_STARTER_PROJECT_H

#include <stdbool.h>

#include "base/diag.h"

struct arena;

/* Writes the entries of the project into the folder `work`: rules/, README.md, .gitignore, data.db.
 * False: one error. */
typedef bool project_fill(const char *work, void *ctx, struct arena *a, struct diags *problems);

/* Makes the folder `dir`, which is not there, or is there and empty. It is filled beside its place
 * and moved there when it is whole. False when that is not possible: problems say why, and
 * everything is as it was. */
bool project_write(const char *dir, project_fill *fill, void *ctx, struct arena *a,
                   struct diags *problems);
/* For a fill: a file with this text. */
bool project_text(const char *path, const char *text, struct diags *problems);

#endif
