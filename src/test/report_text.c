/* In: results. Out: lines for people. Texts from rule files are printed safely: they cannot drive
 * the terminal. */
#include <string.h>

#include "base/text.h"
#include "test/report.h"

static void safe(FILE *f, const char *s) { text_print_safe(f, s, strlen(s)); }

static void pad(FILE *f, int n) {
  for (int i = 0; i < n; i++) fputc(' ', f);
}

const char *truth_word(enum truth t) {
  return t == TRUTH_TRUE ? "true" : t == TRUTH_FALSE ? "false" : "unknown";
}

static void print_place(FILE *f, struct span s, struct arena *a) {
  int line, col;
  source_place(s.src, a, s.at, &line, &col);
  fprintf(f, "%s:%d", s.src->path, line);
}

/* The first line of a span. */
static void print_quote(FILE *f, struct span s, struct arena *a) {
  char *text = arena_strdup(a, span_text(a, s));
  text[strcspn(text, "\r\n")] = 0;
  safe(f, text);
}

/* ---- a rule on a row ------------------------------------------------------------------ */

void print_shown_row(FILE *f, const struct shown_row *r, const char *indent) {
  char day[16];
  int width = 0;
  for (size_t i = 0; i < r->parts.n; i++) {
    int w =
        2 * r->parts.v[i].depth + text_width(r->parts.v[i].text, (int)strlen(r->parts.v[i].text));
    if (w > width) width = w;
  }
  fprintf(f, "%s%s for ", indent, r->rule);
  safe(f, r->row);
  fprintf(f, " on %s:\n", day_text(r->day, day));
  for (size_t i = 0; i < r->parts.n; i++) {
    const struct shown_part *p = &r->parts.v[i];
    fputs(indent, f);
    pad(f, 2 + 2 * p->depth);
    safe(f, p->text);
    pad(f, width - 2 * p->depth - text_width(p->text, (int)strlen(p->text)) + 2);
    fputs(truth_word(p->truth), f);
    if (*p->values) {
      pad(f, 9 - (int)strlen(truth_word(p->truth)));
      safe(f, p->values);
    }
    fputc('\n', f);
  }
}

/* ---- tests ---------------------------------------------------------------------------- */

static void print_failure(FILE *f, const struct failure *x, const struct test *t, struct arena *a) {
  fputs("      ", f);
  print_place(f, x->span, a);
  fputs(": ", f);
  if (x->span.at != t->span.at) print_quote(f, x->span, a), fputs("\n      ", f);
  safe(f, x->message);
  fputc('\n', f);
  for (size_t i = 0; i < x->rows.n; i++) print_shown_row(f, &x->rows.v[i], "      ");
}

static void print_result(FILE *f, const struct test_result *r, const struct report_style *style,
                         struct arena *a) {
  bool failed = r->failures.n > 0;
  if (style->quiet && !failed) return;
  fprintf(f, "%s  \"", failed ? "FAIL" : "ok  ");
  safe(f, r->test->name);
  fputs("\"\n", f);
  for (size_t i = 0; i < r->failures.n; i++) print_failure(f, &r->failures.v[i], r->test, a);
  for (size_t i = 0; i < r->notes.n; i++) {
    fputs("      note: ", f);
    safe(f, r->notes.v[i]);
    fputc('\n', f);
  }
}

void test_report_text(FILE *f, const struct suite *s, const struct report_style *style,
                      struct arena *a) {
  for (size_t i = 0; i < s->results.n; i++) print_result(f, &s->results.v[i], style, a);
  size_t n = s->results.n;
  if (s->failed)
    fprintf(f, "%zu %s: %zu passed, %zu failed\n", n, plural(n, "test", "tests"), n - s->failed,
            s->failed);
  else if (!style->quiet)
    fprintf(f, "%zu %s passed\n", n, plural(n, "test", "tests"));
  if (style->coverage) test_report_coverage(f, &s->coverage, a);
}
