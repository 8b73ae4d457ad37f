/* In: results. Out: one JSON document, or the XML of JUnit. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "test/report.h"

static int line_of(struct span s, struct arena *a) {
  int line, col;
  source_place(s.src, a, s.at, &line, &col);
  return line;
}

static void put_string(json_t *o, const char *name, const char *s) {
  json_object_set_new(o, name, s ? json_string(s) : json_null());
}

/* ---- JSON ----------------------------------------------------------------------------- */

static json_t *row_json(const struct shown_row *r) {
  char day[16];
  json_t *o = json_object(), *parts = json_array();
  put_string(o, "rule", r->rule);
  put_string(o, "row", r->row);
  put_string(o, "day", day_text(r->day, day));
  for (size_t i = 0; i < r->parts.n; i++) {
    const struct shown_part *p = &r->parts.v[i];
    json_t *part = json_object();
    put_string(part, "expr", p->text);
    json_object_set_new(part, "depth", json_integer(p->depth));
    json_object_set_new(
        part, "value",
        p->truth == TRUTH_UNKNOWN ? json_null() : json_boolean(p->truth == TRUTH_TRUE));
    put_string(part, "values", p->values);
    json_array_append_new(parts, part);
  }
  json_object_set_new(o, "parts", parts);
  return o;
}

static json_t *result_json(const struct test_result *r, struct arena *a) {
  json_t *o = json_object(), *failures = json_array(), *notes = json_array();
  put_string(o, "test", r->test->name);
  put_string(o, "file", r->test->span.src->path);
  json_object_set_new(o, "line", json_integer(line_of(r->test->span, a)));
  json_object_set_new(o, "passed", json_boolean(!r->failures.n));
  for (size_t i = 0; i < r->failures.n; i++) {
    const struct failure *x = &r->failures.v[i];
    json_t *f = json_object(), *rows = json_array();
    json_object_set_new(f, "line", json_integer(line_of(x->span, a)));
    put_string(f, "message", x->message);
    for (size_t k = 0; k < x->rows.n; k++) json_array_append_new(rows, row_json(&x->rows.v[k]));
    json_object_set_new(f, "rows", rows);
    json_array_append_new(failures, f);
  }
  for (size_t i = 0; i < r->notes.n; i++) json_array_append_new(notes, json_string(r->notes.v[i]));
  json_object_set_new(o, "failures", failures);
  json_object_set_new(o, "notes", notes);
  return o;
}

static json_t *rule_json(const struct rule_coverage *r, struct arena *a) {
  json_t *o = json_object(), *branches = json_array();
  put_string(o, "rule", r->rule->name);
  json_object_set_new(o, "fired", json_integer(r->fired));
  json_object_set_new(o, "did_not_fire", json_integer(r->silent));
  json_object_set_new(o, "unknown", json_integer(r->unknown));
  for (size_t i = 0; i < r->branches.n; i++) {
    const struct branch_coverage *b = &r->branches.v[i];
    json_t *x = json_object();
    put_string(x, "expr", b->text);
    json_object_set_new(x, "line", json_integer(line_of(b->span, a)));
    json_object_set_new(x, "true", json_integer(b->yes));
    json_object_set_new(x, "false", json_integer(b->no));
    json_array_append_new(branches, x);
  }
  json_object_set_new(o, "branches", branches);
  return o;
}

static json_t *coverage_json(const struct coverage *c, struct arena *a) {
  json_t *o = json_object(), *rules = json_array(), *thresholds = json_array();
  json_object_set_new(o, "percent", json_real(coverage_percent(c)));
  for (size_t i = 0; i < c->rules.n; i++)
    json_array_append_new(rules, rule_json(&c->rules.v[i], a));
  for (size_t i = 0; i < c->thresholds.n; i++)
    for (size_t k = 0; k < c->thresholds.v[i].threshold->lines.n; k++) {
      json_t *x = json_object();
      put_string(x, "threshold", c->thresholds.v[i].threshold->name);
      json_object_set_new(x, "line",
                          json_integer(line_of(c->thresholds.v[i].threshold->lines.v[k].span, a)));
      json_object_set_new(x, "used", json_integer(c->thresholds.v[i].used[k]));
      json_array_append_new(thresholds, x);
    }
  json_object_set_new(o, "rules", rules);
  json_object_set_new(o, "thresholds", thresholds);
  return o;
}

void test_report_json(FILE *f, const struct suite *s, const struct report_style *style,
                      struct arena *a) {
  json_t *doc = json_object(), *tests = json_array();
  for (size_t i = 0; i < s->results.n; i++)
    json_array_append_new(tests, result_json(&s->results.v[i], a));
  json_object_set_new(doc, "tests", tests);
  json_object_set_new(doc, "passed", json_integer((json_int_t)(s->results.n - s->failed)));
  json_object_set_new(doc, "failed", json_integer((json_int_t)s->failed));
  if (style->coverage) json_object_set_new(doc, "coverage", coverage_json(&s->coverage, a));
  json_dumpf(doc, f, JSON_INDENT(1));
  fputc('\n', f);
  json_decref(doc);
}

/* ---- JUnit ---------------------------------------------------------------------------- */

/* XML knows no control characters at all, not even as references. */
static void xml(FILE *f, const char *s) {
  for (; *s; s++) {
    unsigned char c = (unsigned char)*s;
    if (c == '&')
      fputs("&amp;", f);
    else if (c == '<')
      fputs("&lt;", f);
    else if (c == '>')
      fputs("&gt;", f);
    else if (c == '"')
      fputs("&quot;", f);
    else if (c == '\n')
      fputs("&#10;", f);
    else if (c < 0x20 || c == 0x7F)
      fputc('?', f);
    else
      fputc(c, f);
  }
}

static void junit_case(FILE *f, const struct test_result *r, struct arena *a) {
  fputs("    <testcase name=\"", f);
  xml(f, r->test->name);
  fputs("\" classname=\"", f);
  xml(f, r->test->span.src->path);
  fputs("\" time=\"0\"", f);
  if (!r->failures.n) {
    fputs("/>\n", f);
    return;
  }
  fputs(">\n      <failure message=\"", f);
  xml(f, r->failures.v[0].message);
  fputs("\" type=\"expectation\">", f);
  for (size_t i = 0; i < r->failures.n; i++) {
    const struct failure *x = &r->failures.v[i];
    char *text = NULL;
    size_t n = 0;
    FILE *m = open_memstream(&text, &n);
    if (!m) continue;
    fprintf(m, "%s:%d: %s\n", x->span.src->path, line_of(x->span, a), x->message);
    for (size_t k = 0; k < x->rows.n; k++) print_shown_row(m, &x->rows.v[k], "");
    fclose(m);
    xml(f, text);
    free(text);
  }
  fputs("</failure>\n    </testcase>\n", f);
}

/* The tests of a file stand side by side. */
void test_report_junit(FILE *f, const struct suite *s, struct arena *a) {
  fprintf(f,
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"vigie\" tests=\"%zu\" "
          "failures=\"%zu\" errors=\"0\" time=\"0\">\n",
          s->results.n, s->failed);
  for (size_t i = 0, end; i < s->results.n; i = end) {
    const struct source *src = s->results.v[i].test->span.src;
    size_t failed = 0;
    for (end = i; end < s->results.n && s->results.v[end].test->span.src == src; end++)
      failed += s->results.v[end].failures.n > 0;
    fputs("  <testsuite name=\"", f);
    xml(f, src->path);
    fprintf(f, "\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"0\" time=\"0\">\n",
            end - i, failed);
    for (size_t k = i; k < end; k++) junit_case(f, &s->results.v[k], a);
    fputs("  </testsuite>\n", f);
  }
  fputs("</testsuites>\n", f);
}
