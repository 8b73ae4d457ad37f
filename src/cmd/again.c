/* In: a command line. Out: its rules and data in words. */
#include "cmd/again.h"

#include "base/text.h"

const char *again_word(struct arena *a, const char *before, const char *option, const char *word) {
  return arena_printf(a, "%s %s%s%s", before, option, *option ? " " : "", text_shell_word(a, word));
}

const char *again_where(const struct args *args, struct arena *a) {
  const char *text = "";
  for (size_t i = 0; i < args->n_paths; i++) text = again_word(a, text, "", args->paths[i]);
  if (args->db && !args->origin[SETTING_db]) text = again_word(a, text, "--db", args->db);
  return text;
}
