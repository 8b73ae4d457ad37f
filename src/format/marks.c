/* In: tokens, words and tree of one source. Out: a mark for each word and sign. */
#include "format/marks.h"

#include "parse.h"

/* The clauses of a tree in the order in which they were written: headers, each with its body. */
struct clause_walk {
  const struct ast *ast;
  size_t item, next; /* next: 0 the header, i the clause i - 1 of the body */
};

static const struct clause *clause_at(const struct clause_walk *w) {
  if (w->item == w->ast->items.n) return NULL;
  const struct ast_item *it = w->ast->items.v[w->item];
  return w->next ? it->body.v[w->next - 1] : it->head;
}

static void clause_next(struct clause_walk *w) {
  if (w->next++ < w->ast->items.v[w->item]->body.n) return;
  w->item++;
  w->next = 0;
}

mark_list marks_make(struct arena *a, const struct tokens *raw, const struct tokens *words,
                     const struct ast *ast) {
  mark_list marks = {0};
  struct clause_walk walk = {.ast = ast};
  enum clause_kind inside = C_BROKEN;
  size_t w = 0;
  int depth = 0;
  for (size_t i = 0; i < raw->list.n; i++) {
    const struct token *t = &raw->list.v[i];
    if (t->kind < 0) continue;
    while (w + 1 < words->list.n && words->list.v[w].end <= t->at) w++;
    struct mark m = {.raw = t, .kind = words->list.v[w].kind};
    const struct clause *c = clause_at(&walk);
    if (c && c->span.at == t->at) {
      m.role = walk.next ? ROLE_CLAUSE : ROLE_HEADER;
      inside = c->kind;
      depth = 0;
      clause_next(&walk);
    }
    m.clause = inside;
    if (m.kind == TOK_RPAREN) depth--;
    m.depth = depth;
    if (m.kind == TOK_LPAREN) depth++;
    VEC_PUSH(a, &marks, m);
  }
  return marks;
}
