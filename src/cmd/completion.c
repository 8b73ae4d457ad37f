/* vigie completion bash|zsh|fish. In: a shell's name. Out: a script that completes commands,
 * options and their words, made from the tables cmd.def, opt.def and format.def. */
#include <stdio.h>
#include <string.h>

#include "base/suggest.h"
#include "cmd/args.h"
#include "cmd/command.h"

/* The words that an option may be followed by, separated by spaces: "auto always never"; empty:
 * anything. */
static void print_words(const struct command *c, const struct command_option *o) {
  if (o->kind == KIND_format) {
    for (int f = 0; f < FORMAT_COUNT; f++)
      if (c->formats >> f & 1) printf("%s ", format_names[f]);
  } else if (o->kind == KIND_choice || o->kind == KIND_list) {
    for (const char *p = o->value; *p; p++) putchar(*p == '|' ? ' ' : *p);
  }
}

static bool has_words(const struct command_option *o) {
  return o->kind == KIND_format || o->kind == KIND_choice || o->kind == KIND_list;
}

static void print_commands(void) {
  for (size_t i = 0; i < n_commands; i++)
    if (!command_is_behind(&commands[i])) printf("%s%s", i ? " " : "", commands[i].name);
}

/* The words that may follow a command by itself. */
static void print_behind(const struct command *c, const char *between) {
  size_t n = strlen(c->name);
  const char *before = "";
  for (size_t i = 0; i < n_commands; i++) {
    const char *name = commands[i].name;
    if (strncmp(name, c->name, n) != 0 || name[n] != ' ') continue;
    printf("%s%s", before, name + n + 1);
    before = between;
  }
}

static void bash_command(const struct command *c) {
  printf("    \"%s\")\n      case \"$prev\" in\n", c->name);
  for (int o = 0; o < OPTION_COUNT; o++) {
    if (!command_has(c, o) || !has_words(&options[o])) continue;
    printf("        %s) COMPREPLY=($(compgen -W \"", options[o].name);
    print_words(c, &options[o]);
    puts("\" -- \"$word\")); return;;");
  }
  printf("      esac\n      words=\"");
  print_behind(c, " ");
  printf("\"\n      options=\"--help");
  for (int o = 0; o < OPTION_COUNT; o++)
    if (command_has(c, o)) printf(" %s", options[o].name);
  puts("\";;");
}

static void print_bash(void) {
  fputs(
      "# vigie: completion for bash. To use it: eval \"$(vigie completion bash)\"\n"
      "_vigie() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} options= words=\n"
      "  if [ \"$COMP_CWORD\" = 1 ]; then\n"
      "    COMPREPLY=($(compgen -W \"",
      stdout);
  print_commands();
  fputs(
      "\" -- \"$word\"))\n    return\n  fi\n"
      "  local command=${COMP_WORDS[1]} both=\"${COMP_WORDS[1]} ${COMP_WORDS[2]}\"\n"
      "  case \"$both\" in\n",
      stdout);
  for (size_t i = 0; i < n_commands; i++)
    if (command_is_behind(&commands[i])) printf("    \"%s\") command=$both;;\n", commands[i].name);
  fputs("  esac\n  case \"$command\" in\n", stdout);
  for (size_t i = 0; i < n_commands; i++) bash_command(&commands[i]);
  fputs(
      "  esac\n"
      "  case \"$word\" in\n"
      "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\"));;\n"
      "    *) COMPREPLY=($(compgen -W \"$words\" -- \"$word\") $(compgen -f -- \"$word\"));;\n"
      "  esac\n"
      "}\n"
      "complete -o filenames -F _vigie vigie\n",
      stdout);
}

/* In single quotes for zsh and fish: a quote ends them, is escaped, and they begin again.
 * Brackets and colons mean something to zsh. */
static void print_doc(const char *doc) {
  for (; *doc; doc++) {
    if (*doc == '\'')
      fputs("'\\''", stdout);
    else if (strchr("[]:", *doc))
      putchar(' ');
    else
      putchar(*doc);
  }
}

static void zsh_command(const struct command *c) {
  printf("    '%s') _arguments '*:file:_files' '--help[shows how to use it]'", c->name);
  for (int o = 0; o < OPTION_COUNT; o++) {
    if (!command_has(c, o)) continue;
    printf(" \\\n      '%s[", options[o].name);
    print_doc(options[o].doc);
    putchar(']');
    if (has_words(&options[o])) {
      printf(":value:(");
      print_words(c, &options[o]);
      putchar(')');
    } else if (options[o].kind == KIND_file) {
      printf(":file:_files");
    } else if (options[o].kind == KIND_maybe) {
      printf("::value:");
    } else if (options[o].kind != KIND_flag) {
      printf(":value:");
    }
    putchar('\'');
  }
  puts(";;");
}

static void print_zsh(void) {
  fputs(
      "#compdef vigie\n# vigie: completion for zsh. To use it: eval \"$(vigie completion zsh)\", "
      "after compinit\n"
      "_vigie() {\n  local -a commands\n  commands=(\n",
      stdout);
  for (size_t i = 0; i < n_commands; i++) {
    if (command_is_behind(&commands[i])) continue;
    printf("    '%s:", commands[i].name);
    print_doc(commands[i].doc);
    puts("'");
  }
  fputs(
      "  )\n  if (( CURRENT == 2 )); then\n    _describe command commands\n    return\n  fi\n"
      "  local command=$words[2]\n  case \"$words[2] $words[3]\" in\n",
      stdout);
  for (size_t i = 0; i < n_commands; i++)
    if (command_is_behind(&commands[i]))
      printf("    '%s') command=\"$words[2] $words[3]\"; shift words; (( CURRENT-- ));;\n",
             commands[i].name);
  fputs("  esac\n  shift words\n  (( CURRENT-- ))\n  case \"$command\" in\n", stdout);
  for (size_t i = 0; i < n_commands; i++) zsh_command(&commands[i]);
  fputs("  esac\n}\ncompdef _vigie vigie\n", stdout);
}

/* Which words have been typed: "items done" are two. */
static void fish_seen(const struct command *c) {
  int first = (int)strcspn(c->name, " ");
  printf("complete -c vigie -n '__fish_seen_subcommand_from %.*s", first, c->name);
  if (command_is_behind(c)) printf("; and __fish_seen_subcommand_from %s", c->name + first + 1);
}

static void fish_command(const struct command *c) {
  if (!command_is_behind(c))
    printf("complete -c vigie -n __fish_use_subcommand -f -a %s -d '", c->name);
  else
    printf("complete -c vigie -n '__fish_seen_subcommand_from items' -f -a %s -d '",
           c->name + strcspn(c->name, " ") + 1);
  print_doc(c->doc);
  puts("'");
  for (int o = 0; o < OPTION_COUNT; o++) {
    if (!command_has(c, o)) continue;
    fish_seen(c);
    printf("' -l %s", options[o].name + 2);
    if (options[o].kind != KIND_flag && options[o].kind != KIND_maybe) printf(" -r");
    if (has_words(&options[o])) {
      printf(" -f -a '");
      print_words(c, &options[o]);
      putchar('\'');
    }
    printf(" -d '");
    print_doc(options[o].doc);
    puts("'");
  }
}

static void print_fish(void) {
  puts(
      "# vigie: completion for fish. To use it: vigie completion fish > "
      "~/.config/fish/completions/vigie.fish");
  for (size_t i = 0; i < n_commands; i++) fish_command(&commands[i]);
}

int cmd_completion(const struct args *args) {
  static const struct {
    const char *name;
    void (*print)(void);
  } shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};
  static const char *const names[] = {"bash", "zsh", "fish"};
  for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
    if (strcmp(args->paths[0], shells[i].name) == 0) {
      shells[i].print();
      return EXIT_CLEAN;
    }
  const char *near = suggest(args->paths[0], names, 3);
  fprintf(stderr, "vigie: there is no completion for \"%s\": write %s\n", args->paths[0],
          near ? near : "bash, zsh or fish");
  return EXIT_USAGE;
}
