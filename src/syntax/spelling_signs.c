/* Signs that are none of rule files: brackets, braces, colons, dashes, pictures. In: the raw token
 * of one. Out: a message that says what stands in its place, and the token repaired. */
#include "syntax/spelling_signs.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/unit.h"
#include "parse.h"
#include "syntax/habits.h"
#include "syntax/spelling_names.h"
#include "syntax/words.h"
#include "syntax/yaml_keys.h"

/* A closing bracket or brace after an opening one that was reported is the same slip. */
static bool closes_another(const struct tokens *raw, size_t i, char open) {
  for (size_t k = i, seen = 0; k-- > 0 && seen < BRACKET_LOOK_BACK; seen++) {
    const struct token *t = &raw->list.v[k];
    if (t->bad == BAD_CHARACTER && t->end == t->at + 1 && strchr("[]{}", raw->src->text[t->at]))
      return raw->src->text[t->at] == open;
  }
  return false;
}

/* The first token of the line that token i stands in. */
size_t first_of_line(const struct tokens *raw, size_t i) {
  while (i > 0 && raw->list.v[i - 1].kind != TRIVIA_LINE_END) i--;
  while (raw->list.v[i].kind == TRIVIA_SPACE) i++;
  return i;
}

bool raw_word_is(const struct tokens *raw, size_t i, const char *word) {
  return raw->list.v[i].name && strcmp(raw->list.v[i].name, word) == 0;
}

bool stands_behind(const struct tokens *raw, size_t i, const char *word) {
  while (i > 0 && raw->list.v[i - 1].kind == TRIVIA_SPACE) i--;
  return i > 0 && raw_word_is(raw, i - 1, word);
}

/* do Call {label} today: the quotes are missing, and the brace is right. */
static bool say_open_text(const struct tokens *raw, size_t i, struct diags *ds) {
  size_t start = first_of_line(raw, i), end = i;
  if (!raw_word_is(raw, start, "do")) return false;
  while (end + 1 < raw->list.n && raw->list.v[end + 1].kind != TRIVIA_LINE_END &&
         raw->list.v[end + 1].kind != 0)
    end++;
  size_t from = start + 1;
  while (from < end && raw->list.v[from].kind == TRIVIA_SPACE) from++;
  struct span s = {raw->src, raw->list.v[from].at, raw->list.v[end].end};
  struct diag *d = diag_add(ds, V0114, s, "quotes are missing here");
  diag_help(ds, d, "write: do \"%s\"", span_text(ds->arena, s));
  return true;
}

/* kpi big_accounts: count of …, where no `=` has come. */
static bool heads_formula(const struct tokens *raw, size_t start, size_t i) {
  if (!raw_word_is(raw, start, "kpi") && !raw_word_is(raw, start, "threshold") &&
      !raw_word_is(raw, start, "define"))
    return false;
  for (size_t k = start; k < i; k++)
    if (raw->list.v[k].kind == TOK_EQ) return false;
  return true;
}

/* assign(CS, due: 7d) */
static bool in_call_of_assign(const struct tokens *raw, size_t i) {
  while (i-- > 0 && raw->list.v[i].kind != TRIVIA_LINE_END)
    if (raw->list.v[i].kind == TOK_LPAREN) return i > 0 && raw_word_is(raw, i - 1, "assign");
  return false;
}

/* for enterprise: 15, in the place of `=`. */
static bool stands_for_equals(const struct tokens *raw, size_t i) {
  size_t start = first_of_line(raw, i), next = i + 1;
  int behind = next < raw->list.n ? raw->list.v[next].kind : TRIVIA_LINE_END;
  if (heads_formula(raw, start, i))
    return behind == TRIVIA_SPACE && next + 1 < raw->list.n &&
           raw->list.v[next + 1].kind != TRIVIA_LINE_END && raw->list.v[next + 1].kind != TOK_EQ;
  bool line = raw_word_is(raw, start, "for") || raw_word_is(raw, start, "from");
  if (!line && !raw_word_is(raw, start, "threshold")) return false;
  if (line && header_of_line(raw, start) == C_RULE) return false; /* how long it has to last */
  while (next < raw->list.n && raw->list.v[next].kind == TRIVIA_SPACE) next++;
  int k = next < raw->list.n ? raw->list.v[next].kind : 0;
  return k == TOK_NUMBER || k == TOK_PERCENT || k == TOK_DURATION;
}

/* accepted_values [..] of a column */
static bool says_values(const struct tokens *raw, size_t i) {
  static const char *const words_for[] = {"accepted_values", "values", "options", "enum",
                                          "choices",         "allowed"};
  for (size_t k = 0; k < sizeof words_for / sizeof *words_for; k++)
    if (raw_word_is(raw, i, words_for[k])) return true;
  return false;
}

/* tags ["churn"], members ["ann@…"]: the line says by its word what the list is of. */
static bool say_listed_key(const struct tokens *raw, size_t i, size_t end, const char *list,
                           struct diags *ds) {
  size_t start = first_of_line(raw, i), k = start + 1;
  while (k < i && raw->list.v[k].kind == TRIVIA_SPACE && !raw->list.v[k].bad) k++;
  const char *word = raw->list.v[start].kind == TOK_NAME ? raw->list.v[start].name : NULL;
  if (k != i || !word) return false;
  const char *write = opening_of_key(ds->arena, header_of_line(raw, i), word, list);
  if (!write) return false;
  bool out = strncmp(write, "leave it out", 12) == 0;
  struct span s = {raw->src, raw->list.v[start].at, raw->list.v[end].end};
  diag_help(ds, diag_add(ds, V0118, s, "`%s` is not the beginning of a clause", word), "%s%s",
            out ? "" : "write: ", write);
  return true;
}

/* plan in ["Pro", "Basic"], one of ['Pro']: a list without brackets; from `in` or `one of` on. */
static bool say_list(const struct tokens *raw, size_t i, struct diags *ds) {
  const char *list = "";
  size_t k = i + 1, before = i;
  for (; k < raw->list.n && raw->list.v[k].kind != TRIVIA_LINE_END; k++) {
    const struct token *t = &raw->list.v[k];
    if (t->bad == BAD_CHARACTER && raw->src->text[t->at] == ']') break;
    if (t->kind != TOK_STRING && t->kind != TOK_COMMA && t->kind != TRIVIA_SPACE) return false;
    if (t->kind == TOK_STRING)
      list = arena_printf(ds->arena, "%s%s\"%s\"", list, *list ? ", " : "", t->name);
  }
  if (!*list || k >= raw->list.n || raw->list.v[k].kind == TRIVIA_LINE_END) return false;
  if (say_listed_key(raw, i, k, list, ds)) return true;
  bool denied = false;
  uint32_t at = raw->list.v[i].at;
  for (int words = 0; before > 0 && words < 3;) {
    const struct token *t = &raw->list.v[--before];
    if (t->kind == TRIVIA_SPACE) continue;
    bool said = t->kind == TOK_IN || t->kind == TOK_OF || t->kind == TOK_NOT || t->kind == TOK_IS ||
                t->kind == TOK_EQ || raw_word_is(raw, before, "one") || says_values(raw, before);
    if (!said) break;
    denied |= t->kind == TOK_NOT;
    at = t->at, words++;
  }
  struct diag *d = diag_add(ds, V0104, (struct span){raw->src, at, raw->list.v[k].end},
                            "a list of texts stands after `one of`, without brackets");
  diag_help(ds, d, "write: %sone of %s", denied ? "not " : "", list);
  return true;
}

/* :rotating_light: of a chat. */
static bool say_emoji(const struct tokens *raw, uint32_t at, struct diags *ds) {
  const char *text = raw->src->text;
  uint32_t i = at + 1;
  while ((text[i] >= 'a' && text[i] <= 'z') || text[i] == '_' || text[i] == '-' || text[i] == '+' ||
         (text[i] >= '0' && text[i] <= '9'))
    i++;
  if (i == at + 1 || text[i] != ':') return false;
  struct diag *d =
      diag_add(ds, V0104, (struct span){raw->src, at, i + 1}, "`%s` is a picture of a chat",
               arena_strndup(ds->arena, text + at, i + 1 - at));
  diag_help(ds, d, "remove it");
  return true;
}

/* Signs of typography and what they are here. */
static const struct {
  const char *sign, *plain;
  int kind;
} signs[] = {{"\u00D7", "*", TOK_STAR},   {"\u00F7", "/", TOK_SLASH},  {"\u2044", "/", TOK_SLASH},
             {"\u2215", "/", TOK_SLASH},  {"\u22C5", "*", TOK_STAR},   {"\u21D2", "->", TOK_ARROW},
             {"\u27A1", "->", TOK_ARROW}, {"\u279C", "->", TOK_ARROW}, {"\u2794", "->", TOK_ARROW},
             {"\u27F6", "->", TOK_ARROW}, {"\uFF1E", ">", TOK_GT},     {"\uFF1C", "<", TOK_LT},
             {"\uFF1D", "=", TOK_EQ},     {"\uFF0C", ",", TOK_COMMA},  {"\uFF08", "(", TOK_LPAREN},
             {"\uFF09", ")", TOK_RPAREN}, {"\u2260", "!=", TOK_NE},    {"\u2227", "and", TOK_AND},
             {"\u2228", "or", TOK_OR},    {"\u00AC", "not", TOK_NOT}};

static bool say_sign(const char *text, struct span s, struct token *t, struct diags *ds) {
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
    if (strcmp(text, signs[i].sign) != 0) continue;
    diag_help(ds, diag_add(ds, V0104, s, "`%s` is not used in rule files", text), "write `%s`",
              signs[i].plain);
    t->kind = signs[i].kind;
    return true;
  }
  return false;
}

/* The token before or behind i, over blanks; NULL: the line begins or ends there. */
const struct token *raw_beside(const struct tokens *raw, size_t i, int step) {
  for (size_t k = i + (size_t)step; k < raw->list.n; k += (size_t)step) {
    const struct token *t = &raw->list.v[k];
    if (t->kind == TRIVIA_LINE_END || t->kind == 0) return NULL;
    if (t->kind != TRIVIA_SPACE || t->bad) return t;
  }
  return NULL;
}

/* health < 40 — assign CS: the dash stands for the arrow. */
static bool before_action(const struct tokens *raw, size_t i) {
  const struct token *next = raw_beside(raw, i, 1);
  return next && next->name &&
         (strcmp(next->name, "assign") == 0 || strcmp(next->name, "due") == 0);
}

/* health 30–50: from the one to the other. */
static bool say_span_of_numbers(const struct tokens *raw, size_t i, struct token *t,
                                struct diags *ds) {
  const struct token *from = raw_beside(raw, i, -1), *to = raw_beside(raw, i, 1);
  bool numbers = from && to && from->kind == to->kind &&
                 (from->kind == TOK_NUMBER || from->kind == TOK_PERCENT);
  if (!numbers || from->end != t->at || to->at != t->end) return false;
  const struct token *name = raw_beside(raw, (size_t)(from - raw->list.v), -1);
  bool named = name && name->kind == TOK_NAME;
  const char *what = named ? name->name : "health";
  struct span s = {raw->src, named ? name->at : from->at, to->end};
  struct diag *d =
      diag_add(ds, V0104, s, "from one number to another is said with two comparisons");
  diag_help(ds, d, "write: %s >= %s and %s <= %s", what,
            span_text(ds->arena, token_span(raw, from)), what,
            span_text(ds->arena, token_span(raw, to)));
  t->kind = TOK_BROKEN;
  return true;
}

/* Parts of one that are a character of their own. */
static bool say_fraction(const char *text, struct span s, struct token *t, struct diags *ds) {
  static const struct {
    const char *sign;
    double num;
  } parts[] = {{"\u00BD", 0.5}, {"\u00BC", 0.25}, {"\u00BE", 0.75}, {"\u215B", 0.125}};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    if (strcmp(text, parts[i].sign) != 0) continue;
    diag_help(ds, diag_add(ds, V0104, s, "`%s` is not used in rule files", text),
              "write %g; as a share, %g%%", parts[i].num, parts[i].num * 100);
    t->kind = TOK_BROKEN;
    return true;
  }
  return false;
}

/* plan one of "Basic"; "Pro" */
static bool between_texts(const struct tokens *raw, size_t i) {
  size_t left = i, right = i + 1;
  while (left > 0 && raw->list.v[left - 1].kind == TRIVIA_SPACE) left--;
  while (right < raw->list.n && raw->list.v[right].kind == TRIVIA_SPACE) right++;
  return left > 0 && right < raw->list.n && raw->list.v[left - 1].kind == TOK_STRING &&
         raw->list.v[right].kind == TOK_STRING;
}

/* plan is any of Pro; Basic: the parser says it of the whole list. */
static bool behind_any_of(const struct tokens *raw, size_t i) {
  for (size_t k = i; k-- > 0 && raw->list.v[k].kind != TRIVIA_LINE_END;) {
    const struct token *of = k + 2 < raw->list.n ? &raw->list.v[k + 2] : NULL;
    if ((raw_word_is(raw, k, "any") || raw_word_is(raw, k, "none")) && of && of->kind == TOK_OF)
      return true;
  }
  return false;
}

/* round(mrr; 0): where spreadsheets put it between values. Of a function that is written in large
 * letters its name is told, and that is enough. */
/* health < 40; mrr > 0: two conditions on one line. */
static bool say_semicolon_for_and(const struct tokens *raw, size_t i, struct token *t,
                                  struct diags *ds) {
  const struct token *before = raw_beside(raw, i, -1), *next = raw_beside(raw, i, 1);
  if (!before || !next || next->kind != TOK_NAME) return false;
  size_t first = first_of_line(raw, i), k = i;
  bool compares = false, asks = raw_word_is(raw, first, "when");
  for (; k < raw->list.n && raw->list.v[k].kind != TRIVIA_LINE_END; k++) {
    int kind = raw->list.v[k].kind;
    compares |= kind >= TOK_EQ && kind <= TOK_GE;
    asks |= kind == TOK_ARROW;
  }
  if (!compares || !asks) return false;
  for (k = first; k < i; k++)
    if (raw->list.v[k].kind == TOK_ARROW) return false;
  struct span s = {raw->src, before->at, next->end};
  diag_help(ds, diag_add(ds, V0104, s, "conditions are joined with `and`, not with a semicolon"),
            "write: %s and %s", span_text(ds->arena, token_span(raw, before)),
            span_text(ds->arena, token_span(raw, next)));
  t->kind = TOK_AND;
  return true;
}

/* Every line ends with one: the first of them tells it. */
static bool line_above_ends_so(const struct tokens *raw, size_t i) {
  if (i + 1 < raw->list.n && raw->list.v[i + 1].kind != TRIVIA_LINE_END) return false;
  size_t k = first_of_line(raw, i);
  while (k-- > 0) {
    const struct token *t = &raw->list.v[k];
    if (t->kind == TRIVIA_LINE_END || (t->kind == TRIVIA_SPACE && !t->bad)) continue;
    return raw->src->text[t->at] == ';';
  }
  return false;
}

static bool say_semicolon(const struct tokens *raw, size_t i, struct span s, struct token *t,
                          struct diags *ds) {
  int depth = 0;
  size_t k = i, before = i;
  bool again = false;
  for (; k-- > 0 && raw->list.v[k].kind != TRIVIA_LINE_END;) {
    int kind = raw->list.v[k].kind;
    if (kind == TOK_RPAREN) depth++;
    if (kind == TOK_LPAREN && depth-- == 0) break;
    again |= raw->src->text[raw->list.v[k].at] == ';';
  }
  bool inside = k < before && raw->list.v[k].kind == TOK_LPAREN;
  if (!inside && behind_any_of(raw, i)) return t->kind = TOK_COMMA, true;
  if (!inside && !between_texts(raw, i)) return say_semicolon_for_and(raw, i, t, ds);
  t->kind = TOK_COMMA;
  if (!inside && !again)
    diag_help(ds, diag_add(ds, V0104, s, "between the texts of a list stands a comma"),
              "write `,`: one of \"Basic\", \"Pro\"");
  if (!inside) return true;
  const char *name = k > 0 ? raw->list.v[k - 1].name : NULL;
  bool foreign = name && (*name >= 'A' && *name <= 'Z');
  if (!foreign && !again)
    diag_help(ds, diag_add(ds, V0104, s, "between the values of a function stands a comma"),
              "write `,`");
  return true;
}

/* Longer dashes: the character, and how it is written here. */
static bool say_dash(const char *text, struct span s, const struct tokens *raw, size_t i,
                     struct token *t, struct diags *ds) {
  bool hyphen = strcmp(text, "\u2011") == 0 || strcmp(text, "\u2010") == 0;
  const struct token *before = raw_beside(raw, i, -1), *behind = raw_beside(raw, i, 1);
  bool inside = before && behind && before->kind == TOK_NAME && behind->kind == TOK_NAME &&
                before->end == t->at && behind->at == t->end;
  if (hyphen && inside) {
    s = (struct span){raw->src, before->at, behind->end};
    diag_help(ds, diag_add(ds, V0104, s, "a name has no dash"), "write: %s_%s", before->name,
              behind->name);
    t->kind = TOK_BROKEN;
    return true;
  }
  bool minus = strcmp(text, "\u2212") == 0;
  bool dash = strcmp(text, "\u2013") == 0 || strcmp(text, "\u2014") == 0;
  if (!minus && !dash) return false;
  if (dash && say_span_of_numbers(raw, i, t, ds)) return true;
  bool pointed = raw->src->text[t->end] == '>', arrow = pointed || before_action(raw, i);
  if (pointed) s.end++;
  struct diag *d = diag_add(ds, V0104, s, "`%s` is not used in rule files", text);
  diag_help(ds, d,
            arrow ? "write `->`: a word processor made the dash long"
                  : "write `-`: a word processor made the dash long");
  if (!pointed) t->kind = arrow ? TOK_ARROW : TOK_MINUS;
  return true;
}

/* priority and a picture: the sign is all that its line says behind the first word. */
static bool alone_behind_word(const struct tokens *raw, size_t i) {
  size_t first = first_of_line(raw, i), k = first + 1;
  if ((unsigned char)raw->src->text[raw->list.v[i].at] < 0x80 || first >= i) return false;
  while (k < i && raw->list.v[k].kind == TRIVIA_SPACE && !raw->list.v[k].bad) k++;
  return k == i && (i + 1 >= raw->list.n || raw->list.v[i + 1].kind == TRIVIA_LINE_END);
}

/* - [ ] and - [x] of a list of tasks: it is told with the dash. */
static bool is_box(const struct tokens *raw, size_t i) {
  const char *text = raw->src->text, *sign = text + raw->list.v[i].at;
  const char *dash = text + raw->list.v[first_of_line(raw, i)].at;
  const char *box = dash + 1 + strspn(dash + 1, " ");
  size_t inside = *dash && box[0] == '[' && box[1] && strchr(" xX", box[1]) ? 2 : 1;
  bool task = (*dash == '-' || *dash == '*') && *box == '[' && box[inside] == ']';
  return task && (sign == box || sign == box + inside);
}

/* -> assign: CS, due: 7d: the first colon stands for the others. */
static bool stands_behind_arrow(const struct tokens *raw, size_t i) {
  while (i-- > 0 && raw->list.v[i].kind != TRIVIA_LINE_END)
    if (raw->list.v[i].kind == TOK_ARROW) return true;
  return false;
}

static bool is_colon(const struct tokens *raw, size_t i) {
  return raw->list.v[i].bad == BAD_CHARACTER && raw->src->text[raw->list.v[i].at] == ':';
}

static bool colon_was_told(const struct tokens *raw, size_t i) {
  while (i-- > 0 && raw->list.v[i].kind != TOK_ARROW)
    if (is_colon(raw, i)) return true;
  return false;
}

static bool say_colons_of_action(const struct tokens *raw, size_t i, struct diags *ds) {
  size_t from = i, end = i + 1, more = 0;
  if (!stands_behind_arrow(raw, i)) return false;
  if (colon_was_told(raw, i)) return true;
  while (raw->list.v[from].kind != TOK_ARROW) from--;
  const char *line = "";
  for (; end < raw->list.n && raw->list.v[end].kind != TRIVIA_LINE_END && raw->list.v[end].kind;
       end++)
    more += is_colon(raw, end);
  for (size_t k = from; k < end; k++) {
    const struct token *t = &raw->list.v[k];
    if (is_colon(raw, k)) continue;
    line = arena_printf(ds->arena, "%s%.*s", line, (int)(t->end - t->at), raw->src->text + t->at);
  }
  struct span s = {raw->src, raw->list.v[from].at, raw->list.v[end - 1].end};
  if (more)
    diag_help(ds, diag_add(ds, V0104, s, "no colon stands behind the words of an action"),
              "write: %s", line);
  return more > 0;
}

/* segment big: account where mrr > 5k */
static bool names_segment(const struct tokens *raw, size_t i) {
  size_t first = first_of_line(raw, i);
  const struct token *name = raw_beside(raw, i, -1), *next = raw_beside(raw, i, 1);
  if (!raw_word_is(raw, first, "segment") || !name || !next) return false;
  const struct token *word = raw_beside(raw, (size_t)(name - raw->list.v), -1);
  return word == &raw->list.v[first] && next->kind == TOK_NAME;
}

/* given account "Acme": renewal = 2026-04-10 */
static bool gives_with_signs(const struct tokens *raw, size_t i) {
  if (!raw_word_is(raw, first_of_line(raw, i), "given")) return false;
  for (; i < raw->list.n && raw->list.v[i].kind != TRIVIA_LINE_END; i++)
    if (raw->list.v[i].kind == TOK_EQ) return true;
  return false;
}

/* The text of a program as it is here: == as =, && as and, || as or. */
static const char *without_signs(struct arena *a, const char *text, size_t n) {
  static const char *const written_so[][2] = {{"==", "="}, {"&&", "and"}, {"||", "or"}};
  const char *out = "", *p = text;
  while (p < text + n) {
    size_t i = 0;
    while (i < 3 && strncmp(p, written_so[i][0], 2) != 0) i++;
    size_t taken = i < 3 ? 2 : 1;
    out = i < 3 ? arena_printf(a, "%s%s", out, written_so[i][1]) : arena_printf(a, "%s%c", out, *p);
    p += taken;
  }
  while (*out == ' ') out++;
  size_t m = strlen(out);
  while (m && out[m - 1] == ' ') m--;
  return arena_strndup(a, out, m);
}

/* assign plan == "Pro" ? VP_CS : CS, due 7d; from stands behind the word. */
static bool say_choice_of_team(const struct tokens *raw, size_t i, struct token *t,
                               struct diags *ds, const char *from) {
  const char *text = raw->src->text, *end = from + strcspn(from, "\r\n");
  const char *ask = memchr(from, '?', (size_t)(end - from));
  const char *colon = memchr(ask, ':', (size_t)(end - ask));
  t->kind = TOK_BROKEN;
  if (text + raw->list.v[i].at != ask) return true;
  struct span s = {raw->src, (uint32_t)(from - text), (uint32_t)(end - text)};
  diags_drop_inside(ds, V0106, s);
  diags_drop_inside(ds, V0107, s);
  const char *asked = without_signs(ds->arena, from, (size_t)(ask - from)),
             *one = without_signs(ds->arena, ask + 1, (size_t)(colon - ask - 1)),
             *other = without_signs(ds->arena, colon + 1, strcspn(colon + 1, ",\r\n"));
  diag_help(ds, diag_add(ds, V0114, s, "an item has one team: each team has a rule of its own"),
            "two rules: one that asks as well: and %s -> assign %s, due 7d; and one: and not (%s) "
            "-> assign %s, due 7d",
            asked, one, asked, other);
  return true;
}

/* plan == "Pro" ? 2 : 1 at the sign of the question, or at the colon, which it tells of. */
static bool say_choice(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
  const char *text = raw->src->text, *line = text + raw->list.v[first_of_line(raw, i)].at;
  const char *end = line + strcspn(line, "\r\n"), *from = strstr(line, " = ");
  const char *ask = memchr(line, '?', (size_t)(end - line));
  const char *colon = ask ? memchr(ask, ':', (size_t)(end - ask)) : NULL;
  const char *assign = strstr(line, "assign ");
  if (assign && colon && assign < ask) return say_choice_of_team(raw, i, t, ds, assign + 7);
  if (!from || !colon || from > ask) return false;
  t->kind = TOK_BROKEN;
  if (text + raw->list.v[i].at != ask) return true;
  from += 3;
  struct span s = {raw->src, (uint32_t)(from - text), (uint32_t)(end - text)};
  diags_drop_inside(ds, V0106, s);
  diag_help(ds, diag_add(ds, V0106, s, "a choice between two values is written with `if`"),
            "write: if %s then %s else %s", without_signs(ds->arena, from, (size_t)(ask - from)),
            without_signs(ds->arena, ask + 1, (size_t)(colon - ask - 1)),
            without_signs(ds->arena, colon + 1, (size_t)(end - colon - 1)));
  return true;
}

/* unit %, format %: a KPI that is shown in percent. */
static bool say_unit_of_kpi(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
  static const char *const words_for[] = {"unit", "format", "display", "in", "as", "show"};
  size_t first = first_of_line(raw, i);
  const struct token *before = raw_beside(raw, i, -1);
  if (before != &raw->list.v[first] || raw_beside(raw, i, 1)) return false;
  for (size_t k = 0; k < sizeof words_for / sizeof *words_for; k++) {
    if (!raw_word_is(raw, first, words_for[k])) continue;
    struct span s = {raw->src, before->at, t->end};
    diag_help(ds, diag_add(ds, V0104, s, "a percent is a word here"), "write: in percent");
    t->kind = TOK_BROKEN;
    return true;
  }
  return false;
}

/* signed = LAST_N_DAYS:30 */
static bool say_days_of_crm(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
  static const struct {
    const char *word, *write;
  } said[] = {{"LAST_N_DAYS", "in last %sd"},    {"LAST_N_WEEKS", "in last %sw"},
              {"LAST_N_MONTHS", "in last %smo"}, {"LAST_N_QUARTERS", "in last %sq"},
              {"NEXT_N_DAYS", "within %sd"},     {"NEXT_N_WEEKS", "within %sw"},
              {"NEXT_N_MONTHS", "within %smo"},  {"N_DAYS_AGO", "older than %sd"}};
  const struct token *word = raw_beside(raw, i, -1), *number = raw_beside(raw, i, 1);
  if (!word || !number || number->kind != TOK_NUMBER || !word->name) return false;
  for (size_t k = 0; k < sizeof said / sizeof *said; k++) {
    if (strcasecmp(word->name, said[k].word) != 0) continue;
    const struct token *sign = raw_beside(raw, (size_t)(word - raw->list.v), -1);
    bool compared = sign && sign->kind >= TOK_EQ && sign->kind <= TOK_GE;
    struct span s = {raw->src, compared ? sign->at : word->at, number->end};
    const char *n = span_text(ds->arena, token_span(raw, number)), *at = strchr(said[k].write, '%');
    diag_help(ds, diag_add(ds, V0106, s, "a span of days is written otherwise in rule files"),
              "write: %.*s%s%s", (int)(at - said[k].write), said[k].write, n, at + 2);
    t->kind = TOK_BROKEN;
    return true;
  }
  return false;
}

void say_character(const struct tokens *raw, size_t i, struct span s, const char *text,
                   struct token *t, struct diags *ds) {
  unsigned char c = (unsigned char)text[0];
  if ((c == ']' && closes_another(raw, i, '[')) || (c == '}' && closes_another(raw, i, '{')))
    return;
  if (c == '{' && (say_open_text(raw, i, ds) || keyed_line_at(raw->src, s.at))) return;
  if ((c == '[' || c == ']') && is_box(raw, i)) return;
  if (c == '[' && say_list(raw, i, ds)) return;
  if (c == '[' && say_range(raw, i, t, ds)) return;
  if ((c == '{' || c == '[' || c == '`') && say_wrapped_name(raw, s.at, ds)) {
    bool column =
        c == '[' && i > 0 && raw->list.v[i - 1].kind == TOK_NAME && raw->list.v[i - 1].end == s.at;
    if (column) t->kind = TOK_DOT; /* account[plan] */
    return;
  }
  bool picture = s.at > 0 && (unsigned char)raw->src->text[s.at - 1] >= 0x80;
  if (strcmp(text, "\uFE0F") == 0 && picture) return; /* of ➡️, which is told */
  if ((c == '?' || c == ':') && say_choice(raw, i, t, ds)) return;
  if (strcmp(text, "%") == 0 && say_unit_of_kpi(raw, i, t, ds)) return;
  if (c == ':' && say_days_of_crm(raw, i, t, ds)) return;
  if (c == ':' && say_emoji(raw, s.at, ds)) return;
  if (c == '@' && (say_mention(raw, i, ds) || say_marked_name(raw, i, ds))) return;
  if (say_sign(text, s, t, ds) || say_fraction(text, s, t, ds)) return;
  if (c == ';' && (say_semicolon(raw, i, s, t, ds) || line_above_ends_so(raw, i))) return;
  if (say_dash(text, s, raw, i, t, ds)) return;
  bool last = i + 1 >= raw->list.n || raw->list.v[i + 1].kind == TRIVIA_LINE_END;
  if (c == ':' && last && raw_word_is(raw, first_of_line(raw, i), "if"))
    return; /* if … : the parser says it of the whole line */
  if (c == ':' && last && heads_keyed_lines(raw, i)) return; /* these say it */
  bool alone = last && (i == 0 || raw->list.v[i - 1].kind == TRIVIA_LINE_END);
  if (c == '{' && alone && heads_keyed_lines(raw, i)) return;
  if (c == ':' && gives_with_signs(raw, i)) return;  /* the parser says it of the whole line */
  if (c == ':' && in_call_of_assign(raw, i)) return; /* the parser says it of the whole call */
  if (c == ':' && inside_cells(raw, i)) return;
  if (c == ':' && say_cells(raw, i, t, ds)) return;
  if (strchr("{}[]:", c) && c && say_template(raw, i, t, ds)) return;
  if (c == ':' && say_colons_of_action(raw, i, ds)) return;
  if (c == ':' && names_segment(raw, i)) { /* the parser says it of the whole line */
    t->kind = TOK_EQ;
    return;
  }
  bool equals = c == ':' && stands_for_equals(raw, i) && !told_with_lines_above(raw, i);
  if (c == ':' && !equals && say_yaml_key(raw, i, ds)) return;
  bool defines = c == ':' && raw->src->text[s.end] == '=';
  if (equals) t->kind = TOK_EQ;
  if (defines) s.end++, text = ":=";
  struct diag *d = c < 0x20 || c == 0x7F
                       ? diag_add(ds, V0104, s, "a control character (code %d) stands here", c)
                       : diag_add(ds, V0104, s, "`%s` is not used in rule files", text);
  if (strcmp(text, "%") == 0)
    diag_help(ds, d, "a percent stands right after its number: 10%%");
  else if (strcmp(text, "'") == 0)
    diag_help(ds, d, "texts stand in double quotes: \"Pro\"");
  else if (c == ';')
    diag_help(ds, d, "remove it: a clause ends with its line");
  else if (equals || defines)
    diag_help(ds, d, "write `=`");
  else if (c == ':')
    diag_help(ds, d, "remove it: no colon is needed here");
  else if (c == '[' || c == ']')
    diag_help(ds, d, "write a list without brackets: one of \"Basic\", \"Pro\"");
  else if (c == '{' || c == '}')
    diag_help(ds, d, "remove it: what belongs to a rule stands on the lines below it");
  else if (c == '^')
    diag_help(ds, d,
              "write the product: rate * rate; for the loss of many periods: compound(2%%, 12)");
  else if (alone_behind_word(raw, i))
    diag_help(ds, d, "write a word in its place");
  else
    diag_help(ds, d, "remove it");
  bool decoration = strchr(":;{}`", c) != NULL || (last && !alone_behind_word(raw, i)) ||
                    first_of_line(raw, i) == i;
  if (t->kind < 0 && !decoration) t->kind = TOK_BROKEN;
}
