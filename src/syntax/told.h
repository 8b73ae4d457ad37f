/* What a line says in words of a row of prose.def or opening.def, and its parts. For
 * mistakes_prose.c, which finds them, mistakes_opening.c and mistakes_translate.c. */
#ifndef VIGIE_TOLD_H
#define VIGIE_TOLD_H

#include "syntax/mistake.h"

/* Tokens from `from` up to, not with, `to`; empty when they are the same. */
struct stretch {
  const struct token *from, *to;
};

/* What a sentence is made of. */
struct told {
  struct stretch left, words, right, second, over, rest;
  const char *low, *high;                   /* of 10-20, which is one token; else NULL */
  const char *lasting;                      /* 2w of `for two weeks`; NULL: not said */
  struct stretch length;                    /* $D: one or two tokens */
  const struct token *name, *number, *text; /* $1, $N, $Q */
};

/* What a part is asked of. */
struct telling {
  struct mistake *m;
  const struct told *x;
};

/* The token behind the words of the pattern, which begin at t; NULL: they do not. */
const struct token *behind_words(struct mistake *m, const struct token *t, const char *p,
                                 struct told *out);
/* The value that begins at t, without articles; list: several, with commas between them. */
struct stretch right_of(const struct token *t, bool list);
/* Up to the arrow, or to the end of the clause. */
struct stretch up_to_arrow(const struct token *from);
/* What a sign of `write` stands for, in words for retell; ctx is a struct telling. NULL: the
 * sentence has no such part. */
const char *told_part(void *ctx, char sign);

/* mistakes_prose.c: the texts of tokens, and of sentences in them */

/* The token as it is written here, where a message would mend its spelling: its text else. */
const char *mended_spelling(struct mistake *m, const struct token *t);
/* Takes messages about the spelling of m->at back, which a whole line has told. */
void take_back_spelling(struct mistake *m);
const char *stretch_text(struct mistake *m, struct stretch s);
/* over 90 days, at the end of what is compared, becomes x->over. */
void split_off_length(struct mistake *m, struct told *x);
/* A row of prose.def; NULL behind the last one. */
struct sentence_row {
  const char *words, *write;
};
const struct sentence_row *sentence_row(size_t i);
bool said_in_prose(struct mistake *m);

/* mistakes_translate.c: is a word of it French, and no English one? And the stretch in English. */
bool stretch_is_foreign(struct stretch s);
const char *stretch_in_english(struct mistake *m, struct stretch line);

/* mistakes_opening.c: close when arr = 0; remind weekly: a clause that begins with other words */
bool opens_in_prose(struct mistake *m);

#endif
