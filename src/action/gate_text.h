/* What stands behind --fail-if, read: "opened > 50, arr of account > 3M EUR". What may be counted
 * is the command's matter. */
#ifndef VIGIE_GATE_TEXT_H
#define VIGIE_GATE_TEXT_H

#include "base/vec.h"
#include "sema/ruleset.h"

enum { GATE_WORDS_MAX = 4 };

/* SUBJECT > NUMBER, or SUBJECT >= NUMBER. */
struct gate_text {
  const char *text; /* all of it, without blanks around */
  /* the words before the sign; n_words 0: none, or more than a subject has, or there is no sign */
  const char *words[GATE_WORDS_MAX];
  size_t n_words;
  bool or_equal;        /* >= */
  bool has_limit;       /* false: what stands behind the sign is no number */
  double limit;         /* 1,204,310, 200k, 3M */
  const char *currency; /* of the limit; NULL: none */
};
typedef VEC(struct gate_text) gate_texts;

/* One for each part between commas (one before a digit groups digits); in the arena. */
gate_texts gate_texts_read(const char *text, struct arena *a);

/* Has a rule this worth, of rows of the entity? NULL: of any. */
bool is_worth_of_rules(const struct ruleset *rs, const char *name, const char *entity);
/* Can this worth of the rules be in the currency of the gate? False: a message, for the gate would
 * never fail. */
bool gate_can_be_in(const struct gate_text *g, const struct ruleset *rs, const char *name,
                    const char *entity, struct diags *problems);

#endif
