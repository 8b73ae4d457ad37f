/* A file that is open in the editor, as it stands there: never saved, perhaps. */
#ifndef VIGIE_EDITOR_DOCUMENT_H
#define VIGIE_EDITOR_DOCUMENT_H

#include "editor/position.h"
#include "syntax/ast.h"

struct policy;

struct document {
  struct arena *own;  /* uri, path, id */
  struct arena *made; /* the text and its lines: a new one with each edit */
  const char *uri;    /* as the editor writes it */
  const char *path, *id;
  struct lines text;
  json_int_t version;
  size_t touched;     /* the byte where somebody typed last */
  long stamp;         /* of the last edit or opening, ascending over all files */
  struct source *src; /* the text and its tree, in `made`: document_ast; NULL until then */
  const struct ast *ast;
  struct policy *policy; /* whose rule file it is */
};

struct document *document_new(const char *uri, const char *text, size_t size);
void document_free(struct document *d);
/* The tree of the text as it stands; mistakes in it are not said. As long as the text is not
 * edited. */
const struct ast *document_ast(struct document *d);
/* Edits of the protocol, one after the other: each the whole text, or a range and what stands there
 * from now on. False: one of them is none, or the text grew past SOURCE_MAX: then what came before
 * it holds. */
bool document_change(struct document *d, const json_t *changes);

#endif
