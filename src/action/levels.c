/* In: the field `escalated` of an item. Out: its levels as data, and the field again. */
#include "action/levels.h"

#include <jansson.h>
#include <string.h>

#include "action/value_json.h"

static const char *text_in(json_t *object, const char *name, struct arena *a) {
  const char *text = json_string_value(json_object_get(object, name));
  return text ? arena_strdup(a, text) : NULL;
}

levels_told levels_read(const char *field, struct arena *a) {
  levels_told told = {0};
  json_t *list = field ? json_loads(field, 0, NULL) : NULL, *one;
  size_t at;
  json_array_foreach(list, at, one) {
    const char *on = text_in(one, "on", a);
    struct level_told t = {.level = (int)json_integer_value(json_object_get(one, "level")),
                           .to = text_in(one, "to", a),
                           .on = DAY_NONE,
                           .once = text_in(one, "once", a)};
    if (on) day_parse(on, strlen(on), &t.on);
    VEC_PUSH(a, &told, t);
  }
  json_decref(list);
  return told;
}

const char *levels_write(const levels_told *told, struct arena *a) {
  if (!told->n) return NULL;
  json_t *list = json_array();
  for (size_t i = 0; i < told->n; i++) {
    const struct level_told *t = &told->v[i];
    json_t *one = json_object();
    json_object_set_new(one, "level", json_integer(t->level));
    json_object_set_new(one, "to", text_json(t->to));
    json_object_set_new(one, "on", day_json(t->on));
    if (t->once) json_object_set_new(one, "once", text_json(t->once));
    json_array_append_new(list, one);
  }
  return json_text(list, a);
}

int levels_highest(const levels_told *told) {
  int highest = 0;
  for (size_t i = 0; i < told->n; i++)
    if (!told->v[i].once && told->v[i].level > highest) highest = told->v[i].level;
  return highest;
}

bool levels_have_told(const levels_told *told, const char *team) {
  for (size_t i = 0; i < told->n; i++)
    if (!told->v[i].once && told->v[i].to && strcmp(told->v[i].to, team) == 0) return true;
  return false;
}

void levels_begin_anew(struct item *i, const char *old, const char *now, struct arena *a) {
  levels_told told = levels_read(i->escalated, a);
  i->escalated_to = NULL;
  i->escalated_on = DAY_NONE;
  for (size_t k = 0; k < told.n; k++) {
    struct level_told *t = &told.v[k];
    if (!t->once)
      t->once = old;
    else if (strcmp(t->once, now) == 0)
      t->once = NULL;
    if (t->once) continue;
    i->escalated_to = t->to;
    i->escalated_on = t->on;
  }
  i->escalated = levels_write(&told, a);
}
