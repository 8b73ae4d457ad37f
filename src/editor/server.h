/* What the files of editor/ share: the state of a server, and a message that is being answered. */
#ifndef VIGIE_EDITOR_SERVER_H
#define VIGIE_EDITOR_SERVER_H

#include <jansson.h>
#include <sys/types.h>

#include "editor/editor.h"
#include "editor/frames.h"
#include "editor/policy.h"

/* Codes of errors that JSON-RPC and the protocol have given out. */
enum answer_code {
  ANSWER_NO_JSON = -32700,
  ANSWER_NO_REQUEST = -32600,
  ANSWER_NO_SUCH_METHOD = -32601,
  ANSWER_WRONG_PARAMS = -32602,
  ANSWER_NOT_INITIALIZED = -32002,
  ANSWER_FAILED = -32803,
  ANSWER_CANCELLED = -32800,
};

enum server_stage { STAGE_NEW, STAGE_READY, STAGE_SHUT };

/* What the editor shows without having been asked by a person. */
enum refresh_kind { REFRESH_LENSES, REFRESH_HINTS, N_REFRESHES };

struct editor;
struct method;

/* A message that is being answered. */
struct asked {
  struct editor *e;
  const json_t *params;
  struct document *doc; /* of params.textDocument; NULL: none, or it is not open */
  struct analysis *now; /* of its policy, the newest; NULL: a method that does not need one */
  struct arena *a;      /* as long as the answer is being made */
  int code;             /* of the error; 0: none */
  const char *why;
};

/* Sets the error of the answer; NULL, so that the caller can return it. */
json_t *answer_refused(struct asked *q, enum answer_code code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* The byte of params.position in the document. False: the answer is refused. */
bool asked_at(struct asked *q, size_t *at);

/* A request that waits for an analysis. */
struct waiting {
  const struct method *method;
  json_t *message;
};

struct job_child { /* a process of its own */
  pid_t pid;       /* 0: none */
  int from;        /* what it writes */
  struct policy *policy;
  char *text; /* n bytes of a line so far */
  size_t n, cap;
};

struct editor {
  const struct editor_setup *setup;
  struct arena *own;
  enum server_stage stage;
  bool ended; /* it was told to */
  bool gone;  /* nothing more will come */
  path_list roots, given;
  VEC(struct document *) docs;
  VEC(struct policy *) policies;
  long stamp; /* of the newest edit or opening of a file */
  struct frames in;
  VEC(json_t *) inbox;
  VEC(struct waiting) waiting;
  struct analysis *running; /* NULL: none */
  int wake[2];
  struct job_child jobs[N_JOBS];
  bool refreshes[N_REFRESHES]; /* what the editor asks for anew when it is told to */
  long asked;                  /* requests to the editor so far */
  char *out;                   /* n bytes to write */
  size_t n_out, cap_out;
};

/* ---- server.c: messages in, answers out -------------------------------------------------- */
void editor_take(struct editor *e, const char *bytes, size_t n);
void editor_notify(struct editor *e, const char *method, json_t *params); /* takes params */
/* Has the editor ask anew for what it shows between the lines. */
void editor_refresh(struct editor *e);
/* Answers what waited for the policies that are current now. */
void editor_answer_waiting(struct editor *e);

/* ---- documents.c ------------------------------------------------------------------------- */
struct document *editor_document(const struct editor *e, const char *uri); /* NULL: not open */
/* The open file of this one name; NULL. */
struct document *editor_document_by_id(const struct editor *e, const char *id);

/* ---- work.c: what goes on between messages ----------------------------------------------- */
void policy_edited(struct policy *p);
void editor_start_work(struct editor *e);
void editor_take_analysis(struct editor *e);
double editor_next_work(const struct editor *e); /* when there is some; 0: there is none */
bool editor_has_work(const struct editor *e);    /* that nobody has to wait for, or that runs */

/* ---- diagnostics.c ----------------------------------------------------------------------- */
/* What a diagnostic is to the protocol; a new reference. lines: of its source. */
json_t *diagnostic_json(struct arena *a, const struct lines *lines, const struct diag *d);
/* The same of what is no kind: severity 1 to 3. */
json_t *underline_json(const struct lines *lines, struct span at, int severity, const char *code,
                       const char *message);
/* Tells the editor what is new about the policy's files. */
void diagnostics_publish(struct editor *e, struct policy *p);

/* ---- lenses.c ---------------------------------------------------------------------------- */
/* Tells the person who had tests run what became of them. */
void lenses_say_tests(struct editor *e, struct policy *p);

/* ---- jobs.c ------------------------------------------------------------------------------ */
void job_start(struct editor *e, enum job_kind kind, struct policy *p);
/* Ends what runs for the policy; NULL: for any. */
void jobs_stop(struct editor *e, const struct policy *p);
/* The pipe of the job has something. */
void job_read(struct editor *e, enum job_kind kind);
/* In the process of a job: an object that it has found, on its way to the server. Takes it. */
void job_write(int to, json_t *found);

/* ---- a function a row -------------------------------------------------------------------- */
typedef json_t *method_function(struct asked *q);
enum method_kind { METHOD_NOTICE, METHOD_REQUEST, METHOD_PLACE, METHOD_POLICY };
struct method {
  const char *name;
  method_function *run;
  enum method_kind kind;
  const char *capability, *value;
};
#define METHOD(name, function, kind, capability, value) method_function function;
#include "editor/method.def"
#undef METHOD

/* x: the policy as it was read, the process's own to change. */
typedef void job_run(const struct editor *e, const struct analysis *x, int to);
typedef void job_take(struct editor *e, struct policy *p, json_t *found); /* found is borrowed */
#define JOB(name, run, take) \
  job_run run;               \
  job_take take;
#include "editor/job.def"
#undef JOB

#endif
