/* The starter project. In: a folder that is not there yet, or empty. Out: the project in it, or
 * nothing at all. */
#include "starter/starter.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "starter/dataset.h"
#include "starter/project.h"
#include "starter/texts.h"

/* The text with what stands between {{ and }} replaced by its facts. */
static const char *fill_in(struct arena *a, const char *text, const struct dataset_facts *facts) {
  const struct {
    const char *mark, *text;
  } marks[] = {{"{{tables}}\n", facts->tables}, {"{{defects}}\n", facts->defects}};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    const char *at = strstr(text, marks[i].mark);
    if (!at) continue;
    text = arena_printf(a, "%.*s%s%s", (int)(at - text), text, marks[i].text,
                        at + strlen(marks[i].mark));
  }
  return text;
}

static bool write_project(const char *dir, void *ctx, struct arena *a, struct diags *problems) {
  static const char *const texts[][2] = {
      {"data.vigie", "rules/data.vigie"},   {"kpis.vigie", "rules/kpis.vigie"},
      {"page.vigie", "rules/page.vigie"},   {"revenue.vigie", "rules/revenue.vigie"},
      {"tests.vigie", "rules/tests.vigie"}, {"gitignore", ".gitignore"}};
  (void)ctx;
  const char *rules = arena_printf(a, "%s/rules", dir);
  if (mkdir(rules, 0777) != 0)
    return diag_fail(problems, V0702, "cannot create the folder %s: %s", rules, strerror(errno));
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    if (!project_text(arena_printf(a, "%s/%s", dir, texts[i][1]), starter_text(texts[i][0]),
                      problems))
      return false;
  }
  struct dataset_facts facts;
  if (!dataset_write(arena_printf(a, "%s/data.db", dir), a, &facts, problems)) return false;
  return project_text(arena_printf(a, "%s/README.md", dir),
                      fill_in(a, starter_text("README.md"), &facts), problems);
}

bool starter_write(const char *dir, struct arena *a, struct diags *problems) {
  return project_write(dir, write_project, NULL, a, problems);
}
