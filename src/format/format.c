/* In: a source. Out: its text in the one style. The way: tokens, words, tree, marks, lines, text.
 */
#include "format/format.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "format/layout.h"
#include "format/spacing.h"
#include "syntax/parse_file.h"
#include "syntax/words.h"

/* A text that is being written; what open_memstream filled moves into the arena. */
struct text {
  char *bytes;
  size_t size;
  FILE *file;
};

static FILE *text_open(struct text *t) {
  t->file = open_memstream(&t->bytes, &t->size);
  CHECK(t->file);
  return t->file;
}

static const char *text_close(struct text *t, struct arena *a) {
  fclose(t->file);
  const char *kept = arena_strndup(a, t->bytes, t->size);
  free(t->bytes);
  return kept;
}

static void write_comment(const struct source *src, const struct token *comment, FILE *out) {
  uint32_t end = comment->end;
  while (strchr(" \t\v\f", src->text[end - 1])) end--;
  fwrite(src->text + comment->at, 1, end - comment->at, out);
}

static void write_line(const struct source *src, const mark_list *marks, const struct line *l,
                       FILE *out) {
  if (l->blank_above) fputc('\n', out);
  fprintf(out, "%*s", l->indent, "");
  for (size_t i = l->first; i < l->first + l->n; i++) {
    if (i > l->first && space_before(marks, i)) fputc(' ', out);
    mark_write(marks, i, src, out);
  }
  if (l->comment) {
    if (l->n) fputs("  ", out);
    write_comment(src, l->comment, out);
  }
  fputc('\n', out);
}

static const char *tree_text(struct arena *a, const struct ast *ast) {
  struct text t;
  ast_dump(ast, text_open(&t));
  return text_close(&t, a);
}

/* Nobody's rules change their meaning by being formatted, whatever the formatter gets wrong. */
static bool same_tree(struct arena *a, const struct ast *before, const char *text, size_t size) {
  struct diags mistakes = {.arena = a};
  struct source *src = source_new(a, before->src->path, text, size);
  const struct ast *after = parse_source(a, src, &mistakes);
  return !mistakes.errors && strcmp(tree_text(a, before), tree_text(a, after)) == 0;
}

struct formatted format_source(struct arena *a, struct source *src, struct diags *diags) {
  const struct ast *ast = parse_source(a, src, diags);
  if (diags->errors) return (struct formatted){.outcome = FORMAT_MISTAKES};
  const struct tokens *raw = lex_source(a, a, src);
  struct diags said = {.arena = a}; /* parse_source has already reported them */
  const struct tokens *words = words_for_parser(a, a, raw, true, &said);
  mark_list marks = marks_make(a, raw, words, ast);
  line_list lines = layout_make(a, raw, &marks);
  struct text t;
  text_open(&t);
  for (size_t i = 0; i < lines.n; i++) write_line(src, &marks, &lines.v[i], t.file);
  const char *text = text_close(&t, a);
  if (!same_tree(a, ast, text, t.size)) return (struct formatted){.outcome = FORMAT_UNSAFE};
  return (struct formatted){FORMAT_OK, text, t.size};
}
