/* Misspelt tokens. In: a token marked by the lexer. Out: a message that shows the right spelling.
 */
#include "syntax/spelling.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "base/text.h"
#include "base/unit.h"
#include "parse.h"
#include "syntax/habits.h"
#include "syntax/words.h"
#include "syntax/yaml_keys.h"

static void say_date(struct diags *ds, struct span s, const char *text, const struct token *t) {
  char day[16];
  day_text(t->day, day);
  struct diag *d = diag_add(ds, V0101, s, "`%s` is not a date as Vigie writes them", text);
  int a = 0, b = 0, year = 0;
  char sign;
  bool either = sscanf(text, "%d%c%d%*c%d", &a, &sign, &b, &year) == 4 && a >= 1 && a <= 12 &&
                b >= 1 && b <= 12 && a != b && (year > 31 || sign == '/');
  if (either && year < 100) year += 2000;
  if (either)
    diag_help(ds, d,
              "write %04d-%02d-%02d if the day stands first, %04d-%02d-%02d if the month does",
              year, b, a, year, a, b);
  else
    diag_help(ds, d, "write: %s; year, month and day with two digits each", day);
}

static void say_thousands(struct diags *ds, struct span s, const char *text,
                          const struct token *t) {
  struct diag *d = diag_add(ds, V0102, s, "a number has no commas inside: `%s`", text);
  if (t->num >= 1000 && (long)t->num % 1000 == 0)
    diag_help(ds, d, "write %.0f or %.0fk; to list two values, put a space after the comma", t->num,
              t->num / 1000);
  else
    diag_help(ds, d, "write %.15g; to list two values, put a space after the comma", t->num);
}

/* 2026-02-28 for 2026-02-30; 2026-01-13 for 2026-13-01, whose day stands before the month. */
static bool help_last_day(struct diags *ds, struct diag *d, const char *text) {
  int year = 0, month = 0, day = 0;
  if (strlen(text) != 10 || sscanf(text, "%4d-%2d-%2d", &year, &month, &day) != 3) return false;
  if (month > 12 && month <= 31 && day >= 1 && day <= 12) {
    diag_help(ds, d, "write: %04d-%02d-%02d; the month stands before the day", year, day, month);
    return true;
  }
  if (month < 1 || month > 12 || day < 29 || day > 31) return false;
  while (day_from_civil(year, month, day) == DAY_NONE) day--;
  diag_help(ds, d, "write: %04d-%02d-%02d; it is the last day of that month", year, month, day);
  return true;
}

static void say_no_day(struct diags *ds, struct span s, const char *text) {
  struct diag *d = diag_add(ds, V0101, s, "there is no such day or period: `%s`", text);
  if (strpbrk(text, "WM"))
    diag_help(ds, d,
              "weeks are 2026-W01 to 2026-W52, W53 in the years that have one; fiscal "
              "months FY2026-M01 to FY2026-M12");
  else if (!help_last_day(ds, d, text))
    diag_help(ds, d, "check the month (01 to 12) and the day of the month");
}

static void say_bad_unit(struct diags *ds, struct span s, const char *text, struct token *t) {
  size_t digits = strspn(text, "0123456789.");
  const char *unit = text + digits;
  static const struct {
    const char *wrong, *right;
  } known[] = {{"D", "d"},  {"W", "w"}, {"Y", "y"},  {"Q", "q"},    {"bd", "bd"}, {"j", "d"},
               {"mn", "M"}, {"m", "M"}, {"p", "pp"}, {"pts", "pp"}, {"MO", "mo"}, {"BD", "bd"}};
  const char *right = unit_sign(unit);
  for (size_t i = 0; !right && i < sizeof known / sizeof *known; i++)
    if (strcmp(unit, known[i].wrong) == 0) right = known[i].right;
  if (clock_unit(unit)) {
    struct diag *d =
        diag_add(ds, V0103, s, "`%s` is a time of the clock, and Vigie counts in days", text);
    diag_help(ds, d,
              "write 1d, or 1bd for the next business day: a deadline in hours or minutes is "
              "none that a daily run can keep");
    t->kind = TOK_DURATION;
    t->dur = (struct duration){1, DUR_DAY};
    return;
  }
  struct diag *d = diag_add(ds, V0103, s, "`%s` is not a number or a duration", text);
  if (right) {
    diag_help(ds, d, "write %.*s%s", (int)digits, text, right);
    char fixed[32];
    snprintf(fixed, sizeof fixed, "%.*s%s", (int)(digits > 8 ? 8 : digits), text, right);
    if (duration_parse(fixed, strlen(fixed), &t->dur)) t->kind = TOK_DURATION;
    return;
  }
  diag_help(ds, d,
            "durations are 30d 2w 3mo 2q 1y 5bd; large numbers 100k 1.2M; a name cannot begin with "
            "a digit");
}

/* Pro of « Pro »: the blanks belong to the quotes. A no-break space has two bytes. */
const char *text_trimmed(struct arena *a, const char *text) {
  size_t n = strlen(text);
  for (;;) {
    size_t skip = *text == ' '                      ? 1
                  : strncmp(text, "\u00A0", 2) == 0 ? 2
                  : strncmp(text, "\u202F", 3) == 0 ? 3
                                                    : 0;
    if (!skip) break;
    text += skip, n -= skip;
  }
  while (n && text[n - 1] == ' ') n--;
  if (n > 2 && strncmp(text + n - 2, "\u00A0", 2) == 0) n -= 2;
  if (n > 3 && strncmp(text + n - 3, "\u202F", 3) == 0) n -= 3;
  return arena_strndup(a, text, n);
}

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
static size_t line_start(const struct tokens *raw, size_t i) {
  while (i > 0 && raw->list.v[i - 1].kind != TRIVIA_LINE_END) i--;
  while (raw->list.v[i].kind == TRIVIA_SPACE) i++;
  return i;
}

static bool token_is(const struct tokens *raw, size_t i, const char *word) {
  return raw->list.v[i].name && strcmp(raw->list.v[i].name, word) == 0;
}

static bool follows_word(const struct tokens *raw, size_t i, const char *word) {
  while (i > 0 && raw->list.v[i - 1].kind == TRIVIA_SPACE) i--;
  return i > 0 && token_is(raw, i - 1, word);
}

/* do Call {label} today: the quotes are missing, and the brace is right. */
static bool say_open_text(const struct tokens *raw, size_t i, struct diags *ds) {
  size_t start = line_start(raw, i), end = i;
  if (!token_is(raw, start, "do")) return false;
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
  if (!token_is(raw, start, "kpi") && !token_is(raw, start, "threshold") &&
      !token_is(raw, start, "define"))
    return false;
  for (size_t k = start; k < i; k++)
    if (raw->list.v[k].kind == TOK_EQ) return false;
  return true;
}

/* assign(CS, due: 7d) */
static bool in_call_of_assign(const struct tokens *raw, size_t i) {
  while (i-- > 0 && raw->list.v[i].kind != TRIVIA_LINE_END)
    if (raw->list.v[i].kind == TOK_LPAREN) return i > 0 && token_is(raw, i - 1, "assign");
  return false;
}

/* for enterprise: 15, in the place of `=`. */
static bool stands_for_equals(const struct tokens *raw, size_t i) {
  size_t start = line_start(raw, i), next = i + 1;
  int behind = next < raw->list.n ? raw->list.v[next].kind : TRIVIA_LINE_END;
  if (heads_formula(raw, start, i))
    return behind == TRIVIA_SPACE && next + 1 < raw->list.n &&
           raw->list.v[next + 1].kind != TRIVIA_LINE_END && raw->list.v[next + 1].kind != TOK_EQ;
  bool line = token_is(raw, start, "for") || token_is(raw, start, "from");
  if (!line && !token_is(raw, start, "threshold")) return false;
  if (line && header_of_line(raw, start) == C_RULE) return false; /* how long it has to last */
  while (next < raw->list.n && raw->list.v[next].kind == TRIVIA_SPACE) next++;
  int k = next < raw->list.n ? raw->list.v[next].kind : 0;
  return k == TOK_NUMBER || k == TOK_PERCENT || k == TOK_DURATION;
}

static uint32_t skip_spaces(const char *text, uint32_t at) {
  while (text[at] == ' ' || text[at] == '\t') at++;
  return at;
}

static bool in_wrapped_name(char c, bool further, bool blank) {
  bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  return letter || (further && (c == '.' || (c >= '0' && c <= '9'))) || (blank && c == ' ');
}

/* {{health}}, ${health}, [health], `health`: a name of another language; the message covers all of
 * it, so that its other signs say nothing. */
static bool say_wrapped_name(const struct tokens *raw, uint32_t at, struct diags *ds) {
  const char *text = raw->src->text;
  uint32_t i = at;
  if (i > 0 && text[i - 1] == '$') at--;
  while (text[i] && strchr("${[`%", text[i]) && i - at < 3) i++;
  bool column = text[at] == '[', small = false; /* [Health Score] of a sheet */
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
  diag_help(ds, diag_add(ds, V0104, s, "a name stands alone, without signs around it"), "write: %s",
            name);
  return true;
}

/* accepted_values [..] of a column */
static bool says_values(const struct tokens *raw, size_t i) {
  static const char *const words_for[] = {"accepted_values", "values", "options", "enum",
                                          "choices",         "allowed"};
  for (size_t k = 0; k < sizeof words_for / sizeof *words_for; k++)
    if (token_is(raw, i, words_for[k])) return true;
  return false;
}

/* tags ["churn"], members ["ann@…"]: the line says by its word what the list is of. */
static bool say_listed_key(const struct tokens *raw, size_t i, size_t end, const char *list,
                           struct diags *ds) {
  size_t start = line_start(raw, i), k = start + 1;
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
                t->kind == TOK_EQ || token_is(raw, before, "one") || says_values(raw, before);
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

/* -> assign @camille: who is called in a chat is a person, and a team acts. */
static bool say_mention(const struct tokens *raw, size_t i, struct diags *ds) {
  const struct token *name = i + 1 < raw->list.n ? &raw->list.v[i + 1] : NULL;
  if (!name || name->kind != TOK_NAME || name->at != raw->list.v[i].end) return false;
  if (!follows_word(raw, i, "assign") && !follows_word(raw, i, "to")) return false;
  struct span s = {raw->src, raw->list.v[i].at, name->end};
  struct diag *d = diag_add(ds, V0114, s, "a team acts, and `%s` is a person of a chat",
                            span_text(ds->arena, s));
  diag_help(ds, d,
            "write the name of a team: assign CS; whose address it is says the team: "
            "assigns account.csm, or: assigns \"%s@company.example\"",
            name->name);
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
static const struct token *beside(const struct tokens *raw, size_t i, int step) {
  for (size_t k = i + (size_t)step; k < raw->list.n; k += (size_t)step) {
    const struct token *t = &raw->list.v[k];
    if (t->kind == TRIVIA_LINE_END || t->kind == 0) return NULL;
    if (t->kind != TRIVIA_SPACE || t->bad) return t;
  }
  return NULL;
}

/* health < 40 — assign CS: the dash stands for the arrow. */
static bool before_action(const struct tokens *raw, size_t i) {
  const struct token *next = beside(raw, i, 1);
  return next && next->name &&
         (strcmp(next->name, "assign") == 0 || strcmp(next->name, "due") == 0);
}

/* health 30–50: from the one to the other. */
static bool say_span_of_numbers(const struct tokens *raw, size_t i, struct token *t,
                                struct diags *ds) {
  const struct token *from = beside(raw, i, -1), *to = beside(raw, i, 1);
  bool numbers = from && to && from->kind == to->kind &&
                 (from->kind == TOK_NUMBER || from->kind == TOK_PERCENT);
  if (!numbers || from->end != t->at || to->at != t->end) return false;
  const struct token *name = beside(raw, (size_t)(from - raw->list.v), -1);
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
    if ((token_is(raw, k, "any") || token_is(raw, k, "none")) && of && of->kind == TOK_OF)
      return true;
  }
  return false;
}

/* round(mrr; 0): where spreadsheets put it between values. Of a function that is written in large
 * letters its name is told, and that is enough. */
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
  if (!inside && !between_texts(raw, i)) return false;
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

/* account!mrr: a column of a sheet. */
static bool say_sheet(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
  if (i == 0 || i + 1 >= raw->list.n) return false;
  const struct token *sheet = &raw->list.v[i - 1], *column = &raw->list.v[i + 1];
  if (sheet->kind != TOK_NAME || column->kind != TOK_NAME) return false;
  const struct token *fn =
      i > 2 && raw->list.v[i - 2].kind == TOK_LPAREN ? &raw->list.v[i - 3] : NULL;
  t->kind = TOK_DOT;
  if (fn && fn->name && *fn->name >= 'A' && *fn->name <= 'Z') return true; /* its name is told */
  struct span s = {raw->src, sheet->at, column->end};
  diag_help(ds, diag_add(ds, V0104, s, "a dot stands between an entity and its attribute"),
            "write: %s.%s", sheet->name, column->name);
  return true;
}

/* sum(usage.events[30d]), mrr[30d]: the days stand behind the rows. */
static bool say_range(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
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

/* Longer dashes: the character, and how it is written here. */
static bool say_dash(const char *text, struct span s, const struct tokens *raw, size_t i,
                     struct token *t, struct diags *ds) {
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
  size_t first = line_start(raw, i), k = first + 1;
  if ((unsigned char)raw->src->text[raw->list.v[i].at] < 0x80 || first >= i) return false;
  while (k < i && raw->list.v[k].kind == TRIVIA_SPACE && !raw->list.v[k].bad) k++;
  return k == i && (i + 1 >= raw->list.n || raw->list.v[i + 1].kind == TRIVIA_LINE_END);
}

static void say_character(const struct tokens *raw, size_t i, struct span s, const char *text,
                          struct token *t, struct diags *ds) {
  unsigned char c = (unsigned char)text[0];
  if ((c == ']' && closes_another(raw, i, '[')) || (c == '}' && closes_another(raw, i, '{')))
    return;
  if (c == '{' && (say_open_text(raw, i, ds) || keyed_line_at(raw->src, s.at))) return;
  if (c == '[' && say_list(raw, i, ds)) return;
  if (c == '[' && say_range(raw, i, t, ds)) return;
  if ((c == '{' || c == '[' || c == '`') && say_wrapped_name(raw, s.at, ds)) return;
  if (c == ':' && say_emoji(raw, s.at, ds)) return;
  if (c == '@' && say_mention(raw, i, ds)) return;
  if (say_sign(text, s, t, ds) || say_fraction(text, s, t, ds)) return;
  if (c == ';' && say_semicolon(raw, i, s, t, ds)) return;
  if (say_dash(text, s, raw, i, t, ds)) return;
  bool last = i + 1 >= raw->list.n || raw->list.v[i + 1].kind == TRIVIA_LINE_END;
  if (c == ':' && last && token_is(raw, line_start(raw, i), "if"))
    return; /* if … : the parser says it of the whole line */
  if (c == ':' && last && heads_keyed_lines(raw, i)) return; /* these say it */
  if (c == ':' && in_call_of_assign(raw, i)) return; /* the parser says it of the whole call */
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
  bool decoration =
      strchr(":;{}`", c) != NULL || (last && !alone_behind_word(raw, i)) || line_start(raw, i) == i;
  if (t->kind < 0 && !decoration) t->kind = TOK_BROKEN;
}

/* ">=" & TODAY(): a comparison that a sheet puts together as a text. */
static bool say_sign_in_quotes(const struct tokens *raw, size_t i, struct token *t,
                               struct diags *ds) {
  const struct token *text = beside(raw, i, -1);
  if (!text || text->kind != TOK_STRING || !text->name) return false;
  if (!*text->name || text->name[strspn(text->name, "<>=")]) return false;
  struct span at = {raw->src, text->at, t->end};
  struct diag *d = diag_add(ds, V0106, at, "a comparison is no text that is put together");
  diag_help(ds, d, "write it as a condition: count of deal where closing %s today - 30d",
            text->name);
  t->kind = TOK_BROKEN;
  return true;
}

void say_person_as_team(struct diags *ds, struct span s, const char *address) {
  struct diag *d = diag_add(ds, V0114, s, "a team acts, and `%s` is a person", address);
  diag_help(ds, d,
            "declare a team: team CS, and on the line below it: assigns \"%s\"; then write: "
            "-> assign CS",
            address);
}

/* ref('subscriptions'): the parser says it of the whole call. */
static bool in_call_of_ref(const struct tokens *raw, size_t i) {
  return i > 1 && raw->list.v[i - 1].kind == TOK_LPAREN &&
         (token_is(raw, i - 2, "ref") || token_is(raw, i - 2, "source"));
}

/* "5000 USD" for "$5,000". */
static const char *amount_behind(struct arena *a, const char *text) {
  size_t sign = strcspn(text, "0123456789");
  char *number = arena_strdup(a, text + sign), *w = number;
  for (const char *p = number; *p; p++)
    if (*p != ',') *w++ = *p;
  *w = 0;
  return arena_printf(a, "%s %s", number, currency_from_symbol(text, sign));
}

/* The first byte of the line of s that is no blank. */
static uint32_t line_of(struct span s) {
  uint32_t at = s.at;
  while (at > 0 && s.src->text[at - 1] != '\n') at--;
  while (s.src->text[at] == ' ' || s.src->text[at] == '\t') at++;
  return at;
}

/* A comment between two signs, over several lines maybe. */
static void say_block_comment(struct diags *ds, struct span s) {
  const char *from = s.src->text + s.at, *end = s.src->text + s.end;
  size_t n = s.end - s.at, first = strcspn(from, "\r\n");
  bool lines = first < n, last = end[strspn(end, " \t")] == '\n' || !end[strspn(end, " \t")];
  if (lines) s.end = s.at + (uint32_t)first;
  struct diag *d = diag_add(ds, V0106, s, "a comment begins with #, and ends with its line");
  size_t skip = 2 + strspn(from + 2, " \t*");
  for (n -= 2; n > skip && (from[n - 1] == ' ' || from[n - 1] == '*');) n--;
  if (lines)
    diag_help(ds, d, "write # at the beginning of each of its lines, without /* and */");
  else if (last)
    diag_help(ds, d, "write: # %.*s", (int)(n > skip ? n - skip : 0), from + skip);
  else
    diag_help(ds, d, "remove it; a comment stands behind # at the end of a line");
}

/* Spellings of other languages and of prose: && 'text' $100 // and addresses without quotes. */
static void say_foreign(struct diags *ds, struct span s, const char *text, const struct token *t,
                        bool after_assign, bool in_header, bool wrapped) {
  struct diag *d;
  switch (t->bad) {
    case BAD_LOGIC_SIGN:
      d = diag_add(ds, V0106, s, "`%s` is not used in rule files", text);
      diag_help(ds, d,
                t->kind == TOK_AND  ? "write `and`"
                : t->kind == TOK_OR ? "write `or`"
                                    : "write `not`; for \"is not\" write `!=`");
      break;
    case BAD_SINGLE_QUOTES:
      if (in_header) break; /* a rule is of all rows, a length no text: the parser says so */
      d = diag_add(ds, V0107, s, "texts stand in double quotes, not in single ones");
      diag_help(ds, d, "write: \"%s\"", t->name);
      break;
    case BAD_MAIL:
      if (keyed_line_at(s.src, line_of(s))) break; /* the key says how it is written */
      if (after_assign) {
        say_person_as_team(ds, s, t->name);
        break;
      }
      d = diag_add(ds, V0107, s, "an address stands in double quotes");
      diag_help(ds, d, "write: \"%s\"", t->name);
      break;
    case BAD_SIGN_IN_FRONT:
      d = diag_add(ds, V0102, s, "the currency stands after the amount: `%s`", text);
      diag_help(ds, d, "write %s", amount_behind(ds->arena, text));
      break;
    case BAD_SIGN_ALONE:
      if (wrapped) break;
      d = diag_add(ds, V0104, s, "a currency is written with three letters: `%s`", text);
      diag_help(ds, d, "write %s", t->name);
      break;
    case BAD_COMMENT:
      if (text[1] == '*') {
        say_block_comment(ds, s);
        break;
      }
      s.end = s.at + 2;
      d = diag_add(ds, V0106, s, "a comment begins with #");
      diag_help(ds, d, "write # in place of %.2s", text);
      break;
    default: break;
  }
}

/* &lt; from the source of a web page: the first of a file stands for all. */
static void say_html(const struct tokens *raw, size_t i, struct span s, const char *text,
                     struct diags *ds) {
  for (size_t k = i; k-- > 0;)
    if (raw->list.v[k].bad == BAD_HTML) return;
  struct diag *d =
      diag_add(ds, V0106, s, "`%s` is a sign of web pages: this was copied from one", text);
  diag_help(ds, d, "write `<` for &lt;, `>` for &gt;, `->` for -&gt; and `and` for &amp;");
}

/* 15.200.000 */
static bool in_thousands(const char *text) {
  size_t n = strspn(text, "0123456789");
  if (!n || n > 3) return false;
  for (text += n; *text; text += 4)
    if (*text != '.' || strspn(text + 1, "0123456789") != strcspn(text + 1, ".") ||
        strspn(text + 1, "0123456789") != 3)
      return false;
  return true;
}

static const char *without_dots(struct arena *a, const char *text) {
  char *out = arena_strdup(a, text), *w = out;
  for (const char *p = text; *p; p++)
    if (*p != '.') *w++ = *p;
  *w = 0;
  return out;
}

/* March 4th, 1er mars: the parser says it of both. */
static bool day_of_month(const struct tokens *raw, size_t i, const char *text) {
  static const char *const tails[] = {"st", "nd", "rd", "th", "er"};
  const struct token *before = beside(raw, i, -1), *next = beside(raw, i, 1);
  const char *end = text + strspn(text, "0123456789");
  bool month = (before && before->kind == TOK_NAME && month_called(before->name)) ||
               (next && next->kind == TOK_NAME && month_called(next->name));
  for (size_t k = 0; month && k < sizeof tails / sizeof *tails; k++)
    if (strcmp(end, tails[k]) == 0) return true;
  return false;
}

void spelling_report(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
  struct span s = token_span(raw, t);
  const char *text =
      arena_strndup(ds->arena, raw->src->text + t->at, t->end - t->at > 60 ? 60 : t->end - t->at);
  struct diag *d;
  switch (t->bad) {
    case SPELLED_WELL: break;
    case BAD_DATE: say_date(ds, s, text, t); break;
    case BAD_NO_SUCH_DAY: say_no_day(ds, s, text); break;
    case BAD_THOUSANDS: say_thousands(ds, s, text, t); break;
    case BAD_MINUTES:
      d = diag_add(ds, V0103, s, "`%s` could be months or minutes or millions", text);
      diag_help(ds, d, "write %.*smo for months, %.*sM for millions", (int)strlen(text) - 1, text,
                (int)strlen(text) - 1, text);
      break;
    case BAD_DURATION:
      d = diag_add(ds, V0103, s, "this duration is too long: `%s`", text);
      diag_help(ds, d, "durations go up to 1000000");
      t->dur = (struct duration){30, DUR_DAY};
      break;
    case BAD_LONG_NUMBER:
      d = diag_add(ds, V0102, s, "this number is longer than %d digits and signs",
                   NUMBER_MAX_BYTES);
      diag_help(ds, d,
                "check what was pasted here: 100k is a hundred thousand, 12M twelve million");
      t->num = 1;
      break;
    case BAD_PERCENT_SPACE:
      d = diag_add(ds, V0105, s, "a percent is written without a space: `%s`", text);
      diag_help(ds, d, "write %.15g%%", t->num);
      break;
    case BAD_FAT_ARROW: {
      size_t j = i + 1;
      while (j < raw->list.n && raw->list.v[j].kind == TRIVIA_SPACE) j++;
      bool acts =
          j < raw->list.n && raw->list.v[j].name && strcmp(raw->list.v[j].name, "assign") == 0;
      d = diag_add(ds, V0106, s, "`=>` is not used in rule files");
      diag_help(ds, d,
                acts ? "write `->` before `assign`"
                     : "write `>=` for \"at least\", or `->` before `assign`");
      t->kind = acts ? TOK_ARROW : TOK_GE;
      break;
    }
    case BAD_DOUBLE_EQUAL: {
      const struct token *next = beside(raw, i, 1);
      bool yes =
          next && next->name && next->kind == TOK_NAME && strcasecmp(next->name, "true") == 0;
      bool no =
          next && next->name && next->kind == TOK_NAME && strcasecmp(next->name, "false") == 0;
      if (yes || no) { /* == True: the value says nothing of its own */
        s.end = next->end;
        d = diag_add(ds, V0106, s, "`%s` is not used in rule files", span_text(ds->arena, s));
        diag_help(ds, d, "write: %s %s", t->kind == TOK_NE ? "!=" : "=", yes ? "true" : "false");
        break;
      }
      d = diag_add(ds, V0106, s, "`%s` is not used in rule files", text);
      diag_help(ds, d, t->kind == TOK_NE ? "write `!=`, or `is not`" : "write `=`, or `is`");
      break;
    }
    case BAD_DOTS:
      d = diag_add(ds, V0102, s, "`%s` has more than one decimal point", text);
      if (in_thousands(text))
        diag_help(ds, d, "write %s", without_dots(ds->arena, text));
      else
        diag_help(ds, d, "write a number as 1234.5, a date as 2026-03-01");
      break;
    case BAD_CURLY_QUOTES:
      d = diag_add(ds, V0107, s, "these quotes were curled by a word processor: %s", text);
      diag_help(ds, d, "write: \"%s\"; straight quotes", text_trimmed(ds->arena, t->name));
      break;
    case BAD_OPEN_STRING:
      d = diag_add(ds, V0108, s, "this text is not closed on its line");
      diag_help(ds, d, "write the closing quote `\"`; inside a text, a quote is written \\\"");
      break;
    case BAD_HTML: say_html(raw, i, s, text, ds); break;
    case BAD_UNIT:
      if (!day_of_month(raw, i, text)) say_bad_unit(ds, s, text, t);
      break;
    case BAD_LOGIC_SIGN:
      if (t->kind == TOK_AND && say_sign_in_quotes(raw, i, t, ds)) break;
      if (t->kind == TOK_NOT && say_sheet(raw, i, t, ds)) break;
      __attribute__((fallthrough));
    case BAD_SINGLE_QUOTES:
    case BAD_MAIL:
    case BAD_SIGN_IN_FRONT:
    case BAD_SIGN_ALONE:
    case BAD_COMMENT:
      say_foreign(ds, s, text, t, follows_word(raw, i, "assign"),
                  token_is(raw, line_start(raw, i), "rule") || follows_word(raw, i, "interval") ||
                      in_call_of_ref(raw, i),
                  t->bad == BAD_SIGN_ALONE && raw->src->text[t->end] == '{' &&
                      say_wrapped_name(raw, t->end, ds));
      break;
    case BAD_CHARACTER: say_character(raw, i, s, text, t, ds); break;
  }
}

bool spelling_is_invisible(const char *text, size_t n) {
  static const char *const signs[] = {"\u200B", "\u200C", "\u200D", "\u2060", "\uFEFF"};
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    if (n == 3 && memcmp(text, signs[i], 3) == 0) return true;
  return false;
}

/* An invisible character between two parts of one name: the parser says so. */
static bool is_inside_name(const struct tokens *raw, size_t i) {
  const struct token *t = &raw->list.v[i];
  return i > 0 && i + 1 < raw->list.n && t[-1].kind == TOK_NAME && t[1].kind == TOK_NAME &&
         spelling_is_invisible(raw->src->text + t->at, t->end - t->at);
}

void spelling_check_blanks(const struct tokens *raw, struct diags *ds) {
  const char *text = raw->src->text;
  bool tab = false, nbsp = false, crlf = false;
  for (size_t i = 0; i < raw->list.n; i++) {
    const struct token *t = &raw->list.v[i];
    if (t->kind == TRIVIA_LINE_END && !crlf && text[t->at] == '\r') {
      struct diag *d = diag_add(ds, V0122, (struct span){raw->src, t->at, t->at + 1},
                                "this file has Windows line ends (CRLF)");
      diag_help(ds, d,
                "save it with Unix line ends (LF), so that a one-word edit is a one-line diff");
      crlf = true;
    }
    if (t->kind != TRIVIA_SPACE || t->bad) continue;
    struct span s = token_span(raw, t);
    if (t->at == 0 && t->end >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) {
      s.end = 3;
      diag_help(ds, diag_add(ds, V0121, s, "this file begins with an invisible byte order mark"),
                "save it as UTF-8 without BOM");
    } else if (!tab && memchr(text + t->at, '\t', t->end - t->at)) {
      struct diag *d = diag_add(ds, V0120, s, "a tab stands here, maybe pasted from a spreadsheet");
      diag_help(ds, d, "use spaces: tabs look different in every editor");
      tab = true;
    } else if (!nbsp && (unsigned char)text[t->at] >= 0x80 && !is_inside_name(raw, i)) {
      struct diag *d =
          diag_add(ds, V0120, s,
                   "a no-break space stands here, maybe pasted from a spreadsheet or a web page");
      diag_help(ds, d, "replace it by a plain space");
      nbsp = true;
    }
  }
}
