/* Tokens: every byte of a source, in order, as a token or as trivia.
 *
 * lex_source makes the raw, lossless list (what `fmt` needs and `--dump tokens` shows). words.h
 * turns it into what the parser eats: trivia dropped, lines joined, contextual keywords decided.
 * All lists live in the arena given. */
#ifndef VIGIE_TOKEN_H
#define VIGIE_TOKEN_H

#include "base/date.h"
#include "base/diag.h"
#include "base/source.h"
#include "base/vec.h"

/* Trivia kinds: below zero, so that they never meet a token number of the grammar. */
enum { TRIVIA_SPACE = -1, TRIVIA_COMMENT = -2, TRIVIA_LINE_END = -3 };

/* What is wrong with the spelling of a token that is understood all the same. */
enum misspelling {
  SPELLED_WELL,
  BAD_DATE,          /* 2026-3-1 */
  BAD_THOUSANDS,     /* 1,000 */
  BAD_MINUTES,       /* 3m */
  BAD_PERCENT_SPACE, /* 10 % */
  BAD_FAT_ARROW,     /* => */
  BAD_DOUBLE_EQUAL,  /* == */
  BAD_DOTS,          /* 1.2.3 */
  BAD_CURLY_QUOTES,  /* “text” */
  BAD_OPEN_STRING,   /* no closing quote on the line */
  BAD_NO_SUCH_DAY,   /* 2026-02-30 */
  BAD_DURATION,      /* 9999999999d */
  BAD_LONG_NUMBER,   /* more than NUMBER_MAX_BYTES */
  BAD_CHARACTER,     /* anything else; dropped */
  BAD_UNIT,          /* 5min, 3days */
  BAD_HTML,          /* &lt; &gt; &amp; */
  BAD_LOGIC_SIGN,    /* && || ! */
  BAD_SINGLE_QUOTES, /* 'text' */
  BAD_MAIL,          /* ana@acme.example without quotes */
  BAD_SIGN_IN_FRONT, /* $100 */
  BAD_SIGN_ALONE,    /* a currency sign on its own */
  BAD_COMMENT,       /* // and -- */
};

struct token {
  int kind; /* a token number of the grammar (parse.h), or trivia */
  enum misspelling bad;
  uint32_t at, end;
  const char *name; /* NAME and every word: interned, NFC. STRING: its value */
  double num;       /* NUMBER, PERCENT, POINTS */
  day_t day;        /* DATE */
  struct duration dur;
  struct period period;
  /* "->" for "→": the plain spelling, where the source has another; NULL otherwise */
  const char *glyph;
};

struct tokens {
  struct source *src;
  VEC(struct token) list;
};

/* Lexes the whole source. Never fails: what is no token is one with bad = BAD_CHARACTER. The list
 * is of a; names and texts are interned in names, which may be a. */
struct tokens *lex_source(struct arena *a, struct arena *names, struct source *src);
/* What a token is called in dumps: its alias in the grammar. */
const char *token_name(int kind);
struct span token_span(const struct tokens *t, const struct token *k);

#endif
