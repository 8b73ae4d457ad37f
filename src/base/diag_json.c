/* A diagnostic as JSON. In: a record. Out: an object with its place, code, level, message, help
 * and notes. */
#include "base/diag_json.h"

static json_t *place_json(struct arena *a, struct span s) {
  json_t *o = json_object();
  if (!s.src) return o;
  int line, col, end_line, end_col;
  source_place(s.src, a, s.at, &line, &col);
  source_place(s.src, a, s.end, &end_line, &end_col);
  json_object_set_new(o, "file", json_string(s.src->path));
  json_object_set_new(o, "line", json_integer(line));
  json_object_set_new(o, "column", json_integer(col));
  json_object_set_new(o, "end_line", json_integer(end_line));
  json_object_set_new(o, "end_column", json_integer(end_col));
  return o;
}

json_t *diag_json(struct arena *a, const struct diag *x) {
  json_t *o = place_json(a, x->span), *notes = json_array();
  json_object_set_new(o, "code", json_string(x->kind->code));
  json_object_set_new(o, "level", json_string(diag_level_name(x->kind->level)));
  json_object_set_new(o, "message", json_string(x->message));
  json_object_set_new(o, "help", x->help ? json_string(x->help) : json_null());
  for (size_t i = 0; i < x->notes.n; i++) {
    json_t *n = place_json(a, x->notes.v[i].span);
    json_object_set_new(n, "message", json_string(x->notes.v[i].text));
    json_array_append_new(notes, n);
  }
  json_object_set_new(o, "notes", notes);
  return o;
}
