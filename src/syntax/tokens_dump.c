/* Raw tokens as text. In: the lossless list. Out: one line a token, with its place and its bytes.
 */
#include "base/text.h"
#include "syntax/parse_file.h"
#include "syntax/token_name.h"

void tokens_dump(const struct tokens *raw, FILE *out) {
  struct arena *a = arena_new();
  for (size_t i = 0; i < raw->list.n; i++) {
    const struct token *t = &raw->list.v[i];
    int line, col;
    source_place(raw->src, a, t->at, &line, &col);
    fprintf(out, "%d:%d %s ", line, col, token_name(t->kind));
    text_print_safe(out, raw->src->text + t->at, t->end - t->at);
    fputc('\n', out);
  }
  arena_free(a);
}
