/* In: bytes from an editor. Out: answers, by method.def. */
#include "editor/naming.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "editor/uri.h"

static const struct method methods[] = {
#define METHOD(name, function, kind, capability, value) {name, function, kind, capability, value},
#include "editor/method.def"
#undef METHOD
};
enum { N_METHODS = sizeof methods / sizeof *methods };

/* ---- what is sent ---------------------------------------------------------------------- */

static void add_out(struct editor *e, const char *s, size_t n) {
  if (e->n_out + n > e->cap_out) {
    e->cap_out = 2 * (e->n_out + n);
    e->out = xrealloc(e->out, e->cap_out);
  }
  memcpy(e->out + e->n_out, s, n);
  e->n_out += n;
}

/* Takes the message. */
static void send_message(struct editor *e, json_t *m) {
  json_object_set_new(m, "jsonrpc", json_string("2.0"));
  char *text = json_dumps(m, JSON_COMPACT), head[64];
  size_t n = strlen(text);
  int k = snprintf(head, sizeof head, "Content-Length: %zu\r\n\r\n", n);
  add_out(e, head, (size_t)k);
  add_out(e, text, n);
  free(text);
  json_decref(m);
}

void editor_notify(struct editor *e, const char *method, json_t *params) {
  send_message(e, json_pack("{s:s, s:o}", "method", method, "params", params));
}

/* What the client has promised to ask for anew, by refresh_kind: {workspace: {PART: …}}. */
static const char *const refresh_parts[N_REFRESHES] = {"codeLens", "inlayHint"};

void editor_refresh(struct editor *e) {
  struct arena *a = arena_new();
  for (int i = 0; i < N_REFRESHES; i++)
    if (e->refreshes[i])
      send_message(e,
                   json_pack("{s:s, s:s}", "id", arena_printf(a, "vigie-%ld", ++e->asked), "method",
                             arena_printf(a, "workspace/%s/refresh", refresh_parts[i])));
  arena_free(a);
}

static void send_error(struct editor *e, const json_t *id, int code, const char *why) {
  json_t *m = json_pack("{s:{s:i, s:s}}", "error", "code", code, "message", why);
  if (!m) m = json_pack("{s:{s:i, s:s}}", "error", "code", code, "message", "no UTF-8");
  json_object_set_new(m, "id", id ? json_deep_copy(id) : json_null());
  send_message(e, m);
}

json_t *answer_refused(struct asked *q, enum answer_code code, const char *fmt, ...) {
  va_list ap;
  va_start(ap, fmt);
  q->code = (int)code;
  q->why = arena_vprintf(q->a, fmt, ap);
  va_end(ap);
  return NULL;
}

bool asked_at(struct asked *q, size_t *at) {
  if (q->doc && lines_offset(&q->doc->text, json_object_get(q->params, "position"), at))
    return true;
  answer_refused(q, ANSWER_WRONG_PARAMS, "it names no place in a file that is open");
  return false;
}

/* ---- a message is answered ------------------------------------------------------------- */

static const struct method *find_method(const char *name) {
  for (size_t i = 0; i < N_METHODS; i++)
    if (strcmp(methods[i].name, name) == 0) return &methods[i];
  return NULL;
}

static struct document *document_in(const struct editor *e, const json_t *params) {
  const json_t *doc = json_object_get(params, "textDocument");
  const char *uri = json_string_value(json_object_get(doc, "uri"));
  return uri ? editor_document(e, uri) : NULL;
}

static void run_method(struct editor *e, const struct method *m, const json_t *message) {
  const json_t *id = json_object_get(message, "id");
  struct asked q = {.e = e, .params = json_object_get(message, "params"), .a = arena_new()};
  q.doc = document_in(e, q.params);
  if (m->kind >= METHOD_PLACE && q.doc) q.now = q.doc->policy->now;
  json_t *result = m->run(&q);
  if (m->kind == METHOD_NOTICE)
    json_decref(result);
  else if (q.code)
    send_error(e, id, q.code, q.why);
  else {
    json_t *answer = json_pack("{s:o}", "result", result ? result : json_null());
    json_object_set_new(answer, "id", json_deep_copy(id));
    send_message(e, answer);
  }
  arena_free(q.a);
}

/* For the policy of its file; without one, for those of all files. */
static bool has_to_wait(const struct editor *e, const struct method *m, const json_t *message) {
  const json_t *params = json_object_get(message, "params");
  const struct document *d = document_in(e, params);
  if (m->kind < METHOD_PLACE) return false;
  if (d)
    return !policy_is_current(d->policy) && (m->kind != METHOD_PLACE || !place_is_read(d, params));
  for (size_t i = 0; i < e->docs.n; i++)
    if (!policy_is_current(e->docs.v[i]->policy)) return true;
  return false;
}

void editor_answer_waiting(struct editor *e) {
  size_t kept = 0;
  for (size_t i = 0; i < e->waiting.n; i++) {
    struct waiting w = e->waiting.v[i];
    if (has_to_wait(e, w.method, w.message)) {
      e->waiting.v[kept++] = w;
      continue;
    }
    run_method(e, w.method, w.message);
    json_decref(w.message);
  }
  e->waiting.n = kept;
}

/* Why a request cannot be answered now; NULL: it can. */
static const char *why_not(const struct editor *e, const struct method *m, int *code) {
  bool begins = m && m->run == answer_initialize;
  *code = e->stage == STAGE_NEW ? ANSWER_NOT_INITIALIZED : ANSWER_NO_REQUEST;
  if (e->stage == STAGE_NEW && !begins) return "the first request has to be `initialize`";
  if (e->stage == STAGE_SHUT) return "the server is being shut down: only `exit` may follow";
  if (e->stage == STAGE_READY && begins) return "`initialize` is asked once";
  *code = ANSWER_NO_SUCH_METHOD;
  if (!m || m->kind == METHOD_NOTICE) return "this server has no such method";
  return NULL;
}

static void take_request(struct editor *e, const struct method *m, json_t *message) {
  int code;
  const char *why = why_not(e, m, &code);
  if (why)
    send_error(e, json_object_get(message, "id"), code, why);
  else if (has_to_wait(e, m, message))
    VEC_PUSH(e->own, &e->waiting, ((struct waiting){m, json_incref(message)}));
  else
    run_method(e, m, message);
}

static void take_message(struct editor *e, json_t *message) {
  const json_t *id = json_object_get(message, "id");
  const char *name = json_string_value(json_object_get(message, "method"));
  if (!name) { /* an answer of the editor has no method, and nothing is asked of it */
    if (!json_object_get(message, "result") && !json_object_get(message, "error"))
      send_error(e, id, ANSWER_NO_REQUEST, "a message names its `method`");
    return;
  }
  const struct method *m = find_method(name);
  if (id && !json_is_string(id) && !json_is_integer(id))
    send_error(e, NULL, ANSWER_NO_REQUEST, "an `id` is a number or a text");
  else if (id)
    take_request(e, m, message);
  else if (m && m->kind == METHOD_NOTICE && (e->stage == STAGE_READY || m->run == take_exit))
    run_method(e, m, message);
}

/* ---- what is cancelled ----------------------------------------------------------------- */

static bool has_id(const json_t *message, const json_t *id) {
  return id && json_equal(json_object_get(message, "id"), id);
}

static void cancel(struct editor *e, const json_t *id) {
  static const char WHY[] = "it was cancelled";
  for (size_t i = 0; i < e->inbox.n; i++)
    if (has_id(e->inbox.v[i], id)) {
      send_error(e, id, ANSWER_CANCELLED, WHY);
      json_object_clear(e->inbox.v[i]);
      json_object_set_new(e->inbox.v[i], "result", json_null()); /* nothing is left to answer */
      return;
    }
  for (size_t i = 0; i < e->waiting.n; i++)
    if (has_id(e->waiting.v[i].message, id)) {
      send_error(e, id, ANSWER_CANCELLED, WHY);
      json_decref(e->waiting.v[i].message);
      e->waiting.v[i] = e->waiting.v[--e->waiting.n];
      return;
    }
}

static void receive(struct editor *e, const struct frame *f) {
  json_error_t bad;
  json_t *m = json_loadb(f->body, f->size, JSON_ALLOW_NUL, &bad);
  const char *name = json_string_value(json_object_get(m, "method"));
  if (!m)
    send_error(e, NULL, ANSWER_NO_JSON, "the message is no JSON");
  else if (!json_is_object(m))
    send_error(e, NULL, ANSWER_NO_REQUEST, "a message is one object, {\"jsonrpc\": \"2.0\", …}");
  else if (name && strcmp(name, "$/cancelRequest") == 0)
    cancel(e, json_object_get(json_object_get(m, "params"), "id"));
  else
    VEC_PUSH(e->own, &e->inbox, json_incref(m));
  json_decref(m);
}

void editor_take(struct editor *e, const char *bytes, size_t n) {
  struct frame f;
  frames_add(&e->in, bytes, n);
  while ((f = frames_next(&e->in)).kind != FRAME_NONE)
    if (f.kind == FRAME_WHOLE)
      receive(e, &f);
    else
      send_error(e, NULL, ANSWER_NO_JSON, f.what);
  for (size_t i = 0; i < e->inbox.n; i++) {
    if (!e->ended) take_message(e, e->inbox.v[i]);
    json_decref(e->inbox.v[i]);
  }
  e->inbox.n = 0;
}

/* ---- the life of a server -------------------------------------------------------------- */

static void add_root(struct editor *e, const json_t *uri) {
  const char *s = json_string_value(uri);
  if (!s) return;
  const char *path = *s == '/' ? arena_strdup(e->own, s) : uri_path(e->own, s);
  size_t n = strlen(path);
  while (n > 1 && path[n - 1] == '/') n--;
  VEC_PUSH(e->own, &e->roots, arena_strndup(e->own, path, n));
}

static json_t *capabilities(void) {
  json_t *all = json_object();
  for (size_t i = 0; i < N_METHODS; i++)
    if (methods[i].capability)
      json_object_set_new(all, methods[i].capability,
                          json_loads(methods[i].value, JSON_DECODE_ANY, NULL));
  return all;
}

json_t *answer_initialize(struct asked *q) {
  struct editor *e = q->e;
  const json_t *folders = json_object_get(q->params, "workspaceFolders");
  for (size_t i = 0; i < json_array_size(folders); i++)
    add_root(e, json_object_get(json_array_get(folders, i), "uri"));
  if (!e->roots.n) add_root(e, json_object_get(q->params, "rootUri"));
  if (!e->roots.n) add_root(e, json_object_get(q->params, "rootPath"));
  const json_t *client = json_object_get(q->params, "capabilities");
  for (int i = 0; i < N_REFRESHES; i++)
    e->refreshes[i] = json_is_true(json_object_get(
        json_object_get(json_object_get(client, "workspace"), refresh_parts[i]), "refreshSupport"));
  e->stage = STAGE_READY;
  return json_pack("{s:o, s:{s:s, s:s}}", "capabilities", capabilities(), "serverInfo", "name",
                   "vigie", "version", e->setup->version);
}

json_t *take_initialized(struct asked *q) {
  (void)q;
  return NULL;
}

json_t *answer_shutdown(struct asked *q) {
  q->e->stage = STAGE_SHUT;
  return NULL;
}

json_t *take_exit(struct asked *q) {
  q->e->ended = true;
  return NULL;
}
