/* In: a file as it stands in the editor. Out: its items, for lists and folds. */
#include "editor/server.h"
#include "editor/symbols.h"
#include "syntax/parse_file.h"

static const struct ast *read_document(struct asked *q) {
  if (q->doc) return document_ast(q->doc);
  answer_refused(q, ANSWER_WRONG_PARAMS, "the file is not open");
  return NULL;
}

static struct span span_of_item(const struct ast_item *it) {
  struct span s = it->head->span;
  for (size_t i = 0; i < it->body.n; i++)
    if (it->body.v[i]->span.end > s.end) s.end = it->body.v[i]->span.end;
  return s;
}

enum { OUTLINE_TEST = 24, OUTLINE_OTHER = 3, OUTLINE_LABEL_MAX = 60 };

static int outline_kind(enum clause_kind k) {
  switch (k) {
    case C_ENTITY: return symbol_words[SYMBOL_ENTITY].outline;
    case C_ATTR: return symbol_words[SYMBOL_ATTRIBUTE].outline;
    case C_SEGMENT: return symbol_words[SYMBOL_SEGMENT].outline;
    case C_THRESHOLD: return symbol_words[SYMBOL_THRESHOLD].outline;
    case C_KPI: return symbol_words[SYMBOL_KPI].outline;
    case C_DEFINE: return symbol_words[SYMBOL_DEFINE].outline;
    case C_TEAM: return symbol_words[SYMBOL_TEAM].outline;
    case C_PLAYBOOK: return symbol_words[SYMBOL_PLAYBOOK].outline;
    case C_RULE:
    case C_SENTENCE:
    case C_TARGET: return symbol_words[SYMBOL_RULE].outline;
    case C_TEST: return OUTLINE_TEST;
    default: return OUTLINE_OTHER;
  }
}

/* What a clause is called: its name, else its text, cut where a list has no room. */
static const char *clause_label(struct asked *q, const struct clause *c) {
  const char *text = c->name && c->kind != C_SENTENCE ? c->name : c->text;
  if (!text || !*text) text = span_text(q->a, c->span);
  size_t n = 0, letters = 0;
  for (; text[n] && letters <= OUTLINE_LABEL_MAX; n++)
    letters += ((unsigned char)text[n] & 0xC0) != 0x80;
  if (!text[n]) return *text ? text : clause_word(c->kind);
  while (n && ((unsigned char)text[n] & 0xC0) == 0x80) n--;
  return arena_printf(q->a, "%.*s…", (int)n, text);
}

static json_t *clause_symbol(struct asked *q, const struct clause *c, struct span whole) {
  const struct lines *l = &q->doc->text;
  struct span name =
      c->name_span.src && c->name_span.at >= whole.at && c->name_span.end <= whole.end
          ? c->name_span
          : c->span;
  return json_pack("{s:s, s:s, s:i, s:o, s:o}", "name", clause_label(q, c), "detail",
                   clause_word(c->kind), "kind", outline_kind(c->kind), "range",
                   range_json(l, whole.at, whole.end), "selectionRange",
                   range_json(l, name.at, name.end));
}

json_t *answer_symbols(struct asked *q) {
  const struct ast *ast = read_document(q);
  if (!ast) return NULL;
  json_t *out = json_array();
  for (size_t i = 0; i < ast->items.n; i++) {
    const struct ast_item *it = ast->items.v[i];
    json_t *item = clause_symbol(q, it->head, span_of_item(it)), *children = json_array();
    for (size_t k = 0; k < it->body.n; k++)
      if (it->body.v[k]->kind == C_ATTR)
        json_array_append_new(children, clause_symbol(q, it->body.v[k], it->body.v[k]->span));
    if (json_array_size(children)) json_object_set(item, "children", children);
    json_decref(children);
    json_array_append_new(out, item);
  }
  return out;
}

/* ---- folds ------------------------------------------------------------------------------- */

static void add_fold(json_t *out, size_t first, size_t last, const char *kind) {
  if (last <= first) return;
  json_t *fold =
      json_pack("{s:I, s:I}", "startLine", (json_int_t)first, "endLine", (json_int_t)last);
  if (kind) json_object_set_new(fold, "kind", json_string(kind));
  json_array_append_new(out, fold);
}

static bool is_comment(const struct lines *l, size_t line) {
  return l->starts[line] < l->size && l->text[l->starts[line]] == '#';
}

static void fold_comments(const struct lines *l, json_t *out) {
  for (size_t i = 0, last; i < l->n; i = last + 1) {
    for (last = i; is_comment(l, i) && last + 1 < l->n && is_comment(l, last + 1);) last++;
    add_fold(out, i, last, "comment");
  }
}

json_t *answer_folding(struct asked *q) {
  const struct ast *ast = read_document(q);
  if (!ast) return NULL;
  json_t *out = json_array();
  const struct lines *l = &q->doc->text;
  fold_comments(l, out);
  for (size_t i = 0; i < ast->items.n; i++) {
    struct span s = span_of_item(ast->items.v[i]);
    add_fold(out, lines_line(l, s.at), lines_line(l, s.end > s.at ? s.end - 1 : s.end), NULL);
  }
  return out;
}
