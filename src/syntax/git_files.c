/* In: the name of a version. Out: its rule files, as the git program hands them over. */
#include "syntax/git_files.h"

#include <errno.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "syntax/rule_files.h"

extern char **environ;

static char *read_all(int fd, size_t *n) {
  size_t cap = 1 << 16;
  char *buf = xmalloc(cap);
  ssize_t got;
  *n = 0;
  while ((got = read(fd, buf + *n, cap - *n)) > 0 || (got < 0 && errno == EINTR)) {
    if (got > 0) *n += (size_t)got;
    if (*n == cap) buf = xrealloc(buf, cap *= 2);
  }
  buf[*n] = 0;
  return buf;
}

char *git_output(char *const argv[], size_t *n) {
  int pipe_fd[2], status = -1;
  pid_t pid;
  posix_spawn_file_actions_t to;
  if (pipe(pipe_fd) != 0) return NULL;
  posix_spawn_file_actions_init(&to);
  posix_spawn_file_actions_adddup2(&to, pipe_fd[1], STDOUT_FILENO);
  posix_spawn_file_actions_addclose(&to, pipe_fd[0]);
  posix_spawn_file_actions_addopen(&to, STDERR_FILENO, "/dev/null", 1, 0);
  bool started = posix_spawnp(&pid, "git", &to, NULL, argv, environ) == 0;
  posix_spawn_file_actions_destroy(&to);
  close(pipe_fd[1]);
  char *text = started ? read_all(pipe_fd[0], n) : NULL;
  close(pipe_fd[0]);
  if (started) waitpid(pid, &status, 0);
  if (started && WIFEXITED(status) && WEXITSTATUS(status) == 0) return text;
  free(text);
  return NULL;
}

static bool is_kept_by_git(const char *dir) {
  size_t n;
  char *argv[] = {"git", "-C", (char *)dir, "rev-parse", "--git-dir", NULL};
  char *text = git_output(argv, &n);
  bool kept = text != NULL;
  free(text);
  return kept;
}

bool git_ref_known(const char *ref, const char *dir, const char *option, struct arena *a,
                   struct diags *problems) {
  size_t n;
  char *argv[] = {"git",
                  "-C",
                  (char *)dir,
                  "rev-parse",
                  "--verify",
                  "--quiet",
                  arena_printf(a, "%s^{commit}", ref),
                  NULL};
  char *text = *ref == '-' ? NULL : git_output(argv, &n);
  free(text);
  if (text) return true;
  if (!is_kept_by_git(dir))
    return diag_fail(problems, V0705,
                     "%s asks git, which keeps nothing of this folder: go to the folder that git "
                     "keeps, or do without %s",
                     option, option);
  return diag_fail(
      problems, V0705,
      "git knows no version \"%s\" here: %s takes a branch, a tag or a commit, such as main", ref,
      option);
}

/* ref:./name: seen from the folder. */
static bool read_one(const char *ref, const char *dir, const char *name, struct arena *a,
                     struct memory_file *out) {
  size_t n;
  char *argv[] = {"git", "-C", (char *)dir, "show", arena_printf(a, "%s:./%s", ref, name), NULL};
  char *text = git_output(argv, &n);
  if (!text) return false;
  const char *path = strcmp(dir, ".") == 0 ? name : arena_printf(a, "%s/%s", dir, name);
  *out = (struct memory_file){path, arena_strndup(a, text, n), n};
  free(text);
  return true;
}

bool git_files_in(const char *ref, const char *dir, const char *option, struct arena *a,
                  struct memory_files *out, struct diags *problems) {
  size_t n;
  VEC(struct memory_file) files = {0};
  if (!git_ref_known(ref, dir, option, a, problems)) return false;
  char *argv[] = {"git", "-C",          (char *)dir, "ls-tree", "-r",
                  "-z",  "--name-only", (char *)ref, NULL};
  char *names = git_output(argv, &n);
  for (size_t at = 0; names && at < n; at += strlen(names + at) + 1) {
    struct memory_file f;
    if (!is_rule_file(names + at)) continue;
    if (!read_one(ref, dir, arena_strdup(a, names + at), a, &f)) continue;
    VEC_PUSH(a, &files, f);
  }
  free(names);
  *out = (struct memory_files){.files = files.v, .n = files.n, .of = ref};
  return true;
}

bool git_files(const char *ref, const char *option, struct arena *a, struct memory_files *out,
               struct diags *problems) {
  if (!git_files_in(ref, ".", option, a, out, problems)) return false;
  if (out->n) return true;
  return diag_fail(problems, V0705, "the version \"%s\" has no rule files in this folder", ref);
}
