/* Names, cells and templates with the signs of other tools. In: the raw token of such a sign.
 * Out: a message that shows the name as it stands here, and the token repaired. */
#include "syntax/spelling_names.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "base/unit.h"
#include "parse.h"
#include "syntax/habits.h"
#include "syntax/raw_lines.h"
#include "syntax/spelling_signs.h"

static uint32_t skip_spaces(const char *text, uint32_t at) {
  while (text[at] == ' ' || text[at] == '\t') at++;
  return at;
}

static bool in_wrapped_name(char c, bool further, bool blank) {
  bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  return letter || (further && (c == '.' || (c >= '0' && c <= '9'))) || (blank && c == ' ');
}

/* Does the byte stand among the arguments of a function in large letters, which is told? */
static bool in_foreign_call(const char *text, uint32_t at) {
  int depth = 0;
  while (at > 0 && text[at - 1] != '\n') {
    char c = text[--at];
    if (c == ')') depth++;
    if (c == '(' && depth-- == 0) break;
  }
  return text[at] == '(' && at > 1 && text[at - 1] >= 'A' && text[at - 1] <= 'Z';
}

/* Further names with such signs on the line: one message is about all of them, up to the last. What
 * stands between comes along as it is written here. */
static const char *with_names_behind(const struct tokens *raw, struct span *s, const char *name,
                                     struct arena *a) {
  const char *text = raw->src->text, *from = text + s->end, *line = from + strcspn(from, "\r\n");
  const char *out = name;
  char open = text[s->at] == '$' ? '{' : text[s->at];
  if (open == '{' && text[s->at + 1] != '{' && text[s->at] != '$') return name;
  while (from < line) {
    const char *p = memchr(from, open, (size_t)(line - from));
    size_t signs = p ? strspn(p, "{[`") : 0,
           n = p ? strspn(p + signs, "abcdefghijklmnopqrstuvwxyz_.0123456789") : 0;
    const char *close = p ? p + signs + n : NULL;
    bool blank = p && p > from && p[-1] != ' ' && p[-1] != '(' && p[-1] != '$';
    if (!n || blank || !*close || !strchr("}]`", *close)) break;
    struct raw_line x = {0, 0};
    uint32_t begin = (uint32_t)(from - text), end = (uint32_t)(p - text) - (p[-1] == '$');
    while (x.from < raw->list.n && raw->list.v[x.from].at < begin) x.from++;
    for (x.to = x.from; x.to < raw->list.n && raw->list.v[x.to].at < end;) x.to++;
    const char *between = raw_written_here(raw, x, a);
    out = arena_printf(a, "%s %s%s%.*s", out, between, p[-1] == '(' ? "" : " ", (int)n, p + signs);
    for (from = close; *from && strchr("}]`", *from);) from++;
    s->end = (uint32_t)(from - text);
  }
  return out;
}

/* health < 40 [see playbook]: what follows a value is for the reader. */
static bool remark_in_brackets(const struct tokens *raw, struct span s, struct diags *ds) {
  size_t i = 0;
  while (i < raw->list.n && raw->list.v[i].at < s.at) i++;
  const struct token *before = raw_beside(raw, i, -1);
  const char *end = raw->src->text + s.end;
  bool value = before && (before->kind == TOK_NUMBER || before->kind == TOK_STRING ||
                          before->kind == TOK_PERCENT || before->kind == TOK_DURATION);
  if (!value || raw->src->text[s.at] != '[' || end[strspn(end, " ")] != '\n') return false;
  diag_help(ds, diag_add(ds, V0104, s, "what is for the reader stands behind `#`"), "write: # %.*s",
            (int)(s.end - s.at - 2), raw->src->text + s.at + 1);
  return true;
}

/* {{health}}, ${health}, [health], `health`: a name of another language; the message covers all of
 * it, so that its other signs say nothing. */
bool say_wrapped_name(const struct tokens *raw, uint32_t at, struct diags *ds) {
  const char *text = raw->src->text;
  uint32_t i = at;
  if (i > 0 && text[i - 1] == '$') at--;
  while (text[i] && strchr("${[`%", text[i]) && i - at < 3) i++;
  bool column = text[at] == '[', small = false; /* [Health Score] of a sheet */
  uint32_t table = at;                          /* account[plan] */
  while (column && table > 0 && in_wrapped_name(text[table - 1], true, false)) table--;
  uint32_t from = i = skip_spaces(text, i);
  for (; in_wrapped_name(text[i], i > from, column && i > from); i++)
    small |= text[i] >= 'a' && text[i] <= 'z';
  uint32_t end = i;
  while (end > from && text[end - 1] == ' ') end--;
  i = skip_spaces(text, i);
  uint32_t close = i;
  while (text[i] && strchr("}]`%", text[i]) && i - close < 2) i++;
  if (end == from || i == close) return false;
  struct span s = {raw->src, at, i};
  if (text[at] == '$' && !small && end - from > 2) {
    diag_help(ds, diag_add(ds, V0104, s, "a rule file reads nothing from the environment"),
              "write the value itself, a text or an address in quotes: \"ops@company.example\"");
    return true;
  }
  char *name = arena_strndup(ds->arena, text + from, end - from);
  if (strchr(name, ' ')) name = arena_strdup(ds->arena, text_lower(ds->arena, name));
  for (char *p = name; *p; p++)
    if (*p == ' ') *p = '_';
  if (table < at) {
    s.at = table;
    if (in_foreign_call(text, table)) return true;
    diag_help(ds, diag_add(ds, V0104, s, "a dot stands between an entity and its attribute"),
              "write: %.*s.%s", (int)(at - table), text + table, name);
    return true;
  }
  if (remark_in_brackets(raw, s, ds)) return true;
  const char *names = with_names_behind(raw, &s, name, ds->arena);
  diag_help(ds, diag_add(ds, V0104, s, "a name stands alone, without signs around it"), "write: %s",
            names);
  return true;
}

/* The end of a cell such as $B$2 or B2 at the byte, of a column such as A; 0: it is none. */
static uint32_t end_of_cell(const char *text, uint32_t at, bool column) {
  uint32_t i = at + (text[at] == '$'), letters = i;
  while (text[i] >= 'A' && text[i] <= 'Z') i++;
  uint32_t n = i - letters;
  if (n < 1 || n > 3) return 0;
  uint32_t row = i + (text[i] == '$'), digits = row;
  while (text[row] >= '0' && text[row] <= '9') row++;
  if (row == digits) return column && !in_wrapped_name(text[i], true, false) ? i : 0;
  return in_wrapped_name(text[row], true, false) ? 0 : row;
}

bool say_marked_name(const struct tokens *raw, size_t i, struct diags *ds) {
  const struct token *sign = &raw->list.v[i], *name = i + 1 < raw->list.n ? sign + 1 : NULL;
  if (!name || name->kind != TOK_NAME || name->at != sign->end || !name->name) return false;
  if (raw->src->text[sign->at] == '$' && end_of_cell(raw->src->text, sign->at, false)) return false;
  struct span s = {raw->src, sign->at, name->end};
  diag_help(ds, diag_add(ds, V0104, s, "a name stands alone, without signs around it"), "write: %s",
            name->name);
  return true;
}

/* -> assign @camille: who is called in a chat is a person, and a team acts. */
bool say_mention(const struct tokens *raw, size_t i, struct diags *ds) {
  const struct token *name = i + 1 < raw->list.n ? &raw->list.v[i + 1] : NULL;
  if (!name || name->kind != TOK_NAME || name->at != raw->list.v[i].end) return false;
  bool pointed = i > 0 && raw->list.v[i - 1].kind == TOK_LT; /* <@U123> */
  size_t first = pointed ? i - 1 : i;
  if (!stands_behind(raw, first, "assign") && !stands_behind(raw, first, "to")) return false;
  struct span s = {raw->src, raw->list.v[first].at, name->end};
  s.end += pointed && raw->src->text[s.end] == '>';
  bool team = !pointed && *name->name >= 'A' && *name->name <= 'Z';
  struct diag *d = diag_add(
      ds, V0114, s,
      team ? "a team is named without a sign: `%s`" : "a team acts, and `%s` is a person of a chat",
      span_text(ds->arena, s));
  if (team) return diag_help(ds, d, "write: %s", name->name), true;
  diag_help(ds, d,
            "write the name of a team: assign CS; whose address it is says the team: "
            "assigns account.csm, or: assigns \"%s@company.example\"",
            name->name);
  return true;
}

/* Does the token touch cells behind a `!`, which are told? */
bool inside_cells(const struct tokens *raw, size_t i) {
  while (i > 0 && raw->list.v[i - 1].end == raw->list.v[i].at) {
    i--;
    if (raw->src->text[raw->list.v[i].at] == '!') return true;
    if (raw->list.v[i].kind == TRIVIA_SPACE && !raw->list.v[i].bad) return false;
  }
  return false;
}

bool say_cell(const struct tokens *raw, size_t i, struct diags *ds) {
  const char *text = raw->src->text;
  uint32_t at = raw->list.v[i].at;
  if (inside_cells(raw, i)) return true;
  bool letters = i > 0 && raw->list.v[i - 1].kind == TOK_NAME && raw->list.v[i - 1].end == at;
  if (letters) at = raw->list.v[i - 1].at;
  if (letters && at > 0 && text[at - 1] == '$') return end_of_cell(text, at, false) > 0;
  uint32_t end = end_of_cell(text, at, false);
  if (!end || !memchr(text + at + 1, '$', end - at - 1)) return false;
  struct span s = {raw->src, at, end};
  diag_help(ds, diag_add(ds, V0104, s, "`%s` is a cell of a sheet", span_text(ds->arena, s)),
            "write the value itself, or give it a name: threshold weight = 0.5");
  return true;
}

/* Stages!A:B, Sheet1!$A$1:$B$9 from the sign on: the end of the cells; 0: it is a column. */
static uint32_t end_of_cells(const char *text, uint32_t sign) {
  uint32_t end = end_of_cell(text, sign + 1, true);
  bool several = end && text[end] == ':';
  uint32_t last = several ? end_of_cell(text, end + 1, true) : 0;
  return last ? last : end && text[end - 1] >= '0' && text[end - 1] <= '9' ? end : 0;
}

/* account!mrr: a column of a sheet. */
bool say_sheet(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
  if (i == 0 || i + 1 >= raw->list.n) return false;
  const struct token *sheet = &raw->list.v[i - 1], *column = &raw->list.v[i + 1];
  if (sheet->kind != TOK_NAME || column->kind != TOK_NAME) return false;
  const struct token *fn =
      i > 2 && raw->list.v[i - 2].kind == TOK_LPAREN ? &raw->list.v[i - 3] : NULL;
  t->kind = TOK_DOT;
  uint32_t cells = end_of_cells(raw->src->text, t->at);
  if (cells) {
    struct span all = {raw->src, fn ? fn->at : sheet->at, cells};
    diag_help(ds, diag_add(ds, V0104, all, "`%s` are cells of a sheet", span_text(ds->arena, all)),
              "a table of values stands in the rules: threshold weight by stage, and below it a "
              "line for each value: for \"Proposal\" = 40%%");
    t->kind = TOK_BROKEN;
    return true;
  }
  if (fn && fn->name && *fn->name >= 'A' && *fn->name <= 'Z') return true; /* its name is told */
  struct span s = {raw->src, sheet->at, column->end};
  diag_help(ds, diag_add(ds, V0104, s, "a dot stands between an entity and its attribute"),
            "write: %s.%s", sheet->name, column->name);
  return true;
}

/* sum(usage.events[30d]), mrr[30d]: the days stand behind the rows. */
bool say_range(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
  if (i + 2 >= raw->list.n || i == 0) return false;
  const struct token *v = raw->list.v, *days = &v[i + 1], *close = &v[i + 2];
  if (days->kind != TOK_DURATION || raw->src->text[close->at] != ']') return false;
  const char *length = span_text(ds->arena, token_span(raw, days));
  bool path = i >= 5 && v[i - 1].kind == TOK_NAME && v[i - 2].kind == TOK_DOT &&
              v[i - 3].kind == TOK_NAME && v[i - 4].kind == TOK_LPAREN;
  const char *fn = path ? aggregate_word(v[i - 5].name) : NULL;
  bool whole = fn && i + 3 < raw->list.n && v[i + 3].kind == TOK_RPAREN;
  struct span s = {raw->src, whole ? v[i - 5].at : v[i].at, whole ? v[i + 3].end : close->end};
  struct diag *d = diag_add(ds, V0104, s, "of which days stands behind the rows, without brackets");
  if (whole)
    diag_help(ds, d, "write: %s of %s over %s in last %s", fn, v[i - 1].name, v[i - 3].name,
              length);
  else
    diag_help(ds, d, "for example: sum of events over usage in last %s", length);
  t->kind = TOK_BROKEN;
  return true;
}

/* B2:B100 at its colon. */
bool say_cells(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
  const char *text = raw->src->text;
  const struct token *from = i > 0 ? &raw->list.v[i - 1] : NULL;
  uint32_t at = raw->list.v[i].at;
  if (!from || from->kind != TOK_NAME || from->end != at) return false;
  uint32_t first = end_of_cell(text, from->at, false), last = end_of_cell(text, at + 1, false);
  if (first != at || !last) return false;
  struct span s = {raw->src, from->at, last};
  diag_help(ds, diag_add(ds, V0104, s, "`%s` are cells of a sheet", span_text(ds->arena, s)),
            "what is added up are rows: sum of mrr over account");
  t->kind = TOK_BROKEN;
  return true;
}

/* The beginning of what stands between `open` and `close` around the byte, on its line; NULL: the
 * byte lies in none. */
static const char *around(const struct tokens *raw, uint32_t at, const char *open,
                          const char *close, const char **end) {
  const char *text = raw->src->text, *line = text + at, *p;
  while (line > text && line[-1] != '\n') line--;
  size_t n = strcspn(line, "\r\n");
  for (p = strstr(line, open); p && p < line + n; p = strstr(p + 1, open)) {
    const char *to = strstr(p, close);
    if (!to || to >= line + n) return NULL;
    *end = to + strlen(close);
    if (p <= text + at && text + at < *end) return p;
  }
  return NULL;
}

/* {{ var("limit") }}, {FIXED [plan] : SUM([arr])}: told at its first sign, and as a whole. */
bool say_template(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
  const char *end, *text = raw->src->text;
  uint32_t at = raw->list.v[i].at;
  const char *from = around(raw, at, "{{", "}}", &end);
  const char *call = from ? memchr(from, '(', (size_t)(end - from)) : NULL;
  bool fixed = false;
  if (!from && (from = around(raw, at, "{", "}", &end)))
    fixed = strncasecmp(from, "{FIXED", 6) == 0 || strncasecmp(from, "{INCLUDE", 8) == 0 ||
            strncasecmp(from, "{EXCLUDE", 8) == 0;
  if (!from || (!call && !fixed)) return false;
  t->kind = TOK_BROKEN;
  if (from != text + at) return true;
  struct span s = {raw->src, (uint32_t)(from - text), (uint32_t)(end - text)};
  if (fixed) {
    diag_help(ds, diag_add(ds, V0104, s, "what a number is split by stands before its formula"),
              "for example: kpi total by plan = sum of arr over account");
    return true;
  }
  const char *q = strpbrk(call, "\"'");
  size_t n = q && q < end ? strcspn(q + 1, "\"'") : 0;
  struct diag *d = diag_add(ds, V0104, s, "a rule file is no template: a name stands alone");
  bool table = raw_word_is(raw, first_of_line(raw, i), "entity");
  if (n && q[1 + n] && table)
    diag_help(ds, d, "write: \"%.*s\"", (int)n, q + 1);
  else if (n && q[1 + n])
    diag_help(ds, d, "write: %.*s; a number with a name is a threshold: threshold %.*s = 10",
              (int)n, q + 1, (int)n, q + 1);
  else
    diag_help(ds, d, "write the value itself, or give it a name: threshold limit = 10");
  return true;
}
