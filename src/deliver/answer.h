/* What an answer means for the message, and how people are told: the table is answer.def. */
#ifndef VIGIE_ANSWER_H
#define VIGIE_ANSWER_H

#include <stdbool.h>

struct arena;

enum outcome {
  OUTCOME_ACKNOWLEDGED, /* the receiver has it */
  OUTCOME_LATER,        /* the same bytes go again, by themselves */
  OUTCOME_REFUSED       /* a person has to change something first */
};

enum fault {
#define FAULT(id, sentence) FAULT_##id,
#include "deliver/answer_rows.h"
  FAULT_NONE
};

/* What an outcome is decided by. Each kind of answer is a part of answer.def. */
enum answer_kind { ANSWER_FAULT, ANSWER_HTTP, ANSWER_SMTP, ANSWER_CERTIFICATE, ANSWER_FAILURE };

struct meaning {
  int from, to;
  enum outcome outcome;
  bool of_place; /* every other message would fare the same there */
  const char *sentence;
};

/* The first row that fits. Never NULL: an answer that no row foresees is one to try again. */
const struct meaning *answer_meaning(enum answer_kind kind, long code);

/* What stands between { and } in a sentence. No secret is ever one of them. */
struct answer_words {
  const char *place, *host, *to, *other;
  long code, seconds;
};
/* The sentence with the words filled in, in the arena. */
const char *answer_sentence(struct arena *a, const char *sentence,
                            const struct answer_words *words);

#endif
