/* Drives the parser. In: a source. Out: its tree; mistakes as diagnostics. */
#include "syntax/parse_file.h"

#include <string.h>

#include "parse.h"
#include "syntax/words.h"
#include "base/text.h"

static void push_all(struct parse_state *px) {
  vigie_parse_pstate *ps = vigie_parse_pstate_new();
  bool fresh = true;
  for (px->at = 0; px->at < px->words->list.n; px->at++) {
    const struct token *t = &px->words->list.v[px->at];
    if (fresh) px->clause_at = px->at, px->clause_wrong = false;
    fresh = t->kind == TOK_NEWLINE;
    VIGIE_PARSE_STYPE value = {.tok = t};
    struct span at = token_span(px->words, t);
    vigie_parse_push_parse(ps, t->kind, &value, &at, px);
  }
  struct span end = {px->words->src, px->words->src->size, px->words->src->size};
  vigie_parse_push_parse(ps, 0, NULL, &end, px);
  vigie_parse_pstate_delete(ps);
}

struct ast *parse_source(struct arena *a, struct source *src, struct diags *diags) {
  struct ast *ast = NEW(a, struct ast);
  ast->src = src;
  size_t bad;
  const char *nul = src->size ? memchr(src->text, 0, src->size) : NULL;
  if (nul || !text_utf8_valid(src->text, src->size, &bad)) {
    uint32_t at = nul ? (uint32_t)(nul - src->text) : (uint32_t)bad;
    struct diag *d = diag_add(
        diags, V0109, (struct span){src, at, at + 1},
        nul ? "this file holds a NUL byte: it is not a text" : "this file is not UTF-8 text");
    diag_help(diags, d,
              nul ? "give Vigie plain text files"
                  : "save it as UTF-8 (in a spreadsheet or editor: encoding UTF-8)");
    return ast;
  }
  struct arena *scratch = arena_new(); /* the tree keeps no tokens, only their names */
  const struct tokens *raw = lex_source(scratch, a, src);
  struct parse_state px = {.arena = a,
                           .diags = diags,
                           .words = words_for_parser(scratch, a, raw, true, diags),
                           .ast = ast};
  push_all(&px);
  arena_free(scratch);
  attach_clauses(a, ast, diags);
  return ast;
}

struct expr *parse_expression(struct arena *a, struct source *src, uint32_t at, uint32_t end,
                              struct diags *diags) {
  /* The slice is lexed alone, then its tokens move to their places in the whole source. */
  struct tokens *raw = lex_source(a, a, source_new(a, src->path, src->text + at, end - at));
  raw->src = src;
  for (size_t i = 0; i < raw->list.n; i++) raw->list.v[i].at += at, raw->list.v[i].end += at;
  struct ast *ast = NEW(a, struct ast);
  ast->src = src;
  struct parse_state px = {.arena = a,
                           .diags = diags,
                           .words = words_for_parser(a, a, raw, false, diags),
                           .in_text = true,
                           .ast = ast};
  int errors = diags->errors;
  push_all(&px);
  if (diags->errors > errors || ast->clauses.n != 1 || ast->clauses.v[0]->kind != C_SENTENCE ||
      ast->clauses.v[0]->actions)
    return NULL;
  return ast->clauses.v[0]->expr;
}
