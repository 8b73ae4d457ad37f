/* Findings for build servers. In: the result of lint. Out: GitHub's workflow commands, Checkstyle
 * XML, JUnit XML. */
#include <string.h>

#include "lint/report.h"

/* ---- GitHub --------------------------------------------------------------------------- */

/* Signs that end a property or a message of a workflow command are written as %XX. */
static void write_github(FILE *out, const char *s, bool property) {
  for (; *s; s++) {
    bool special = *s == '%' || *s == '\r' || *s == '\n' || (property && (*s == ':' || *s == ','));
    if (special)
      fprintf(out, "%%%02X", (unsigned char)*s);
    else
      fputc(*s, out);
  }
}

void report_github(FILE *out, struct lint_result *r) {
  static const char *const words[] = {"error", "warning", "notice"};
  for (size_t i = 0; i < r->findings.list.n; i++) {
    const struct diag *d = r->findings.list.v[i];
    struct place_range p;
    fprintf(out, "::%s ", words[d->kind->level]);
    if (report_place(r->findings.arena, d->span, &p)) {
      fputs("file=", out);
      write_github(out, report_path(r, p.file), true);
      fprintf(out, ",line=%d,col=%d,endLine=%d", p.line, p.col, p.end_line);
      if (p.line == p.end_line) fprintf(out, ",endColumn=%d", p.end_col);
      fputc(',', out);
    }
    fputs("title=", out);
    write_github(out, arena_printf(r->findings.arena, "%s %s", d->kind->code, d->kind->title),
                 true);
    fputs("::", out);
    write_github(out, d->message, false);
    if (d->help) write_github(out, arena_printf(r->findings.arena, "\nhelp: %s", d->help), false);
    fputc('\n', out);
  }
}

/* ---- XML ------------------------------------------------------------------------------ */

static void write_xml(FILE *out, const char *s) {
  for (; *s; s++) {
    if (*s == '<')
      fputs("&lt;", out);
    else if (*s == '>')
      fputs("&gt;", out);
    else if (*s == '&')
      fputs("&amp;", out);
    else if (*s == '"')
      fputs("&quot;", out);
    else if ((unsigned char)*s < ' ')
      fputc(' ', out); /* XML has no control characters */
    else
      fputc(*s, out);
  }
}

static const char *file_of(const struct diag *d) {
  return d->span.src ? d->span.src->path : "dataset";
}

static const char *shown_file(struct lint_result *r, const struct diag *d) {
  return d->span.src ? report_path(r, d->span.src->path) : file_of(d);
}

/* Where the findings of one file end: they are sorted. */
static size_t end_of_file(const struct lint_result *r, size_t i) {
  const char *file = file_of(r->findings.list.v[i]);
  while (i < r->findings.list.n && strcmp(file_of(r->findings.list.v[i]), file) == 0) i++;
  return i;
}

void report_checkstyle(FILE *out, struct lint_result *r) {
  fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n", out);
  for (size_t i = 0; i < r->findings.list.n;) {
    size_t end = end_of_file(r, i);
    fputs("  <file name=\"", out);
    write_xml(out, shown_file(r, r->findings.list.v[i]));
    fputs("\">\n", out);
    for (; i < end; i++) {
      const struct diag *d = r->findings.list.v[i];
      struct place_range p = {.line = 1, .col = 1};
      report_place(r->findings.arena, d->span, &p);
      fprintf(out,
              "    <error line=\"%d\" column=\"%d\" severity=\"%s\" source=\"vigie.%s\" message=\"",
              p.line, p.col, diag_level_name(d->kind->level), d->kind->code);
      write_xml(out, d->message);
      if (d->help) fputs(" (help: ", out), write_xml(out, d->help), fputc(')', out);
      fputs("\"/>\n", out);
    }
    fputs("  </file>\n", out);
  }
  fputs("</checkstyle>\n", out);
}

static void junit_case(FILE *out, struct lint_result *r, size_t i) {
  const struct diag *d = r->findings.list.v[i];
  struct place_range p = {.line = 1, .col = 1};
  report_place(r->findings.arena, d->span, &p);
  fputs("    <testcase classname=\"", out);
  write_xml(out, shown_file(r, d));
  fprintf(out, "\" name=\"%s line %d\" time=\"0\">\n", d->kind->code, p.line);
  fprintf(
      out,
      d->kind->level == LEVEL_INFO ? "      <system-out>" : "      <failure type=\"%s\" message=\"",
      diag_level_name(d->kind->level));
  write_xml(out, d->message);
  if (d->kind->level != LEVEL_INFO) {
    fputs("\">", out);
    if (d->help) write_xml(out, d->help);
    fputs("</failure>\n", out);
  } else {
    fputs("</system-out>\n", out);
  }
  fputs("    </testcase>\n", out);
}

void report_junit(FILE *out, struct lint_result *r) {
  size_t n = r->findings.list.n,
         failures = (size_t)r->findings.errors + (size_t)r->findings.warnings;
  fprintf(out,
          "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"%zu\" failures=\"%zu\" "
          "errors=\"0\" time=\"0\">\n",
          n ? n : 1, failures);
  fprintf(
      out,
      "  <testsuite name=\"vigie lint\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" skipped=\"0\" "
      "time=\"0\">\n",
      n ? n : 1, failures);
  if (!n) fputs("    <testcase classname=\"vigie lint\" name=\"no findings\" time=\"0\"/>\n", out);
  for (size_t i = 0; i < n; i++) junit_case(out, r, i);
  fputs("  </testsuite>\n</testsuites>\n", out);
}
