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

static struct text_shift shift_to(const struct source *src, const struct document *d) {
  return text_shift_of(src->text, src->size, d->text.text, d->text.size);
}

bool place_is_read(const struct document *d, const json_t *params) {
  const struct source *src = analysis_source(d->policy->now, d->id);
  size_t at, first, last;
  if (!src || !lines_offset(&d->text, json_object_get(params, "position"), &at)) return false;
  struct text_shift s = shift_to(src, d);
  size_t line = lines_line(&d->text, at), begin = d->text.starts[line];
  return text_shift_back(&s, begin, &first) &&
         text_shift_back(&s, lines_end(&d->text, line), &last) &&
         last - first == lines_end(&d->text, line) - begin;
}

const struct occurrence *asked_name(struct asked *q) {
  size_t at;
  if (!asked_at(q, &at)) return NULL;
  const struct source *src = analysis_source(q->now, q->doc->id);
  if (!src) return NULL;
  struct text_shift s = shift_to(src, q->doc);
  return text_shift_back(&s, at, &at) ? symbols_at(q->now->symbols, src, at) : NULL;
}

json_t *place_range(struct place_list *l, struct span at) {
  if (l->src != at.src) {
    const struct document *d = editor_document_by_id(l->q->e, l->q->now->ids[at.src->order]);
    l->src = at.src;
    l->lines = d ? d->text : lines_of_source(l->q->a, at.src);
    l->shift = text_shift_of(at.src->text, at.src->size, l->lines.text, l->lines.size);
  }
  return range_json(&l->lines, text_shift_on(&l->shift, at.at), text_shift_on(&l->shift, at.end));
}
