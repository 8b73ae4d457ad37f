/* Words and signs inside a line that other languages write so. In: raw tokens. Out: one message
 * each, and the token that stands for them here. */
#include "syntax/foreign_tokens.h"

#include <string.h>

#include "base/intern.h"
#include "parse.h"
#include "syntax/foreign_branches.h"
#include "syntax/foreign_program.h"
#include "syntax/habits.h"
#include "syntax/joined_text.h"
#include "syntax/raw_lines.h"
#include "syntax/spelling_signs.h"

/* f"Call {label}": a text needs no letter before it. */
static size_t letter_before_text(const struct tokens *raw, size_t i, struct diags *diags) {
  const struct token *t = &raw->list.v[i];
  if (t->kind != TOK_NAME || t->end != t->at + 1 || i + 1 >= raw->list.n) return 0;
  const struct token *text = t + 1;
  if (text->kind != TOK_STRING || !strchr("fFrRuUbBN", raw->src->text[t->at])) return 0;
  struct span at = {raw->src, t->at, text->end};
  diag_help(
      diags, diag_add(diags, V0106, at, "a text begins with its quote, without `%s`", t->name),
      text->bad == BAD_SINGLE_QUOTES ? "write: \"%s\"" : "write: %s",
      text->bad == BAD_SINGLE_QUOTES ? text->name : span_text(diags->arena, token_span(raw, text)));
  return 1;
}

/* {mrr:.2f}: in a text, how a value is shown. Nothing behind it is read. */
bool form_of_value(const struct tokens *raw, size_t i, struct diags *diags) {
  const struct token *t = &raw->list.v[i];
  if (t->bad != BAD_CHARACTER || raw->src->text[t->at] != ':' || i == 0) return false;
  struct span at = {raw->src, t->at, t->end};
  for (size_t k = i; k < raw->list.n; k++)
    if (raw->list.v[k].end > at.end) at.end = raw->list.v[k].end;
  diag_help(diags,
            diag_add(diags, V0104, at, "a value is shown with the digits that it needs: no `%s`",
                     span_text(diags->arena, at)),
            "remove it");
  return true;
}

/* d'ici, n'est: one word, of which the parser says what it is here. */
static size_t elided(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
  const struct token *v = &raw->list.v[i];
  if (i + 2 >= raw->list.n || v->kind != TOK_NAME || v->end - v->at > 2) return 0;
  const char *sign = raw->src->text + v[1].at;
  if (v[1].bad != BAD_CHARACTER || (*sign != '\'' && strncmp(sign, "\u2019", 3) != 0)) return 0;
  if (!v[2].name || v[2].kind == TOK_STRING || v[2].at != v[1].end || v[1].at != v->end) return 0;
  *t = *v, t->end = v[2].end;
  t->name = intern(ds->arena, arena_printf(ds->arena, "%s'%s", v->name, v[2].name));
  return 3;
}

/* when =AND(…), when =health<40: the sign that a formula of a sheet begins with. */
static size_t sign_of_sheet(const struct tokens *raw, size_t i, struct diags *ds) {
  const struct token *v = &raw->list.v[i];
  if (i < 2 || i + 2 >= raw->list.n || v->kind != TOK_EQ || v[-1].kind != TRIVIA_SPACE) return 0;
  if (!v[-2].name || strcmp(v[-2].name, "when") != 0) return 0;
  diag_help(
      ds, diag_add(ds, V0106, token_span(raw, v), "a condition begins without the `=` of a sheet"),
      "remove it");
  return 1;
}

/* ::numeric, ::numeric(10, 2): how many tokens it is; 0: none. */
static size_t cast_of_sql(const struct tokens *raw, size_t i, struct diags *ds) {
  const struct token *v = &raw->list.v[i];
  const char *text = raw->src->text;
  if (i + 2 >= raw->list.n || text[v->at] != ':' || v->bad != BAD_CHARACTER) return 0;
  if (v[1].bad != BAD_CHARACTER || text[v[1].at] != ':' || v[2].kind != TOK_NAME) return 0;
  size_t n = 3;
  if (i + n < raw->list.n && v[n].kind == TOK_LPAREN) {
    while (i + n < raw->list.n && v[n].kind != TOK_RPAREN && v[n].kind != TRIVIA_LINE_END) n++;
    if (i + n < raw->list.n && v[n].kind == TOK_RPAREN) n++;
  }
  struct span at = {raw->src, v->at, v[n - 1].end};
  diag_help(ds, diag_add(ds, V0106, at, "a value has one type, and is not turned into another"),
            "remove it");
  return n;
}

/* rule a for account — customers at risk: what follows the dash is for the reader. */
static size_t remark_behind_dash(const struct tokens *raw, size_t i, struct diags *ds) {
  static const char *const headers[] = {"rule", "team", "test", "playbook", "entity", "kpi"};
  const struct token *v = raw->list.v;
  const char *sign = raw->src->text + v[i].at;
  bool dash =
      v[i].kind == TOK_MINUS || strncmp(sign, "\u2013", 3) == 0 || strncmp(sign, "\u2014", 3) == 0;
  if (!dash || i < 2 || v[i - 1].kind != TRIVIA_SPACE || i + 2 >= raw->list.n) return 0;
  size_t first = i, end = i + 1, n = 0;
  for (; end < raw->list.n && v[end].kind != TRIVIA_LINE_END && v[end].kind != 0; end++) {
    if (v[end].kind == TRIVIA_SPACE) continue;
    if (!v[end].name || v[end].kind == TOK_STRING) return 0;
    n++;
  }
  while (first > 0 && v[first - 1].kind != TRIVIA_LINE_END) first--;
  bool header = false;
  for (size_t k = 0; v[first].name && k < sizeof headers / sizeof *headers; k++)
    header |= strcmp(v[first].name, headers[k]) == 0;
  for (size_t k = first; header && k < i; k++) header &= v[k].kind != TOK_EQ;
  if (!header || n < 2) return 0;
  struct span at = {raw->src, v[i].at, v[end - 1].end}, text = {raw->src, v[i].end, v[end - 1].end};
  diag_help(ds, diag_add(ds, V0104, at, "what is for the reader stands behind `#`"), "write: #%s%s",
            raw->src->text[v[i].end] == ' ' ? " " : "", span_text(ds->arena, text));
  return end - i;
}

/* 15-mars-2026, 8/Jan/2026: a day with the name of its month. */
static size_t day_with_month(const struct tokens *raw, size_t i, struct token *t,
                             struct diags *ds) {
  const struct token *v = &raw->list.v[i];
  if (i + 4 >= raw->list.n || v->kind != TOK_NUMBER || v[4].kind != TOK_NUMBER) return 0;
  bool sign = v[1].kind == TOK_MINUS || v[1].kind == TOK_SLASH || v[1].kind == TOK_DOT;
  int month = v[2].kind == TOK_NAME ? month_called(v[2].name) : 0;
  if (!sign || v[3].kind != v[1].kind || !month) return 0;
  for (int k = 0; k < 4; k++)
    if (v[k].end != v[k + 1].at) return 0;
  int day = (int)v->num, year = (int)v[4].num;
  if (year < 100) year += 2000;
  day_t found = day_from_civil(year, month, day);
  if (day != v->num || found == DAY_NONE) return 0;
  *t = *v, t->end = v[4].end, t->kind = TOK_DATE, t->day = found;
  struct span at = token_span(raw, t);
  diag_help(
      ds,
      diag_add(ds, V0101, at, "`%s` is not a date as Vigie writes them", span_text(ds->arena, at)),
      "write: %04d-%02d-%02d; year, month and day with two digits each", year, month, day);
  return 5;
}

size_t foreign_signs(const struct tokens *raw, size_t i, bool clauses, struct diags *ds) {
  size_t n = letter_before_text(raw, i, ds);
  if (!n) n = sign_of_sheet(raw, i, ds);
  if (!n) n = cast_of_sql(raw, i, ds);
  return !n && clauses ? remark_behind_dash(raw, i, ds) : n;
}

/* SOMME.SI(, NB.SI.ENS(: functions of a French sheet have dots in their names. */
static size_t dotted_function(const struct tokens *raw, size_t i, struct token *t,
                              struct diags *ds) {
  const struct token *v = &raw->list.v[i];
  size_t n = 1, left = raw->list.n - i;
  bool large = v->kind == TOK_NAME && *v->name >= 'A' && *v->name <= 'Z';
  while (large && n + 1 < left && v[n].kind == TOK_DOT && v[n + 1].kind == TOK_NAME &&
         v[n].at == v[n - 1].end && v[n + 1].at == v[n].end && *v[n + 1].name >= 'A' &&
         *v[n + 1].name <= 'Z')
    n += 2;
  if (n < 3 || n >= left || v[n].kind != TOK_LPAREN) return 0;
  struct span at = {raw->src, v->at, v[n - 1].end};
  const char *name = span_text(ds->arena, at);
  if (strpbrk(name, "abcdefghijklmnopqrstuvwxyz")) return 0;
  *t = *v, t->end = at.end, t->name = intern(ds->arena, name);
  return n;
}

/* prop("health") of Notion, var("limit"): a name needs no call. */
static size_t called_name(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
  static const char *const calls[] = {"prop", "var", "field", "col", "attr", "getattr"};
  const struct token *v = &raw->list.v[i];
  if (raw->list.n - i < 4 || v->kind != TOK_NAME || v[1].kind != TOK_LPAREN) return 0;
  if (v[2].kind != TOK_STRING || v[3].kind != TOK_RPAREN) return 0;
  for (size_t k = 0; k < sizeof calls / sizeof *calls; k++) {
    if (strcmp(v->name, calls[k]) != 0) continue;
    struct span at = {raw->src, v->at, v[3].end};
    char *name = arena_strdup(ds->arena, v[2].name);
    for (char *p = name; *p; p++)
      if (*p == ' ') *p = '_';
    bool told = i > 1 && raw->src->text[v->at - 1] == '{';
    if (!told && !strstr(span_text(ds->arena, at), "{"))
      diag_help(ds, diag_add(ds, V0104, at, "a name stands alone, without a call around it"),
                "write: %s", name);
    *t = *v, t->end = at.end, t->name = intern(ds->arena, name);
    return 4;
  }
  return 0;
}

/* renew-, and on the line below it al within 60d: a word that a page has broken. */
static size_t broken_word(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
  const struct token *v = &raw->list.v[i];
  size_t left = raw->list.n - i, k = 3;
  if (left < 4 || v->kind != TOK_NAME || v[1].kind != TOK_MINUS || v[1].at != v->end) return 0;
  if (v[2].kind != TRIVIA_LINE_END) return 0;
  while (k < left && raw_is_blank(&v[k])) k++;
  if (k >= left || v[k].kind != TOK_NAME || *v[k].name < 'a' || *v[k].name > 'z') return 0;
  struct span at = {raw->src, v->at, v[1].end};
  *t = *v, t->name = intern(ds->arena, arena_printf(ds->arena, "%s%s", v->name, v[k].name));
  diag_help(ds, diag_add(ds, V0104, at, "a word is not broken at the end of its line"),
            "write: %s, and the rest of the line below it behind it", t->name);
  return k + 1;
}

/* {{ ref('accounts') }}, {{ source('crm', 'accounts') }}: the table by its name. */
static size_t referred_table(const struct tokens *raw, size_t i, struct token *t,
                             struct diags *ds) {
  const struct token *v = &raw->list.v[i], *name = NULL;
  size_t left = raw->list.n - i, k = 2;
  if (!raw_is_char(raw, i, '{') || !raw_is_char(raw, i + 1, '{')) return 0;
  if (raw_word_is(raw, first_of_line(raw, i), "entity")) return 0;
  while (k < left && raw_is_blank(&v[k])) k++;
  if (k >= left || (!raw_word_is(raw, i + k, "ref") && !raw_word_is(raw, i + k, "source")))
    return 0;
  for (; k + 1 < left && v[k].kind != TRIVIA_LINE_END && !raw_is_char(raw, i + k, '}'); k++)
    if (v[k].kind == TOK_STRING) name = &v[k];
  if (!name || !raw_is_char(raw, i + k, '}') || !raw_is_char(raw, i + k + 1, '}')) return 0;
  *t = *v, t->kind = TOK_NAME, t->name = name->name, t->end = v[k + 1].end;
  diag_help(
      ds,
      diag_add(ds, V0104, token_span(raw, t), "a rule file is no template: a name stands alone"),
      "write: %s", name->name);
  return k + 2;
}

size_t foreign_word(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
  size_t n = day_with_month(raw, i, t, ds);
  if (!n) n = take_case_of_lines(raw, i, t, ds);
  if (!n) n = take_program(raw, i, t, ds);
  if (!n) n = broken_word(raw, i, t, ds);
  if (!n) n = referred_table(raw, i, t, ds);
  if (!n) n = elided(raw, i, t, ds);
  if (!n) n = dotted_function(raw, i, t, ds);
  if (!n) n = called_name(raw, i, t, ds);
  return n ? n : take_joined_text(raw, i, t, ds);
}
