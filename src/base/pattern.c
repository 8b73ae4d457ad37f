/* Regular expressions over PCRE2. In: a pattern and texts. Out: found, not found, or too many
 * steps. */
#include "base/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"

enum { STEP_LIMIT = 100000 };

struct pattern {
  pcre2_code *code;
  pcre2_match_data *data;
  pcre2_match_context *limits;
};

static pcre2_code *compile(const char *text, int *error, PCRE2_SIZE *at) {
  return pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED,
                       PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C, error, at, NULL);
}

const char *pattern_check(struct arena *a, const char *text, int *at) {
  int error;
  PCRE2_SIZE offset;
  pcre2_code *code = compile(text, &error, &offset);
  if (code) {
    pcre2_code_free(code);
    return NULL;
  }
  PCRE2_UCHAR message[256];
  pcre2_get_error_message(error, message, sizeof message);
  *at = 0;
  for (PCRE2_SIZE i = 0; i < offset && text[i]; i++) *at += ((unsigned char)text[i] & 0xC0) != 0x80;
  return arena_strdup(a, (const char *)message);
}

struct pattern *pattern_new(const char *text) {
  int error;
  PCRE2_SIZE offset;
  struct pattern *p = xcalloc(1, sizeof *p);
  p->code = compile(text, &error, &offset);
  CHECK(p->code);                                 /* pattern_check came first */
  pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE); /* without JIT the interpreter serves */
  p->data = pcre2_match_data_create(1, NULL);
  p->limits = pcre2_match_context_create(NULL);
  pcre2_set_match_limit(p->limits, STEP_LIMIT);
  pcre2_set_depth_limit(p->limits, 10000);
  return p;
}

void pattern_free(struct pattern *p) {
  if (!p) return;
  pcre2_match_context_free(p->limits);
  pcre2_match_data_free(p->data);
  pcre2_code_free(p->code);
  free(p);
}

int pattern_match(struct pattern *p, const char *s, size_t n) {
  int r = pcre2_match(p->code, (PCRE2_SPTR)s, n, 0, 0, p->data, p->limits);
  return r >= 0 ? 1 : r == PCRE2_ERROR_NOMATCH ? 0 : -1;
}
