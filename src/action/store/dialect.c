/* In: SQL of the state. Out: the same for PostgreSQL. */
#include "action/store/dialect.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "action/sql.h"
#include "base/check.h"
#include "base/text_buffer.h"
#include "base/vec.h"

static const struct wording {
  const char *ours, *theirs;
} wordings[] = {
#define WORDS(ours, theirs) {ours, theirs},
#include "action/store/dialect.def"
#undef WORDS
};

typedef VEC(const char *) word_list;

/* What is not a matter of words. */
static const struct wording statements[] = {
#define STATEMENT(ours, theirs) {ours, theirs},
#include "action/store/statement.def"
#undef STATEMENT
};

struct translating {
  struct arena *a;
  word_list words; /* of the statement */
  word_list out;
  VEC(int) numbers; /* as in struct dialect_sql */
  int last;         /* the greatest of our signs until now */
};

/* ---- words ---------------------------------------------------------------------------- */

static bool in_name(char c) { return isalnum((unsigned char)c) || c == '_'; }

/* How long the word is that the text begins with. */
static size_t word_length(const char *at) {
  static const char *const signs[] = {"||", "<>", "<=", ">=", "::"};
  size_t n = 1;
  if (*at == '\'' || *at == '"') {
    const char *end = strchr(at + 1, *at);
    while (end && end[1] == *at) end = strchr(end + 2, *at); /* two of them stand for one */
    CHECK(end);                                              /* SQL of ours ends what it begins */
    return (size_t)(end - at) + 1;
  }
  if (in_name(*at) || *at == '?') {
    while (in_name(at[n])) n++;
    return n;
  }
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    if (strncmp(at, signs[i], 2) == 0) return 2;
  return n;
}

static void split(struct translating *x, const char *sql) {
  for (const char *at = sql; *at;) {
    if (isspace((unsigned char)*at)) {
      at++;
      continue;
    }
    size_t n = word_length(at);
    VEC_PUSH(x->a, &x->words, arena_strndup(x->a, at, n));
    at += n;
  }
}

static bool is_word(const struct translating *x, size_t at, const char *word) {
  return at < x->words.n && strcmp(x->words.v[at], word) == 0;
}

static void add_word(struct translating *x, const char *word) { VEC_PUSH(x->a, &x->out, word); }

/* ---- signs ---------------------------------------------------------------------------- */

/* "?3" as "$1"; a "?" alone is the one behind the greatest, as in SQLite. Before IS NULL nothing
 * else says of which type it is: of all that we ask this of it is a text. */
static const char *their_sign(struct translating *x, size_t at) {
  const char *sign = x->words.v[at];
  int number = sign[1] ? atoi(sign + 1) : x->last + 1;
  size_t k = 0;
  if (number > x->last) x->last = number;
  while (k < x->numbers.n && x->numbers.v[k] != number) k++;
  if (k == x->numbers.n) VEC_PUSH(x->a, &x->numbers, number);
  return arena_printf(x->a, "$%zu%s", k + 1, is_word(x, at + 1, "IS") ? " :: text" : "");
}

/* ---- letters of either case ----------------------------------------------------------- */

/* The last of what is compared: "a . b", "b" or "$1", and where it begins. */
static size_t operand_before(const struct translating *x, size_t end) {
  CHECK(end > 0);
  return end >= 3 && strcmp(x->out.v[end - 2], ".") == 0 ? end - 3 : end - 1;
}

/* lower() goes by the collation of what it is given: that of columns is "C". */
static const char *folded(const struct translating *x, size_t from, size_t to) {
  const char *text = x->out.v[from];
  if (*text == '$') text = arena_printf(x->a, "%s :: text COLLATE \"C\"", text);
  for (size_t i = from + 1; i < to; i++) text = arena_printf(x->a, "%s %s", text, x->out.v[i]);
  return arena_printf(x->a, "lower ( %s )", text);
}

/* COLLATE NOCASE stands behind an operand, and is of the one on the other side too. */
static void fold_letters(struct translating *x) {
  size_t right = operand_before(x, x->out.n);
  const char *last = folded(x, right, x->out.n);
  const char *sign = right ? x->out.v[right - 1] : "";
  x->out.n = right;
  if (strcmp(sign, "=") == 0 || strcmp(sign, "<>") == 0) {
    size_t left = operand_before(x, right - 1);
    const char *first = folded(x, left, right - 1);
    x->out.n = left;
    add_word(x, first);
    add_word(x, sign);
  }
  add_word(x, last);
}

/* ---- the statement -------------------------------------------------------------------- */

/* How many words the row replaces from there on; 0: it does not fit. */
static size_t fits(const struct translating *x, size_t at, const struct wording *w) {
  size_t n = 0;
  for (const char *word = w->ours; *word; n++) {
    size_t length = strcspn(word, " ");
    if (at + n >= x->words.n) return 0;
    const char *have = x->words.v[at + n];
    bool any = length == 1 && *word == '*';
    if (!any && (strlen(have) != length || strncmp(have, word, length) != 0)) return 0;
    word += length + (word[length] == ' ');
  }
  return n;
}

static size_t replace(struct translating *x, size_t at) {
  for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++) {
    size_t n = fits(x, at, &wordings[i]);
    if (!n) continue;
    if (*wordings[i].theirs) add_word(x, wordings[i].theirs);
    return n;
  }
  return 0;
}

/* Marks of a file of SQLite: whoever opens a state of PostgreSQL sets its own. */
static size_t skip_pragma(const struct translating *x, size_t at) {
  size_t n = 0;
  while (at + n < x->words.n && !is_word(x, at + n, ";")) n++;
  return n + (at + n < x->words.n);
}

/* Takes one or more words, and says how many. */
static size_t take_words(struct translating *x, size_t at) {
  const char *word = x->words.v[at];
  size_t n;
  if (*word == '?') {
    add_word(x, their_sign(x, at));
    return 1;
  }
  if (is_word(x, at, "PRAGMA")) return skip_pragma(x, at);
  if (is_word(x, at, "COLLATE") && is_word(x, at + 1, "NOCASE")) {
    fold_letters(x);
    return 2;
  }
  if ((n = replace(x, at)) > 0) return n;
  add_word(x, word);
  return 1;
}

static const char *their_statement(const char *sql) {
  for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
    if (strcmp(statements[i].ours, sql) == 0) return statements[i].theirs;
  return sql;
}

struct dialect_sql dialect_for_postgres(const char *sql, struct arena *a) {
  struct translating x = {.a = a};
  struct text_buffer text = {.a = a};
  split(&x, their_statement(sql));
  for (size_t at = 0; at < x.words.n;) at += take_words(&x, at);
  for (size_t i = 0; i < x.out.n; i++) {
    if (i) text_add(&text, " ");
    text_add(&text, x.out.v[i]);
  }
  return (struct dialect_sql){text_of_buffer(&text), x.numbers.v, (int)x.numbers.n};
}
