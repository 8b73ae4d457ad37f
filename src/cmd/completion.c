/* vigie completion bash|zsh|fish. In: a shell's name. Out: a script that completes commands,
 * options and their words, made from the tables cmd.def, opt.def and format.def. Numbers of items
 * and names it gets from `vigie completion --words KIND -- LINE`: candidates.c. */
#include <stdio.h>
#include <string.h>

#include "base/suggest.h"
#include "cmd/args.h"
#include "cmd/candidates.h"
#include "cmd/command.h"
#include "cmd/problems.h"

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

/* ---- what is asked of the state and the rules ------------------------------------------ */

/* What could follow an option, by how help calls its value: a word of --words; NULL: it is not
 * known beforehand. */
static const char *live_value(const struct command_option *o) {
  static const struct {
    const char *value, *words;
  } kinds[] = {{"PERSON", "people"}, {"TEAM", "teams"}, {"RULE", "rules"}, {"KPI", "kpis"}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if ((o->kind == KIND_word || o->kind == KIND_words) && strcmp(o->value, kinds[i].value) == 0)
      return kinds[i].words;
  return NULL;
}

/* The same of what follows a command. */
static const char *live_behind(const struct command *c) {
  if (strcmp(c->name, "items reopen") == 0) return "closed";
  if (strncmp(c->takes, "[TOPIC", strlen("[TOPIC")) == 0) return "topics";
  if (strncmp(c->takes, "WHAT", strlen("WHAT")) == 0) return "names";
  return strstr(c->takes, "NUMBER") ? "items" : NULL;
}

/* Only the first of its words is one of them; files, or the numbers of steps, follow. */
static bool live_is_first(const struct command *c) {
  return strstr(c->takes, "RULES") || strstr(c->takes, "STEP");
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
  const char *before = "";
  for (size_t i = 0; i < n_commands; i++) {
    const char *word = command_word_behind(&commands[i], c->name);
    if (!word) continue;
    printf("%s%s", before, word);
    before = between;
  }
}

static void bash_command(const struct command *c) {
  printf("    \"%s\")\n      case \"$prev\" in\n", c->name);
  for (int o = 0; o < OPTION_COUNT; o++) {
    const char *live = live_value(&options[o]);
    if (command_has(c, o) && live)
      printf("        %s) _vigie_words %s; return;;\n", options[o].name, live);
    if (!command_has(c, o) || !has_words(&options[o])) continue;
    printf("        %s) COMPREPLY=($(compgen -W \"", options[o].name);
    print_words(c, &options[o]);
    puts("\" -- \"$word\")); return;;");
  }
  printf("      esac\n      words=\"");
  print_behind(c, " ");
  const char *live = live_behind(c);
  if (live && live_is_first(c))
    printf("\"\n      [ \"$COMP_CWORD\" = %d ] && live=\"%s", command_is_behind(c) ? 3 : 2, live);
  if (live && !live_is_first(c)) printf("\"\n      live=\"%s", live);
  printf("\"\n      options=\"--help");
  for (int o = 0; o < OPTION_COUNT; o++)
    if (command_has(c, o)) printf(" %s", options[o].name);
  puts("\";;");
}

static void print_bash(void) {
  fputs(
      "# vigie: completion for bash. To use it: eval \"$(vigie completion bash)\"\n"
      "_vigie_words() {\n"
      "  local found about\n"
      "  while IFS=$'\\t' read -r found about; do\n"
      "    if [[ $found == \"$word\"* ]]; then COMPREPLY+=(\"$found\"); fi\n"
      "  done < <(vigie completion --words \"$1\" -- \"${COMP_WORDS[@]:1}\" 2>/dev/null)\n"
      "}\n"
      "_vigie() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  local options= words= live=\n"
      "  COMPREPLY=()\n"
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
      "    *) if [ -n \"$live\" ]; then _vigie_words \"$live\"; return; fi\n"
      "       COMPREPLY=($(compgen -W \"$words\" -- \"$word\") $(compgen -f -- \"$word\"));;\n"
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

/* The words that stand behind the command: "show stats ack"; false: there are none. */
static bool zsh_behind(const struct command *c) {
  size_t found = 0;
  for (size_t i = 0; i < n_commands; i++) {
    const char *word = command_word_behind(&commands[i], c->name);
    if (word) printf("%s%s", found++ ? " " : " '1:command:(", word);
  }
  if (found) fputs(")'", stdout);
  return found > 0;
}

static void zsh_command(const struct command *c) {
  const char *live = live_behind(c);
  printf("    '%s') _arguments", c->name);
  if (live) printf(" '%s:value:{_vigie_words %s}'", live_is_first(c) ? "1" : "*", live);
  if (!zsh_behind(c) && (!live || live_is_first(c))) printf(" '*:file:_files'");
  printf(" '--help[shows how to use it]'");
  for (int o = 0; o < OPTION_COUNT; o++) {
    if (!command_has(c, o)) continue;
    printf(" \\\n      '%s[", options[o].name);
    print_doc(options[o].doc);
    putchar(']');
    if (has_words(&options[o])) {
      printf(":value:(");
      print_words(c, &options[o]);
      putchar(')');
    } else if (live_value(&options[o])) {
      printf(":value:{_vigie_words %s}", live_value(&options[o]));
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
      "_vigie_words() {\n  local -a found\n"
      "  found=(${(f)\"$(vigie completion --words $1 -- $line_words 2>/dev/null)\"})\n"
      "  found=(${found//:/\\\\:})\n  found=(${found/$'\\t'/:})\n  _describe value found\n}\n"
      "_vigie() {\n  local -a commands line_words\n  line_words=(${words[2,-1]})\n  commands=(\n",
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
  /* zsh reads an installed file when it completes for the first time, as the function itself */
  puts(
      "  esac\n}\n"
      "if [ \"$funcstack[1]\" = _vigie ]; then _vigie \"$@\"; else compdef _vigie vigie; fi");
}

/* Which words have been typed: "items done" are two. */
static void fish_seen(const struct command *c) {
  int first = (int)strcspn(c->name, " ");
  printf("complete -c vigie -n '__fish_seen_subcommand_from %.*s", first, c->name);
  if (command_is_behind(c)) printf("; and __fish_seen_subcommand_from %s", c->name + first + 1);
}

static void fish_live(const struct command *c) {
  const char *live = live_behind(c);
  if (!live) return;
  fish_seen(c);
  printf("'%s -a '(__vigie_words %s)'\n", live_is_first(c) ? "" : " -f", live);
}

static void fish_command(const struct command *c) {
  if (!command_is_behind(c))
    printf("complete -c vigie -n __fish_use_subcommand -f -a %s -d '", c->name);
  else
    printf("complete -c vigie -n '__fish_seen_subcommand_from items' -f -a %s -d '",
           c->name + strcspn(c->name, " ") + 1);
  print_doc(c->doc);
  puts("'");
  fish_live(c);
  for (int o = 0; o < OPTION_COUNT; o++) {
    if (!command_has(c, o)) continue;
    fish_seen(c);
    printf("' -l %s", options[o].name + 2);
    if (options[o].kind != KIND_flag && options[o].kind != KIND_maybe) printf(" -r");
    if (has_words(&options[o])) {
      printf(" -f -a '");
      print_words(c, &options[o]);
      putchar('\'');
    } else if (live_value(&options[o])) {
      printf(" -f -a '(__vigie_words %s)'", live_value(&options[o]));
    }
    printf(" -d '");
    print_doc(options[o].doc);
    puts("'");
  }
}

static void print_fish(void) {
  puts(
      "# vigie: completion for fish. To use it: vigie completion fish > "
      "~/.config/fish/completions/vigie.fish\n"
      "function __vigie_words\n"
      "  set -l line (commandline -opc)\n"
      "  vigie completion --words $argv[1] -- $line[2..-1] 2>/dev/null\n"
      "end");
  for (size_t i = 0; i < n_commands; i++) fish_command(&commands[i]);
}

int cmd_completion(const struct args *args) {
  static const struct {
    const char *name;
    void (*print)(void);
  } shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};
  static const char *const names[] = {"bash", "zsh", "fish"};
  if (args->words) {
    print_candidates(args);
    return EXIT_CLEAN;
  }
  if (!args->n_paths)
    return refuse_option(args, "vigie completion", "say which SHELL, as in: vigie completion bash");
  if (args->n_paths > 1)
    return refuse_option(args, "vigie completion",
                         "only one SHELL can stand here: leave out \"%s\"", args->paths[1]);
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
