/* vigie describe RULES…. In: rule files. Out: the policy in plain English or French, as Markdown.
 */
#include "explain/describe.h"

#include <string.h>

#include "cmd/dataset.h"
#include "cmd/rules.h"

int cmd_describe(const struct args *args) {
  struct arena *a = arena_new();
  int status = EXIT_CLEAN;
  struct ruleset *rs = rules_read(args, a, &status);
  if (rs) {
    if (rs->diags.warnings) diags_print(&rs->diags, stderr, args->color_err);
    describe(rs, strcmp(args->lang, "fr") == 0 ? TONGUE_FR : TONGUE_EN, day_of_run(args, rs),
             stdout);
  }
  arena_free(a);
  return status;
}
