/* file:// and paths. */
#ifndef VIGIE_EDITOR_URI_H
#define VIGIE_EDITOR_URI_H

#include "base/arena.h"

/* The path that a file:// address names; of another address the address itself, which is no file.
 * In the arena. */
const char *uri_path(struct arena *a, const char *uri);
/* The address of an absolute path. */
const char *uri_of_path(struct arena *a, const char *path);

#endif
