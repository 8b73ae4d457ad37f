/* Amounts as they are written in other countries and on slides: 1,5 M€, 10 k€, 1 234,50 EUR. In:
 * raw tokens. Out: the number and its currency as tokens of rule files, and one message. */
#include "syntax/amounts.h"

#include <stdlib.h>
#include <string.h>

#include "base/intern.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/unit.h"
#include "parse.h"

struct amount {
  char digits[NUMBER_MAX_BYTES + 1]; /* 1234.5 */
  const char *scale;                 /* "", "k", "M" */
  double times;                      /* what the scale multiplies by, beyond the written one */
  const char *currency;              /* NULL: a percent */
  bool comma, apart;   /* what is unusual: a decimal comma, a blank before the scale */
  int groups;          /* of three digits behind a blank */
  bool quoted;         /* or behind an apostrophe */
  size_t unit_at, end; /* bytes after the beginning */
};

static bool digit(char c) { return c >= '0' && c <= '9'; }

static size_t blanks(const char *s) {
  static const char *const signs[] = {" ", "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89"};
  size_t n = 0;
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    if (strncmp(s + n, signs[i], strlen(signs[i])) == 0) {
      n += strlen(signs[i]);
      i = (size_t)-1;
    }
  return n;
}

/* What stands between thousands: blanks, or one apostrophe. */
static size_t group_gap(const char *s) {
  if (*s == '\'') return 1;
  return strncmp(s, "\xE2\x80\x99", 3) == 0 ? 3 : blanks(s);
}

/* 1 234 567,50: digits, in groups of three behind the first blank; false: none, or too long. */
static bool read_digits(const char *s, struct amount *a) {
  size_t n = 0, w = 0;
  while (digit(s[n]) && w < NUMBER_MAX_BYTES - 4) a->digits[w++] = s[n++];
  for (size_t gap = group_gap(s + n); gap && w < NUMBER_MAX_BYTES - 8; gap = group_gap(s + n)) {
    const char *group = s + n + gap;
    size_t k = 0;
    while (digit(group[k])) k++;
    if (k != 3) break;
    memcpy(a->digits + w, group, 3), w += 3;
    a->quoted |= s[n] == '\'' || s[n] == '\xE2';
    n += gap + 3, a->groups++;
  }
  size_t dots = 0; /* 1.234.567,50: a dot before each three digits, and a comma behind */
  while (s[n + dots * 4] == '.' && digit(s[n + dots * 4 + 1]) && digit(s[n + dots * 4 + 2]) &&
         digit(s[n + dots * 4 + 3]))
    dots++;
  bool grouped = dots && s[n + dots * 4] == ',' && digit(s[n + dots * 4 + 1]);
  for (size_t i = 0; grouped && i < dots && w < NUMBER_MAX_BYTES - 8; i++, n += 4)
    memcpy(a->digits + w, s + n + 1, 3), w += 3;
  a->comma = s[n] == ',' && digit(s[n + 1]);
  if (a->comma || (s[n] == '.' && digit(s[n + 1]))) {
    a->digits[w++] = '.';
    for (n++; digit(s[n]) && w < NUMBER_MAX_BYTES; n++) a->digits[w++] = s[n];
  }
  a->digits[w] = 0;
  a->end = n;
  return w > 0 && !digit(s[n]) && s[n] != ',' && s[n] != '.';
}

static const struct {
  const char *word, *scale;
  double times;
} scales[] = {{"Mio", "M", 1},   {"mio", "M", 1},   {"Mrd", "M", 1000}, {"mrd", "M", 1000},
              {"Md", "M", 1000}, {"md", "M", 1000}, {"Mn", "M", 1},     {"bn", "M", 1000},
              {"M", "M", 1},     {"k", "k", 1},     {"K", "k", 1}};

static bool word_goes_on(const char *s) { return text_name_char(s, strlen(s), false) > 0; }

/* The currency at s: a sign or three letters; its bytes, 0 for none. */
static size_t read_currency(const char *s, struct amount *a) {
  size_t n = s[0] == '$'                                          ? 1
             : strncmp(s, "£", 2) == 0 || strncmp(s, "¥", 2) == 0 ? 2
             : strncmp(s, "€", 3) == 0                            ? 3
                                                                  : 0;
  if (n) {
    a->currency = currency_from_symbol(s, n);
    return a->currency ? n : 0;
  }
  char code[4] = {0};
  for (size_t i = 0; i < 3 && s[i] >= 'A' && s[i] <= 'Z'; i++) code[i] = s[i];
  if (!code[2] || !currency_known(code) || word_goes_on(s + 3)) return 0;
  static const char *const no_code = "";
  a->currency = no_code; /* spelt out: the caller copies it */
  return 3;
}

/* What stands behind the digits: a scale, a currency, a percent sign. */
static bool read_unit(const char *s, struct amount *a) {
  size_t gap = blanks(s + a->end), at = a->end + gap;
  if (a->comma && s[at] == '%') {
    a->unit_at = at, a->end = at + 1;
    return true;
  }
  a->scale = "", a->times = 1;
  for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
    size_t n = strlen(scales[i].word);
    struct amount probe = {0};
    if (strncmp(s + at, scales[i].word, n) != 0)
      continue; /* the file may end before so many bytes */
    size_t after = at + n + blanks(s + at + n);
    if (!read_currency(s + after, &probe)) continue;
    a->scale = scales[i].scale, a->times = scales[i].times;
    a->apart = gap > 0;
    at = after;
    break;
  }
  size_t n = read_currency(s + at, a);
  a->unit_at = at, a->end = at + n;
  return n > 0;
}

/* Is the number an argument of a function, or one of a list without blanks: max(a, 1,5 …)? */
static bool in_a_list(const struct tokens *raw, size_t i) {
  int depth = 0;
  bool first = true;
  for (size_t k = i, seen = 0; k-- > 0 && seen < BRACKET_LOOK_BACK; seen++) {
    const struct token *t = &raw->list.v[k];
    if (t->kind == TRIVIA_LINE_END && depth == 0) return false;
    if (t->name && t->kind == TOK_NAME && strcmp(t->name, "row") == 0) return true;
    if (first && t->kind != TRIVIA_SPACE) {
      if (t->kind == TOK_OF || t->kind == TOK_COMMA) return true;
      first = false;
    }
    if (t->kind == TOK_RPAREN) depth++;
    if (t->kind == TOK_LPAREN && depth-- == 0) return k > 0 && raw->list.v[k - 1].kind == TOK_NAME;
  }
  return false;
}

/* How many raw tokens from i end at the byte end; 0: it lies inside of one. */
static size_t tokens_until(const struct tokens *raw, size_t i, uint32_t end) {
  for (size_t k = i; k < raw->list.n && raw->list.v[k].at < end; k++)
    if (raw->list.v[k].end == end) return k - i + 1;
  return 0;
}

/* 5000 EUR/month, 5k/mois: what an amount is of says the column, not the number. */
static size_t amount_per_period(const struct tokens *raw, size_t i, struct token *currency,
                                struct diags *ds) {
  static const char *const words[] = {"month", "mo",    "mois", "year", "yr",
                                      "an",    "annum", "mth",  "week", NULL};
  const struct token *v = raw->list.v;
  size_t k = i + 1;
  while (k + 2 < raw->list.n && v[k].kind == TRIVIA_SPACE) k++;
  bool apart = k + 2 < raw->list.n && v[k].kind == TOK_NAME && v[k].name &&
               (v[k].bad == BAD_SIGN_ALONE || currency_known(v[k].name));
  size_t slash = apart ? k + 1 : i + 1;
  if (slash + 1 >= raw->list.n || v[slash].kind != TOK_SLASH || v[slash + 1].kind != TOK_NAME)
    return 0;
  char last = raw->src->text[v[i].end - 1];
  if (!apart && last >= '0' && last <= '9') return 0; /* 12/week: week may be a name */
  for (size_t w = 0; words[w]; w++) {
    if (strcmp(words[w], v[slash + 1].name) != 0) continue;
    struct span at = {raw->src, v[i].at, v[slash + 1].end};
    const char *number = span_text(ds->arena, token_span(raw, &v[i]));
    if (apart) *currency = v[k], currency->bad = SPELLED_WELL;
    size_t bare = strspn(number, "0123456789.kKM");
    const char *code =
        apart ? v[k].name : currency_from_symbol(number + bare, strlen(number) - bare);
    struct diag *d =
        diag_add(ds, V0102, at, "of which time an amount is says its column: `%s` is a number",
                 span_text(ds->arena, at));
    diag_help(ds, d, "write %.*s%s%s", (int)bare, number, code ? " " : "", code ? code : "");
    return slash + 2 - i;
  }
  return 0;
}

/* 100'000, 1 000,50 without a currency. */
static size_t number_alone(const struct tokens *raw, size_t i, const struct amount *a,
                           struct token *number, struct diags *ds) {
  const struct token *t = &raw->list.v[i];
  size_t n = tokens_until(raw, i, t->at + (uint32_t)a->end);
  if (n < 2) return 0;
  *number = *t, number->num = strtod(a->digits, NULL);
  struct span at = {raw->src, t->at, t->at + (uint32_t)a->end};
  struct diag *d = diag_add(ds, V0102, at, "a number has no %s inside: `%s`",
                            a->quoted ? "apostrophes" : "blanks", span_text(ds->arena, at));
  diag_help(ds, d, "write %s", a->digits);
  return n;
}

size_t amount_as_written(const struct tokens *raw, size_t i, struct token *number,
                         struct token *currency, struct diags *ds) {
  const struct token *t = &raw->list.v[i];
  if (t->kind != TOK_NUMBER || (t->bad && t->bad != BAD_UNIT && t->bad != BAD_DOTS)) return 0;
  const char *s = raw->src->text + t->at;
  struct amount a = {0};
  *currency = (struct token){0};
  size_t per = t->bad ? 0 : amount_per_period(raw, i, currency, ds);
  if (per) {
    *number = *t;
    return per;
  }
  if (!read_digits(s, &a)) return 0;
  bool alone = a.quoted || (a.groups && a.comma && !in_a_list(raw, i));
  if (!read_unit(s, &a)) return alone ? number_alone(raw, i, &a, number, ds) : 0;
  bool glued = t->bad == BAD_UNIT; /* 10kEUR */
  bool sign =
      a.currency && *a.currency; /* 10 000 EUR can be read, and the parser tells of its blank */
  bool spaced = a.groups > 1 || a.quoted || (a.groups == 1 && sign);
  if (!a.comma && !spaced && !((a.apart || glued) && *a.scale)) return 0;
  size_t n = tokens_until(raw, i, t->at + (uint32_t)a.end);
  if (!n || (a.comma && in_a_list(raw, i))) return 0;
  struct span at = {raw->src, t->at, t->at + (uint32_t)a.end};
  bool percent = !a.currency;
  const char *code = percent       ? ""
                     : *a.currency ? a.currency
                                   : arena_strndup(ds->arena, s + a.unit_at, 3);
  double times = !percent && *a.scale == 'k' ? 1e3 : !percent && *a.scale == 'M' ? 1e6 : 1;
  *number = (struct token){.kind = percent ? TOK_PERCENT : TOK_NUMBER, .at = t->at, .end = t->end};
  number->num = strtod(a.digits, NULL) * times * (percent ? 1 : a.times);
  *currency = (struct token){.kind = TOK_NAME, .at = at.at + (uint32_t)a.unit_at, .end = at.end};
  currency->name = percent ? NULL : intern(ds->arena, code);
  const char *right =
      percent        ? arena_printf(ds->arena, "%s%%", a.digits)
      : a.times != 1 ? arena_printf(ds->arena, "%.15gM %s", strtod(a.digits, NULL) * a.times, code)
                     : arena_printf(ds->arena, "%s%s %s", a.digits, a.scale, code);
  struct diag *d = diag_add(ds, V0102, at, "%s: `%s`",
                            a.comma    ? "a number has a decimal point, not a comma"
                            : a.quoted ? "a number has no apostrophes inside"
                            : spaced   ? "a number has no blanks inside"
                                       : "thousands and millions stand right after the number",
                            span_text(ds->arena, at));
  diag_help(ds, d, "write %s", right);
  return n;
}
