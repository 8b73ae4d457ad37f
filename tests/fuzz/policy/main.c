/* The fuzzer of whole policies. In: seeds. Out: for each that breaks a promise, its policy, cut
 * down to the lines that matter, and what was seen; as the last line how many policies there
 * were.
 *
 *   policy --seconds 60 [--from SEED]     goes from seed to seed (from the time of day)
 *   policy --seed N [--keep DIR]          one seed; DIR keeps policy.vigie and data.db
 *   policy --seed N --print               writes its policy
 *
 * With --edits each policy is edited, and what `diff` says is held against two runs; with
 * --proofs ROWS, what it proves of edits is held against so many rows.
 *
 * Every policy runs in a process of its own batch, so that whatever happens to it is known by
 * its seed. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "diff/proof.h"
#include "drive.h"
#include "oracle.h"
#include "policy.h"

enum { BATCH_SEEDS = 20, CUTS_MAX = 400 };

/* What is done with a seed. */
static enum { WHOLE, EDITS, PROOFS } mode;
static long proof_rows;
enum { EDITS_A_TABLE = 40 };

static struct progress *progress; /* shared with the children */
static char folder[256];

/* What the sanitizers do; the environment may say otherwise. */
const char *__asan_default_options(void);
const char *__asan_default_options(void) {
  return "exitcode=86:hard_rss_limit_mb=1500:detect_stack_use_after_return=0";
}
const char *__ubsan_default_options(void);
const char *__ubsan_default_options(void) { return "exitcode=86:print_stacktrace=1"; }

/* ---- children ------------------------------------------------------------------------- */

/* What came of a child: 0, or how it ended. */
static int wait_for(pid_t child) {
  int status;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (WIFSIGNALED(status)) return 1000 + WTERMSIG(status);
  return WEXITSTATUS(status);
}

static void begin_child(void) {
  char path[300];
  snprintf(path, sizeof path, "%s/messages", folder);
  if (!freopen(path, "w", stderr)) _exit(2);
  setvbuf(stderr, NULL, _IONBF, 0);
}

static void drive(struct gen *g) {
  switch (mode) {
    case WHOLE: drive_policy(g, folder, progress); break;
    case EDITS: drive_edits(g, folder, progress); break;
    case PROOFS: drive_proofs(g->seed, proof_rows, EDITS_A_TABLE, folder, progress); break;
  }
}

/* Seeds from..to-1, one after the other. */
static int run_batch(long from, long to) {
  fflush(NULL);
  pid_t child = fork();
  if (child) return wait_for(child);
  begin_child();
  for (progress->seed = from; progress->seed < to; progress->seed++) {
    struct gen *g = generate_policy(progress->seed);
    drive(g);
    arena_free(g->arena);
  }
  exit(0);
}

/* The policy as it is now in g. */
static int run_policy(struct gen *g) {
  fflush(NULL);
  pid_t child = fork();
  if (child) return wait_for(child);
  begin_child();
  progress->seed = g->seed;
  drive(g);
  arena_free(g->arena);
  exit(0);
}

/* ---- messages ------------------------------------------------------------------------- */

static void read_messages(char *out, size_t size) {
  char path[300];
  snprintf(path, sizeof path, "%s/messages", folder);
  FILE *f = fopen(path, "r");
  size_t n = f ? fread(out, 1, size - 1, f) : 0;
  if (!n) { /* a command was running: it is in its own file */
    if (f) fclose(f);
    snprintf(path, sizeof path, "%s/err", folder);
    f = fopen(path, "r");
    n = f ? fread(out, 1, size - 1, f) : 0;
  }
  out[n] = '\0';
  if (f) fclose(f);
}

/* The first place in src/ of a stack, or the first words of a message: what two finds of one
 * fault share. */
static void signature_of(int how, const char *messages, char *out, size_t size) {
  const char *at = strstr(messages, "/src/"), *line = strstr(messages, "BROKEN: ");
  const char *fault = strstr(messages, "fault of the program at "),
             *undefined = strstr(messages, "runtime error: ");
  if (!line) line = fault;
  if (!line && undefined) line = undefined;
  if (!line) line = at;
  if (how == 1000 + SIGPROF) line = "more than the seconds it may take";
  if (!line) line = messages;
  /* without a stack it is the command that tells faults apart */
  if (!*line) line = progress->command;
  snprintf(out, size, "%d %.*s", how,
           (int)strcspn(line, line == at ? " \n" : "\n") < 70
               ? (int)strcspn(line, line == at ? " \n" : "\n")
               : 70,
           line);
}

/* ---- cutting down --------------------------------------------------------------------- */

static bool still(struct gen *g, const char *signature) {
  static char messages[65536];
  char now[256];
  int how = run_policy(g);
  if (!how) return false;
  read_messages(messages, sizeof messages);
  signature_of(how, messages, now, sizeof now);
  return strncmp(now, signature, 30) == 0;
}

static bool try_without(struct gen *g, size_t from, size_t to, const char *signature) {
  VEC(bool) before = {0};
  bool any = false;
  for (size_t i = from; i < to; i++) {
    VEC_PUSH(g->arena, &before, g->lines.v[i].off);
    any |= !g->lines.v[i].off;
    g->lines.v[i].off = true;
  }
  if (!any || still(g, signature)) return true;
  for (size_t i = from; i < to; i++) g->lines.v[i].off = before.v[i - from];
  return false;
}

/* Whole declarations first, then single lines, as long as something goes. */
static void cut_down(struct gen *g, const char *signature) {
  int cuts = 0;
  for (size_t i = g->lines.n; i-- > 0 && cuts < CUTS_MAX;) {
    if (g->lines.v[i].text[0] == ' ') continue;
    size_t end = i + 1;
    while (end < g->lines.n && g->lines.v[end].text[0] == ' ') end++;
    cuts++;
    try_without(g, i, end, signature);
  }
  for (size_t i = g->lines.n; i-- > 0 && cuts < CUTS_MAX;)
    if (!g->lines.v[i].off && g->lines.v[i].text[0] == ' ')
      cuts++, try_without(g, i, i + 1, signature);
}

/* ---- one find ------------------------------------------------------------------------- */

/* Both versions of an edit, as they stand in the folder. */
static void print_versions(void) {
  static const char *const names[] = {"policy.vigie", "copy.vigie"};
  struct arena *a = arena_new();
  for (size_t i = 0; i < 2; i++)
    printf("---- the %s version\n%s----\n", i ? "new" : "old",
           read_file(a, arena_printf(a, "%s/%s", folder, names[i])));
  arena_free(a);
}

static void print_find(long seed, bool cut) {
  static char messages[65536];
  char signature[256];
  struct gen *g = generate_policy(seed);
  int how = run_policy(g);
  read_messages(messages, sizeof messages);
  signature_of(how, messages, signature, sizeof signature);
  printf("seed %ld broke a promise (%s) in:%s\n%s\n", seed, signature, progress->command, messages);
  if (mode != WHOLE) {
    print_versions();
    fflush(stdout);
    arena_free(g->arena);
    return;
  }
  if (how && cut) cut_down(g, signature);
  printf("---- policy of seed %ld%s\n%s----\n", seed,
         how ? "" : " (only after the seeds before it)", policy_text(g));
  fflush(stdout);
  arena_free(g->arena);
}

static char seen[64][256];
static int n_seen;

static bool is_new(long seed) {
  static char messages[65536];
  char signature[256];
  struct gen *g = generate_policy(seed);
  int how = run_policy(g);
  arena_free(g->arena);
  read_messages(messages, sizeof messages);
  signature_of(how, messages, signature, sizeof signature);
  for (int i = 0; i < n_seen; i++)
    if (strncmp(seen[i], signature, 48) == 0) return false;
  if (n_seen < 64) strcpy(seen[n_seen++], signature);
  return true;
}

/* ---- the command line ----------------------------------------------------------------- */

static int run_seconds(long seconds, long from, bool go_on, bool cut) {
  time_t end = time(NULL) + seconds;
  long finds = 0, seed = from;
  while (time(NULL) < end && (go_on || !finds)) {
    long stop = seed + (mode == PROOFS ? 1 : BATCH_SEEDS);
    while (seed < stop) {
      if (!run_batch(seed, stop)) break;
      finds++;
      /* a leak is seen when the process ends: then each seed of the batch is looked at */
      long bad = progress->seed;
      if (bad >= stop) {
        bad = seed;
        while (bad < stop && !run_batch(bad, bad + 1)) bad++;
      }
      if (!go_on || is_new(bad)) print_find(bad, cut);
      if (!go_on) break;
      seed = bad + 1;
    }
    seed = stop;
  }
  if (mode != WHOLE)
    printf("proved: %ld the same, %ld only more, %ld only fewer, %ld differ, %ld not decided\n",
           progress->answers[PROOF_SAME], progress->answers[PROOF_MORE],
           progress->answers[PROOF_FEWER], progress->answers[PROOF_DIFFERS],
           progress->answers[PROOF_OPEN]);
  printf("%ld policies from seed %ld on: %ld right as written, %ld judged, %ld broke a promise\n",
         progress->policies, from, progress->accepted, progress->judged, finds);
  return finds ? 1 : 0;
}

static int run_one(long seed, const char *keep, bool print, bool cut) {
  struct gen *g = generate_policy(seed);
  if (print) fputs(policy_text(g), stdout);
  if (print) return arena_free(g->arena), 0;
  if (keep) {
    mkdir(keep, 0755);
    snprintf(folder, sizeof folder, "%s", keep);
  }
  int how = run_policy(g);
  arena_free(g->arena);
  if (how) print_find(seed, cut);
  return how ? 1 : 0;
}

/* What a policy leaves behind. */
static void remove_folder(void) {
  static const char *const files[] = {"policy.vigie", "policy.vigie.other.vigie",
                                      "copy.vigie",   "data.db",
                                      "actions.db",   "old.db",
                                      "new.db",       "out",
                                      "err",          "messages"};
  char path[300];
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    snprintf(path, sizeof path, "%s/%s", folder, files[i]);
    unlink(path);
  }
  rmdir(folder);
}

static int usage(void) {
  fputs(
      "policy [--edits | --proofs ROWS] --seconds N [--from SEED] [--all] | --seed N [--print | "
      "--keep DIR | --whole]\n",
      stderr);
  return 2;
}

int main(int argc, char **argv) {
  long seconds = 0, from = (long)time(NULL) * 1000, seed = -1;
  const char *keep = NULL;
  bool print = false, all = false, whole = false;
  for (int i = 1; i < argc; i++) {
    const char *value = i + 1 < argc ? argv[i + 1] : NULL;
    if (strcmp(argv[i], "--print") == 0)
      print = true;
    else if (strcmp(argv[i], "--all") == 0)
      all = true;
    else if (strcmp(argv[i], "--whole") == 0)
      whole = true;
    else if (strcmp(argv[i], "--edits") == 0)
      mode = EDITS;
    else if (!value)
      return usage();
    else if (strcmp(argv[i], "--proofs") == 0)
      mode = PROOFS, proof_rows = atol(argv[++i]);
    else if (strcmp(argv[i], "--seconds") == 0)
      seconds = atol(argv[++i]);
    else if (strcmp(argv[i], "--from") == 0)
      from = atol(argv[++i]);
    else if (strcmp(argv[i], "--seed") == 0)
      seed = atol(argv[++i]);
    else if (strcmp(argv[i], "--keep") == 0)
      keep = argv[++i];
    else
      return usage();
  }
  setenv("VIGIE_TODAY", "2026-03-01", 1), setenv("NO_COLOR", "1", 1), setenv("COLUMNS", "100", 1),
      setenv("TZ", "UTC", 1);
  signal(SIGXFSZ, SIG_IGN);
  const char *tmp = getenv("TMPDIR");
  snprintf(folder, sizeof folder, "%s/vigie-policy-XXXXXX", tmp ? tmp : "/tmp");
  if (!mkdtemp(folder)) return usage();
  progress =
      mmap(NULL, sizeof *progress, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int status = seed >= 0 ? run_one(seed, keep, print, !whole && !keep)
                         : run_seconds(seconds, from, all, !whole);
  munmap(progress, sizeof *progress);
  if (!keep) remove_folder();
  return status;
}
