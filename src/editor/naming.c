/* In: a request. Out: the name that it is about. */
#include "editor/naming.h"

#include <string.h>

#include "editor/uri.h"

struct source *analysis_source(const struct analysis *x, const char *id) {
  for (size_t i = 0; x && x->rs && i < x->rs->sources.n; i++)
    if (strcmp(x->ids[i], id) == 0) return x->rs->sources.v[i];
  return NULL;
}

const char *source_uri(const struct editor *e, const struct analysis *x, const struct source *src,
                       struct arena *a) {
  const char *id = x->ids[src->order];
  const struct document *d = editor_document_by_id(e, id);
  if (d) return d->uri;
  return *id == '/' ? uri_of_path(a, src->path) : NULL;
}

const struct occurrence *asked_name(struct asked *q) {
  size_t at;
  if (!asked_at(q, &at)) return NULL;
  const struct source *src = analysis_source(q->now, q->doc->id);
  return src ? symbols_at(q->now->symbols, src, at) : NULL;
}

json_t *place_range(struct place_list *l, struct span at) {
  if (l->src != at.src) {
    l->src = at.src;
    l->lines = lines_of_source(l->q->a, at.src);
  }
  return range_json(&l->lines, at.at, at.end);
}
