/* In: a range of a file. Out: the edits that its messages say: what a help tells to write, and the
 * corrections of lint. */
#include <string.h>

#include "editor/help_edit.h"
#include "editor/naming.h"
#include "format/add_clause.h"
#include "sema/threshold_line.h"

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
  json_t *diagnostic = diagnostic_json(q->a, &l, d);
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

/* ---- another value of a threshold, from tomorrow on -------------------------------------- */

static size_t end_of_item(const struct ast_item *it) {
  return it->body.n ? it->body.v[it->body.n - 1]->span.end : it->head->span.end;
}

/* The declaration whose lines stand at the byte; NULL: none. */
static const struct ast_item *item_at(const struct analysis *x, const struct source *src,
                                      size_t at) {
  const struct ast *ast = x->rs->asts.v[src->order];
  for (size_t i = 0; i < ast->items.n; i++)
    if (ast->items.v[i]->head->span.at <= at && at <= end_of_item(ast->items.v[i]))
      return ast->items.v[i];
  return NULL;
}

/* A new line, or several, behind the one of a byte. Takes nothing. */
static void add_behind(struct asked *q, size_t at, const char *lines, const char *title,
                       json_t *out) {
  const struct lines *text = &q->doc->text;
  size_t end = lines_end(text, lines_line(text, at));
  const char *feed = end < text->size && text->text[end] == '\r' ? "\r\n" : "\n";
  json_t *edit = json_pack("{s:o, s:s}", "range", range_json(text, end, end), "newText",
                           arena_join(q->a, feed, lines, ""));
  json_array_append_new(out, json_pack("{s:s, s:s, s:{s:{s:[o]}}}", "title", title, "kind",
                                       "refactor.rewrite", "edit", "changes", q->doc->uri, edit));
}

static struct span last_value_line(const struct ast_item *it) {
  struct span last = it->head->span;
  for (size_t i = 0; i < it->body.n; i++)
    if (it->body.v[i]->kind == C_FROM || it->body.v[i]->kind == C_FOR) last = it->body.v[i]->span;
  return last;
}

static bool has_line_from(const struct threshold *t, day_t day) {
  for (size_t i = 0; i < t->lines.n; i++)
    if (t->lines.v[i].from == day) return true;
  return false;
}

struct new_line {
  const struct threshold *threshold;
  struct source *src;
  struct span after;
  const char *day; /* tomorrow */
};

/* The edit that `vigie tune --write` would make. */
static void add_line(struct asked *q, const struct new_line *x, const char *value,
                     const char *title, json_t *out) {
  const char *line,
      *clause = arena_printf(q->a, "from %s = %s because \"why it changes\"", x->day, value);
  if (!text_with_clause(x->src, x->after, clause, q->a, &line)) return;
  add_behind(q, x->after.end, line, title, out);
}

/* With the value of today, and with each that was tried on the data. */
static void add_dated_lines(struct asked *q, struct source *src, size_t at, json_t *out) {
  const struct ruleset *rs = q->now->rs;
  const struct ast_item *it = rs->diags.errors ? NULL : item_at(q->now, src, at);
  bool is_one = it && it->head->kind == C_THRESHOLD;
  const struct threshold *t = is_one ? map_get(&rs->threshold_names, it->head->name) : NULL;
  day_t day = q->e->setup->today(q->e->setup->ctx, rs);
  const struct threshold_line *l = t && !t->by.n ? threshold_line_on(t, NULL, day) : NULL;
  char tomorrow[16];
  if (!l || has_line_from(t, day + 1)) return;
  struct new_line x = {t, src, last_value_line(it), day_text(day + 1, tomorrow)};
  add_line(q, &x, threshold_line_value(t, l, q->a),
           arena_printf(q->a, "another value of %s from %s on", t->name, tomorrow), out);
  const json_t *figures = json_object_get(q->doc->policy->figures, "thresholds"),
               *tried = json_object_get(json_object_get(figures, t->name), "others");
  for (size_t i = 0; i < json_array_size(tried); i++) {
    const char *value = json_string_value(json_array_get(tried, i));
    add_line(q, &x, value, arena_printf(q->a, "%s = %s from %s on", t->name, value, tomorrow), out);
  }
}

/* ---- a row that shows what changed ------------------------------------------------------- */

/* Of the rule there that says something else than in git. */
static void add_counterexample(struct asked *q, const struct source *src, size_t at, json_t *out) {
  const struct ast_item *it = item_at(q->now, src, at);
  const json_t *changes = json_object_get(q->doc->policy->figures, "changes");
  for (size_t i = 0; it && i < q->now->rs->rules.n; i++) {
    const struct rule *r = q->now->rs->rules.v[i];
    if (r->span.src != src || r->span.at != it->head->span.at) continue;
    const char *test =
        json_string_value(json_object_get(json_object_get(changes, r->name), "test"));
    size_t n = test ? strlen(test) : 0;
    while (n && test[n - 1] == '\n') n--;
    if (n)
      add_behind(q, end_of_item(it), arena_printf(q->a, "\n%.*s", (int)n, test),
                 "the row that shows what changed, as a test of the old rule", out);
  }
}

/* ---- the answer -------------------------------------------------------------------------- */

json_t *answer_fixes(struct asked *q) {
  const json_t *range = json_object_get(q->params, "range");
  size_t at, end;
  if (!q->doc || !lines_offset(&q->doc->text, json_object_get(range, "start"), &at) ||
      !lines_offset(&q->doc->text, json_object_get(range, "end"), &end))
    return answer_refused(q, ANSWER_WRONG_PARAMS, "it names no range of a file that is open");
  json_t *out = json_array();
  struct source *src = analysis_source(q->now, q->doc->id);
  for (size_t i = 0; src && i < q->now->rs->diags.list.n; i++) {
    const struct diag *d = q->now->rs->diags.list.v[i];
    if (d->span.src == src && d->help && d->span.at <= end && d->span.end >= at)
      add_help(q, d, out);
  }
  add_corrections(q, at, end, out);
  if (src) add_dated_lines(q, src, at, out);
  if (src) add_counterexample(q, src, at, out);
  return out;
}
