/* In: the reasons of an item, and what they are today. Out: its field `reasons_now`, and that field
 * as data. */
#include "action/evidence.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "action/compare.h"
#include "action/json_out.h"

static const double WHOLE_MAX = 1e15; /* below it a double counts one by one */

/* ---- writing -------------------------------------------------------------------------- */

/* The same part of the condition; one that stands in it twice is told apart by its bound. *next:
 * where it is looked for first, behind the one before: parts stand in one order then and now. */
static const struct because *same_part(const struct because *then, const struct because *now,
                                       size_t n, size_t *next) {
  for (size_t k = 0; k < n; k++) {
    size_t i = (*next + k) % n;
    if (!text_same(now[i].bound, then->bound) || strcmp(now[i].expr, then->expr) != 0) continue;
    *next = i + 1;
    return &now[i];
  }
  for (size_t i = 0; i < n; i++)
    if (strcmp(now[i].expr, then->expr) == 0) return &now[i];
  return NULL;
}

static void put_bare(struct json_out *o, const struct value *v) {
  bool whole = fabs(v->num) < WHOLE_MAX && v->num == floor(v->num);
  if (!v->known)
    json_put_null(o);
  else if (v->text)
    json_put_text(o, v->text);
  else if (whole)
    json_put_integer(o, (long long)v->num);
  else
    json_put_real(o, v->num);
}

static void put_named(struct json_out *o, const char *name, const char *text) {
  if (!text) return;
  json_name(o, name);
  json_put_text(o, text);
}

/* What there is to be said besides its value: all that is of the opening stands there. */
struct besides {
  const char *moved, *bound, *currency;
  bool rows;
};

static struct besides besides_of(const struct because *then, const struct because *now) {
  const char *currency = now->value.type.currency;
  return (struct besides){
      .moved = now->moved,
      .bound = text_same(now->bound, then->bound) ? NULL : now->bound,
      .currency = text_same(currency, then->value.type.currency) ? NULL : currency,
      .rows = now->value.of_rows != 0};
}

static void put_more(struct json_out *o, const struct besides *b, const struct value *v) {
  json_open(o, '{');
  put_named(o, "moved", b->moved);
  put_named(o, "bound", b->bound);
  put_named(o, "currency", b->currency);
  if (b->rows) {
    json_name(o, "rows");
    json_put_integer(o, v->rows);
    json_name(o, "of_rows");
    json_put_integer(o, v->of_rows);
  }
  json_name(o, "value");
  put_bare(o, v);
  json_close(o, '}');
}

static bool is_same_kind(const struct value *a, const struct value *b) {
  return strcmp(type_name(&a->type), type_name(&b->type)) == 0;
}

static void put_evidence(struct json_out *o, const struct because *then,
                         const struct because *now) {
  if (!now || !is_same_kind(&now->value, &then->value)) {
    json_put_flag(o, false);
    return;
  }
  struct besides b = besides_of(then, now);
  if (b.moved || b.bound || b.currency || b.rows)
    put_more(o, &b, &now->value);
  else
    put_bare(o, &now->value);
}

struct evidence_said {
  const struct item *i;
  const struct because *now;
  size_t n;
};

static void say_evidence(struct json_out *o, const void *ctx) {
  const struct evidence_said *s = ctx;
  size_t next = 0;
  json_open(o, '[');
  for (size_t k = 0; k < s->i->n_because; k++)
    put_evidence(o, &s->i->because[k], same_part(&s->i->because[k], s->now, s->n, &next));
  json_close(o, ']');
}

const char *evidence_text(const struct item *i, const struct because *now, size_t n,
                          struct arena *a) {
  return i->n_because
             ? json_text_said(say_evidence, &(struct evidence_said){i, now, n}, i->reasons_now, a)
             : NULL;
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
