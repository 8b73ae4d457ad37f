/* In: a range of a file. Out: the edits that its messages say: what a help tells to write, and the
 * corrections of lint. */
#include <string.h>

#include "editor/help_edit.h"
#include "editor/naming.h"

static json_t *quick_fix(struct asked *q, const char *title, const json_t *diagnostic,
                         json_t *edit) {
  json_t *all =
      json_pack("{s:s, s:s, s:b, s:[O], s:{s:{s:[o]}}}", "title", title, "kind", "quickfix",
                "isPreferred", 1, "diagnostics", diagnostic, "edit", "changes", q->doc->uri, edit);
  return all;
}

static void add_help(struct asked *q, const struct diag *d, json_t *out) {
  struct help_edit x;
  if (!help_edit_of(d, q->a, &x)) return;
  struct lines l = lines_of_source(q->a, d->span.src);
  json_t *edit =
      json_pack("{s:o, s:s}", "range", range_json(&l, x.at.at, x.at.end), "newText", x.text);
  json_t *diagnostic = diagnostic_json(q->a, d);
  json_array_append_new(out, quick_fix(q, d->help, diagnostic, edit));
  json_decref(diagnostic);
}

/* Of lint: data of the finding has the edit. */
static void add_corrections(struct asked *q, size_t at, size_t end, json_t *out) {
  const json_t *found = json_object_get(q->doc->policy->findings, q->doc->id);
  for (size_t i = 0; i < json_array_size(found); i++) {
    const json_t *d = json_array_get(found, i), *range = json_object_get(d, "range");
    json_t *edit = json_object_get(json_object_get(d, "data"), "fix");
    size_t from, to;
    if (edit && lines_offset(&q->doc->text, json_object_get(range, "start"), &from) &&
        lines_offset(&q->doc->text, json_object_get(range, "end"), &to) && from <= end && to >= at)
      json_array_append_new(out, quick_fix(q, "vigie lint --fix", d, json_incref(edit)));
  }
}

json_t *answer_fixes(struct asked *q) {
  const json_t *range = json_object_get(q->params, "range");
  size_t at, end;
  if (!q->doc || !lines_offset(&q->doc->text, json_object_get(range, "start"), &at) ||
      !lines_offset(&q->doc->text, json_object_get(range, "end"), &end))
    return answer_refused(q, ANSWER_WRONG_PARAMS, "it names no range of a file that is open");
  json_t *out = json_array();
  const struct source *src = analysis_source(q->now, q->doc->id);
  for (size_t i = 0; src && i < q->now->rs->diags.list.n; i++) {
    const struct diag *d = q->now->rs->diags.list.v[i];
    if (d->span.src == src && d->help && d->span.at <= end && d->span.end >= at)
      add_help(q, d, out);
  }
  add_corrections(q, at, end, out);
  return out;
}
