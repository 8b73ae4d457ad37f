/* In: tokens and marks of a source. Out: its lines, with indentation and blank lines decided. */
#include "format/layout.h"

#include "parse.h"

enum { CLAUSE_INDENT = 2, GOES_ON_INDENT = 4, PAREN_INDENT = 2 };

static bool is_comment(const struct line *l) { return l->n == 0; }

/* The lines as they are in the source. */
static line_list split_lines(struct arena *a, const struct tokens *raw) {
  line_list lines = {0};
  struct line now = {0};
  bool blank = false, fresh = true;
  size_t mark = 0;
  for (size_t i = 0; i <= raw->list.n; i++) {
    const struct token *t = i < raw->list.n ? &raw->list.v[i] : NULL;
    if (t && t->kind == TRIVIA_SPACE) {
      if (fresh) now.was_indented = true;
    } else if (t && t->kind != TRIVIA_LINE_END) {
      if (t->kind == TRIVIA_COMMENT)
        now.comment = t;
      else
        now.n++, mark++;
      fresh = false;
    } else {
      now.blank_above = blank && lines.n > 0;
      blank = fresh;
      if (!fresh) VEC_PUSH(a, &lines, now);
      now = (struct line){.first = mark};
      fresh = true;
    }
  }
  return lines;
}

static int code_indent(const struct line *l, const mark_list *marks) {
  const struct mark *m = &marks->v[l->first];
  if (m->role == ROLE_HEADER) return 0;
  if (m->role == ROLE_CLAUSE) return m->clause == C_ROW ? 2 * CLAUSE_INDENT : CLAUSE_INDENT;
  /* `-> assign …` on a line of its own reads as a clause of its rule. */
  bool action = m->kind == TOK_ARROW && (m->clause == C_WHEN || m->clause == C_SENTENCE);
  return action ? CLAUSE_INDENT : GOES_ON_INDENT + PAREN_INDENT * m->depth;
}

/* Comments belong to the line of code below them. Only at the end of an item, with a blank line
 * below and none above, does one belong to what is above: an indented one stays under its header.
 */
static void indent_comments(line_list *lines, const mark_list *marks) {
  bool under_code = false; /* no blank line since the last line of code */
  for (size_t i = 0; i < lines->n; i++) {
    struct line *l = &lines->v[i];
    if (l->blank_above) under_code = false;
    if (!is_comment(l)) {
      under_code = true;
      continue;
    }
    bool touches = true; /* the line below, with no blank line between */
    size_t below = i + 1;
    for (; below < lines->n && is_comment(&lines->v[below]); below++)
      if (lines->v[below].blank_above) touches = false;
    bool last = below == lines->n;
    if (last || lines->v[below].blank_above) touches = false;
    bool ends_item = last || marks->v[lines->v[below].first].role == ROLE_HEADER;
    if (under_code && !touches && ends_item)
      l->indent = l->was_indented ? CLAUSE_INDENT : 0;
    else
      l->indent = last ? 0 : lines->v[below].indent;
  }
}

/* The line that begins what belongs to the header at h: the first of the comments right above it.
 */
static size_t first_of_item(const line_list *lines, size_t h) {
  while (h > 0 && is_comment(&lines->v[h - 1]) && !lines->v[h].blank_above) h--;
  return h;
}

/* A blank line between two items, unless both are single lines. */
static void separate_items(line_list *lines, const mark_list *marks) {
  bool many_before = false; /* lines of code in the item before */
  size_t next;
  for (size_t h = 0; h < lines->n; h = next) {
    bool many = false;
    for (next = h + 1; next < lines->n; next++) {
      const struct line *l = &lines->v[next];
      if (is_comment(l)) continue;
      if (marks->v[l->first].role == ROLE_HEADER) break;
      many = true;
    }
    size_t top = first_of_item(lines, h);
    if (top > 0 && (many || many_before)) lines->v[top].blank_above = true;
    many_before = many;
  }
}

line_list layout_make(struct arena *a, const struct tokens *raw, const mark_list *marks) {
  line_list lines = split_lines(a, raw);
  for (size_t i = 0; i < lines.n; i++)
    if (!is_comment(&lines.v[i])) lines.v[i].indent = code_indent(&lines.v[i], marks);
  separate_items(&lines, marks);
  indent_comments(&lines, marks);
  return lines;
}
