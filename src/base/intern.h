/* Interned names: one copy of each, so that equal names have equal pointers.
 *
 * The table belongs to the process and lives until intern_free, which main calls last. */
#ifndef VIGIE_INTERN_H
#define VIGIE_INTERN_H

#include <stddef.h>

const char *intern(const char *s);
const char *intern_n(const char *s, size_t n);
void intern_free(void);

#endif
