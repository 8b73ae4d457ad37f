/* A policy through the commands. In: its lines and an empty folder. Out: nothing, or the end of
 * the process at the first promise that is broken. Mistakes are cut out line by line first, so
 * that what is left reaches every stage. */
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/text.h"
#include "drive.h"
#include "format/format.h"
#include "oracle.h"
#include "policy.h"
#include "run.h"

static const struct {
  const char *statuses;
  enum output output;
  const char *words;
} lines[] = {
#define LINE(statuses, output, words) {statuses, output, words},
#include "commands.def"
#undef LINE
};
enum { N_LINES = sizeof lines / sizeof *lines, SECONDS = 5, ROUNDS = 12, NAMES_MAX = 3 };

void broken(const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  fputs("BROKEN: ", stderr);
  vfprintf(stderr, fmt, ap);
  fputc('\n', stderr);
  va_end(ap);
  _exit(EXIT_BROKEN);
}

/* Each step has so many seconds of the processor; SIGPROF ends the process after them. */
void step(struct progress *p, const char *what) { long_step(p, what, SECONDS); }

void long_step(struct progress *p, const char *what, int seconds) {
  struct itimerval limit = {.it_value.tv_sec = seconds};
  setitimer(ITIMER_PROF, &limit, NULL);
  snprintf(p->command, sizeof p->command, "%s", what);
}

/* ---- files ---------------------------------------------------------------------------- */

void write_file(const char *path, const char *text) {
  FILE *f = fopen(path, "w");
  if (!f || fputs(text, f) < 0 || fclose(f) != 0) broken("%s cannot be written", path);
}

char *read_file(struct arena *a, const char *path) {
  struct stat st;
  int fd = open(path, O_RDONLY);
  if (fd < 0 || fstat(fd, &st) != 0) broken("%s cannot be read", path);
  char *text = arena_alloc(a, (size_t)st.st_size + 1);
  if (read(fd, text, (size_t)st.st_size) != st.st_size) broken("%s cannot be read", path);
  close(fd);
  return text;
}

const char *policy_text(struct gen *g) {
  text_buf b = {0};
  for (size_t i = 0; i < g->lines.n; i++)
    if (!g->lines.v[i].off) put(g, &b, g->lines.v[i].text), put(g, &b, "\n");
  return text_of(g, &b);
}

/* ---- one command ---------------------------------------------------------------------- */

/* What nobody may read: the words that C prints for want of a value. */
static void check_words(const char *what, const char *text) {
  static const char *const never[] = {
      "(null)", "nan", "inf", "UNIQUE constraint", "SQL logic error", "fault of the program"};
  size_t bad;
  if (!text_utf8_valid(text, strlen(text), &bad)) broken("%s: the output is no UTF-8", what);
  for (size_t i = 0; i < sizeof never / sizeof *never; i++)
    for (const char *p = text; (p = strstr(p, never[i])); p++) {
      unsigned char before = p > text ? (unsigned char)p[-1] : ' ',
                    after = (unsigned char)p[strlen(never[i])];
      bool part = before > 127 || after > 127 ||
                  strchr("abcdefghijklmnopqrstuvwxyz_", after | 32) ||
                  strchr("abcdefghijklmnopqrstuvwxyz_", before | 32);
      if (!part || never[i][0] == '(') broken("%s: the output says %s: %.200s", what, never[i], p);
    }
}

/* Faults of rows that the data of a seed can have: the only reasons to refuse it. */
static bool fault_of_data(const char *message) {
  static const char *const known[] = {"two segments",  "no such",     "there is no",
                                      "Add --key",     "has no rows", "is a KPI of the company",
                                      "define no KPI", "may mean"};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++)
    if (strstr(message, known[i])) return true;
  return false;
}

bool run_line(struct drive *d, int argc, char **argv, const char *statuses, enum output output) {
  struct arena *a = arena_new();
  char what[512] = "";
  for (int i = 1; i < argc; i++)
    snprintf(what + strlen(what), sizeof what - strlen(what), " %.100s", argv[i]);
  step(d->p, what);
  int status = run_command(argc, argv, d->out, d->err);
  const char *out = read_file(a, d->out), *err = read_file(a, d->err);
  bool good = strchr(statuses, '0' + status) ||
              (status == 2 && strchr(statuses, 'D') && fault_of_data(err));
  if (!good) broken("%s: status %d: %.1000s%.1000s", what, status, err, out);
  check_words(what, out);
  check_words(what, err);
  json_error_t error;
  json_t *doc = output == JSON && status != 2 ? json_loads(out, 0, &error) : NULL;
  if (output == JSON && status != 2 && !doc)
    broken("%s: no JSON: %s: %.300s", what, error.text, out);
  json_decref(doc);
  arena_free(a);
  return status != 2;
}

/* ---- a row of the table --------------------------------------------------------------- */

/* The words that stand for several names: how many names there are. */
static size_t names_of(const struct drive *d, const char *word) {
  size_t n = 1;
  if (strcmp(word, "RULE") == 0) n = d->rs->rules.n;
  if (strcmp(word, "KPI") == 0) n = d->rs->kpis.n;
  if (strcmp(word, "LIMIT") == 0) n = d->rs->thresholds.n;
  return n < NAMES_MAX ? n : NAMES_MAX;
}

static const char *word_value(struct drive *d, const char *word, size_t i) {
  const struct {
    const char *word, *value;
  } values[] = {{"RULES", d->rules}, {"DB", d->db},         {"STATE", d->state}, {"COPY", d->copy},
                {"DAY", d->day},     {"BEFORE", d->before}, {"LATER", d->later}};
  for (size_t k = 0; k < sizeof values / sizeof *values; k++)
    if (strcmp(values[k].word, word) == 0) return values[k].value;
  if (strcmp(word, "RULE") == 0) return d->rs->rules.v[i]->name;
  if (strcmp(word, "KPI") == 0) return d->rs->kpis.v[i]->name;
  if (strcmp(word, "LIMIT") == 0) return d->rs->thresholds.v[i]->name;
  if (strcmp(word, "KEY") == 0)
    return choice(d->g, "A|K0-0|K0-1|a, b|17|Pro|Pro, Max|K1-2|unknown|nobody");
  return word;
}

static void run_row(struct drive *d, int row, size_t name) {
  char *argv[24] = {"vigie"}, *words = arena_strdup(d->g->arena, lines[row].words), *rest;
  int argc = 1;
  for (char *w = strtok_r(words, " ", &rest); w && argc < 23; w = strtok_r(NULL, " ", &rest))
    argv[argc++] = (char *)word_value(d, w, name);
  run_line(d, argc, argv, lines[row].statuses, lines[row].output);
}

static void run_rows(struct drive *d) {
  for (int row = 0; row < N_LINES; row++) {
    char *words = arena_strdup(d->g->arena, lines[row].words), *rest,
         *command = strtok_r(words, " ", &rest);
    const char *what = strcmp(command, "explain") == 0 ? strtok_r(NULL, " ", &rest) : "";
    if (strcmp(command, "kpi") == 0 && !d->rs->kpis.n) continue;
    for (size_t i = 0; i < names_of(d, what); i++) run_row(d, row, i);
  }
}

/* ---- cutting mistakes out ------------------------------------------------------------- */

/* Takes out the line at the byte; all of its declaration, when it is the first. */
static bool cut(struct gen *g, size_t byte) {
  size_t at = 0;
  for (size_t i = 0; i < g->lines.n; i++) {
    if (g->lines.v[i].off) continue;
    at += strlen(g->lines.v[i].text) + 1;
    if (at <= byte) continue;
    bool head = g->lines.v[i].text[0] != ' ';
    g->lines.v[i].off = true;
    for (i++; head && i < g->lines.n && g->lines.v[i].text[0] == ' '; i++) g->lines.v[i].off = true;
    return true;
  }
  return false;
}

/* From the last to the first, so that places stay right. */
static bool cut_mistakes(struct gen *g, struct ruleset *rs, const char *path) {
  size_t last = SIZE_MAX;
  bool any = false;
  for (;;) {
    size_t next = SIZE_MAX;
    for (size_t i = 0; i < rs->diags.list.n; i++) {
      const struct diag *x = rs->diags.list.v[i];
      bool mine =
          x->kind->level == LEVEL_ERROR && x->span.src && strcmp(x->span.src->path, path) == 0;
      if (mine && x->span.at < last && (next == SIZE_MAX || x->span.at > next)) next = x->span.at;
    }
    if (next == SIZE_MAX) return any;
    any |= cut(g, next);
    last = next;
  }
}

/* The rule set of what is left; NULL: nothing could be saved. */
struct ruleset *load_repaired(struct drive *d, struct arena **a) {
  for (int round = 0; round < ROUNDS; round++) {
    write_file(d->rules, policy_text(d->g));
    step(d->p, round ? "load after repair" : "load");
    *a = arena_new();
    struct ruleset *rs = policy_load(*a, d->rules);
    if (!round) d->p->policies++;
    if (!round && !rs->diags.errors) d->p->accepted++;
    if (!rs->diags.errors) return rs;
    bool cut_some = cut_mistakes(d->g, rs, d->rules);
    arena_free(*a);
    *a = NULL;
    if (!cut_some) break;
  }
  return NULL;
}

/* ---- a whole policy ------------------------------------------------------------------- */

/* As written, mistakes and all: only `check` and `fmt` have something to say. */
static void run_as_written(struct drive *d) {
  char *check[] = {"vigie", "check", (char *)d->rules, NULL},
       *json[] = {"vigie", "check", (char *)d->rules, "--format", "json", NULL};
  char *lint[] = {"vigie", "lint", (char *)d->rules, NULL};
  write_file(d->rules, policy_text(d->g));
  run_line(d, 3, check, "03", TEXT);
  run_line(d, 5, json, "03", JSON);
  run_line(d, 3, lint, "013", TEXT);
  step(d->p, "fmt twice");
  oracle_format(policy_text(d->g));
}

struct drive drive_begin(struct gen *g, const char *folder, struct progress *p) {
  struct drive d = {.g = g, .p = p, .folder = folder};
  g->rng = rng_stream("drive", (size_t)g->seed);
#define FILE_OF(name) arena_printf(g->arena, "%s/%s", folder, name)
  d.rules = FILE_OF("policy.vigie"), d.copy = FILE_OF("copy.vigie"), d.db = FILE_OF("data.db");
  d.state = FILE_OF("actions.db"), d.out = FILE_OF("out"), d.err = FILE_OF("err");
  d.day = choice(g, "2026-03-01|2026-02-28|2025-12-31|2026-04-15");
  d.before = choice(g, "2025-11-30|2025-12-15|2024-02-29"),
  d.later = choice(g, "2026-05-01|2026-06-30|2027-01-01");
  return d;
}

void drive_policy(struct gen *g, const char *folder, struct progress *p) {
  struct arena *a = NULL;
  struct drive d = drive_begin(g, folder, p);
  run_as_written(&d);
  d.rs = load_repaired(&d, &a);
  if (!d.rs) return;
  p->judged++;
  write_dataset(g, d.db);
  write_file(d.copy, policy_text(g));
  unlink(d.state);
  run_rows(&d);
  oracle_policy(g, p, d.rules, d.db, d.day);
  arena_free(a);
}
