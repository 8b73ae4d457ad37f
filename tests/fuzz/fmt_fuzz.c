/* Hostile rule files, formatted: every byte is in a token, the tree stays (format_source refuses
 * otherwise), every comment survives, and formatting twice is formatting once. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "format/format.h"
#include "syntax/token.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool held) {
  if (!held) abort();
}

static void check_lossless(const struct tokens *raw) {
  uint32_t at = 0;
  for (size_t i = 0; i < raw->list.n; at = raw->list.v[i++].end)
    must(raw->list.v[i].at == at && raw->list.v[i].end > at);
  must(at == raw->src->size);
}

/* The next comment at or after token *i, without the blanks at its end; false when there is none.
 */
static bool next_comment(const struct tokens *raw, size_t *i, const char **text, size_t *n) {
  while (*i < raw->list.n && raw->list.v[*i].kind != TRIVIA_COMMENT) ++*i;
  if (*i == raw->list.n) return false;
  const struct token *t = &raw->list.v[(*i)++];
  *text = raw->src->text + t->at;
  *n = t->end - t->at;
  while (strchr(" \t\v\f", (*text)[*n - 1])) --*n;
  return true;
}

static void check_comments(const struct tokens *before, const struct tokens *after) {
  size_t i = 0, j = 0, n, m;
  const char *old, *new;
  while (next_comment(before, &i, &old, &n))
    must(next_comment(after, &j, &new, &m) && n == m && memcmp(old, new, n) == 0);
  must(!next_comment(after, &j, &new, &m));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size > SOURCE_MAX) return 0;
  struct arena *arena = arena_new();
  struct diags diags = {.arena = arena};
  struct source *source = source_new(arena, "fuzz.vigie", (const char *)data, size);
  const struct tokens *before = lex_source(arena, arena, source);
  check_lossless(before);
  struct formatted once = format_source(arena, source, &diags);
  must(once.outcome != FORMAT_UNSAFE);
  if (once.outcome == FORMAT_OK) {
    struct source *result = source_new(arena, "fuzz.vigie", once.text, once.size);
    check_comments(before, lex_source(arena, arena, result));
    struct formatted twice = format_source(arena, result, &diags);
    must(twice.outcome == FORMAT_OK && twice.size == once.size &&
         memcmp(twice.text, once.text, once.size) == 0);
  }
  arena_free(arena);
  return 0;
}
