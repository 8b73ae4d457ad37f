/* In: marks of a source. Out: the spaces between them, and their plain spelling. */
#include "format/spacing.h"

#include "base/unit.h"
#include "parse.h"

static int kind_before(const mark_list *marks, size_t i, size_t back) {
  return i >= back ? marks->v[i - back].kind : TOK_NEWLINE;
}

/* `once per` is followed by an expression, so that its `per` is no name that a parenthesis or
 * minus could join. */
static bool is_per(const mark_list *marks, size_t i) {
  return marks->v[i].clause == C_ONCE && kind_before(marks, i, 1) == TOK_K_ONCE;
}

/* Does mark i end a value, so that a minus behind it subtracts? */
static bool ends_value(const mark_list *marks, size_t i) {
  switch (marks->v[i].kind) {
    case TOK_NAME: return !is_per(marks, i);
    case TOK_NUMBER:
    case TOK_CURRENCY_CODE:
    case TOK_PERCENT:
    case TOK_POINTS:
    case TOK_DURATION:
    case TOK_DATE:
    case TOK_PERIOD:
    case TOK_MONTH_DAY:
    case TOK_STRING:
    case TOK_TRUE:
    case TOK_FALSE:
    case TOK_UNKNOWN:
    case TOK_KNOWN:
    case TOK_OVERDUE:
    case TOK_AGO:
    case TOK_DROP:
    case TOK_RISE:
    case TOK_CHANGE:
    case TOK_UNIT:
    case TOK_RPAREN: return true;
    default: return false;
  }
}

/* The minus of `-5`. What a `given` names is followed by its value, never by a subtraction. */
static bool is_sign(const mark_list *marks, size_t i) {
  const struct mark *m = &marks->v[i];
  if (m->kind != TOK_MINUS) return false;
  return m->clause == C_GIVEN || m->clause == C_ROW || m->role != ROLE_GOES_ON || i == 0 ||
         !ends_value(marks, i - 1);
}

bool space_before(const mark_list *marks, size_t i) {
  int before = marks->v[i - 1].kind;
  switch (marks->v[i].kind) {
    case TOK_COMMA:
    case TOK_LIST_COMMA:
    case TOK_RPAREN:
    case TOK_DOT: return false;
    case TOK_LPAREN:
      if (before == TOK_NAME) return is_per(marks, i - 1);
      break;
    default: break;
  }
  return before != TOK_LPAREN && before != TOK_DOT && !is_sign(marks, i - 1);
}

/* The sign at the end of 100k€ as a code, and where it begins; NULL for other tokens and where a
 * bare number was meant (`in 2026`, `capacity 15`), so that a sign there stays as odd as it is. */
static const char *money_code(const mark_list *marks, size_t i, const char *text, uint32_t *sign) {
  const struct token *t = marks->v[i].raw;
  if (marks->v[i].kind != TOK_NUMBER) return NULL;
  if (i + 1 < marks->n && marks->v[i + 1].kind == TOK_CURRENCY_CODE) return NULL;
  int before = kind_before(marks, i, 1), first = kind_before(marks, i, 2);
  if (before == TOK_K_LANGUAGE || before == TOK_K_CAPACITY || before == TOK_PERCENTILE ||
      before == TOK_EXACTLY || before == TOK_IN ||
      (before == TOK_OF && (first == TOK_START || first == TOK_END)))
    return NULL;
  for (uint32_t at = t->at; at < t->end; at++)
    if ((unsigned char)text[at] >= 0x80 || text[at] == '$') {
      *sign = at;
      return currency_from_symbol(text + at, t->end - at);
    }
  return NULL;
}

void mark_write(const mark_list *marks, size_t i, const struct source *src, FILE *out) {
  const struct token *t = marks->v[i].raw;
  uint32_t end = t->end;
  const char *code = money_code(marks, i, src->text, &end);
  if (t->glyph)
    fputs(t->glyph, out);
  else
    fwrite(src->text + t->at, 1, (code ? end : t->end) - t->at, out);
  if (code) fprintf(out, " %s", code);
}
