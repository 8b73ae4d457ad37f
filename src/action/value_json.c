/* In: values. Out: JSON that reads back as the same values. */
#include "action/value_json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "base/arena.h"
#include "base/check.h"
#include "base/decimal.h"

static const double SHORT_MAX = 1e13, WHOLE_MAX = 9007199254740992.0;

static json_t *repaired(const char *text) {
  size_t n = strlen(text), at = 0, used = 0;
  char *buf = xmalloc(3 * n); /* U+FFFD takes three bytes */
  while (at < n) {
    utf8proc_int32_t c;
    utf8proc_ssize_t step =
        utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(n - at), &c);
    if (step <= 0) {
      step = 1;
      c = 0xFFFD;
    }
    at += (size_t)step;
    used += (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)buf + used);
  }
  json_t *j = json_stringn(buf, used);
  free(buf);
  return j;
}

json_t *text_json(const char *text) {
  if (!text) return json_null();
  json_t *j = json_string(text);
  return j ? j : repaired(text);
}

json_t *day_json(day_t day) {
  char buf[16];
  return day == DAY_NONE ? json_null() : json_string(day_text(day, buf));
}

bool number_is_whole(double x) { return x == floor(x) && fabs(x) < WHOLE_MAX; }

static json_t *number_json(const struct value *v) {
  if (!isfinite(v->num)) return json_null();
  if (v->type.unit == U_MONEY)
    return json_real(decimal_major(v->num, currency_minor(v->type.currency)));
  if (number_is_whole(v->num)) return json_integer((json_int_t)v->num);
  return json_real(v->num);
}

json_t *value_json(const struct value *v) {
  if (!v->known) return json_null();
  switch (unit_class(v->type.unit)) {
    case CLASS_TXT: return text_json(v->text);
    case CLASS_BOOL: return json_boolean(v->num != 0);
    case CLASS_DAY: return day_json((day_t)v->num);
    case CLASS_NUM: return number_json(v);
  }
  return json_null();
}

/* Hundredths of few digits, as most money is: 15 digits read back as the same number. */
bool number_is_short(double x) {
  double hundredths = x * 100;
  return fabs(hundredths) < SHORT_MAX && hundredths == floor(hundredths) && hundredths / 100 == x;
}

int number_digits(double x) {
  char buf[40];
  if (number_is_short(x)) return 15;
  for (int p = 15; p < 17; p++) {
    snprintf(buf, sizeof buf, "%.*g", p, x);
    if (strtod(buf, NULL) == x) return p;
  }
  return 17;
}

int json_digits(json_t *j) {
  int most = 15, p;
  size_t at;
  const char *name;
  json_t *part;
  if (json_is_real(j)) return number_digits(json_real_value(j));
  json_object_foreach(j, name, part) {
    if ((p = json_digits(part)) > most) most = p;
  }
  json_array_foreach(j, at, part) {
    if ((p = json_digits(part)) > most) most = p;
  }
  return most;
}

const char *json_text(json_t *document, struct arena *a) {
  char *text = json_dumps(document, JSON_COMPACT | JSON_REAL_PRECISION(json_digits(document)));
  json_decref(document);
  CHECK(text); /* what text_json and value_json make can be written */
  const char *copy = arena_strdup(a, text);
  free(text);
  return copy;
}

const char *values_json_text(const struct value *values, size_t n, struct arena *a) {
  if (!n) return NULL;
  json_t *list = json_array();
  for (size_t i = 0; i < n; i++) json_array_append_new(list, value_json(&values[i]));
  return json_text(list, a);
}

void json_print(FILE *f, json_t *document) {
  json_dumpf(document, f, JSON_INDENT(1) | JSON_REAL_PRECISION(json_digits(document)));
  fputc('\n', f);
  json_decref(document);
}

static json_t *first_json(const struct unreadable_cells *u) {
  json_t *list = json_array();
  for (long i = 0; i < u->n && i < UNREADABLE_SHOWN; i++) {
    json_t *cell = json_object();
    json_object_set_new(cell, "row", text_json(u->rows[i]));
    json_object_set_new(cell, "value", u->no_key ? json_null() : text_json(u->values[i]));
    json_array_append_new(list, cell);
  }
  return list;
}

json_t *unreadable_json(const struct unreadable_cells *list, size_t n) {
  json_t *all = json_array();
  for (size_t i = 0; i < n; i++) {
    json_t *o = json_object();
    json_object_set_new(o, "table", text_json(list[i].table));
    json_object_set_new(o, "column", text_json(list[i].column));
    json_object_set_new(o, "attribute", text_json(list[i].what));
    json_object_set_new(o, "left_out", json_boolean(list[i].no_key));
    json_object_set_new(o, "count", json_integer(list[i].n));
    json_object_set_new(o, "of", json_integer(list[i].of));
    json_object_set_new(o, "first", first_json(&list[i]));
    json_array_append_new(all, o);
  }
  return all;
}

json_t *names_json(const name_list *names) {
  json_t *list = json_array();
  for (size_t i = 0; i < names->n; i++) json_array_append_new(list, text_json(names->v[i]));
  return list;
}
