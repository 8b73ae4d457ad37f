/* The tables cmd.def, opt.def and format.def as data, for whoever walks through them: the reader
 * of the command line and the help. Everything here is constant. */
#ifndef VIGIE_COMMAND_H
#define VIGIE_COMMAND_H

#include "cmd/args.h"

#include "base/version.h"

enum option_id {
#define OPT(field, name, kind, value, init, doc) OPTION_##field,
#include "cmd/opt.def"
#undef OPT
  OPTION_COUNT
};
/* Bits of enum option_id. */
__extension__ typedef unsigned __int128 option_set;
_Static_assert(OPTION_COUNT <= 128, "a set of options is 128 bits");
/* What cmd.def and environment.def make their sets of. */
#define HAS(field) ((option_set)1 << OPTION_##field)
#define EVERYWHERE (HAS(quiet) | HAS(color))

enum option_kind {
  KIND_flag,
  KIND_file,
  KIND_word,
  KIND_words,
  KIND_maybe,
  KIND_choice,
  KIND_list,
  KIND_day,
  KIND_number,
  KIND_format
};

struct command_option {
  const char *name; /* "--db" */
  enum option_kind kind;
  const char *value; /* what help shows for its value, "a|b|c" for a choice; NULL for a flag */
  const char *init;  /* the default; NULL: none */
  const char *doc;
  size_t offset; /* of its field in struct args */
};

extern const struct command_option options[OPTION_COUNT];
extern const char *const format_names[FORMAT_COUNT]; /* by enum format */

struct command {
  const char *name, *takes;
  size_t least, most; /* how many paths or words */
  option_set options; /* those that every command has included */
  unsigned formats;   /* bits of enum format */
  const char *doc, *example;
  int (*run)(const struct args *args);
};

extern const struct command commands[];
extern const size_t n_commands;

const struct command *command_find(const char *name); /* NULL: there is none */
/* the one that a mistyped name meant, or NULL */
const char *command_near(const char *name);
/* Does it stand behind another command? */
bool command_is_behind(const struct command *c);
/* Its word behind the command `name`: "done" of `items done`; NULL: it does not stand there. */
const char *command_word_behind(const struct command *c, const char *name);
/* `word` behind the command `name`, as in `items done`; NULL: there is none, or word is NULL. */
const struct command *command_behind(const char *name, const char *word);
/* the word behind `name` that a mistyped one meant, or NULL */
const char *command_near_behind(const char *name, const char *word);
bool command_has(const struct command *c, enum option_id o);

/* Room for what stands behind any option, and the 0 at its end. */
enum { OPTION_VALUE_SIZE = 96 };
/* What stands behind the option as help shows it, for --format the ones that c prints: "DATA",
 * "text|json", "" for a flag. */
void option_value(const struct command *c, const struct command_option *o,
                  char out[OPTION_VALUE_SIZE]);

#endif
