/* vigie report RULES… --db DATA -o FILE. In: rule files, a dataset, a state. Out: the page for the
 * revenue meeting, as one file; or its numbers, for a terminal or for programs. */
#include <stdlib.h>
#include <string.h>

#include "base/terminal.h"
#include "base/text.h"
#include "cmd/again.h"
#include "cmd/dataset.h"
#include "cmd/problems.h"
#include "cmd/progress.h"
#include "cmd/rules.h"
#include "format/replace_file.h"
#include "report/make.h"

struct reporting {
  const struct args *args;
  struct ruleset *rs;
  struct dataset *dataset;
  struct arena *a;
  struct diags problems;
};

static const char *command(const struct reporting *x) {
  const struct args *args = x->args;
  char day[16];
  const char *text = arena_printf(x->a, "vigie report%s", again_where(args, x->a));
  if (args->page_day != DAY_NONE)
    text = again_word(x->a, text, "--as-of", day_text(args->page_day, day));
  if (args->whose) text = again_word(x->a, text, "--for", args->whose);
  return args->output ? again_word(x->a, text, "-o", args->output) : text;
}

/* ---- the file ----------------------------------------------------------------------------- */

/* In place of what stood there, or not at all. */
static bool write_page(struct reporting *x, const struct report *r) {
  char *text = NULL;
  size_t n = 0;
  FILE *f = open_memstream(&text, &n);
  if (!f) return diag_fail(&x->problems, V0702, "there is no memory for the page");
  print_report_html(f, r, x->a);
  bool good = fclose(f) == 0 && write_whole_file(x->args->output, text, n, x->a, &x->problems);
  free(text);
  return good;
}

static int print(struct reporting *x, const struct report *r) {
  if (x->args->output) {
    if (!write_page(x, r)) return print_problems(x->args, "vigie report", &x->problems);
    char day[16];
    if (!x->args->quiet)
      text_print_line(stdout, "%s: the page of %s", x->args->output, day_text(r->as_of, day));
    return EXIT_CLEAN;
  }
  if (x->args->format == FORMAT_JSON)
    print_report_json(stdout, r);
  else if (x->args->format == FORMAT_HTML)
    print_report_html(stdout, r, x->a);
  else
    print_report_text(stdout, r, term_width(), x->args->color_out, x->a);
  return EXIT_CLEAN;
}

static int report(struct reporting *x) {
  struct report r;
  const struct args *args = x->args;
  const struct report_request q = {
      .rs = x->rs,
      .dataset = x->dataset,
      .state_path = args->state,
      .as_of = args->page_day,
      .since = args->since_day,
      .whose = args->whose,
      .tongue = strcmp(args->lang, "fr") == 0 ? TONGUE_FR : TONGUE_EN,
      .command = command(x),
      .where = again_where(args, x->a),
      .progress = args->quiet ? NULL : show_progress,
  };
  bool good = report_make(&q, x->a, &r, &x->problems);
  progress_end();
  int status = print_problems(args, "vigie report", &x->problems);
  return good ? print(x, &r) : status;
}

int cmd_report(const struct args *args) {
  struct arena *a = arena_new();
  int status = EXIT_CLEAN;
  struct reporting x = {.args = args, .a = a, .problems = {.arena = a}};
  if (args->output && args->format != FORMAT_TEXT && args->format != FORMAT_HTML) {
    arena_free(a);
    return refuse_option(args, "vigie",
                         "-o writes the page itself: leave out --format, or leave "
                         "out -o to have the numbers here");
  }
  x.rs = rules_read(args, a, &status);
  if (x.rs) {
    x.dataset = open_dataset(args, x.rs, &status);
    if (x.dataset) status = report(&x);
  }
  dataset_close(x.dataset);
  arena_free(a);
  return status;
}
