/* In: what check and lint found. Out: what the editor underlines. */
#include <string.h>

#include "editor/server.h"
#include "editor/uri.h"

static int severity(enum diag_level l) { return l == LEVEL_ERROR ? 1 : l == LEVEL_WARNING ? 2 : 3; }

static json_t *note_json(struct arena *a, const struct diag_note *n) {
  struct lines l = lines_of_source(a, n->span.src);
  return json_pack("{s:{s:s, s:o}, s:s}", "location", "uri", uri_of_path(a, n->span.src->path),
                   "range", range_json(&l, n->span.at, n->span.end), "message", n->text);
}

json_t *underline_json(const struct lines *lines, struct span at, int how, const char *code,
                       const char *message) {
  return json_pack("{s:o, s:i, s:s, s:s, s:s}", "range", range_json(lines, at.at, at.end),
                   "severity", how, "code", code, "source", "vigie", "message", message);
}

json_t *diagnostic_json(struct arena *a, const struct lines *lines, const struct diag *d) {
  const char *help = d->help ? arena_printf(a, "\n%s", d->help) : "";
  json_t *notes = json_array();
  for (size_t i = 0; i < d->notes.n; i++)
    if (d->notes.v[i].span.src && *d->notes.v[i].span.src->path == '/')
      json_array_append_new(notes, note_json(a, &d->notes.v[i]));
  json_t *out = underline_json(lines, d->span, severity(d->kind->level), d->kind->code,
                               arena_join(a, d->message, help, ""));
  if (json_array_size(notes)) json_object_set(out, "relatedInformation", notes);
  json_decref(notes);
  return out;
}

static const char *uri_of_source(const struct editor *e, const struct analysis *x, size_t i,
                                 struct arena *a) {
  const struct document *d = editor_document_by_id(e, x->ids[i]);
  return d ? d->uri : uri_of_path(a, x->rs->sources.v[i]->path);
}

static bool is_a_file(const struct editor *e, const struct analysis *x, size_t i) {
  return *x->ids[i] == '/' || editor_document_by_id(e, x->ids[i]);
}

/* uri -> diagnostics, of all files that the analysis has read. */
static json_t *collect(const struct editor *e, const struct policy *p, struct arena *a) {
  json_t *all = json_object();
  const struct analysis *x = p->now;
  if (!x || !x->rs) return all;
  diags_sort(&x->rs->diags);
  for (size_t i = 0; i < x->rs->sources.n; i++) {
    json_t *of_file = json_array();
    struct lines lines = lines_of_source(a, x->rs->sources.v[i]);
    for (size_t k = 0; k < x->rs->diags.list.n; k++)
      if (x->rs->diags.list.v[k]->span.src == x->rs->sources.v[i])
        json_array_append_new(of_file, diagnostic_json(a, &lines, x->rs->diags.list.v[k]));
    json_array_extend(of_file, json_object_get(p->findings, x->ids[i]));
    json_array_extend(of_file, json_object_get(json_object_get(p->figures, "misfits"), x->ids[i]));
    if (is_a_file(e, x, i)) json_object_set(all, uri_of_source(e, x, i, a), of_file);
    json_decref(of_file);
  }
  return all;
}

static void publish(struct editor *e, const char *uri, json_t *diagnostics) {
  const struct document *d = editor_document(e, uri);
  json_t *params = json_pack("{s:s, s:O}", "uri", uri, "diagnostics", diagnostics);
  if (d) json_object_set_new(params, "version", json_integer(d->version));
  editor_notify(e, "textDocument/publishDiagnostics", params);
}

void diagnostics_publish(struct editor *e, struct policy *p) {
  struct arena *a = arena_new();
  json_t *now = collect(e, p, a), *none = json_array(), *value;
  const char *uri;
  json_object_foreach(now, uri, value) {
    json_t *before = json_object_get(p->published, uri);
    if (before ? !json_equal(before, value) : json_array_size(value) || editor_document(e, uri))
      publish(e, uri, value);
  }
  json_object_foreach(p->published, uri, value) if (!json_object_get(now, uri) &&
                                                    json_array_size(value)) publish(e, uri, none);
  json_decref(none);
  json_decref(p->published);
  p->published = now;
  arena_free(a);
}
