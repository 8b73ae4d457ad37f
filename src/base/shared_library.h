/* Libraries that are loaded when they are needed.
 *
 * vigie is one file that runs on machines without them; a command that needs one loads it here,
 * and where it is missing one message names the package that brings it. */
#ifndef VIGIE_SHARED_LIBRARY_H
#define VIGIE_SHARED_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

struct diags;

enum shared_library_id {
#define LIBRARY(id, needed_for, package, ...) LIBRARY_##id,
#include "base/shared_library.def"
#undef LIBRARY
};

enum { LIBRARY_FILES_MAX = 3 };

struct shared_library {
  const char *needed_for;                   /* "sending messages" */
  const char *package;                      /* "libcurl4" */
  const char *files[LIBRARY_FILES_MAX + 1]; /* NULL ends them */
};

const struct shared_library *shared_library(enum shared_library_id id);

/* Loads the library, which stays loaded, and writes the addresses of the n functions of these
 * names one after the other to `functions`, which has room for n pointers to functions. False with
 * one error when this machine has no such library, or one that is too old for a function: then
 * nothing is written. */
bool shared_library_load(const struct shared_library *library, const char *const *names, size_t n,
                         void *functions, struct diags *problems);

/* Defines NAME_load, which writes the functions of that library to a struct NAME: before it stand
 * their names, FUNCTIONS, made of the same .def as the struct. */
#define LIBRARY_LOAD(name, id)                                                                   \
  bool name##_load(struct name *functions, struct diags *problems) {                             \
    enum { N = sizeof FUNCTIONS / sizeof *FUNCTIONS };                                           \
    _Static_assert(sizeof *functions == N * sizeof(void *), "a pointer a function, no more");    \
    return shared_library_load(shared_library(LIBRARY_##id), FUNCTIONS, N, functions, problems); \
  }

#endif
