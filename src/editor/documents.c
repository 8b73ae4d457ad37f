/* In: what becomes of files in the editor. Out: the texts that are open, each with its policy. */
#include <string.h>

#include "base/clock.h"
#include "editor/server.h"

struct document *editor_document(const struct editor *e, const char *uri) {
  for (size_t i = 0; i < e->docs.n; i++)
    if (strcmp(e->docs.v[i]->uri, uri) == 0) return e->docs.v[i];
  return NULL;
}

struct document *editor_document_by_id(const struct editor *e, const char *id) {
  for (size_t i = 0; i < e->docs.n; i++)
    if (strcmp(e->docs.v[i]->id, id) == 0) return e->docs.v[i];
  return NULL;
}

static bool reads_file(const struct policy *p, const char *id) {
  for (size_t i = 0; p->now && p->now->rs && i < p->now->rs->sources.n; i++)
    if (strcmp(p->now->ids[i], id) == 0) return true;
  return false;
}

static struct policy *policy_for(struct editor *e, const struct document *d) {
  const char *at;
  enum policy_kind kind = policy_of_path(d->path, &e->roots, &e->given, e->own, &at);
  for (size_t i = 0; i < e->policies.n; i++) {
    struct policy *p = e->policies.v[i];
    bool same = p->kind == kind && strcmp(p->at, at) == 0;
    if (same || (kind == POLICY_FILE && p->kind != kind && reads_file(p, d->id))) return p;
  }
  struct policy *p = policy_new(kind, at);
  if (kind == POLICY_GIVEN) p->given = e->given;
  VEC_PUSH(e->own, &e->policies, p);
  return p;
}

static void drop(struct editor *e, struct document *d) {
  for (size_t i = 0; i < e->docs.n; i++)
    if (e->docs.v[i] == d) e->docs.v[i] = e->docs.v[--e->docs.n];
  policy_edited(d->policy);
  document_free(d);
}

json_t *take_open(struct asked *q) {
  const json_t *is = json_object_get(q->params, "textDocument"),
               *text = json_object_get(is, "text");
  const char *uri = json_string_value(json_object_get(is, "uri"));
  if (!uri || !json_is_string(text)) return NULL;
  if (q->doc) drop(q->e, q->doc); /* opened twice */
  struct document *d = document_new(uri, json_string_value(text), json_string_length(text));
  d->version = json_integer_value(json_object_get(is, "version"));
  VEC_PUSH(q->e->own, &q->e->docs, d);
  d->stamp = ++q->e->stamp;
  d->policy = policy_for(q->e, d);
  policy_edited(d->policy);
  return NULL;
}

json_t *take_change(struct asked *q) {
  if (!q->doc) return NULL;
  document_change(q->doc, json_object_get(q->params, "contentChanges"));
  q->doc->version =
      json_integer_value(json_object_get(json_object_get(q->params, "textDocument"), "version"));
  q->doc->stamp = ++q->e->stamp;
  json_object_del(q->doc->policy->findings, q->doc->id);
  json_object_del(json_object_get(q->doc->policy->figures, "misfits"), q->doc->id);
  policy_edited(q->doc->policy);
  return NULL;
}

json_t *take_save(struct asked *q) {
  if (!q->doc) return NULL;
  policy_edited(q->doc->policy);
  q->doc->policy->saved = true;
  q->doc->policy->jobs_at = clock_seconds();
  return NULL;
}

json_t *take_close(struct asked *q) {
  if (q->doc) drop(q->e, q->doc);
  return NULL;
}

json_t *take_watched_files(struct asked *q) {
  for (size_t i = 0; i < q->e->policies.n; i++) policy_edited(q->e->policies.v[i]);
  return NULL;
}
