/* The lossless token list. In: one source. Out: a token or trivia for every byte, values read. */
#include "syntax/token.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/intern.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/unit.h"
#include "syntax/lexing.h"
#include "parse.h"

int vigie_lex_lex_init_extra(struct lex_state *x, void **scanner);
int vigie_lex_lex(void *scanner);
int vigie_lex_lex_destroy(void *scanner);
struct yy_buffer_state *vigie_lex__scan_buffer(char *base, size_t size, void *scanner);

/* At least, of rules that people write, trivia included. */
enum { BYTES_A_TOKEN = 2 };

struct tokens *lex_source(struct arena *a, struct arena *names, struct source *src) {
  struct tokens *t = NEW(a, struct tokens);
  t->src = src;
  VEC_RESERVE(a, &t->list, src->size / BYTES_A_TOKEN + 4);
  struct lex_state x = {a, names, t, 0};
  void *scanner;
  int refused = vigie_lex_lex_init_extra(&x, &scanner);
  CHECK(!refused); /* for want of memory only */
  /* flex writes into its buffer while it works, so it gets a copy of its own. */
  char *copy = xmalloc(src->size + 2);
  memcpy(copy, src->text, src->size + 2);
  vigie_lex__scan_buffer(copy, src->size + 2, scanner);
  while (vigie_lex_lex(scanner)) {
  }
  vigie_lex_lex_destroy(scanner);
  free(copy);
  return t;
}

struct span token_span(const struct tokens *t, const struct token *k) {
  return (struct span){t->src, k->at, k->end};
}

static double read_number(const char *s, size_t n) {
  char buf[NUMBER_MAX_BYTES + 1];
  size_t w = 0;
  for (size_t i = 0; i < n && w + 1 < sizeof buf; i++) {
    if ((s[i] < '0' || s[i] > '9') && s[i] != '.' && s[i] != ',') break;
    if (s[i] != ',') buf[w++] = s[i];
  }
  buf[w] = 0;
  double v = strtod(buf, NULL);
  for (size_t i = 0; i < n; i++) {
    if (s[i] == 'k' || s[i] == 'K') return v * 1e3;
    if (s[i] == 'M') return v * 1e6;
  }
  return v;
}

/* Dates as people type them, 2026-3-1 or 1/3/2026 (day first): the day they most likely mean, so
 * that only the spelling is complained of. */
static day_t read_loose_date(const char *s, size_t n) {
  int part[3] = {0}, k = 0;
  bool year_first = n > 4 && (s[4] == '-' || s[4] == '/');
  for (size_t i = 0; i < n && k < 3; i++)
    if (s[i] >= '0' && s[i] <= '9')
      part[k] = part[k] * 10 + (s[i] - '0');
    else
      k++;
  int y = year_first ? part[0] : part[2], d = year_first ? part[2] : part[0];
  if (y < 100) y += 2000;
  day_t day = day_from_civil(y, part[1], d);
  if (day == DAY_NONE && !year_first) day = day_from_civil(y, part[0], part[1]);
  return day == DAY_NONE ? 0 : day;
}

/* The value of "text": \" and \\ are escapes, any other backslash is itself. */
static const char *read_string(struct lex_state *x, const char *s, size_t n) {
  char *raw = arena_alloc(x->arena, n + 1);
  size_t w = 0;
  for (size_t i = 0; i < n; i++) {
    if (s[i] == '\\' && i + 1 < n && (s[i + 1] == '"' || s[i + 1] == '\\')) i++;
    raw[w++] = s[i];
  }
  size_t m;
  const char *nfc = text_clean(x->arena, raw, w, &m);
  /* Blanks at the ends of a literal are the author's: only the normal form is wanted here. */
  if (m == w) return intern_n(x->names, raw, w);
  size_t lead = 0;
  while (lead < w && (unsigned char)raw[lead] <= ' ') lead++;
  return lead || (w && (unsigned char)raw[w - 1] <= ' ') ? intern_n(x->names, raw, w)
                                                         : intern_n(x->names, nfc, m);
}

static void read_value(struct lex_state *x, struct token *k, const char *text, size_t n) {
  switch (k->kind) {
    case TOK_NUMBER:
    case TOK_PERCENT:
    case TOK_POINTS:
      k->num = read_number(text, n);
      if (n > NUMBER_MAX_BYTES && k->bad != BAD_UNIT) k->bad = BAD_LONG_NUMBER;
      break;
    case TOK_DATE:
      if (!day_parse(text, n, &k->day)) {
        k->day = read_loose_date(text, n);
        if (!k->bad) k->bad = BAD_NO_SUCH_DAY;
      }
      break;
    case TOK_DURATION:
      if (k->bad == BAD_MINUTES)
        k->dur = (struct duration){(int32_t)read_number(text, n > 7 ? 7 : n - 1), DUR_MONTH};
      else if (!duration_parse(text, n, &k->dur))
        k->bad = BAD_DURATION;
      break;
    case TOK_PERIOD:
      if (!period_parse_fixed(text, n, &k->period)) {
        k->bad = BAD_NO_SUCH_DAY;
        period_parse_fixed("2000", 4, &k->period);
      }
      break;
    case TOK_STRING:
      if (k->bad == BAD_HTML) { /* &quot;Pro&quot; */
        size_t sign = strcspn(text, ";") + 1;
        k->name = read_string(x, text + sign, n - 2 * sign);
        break;
      }
      k->name = k->bad == BAD_OPEN_STRING ? read_string(x, text + 1, n - 1)
                                          : read_string(x, text + 1, n - 2);
      break;
    default: break;
  }
  if (k->bad == BAD_MAIL) k->name = read_string(x, text, n);
  if (k->bad == BAD_SIGN_ALONE) {
    const char *code = currency_from_symbol(text, n);
    k->name = intern(x->names, code ? code : "EUR");
  }
  if (k->bad == BAD_SIGN_IN_FRONT) {
    size_t sign = strcspn(text, "0123456789");
    k->num = read_number(text + sign, n - sign);
  }
}

int lex_wrong(struct lex_state *x, int kind, enum misspelling why, const char *text, size_t n) {
  struct token k = {.kind = kind, .bad = why, .at = x->at, .end = x->at + (uint32_t)n};
  read_value(x, &k, text, n);
  VEC_PUSH(x->arena, &x->out->list, k);
  x->at = k.end;
  return 1;
}

int lex_token(struct lex_state *x, int kind, const char *text, size_t n) {
  return lex_wrong(x, kind, SPELLED_WELL, text, n);
}

static const struct {
  const char *word;
  size_t n;
  int kind;
} reserved[] = {
#define RESERVED(word, token, ends, begins, infix) {word, sizeof(word) - 1, TOK_##token},
#include "syntax/keyword.def"
};

static int word_kind(const char *s, size_t n) {
  for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
    if (reserved[i].n == n && memcmp(reserved[i].word, s, n) == 0) return reserved[i].kind;
  return TOK_NAME;
}

static const struct {
  const char *glyph, *plain;
  int kind;
} glyphs[] = {
    {"→", "->", TOK_ARROW},
    {"≥", ">=", TOK_GE},
    {"≤", "<=", TOK_LE},
    {"≠", "!=", TOK_NE},
};

static const char *const blanks[] = {"\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x8B", "\xEF\xBB\xBF",
                                     "\xE2\x80\x89"};
static const struct {
  const char *open, *close, *other; /* other: what ends it too; NULL: nothing does */
} quotes[] = {{"“", "”", "“"},  {"”", "”", NULL}, {"„", "“", "”"}, {"«", "»", NULL},
              {"»", "«", NULL}, {"‘", "’", "‘"},  {"’", "’", NULL}};
enum { QUOTES = sizeof quotes / sizeof *quotes };

static size_t starts_with_any(const char *s, size_t n, const char *const *list, size_t count) {
  for (size_t i = 0; i < count; i++) {
    size_t m = strlen(list[i]);
    if (n >= m && memcmp(s, list[i], m) == 0) return m;
  }
  return 0;
}

static size_t starts_with(const char *s, size_t n, const char *sign) {
  return sign ? starts_with_any(s, n, &sign, 1) : 0;
}

static bool letter_at(const char *s, size_t n) { return n && text_name_char(s, n, true) > 0; }

/* The quote that ends a text which row began, at i of n bytes: its bytes; 0: none stands there. The
 * ’ of it’s is none. */
static size_t closes(const char *text, size_t i, size_t n, size_t row) {
  if (text[i] == '"') return 1;
  size_t close = starts_with(text + i, n - i, quotes[row].close);
  if (!close) close = starts_with(text + i, n - i, quotes[row].other);
  bool apostrophe =
      close && strcmp(quotes[row].close, "’") == 0 && letter_at(text + i + close, n - i - close);
  return apostrophe ? 0 : close;
}

/* “text”: up to the closing quote, curly or straight, or the end of the bytes given. */
static size_t lex_curly(struct lex_state *x, const char *text, size_t n, size_t row) {
  size_t open = strlen(quotes[row].open), i = open, close = 0;
  while (i < n && !(close = closes(text, i, n, row))) i++;
  size_t end = i < n ? i + close : n;
  struct token k = {
      .kind = TOK_STRING, .bad = BAD_CURLY_QUOTES, .at = x->at, .end = x->at + (uint32_t)end};
  k.name = read_string(x, text + open, i - open);
  VEC_PUSH(x->arena, &x->out->list, k);
  x->at = k.end;
  return end;
}

/* d’ici, client’s: the sign belongs to the word before it. */
static bool is_apostrophe(const struct lex_state *x, const char *text, size_t n) {
  const struct token *before = x->out->list.n ? &x->out->list.v[x->out->list.n - 1] : NULL;
  size_t m = starts_with(text, n, "’");
  return m && before && before->kind == TOK_NAME && before->end == x->at &&
         letter_at(text + m, n - m);
}

size_t lex_word(struct lex_state *x, const char *text, size_t n) {
  size_t i = 0;
  for (int len; i < n && (len = text_name_char(text + i, n - i, i == 0)) > 0;) i += (size_t)len;
  if (i > 0) {
    int kind = word_kind(text, i);
    lex_token(x, kind, text, i);
    size_t m;
    const char *nfc = text_clean(x->arena, text, i, &m);
    x->out->list.v[x->out->list.n - 1].name = intern_n(x->names, nfc, m);
    return i;
  }
  for (size_t g = 0; g < sizeof glyphs / sizeof *glyphs; g++) {
    size_t m = strlen(glyphs[g].glyph);
    if (n < m || memcmp(text, glyphs[g].glyph, m) != 0) continue;
    lex_token(x, glyphs[g].kind, text, m);
    x->out->list.v[x->out->list.n - 1].glyph = glyphs[g].plain;
    return m;
  }
  size_t m = starts_with_any(text, n, blanks, sizeof blanks / sizeof *blanks);
  if (m) {
    lex_token(x, TRIVIA_SPACE, text, m);
    return m;
  }
  if (is_apostrophe(x, text, n)) {
    lex_wrong(x, TRIVIA_SPACE, BAD_CHARACTER, text, 3);
    return 3;
  }
  for (size_t row = 0; row < QUOTES; row++)
    if (starts_with(text, n, quotes[row].open)) return lex_curly(x, text, n, row);
  for (m = 1; m < n && ((unsigned char)text[m] & 0xC0) == 0x80;) m++;
  /* what follows a currency sign made it look like a quote */
  size_t number = currency_from_symbol(text, m) ? strspn(text + m, "0123456789.,kKM") : 0;
  while (number && (text[m + number - 1] == '.' || text[m + number - 1] == ',')) number--;
  if (number && text[m] >= '0' && text[m] <= '9') {
    lex_wrong(x, TOK_NUMBER, BAD_SIGN_IN_FRONT, text, m + number);
    return m + number;
  }
  if (currency_from_symbol(text, m))
    lex_wrong(x, TOK_NAME, BAD_SIGN_ALONE, text, m);
  else
    lex_wrong(x, TRIVIA_SPACE, BAD_CHARACTER, text, m);
  return m;
}
