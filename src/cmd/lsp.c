/* vigie lsp. In: the messages of an editor on standard input. Out: answers, until
 * the editor ends it. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/version.h"
#include "cmd/dataset.h"
#include "cmd/help_word.h"
#include "cmd/problems.h"
#include "editor/editor.h"

static day_t today(const void *ctx, const struct ruleset *rs) { return day_of_run(ctx, rs); }

static const char *help(struct arena *a, const char *word) {
  char *text = NULL;
  size_t n;
  FILE *out = open_memstream(&text, &n);
  bool said = out && help_word(out, a, word, false);
  if (out) fclose(out);
  const char *kept = said ? arena_strndup(a, text, n) : NULL;
  free(text);
  return kept;
}

int cmd_lsp(const struct args *args) {
  struct editor_setup setup = {.paths = args->paths,
                               .n_paths = args->n_paths,
                               .version = VIGIE_VERSION,
                               .help = help,
                               .db = args->db,
                               .today = today,
                               .ctx = args};
  signal(SIGPIPE, SIG_IGN); /* an editor that has gone is the end, not a death */
  if (isatty(STDIN_FILENO) && !args->quiet)
    print_note(
        "an editor starts this command and talks with it: docs/editor.md says how to set "
        "one up. Ctrl+D ends it");
  return editor_serve(&setup, STDIN_FILENO, STDOUT_FILENO) ? EXIT_CLEAN : EXIT_FINDINGS;
}
