/* Hostile rule files: whatever the bytes, there is a tree and there are messages, and both can be
 * printed. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "syntax/parse_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static FILE *nowhere;
  if (!nowhere) nowhere = fopen("/dev/null", "w");
  if (size > SOURCE_MAX || !nowhere) return 0;
  struct arena *arena = arena_new();
  struct diags diags = {.arena = arena};
  struct source *source = source_new(arena, "fuzz.vigie", (const char *)data, size);
  ast_dump(parse_source(arena, source, &diags), nowhere);
  diags_print(&diags, nowhere, false);
  arena_free(arena);
  return 0;
}
