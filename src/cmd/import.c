/* vigie import. In: exports of other systems. Out: their rows in an SQLite dataset, with what has
 * changed since the exports before. */
#include <stdio.h>
#include <string.h>

#include "base/vec.h"
#include "cmd/import_said.h"
#include "cmd/problems.h"

struct map_text {
  const char *header, *column;
  bool used;
};

/* "Header=column, Other=column" */
static bool read_maps(const char *text, struct arena *a, struct export_said *said) {
  if (!text) return true;
  size_t most = 1;
  for (const char *c = text; *c; c++) most += *c == ',';
  said->maps = arena_alloc(a, most * sizeof *said->maps);
  for (const char *at = text, *end; *at; at = *end ? end + 1 + strspn(end + 1, " ") : end) {
    end = at + strcspn(at, ",");
    const char *sign = end;
    while (sign > at && *sign != '=') sign--;
    if (sign == at || sign + 1 == end) return false;
    said->maps[said->n_maps].header = arena_strndup(a, at, (size_t)(sign - at));
    said->maps[said->n_maps].column =
        export_name(a, arena_strndup(a, sign + 1, (size_t)(end - sign - 1)));
    if (!*said->maps[said->n_maps++].column) return false;
  }
  return true;
}

static void read_habits(const struct args *args, struct file_habits *h) {
  if (args->dates) {
    h->order_known = true;
    h->order = strcmp(args->dates, "day-first") == 0 ? DAY_FIRST : MONTH_FIRST;
  }
  if (args->decimals) {
    h->point_known = true;
    h->point = strcmp(args->decimals, "comma") == 0 ? COMMA_DECIMALS : POINT_DECIMALS;
  }
}

static int import(const struct args *args, struct arena *a, struct export_said *said) {
  struct diags problems = {.arena = a};
  struct imported out = {0};
  const struct import_request r = {
      .paths = args->paths,
      .n = args->n_paths,
      .into = args->into,
      .said = said,
      .day = args->of_day != DAY_NONE ? args->of_day : day_today(NULL),
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
  struct export_said said = {.table = args->as_table, .sheet = args->sheet};
  int status;
  read_habits(args, &said.habits);
  if (!read_maps(args->map_columns, a, &said))
    status = refuse_option(args, "vigie import",
                           "--map takes a header and the name of its column, such as --map "
                           "\"Close Date=close_date\"");
  else if (args->as_table && args->n_paths > 1)
    status =
        refuse_option(args, "vigie import", "--as is for one file: import the files one by one");
  else if (args->holds_part && args->holds_all)
    status = refuse_option(args, "vigie import",
                           "an export holds --part of the rows, or the --whole: choose one");
  else
    status = import(args, a, &said);
  arena_free(a);
  return status;
}
