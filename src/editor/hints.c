/* In: a range of a file. Out: behind each threshold that it names, the value in force
 * today; behind each rule how many items it has. */
#include "editor/counted.h"
#include "editor/naming.h"
#include "sema/threshold_line.h"

enum { SCOPES_HINTED = 3 }; /* of a threshold: what fits behind a name; hover has all */

/* Behind the first line of each rule what it asks for today. */
static void add_rules(struct asked *q, const struct source *src, size_t from, size_t to,
                      json_t *out) {
  const struct ruleset *rs = q->now->rs;
  for (size_t i = 0; i < rs->rules.n; i++) {
    const struct rule *r = rs->rules.v[i];
    const struct span at = r->span;
    if (at.src != src || at.at < from || at.at > to) continue;
    const char *text = items_open_text(q->doc->policy->figures, r->name, q->a);
    if (!text) continue;
    size_t end = lines_end(&q->doc->text, lines_line(&q->doc->text, at.at));
    json_array_append_new(
        out, json_pack("{s:o, s:s, s:b}", "position", position_json(&q->doc->text, end), "label",
                       text, "paddingLeft", 1));
  }
}

/* "10; 15 for self_serve"; NULL: nothing is in force. */
static const char *values_on(const struct threshold *t, day_t day, struct arena *a) {
  scope_list scopes = threshold_scopes_on(t, day, a);
  const char *out = NULL;
  size_t n = 0;
  for (size_t i = 0; i < scopes.n && n < SCOPES_HINTED; i++) {
    const struct threshold_line *l = scopes.v[i].now;
    if (!l) continue;
    const char *one = arena_join(a, threshold_line_value(t, l, a), threshold_line_scope(l, a), "");
    out = out ? arena_printf(a, "%s; %s", out, one) : one;
    n++;
  }
  return out && scopes.n > SCOPES_HINTED ? arena_join(a, out, "; …", "") : out;
}

json_t *answer_hints(struct asked *q) {
  const json_t *range = json_object_get(q->params, "range");
  size_t from, to;
  if (!q->doc || !lines_offset(&q->doc->text, json_object_get(range, "start"), &from) ||
      !lines_offset(&q->doc->text, json_object_get(range, "end"), &to))
    return answer_refused(q, ANSWER_WRONG_PARAMS, "it names no range of a file that is open");
  json_t *out = json_array();
  const struct source *src = analysis_source(q->now, q->doc->id);
  if (!src || q->now->rs->diags.errors) return out;
  add_rules(q, src, from, to, out);
  day_t day = q->e->setup->today(q->e->setup->ctx, q->now->rs);
  for (size_t i = 0; i < q->now->symbols->places.n; i++) {
    const struct occurrence *o = &q->now->symbols->places.v[i];
    if (o->at.src != src || o->at.at < from || o->at.end > to || o->of->kind != SYMBOL_THRESHOLD)
      continue;
    const char *values = values_on(o->of->of, day, q->a);
    if (!values) continue;
    json_array_append_new(
        out, json_pack("{s:o, s:s, s:b}", "position", position_json(&q->doc->text, o->at.end),
                       "label", arena_join(q->a, "= ", values, ""), "paddingLeft", 1));
  }
  return out;
}
