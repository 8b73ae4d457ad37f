/* Failures of a command. In: diagnostics of any stage. Out: what a person or a program reads of
 * them, and the exit status. */
#include "cmd/problems.h"

#include <jansson.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/diag_json.h"
#include "base/text.h"
#include "cmd/progress.h"
#include "cmd/project.h"

void print_diags_json(struct diags *d) {
  diags_sort(d);
  json_t *doc = json_object(), *list = json_array();
  for (size_t i = 0; i < d->list.n; i++)
    json_array_append_new(list, diag_json(d->arena, d->list.v[i]));
  json_object_set_new(doc, "errors", json_integer(d->errors));
  json_object_set_new(doc, "warnings", json_integer(d->warnings));
  json_object_set_new(doc, "diagnostics", list);
  json_dumpf(doc, stdout, JSON_INDENT(1));
  fputc('\n', stdout);
  json_decref(doc);
}

void print_note(const char *text) { text_print_line(stderr, "note: %s", text); }

int print_problems(const struct args *args, const char *who, struct diags *problems) {
  progress_end();
  for (size_t i = 0; i < problems->list.n; i++) {
    const struct diag *x = problems->list.v[i];
    if (x->span.src)
      diag_print(problems, x, stderr, args->color_err);
    else
      text_print_line(stderr, "%s: %s%s", who, x->kind->level == LEVEL_WARNING ? "warning: " : "",
                      x->message);
    const char *origin = project_origin(args, x->message, problems->arena);
    if (origin) print_note(origin);
  }
  if (!problems->errors) return EXIT_CLEAN;
  if (args->format == FORMAT_JSON) print_diags_json(problems);
  return EXIT_USAGE;
}

int refuse_option(const struct args *args, const char *who, const char *fmt, ...) {
  struct arena *a = arena_new();
  struct diags problems = {.arena = a};
  va_list ap;
  va_start(ap, fmt);
  diag_add_kind(&problems, diag_kind(V0704), NO_SPAN, fmt, ap);
  va_end(ap);
  int status = print_problems(args, who, &problems);
  arena_free(a);
  return status;
}
