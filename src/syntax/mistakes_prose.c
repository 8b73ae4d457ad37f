/* Sentences of speech, of spreadsheets and of other languages. In: a line that cannot be read. Out:
 * the same line in words of rule files, made of what its author wrote: whoever copies the help has
 * what was meant. The sentences are rows of prose.def. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/unit.h"
#include "parse.h"
#include "syntax/habits.h"
#include "syntax/mistake.h"
#include "syntax/parse_file.h"
#include "syntax/retell.h"
#include "syntax/spelling.h"
#include "syntax/told.h"
#include "syntax/words.h"

static const struct sentence_row sentences[] = {
#define PROSE(words, write) {words, write},
#include "syntax/prose.def"
#undef PROSE
};

static bool is_article(const struct token *t) {
  return word_is(t, "the") || word_is(t, "a") || word_is(t, "an");
}

/* ---- texts of tokens ------------------------------------------------------------------ */

/* The source text of the token, 30 % as 30%, « Pro » as "Pro", 5 000 € as 5000 EUR. */
const char *mended_spelling(struct mistake *m, const struct token *t) {
  const char *text = span_text(m->px->arena, place(m, t));
  if (t->kind == TOK_PERCENT) return words(m, "%.15g%%", t->num);
  bool digits = t->kind == TOK_NUMBER && *text >= '0' && *text <= '9';
  if (digits &&
      (strchr(text, ',') || (!text[strspn(text, "0123456789.")] && strtod(text, NULL) != t->num)))
    return words(m, "%.15g", t->num);
  bool currency = t->kind != TOK_STRING && t->name && currency_known(t->name);
  if (currency && strcasecmp(text, t->name) != 0) return t->name;
  bool curled = t->bad == BAD_CURLY_QUOTES || t->bad == BAD_SINGLE_QUOTES;
  day_t day;
  if (t->kind == TOK_STRING && curled && day_parse(t->name, strlen(t->name), &day)) return t->name;
  return t->kind == TOK_STRING && curled ? words(m, "\"%s\"", text_trimmed(m->px->arena, t->name))
                                         : text;
}

/* What such tokens were told for is written right in the line that is told. */
void take_back_spelling(struct mistake *m) {
  diags_drop_inside(m->px->diags, V0102, m->at);
  diags_drop_inside(m->px->diags, V0105, m->at);
  diags_drop_inside(m->px->diags, V0107, m->at);
}

const char *written_here(struct mistake *m, const struct token *from, const struct token *to) {
  struct stretch s = {from, to};
  const char *out = "";
  uint32_t end = 0;
  for (const struct token *t = s.from; t < s.to; t++) {
    if (is_article(t) && t + 1 < s.to) continue;
    const char *sign = t->kind == TOK_NUMBER && t + 1 < s.to ? unit_sign(t[1].name) : NULL;
    const char *text = mended_spelling(m, t);
    if (sign) text = words(m, "%s%s", text, sign);
    out = words(m, "%s%s%s", out, end && t->at > end ? " " : "", text);
    if (sign) t++;
    end = t->end;
  }
  return out;
}

const char *stretch_text(struct mistake *m, struct stretch s) {
  return written_here(m, s.from, s.to);
}

/* ---- finding the words ---------------------------------------------------------------- */

/* How many bytes of the pattern the token takes, which may be several words; 0: it is another. */
static size_t takes(struct mistake *m, const struct token *t, const char *p) {
  const char *s = m->px->words->src->text + t->at;
  size_t n = t->end - t->at, k = t->kind == TOK_NAME && t->name ? strlen(t->name) : n;
  bool elided = k < n && memchr(t->name, '\'', k); /* d’ici, with the sign of a word processor */
  if (elided) s = t->name, n = k;
  if (t->kind == TOK_STRING || strncasecmp(s, p, n) != 0) return 0;
  return p[n] == ' ' || p[n] == 0 ? n : 0;
}

static const struct token *skip_articles(const struct token *t) {
  while (is_article(t) && !ends_clause(t + 1)) t++;
  return t;
}

/* The token that a sign of the pattern stands for; NULL: t is none such. */
static const struct token *token_for(char sign, const struct token *t, struct told *out) {
  switch (sign) {
    case '1': return t->kind == TOK_NAME ? out->name = t : NULL;
    case 'N': return t->kind == TOK_NUMBER ? out->number = t : NULL;
    case 'Q': return t->kind == TOK_STRING ? out->text = t : NULL;
    default: return NULL;
  }
}

const struct token *behind_words(struct mistake *m, const struct token *t, const char *p,
                                 struct told *out) {
  while (*p) {
    if (*p == ' ') p++;
    if (ends_clause(t)) return NULL;
    bool length = strncmp(p, "$D", 2) == 0;
    if (*p == '$' && !length) {
      if (!token_for(p[1], t++, out)) return NULL;
      p += 2;
      continue;
    }
    size_t n = length ? 2 : takes(m, t, p);
    if (!n && is_article(t)) {
      t++;
      continue;
    }
    if (length) {
      const struct token *end;
      if (!length_said(m, t, &end)) return NULL;
      out->length = (struct stretch){t, end};
      t = end - 1;
    }
    if (!n) return NULL;
    t++;
    p += n;
  }
  return t;
}

/* ---- what stands around them ---------------------------------------------------------- */

static bool begins_operand(const struct mistake *m, const struct token *t) {
  int k = t->kind;
  bool keyword = t == m->first && k != TOK_NAME && k != TOK_LPAREN && k != TOK_K_GREEN &&
                 k != TOK_K_AMBER && k != TOK_K_RED;
  bool said = t == m->first && k == TOK_NAME && habit_first_help(t->name);
  return keyword || said || k == TOK_AND || k == TOK_OR || k == TOK_NOT || k == TOK_WHERE ||
         k == TOK_IF || k == TOK_THEN || k == TOK_COMMA || k == TOK_ARROW || word_is(t, "when") ||
         word_is(t, "et") || word_is(t, "ou");
}

static struct stretch left_of(const struct mistake *m, const struct token *words) {
  const struct token *t = words;
  int depth = 0;
  while (t > m->first) {
    const struct token *before = t - 1;
    if (before->kind == TOK_RPAREN) depth++;
    if (before->kind == TOK_LPAREN && depth-- == 0) break;
    if (depth == 0 && begins_operand(m, before)) break;
    bool formula = before->kind == TOK_EQ && m->first->kind == TOK_K_KPI;
    if (formula) break;
    t = before;
  }
  return (struct stretch){skip_articles(t) < words ? skip_articles(t) : t, words};
}

static bool ends_operand(const struct token *t, bool list) {
  int k = t->kind;
  return ends_clause(t) || k == TOK_AND || k == TOK_OR || k == TOK_ARROW || k == TOK_THEN ||
         k == TOK_WHERE || k == TOK_IF_ELSE || k == TOK_ELSE || (k == TOK_COMMA && !list) ||
         word_is(t, "then") || word_is(t, "et") || word_is(t, "ou") || word_is(t, "alors") ||
         word_is(t, "unless");
}

/* The `or` of "Pro" or "Basic", the `nor` of neither, the comma of a list. */
static bool joins_texts(const struct token *t) {
  bool joins =
      !ends_clause(t) && (t->kind == TOK_OR || t->kind == TOK_COMMA || t->kind == TOK_LIST_COMMA ||
                          word_is(t, "nor") || word_is(t, "ni"));
  return joins && t[-1].kind == TOK_STRING && t[1].kind == TOK_STRING;
}

struct stretch right_of(const struct token *t, bool list) {
  int depth = 0;
  const struct token *from = t = skip_articles(t);
  for (; !(depth == 0 && ends_operand(t, list)) && !ends_clause(t); t++) {
    if (list && joins_texts(t + 1)) t++;
    if (t->kind == TOK_LPAREN) depth++;
    if (t->kind == TOK_RPAREN && depth-- == 0) break;
  }
  return (struct stretch){from, t};
}

/* Does the row say its texts as a pattern? */
static bool says_pattern(const char *write) {
  return strstr(write, "$P") || strstr(write, "$A") || strstr(write, "$Z");
}

struct stretch up_to_arrow(const struct token *from) {
  const struct token *to = from;
  while (!ends_clause(to) && to->kind != TOK_ARROW) to++;
  return (struct stretch){from, to};
}

static bool is_last(const struct token *t) {
  static const char *const last[] = {"last", "past", "previous", NULL};
  return t->kind == TOK_LAST || said_one_of(t, last);
}

/* 30% over the last 90 days, in the last month: the length of time, and the value without it. */
void split_off_length(struct mistake *m, struct told *x) {
  static const char *const before[] = {"over", "in",  "within",  "during",
                                       "for",  "sur", "pendant", "en"};
  const struct token *from = x->right.from, *t = x->right.to;
  bool month_over_month = t - from > 3 && t[-2].kind == TOK_OVER && t[-1].name && t[-3].name &&
                          unit_sign(t[-1].name) && strcmp(t[-1].name, t[-3].name) == 0;
  if (month_over_month) {
    x->over = (struct stretch){t - 1, t};
    x->right.to = t - 3;
    return;
  }
  bool in_words = t - from > 2 && t[-2].kind == TOK_NUMBER && unit_sign(t[-1].name);
  bool one = t - from > 2 && is_last(t - 2) && t[-1].name && unit_sign(t[-1].name);
  const struct token *end;
  const char *said_so = t - from > 2 ? length_said(m, t - 2, &end) : NULL; /* en un mois */
  bool counted = said_so && !in_words && end == t && t[-2].kind == TOK_NAME;
  in_words |= counted;
  const struct token *length = in_words ? t - 2 : t - from > 1 ? t - 1 : NULL, *w = length;
  if (!length || (!in_words && !one && length->kind != TOK_DURATION)) return;
  while (w > from && (is_article(w - 1) || is_last(w - 1))) w--;
  if (w == from) return;
  bool said = w[-1].kind == TOK_OVER || w[-1].kind == TOK_IN || w[-1].kind == TOK_WITHIN;
  for (size_t i = 0; !said && i < sizeof before / sizeof *before; i++)
    said = word_is(w - 1, before[i]);
  if (!said || w - 1 == from) return;
  x->over = (struct stretch){length, t};
  x->right.to = w - 1;
}

/* under 40 for two weeks: how long it has to last is said behind the comparison. */
static void split_lasting(struct mistake *m, struct told *x) {
  const struct token *t = x->right.from + 1, *end;
  while (t < x->right.to && t->kind != TOK_FOR && !word_is(t, "for") && !word_is(t, "pendant")) t++;
  const char *length = t < x->right.to ? length_said(m, t + 1, &end) : NULL;
  if (!length || end != x->right.to) return;
  x->right.to = t, x->lasting = length;
  x->rest = (struct stretch){t, end};
}

/* ---- writing it anew ------------------------------------------------------------------ */

/* Closed Won from t on, a text without its quotes; *last is its last word. NULL: none. */
static const char *bare_text(struct mistake *m, const struct token *t, const struct token *to,
                             const struct token **last) {
  if (t->kind != TOK_NAME || strcasecmp(quote(m->px, t), "select") == 0) return NULL;
  for (*last = t; *last + 1 < to && (*last)[1].kind == TOK_NAME;) (*last)++;
  return source_between(m, t, *last + 1);
}

/* What stands between the texts of a list. */
static bool parts_texts(const struct token *t) {
  return t->kind == TOK_COMMA || t->kind == TOK_LIST_COMMA || t->kind == TOK_LPAREN ||
         t->kind == TOK_RPAREN || t->kind == TOK_OR || word_is(t, "array") || joins_texts(t);
}

/* "Pro", "Basic" of a list with or without parentheses, with commas or `or`; names may be texts
 * without their quotes. NULL: it is none. */
static const char *texts_of(struct mistake *m, struct stretch s) {
  const char *out = NULL;
  bool several = s.from < s.to && s.from->kind == TOK_LPAREN;
  for (const struct token *t = s.from; t < s.to; t++) several |= t->kind == TOK_COMMA;
  for (const struct token *t = s.from, *last; t < s.to; t++) {
    if (parts_texts(t)) continue;
    const char *text = t->kind == TOK_STRING ? t->name : NULL;
    if (!text && several) text = bare_text(m, t, s.to, &last);
    if (!text) return NULL;
    if (t->kind != TOK_STRING) t = last;
    out = out ? words(m, "%s, \"%s\"", out, text) : words(m, "\"%s\"", text);
  }
  return out;
}

/* "retail|finance" of texts: any of them, as a pattern, without the wildcards of "%retail%"; NULL:
 * they are none. */
static const char *pattern_of(struct mistake *m, struct stretch s, char at) {
  const char *out = NULL;
  for (const struct token *t = s.from; t < s.to; t++) {
    if (t->kind != TOK_STRING && !parts_texts(t)) return NULL;
    if (t->kind != TOK_STRING) continue;
    const char *one = wildcard_pattern(m->px->arena, t->name, at);
    int n = (int)strlen(one) - 2; /* without its quotes */
    out = words(m, "%s%s%.*s", out ? out : "", out ? "|" : "", n, one + 1);
  }
  return out ? words(m, "\"%s\"", out) : NULL;
}

const char *condition_above(struct mistake *m) {
  const struct ast *ast = m->px->ast;
  for (size_t i = ast->clauses.n; i-- > 0 && !clause_is_head(ast->clauses.v[i]->kind);)
    if (ast->clauses.v[i]->kind == C_WHEN && ast->clauses.v[i]->expr)
      return span_text(m->px->arena, ast->clauses.v[i]->expr->span);
  return NULL;
}

/* The name or the path right before t; empty: something else stands there. */
static struct stretch value_before(const struct mistake *m, const struct token *t) {
  const struct token *from = t;
  if (t <= m->first || t[-1].kind != TOK_NAME) return (struct stretch){t, t};
  for (from--; from - 2 >= m->first && from[-1].kind == TOK_DOT; from -= 2) {
  }
  return (struct stretch){from, t};
}

static struct span whole(const struct mistake *m, struct stretch s) {
  return places(m, s.from, s.to - 1);
}

const char *told_part(void *ctx, char sign) {
  struct mistake *m = ((struct telling *)ctx)->m;
  const struct told *x = ((struct telling *)ctx)->x;
  struct stretch s = sign == 'L' || sign == 'V' ? x->left : sign == 'S' ? x->second : x->right;
  const struct token *end;
  switch (sign) {
    case 'T': return texts_of(m, x->right);
    case 'J':
      if (x->right.from < x->right.to) diags_drop_inside(m->px->diags, V0104, whole(m, x->right));
      return pattern_of(m, x->right, 0);
    case 'P': return pattern_of(m, x->right, 0);
    case 'A': return pattern_of(m, x->right, '^');
    case 'Z': return pattern_of(m, x->right, '$');
    case 'D': return length_said(m, x->length.from, &end);
    case '1': return x->name ? quote(m->px, x->name) : NULL;
    case 'N': return x->number ? quote(m->px, x->number) : NULL;
    case 'Q': return x->text ? quote(m->px, x->text) : NULL;
    case 'W': return condition_above(m);
    case 'K': return x->rest.from < x->rest.to ? stretch_text(m, x->rest) : NULL;
    case 'E':
      if (s.from >= s.to) return "";
      return words(m, "%s%s", s.from->kind == TOK_COMMA ? "" : " ", stretch_text(m, s));
    case 'O': {
      if (x->over.to <= x->over.from) return "";
      const char *one = x->over.from + 1 == x->over.to ? unit_sign(x->over.from->name) : NULL;
      const char *length = one ? NULL : length_said(m, x->over.from, &end);
      if (length && end == x->over.to) return words(m, " over %s", length);
      return one ? words(m, " over 1%s", one) : words(m, " over %s", stretch_text(m, x->over));
    }
    default:
      if (x->low && sign != 'L') return sign == 'R' ? x->low : x->high;
      if (sign == 'R' && x->left.from < x->left.to && s.to - s.from == 2 && is_last(s.from) &&
          unit_sign(s.from[1].name)) /* lower than last month */
        return words(m, "(%s 1%s ago)", stretch_text(m, x->left), unit_sign(s.from[1].name));
      return s.from >= s.to          ? NULL
             : stretch_is_foreign(s) ? stretch_in_english(m, s)
                                     : stretch_text(m, s);
  }
}

static bool is_operand(int k) {
  return k == TOK_NAME || k == TOK_NUMBER || k == TOK_STRING || k == TOK_DATE || k == TOK_PERCENT ||
         k == TOK_DURATION || k == TOK_POINTS;
}

/* Two values side by side are none: what was meant is another sentence. */
static bool is_one_value(struct stretch s) {
  for (const struct token *t = s.from; t + 1 < s.to; t++) {
    bool counted = t->kind == TOK_NUMBER && t[1].kind == TOK_NAME;
    bool ago = t->kind == TOK_NAME && t[1].kind == TOK_DURATION;
    bool known = (t->kind == TOK_STRING) != (t[1].kind == TOK_STRING) || t->kind == TOK_NAME;
    if (is_article(t) || counted || ago || !is_operand(t->kind) || !is_operand(t[1].kind)) continue;
    if (known) return false;
  }
  return true;
}

/* What joins the two ends of a range: 5 and 10, 5 to 10, 5-10. */
static bool joins_ends(const struct token *t) {
  return word_is(t, "to") || word_is(t, "à") || word_is(t, "et") || t->kind == TOK_AND;
}

/* 5 to 10, 10-20: the two ends of a range. */
static void split_range(struct mistake *m, struct told *x) {
  static const char *const sides[] = {"below", "under", "above", "over", NULL}; /* to below 60 */
  const struct token *from = x->right.from, *t = from;
  if (from < x->right.to && from->kind == TOK_MONTH_DAY) {
    const char *text = quote(m->px, from), *dash = strchr(text, '-');
    x->low = words(m, "%.*s", (int)(dash - text), text), x->high = dash + 1;
    x->second = (struct stretch){from, from + 1};
    return;
  }
  while (t < x->right.to && !joins_ends(t) && !(t > from && t->kind == TOK_MINUS)) t++;
  bool joined = t > from && !ends_clause(t) && (t < x->right.to || joins_ends(t));
  if (!joined) return;
  x->right.to = t++;
  while (said_one_of(t, sides) && !ends_clause(t + 1)) t++;
  x->second = right_of(t, false);
}

/* A part that compares already is more than a value. */
static bool compares_inside(struct stretch s) {
  for (const struct token *t = s.from; t < s.to; t++)
    if (t->kind >= TOK_EQ && t->kind <= TOK_GE) return true;
  return false;
}

/* A condition, or the name of a flag. */
static bool asks_inside(struct stretch s) {
  static const int asks[] = {TOK_IS,      TOK_MATCHES, TOK_WITHIN,  TOK_OLDER,
                             TOK_OVERDUE, TOK_KNOWN,   TOK_UNKNOWN, TOK_BEFORE,
                             TOK_AFTER,   TOK_SEGMENT, TOK_NOT};
  for (const struct token *t = s.from; t < s.to; t++)
    for (size_t i = 0; i < sizeof asks / sizeof *asks; i++)
      if (t->kind == asks[i]) return true;
  return compares_inside(s) || (s.to - s.from == 1 && s.from->kind == TOK_NAME);
}

/* Does the row say anew what stands behind its words? */
static bool says_right(const char *write) {
  static const char *const signs[] = {"$R", "$S", "$T", "$P", "$A", "$Z", "$E", "$O", "$J", "$K"};
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    if (strstr(write, signs[i])) return true;
  return false;
}

/* grows > 10%, drops by >= 5: the comparison is said already, and takes the place of the row's. */
static const char *with_its_sign(struct mistake *m, const char *write, struct stretch *right) {
  const char *at = strstr(write, "$O > $R");
  const struct token *t = right->from;
  if (!at || t >= right->to || t->kind < TOK_NE || t->kind > TOK_GE) return write;
  right->from++;
  return words(m, "%.*s$O %s $R", (int)(at - write), write, quote(m->px, t));
}

/* from 80 to 60 in the last month: how long ago it was, in place of 30d. */
static const char *within_its_span(struct mistake *m, const char *write, struct told *x) {
  struct told second = {.right = x->second};
  if (x->second.to <= x->second.from) return write;
  split_off_length(m, &second);
  if (second.over.to <= second.over.from) return write;
  const struct token *t = second.over.from, *end;
  const char *length = length_said(m, t, &end);
  if (!length && unit_sign(t->name)) length = words(m, "1%s", unit_sign(t->name));
  const char *at = strstr(write, "30d ago");
  x->rest = x->second, x->second.to = second.right.to;
  return length ? words(m, "%.*s%s%s", (int)(at - write), write, length, at + 3) : write;
}

const struct sentence_row *sentence_row(size_t i) {
  return i < sizeof sentences / sizeof *sentences ? &sentences[i] : NULL;
}

/* The sentence of the row that begins at t; NULL: it is none, or a part of it is missing. */
static const char *sentence_of_row(struct mistake *m, const struct token *t, size_t row,
                                   struct told *out) {
  const char *write = sentences[row].write;
  *out = (struct told){0};
  const struct token *end = behind_words(m, t, sentences[row].words, out);
  if (!end || end < m->t) return NULL;
  bool of_day = t > m->first && t[-1].kind == TOK_DUE && sentences[row].words[0] == '$';
  bool counted = t > m->first && t[-1].kind == TOK_NUMBER; /* 60 days before renewal */
  if (of_day || (counted && strncmp(sentences[row].words, "days ", 5) == 0)) return NULL;
  bool here = strcmp(sentences[row].words, "one of") == 0 && end->kind == TOK_NAME;
  if (here) return NULL; /* only the quotes are missing */
  out->words = (struct stretch){t, end};
  out->left = left_of(m, t);
  out->right = right_of(end, strstr(write, "$T") || strstr(write, "$J"));
  while (says_pattern(write) && joins_texts(out->right.to)) out->right.to += 2;
  bool of_value = strstr(write, "$V") != NULL;
  if (of_value) out->left = value_before(m, t), out->right = (struct stretch){end, end};
  if (!says_right(write)) out->right = (struct stretch){end, end};
  write = with_its_sign(m, write, &out->right);
  if (strstr(write, "$K")) {
    out->rest = up_to_arrow(end), out->left = out->right = (struct stretch){t, t};
    if (t == m->first || !asks_inside(out->rest)) return NULL;
  }
  if (strstr(write, "$S")) split_range(m, out);
  if (strstr(write, "30d ago")) write = within_its_span(m, write, out);
  bool compares = compares_inside(out->left) || compares_inside(out->right);
  if (!of_value && (compares || compares_inside(out->second))) return NULL;
  if (strstr(write, "$O")) split_off_length(m, out);
  if (!strstr(write, "$O") && strstr(write, "$R")) split_lasting(m, out);
  bool value = strstr(write, "$R") || strstr(write, "$S");
  if (value && !(is_one_value(out->right) && is_one_value(out->second))) return NULL;
  return retell(m->px->arena, write, told_part, &(struct telling){m, out});
}

bool indented(const struct mistake *m, const struct token *t) {
  return t->at > 0 && strchr(" \t", m->px->words->src->text[t->at - 1]) != NULL;
}

/* Lines of data and of tests are made of words in an order, not of conditions. */
static bool holds_conditions(const struct mistake *m) {
  enum clause_kind head = head_above(m->px);
  const struct token *t = m->first;
  if (m->first->kind == TOK_K_UNREADABLE) return false;
  bool sentence = m->first->kind == TOK_NAME && !indented(m, m->first);
  if (sentence && head == C_ENTITY) return true;
  if (head != C_ENTITY && head != C_CALENDAR && head != C_TEST) return true;
  if (is_header_keyword(m->first->kind)) return true;
  while (t < m->t && t->kind != TOK_EQ) t++;
  return t < m->t && m->first->kind == TOK_ATTR;
}

/* health is less than 40; renewal in the next 60 days; plan not in ("Pro") */
bool said_in_prose(struct mistake *m) {
  struct told x, best = {0};
  const char *write = NULL;
  if (!holds_conditions(m)) return false;
  if (aggregate_around(m) && expects(m, TOK_OVER)) return false; /* its rows are missing first */
  const struct token *from =
      m->t - m->first > SENTENCE_LOOK_BACK ? m->t - SENTENCE_LOOK_BACK : m->first;
  for (const struct token *t = from; t <= m->t; t++)
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
      const char *text = sentence_of_row(m, t, i, &x);
      if (!text) continue;
      long more = write ? (x.words.to - x.words.from) - (best.words.to - best.words.from) : 1;
      if (more > 0) write = text, best = x;
    }
  if (!write) return false;
  m->at = places(m, best.words.from, best.words.to - 1);
  const char *said = span_text(m->px->arena, m->at);
  const struct token *last = best.second.to ? best.second.to : best.right.to;
  if (best.over.to > last) last = best.over.to;
  if (best.rest.to > last) last = best.rest.to;
  if (last > best.words.to) m->at = span_join(m->at, place(m, last - 1));
  if (best.left.from < best.left.to) m->at = span_join(place(m, best.left.from), m->at);
  take_back_spelling(m);
  if (*write == '!')
    return tell(m, V0106, words(m, "`%s` is nothing that rule files can say", said), write + 1);
  const char *message = words(m, "`%s` is written otherwise in rule files", said);
  const char *help = words(m, "write: %s%s%s", write, best.lasting ? " for " : "",
                           best.lasting ? best.lasting : "");
  size_t n = strlen(help);
  bool points = n > 2 && strcmp(help + n - 2, "pp") == 0 && best.left.to - best.left.from == 1;
  if (!points) return tell(m, V0106, message, help);
  return tell_loose(m, V0106, message, help,
                    (struct loose_words){.name = quote(m->px, best.left.from),
                                         .plain = words(m, "%.*s", (int)n - 2, help)});
}

struct only_value {
  const char *text;
  bool moves;
};

/* The one value of a row that has no other part: of movements, $V. */
static const char *value_alone(void *ctx, char sign) {
  const struct only_value *x = ctx;
  return sign == 'L' || (sign == 'V' && x->moves) ? x->text : NULL;
}

const char *sentence_about(struct arena *a, const char *said, const char *value, bool moves) {
  for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++)
    if (strcasecmp(sentences[i].words, said) == 0)
      return retell(a, sentences[i].write, value_alone, &(struct only_value){value, moves});
  return NULL;
}

bool told_in_prose(struct mistake *m, const struct token *from, const struct token *t) {
  for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
    const struct token *end = behind_words(m, from, sentences[i].words, &(struct told){0});
    if (end && end > t) return true;
  }
  return false;
}
