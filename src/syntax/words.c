/* Lines and contextual keywords. In: the lossless token list of a source. Out: the parser's
 * tokens. */
#include "syntax/words.h"

#include <string.h>
#include <strings.h>

#include "base/intern.h"
#include "base/unit.h"
#include "parse.h"
#include "base/suggest.h"
#include "syntax/amounts.h"
#include "syntax/ast.h"
#include "syntax/foreign_lines.h"
#include "syntax/foreign_tokens.h"
#include "syntax/habits.h"
#include "syntax/large_letters.h"
#include "syntax/spelling.h"
#include "syntax/yaml_keys.h"

/* ---- the first word of a line --------------------------------------------------------- */

/* Clause keywords, the headers first. */
static const struct {
  const char *word;
  int kind;
  enum clause_kind clause;
  bool header;
  const char *example; /* NULL: none */
} clauses[] = {
#define HEAD true
#define IN(parent) false
#define ANY false
#define LINE(id, word, parents, doc, example)
#define CLAUSE(id, word, parents, doc, example) {word, TOK_K_##id, C_##id, parents, example},
#include "syntax/clause.def"
#undef HEAD
#undef IN
#undef ANY
};
enum { N_CLAUSES = sizeof clauses / sizeof *clauses };

const char *const *clause_words(void) {
  static const char *const list[] = {
#define LINE(id, word, parents, doc, example)
#define CLAUSE(id, word, parents, doc, example) word,
#include "syntax/clause.def"
      NULL};
  return list;
}

int misspelt_header(const char *word) {
  const char *near = suggest(word, clause_words(), N_CLAUSES);
  for (size_t i = 0; near && i < N_CLAUSES; i++)
    if (strcmp(clauses[i].word, near) == 0) return clauses[i].header ? clauses[i].kind : 0;
  return 0;
}

int header_word(const char *word) {
  for (size_t i = 0; word && i < N_CLAUSES; i++)
    if (clauses[i].header && strcmp(clauses[i].word, word) == 0) return clauses[i].kind;
  return 0;
}

const char *clause_example(int kind) {
  /* LINEs: two words make them */
  if (kind == TOK_K_IFUNKNOWN) return "if unknown report";
  if (kind == TOK_K_ATMOST) return "at most 20 open";
  if (kind == TOK_K_IFROW) return "if row gone keep";
  for (size_t i = 0; i < N_CLAUSES; i++)
    if (clauses[i].kind == kind) return clauses[i].example;
  return NULL;
}

enum clause_kind clause_of_keyword(int kind) {
  for (size_t i = 0; i < N_CLAUSES; i++)
    if (clauses[i].kind == kind) return clauses[i].clause;
  return CLAUSE_KINDS;
}

bool is_header_keyword(int kind) {
  for (size_t i = 0; i < N_CLAUSES; i++)
    if (clauses[i].kind == kind) return clauses[i].header;
  return false;
}

/* What a word or sign does to the lines around it. */
static const struct connector {
  int kind;
  bool ends;   /* a line that ends with it goes on */
  bool begins; /* a line that begins with it goes on from the one before */
  bool infix; /* after a name it goes on as an expression: `owner is unknown -> …` is a sentence */
} connectors[] = {
#define RESERVED(word, token, ends, begins, infix) {TOK_##token, ends, begins, infix},
#define SIGN(token, ends, begins, infix) {TOK_##token, ends, begins, infix},
#include "syntax/keyword.def"
};

static const struct connector *connector(int kind) {
  static const struct connector none;
  for (size_t i = 0; i < sizeof connectors / sizeof *connectors; i++)
    if (connectors[i].kind == kind) return &connectors[i];
  return &none;
}

static bool word_is(const struct token *t, const char *w) {
  return t->name && t->kind == TOK_NAME && *t->name == *w && strcmp(t->name, w) == 0;
}

static bool any_word(const struct token *t, const char *const *list) {
  for (; *list; list++)
    if (word_is(t, *list)) return true;
  return false;
}

static const char *const unit_words[] = {"day", "week", "month", "quarter", "year", NULL};

static bool is_band(int kind) {
  return kind == TOK_K_GREEN || kind == TOK_K_AMBER || kind == TOK_K_RED;
}

static bool declares(int kind) {
  return kind == TOK_K_KPI || kind == TOK_K_RULE || kind == TOK_K_TEAM || kind == TOK_K_SEGMENT ||
         kind == TOK_K_THRESHOLD || kind == TOK_K_ENTITY || kind == TOK_K_DEFINE ||
         kind == TOK_K_PLAYBOOK;
}

static bool has_arrow(const struct token *t, size_t n) {
  for (size_t i = 0; i < n && t[i].kind != TOK_NEWLINE; i++)
    if (t[i].kind == TOK_ARROW) return true;
  return false;
}

static bool is_literal(int k) {
  return k == TOK_STRING || k == TOK_NUMBER || k == TOK_DATE || k == TOK_PERCENT ||
         k == TOK_DURATION || k == TOK_TRUE || k == TOK_FALSE || k == TOK_CURRENCY_CODE;
}

static bool is_type(const char *word) {
  enum unit u;
  return unit_from_name(word, &u) || strcmp(word, "percent") == 0 || strcmp(word, "ratio") == 0;
}

/* Does a name with this token after it go on as an expression, though the name could begin a
 * clause? A header that lacks its name (`kpi = 3`) is no sentence: it has no action. */
static bool goes_on_as_expression(int kind, const struct token *t, size_t n) {
  if (n < 2 || !connector(t[1].kind)->infix || is_band(kind)) return false;
  /* assigns in turn "ann@…" */
  if (kind == TOK_K_ASSIGNS && t[1].kind == TOK_IN && n > 3 && t[3].kind == TOK_STRING)
    return false;
  /* `when in segment s`: a segment is not asked of a name, but of the row. */
  if (t[1].kind == TOK_IN && n > 2 && word_is(&t[2], "segment")) return false;
  /* `when not lost`, `when not in segment s` are clauses; `stage not matches …` a sentence. */
  if (t[1].kind == TOK_NOT && (kind == TOK_K_WHEN || (n > 3 && word_is(&t[3], "segment"))))
    return false;
  if (t[1].kind == TOK_NOT &&
      (n < 3 || (t[2].kind != TOK_IN && t[2].kind != TOK_MATCHES && !word_is(&t[2], "one"))))
    return false;
  if ((kind == TOK_K_ESCALATE || kind == TOK_K_REOPEN || kind == TOK_K_FINAL) &&
      t[1].kind == TOK_AFTER && n > 2 &&
      (t[2].kind == TOK_DURATION || (t[2].kind == TOK_NAME && !has_arrow(t, n))))
    return false;
  return !declares(kind) || has_arrow(t, n);
}

/* The clause keyword that token t is as the first of a line, or TOK_NAME, or TOK_ATTR. n tokens are
 * to be seen. */
static int first_kind(const struct token *t, size_t n) {
  if (t->kind == TOK_IN && n > 2 && word_is(&t[1], "percent") && t[2].kind == TOK_NEWLINE)
    return TOK_K_IN;
  if (t->kind == TOK_IN && n > 1 && t[1].kind == TOK_NAME && !word_is(&t[1], "segment"))
    return TOK_K_IN;
  if (t->kind == TOK_IF && n > 1 && t[1].kind == TOK_UNKNOWN) return TOK_K_IFUNKNOWN;
  if (t->kind == TOK_IF && n > 2 && word_is(&t[1], "row") && word_is(&t[2], "gone"))
    return TOK_K_IFROW;
  if (t->kind != TOK_NAME) return t->kind;
  if (n > 1 && word_is(t, "at") && word_is(&t[1], "most")) return TOK_K_ATMOST;
  int kind = TOK_NAME;
  for (size_t i = 0; i < N_CLAUSES; i++)
    if (word_is(t, clauses[i].word)) kind = clauses[i].kind;
  if (kind == TOK_K_LANGUAGE && n > 1 && t[1].kind == TOK_OF) return TOK_K_OUTPUT;
  /* the commonest names of columns */
  if ((kind == TOK_K_DATA || kind == TOK_K_STATE) && (n < 2 || t[1].kind != TOK_STRING))
    kind = TOK_NAME;
  bool from = n > 2 && word_is(&t[1], "from") && t[2].kind == TOK_STRING && kind != TOK_K_EXISTS &&
              kind != TOK_K_HOLIDAYS;
  if (from) return TOK_ATTR;
  if (n > 2 && t[1].kind == TOK_NAME &&
      (t[2].kind == TOK_STRING || (t[2].kind == TOK_NAME && n > 3 && word_is(&t[2], "history")))) {
    bool type = is_type(t[1].name);
    if (type || (kind == TOK_NAME && !habit_help(t[1].name))) return TOK_ATTR;
  }
  if (n > 3 && t[1].kind == TOK_NAME && is_type(t[1].name) && word_is(&t[2], "per") &&
      any_word(&t[3], unit_words) && !declares(kind))
    return TOK_ATTR;
  if (kind == TOK_NAME && n > 2 && t[1].kind == TOK_NAME && t[2].kind == TOK_EQ &&
      !is_type(t[1].name) && (misspelt_header(t->name) || header_said(t->name)))
    return TOK_NAME;
  if (n > 2 && t[1].kind == TOK_NAME && t[2].kind == TOK_EQ &&
      (kind == TOK_NAME || is_type(t[1].name)))
    return kind == TOK_K_THRESHOLD || kind == TOK_K_KPI || kind == TOK_K_FOR || kind == TOK_K_EXPECT
               ? kind
               : TOK_ATTR;
  if (kind != TOK_NAME && goes_on_as_expression(kind, t, n)) return TOK_NAME;
  if (kind == TOK_K_ROW && n > 1 && !is_literal(t[1].kind) && t[1].kind != TOK_UNKNOWN &&
      t[1].kind != TOK_NEWLINE)
    return TOK_NAME;
  return kind;
}

/* ---- words decided by their neighbours ------------------------------------------------ */

static bool unit_follows(const struct token *t, size_t n) {
  return n > 0 && (any_word(&t[0], unit_words) ||
                   (n > 1 && word_is(&t[0], "fiscal") && any_word(&t[1], unit_words)));
}

struct open_if {
  int paren; /* the depth it stands at */
  bool then; /* its `then` was seen */
};

struct classifier {
  struct arena *arena;
  int prev, prev2, prev3; /* the kinds before, as decided */
  int clause;             /* the kind of the clause's first token */
  bool arrow;             /* "->" was seen in this clause */
  int paren;
  VEC(struct open_if) ifs;
};

/* Where a contextual keyword may stand: what is before it. */
enum {
  ANYWHERE = 1,
  AFTER_IN = 1 << 1,
  AFTER_OLDER = 1 << 2,
  AFTER_EXPECT = 1 << 3, /* right after the keyword */
  EXPECTED = 1 << 4,     /* after what is expected */
  PERIOD_WORD = 1 << 5,  /* after last, next, this, previous, every, start of, end of */
  ACTION = 1 << 6,       /* after ->, and what follows it; after a name too: assign CS due 7d */
  OPEN_ACTION = 1 << 7,  /* the same outside of parentheses */
  NEXT_ACTION = 1 << 8,  /* after a comma of the action */
  ESCALATION = 1 << 9,   /* escalate 3bd after … */
  AFTER_VALUE = 1 << 10, /* after a value, where expressions stand */
  AFTER_REMIND = 1 << 12,
  ASSIGNED = 1 << 13, /* assigns account.csm … */
  AFTER_SET = 1 << 11 /* after what an aggregate runs over */
};

/* What may follow a contextual keyword. */
enum {
  ANYTHING = 1,
  OF = 1 << 1,
  NUMBER = 1 << 2,
  NAME = 1 << 3,
  TEXT = 1 << 4,
  DURATION = 1 << 5,
  UNIT_WORD = 1 << 6, /* week, month … */
  UNIT = 1 << 7,      /* the same, or a fiscal one */
  DISTINCT = 1 << 8,
  SINCE = 1 << 9,
  UNTIL = 1 << 10,
  ALL = 1 << 11,
  EACH = 1 << 12,
  DAYS_SINCE = 1 << 14,
  DAYS_UNTIL = 1 << 15,
  DAY = 1 << 13, /* a date, a name, start of …, a parenthesis */
  AND_BELOW = 1 << 16,
  UNIT_OF = 1 << 17,   /* month of, after fiscal */
  DAYS = 1 << 18,      /* after business */
  UNIT_IN = 1 << 19,   /* month in, after each */
  FISCAL_IN = 1 << 20, /* fiscal month in */
  NOT_KNOWN = 1 << 21  /* unknown */
};

static const struct keyword {
  const char *word;
  unsigned place, next;
  int kind;
  size_t words;
} keywords[] = {
#define KEYWORD(word, place, next, token, words) {word, place, next, TOK_##token, words},
#include "syntax/keyword.def"
};

/* Lines of words that follow each other: no expression stands there. */
static bool lists_words(int clause) {
  return clause == TOK_K_GIVEN || clause == TOK_K_ROW || clause == TOK_K_BELONGS ||
         clause == TOK_K_ONCE || clause == TOK_K_HOLIDAYS || clause == TOK_K_ESCALATE ||
         clause == TOK_K_REMIND || clause == TOK_K_REOPEN || clause == TOK_K_FINAL;
}

static bool ends_value(int kind) {
  return kind == TOK_NAME || kind == TOK_RPAREN || kind == TOK_AGO || kind == TOK_PER ||
         is_literal(kind);
}

static unsigned places_of(const struct classifier *c, int after) {
  int prev = c->prev;
  unsigned p = ANYWHERE;
  if (prev == TOK_IN) p |= AFTER_IN;
  if (prev == TOK_OLDER) p |= AFTER_OLDER;
  if (prev == TOK_K_EXPECT) p |= AFTER_EXPECT;
  if (prev == TOK_K_REMIND) p |= AFTER_REMIND;
  if (c->clause == TOK_K_ASSIGNS && ends_value(prev)) p |= ASSIGNED;
  if (c->clause == TOK_K_EXPECT && (prev == TOK_NAME || prev == TOK_STRING || prev == TOK_NOT))
    p |= EXPECTED;
  if (prev == TOK_LAST || prev == TOK_NEXT || prev == TOK_THIS || prev == TOK_PREVIOUS ||
      prev == TOK_EVERY || (prev == TOK_OF && (c->prev2 == TOK_START || c->prev2 == TOK_END)))
    p |= PERIOD_WORD;
  if (prev == TOK_ARROW ||
      (c->arrow && (prev == TOK_COMMA || (prev == TOK_NAME && after != TOK_COMMA))))
    p |= c->paren == 0 ? ACTION | OPEN_ACTION : ACTION;
  if (c->arrow && prev == TOK_COMMA) p |= NEXT_ACTION;
  if (prev == TOK_AFTER && c->clause == TOK_K_ESCALATE) p |= ESCALATION;
  if (ends_value(prev) && !lists_words(c->clause)) p |= AFTER_VALUE;
  bool counted = c->prev2 == TOK_OF && (c->prev3 == TOK_COUNT || c->prev3 == TOK_SHARE);
  if (prev == TOK_NAME && (c->prev2 == TOK_OVER || counted)) p |= AFTER_SET;
  return p;
}

/* Words that come after a value or a name rather than begin one. */
static bool continues(const struct token *t) {
  static const char *const words[] = {"by", "for", "from", "because", "on", NULL};
  return any_word(t, words);
}

/* What the n tokens after a word are. */
static unsigned followers(const struct token *t, size_t n) {
  unsigned f = ANYTHING;
  if (n == 0) return f;
  if (t->kind == TOK_OF) f |= OF;
  if (t->kind == TOK_NUMBER) f |= NUMBER;
  if (t->kind == TOK_UNKNOWN) f |= NOT_KNOWN;
  if (t->kind == TOK_NAME) f |= NAME;
  if (t->kind == TOK_STRING) f |= TEXT;
  if (t->kind == TOK_DURATION) f |= DURATION;
  if (any_word(t, unit_words)) f |= UNIT_WORD;
  if (n > 1 && any_word(t, unit_words) && t[1].kind == TOK_OF) f |= UNIT_OF;
  if (n > 1 && any_word(t, unit_words) && t[1].kind == TOK_IN) f |= UNIT_IN;
  if (n > 2 && word_is(t, "fiscal") && unit_follows(t, n) && t[2].kind == TOK_IN) f |= FISCAL_IN;
  if (unit_follows(t, n)) f |= UNIT;
  if (word_is(t, "distinct")) f |= DISTINCT;
  if (word_is(t, "since")) f |= SINCE;
  if (word_is(t, "until")) f |= UNTIL;
  if (word_is(t, "days")) f |= DAYS;
  if (word_is(t, "all")) f |= ALL;
  if (word_is(t, "each")) f |= EACH;
  if (n > 1 && t->kind == TOK_AND && word_is(&t[1], "below")) f |= AND_BELOW;
  bool days = n > 1 && word_is(t, "days");
  if (days && word_is(&t[1], "since")) f |= DAYS_SINCE;
  if (days && word_is(&t[1], "until")) f |= DAYS_UNTIL;
  if (t->kind == TOK_DATE || t->kind == TOK_LPAREN || (t->kind == TOK_NAME && !continues(t)))
    f |= DAY;
  return f;
}

/* After these comes a name, whatever it is. */
static bool names_follow(int prev) { return declares(prev) || prev == TOK_DOT; }

/* 100k EUR, currency EUR, amount money EUR */
static bool currency_place(const struct classifier *c) {
  return c->prev == TOK_NUMBER || c->prev == TOK_K_CURRENCY ||
         (c->prev == TOK_NAME && c->clause == TOK_ATTR);
}

/* How many tokens from t make one contextual keyword; *kind is which. 0: a plain name. */
static size_t contextual_keyword(const struct classifier *c, const struct token *t, size_t n,
                                 int *kind) {
  if (names_follow(c->prev)) return 0;
  unsigned place = places_of(c, n > 1 ? t[1].kind : TOK_NEWLINE), next = followers(t + 1, n - 1);
  for (size_t i = 0; i < sizeof keywords / sizeof *keywords; i++) {
    const struct keyword *k = &keywords[i];
    if (!(k->place & place) || !(k->next & next) || !word_is(t, k->word)) continue;
    *kind = k->kind;
    return k->words;
  }
  if (!currency_place(c) || !currency_known(t->name)) return 0;
  *kind = TOK_CURRENCY_CODE;
  return 1;
}

/* The first `else` at the depth of an `if … then` belongs to that `if`; others are operators. */
static int else_kind(struct classifier *c) {
  while (c->ifs.n && c->ifs.v[c->ifs.n - 1].paren > c->paren) c->ifs.n--;
  const struct open_if *last = c->ifs.n ? &c->ifs.v[c->ifs.n - 1] : NULL;
  if (!last || last->paren != c->paren || !last->then) return TOK_ELSE;
  c->ifs.n--;
  return TOK_IF_ELSE;
}

static void follow_ifs(struct classifier *c, struct token *t) {
  struct open_if fresh = {.paren = c->paren};
  if (t->kind == TOK_IF)
    VEC_PUSH(c->arena, &c->ifs, fresh);
  else if (t->kind == TOK_THEN && c->ifs.n)
    c->ifs.v[c->ifs.n - 1].then = true;
  else if (t->kind == TOK_ELSE)
    t->kind = else_kind(c);
}

struct lines {
  struct arena *arena; /* of the lists */
  struct arena *names;
  struct diags *diags;
  const struct tokens *raw;
  VEC(struct token) clause; /* the clause being gathered */
  VEC(struct token) open;   /* its open parentheses */
  struct tokens *out;
  int head; /* the keyword of the header above: `given person "ann"` of a test is no attribute */
  bool clauses; /* lines are clauses; false: one expression */
};

/* Decides the kinds of the clause that was gathered, with its NEWLINE last; appends to out. */
static void classify(struct lines *l, bool clause) {
  struct arena *a = l->arena;
  struct token *t = l->clause.v;
  struct tokens *out = l->out;
  size_t n = l->clause.n;
  struct classifier c = {.arena = a, .prev = TOK_NEWLINE};
  bool in_list = false;
  for (size_t i = 0; i < n;) {
    struct token k = t[i];
    size_t len = 1;
    if (i == 0 && clause) {
      k.kind = first_kind(t, n);
      if (k.kind == TOK_ATTR && l->head == TOK_K_TEST && word_is(t, "given")) k.kind = TOK_K_GIVEN;
      if (is_header_keyword(k.kind)) l->head = k.kind;
      c.clause = k.kind;
      bool ends = k.kind == TOK_K_CLEAR || k.kind == TOK_K_SETTLED || k.kind == TOK_K_LEFT;
      if (ends && n > 1 && word_is(&t[1], "when")) len = 2;
      if (k.kind == TOK_K_IFROW) len = 3;
    }
    if (k.kind == TOK_NAME) {
      size_t words = contextual_keyword(&c, &t[i], n - i, &k.kind);
      if (words) len = words;
    }
    if (c.prev == TOK_OF && c.prev2 == TOK_ONE) in_list = true;
    if (k.kind == TOK_COMMA && in_list && i + 1 < n && is_literal(t[i + 1].kind))
      k.kind = TOK_LIST_COMMA;
    else if (!is_literal(k.kind) && k.kind != TOK_OF)
      in_list = in_list && k.kind == TOK_MINUS;
    if (k.kind == TOK_IF || k.kind == TOK_THEN || k.kind == TOK_ELSE) follow_ifs(&c, &k);
    if (k.kind == TOK_LPAREN) c.paren++;
    if (k.kind == TOK_RPAREN) c.paren--;
    /* a step says by whom and by when, as an action does */
    if (k.kind == TOK_ARROW || k.kind == TOK_K_STEP) c.arrow = true;
    k.end = t[i + len - 1].end;
    if ((k.kind == TOK_UNIT || k.kind == TOK_PERIOD_OF) && len == 2)
      k.name = intern(l->names, arena_printf(a, "fiscal %s", t[i + 1].name));
    if (k.kind == TOK_EACH_UNIT)
      k.name =
          len == 2 ? t[i + 1].name : intern(l->names, arena_printf(a, "fiscal %s", t[i + 2].name));
    if (k.kind == TOK_PER) k.name = t[i + 1].name;
    if (k.kind == TOK_SPAN_UNIT && len == 2) k.name = intern(l->names, "business days");
    VEC_PUSH(a, &out->list, k);
    c.prev3 = c.prev2;
    c.prev2 = c.prev;
    c.prev = k.kind;
    i += len;
  }
}

/* ---- lines ---------------------------------------------------------------------------- */

/* A line that begins with this goes on from the one before. */
static bool goes_on_with(const struct token *t) {
  return connector(t->kind)->begins || word_is(t, "by") || word_is(t, "because");
}

/* Writes the closers that are missing before the byte at; one message for all of them. */
static void close_open(struct lines *l, uint32_t at) {
  size_t missing = l->open.n;
  if (!missing) return;
  if (missing <= PAREN_MAX) { /* of more it was reported that they are too many */
    struct span s = token_span(l->raw, &l->open.v[0]);
    struct diag *d =
        diag_add(l->diags, V0110, s, "%s",
                 missing == 1 ? "this parenthesis is never closed"
                              : "several parentheses are never closed; this is the first");
    diag_help(l->diags, d, "write the missing `)` where the group ends");
  }
  for (; l->open.n; l->open.n--) {
    struct token closer = {.kind = TOK_RPAREN, .at = at, .end = at};
    if (l->open.n <= PAREN_MAX) VEC_PUSH(l->arena, &l->clause, closer);
  }
}

static void end_clause(struct lines *l, uint32_t at) {
  close_open(l, at);
  if (!l->clause.n) return;
  if (l->clause.n > CLAUSE_MAX_TOKENS) {
    struct span s = token_span(l->raw, &l->clause.v[0]);
    struct diag *d = diag_add(l->diags, V0112, s, "this clause has more than %d words and signs",
                              CLAUSE_MAX_TOKENS);
    diag_help(l->diags, d,
              "split it: give its parts names with `kpi`, `segment` or a computed attribute");
    l->clause.n = 0;
    return;
  }
  struct token nl = {.kind = TOK_NEWLINE, .at = at, .end = at};
  VEC_PUSH(l->arena, &l->clause, nl);
  classify(l, l->clauses);
  l->clause.n = 0;
}

/* Does the line of significant tokens from t begin a clause of its own, even inside a parenthesis
 * that someone forgot to close? */
static bool begins_clause(const struct token *t, size_t n) {
  int k = first_kind(t, n);
  return k != TOK_NAME && k != t->kind && k != TOK_K_IN && k != TOK_K_IFUNKNOWN && k != TOK_K_IFROW;
}

static void add_token(struct lines *l, const struct token *t) {
  struct span s = token_span(l->raw, t);
  if (t->kind == TOK_ARROW) close_open(l, t->at); /* no formula has an arrow inside */
  if (t->kind == TOK_LPAREN) {
    VEC_PUSH(l->arena, &l->open, *t);
    if (l->open.n == PAREN_MAX + 1) {
      struct diag *d =
          diag_add(l->diags, V0111, s, "parentheses are nested more than %d deep", PAREN_MAX);
      diag_help(l->diags, d,
                "give the inner part a name with `kpi`, `segment` or a computed attribute");
    }
    if (l->open.n > PAREN_MAX) return;
  }
  if (t->kind == TOK_RPAREN) {
    if (!l->open.n) {
      struct diag *d = diag_add(l->diags, V0110, s, "this `)` closes nothing");
      diag_help(l->diags, d, "remove it, or open the group with `(`");
      return;
    }
    if (l->open.n-- > PAREN_MAX) return;
  }
  VEC_PUSH(l->arena, &l->clause, *t);
}

/* True behind `==`: the message is about both. */
static void tame_truth(const struct token *before, struct token *t) {
  if (t->kind != TOK_NAME || !t->name || !before || before->bad != BAD_DOUBLE_EQUAL) return;
  if (strcasecmp(t->name, "true") == 0) t->kind = TOK_TRUE;
  if (strcasecmp(t->name, "false") == 0) t->kind = TOK_FALSE;
}

/* Significant tokens of the raw list, misspellings reported and repaired; every line end kept as a
 * NEWLINE. */
static struct tokens *significant(struct arena *a, struct arena *names, const struct tokens *raw,
                                  bool clauses, struct diags *diags) {
  struct tokens *s = NEW(a, struct tokens);
  s->src = raw->src;
  size_t some = 2; /* the two ends, and what is no trivia; a sum of money may be two */
  for (size_t i = 0; i < raw->list.n; i++)
    some += raw->list.v[i].kind >= 0 || raw->list.v[i].kind == TRIVIA_LINE_END;
  VEC_RESERVE(a, &s->list, some);
  struct foreign_lines lines = {0};
  const struct token *before = NULL;
  bool large_told = false;
  spelling_check_blanks(raw, diags);
  for (size_t i = 0; i < raw->list.n; i++) {
    size_t line = clauses ? take_foreign_line(raw, i, &lines, s, diags) : 0;
    if (!line) line = yaml_heading(raw, i);
    if (!line) line = foreign_signs(raw, i, clauses, diags);
    if (!clauses && form_of_value(raw, i, diags)) break;
    if (line) {
      i += line - 1;
      continue;
    }
    struct token t = raw->list.v[i], currency;
    size_t taken = amount_as_written(raw, i, &t, &currency, diags);
    if (!taken) {
      currency.name = NULL;
      taken = foreign_word(raw, i, &t, diags);
    }
    if (taken) {
      VEC_PUSH(a, &s->list, t);
      if (currency.name) VEC_PUSH(a, &s->list, currency);
      i += taken - 1;
      continue;
    }
    if (t.bad)
      spelling_report(raw, i, &t, diags);
    else if (clauses)
      take_large_letters(raw, i, &t, &large_told, diags);
    tame_truth(before, &t);
    if (t.kind != TRIVIA_SPACE) before = &raw->list.v[i];
    if (t.name && t.kind == TOK_NAME && t.end - t.at > NAME_MAX_BYTES) {
      struct span at = token_span(raw, &t);
      at.end = at.at + 40;
      diag_help(diags,
                diag_add(diags, V0113, at, "this name is longer than %d bytes", NAME_MAX_BYTES),
                "use a shorter name");
      t.name = intern_n(names, t.name, 40);
    }
    if (t.kind == TRIVIA_LINE_END) t.kind = TOK_NEWLINE;
    if (t.kind >= 0) VEC_PUSH(a, &s->list, t);
  }
  struct token end = {.kind = TOK_NEWLINE, .at = raw->src->size, .end = raw->src->size};
  VEC_PUSH(a, &s->list, end);
  VEC_PUSH(a, &s->list, end);
  return s;
}

struct tokens *words_for_parser(struct arena *a, struct arena *names, const struct tokens *raw,
                                bool clauses, struct diags *diags) {
  struct tokens *s = significant(a, names, raw, clauses, diags);
  struct tokens *out = NEW(a, struct tokens);
  out->src = raw->src;
  VEC_RESERVE(a, &out->list, s->list.n + 2);
  struct lines l = {
      .arena = a, .names = names, .diags = diags, .raw = raw, .out = out, .clauses = clauses};
  for (size_t i = 0; i < s->list.n; i++) {
    const struct token *t = &s->list.v[i];
    if (t->kind != TOK_NEWLINE) {
      add_token(&l, t);
      continue;
    }
    uint32_t at = t->at;
    int blank_lines = 0;
    size_t j = i + 1;
    while (j < s->list.n && s->list.v[j].kind == TOK_NEWLINE) j++, blank_lines++;
    bool more = j < s->list.n;
    bool item = more && keyed_line_at(raw->src, s->list.v[j].at); /* - name: of a list in YAML */
    bool joined = more && l.clause.n && !item &&
                  (goes_on_with(&s->list.v[j]) || connector(l.clause.v[l.clause.n - 1].kind)->ends);
    bool inside = more && l.open.n && !begins_clause(&s->list.v[j], s->list.n - j);
    /* After a connector, a new clause shows that the connector is the slip: let the parser say so
     * there. */
    if (joined && l.clause.n && !goes_on_with(&s->list.v[j]) &&
        begins_clause(&s->list.v[j], s->list.n - j) && blank_lines)
      joined = false;
    if (!joined && !inside) end_clause(&l, at);
    i = j - 1;
  }
  end_clause(&l, raw->src->size);
  struct token end = {.kind = TOK_NEWLINE, .at = raw->src->size, .end = raw->src->size};
  VEC_PUSH(a, &out->list, end);
  return out;
}
