/* One more clause in a rule file, and nothing else changed. */
#ifndef VIGIE_ADD_CLAUSE_H
#define VIGIE_ADD_CLAUSE_H

#include "base/source.h"

/* The text of the source with one more line after the one on which `after` (a clause of a
 * threshold) ends: the clause in the one style. Its line end is that of the file; every other byte
 * stays. *line: that line as it stands there. NULL: it is no clause of a threshold. In the
 * arena. */
const char *text_with_clause(struct source *src, struct span after, const char *clause,
                             struct arena *a, const char **line);

#endif
