/* In: argv. Out: struct args, or one message that says what to change on the line. */
#include "cmd/args.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/suggest.h"
#include "base/text.h"
#include "cmd/command.h"
#include "cmd/other_words.h"

/* The line while it is read. */
struct args_ctx {
  const struct command *command;
  struct args *out;
  option_set given;
};

/* One message, for a command or (NULL) for the line as a whole; false, so that a caller can
 * return it. */
__attribute__((format(printf, 2, 3))) static bool wrong(const struct command *c, const char *fmt,
                                                        ...) {
  va_list ap;
  struct arena *a = arena_new();
  va_start(ap, fmt);
  text_print_line(stderr, "vigie%s%s: %s", c ? " " : "", c ? c->name : "",
                  arena_vprintf(a, fmt, ap));
  va_end(ap);
  arena_free(a);
  return false;
}

/* ---- words of a list "a|b|c" or "a,b,c" ----------------------------------------------- */

static bool next_word(const char **list, char separator, const char **word, size_t *n) {
  if (!**list) return false;
  const char *end = strchrnul(*list, separator);
  *word = *list;
  *n = (size_t)(end - *list);
  *list = *end ? end + 1 : end;
  return true;
}

static bool among(const char *list, char separator, const char *word, size_t n) {
  const char *w;
  size_t len;
  while (next_word(&list, separator, &w, &len))
    if (len == n && memcmp(w, word, n) == 0) return true;
  return false;
}

bool list_has(const char *list, const char *word) {
  return list && among(list, ',', word, strlen(word));
}

/* The constant word of "a|b|c" that equals the text. */
static bool one_of(const struct command *c, const struct command_option *o, const char *text,
                   size_t n) {
  if (n && among(o->value, '|', text, n)) return true;
  char known[128];
  size_t at = 0;
  for (const char *p = o->value; *p && at + 3 < sizeof known; p++) {
    known[at++] = *p == '|' ? ',' : *p;
    if (*p == '|') known[at++] = ' ';
  }
  CHECK(at + 3 < sizeof known); /* every word of opt.def was written */
  known[at] = '\0';
  return wrong(c, "%s knows no \"%.*s\": use one of %s", o->name, (int)n, text, known);
}

/* ---- values --------------------------------------------------------------------------- */

static void *field(struct args *out, const struct command_option *o) {
  return (char *)out + o->offset;
}

static bool read_format(struct args_ctx *r, const struct command_option *o, const char *text) {
  char known[128] = "";
  for (int f = 0; f < FORMAT_COUNT; f++) {
    if (!(r->command->formats >> f & 1)) continue;
    if (strcmp(text, format_names[f]) == 0) {
      *(opt_format *)field(r->out, o) = (enum format)f;
      return true;
    }
    CHECK(strlen(known) + strlen(format_names[f]) + 3 < sizeof known);
    if (*known) strcat(known, ", ");
    strcat(known, format_names[f]);
  }
  return wrong(r->command, "cannot print \"%s\": use --format with one of %s", text, known);
}

static bool read_number(struct args_ctx *r, const struct command_option *o, const char *text) {
  char *end;
  errno = 0;
  long n = strtol(text, &end, 10);
  if (*end || n < 0 || errno)
    return wrong(r->command, "%s takes a whole number, 0 or more, not \"%s\"", o->name, text);
  *(opt_number *)field(r->out, o) = n;
  return true;
}

static bool read_list(struct args_ctx *r, const struct command_option *o, const char *text) {
  const char *rest = text, *word;
  size_t n;
  while (next_word(&rest, ',', &word, &n))
    if (!one_of(r->command, o, word, n)) return false;
  *(opt_list *)field(r->out, o) = text;
  return true;
}

static bool add_words(struct args_ctx *r, const struct command_option *o, const char *text) {
  opt_words *words = field(r->out, o);
  size_t n = *words ? strlen(*words) : 0, size = n + strlen(text) + sizeof ", ";
  *words = xrealloc(*words, size);
  snprintf(*words + n, size - n, "%s%s", n ? ", " : "", text);
  return true;
}

static bool read_value(struct args_ctx *r, const struct command_option *o, const char *text) {
  switch (o->kind) {
    case KIND_flag: *(opt_flag *)field(r->out, o) = true; return true;
    case KIND_format: return read_format(r, o, text);
    case KIND_number: return read_number(r, o, text);
    case KIND_list: return read_list(r, o, text);
    case KIND_words: return add_words(r, o, text);
    case KIND_choice:
      if (!one_of(r->command, o, text, strlen(text))) return false;
      *(opt_choice *)field(r->out, o) = text;
      return true;
    case KIND_day:
      if (day_parse(text, strlen(text), field(r->out, o))) return true;
      return wrong(r->command, "%s takes a day such as 2026-03-01 (year-month-day), not \"%s\"",
                   o->name, text);
    case KIND_file:
    case KIND_maybe:
    case KIND_word: *(opt_word *)field(r->out, o) = text; return true;
  }
  return false;
}

/* ---- options -------------------------------------------------------------------------- */

static bool unknown_option(const struct args_ctx *r, const char *name) {
  const char *mine[OPTION_COUNT + 1];
  size_t n = 0;
  for (int o = 0; o < OPTION_COUNT; o++)
    if (command_has(r->command, o)) mine[n++] = options[o].name;
  mine[n++] = "--help";
  const char *other = other_option(r->command, name);
  if (other && strncmp(other, "--", 2) != 0)
    return wrong(r->command, "there is no option %s: %s", name, other);
  if (other) return wrong(r->command, "there is no option %s: write %s", name, other);
  const char *near = suggest(name, mine, n);
  if (near) return wrong(r->command, "there is no option %s: did you mean %s?", name, near);
  return wrong(r->command, "there is no option %s: vigie %s --help lists those there are", name,
               r->command->name);
}

/* The one option that has a short name, as every compiler has it. */
static bool is_short(const char *name, size_t n, const struct command_option *o) {
  return o == &options[OPTION_output] && n == 2 && memcmp(name, "-o", n) == 0;
}

static const struct command_option *find_option(const struct command *c, const char *name,
                                                size_t n) {
  for (int o = 0; o < OPTION_COUNT; o++)
    if (command_has(c, o) &&
        (is_short(name, n, &options[o]) ||
         (strlen(options[o].name) == n && memcmp(options[o].name, name, n) == 0)))
      return &options[o];
  return NULL;
}

/* `word` begins with a dash; its value is behind "=" or in `next` (NULL at the end of the line).
 * *took_next says which. */
static bool read_option(struct args_ctx *r, char *word, char *next, bool *took_next) {
  char *equals = strchr(word, '=');
  size_t n = equals ? (size_t)(equals - word) : strlen(word);
  const struct command_option *o = find_option(r->command, word, n);
  *took_next = false;
  if (!o) {
    word[n] = '\0';
    return unknown_option(r, word);
  }
  if (o->kind == KIND_flag) {
    if (equals) return wrong(r->command, "%s stands alone: leave out \"%s\"", o->name, equals);
    return read_value(r, o, "");
  }
  const char *value = equals ? equals + 1 : next;
  *took_next = !equals;
  if (o->kind == KIND_maybe && !equals && (!next || strncmp(next, "--", 2) == 0)) {
    value = "";
    *took_next = false;
  } else if (!value || !*value || (!equals && strncmp(value, "--", 2) == 0)) {
    return wrong(r->command, "%s needs a value behind it: %s %s", o->name, o->name, o->value);
  }
  option_set bit = (option_set)1 << (o - options);
  if (r->given & bit && o->kind != KIND_words)
    return wrong(r->command, "%s is given twice: keep one of them", o->name);
  r->given |= bit;
  return read_value(r, o, value);
}

static void set_defaults(struct args *out) {
  for (int i = 0; i < OPTION_COUNT; i++) {
    const struct command_option *o = &options[i];
    switch (o->kind) {
      case KIND_day: *(opt_day *)field(out, o) = DAY_NONE; break;
      case KIND_words: *(opt_words *)field(out, o) = NULL; break;
      case KIND_number: *(opt_number *)field(out, o) = -1; break;
      case KIND_flag: *(opt_flag *)field(out, o) = false; break;
      case KIND_format: *(opt_format *)field(out, o) = FORMAT_TEXT; break;
      default: *(opt_word *)field(out, o) = o->init;
    }
  }
}

/* ---- the line ------------------------------------------------------------------------- */

static bool colored(const char *choice, int fd) {
  if (strcmp(choice, "auto") != 0) return strcmp(choice, "always") == 0;
  const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
  if ((no_color && *no_color) || (term && strcmp(term, "dumb") == 0)) return false;
  return isatty(fd);
}

/* The word of another program for what is written otherwise here; false: it is none. */
static bool say_other(const struct command *c, const char *const *words, size_t n, bool alone) {
  struct arena *a = arena_new();
  const char *other = other_verb(words, n, alone, a);
  if (other)
    wrong(c, c ? "there is no \"%s\": %s" : "there is no command \"%s\": %s", words[0], other);
  arena_free(a);
  return other != NULL;
}

/* Numbers, and names of customers. */
static bool wrong_behind_items(const struct args_ctx *r, const char *extra) {
  if (strspn(extra, "#0123456789") == strlen(extra))
    return wrong(r->command, "to look at one item, write: vigie items show %s", extra);
  struct arena *a = arena_new();
  wrong(r->command,
        "there is no \"%s\": for the items of a customer, write vigie items --account %s", extra,
        text_shell_word(a, extra));
  arena_free(a);
  return false;
}

static bool right_number_of_paths(const struct args_ctx *r) {
  const struct command *c = r->command;
  const struct args *a = r->out;
  if (a->n_paths < c->least && !a->git_range)
    return wrong(c, "say which %s, as in: %s", c->takes, c->example);
  if (a->n_paths > c->most) {
    const char *extra = a->paths[c->most];
    if (strcmp(c->name, "items") == 0 && say_other(c, a->paths, a->n_paths, false)) return false;
    const char *near = command_near_behind(c->name, extra);
    if (near)
      return wrong(c, "there is no \"%s\": did you mean vigie %s %s?", extra, c->name, near);
    if (strcmp(c->name, "items") == 0) return wrong_behind_items(r, extra);
    if (c->most == 0) return wrong(c, "only options can stand here: leave out \"%s\"", extra);
    return wrong(c, "only one %s can stand here: leave out \"%s\"", c->takes, extra);
  }
  return true;
}

/* The words behind the command. */
static bool read_words(struct args_ctx *r, int n, char **words) {
  bool options_ended = false;
  for (int i = 0; i < n; i++) {
    char *word = words[i];
    if (!options_ended && strcmp(word, "--") == 0) {
      options_ended = true;
    } else if (!options_ended && word[0] == '-' && word[1]) {
      bool took_next;
      if (!read_option(r, word, i + 1 < n ? words[i + 1] : NULL, &took_next)) return false;
      i += took_next;
    } else {
      r->out->paths[r->out->n_paths++] = word;
    }
  }
  return right_number_of_paths(r);
}

static bool asks_for_help(const char *word) {
  return strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0;
}

static bool help_among(int n, char **words) {
  for (int i = 0; i < n && strcmp(words[i], "--") != 0; i++)
    if (asks_for_help(words[i])) return true;
  return false;
}

/* The command that the first of n words names; NULL after a message. */
static const struct command *read_command(int n, char **words) {
  const char *word = words[0];
  if (asks_for_help(word)) return command_find("help");
  if (strcmp(word, "--version") == 0) return command_find("version");
  const struct command *c = command_find(word);
  if (c) return c;
  const char *near = command_near(word);
  if (say_other(NULL, (const char *const *)words, (size_t)n, true)) return NULL;
  if (command_behind("items", word))
    wrong(NULL, "there is no command \"%s\": did you mean vigie items %s?", word, word);
  else if (near)
    wrong(NULL, "there is no command \"%s\": did you mean vigie %s?", word, near);
  else if (word[0] == '-')
    wrong(NULL,
          "the command comes before its options: write vigie COMMAND %s; vigie help lists the "
          "commands",
          word);
  else
    wrong(NULL, "there is no command \"%s\": vigie help lists those there are", word);
  return NULL;
}

bool args_read(int argc, char **argv, struct args *out) {
  if (argc < 2)
    return wrong(NULL, "say what to do: vigie COMMAND RULES…; vigie help lists the commands");
  const struct command *c = read_command(argc - 1, argv + 1);
  if (!c) return false;
  const struct command *behind = command_behind(c->name, argc > 2 ? argv[2] : NULL);
  int first = behind ? 3 : 2;
  if (behind) c = behind;
  *out = (struct args){
      .command = c->name, .paths = xcalloc((size_t)argc, sizeof *out->paths), .arena = arena_new()};
  set_defaults(out);
  if (c != command_find("help") && help_among(argc - first, argv + first)) {
    out->command = "help";
    out->paths[out->n_paths++] = c->name;
    return true;
  }
  struct args_ctx r = {.command = c, .out = out};
  if (!read_words(&r, argc - first, argv + first)) {
    args_free(out);
    return false;
  }
  out->color_out = colored(out->color, STDOUT_FILENO);
  out->color_err = colored(out->color, STDERR_FILENO);
  return true;
}

void args_free(struct args *args) {
  free(args->paths);
  arena_free(args->arena);
  for (int o = 0; o < OPTION_COUNT; o++)
    if (options[o].kind == KIND_words) free(*(opt_words *)field(args, &options[o]));
  args->paths = NULL;
  args->n_paths = 0;
}
