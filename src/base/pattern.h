/* Regular expressions: PCRE2 with JIT, UTF and a step limit. Unanchored search. */
#ifndef VIGIE_PATTERN_H
#define VIGIE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct pattern;

/* NULL when the pattern compiles; otherwise why not, and *at, the character of the pattern where
 * it is wrong. */
const char *pattern_check(struct arena *a, const char *text, int *at);
/* of a pattern that compiles; free with pattern_free */
struct pattern *pattern_new(const char *text);
void pattern_free(struct pattern *p);
/* Does it occur in the n bytes? Backtracking is bounded: by steps, which grow scarcer with the
 * length of the text, and on texts of more than 64 KB by pattern_seconds: PATTERN_MAX_SECONDS, or
 * what VIGIE_PATTERN_SECONDS in the environment says. */
enum { PATTERN_FOUND = 1, PATTERN_NOT_FOUND = 0, PATTERN_STEPS = -1, PATTERN_TIME = -2 };
int pattern_match(struct pattern *p, const char *s, size_t n);
long pattern_seconds(void);

#endif
