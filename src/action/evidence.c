/* In: the reasons of an item, and what they are today. Out: its field `reasons_now`, and that field
 * as data. */
#include "action/evidence.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "action/compare.h"
#include "action/value_json.h"

static const double WHOLE_MAX = 1e15; /* below it a double counts one by one */

/* ---- writing -------------------------------------------------------------------------- */

/* The same part of the condition; one that stands in it twice is told apart by its bound. */
static const struct because *same_part(const struct because *then, const struct because *now,
                                       size_t n) {
  const struct because *found = NULL;
  for (size_t i = 0; i < n; i++) {
    if (strcmp(now[i].expr, then->expr) != 0) continue;
    if (text_same(now[i].bound, then->bound)) return &now[i];
    if (!found) found = &now[i];
  }
  return found;
}

static json_t *bare_json(const struct value *v) {
  if (!v->known) return json_null();
  if (v->text) return text_json(v->text);
  bool whole = fabs(v->num) < WHOLE_MAX && v->num == floor(v->num);
  return whole ? json_integer((json_int_t)v->num) : json_real(v->num);
}

static void set_text(json_t *object, const char *name, const char *text) {
  if (text) json_object_set_new(object, name, text_json(text));
}

static json_t *evidence_json(const struct because *then, const struct because *now) {
  if (!now || strcmp(type_name(&now->value.type), type_name(&then->value.type)) != 0)
    return json_false();
  json_t *more = json_object();
  const struct value *v = &now->value;
  set_text(more, "moved", now->moved);
  if (!text_same(now->bound, then->bound)) set_text(more, "bound", now->bound);
  if (!text_same(v->type.currency, then->value.type.currency))
    set_text(more, "currency", v->type.currency);
  if (v->of_rows) {
    json_object_set_new(more, "rows", json_integer(v->rows));
    json_object_set_new(more, "of_rows", json_integer(v->of_rows));
  }
  if (json_object_size(more)) {
    json_object_set_new(more, "value", bare_json(v));
    return more;
  }
  json_decref(more);
  return bare_json(v);
}

const char *evidence_text(const struct item *i, const struct because *now, size_t n,
                          struct arena *a) {
  if (!i->n_because) return NULL;
  json_t *list = json_array();
  for (size_t k = 0; k < i->n_because; k++)
    json_array_append_new(list, evidence_json(&i->because[k], same_part(&i->because[k], now, n)));
  return json_text(list, a);
}

/* ---- reading -------------------------------------------------------------------------- */

static const char *text_of(json_t *object, const char *name, const char *otherwise,
                           struct arena *a) {
  const char *text = json_string_value(json_object_get(object, name));
  return text ? arena_strdup(a, text) : otherwise;
}

static struct evidence evidence_of(json_t *j, const struct because *then, struct arena *a) {
  if (json_is_false(j)) return (struct evidence){.asked = false};
  json_t *bare = json_is_object(j) ? json_object_get(j, "value") : j;
  struct evidence e = {.asked = true,
                       .now = {.expr = then->expr,
                               .bound = text_of(j, "bound", then->bound, a),
                               .moved = text_of(j, "moved", NULL, a)}};
  struct value *v = &e.now.value;
  v->type = then->value.type;
  v->type.currency = text_of(j, "currency", v->type.currency, a);
  v->known = json_is_number(bare) || json_is_string(bare);
  v->num = json_number_value(bare);
  if (json_is_string(bare)) v->text = arena_strdup(a, json_string_value(bare));
  v->rows = (long)json_integer_value(json_object_get(j, "rows"));
  v->of_rows = (long)json_integer_value(json_object_get(j, "of_rows"));
  return e;
}

const struct evidence *evidence_read(const struct item *i, struct arena *a) {
  json_t *list = i->reasons_now ? json_loads(i->reasons_now, 0, NULL) : NULL;
  struct evidence *out = NULL;
  if (json_array_size(list) == i->n_because && i->n_because) {
    out = NEW_N(a, struct evidence, i->n_because);
    for (size_t k = 0; k < i->n_because; k++)
      out[k] = evidence_of(json_array_get(list, k), &i->because[k], a);
  }
  json_decref(list);
  return out;
}
