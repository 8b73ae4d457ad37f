/* Words of a state that a shell may offer. In: an open state. Out: numbers, people, teams or rules,
 * with what a person knows them by. */
#include "action/sql.h"
#include "action/state_db.h"
#include "base/check.h"
#include "base/limits.h"
#include "base/vec.h"

/* By enum state_words; ?1: how many at most. */
static const char *const queries[STATE_WORDS] = {[WORDS_OPEN] = SQL_WORDS_OPEN,
                                                 [WORDS_CLOSED] = SQL_WORDS_CLOSED,
                                                 [WORDS_PEOPLE] = SQL_WORDS_PEOPLE,
                                                 [WORDS_TEAMS] = SQL_WORDS_TEAMS,
                                                 [WORDS_RULES] = SQL_WORDS_RULES};

static const char *text_or_none(struct state *s, struct statement *st, int at) {
  const char *text = column_text(st, at);
  return arena_strdup(s->a, text ? text : "");
}

bool state_words(struct state *s, enum state_words of, const struct state_word **out, size_t *n,
                 struct diags *problems) {
  VEC(struct state_word) list = {0};
  CHECK(of < STATE_WORDS);
  struct statement *st = state_prepare(s, queries[of], problems);
  if (!st) return false;
  bind_int(st, 1, WORDS_OFFERED);
  enum step is;
  while ((is = statement_step(st)) == STEP_ROW)
    VEC_PUSH(s->a, &list, ((struct state_word){text_or_none(s, st, 0), text_or_none(s, st, 1)}));
  statement_end(st);
  *out = list.v;
  *n = list.n;
  return is == STEP_DONE || state_fail(s, problems);
}
