/* Clauses that begin with other words. In: the tokens of a line, and the header above it. Out: the
 * clause in words of rule files. The words are rows of opening.def. */
#include <string.h>
#include <strings.h>

#include "parse.h"
#include "syntax/mistake.h"
#include "syntax/parse_file.h"
#include "syntax/retell.h"
#include "syntax/told.h"
#include "syntax/words.h"

static const struct {
  uint64_t heads; /* bits of the clauses of their headers; 0: the line is a header */
  const char *words, *write;
} openings[] = {
#define IN(head) (UINT64_C(1) << (head))
#define RULE (IN(C_RULE) | IN(C_SENTENCE))
#define PLAYBOOK IN(C_PLAYBOOK)
#define TEAM IN(C_TEAM)
#define TEST IN(C_TEST)
#define THRESHOLD IN(C_THRESHOLD)
#define KPI IN(C_KPI)
#define TARGET IN(C_TARGET)
#define CALENDAR IN(C_CALENDAR)
#define ENTITY IN(C_ENTITY)
#define PROJECT IN(C_PROJECT)
#define TOP 0
#define OPENING(heads, words, write) {heads, words, write},
#include "syntax/opening.def"
#undef OPENING
};

/* Does the row speak of lines like this one, by the header above it? */
static bool opens_here(const struct mistake *m, size_t row) {
  if (!openings[row].heads) return !indented(m, m->first);
  enum clause_kind head = head_above(m->px);
  return head < CLAUSE_KINDS && (openings[row].heads & IN(head));
}

/* Has the rule that the line stands under its action already? Then its condition is over. */
static bool acts_above(const struct mistake *m) {
  const struct ast *ast = m->px->ast;
  for (size_t i = ast->clauses.n; i-- > 0 && !clause_is_head(ast->clauses.v[i]->kind);)
    if (ast->clauses.v[i]->actions) return true;
  return false;
}

const char *opening_written(struct mistake *m, const struct token *t, enum clause_kind head) {
  const struct token *best = t;
  const char *write = NULL;
  for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
    struct told x = {0};
    if (!(openings[i].heads & IN(head))) continue;
    const struct token *end = behind_words(m, t, openings[i].words, &x);
    if (!end || end <= best) continue;
    x.right = right_of(end, false);
    const char *text = retell(m->px->arena, openings[i].write, told_part, &(struct telling){m, &x});
    if (text && strncmp(text, "leave it out", 12) != 0) write = text, best = end;
  }
  return write;
}

/* `data` under a project is one, although it is read as a name where no file follows. */
static bool is_clause_word(const struct token *t) {
  for (const char *const *w = clause_words(); *w; w++)
    if (word_is(t, *w)) return true;
  return false;
}

/* The value in the place of $R or $D at the end of what a row says to write; NULL: it has more. */
static const char *with_value(struct arena *a, const char *write, const char *value) {
  size_t n = strlen(write);
  const char *sign = strchr(write, '$');
  if (!sign) return write;
  bool end = sign == write + n - 2 && (sign[1] == 'R' || sign[1] == 'D' || sign[1] == '1');
  return end ? arena_printf(a, "%.*s%s", (int)(n - 2), write, value) : NULL;
}

const char *opening_of_key(struct arena *a, enum clause_kind head, const char *key,
                           const char *value) {
  const char *whole = arena_printf(a, "%s %s", key, value);
  for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
    const char *said = openings[i].words, *sign = strchr(said, '$');
    if (head >= CLAUSE_KINDS || !(openings[i].heads & IN(head))) continue;
    size_t n = sign && sign > said ? (size_t)(sign - said) - 1 : strlen(said);
    bool length = sign && sign[1] == 'D' && !sign[2] && *value >= '0' && *value <= '9';
    bool same = n == strlen(key) && strncasecmp(said, key, n) == 0;
    if ((!same || (sign && !length)) && strcasecmp(said, whole) != 0) continue;
    const char *write = with_value(a, openings[i].write, value);
    if (write) return write;
  }
  return NULL;
}

/* What the row with the most words that begin the clause says to write, *end behind them; NULL:
 * none does. Of two with as many the first counts of which no part is missing. */
static const char *opening_of(struct mistake *m, const struct token **end) {
  const char *write = NULL;
  *end = m->first;
  for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
    struct told x = {0};
    if (!opens_here(m, i)) continue;
    const struct token *behind = behind_words(m, m->first, openings[i].words, &x);
    if (!behind || behind <= *end) continue;
    x.right = up_to_arrow(behind);
    const char *text = retell(m->px->arena, openings[i].write, told_part, &(struct telling){m, &x});
    if (text) write = text, *end = behind;
  }
  return write;
}

bool opens_in_prose(struct mistake *m) {
  const struct token *end;
  const char *write = opening_of(m, &end);
  if (!write) return false;
  m->at = places(m, m->first, up_to_arrow(end).to - 1);
  if (strncmp(write, "and ", 4) == 0 && acts_above(m) && condition_above(m))
    write =
        words(m, "leave it out; the condition becomes: when (%s) %s", condition_above(m), write);
  bool whole = strncmp(write, "leave it out", 12) == 0;
  if (whole) diags_drop_inside(m->px->diags, DIAG_COUNT, m->at); /* run daily at 9am */
  bool known = m->first->kind != TOK_NAME || is_clause_word(m->first);
  const char *said = span_text(m->px->arena, places(m, m->first, end - 1));
  return tell(m, known ? V0106 : V0118,
              words(m,
                    known ? "`%s` is written otherwise in rule files"
                          : "`%s` is not the beginning of a clause",
                    said),
              whole ? write : words(m, "write: %s", write));
}

int header_said(const char *word) {
  const char *said = english_word(word);
  for (size_t i = 0; !said && i < sizeof openings / sizeof *openings; i++) {
    size_t n = strcspn(openings[i].words, " ");
    bool same = strlen(word) == n && strncasecmp(openings[i].words, word, n) == 0;
    if (!openings[i].heads && same) said = openings[i].write;
  }
  char header[16] = "";
  size_t n = said ? strcspn(said, " ") : 0;
  if (!n || n >= sizeof header) return 0;
  memcpy(header, said, n);
  return header_word(header);
}

bool opening_in_prose(struct parse_state *px) {
  static const struct expected_words nothing;
  const struct token *list = px->words->list.v;
  struct mistake m = {
      .px = px, .expected = &nothing, .t = &list[px->at], .first = &list[px->clause_at]};
  m.prev = m.t > m.first ? m.t - 1 : NULL;
  m.next = m.t;
  return m.first->kind == TOK_NAME && opens_in_prose(&m);
}
