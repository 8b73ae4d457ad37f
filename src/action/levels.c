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

day_t levels_day(const struct item *i, const struct level *level, const struct calendar *c) {
  day_t from = i->due > i->rested ? i->due : i->rested;
  return day_shift(c, from, level->after, 1);
}

const struct level *levels_next(const struct item *i, const struct level *levels, size_t n,
                                const struct calendar *c, day_t *on, struct arena *a) {
  levels_told told = levels_read(i->escalated, a);
  if (!item_to_do(i) || !item_counts(i) || i->due == DAY_NONE) return NULL;
  for (size_t k = (size_t)levels_highest(&told); k < n; k++) {
    if (!levels[k].to) continue;
    *on = levels_day(i, &levels[k], c);
    if (*on <= i->rested) *on = i->rested + 1; /* never on the day on which it rests */
    return &levels[k];
  }
  return NULL;
}

const char *level_list_write(const struct level *levels, size_t n, struct arena *a) {
  if (!n) return NULL;
  json_t *list = json_array();
  for (size_t k = 0; k < n; k++) {
    char after[16];
    json_t *one = json_object();
    json_object_set_new(one, "after", text_json(duration_text(levels[k].after, after)));
    json_object_set_new(one, "to", text_json(levels[k].to));
    json_array_append_new(list, one);
  }
  return json_text(list, a);
}

const struct level *level_list_read(const char *text, struct arena *a, size_t *n) {
  json_t *list = text ? json_loads(text, 0, NULL) : NULL, *one;
  struct level *levels = NEW_N(a, struct level, json_array_size(list) + 1);
  size_t at;
  *n = 0;
  json_array_foreach(list, at, one) {
    const char *after = text_in(one, "after", a);
    if (after && duration_parse(after, strlen(after), &levels[*n].after))
      levels[(*n)++].to = text_in(one, "to", a);
  }
  json_decref(list);
  return levels;
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
