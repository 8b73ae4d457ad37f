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
#include "syntax/spelling_names.h"
#include "syntax/spelling_signs.h"
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
    diag_help(ds, d, "write %.0f, or %.0fk; to list two values, put a space after the comma",
              t->num, t->num / 1000);
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
  if (strchr(text, 'Q'))
    diag_help(ds, d, "a year has quarters from 1 to 4: %.*s-Q1 to %.*s-Q4", (int)strcspn(text, "-"),
              text, (int)strcspn(text, "-"), text);
  else if (strpbrk(text, "WM"))
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

/* ">=" & TODAY(): a comparison that a sheet puts together as a text. */
static bool say_sign_in_quotes(const struct tokens *raw, size_t i, struct token *t,
                               struct diags *ds) {
  const struct token *text = raw_beside(raw, i, -1);
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
         (raw_word_is(raw, i - 2, "ref") || raw_word_is(raw, i - 2, "source"));
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

/* The end of the run of texts in single quotes that begins at i, with commas between; 0: one before
 * it is told for all of them. */
static size_t end_of_single_quotes(const struct tokens *raw, size_t i) {
  const struct token *v = raw->list.v;
  for (size_t k = i; k-- > 0 && (v[k].kind == TRIVIA_SPACE || v[k].kind == TOK_COMMA);)
    if (k > 0 && v[k - 1].bad == BAD_SINGLE_QUOTES) return 0;
  size_t end = i + 1;
  for (size_t k = end; k < raw->list.n; k++) {
    if (v[k].bad == BAD_SINGLE_QUOTES)
      end = k + 1;
    else if (v[k].kind != TRIVIA_SPACE && v[k].kind != TOK_COMMA)
      break;
  }
  return end;
}

/* 'Pro', 'Basic' */
static void say_single_quotes(const struct tokens *raw, size_t i, struct diags *ds) {
  size_t end = end_of_single_quotes(raw, i);
  if (!end) return;
  const char *out = "";
  for (size_t k = i; k < end; k++) {
    const struct token *t = &raw->list.v[k];
    if (t->bad == BAD_SINGLE_QUOTES)
      out = arena_printf(ds->arena, "%s%s\"%s\"", out, *out ? ", " : "", t->name);
  }
  struct span s = {raw->src, raw->list.v[i].at, raw->list.v[end - 1].end};
  day_t day;
  const char *first = raw->list.v[i].name;
  if (end == i + 1 && day_parse(first, strlen(first), &day)) {
    diag_help(ds, diag_add(ds, V0107, s, "a date stands without quotes"), "write: %s", first);
    return;
  }
  diag_help(ds, diag_add(ds, V0107, s, "texts stand in double quotes, not in single ones"),
            "write: %s", out);
}

/* Spellings of other languages and of prose: && 'text' $100 // and addresses without quotes. */
static void say_foreign(struct diags *ds, struct span s, const char *text, const struct token *t,
                        bool after_assign, bool wrapped) {
  struct diag *d;
  switch (t->bad) {
    case BAD_LOGIC_SIGN:
      d = diag_add(ds, V0106, s, "`%s` is not used in rule files", text);
      diag_help(ds, d,
                t->kind == TOK_AND  ? "write `and`"
                : t->kind == TOK_OR ? "write `or`"
                                    : "write `not`; for \"is not\" write `!=`");
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
                     const struct token *t, struct diags *ds) {
  for (size_t k = i; k-- > 0;)
    if (raw->list.v[k].bad == BAD_HTML) return;
  struct diag *d =
      diag_add(ds, V0106, s, "`%s` is a sign of web pages: this was copied from one", text);
  if (t->kind == TOK_STRING)
    diag_help(ds, d, "write: \"%s\"; and `<` for &lt;, `>` for &gt;", t->name);
  else if (t->kind < 0)
    diag_help(ds, d, "write a blank; and `<` for &lt;, `>` for &gt;, `\"` for &quot;");
  else
    diag_help(
        ds, d,
        "write `<` for &lt;, `>` for &gt;, `->` for -&gt;, `\"` for &quot; and `and` for &amp;");
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
  const struct token *before = raw_beside(raw, i, -1), *next = raw_beside(raw, i, 1);
  const char *end = text + strspn(text, "0123456789");
  bool month = (before && before->kind == TOK_NAME && month_called(before->name)) ||
               (next && next->kind == TOK_NAME && month_called(next->name));
  for (size_t k = 0; month && k < sizeof tails / sizeof *tails; k++)
    if (strcmp(end, tails[k]) == 0) return true;
  return false;
}

/* => before `assign` is an arrow, elsewhere "at least". */
static void say_fat_arrow(const struct tokens *raw, size_t i, struct span s, struct token *t,
                          struct diags *ds) {
  const struct token *next = raw_beside(raw, i, 1);
  bool acts = next && next->name && strcmp(next->name, "assign") == 0;
  diag_help(
      ds, diag_add(ds, V0106, s, "`=>` is not used in rule files"),
      acts ? "write `->` before `assign`" : "write `>=` for \"at least\", or `->` before `assign`");
  t->kind = acts ? TOK_ARROW : TOK_GE;
}

/* ==, <>; == True: the value says nothing of its own. */
static void say_double_equal(const struct tokens *raw, size_t i, struct span s,
                             const struct token *t, struct diags *ds) {
  const struct token *next = raw_beside(raw, i, 1);
  bool word = next && next->name && next->kind == TOK_NAME;
  bool yes = word && strcasecmp(next->name, "true") == 0;
  bool no = word && strcasecmp(next->name, "false") == 0;
  static const char *const none[] = {"null", "none", "nil", "undefined"};
  bool unknown = false;
  for (size_t k = 0; word && k < sizeof none / sizeof *none; k++)
    unknown |= strcasecmp(next->name, none[k]) == 0;
  if (yes || no || unknown) s.end = next->end;
  struct diag *d =
      diag_add(ds, V0106, s, "`%s` is not used in rule files", span_text(ds->arena, s));
  if (unknown)
    diag_help(ds, d, t->kind == TOK_NE ? "write: is known" : "write: is unknown");
  else if (yes || no)
    diag_help(ds, d, "write: %s %s", t->kind == TOK_NE ? "!=" : "=", yes ? "true" : "false");
  else
    diag_help(ds, d, t->kind == TOK_NE ? "write `!=`, or `is not`" : "write `=`, or `is`");
}

/* What is wrong with a number or a length of time. */
static void say_number(struct span s, const char *text, struct token *t, struct diags *ds) {
  int n = (int)strlen(text) - 1;
  switch (t->bad) {
    case BAD_MINUTES:
      diag_help(ds, diag_add(ds, V0103, s, "`%s` could be months or minutes or millions", text),
                "write %.*smo for months, %.*sM for millions", n, text, n, text);
      break;
    case BAD_DURATION:
      diag_help(ds, diag_add(ds, V0103, s, "this duration is too long: `%s`", text),
                "durations go up to 1000000");
      t->dur = (struct duration){30, DUR_DAY};
      break;
    case BAD_LONG_NUMBER:
      diag_help(ds,
                diag_add(ds, V0102, s, "this number is longer than %d digits and signs",
                         NUMBER_MAX_BYTES),
                "check what was pasted here: 100k is a hundred thousand, 12M twelve million");
      t->num = 1;
      break;
    case BAD_PERCENT_SPACE:
      diag_help(ds, diag_add(ds, V0105, s, "a percent is written without a space: `%s`", text),
                "write %.15g%%", t->num);
      break;
    default: {
      struct diag *d = diag_add(ds, V0102, s, "`%s` has more than one decimal point", text);
      if (in_thousands(text))
        diag_help(ds, d, "write %s", without_dots(ds->arena, text));
      else
        diag_help(ds, d, "write a number as 1234.5, a date as 2026-03-01");
    }
  }
}

static void say_quotes(struct span s, const char *text, const struct token *t, struct diags *ds) {
  if (t->bad == BAD_CURLY_QUOTES)
    diag_help(ds, diag_add(ds, V0107, s, "these quotes were curled by a word processor: %s", text),
              "write: \"%s\"; straight quotes", text_trimmed(ds->arena, t->name));
  else
    diag_help(ds, diag_add(ds, V0108, s, "this text is not closed on its line"),
              "write the closing quote `\"`; inside a text, a quote is written \\\"");
}

/* $User.Id, $Record.Name: who looks, and at what, in another tool. */
static bool say_variable(const struct tokens *raw, size_t i, struct diags *ds) {
  const char *text = raw->src->text;
  uint32_t at = raw->list.v[i].at, end = raw->list.v[i].end;
  if (text[at] != '$' || text[end] < 'A' || text[end] > 'Z' || text[end + 1] < 'a') return false;
  while (text[end] == '.' || text[end] == '_' || (text[end] >= '0' && text[end] <= '9') ||
         (text[end] >= 'A' && text[end] <= 'Z') || (text[end] >= 'a' && text[end] <= 'z'))
    end++;
  struct span s = {raw->src, at, end};
  diag_help(
      ds, diag_add(ds, V0104, s, "`%s` is a variable of another tool", span_text(ds->arena, s)),
      stands_behind(raw, i, "assign")
          ? "write the name of a team: CS; whose item it is says the team: assigns account.csm"
          : "leave the condition out: whose item it is says the team, such as: assigns "
            "deal.seller");
  return true;
}

/* € 5000: the sign, a blank and the amount. */
static bool say_sign_before(const struct tokens *raw, size_t i, struct diags *ds) {
  const struct token *sign = &raw->list.v[i], *number = raw_beside(raw, i, 1);
  if (!number || number->kind != TOK_NUMBER || number->bad || number->at == sign->end) return false;
  struct span s = {raw->src, sign->at, number->end};
  diag_help(
      ds,
      diag_add(ds, V0102, s, "the currency stands after the amount: `%s`", span_text(ds->arena, s)),
      "write %s %s", span_text(ds->arena, token_span(raw, number)), sign->name);
  return true;
}

void spelling_report(const struct tokens *raw, size_t i, struct token *t, struct diags *ds) {
  struct span s = token_span(raw, t);
  const char *text =
      arena_strndup(ds->arena, raw->src->text + t->at, t->end - t->at > 60 ? 60 : t->end - t->at);
  bool wrapped = false, header;
  switch (t->bad) {
    case SPELLED_WELL: break;
    case BAD_DATE: say_date(ds, s, text, t); break;
    case BAD_NO_SUCH_DAY: say_no_day(ds, s, text); break;
    case BAD_THOUSANDS: say_thousands(ds, s, text, t); break;
    case BAD_MINUTES:
    case BAD_DURATION:
    case BAD_LONG_NUMBER:
    case BAD_PERCENT_SPACE:
    case BAD_DOTS:
      if (!told_with_lines_above(raw, i)) say_number(s, text, t, ds); /* else its key says it */
      break;
    case BAD_FAT_ARROW: say_fat_arrow(raw, i, s, t, ds); break;
    case BAD_DOUBLE_EQUAL: say_double_equal(raw, i, s, t, ds); break;
    case BAD_CURLY_QUOTES:
    case BAD_OPEN_STRING: say_quotes(s, text, t, ds); break;
    case BAD_HTML: say_html(raw, i, s, text, t, ds); break;
    case BAD_UNIT:
      if (told_with_lines_above(raw, i)) break; /* the key of the line says it */
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
      if (t->bad == BAD_SIGN_ALONE && (say_variable(raw, i, ds) || say_sign_before(raw, i, ds))) {
        t->kind = TOK_BROKEN;
        break;
      }
      if (t->bad == BAD_SIGN_ALONE && *text == '$' && say_marked_name(raw, i, ds)) {
        t->kind = TRIVIA_SPACE;
        break;
      }
      if (*text == '$' && say_cell(raw, i, ds)) {
        t->kind = TOK_BROKEN;
        break;
      }
      header = raw_word_is(raw, first_of_line(raw, i), "rule") ||
               stands_behind(raw, i, "interval") || in_call_of_ref(raw, i);
      wrapped = t->bad == BAD_SIGN_ALONE && raw->src->text[t->end] == '{' &&
                say_wrapped_name(raw, t->end, ds);
      if (t->bad == BAD_SINGLE_QUOTES) { /* of a rule's first line the parser says it */
        if (!header) say_single_quotes(raw, i, ds);
        break;
      }
      say_foreign(ds, s, text, t, stands_behind(raw, i, "assign"), wrapped);
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
