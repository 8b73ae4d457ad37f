/* Builtin functions of the language: the table fn.def as data. */
#ifndef VIGIE_FN_H
#define VIGIE_FN_H

#include <stddef.h>

#include "base/arena.h"

enum fn_result { FN_SAME, FN_FIRST, FN_TEXT, FN_COUNT, FN_SHARE };

enum { FN_MAX_ARGS = 16 };

/* The arguments of one batch: numbers in num[i], texts in txt[i]; the result goes to out or
 * out_txt. Only rows whose arguments are all known matter; num of an unknown row is some number,
 * txt of it may be NULL. */
struct fn_args {
  int n;
  const double *num[FN_MAX_ARGS];
  const char *const *txt[FN_MAX_ARGS];
  double *out;
  const char **out_txt;
  struct arena *scratch; /* texts made here live until the batch is done */
};

struct fn {
  const char *name;
  int least, most;
  enum fn_result result;
  void (*kernel)(const struct fn_args *args, size_t rows);
  const char *signature, *doc;
};

const struct fn *fn_find(const char *name); /* NULL: none */
/* NULL-terminated, for did-you-mean and docs. */
const char *const *fn_names(void);
extern const struct fn fns[];
extern const size_t n_fns;

#endif
