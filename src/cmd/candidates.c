/* In: the words of a command line that is being typed. Out: what could stand next, from the state
 * and the rule files that the line names, or those in their usual places. */
#include "cmd/candidates.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "action/state.h"
#include "base/map.h"
#include "base/text.h"
#include "cmd/command.h"
#include "cmd/help_word.h"
#include "syntax/parse_file.h"
#include "syntax/rule_files.h"

static const char LOCK_WAIT_MS[] = "100"; /* a person has pressed a key */
static const char USUAL_RULES[] = "rules";

struct candidates {
  const struct args *args;
  struct arena *a;
  struct diags quiet;
  struct map seen;
};

/* A word that a shell would take apart, or run, is not offered. */
static void offer(struct candidates *x, const char *word, const char *about) {
  if (strcmp(text_shell_word(x->a, word), word) != 0 || map_put(&x->seen, x->a, word, x)) return;
  text_print_safe(stdout, word, strlen(word));
  putchar('\t');
  text_print_safe(stdout, about, strlen(about));
  putchar('\n');
}

/* ---- the state ------------------------------------------------------------------------ */

static const char *state_of_line(const struct args *args) {
  for (size_t i = 0; i + 1 < args->n_paths; i++)
    if (strcmp(args->paths[i], "--state") == 0) return args->paths[i + 1];
  return args->state;
}

static void offer_of_state(struct candidates *x, enum state_words of) {
  struct state *s;
  const struct state_word *words;
  size_t n;
  setenv("VIGIE_LOCK_TIMEOUT_MS", LOCK_WAIT_MS, 1);
  if (!state_open(state_of_line(x->args), STATE_READ, x->a, &s, &x->quiet) || !s) return;
  if (state_words(s, of, &words, &n, &x->quiet))
    for (size_t i = 0; i < n; i++) offer(x, words[i].word, words[i].about);
  state_close(s);
}

/* ---- the rule files ------------------------------------------------------------------- */

static bool holds_rules(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 &&
         (S_ISDIR(st.st_mode) || (S_ISREG(st.st_mode) && is_rule_file(path)));
}

/* The files and folders of the line, else the folder that `vigie init` makes. */
static size_t rule_paths(const struct args *args, const char **out) {
  size_t n = 0;
  for (size_t i = 0; i < args->n_paths; i++)
    if (holds_rules(args->paths[i])) out[n++] = args->paths[i];
  if (!n && holds_rules(USUAL_RULES)) out[n++] = USUAL_RULES;
  return n;
}

static void offer_heads(struct candidates *x, enum clause_kind kind) {
  const char **paths = NEW_N(x->a, const char *, x->args->n_paths + 1);
  size_t n = rule_paths(x->args, paths);
  path_list files = {0};
  if (!n || !rule_files(paths, n, x->a, &files, &x->quiet)) return;
  for (size_t f = 0; f < files.n; f++) {
    struct source *src = rule_file_read(x->a, files.v[f], &x->quiet);
    struct ast *ast = src ? parse_source(x->a, src, &x->quiet) : NULL;
    for (size_t i = 0; ast && i < ast->items.n; i++) {
      const struct clause *head = ast->items.v[i]->head;
      if (head->kind == kind && head->name) offer(x, head->name, clause_word(kind));
    }
  }
}

/* ---- what is asked for ---------------------------------------------------------------- */

static void offer_open(struct candidates *x) { offer_of_state(x, WORDS_OPEN); }
static void offer_closed(struct candidates *x) { offer_of_state(x, WORDS_CLOSED); }
static void offer_people(struct candidates *x) { offer_of_state(x, WORDS_PEOPLE); }
static void offer_teams(struct candidates *x) { offer_of_state(x, WORDS_TEAMS); }
static void offer_kpis(struct candidates *x) { offer_heads(x, C_KPI); }

static void offer_rules(struct candidates *x) {
  offer_heads(x, C_RULE);
  offer_of_state(x, WORDS_RULES); /* sentences have their names there */
}

/* What `explain` explains. */
static void offer_names(struct candidates *x) {
  offer_rules(x);
  offer_kpis(x);
  offer_heads(x, C_THRESHOLD);
  offer_open(x);
}

static void offer_topic(void *candidates, const char *word, const char *about) {
  offer(candidates, word, about);
}

/* What `help` speaks of. */
static void offer_topics(struct candidates *x) {
  for (size_t i = 0; i < n_commands; i++)
    if (!command_is_behind(&commands[i])) offer(x, commands[i].name, commands[i].doc);
  help_words(x->a, offer_topic, x);
}

void print_candidates(const struct args *args) {
  static const struct {
    const char *word;
    void (*offer)(struct candidates *x);
  } kinds[] = {{"items", offer_open},  {"closed", offer_closed}, {"people", offer_people},
               {"teams", offer_teams}, {"rules", offer_rules},   {"kpis", offer_kpis},
               {"names", offer_names}, {"topics", offer_topics}};
  struct candidates x = {.args = args, .a = arena_new()};
  x.quiet.arena = x.a;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (strcmp(kinds[i].word, args->words) == 0) kinds[i].offer(&x);
  arena_free(x.a);
}
