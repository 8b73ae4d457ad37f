/* In: texts and edits. Out: the text as it stands in the editor. */
#include "editor/document.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "editor/uri.h"
#include "syntax/loader.h"
#include "syntax/parse_file.h"

/* The text that is made of three parts takes the place of the one before. */
static void set_text(struct document *d, size_t at, size_t end, const char *s, size_t n) {
  struct arena *a = arena_new();
  size_t size = at + n + (d->text.size - end);
  char *text = arena_alloc(a, size + 1);
  if (at) memcpy(text, d->text.text, at);
  if (n) memcpy(text + at, s, n);
  if (end < d->text.size) memcpy(text + at + n, d->text.text + end, d->text.size - end);
  struct arena *before = d->made;
  d->text = lines_of(a, text, size);
  d->made = a;
  d->src = NULL;
  d->ast = NULL;
  arena_free(before);
}

struct document *document_new(const char *uri, const char *text, size_t size) {
  struct document *d = xcalloc(1, sizeof *d);
  d->own = arena_new();
  d->uri = arena_strdup(d->own, uri);
  d->path = uri_path(d->own, uri);
  d->id = disk_loader.identify(disk_loader.ctx, d->own, d->path);
  if (!d->id) d->id = d->path;
  set_text(d, 0, 0, text, size);
  return d;
}

void document_free(struct document *d) {
  arena_free(d->own);
  arena_free(d->made);
  free(d);
}

const struct ast *document_ast(struct document *d) {
  if (d->ast) return d->ast;
  struct diags *unheard = NEW(d->made, struct diags);
  unheard->arena = d->made;
  d->src = source_new(d->made, d->path, d->text.text, d->text.size);
  d->ast = parse_source(d->made, d->src, unheard);
  return d->ast;
}

static bool change(struct document *d, const json_t *c) {
  const json_t *text = json_object_get(c, "text"), *range = json_object_get(c, "range");
  size_t at = 0, end = d->text.size;
  if (!json_is_string(text)) return false;
  if (range && !json_is_null(range) &&
      (!lines_offset(&d->text, json_object_get(range, "start"), &at) ||
       !lines_offset(&d->text, json_object_get(range, "end"), &end) || end < at))
    return false;
  size_t n = json_string_length(text);
  if (at + n + (d->text.size - end) > SOURCE_MAX) return false;
  set_text(d, at, end, json_string_value(text), n);
  d->touched = at;
  return true;
}

bool document_change(struct document *d, const json_t *changes) {
  if (!json_is_array(changes)) return false;
  for (size_t i = 0; i < json_array_size(changes); i++)
    if (!change(d, json_array_get(changes, i))) return false;
  return true;
}
