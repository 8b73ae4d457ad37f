/* A plain webhook: the digest as JSON. */
#include "action/value_json.h"
#include "deliver/writer.h"

static json_t *line_json(const struct digest_line *l) {
  const struct item *i = l->item;
  json_t *o = json_object();
  set_member(o, "number", json_integer(i->id));
  set_member(o, "event", json_string(event_name(l->kind)));
  set_member(o, "rule", text_json(i->rule));
  set_member(o, "key", text_json(i->key));
  set_member(o, "label", text_json(i->label));
  set_member(o, "account", text_json(i->account));
  set_member(o, "link", text_json(i->link));
  set_member(o, "team", text_json(i->team));
  set_member(o, "owner", text_json(i->owner));
  set_member(o, "task", text_json(l->task));
  set_member(o, "priority", text_json(i->priority));
  set_member(o, "due", day_json(i->due));
  set_member(o, "worth", value_json(&i->worth));
  set_member(o, "currency", text_json(i->worth.type.currency));
  set_member(o, "why", text_json(l->why));
  set_member(o, "state", json_string(item_state_name(i->state)));
  return o;
}

static json_t *lines_json(const struct digest_line *lines, size_t n) {
  json_t *list = json_array();
  for (size_t i = 0; i < n; i++) json_array_append_new(list, line_json(&lines[i]));
  return list;
}

bool write_webhook(const struct writing *w, struct message *out, struct diags *problems) {
  (void)problems;
  json_t *o = json_object();
  set_member(o, "key", text_json(out->key));
  set_member(o, "to", text_json(w->d->to));
  set_member(o, "day", day_json(w->d->day));
  set_member(o, "sample", json_boolean(w->d->sample));
  set_member(o, "title", text_json(w->d->title));
  set_member(o, "items", lines_json(w->d->lines, w->d->n_lines));
  set_member(o, "over", lines_json(w->d->over, w->d->n_over));
  out->bytes = json_text(o, w->a);
  out->n = strlen(out->bytes);
  out->content_type = "application/json";
  return true;
}
