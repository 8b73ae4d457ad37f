/* The command line, read: what every command gets.
 *
 * Commands are the rows of cmd.def, options the rows of opt.def. One option is one field of
 * struct args, whose type follows from the kind in its row. */
#ifndef VIGIE_ARGS_H
#define VIGIE_ARGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"

/* The exit status of every command. */
enum exit_status {
#define EXIT(id, value, what, more) EXIT_##id = value,
#include "cmd/exit.def"
#undef EXIT
};

enum format {
#define FORMAT(id, name, doc) FORMAT_##id,
#include "cmd/format.def"
#undef FORMAT
  FORMAT_COUNT
};

/* What a kind of option becomes in struct args, and what it is when not given. */
typedef bool opt_flag;          /* false */
typedef const char *opt_file;   /* a path as typed; the row's default, often NULL */
typedef const char *opt_word;   /* any text; the row's default, often NULL */
typedef char *opt_words;        /* a word that may be given again: with ", " between; NULL */
typedef const char *opt_maybe;  /* as a word; "" when the option stands alone; NULL */
typedef const char *opt_choice; /* one of the words in the row's VALUE; the row's default */
/* some of these words, comma-separated as typed: ask list_has; NULL */
typedef const char *opt_list;
typedef day_t opt_day;          /* DAY_NONE */
typedef long opt_number;        /* 0 or more; -1 when not given */
typedef enum format opt_format; /* FORMAT_TEXT; always one that the command prints */

/* The rows of setting.def, in its order. */
enum setting_id {
#define SETTING(field, variable, clause) SETTING_##field,
#include "cmd/setting.def"
#undef SETTING
  SETTINGS_MAX
};

struct args {
  const char *command; /* "run" */
  const char **paths;  /* what stands on the line without dashes: rule files, a folder, words */
  size_t n_paths;
  /* Where what the line leaves out comes from, by row of setting.def: "the environment variable
   * VIGIE_DB"; NULL: the line says it, or nobody. project_fill sets it. */
  const char *origin[SETTINGS_MAX];
  struct arena *arena; /* what is filled in lives here */
  /* --color, NO_COLOR and the terminal, weighed up for stdout and stderr */
  bool color_out, color_err;
#define OPT(field, name, kind, value, init, doc) opt_##kind field;
#include "cmd/opt.def"
#undef OPT
};

/* Reads the command line. Texts are borrowed from argv; the list of paths and texts that may be
 * given again are allocated: free them with args_free. False when something is wrong with it: that
 * has been said on stderr, and there
 * is nothing to free. `vigie COMMAND --help` comes out as `vigie help COMMAND`, `vigie --version`
 * as `vigie version`. */
bool args_read(int argc, char **argv, struct args *out);
void args_free(struct args *args);

/* "ast" is in "tokens,ast"? False when the list is NULL. */
bool list_has(const char *list, const char *word);

/* Each command: in, the arguments; out, an enum exit_status. It prints its own messages. */
#define CMD(name, takes, least, most, options, formats, doc, example) \
  int cmd_##name(const struct args *args);
#define SUB(of, name, takes, least, most, options, formats, doc, example) \
  int cmd_##of##_##name(const struct args *args);
#include "cmd/cmd.def"
#undef SUB
#undef CMD

#endif
