/* What has a name, and everywhere that it is named.
 *
 * Made with the analysis, by its thread. What the rule set resolved is taken from its terms; other
 * names (in tests, under a rule with a mistake) are what alone is called so, by what stands around
 * them. So a file that is half typed has most of its places. */
#ifndef VIGIE_EDITOR_SYMBOLS_H
#define VIGIE_EDITOR_SYMBOLS_H

#include "sema/ruleset.h"

enum symbol_kind {
#define SYMBOL(id, word, outline, completion) SYMBOL_##id,
#include "editor/symbol.def"
#undef SYMBOL
  SYMBOL_KINDS
};

struct symbol {
  enum symbol_kind kind;
  const char *name;
  const void *of; /* struct entity, attr, segment … of the rule set */
  struct span at; /* its name where it is declared */
};

struct occurrence {
  struct span at; /* the name alone */
  const struct symbol *of;
};

struct symbols {
  VEC(struct symbol *) all;
  VEC(struct occurrence) places; /* by source and place; declarations are among them */
};

struct symbol_words {
  const char *word;
  int outline, completion;
};
extern const struct symbol_words symbol_words[SYMBOL_KINDS];

struct symbols *symbols_of(struct ruleset *rs);
/* The name at a byte of a source, or that ends there; NULL: there is none. */
const struct occurrence *symbols_at(const struct symbols *s, const struct source *src, size_t at);
/* Does the name stand in the text as a word of its own? Then *out is the first such place, at or
 * behind `from`. */
bool span_of_word(struct span in, const char *word, uint32_t from, struct span *out);

#endif
