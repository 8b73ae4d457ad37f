/* What the files of the messages for syntax errors share; others see build.h. A pattern looks at
 * the unexpected token and its neighbours; when it knows the slip it tells it and returns true. */
#ifndef VIGIE_MISTAKE_H
#define VIGIE_MISTAKE_H

#include "syntax/build.h"

struct mistake {
  struct parse_state *px;
  const struct expected_words *expected;
  const struct token *t;     /* the unexpected token */
  const struct token *prev;  /* the one before it in its clause, or NULL */
  const struct token *next;  /* never NULL: a clause ends with NEWLINE */
  const struct token *first; /* of the clause */
  struct span at;
};

typedef bool (*mistake_pattern)(struct mistake *);
/* mistakes_check.c: checks of the company; NULL-terminated */
extern const mistake_pattern check_patterns[];
/* mistakes_speech.c: many rows, other rules and examples in words; NULL-terminated */
extern const mistake_pattern speech_patterns[];
/* mistakes_joint.c: commas, arrows and words between the parts of a line; NULL-terminated */
extern const mistake_pattern joint_patterns[];
/* mistakes_form.c: lines in the words and the order of another form; NULL-terminated */
extern const mistake_pattern form_patterns[];
/* mistakes_branch.c: else, a choice of teams, what is left out; NULL-terminated */
extern const mistake_pattern branch_patterns[];
/* mistakes_action.c: actions, and who acts; NULL-terminated */
extern const mistake_pattern action_patterns[];
/* mistakes_clause.c: headers, attributes, other clauses; NULL-terminated */
extern const mistake_pattern clause_patterns[];
/* mistakes_translate.c: sentences of speech and of other languages; NULL-terminated */
extern const mistake_pattern prose_patterns[];
/* mistakes_rows.c: rows and values that are named as in speech; NULL-terminated */
extern const mistake_pattern row_patterns[];
/* mistakes_line.c: lines as other languages and forms have them; NULL-terminated */
extern const mistake_pattern line_patterns[];
/* mistakes_call.c: calls and questions of programming languages; NULL-terminated */
extern const mistake_pattern call_patterns[];
/* mistakes_sql.c: questions of databases inside a line; NULL-terminated */
extern const mistake_pattern sql_patterns[];
/* mistakes_day.c: days and periods in words; NULL-terminated */
extern const mistake_pattern day_patterns[];
/* mistakes_value.c: conditions and formulas; NULL-terminated */
extern const mistake_pattern value_patterns[];

const char *quote(struct parse_state *px, const struct token *t); /* its source text, shortened */
bool expects(const struct mistake *m, int kind);
/* Is it this word, and no text in quotes? */
bool word_is(const struct token *t, const char *w);
/* Is it one of the words of the list, which ends with NULL, in small or large letters, and no text
 * in quotes? */
bool said_one_of(const struct token *t, const char *const *list);
/* 2026-03-31 for 31 mars 2026 at t, *end behind it; NULL: no day with its year. */
const char *day_said(struct mistake *m, const struct token *t, const struct token **end);
/* 5d for 5d, 5 days, five days, 5 business days at t, *end behind it; NULL: no length. */
const char *length_said(struct mistake *m, const struct token *t, const struct token **end);
bool ends_clause(const struct token *t);
bool is_move(int kind);
bool is_do_word(int kind);
/* renewal_at_risk for "renewal at-risk": one word; my_name where there is none.
 * mistakes_action.c */
const char *name_of_words_in(struct mistake *m, const char *text);
/* The source text of the clause from the token on. */
const char *rest_from(struct mistake *m, const struct token *from);
/* A message and its help at m->at; returns true, so that a pattern can end with it. */
bool tell(struct mistake *m, enum diag_code code, const char *message, const char *help);
/* The same for words whose help sema may write anew: w->said is the message. */
bool tell_loose(struct mistake *m, enum diag_code code, const char *message, const char *help,
                struct loose_words w);
/* The tokens from `from` up to, not with, `to` as they are written here: 30 days as 30d, without
 * articles. */
const char *written_here(struct mistake *m, const struct token *from, const struct token *to);
/* The source text of the tokens from `from` up to, not with, `to`; "": there are none. */
const char *source_between(struct mistake *m, const struct token *from, const struct token *to);
/* The first word of the aggregate that m->t stands in; NULL when it stands in none. */
const struct token *aggregate_around(const struct mistake *m);
/* The `)` that goes with the `(` at open; NULL: the clause ends before. */
const struct token *closer_of(const struct token *open);
const struct token *last_of_clause(const struct token *t);
/* The clause under the header that begins at t, in words of opening.def, as it is written here;
 * NULL: no row has these words. */
const char *opening_written(struct mistake *m, const struct token *t, enum clause_kind head);
/* Does a row of prose.def say from there to the token, and with it? */
bool told_in_prose(struct mistake *m, const struct token *from, const struct token *t);
/* The condition of the rule that the line stands under; NULL: it has none yet. */
const char *condition_above(struct mistake *m);
/* What a word of a French policy is in English, "" where it falls away; NULL: it is none. */
const char *english_word(const char *word);
/* The entity of the rule, KPI or segment that the line stands in; "": none. mistakes_sql.c */
const char *rows_here(struct mistake *m);
/* Does the line of the token begin with blanks? */
bool indented(const struct mistake *m, const struct token *t);
/* "account" for accounts. */
const char *singular(struct mistake *m, const char *name);
const char *words(struct mistake *m, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
struct span place(const struct mistake *m, const struct token *t);
struct span places(const struct mistake *m, const struct token *a, const struct token *b);
/* The kind of the header that the clause stands under (a K_ENTITY's clause kind …); CLAUSE_KINDS:
 * none. */
enum clause_kind head_above(struct parse_state *px);

#endif
