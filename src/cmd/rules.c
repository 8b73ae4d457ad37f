/* Rule files for a command. In: the command line. Out: a rule set, or messages and an exit
 * status. */
#include "cmd/rules.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cmd/problems.h"
#include "syntax/parse_file.h"

void rules_print_diags(const struct args *args, struct ruleset *rs) {
  if (args->format != FORMAT_JSON) {
    diags_print(&rs->diags, stderr, args->color_err);
    return;
  }
  print_diags_json(&rs->diags);
}

static void dump(const struct args *args, struct ruleset *rs, struct arena *a) {
  for (size_t i = 0; i < rs->sources.n; i++) {
    struct source *src = rs->sources.v[i];
    size_t bad;
    bool text = text_utf8_valid(src->text, src->size, &bad) && !memchr(src->text, 0, src->size);
    if (strncmp(src->path, "stdlib/", 7) == 0) continue;
    if (list_has(args->dump, "tokens") && text) tokens_dump(lex_source(a, a, src), a, stdout);
    if (list_has(args->dump, "ast")) ast_dump(rs->asts.v[i], stdout);
  }
  if (list_has(args->dump, "types")) ruleset_dump_types(rs, stdout);
}

struct ruleset *rules_read(const struct args *args, struct arena *a, int *status) {
  struct load_request request = {.paths = args->paths, .n_paths = args->n_paths};
  return rules_read_from(args, &request, a, status);
}

struct ruleset *rules_read_from(const struct args *args, const struct load_request *request,
                                struct arena *a, int *status) {
  struct ruleset *rs;
  struct diags problems = {.arena = a};
  if (!ruleset_load(request, a, &rs, &problems)) {
    *status = print_problems(args, "vigie", &problems);
    return NULL;
  }
  dump(args, rs, a);
  if (rs->diags.errors) {
    rules_print_diags(args, rs);
    *status = EXIT_RULES;
    return NULL;
  }
  return rs;
}
