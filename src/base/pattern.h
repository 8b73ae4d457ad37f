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
/* 1 found, 0 not found, -1 the step limit was reached. */
int pattern_match(struct pattern *p, const char *s, size_t n);

#endif
