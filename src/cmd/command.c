/* In: cmd.def, opt.def, format.def. Out: the same as arrays. */
#include "cmd/command.h"

#include <stdio.h>
#include <string.h>

#include "base/check.h"
#include "base/suggest.h"

const struct command_option options[OPTION_COUNT] = {
#define OPT(field, name, kind, value, init, doc) \
  [OPTION_##field] = {name, KIND_##kind, value, init, doc, offsetof(struct args, field)},
#include "cmd/opt.def"
#undef OPT
};

const char *const format_names[FORMAT_COUNT] = {
#define FORMAT(id, name, doc) [FORMAT_##id] = name,
#include "cmd/format.def"
#undef FORMAT
};

#define PRINTS(id) (1U << FORMAT_##id)
#define MANY SIZE_MAX

const struct command commands[] = {
#define CMD(name, takes, least, most, options, formats, doc, example) \
  {#name, takes, least, most, (options) | EVERYWHERE, formats, doc, example, cmd_##name},
#define SUB(of, name, takes, least, most, options, formats, doc, example)               \
  {#of " " #name,    takes, least, most, (options) | EVERYWHERE, formats, doc, example, \
   cmd_##of##_##name},
#include "cmd/cmd.def"
#undef SUB
#undef CMD
};
const size_t n_commands = sizeof commands / sizeof *commands;

bool command_is_behind(const struct command *c) { return strchr(c->name, ' ') != NULL; }

const char *command_word_behind(const struct command *c, const char *name) {
  size_t n = strlen(name);
  return strncmp(c->name, name, n) == 0 && c->name[n] == ' ' ? c->name + n + 1 : NULL;
}

const struct command *command_behind(const char *name, const char *word) {
  for (size_t i = 0; word && i < n_commands; i++) {
    const char *its = command_word_behind(&commands[i], name);
    if (its && strcmp(its, word) == 0) return &commands[i];
  }
  return NULL;
}

const char *command_near_behind(const char *name, const char *word) {
  const char *words[sizeof commands / sizeof *commands];
  size_t found = 0;
  for (size_t i = 0; i < n_commands; i++) {
    const char *its = command_word_behind(&commands[i], name);
    if (its) words[found++] = its;
  }
  return suggest(word, words, found);
}

const struct command *command_find(const char *name) {
  for (size_t i = 0; i < n_commands; i++)
    if (strcmp(commands[i].name, name) == 0) return &commands[i];
  return NULL;
}

const char *command_near(const char *name) {
  const char *names[sizeof commands / sizeof *commands];
  for (size_t i = 0; i < n_commands; i++) names[i] = commands[i].name;
  return suggest(name, names, n_commands);
}

bool command_has(const struct command *c, enum option_id o) { return c->options >> o & 1; }

void option_value(const struct command *c, const struct command_option *o,
                  char out[OPTION_VALUE_SIZE]) {
  int n =
      snprintf(out, OPTION_VALUE_SIZE, "%s", o->kind != KIND_format && o->value ? o->value : "");
  CHECK(n < OPTION_VALUE_SIZE); /* no row of opt.def is longer */
  for (int f = 0; o->kind == KIND_format && f < FORMAT_COUNT; f++)
    if (c->formats >> f & 1) {
      n +=
          snprintf(out + n, (size_t)(OPTION_VALUE_SIZE - n), "%s%s", n ? "|" : "", format_names[f]);
      CHECK(n < OPTION_VALUE_SIZE); /* all formats together are shorter */
    }
}
