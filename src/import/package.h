/* The parts of a workbook: XML files in a zip archive, unpacked while they are read. */
#ifndef VIGIE_PACKAGE_H
#define VIGIE_PACKAGE_H

#include "import/libexpat.h"
#include "import/libzip.h"
#include "import/reading.h"

struct package {
  struct reading *r;
  struct libzip zip;
  struct libexpat xml;
  zip_t *file;
  long long unpacked; /* bytes of all passes */
};

/* What is done with a part. Names have no prefix: "row" stands for x:row too. False: no more of it
 * is wanted; whoever fails says so in its ctx. NULL: not asked for. */
struct part_handler {
  void *ctx;
  bool (*start)(void *ctx, const char *name, const char *const *attributes);
  bool (*end)(void *ctx, const char *name);
  bool (*text)(void *ctx, const char *text, size_t n);
};
/* Its value; NULL: it is not there. */
const char *part_attribute(const char *const *attributes, const char *name);
/* "1" or "true" */
bool part_flag(const char *const *attributes, const char *name);

/* False with one error: no archive, or a library is missing. */
bool package_open(struct package *p, struct reading *r);
void package_close(struct package *p);
bool package_has(const struct package *p, const char *part);

/* Reads a part through to its end or until the handler has enough. False with one error: it is
 * damaged, or more than max_mb. No part that is not there is asked for. */
bool package_read(struct package *p, const char *part, long max_mb, const struct part_handler *h);
/* Does the word stand in the bytes of the part? As package_read. */
bool package_find(struct package *p, const char *part, const char *word, bool *found);

/* The name of a part that another one names, such as "../styles.xml" in "xl/worksheets/sheet1.xml";
 * in the arena. What leads out of the archive ends at its root. */
const char *package_path(struct arena *a, const char *from, const char *target);

#endif
