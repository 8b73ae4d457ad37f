/* Findings as JSON and SARIF. In: the result of lint. Out: one document. */
#include <jansson.h>
#include <string.h>

#include "base/diag_json.h"
#include "base/text.h"
#include "lint/report.h"

bool report_place(struct arena *a, struct span s, struct place_range *out) {
  if (!s.src) return false;
  out->file = s.src->path;
  source_place(s.src, a, s.at, &out->line, &out->col);
  source_place(s.src, a, s.end, &out->end_line, &out->end_col);
  return true;
}

static json_t *finding_json(const struct lint_result *r, const struct diag *d) {
  const struct lint_check *c = lint_check_among(&r->own, d->kind->code);
  json_t *o = diag_json(r->findings.arena, d);
  json_object_set_new(o, "check", c ? json_string(c->name) : json_null());
  return o;
}

static void write_document(FILE *out, json_t *doc) {
  json_dumpf(doc, out, JSON_INDENT(1));
  fputc('\n', out);
  json_decref(doc);
}

/* What was accepted and is found no more. */
static json_t *gone_json(const struct lint_result *r) {
  json_t *list = json_array();
  for (size_t i = 0; i < r->gone.n; i++) {
    const struct accepted *x = &r->gone.v[i];
    json_array_append_new(
        list, json_pack("{s:s, s:s, s:s, s:I, s:s}", "code", x->of.code, "in", x->of.in, "at",
                        x->of.at, "count", (json_int_t)x->count, "message", x->message));
  }
  return list;
}

void report_json(FILE *out, struct lint_result *r) {
  json_t *doc = json_object(), *list = json_array();
  for (size_t i = 0; i < r->findings.list.n; i++)
    json_array_append_new(list, finding_json(r, r->findings.list.v[i]));
  json_object_set_new(doc, "errors", json_integer(r->findings.errors));
  json_object_set_new(doc, "warnings", json_integer(r->findings.warnings));
  json_object_set_new(
      doc, "infos",
      json_integer((json_int_t)r->findings.list.n - r->findings.errors - r->findings.warnings));
  json_object_set_new(doc, "suppressed", json_integer(r->suppressed));
  json_object_set_new(doc, "turned_off", json_integer(r->turned_off));
  json_object_set_new(doc, "accepted", json_integer(r->accepted));
  json_object_set_new(doc, "gone", gone_json(r));
  json_object_set_new(doc, "findings", list);
  write_document(out, doc);
}

/* ---- SARIF ---------------------------------------------------------------------------- */

static const char *sarif_level(enum diag_level l) {
  return l == LEVEL_ERROR ? "error" : l == LEVEL_WARNING ? "warning" : "note";
}

/* A path as SARIF wants it: a relative URI reference, of a file outside of a repository one with
 * file://, with what is no URI sign as %XX. */
static const char *uri(struct lint_result *r, const char *path) {
  struct arena *a = r->findings.arena;
  path = report_path(r, path);
  return arena_printf(a, "%s%s", *path == '/' ? "file://" : "", text_percent(a, path, "/-_.~"));
}

static json_t *location(struct lint_result *r, struct span s, const char *text) {
  struct place_range p;
  if (!report_place(r->findings.arena, s, &p)) return NULL;
  json_t *region = json_pack("{s:i, s:i, s:i, s:i}", "startLine", p.line, "startColumn", p.col,
                             "endLine", p.end_line, "endColumn", p.end_col);
  json_t *physical =
      json_pack("{s:{s:s}, s:o}", "artifactLocation", "uri", uri(r, p.file), "region", region);
  json_t *loc = json_pack("{s:o}", "physicalLocation", physical);
  if (text) json_object_set_new(loc, "message", json_pack("{s:s}", "text", text));
  return loc;
}

static json_t *sarif_rule(const struct lint_result *r, const struct diag_kind *k) {
  const struct lint_check *c = lint_check_among(&r->own, k->code);
  json_t *o = json_pack("{s:s, s:{s:s}, s:{s:s}, s:{s:s}}", "id", k->code, "shortDescription",
                        "text", k->title, "fullDescription", "text", k->doc, "defaultConfiguration",
                        "level", sarif_level(k->level));
  if (c) json_object_set_new(o, "name", json_string(c->name));
  if (c) json_object_set_new(o, "help", json_pack("{s:s}", "text", c->why));
  return o;
}

/* The rules of the findings, each once, in *rules; the index of d's. */
static json_int_t rule_index(const struct lint_result *from, json_t *rules, const struct diag *d) {
  size_t i;
  json_t *r;
  json_array_foreach(rules, i, r) if (strcmp(json_string_value(json_object_get(r, "id")),
                                             d->kind->code) == 0) return (json_int_t)i;
  json_array_append_new(rules, sarif_rule(from, d->kind));
  return (json_int_t)json_array_size(rules) - 1;
}

static json_t *sarif_result(struct lint_result *r, json_t *rules, const struct diag *d) {
  struct arena *a = r->findings.arena;
  const char *text = d->help ? arena_printf(a, "%s. Help: %s", d->message, d->help) : d->message;
  json_t *o = json_pack("{s:s, s:I, s:s, s:{s:s}}", "ruleId", d->kind->code, "ruleIndex",
                        rule_index(r, rules, d), "level", sarif_level(d->kind->level), "message",
                        "text", text);
  json_t *at = location(r, d->span, NULL), *related = json_array();
  if (at) json_object_set_new(o, "locations", json_pack("[o]", at));
  for (size_t i = 0; i < d->notes.n; i++) {
    json_t *n = location(r, d->notes.v[i].span, d->notes.v[i].text);
    if (n) json_array_append_new(related, n);
  }
  if (json_array_size(related)) json_object_set(o, "relatedLocations", related);
  json_decref(related);
  return o;
}

/* Who does not want to see it: a comment in the file, or the list of what is lived with. */
static json_t *suppression(const struct quieted *q) {
  json_t *o =
      json_pack("{s:s, s:s}", "kind", q->by ? "inSource" : "external", "status", "accepted");
  if (q->by && q->by->reason) json_object_set_new(o, "justification", json_string(q->by->reason));
  return o;
}

/* As the standard asks: when one result says whether it is suppressed, all do. */
static json_t *sarif_results(struct lint_result *r, json_t *rules) {
  json_t *results = json_array();
  for (size_t i = 0; i < r->findings.list.n; i++) {
    json_t *o = sarif_result(r, rules, r->findings.list.v[i]);
    if (r->quieted.n) json_object_set_new(o, "suppressions", json_array());
    json_array_append_new(results, o);
  }
  for (size_t i = 0; i < r->quieted.n; i++) {
    json_t *o = sarif_result(r, rules, r->quieted.v[i].of);
    json_object_set_new(o, "suppressions", json_pack("[o]", suppression(&r->quieted.v[i])));
    json_array_append_new(results, o);
  }
  return results;
}

void report_sarif(FILE *out, struct lint_result *r, const char *version) {
  json_t *rules = json_array(), *results = sarif_results(r, rules);
  json_t *driver =
      json_pack("{s:s, s:s, s:o}", "name", "vigie", "version", version, "rules", rules);
  json_t *run = json_pack("{s:{s:o}, s:s, s:o}", "tool", "driver", driver, "columnKind",
                          "unicodeCodePoints", "results", results);
  write_document(out, json_pack("{s:s, s:s, s:[o]}", "$schema",
                                "https://json.schemastore.org/sarif-2.1.0.json", "version", "2.1.0",
                                "runs", run));
}
