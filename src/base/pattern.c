/* Regular expressions over PCRE2. In: a pattern and texts. Out: found, not found, or too many
 * steps. */
#include "base/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/clock.h"
#include "base/limits.h"

/* Of one text, and from one of its characters on: PCRE2 begins to count anew at each. */
enum { STEPS_OF_TEXT = 2000000000, STEPS_FROM_PLACE = 100000 };
/* Longer texts are searched so many places at a time, with a look at the clock between. */
enum { LONG_TEXT = 64 << 10, SLICE = 512 };

struct pattern {
  pcre2_code *code;
  pcre2_match_data *data;
  pcre2_match_context *limits;
};

static pcre2_code *compile(const char *text, int *error, PCRE2_SIZE *at) {
  return pcre2_compile((PCRE2_SPTR)text, PCRE2_ZERO_TERMINATED,
                       PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_USE_OFFSET_LIMIT,
                       error, at, NULL);
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

long pattern_seconds(void) {
  const char *text = getenv("VIGIE_PATTERN_SECONDS");
  char *end;
  long n = text ? strtol(text, &end, 10) : 0;
  return text && *text && !*end && n >= 0 ? n : PATTERN_MAX_SECONDS;
}

/* From the places [from, to] of the text on; checked: it is known to be UTF-8. */
static int match_from(struct pattern *p, const char *s, size_t n, size_t from, size_t to,
                      bool checked) {
  pcre2_set_offset_limit(p->limits, to);
  int r = pcre2_match(p->code, (PCRE2_SPTR)s, n, from, checked ? PCRE2_NO_UTF_CHECK : 0, p->data,
                      p->limits);
  return r >= 0 ? PATTERN_FOUND : r == PCRE2_ERROR_NOMATCH ? PATTERN_NOT_FOUND : PATTERN_STEPS;
}

static int match_long(struct pattern *p, const char *s, size_t n) {
  double end = clock_seconds() + (double)pattern_seconds();
  for (size_t from = 0, to; from <= n; from = to + 1) {
    to = n - from > SLICE ? from + SLICE : n;
    while (to < n && ((unsigned char)s[to + 1] & 0xC0) == 0x80) to++; /* whole characters */
    int r = match_from(p, s, n, from, to, from > 0);
    if (r != PATTERN_NOT_FOUND) return r;
    if (clock_seconds() >= end) return PATTERN_TIME;
  }
  return PATTERN_NOT_FOUND;
}

int pattern_match(struct pattern *p, const char *s, size_t n) {
  size_t places = n < LONG_TEXT ? n : LONG_TEXT, steps = STEPS_OF_TEXT / (places + 1);
  pcre2_set_match_limit(p->limits, steps < STEPS_FROM_PLACE ? (uint32_t)steps : STEPS_FROM_PLACE);
  return n <= LONG_TEXT ? match_from(p, s, n, 0, n, false) : match_long(p, s, n);
}
