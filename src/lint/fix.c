/* Corrections. In: a source and what is to be written where. Out: the new text, whose tree is the
 * same. */
#include "lint/fix.h"

#include <stdlib.h>
#include <string.h>

#include "syntax/parse_file.h"

static int by_place(const void *a, const void *b) {
  const struct lint_fix *x = a, *y = b;
  return x->at.at < y->at.at ? -1 : x->at.at > y->at.at;
}

/* The tree as text; NULL when the source cannot be read. The caller frees. */
static char *tree_of(struct arena *a, struct source *src) {
  struct diags diags = {.arena = a};
  char *text = NULL;
  size_t n;
  struct ast *ast = parse_source(a, src, &diags);
  FILE *out = diags.errors ? NULL : open_memstream(&text, &n);
  if (!out) return NULL;
  ast_dump(ast, out);
  fclose(out);
  return text;
}

static bool still_told(const struct lint_result *r, const struct diag *d) {
  for (size_t i = 0; i < r->findings.list.n; i++)
    if (r->findings.list.v[i] == d) return true;
  return false;
}

const char *lint_fixed_text(struct source *src, const struct lint_result *r, size_t *n) {
  struct arena *a = r->findings.arena;
  VEC(struct lint_fix) mine = {0};
  size_t size = src->size + 1;
  for (size_t i = 0; i < r->fixes.n; i++) {
    const struct lint_fix *f = &r->fixes.v[i];
    if (f->at.src != src || !still_told(r, f->of)) continue;
    VEC_PUSH(a, &mine, *f);
    size += strlen(f->text);
  }
  *n = mine.n;
  if (!mine.n) return NULL;
  qsort(mine.v, mine.n, sizeof *mine.v, by_place);
  char *text = arena_alloc(a, size), *w = text;
  uint32_t from = 0;
  for (size_t i = 0; i < mine.n; i++) {
    /* inside another correction: the next run sees to it */
    if (mine.v[i].at.at < from) continue;
    w = mempcpy(w, src->text + from, mine.v[i].at.at - from);
    w = stpcpy(w, mine.v[i].text);
    from = mine.v[i].at.end;
  }
  w = mempcpy(w, src->text + from, src->size - from);
  *w = 0;
  char *before = tree_of(a, src),
       *after = tree_of(a, source_new(a, src->path, text, (size_t)(w - text)));
  bool same = before && after && strcmp(before, after) == 0;
  free(before);
  free(after);
  return same ? text : NULL;
}
