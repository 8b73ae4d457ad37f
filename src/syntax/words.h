/* From raw tokens to what the parser eats.
 *
 * Drops trivia; ends clauses where lines end and joins continued lines; tells clause keywords,
 * contextual keywords and names apart by their neighbours; complains once of every misspelling
 * and repairs it, so that one slip costs one message. The result ends with a NEWLINE token. With
 * clauses = false the source is one expression, whose first word is no clause keyword. The list is
 * of a; names are interned in names, where those of the raw tokens are. */
#ifndef VIGIE_WORDS_H
#define VIGIE_WORDS_H

#include "base/diag.h"
#include "syntax/ast.h"
#include "syntax/token.h"

struct tokens *words_for_parser(struct arena *a, struct arena *names, const struct tokens *raw,
                                bool clauses, struct diags *diags);

/* The clause keywords, for did-you-mean; NULL-terminated. */
const char *const *clause_words(void);

/* The token of the header that the word begins; 0: none. */
int header_word(const char *word);
/* The token kind of the header (K_RULE, K_KPI …) that the word is a slip of, such as "treshold";
 * 0: of none. */
int misspelt_header(const char *word);
/* The same for a word of another language: seuil, metric. It stands in mistakes_opening.c. */
int header_said(const char *word);
/* What `key: value` under such a header is here, by opening.def: "when …" of a trigger, "leave it
 * out …"; NULL: no row has the key. It stands in mistakes_opening.c. */
const char *opening_of_key(struct arena *a, enum clause_kind head, const char *key,
                           const char *value);
/* How the clause is written that begins with the keyword of this token; NULL: it is a formula, or
 * none. */
const char *clause_example(int kind);
/* The clause that begins with the keyword of this token; CLAUSE_KINDS: it is none. */
enum clause_kind clause_of_keyword(int kind);
/* Does this token begin an item? */
bool is_header_keyword(int kind);

#endif
