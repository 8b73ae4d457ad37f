/* Paths of files and folders, as they are written on a command line. */
#ifndef VIGIE_PATH_H
#define VIGIE_PATH_H

#include <stdbool.h>

#include "base/arena.h"

/* Is there a folder of that name? A link to one is one. */
bool path_is_folder(const char *path);
/* The folder that holds what the path names: "." where it names none, "/" at the root. In the
 * arena. */
const char *path_folder(const char *path, struct arena *a);

/* The file of an SQLite database as a URI that says that nobody writes it; in the arena. No sign
 * of the path means anything else in it. */
const char *path_still_uri(const char *path, struct arena *a);

#endif
