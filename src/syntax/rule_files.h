/* Which rule files a command line names, and what they hold.
 *
 * In: paths as typed, files or folders. Out: the files, in the order of the paths; those of a
 * folder are all its *.vigie, subfolders included, sorted by name, hidden files and folders left
 * out. A file that is named directly may have any name. A file that is reached twice is listed
 * once, at its first place. Everything lives in the arena. */
#ifndef VIGIE_RULE_FILES_H
#define VIGIE_RULE_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "syntax/loader.h"

/* False when a path leads nowhere or to something that is no file (a pipe, a device), a file or
 * folder cannot be read, or a folder holds no rule file: problems then say which and what to
 * do. */
bool rule_files(const char *const *paths, size_t n, struct arena *a, path_list *out,
                struct diags *problems);

/* Reads one file; "-" is standard input, called "stdin" in messages. NULL when it cannot be read
 * is no file, or is larger than SOURCE_MAX: problems then say so. What it holds is judged by
 * parse_source. */
struct source *rule_file_read(struct arena *a, const char *path, struct diags *problems);
/* Does the name end as those of rule files do? */
bool is_rule_file(const char *name);

#endif
