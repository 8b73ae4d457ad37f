/* In: a place in a file that is being written. Out: what may be written there: clauses that fit,
 * names that are declared, words of the language. */
#include <string.h>

#include "editor/catalog.h"
#include "editor/naming.h"
#include "fn/fn.h"
#include "base/embedded.h"
#include "syntax/parse_file.h"
#include "syntax/words.h"

enum {
  COMPLETES_KEYWORD = 14,
  COMPLETES_FUNCTION = 3,
  COMPLETES_MODULE = 9,
  COMPLETES_TABLE = 22,
  COMPLETES_COLUMN = 5,
  COMPLETES_VALUE = 12
};

static const struct {
  enum clause_kind kind;
  const char *word, *doc, *example;
} clauses[] = {
#define CLAUSE(id, word, parents, doc, example) {C_##id, word, doc, example},
#define LINE(id, word, parents, doc, example) {C_##id, NULL, doc, example},
#include "syntax/clause.def"
};
enum { N_CLAUSES = sizeof clauses / sizeof *clauses };

static const char *const reserved[] = {
#define RESERVED(word, token, ends, begins, infix) word,
#include "syntax/keyword.def"
#undef RESERVED
#undef SIGN
#undef KEYWORD
};
enum { N_RESERVED = sizeof reserved / sizeof *reserved };

/* The place: what stands before it on its line, and the item around it. */
struct completing {
  struct asked *q;
  json_t *out;
  const char *line; /* up to the word that has begun */
  size_t n;
  const struct ast_item *item; /* NULL: before the first */
  const struct symbols *names; /* NULL: nothing was read yet */
  const struct entity *rows;   /* of the item; NULL */
};

static void offer(struct completing *c, const char *label, int kind, const char *detail,
                  const char *doc) {
  json_t *x = json_pack("{s:s, s:i}", "label", label, "kind", kind);
  if (detail) json_object_set_new(x, "detail", json_string(detail));
  if (doc) json_object_set_new(x, "documentation", json_string(doc));
  json_array_append_new(c->out, x);
}

/* ---- the first word of a line ------------------------------------------------------------ */

static void offer_clauses(struct completing *c) {
  bool indented = c->n > 0;
  for (size_t i = 0; i < N_CLAUSES; i++) {
    bool head = clause_is_head(clauses[i].kind);
    bool fits =
        head ? !indented : indented && c->item && clause_fits(clauses[i].kind, c->item->head->kind);
    if (!fits || !clauses[i].word) continue;
    offer(c, clauses[i].word, COMPLETES_KEYWORD, clauses[i].doc, clauses[i].example);
  }
  if (indented && c->item && c->item->head->kind == C_RULE)
    offer(c, "->", COMPLETES_KEYWORD, "who acts, by when", "-> assign CS, due 7d");
}

/* ---- names ------------------------------------------------------------------------------- */

static const char *about(const struct completing *c, const struct symbol *s) {
  if (s->kind == SYMBOL_ATTRIBUTE) return type_text(&((const struct attr *)s->of)->type, c->q->a);
  return symbol_words[s->kind].word;
}

static void offer_symbol(struct completing *c, const struct symbol *s) {
  offer(c, s->name, symbol_words[s->kind].completion, about(c, s), NULL);
}

static void offer_kind(struct completing *c, enum symbol_kind kind) {
  for (size_t i = 0; c->names && i < c->names->all.n; i++)
    if (c->names->all.v[i]->kind == kind) offer_symbol(c, c->names->all.v[i]);
}

static void offer_attributes(struct completing *c, const struct entity *of) {
  for (size_t i = 0; of && i < of->attrs.n; i++)
    offer(c, of->attrs.v[i]->name, symbol_words[SYMBOL_ATTRIBUTE].completion,
          type_text(&of->attrs.v[i]->type, c->q->a), NULL);
  for (size_t i = 0; of && i < of->edges.n; i++)
    offer(c, of->edges.v[i]->name, symbol_words[SYMBOL_ENTITY].completion, "belongs to", NULL);
}

/* The KPIs of the rows, or of the company. */
static void offer_kpis(struct completing *c, const struct entity *of) {
  for (size_t i = 0; c->names && i < c->names->all.n; i++) {
    const struct symbol *s = c->names->all.v[i];
    if (s->kind == SYMBOL_KPI && ((const struct kpi *)s->of)->entity == of) offer_symbol(c, s);
  }
}

static const struct entity *entity_of_name(const struct completing *c, const char *name) {
  for (size_t i = 0; c->names && i < c->names->all.n; i++) {
    const struct symbol *s = c->names->all.v[i];
    if (strcmp(s->name, name) != 0) continue;
    if (s->kind == SYMBOL_ENTITY) return s->of;
    if (s->kind == SYMBOL_SEGMENT) return ((const struct segment *)s->of)->entity;
  }
  for (size_t i = 0; c->rows && i < c->rows->edges.n; i++)
    if (strcmp(c->rows->edges.v[i]->name, name) == 0) return c->rows->edges.v[i]->parent;
  return NULL;
}

static void offer_expression(struct completing *c) {
  offer_attributes(c, c->rows);
  if (c->rows) offer_kpis(c, c->rows);
  offer_kpis(c, NULL);
  offer_kind(c, SYMBOL_THRESHOLD);
  offer_kind(c, SYMBOL_ENTITY);
  offer_kind(c, SYMBOL_DEFINE);
  for (size_t i = 0; i < n_fns; i++)
    offer(c, fns[i].name, COMPLETES_FUNCTION, fns[i].signature, fns[i].doc);
  for (size_t i = 0; i < N_RESERVED; i++) offer(c, reserved[i], COMPLETES_KEYWORD, NULL, NULL);
}

static void offer_library(struct completing *c) {
  for (size_t i = 0; i < n_embedded_files; i++) {
    const char *path = embedded_files[i].path, *dot = strstr(path, ".vigie");
    if (strncmp(path, "stdlib/", 7) == 0 && dot && !strchr(path + 7, '/'))
      offer(c, arena_printf(c->q->a, "%.*s", (int)(dot - path - 7), path + 7), COMPLETES_MODULE,
            NULL, NULL);
  }
}

/* ---- the place --------------------------------------------------------------------------- */

/* What stands after a word: as many kinds as it has. */
static const struct {
  const char *before;
  enum symbol_kind kinds[3];
  int n;
  enum clause_kind under; /* such a header only; 0, which has no lines: any */
} after[] = {
    {"segment", {SYMBOL_SEGMENT}, 1, 0},
    {"assign", {SYMBOL_TEAM}, 1, 0},
    {"do", {SYMBOL_PLAYBOOK}, 1, 0},
    {"mutes", {SYMBOL_RULE}, 1, 0},
    {"expect", {SYMBOL_RULE}, 1, 0},
    {"owner", {SYMBOL_TEAM}, 1, 0},
    {"given", {SYMBOL_ENTITY}, 1, 0},
    {"team", {SYMBOL_TEAM}, 1, 0},
    {"results", {SYMBOL_KPI}, 1, 0},
    {"target", {SYMBOL_KPI}, 1, 0},
    {"to", {SYMBOL_TEAM, SYMBOL_ENTITY}, 2, 0},
    {"for", {SYMBOL_SEGMENT}, 1, C_THRESHOLD},
    {"for", {SYMBOL_ENTITY}, 1, 0},
    {"over", {SYMBOL_ENTITY, SYMBOL_SEGMENT}, 2, 0},
    {"of", {SYMBOL_ENTITY, SYMBOL_SEGMENT, SYMBOL_KPI}, 3, 0},
};

static bool is_name_byte(char ch) {
  return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') ||
         ch == '_' || (unsigned char)ch >= 0x80;
}

/* The word that ends n bytes into the line, blanks left out; "" when a sign stands there. */
static const char *word_before(const struct completing *c, size_t n) {
  while (n && (c->line[n - 1] == ' ' || c->line[n - 1] == '\t')) n--;
  size_t end = n;
  while (n && is_name_byte(c->line[n - 1])) n--;
  return arena_strndup(c->q->a, c->line + n, end - n);
}

enum line_part { PART_PLAIN, PART_TEXT, PART_COMMENT };

/* What the place is inside of; of a text *quote is where it begins. */
static enum line_part part_of_line(const struct completing *c, size_t *quote) {
  bool text = false;
  for (size_t i = 0; i < c->n; i++) {
    if (c->line[i] == '#' && !text) return PART_COMMENT;
    if (c->line[i] != '"') continue;
    text = !text;
    *quote = i;
  }
  return text ? PART_TEXT : PART_PLAIN;
}

static bool only_blanks(const struct completing *c) {
  for (size_t i = 0; i < c->n; i++)
    if (c->line[i] != ' ' && c->line[i] != '\t') return false;
  return true;
}

static bool stands_under(const struct completing *c, enum clause_kind head) {
  return !head || (c->item && c->item->head->kind == head);
}

static void offer_what_fits(struct completing *c) {
  if (only_blanks(c)) {
    offer_clauses(c);
    return;
  }
  if (c->line[c->n - 1] == '.') {
    const char *head = word_before(c, c->n - 1);
    const struct entity *of = entity_of_name(c, head);
    offer_attributes(c, of);
    if (of) offer_kpis(c, of);
    if (strcmp(head, "std") == 0) offer_library(c);
    return;
  }
  const char *word = word_before(c, c->n);
  for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
    if (strcmp(after[i].before, word) != 0 || !stands_under(c, after[i].under)) continue;
    for (int k = 0; k < after[i].n; k++) offer_kind(c, after[i].kinds[k]);
    if (strcmp(word, "of") == 0) break; /* sum of: a value, too */
    return;
  }
  if (strcmp(word, "use") == 0)
    offer(c, "std", COMPLETES_MODULE, "the standard library", "use std.retention");
  offer_expression(c);
}

/* ---- inside a text ------------------------------------------------------------------------ */

static const struct catalog *catalog_here(const struct completing *c) {
  const struct policy *p = c->q->doc->policy;
  return p->catalog ? p->catalog : p->served;
}

static void offer_tables(struct completing *c) {
  const struct catalog *all = catalog_here(c);
  for (size_t i = 0; all && i < all->tables.n; i++)
    offer(c, all->tables.v[i].name, COMPLETES_TABLE, "table", NULL);
}

static void offer_columns(struct completing *c, const char *table) {
  const struct catalog_table *t = catalog_table(catalog_here(c), table);
  for (size_t i = 0; t && i < t->columns.n; i++)
    offer(c, t->columns.v[i], COMPLETES_COLUMN, arena_join(c->q->a, "column of ", table, ""), NULL);
}

/* The text behind a word of the line, in its quotes; NULL: it is not there. */
static const char *text_behind(const struct completing *c, const char *word) {
  const char *at = memmem(c->line, c->n, word, strlen(word)), *end = c->line + c->n;
  const char *from = at ? memchr(at, '"', (size_t)(end - at)) : NULL;
  const char *to = from ? memchr(from + 1, '"', (size_t)(end - from - 1)) : NULL;
  return to ? arena_strndup(c->q->a, from + 1, (size_t)(to - from - 1)) : NULL;
}

/* The values that the nearest attribute on the line may have. */
static void offer_values(struct completing *c, size_t quote) {
  for (size_t n = quote; n > 0 && c->rows;) {
    while (n && !is_name_byte(c->line[n - 1])) n--;
    size_t end = n;
    while (n && is_name_byte(c->line[n - 1])) n--;
    for (size_t i = 0; i < c->rows->attrs.n; i++) {
      const struct attr *at = c->rows->attrs.v[i];
      if (strlen(at->name) != end - n || memcmp(at->name, c->line + n, end - n) != 0) continue;
      for (size_t k = 0; k < at->one_of.n; k++)
        if (at->one_of.v[k]->name) offer(c, at->one_of.v[k]->name, COMPLETES_VALUE, at->name, NULL);
      return;
    }
  }
}

static void offer_in_text(struct completing *c, size_t quote) {
  const char *word = word_before(c, quote), *history = text_behind(c, " history ");
  const struct clause *h = c->item ? c->item->head : NULL;
  bool heads = strncmp(c->line, "entity ", strlen("entity ")) == 0;
  if ((heads && strcmp(word, "from") == 0) || strcmp(word, "history") == 0 ||
      strcmp(word, "holidays") == 0 || (h && h->kind == C_CALENDAR && strcmp(word, "from") == 0))
    offer_tables(c);
  else if (h && h->kind == C_CALENDAR)
    offer_columns(c, text_behind(c, " from "));
  else if (h && h->kind == C_ENTITY && c->line[0] == ' ')
    offer_columns(c, history ? history : h->column);
  else
    offer_values(c, quote);
}

static const struct entity *rows_of(const struct completing *c) {
  const struct clause *h = c->item ? c->item->head : NULL;
  const char *name = !h ? NULL : h->kind == C_ENTITY ? h->name : h->of;
  if (h && h->kind == C_ENTITY && !name) return NULL;
  return name ? entity_of_name(c, name) : NULL;
}

json_t *answer_completion(struct asked *q) {
  size_t at;
  if (!asked_at(q, &at)) return NULL;
  const struct lines *l = &q->doc->text;
  size_t start = l->starts[lines_line(l, at)];
  while (at > start && is_name_byte(l->text[at - 1])) at--;
  struct completing c = {.q = q, .out = json_array(), .line = l->text + start, .n = at - start};
  size_t quote = 0;
  enum line_part part = part_of_line(&c, &quote);
  if (part == PART_COMMENT) return c.out;
  const struct ast *ast = document_ast(q->doc);
  for (size_t i = 0; i < ast->items.n && ast->items.v[i]->head->span.at < start + c.n; i++)
    c.item = ast->items.v[i];
  const struct analysis *x = q->doc->policy->now;
  if (x && x->rs) c.names = x->symbols;
  c.rows = rows_of(&c);
  if (part == PART_TEXT)
    offer_in_text(&c, quote);
  else
    offer_what_fits(&c);
  return c.out;
}
