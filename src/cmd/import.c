/* vigie import. In: exports of other systems. Out: their rows in an SQLite dataset, with what has
 * changed since the exports before. */
#include "cmd/import_request.h"
#include "cmd/import_said.h"
#include "cmd/problems.h"

static int import(const struct args *args, struct arena *a, struct export_said *said) {
  day_t day;
  if (!import_day(args, "vigie import", &day)) return EXIT_USAGE;
  struct diags problems = {.arena = a};
  struct imported out = {0};
  struct export_file *files = import_files(args->paths, args->n_paths, a);
  if (args->as_table) files[0].table = args->as_table;
  const struct import_request r = {
      .files = files,
      .n = args->n_paths,
      .into = args->into,
      .said = said,
      .day = day,
      .holds = args->holds_part  ? HOLDS_PART
               : args->holds_all ? HOLDS_ALL
                                 : HOLDS_UNSAID,
      .dry = args->dry_import,
  };
  if (!import_run(&r, a, &out, &problems)) return print_problems(args, "vigie import", &problems);
  if (args->format == FORMAT_JSON)
    say_import_json(&out, r.day);
  else if (!args->quiet)
    say_import(&out, r.dry, a);
  return EXIT_CLEAN;
}

int cmd_import(const struct args *args) {
  struct arena *a = arena_new();
  struct export_said said;
  int status = EXIT_USAGE;
  if (args->as_table && args->n_paths > 1)
    refuse_option(args, "vigie import",
                  "--as is for one file; of several, each may have its name: health=scores.csv");
  else if (args->holds_part && args->holds_all)
    refuse_option(args, "vigie import",
                  "an export holds --part of the rows, or the --whole: choose one");
  else if (import_said_by(args, "vigie import", a, &said))
    status = import(args, a, &said);
  arena_free(a);
  return status;
}
