/* In: the text behind --fail-if. Out: its parts: words, a sign, a limit. */
#include "action/gate_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

bool is_worth_of_rules(const struct ruleset *rs, const char *name, const char *entity) {
  for (size_t i = 0; i < rs->rules.n; i++) {
    const struct measure *m = &rs->rules.v[i]->measure;
    if (m->name && strcmp(m->name, name) == 0 && (!entity || strcmp(m->entity, entity) == 0))
      return true;
  }
  return false;
}

/* In which currencies the worth is, of rules that say so: "EUR, USD". any: a rule finds its own, or
 * says none. */
static const char *currencies_of(const struct ruleset *rs, const char *name, const char *entity,
                                 const char *currency, bool *any, struct arena *a) {
  const char *list = "";
  for (size_t i = 0; i < rs->rules.n; i++) {
    const struct rule *r = rs->rules.v[i];
    if (!same_text(r->measure.name, name) || (entity && strcmp(r->measure.entity, entity) != 0))
      continue;
    const char *c = r->worth->type.currency;
    *any |= !c || c == CURRENCY_OWN || same_text(c, currency);
    if (c && c != CURRENCY_OWN && !strstr(list, c))
      list = arena_printf(a, "%s%s%s", list, *list ? ", " : "", c);
  }
  return list;
}

bool gate_can_be_in(const struct gate_text *g, const struct ruleset *rs, const char *name,
                    const char *entity, struct diags *problems) {
  bool any = false;
  const char *in = currencies_of(rs, name, entity, g->currency, &any, problems->arena);
  return any ||
         diag_fail(problems, V0704,
                   "--fail-if: no rule has a worth %s in %s, it is in %s: \"%s\" would never fail",
                   name, g->currency, in, g->text);
}

/* "50", "1,204,310", "3M EUR", "200k". False: it is no number, or something stands behind it. */
static bool read_limit(const char *text, double *limit, const char **currency, struct arena *a) {
  char *digits = arena_strdup(a, text), *end;
  size_t n = 0, at = strspn(text, "0123456789,.");
  for (size_t i = 0; i < at; i++)
    if (text[i] != ',') digits[n++] = text[i];
  digits[n] = 0;
  *limit = strtod(digits, &end);
  if (!n || *end) return false;
  const double scale = text[at] == 'k' ? 1e3 : text[at] == 'M' ? 1e6 : text[at] == 'B' ? 1e9 : 1;
  *limit *= scale;
  at += scale > 1;
  at += strspn(text + at, " ");
  *currency = NULL;
  if (!text[at]) return true;
  *currency = currency_from_code(text + at, strlen(text + at));
  return *currency != NULL;
}

static size_t words_of(char *text, const char **out) {
  size_t n = 0;
  for (char *save, *w = strtok_r(text, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
    if (n == GATE_WORDS_MAX) return 0;
    out[n++] = w;
  }
  return n;
}

static struct gate_text read_one(const char *text, struct arena *a) {
  struct gate_text g = {.text = text};
  size_t sign = strcspn(text, "<>=");
  const char *rest = text + sign;
  if (*rest != '>') return g;
  g.or_equal = rest[1] == '=';
  rest += 1 + g.or_equal;
  rest += strspn(rest, " ");
  g.n_words = words_of(arena_strndup(a, text, sign), g.words);
  g.has_limit = read_limit(rest, &g.limit, &g.currency, a);
  return g;
}

/* A comma ends a gate, unless a digit follows: it groups digits. */
static size_t gate_length(const char *text) {
  size_t n = strcspn(text, ",");
  while (text[n] && isdigit((unsigned char)text[n + 1])) n += 1 + strcspn(text + n + 1, ",");
  return n;
}

gate_texts gate_texts_read(const char *text, struct arena *a) {
  gate_texts out = {0};
  while (true) {
    size_t n = gate_length(text), first = strspn(text, " "), last = n;
    while (last > first && text[last - 1] == ' ') last--;
    struct gate_text g =
        read_one(first < last ? arena_strndup(a, text + first, last - first) : "", a);
    VEC_PUSH(a, &out, g);
    if (!text[n]) return out;
    text += n + 1;
  }
}
