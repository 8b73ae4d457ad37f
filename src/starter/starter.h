/* The starter project that `vigie init` writes: rules to read, a dataset to run them on, a
 * README. */
#ifndef VIGIE_STARTER_STARTER_H
#define VIGIE_STARTER_STARTER_H

#include <stdbool.h>

#include "base/diag.h"

struct arena;

/* The day of the story: rules that run on it find what was planted. */
#define STARTER_DAY "2026-03-01"

/* Writes the project into the folder `dir`, which is created, or is there and empty. It is
 * written beside its place and moved there when it is whole, so that nothing half-written is ever
 * seen. False when that is not possible: problems say why and what to do, and everything is as
 * it was. */
bool starter_write(const char *dir, struct arena *a, struct diags *problems);

#endif
