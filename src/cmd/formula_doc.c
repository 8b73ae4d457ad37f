/* Comments of the standard library. In: stdlib/, as the program carries it. Out: what they say, by
 * formula.
 *
 * A file opens with "# std.THEME: what it is about" and what is said of all its formulas; above
 * each formula stand a sentence and the parts, "# Unit: share", each over several lines.
 * "# Argument NAME:" may stand in the opening, for all formulas that take one of that name. */
#include "cmd/formula_doc.h"

#include <stdbool.h>
#include <string.h>

#include "base/check.h"
#include "base/embedded.h"

static const char ARGUMENT[] = "Argument ";
const char *const formula_parts[FORMULA_PARTS] = {
    "Formula", "Unit", "Decides", "Unknown", "Misleads when", "Variants", "Source", "Example"};

/* Where a comment has come to, in one file. */
struct comment {
  struct arena *a;
  struct formula_docs *docs;
  const char *theme;
  VEC(struct formula_part) common, own; /* of the file, and of the next formula */
  const char *says;
  bool opening;
};

/* The name of the part that the line begins: "Argument deals: " and "Unit: "; 0: none. */
static size_t part_begins(const char *line) {
  size_t end = strcspn(line, ":");
  if (line[end] != ':' || line[end + 1] != ' ') return 0;
  if (strncmp(line, ARGUMENT, strlen(ARGUMENT)) == 0) return end;
  for (size_t i = 0; i < FORMULA_PARTS; i++)
    if (strlen(formula_parts[i]) == end && strncmp(line, formula_parts[i], end) == 0) return end;
  return 0;
}

static const char *joined(struct comment *c, const char *before, const char *line) {
  return before ? arena_printf(c->a, "%s %s", before, line) : line;
}

/* A line without its "# ". An example is kept as it is laid out: what goes on is another line. */
static void take_comment(struct comment *c, const char *line) {
  struct formula_part *last = c->own.n ? &c->own.v[c->own.n - 1] : NULL;
  size_t name = part_begins(line);
  if (name) {
    struct formula_part part = {arena_strndup(c->a, line, name), line + name + 2};
    if (c->opening)
      VEC_PUSH(c->a, &c->common, part);
    else
      VEC_PUSH(c->a, &c->own, part);
  } else if (c->opening) {
    struct formula_part *common = c->common.n ? &c->common.v[c->common.n - 1] : NULL;
    if (common && *line == ' ') common->text = joined(c, common->text, line + strspn(line, " "));
  } else if (!last) {
    c->says = joined(c, c->says, line);
  } else if (strcmp(last->name, "Example") == 0) {
    last->text = arena_printf(c->a, "%s\n%s", last->text, line + 2 * (strncmp(line, "  ", 2) == 0));
  } else {
    last->text = joined(c, last->text, line + strspn(line, " "));
  }
}

static void forget(struct comment *c) {
  c->own.n = 0;
  c->says = NULL;
}

static const char *part_of(const struct formula_part *v, size_t n, const char *kind,
                           const char *name) {
  size_t k = strlen(kind);
  for (size_t i = 0; i < n; i++)
    if (strncmp(v[i].name, kind, k) == 0 && strcmp(v[i].name + k, name) == 0) return v[i].text;
  return NULL;
}

/* "customers entity, amount, span duration)": the names, and what is said of each. */
static void take_arguments(struct comment *c, struct formula_doc *f, const char *list) {
  const char *takes = "";
  while (*list && *list != ')') {
    list += strspn(list, " ,\n");
    size_t n = strcspn(list, " ,)\n");
    struct formula_argument arg = {.name = arena_strndup(c->a, list, n)};
    arg.text = part_of(c->own.v, c->own.n, ARGUMENT, arg.name);
    if (!arg.text) arg.text = part_of(c->common.v, c->common.n, ARGUMENT, arg.name);
    VEC_PUSH(c->a, &f->arguments, arg);
    takes = arena_printf(c->a, "%s%s%s", takes, *takes ? ", " : "", arg.name);
    list += strcspn(list, ",)");
  }
  f->takes = takes;
}

/* At "define NAME(…": the formula, up to the empty line behind it. */
static void take_define(struct comment *c, const char *at) {
  const char *name = at + strlen("define "), *end = strstr(at, "\n\n");
  size_t n = end ? (size_t)(end - at) : strlen(at);
  while (n && at[n - 1] == '\n') n--;
  struct formula_doc f = {.theme = c->theme, .says = c->says ? c->says : ""};
  f.name = arena_strndup(c->a, name, strcspn(name, "("));
  f.definition = arena_strndup(c->a, at, n);
  take_arguments(c, &f, name + strcspn(name, "(") + 1);
  for (size_t i = 0; i < c->own.n; i++) VEC_PUSH(c->a, &f.parts, c->own.v[i]);
  VEC_PUSH(c->a, &c->docs->formulas, f);
}

static void take_line(struct comment *c, const char *at, size_t n) {
  const char *line = arena_strndup(c->a, at, n);
  bool comment = strncmp(line, "# ", 2) == 0 || strcmp(line, "#") == 0;
  if (!comment) c->opening = false;
  if (strncmp(line, "define ", strlen("define ")) == 0) take_define(c, at);
  if (!comment || strncmp(line, "# ---- ", strlen("# ---- ")) == 0)
    forget(c);
  else if (line[1])
    take_comment(c, line + 2);
}

/* "# std.pipeline: open deals, …" */
static void take_title(struct comment *c, const char *text) {
  const char *about = strstr(text, ": ");
  CHECK(about); /* tests/kpi/library.sh: each file opens so */
  about += 2;
  struct formula_theme t = {c->theme, arena_strndup(c->a, about, strcspn(about, "\n"))};
  VEC_PUSH(c->a, &c->docs->themes, t);
}

static void take_file(struct formula_docs *docs, struct arena *a, const struct embedded *f) {
  const char *theme = f->path + strlen("stdlib/");
  struct comment c = {.a = a, .docs = docs, .opening = true};
  c.theme = arena_strndup(a, theme, strcspn(theme, "."));
  take_title(&c, f->text);
  for (const char *at = f->text; *at;) {
    size_t n = strcspn(at, "\n");
    take_line(&c, at, n);
    at += n + (at[n] == '\n');
  }
}

struct formula_docs *formula_docs(struct arena *a) {
  struct formula_docs *docs = NEW(a, struct formula_docs);
  for (size_t i = 0; i < n_embedded_files; i++)
    if (strncmp(embedded_files[i].path, "stdlib/", strlen("stdlib/")) == 0)
      take_file(docs, a, &embedded_files[i]);
  return docs;
}

const char *formula_part(const struct formula_doc *f, const char *name) {
  return part_of(f->parts.v, f->parts.n, "", name);
}
