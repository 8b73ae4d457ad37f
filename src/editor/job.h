/* The kinds of job.def. */
#ifndef VIGIE_EDITOR_JOB_H
#define VIGIE_EDITOR_JOB_H

enum job_kind {
#define JOB(name, run, take) JOB_##name,
#include "editor/job.def"
#undef JOB
  N_JOBS
};

#endif
