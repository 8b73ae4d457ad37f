/* The table of builtins and their kernels. In: columns of arguments. Out: a column of results. */
#include "fn/fn.h"

#include <math.h>
#include <string.h>

#include "base/text.h"

#define EACH_ROW for (size_t i = 0; i < rows; i++)

static void fn_abs(const struct fn_args *x, size_t rows) {
  EACH_ROW x->out[i] = fabs(x->num[0][i]);
}
static void fn_floor(const struct fn_args *x, size_t rows) {
  EACH_ROW x->out[i] = floor(x->num[0][i]);
}
static void fn_ceil(const struct fn_args *x, size_t rows) {
  EACH_ROW x->out[i] = ceil(x->num[0][i]);
}

static void fn_min(const struct fn_args *x, size_t rows) {
  memcpy(x->out, x->num[0], rows * sizeof(double));
  for (int k = 1; k < x->n; k++) EACH_ROW if (x->num[k][i] < x->out[i]) x->out[i] = x->num[k][i];
}

static void fn_max(const struct fn_args *x, size_t rows) {
  memcpy(x->out, x->num[0], rows * sizeof(double));
  for (int k = 1; k < x->n; k++) EACH_ROW if (x->num[k][i] > x->out[i]) x->out[i] = x->num[k][i];
}

static void fn_clamp(const struct fn_args *x, size_t rows) {
  EACH_ROW x->out[i] = fmin(fmax(x->num[0][i], x->num[1][i]), x->num[2][i]);
}

static void fn_round(const struct fn_args *x, size_t rows) {
  EACH_ROW {
    double scale = x->n > 1 ? pow(10, x->num[1][i]) : 1;
    x->out[i] = round(x->num[0][i] * scale) / scale;
  }
}

static void fn_compound(const struct fn_args *x, size_t rows) {
  EACH_ROW x->out[i] = 1 - pow(1 - x->num[0][i], x->num[1][i]);
}

static void fn_lower(const struct fn_args *x, size_t rows) {
  EACH_ROW if (x->txt[0][i]) x->out_txt[i] = text_lower(x->scratch, x->txt[0][i]);
}

static void fn_upper(const struct fn_args *x, size_t rows) {
  EACH_ROW if (x->txt[0][i]) x->out_txt[i] = text_upper(x->scratch, x->txt[0][i]);
}

static void fn_trim(const struct fn_args *x, size_t rows) {
  size_t n;
  EACH_ROW if (x->txt[0][i]) x->out_txt[i] =
      text_clean(x->scratch, x->txt[0][i], strlen(x->txt[0][i]), &n);
}

static void fn_length(const struct fn_args *x, size_t rows) {
  EACH_ROW if (x->txt[0][i]) x->out[i] = (double)text_length(x->txt[0][i]);
}

const struct fn fns[] = {
#define FN(name, least, most, result, kernel, signature, doc) \
  {#name, least, most, FN_##result, kernel, signature, doc},
#include "fn/fn.def"
#undef FN
};
const size_t n_fns = sizeof fns / sizeof *fns;

const struct fn *fn_find(const char *name) {
  for (size_t i = 0; i < n_fns; i++)
    if (strcmp(fns[i].name, name) == 0) return &fns[i];
  return NULL;
}

const char *const *fn_names(void) {
  static const char *const names[] = {
#define FN(name, least, most, result, kernel, signature, doc) #name,
#include "fn/fn.def"
#undef FN
      "days_in", NULL};
  return names;
}
