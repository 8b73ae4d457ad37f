/* Lines and soft words. In: the lossless token list of a source. Out: the parser's tokens. */
#include "syntax/words.h"

#include <string.h>

#include "base/intern.h"
#include "base/unit.h"
#include "parse.h"
#include "base/suggest.h"
#include "syntax/ast.h"
#include "syntax/habits.h"
#include "syntax/spelling.h"

/* ---- the first word of a line --------------------------------------------------------- */

static const struct {
  const char *word;
  int kind;
} firsts[] = {
    {"language", TOK_K_LANGUAGE},
    {"use", TOK_K_USE},
    {"calendar", TOK_K_CALENDAR},
    {"entity", TOK_K_ENTITY},
    {"segment", TOK_K_SEGMENT},
    {"threshold", TOK_K_THRESHOLD},
    {"kpi", TOK_K_KPI},
    {"define", TOK_K_DEFINE},
    {"team", TOK_K_TEAM},
    {"rule", TOK_K_RULE},
    {"target", TOK_K_TARGET},
    {"test", TOK_K_TEST},
    {"fiscal", TOK_K_FISCAL},
    {"holidays", TOK_K_HOLIDAYS},
    {"currency", TOK_K_CURRENCY},
    {"time", TOK_K_TIME},
    {"key", TOK_K_KEY},
    {"label", TOK_K_LABEL},
    {"exists", TOK_K_EXISTS},
    {"belongs", TOK_K_BELONGS},
    {"at", TOK_K_AT},
    {"for", TOK_K_FOR},
    {"from", TOK_K_FROM},
    {"review", TOK_K_REVIEW},
    {"reviewed", TOK_K_REVIEWED},
    {"means", TOK_K_MEANS},
    {"owner", TOK_K_OWNER},
    {"strategic", TOK_K_STRATEGIC},
    {"leading", TOK_K_LEADING},
    {"lagging", TOK_K_LAGGING},
    {"better", TOK_K_BETTER},
    {"green", TOK_K_GREEN},
    {"amber", TOK_K_AMBER},
    {"red", TOK_K_RED},
    {"decides", TOK_K_DECIDES},
    {"assigns", TOK_K_ASSIGNS},
    {"capacity", TOK_K_CAPACITY},
    {"escalates", TOK_K_ESCALATES},
    {"when", TOK_K_WHEN},
    {"do", TOK_K_DO},
    {"priority", TOK_K_PRIORITY},
    {"worth", TOK_K_WORTH},
    {"once", TOK_K_ONCE},
    {"clear", TOK_K_CLEAR},
    {"escalate", TOK_K_ESCALATE},
    {"check", TOK_K_CHECK},
    {"on", TOK_K_ON},
    {"given", TOK_K_GIVEN},
    {"row", TOK_K_ROW},
    {"expect", TOK_K_EXPECT},
};
enum { N_FIRSTS = sizeof firsts / sizeof *firsts, N_HEADERS = 12 /* the first ones */ };

const char *const *clause_words(void) {
  static const char *words[N_FIRSTS + 1];
  for (size_t i = 0; i < N_FIRSTS; i++) words[i] = firsts[i].word;
  return words;
}

int misspelt_header(const char *word) {
  const char *near = suggest(word, clause_words(), N_FIRSTS);
  for (size_t i = 0; near && i < N_HEADERS; i++)
    if (firsts[i].word == near) return firsts[i].kind;
  return 0;
}

static bool word_is(const struct token *t, const char *w) {
  return t->name && t->kind == TOK_NAME && strcmp(t->name, w) == 0;
}

static bool is_band(int kind) {
  return kind == TOK_K_GREEN || kind == TOK_K_AMBER || kind == TOK_K_RED;
}

/* After a name these go on with an expression: `owner is unknown -> …` begins a sentence, not a
 * clause. */
static bool is_infix(int kind) {
  switch (kind) {
    case TOK_AND:
    case TOK_OR:
    case TOK_IS:
    case TOK_IN:
    case TOK_AGO:
    case TOK_ELSE:
    case TOK_WITHIN:
    case TOK_OVERDUE:
    case TOK_OLDER:
    case TOK_BEFORE:
    case TOK_AFTER:
    case TOK_DROP:
    case TOK_RISE:
    case TOK_CHANGE:
    case TOK_MATCHES:
    case TOK_EQ:
    case TOK_NE:
    case TOK_LT:
    case TOK_LE:
    case TOK_GT:
    case TOK_GE:
    case TOK_PLUS:
    case TOK_STAR:
    case TOK_SLASH:
    case TOK_DOT:
    case TOK_NOT: return true;
    default: return false;
  }
}

static bool declares(int kind) {
  return kind == TOK_K_KPI || kind == TOK_K_RULE || kind == TOK_K_TEAM || kind == TOK_K_SEGMENT ||
         kind == TOK_K_THRESHOLD || kind == TOK_K_ENTITY || kind == TOK_K_DEFINE;
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
  if (n < 2 || !is_infix(t[1].kind) || is_band(kind)) return false;
  /* `when in segment s`: a segment is not asked of a name, but of the row. */
  if (t[1].kind == TOK_IN && n > 2 && word_is(&t[2], "segment")) return false;
  /* `when not lost` is a clause; `stage not matches …` a sentence. */
  if (t[1].kind == TOK_NOT &&
      (n < 3 || (t[2].kind != TOK_IN && t[2].kind != TOK_MATCHES && !word_is(&t[2], "one"))))
    return false;
  if (kind == TOK_K_ESCALATE && t[1].kind == TOK_AFTER && n > 2 && t[2].kind == TOK_DURATION)
    return false;
  return !declares(kind) || has_arrow(t, n);
}

/* The clause word that token t is as the first of a line, or TOK_NAME, or TOK_ATTR. n tokens are
 * to be seen. */
static int first_kind(const struct token *t, size_t n) {
  if (t->kind == TOK_IN && n > 2 && word_is(&t[1], "percent") && t[2].kind == TOK_NEWLINE)
    return TOK_K_IN;
  if (t->kind == TOK_IN && n > 1 && t[1].kind == TOK_NAME && !word_is(&t[1], "segment"))
    return TOK_K_IN;
  if (t->kind == TOK_IF && n > 1 && t[1].kind == TOK_UNKNOWN) return TOK_K_IFUNKNOWN;
  if (t->kind != TOK_NAME) return t->kind;
  int kind = TOK_NAME;
  for (size_t i = 0; i < N_FIRSTS; i++)
    if (word_is(t, firsts[i].word)) kind = firsts[i].kind;
  bool from = n > 2 && word_is(&t[1], "from") && t[2].kind == TOK_STRING && kind != TOK_K_EXISTS &&
              kind != TOK_K_HOLIDAYS;
  if (from) return TOK_ATTR;
  if (n > 2 && t[1].kind == TOK_NAME &&
      (t[2].kind == TOK_STRING || (t[2].kind == TOK_NAME && n > 3 && word_is(&t[2], "history")))) {
    bool type = is_type(t[1].name);
    if (type || (kind == TOK_NAME && !habit_help(t[1].name))) return TOK_ATTR;
  }
  if (kind == TOK_NAME && n > 2 && t[1].kind == TOK_NAME && t[2].kind == TOK_EQ &&
      !is_type(t[1].name) && misspelt_header(t->name))
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

static bool any_word(const struct token *t, const char *const *list) {
  for (; *list; list++)
    if (word_is(t, *list)) return true;
  return false;
}

static const char *const unit_words[] = {"day", "week", "month", "quarter", "year", NULL};
static const char *const agg_words[] = {"sum", "avg", "min", "max", "median", "latest", NULL};

static bool unit_follows(const struct token *t, size_t n) {
  return n > 0 && (any_word(&t[0], unit_words) ||
                   (n > 1 && word_is(&t[0], "fiscal") && any_word(&t[1], unit_words)));
}

struct classifier {
  int prev;       /* the kind before, as decided */
  int prev_first; /* the kind of the clause's first token */
  bool arrow;     /* "->" was seen in this clause */
  int paren;
  struct {
    int paren;
    bool then;
  } ifs[64];
  int n_ifs;
};

/* How many tokens from t make one soft word; *kind is what it is. 0: a plain name. */
static size_t soft_word(const struct classifier *c, const struct token *t, size_t n, int *kind) {
  const struct token *next = n > 1 ? &t[1] : NULL;
  int after = next ? next->kind : TOK_NEWLINE;
  bool named = c->prev == TOK_K_KPI || c->prev == TOK_K_RULE || c->prev == TOK_K_TEAM ||
               c->prev == TOK_K_THRESHOLD || c->prev == TOK_K_SEGMENT || c->prev == TOK_K_DEFINE ||
               c->prev == TOK_K_ENTITY || c->prev == TOK_DOT;
  if (named) return 0;
#define IS(w) word_is(t, w)
#define AS(k, len) return *kind = (k), (size_t)(len)
  if (after == TOK_OF) {
    if (any_word(t, agg_words)) AS(TOK_AGG, 1);
    if (IS("count")) AS(TOK_COUNT, 1);
    if (IS("distinct")) AS(TOK_DISTINCT, 1);
    if (IS("share")) AS(TOK_SHARE, 1);
    if (IS("one")) AS(TOK_ONE, 1);
    if (IS("start")) AS(TOK_START, 1);
    if (IS("end")) AS(TOK_END, 1);
  }
  if (IS("count") && next && word_is(next, "distinct")) AS(TOK_COUNT, 1);
  if (IS("percentile") && after == TOK_NUMBER) AS(TOK_PERCENTILE, 1);
  if (IS("days") && next && word_is(next, "since")) AS(TOK_SINCE, 2);
  if (IS("days") && next && word_is(next, "until")) AS(TOK_UNTIL, 2);
  if (IS("segment") && c->prev == TOK_IN && after == TOK_NAME) AS(TOK_SEGMENT, 1);
  if (IS("than") && c->prev == TOK_OLDER) AS(TOK_THAN, 1);
  if (IS("every") && unit_follows(t + 1, n - 1)) AS(TOK_EVERY, 1);
  bool timely = after == TOK_DURATION || (next && unit_follows(next, n - 1)) ||
                (after == TOK_NAME && c->prev == TOK_IN);
  if (timely && IS("last")) AS(TOK_LAST, 1);
  if (timely && IS("next")) AS(TOK_NEXT, 1);
  if (timely && IS("this")) AS(TOK_THIS, 1);
  if (timely && IS("previous")) AS(TOK_PREVIOUS, 1);
  bool unit_place = c->prev == TOK_LAST || c->prev == TOK_NEXT || c->prev == TOK_THIS ||
                    c->prev == TOK_PREVIOUS || c->prev == TOK_EVERY || c->prev == TOK_OF;
  if (unit_place && c->prev != TOK_OF && unit_follows(t, n)) AS(TOK_UNIT, IS("fiscal") ? 2 : 1);
  if (IS("for") && next && word_is(next, "all")) AS(TOK_FOR_ALL, 2);
  if (IS("for") && next && word_is(next, "each")) AS(TOK_FOR_EACH, 2);
  if (IS("for")) AS(TOK_FOR, 1);
  if (IS("by")) AS(TOK_BY, 1);
  if (IS("from")) AS(TOK_FROM, 1);
  if (IS("because")) AS(TOK_BECAUSE, 1);
  /* After a name too, where a comma was forgotten: assign CS due 7d. */
  bool acts = c->prev == TOK_ARROW ||
              (c->arrow && (c->prev == TOK_COMMA || (c->prev == TOK_NAME && after != TOK_COMMA)));
  if (acts && IS("assign") && (after == TOK_NAME || after == TOK_STRING)) AS(TOK_ASSIGN, 1);
  if (acts && IS("due") && c->paren == 0 && c->prev != TOK_BEFORE && c->prev != TOK_AFTER)
    AS(TOK_DUE, 1);
  if (acts && c->prev == TOK_COMMA && IS("do") && after == TOK_STRING) AS(TOK_ACT_DO, 1);
  if (acts && c->prev == TOK_COMMA && IS("priority") && after == TOK_NAME) AS(TOK_ACT_PRIORITY, 1);
  if (acts && c->prev == TOK_COMMA && IS("worth")) AS(TOK_ACT_WORTH, 1);
  if (IS("due") && c->prev == TOK_AFTER && c->prev_first == TOK_K_ESCALATE) AS(TOK_DUE, 1);
  if (IS("no") && c->prev == TOK_K_EXPECT && after == TOK_NAME) AS(TOK_NO, 1);
  bool expected = c->prev_first == TOK_K_EXPECT &&
                  (c->prev == TOK_NAME || c->prev == TOK_STRING || c->prev == TOK_NOT);
  if (expected && IS("escalated")) AS(TOK_ESCALATED, 1);
  if (IS("exactly") && c->prev == TOK_K_EXPECT) AS(TOK_EXACTLY, 1);
  if ((c->prev == TOK_NUMBER || c->prev == TOK_K_CURRENCY ||
       (c->prev == TOK_NAME && c->prev_first == TOK_ATTR)) &&
      currency_known(t->name))
    AS(TOK_CURRENCY_CODE, 1);
#undef IS
#undef AS
  return 0;
}

/* The first `else` at the depth of an `if … then` belongs to that `if`; others are operators. */
static int else_kind(struct classifier *c) {
  while (c->n_ifs && c->ifs[c->n_ifs - 1].paren > c->paren) c->n_ifs--;
  if (!c->n_ifs || c->ifs[c->n_ifs - 1].paren != c->paren || !c->ifs[c->n_ifs - 1].then)
    return TOK_ELSE;
  c->n_ifs--;
  return TOK_IF_ELSE;
}

static void follow_ifs(struct classifier *c, struct token *t) {
  if (t->kind == TOK_IF && c->n_ifs < 64) {
    c->ifs[c->n_ifs].paren = c->paren;
    c->ifs[c->n_ifs++].then = false;
  } else if (t->kind == TOK_THEN && c->n_ifs) {
    c->ifs[c->n_ifs - 1].then = true;
  } else if (t->kind == TOK_ELSE) {
    t->kind = else_kind(c);
  }
}

/* Decides the kinds of one clause, t[0 .. n-1] with its NEWLINE last; appends to out. */
static void classify(struct arena *a, struct token *t, size_t n, bool clause, struct tokens *out) {
  struct classifier c = {.prev = TOK_NEWLINE};
  bool in_list = false;
  for (size_t i = 0; i < n;) {
    struct token k = t[i];
    size_t len = 1;
    if (i == 0 && clause) {
      k.kind = c.prev_first = first_kind(t, n);
      if (k.kind == TOK_K_CLEAR && n > 1 && word_is(&t[1], "when")) len = 2;
    }
    if (k.kind == TOK_NAME) {
      int soft;
      size_t m = soft_word(&c, &t[i], n - i, &soft);
      if (m) k.kind = soft, len = m;
    }
    if (c.prev == TOK_OF && out->list.n > 1) { /* start of quarter, end of fiscal year */
      int before = out->list.v[out->list.n - 2].kind;
      if ((before == TOK_START || before == TOK_END) && t[i].kind == TOK_NAME &&
          unit_follows(&t[i], n - i)) {
        k.kind = TOK_UNIT;
        len = word_is(&t[i], "fiscal") ? 2 : 1;
      }
      if (before == TOK_ONE) in_list = true;
    }
    if (k.kind == TOK_COMMA && in_list && i + 1 < n && is_literal(t[i + 1].kind))
      k.kind = TOK_LIST_COMMA;
    else if (!is_literal(k.kind) && k.kind != TOK_OF)
      in_list = in_list && k.kind == TOK_MINUS;
    if (k.kind == TOK_IF || k.kind == TOK_THEN || k.kind == TOK_ELSE) follow_ifs(&c, &k);
    if (k.kind == TOK_LPAREN) c.paren++;
    if (k.kind == TOK_RPAREN) c.paren--;
    if (k.kind == TOK_ARROW) c.arrow = true;
    k.end = t[i + len - 1].end;
    if (k.kind == TOK_UNIT && len == 2)
      k.name = intern(a, strcmp(t[i + 1].name, "year") == 0 ? "fiscal year" : "fiscal quarter");
    VEC_PUSH(a, &out->list, k);
    c.prev = k.kind;
    i += len;
  }
}

/* ---- lines ---------------------------------------------------------------------------- */

/* A line that ends with this goes on. */
static bool goes_on_after(int k) {
  switch (k) {
    case TOK_COMMA:
    case TOK_EQ:
    case TOK_NE:
    case TOK_LT:
    case TOK_LE:
    case TOK_GT:
    case TOK_GE:
    case TOK_PLUS:
    case TOK_MINUS:
    case TOK_STAR:
    case TOK_SLASH:
    case TOK_ARROW:
    case TOK_DOT:
    case TOK_AND:
    case TOK_OR:
    case TOK_NOT:
    case TOK_IS:
    case TOK_IN:
    case TOK_OF:
    case TOK_OVER:
    case TOK_WHERE:
    case TOK_ELSE:
    case TOK_WITHIN:
    case TOK_BEFORE:
    case TOK_AFTER:
    case TOK_MATCHES:
    case TOK_IF:
    case TOK_THEN:
    case TOK_OLDER: return true;
    default: return false;
  }
}

/* A line that begins with this goes on from the one before. */
static bool goes_on_with(const struct token *t) {
  switch (t->kind) {
    case TOK_AND:
    case TOK_OR:
    case TOK_ARROW:
    case TOK_COMMA:
    case TOK_ELSE:
    case TOK_WHERE:
    case TOK_OVER:
    case TOK_IS:
    case TOK_WITHIN:
    case TOK_MATCHES:
    case TOK_EQ:
    case TOK_NE:
    case TOK_LT:
    case TOK_LE:
    case TOK_GT:
    case TOK_GE:
    case TOK_PLUS:
    case TOK_MINUS:
    case TOK_STAR:
    case TOK_SLASH:
    case TOK_OF:
    case TOK_THEN:
    case TOK_AGO:
    case TOK_DROP:
    case TOK_RISE:
    case TOK_CHANGE:
    case TOK_OVERDUE:
    case TOK_OLDER:
    case TOK_BEFORE:
    case TOK_AFTER:
    case TOK_DOT:
    case TOK_RPAREN: return true;
    default: return word_is(t, "by") || word_is(t, "because");
  }
}

struct lines {
  struct arena *arena;
  struct diags *diags;
  const struct tokens *raw;
  VEC(struct token) clause; /* the clause being gathered */
  VEC(struct token) open;   /* its open parentheses */
  struct tokens *out;
  bool clauses; /* lines are clauses; false: one expression */
};

/* Writes the closers that are missing before the byte at; one message for all of them. */
static void close_open(struct lines *l, uint32_t at) {
  size_t missing = l->open.n;
  if (!missing) return;
  if (missing <= PAREN_MAX) { /* of more it was told that they are too many */
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
  classify(l->arena, l->clause.v, l->clause.n, l->clauses, l->out);
  l->clause.n = 0;
}

/* Does the line of significant tokens from t begin a clause of its own, even inside a parenthesis
 * that someone forgot to close? */
static bool begins_clause(const struct token *t, size_t n) {
  int k = first_kind(t, n);
  return k != TOK_NAME && k != t->kind && k != TOK_K_IN && k != TOK_K_IFUNKNOWN;
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

/* Significant tokens of the raw list, misspellings told and repaired; every line end kept as a
 * NEWLINE. */
static struct tokens *significant(struct arena *a, const struct tokens *raw, struct diags *diags) {
  struct tokens *s = NEW(a, struct tokens);
  s->src = raw->src;
  spelling_check_blanks(raw, diags);
  for (size_t i = 0; i < raw->list.n; i++) {
    struct token t = raw->list.v[i];
    if (t.bad) spelling_report(raw, i, &t, diags);
    if (t.name && t.kind == TOK_NAME && t.end - t.at > NAME_MAX_BYTES) {
      struct span at = token_span(raw, &t);
      at.end = at.at + 40;
      diag_help(diags,
                diag_add(diags, V0113, at, "this name is longer than %d bytes", NAME_MAX_BYTES),
                "use a shorter name");
      t.name = intern_n(a, t.name, 40);
    }
    if (t.kind == TRIVIA_LINE_END) t.kind = TOK_NEWLINE;
    if (t.kind >= 0) VEC_PUSH(a, &s->list, t);
  }
  struct token end = {.kind = TOK_NEWLINE, .at = raw->src->size, .end = raw->src->size};
  VEC_PUSH(a, &s->list, end);
  VEC_PUSH(a, &s->list, end);
  return s;
}

struct tokens *words_for_parser(struct arena *a, const struct tokens *raw, bool clauses,
                                struct diags *diags) {
  struct tokens *s = significant(a, raw, diags);
  struct tokens *out = NEW(a, struct tokens);
  out->src = raw->src;
  struct lines l = {.arena = a, .diags = diags, .raw = raw, .out = out, .clauses = clauses};
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
    bool joined = more && l.clause.n &&
                  (goes_on_with(&s->list.v[j]) || goes_on_after(l.clause.v[l.clause.n - 1].kind));
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
