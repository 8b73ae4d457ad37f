/* Teams as keys of YAML: teams:, and below it - name: CS. See foreign_teams.c. */
#ifndef VIGIE_FOREIGN_TEAMS_H
#define VIGIE_FOREIGN_TEAMS_H

#include "base/diag.h"
#include "syntax/token.h"

/* The block of teams that begins at the first raw token of a line. The headers in its place come to
 * out. How many raw tokens it takes; 0: none begins there. */
size_t take_teams(const struct tokens *raw, size_t from, struct tokens *out, struct diags *ds);

#endif
