/* In: options. Out: what they say of exports. */
#include "cmd/import_request.h"

#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "cmd/problems.h"

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
  if (args->dates)
    h->of[DOUBT_ORDER] =
        (struct habit){true, strcmp(args->dates, "day-first") == 0 ? DAY_FIRST : MONTH_FIRST, NULL};
  if (args->decimals)
    h->of[DOUBT_POINT] = (struct habit){
        true, strcmp(args->decimals, "comma") == 0 ? COMMA_DECIMALS : POINT_DECIMALS, NULL};
}

bool import_said_by(const struct args *args, const char *who, struct arena *a,
                    struct export_said *out) {
  *out = (struct export_said){.sheet = args->sheet};
  read_habits(args, &out->habits);
  if (read_maps(args->map_columns, a, out)) return true;
  refuse_option(args, who,
                "--map takes a header and the name of its column, such as --map \"Close "
                "Date=close_date\"");
  return false;
}

/* NAME=FILE; a file that is called so is one. */
static struct export_file read_file(const char *word, struct arena *a) {
  size_t n = strcspn(word, "=/\\. ");
  if (!n || word[n] != '=' || !word[n + 1] || access(word, F_OK) == 0)
    return (struct export_file){.path = word};
  return (struct export_file){.path = word + n + 1, .table = arena_strndup(a, word, n)};
}

struct export_file *import_files(const char *const *words, size_t n, struct arena *a) {
  struct export_file *files = NEW_N(a, struct export_file, n + 1);
  for (size_t i = 0; i < n; i++) files[i] = read_file(words[i], a);
  return files;
}

/* No export that comes later could be taken in: they come in the order of their days. */
bool import_day(const struct args *args, const char *who, day_t *out) {
  day_t today = day_today(NULL);
  char said[16], now[16];
  *out = args->of_day != DAY_NONE ? args->of_day : today;
  if (*out <= today + IMPORT_MAX_DAYS_AHEAD) return true;
  refuse_option(args, who, "--day %s has not come yet, today is %s: say of which day the export is",
                day_text(*out, said), day_text(today, now));
  return false;
}
