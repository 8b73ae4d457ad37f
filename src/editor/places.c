/* In: a name. Out: where it is declared, everywhere that it stands, and edits that call it
 * otherwise. */
#include <string.h>

#include "editor/naming.h"
#include "syntax/token.h"
#include "parse.h"

static json_t *location(struct place_list *l, struct span at) {
  const char *uri = source_uri(l->q->e, l->q->now, at.src, l->q->a);
  if (!uri) return NULL;
  return json_pack("{s:s, s:o}", "uri", uri, "range", place_range(l, at));
}

json_t *answer_definition(struct asked *q) {
  const struct occurrence *o = asked_name(q);
  struct place_list l = {.q = q};
  return o ? location(&l, o->of->at) : NULL;
}

static bool declares(const struct occurrence *o) {
  return o->at.src == o->of->at.src && o->at.at == o->of->at.at;
}

json_t *answer_references(struct asked *q) {
  const struct occurrence *o = asked_name(q);
  if (!o) return NULL;
  bool all =
      json_is_true(json_object_get(json_object_get(q->params, "context"), "includeDeclaration"));
  struct place_list l = {.q = q};
  json_t *out = json_array(), *at;
  for (size_t i = 0; i < q->now->symbols->places.n; i++) {
    const struct occurrence *x = &q->now->symbols->places.v[i];
    if (x->of == o->of && (all || !declares(x)) && (at = location(&l, x->at)))
      json_array_append_new(out, at);
  }
  return out;
}

json_t *answer_highlight(struct asked *q) {
  const struct occurrence *o = asked_name(q);
  if (!o) return NULL;
  struct place_list l = {.q = q};
  json_t *out = json_array();
  for (size_t i = 0; i < q->now->symbols->places.n; i++) {
    const struct occurrence *x = &q->now->symbols->places.v[i];
    if (x->of == o->of && x->at.src == o->at.src)
      json_array_append_new(out, json_pack("{s:o}", "range", place_range(&l, x->at)));
  }
  return out;
}

/* ---- another name ------------------------------------------------------------------------ */

/* Is it declared in a file of the project? What the library has is called so for all. */
static bool can_be_renamed(struct asked *q, const struct occurrence *o) {
  return o && source_uri(q->e, q->now, o->of->at.src, q->a);
}

json_t *answer_prepare_rename(struct asked *q) {
  const struct occurrence *o = asked_name(q);
  struct place_list l = {.q = q};
  if (!can_be_renamed(q, o)) return NULL;
  return json_pack("{s:o, s:s}", "range", place_range(&l, o->at), "placeholder", o->of->name);
}

static bool is_name(struct asked *q, const char *s) {
  struct source *src = source_new(q->a, "name", s, strlen(s));
  const struct tokens *t = lex_source(q->a, q->a, src);
  return t->list.n == 1 && t->list.v[0].kind == TOK_NAME && t->list.v[0].bad == SPELLED_WELL;
}

/* The text of a source with the name written otherwise. */
static struct memory_file renamed_file(struct asked *q, const struct source *src,
                                       const struct symbol *s, const char *to) {
  size_t n = strlen(to), size = src->size, from = 0;
  const struct symbols *all = q->now->symbols;
  for (size_t i = 0; i < all->places.n; i++) size += all->places.v[i].of == s ? n : 0;
  char *text = arena_alloc(q->a, size + 1), *w = text;
  for (size_t i = 0; i < all->places.n; i++) {
    const struct occurrence *o = &all->places.v[i];
    if (o->of != s || o->at.src != src) continue;
    w = mempcpy(w, src->text + from, o->at.at - from);
    w = mempcpy(w, to, n);
    from = o->at.end;
  }
  w = mempcpy(w, src->text + from, src->size - from);
  return (struct memory_file){.path = src->path, .text = text, .size = (size_t)(w - text)};
}

/* Is each place still of what it was of? They come in the same order: only their bytes moved. */
static bool same_places(const struct symbols *before, const struct symbols *after,
                        const struct symbol *renamed, const char *to) {
  if (before->places.n != after->places.n) return false;
  for (size_t i = 0; i < before->places.n; i++) {
    const struct symbol *x = before->places.v[i].of, *y = after->places.v[i].of;
    if (x->kind != y->kind || strcmp(x == renamed ? to : x->name, y->name) != 0) return false;
  }
  return true;
}

/* Reads the policy as it would be then. False: it would mean something else, and the answer is
 * refused. */
static bool means_the_same(struct asked *q, const struct symbol *s, const char *to) {
  const struct analysis *x = q->now;
  struct memory_file *files = NEW_N(q->a, struct memory_file, x->rs->sources.n + 1);
  for (size_t i = 0; i < x->rs->sources.n; i++)
    files[i] = renamed_file(q, x->rs->sources.v[i], s, to);
  struct memory_files all = {.files = files, .n = x->rs->sources.n, .under = &disk_loader};
  struct loader from = memory_loader(&all);
  struct load_request request = x->request;
  request.from = &from;
  struct ruleset *then;
  struct diags problems = {.arena = q->a};
  struct arena *a = q->a;
  if (!ruleset_load(&request, a, &then, &problems)) return false;
  if (then->diags.errors > x->rs->diags.errors) {
    answer_refused(q, ANSWER_FAILED, "it cannot be called `%s`: %s", to,
                   diags_failure(&then->diags));
    return false;
  }
  if (same_places(x->symbols, symbols_of(then), s, to)) return true;
  answer_refused(q, ANSWER_FAILED, "`%s` is the name of something else where `%s` stands", to,
                 s->name);
  return false;
}

static json_t *rename_edits(struct asked *q, const struct symbol *s, const char *to) {
  json_t *changes = json_object();
  struct place_list l = {.q = q};
  for (size_t i = 0; i < q->now->symbols->places.n; i++) {
    const struct occurrence *x = &q->now->symbols->places.v[i];
    const char *uri = x->of == s ? source_uri(q->e, q->now, x->at.src, q->a) : NULL;
    if (!uri) continue;
    json_t *of_file = json_object_get(changes, uri);
    if (!of_file) json_object_set_new(changes, uri, of_file = json_array());
    json_array_append_new(of_file,
                          json_pack("{s:o, s:s}", "range", place_range(&l, x->at), "newText", to));
  }
  return json_pack("{s:o}", "changes", changes);
}

json_t *answer_rename(struct asked *q) {
  const char *to = json_string_value(json_object_get(q->params, "newName"));
  const struct occurrence *o = asked_name(q);
  if (q->code) return NULL;
  if (!can_be_renamed(q, o))
    return answer_refused(q, ANSWER_FAILED, "no name of this project stands here");
  if (!to || !is_name(q, to))
    return answer_refused(q, ANSWER_FAILED,
                          "a name has letters, digits and _, and is no word of "
                          "the language");
  if (strcmp(to, o->of->name) == 0) return NULL;
  return means_the_same(q, o->of, to) ? rename_edits(q, o->of, to) : NULL;
}
