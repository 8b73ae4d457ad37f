/* In: a policy without mistakes. Out: what takes long to work out of it, by job.def: each job in a
 * process of its own, which writes a JSON object a line. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/check.h"
#include "editor/server.h"

static const struct {
  job_run *run;
  job_take *take;
} jobs[N_JOBS] = {
#define JOB(name, run, take) {run, take},
#include "editor/job.def"
#undef JOB
};

/* ---- the process ----------------------------------------------------------------------- */

static void write_all(int to, const char *s, size_t n) {
  while (n) {
    ssize_t k = write(to, s, n);
    if (k < 0 && errno != EINTR) return;
    if (k < 0) continue;
    s += k;
    n -= (size_t)k;
  }
}

void job_write(int to, json_t *found) {
  char *text = json_dumps(found, JSON_COMPACT);
  if (text) {
    write_all(to, text, strlen(text));
    write_all(to, "\n", 1);
  }
  free(text);
  json_decref(found);
}

/* ---- the server ------------------------------------------------------------------------ */

void job_start(struct editor *e, enum job_kind kind, struct policy *p) {
  struct job_child *c = &e->jobs[kind];
  int ends[2];
  CHECK(!c->pid);
  p->done[kind] = true;
  if (pipe(ends) != 0) return;
  pid_t pid = fork();
  if (pid == 0) {
    close(ends[0]);
    jobs[kind].run(e, p->now, ends[1]);
    _exit(0);
  }
  close(ends[1]);
  if (pid < 0)
    close(ends[0]);
  else
    *c = (struct job_child){.pid = pid, .from = ends[0], .policy = p};
}

static void end_child(struct job_child *c) {
  close(c->from);
  while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR) continue;
  free(c->text);
  *c = (struct job_child){0};
}

void jobs_stop(struct editor *e, const struct policy *p) {
  for (int i = 0; i < N_JOBS; i++) {
    struct job_child *c = &e->jobs[i];
    if (!c->pid || (p && c->policy != p)) continue;
    kill(c->pid, SIGKILL);
    end_child(c);
  }
}

/* The lines that are whole; what is left waits for the rest of it. */
static void take_lines(struct editor *e, enum job_kind kind) {
  struct job_child *c = &e->jobs[kind];
  char *at = c->text, *end;
  while ((end = memchr(at, '\n', c->n - (size_t)(at - c->text))) != NULL) {
    json_t *found = json_loadb(at, (size_t)(end - at), 0, NULL);
    if (json_is_object(found)) jobs[kind].take(e, c->policy, found);
    json_decref(found);
    at = end + 1;
  }
  c->n -= (size_t)(at - c->text);
  memmove(c->text, at, c->n);
}

void job_read(struct editor *e, enum job_kind kind) {
  struct job_child *c = &e->jobs[kind];
  if (c->cap - c->n < BUFSIZ) c->text = xrealloc(c->text, c->cap = 2 * c->cap + 2 * BUFSIZ);
  ssize_t k = read(c->from, c->text + c->n, c->cap - c->n);
  if (k < 0 && errno == EINTR) return;
  if (k <= 0) {
    end_child(c);
    return;
  }
  c->n += (size_t)k;
  take_lines(e, kind);
}
