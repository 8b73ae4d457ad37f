/* In: a command line that was read, the environment, the rule files. Out: the same line with what
 * it left out. */
#include "cmd/project.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/path.h"
#include "base/text.h"
#include "cmd/problems.h"
#include "postgres/address.h"
#include "syntax/parse_file.h"
#include "syntax/rule_files.h"

static const char USUAL_RULES[] = "rules";

static const struct setting {
  enum option_id option;
  const char *variable;
  enum clause_kind clause;
} settings[] = {
#define SETTING(field, variable, clause) {OPTION_##field, variable, C_##clause},
#include "cmd/setting.def"
#undef SETTING
};

static const char **field(struct args *args, const struct setting *s) {
  return (const char **)((char *)args + options[s->option].offset);
}

/* What stands there as long as nobody has said anything: the very text of opt.def. */
static bool is_open(struct args *args, const struct setting *s) {
  return *field(args, s) == options[s->option].init;
}

/* ---- the rule files ------------------------------------------------------------------- */

/* "explain threshold health_alarm", "explain item 12 rules" say the kind first, where the second
 * word is no file; the name alone is enough. */
static bool says_kind(const struct args *args, const struct command *c) {
  static const char *const kinds[] = {"rule", "kpi", "threshold", "item"};
  if (strcmp(c->name, "explain") != 0 || args->n_paths < 2) return false;
  if (args->n_paths == 2 && access(args->paths[1], F_OK) == 0) return false;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (strcmp(args->paths[0], kinds[i]) == 0) return true;
  return false;
}

size_t words_before_rules(const struct args *args, const struct command *c) {
  if (args->git_range) return 0;
  if (!strstr(c->takes, "RULES")) return SIZE_MAX;
  return c->least + says_kind(args, c);
}

/* The rule files in this folder itself. */
static void add_files_here(struct args *args) {
  glob_t found;
  if (glob("*.vigie", 0, NULL, &found) != 0) return;
  args->paths = xrealloc(args->paths, (args->n_paths + found.gl_pathc) * sizeof *args->paths);
  for (size_t i = 0; i < found.gl_pathc; i++)
    args->paths[args->n_paths++] = arena_strdup(args->arena, found.gl_pathv[i]);
  globfree(&found);
}

/* The folder `rules`, else the files here; there may be none. */
static void add_usual_rules(struct args *args) {
  if (!path_is_folder(USUAL_RULES)) {
    add_files_here(args);
    return;
  }
  args->paths = xrealloc(args->paths, (args->n_paths + 1) * sizeof *args->paths);
  args->paths[args->n_paths++] = USUAL_RULES;
}

static bool add_rules(struct args *args, const struct command *c) {
  size_t words = words_before_rules(args, c);
  if (words == SIZE_MAX || args->n_paths > words) return true;
  add_usual_rules(args);
  if (args->n_paths > words) return true;
  refuse_option(args, arena_printf(args->arena, "vigie %s", c->name),
                "say which RULES…, as in: %s. They may be left out where there is a folder "
                "rules, or a rule file",
                c->example);
  return false;
}

/* ---- the environment ------------------------------------------------------------------ */

static void take_environment(struct args *args, const struct setting *s) {
  const char *value = s->variable ? getenv(s->variable) : NULL;
  if (!value || !*value) return;
  *field(args, s) = value;
  args->origin[s - settings] =
      arena_printf(args->arena, "the environment variable %s", s->variable);
}

/* ---- the project ---------------------------------------------------------------------- */

static bool same_folder(const char *a, const char *b) {
  struct stat x, y;
  return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* As people would write it: rules/../data.db is data.db, unless rules is a link to elsewhere. */
static const char *path_beside(const char *file, const char *path, struct arena *a) {
  const char *folder = path_folder(file, a);
  if (*path == '/' || is_postgres_address(path)) return path;
  while (strncmp(path, "../", 3) == 0 && strcmp(folder, ".") != 0) {
    const char *above = path_folder(folder, a), *name = strrchr(folder, '/');
    name = name ? name + 1 : folder;
    if (strcmp(name, "..") == 0 || strcmp(name, ".") == 0 ||
        !same_folder(arena_printf(a, "%s/..", folder), above))
      break;
    folder = above;
    path += 3;
  }
  return strcmp(folder, ".") == 0 ? path : arena_printf(a, "%s/%s", folder, path);
}

/* A check of the rules alone goes on where the data of the project are not. */
static bool can_do_without(const struct args *args, const struct setting *s) {
  static const char *const commands_of_rules[] = {"check", "lint", "diff", "explain"};
  for (size_t i = 0; i < sizeof commands_of_rules / sizeof *commands_of_rules; i++)
    if (s->clause == C_DATA && strcmp(args->command, commands_of_rules[i]) == 0) return true;
  return false;
}

static void take_line(struct args *args, const struct setting *s, const struct clause *c) {
  int line, column;
  source_place(c->span.src, args->arena, c->span.at, &line, &column);
  const char *value = c->text ? path_beside(c->span.src->path, c->text, args->arena) : c->of;
  if (!*value) return; /* sema says so */
  if (can_do_without(args, s) && !is_postgres_address(value) && access(value, F_OK) != 0) {
    if (!args->quiet)
      print_note(arena_printf(args->arena, "%s (%s:%d) is not there: this is without data", value,
                              c->span.src->path, line));
    return;
  }
  *field(args, s) = value;
  args->origin[s - settings] =
      arena_printf(args->arena, "the `project` in %s:%d", c->span.src->path, line);
}

static void take_clauses(struct args *args, const struct command *command, const struct ast *ast) {
  for (size_t i = 0; i < ast->items.n; i++) {
    const struct ast_item *it = ast->items.v[i];
    for (size_t k = 0; it->head->kind == C_PROJECT && k < it->body.n; k++)
      for (const struct setting *s = settings; s < settings + SETTINGS_MAX; s++)
        if (s->clause == it->body.v[k]->kind && command_has(command, s->option) && is_open(args, s))
          take_line(args, s, it->body.v[k]);
  }
}

/* The rule files of the line; of a command without any, those of the project around it. The last
 * path: of two versions, that is the new one. */
static bool find_files(struct args *args, const struct command *c, path_list *files) {
  struct diags quiet = {.arena = args->arena};
  size_t words = words_before_rules(args, c);
  struct args here = {.arena = args->arena};
  const char *const *paths = args->paths;
  size_t n = args->n_paths;
  bool found;
  if (strcmp(c->name, "diff") == 0 && !args->git_range) {
    paths += n - 1;
    n = 1;
  } else if (words != SIZE_MAX) {
    paths += words;
    n -= words;
  } else {
    add_usual_rules(&here);
    paths = here.paths;
    n = here.n_paths;
  }
  found = rule_files(paths, n, args->arena, files, &quiet);
  free(here.paths);
  return found;
}

static void take_project(struct args *args, const struct command *c) {
  path_list files = {0};
  struct diags quiet = {.arena = args->arena};
  if (!find_files(args, c, &files)) return;
  for (size_t f = 0; f < files.n; f++) {
    struct source *src = rule_file_read(args->arena, files.v[f], &quiet);
    if (src && memmem(src->text, src->size, "project", strlen("project")))
      take_clauses(args, c, parse_source(args->arena, src, &quiet));
  }
}

bool project_fill(struct args *args) {
  const struct command *c = command_find(args->command);
  bool open = false;
  if (!add_rules(args, c)) return false;
  for (const struct setting *s = settings; s < settings + SETTINGS_MAX; s++) {
    if (!command_has(c, s->option) || !is_open(args, s)) continue;
    take_environment(args, s);
    open |= is_open(args, s);
  }
  /* the files of an editor have projects of their own, whatever lies here */
  if (open && strcmp(c->name, "lsp") != 0) take_project(args, c);
  return true;
}

const char *project_origin(const struct args *args, const char *message, struct arena *a) {
  for (const struct setting *s = settings; s < settings + SETTINGS_MAX; s++) {
    const char *value = *field((struct args *)args, s), *from = args->origin[s - settings];
    bool path = options[s->option].kind == KIND_file;
    if (from && path && value && strstr(message, value))
      return arena_printf(a, "%s is what %s says; %s on the command line comes before it", value,
                          from, options[s->option].name);
  }
  return NULL;
}
