/* The files that the binary carries: everything under stdlib/ and rules/, docs/glossary.md and
 * src/report/page.css, written by the Makefile to build/gen/embedded.c.
 *
 * Constants: nobody frees them. Sorted by path, bytewise. */
#ifndef VIGIE_EMBEDDED_H
#define VIGIE_EMBEDDED_H

#include <stddef.h>

struct embedded {
  const char *path; /* from the top of the repository: "stdlib/std/retention.vigie" */
  const char *text; /* the bytes of the file, and a NUL after them */
  size_t size;      /* without that NUL */
};

extern const struct embedded embedded_files[];
extern const size_t n_embedded_files;

#endif
