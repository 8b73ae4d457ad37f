/* In: a few letters. Out: what has such a name, in all files. */
#include <string.h>

#include "base/text.h"
#include "editor/naming.h"

enum { NAMES_LISTED = 500 }; /* an editor asks again with each letter */

static json_t *found(struct place_list *l, const struct symbol *s) {
  const char *uri = source_uri(l->q->e, l->q->now, s->at.src, l->q->a);
  if (!uri) return NULL;
  return json_pack("{s:s, s:i, s:{s:s, s:o}, s:s}", "name", s->name, "kind",
                   symbol_words[s->kind].outline, "location", "uri", uri, "range",
                   place_range(l, s->at), "containerName", symbol_words[s->kind].word);
}

static void add_found(struct asked *q, const char *part, json_t *out) {
  struct place_list l = {.q = q};
  const struct symbols *all = q->now->symbols;
  for (size_t i = 0; i < all->all.n && json_array_size(out) < NAMES_LISTED; i++)
    if (strstr(text_folded(q->a, all->all.v[i]->name), part))
      json_array_append_new(out, found(&l, all->all.v[i]));
}

json_t *answer_names(struct asked *q) {
  const char *part = json_string_value(json_object_get(q->params, "query"));
  json_t *out = json_array();
  for (size_t i = 0; i < q->e->policies.n; i++) {
    q->now = q->e->policies.v[i]->now;
    if (q->now && q->now->rs) add_found(q, text_folded(q->a, part ? part : ""), out);
  }
  return out;
}
