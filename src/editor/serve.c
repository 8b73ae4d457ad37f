/* In: two file descriptors. Out: a server that answers until it is told to end. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/limits.h"
#include "editor/catalog.h"
#include "editor/server.h"

/* False: nobody reads any more. */
static bool flush_out(struct editor *e, int out) {
  size_t at = 0;
  while (at < e->n_out) {
    ssize_t n = write(out, e->out + at, e->n_out - at);
    if (n < 0 && errno != EINTR) return false;
    if (n > 0) at += (size_t)n;
  }
  e->n_out = 0;
  return true;
}

/* False: the other end is closed. */
static bool take_input(struct editor *e, int in) {
  static char bytes[EDITOR_READ_BYTES];
  ssize_t n = read(in, bytes, sizeof bytes);
  if (n < 0 && errno == EINTR) return true;
  if (n <= 0) return false;
  editor_take(e, bytes, (size_t)n);
  return true;
}

static int pause_before(const struct editor *e) {
  double at = editor_next_work(e), left = at - clock_seconds();
  if (!at) return -1;
  return left <= 0 ? 0 : (int)(left * 1e3) + 1;
}

/* One turn: what has come is taken. */
static void turn(struct editor *e, int in) {
  struct pollfd from[2 + N_JOBS] = {{.fd = e->gone ? -1 : in, .events = POLLIN},
                                    {.fd = e->wake[0], .events = POLLIN}};
  struct pollfd *jobs = from + 2;
  for (int i = 0; i < N_JOBS; i++)
    jobs[i] = (struct pollfd){.fd = e->jobs[i].pid ? e->jobs[i].from : -1, .events = POLLIN};
  if (poll(from, sizeof from / sizeof *from, pause_before(e)) < 0) {
    CHECK(errno == EINTR);
    return;
  }
  char byte;
  if (from[0].revents) e->gone = !take_input(e, in);
  if (from[1].revents && read(e->wake[0], &byte, 1) == 1) {
    editor_take_analysis(e);
    editor_answer_waiting(e);
  }
  for (int i = 0; i < N_JOBS; i++) /* what has just come in may have ended it */
    if (jobs[i].revents && e->jobs[i].pid && jobs[i].fd == e->jobs[i].from)
      job_read(e, (enum job_kind)i);
}

/* What was begun is brought to its end when the stream ends; after `exit` what was asked only. */
static bool goes_on(const struct editor *e) {
  if (e->ended) return e->waiting.n > 0;
  return !e->gone || editor_has_work(e);
}

static void release(struct editor *e) {
  jobs_stop(e, NULL);
  if (e->running) {
    analysis_join(e->running);
    if (e->running->catalog != e->running->policy->catalog) catalog_free(e->running->catalog);
    analysis_free(e->running);
  }
  for (size_t i = 0; i < e->docs.n; i++) document_free(e->docs.v[i]);
  for (size_t i = 0; i < e->policies.n; i++) policy_free(e->policies.v[i]);
  for (size_t i = 0; i < e->waiting.n; i++) json_decref(e->waiting.v[i].message);
  close(e->wake[0]);
  close(e->wake[1]);
  frames_free(&e->in);
  free(e->out);
  arena_free(e->own);
}

static void add_given(struct editor *e, const char *path) {
  char *real = realpath(path, NULL);
  VEC_PUSH(e->own, &e->given, arena_strdup(e->own, real ? real : path));
  free(real);
}

bool editor_serve(const struct editor_setup *setup, int in, int out) {
  struct editor e = {.setup = setup, .own = arena_new()};
  bool heard = true;
  CHECK(pipe2(e.wake, O_CLOEXEC) == 0);
  for (size_t i = 0; i < setup->n_paths; i++) add_given(&e, setup->paths[i]);
  for (;;) {
    editor_start_work(&e);
    editor_answer_waiting(&e); /* what waited for a file that was closed meanwhile */
    heard = heard && flush_out(&e, out);
    if (!heard || !goes_on(&e)) break;
    turn(&e, in);
    heard = flush_out(&e, out);
  }
  bool shut = e.stage == STAGE_SHUT;
  release(&e);
  return shut;
}
