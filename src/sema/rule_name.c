/* Names of sentences and targets. In: a condition. Out: a name made of its words, that no other
 * rule has. */
#include <string.h>

#include "base/intern.h"
#include "base/text.h"
#include "sema/sema.h"

enum { NAME_OF_WORDS_BYTES = 72 };

/* Is this byte within a letter that an earlier one begins? */
static bool goes_on(unsigned char c) { return (c & 0xC0) == 0x80; }

/* renewal overdue and mrr > 0: "renewal_overdue_and_mrr". Numbers are left out, so that an edited
 * threshold keeps its items. The last letter is whole. */
static void name_tokens(const struct expr *e, char *out, size_t size) {
  const char *text = e->span.src->text;
  bool in_word = false, in_text = false;
  size_t n = 0;
  for (uint32_t i = e->span.at; i < e->span.end && n + 5 < size; i++) {
    unsigned char c = (unsigned char)text[i];
    if (n >= NAME_OF_WORDS_BYTES && !goes_on(c)) break;
    if (c == '"') in_text = !in_text;
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    bool digit = c >= '0' && c <= '9';
    if (digit && !in_word && !in_text) { /* a literal: over it and its suffix */
      while (i + 1 < e->span.end && strchr("0123456789.-%kMdwmoqybp", text[i + 1]) && text[i + 1])
        i++;
      char code[4] = "";
      if (i + 4 < e->span.end && text[i + 1] == ' ') memcpy(code, text + i + 2, 3);
      if (currency_known(code)) i += 4;
      continue;
    }
    if (letter || digit) {
      if (!in_word && n && out[n - 1] != '_') out[n++] = '_';
      out[n++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
      in_word = true;
    } else
      in_word = false;
  }
  out[n] = 0;
}

/* The first of stem, stem_2, stem_3, … that no rule has. Names do not go, so the numbers that were
 * tried for a stem need not be tried again. */
static const char *free_name(struct ruleset *rs, const char *stem) {
  const char *name = intern(rs->arena, stem);
  if (!map_get(&rs->rule_names, name)) return name;
  int *last = map_get(&rs->last_numbers, name);
  if (!last) {
    last = NEW(rs->arena, int);
    *last = 1;
    map_put(&rs->last_numbers, rs->arena, name, last);
  }
  do {
    name = intern(rs->arena, arena_printf(rs->arena, "%s_%d", stem, ++*last));
  } while (map_get(&rs->rule_names, name));
  return name;
}

const char *name_from_words(struct ruleset *rs, const struct expr *e, const char *prefix,
                            void *thing) {
  char words[96];
  name_tokens(e, words, sizeof words);
  const char *name =
      free_name(rs, arena_printf(rs->arena, "%s%s", prefix, *words ? words : "sentence"));
  map_put(&rs->rule_names, rs->arena, name, thing);
  return name;
}

const char *rule_rows(const struct rule *r, long n, struct arena *a) {
  if (r->entity) return counted_name(a, n, r->entity->name);
  return r->dims.n ? plural(n, "group", "groups") : plural(n, "company", "companies");
}

struct rule *rule_named(const struct ruleset *rs, const char *name) {
  for (size_t i = 0; i < rs->rules.n; i++)
    if (same_text(rs->rules.v[i]->name, name)) return rs->rules.v[i];
  return NULL;
}

bool is_named_rule(const struct ruleset *rs, const char *name) {
  const struct rule *r = map_get(&rs->rule_names, name);
  return r && r->named;
}
