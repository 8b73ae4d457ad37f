/* In: a status, a reply, an error. Out: the row of answer.def that it means, and its sentence. */
#include "deliver/answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/check.h"
#include "deliver/libcurl.h"

enum { OF_MESSAGE, OF_PLACE };

#define ROW(from, to, outcome, whose, sentence) {from, to, OUTCOME_##outcome, OF_##whose, sentence},

static const struct meaning FAULTS[] = {
#define FAULT(id, sentence) ROW(FAULT_##id, FAULT_##id, REFUSED, PLACE, sentence)
#include "deliver/answer_rows.h"
};
static const struct meaning STATUSES[] = {
#define HTTP(from, to, outcome, whose, sentence) ROW(from, to, outcome, whose, sentence)
#include "deliver/answer_rows.h"
};
static const struct meaning REPLIES[] = {
#define SMTP(from, to, outcome, whose, sentence) ROW(from, to, outcome, whose, sentence)
#include "deliver/answer_rows.h"
};
/* Nothing was sent, and it is mended by whoever runs the receiver, mostly within hours: the
 * messages wait for that, rather than for a person to send each of them again. */
static const struct meaning CERTIFICATES[] = {
#define CERTIFICATE(from, to, sentence) ROW(from, to, LATER, PLACE, sentence)
#include "deliver/answer_rows.h"
};
static const struct meaning FAILURES[] = {
#define FAILURE(from, to, outcome, whose, sentence) ROW(from, to, outcome, whose, sentence)
#include "deliver/answer_rows.h"
};

#define PART(rows) \
  { rows, sizeof(rows) / sizeof *(rows) }
static const struct {
  const struct meaning *rows;
  size_t n;
} PARTS[] = {[ANSWER_FAULT] = PART(FAULTS),
             [ANSWER_HTTP] = PART(STATUSES),
             [ANSWER_SMTP] = PART(REPLIES),
             [ANSWER_CERTIFICATE] = PART(CERTIFICATES),
             [ANSWER_FAILURE] = PART(FAILURES)};

const struct meaning *answer_meaning(enum answer_kind kind, long code) {
  CHECK((size_t)kind < sizeof PARTS / sizeof *PARTS);
  for (size_t i = 0; i < PARTS[kind].n; i++)
    if (code >= PARTS[kind].rows[i].from && code <= PARTS[kind].rows[i].to)
      return &PARTS[kind].rows[i];
  CHECK(kind != ANSWER_FAILURE);
  return answer_meaning(ANSWER_FAILURE, CURLE_WEIRD_SERVER_REPLY);
}

static void print_word(FILE *out, const char *name, size_t n, const struct answer_words *w) {
  const struct {
    const char *name, *text;
    long number;
  } WORDS[] = {{"place", w->place, 0}, {"host", w->host, 0},    {"to", w->to, 0},
               {"other", w->other, 0}, {"code", NULL, w->code}, {"seconds", NULL, w->seconds}};
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
    if (strlen(WORDS[i].name) != n || memcmp(WORDS[i].name, name, n) != 0) continue;
    if (i < 4)
      fputs(WORDS[i].text ? WORDS[i].text : "the receiver", out);
    else
      fprintf(out, "%ld", WORDS[i].number);
    return;
  }
  UNREACHABLE("a word of answer.def that nobody fills in");
}

const char *answer_sentence(struct arena *a, const char *sentence,
                            const struct answer_words *words) {
  char *text = NULL;
  size_t n = 0;
  FILE *out = open_memstream(&text, &n);
  CHECK(out);
  while (*sentence) {
    size_t plain = strcspn(sentence, "{");
    fwrite(sentence, 1, plain, out);
    sentence += plain;
    if (!*sentence) break;
    size_t name = strcspn(sentence + 1, "}");
    print_word(out, sentence + 1, name, words);
    sentence += name + 2;
  }
  fclose(out);
  const char *copy = arena_strndup(a, text, n);
  free(text);
  return copy;
}
