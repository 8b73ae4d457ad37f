/* Rule files of a version that git keeps. The git program is asked; nothing is linked. */
#ifndef VIGIE_GIT_FILES_H
#define VIGIE_GIT_FILES_H

#include "syntax/loader.h"

/* What a git command prints, n bytes with a NUL behind them; NULL when it cannot run or fails. argv
 * ends with NULL. The caller frees. */
char *git_output(char *const argv[], size_t *n);

/* Does git, asked in the folder, know the version? False: problems say what to write after
 * `option`. */
bool git_ref_known(const char *ref, const char *dir, const char *option, struct arena *a,
                   struct diags *problems);

/* All rule files of the version at and below the working folder, as files in memory. False:
 * problems say why. */
bool git_files(const char *ref, const char *option, struct arena *a, struct memory_files *out,
               struct diags *problems);

/* The same of the folder dir, by their paths from here; none at all is no failure. */
bool git_files_in(const char *ref, const char *dir, const char *option, struct arena *a,
                  struct memory_files *out, struct diags *problems);

#endif
